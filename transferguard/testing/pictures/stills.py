# SPDX-License-Identifier: Apache-2.0
"""Pictures of things and animals: fruit on a table, a flower close by, a cat or a dog."""

from __future__ import annotations

import numpy as np
from PIL import Image

from transferguard.testing.pictures.canvas import SIDE_PX, WHOLE, Canvas, Colour, Frame, Shape, hsv, mix


def draw_still_life(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """Fruit and balls on a table, in the light of one window."""
    canvas = Canvas("still life", seed, size)
    hue = canvas.uniform(0, 1)
    canvas.ramp(hsv(hue, 0.4, canvas.uniform(0.2, 0.8)), hsv(hue, 0.5, canvas.uniform(0.05, 0.3)), angle=canvas.uniform(-1.2, 1.2))
    canvas.rgb *= (1 + 0.25 * canvas.noise(4, octaves=5))[..., None]
    edge, tilt = canvas.uniform(-0.3, 0.35), canvas.uniform(-0.12, 0.12)
    wood = 1 + 0.45 * canvas.noise(30, stretch=canvas.uniform(4, 14), octaves=3) + 0.15 * canvas.y
    table = np.asarray(hsv(canvas.uniform(0.02, 0.13), canvas.uniform(0.2, 0.7), canvas.uniform(0.25, 0.8)), np.float32) * wood[..., None]
    canvas.paint(canvas.polygon([(-1.1, edge - tilt), (1.1, edge + tilt), (1.1, 1.1), (-1.1, 1.1)], soft=0.01), table)
    light = canvas.uniform(-1, 1)
    for x, y, radius in sorted(_places(canvas, edge), key=lambda place: place[1]):
        _fruit(canvas, (x, y), radius, light)
    return canvas.finish(grain=canvas.uniform(0.008, 0.02), vignette=canvas.uniform(0.2, 0.55), warmth=canvas.uniform(-0.02, 0.08))


def _places(canvas: Canvas, edge: float) -> list[tuple[float, float, float]]:
    """Centres and radii of the fruit, the far ones smaller."""
    places = []
    for _ in range(3 + canvas.pick(7)):
        y = canvas.uniform(edge, 0.8)
        places.append((canvas.uniform(-0.85, 0.85), y, canvas.uniform(0.14, 0.3) * (0.8 + 0.4 * (y - edge))))
    return places


def _fruit(canvas: Canvas, at: tuple[float, float], radius: float, light: float) -> None:
    """An apple, orange, plum or lemon with its shadow."""
    x, y = at
    shadow = canvas.ellipse(WHOLE, (x - light * radius * 0.7, y + radius * 0.82), (radius * 1.3, radius * 0.32), soft=radius * 0.5)
    canvas.shade(shadow, 0.32)
    long, turn = canvas.uniform(0.85, 1.2), canvas.uniform(-0.6, 0.6)
    body = canvas.ellipse(WHOLE, at, (radius * long, radius), turn=turn)
    u, v = canvas.local(Frame(x=x, y=y, scale=radius), body.rows, body.columns)
    depth = np.sqrt(np.clip(1.2 - u * u - v * v, 0.01, None))
    lit = 0.25 + 0.85 * np.clip(0.5 * light * u - 0.5 * v + 0.7 * depth, 0, 1.2)
    skin = hsv(canvas.uniform(-0.08, 0.36), canvas.uniform(0.55, 0.95), canvas.uniform(0.5, 1.0))
    blush = hsv(canvas.uniform(-0.06, 0.2), 0.85, 0.8)
    share = np.clip(0.5 + u * 0.6 + 1.2 * canvas.noise(10, octaves=3)[body.rows, body.columns], 0, 1)[..., None]
    tone = np.asarray(skin, np.float32) * (1 - share) + np.asarray(blush, np.float32) * share
    speckle = 1 + 0.12 * canvas.noise(80, octaves=1)[body.rows, body.columns]
    canvas.paint(body, tone * (lit * speckle)[..., None])
    spot = (x + light * radius * 0.38, y - radius * 0.42)
    canvas.glow(canvas.ellipse(WHOLE, spot, (radius * 0.2, radius * 0.13), turn=0.4, soft=radius * 0.15), (1, 1, 0.95), 0.55)
    if canvas.chance(0.6):
        stem = [
            (x - 0.012, y - radius * 0.75),
            (x + 0.012, y - radius * 0.75),
            (x + radius * 0.25, y - radius * 1.25),
            (x + radius * 0.18, y - radius * 1.27),
        ]
        canvas.paint(canvas.polygon(stem), (0.22, 0.14, 0.07))
        if canvas.chance(0.5):
            leaf = canvas.ellipse(WHOLE, (x + radius * 0.5, y - radius * 1.1), (radius * 0.38, radius * 0.14), turn=-0.4, soft=0.01)
            canvas.paint(leaf, hsv(canvas.uniform(0.24, 0.36), 0.7, 0.5))


def draw_flower(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """A blossom close by, the garden behind it out of focus."""
    canvas = Canvas("flower", seed, size)
    green = canvas.uniform(0.2, 0.45)
    canvas.ramp(hsv(green, 0.4, canvas.uniform(0.4, 0.9)), hsv(green + 0.05, 0.6, canvas.uniform(0.1, 0.4)), angle=canvas.uniform(-1, 1))
    canvas.rgb *= (1 + 0.7 * canvas.noise(canvas.uniform(4, 9), octaves=3))[..., None]
    canvas.blur(canvas.uniform(0.02, 0.05))
    hue = canvas.uniform(0, 1)
    for _ in range(1 + canvas.pick(3)):
        _blossom(canvas, hue + canvas.uniform(-0.06, 0.06))
    return canvas.finish(grain=canvas.uniform(0.006, 0.015), vignette=canvas.uniform(0.1, 0.45), warmth=canvas.uniform(-0.03, 0.05))


def _blossom(canvas: Canvas, hue: float) -> None:
    x, y, radius = canvas.uniform(-0.5, 0.5), canvas.uniform(-0.5, 0.4), canvas.uniform(0.38, 0.75)
    foot = x + canvas.uniform(-0.3, 0.3)
    canvas.paint(
        canvas.polygon([(x - 0.02, y), (x + 0.02, y), (foot + 0.04, 1.1), (foot - 0.02, 1.1)]), hsv(0.28, 0.6, canvas.uniform(0.25, 0.5))
    )
    petals, slim, start = 5 + canvas.pick(12), canvas.uniform(0.16, 0.36), canvas.uniform(0, 6.3)
    inner, outer = (
        hsv(hue + canvas.uniform(-0.1, 0.1), canvas.uniform(0.3, 0.9), canvas.uniform(0.5, 0.9)),
        hsv(hue, canvas.uniform(0.1, 0.8), 1.0),
    )
    for ring, reach in ((0, 1.0), (1, 0.72)):
        for petal in range(petals):
            angle = start + (petal + 0.5 * ring) * 2 * np.pi / petals + canvas.uniform(-0.06, 0.06)
            long = radius * reach * canvas.uniform(0.9, 1.05) * 0.5
            at = (x + long * float(np.cos(angle)), y + long * float(np.sin(angle)) * 0.92)
            shape = canvas.ellipse(WHOLE, at, (long, radius * slim * reach), turn=angle, soft=0.02)
            along, across = canvas.local(Frame(x=at[0], y=at[1], scale=long, angle=angle), shape.rows, shape.columns)
            share = np.clip(along * 0.5 + 0.5, 0, 1)[..., None]
            tone = np.asarray(inner, np.float32) * (1 - share) + np.asarray(outer, np.float32) * share
            veins = 0.85 + 0.12 * np.cos(across * 40) - 0.25 * np.clip(np.abs(across) * 1.4, 0, 1) + 0.12 * along
            canvas.paint(shape, tone * veins[..., None] * (0.9 + 0.12 * ring))
    heart = canvas.ellipse(WHOLE, (x, y), (radius * 0.2, radius * 0.19), soft=0.03)
    grains = 1 + 0.6 * canvas.noise(70, octaves=1)[heart.rows, heart.columns]
    canvas.paint(heart, np.asarray(hsv(canvas.uniform(0.05, 0.16), 0.8, canvas.uniform(0.4, 0.95)), np.float32) * grains[..., None])


def draw_pet(seed: int, *, size: int = SIDE_PX) -> Image.Image:
    """A cat or a dog that looks at you."""
    canvas = Canvas("pet", seed, size)
    hue = canvas.uniform(0, 1)
    canvas.ramp(
        hsv(hue, canvas.uniform(0.1, 0.5), canvas.uniform(0.4, 0.95)),
        hsv(hue + 0.1, 0.4, canvas.uniform(0.15, 0.6)),
        angle=canvas.uniform(-1.3, 1.3),
    )
    canvas.rgb *= (1 + 0.35 * canvas.noise(canvas.uniform(2, 7), octaves=4))[..., None]
    canvas.blur(canvas.uniform(0.01, 0.04))
    scale = canvas.uniform(0.4, 0.62)
    frame = Frame(x=canvas.uniform(-0.22, 0.22), y=canvas.uniform(-0.2, 0.12), scale=scale, angle=canvas.uniform(-0.25, 0.25))
    coat = hsv(canvas.uniform(0.03, 0.12), canvas.uniform(0.05, 0.7), canvas.uniform(0.15, 0.95))
    patch = mix(coat, ((1, 1, 1), (0.08, 0.06, 0.05), (0.85, 0.5, 0.2))[canvas.pick(3)], canvas.uniform(0.4, 0.95))
    cat = canvas.chance(0.5)
    _fur(canvas, canvas.ellipse(frame, (0, 1.9), (1.2, 1.4), soft=0.08), coat, patch)
    if cat:
        _cat_ears(canvas, frame, coat)
    _fur(canvas, canvas.ellipse(frame, (0, 0), (0.98 if cat else 0.84, 0.86 if cat else 0.95), soft=0.07), coat, patch)
    if not cat:
        _dog_ears(canvas, frame, mix(coat, patch, 0.5))
    _muzzle(canvas, frame, patch, cat=cat)
    return canvas.finish(grain=canvas.uniform(0.008, 0.02), vignette=canvas.uniform(0.1, 0.4), warmth=canvas.uniform(-0.03, 0.06))


def _fur(canvas: Canvas, shape: Shape, coat: Colour, patch: Colour) -> None:
    """Hair of two colours, with its own light from above."""
    window = (shape.rows, shape.columns)
    hairs = 0.5 * canvas.noise(70, stretch=0.25, octaves=2)[window] + 0.35 * canvas.noise(14, octaves=3)[window]
    blotch = np.clip(canvas.noise(canvas.uniform(2, 4), octaves=3)[window] * 5 + canvas.uniform(-1, 1), 0, 1)[..., None]
    tone = np.asarray(coat, np.float32) * (1 - blotch) + np.asarray(patch, np.float32) * blotch
    lit = 0.95 + hairs * 0.65 - 0.22 * canvas.y[window] - 0.1 * (1 - shape.mask)
    canvas.paint(shape, tone * np.clip(lit, 0.15, 1.6)[..., None])


def _cat_ears(canvas: Canvas, frame: Frame, coat: Colour) -> None:
    for side in (-1, 1):
        outer = [frame.at(side * 0.3, -0.72), frame.at(side * 0.95, -0.3), frame.at(side * 0.86, -1.3)]
        inner = [frame.at(side * 0.45, -0.7), frame.at(side * 0.86, -0.42), frame.at(side * 0.81, -1.1)]
        _fur(canvas, canvas.polygon(outer, soft=0.02), coat, mix(coat, (0, 0, 0), 0.3))
        canvas.paint(canvas.polygon(inner, soft=0.03), (0.85, 0.58, 0.55), 0.8)


def _dog_ears(canvas: Canvas, frame: Frame, coat: Colour) -> None:
    for side in (-1, 1):
        _fur(canvas, canvas.ellipse(frame, (side * 0.86, -0.1), (0.3, 0.72), turn=-side * 0.3, soft=0.08), mix(coat, (0, 0, 0), 0.35), coat)


def _muzzle(canvas: Canvas, frame: Frame, patch: Colour, *, cat: bool) -> None:
    """Eyes, nose, mouth and, for a cat, whiskers."""
    iris = hsv(canvas.uniform(0.1, 0.55), 0.6, 0.75) if cat else hsv(0.07, 0.7, canvas.uniform(0.2, 0.45))
    for side in (-1, 1):
        at = (side * 0.4, -0.12)
        canvas.paint(canvas.ellipse(frame, at, (0.2, 0.17), turn=-side * 0.15, soft=0.04), (0.05, 0.04, 0.04))
        canvas.paint(canvas.ellipse(frame, at, (0.165, 0.145), soft=0.03), iris)
        canvas.paint(canvas.ellipse(frame, at, (0.055 if cat else 0.1, 0.135 if cat else 0.1), soft=0.02), (0.01, 0.01, 0.01))
        canvas.paint(canvas.ellipse(frame, (side * 0.4 + 0.05, -0.18), (0.035, 0.035), soft=0.02), (1, 1, 1))
        canvas.paint(canvas.ellipse(frame, (side * 0.19, 0.42), (0.3, 0.24), soft=0.12), mix(patch, (1, 1, 1), 0.55), 0.85)
    nose = (0.75, 0.42, 0.42) if cat else (0.06, 0.05, 0.05)
    canvas.paint(canvas.ellipse(frame, (0, 0.24), (0.13 if cat else 0.2, 0.08 if cat else 0.13), soft=0.03), nose)
    canvas.glow(canvas.ellipse(frame, (0.03, 0.2), (0.05, 0.02), soft=0.03), (0.5, 0.5, 0.5), 0.6)
    for side in (-1, 1):
        canvas.shade(canvas.ellipse(frame, (side * 0.13, 0.5), (0.16, 0.025), turn=-side * 0.4, soft=0.03), 0.3)
        for whisker in range(3 if cat else 0):
            start, end = frame.at(side * 0.25, 0.38 + whisker * 0.06), frame.at(side * 1.25, 0.22 + whisker * 0.17)
            canvas.paint(canvas.polygon([start, end, (end[0], end[1] + 0.006), (start[0], start[1] + 0.012)]), (0.95, 0.95, 0.95), 0.7)
