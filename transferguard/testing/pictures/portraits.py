# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""Pictures of people: one in front of somewhere, or a few together."""

from __future__ import annotations

import numpy as np
from PIL import Image

from transferguard.testing.pictures.canvas import SIDE_PX, WHOLE, Canvas, Frame, hsv, mix
from transferguard.testing.pictures.people import draw_person, invent_person


def draw_portrait(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """One person, somewhere: another seed is another person in another place."""
    canvas = Canvas("portrait", seed, size)
    _somewhere(canvas)
    light = 1.0 if canvas.chance(0.5) else -1.0
    scale = canvas.uniform(0.34, 0.6)
    frame = Frame(
        x=canvas.uniform(-0.24, 0.24),
        y=canvas.uniform(-0.25, 0.02) + (scale - 0.45) * 0.4,
        scale=scale,
        angle=canvas.uniform(-0.2, 0.2),
    )
    draw_person(canvas, frame, invent_person(canvas.rng), light=light * canvas.uniform(0.5, 1.1), turn=canvas.uniform(-0.16, 0.16))
    return _developed(canvas, light)


def draw_group(seed: int, *, people: int = 3, size: int = SIDE_PX) -> Image.Image:
    """Two to four people in one picture, as relatives have it."""
    canvas = Canvas("group", seed, size)
    _somewhere(canvas)
    light = 1.0 if canvas.chance(0.5) else -1.0
    count = min(max(people, 2), 4)
    places = np.linspace(-0.62, 0.62, count) + canvas.rng.uniform(-0.06, 0.06, count)
    for order in canvas.rng.permutation(count):
        scale = canvas.uniform(0.23, 0.32) if count > 2 else canvas.uniform(0.3, 0.4)
        frame = Frame(x=float(places[order]), y=canvas.uniform(-0.2, 0.16), scale=scale, angle=canvas.uniform(-0.2, 0.2))
        draw_person(canvas, frame, invent_person(canvas.rng), light=light, turn=canvas.uniform(-0.14, 0.14))
    return _developed(canvas, light)


def _developed(canvas: Canvas, light: float) -> Image.Image:
    exposure = canvas.uniform(0.88, 1.12)
    canvas.shade(canvas.everywhere(np.ones((canvas.size, canvas.size), np.float32)), exposure + 0.1 * light * canvas.x)
    return canvas.finish(grain=canvas.uniform(0.008, 0.02), vignette=canvas.uniform(0.05, 0.35), warmth=canvas.uniform(-0.05, 0.07))


def _somewhere(canvas: Canvas) -> None:
    """A background out of focus: a wall, a window, a garden, a city at night, or the sea."""
    (_wall, _window, _garden, _lights, _seaside)[canvas.pick(5)](canvas)


def _wall(canvas: Canvas) -> None:
    hue = canvas.uniform(0, 1)
    light, dark = (
        hsv(hue, canvas.uniform(0.05, 0.45), canvas.uniform(0.55, 0.95)),
        hsv(hue + 0.04, canvas.uniform(0.1, 0.6), canvas.uniform(0.15, 0.5)),
    )
    canvas.ramp(light, dark, angle=canvas.uniform(-1.4, 1.4), curve=canvas.uniform(0.7, 1.6))
    canvas.rgb *= (1 + 0.14 * canvas.noise(5, octaves=4))[..., None]
    if canvas.chance(0.6):
        left, top = canvas.uniform(-1.1, 0.4), canvas.uniform(-1.1, -0.3)
        wide, high = canvas.uniform(0.4, 0.9), canvas.uniform(0.4, 0.9)
        canvas.paint(
            canvas.polygon([(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)], soft=0.015),
            mix(dark, (0, 0, 0), 0.4),
        )
        inner = [
            (left + 0.05, top + 0.05),
            (left + wide - 0.05, top + 0.05),
            (left + wide - 0.05, top + high - 0.05),
            (left + 0.05, top + high - 0.05),
        ]
        art = np.clip(0.5 + canvas.noise(3)[..., None] * np.asarray(hsv(canvas.uniform(0, 1), 0.8, 1), np.float32), 0, 1)
        canvas.paint(canvas.polygon(inner, soft=0.015), art)
    canvas.blur(canvas.uniform(0.01, 0.03))


def _window(canvas: Canvas) -> None:
    wall = hsv(canvas.uniform(0, 1), canvas.uniform(0.05, 0.3), canvas.uniform(0.25, 0.5))
    canvas.ramp(mix(wall, (1, 1, 1), 0.2), mix(wall, (0, 0, 0), 0.4), angle=canvas.uniform(-0.8, 0.8))
    left, panes = canvas.uniform(-1.3, 0.0), 2 + canvas.pick(3)
    wide, top, bottom = canvas.uniform(0.25, 0.5), canvas.uniform(-1.2, -0.7), canvas.uniform(0.1, 1.1)
    for pane in range(panes):
        start = left + pane * (wide + 0.07)
        sky = mix((0.95, 0.97, 1.0), hsv(canvas.uniform(0.25, 0.6), 0.4, 0.8), canvas.uniform(0, 0.5))
        canvas.paint(canvas.polygon([(start, top), (start + wide, top), (start + wide, bottom), (start, bottom)], soft=0.01), sky)
    canvas.rgb *= (1 + 0.12 * canvas.noise(4))[..., None]
    canvas.blur(canvas.uniform(0.015, 0.045))


def _garden(canvas: Canvas) -> None:
    hue = canvas.uniform(0.15, 0.4)
    canvas.ramp(hsv(hue, 0.3, canvas.uniform(0.6, 1.0)), hsv(hue + 0.05, 0.7, canvas.uniform(0.15, 0.4)), curve=canvas.uniform(0.6, 1.4))
    canvas.rgb *= (1 + 0.75 * canvas.noise(canvas.uniform(6, 13), octaves=3))[..., None]
    flower = hsv(canvas.uniform(0, 1), canvas.uniform(0.2, 0.9), 0.95)
    for _ in range(canvas.pick(30)):
        spot, radius = (canvas.uniform(-1, 1), canvas.uniform(-0.6, 1)), canvas.uniform(0.02, 0.09)
        canvas.paint(canvas.ellipse(WHOLE, spot, (radius, radius)), mix(flower, (1, 1, 1), canvas.uniform(0, 0.5)), 0.8)
    canvas.blur(canvas.uniform(0.012, 0.04))


def _lights(canvas: Canvas) -> None:
    hue = canvas.uniform(0, 1)
    canvas.ramp(hsv(hue, 0.5, canvas.uniform(0.08, 0.3)), hsv(hue + 0.1, 0.6, canvas.uniform(0.02, 0.2)))
    for _ in range(25 + canvas.pick(35)):
        spot, radius = (canvas.uniform(-1.05, 1.05), canvas.uniform(-1.05, 0.9)), canvas.uniform(0.03, 0.15)
        colour = hsv(canvas.uniform(-0.05, 0.18) if canvas.chance(0.7) else canvas.uniform(0, 1), canvas.uniform(0.3, 0.9), 1.0)
        canvas.glow(canvas.ellipse(WHOLE, spot, (radius, radius), soft=0.015), colour, canvas.uniform(0.1, 0.55))


def _seaside(canvas: Canvas) -> None:
    horizon = canvas.uniform(-0.4, 0.5)
    hue = canvas.uniform(0.5, 0.62)
    canvas.ramp(hsv(hue, canvas.uniform(0.3, 0.7), 0.9), hsv(hue - 0.05, 0.12, 1.0))
    clouds = np.clip(canvas.noise(3, stretch=2, octaves=5) * 1.6, 0, 1)
    canvas.paint(canvas.everywhere(clouds), (1, 1, 1), 0.7)
    sea = [(-1.1, horizon), (1.1, horizon + canvas.uniform(-0.04, 0.04)), (1.1, 1.1), (-1.1, 1.1)]
    water = np.asarray(hsv(hue - 0.03, 0.6, 0.55), np.float32) * (1 + 0.5 * canvas.noise(26, stretch=5, octaves=3))[..., None]
    canvas.paint(canvas.polygon(sea), water)
    shore = horizon + canvas.uniform(0.3, 0.6)
    sand = np.asarray((0.85, 0.74, 0.55), np.float32) * (1 + 0.2 * canvas.noise(20))[..., None]
    canvas.paint(canvas.polygon([(-1.1, shore), (1.1, shore + canvas.uniform(-0.3, 0.3)), (1.1, 1.1), (-1.1, 1.1)], soft=0.02), sand)
    canvas.blur(canvas.uniform(0.005, 0.03))
