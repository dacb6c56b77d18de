# SPDX-License-Identifier: Apache-2.0
"""How an index of names is written to bytes and read back.

A fixed head (format, version of the keys, sizes, checksum), then ids, names and their cores as JSON, then the two columns of postings.
Nothing is executed on reading, and what does not fit is refused before it is used.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from transferguard.errors import InvalidInput
from transferguard.names.keys import KEYS_VERSION

if TYPE_CHECKING:
    from collections.abc import Hashable

_MAGIC = b"TGNI"
_HEAD = struct.Struct("<4sHHQQI")
_FORMAT = 1
Column = npt.NDArray[np.uint32]


class Unpacked(NamedTuple):
    """What a saved index holds.

    Attributes:
        ids: The id of each row.
        names: The name of each row.
        cores: The core of each row, as `enrolled.held_core` gives it.
        columns: Keys and rows; None where they were written for other keys, and the cores with them.
    """

    ids: list[Hashable]
    names: list[str]
    cores: list[str | None]
    columns: tuple[Column, Column] | None


def packed(ids: list[Hashable], names: list[str], cores: list[str | None], *, keys: Column, rows: Column) -> bytes:
    """An index as bytes.

    Raises:
        InvalidInput: An id is not text, number, None, or a tuple of these.
    """
    # Most cores are the name in small letters, or the name itself.
    unlike = {row: core for row, core in enumerate(cores) if core is not None and core != names[row]}
    text = json.dumps([[_plain(one) for one in ids], names, unlike], separators=(",", ":")).encode()
    body = text + keys.astype("<u4").tobytes() + rows.astype("<u4").tobytes()
    return _HEAD.pack(_MAGIC, _FORMAT, KEYS_VERSION, len(text), len(keys), zlib.crc32(body)) + body


def unpacked(data: bytes) -> Unpacked:
    """What `packed` wrote.

    Raises:
        InvalidInput: The bytes are not a saved index.
    """
    if len(data) < _HEAD.size:
        raise InvalidInput("data", "is not a saved index of names", "pass what `to_bytes` returned")
    magic, form, version, text_bytes, pairs, checksum = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if magic != _MAGIC or form != _FORMAT or len(body) != text_bytes + 8 * pairs or zlib.crc32(body) != checksum:
        raise InvalidInput("data", "is not a saved index of names, or was altered", "pass what `to_bytes` returned")
    ids, names, *further = json.loads(body[:text_bytes])
    restored = [_restored(one) for one in ids]
    if version != KEYS_VERSION or not further:
        return Unpacked(restored, names, [], None)
    cores: list[str | None] = [None] * len(names)
    for row, core in further[0].items():
        cores[int(row)] = core
    columns = np.frombuffer(body, dtype="<u4", offset=text_bytes).astype(np.uint32)
    return Unpacked(restored, names, cores, (columns[:pairs], columns[pairs:]))


def _plain(value: Hashable) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise InvalidInput("id", "cannot be saved", "use text, numbers, None, or tuples of these")


def _restored(value: object) -> Hashable:
    if isinstance(value, list):
        return tuple(_restored(item) for item in value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise InvalidInput("data", "holds an id of an unknown type", "pass what `to_bytes` returned")
