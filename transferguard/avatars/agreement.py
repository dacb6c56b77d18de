# SPDX-License-Identifier: Apache-2.0
"""Do two windows, laid on each other, show the same?

Turns an aligned pair of windows into a few numbers that speak for or against a copy: agreement of structure block by block,
so that a badge spoils only the blocks it covers; agreement as a whole; agreement of colour; how much structure there was to
compare; and how far the windows had to move. What these numbers weigh is `weights`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.alignment import Array, Pairing, moving_to_still, projected, sample, through, unit_grid, warped

COUNT = 48
"""Sampling points per side of a window."""

BLOCKS = 6
"""Blocks per side."""

INFORMATIVE = 4.0
"""Gray levels: standard deviation from which a block has structure."""

_BEST_SHARE = 0.6
"""Share of the informative blocks in `best`: an overlay may cover up to 36 % of a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well each pair of windows agrees; every array has one entry per pair.

    Args:
        blocks: Mean normalised correlation of informative blocks, -1..1.
        best: The same over the best 60 % of them.
        whole: Correlation of the whole windows.
        informative: Share of blocks with structure in either window, 0..1.
        colour: Correlation of the colour differences, -1..1; 0 where there is no colour.
        spread: Mean correlation of informative blocks over all that both pictures share, not the window alone.
        overlap: Share of the moving picture that the still one shows.
        by_block: Correlation of every block of the whole moving picture, NaN where there is no structure or nothing to
            compare; shape (n, BLOCKS, BLOCKS).
        across: Map from the moving picture to the still one, fractions; shape (n, 3, 3).
    """

    blocks: Array
    best: Array
    whole: Array
    informative: Array
    colour: Array
    spread: Array
    overlap: Array
    by_block: Array
    across: Array


def quick_agreement(pairing: Pairing, warp: Array, count: int) -> Array:
    """Correlation of the whole windows on few points, to choose what is worth aligning; shape (n,)."""
    points = unit_grid(count)
    still, seen = sample(pairing.still, np.zeros_like(pairing.which), through(pairing.still_window, points))
    moving, inside = sample(pairing.moving, pairing.which, through(pairing.moving_window, warped(warp, points)))
    return _correlation(still, moving, (seen & inside).astype(np.float32))


def agreement(pairing: Pairing, warp: Array, chroma: tuple[Array, Array]) -> Agreement:
    """How well do the windows agree?

    Args:
        pairing: The windows.
        warp: Where the alignment ended; shape (n, 3, 3).
        chroma: Colour differences of the still picture, shape (2, side, side), and of the moving ones, (pictures, 2, side, side).
    """
    points = unit_grid(COUNT)
    here, there = through(pairing.still_window, points), through(pairing.moving_window, warped(warp, points))
    still, seen = sample(pairing.still, np.zeros_like(pairing.which), here)
    moving, inside = sample(pairing.moving, pairing.which, there)
    both = (seen & inside).astype(np.float32)
    by_block = _block_correlation(still, moving, both)
    known = ~np.isnan(by_block)
    counted = known.sum(axis=(1, 2))
    flat = np.where(known, by_block, 0.0).reshape(len(by_block), -1)
    ordered = -np.sort(np.where(known, -by_block, 9.0).reshape(len(by_block), -1), axis=1)
    wanted = np.maximum(1, np.ceil(_BEST_SHARE * counted))
    best = np.where(np.arange(ordered.shape[1])[None, :] < wanted[:, None], ordered, 0.0)
    best = np.where(ordered < -2, 0.0, best)  # noqa: PLR2004 - the filler of blocks without structure
    across = moving_to_still(pairing, warp)
    everywhere = points * 0.5 + 0.5
    full_here = projected(across, everywhere)
    still_full, seen_full = sample(pairing.still, np.zeros_like(pairing.which), full_here)
    moving_full, _ = sample(pairing.moving, pairing.which, np.broadcast_to(everywhere, full_here.shape))
    by_part = _block_correlation(still_full, moving_full, seen_full.astype(np.float32))
    return Agreement(
        blocks=(flat.sum(axis=1) / np.maximum(counted, 1)).astype(np.float32),
        best=(best.sum(axis=1) / wanted).astype(np.float32),
        whole=_correlation(still, moving, both),
        informative=(counted / BLOCKS**2).astype(np.float32),
        colour=_colour(chroma, pairing.which, here, there),
        spread=(np.nansum(by_part, axis=(1, 2)) / np.maximum((~np.isnan(by_part)).sum(axis=(1, 2)), 1)).astype(np.float32),
        overlap=seen_full.mean(axis=1).astype(np.float32),
        by_block=by_part,
        across=across,
    )


def _correlation(one: Array, other: Array, weight: Array) -> Array:
    """Weighted normalised correlation of rows."""
    total = weight.sum(axis=-1) + 1e-6
    one = (one - ((one * weight).sum(axis=-1) / total)[..., None]) * weight
    other = (other - ((other * weight).sum(axis=-1) / total)[..., None]) * weight
    power = np.sqrt((one * one).sum(axis=-1) * (other * other).sum(axis=-1))
    return np.asarray((one * other).sum(axis=-1) / (power + total))  # one squared gray level per point against noise


def _as_blocks(rows: Array) -> Array:
    size = COUNT // BLOCKS
    return rows.reshape(-1, BLOCKS, size, BLOCKS, size).transpose(0, 1, 3, 2, 4).reshape(-1, BLOCKS, BLOCKS, size * size)


def _block_correlation(still: Array, moving: Array, both: Array) -> Array:
    one, other, weight = _as_blocks(still), _as_blocks(moving), _as_blocks(both)
    found = _correlation(one, other, weight)
    structure = np.maximum(one.std(axis=-1), other.std(axis=-1)) > INFORMATIVE
    covered = weight.mean(axis=-1) > 0.5  # noqa: PLR2004 - half a block outside says nothing
    return np.asarray(np.where(structure & covered, found, np.nan), np.float32)


def _colour(chroma: tuple[Array, Array], which: NDArray[np.intp], here: Array, there: Array) -> Array:
    """Correlation of both colour differences together, on every sixteenth point."""
    size = COUNT
    pick = (np.arange(2, size, 4)[:, None] * size + np.arange(2, size, 4)[None, :]).ravel()
    ours, theirs = [], []
    for band in range(2):
        ours.append(sample(chroma[0][band : band + 1], np.zeros_like(which), here[:, pick])[0])
        theirs.append(sample(np.ascontiguousarray(chroma[1][:, band]), which, there[:, pick])[0])
    one, other = np.concatenate(ours, axis=1) - 128.0, np.concatenate(theirs, axis=1) - 128.0
    power = np.sqrt((one * one).mean(axis=1) * (other * other).mean(axis=1))
    return np.asarray((one * other).mean(axis=1) / (power + 9.0), np.float32)  # three levels each: gray pictures give 0
