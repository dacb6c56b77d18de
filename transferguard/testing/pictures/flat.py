# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Flat pictures that apps hand out and that many people wear: silhouettes, initials, flags, club badges, emoji.

These are where a picture comparison raises false alerts: they are alike without anybody copying anybody.
Characters that the bundled font lacks are drawn as a seal of our own, decided by the code point, because a system font
would make the picture depend on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from transferguard.testing.pictures.canvas import SIDE_PX, Colour, hsv, mix, seeded

_OVER = 3
"""Flat pictures are drawn this many times too large and reduced, for clean edges."""

_STRIPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "France": ("v", ("#0055a4", "#ffffff", "#ef4135")),
    "Italy": ("v", ("#008c45", "#f4f5f0", "#cd212a")),
    "Ireland": ("v", ("#169b62", "#ffffff", "#ff883e")),
    "Belgium": ("v", ("#000000", "#fdda24", "#ef3340")),
    "Romania": ("v", ("#002b7f", "#fcd116", "#ce1126")),
    "Germany": ("h", ("#000000", "#dd0000", "#ffce00")),
    "Netherlands": ("h", ("#ae1c28", "#ffffff", "#21468b")),
    "Hungary": ("h", ("#ce2939", "#ffffff", "#477050")),
    "Bulgaria": ("h", ("#ffffff", "#00966e", "#d62612")),
    "Estonia": ("h", ("#0072ce", "#000000", "#ffffff")),
    "Austria": ("h", ("#c8102e", "#ffffff", "#c8102e")),
    "Poland": ("h", ("#ffffff", "#dc143c")),
    "Ukraine": ("h", ("#0057b7", "#ffd700")),
    "Indonesia": ("h", ("#ff0000", "#ffffff")),
    "Thailand": ("h", ("#a51931", "#f4f5f8", "#2d2a4a", "#2d2a4a", "#f4f5f8", "#a51931")),
    "Japan": ("disc", ("#ffffff", "#bc002d")),
    "Bangladesh": ("disc", ("#006a4e", "#f42a41")),
    "Sweden": ("cross", ("#006aa7", "#fecc02")),
    "Denmark": ("cross", ("#c8102e", "#ffffff")),
    "Finland": ("cross", ("#ffffff", "#002f6c")),
    "Vietnam": ("star", ("#da251d", "#ffff00")),
    "Somalia": ("star", ("#4189dd", "#ffffff")),
}
"""Plain national flags: arrangement and colours. Simple geometry, written down from general knowledge."""

FLAGS: tuple[str, ...] = tuple(_STRIPES)
"""The flags that `draw_flag` knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A flat picture under way, drawn too large."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    side: int

    def finished(self) -> Image.Image:
        """The picture at its own size."""
        return self.image.reduce(_OVER)


def sheet(size: int, colour: Colour | str) -> Sheet:
    """An empty sheet of one colour."""
    image = Image.new("RGB", (size * _OVER, size * _OVER), colour if isinstance(colour, str) else ink(colour))
    return Sheet(image=image, pen=ImageDraw.Draw(image), side=size * _OVER)


def ink(colour: Colour) -> tuple[int, int, int]:
    """The colour as eight-bit numbers."""
    red, green, blue = (round(min(max(part, 0.0), 1.0) * 255) for part in colour)
    return red, green, blue


def star(
    centre: tuple[float, float], radius: float, *, points: int = 5, inner: float = 0.4, turn: float = 0.0
) -> list[tuple[float, float]]:
    """The corners of a star that points upwards."""
    corners = []
    for step in range(points * 2):
        reach = radius * (inner if step % 2 else 1.0)
        angle = turn - pi / 2 + step * pi / points
        corners.append((centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)))
    return corners


def draw_default_avatar(*, size: int = SIDE_PX) -> Image.Image:
    """The grey silhouette that an app gives to everybody without a picture."""
    page = sheet(size, "#dfe3e8")
    unit = page.side
    page.pen.ellipse((unit * 0.34, unit * 0.20, unit * 0.66, unit * 0.54), fill="#a9b2bd")
    page.pen.ellipse((unit * 0.18, unit * 0.60, unit * 0.82, unit * 1.35), fill="#a9b2bd")
    return page.finished()


def draw_initials(text: str, seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """One or two characters of a name on a coloured ground, as apps draw them; the seed picks the colour of twelve."""
    page = sheet(size, hsv((seed % 12) / 12, 0.55, 0.72))
    shown = "".join(text.split())[:2] or "?"
    height = int(page.side * (0.5 if len(shown) == 1 else 0.4))
    for place, character in enumerate(shown):
        centre = page.side * (0.5 if len(shown) == 1 else 0.3 + 0.4 * place)
        if character.isascii():
            font = ImageFont.load_default(size=height)
            page.pen.text((centre, page.side * 0.5), character.upper(), fill="#ffffff", font=font, anchor="mm")
        else:
            _seal(page, character, (centre, page.side * 0.5), height)
    return page.finished()


def _seal(page: Sheet, character: str, centre: tuple[float, float], height: int) -> None:
    """Strokes in a square block, the same for the same character."""
    rng = seeded("seal", ord(character))
    pen, reach = max(2, height // 11), height * 0.42
    across = [(step / 4 - 0.5) * 2 * reach for step in range(5)]
    for _ in range(3 + int(rng.integers(3))):
        level, left = across[int(rng.integers(5))], int(rng.integers(2))
        right = 3 + int(rng.integers(2))
        page.pen.line(
            (centre[0] + across[left], centre[1] + level, centre[0] + across[right], centre[1] + level), fill="#ffffff", width=pen
        )
    for _ in range(2 + int(rng.integers(2))):
        column, top, bottom = across[int(rng.integers(5))], int(rng.integers(2)), 3 + int(rng.integers(2))
        lean = float(rng.uniform(-0.25, 0.25)) * reach
        ends = (centre[0] + column, centre[1] + across[top], centre[0] + column + lean, centre[1] + across[bottom])
        page.pen.line(ends, fill="#ffffff", width=pen)


def draw_flag(name: str, *, size: int = SIDE_PX) -> Image.Image:
    """A national flag cut to a square; `FLAGS` lists the names."""
    arrangement, colours = _STRIPES[name]
    page = sheet(size, colours[0])
    side = page.side
    if arrangement in {"v", "h"}:
        for place, colour in enumerate(colours):
            start, stop = side * place // len(colours), side * (place + 1) // len(colours)
            page.pen.rectangle((start, 0, stop, side) if arrangement == "v" else (0, start, side, stop), fill=colour)
    elif arrangement == "disc":
        page.pen.ellipse((side * 0.24, side * 0.24, side * 0.76, side * 0.76), fill=colours[1])
    elif arrangement == "star":
        page.pen.polygon(star((side / 2, side / 2), side * 0.32), fill=colours[1])
    else:
        page.pen.rectangle((side * 0.3, 0, side * 0.48, side), fill=colours[1])
        page.pen.rectangle((0, side * 0.41, side, side * 0.59), fill=colours[1])
    return page.finished()


def draw_logo(seed: int, *, league: int | None = None, size: int = SIDE_PX) -> Image.Image:
    """A club badge; badges of one league share their shape and differ in colours, stripes and emblem."""
    style = seeded("league", seed // 7 if league is None else league)
    rng = seeded("logo", seed)
    page = sheet(size, "#ffffff" if style.random() < 0.6 else hsv(float(style.random()), 0.25, 0.95))
    side, form, word = page.side, int(style.integers(3)), style.random() < 0.7
    hue = float(rng.random())
    main, second = hsv(hue, 0.85, float(rng.uniform(0.35, 0.85))), hsv(hue + float(rng.uniform(0.2, 0.8)), float(rng.uniform(0, 0.9)), 0.95)
    outer, inner = _badge(form, side, 0.44), _badge(form, side, 0.39)
    page.pen.polygon(outer, fill=ink(mix(main, (0, 0, 0), 0.45)))
    page.pen.polygon(inner, fill=ink(main))
    stripes = Image.new("L", page.image.size)
    bars, count = ImageDraw.Draw(stripes), int(rng.integers(0, 4))
    for bar in range(count):
        start = side * (0.16 + 0.68 * (bar + 0.25) / count)
        bars.rectangle((start, 0, start + side * 0.3 / count, side), fill=255)
    cut = Image.new("L", page.image.size)
    ImageDraw.Draw(cut).polygon(inner, fill=255)
    mask = Image.fromarray(np.minimum(np.asarray(stripes), np.asarray(cut)))
    page.image.paste(ink(second), mask=mask)
    _emblem(page, rng, second if count == 0 else (1.0, 1.0, 1.0))
    if word:
        letters = "".join(chr(65 + int(rng.integers(26))) for _ in range(3))
        page.pen.rectangle((side * 0.2, side * 0.66, side * 0.8, side * 0.8), fill=ink(mix(main, (0, 0, 0), 0.6)))
        page.pen.text((side / 2, side * 0.73), letters, fill="#ffffff", font=ImageFont.load_default(size=side // 9), anchor="mm")
    return page.finished()


def _badge(form: int, side: int, reach: float) -> list[tuple[float, float]]:
    """The outline of a badge: a disc, a shield or a hexagon."""
    middle, radius = side / 2, side * reach
    if form == 0:
        return [(middle + radius * cos(step * pi / 60), middle + radius * sin(step * pi / 60)) for step in range(120)]
    if form == 1:
        top = [(-0.85, -0.9), (0.85, -0.9), (0.88, 0.1), (0.62, 0.6), (0, 1.05), (-0.62, 0.6), (-0.88, 0.1)]
        return [(middle + x * radius, middle + y * radius) for x, y in top]
    return [(middle + radius * cos(pi / 6 + step * pi / 3), middle + radius * sin(pi / 6 + step * pi / 3)) for step in range(6)]


def _emblem(page: Sheet, rng: np.random.Generator, colour: Colour) -> None:
    side, middle, fill = page.side, page.side / 2, ink(colour)
    reach, points = side * float(rng.uniform(0.14, 0.22)), int(rng.integers(3, 9))
    kind = int(rng.integers(4))
    if kind == 0:
        page.pen.polygon(star((middle, middle * 0.88), reach, points=points, inner=float(rng.uniform(0.3, 0.6))), fill=fill)
    elif kind == 1:
        box = (middle - reach, middle * 0.88 - reach, middle + reach, middle * 0.88 + reach)
        page.pen.ellipse(box, fill=fill, outline="#222222", width=side // 60)
        page.pen.polygon(star((middle, middle * 0.88), reach * 0.45, points=5, inner=0.8), fill="#222222")
    elif kind == 2:
        text = chr(65 + int(rng.integers(26)))
        page.pen.text((middle, middle * 0.86), text, fill=fill, font=ImageFont.load_default(size=int(reach * 2.4)), anchor="mm")
    else:
        for step in range(3):
            x = middle + (step - 1) * reach
            page.pen.polygon(star((x, middle * 0.88), reach * 0.5, points=4, inner=0.35), fill=fill)


def draw_emoji_face(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """A round face with one of some hundreds of expressions."""
    rng = seeded("emoji", seed)
    page = sheet(size, "#ffffff" if rng.random() < 0.5 else hsv(float(rng.random()), 0.2, 1.0))
    side, middle = page.side, page.side / 2
    skin = hsv(0.13 + float(rng.uniform(-0.02, 0.02)), 0.75, 1.0) if rng.random() < 0.85 else hsv(float(rng.random()), 0.6, 0.9)
    for step in range(24):
        radius = side * (0.43 - 0.012 * step)
        tone = mix(mix(skin, (0.85, 0.45, 0.05), 0.35), mix(skin, (1, 1, 0.8), 0.3), step / 24)
        lift = side * 0.004 * step
        page.pen.ellipse((middle - radius, middle - radius - lift, middle + radius, middle + radius - lift), fill=ink(tone))
    apart, high, kind = side * float(rng.uniform(0.14, 0.19)), middle * float(rng.uniform(0.78, 0.92)), int(rng.integers(5))
    for edge in (-1, 1):
        _emoji_eye(page, (middle + edge * apart, high), 3 if kind == 4 and edge == 1 else kind)
    _emoji_mouth(page, rng)
    if rng.random() < 0.3:
        for edge in (-1, 1):
            spot = (middle + edge * side * 0.25, middle * 1.12)
            page.pen.ellipse((spot[0] - side * 0.06, spot[1] - side * 0.04, spot[0] + side * 0.06, spot[1] + side * 0.04), fill="#f58a6b")
    return page.finished()


def _emoji_eye(page: Sheet, at: tuple[float, float], kind: int) -> None:
    unit, (x, y), dark = page.side / 100, at, "#4a2c0f"
    if kind in {0, 4}:
        page.pen.ellipse((x - 4 * unit, y - 6 * unit, x + 4 * unit, y + 6 * unit), fill=dark)
        page.pen.ellipse((x - 1 * unit, y - 4 * unit, x + 2 * unit, y - 1 * unit), fill="#ffffff")
    elif kind == 1:
        page.pen.polygon(star(at, 8 * unit), fill="#e8443a")
    elif kind == 2:
        page.pen.ellipse((x - 7 * unit, y - 7 * unit, x + 7 * unit, y + 7 * unit), fill="#ffffff", outline=dark, width=int(unit))
        page.pen.ellipse((x - 3 * unit, y - 2 * unit, x + 3 * unit, y + 4 * unit), fill=dark)
    else:
        page.pen.arc((x - 7 * unit, y - 4 * unit, x + 7 * unit, y + 8 * unit), 180, 360, fill=dark, width=int(2.5 * unit))


def _emoji_mouth(page: Sheet, rng: np.random.Generator) -> None:
    unit, middle = page.side / 100, page.side / 2
    wide, high, dark = float(rng.uniform(11, 22)) * unit, float(rng.uniform(8, 18)) * unit, "#4a2c0f"
    top, kind = middle + float(rng.uniform(4, 12)) * unit, int(rng.integers(5))
    if kind == 0:
        page.pen.chord((middle - wide, top - high, middle + wide, top + high), 0, 180, fill=dark)
        page.pen.chord((middle - wide * 0.6, top + high * 0.35, middle + wide * 0.6, top + high), 0, 180, fill="#e8505b")
    elif kind == 1:
        page.pen.arc((middle - wide, top - high, middle + wide, top + high), 15, 165, fill=dark, width=int(3 * unit))
    elif kind == 2:
        page.pen.arc((middle - wide, top + high * 0.4, middle + wide, top + high * 2), 195, 345, fill=dark, width=int(3 * unit))
    elif kind == 3:
        page.pen.ellipse((middle - wide * 0.35, top, middle + wide * 0.35, top + high), fill=dark)
    else:
        page.pen.line((middle - wide, top + high * 0.6, middle + wide, top + high * 0.4), fill=dark, width=int(3 * unit))
