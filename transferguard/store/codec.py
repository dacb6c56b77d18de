# SPDX-License-Identifier: Apache-2.0
"""How does a value of ours become bytes in a database, and come back the same?

Driven by the declarations themselves: a dataclass becomes an object of its fields, and the type hints say how to read it back.
Nothing is declared twice, a field added later takes its default in old records, and a field removed later is passed over.

Rule owned here (design, rule 7): a hostile profile is kept exactly. Text may hold NUL, lone surrogates, and two lone surrogates
in a row that look like a pair; `json` alone would join those. Sealing and digests are the business of `transferguard.vault`.
"""

from __future__ import annotations

import base64
import binascii
import functools
import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from json.encoder import encode_basestring
from types import NoneType
from typing import Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from transferguard.canonical import Canonical
from transferguard.errors import InvalidInput, StoreError
from transferguard.model import Unavailable

T = TypeVar("T")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_UNAVAILABLE: Final = "unavailable"


def microseconds(at: datetime) -> int:
    """How many microseconds after 1970 is this aware moment? Exact, and negative before."""
    return (at - _EPOCH) // _MICROSECOND


def moment(count: int) -> datetime:
    """Which moment is so many microseconds after 1970?"""
    return _EPOCH + count * _MICROSECOND


def to_bytes(plain: object) -> bytes:
    """JSON values as bytes; equal values give equal bytes, whatever the order of keys."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def written(value: object) -> bytes:
    """A value of ours as bytes: what `to_bytes` makes of `to_plain`, at a third of the cost."""
    return _CANONICAL.write(value).encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> Any:  # noqa: ANN401 - JSON values
    """The JSON values that `to_bytes` wrote.

    Raises:
        StoreError: The bytes are not what `to_bytes` writes: the file was damaged or altered.
    """
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise damaged() from None


def fields_from_bytes(data: bytes) -> dict[str, Any]:
    """The JSON object that `to_bytes` wrote.

    Raises:
        StoreError: The bytes are something else.
    """
    fields = from_bytes(data)
    if not isinstance(fields, dict):
        raise damaged()
    return fields


def to_plain(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON values; one return per shape
    """A value of ours as JSON values: moments as microseconds, bytes as base64, Unavailable with its reason."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Unavailable):
        return {_UNAVAILABLE: value.why}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return microseconds(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _names_of(type(value))}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | frozenset | set):
        return [to_plain(item) for item in value]
    raise TypeError(type(value).__name__)


_CANONICAL: Final = Canonical(
    text=encode_basestring,
    moment=lambda at: str(microseconds(at)),
    data=lambda data: f'"{base64.b64encode(data).decode("ascii")}"',
)

_AS_IT_IS: Final = frozenset({str, int, float, bool, NoneType})
"""Types of JSON; what is derived from one of them may be an enum."""


@functools.cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass; to ask for them costs more than to read them."""
    return tuple(item.name for item in fields(kind))


def is_unavailable(plain: object) -> bool:
    """Whether this is how `to_plain` writes an `Unavailable`."""
    return isinstance(plain, dict) and plain.keys() == {_UNAVAILABLE}


def from_plain(kind: type[T], plain: object) -> T:
    """The value of this type that `to_plain` wrote.

    Raises:
        StoreError: The values do not fit the type: the file was damaged or altered.
    """
    try:
        value: T = _reader(cast("Any", kind))(plain)
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error, InvalidInput):
        raise damaged() from None
    return value


def damaged() -> StoreError:
    """What to raise when a record is not what we wrote."""
    return StoreError("the database holds a record that cannot be read: it was damaged, or altered from outside")


_Reader: TypeAlias = Callable[[Any], Any]


@functools.cache
def _reader(hint: Any) -> _Reader:  # noqa: ANN401, PLR0911 - one return per shape of a type hint
    """How values of this type are read; looking at the hint costs more than reading, so it is done once."""
    if hint is Any or hint is object:
        return lambda plain: plain
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return _reader_of_union(get_args(hint))
    if origin is not None:
        return _reader_of_collection(origin, get_args(hint))
    if is_dataclass(hint):
        return _reader_of_dataclass(hint)
    if hint is datetime:
        return moment
    if hint is bytes:
        return _bytes
    return hint if issubclass(hint, Enum) else functools.partial(_scalar, hint)


def _bytes(plain: Any) -> bytes:  # noqa: ANN401 - JSON values
    """Bytes as text; or as they are, where whoever reads has put them in already."""
    return plain if isinstance(plain, bytes) else base64.b64decode(plain, validate=True)


def _scalar(hint: type, plain: Any) -> Any:  # noqa: ANN401 - JSON values
    if hint is float and isinstance(plain, int):
        return float(plain)
    if type(plain) is not hint:
        raise TypeError
    return plain


def _reader_of_union(members: Sequence[Any]) -> _Reader:
    """At most one member is neither None nor Unavailable; that is how our types are written."""
    inner = _reader(next(member for member in members if member not in {type(None), Unavailable}))
    may_be_none, may_be_unavailable = type(None) in members, Unavailable in members

    def read(plain: Any) -> Any:  # noqa: ANN401 - JSON values
        if plain is None and may_be_none:
            return None
        if may_be_unavailable and is_unavailable(plain):
            return Unavailable(plain[_UNAVAILABLE])
        return inner(plain)

    return read


def _reader_of_collection(origin: Any, members: Sequence[Any]) -> _Reader:  # noqa: ANN401 - a type
    if issubclass(origin, Mapping):
        value = _reader(members[1])
        return lambda plain: {key: value(item) for key, item in dict(plain).items()}
    each = [_reader(member) for member in members if member is not Ellipsis]
    fixed = len(members) > 1 and members[1] is not Ellipsis

    def read(plain: Any) -> Any:  # noqa: ANN401 - JSON values
        if not isinstance(plain, list):
            raise TypeError
        if fixed:
            return tuple(one(item) for one, item in zip(each, plain, strict=True))
        return tuple(each[0](item) for item in plain)

    return read


def _reader_of_dataclass(kind: Any) -> _Reader:  # noqa: ANN401 - a type
    hints = get_type_hints(kind)
    readers = [(item.name, _reader(hints[item.name]), item.default is MISSING and item.default_factory is MISSING) for item in fields(kind)]

    def read(plain: Any) -> Any:  # noqa: ANN401 - JSON values
        given = {}
        for name, reader, needed in readers:
            if name in plain:
                given[name] = reader(plain[name])
            elif needed:
                raise KeyError(name)
        return kind(**given)

    return read
