# SPDX-License-Identifier: Apache-2.0
"""Do two pictures, laid on each other, show the same?

Turns an aligned pair into numbers that speak for or against a copy. Over all that both pictures share, structure is compared
block by block, at two scales: a badge spoils only the blocks that it covers, and the grain of a photographed screen only the
finer scale. How many blocks agree how well is kept, because many fair blocks and few perfect ones are different evidence.
What these numbers weigh is `weights`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.alignment import Array, Pairing, sample, through, unit_grid, warped

BLOCKS = 6
"""Blocks per side of what both pictures share."""

FINE, COARSE = 48, 24
"""Sampling points per side, on the gray copies and on their halves."""

INFORMATIVE = 4.0
"""Gray levels: standard deviation from which a block has structure."""

DETAILED = 2.0
"""The same once slow changes of brightness are taken out."""

DETAIL_SIDE = 7
"""Sampling points, odd: what is slower than this is taken out of the fine scale, because any sky fits any other sky."""

GAP_LEVELS = 48.0
"""Levels of difference that count as wholly different."""

_HALF = 0.5
"""Share of a block that must lie in both pictures."""

EDGES = (0.2, 0.5, 0.7, 0.82, 0.91, 0.96)
"""Correlations between which blocks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well each pair agrees; every array has one entry per pair.

    Args:
        fine: Share of all blocks with detail whose correlation lies between each two `EDGES`; shape (n, len(EDGES) + 1).
        coarse: Share of all blocks with structure, the same way, on halved copies and with slow changes left in.
        fine_mean: Mean correlation of blocks with detail.
        coarse_mean: Mean correlation of blocks with structure.
        whole: Correlation of all that is shared, robust against a part that differs.
        colour: Correlation of the colour differences, -1..1; 0 where there is no colour.
        colour_gap: Median difference of the colours themselves, 0..1, 1 meaning GAP_LEVELS or more.
        tone_gap: The same for brightness.
        one_sided: Share of blocks with structure in one picture and none in the other: padding, a plain badge, a blurred ground.
        part: What is left of the shared part when lines at its edges that show something else are trimmed: left, top, right, bottom
            as fractions of it; shape (n, 4).
        by_block: Correlation of every block of the shared part of the still picture, 0 where one picture is plain, NaN where both are.
    """

    fine: Array
    coarse: Array
    fine_mean: Array
    coarse_mean: Array
    whole: Array
    colour: Array
    colour_gap: Array
    tone_gap: Array
    one_sided: Array
    part: Array
    by_block: Array


def quick_agreement(pairing: Pairing, warp: Array, count: int) -> Array:
    """Correlation of the whole windows on few points, to choose what is worth aligning; shape (n,)."""
    points = unit_grid(count)
    still, seen = sample(pairing.still, pairing.copy, through(pairing.still_window, points))
    moving, inside = sample(pairing.moving, pairing.which, through(pairing.moving_window, warped(warp, points)))
    return _correlation(still, moving, (seen & inside).astype(np.float32))


def agreement(large: Pairing, small: Pairing, warp: Array, *, chroma: tuple[Array, Array]) -> Agreement:
    """How well do the pictures agree?

    Args:
        large: What both share, on the gray copies.
        small: The same on their halves.
        warp: Where the alignment ended; shape (n, 3, 3).
        chroma: Colour differences of the still picture, shape (2, side, side), and of each row's moving one, (n, 2, side, side).
    """
    plain, still, moving, both = _blocks(large, warp, FINE)
    coarse, *_ = _blocks(small, warp, COARSE)
    fine = _block_correlation(_detail(still), _detail(moving), both, DETAILED)
    colour, gap = _colour(chroma, large, warp)
    one_sided = _structured(still, both, INFORMATIVE) ^ _structured(moving, both, INFORMATIVE)
    fair = np.repeat(np.repeat(np.nan_to_num(plain, nan=0.5) > 0.5, FINE // BLOCKS, 1), FINE // BLOCKS, 2)  # noqa: PLR2004 - fair
    return Agreement(
        fine=_counted(fine),
        coarse=_counted(coarse),
        fine_mean=_mean(fine),
        coarse_mean=_mean(coarse),
        whole=_correlation(still, moving, both * np.maximum(fair.reshape(len(both), -1), 0.25)),
        colour=colour,
        colour_gap=gap,
        tone_gap=_gap(np.abs(still - moving)),
        one_sided=np.asarray(one_sided.mean(axis=(1, 2)), np.float32),
        part=_part(still, moving, both),
        by_block=np.where(one_sided, np.float32(0.0), plain),
    )


def _part(still: Array, moving: Array, both: Array) -> Array:
    """Trim lines from each edge while one picture is plain there and the other is not: a frame, padding, a page."""
    inside = both.reshape(-1, FINE, FINE)
    sides = []
    for across in (1, 2):  # the axis along a line: columns first, for left and right
        spread = [_spread(rows.reshape(-1, FINE, FINE), inside, across) for rows in (still, moving)]
        other = (np.minimum(*spread) < INFORMATIVE) & (np.maximum(*spread) > 2 * INFORMATIVE)
        other[:, FINE // 2] = False
        sides += [np.argmin(other, axis=1), FINE - np.argmin(other[:, ::-1], axis=1)]
    return np.asarray(np.stack([sides[0], sides[2], sides[1], sides[3]], axis=1) / FINE, np.float32)


def _spread(values: Array, weight: Array, axis: int) -> Array:
    """Standard deviation along an axis of the points that count."""
    total = weight.sum(axis=axis) + 1e-6
    mean = (values * weight).sum(axis=axis) / total
    return np.asarray(np.sqrt(np.maximum((values * values * weight).sum(axis=axis) / total - mean * mean, 0.0)))


def _mean(by_block: Array) -> Array:
    """Mean correlation of the blocks that say something, drawn towards 0 where they are few."""
    said = (~np.isnan(by_block)).sum(axis=(1, 2))
    return np.asarray(np.nansum(by_block, axis=(1, 2)) / (said + 2.0), np.float32)


def _detail(rows: Array) -> Array:
    """What changes quickly: each point less the mean around it."""
    side = round(rows.shape[1] ** 0.5)
    square = np.pad(rows.reshape(-1, side, side), ((0, 0), (DETAIL_SIDE // 2,) * 2, (DETAIL_SIDE // 2,) * 2), mode="edge")
    for axis in (1, 2):
        total = np.cumsum(square, axis=axis, dtype=np.float32)
        first = np.take(total, [DETAIL_SIDE - 1], axis=axis)
        square = np.concatenate([first, _stride(total, axis)], axis=axis)
    return np.asarray(rows - square.reshape(len(rows), -1) / np.float32(DETAIL_SIDE**2), np.float32)


def _stride(total: Array, axis: int) -> Array:
    """Sums over DETAIL_SIDE neighbours, from running totals, without the first."""
    length = total.shape[axis]
    return np.take(total, range(DETAIL_SIDE, length), axis=axis) - np.take(total, range(length - DETAIL_SIDE), axis=axis)


def trusted(pairing: Pairing, warp: Array, count: int) -> tuple[Array, Array]:
    """Which sampling points lie in blocks that agree already, and how well the blocks agree in all.

    Args:
        pairing: What both pictures share.
        warp: The alignment so far.
        count: Sampling points per side, a multiple of BLOCKS.

    Returns:
        Weights of the points, shape (n, count ** 2), and the sum of the fair blocks' correlations, shape (n,).
    """
    by_block, *_ = _blocks(pairing, warp, count)
    known = np.nan_to_num(by_block, nan=0.0)
    weight = np.where(known > 0.4, 1.0, 0.1).astype(np.float32)  # noqa: PLR2004 - half aligned blocks reach this
    size = count // BLOCKS
    points = np.repeat(np.repeat(weight, size, axis=1), size, axis=2).reshape(len(weight), -1)
    return points, np.asarray(np.maximum(known, 0.0).sum(axis=(1, 2)), np.float32)


def _blocks(pairing: Pairing, warp: Array, count: int) -> tuple[Array, Array, Array, Array]:
    """Correlation of every block, and the pixels that it was taken from."""
    points = unit_grid(count)
    still, seen = sample(pairing.still, pairing.copy, through(pairing.still_window, points))
    moving, inside = sample(pairing.moving, pairing.which, through(pairing.moving_window, warped(warp, points)))
    both = (seen & inside).astype(np.float32)
    return _block_correlation(still, moving, both, INFORMATIVE), still, moving, both


def _counted(by_block: Array) -> Array:
    """Share of blocks per range of correlation."""
    place = np.digitize(by_block, EDGES)
    known = ~np.isnan(by_block)
    counts = [((place == step) & known).sum(axis=(1, 2)) for step in range(len(EDGES) + 1)]
    return np.asarray(np.stack(counts, axis=1) / BLOCKS**2, np.float32)


def _correlation(one: Array, other: Array, weight: Array) -> Array:
    """Weighted normalised correlation of rows."""
    total = weight.sum(axis=-1) + 1e-6
    one = (one - ((one * weight).sum(axis=-1) / total)[..., None]) * weight
    other = (other - ((other * weight).sum(axis=-1) / total)[..., None]) * weight
    power = np.sqrt((one * one).sum(axis=-1) * (other * other).sum(axis=-1))
    return np.asarray((one * other).sum(axis=-1) / (power + total))  # one squared gray level per point against noise


def _as_blocks(rows: Array) -> Array:
    size = round(rows.shape[1] ** 0.5) // BLOCKS
    return rows.reshape(-1, BLOCKS, size, BLOCKS, size).transpose(0, 1, 3, 2, 4).reshape(-1, BLOCKS, BLOCKS, size * size)


def _structured(rows: Array, both: Array, least: float) -> NDArray[np.bool_]:
    """Which blocks have structure, and lie in both pictures by at least half?"""
    return np.asarray((_as_blocks(rows).std(axis=-1) > least) & (_as_blocks(both).mean(axis=-1) > _HALF))


def _block_correlation(still: Array, moving: Array, both: Array, least: float) -> Array:
    """Correlation of blocks with structure in both pictures; the others are NaN: what is plain in one contradicts nothing."""
    found = _correlation(_as_blocks(still), _as_blocks(moving), _as_blocks(both))
    said = _structured(still, both, least) & _structured(moving, both, least)
    return np.asarray(np.where(said, found, np.nan), np.float32)


def _colour(chroma: tuple[Array, Array], pairing: Pairing, warp: Array) -> tuple[Array, Array]:
    """Correlation of both colour differences together, and how far they are apart."""
    points = unit_grid(COARSE // 2)
    here, there = through(pairing.still_window, points), through(pairing.moving_window, warped(warp, points))
    row = np.arange(len(here))
    ours, theirs = [], []
    for band in range(2):
        ours.append(sample(chroma[0][band : band + 1], np.zeros_like(row), here)[0])
        theirs.append(sample(np.ascontiguousarray(chroma[1][:, band]), row, there)[0])
    one, other = np.concatenate(ours, axis=1) - 128.0, np.concatenate(theirs, axis=1) - 128.0
    power = np.sqrt((one * one).mean(axis=1) * (other * other).mean(axis=1))
    alike = (one * other).mean(axis=1) / (power + 9.0)  # three levels each: gray pictures give 0
    return np.asarray(alike, np.float32), _gap(np.abs(one - other))


def _gap(differences: Array) -> Array:
    return np.asarray(np.minimum(np.median(differences, axis=1) / GAP_LEVELS, 1.0), np.float32)
