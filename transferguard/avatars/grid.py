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

SIDES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Widths and heights of crops, as fractions: neighbours differ by what a hash tolerates."""

OFFSETS = {1.0: 1, 0.9: 3, 0.8: 4, 0.7: 5, 0.6: 5}
"""Places per side: neighbours overlap by about 90 %."""

MAX_ASPECT = 0.21
"""Largest difference of width and height that a grid crop has."""

SMALL_SIDE, SMALL_OFFSETS = 0.5, 5
"""The smallest square crops."""

ANGLES = (-20, -16, -12, -8, -4, 4, 8, 12, 16, 20)
"""Degrees. A hash tolerates about 3."""

CENTRE = 0.7
"""Side of the centre crop: what fits in the circle that a screen cuts out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The views of one fingerprint version.

    Args:
        upright: Axis-parallel windows as (left, top, right, bottom), fractions; the first is the whole picture.
        rotated: (angle in degrees, side) of centred rotated windows.
        matrices: All windows in order, upright before rotated; shape (views, 2, 3).
        canonical: Indices of the few views that are compared with all views of the other picture.
    """

    upright: tuple[tuple[float, float, float, float], ...]
    rotated: tuple[tuple[int, float], ...]
    matrices: Matrix
    canonical: tuple[int, ...]


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
    for width in SIDES:
        for height in SIDES:
            if abs(width - height) > MAX_ASPECT:
                continue
            boxes += [
                (left, top, left + width, top + height)
                for top in np.linspace(0, 1 - height, OFFSETS[height]).tolist()
                for left in np.linspace(0, 1 - width, OFFSETS[width]).tolist()
            ]
    free = np.linspace(0, 1 - SMALL_SIDE, SMALL_OFFSETS).tolist()
    boxes += [(left, top, left + SMALL_SIDE, top + SMALL_SIDE) for top in free for left in free]
    margin = (1 - CENTRE) / 2
    special = [
        (margin, margin, 1 - margin, 1 - margin),
        (0.0, 0.0, 0.5, 1.0),
        (0.5, 0.0, 1.0, 1.0),
        (0.0, 0.0, 1.0, 0.5),
        (0.0, 0.5, 1.0, 1.0),
    ]
    canonical = (0, *range(len(boxes), len(boxes) + len(special)))
    boxes += special
    boxes += [(0.25, 0.0, 0.75, 1.0), (0.0, 0.25, 1.0, 0.75)]  # what a collage keeps of a picture cut to half a frame
    rotated = [(angle, side) for angle in ANGLES for side in (inscribed_side(angle), CENTRE)]
    matrices = [box_matrix(box) for box in boxes] + [rotated_matrix(angle, side) for angle, side in rotated]
    return Grid(upright=tuple(boxes), rotated=tuple(rotated), matrices=np.stack(matrices), canonical=canonical)
