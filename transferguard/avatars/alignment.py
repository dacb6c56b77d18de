# SPDX-License-Identifier: Apache-2.0
"""How exactly do two windows lie on each other?

A hypothesis is right to about three per cent of a side; pixels need better. Gauss-Newton steps move one window over the
other (inverse compositional: the template's gradient is computed once) until brightness agrees, first with six parameters on
small copies, then with eight, which is what a photograph of a screen needs. Brightness and contrast are normalised away, and
pixels that do not fit count less, so that a badge or a frame does not pull. All hypotheses are moved at once.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_DAMPING = 0.01
"""Share of the mean curvature added to every direction: a flat direction then stays where it is."""

_MISFIT = 0.4
"""Standard deviations of brightness, of what fits, from which a pixel counts half (tuned)."""

_ROUNDS = 2
"""Rounds in each step of what fits and what contrast that has."""

_LARGEST_STEP = 0.12
"""Half window sides per step and parameter; a larger step is a jump to somewhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Windows to be laid on each other, one row per hypothesis.

    Args:
        still: Gray copies of the one picture whose windows stay, sharp or soft; shape (copies, side, side).
        moving: Gray copies of the pictures whose windows move; shape (pictures, side, side).
        which: Which moving picture each hypothesis is about; shape (n,).
        copy: Which copy of the still picture it is compared with; shape (n,).
        still_window: Map from the unit square to the picture, shape (n, 2, 3).
        moving_window: The same for the moving side.
        covered: Points of the still picture that lie under something, as if they were outside; None where there is nothing.
        hides: For which hypotheses that is so; shape (n,).
    """

    still: Array
    moving: Array | NDArray[np.uint8]
    which: NDArray[np.intp]
    copy: NDArray[np.intp]
    still_window: Array
    moving_window: Array
    covered: NDArray[np.bool_] | None = None
    hides: NDArray[np.bool_] | None = None


_HORIZON = 0.1
"""Depth below which a point counts as this near: a photographed screen is never seen so much from the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an alignment is done.

    Args:
        count: Sampling points per side.
        steps: Gauss-Newton steps.
        projective: Eight parameters instead of six.
    """

    count: int
    steps: int
    projective: bool


def unit_grid(count: int) -> Array:
    """Centres of count x count cells of the square [-1, 1]; shape (2, count ** 2), x first."""
    middle = (np.arange(count, dtype=np.float32) + 0.5) * (2.0 / count) - 1.0
    return np.stack([np.tile(middle, count), np.repeat(middle, count)])


def through(window: Array, points: Array) -> Array:
    """Where points of [-1, 1] fall in a picture; shape (2, n, points), fractions."""
    return _mapped(from_square(window)[:, :2], points)


def fallen(window: Array, warp: Array, points: Array) -> Array:
    """Where points of [-1, 1] fall in a picture when the window is warped first; shape (2, n, points), fractions."""
    square = from_square(window)
    if not warp[:, 2, :2].any():
        return _mapped((square @ (warp / warp[:, 2:, 2:]))[:, :2], points)
    moved = _mapped(warp, points)
    moved = moved[:2] / np.maximum(moved[2], np.float32(_HORIZON))
    found = np.empty_like(moved)
    for axis in (0, 1):
        np.multiply(moved[0], square[:, axis, 0, None], out=found[axis])
        found[axis] += moved[1] * square[:, axis, 1, None]
        found[axis] += square[:, axis, 2, None]
    return np.asarray(found, np.float32)


def _mapped(rows: Array, points: Array) -> Array:
    """All rows of each map applied to the same points, as one matrix product; shape (rows, n, points)."""
    flat = np.ascontiguousarray(rows.transpose(1, 0, 2)).reshape(-1, 3)
    found = flat[:, :2] @ points
    found += flat[:, 2:]
    return np.asarray(found.reshape(rows.shape[1], len(rows), -1), np.float32)


def projected(maps: Array, points: Array) -> Array:
    """Apply one homography per row to points; shape (n, points, 2)."""
    moved = points @ maps[:, :2, :2].transpose(0, 2, 1) + maps[:, None, :2, 2]
    depth = points @ maps[:, 2, :2, None] + maps[:, 2, 2, None, None]
    return np.asarray(moved / np.where(np.abs(depth) < _HORIZON, _HORIZON, depth))


def from_square(window: Array) -> Array:
    """Windows as homographies from [-1, 1]; shape (n, 3, 3)."""
    full = np.zeros((len(window), 3, 3), np.float32)
    full[:, :2, :2] = window[:, :, :2] / 2
    full[:, :2, 2] = window[:, :, :2].sum(axis=2) / 2 + window[:, :, 2]
    full[:, 2, 2] = 1.0
    return full


def still_to_moving(pairing: "Pairing", warp: Array) -> Array:
    """The map from the still picture to the moving one, fractions to fractions; shape (n, 3, 3)."""
    there = from_square(pairing.moving_window) @ warp
    return np.asarray(there @ np.linalg.inv(from_square(pairing.still_window)), np.float32)


def shared(maps: Array) -> Array:
    """The box of the still picture in which the moving one lies, as windows; shape (n, 2, 3)."""
    corners = projected(np.linalg.inv(maps).astype(np.float32), np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32))
    low = np.clip(corners.min(axis=1), 0.0, 0.9)
    high = np.clip(corners.max(axis=1), low + 0.1, 1.0)  # a sliver is too little to align on
    window = np.zeros((len(maps), 2, 3), np.float32)
    window[:, [0, 1], [0, 1]] = high - low
    window[:, :, 2] = low
    return window


def anchored(pairing: "Pairing", warp: Array) -> tuple["Pairing", Array]:
    """The same alignment, seen from all that both pictures share instead of from the window that led to it."""
    maps = still_to_moving(pairing, warp)
    still_window = shared(maps)
    whole = np.broadcast_to(np.eye(2, 3, dtype=np.float32), still_window.shape)
    start = np.linalg.inv(from_square(whole)) @ maps @ from_square(still_window)
    wide = replace(pairing, still_window=still_window, moving_window=whole)
    return wide, np.asarray(start / start[:, 2:, 2:], np.float32)


def sample(pictures: Array | NDArray[np.uint8], which: NDArray[np.intp], places: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Brightness at places, bilinear, and whether each place lies inside.

    Args:
        pictures: Shape (pictures, side, side).
        which: The picture that each row of places is about; shape (n,).
        places: Shape (2, n, points), fractions, x first.
    """
    side = pictures.shape[1]
    near = np.abs(places - np.float32(0.5)) <= np.float32(0.5)
    spot = places * np.float32(side)
    spot -= np.float32(0.5)
    np.maximum(spot, np.float32(0.0), out=spot)
    np.minimum(spot, np.float32(side - 1.001), out=spot)
    corner = np.floor(spot)
    spot -= corner
    at = (corner[1] * np.float32(side) + corner[0]).astype(np.intp)
    at += (which * (side * side))[:, None]
    flat = pictures.reshape(-1)
    upper, right, lower, last = (flat[step:].take(at).astype(np.float32, copy=False) for step in (0, 1, side, side + 1))
    across, down = spot
    right -= upper
    right *= across
    upper += right
    last -= lower
    last *= across
    lower += last
    lower -= upper
    lower *= down
    upper += lower
    return upper, near[0] & near[1]


def still_at(pairing: Pairing, points: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Brightness of the still picture at points of [-1, 1] of each window, and which of them can be seen."""
    places = through(pairing.still_window, points)
    values, inside = sample(pairing.still, pairing.copy, places)
    if pairing.covered is None or pairing.hides is None:
        return values, inside
    spot = np.clip((places * len(pairing.covered)).astype(np.intp), 0, len(pairing.covered) - 1)
    return values, inside & ~(pairing.covered[spot[1], spot[0]] & pairing.hides[:, None])


def align(pairing: Pairing, warp: Array, plan: Plan, *, trust: Array | None = None) -> Array:
    """Move each window until it fits best.

    Args:
        pairing: The windows.
        warp: Start, in the moving window's own square [-1, 1]; shape (n, 3, 3).
        plan: How closely and how long.
        trust: Weight of each sampling point, 0..1, shape (n, count ** 2); all 1 where nothing is known.

    Returns:
        The warps after the last step.
    """
    points = unit_grid(plan.count)
    still, seen = still_at(pairing, points)
    usable = seen.astype(np.float32) if trust is None else seen * trust
    steep = _steepest(still.reshape(-1, plan.count, plan.count), points, projective=plan.projective)
    fit = np.ones_like(still)
    for _ in range(plan.steps):
        moving, inside = sample(pairing.moving, pairing.which, fallen(pairing.moving_window, warp, points))
        both = inside * usable
        error, gain, fit = differing(still, moving, both, fit=fit)
        # The template is the still picture by its own contrast: dividing the sums is cheaper than dividing the gradients.
        weighted = steep * (both * fit)[:, None, :]
        curvature = (weighted @ steep.transpose(0, 2, 1)) * (gain * gain)[:, :, None]
        size = curvature.shape[1]
        mean = np.trace(curvature, axis1=1, axis2=2) / size
        curvature += (np.eye(size, dtype=np.float32) * (_DAMPING * mean + 1e-3)[:, None, None]).astype(np.float32)
        slope = (weighted @ error[:, :, None])[:, :, 0] * gain
        step = np.clip(np.linalg.solve(curvature, slope[:, :, None])[:, :, 0], -_LARGEST_STEP, _LARGEST_STEP)
        warp = warp @ np.linalg.inv(_as_matrix(step))
        warp = (warp / warp[:, 2:, 2:]).astype(np.float32)
    return warp


def differing(still: Array, moving: Array, both: Array, *, fit: Array, misfit: float = _MISFIT) -> tuple[Array, Array, Array]:
    """How the moving picture differs, both by their own contrast; one over that of the still one; and how well each point fits.

    Contrast is that of the points that fit, of which the first guess are those that fitted in the step before: by the contrast of all
    points, a sticker on a blurred picture would be most of both.
    """
    for _ in range(_ROUNDS):
        weight = both * fit
        total = weight.sum(axis=1, keepdims=True) + 1e-6
        (our_mean, our_gain), (their_mean, their_gain) = _normal(still, weight, total), _normal(moving, weight, total)
        error = moving * their_gain
        error -= still * our_gain
        error += our_mean * our_gain - their_mean * their_gain
        fit = error / np.float32(misfit)
        fit *= fit
        fit += 1.0
        np.reciprocal(fit, out=fit)
    return error, our_gain, fit


def _normal(values: Array, weight: Array, total: Array) -> tuple[Array, Array]:
    """Weighted mean, and one over the standard deviation."""
    weighted = values * weight
    mean = weighted.sum(axis=1, keepdims=True) / total
    weighted *= values
    spread = np.sqrt(np.maximum(weighted.sum(axis=1, keepdims=True) / total - mean * mean, 0.0))
    return mean, np.asarray(1 / np.maximum(spread, 1.0), np.float32)  # one gray level: a plain window has no contrast to normalise


def _steepest(template: Array, points: Array, *, projective: bool) -> Array:
    """How brightness changes with each parameter; shape (n, parameters, points)."""
    count = template.shape[1]
    down, across = np.gradient(template, axis=(1, 2))
    scale = count / 2.0
    gx, gy = across.reshape(len(template), -1) * scale, down.reshape(len(template), -1) * scale
    x, y = points
    steep = np.empty((len(template), 8 if projective else 6, len(x)), np.float32)
    for first, slope in ((0, gx), (3, gy)):
        np.multiply(slope, x, out=steep[:, first])
        np.multiply(slope, y, out=steep[:, first + 1])
        steep[:, first + 2] = slope
    if projective:
        radial = gx * x + gy * y
        np.multiply(radial, -x, out=steep[:, 6])
        np.multiply(radial, -y, out=steep[:, 7])
    return steep


def _as_matrix(step: Array) -> Array:
    matrix = np.zeros((len(step), 3, 3), np.float32)
    matrix[:, 0, :] = step[:, 0:3]
    matrix[:, 1, :] = step[:, 3:6]
    if step.shape[1] > 6:  # noqa: PLR2004 - affine has six parameters
        matrix[:, 2, :2] = step[:, 6:8]
    matrix[:, [0, 1, 2], [0, 1, 2]] += 1.0
    return matrix
