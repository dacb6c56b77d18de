# SPDX-License-Identifier: Apache-2.0
"""Photo or graphic, and is there enough in it to recognise?

A graphic (cartoon, emoji, logo, initials) shares its shapes with its siblings, so that the same likeness proves less than it
does for a photo. A flat picture looks like any other flat picture and proves nothing.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.middle import largest_channel

MIN_DETAIL = 5.0
"""Gray levels: standard deviation of what a plane does not explain, below which a picture is flat."""

_FLAT_STEP = 5.0
"""Gray levels between neighbours that still count as one area; JPEG noise stays below it."""

_FLAT_SHARE = 0.15
"""Share of pixels in flat areas that a graphic has at least."""

_COLOUR_STEP = 12
"""Gray levels per channel that count as one colour."""

_COLOURS_BITS = 3.6
"""Entropy of the colours of flat areas below which a picture counts as a graphic. A blurred wall is as flat as a cartoon, but shades from
one colour to the next: of painted and real avatars one photo in ten lies below, and one graphic in fifty above (tuned)."""


_EVEN_STEP, _EVEN_SHARE = 0.8, 0.10
"""Gray levels between neighbours of the halved picture that are no shading, and share of such pixels that a graphic has at least. A
blurred or dark photo has few colours, but hardly two places of the same: of photos that looked drawn by their colours alone three in
four lie below; no graphic as its owner stored it does, and one in fifty that was saved as JPEG at quality 30 (tune part)."""


class PictureKind(StrEnum):
    """What sort of picture it is, for the table of weights."""

    PHOTO = "photo"
    GRAPHIC = "graphic"


def detail(luma: NDArray[np.float32]) -> float:
    """How much is there to recognise? Gray levels; a gradient counts for nothing.

    Args:
        luma: Square, gray levels.
    """
    side = luma.shape[0] // 4
    small = luma[: side * 4, : side * 4].reshape(side, 4, side, 4).mean(axis=(1, 3))
    ramp = np.linspace(-1, 1, side, dtype=np.float32)
    down, across = ramp[:, None] * np.ones(side, np.float32), np.ones((side, 1), np.float32) * ramp
    rest = small - small.mean()
    for plane in (down, across):
        rest = rest - plane * ((rest * plane).sum() / (plane * plane).sum())
    return float(rest.std())


def picture_kind(colour: NDArray[np.float32]) -> PictureKind:
    """Photo or graphic?

    Args:
        colour: Shape (side, side, 3), gray levels.
    """
    across = largest_channel(np.abs(np.diff(colour, axis=1)))[:-1]
    down = largest_channel(np.abs(np.diff(colour, axis=0)))[:, :-1]
    flat = np.maximum(across, down) < _FLAT_STEP
    if flat.mean() < _FLAT_SHARE or _even(colour) < _EVEN_SHARE:
        return PictureKind.PHOTO
    steps = 256 // _COLOUR_STEP + 1
    colours = (colour[:-1, :-1][flat] // _COLOUR_STEP).astype(np.intp) @ np.array([steps * steps, steps, 1])
    counts = np.bincount(colours)
    share = counts[counts > 0] / len(colours)
    return PictureKind.GRAPHIC if -(share * np.log2(share)).sum() < _COLOURS_BITS else PictureKind.PHOTO


def _even(colour: NDArray[np.float32]) -> float:
    """Share of a picture that is drawn in one colour, not shaded; halved first, because that takes most of an encoder's noise away."""
    rows = colour[::2] + colour[1::2]
    half = (rows[:, ::2] + rows[:, 1::2]) * np.float32(0.25)
    across = largest_channel(np.abs(np.diff(half, axis=1)))[:-1]
    down = largest_channel(np.abs(np.diff(half, axis=0)))[:, :-1]
    return float((np.maximum(across, down) < _EVEN_STEP).mean())
