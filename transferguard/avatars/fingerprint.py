# SPDX-License-Identifier: Apache-2.0
"""What we remember of a picture.

A fingerprint is bytes: a version, the plain perceptual hashes that other systems know, and for every plane (a frame of an
animation, on white or on black) a small copy of the picture for verification. It is made once, at enrolment, and read without
decoding anything again. Of a still picture the hashes of all views of the grid are stored, too; several planes share the room of
one, so that their copies are smaller and their hashes are computed from these when they are read.

Rule owned here: a fingerprint of another version is never misread. `Fingerprint.from_bytes` says "old fingerprint", and whoever
has the picture makes a new one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.container import checksum
from transferguard.avatars.content import MAX_BOXES, Box, content_boxes
from transferguard.avatars.grid import the_grid
from transferguard.avatars.kind import MIN_DETAIL, PictureKind, detail, picture_kind
from transferguard.avatars.views import LUMA_SIDE, WORDS, Codes, box_coefficients, grid_coefficients, pack
from transferguard.errors import AvatarError, BrokenPicture, LowDetail

if TYPE_CHECKING:
    from PIL import Image

    from transferguard.avatars.decode import Frame

VERSION = 3
"""Goes up whenever the grid, the view hash or the layout below changes."""

THUMB_SIDE = 96
"""Pixels of the gray copy that is kept for verification."""

CHROMA_SIDE = 16
"""Pixels of the two colour-difference copies."""

MAX_PLANES = 8
"""Planes kept: frames of an animation, times backgrounds where there is transparency."""

MAX_STORED = 24 * 1024
"""Bytes of a fingerprint at most."""

SMALLEST_SIDE = 48
"""Pixels: the gray copies of eight planes."""

_BYTES = bytes | bytearray | memoryview
"""What holds a file or a stored fingerprint."""

_MAGIC = b"TGAV"
_HEAD = struct.Struct("<4sBBBB8s32s")  # magic, version, kind, planes, side of the gray copies, two plain hashes
_PLANE_HEAD = 2 + 4 * MAX_BOXES  # kind, number of boxes, their edges
_KINDS = (PictureKind.PHOTO, PictureKind.GRAPHIC)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plane:
    """One still picture inside a fingerprint.

    Args:
        kind: Photo or graphic.
        codes: View hashes: the grid's, then one per content box; shape (views, WORDS).
        boxes: Content windows, fractions.
        thumb: Gray copy, THUMB_SIDE square.
        chroma: Blue and red difference, shape (2, CHROMA_SIDE, CHROMA_SIDE).
    """

    kind: PictureKind
    codes: Codes
    boxes: tuple[Box, ...]
    thumb: NDArray[np.uint8]
    chroma: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What we remember of a picture; equal bytes mean equal fingerprints.

    Args:
        data: As `bytes(fingerprint)` gives it. Use `from_bytes`, which checks it.
    """

    data: bytes

    def __bytes__(self) -> bytes:
        """The stored form, with its version."""
        return self.data

    def __repr__(self) -> str:
        """Short: the whole is several kilobytes."""
        return f"Fingerprint({self.kind.value}, phash64={self.phash64})"

    @classmethod
    def from_bytes(cls, data: bytes) -> Fingerprint:
        """Read a stored fingerprint.

        Args:
            data: What `bytes(fingerprint)` gave.

        Raises:
            AvatarError: `old fingerprint` for another version, `damaged fingerprint` for anything else.
        """
        if not isinstance(data, _BYTES):
            raise AvatarError("damaged fingerprint")
        data = bytes(data)
        if len(data) < _HEAD.size or not data.startswith(_MAGIC):
            raise AvatarError("damaged fingerprint")
        if data[4] != VERSION:
            raise AvatarError("old fingerprint")
        if int.from_bytes(data[-4:], "little") != checksum(data[:-4]):
            raise AvatarError("damaged fingerprint")
        if data[5] >= len(_KINDS) or not 1 <= data[6] <= MAX_PLANES or not _is_laid_out(data):
            raise AvatarError("damaged fingerprint")
        return cls(data)

    @property
    def kind(self) -> PictureKind:
        """Photo or graphic."""
        return _KINDS[self.data[5]]

    @property
    def phash64(self) -> str:
        """The 64-bit perceptual hash of the first frame as imagehash has it, in hexadecimal."""
        return self.data[8:16].hex()

    @property
    def phash256(self) -> str:
        """The 256-bit perceptual hash of the first frame as imagehash has it, in hexadecimal."""
        return self.data[16:48].hex()

    @property
    def planes(self) -> tuple[Plane, ...]:
        """The still pictures inside; the one of a still picture is not copied."""
        return tuple(_read_planes(self.data)) if self.data[6] == 1 else _restored(self.data)


def fingerprint_avatar(data: bytes) -> Fingerprint:
    """What is there to remember of this picture?

    Args:
        data: The file as the owner uploaded it: JPEG, PNG, WebP or GIF. Untrusted.

    Returns:
        The same bytes give the same fingerprint.

    Raises:
        LowDetail: The picture is flat, so that it looks like every other flat picture.
        UnsafePicture: Too many bytes or pixels, or another format.
        BrokenPicture: Not a picture, truncated, or refused by the decoder.
    """
    from PIL.Image import Resampling  # noqa: PLC0415 - fingerprints are compared much more often than made

    from transferguard.avatars.decode import decode_frames  # noqa: PLC0415 - as above

    if not isinstance(data, _BYTES):
        raise BrokenPicture("not bytes")
    seen: list[tuple[Frame, _Seen]] = []
    kept = [(frame, picture) for frame in decode_frames(data) for picture in frame.pictures]
    for frame, picture in kept[:MAX_PLANES]:
        colour = np.asarray(picture.resize((LUMA_SIDE, LUMA_SIDE), Resampling.BOX), dtype=np.float32)
        luma = colour @ np.array([0.299, 0.587, 0.114], np.float32)
        if detail(luma) >= MIN_DETAIL:
            seen.append((frame, _Seen(picture=picture, colour=colour, luma=luma)))
    if not seen:
        raise LowDetail
    side = _side_of(len(seen))
    planes = [_write_plane(each, side, with_codes=len(seen) == 1) for _, each in seen]
    body = _HEAD.pack(_MAGIC, VERSION, planes[0][0], len(planes), side, *seen[0][0].hashes) + b"".join(planes)
    return Fingerprint(body + checksum(body).to_bytes(4, "little"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Seen:
    """A still picture with enough detail."""

    picture: Image.Image
    colour: NDArray[np.float32]
    luma: NDArray[np.float32]


def _side_of(planes: int) -> int:
    """Side of the gray copies, so that so many planes fit."""
    if planes == 1:
        return THUMB_SIDE
    room = (MAX_STORED - _HEAD.size - 4) // planes - _PLANE_HEAD - 2 * CHROMA_SIDE**2
    return min(THUMB_SIDE, isqrt(room))


def _write_plane(seen: _Seen, side: int, *, with_codes: bool) -> bytes:
    from PIL.Image import Resampling  # noqa: PLC0415 - loaded already when there is a picture

    boxes = content_boxes(seen.colour, seen.luma)
    small = seen.picture.resize((THUMB_SIDE, THUMB_SIDE), Resampling.BOX).convert("YCbCr")
    gray = small.getchannel(0) if side == THUMB_SIDE else seen.picture.convert("L").resize((side, side), Resampling.BOX)
    chroma = [band.resize((CHROMA_SIDE, CHROMA_SIDE), Resampling.BOX).tobytes() for band in small.split()[1:]]
    edges = bytes(round(edge * 255) for box in boxes for edge in box).ljust(4 * MAX_BOXES, b"\0")
    codes = _codes_of(seen.luma, boxes).astype("<u8").tobytes() if with_codes else b""
    return bytes([_KINDS.index(picture_kind(seen.colour)), len(boxes)]) + edges + gray.tobytes() + b"".join(chroma) + codes


def _codes_of(luma: NDArray[np.float32], boxes: tuple[Box, ...]) -> Codes:
    return np.concatenate([pack(grid_coefficients(luma)), pack(box_coefficients(luma, boxes))])


def _read_planes(data: bytes) -> Iterator[Plane]:
    at, side = _HEAD.size, data[7]
    for _ in range(data[6]):
        kind, count = _KINDS[data[at]], data[at + 1]
        edges = [edge / 255 for edge in data[at + 2 : at + 2 + 4 * count]]
        at += _PLANE_HEAD
        thumb = np.frombuffer(data, np.uint8, side * side, at).reshape(side, side)
        at += thumb.size
        chroma = np.frombuffer(data, np.uint8, 2 * CHROMA_SIDE * CHROMA_SIDE, at).reshape(2, CHROMA_SIDE, CHROMA_SIDE)
        at += chroma.size
        boxes = tuple((edges[i], edges[i + 1], edges[i + 2], edges[i + 3]) for i in range(0, 4 * count, 4))
        if data[6] == 1:
            views = _grid_views() + count
            codes = np.frombuffer(data, "<u8", views * WORDS, at).reshape(views, WORDS)
            at += codes.nbytes
        else:
            codes = _codes_of(_enlarged(thumb, LUMA_SIDE).astype(np.float32), boxes)
            thumb = _enlarged(thumb, THUMB_SIDE)
        yield Plane(kind=kind, codes=codes, boxes=boxes, thumb=thumb, chroma=chroma)


@lru_cache(maxsize=32)
def _restored(data: bytes) -> tuple[Plane, ...]:
    """The planes of an animation: a few milliseconds each, and asked for more than once."""
    return tuple(_read_planes(data))


def _enlarged(thumb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    from PIL import Image  # noqa: PLC0415 - animations are rare

    return np.asarray(Image.fromarray(thumb).resize((side, side), Image.Resampling.BICUBIC))


def _is_laid_out(data: bytes) -> bool:
    """Do the planes fill the record exactly?"""
    at, planes, side = _HEAD.size, data[6], data[7]
    if not (side == THUMB_SIDE if planes == 1 else SMALLEST_SIDE <= side <= THUMB_SIDE):
        return False
    for _ in range(planes):
        if at + 1 >= len(data) or data[at] >= len(_KINDS) or data[at + 1] > MAX_BOXES:
            return False
        codes = 8 * WORDS * (_grid_views() + data[at + 1]) if planes == 1 else 0
        at += _PLANE_HEAD + side * side + 2 * CHROMA_SIDE**2 + codes
    return at + 4 == len(data)


@lru_cache(maxsize=1)
def _grid_views() -> int:
    return len(the_grid().matrices)
