# SPDX-License-Identifier: Apache-2.0
"""What we remember of a picture.

A fingerprint is bytes: a version, the plain perceptual hashes that other systems know, and for every plane (a frame of an
animation, on white or on black) the hashes of all views of the grid and a small copy of the picture for verification. It is
made once, at enrolment, and read without decoding anything again.

Rule owned here: a fingerprint of another version is never misread. `Fingerprint.from_bytes` says "old fingerprint", and whoever
has the picture makes a new one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.container import checksum
from transferguard.avatars.content import MAX_BOXES, Box, content_boxes
from transferguard.avatars.grid import the_grid
from transferguard.avatars.kind import MIN_DETAIL, PictureKind, detail, picture_kind
from transferguard.avatars.views import LUMA_SIDE, WORDS, Codes, box_coefficients, grid_coefficients, pack
from transferguard.errors import AvatarError, LowDetail

if TYPE_CHECKING:
    from PIL import Image

    from transferguard.avatars.decode import Frame

VERSION = 1
"""Goes up whenever the grid, the view hash or the layout below changes."""

THUMB_SIDE = 96
"""Pixels of the gray copy that is kept for verification."""

CHROMA_SIDE = 16
"""Pixels of the two colour-difference copies."""

MAX_PLANES = 8
"""Planes kept: frames of an animation, times backgrounds where there is transparency."""

_MAGIC = b"TGAV"
_HEAD = struct.Struct("<4sBBBB8s32s")  # magic, version, kind, planes, reserved, two plain hashes
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
        """The still pictures inside, without copying them."""
        return tuple(_read_planes(self.data))


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

    frames = decode_frames(data)
    kept: list[tuple[Frame, Image.Image]] = [(frame, picture) for frame in frames for picture in frame.pictures]
    planes: list[bytes] = []
    first: Frame | None = None
    for frame, picture in kept[:MAX_PLANES]:
        colour = np.asarray(picture.resize((LUMA_SIDE, LUMA_SIDE), Resampling.BOX), dtype=np.float32)
        luma = colour @ np.array([0.299, 0.587, 0.114], np.float32)
        if detail(luma) < MIN_DETAIL:
            continue
        first = first or frame
        planes.append(_write_plane(picture, colour, luma))
    if first is None:
        raise LowDetail
    body = _HEAD.pack(_MAGIC, VERSION, planes[0][0], len(planes), 0, *first.hashes) + b"".join(planes)
    return Fingerprint(body + checksum(body).to_bytes(4, "little"))


def _write_plane(picture: Image.Image, colour: NDArray[np.float32], luma: NDArray[np.float32]) -> bytes:
    boxes = content_boxes(colour, luma)
    codes = np.concatenate([pack(grid_coefficients(luma)), pack(box_coefficients(luma, boxes))])
    from PIL.Image import Resampling  # noqa: PLC0415 - loaded already when there is a picture

    small = picture.resize((THUMB_SIDE, THUMB_SIDE), Resampling.BOX).convert("YCbCr")
    chroma = [band.resize((CHROMA_SIDE, CHROMA_SIDE), Resampling.BOX).tobytes() for band in small.split()[1:]]
    edges = bytes(round(edge * 255) for box in boxes for edge in box).ljust(4 * MAX_BOXES, b"\0")
    kind = _KINDS.index(picture_kind(colour))
    return bytes([kind, len(boxes)]) + edges + small.getchannel(0).tobytes() + b"".join(chroma) + codes.astype("<u8").tobytes()


def _read_planes(data: bytes) -> Iterator[Plane]:
    at = _HEAD.size
    for _ in range(data[6]):
        kind, count = _KINDS[data[at]], data[at + 1]
        edges = [edge / 255 for edge in data[at + 2 : at + 2 + 4 * count]]
        at += 2 + 4 * MAX_BOXES
        thumb = np.frombuffer(data, np.uint8, THUMB_SIDE * THUMB_SIDE, at).reshape(THUMB_SIDE, THUMB_SIDE)
        at += thumb.size
        chroma = np.frombuffer(data, np.uint8, 2 * CHROMA_SIDE * CHROMA_SIDE, at).reshape(2, CHROMA_SIDE, CHROMA_SIDE)
        at += chroma.size
        views = _grid_views() + count
        codes = np.frombuffer(data, "<u8", views * WORDS, at).reshape(views, WORDS)
        at += codes.nbytes
        boxes = tuple((edges[i], edges[i + 1], edges[i + 2], edges[i + 3]) for i in range(0, 4 * count, 4))
        yield Plane(kind=kind, codes=codes, boxes=boxes, thumb=thumb, chroma=chroma)


def _is_laid_out(data: bytes) -> bool:
    """Do the planes fill the record exactly?"""
    at = _HEAD.size
    for _ in range(data[6]):
        if at + 1 >= len(data) or data[at] >= len(_KINDS) or data[at + 1] > MAX_BOXES:
            return False
        at += 2 + 4 * MAX_BOXES + THUMB_SIDE**2 + 2 * CHROMA_SIDE**2 + 8 * WORDS * (_grid_views() + data[at + 1])
    return at + 4 == len(data)


@lru_cache(maxsize=1)
def _grid_views() -> int:
    return len(the_grid().matrices)
