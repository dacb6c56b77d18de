# SPDX-License-Identifier: Apache-2.0
"""Bytes to pixels, without trusting them.

Decides nothing about likeness: returns up to eight upright, small RGB pictures, or a typed error. Caps come first
(`container`); then the one decoder that the signature names, from memory, never from a path; then up to eight frames of an
animation, those that a viewer sees longest; then transparency on white and on black.

Rule owned here (design, rule 9): any bytes end in pictures or an `AvatarError`, in bounded memory and time. No global of
Pillow is changed, and the number of frames that a file declares is never read.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from struct import error as struct_error
from typing import TYPE_CHECKING
from zlib import error as zlib_error

import numpy as np
from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from transferguard.avatars.container import Container, Format, exif_orientation, open_container, require_fitting
from transferguard.avatars.plain_hash import plain_hash
from transferguard.errors import AvatarError, BrokenPicture, UnsafePicture

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MAX_FRAMES = 8
"""Frames of an animation that are fingerprinted."""

WALKED_FRAMES = 64
"""Frames that are looked at to choose those eight."""

WALKED_PIXELS = 25_165_824
"""Pixels decoded while walking an animation; 24 MP take about half a second."""

DRAFT_SIDE = 1024
"""Pixels. A JPEG larger than twice this is decoded at reduced scale, and other large pictures are thinned to this."""

KEPT_SIDE = 192
"""Pixels of the square that each picture is reduced to at once, so that an animation's frames do not pile up in memory."""

_DECODERS: dict[Format, Callable[[BytesIO], "ImageFile"]] = {
    Format.JPEG: JpegImagePlugin.JpegImageFile,  # not through Image.open, which would turn some JPEGs into MPO
    Format.PNG: PngImagePlugin.PngImageFile,
    Format.WEBP: WebPImagePlugin.WebPImageFile,
    Format.GIF: GifImagePlugin.GifImageFile,
}

# What Pillow 13 was seen to raise on a million mutated files (tests/benchmarks/avatars_fuzz.py), besides OSError.
_DECODER_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    MemoryError,
    AssertionError,
    EOFError,
    Warning,
    Image.DecompressionBombError,
    struct_error,
    zlib_error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One upright picture of a file.

    Args:
        pictures: RGB, KEPT_SIDE square: the frame on white, and where it has transparency also on black.
        hashes: The plain 64-bit and 256-bit hashes, taken from the picture at full size as other systems do.
    """

    pictures: tuple[Image.Image, ...]
    hashes: tuple[bytes, bytes]


def decode_frames(data: bytes) -> tuple[Frame, ...]:
    """Which pictures does a viewer of this file see?

    Args:
        data: The file, whole.

    Returns:
        At least one frame, at most eight; longest shown first.

    Raises:
        UnsafePicture: Beyond our caps, or a format that is not on the allow-list.
        BrokenPicture: Not a picture, truncated, or refused by the decoder.
    """
    container = open_container(data)
    try:
        picture = _DECODERS[container.format](BytesIO(container.data))
        require_fitting(container.format, picture.size)
        return tuple(_longest_shown(picture, container))
    except AvatarError:
        raise
    except _DECODER_FAULTS as error:
        raise BrokenPicture("cannot be decoded") from error


def _longest_shown(picture: "ImageFile", container: Container) -> Iterator[Frame]:
    """Walk an animation from its start, within bounds, and keep the frames that a viewer sees longest."""
    if container.format is Format.JPEG or not getattr(picture, "is_animated", False):
        yield _frame(picture, container)
        return
    frames: list[Frame] = []
    small: list[np.ndarray] = []
    shown: list[float] = []
    for number in range(max(1, min(WALKED_FRAMES, WALKED_PIXELS // (container.width * container.height)))):
        try:
            picture.seek(number)
            require_fitting(container.format, picture.size)
            picture.load()
        except EOFError:
            break
        except (*_DECODER_FAULTS, UnsafePicture):
            if not frames:
                raise
            break  # what was shown so far is what a viewer sees
        duration = float(picture.info.get("duration") or 100)  # milliseconds; 100 is what browsers show for 0
        sample = np.asarray(picture.convert("RGB").resize((16, 16), Image.Resampling.BOX), dtype=np.int16)
        same = [at for at, other in enumerate(small) if np.abs(sample - other).mean() < 4.0]  # noqa: PLR2004 - gray levels: noise
        if same:
            shown[same[0]] += duration
        else:
            frames.append(_frame(picture, container))
            small.append(sample)
            shown.append(duration)
    order = sorted(range(len(frames)), key=lambda at: (-shown[at], at))
    yield from (frames[at] for at in order[:MAX_FRAMES])


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _frame(picture: "ImageFile", container: Container) -> Frame:
    orientation = exif_orientation(picture.info.get("exif"))
    if container.format is Format.JPEG and max(picture.size) > 2 * DRAFT_SIDE:
        picture.draft(None, (DRAFT_SIDE, DRAFT_SIDE))
    picture.load()
    upright: Image.Image = _eight_bit(picture) if picture.mode.startswith("I") or picture.mode == "F" else picture
    if isinstance(upright.info.get("transparency"), bytes):
        upright = upright.convert("RGBA")  # a palette with transparency has no gray of its own, and Pillow warns of it
    gray = _turned(upright.convert("L"), orientation)
    hashes = plain_hash(gray, 8), plain_hash(gray, 16)
    # Thinning by whole pixels first keeps the memory of a large picture to its decoded size.
    step = math.ceil(max(upright.size) / DRAFT_SIDE)
    if step > 1:
        size = (max(1, upright.width // step), max(1, upright.height // step))
        upright = upright.resize(size, Image.Resampling.NEAREST)
    return Frame(pictures=tuple(_turned(each, orientation) for each in _on_backgrounds(upright)), hashes=hashes)


def _turned(picture: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Scale 16 bits to 8; `convert("L")` would clip everything above 255 to white."""
    values = np.asarray(picture, dtype=np.float32)
    return Image.fromarray(np.clip(values / 257.0, 0, 255).astype(np.uint8), "L")


def _on_backgrounds(picture: Image.Image) -> tuple[Image.Image, ...]:
    """A picture with transparency looks different on a light and on a dark screen: take both."""
    if "A" not in picture.mode and "a" not in picture.mode and "transparency" not in picture.info:
        return (_reduced(picture.convert("RGB")),)
    layered = _reduced(picture.convert("RGBA"))
    lowest = layered.getchannel("A").getextrema()[0]
    if not isinstance(lowest, int | float) or lowest >= 250:  # noqa: PLR2004 - of 255: not visible
        return (layered.convert("RGB"),)
    return tuple(Image.alpha_composite(Image.new("RGBA", layered.size, colour), layered).convert("RGB") for colour in ("white", "black"))


def _reduced(picture: Image.Image) -> Image.Image:
    """To KEPT_SIDE, square: averages when shrinking, interpolates when enlarging."""
    method = Image.Resampling.BOX if min(picture.size) >= KEPT_SIDE else Image.Resampling.BILINEAR
    return picture.resize((KEPT_SIDE, KEPT_SIDE), method)
