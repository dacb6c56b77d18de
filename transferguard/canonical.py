# SPDX-License-Identifier: Apache-2.0
"""How is a value of ours written as JSON, so that equal values give equal text?

Keys are sorted and nothing stands between the tokens, as `json.dumps(..., sort_keys=True, separators=(",", ":"))` writes. The fields of a
dataclass and the form of every type are looked up once, so that no tree of plain values is built first: evidence and decision are
written in every check, and this is a third of the work (measured).

How text, moments and bytes are written is said by whoever writes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from math import isfinite
from operator import attrgetter
from types import NoneType
from typing import Any, Final, TypeAlias

from transferguard.declaring import Unavailable

Writer: TypeAlias = Callable[[Any], str]


class Canonical:
    """Writes values of ours.

    Args:
        text: How a string is written, quotes included.
        moment: How an aware moment is.
        data: How bytes are; None where there are none.
    """

    def __init__(
        self, *, text: Callable[[str], str], moment: Callable[[datetime], str], data: Callable[[bytes], str] | None = None
    ) -> None:
        self._text = text
        self._moment = moment
        self._data = data
        self._writers: dict[type, Writer] = {}

    def write(self, value: object) -> str:
        """The value as JSON."""
        kind = type(value)
        writer = self._writers.get(kind)
        if writer is None:
            writer = self._writers[kind] = self._writer(kind)
        return writer(value)

    def members(self, value: object) -> dict[str, str]:
        """The fields of a dataclass, each as it stands in the JSON object, in order of their names."""
        return {name: self.write(getattr(value, name)) for name in _names(type(value))}

    def joined(self, members: Mapping[str, str]) -> str:
        """A JSON object of what `members` gave, in the order given."""
        return "{" + ",".join([f'"{name}":{text}' for name, text in members.items()]) + "}"

    def _writer(self, kind: type) -> Writer:  # noqa: PLR0911 - one return per shape
        if kind is NoneType:
            return lambda _: "null"
        if kind is bool:
            return lambda value: "true" if value else "false"
        if issubclass(kind, Unavailable):
            return lambda value: f'{{"unavailable":{self._text(value.why)}}}'
        if issubclass(kind, str):  # enumerations of texts too: each is the text that it means
            return self._text
        if issubclass(kind, Enum):
            return lambda value: self.write(value.value)
        if issubclass(kind, int):
            return int.__repr__
        if issubclass(kind, float):
            return _number
        if issubclass(kind, datetime):
            return self._moment
        if issubclass(kind, bytes) and self._data is not None:
            return self._data
        return self._writer_of_several(kind)

    def _writer_of_several(self, kind: type) -> Writer:
        if is_dataclass(kind):
            return self._writer_of_fields(kind)
        if issubclass(kind, Mapping):
            return lambda value: (
                "{" + ",".join([f"{self._text(key)}:{self.write(item)}" for key, item in _sorted(value)]) + "}" if value else "{}"
            )
        if issubclass(kind, Sequence | frozenset | set) and not issubclass(kind, bytes):
            return lambda value: "[" + ",".join([self.write(item) for item in value]) + "]" if value else "[]"
        raise TypeError(kind.__name__)

    def _writer_of_fields(self, kind: type) -> Writer:
        write, writer_of, names = self.write, self._writers.get, _names(kind)
        keys, values_of = [f'"{name}":' for name in names], _reader(names)

        def whole(value: object) -> str:
            written = [
                key + (known(item) if (known := writer_of(type(item))) else write(item))
                for key, item in zip(keys, values_of(value), strict=True)
            ]
            return "{" + ",".join(written) + "}"

        return whole


def _reader(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Reads these fields of a value, all at once where that is possible."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _names(kind: type) -> list[str]:
    """Names of a dataclass's fields, sorted."""
    found = _NAMES.get(kind)
    if found is None:
        found = _NAMES[kind] = sorted(item.name for item in fields(kind))
    return found


_NAMES: Final[dict[type, list[str]]] = {}


def _sorted(value: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return sorted(((str(key), item) for key, item in value.items()), key=lambda pair: pair[0])


def _number(value: float) -> str:
    return float.__repr__(value) if isfinite(value) else json.dumps(value)
