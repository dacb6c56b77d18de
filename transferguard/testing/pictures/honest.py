# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Pictures that honest people share, and mixtures of kinds: what a population wears.

Couples cut one picture in two, relatives crop the same family photo, each in their own way; neither copies anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from transferguard.testing.pictures.canvas import SIDE_PX, seeded
from transferguard.testing.pictures.cartoons import TEMPLATES, draw_cartoon
from transferguard.testing.pictures.flat import draw_emoji_face, draw_logo
from transferguard.testing.pictures.landscapes import draw_city, draw_landscape
from transferguard.testing.pictures.portraits import draw_group, draw_portrait
from transferguard.testing.pictures.stills import draw_flower, draw_pet, draw_still_life

if TYPE_CHECKING:
    from collections.abc import Callable

_PHOTOS: tuple[Callable[..., Image.Image], ...] = (
    draw_portrait,
    draw_portrait,
    draw_portrait,
    draw_portrait,
    draw_group,
    draw_landscape,
    draw_landscape,
    draw_flower,
    draw_still_life,
    draw_pet,
    draw_city,
)
"""Painters of photographic pictures, each as often as people wear its kind (our guess, not a measurement)."""

_GRAPHICS: tuple[Callable[..., Image.Image], ...] = (draw_cartoon, draw_cartoon, draw_cartoon, draw_logo, draw_emoji_face)


def draw_photo(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """Any picture with the texture of a photo: mostly people, then places, animals and things."""
    painter = _PHOTOS[int(seeded("any photo", seed).integers(len(_PHOTOS)))]
    return painter(seed, size=size)


def draw_graphic(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """Any flat picture that somebody chose: a cartoon, a badge, a face."""
    painter = _GRAPHICS[int(seeded("any graphic", seed).integers(len(_GRAPHICS)))]
    return painter(seed, size=size)


def draw_couple(seed: int, *, size: int = SIDE_PX) -> tuple[Image.Image, Image.Image]:
    """The matching pictures of a couple: two halves of one picture, or two cartoons by one hand on one ground."""
    kind = int(seeded("couple", seed).integers(3))
    if kind == 2:
        artist = seed % TEMPLATES
        return draw_cartoon(seed * 2, template=artist, size=size), draw_cartoon(seed * 2 + 1, template=artist, size=size)
    whole = draw_group(seed, people=2, size=size * 2) if kind == 0 else draw_landscape(seed, size=size * 2)
    top = size // 2
    return whole.crop((0, top, size, top + size)), whole.crop((size, top, 2 * size, top + size))


def draw_relatives(seed: int, *, size: int = SIDE_PX) -> tuple[Image.Image, Image.Image]:
    """One family photo as two relatives wear it, each with a crop of their own."""
    rng = seeded("relatives", seed)
    whole = draw_group(seed, people=3 + seed % 2, size=size)

    def worn() -> Image.Image:
        side = int(size * rng.uniform(0.72, 1.0))
        left, top = int(rng.integers(size - side + 1)), int(rng.integers(size - side + 1))
        return whole.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.LANCZOS)

    return worn(), worn()
