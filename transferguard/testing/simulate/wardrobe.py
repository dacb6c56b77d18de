# SPDX-License-Identifier: Apache-2.0
"""Which picture does somebody wear?

Painted by `transferguard.testing.pictures`, or read from a folder of photos that the caller owns; small, as an app stores them,
and kept after the first use because painting is the slow part of a world.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from transferguard.testing.split import Split, stable_number

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SIDE_PX = 160
"""Side of a stored profile picture: what chat apps keep for a list of contacts."""

_QUALITY = 82


class PictureKind(StrEnum):
    """What sort of picture somebody wears."""

    PHOTO = "photo"
    CARTOON = "cartoon"
    INITIALS = "initials"
    DEFAULT = "default"
    POPULAR = "popular"
    NONE = "none"


_SHARES = {
    PictureKind.PHOTO: 0.64,
    PictureKind.CARTOON: 0.19,
    PictureKind.INITIALS: 0.04,
    PictureKind.DEFAULT: 0.07,
    PictureKind.POPULAR: 0.03,
    PictureKind.NONE: 0.03,
}
"""How many people wear which sort: an assumption; no app publishes it."""

POPULAR_COUNT = 12
"""Sunsets and the like that many people took from the same page: an assumption."""


class Wardrobe:
    """All pictures of one simulation, by kind and number.

    Args:
        seed: Another seed paints other pictures.
        split: Keeps the pictures of tune, check and report apart.
        photos: A folder of photos to wear instead of painted ones; each is worn by at most one member of a circle and one stranger,
            members take them from the front and strangers from the back, and when they are used up people wear painted ones.
        strangers: How many different pictures people outside the circle wear; by default everybody has one of their own. A
            measurement with thousands of strangers paints only so many.
    """

    def __init__(self, seed: int, *, split: Split | None = None, photos: Path | None = None, strangers: int = 2**32) -> None:
        self._strangers = strangers
        self._key = (seed, str(split))
        self._files = tuple(sorted(path for path in photos.iterdir() if path.is_file())) if photos else ()

    def choose(self, rng: Random, *, number: int | None = None) -> tuple[PictureKind, bytes | None]:
        """A picture as honest people wear them; `None` for somebody who has none.

        Args:
            rng: Source of all choices.
            number: Which picture of its kind; members of a circle have numbers, so that several circles share what is painted.
        """
        (kind,) = rng.choices(list(_SHARES), weights=list(_SHARES.values()))
        return kind, self.of_kind(kind, rng, number=number)

    def choose_former(self, rng: Random, *, number: int) -> bytes | None:
        """A picture that a member of a circle wore before, as `choose`: nobody else's, unless it is one that many wear.

        Args:
            rng: Source of all choices.
            number: Of the member.
        """
        return self.choose(rng, number=-number)[1]

    def of_kind(self, kind: PictureKind, rng: Random, *, number: int | None = None) -> bytes | None:
        """A picture of the wanted sort."""
        drawn = _LARGEST_CIRCLE + rng.randrange(self._strangers)
        number = drawn if number is None else number
        if kind is PictureKind.NONE:
            return None
        if kind is PictureKind.DEFAULT:
            return _painted("default", 0)
        if kind is PictureKind.POPULAR:
            return _painted("popular", drawn % POPULAR_COUNT)
        if kind is PictureKind.PHOTO and (file := self._file(number)):
            return file.read_bytes()
        return _painted(kind.value, stable_number(*self._key, number))

    def _file(self, number: int) -> Path | None:
        """The photo with this number: members count from the front, strangers from the back; what was worn before was painted."""
        if number < 0:
            return None
        place = number if number < _LARGEST_CIRCLE else -1 - (number - _LARGEST_CIRCLE) % max(1, len(self._files))
        half = (len(self._files) + 1) // 2
        return self._files[place] if (place < half if number < _LARGEST_CIRCLE else -place <= half) and self._files else None

    def pair(self, kind: str, rng: Random) -> tuple[bytes, bytes]:
        """Two pictures that belong together: `couple` or `relatives`."""
        return _painted_pair(kind, stable_number(*self._key, kind, rng.randrange(2**32)))


_PAINT_SEEDS = 2**31
_LARGEST_CIRCLE = 5_000  # numbers below it belong to members of circles


@cache
def _painted(kind: str, number: int) -> bytes:
    from transferguard.testing import pictures  # noqa: PLC0415 - numpy and Pillow load with the first picture

    seed = number % _PAINT_SEEDS
    if kind == "default":
        picture = pictures.draw_default_avatar(size=SIDE_PX)
    elif kind == "popular":
        picture = pictures.draw_landscape(seed, size=SIDE_PX) if seed else pictures.popular_sunset(size=SIDE_PX)
    elif kind == "cartoon":
        picture = pictures.draw_cartoon(seed, size=SIDE_PX)
    elif kind == "initials":
        picture = pictures.draw_initials(chr(ord("A") + seed % 26), seed % 12, size=SIDE_PX)
    else:
        picture = pictures.draw_photo(seed, size=SIDE_PX)
    return pictures.as_jpeg(picture, quality=_QUALITY)


@cache
def _painted_pair(kind: str, number: int) -> tuple[bytes, bytes]:
    from transferguard.testing import pictures  # noqa: PLC0415 - numpy and Pillow load with the first picture

    draw = pictures.draw_couple if kind == "couple" else pictures.draw_relatives
    one, other = draw(number % _PAINT_SEEDS, size=SIDE_PX)
    return pictures.as_jpeg(one, quality=_QUALITY), pictures.as_jpeg(other, quality=_QUALITY)
