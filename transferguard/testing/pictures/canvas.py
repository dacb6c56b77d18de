# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Where a picture is painted: coordinates, soft shapes, noise and light, in floating point.

A canvas is square; its coordinates run from -1 (left, top) to 1 (right, bottom), so that a painter says the same thing
at every size. Shapes are soft masks limited to their own window, which keeps small features cheap. What to paint is
left to `portraits`, `landscapes`, `stills` and `animals`; flat graphics do not need light and live in `flat`.

Rule owned here: the same kind, seed and size give the same pixels; nothing else is read.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import cos, sin
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Field = npt.NDArray[np.floating[Any]]
"""A plane of floating-point values, or three of them."""

Colour = tuple[float, float, float]
"""Red, green, blue in 0..1."""

SIDE_PX = 320
"""Default side: the largest that the attacks re-encode at, so a copy never has more pixels than its original."""


def seeded(kind: str, seed: int) -> np.random.Generator:
    """Which stream of random numbers belongs to this kind of picture and this seed?"""
    return np.random.default_rng([zlib.crc32(kind.encode()), seed % 2**63])


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour that lies this share (0..1) of the way from one to the other."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def hsv(hue: float, saturation: float, value: float) -> Colour:
    """The colour with this hue (0..1, wraps), saturation and value (0..1)."""
    sector, fraction = divmod((hue % 1.0) * 6.0, 1.0)
    low, falling, rising = value * (1 - saturation), value * (1 - saturation * fraction), value * (1 - saturation * (1 - fraction))
    wheel = (
        (value, rising, low),
        (falling, value, low),
        (low, value, rising),
        (low, falling, value),
        (rising, low, value),
        (value, low, falling),
    )
    return wheel[int(sector) % 6]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A soft mask (0..1) and the window of the canvas that it covers."""

    rows: slice
    columns: slice
    mask: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A small coordinate system on the canvas: centre, scale, and the angle by which it is turned (radians, clockwise)."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    angle: float = 0.0

    def at(self, u: float, v: float) -> tuple[float, float]:
        """Where on the canvas does this point of the frame lie?"""
        cosine, sine = cos(self.angle) * self.scale, sin(self.angle) * self.scale
        return self.x + u * cosine - v * sine, self.y + u * sine + v * cosine


WHOLE = Frame()
"""The canvas itself."""


class Canvas:
    """A square picture being painted.

    Args:
        kind: Name of the painter; with the seed it picks the stream of random numbers.
        seed: Any integer.
        size: Side in pixels.
    """

    def __init__(self, kind: str, seed: int, size: int = SIDE_PX) -> None:
        self.rng = seeded(kind, seed)
        self.size = size
        axis = (np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1
        self.x: Field = np.broadcast_to(axis[None, :], (size, size))
        self.y: Field = np.broadcast_to(axis[:, None], (size, size))
        self.rgb: Field = np.zeros((size, size, 3), dtype=np.float32)
        self._textures: dict[tuple[float, int, float], Field] = {}

    def uniform(self, low: float, high: float) -> float:
        """A number between the two."""
        return float(self.rng.uniform(low, high))

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return bool(self.rng.random() < probability)

    def pick(self, count: int) -> int:
        """A whole number below `count`."""
        return int(self.rng.integers(count))

    def ramp(self, top: Colour, bottom: Colour, *, angle: float = 0.0, curve: float = 1.0) -> None:
        """Cover everything with a gradient; `curve` above 1 keeps the first colour longer."""
        share = np.clip((self.y * cos(angle) + self.x * sin(angle) + 1) / 2, 0, 1) ** curve
        self.rgb[:] = np.asarray(top, np.float32) + share[..., None] * (np.asarray(bottom, np.float32) - np.asarray(top, np.float32))

    def noise(self, cells: float, *, octaves: int = 4, gain: float = 0.5, stretch: float = 1.0) -> Field:
        """Smooth noise around 0 (about -1..1), with this many cells across; `stretch` above 1 makes it long from side to side."""
        total: Field = np.zeros((self.size, self.size), dtype=np.float32)
        weight, norm = 1.0, 0.0
        for _ in range(octaves):
            wide, high = max(2, round(cells / stretch) + 1), max(2, round(cells) + 1)
            grid = self.rng.random((high, wide), dtype=np.float32) * 2 - 1
            plane = Image.fromarray(grid).resize((self.size, self.size), Image.Resampling.BICUBIC)
            total += weight * np.asarray(plane)
            norm += weight
            weight, cells = weight * gain, min(cells * 2, self.size)
        return total / norm

    def texture(self, cells: float, *, octaves: int, stretch: float = 1.0) -> Field:
        """The same noise whenever it is asked for again: cloth and hair of several people may share it unseen."""
        key = (cells, octaves, stretch)
        if key not in self._textures:
            self._textures[key] = self.noise(cells, octaves=octaves, stretch=stretch)
        return self._textures[key]

    def window(self, x: float, y: float, reach: float) -> tuple[slice, slice]:
        """Rows and columns of the square of this half side around a point."""
        half = self.size / 2
        left, right = int((x - reach + 1) * half) - 1, int((x + reach + 1) * half) + 2
        top, bottom = int((y - reach + 1) * half) - 1, int((y + reach + 1) * half) + 2
        left, right, top, bottom = (min(max(edge, 0), self.size) for edge in (left, right, top, bottom))
        return slice(top, bottom), slice(left, right)

    def local(self, frame: Frame, rows: slice, columns: slice) -> tuple[Field, Field]:
        """Coordinates in a frame, for a window of the canvas."""
        x, y = self.x[rows, columns] - frame.x, self.y[rows, columns] - frame.y
        cosine, sine = cos(frame.angle) / frame.scale, sin(frame.angle) / frame.scale
        return x * cosine + y * sine, y * cosine - x * sine

    def ellipse(
        self, frame: Frame, centre: tuple[float, float], radii: tuple[float, float], *, turn: float = 0.0, soft: float = 0.0
    ) -> Shape:
        """A soft ellipse in a frame; `soft` is the width of its edge in frame units (never under one pixel)."""
        x, y = frame.at(*centre)
        inner = Frame(x=x, y=y, scale=frame.scale, angle=frame.angle + turn)
        rows, columns = self.window(x, y, (max(radii) + soft) * frame.scale)
        u, v = self.local(inner, rows, columns)
        edge = max(soft, 2.0 / self.size / frame.scale)
        distance = np.sqrt((u / radii[0]) ** 2 + (v / radii[1]) ** 2)
        return Shape(rows=rows, columns=columns, mask=np.clip((1 - distance) * min(radii) / edge + 0.5, 0, 1))

    def polygon(self, points: list[tuple[float, float]], *, soft: float = 0.0) -> Shape:
        """A filled polygon in canvas coordinates; `soft` blurs its edge (canvas units)."""
        sheet = Image.new("L", (self.size * 2, self.size * 2))
        ImageDraw.Draw(sheet).polygon([((x + 1) * self.size, (y + 1) * self.size) for x, y in points], fill=255)
        sheet = sheet.reduce(2)
        if soft:
            sheet = sheet.filter(ImageFilter.GaussianBlur(soft * self.size / 2))
        return self.everywhere(np.asarray(sheet, dtype=np.float32) / 255)

    def everywhere(self, mask: Field) -> Shape:
        """A mask over the whole canvas."""
        return Shape(rows=slice(0, self.size), columns=slice(0, self.size), mask=mask)

    def paint(self, shape: Shape, colour: Colour | Field, opacity: float = 1.0) -> None:
        """Lay a colour (or a window of colours) over the shape."""
        part = self.rgb[shape.rows, shape.columns]
        part += (shape.mask * opacity)[..., None] * (np.asarray(colour, np.float32) - part)

    def shade(self, shape: Shape, factor: float | Field) -> None:
        """Multiply the light inside the shape; below 1 darkens."""
        gain = 1 + shape.mask * (np.asarray(factor, np.float32) - 1)
        self.rgb[shape.rows, shape.columns] *= gain[..., None]

    def glow(self, shape: Shape, colour: Colour, amount: float = 1.0) -> None:
        """Add light inside the shape."""
        self.rgb[shape.rows, shape.columns] += (shape.mask * amount)[..., None] * np.asarray(colour, np.float32)

    def blur(self, radius: float) -> None:
        """Put everything painted so far out of focus; radius in canvas units."""
        image = Image.fromarray((np.clip(self.rgb, 0, 1) * 255).astype(np.uint8))
        soft = image.reduce(2).filter(ImageFilter.GaussianBlur(radius * self.size / 4)).resize(image.size, Image.Resampling.BICUBIC)
        self.rgb = np.asarray(soft, dtype=np.float32) / 255

    def finish(self, *, grain: float = 0.012, vignette: float = 0.15, warmth: float = 0.0) -> Image.Image:
        """Develop the picture: light falls off to the corners, a tint, a soft shoulder, and the grain of a sensor."""
        fall: Field = 1 - vignette * (self.x * self.x + self.y * self.y) / 2
        tint = np.asarray([1 + warmth, 1.0, 1 - warmth], np.float32)
        light = np.clip(self.rgb, 0, None) * fall[..., None] * tint
        light = np.where(light > 0.8, 0.8 + (1 - np.exp(-(light - 0.8) / 0.2)) * 0.2, light)
        light += self.rng.standard_normal((self.size, self.size, 1), dtype=np.float32) * grain
        return Image.fromarray((np.clip(light, 0, 1) * 255 + 0.5).astype(np.uint8))
