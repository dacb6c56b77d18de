# SPDX-License-Identifier: Apache-2.0
"""All picture attacks by name: from the bytes of a picture to the bytes of its copy.

A thief's copy is always smaller and saved again: 96 to 320 pixels, JPEG or WebP of quality 30 to 85 (transparent ones
PNG, animations GIF). Attacks were chosen by what people do with somebody else's picture, before and without a look at
the engine that has to find them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

from transferguard.testing.picture_attacks import edits, scenes
from transferguard.testing.picture_attacks.draws import Draws
from transferguard.testing.pictures import as_gif, as_jpeg, as_png, as_webp, draw_photo
from transferguard.testing.pictures.encode import on_white
from transferguard.testing.split import Split

Edit = Callable[[Image.Image, Draws], Image.Image]

_WORKING_PX = 320
"""Attacks work at this side, the largest that a copy has."""

_SIDES_PX = (96.0, 320.0)
_QUALITIES = (30.0, 85.0)


class AttackClass(StrEnum):
    """What an attack changes."""

    ENCODING = "encoding"
    COLOUR = "colour"
    CROP = "crop"
    ORIENTATION = "orientation"
    FRAME = "frame"
    OVERLAY = "overlay"
    SCENE = "scene"
    CONTAINER = "container"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One way to disguise a copied picture; call it with the bytes of the original.

    Attributes:
        name: Its key in `ATTACKS`.
        kind: What it changes.
        description: One sentence for the report.
        edits: What is done, in order.
        container: How the result is packed: `still`, `transparent` or `animation`.
    """

    name: str
    kind: AttackClass
    description: str
    edits: tuple[Edit, ...]
    container: str = "still"

    def __call__(self, data: bytes, *, seed: int, split: Split | None = None) -> bytes:
        """The copy of this picture.

        Args:
            data: The original, any format that Pillow reads.
            seed: Another seed is another copy by the same attack.
            split: The part of the parameters that may be used (`testing.split`); None is for demonstrations.

        Returns:
            The bytes of the copy.
        """
        draws = Draws(self.name, seed, split)
        picture = opened(data)
        for edit in self.edits:
            picture = edit(picture, draws)
        side = round(draws.between("side", *_SIDES_PX))
        return _PACKERS[self.container](picture.resize((side, side), Image.Resampling.LANCZOS), draws)


def opened(data: bytes) -> Image.Image:
    """The picture in these bytes, upright, square, in RGB, at the working size."""
    with Image.open(BytesIO(data)) as image:
        upright = on_white(ImageOps.exif_transpose(image))
    return ImageOps.fit(upright, (_WORKING_PX, _WORKING_PX), Image.Resampling.LANCZOS)


def resaved(picture: Image.Image, draws: Draws) -> bytes:
    """JPEG or WebP of quality 30 to 85."""
    quality = round(draws.between("quality", *_QUALITIES))
    return draws.one_of((as_jpeg, as_webp))(picture, quality)


def _transparent(picture: Image.Image, draws: Draws) -> bytes:
    """A PNG whose corners or ground are clear, some of it half clear."""
    cut = picture.convert("RGBA")
    cut.putalpha(edits.disc(picture.width, draws.between("reach", 0.9, 1.0)))
    return as_png(cut)


def _animation(picture: Image.Image, draws: Draws) -> bytes:
    """A GIF of four to six frames, of which one is the copy and the others are other pictures."""
    others = [draw_photo(draws.number(), size=picture.width) for _ in range(draws.one_of((3, 4, 5)))]
    place = draws.one_of(range(len(others) + 1))
    return as_gif([*others[:place], picture, *others[place:]])


_PACKERS: dict[str, Callable[[Image.Image, Draws], bytes]] = {"still": resaved, "transparent": _transparent, "animation": _animation}


def _attack(name: str, kind: AttackClass, description: str, *edits_in_order: Edit) -> Attack:  # one row of the table below
    return Attack(name=name, kind=kind, description=description, edits=edits_in_order)


_C = AttackClass
_TABLE: tuple[Attack, ...] = (
    _attack("recompressed", _C.ENCODING, "saved again, smaller", edits.untouched),
    _attack("blurred", _C.ENCODING, "out of focus", edits.blurred),
    _attack("noisy", _C.ENCODING, "noise of 4-16 grey levels", edits.noisy),
    _attack("sharpened", _C.ENCODING, "sharpened", edits.sharpened),
    _attack("colours", _C.COLOUR, "brightness, contrast, saturation, temperature", edits.colours),
    _attack("filtered", _C.COLOUR, "grey, sepia, faded or tinted", edits.filtered),
    _attack("gamma", _C.COLOUR, "shadows lifted or sunk", edits.gamma),
    _attack("crop_centred", _C.CROP, "4-22 % off every side", edits.crop_centred),
    _attack("crop_off_centre", _C.CROP, "a window of 64-90 %, up to 22 % off a side", edits.crop_off_centre),
    _attack("crop_corner", _C.CROP, "8-22 % off two sides that meet", edits.crop_corner),
    _attack("stretched", _C.CROP, "6-20 % off two opposite sides, pulled square", edits.stretched),
    _attack("mirrored", _C.ORIENTATION, "left and right swapped", edits.mirrored),
    _attack("upside_down", _C.ORIENTATION, "flipped or turned by half", edits.upside_down),
    _attack("quarter_turned", _C.ORIENTATION, "turned by a quarter, sometimes flipped", edits.quarter_turned),
    _attack("rotated", _C.ORIENTATION, "3-14 degrees, corners filled", edits.rotated),
    _attack("rotated_and_cropped", _C.ORIENTATION, "3-14 degrees, cropped to fill", edits.rotated_and_cropped),
    _attack("perspective", _C.ORIENTATION, "corners moved by up to 9 %", edits.perspective),
    _attack("bordered", _C.FRAME, "a border of 3-15 %", edits.bordered),
    _attack("gold_framed", _C.FRAME, "a bevelled frame over the edge", edits.gold_framed),
    _attack("padded", _C.FRAME, "on a ground 1.15-1.6 times as large", edits.padded),
    _attack("circled", _C.FRAME, "cut to a disc on one colour", edits.circled),
    _attack("rounded", _C.FRAME, "rounded corners", edits.rounded),
    _attack("circled_after_crop", _C.FRAME, "cropped off-centre, then cut to a disc", edits.crop_off_centre, edits.circled),
    _attack("badge", _C.OVERLAY, "a badge of 18-36 % of the side", scenes.badge),
    _attack("banner", _C.OVERLAY, "a band of words, 14-36 % of the area", scenes.banner),
    _attack("lettering", _C.OVERLAY, "two lines of large letters", scenes.lettering),
    _attack("sticker", _C.OVERLAY, "a sticker on 8-36 % of the area", scenes.sticker),
    _attack("chat_screenshot", _C.SCENE, "a screenshot of the profile picture", scenes.chat_screenshot),
    _attack("screen_photo", _C.SCENE, "photographed from a screen, with moiré", scenes.screen_photo),
    _attack("collage_halves", _C.SCENE, "its middle half beside another picture", scenes.collage_halves),
    _attack("collage_inset", _C.SCENE, "whole, over a corner of another picture", scenes.collage_inset),
    Attack(name="transparent", kind=_C.CONTAINER, description="a PNG with clear corners", edits=(), container="transparent"),
    Attack(name="animated", kind=_C.CONTAINER, description="one frame of a GIF of four to six", edits=(), container="animation"),
    _attack(
        "mirror_crop_border_colour",
        _C.COMBINED,
        "mirrored, cropped, recoloured, bordered",
        edits.mirrored,
        edits.crop_off_centre,
        edits.colours,
        edits.bordered,
    ),
    _attack("circle_crop_colour", _C.COMBINED, "cropped, recoloured, cut to a disc", edits.crop_off_centre, edits.colours, edits.circled),
    _attack(
        "mirror_rotate_badge", _C.COMBINED, "mirrored, rotated to fill, badge", edits.mirrored, edits.rotated_and_cropped, scenes.badge
    ),
    _attack("crop_banner_filter", _C.COMBINED, "cropped, filtered, a band of words", edits.crop_centred, edits.filtered, scenes.banner),
    _attack("screenshot_of_circle", _C.COMBINED, "a screenshot of a round picture", edits.circled, scenes.chat_screenshot),
    _attack("screen_photo_of_crop", _C.COMBINED, "cropped, photographed from a screen", edits.crop_off_centre, scenes.screen_photo),
)

ATTACKS: dict[str, Attack] = {attack.name: attack for attack in _TABLE}
"""Every attack by its name."""
