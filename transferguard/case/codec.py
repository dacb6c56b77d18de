# SPDX-License-Identifier: Apache-2.0
"""Plain JSON values to a case, and back.

One adapter over the types of `transferguard.model`; no field is declared here. A host's mistake is an `InvalidInput` that names the
field as it stands in the file (`accounts[1].standing`) and never repeats its value, which may be a verified name.

Where pictures come from and go to is somebody else's: a `PictureReader` turns the path in an `avatar` field into the picture or into
why there is none, and a `PictureWriter` keeps one and says where.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from transferguard.case.world import Case
from transferguard.errors import InvalidInput
from transferguard.model import (
    Account,
    Contact,
    Message,
    Money,
    PastTransfer,
    ProfileChange,
    Report,
    SecurityEvent,
    Transfer,
    Unavailable,
    adapter_of,
    invalid_input,
)

T = TypeVar("T")

Json: TypeAlias = Any
"""What `json.loads` returns."""

PictureReader: TypeAlias = Callable[[str], bytes | Unavailable]
PictureWriter: TypeAlias = Callable[[bytes], str]

DATA_URL: Final = "data:;base64,"
"""Begins an `avatar` that holds the picture itself: a bug report then is one file."""

_LISTS: Final[Mapping[str, type]] = {
    "accounts": Account,
    "contacts": Contact,
    "transfers": PastTransfer,
    "reports": Report,
    "conversation": Message,
}
_NESTED: Final[Mapping[str, type]] = {"profile_changes": ProfileChange, "security_events": SecurityEvent}


def inline(path: str) -> bytes | Unavailable:
    """The picture inside a data URL; any other path needs a folder, and there is none here."""
    if not path.startswith(DATA_URL):
        return Unavailable("no folder to read pictures from")
    try:
        return base64.b64decode(path.removeprefix(DATA_URL), validate=True)
    except (binascii.Error, ValueError):
        return Unavailable("not base64")


def case_from_dict(plain: Mapping[str, Json], picture: PictureReader = inline) -> Case:
    """Which case do these plain values describe?

    Args:
        plain: What `json.loads` gave; an `avatar` may also hold the bytes of a picture.
        picture: Reads the path in an `avatar` field.

    Raises:
        InvalidInput: A field is unknown, missing or of the wrong kind, an id stands twice or leads nowhere, a time has no zone.
    """
    if not isinstance(plain, Mapping):
        raise InvalidInput("case", "must be an object", "see `transferguard schema case`")
    fields = [field.name for field in dataclasses.fields(Case)]
    for name in plain:
        if name not in fields:
            near = get_close_matches(str(name)[:80], fields, n=1)
            raise InvalidInput(str(name)[:80], "is not a field", f"did you mean {near[0]}?" if near else "see `transferguard schema case`")
    for name in ("now", "accounts", "transfer"):
        if plain.get(name) is None:
            raise InvalidInput(name, "is missing", "give it a value")
    lists: dict[str, Any] = {field: _read_list(kind, plain[field], field, picture) for field, kind in _LISTS.items() if field in plain}
    policy = plain.get("policy", {})
    if not isinstance(policy, Mapping):
        raise InvalidInput("policy", "must be an object of policy keys", "see `transferguard policy show`")
    return Case(now=plain["now"], transfer=_read(Transfer, plain["transfer"], "transfer"), policy=dict(policy), **lists)


def _read_list(kind: type[T], plain: Json, field: str, picture: PictureReader) -> tuple[T, ...] | Unavailable:
    if plain is None:
        return Unavailable("null")
    if not isinstance(plain, list | tuple):
        raise InvalidInput(field, "must be a list", "write [ ... ]")
    return tuple(_read(kind, _with_pictures(item, picture), f"{field}[{index}]") for index, item in enumerate(plain))


def _read(kind: type[T], plain: Json, path: str) -> T:
    if not isinstance(plain, Mapping):
        raise InvalidInput(path, "must be an object", "write { ... }")
    try:
        adapter: TypeAdapter[T] = adapter_of(kind)  # type: ignore[arg-type] # mypy: a type is hashable, type[T] is not
        return adapter.validate_python(plain)
    except ValidationError as error:
        raise invalid_input(error, _fields_at(kind, error)).within(path) from None
    except InvalidInput as error:
        raise error.within(path) from None


def _fields_at(kind: type, error: ValidationError) -> list[str]:
    """Names that the innermost object of the complaint may have, to suggest the nearest."""
    owner = next((_NESTED[step] for step in error.errors()[0]["loc"] if isinstance(step, str) and step in _NESTED), kind)
    names = [field.name for field in dataclasses.fields(owner)]
    if "money" in names:
        names = [name for name in names if name != "money"] + ["amount", "currency"]
    return ["from" if kind is Message and name == "sender" else name for name in names]


def _with_pictures(plain: Json, picture: PictureReader) -> Json:
    """The same account with pictures in place of paths, its former ones too; anything odd is left for validation to name."""
    if not isinstance(plain, Mapping):
        return plain
    shown = _with_picture(plain, picture)
    if isinstance(shown.get("profile_changes"), list | tuple):
        shown["profile_changes"] = [
            _with_picture(change, picture) if isinstance(change, Mapping) else change for change in shown["profile_changes"]
        ]
    return shown


def _with_picture(plain: Mapping[str, Json], picture: PictureReader) -> dict[str, Json]:
    avatar = plain.get("avatar")
    return dict(plain) | ({"avatar": picture(avatar)} if isinstance(avatar, str) else {})


def as_data_url(picture: bytes) -> str:
    """The picture inside the case itself."""
    return DATA_URL + base64.b64encode(picture).decode("ascii")


def case_to_dict(case: Case, picture: PictureWriter = as_data_url) -> dict[str, Json]:
    """The case as plain JSON values, in the order in which people read it; what is Unavailable or empty is left out.

    Args:
        case: What to write.
        picture: Keeps each picture and returns its path.
    """
    plain: dict[str, Json] = {"now": _plain(case.now, picture)}
    for field in _LISTS:
        facts = getattr(case, field)
        if facts != ():
            plain[field] = _plain(facts, picture)
    if case.policy:
        plain["policy"] = dict(case.policy)
    return plain | {"transfer": _plain(case.transfer, picture)}


def _plain(fact: object, picture: PictureWriter) -> Json:
    if isinstance(fact, Unavailable):
        return None
    if isinstance(fact, datetime):
        return fact.isoformat().replace("+00:00", "Z")
    if isinstance(fact, bytes):
        return picture(fact)
    if isinstance(fact, StrEnum):
        return fact.value
    if isinstance(fact, tuple):
        return [_plain(item, picture) for item in fact]
    return dict(_plain_fields(fact, picture)) if dataclasses.is_dataclass(fact) else fact


def _plain_fields(fact: Any, picture: PictureWriter) -> Iterator[tuple[str, Json]]:  # noqa: ANN401 - any type of the model
    """Fields that differ from their default, money as amount and currency, and a message's sender as `from`."""
    for field in dataclasses.fields(fact):
        content = getattr(fact, field.name)
        if content == field.default:
            continue
        if isinstance(content, Money):
            yield "amount", f"{content.decimal:f}"
            yield "currency", content.currency
        else:
            yield "from" if isinstance(fact, Message) and field.name == "sender" else field.name, _plain(content, picture)
