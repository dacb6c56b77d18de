# SPDX-License-Identifier: Apache-2.0
"""What was done to the picture?

Reads mirroring, turning, rotation, cropping, framing, recolouring and covering off the map that lays one window on the
other. Words and drawings belong to whoever shows them.
"""

import math

import numpy as np

from transferguard.avatars.agreement import BLOCKS
from transferguard.avatars.alignment import Array
from transferguard.avatars.change import Change, ChangeKind, Window
from transferguard.avatars.verification import Candidates

_ROTATED_FROM = 2.0
"""Degrees: below this, alignment cannot tell a rotation from a skew."""

_CROPPED_FROM = 0.04
"""Fraction of a side outside the other picture from which something was cut off."""

_RECOLOURED_BELOW = 0.5
"""Colour correlation below which the colours are others."""

_RECOLOURED_GAP = 0.15
"""Median difference of the colours, 1 being 48 levels, below which they are the same: a gold frame alone recolours nothing."""

_SLACK = 0.03
"""Fraction of the shared part by which a block may reach into a frame and still be judged."""

_COVERED_BELOW = 0.3
"""Block correlation below which a block shows something else."""


def changes_between(found: Candidates, at: int) -> tuple[Change, ...]:
    """What was done, most telling first.

    Args:
        found: Verified hypotheses.
        at: Which one.

    Returns:
        At least one change; `same` alone where nothing was done but saving it again.
    """
    across = np.linalg.inv(found.across[at])  # from the shelf's picture to the query's
    shared = _bounds(across)
    window = _within(shared, found.agreement.part[at])
    other = _bounds(found.across[at] @ _box(window))
    kinds: list[tuple[ChangeKind, Window | None, float]] = []
    kinds += _orientation(across)
    if _cut(other):
        kinds.append((ChangeKind.CROPPED, other, 0.0))
    if _cut(window):
        kinds.append((ChangeKind.FRAMED, window, 0.0))
    if float(found.agreement.colour[at]) < _RECOLOURED_BELOW and float(found.agreement.colour_gap[at]) > _RECOLOURED_GAP:
        kinds.append((ChangeKind.RECOLOURED, None, 0.0))
    covered = _covered(found.agreement.by_block[at], shared, found.agreement.part[at])
    if covered is not None:
        kinds.append((ChangeKind.COVERED, covered, 0.0))
    return tuple(
        Change(kind=kind, window=window, other_window=other, box=box, angle=angle)
        for kind, box, angle in kinds or [(ChangeKind.SAME, None, 0.0)]
    )


def _bounds(matrix: Array) -> Window:
    """The box around the image of the unit square, within the picture."""
    corners = matrix @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]], np.float32)
    x, y = np.clip(corners[0] / corners[2], 0, 1), np.clip(corners[1] / corners[2], 0, 1)
    return Window(left=_round(x.min()), top=_round(y.min()), right=_round(x.max()), bottom=_round(y.max()))


def _box(window: Window) -> Array:
    """The map from the unit square onto a window."""
    width, height = window.right - window.left, window.bottom - window.top
    return np.array([[width, 0, window.left], [0, height, window.top], [0, 0, 1]], np.float32)


def _within(shared: Window, part: Array) -> Window:
    """A part of a window, given as fractions of it."""
    width, height = shared.right - shared.left, shared.bottom - shared.top
    left, top, right, bottom = (float(side) for side in part)
    return Window(
        left=_round(shared.left + left * width),
        top=_round(shared.top + top * height),
        right=_round(shared.left + right * width),
        bottom=_round(shared.top + bottom * height),
    )


def _round(value: float) -> float:
    return round(float(value), 3)


def _cut(window: Window) -> bool:
    return max(window.left, window.top, 1 - window.right, 1 - window.bottom) > _CROPPED_FROM


def _orientation(across: Array) -> list[tuple[ChangeKind, Window | None, float]]:
    """Mirror, quarter turns and the rest of the rotation."""
    linear = across[:2, :2] - across[:2, 2:] @ across[2:, :2]  # at the origin; the projective part is small
    mirrored = float(np.linalg.det(linear)) < 0
    if mirrored:
        linear = linear @ np.array([[-1, 0], [0, 1]], np.float32)  # mirrored first, as it is listed, then turned and rotated
    angle = math.degrees(math.atan2(float(linear[1, 0] - linear[0, 1]), float(linear[0, 0] + linear[1, 1])))
    quarter = round(angle / 90.0) * 90
    rest = angle - quarter
    found: list[tuple[ChangeKind, Window | None, float]] = []
    if mirrored:
        found.append((ChangeKind.MIRRORED, None, 0.0))
    if quarter % 360:
        found.append((ChangeKind.TURNED, None, float(quarter % 360)))
    if abs(rest) >= _ROTATED_FROM:
        found.append((ChangeKind.ROTATED, None, round(rest, 1)))
    return found


def _covered(by_block: Array, shared: Window, part: Array) -> Window | None:
    """The box around the blocks that show something else, in the query's picture."""
    start, end = np.arange(BLOCKS) / BLOCKS + _SLACK, (np.arange(BLOCKS) + 1) / BLOCKS - _SLACK
    kept = ((start >= part[1]) & (end <= part[3]))[:, None] & ((start >= part[0]) & (end <= part[2]))[None, :]
    rows, columns = np.nonzero((np.nan_to_num(by_block, nan=1.0) < _COVERED_BELOW) & kept)
    if not 2 <= len(rows) <= 0.5 * BLOCKS**2:  # noqa: PLR2004 - one block is noise; half the window is not a cover
        return None
    left, right = columns.min() / BLOCKS, (columns.max() + 1) / BLOCKS
    top, bottom = rows.min() / BLOCKS, (rows.max() + 1) / BLOCKS
    return _within(shared, np.array([left, top, right, bottom], np.float32))
