# SPDX-License-Identifier: Apache-2.0
"""What do the first bytes say, before any decoder sees them?

Decides whether a picture may be decoded at all, by walking the container's own structure: format by signature (never by
name or declared type), width and height, number of progressive scans, EXIF orientation. Pillow is not involved, so a
hostile file meets our caps first. Decoding is `transferguard.avatars.decode`.

Rule owned here (design, rule 9): bytes and pixels are capped before decoding.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum

from transferguard.errors import BrokenPicture, UnsafePicture

MAX_BYTES = 5 * 1024 * 1024
"""Bytes. What messaging apps accept for a profile picture; checked before anything is read."""

MAX_SIDE = 4096
"""Pixels. A 236 KB PNG can declare a picture that takes 243 MB; see docs/avatars.md, "Hostile pictures"."""

MAX_SCANS = 64
"""Progressive scans of one JPEG. Encoders write about ten; each costs a pass over the whole picture."""


class Format(StrEnum):
    """The allow-list; every other format is refused."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"


MAX_PIXELS = {Format.JPEG: 16_777_216, Format.PNG: 8_388_608, Format.WEBP: 2_359_296, Format.GIF: 4_194_304}
"""Pixels per frame, so that no decode takes 64 MB above the baseline.

JPEG decodes at reduced scale; Pillow holds 5 bytes per pixel for PNG, up to 13 for GIF and 20 for WebP (measured; docs/avatars.md).
"""

MAX_PROGRESSIVE_PIXELS = 8_388_608
"""Pixels of a progressive JPEG: the decoder keeps all coefficients, 6 bytes per pixel at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A picture that our caps allow to be decoded.

    Args:
        format: By signature.
        width: Pixels, as declared.
        height: Pixels, as declared.
        data: The bytes to hand to the decoder; for PNG without the chunks that carry no pixels.
    """

    format: Format
    width: int
    height: int
    data: bytes


def open_container(data: bytes) -> Container:
    """May these bytes be decoded, and as what?

    Args:
        data: The file, whole.

    Returns:
        The format and declared size, within all caps.

    Raises:
        UnsafePicture: Too many bytes, pixels or scans, or a format that is not on the allow-list.
        BrokenPicture: Empty, or the header ends early.
    """
    if not data:
        raise BrokenPicture("empty")
    if len(data) > MAX_BYTES:
        raise UnsafePicture("too many bytes")
    try:
        found = _read_header(bytes(data))
    except (IndexError, struct.error) as error:
        raise BrokenPicture("truncated header") from error
    if not (found.width and found.height):
        raise BrokenPicture("no pixels")
    require_fitting(found.format, (found.width, found.height))
    return found


def require_fitting(format_: Format, size: tuple[int, int]) -> None:
    """Refuse more pixels than the format's cap; asked again after decoding, because a header may lie.

    Raises:
        UnsafePicture: Too many pixels.
    """
    if max(size) > MAX_SIDE or size[0] * size[1] > MAX_PIXELS[format_]:
        raise UnsafePicture("too many pixels")


def _read_header(data: bytes) -> Container:
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _gif(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(_OTHER_FORMATS) or data[4:8] == b"ftyp":
        raise UnsafePicture("format not allowed")
    raise BrokenPicture("not a picture")


_OTHER_FORMATS = (
    *(b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\0\0\1\0", b"\0\0\2\0", b"8BPS", b"%PDF", b"%!PS", b"<svg", b"<?xml"),
    *(
        b"P1",
        b"P2",
        b"P3",
        b"P4",
        b"P5",
        b"P6",
        b"Pf",
        b"PF",
        b"\0\0\0\x0cjP  ",
        b"\xffO\xffQ",
        b"\xff\x0a",
        b"\0\0\0\x0cJXL ",
        b"qoif",
        b"DDS ",
    ),
)
"""Signatures of pictures that we do not decode; AVIF and HEIC are known by `ftyp`. All else is no picture at all."""

_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE_MARKERS = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})


def _jpeg(data: bytes) -> Container:
    """Walk the segments up to the frame header (ITU-T T.81, annex B)."""
    at = 2
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 - the marker prefix of T.81
            raise BrokenPicture("damaged header")
        marker = data[at + 1]
        at += 1 if marker == 0xFF else 2  # noqa: PLR2004 - a fill byte before a marker
        if marker == 0xFF or marker in _BARE_MARKERS:  # noqa: PLR2004 - the same
            continue
        if marker in _FRAME_MARKERS:
            break
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2:  # noqa: PLR2004 - the length counts its own two bytes
            raise BrokenPicture("damaged header")
        at += length
    height, width = struct.unpack_from(">HH", data, at + 3)
    scans = len(re.findall(rb"\xff\xda", data[at:]))
    if scans > MAX_SCANS or (marker in _PROGRESSIVE_MARKERS and width * height > MAX_PROGRESSIVE_PIXELS):
        raise UnsafePicture("too many scans or progressive pixels")
    return Container(format=Format.JPEG, width=width, height=height, data=data)


_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"eXIf"})


def _png(data: bytes) -> Container:
    """Keep only the chunks that make pixels: text and profiles may inflate to megabytes (RFC 2083, section 3)."""
    if data[12:16] != b"IHDR":
        raise BrokenPicture("damaged header")
    width, height = struct.unpack_from(">II", data, 16)
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if data[at + 4 : at + 8] in _PIXEL_CHUNKS:
            kept.append(data[at:end])
        at = end
    if at < len(data):
        kept.append(data[at:])  # a torn chunk stays torn, and the decoder says so
    return Container(format=Format.PNG, width=width, height=height, data=b"".join(kept))


def _gif(data: bytes) -> Container:
    """Largest of the screen and of every frame: a frame may reach beyond the screen, and the decoder grows with it (GIF89a, 20)."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _colour_table(flags)
    while at < len(data) and data[at] != 0x3B:  # noqa: PLR2004 - the trailer
        if data[at] == 0x2C:  # noqa: PLR2004 - an image descriptor
            if at + 10 >= len(data):
                break
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
            width, height = max(width, left + wide), max(height, top + high)
            at = _after_blocks(data, at + 11 + _colour_table(flags))
        elif data[at] == 0x21:  # noqa: PLR2004 - an extension
            at = _after_blocks(data, at + 2)
        else:
            at += 1  # as decoders do with stray bytes
    return Container(format=Format.GIF, width=width, height=height, data=data)


def _colour_table(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _webp(data: bytes) -> Container:
    """Size from the first chunk: VP8, VP8L or VP8X (RFC 9649)."""
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    else:
        raise BrokenPicture("damaged header")
    return Container(format=Format.WEBP, width=width, height=height, data=data)


def exif_orientation(exif: object) -> int:
    """How must the decoded picture be turned to stand upright?

    A reader of our own for one tag, because Pillow's warns on damaged EXIF and we raise nothing for it.

    Args:
        exif: What the decoder kept; anything but bytes counts as absent.

    Returns:
        1 (as it is) to 8, as EXIF 2.32 numbers them; 1 for anything absent or damaged.
    """
    if not isinstance(exif, bytes):
        return 1
    tiff = exif[6:] if exif.startswith(b"Exif\x00\x00") else exif
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (directory,) = struct.unpack_from(order + "I", tiff, 4)
        (entries,) = struct.unpack_from(order + "H", tiff, directory)
        for entry in range(min(entries, 256)):  # a directory longer than this is not a camera's
            tag, kind, count, value = struct.unpack_from(order + "HHIH", tiff, directory + 2 + 12 * entry)
            if (tag, kind, count) == (0x0112, 3, 1):
                return value if 1 <= value <= 8 else 1  # noqa: PLR2004 - the eight orientations
    except struct.error:
        return 1
    return 1


def checksum(data: bytes) -> int:
    """Is this the same content? 32 bits, against accident, not against an attacker."""
    return zlib.crc32(data)
