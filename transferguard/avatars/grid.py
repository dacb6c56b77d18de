# SPDX-License-Identifier: Apache-2.0
"""Which parts of a picture are hashed, so that a part of it is found again.

The grid is the list of views that every fingerprint holds: crops of many sizes, places and proportions, halves, and rotated
crops. A window is an affine map from its own unit square to the picture's unit square, kept as a 2 x 3 matrix. What is
computed from a view is `views`; how views of two pictures meet is `first_look`.

Rule owned here: the grid is fixed by the fingerprint version. Changing one number below means a new version.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SIDES = (1.0, 0.85, 0.72, 0.61, 0.52, 0.44, 0.37)
"""Widths and heights of crops, as fractions: each is 0.85 of the last, which is what a hash tolerates."""

OFFSETS = (1, 3, 4, 5, 5, 5, 4)
"""Places per side. Small windows may be sparse, because large windows of the other picture meet them."""

OBLONGS = ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4))
"""Pairs of unequal sides, by their place in `SIDES`; each stands upright and lying."""

HALVES = 9
"""Places of upright and lying halves: two pictures side by side share nothing larger, and none of the windows above is as narrow."""

ANGLES = (-18, -12, -6, 6, 12, 18)
"""Degrees. A hash tolerates about 4."""

CENTRE = 0.6
"""Side of the smaller rotated crops."""

TURNED_FROM = 0.6
"""Area of the smallest square views that are compared in all eight orientations; the others meet upright and mirrored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The views of one fingerprint version.

    Args:
        upright: Axis-parallel windows as (left, top, right, bottom), fractions; the first is the whole picture.
        rotated: (angle in degrees, side) of centred rotated windows.
        matrices: All windows in order, upright before rotated; shape (views, 2, 3).
        large: Indices of the views that are compared in all eight orientations.
    """

    upright: tuple[tuple[float, float, float, float], ...]
    rotated: tuple[tuple[int, float], ...]
    matrices: Matrix
    large: tuple[int, ...]


def box_matrix(box: tuple[float, float, float, float]) -> Matrix:
    """The map from the unit square onto a box."""
    left, top, right, bottom = box
    return np.array([[right - left, 0, left], [0, bottom - top, top]], np.float32)


def rotated_matrix(angle: float, side: float) -> Matrix:
    """The map from the unit square onto a centred square, turned clockwise on the screen by `angle` degrees."""
    turn = np.deg2rad(angle)
    linear = side * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.concatenate([linear, (0.5 - linear @ [0.5, 0.5])[:, None]], axis=1).astype(np.float32)


def inscribed_side(angle: float) -> float:
    """Side of the largest square that a rotated unit square holds: what is left after rotating and cropping to fill."""
    turn = abs(np.deg2rad(angle))
    return float(1.0 / (np.cos(turn) + np.sin(turn)))


@lru_cache(maxsize=1)
def the_grid() -> Grid:
    """The grid of the current fingerprint version."""
    boxes: list[tuple[float, float, float, float]] = []
    large: list[int] = []
    shapes = [(at, at) for at in range(len(SIDES))] + [shape for pair in OBLONGS for shape in (pair, pair[::-1])]
    for wide, high in shapes:
        width, height = SIDES[wide], SIDES[high]
        if wide == high and width * height >= TURNED_FROM**2:
            large += range(len(boxes), len(boxes) + OFFSETS[wide] ** 2)
        boxes += [
            (left, top, left + width, top + height)
            for top in np.linspace(0, 1 - height, OFFSETS[high]).tolist()
            for left in np.linspace(0, 1 - width, OFFSETS[wide]).tolist()
        ]
    for start in np.linspace(0, 0.5, HALVES).tolist():
        boxes += [(start, 0.0, start + 0.5, 1.0), (0.0, start, 1.0, start + 0.5)]
    rotated = [(angle, side) for angle in ANGLES for side in (inscribed_side(angle), CENTRE)]
    matrices = [box_matrix(box) for box in boxes] + [rotated_matrix(angle, side) for angle, side in rotated]
    return Grid(upright=tuple(boxes), rotated=tuple(rotated), matrices=np.stack(matrices), large=tuple(large))
