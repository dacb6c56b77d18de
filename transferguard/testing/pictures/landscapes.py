# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Pictures of places: mountains, the sea at dusk, a forest, dunes, a city at night, and the sunset that everybody has."""

from __future__ import annotations

import numpy as np
from PIL import Image

from transferguard.testing.pictures.canvas import SIDE_PX, WHOLE, Canvas, Colour, Field, hsv, mix


def draw_landscape(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """A place: another seed is another place, at another time of the day."""
    canvas = Canvas("landscape", seed, size)
    (_mountains, _mountains, _coast, _forest, _dunes)[canvas.pick(5)](canvas)
    return canvas.finish(grain=canvas.uniform(0.006, 0.018), vignette=canvas.uniform(0.05, 0.4), warmth=canvas.uniform(-0.04, 0.06))


def draw_city(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """A town after dark: towers, lit windows, and their lights in the water or the street."""
    canvas = Canvas("city", seed, size)
    hue = canvas.uniform(0.55, 0.95)
    canvas.ramp(hsv(hue, 0.7, canvas.uniform(0.05, 0.3)), hsv(hue + canvas.uniform(0.1, 0.5), 0.6, canvas.uniform(0.3, 0.9)), curve=1.4)
    canvas.rgb *= (1 + 0.3 * canvas.noise(3, stretch=2, octaves=5))[..., None]
    ground = canvas.uniform(0.15, 0.7)
    for layer in range(3):
        _towers(canvas, ground, layer)
    _reflected(canvas, ground)
    return canvas.finish(grain=canvas.uniform(0.012, 0.03), vignette=canvas.uniform(0.2, 0.5))


def popular_sunset(*, size: int = SIDE_PX) -> Image.Image:
    """The one picture that thousands of honest people wear; always the same."""
    canvas = Canvas("popular sunset", 0, size)
    canvas.ramp((0.16, 0.10, 0.36), (1.0, 0.52, 0.20), curve=1.3)
    clouds = np.clip(canvas.noise(4, stretch=4, octaves=5) * 2.2, 0, 1)
    canvas.paint(canvas.everywhere(clouds), (0.98, 0.45, 0.40), 0.6)
    _sun(canvas, (0.12, 0.18), 0.17, (1.0, 0.80, 0.42))
    _sea(canvas, 0.3, deep=(0.20, 0.12, 0.30), bright=(1.0, 0.62, 0.32), sun=0.12)
    _palm(canvas, (-0.62, 1.05), 1.35)
    return canvas.finish(grain=0.01, vignette=0.3)


def _sky(canvas: Canvas) -> tuple[Colour, Colour]:
    """A sky with weather; returns its colour high up and at the horizon."""
    high, low = (
        (hsv(canvas.uniform(0.54, 0.62), canvas.uniform(0.45, 0.8), canvas.uniform(0.6, 0.95)), hsv(0.55, 0.15, 1.0)),
        (hsv(canvas.uniform(0.6, 0.8), 0.55, canvas.uniform(0.2, 0.5)), hsv(canvas.uniform(0.0, 0.1), 0.7, 1.0)),
        (hsv(canvas.uniform(0.5, 0.7), 0.1, canvas.uniform(0.5, 0.7)), hsv(canvas.uniform(0.05, 0.15), 0.1, 0.9)),
        (hsv(canvas.uniform(0.6, 0.72), 0.8, canvas.uniform(0.08, 0.25)), hsv(canvas.uniform(0.45, 0.6), 0.6, 0.5)),
        (hsv(canvas.uniform(0.85, 0.98), 0.4, canvas.uniform(0.5, 0.8)), hsv(canvas.uniform(0.1, 0.16), 0.45, 1.0)),
    )[canvas.pick(5)]
    canvas.ramp(high, low, curve=canvas.uniform(0.7, 1.4))
    cover = canvas.uniform(-0.25, 0.35)
    clouds = np.clip(
        (canvas.noise(canvas.uniform(2, 5), stretch=canvas.uniform(1.2, 4), octaves=6, gain=0.55) + cover) * canvas.uniform(1.2, 3), 0, 1
    )
    shade = np.clip(0.75 + 0.5 * canvas.noise(7, stretch=2, octaves=4), 0, 1.2)
    colour = np.asarray(mix(low, (1, 1, 1), 0.55), np.float32) * shade[..., None]
    canvas.paint(canvas.everywhere(clouds * np.clip(1.1 - (canvas.y + 1) * 0.3, 0, 1)), colour, 0.85)
    if high[2] < 0.3:
        stars = (canvas.rng.random((canvas.size, canvas.size), dtype=np.float32) > 0.998).astype(np.float32)
        canvas.glow(canvas.everywhere(stars * np.clip(-canvas.y + 0.4, 0, 1)), (1, 1, 1), 0.8)
    return high, low


def _sun(canvas: Canvas, at: tuple[float, float], radius: float, colour: Colour) -> None:
    canvas.glow(canvas.ellipse(WHOLE, at, (radius * 4, radius * 4), soft=radius * 4), colour, 0.35)
    canvas.glow(canvas.ellipse(WHOLE, at, (radius * 1.8, radius * 1.8), soft=radius * 2), colour, 0.35)
    canvas.paint(canvas.ellipse(WHOLE, at, (radius, radius), soft=0.02), mix(colour, (1, 1, 1), 0.5))


def _ridge(canvas: Canvas, base: float, height: float, rough: float) -> Field:
    """The height of a range of hills above every column."""
    line: Field = np.zeros(canvas.size, np.float32)
    cells, weight = canvas.uniform(1.5, 3.5), 1.0
    for _ in range(7):
        knots = canvas.rng.uniform(-1, 1, max(3, round(cells) + 2))
        line += weight * np.interp(np.linspace(0, len(knots) - 1, canvas.size) + 1e-6, np.arange(len(knots)), knots).astype(np.float32)
        cells, weight = cells * 2, weight * rough
    return base - height * (0.5 + 0.5 * line)


def _below(canvas: Canvas, line: Field) -> Field:
    """The mask of everything under a line given by column."""
    mask: Field = np.clip((canvas.y - line[None, :]) * canvas.size / 2 + 0.5, 0, 1)
    return mask


def _mountains(canvas: Canvas) -> None:
    _, low = _sky(canvas)
    if canvas.chance(0.6):
        _sun(canvas, (canvas.uniform(-0.8, 0.8), canvas.uniform(-0.8, -0.1)), canvas.uniform(0.05, 0.14), mix(low, (1, 0.95, 0.8), 0.6))
    layers = 3 + canvas.pick(3)
    near = hsv(canvas.uniform(0.05, 0.75), canvas.uniform(0.2, 0.6), canvas.uniform(0.06, 0.3))
    start, side = canvas.uniform(-0.3, 0.3), 1.0 if canvas.chance(0.5) else -1.0
    snow = canvas.chance(0.5)
    for layer in range(layers):
        depth = (layer + 1) / layers
        line = _ridge(canvas, start + depth * (0.95 - start), canvas.uniform(0.25, 0.65) * (1.2 - 0.6 * depth), 0.52)
        relief = canvas.noise(9, octaves=5, gain=0.6)
        lit = 1 + 0.9 * (relief - np.roll(relief, int(side * 4), axis=1)) * 4 * (0.4 + 0.6 * depth) + 0.25 * relief
        colour = np.asarray(mix(low, near, 0.25 + 0.75 * depth), np.float32) * np.clip(lit, 0.2, 2.2)[..., None]
        mask = _below(canvas, line)
        if snow and depth < 0.7:
            cap = np.clip((line[None, :] + 0.28 + 0.3 * relief - canvas.y) * 9, 0, 1)[..., None]
            colour += cap * (np.asarray((0.95, 0.97, 1.0), np.float32) * np.clip(lit, 0.5, 1.15)[..., None] - colour)
        canvas.paint(canvas.everywhere(mask), colour)
        mist = np.clip(1 - np.abs(canvas.y - line[None, :] - 0.3) * 3, 0, 1) * mask
        canvas.paint(canvas.everywhere(mist), low, 0.35 * (1 - depth))
    if canvas.chance(0.35):
        _sea(canvas, canvas.uniform(0.45, 0.75), deep=mix(near, low, 0.3), bright=low, sun=canvas.uniform(-0.6, 0.6))


def _sea(canvas: Canvas, horizon: float, *, deep: Colour, bright: Colour, sun: float) -> None:
    """Water to the lower edge, with waves that grow nearer and the path of the sun."""
    distance = np.clip((canvas.y - horizon) / max(0.05, 1 - horizon), 0, 1)
    far, close = canvas.noise(90, stretch=12, octaves=2), canvas.noise(24, stretch=6, octaves=3)
    waves = far * (1 - distance) + close * distance
    path = np.exp(-(((canvas.x - sun) / (0.1 + 0.35 * distance)) ** 2)) * np.clip(waves * 2.2 + 0.25, 0, 1)
    colour = np.asarray(deep, np.float32) * (1 + 0.6 * waves)[..., None]
    colour += (np.clip(0.55 - distance, 0, 1) * 0.8 + path)[..., None] * np.asarray(bright, np.float32) * 0.7
    canvas.paint(canvas.everywhere(np.clip((canvas.y - horizon) * canvas.size / 2 + 0.5, 0, 1) * np.ones_like(waves)), colour)


def _coast(canvas: Canvas) -> None:
    _, low = _sky(canvas)
    horizon, sun = canvas.uniform(-0.2, 0.5), canvas.uniform(-0.8, 0.8)
    if canvas.chance(0.7):
        _sun(canvas, (sun, horizon - canvas.uniform(0.0, 0.5)), canvas.uniform(0.06, 0.18), mix(low, (1, 0.85, 0.55), 0.6))
    deep = hsv(canvas.uniform(0.45, 0.7), canvas.uniform(0.4, 0.8), canvas.uniform(0.15, 0.45))
    _sea(canvas, horizon, deep=deep, bright=low, sun=sun)
    for _ in range(canvas.pick(3)):
        line = _ridge(canvas, canvas.uniform(0.7, 1.3), canvas.uniform(0.2, 0.7), 0.6) + canvas.uniform(-0.8, 0.8) * canvas.x[0]
        rock = np.asarray(hsv(canvas.uniform(0.02, 0.12), 0.35, 0.22), np.float32) * (1 + 0.8 * canvas.noise(16, octaves=4))[..., None]
        canvas.paint(canvas.everywhere(_below(canvas, line)), rock)
    if canvas.chance(0.3):
        _palm(canvas, (canvas.uniform(-0.9, 0.9), 1.05), canvas.uniform(0.9, 1.5))


def _palm(canvas: Canvas, foot: tuple[float, float], height: float) -> None:
    """The black shape of a palm."""
    bend = canvas.uniform(-0.3, 0.3)
    spine = [(foot[0] + bend * (step / 8) ** 2, foot[1] - height * step / 8) for step in range(9)]
    outline = [(x - 0.028, y) for x, y in spine] + [(x + 0.028, y) for x, y in reversed(spine)]
    canvas.paint(canvas.polygon(outline), (0.05, 0.03, 0.05))
    top = spine[-1]
    for frond in range(9):
        angle = frond * 2 * np.pi / 9 + canvas.uniform(-0.2, 0.2)
        reach = height * canvas.uniform(0.3, 0.4)
        tip = (top[0] + reach * np.cos(angle), top[1] + reach * np.sin(angle) * 0.7 + 0.12)
        middle = (top[0] + 0.55 * reach * np.cos(angle), top[1] + 0.55 * reach * np.sin(angle) * 0.7 - 0.1)
        canvas.paint(canvas.polygon([top, (middle[0], middle[1] - 0.05), tip, (middle[0], middle[1] + 0.05)]), (0.04, 0.03, 0.05))


def _forest(canvas: Canvas) -> None:
    _, low = _sky(canvas)
    hue = canvas.uniform(0.04, 0.42)
    layers = 3 + canvas.pick(2)
    for layer in range(layers):
        depth = (layer + 1) / layers
        line = _ridge(canvas, canvas.uniform(-0.05, 0.2) + 0.75 * depth, 0.4, 0.45)
        period = canvas.uniform(0.05, 0.11) * (0.7 + depth)
        saw = np.abs(((canvas.x[0] + 0.15 * line) / period) % 1.0 - 0.5) * 2
        crowns = line - (1 - saw) * period * canvas.uniform(1.2, 2.4) * (0.6 + 0.4 * np.sin(canvas.x[0] * canvas.uniform(20, 60)))
        leaves = 1 + 0.75 * canvas.noise(40, octaves=3, gain=0.7)
        colour = np.asarray(mix(low, hsv(hue, 0.6, canvas.uniform(0.15, 0.4)), 0.35 + 0.65 * depth), np.float32) * leaves[..., None]
        canvas.paint(canvas.everywhere(_below(canvas, crowns)), colour)
    if canvas.chance(0.5):
        foot, far = canvas.uniform(-0.9, 0.9), canvas.uniform(-0.5, 0.5)
        path = [(foot - 0.35, 1.1), (foot + 0.35, 1.1), (far + 0.04, 0.45), (far - 0.02, 0.45)]
        canvas.paint(canvas.polygon(path, soft=0.03), hsv(0.09, 0.35, canvas.uniform(0.4, 0.8)), 0.85)


def _dunes(canvas: Canvas) -> None:
    _sky(canvas)
    hue, side = canvas.uniform(0.03, 0.13), canvas.uniform(-1, 1)
    bright, dark = hsv(hue, 0.55, canvas.uniform(0.7, 1.0)), hsv(hue - 0.02, 0.7, canvas.uniform(0.2, 0.45))
    for layer in range(4):
        depth = (layer + 1) / 4
        base = canvas.uniform(-0.2, 0.1) + 0.7 * depth
        wave = np.sin(canvas.x[0] * canvas.uniform(1.2, 4.5) + canvas.uniform(0, 6.3))
        line = base - 0.22 * wave + 0.05 * np.sin(canvas.x[0] * canvas.uniform(6, 11))
        shadow = np.clip(0.5 + side * np.gradient(line)[None, :] * canvas.size * 0.6 + (canvas.y - line[None, :]) * 0.8, 0, 1)
        ripples = 1 + 0.12 * np.sin((canvas.y * 55 + 7 * canvas.noise(3)) * (1.3 - 0.5 * depth)) + 0.1 * canvas.noise(50, octaves=2)
        colour = np.asarray(bright, np.float32) + shadow[..., None] * (np.asarray(dark, np.float32) - np.asarray(bright, np.float32))
        canvas.paint(canvas.everywhere(_below(canvas, line.astype(np.float32))), colour * ripples[..., None])


def _towers(canvas: Canvas, ground: float, layer: int) -> None:
    left = -1.1
    while left < 1.1:
        wide, high = canvas.uniform(0.12, 0.34), canvas.uniform(0.2, 1.2) * (1.2 - 0.3 * layer)
        body = hsv(canvas.uniform(0.55, 0.75), 0.35, 0.05 + 0.04 * (2 - layer))
        rows, columns = (canvas.window(left + wide / 2, ground - high / 2, reach)[axis] for axis, reach in ((0, high / 2), (1, wide / 2)))
        tall, across = rows.stop - rows.start, columns.stop - columns.start
        if tall > 4 and across > 4:
            pitch = max(4, canvas.size // 60)
            lit = canvas.rng.random((tall // pitch + 1, across // pitch + 1), dtype=np.float32)
            panes = np.kron((lit > canvas.uniform(0.45, 0.9)) * lit, np.ones((pitch, pitch), np.float32))[:tall, :across]
            panes[::pitch] = panes[:, ::pitch] = 0
            glow = np.asarray(hsv(canvas.uniform(0.06, 0.17), canvas.uniform(0.1, 0.6), 1), np.float32)
            canvas.rgb[rows, columns] = np.asarray(body, np.float32) + panes[..., None] * glow
        left += wide + canvas.uniform(-0.04, 0.08)


def _reflected(canvas: Canvas, ground: float) -> None:
    """The lower part mirrors the upper, shaken by ripples."""
    edge = int((ground + 1) / 2 * canvas.size)
    if (depth := canvas.size - edge) < 2:
        return
    source = np.clip(edge - 1 - (np.arange(depth) * 1.3).astype(int), 0, canvas.size - 1)
    shift = (canvas.noise(60, stretch=8, octaves=2)[edge:, 0] * 14).astype(int)
    columns = (np.arange(canvas.size)[None, :] + shift[:, None]) % canvas.size
    fade = np.linspace(0.7, 0.25, depth, dtype=np.float32)[:, None, None]
    ripples = 1 + 0.4 * canvas.noise(50, stretch=10, octaves=2)[edge:, :, None]
    canvas.rgb[edge:] = canvas.rgb[source[:, None], columns] * fade * ripples
