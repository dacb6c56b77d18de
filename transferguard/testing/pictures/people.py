# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004  # a painting is made of numbers: a name for each would hide the drawing
"""One painted person: shoulders, neck, head, face and hair, lit from one side.

`draw_person` paints into any canvas at any frame, so that portraits, couples and family photos share one hand.
The frame's unit is half a face: the chin lies at v = 1, the crown at v = -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np

from transferguard.testing.pictures.canvas import Canvas, Colour, Field, Frame, Shape, hsv, mix

_SKINS: tuple[Colour, ...] = (
    (0.95, 0.80, 0.70),
    (0.92, 0.75, 0.62),
    (0.88, 0.69, 0.54),
    (0.80, 0.60, 0.45),
    (0.66, 0.46, 0.33),
    (0.50, 0.33, 0.23),
    (0.36, 0.23, 0.16),
)
_HAIRS: tuple[Colour, ...] = (
    (0.07, 0.06, 0.07),
    (0.10, 0.07, 0.06),
    (0.17, 0.10, 0.07),
    (0.30, 0.18, 0.10),
    (0.47, 0.22, 0.10),
    (0.72, 0.55, 0.30),
    (0.62, 0.62, 0.62),
    (0.85, 0.84, 0.82),
)
_LIPS: Colour = (0.70, 0.25, 0.26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a person looks like; drawn once, so that the same person can be painted twice."""

    skin: Colour
    hair: Colour
    iris: Colour
    clothes: Colour
    trim: Colour
    style: int
    brow: float
    eye: float
    apart: float
    nose: float
    mouth: float
    smile: float
    jaw: float
    beard: float
    glasses: bool
    collar: int
    pattern: int


def invent_person(rng: np.random.Generator) -> Person:
    """Somebody who does not exist."""

    def share(low: float, high: float) -> float:
        return float(rng.uniform(low, high))

    skin = mix(_SKINS[int(rng.integers(6))], _SKINS[int(rng.integers(1, 7))], share(0, 0.5))
    hue = share(0, 1)
    style = int(rng.integers(7))
    return Person(
        skin=skin,
        hair=mix(_HAIRS[int(rng.integers(len(_HAIRS)))], _HAIRS[int(rng.integers(4))], share(0, 0.8)),
        iris=mix((0.20, 0.11, 0.06), hsv(share(0.1, 0.6), 0.4, 0.5), share(0, 1) ** 3),
        clothes=hsv(hue, share(0.1, 0.8), share(0.12, 0.95)),
        trim=hsv(hue + share(-0.2, 0.5), share(0, 0.7), share(0.2, 1)),
        style=style,
        brow=share(0.6, 1.4),
        eye=share(0.85, 1.25),
        apart=share(0.31, 0.38),
        nose=share(0.8, 1.25),
        mouth=share(0.8, 1.25),
        smile=share(0.01, 0.13),
        jaw=share(0.56, 0.72),
        beard=max(0.0, share(-0.9, 0.9)) if style in {0, 1, 5} else 0.0,
        glasses=bool(rng.random() < 0.28),
        collar=int(rng.integers(4)),
        pattern=int(rng.integers(5)),
    )


def draw_person(canvas: Canvas, frame: Frame, person: Person, *, light: float = 1.0, turn: float = 0.0) -> None:
    """Paint one person.

    Args:
        canvas: Where.
        frame: Centre of the face, half its height, and the tilt of the head.
        person: Whom.
        light: Where the light comes from: -1 left, 1 right.
        turn: How far the face looks aside (-0.25..0.25 of half a face).
    """
    _hair_behind(canvas, frame, person)
    _body(canvas, frame, person, light)
    _head(canvas, frame, person, light)
    _eyes(canvas, frame, person, turn)
    _nose_and_mouth(canvas, frame, person, light=light, turn=turn)
    _beard(canvas, frame, person, turn)
    _hair_in_front(canvas, frame, person, light)
    if person.glasses:
        _glasses(canvas, frame, person, turn)


def _union(canvas: Canvas, one: Shape, other: Shape) -> Shape:
    """Both shapes as one, over the whole canvas."""
    mask: Field = np.zeros((canvas.size, canvas.size), np.float32)
    for shape in (one, other):
        part = mask[shape.rows, shape.columns]
        np.maximum(part, shape.mask, out=part)
    return canvas.everywhere(mask)


def _modelled(canvas: Canvas, frame: Frame, shape: Shape, light: float) -> Field:
    """How bright a rounded thing is, point by point: one soft lamp from the side and above, and some light from everywhere."""
    u, v = canvas.local(frame, shape.rows, shape.columns)
    across, down = u / 0.95, v / 1.35
    depth = np.sqrt(np.clip(1.15 - across * across - down * down, 0.02, None))
    lit: Field = 0.62 + 0.46 * np.clip(0.55 * light * across - 0.35 * down + 0.72 * depth, -0.25, 1.1)
    return lit


def _body(canvas: Canvas, frame: Frame, person: Person, light: float) -> None:
    upright = Frame(x=frame.x, y=frame.y, scale=frame.scale, angle=frame.angle * 0.3)
    neck = canvas.ellipse(upright, (0, 1.0), (0.40, 0.72), soft=0.06)
    shoulders = _shoulders(canvas, upright)
    canvas.paint(neck, mix(person.skin, (0.35, 0.15, 0.1), 0.25))
    u, v = canvas.local(upright, shoulders.rows, shoulders.columns)
    folds = 1 + 0.28 * canvas.texture(7, octaves=3)[shoulders.rows, shoulders.columns] + 0.16 * light * u - 0.06 * v
    cloth = np.asarray(person.clothes, np.float32) * folds[..., None]
    if person.pattern == 1:
        stripe = np.clip(np.sin(v * 26) * 3, 0, 1)[..., None]
        cloth += stripe * (np.asarray(person.trim, np.float32) * folds[..., None] - cloth)
    elif person.pattern == 2:
        stripe = (np.clip(np.sin(u * 17) * 2, 0, 1) * 0.5 + np.clip(np.sin(v * 17) * 2, 0, 1) * 0.5)[..., None]
        cloth += 0.7 * stripe * (np.asarray(person.trim, np.float32) - cloth)
    canvas.paint(shoulders, cloth)
    _collar(canvas, upright, person)
    shadow = canvas.ellipse(upright, (-0.06 * light, 1.02), (0.42, 0.36), soft=0.3)
    canvas.shade(shadow, 0.68)


def _shoulders(canvas: Canvas, frame: Frame) -> Shape:
    """Round above, and as long as the picture below."""
    rows, columns = canvas.window(frame.x, frame.y + 6 * frame.scale, 5 * frame.scale)[0], slice(0, canvas.size)
    u, v = canvas.local(frame, rows, columns)
    distance = np.sqrt((u / 1.7) ** 2 + (np.minimum(v - 2.6, 0) / 1.35) ** 2)
    return Shape(rows=rows, columns=columns, mask=np.clip((1 - distance) * 22 + 0.5, 0, 1))


def _collar(canvas: Canvas, frame: Frame, person: Person) -> None:
    point = frame.at
    if person.collar == 0:
        canvas.paint(canvas.ellipse(frame, (0, 1.32), (0.52, 0.26), soft=0.05), mix(person.skin, (0.35, 0.15, 0.1), 0.15))
    elif person.collar == 1:
        canvas.paint(
            canvas.polygon([point(-0.46, 1.3), point(0.46, 1.3), point(0, 2.15)], soft=0.01), mix(person.skin, (0.3, 0.12, 0.1), 0.2)
        )
        for side in (-1, 1):
            flap = [point(side * 0.5, 1.22), point(side * 0.02, 2.15), point(side * 0.42, 1.85), point(side * 0.68, 1.42)]
            canvas.paint(canvas.polygon(flap, soft=0.006), mix(person.trim, (1, 1, 1), 0.25))
    elif person.collar == 2:
        canvas.paint(canvas.polygon([point(-0.6, 1.3), point(0.6, 1.3), point(0.1, 2.9), point(-0.1, 2.9)], soft=0.01), (0.93, 0.93, 0.94))
        canvas.paint(canvas.polygon([point(-0.09, 1.5), point(0.09, 1.5), point(0.14, 2.9), point(-0.14, 2.9)], soft=0.006), person.trim)
    else:
        canvas.paint(canvas.ellipse(frame, (0, 1.36), (0.55, 0.24), soft=0.05), mix(person.clothes, (0, 0, 0), 0.3))
        canvas.paint(canvas.ellipse(frame, (0, 1.25), (0.47, 0.2), soft=0.05), mix(person.skin, (0.35, 0.15, 0.1), 0.2))


def _head(canvas: Canvas, frame: Frame, person: Person, light: float) -> None:
    for side in (-1, 1):
        ear = canvas.ellipse(frame, (side * 0.79, 0.05), (0.12, 0.22), soft=0.04)
        canvas.paint(ear, mix(person.skin, (0.6, 0.2, 0.15), 0.22))
    skull = canvas.ellipse(frame, (0, -0.18), (0.79, 0.84), soft=0.05)
    jaw = canvas.ellipse(frame, (0, 0.28), (person.jaw, 0.74), soft=0.05)
    head = _union(canvas, skull, jaw)
    texture = 1 + 0.035 * canvas.texture(26, octaves=3)
    lit = _modelled(canvas, frame, head, light) * texture
    tone = np.asarray(person.skin, np.float32) ** np.asarray([0.9, 1.05, 1.12], np.float32)
    canvas.paint(head, lit[..., None] * tone)
    for side in (-1, 1):
        canvas.paint(canvas.ellipse(frame, (side * 0.42, 0.3), (0.26, 0.2), soft=0.22), (0.85, 0.36, 0.32), 0.16)
        canvas.shade(canvas.ellipse(frame, (side * person.apart, -0.12), (0.25, 0.17), soft=0.16), 0.84)
    canvas.glow(canvas.ellipse(frame, (0.2 * light, -0.55), (0.36, 0.2), soft=0.3), (0.10, 0.09, 0.08), 0.8)


def _eyes(canvas: Canvas, frame: Frame, person: Person, turn: float) -> None:
    for side in (-1, 1):
        x = side * person.apart + turn
        wide, high = 0.155, 0.075 * person.eye
        canvas.paint(canvas.ellipse(frame, (x, -0.1), (wide, high), turn=side * 0.06, soft=0.03), (0.93, 0.91, 0.90))
        canvas.paint(canvas.ellipse(frame, (x + turn * 0.25, -0.1), (0.078, 0.078), soft=0.02), person.iris)
        canvas.paint(canvas.ellipse(frame, (x + turn * 0.25, -0.1), (0.038, 0.038), soft=0.015), (0.02, 0.02, 0.02))
        canvas.paint(canvas.ellipse(frame, (x + turn * 0.25 + 0.03, -0.13), (0.018, 0.018), soft=0.012), (1, 1, 1))
        canvas.paint(
            canvas.ellipse(frame, (x, -0.1 - high), (wide * 1.08, 0.03), turn=side * 0.1, soft=0.025),
            mix(person.hair, (0.1, 0.05, 0.04), 0.6),
            0.9,
        )
        canvas.shade(canvas.ellipse(frame, (x, -0.1 - high * 2.1), (wide * 1.05, 0.022), soft=0.03), 0.8)
        canvas.shade(canvas.ellipse(frame, (x, -0.1 + high * 1.5), (wide, 0.03), soft=0.05), 0.88)
        brow = canvas.ellipse(frame, (x + side * 0.02, -0.36), (0.21, 0.034 * person.brow), turn=side * 0.02, soft=0.035)
        canvas.paint(brow, mix(person.hair, (0.08, 0.05, 0.04), 0.35), 0.85)


def _nose_and_mouth(canvas: Canvas, frame: Frame, person: Person, *, light: float, turn: float) -> None:
    wide = 0.1 * person.nose
    canvas.shade(canvas.ellipse(frame, (turn - light * 0.09, 0.06), (0.05, 0.26), soft=0.09), 0.84)
    canvas.glow(canvas.ellipse(frame, (turn * 1.2 + light * 0.02, 0.1), (0.035, 0.2), soft=0.07), (0.10, 0.09, 0.08))
    canvas.shade(canvas.ellipse(frame, (turn * 1.2, 0.31), (wide * 1.7, 0.06), soft=0.08), 0.78)
    for side in (-1, 1):
        canvas.shade(canvas.ellipse(frame, (turn * 1.2 + side * wide * 0.8, 0.29), (0.035, 0.022), soft=0.03), 0.45)
    half, lip = 0.25 * person.mouth, mix(person.skin, _LIPS, 0.55)
    for step in range(9):
        across = (step - 4) / 4
        lift = -person.smile * across * across * 1.6
        thick = 0.055 * (1 - 0.75 * across * across)
        spot = (turn + across * half, 0.56 + lift)
        canvas.paint(
            canvas.ellipse(frame, (spot[0], spot[1] - thick * 0.5), (half * 0.24, thick), soft=0.03), mix(lip, (0, 0, 0), 0.15), 0.8
        )
        canvas.paint(canvas.ellipse(frame, (spot[0], spot[1] + thick * 0.7), (half * 0.24, thick * 1.15), soft=0.03), lip, 0.8)
    for step in range(13):
        across = (step - 6) / 6
        spot = (turn + across * half * 1.08, 0.565 - person.smile * across * across * 1.6)
        canvas.shade(canvas.ellipse(frame, spot, (half * 0.14, 0.014), soft=0.02), 0.62)
    canvas.shade(canvas.ellipse(frame, (turn, 0.74), (0.15, 0.035), soft=0.06), 0.88)


def _beard(canvas: Canvas, frame: Frame, person: Person, turn: float) -> None:
    if person.beard <= 0:
        return
    chin = canvas.ellipse(frame, (0, 0.62), (person.jaw * 0.97, 0.46), soft=0.2)
    u, v = canvas.local(frame, chin.rows, chin.columns)
    mouth = np.clip(((u - turn) / 0.27) ** 2 + ((v - 0.55) / 0.1) ** 2 - 0.6, 0, 1) * np.clip((v - 0.3) * 8, 0, 1)
    hairs = 0.8 + 0.3 * canvas.texture(90, octaves=1)[chin.rows, chin.columns]
    shape = Shape(rows=chin.rows, columns=chin.columns, mask=chin.mask * mouth * np.clip(hairs, 0, 1))
    canvas.paint(shape, person.hair, min(0.9, person.beard))


def _strands(canvas: Canvas, person: Person, light: float) -> Field:
    """Hair as light and dark threads."""
    threads = canvas.texture(60, octaves=2, stretch=0.12) * 0.5 + canvas.texture(6, octaves=2) * 0.4
    shine = 1 + 0.55 * threads + 0.18 * light * canvas.x
    base = np.asarray(person.hair, np.float32) + 0.035
    return base * shine[..., None]


def _hair_behind(canvas: Canvas, frame: Frame, person: Person) -> None:
    reach = {2: (1.02, 1.55, 0.55), 3: (1.0, 1.15, 0.2), 4: (1.16, 1.12, -0.1), 6: (0.98, 1.9, 0.85)}.get(person.style)
    if reach is None:
        return
    wide, high, low = reach
    shape = canvas.ellipse(frame, (0, low - 0.1), (wide, high), soft=0.09)
    canvas.paint(shape, (_strands(canvas, person, 0.3) * 0.72)[shape.rows, shape.columns])


def _hair_in_front(canvas: Canvas, frame: Frame, person: Person, light: float) -> None:
    if person.style == 5 and person.beard > 0:
        return
    wobble = canvas.noise(9, octaves=3) * 0.09
    u, v = canvas.local(frame, slice(0, canvas.size), slice(0, canvas.size))
    rise, wide = {0: (1.0, 0.83), 1: (1.06, 0.85), 4: (1.14, 0.98), 5: (0.94, 0.8)}.get(person.style, (1.04, 0.9))
    outer = 1 - np.sqrt((u / wide) ** 2 + ((v + 0.18) / (rise - 0.02)) ** 2) + wobble * 0.5
    part = {1: 0.3, 2: -0.28, 3: 0.0, 6: 0.22}.get(person.style, 0.1)
    line = {0: -0.66, 1: -0.55, 3: -0.38, 4: -0.6, 5: -0.7}.get(person.style, -0.58)
    sweep = np.minimum(0.55 * (u - part) ** 2 * (0.7 if person.style in {2, 3, 6} else 1.9), 0.24)
    fringe = line + sweep - v + wobble
    sides = np.clip((np.abs(u) - 0.66) * 12, 0, 1) * np.clip((0.35 if person.style in {2, 3, 6} else -0.12) - v, 0, 0.1) * 10
    mask = np.clip(outer * 14 + 0.5, 0, 1) * np.clip(np.maximum(fringe * 12 + 0.5, sides), 0, 1)
    canvas.paint(canvas.everywhere(mask), _strands(canvas, person, light))
    canvas.glow(canvas.ellipse(frame, (0.28 * light, -0.84), (0.42, 0.1), turn=0.2 * light, soft=0.16), (0.10, 0.09, 0.08), 0.7)


def _glasses(canvas: Canvas, frame: Frame, person: Person, turn: float) -> None:
    rim = mix(person.trim, (0.05, 0.05, 0.05), 0.75)
    for side in (-1, 1):
        centre = (side * person.apart + turn, -0.08)
        outer, inner = (canvas.ellipse(frame, centre, (0.25 - gap, 0.2 - gap), soft=0.02) for gap in (0.0, 0.035))
        ring = outer.mask.copy()
        rows = slice(inner.rows.start - outer.rows.start, inner.rows.stop - outer.rows.start)
        columns = slice(inner.columns.start - outer.columns.start, inner.columns.stop - outer.columns.start)
        ring[rows, columns] -= inner.mask
        canvas.paint(Shape(rows=outer.rows, columns=outer.columns, mask=np.clip(ring, 0, 1)), rim)
        canvas.glow(canvas.ellipse(frame, (centre[0] - 0.06, -0.15), (0.09, 0.03), turn=-pi / 5, soft=0.03), (0.35, 0.38, 0.4), 0.5)
    canvas.paint(canvas.ellipse(frame, (turn, -0.1), (0.1, 0.022), soft=0.015), rim)
