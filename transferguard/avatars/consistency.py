# SPDX-License-Identifier: Apache-2.0
"""Is there one change of light and colours that turns one picture into the other?

Whoever darkens, tints or fades a picture does it to all of it. Two heads by one artist, or two portraits before the same wall,
have the same outlines, but hair, skin and coat are others each in its own way: no single map explains them. So one map of
brightness and one of colours is fitted, led by what fits, and what it leaves unexplained is told by quantiles over blocks: a
badge spoils the last few, a sibling many. Fitted in both directions, because a map onto gray explains everything.

What these numbers weigh is `weights`.
"""

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.alignment import Array, unit_grid

BLOCKS = 8
"""Blocks per side of what both pictures share."""

_TONE_SIDE = 24
"""Points per side at which brightness is compared: half of what agreement samples, averaged."""

_TONE_MISFIT, _COLOUR_MISFIT = 0.2, 0.15
"""Residual at which a point counts half in the next round: 13 levels of brightness, 5 of colour difference."""

_ROUNDS = 3
_RIDGE = np.float32(1e-3)
_QUANTILES = (0.5, 0.8, 0.92)
_TONE_BAD, _COLOUR_BAD = 0.15, 0.25
"""Block residuals that no encoder leaves: parts of the picture's own spread, and of 32 levels of colour difference."""

_WAYS = ("there", "back")
NAMES = tuple(f"tone_{way}_{part}" for way in _WAYS for part in ("50", "80", "92", "bad")) + tuple(
    f"colours_{way}_{part}" for way in _WAYS for part in ("50", "80", "92", "bad", "spread", "share")
)
"""What is left unexplained, from the still picture to the moving one and back; `spread` is how colourful the target is."""


def tone_consistency(still: Array, moving: Array, both: Array) -> Array:
    """What one map of brightness leaves unexplained; shape (n, 8).

    Args:
        still: Brightness at a square grid of points, shape (n, points), an even number per side.
        moving: The same points in the other picture.
        both: 1 where a point lies in both.
    """
    (source, target), both = _both_ways(_pooled(still), _pooled(moving)), np.tile(_pooled(both), (2, 1))
    across, down = unit_grid(_TONE_SIDE)
    level = _centred(source, both) / 64
    wanted = _centred(target, both)
    spread = np.sqrt((wanted * wanted * both).sum(axis=1) / (both.sum(axis=1) + 1e-3))
    # A curve of brightness, and a slope of light over the picture, as on a photographed screen.
    terms = np.stack([np.ones_like(level), level, level * level, *(np.broadcast_to(each / 2, level.shape) for each in (across, down))], 1)
    left = 64 * _unexplained(terms, np.asarray(wanted[:, None] / 64, np.float32), both, _TONE_MISFIT)
    by_block, known = _by_block(left, both)
    relative = by_block / np.maximum(spread, 4.0)[:, None]
    return _there_and_back([*_quantiles(relative, known), ((relative > _TONE_BAD) & known).mean(axis=1)])


def colour_consistency(still: tuple[Array, Array, Array], moving: tuple[Array, Array, Array], both: Array) -> Array:
    """What one map of colours leaves unexplained; shape (n, 12).

    Args:
        still: Brightness, blue and red difference at a square grid of points, each of shape (n, points).
        moving: The same points in the other picture.
        both: 1 where a point lies in both.
    """
    ways = [_both_ways(ours, theirs) for ours, theirs in zip(still, moving, strict=True)]
    (level, blue, red), target, both = [source for source, _ in ways], [target for _, target in ways[1:]], np.tile(both, (2, 1))
    terms = np.stack([np.ones_like(both), (level - 128) / 64, blue / 32, red / 32], 1)
    wanted = np.asarray(np.stack(target, 1) / 32, np.float32)
    left = _unexplained(terms, wanted, both, _COLOUR_MISFIT)
    centred = wanted - ((wanted * both[:, None]).sum(axis=2) / (both.sum(axis=1) + 1e-3)[:, None])[:, :, None]
    spread = np.sqrt(((centred * centred).sum(axis=1) * both).sum(axis=1) / (both.sum(axis=1) + 1e-3))
    by_block, known = _by_block(left, both)
    middle, most, nearly_all = _quantiles(by_block, known)
    return _there_and_back([middle, most, nearly_all, ((by_block > _COLOUR_BAD) & known).mean(axis=1), spread, most / (spread + 0.1)])


def _both_ways(still: Array, moving: Array) -> tuple[Array, Array]:
    """What is mapped, and onto what: all pairs there, and then all of them back."""
    return np.concatenate([still, moving]), np.concatenate([moving, still])


def _there_and_back(columns: list[Array]) -> Array:
    """The same of both ways beside each other; shape (n, twice the columns)."""
    return np.concatenate(np.split(np.stack(columns, axis=1).astype(np.float32), 2), axis=1)


def _pooled(rows: Array) -> Array:
    """Means of two by two points."""
    side = round(rows.shape[1] ** 0.5) // 2
    lines = rows.reshape(-1, side, 2, 2 * side).sum(axis=2)
    return np.asarray((lines[:, :, ::2] + lines[:, :, 1::2]).reshape(len(rows), -1) / 4, np.float32)


def _centred(rows: Array, both: Array) -> Array:
    return np.asarray(rows - (rows * both).sum(axis=1, keepdims=True) / (both.sum(axis=1, keepdims=True) + 1e-3))


def _unexplained(terms: Array, wanted: Array, both: Array, misfit: float) -> Array:
    """Length of the residual at each point after a fit by least squares, in which what does not fit counts less each round.

    Args:
        terms: Shape (n, terms, points).
        wanted: Shape (n, values, points).
        both: Weight of each point before anything is known, shape (n, points).
        misfit: Residual at which a point counts half in the next round.
    """
    trust, size = both, terms.shape[1]
    ridge = np.eye(size, dtype=np.float32) * _RIDGE * (both.sum(axis=1) + 1)[:, None, None]
    length = both
    for _ in range(_ROUNDS):
        weighted = terms * trust[:, None]
        found = np.linalg.solve(weighted @ terms.transpose(0, 2, 1) + ridge, weighted @ wanted.transpose(0, 2, 1))
        left = wanted - found.transpose(0, 2, 1) @ terms
        length = np.sqrt((left * left).sum(axis=1))
        trust = both / (1 + (length / misfit) ** 2)
    return np.asarray(length, np.float32)


def _by_block(left: Array, both: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Mean of each block over what lies in both pictures, and whether that is at least half of it; shape (n, BLOCKS ** 2)."""
    size = round(left.shape[1] ** 0.5) // BLOCKS
    total, points = (_summed(rows, size) for rows in (left * both, both))
    return np.asarray(total / (points + 1e-3)), np.asarray(points > size * size / 2)


def _summed(rows: Array, size: int) -> Array:
    lines = rows.reshape(-1, BLOCKS, size, BLOCKS * size).sum(axis=2)
    return np.asarray(lines.reshape(-1, BLOCKS, BLOCKS, size).sum(axis=3).reshape(len(rows), -1))


def _quantiles(by_block: Array, known: NDArray[np.bool_]) -> Array:
    """Quantiles over the blocks that are known, in order; 1 where none is."""
    ordered = np.sort(np.where(known, by_block, np.inf), axis=1)
    last = np.maximum(known.sum(axis=1) - 1, 0)
    found = [ordered[np.arange(len(ordered)), np.round(share * last).astype(np.intp)] for share in _QUANTILES]
    return np.where(np.isfinite(found), found, 1.0)
