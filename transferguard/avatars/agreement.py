# SPDX-License-Identifier: Apache-2.0
"""Do two pictures, laid on each other, show the same?

Turns an aligned pair into numbers that speak for or against a copy. Over all that both pictures share, structure is compared
block by block, at two scales: a badge spoils only the blocks that it covers, and the grain of a photographed screen only the
finer scale. How many blocks agree how well is kept, because many fair blocks and few perfect ones are different evidence.
What these numbers weigh is `weights`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.alignment import Array, Pairing, differing, fallen, sample, still_at, through, unit_grid
from transferguard.avatars.consistency import colour_consistency, tone_consistency
from transferguard.avatars.middle import middle

BLOCKS = 6
"""Blocks per side of what both pictures share."""

FINE, COARSE = 48, 24
"""Sampling points per side, on the gray copies and on their halves."""

INFORMATIVE = 4.0
"""Gray levels: standard deviation from which a block has structure."""

DETAILED = 2.0
"""The same once slow changes of brightness are taken out."""

FAINT, FAINT_DETAIL = 1.2, 0.6
"""Gray levels from which a block counts as faintly structured, with slow changes and without: in a blurred ground no block reaches more,
and yet a copy agrees in all of them. Enough to say what is worth exact work, not to prove anything (tuned)."""

DETAIL_SIDE = 7
"""Sampling points, odd: what is slower than this is taken out of the fine scale, because any sky fits any other sky."""

GAP_LEVELS = 48.0
"""Levels of difference that count as wholly different."""

_FITTING = 0.3
"""Standard deviations of brightness, of what fits, from which a point counts half at a glance (tuned)."""

_HALF = 0.5
"""Share of a block that must lie in both pictures."""

COLOUR = 16
"""Sampling points per side for colours, which are kept small."""

DETAIL_BLOCK = 6
"""Sampling points per side of a small block, in which detail is compared."""

DETAIL_LEVELS = 3.0
"""Gray levels of detail from which a small block says something."""

DETAIL_NAMES = ("whole", "against", "unlike", "fair", "good", "best", "amount", "balance")
"""Correlation of all detail; shares of small blocks with detail that contradict, are unlike, agree fairly, well and best; how much
detail agrees, in bits; and how evenly strong the detail is."""

FAINT_NAMES = ("mean", "bad", "good", "detail_mean", "detail_bad", "detail_good", "unexplained")
"""Of blocks with at least FAINT structure: mean correlation, and shares of all blocks that are unlike and that agree well; the same of
detail; and what of the whole is left unexplained, as a number of halvings."""

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
        detail: How well what changes quickly agrees, by `DETAIL_NAMES`; shape (n, len(DETAIL_NAMES)).
        consistency: What one map of light and colours leaves unexplained, by `consistency.NAMES`; where one picture is plain and the
            other is not (beside a disc, under a banner) nothing is asked.
        faint: How well blocks of faint structure agree, by `FAINT_NAMES`; shape (n, len(FAINT_NAMES)).
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
    detail: Array
    consistency: Array
    faint: Array
    by_block: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class RoughAgreement:
    """How well roughly aligned pairs agree: enough to drop most strangers; every array has one entry per pair.

    Args:
        whole: Correlation of the whole windows.
        plain: Correlation of every block with structure, NaN for the others; shape (n, BLOCKS, BLOCKS).
        detail: The same with slow changes taken out.
        faint: As `plain`, of blocks with at least FAINT structure.
        faint_detail: As `detail`, of blocks with at least FAINT_DETAIL.
        contrast: Standard deviation of the weaker of the two windows, gray levels.
    """

    whole: Array
    plain: Array
    detail: Array
    faint: Array
    faint_detail: Array
    contrast: Array


def quick_agreement(pairing: Pairing, count: int) -> tuple[Array, Array]:
    """Correlation of the whole windows on few points, to choose what is worth aligning; shape (n,).

    The edges count little, as in the view hash: of a round picture on a page the corners would say more than the picture.

    Returns:
        Correlation of all points, and of those that fit times the square of their share: under a sticker a window keeps most of it.
    """
    points = unit_grid(count)
    fading = np.cos(points * np.float32(np.pi / 2)).prod(axis=0) ** 2
    still, seen = still_at(pairing, points)
    moving, inside = sample(pairing.moving, pairing.which, through(pairing.moving_window, points))
    both = np.asarray((seen & inside) * fading, np.float32)
    *_, fit = differing(still, moving, both, fit=np.ones_like(still), misfit=_FITTING)
    fit *= both
    share = fit.sum(axis=1) / (both.sum(axis=1) + 1e-6)
    return _correlation(still, moving, both), np.asarray(_correlation(still, moving, fit) * share * share)


def rough_agreement(pairing: Pairing, warp: Array) -> RoughAgreement:
    """Correlation by block at the coarse scale, to choose what is worth exact work."""
    still, moving, both = _laid(pairing, warp, COARSE)
    slow, quick = _by_block(still, moving, both), _by_block(_detail(still), _detail(moving), both)
    return RoughAgreement(
        whole=_correlation(still, moving, both),
        plain=slow.alike(INFORMATIVE),
        detail=quick.alike(DETAILED),
        faint=slow.alike(FAINT),
        faint_detail=quick.alike(FAINT_DETAIL),
        contrast=np.minimum(_spread(still, both, 1), _spread(moving, both, 1)),
    )


def agreement(large: Pairing, small: Pairing, warp: Array, *, chroma: tuple[Array, Array]) -> Agreement:
    """How well do the pictures agree?

    Args:
        large: What both share, on the gray copies.
        small: The same on their halves.
        warp: Where the alignment ended; shape (n, 3, 3).
        chroma: Colour differences of the still picture, shape (2, side, side), and of each row's moving one, (n, 2, side, side).
    """
    still, moving, both = _laid(large, warp, FINE)
    details = _detail(still), _detail(moving)
    slow, quick = _by_block(still, moving, both), _by_block(*details, both)
    plain, fine = slow.alike(INFORMATIVE), quick.alike(DETAILED)
    coarse = _by_block(*_laid(small, warp, COARSE)).alike(INFORMATIVE)
    ours, theirs, inside = _colours(chroma, large, warp)
    fair = np.repeat(np.repeat(np.nan_to_num(plain, nan=0.5) > 0.5, FINE // BLOCKS, 1), FINE // BLOCKS, 2)  # noqa: PLR2004 - fair
    one_sided = slow.one_sided(INFORMATIVE)
    whole = _correlation(still, moving, both * np.maximum(fair.reshape(len(both), -1), 0.25))
    return Agreement(
        fine=_counted(fine),
        coarse=_counted(coarse),
        fine_mean=_mean(fine),
        coarse_mean=_mean(coarse),
        whole=whole,
        faint=np.stack(
            [*_faint_parts(slow.alike(FAINT)), *_faint_parts(quick.alike(FAINT_DETAIL)), -np.log2(np.maximum(1 - whole, 2.0**-8))], 1
        ).astype(np.float32),
        colour=_colour_correlation(ours[1:], theirs[1:]),
        colour_gap=_gap(np.abs(np.concatenate(ours[1:], axis=1) - np.concatenate(theirs[1:], axis=1))),
        tone_gap=_gap(np.abs(still - moving)),
        one_sided=np.asarray(one_sided.mean(axis=(1, 2)), np.float32),
        part=_part(still, moving, both),
        detail=_detail_agreement(*details, both),
        consistency=np.concatenate(
            [
                tone_consistency(still, moving, both * _spread_out(~one_sided, FINE)),
                colour_consistency(ours, theirs, inside * _spread_out(~one_sided, COLOUR)),
            ],
            1,
        ),
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


def _faint_parts(by_block: Array) -> tuple[Array, Array, Array]:
    known, values = ~np.isnan(by_block), np.nan_to_num(by_block, nan=0.0)
    bad, good = known & (values < 0.3), values > 0.8  # noqa: PLR2004 - correlations
    return _mean(by_block), np.asarray(bad.mean(axis=(1, 2))), np.asarray(good.mean(axis=(1, 2)))


def _spread_out(by_block: NDArray[np.bool_], count: int) -> Array:
    """What is said of blocks, said of the sampling points in them; shape (n, count ** 2)."""
    block = (np.arange(count) * 2 + 1) * BLOCKS // (2 * count)
    return by_block[:, block][:, :, block].reshape(len(by_block), -1).astype(np.float32)


def _mean(by_block: Array) -> Array:
    """Mean correlation of the blocks that say something, drawn towards 0 where they are few."""
    said = (~np.isnan(by_block)).sum(axis=(1, 2))
    return np.asarray(np.nansum(by_block, axis=(1, 2)) / (said + 2.0), np.float32)


def _detail(rows: Array) -> Array:
    """What changes quickly: each point less the mean around it."""
    side = round(rows.shape[1] ** 0.5)
    around = _around(side)
    return np.asarray(rows - (around @ rows.reshape(-1, side, side) @ around.T).reshape(len(rows), -1), np.float32)


@lru_cache(maxsize=4)
def _around(side: int) -> Array:
    """Means over DETAIL_SIDE neighbours in a line, the outermost one repeated beyond each edge; shape (side, side)."""
    line, reach = np.arange(side)[:, None], DETAIL_SIDE // 2
    weight = np.zeros((side, side), np.float32)
    np.add.at(weight, (line, np.clip(line + np.arange(-reach, reach + 1), 0, side - 1)), np.float32(1 / DETAIL_SIDE))
    return weight


def trusted(pairing: Pairing, warp: Array, count: int) -> tuple[Array, Array]:
    """Which sampling points lie in blocks that agree already, and how well the blocks agree in all.

    Args:
        pairing: What both pictures share.
        warp: The alignment so far.
        count: Sampling points per side, a multiple of BLOCKS.

    Returns:
        Weights of the points, shape (n, count ** 2), and the sum of the fair blocks' correlations, shape (n,).
    """
    by_block = _by_block(*_laid(pairing, warp, count)).alike(INFORMATIVE)
    known = np.nan_to_num(by_block, nan=0.0)
    weight = np.where(known > 0.4, 1.0, 0.1).astype(np.float32)  # noqa: PLR2004 - half aligned blocks reach this
    size = count // BLOCKS
    points = np.repeat(np.repeat(weight, size, axis=1), size, axis=2).reshape(len(weight), -1)
    return points, np.asarray(np.maximum(known, 0.0).sum(axis=(1, 2)), np.float32)


def _laid(pairing: Pairing, warp: Array, count: int) -> tuple[Array, Array, Array]:
    """Brightness of both pictures at a square of points, and 1 where a point lies in both."""
    points = unit_grid(count)
    still, seen = still_at(pairing, points)
    moving, inside = sample(pairing.moving, pairing.which, fallen(pairing.moving_window, warp, points))
    return still, moving, (seen & inside).astype(np.float32)


def _counted(by_block: Array) -> Array:
    """Share of blocks per range of correlation."""
    place = np.digitize(by_block, EDGES)
    known = ~np.isnan(by_block)
    counts = [((place == step) & known).sum(axis=(1, 2)) for step in range(len(EDGES) + 1)]
    return np.asarray(np.stack(counts, axis=1) / BLOCKS**2, np.float32)


def _correlation(one: Array, other: Array, weight: Array) -> Array:
    """Weighted normalised correlation along the second axis."""
    total = weight.sum(axis=1) + 1e-6
    one, other = ((rows - ((rows * weight).sum(axis=1) / total)[:, None]) * weight for rows in (one, other))
    power = np.sqrt((one * one).sum(axis=1) * (other * other).sum(axis=1))
    return np.asarray((one * other).sum(axis=1) / (power + total))  # one squared gray level per point against noise


def _as_blocks(rows: Array) -> Array:
    """Shape (n, points of a block, BLOCKS, BLOCKS): what is summed along the second axis is summed for all blocks at once."""
    size = round(rows.shape[1] ** 0.5) // BLOCKS
    return rows.reshape(-1, BLOCKS, size, BLOCKS, size).transpose(0, 2, 4, 1, 3).reshape(-1, size * size, BLOCKS, BLOCKS)


def _contrast(blocks: Array) -> Array:
    """Standard deviation of each block."""
    off = blocks - blocks.mean(axis=1, keepdims=True)
    off *= off
    return np.asarray(np.sqrt(off.mean(axis=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ByBlock:
    """Two pictures block by block; shapes (n, BLOCKS, BLOCKS).

    Args:
        correlation: Of each block, whether it has structure or not.
        contrast: Standard deviations in the still and in the moving picture.
        known: Which blocks lie in both pictures by at least half.
    """

    correlation: Array
    contrast: tuple[Array, Array]
    known: NDArray[np.bool_]

    def alike(self, least: float) -> Array:
        """Correlation of blocks with structure in both pictures; the others are NaN: what is plain in one contradicts nothing."""
        return np.where(self.known & (np.minimum(*self.contrast) > least), self.correlation, np.float32(np.nan))

    def one_sided(self, least: float) -> NDArray[np.bool_]:
        """Which blocks have structure in one picture only."""
        ours, theirs = (each > least for each in self.contrast)
        return np.asarray(self.known & (ours ^ theirs))


def _by_block(still: Array, moving: Array, both: Array) -> _ByBlock:
    one, other, weight = _as_blocks(still), _as_blocks(moving), _as_blocks(both)
    return _ByBlock(
        correlation=_correlation(one, other, weight),
        contrast=(_contrast(one), _contrast(other)),
        known=np.asarray(weight.mean(axis=1) > _HALF),
    )


Colours = tuple[Array, Array, Array]


def _colours(chroma: tuple[Array, Array], pairing: Pairing, warp: Array) -> tuple[Colours, Colours, Array]:
    """Brightness and colour differences of both pictures at few points, and which of them lie in both."""
    points = unit_grid(COLOUR)
    here, there = through(pairing.still_window, points), fallen(pairing.moving_window, warp, points)
    row, one = np.arange(len(warp)), np.zeros(len(warp), np.intp)
    ours, seen = still_at(pairing, points)
    theirs, inside = sample(pairing.moving, pairing.which, there)
    blue, red = (sample(chroma[0][band : band + 1], one, here)[0] - 128 for band in range(2))
    their_blue, their_red = (sample(np.ascontiguousarray(chroma[1][:, band]), row, there)[0] - 128 for band in range(2))
    return (ours, blue, red), (theirs, their_blue, their_red), (seen & inside).astype(np.float32)


def _colour_correlation(ours: tuple[Array, Array], theirs: tuple[Array, Array]) -> Array:
    """Correlation of both colour differences together."""
    one, other = np.concatenate(ours, axis=1), np.concatenate(theirs, axis=1)
    power = np.sqrt((one * one).mean(axis=1) * (other * other).mean(axis=1))
    return np.asarray((one * other).mean(axis=1) / (power + 9.0), np.float32)  # three levels each: gray pictures give 0


def _detail_agreement(still: Array, moving: Array, both: Array) -> Array:
    """How much of the detail agrees, and how much contradicts, in small blocks."""
    side, size = FINE // DETAIL_BLOCK, DETAIL_BLOCK
    power, other, shared, points = (
        rows.reshape(-1, side, size, side * size).sum(axis=2).reshape(-1, side, side, size).sum(axis=3)
        for rows in (still * still * both, moving * moving * both, still * moving * both, both)
    )
    points = points + np.float32(1e-3)
    alike = shared / (np.sqrt(power * other) + 4 * points)  # two levels each against noise
    gain = (other.sum(axis=(1, 2)) + 1) / (power.sum(axis=(1, 2)) + 1)
    ours, theirs = np.sqrt(power * gain[:, None, None] / points), np.sqrt(other / points)
    weaker, stronger = np.minimum(ours, theirs), np.maximum(ours, theirs)
    balance = weaker / (stronger + 2)
    said = (stronger > DETAIL_LEVELS) & (points > size * size / 2)
    columns = [
        shared.sum(axis=(1, 2)) / (np.sqrt(power.sum(axis=(1, 2)) * other.sum(axis=(1, 2))) + 1),
        *((said & (alike < edge)).mean(axis=(1, 2)) for edge in (0.4, 0.7)),
        *((said & (alike > edge) & (balance > even)).mean(axis=(1, 2)) for edge, even in ((0.7, 0.4), (0.85, 0.5), (0.93, 0.6))),
        np.where(said & (alike > 0.7), np.log2(1 + weaker), 0).mean(axis=(1, 2)),  # noqa: PLR2004 - agrees
        np.where(said, balance, 0).sum(axis=(1, 2)) / (said.sum(axis=(1, 2)) + 1),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _gap(differences: Array) -> Array:
    return np.asarray(np.minimum(middle(differences) / GAP_LEVELS, 1.0), np.float32)
