# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Cartoon heads by imaginary artists.

A template is one artist's hand: ground, outline, head, eyes and palette. Heads of one template are honest people who
bought or made their picture in the same place, which is what makes pictures of this kind hard to tell apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from transferguard.testing.pictures.canvas import SIDE_PX, Colour, hsv, mix, seeded
from transferguard.testing.pictures.flat import Sheet, ink, sheet, star

TEMPLATES = 40
"""How many artists there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """What all heads of one artist share."""

    ground: Colour
    motif: int
    outline: Colour
    line: float
    wide: float
    high: float
    eyes: int
    nose: int
    ears: int
    fantastic: bool
    hue: float


def _hand(template: int) -> _Hand:
    rng = seeded("artist", template)
    hue = float(rng.random())
    return _Hand(
        ground=hsv(hue, float(rng.uniform(0.1, 0.7)), float(rng.uniform(0.6, 1.0))),
        motif=int(rng.integers(4)),
        outline=mix((0.1, 0.08, 0.1), hsv(hue, 0.7, 0.4), float(rng.random()) ** 2),
        line=float(rng.choice([0.0, 0.008, 0.014, 0.022])),
        wide=float(rng.uniform(0.26, 0.36)),
        high=float(rng.uniform(0.28, 0.38)),
        eyes=int(rng.integers(4)),
        nose=int(rng.integers(3)),
        ears=int(rng.integers(4)),
        fantastic=bool(rng.random() < 0.35),
        hue=hue,
    )


def draw_cartoon(seed: int, *, template: int | None = None, size: int = SIDE_PX) -> Image.Image:
    """A cartoon head.

    Args:
        seed: Another seed is another character of the same artist.
        template: The artist; without it the seed picks one.
        size: Side in pixels.
    """
    artist = seed % TEMPLATES if template is None else template
    hand = _hand(artist)
    rng = seeded(f"cartoon {artist}", seed)
    page = sheet(size, mix(hand.ground, hsv(hand.hue + float(rng.uniform(-0.12, 0.12)), 0.4, 0.95), float(rng.uniform(0, 0.6))))
    _ground(page, hand, rng)
    skin = (
        hsv(float(rng.random()), 0.45, 0.9)
        if hand.fantastic
        else hsv(float(rng.uniform(0.04, 0.09)), float(rng.uniform(0.25, 0.6)), float(rng.uniform(0.45, 1.0)))
    )
    hair = hsv(
        float(rng.random()) if rng.random() < 0.4 else float(rng.uniform(0.02, 0.12)),
        float(rng.uniform(0.2, 0.8)),
        float(rng.uniform(0.1, 0.9)),
    )
    style = int(rng.integers(7))
    _body(page, hand, rng, skin)
    if style in {1, 4}:
        _blob(page, hand, (0.5, 0.52 if style == 1 else 0.6), (hand.wide * 1.28, hand.high * (1.2 if style == 1 else 1.5)), hair)
    _ears(page, hand, skin, hair)
    _blob(page, hand, (0.5, 0.5), (hand.wide, hand.high), skin)
    _face(page, hand, rng)
    _hair(page, hand, style, hair)
    _extras(page, hand, rng)
    return page.finished()


def _blob(page: Sheet, hand: _Hand, at: tuple[float, float], radii: tuple[float, float], colour: Colour) -> None:
    """An ellipse with the artist's outline."""
    side = page.side
    box = ((at[0] - radii[0]) * side, (at[1] - radii[1]) * side, (at[0] + radii[0]) * side, (at[1] + radii[1]) * side)
    page.pen.ellipse(box, fill=ink(colour), outline=ink(hand.outline) if hand.line else None, width=max(1, int(hand.line * side)))


def _ground(page: Sheet, hand: _Hand, rng: np.random.Generator) -> None:
    side, light = page.side, ink(mix(hand.ground, (1, 1, 1), 0.35))
    if hand.motif == 1:
        page.pen.ellipse((side * 0.08, side * 0.08, side * 0.92, side * 0.92), fill=light)
    elif hand.motif == 2:
        for step in range(-8, 9, 2):
            page.pen.line((side * step / 8, 0, side * (step / 8 + 1), side), fill=light, width=side // 14)
    elif hand.motif == 3:
        for _ in range(14):
            x, y, reach = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(0.02, 0.07) * side
            page.pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=light)


def _body(page: Sheet, hand: _Hand, rng: np.random.Generator, skin: Colour) -> None:
    shirt = hsv(float(rng.random()), float(rng.uniform(0.3, 0.9)), float(rng.uniform(0.3, 0.95)))
    _blob(page, hand, (0.5, 0.86), (0.1, 0.16), mix(skin, (0, 0, 0), 0.12))
    _blob(page, hand, (0.5, 1.12), (hand.wide * 1.25, 0.27), shirt)
    kind, side = int(rng.integers(4)), page.side
    if kind == 1:
        page.pen.polygon(star((side * 0.5, side * 0.93), side * 0.06), fill=ink(mix(shirt, (1, 1, 1), 0.7)))
    elif kind == 2:
        for level in (0.9, 0.95):
            page.pen.line((side * 0.28, side * level, side * 0.72, side * level), fill=ink(mix(shirt, (1, 1, 1), 0.6)), width=side // 50)


def _ears(page: Sheet, hand: _Hand, skin: Colour, hair: Colour) -> None:
    side = page.side
    for edge in (-1, 1):
        x = 0.5 + edge * hand.wide
        if hand.ears == 1:
            _blob(page, hand, (x, 0.52), (0.05, 0.07), skin)
        elif hand.ears == 2:
            tip, root = (x - edge * 0.02, 0.5 - hand.high * 1.2), 0.5 - hand.high * 0.5
            corners = [
                ((x - edge * 0.2) * side, (root - 0.05) * side),
                (x * side, root * side + 0.06 * side),
                (tip[0] * side, tip[1] * side),
            ]
            page.pen.polygon(
                corners,
                fill=ink(mix(skin, hair, 0.4)),
                outline=ink(hand.outline) if hand.line else None,
                width=max(1, int(hand.line * side)),
            )
        elif hand.ears == 3:
            _blob(page, hand, (x - edge * 0.06, 0.5 - hand.high * 0.85), (0.09, 0.09), mix(skin, hair, 0.4))


def _face(page: Sheet, hand: _Hand, rng: np.random.Generator) -> None:
    side, dark = page.side, ink(hand.outline)
    apart, level, reach = hand.wide * float(rng.uniform(0.36, 0.48)), float(rng.uniform(0.46, 0.52)), float(rng.uniform(0.03, 0.05))
    gaze, iris = float(rng.uniform(-0.012, 0.012)), ink(hsv(float(rng.random()), 0.6, 0.5))
    for edge in (-1, 1):
        x, y = (0.5 + edge * apart) * side, level * side
        if hand.eyes == 0:
            page.pen.ellipse((x - reach * 0.6 * side, y - reach * side, x + reach * 0.6 * side, y + reach * side), fill=dark)
        elif hand.eyes == 1:
            big = reach * 1.6 * side
            page.pen.ellipse((x - big, y - big, x + big, y + big), fill="#ffffff", outline=dark, width=max(2, side // 120))
            pupil, x = big * 0.5, x + gaze * side * 1.5
            page.pen.ellipse((x - pupil, y - pupil, x + pupil, y + pupil), fill=dark)
        elif hand.eyes == 2:
            page.pen.arc(
                (x - reach * side * 1.3, y - reach * side, x + reach * side * 1.3, y + reach * side * 1.4),
                190,
                350,
                fill=dark,
                width=side // 55,
            )
        else:
            page.pen.ellipse((x - reach * 1.2 * side, y - reach * 1.5 * side, x + reach * 1.2 * side, y + reach * 1.5 * side), fill=iris)
            page.pen.ellipse(
                (x - reach * 0.7 * side, y - reach * 1.1 * side, x + reach * 0.1 * side, y - reach * 0.2 * side), fill="#ffffff"
            )
        brow, lift = (level - reach * 2.1) * side, float(rng.uniform(-0.02, 0.02)) * side
        page.pen.line(
            (x - reach * 1.2 * side, brow - edge * lift, x + reach * 1.2 * side, brow + edge * lift), fill=dark, width=max(2, side // 70)
        )
    if hand.nose:
        page.pen.ellipse((side * 0.48, side * 0.55, side * 0.52, side * (0.57 if hand.nose == 1 else 0.6)), fill=dark)
    _mouth(page, hand, rng)


def _mouth(page: Sheet, hand: _Hand, rng: np.random.Generator) -> None:
    side, dark = page.side, ink(hand.outline)
    half, top, deep = float(rng.uniform(0.05, 0.12)) * side, float(rng.uniform(0.61, 0.66)) * side, float(rng.uniform(0.03, 0.08)) * side
    box, kind = (side / 2 - half, top - deep, side / 2 + half, top + deep), int(rng.integers(5))
    if kind == 0:
        page.pen.chord(box, 0, 180, fill="#8c2f39")
    elif kind == 1:
        page.pen.arc(box, 10, 170, fill=dark, width=side // 60)
    elif kind == 2:
        page.pen.ellipse((side / 2 - deep * 0.6, top - deep * 0.4, side / 2 + deep * 0.6, top + deep), fill="#8c2f39")
    elif kind == 3:
        page.pen.line((side / 2 - half, top, side / 2 + half * 0.8, top - deep * 0.3), fill=dark, width=side // 60)
    else:
        page.pen.chord(box, 0, 180, fill="#ffffff", outline=dark, width=max(1, side // 110))


def _hair(page: Sheet, hand: _Hand, style: int, hair: Colour) -> None:
    side, fill = page.side, ink(hair)
    edge, width = ink(hand.outline) if hand.line else None, max(1, int(hand.line * page.side))
    left, right, top = (0.5 - hand.wide) * side, (0.5 + hand.wide) * side, (0.5 - hand.high) * side
    cap = (left - side * 0.01, top - side * 0.02, right + side * 0.01, top + hand.high * 1.5 * side)
    if style in {0, 1, 4}:
        page.pen.chord(cap, 192, 348, fill=fill, outline=edge, width=width)
    elif style == 2:
        for step in range(7):
            x = left + (right - left) * (step + 0.5) / 7
            lift = hand.high * (0.15 + 0.5 * ((step - 3) / 3) ** 2) * side
            page.pen.polygon(
                [
                    (x - side * 0.06, top + lift + side * 0.06),
                    (x + side * 0.06, top + lift + side * 0.06),
                    (x + side * 0.02, top + lift - side * 0.12),
                ],
                fill=fill,
            )
        page.pen.chord(cap, 200, 340, fill=fill)
    elif style == 3:
        for step in range(8):
            x = left + (right - left) * step / 7
            y = top + hand.high * (0.12 + 0.55 * ((step - 3.5) / 3.5) ** 2) * side
            page.pen.ellipse((x - side * 0.075, y - side * 0.075, x + side * 0.075, y + side * 0.075), fill=fill)
    elif style == 5:
        page.pen.pieslice(cap, 180, 360, fill=fill, outline=edge, width=width)
        page.pen.rounded_rectangle(
            (left - side * 0.04, top + hand.high * 0.68 * side, right + side * 0.12, top + hand.high * 0.82 * side), side * 0.02, fill=fill
        )


def _extras(page: Sheet, hand: _Hand, rng: np.random.Generator) -> None:
    side, dark = page.side, ink(hand.outline)
    if rng.random() < 0.25:
        for edge in (-1, 1):
            x, reach = (0.5 + edge * hand.wide * 0.42) * side, side * 0.075
            page.pen.ellipse((x - reach, side * 0.49 - reach, x + reach, side * 0.49 + reach), outline=dark, width=side // 60)
        page.pen.line((side * 0.46, side * 0.49, side * 0.54, side * 0.49), fill=dark, width=side // 60)
    if rng.random() < 0.25:
        for edge in (-1, 1):
            x = (0.5 + edge * hand.wide * 0.62) * side
            page.pen.ellipse((x - side * 0.04, side * 0.57, x + side * 0.04, side * 0.61), fill="#f28b82")
    if rng.random() < 0.2:
        page.pen.polygon(
            star((side * (0.5 - hand.wide * 0.8), side * (0.5 - hand.high * 0.8)), side * 0.08, inner=0.5),
            fill=ink(hsv(float(rng.random()), 0.7, 0.95)),
        )
