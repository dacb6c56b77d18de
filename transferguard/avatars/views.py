# SPDX-License-Identifier: Apache-2.0
"""The view hash: 256 bits for every window of the grid.

A bit says whether one low-frequency cosine coefficient of the window is positive. Because the sign is taken against zero
and not against the median, a mirrored or turned window has the same coefficients with other signs or in transposed order, so
the eight orientations cost nothing to make. This is *not* imagehash's phash (that one is in `plain_hash`); how much it
wins stands in docs/avatars.md.

All windows are computed at once: the cosine bases of a window are two small matrices over the whole picture, so that no
window is cut out or resized. Each window fades out towards its edges, so that corners cut by a circle, frames and a window that
is not quite in place change few bits.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.grid import the_grid

LUMA_SIDE = 128
"""Pixels of the square that every picture is reduced to."""

FREQUENCIES = 18
"""Cosine frequencies per axis, 0 to 17 half waves."""

KEYS = 4
"""Keys of a view hash: a pair of views is compared only where one of them agrees but for one bit."""

KEY_BITS = 20
"""Bits of a key."""

BLANK = 3.0
"""Gray levels: a view with less contrast has no hash, because a plain wall looks like every other."""

WORDS = 4
"""64-bit words of a view hash; the first holds the lowest frequencies and decides the first look."""

WORD_BITS = 64

Luma = NDArray[np.float32]
Coefficients = NDArray[np.float32]
Codes = NDArray[np.uint64]

ORIENTATIONS = tuple((swap, flip_x, flip_y) for swap in (False, True) for flip_y in (False, True) for flip_x in (False, True))
"""(transposed, mirrored left-right, mirrored top-bottom); number 0 is upright, number 1 mirrored."""


@lru_cache(maxsize=1)
def _bit_order() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The 256 lowest frequencies without the mean, the lowest dealt out evenly to the keys, the rest after them."""
    row, column = np.divmod(np.arange(1, FREQUENCIES * FREQUENCIES), FREQUENCIES)
    order = np.lexsort((row, np.maximum(row, column), row * row + column * column))[: 64 * WORDS]
    lowest = order[: KEYS * KEY_BITS].reshape(KEY_BITS, KEYS).T.ravel()
    order = np.concatenate([lowest, order[KEYS * KEY_BITS :]])
    return row[order], column[order]


def _interval_basis(start: float, end: float) -> NDArray[np.float32]:
    """Cosines over [start, end] under half a sine wave, averaged over each pixel; shape (frequencies, LUMA_SIDE)."""
    edges = np.clip(np.linspace(0, 1, LUMA_SIDE + 1), start, end)
    phase = np.pi * (edges - start) / (end - start)
    frequency = np.arange(FREQUENCIES)[:, None]
    # sin(t) cos(f t) = (sin((1 + f) t) + sin((1 - f) t)) / 2, and its integral; at f = 1 the second part vanishes
    falling = np.where(frequency == 1, 0.0, np.cos((1 - frequency) * phase) / np.where(frequency == 1, 1, 1 - frequency))
    integral = -(np.cos((1 + frequency) * phase) / (1 + frequency) + falling) / 2
    return np.diff(integral, axis=1).astype(np.float32)


@lru_cache(maxsize=1)
def _grid_bases() -> tuple[NDArray[np.float32], NDArray[np.intp], NDArray[np.intp]]:
    """Bases of all distinct intervals of the grid, and which of them each upright view uses."""
    spans: dict[tuple[float, float], int] = {}
    columns, rows = [], []
    for left, top, right, bottom in the_grid().upright:
        columns.append(spans.setdefault((left, right), len(spans)))
        rows.append(spans.setdefault((top, bottom), len(spans)))
    return np.stack([_interval_basis(*span) for span in spans]), np.array(columns), np.array(rows)


@lru_cache(maxsize=1)
def _turns() -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """For each rotated view: where its pixels come from, and its centred basis."""
    sources, bases = [], []
    middle = (np.arange(LUMA_SIDE) + 0.5) / LUMA_SIDE - 0.5
    for angle, side in the_grid().rotated:
        turn = np.deg2rad(angle)
        across = 0.5 + np.cos(turn) * middle[None, :] - np.sin(turn) * middle[:, None]
        down = 0.5 + np.sin(turn) * middle[None, :] + np.cos(turn) * middle[:, None]
        column = np.clip((across * LUMA_SIDE).astype(np.intp), 0, LUMA_SIDE - 1)
        row = np.clip((down * LUMA_SIDE).astype(np.intp), 0, LUMA_SIDE - 1)
        sources.append((row * LUMA_SIDE + column).ravel())
        bases.append(_interval_basis(0.5 - side / 2, 0.5 + side / 2))
    return np.stack(sources), np.stack(bases)


def grid_coefficients(luma: Luma) -> Coefficients:
    """Cosine coefficients of all views of the grid.

    Args:
        luma: LUMA_SIDE x LUMA_SIDE, gray levels.

    Returns:
        Shape (views, frequencies, frequencies); row frequency before column frequency.
    """
    bases, columns, rows = _grid_bases()
    across = (luma @ bases.reshape(-1, LUMA_SIDE).T).reshape(LUMA_SIDE, len(bases), FREQUENCIES).transpose(1, 0, 2)
    upright = np.matmul(bases[rows], across[columns])
    sources, centred = _turns()
    turned = luma.ravel()[sources].reshape(len(sources), LUMA_SIDE, LUMA_SIDE)
    rotated = np.matmul(np.matmul(centred, turned), centred.transpose(0, 2, 1))
    return _without_mean(np.concatenate([upright, rotated]))


def box_coefficients(luma: Luma, boxes: tuple[tuple[float, float, float, float], ...]) -> Coefficients:
    """The same for windows that depend on the picture."""
    found = [_interval_basis(top, bottom) @ luma @ _interval_basis(left, right).T for left, top, right, bottom in boxes]
    return _without_mean(np.stack(found)) if found else np.empty((0, FREQUENCIES, FREQUENCIES), np.float32)


def _without_mean(coefficients: Coefficients) -> Coefficients:
    """Take the mean brightness out: under the fading it would show in every even frequency."""
    frequency = np.arange(FREQUENCIES)
    plain = np.where(frequency % 2 == 0, 2.0 / np.where(frequency % 2 == 0, 1 - frequency * frequency, 1), 0.0)
    mean = coefficients[:, :1, :1] / 4.0
    return np.asarray(coefficients - mean * (plain[:, None] * plain[None, :]), np.float32)


def pack(coefficients: Coefficients) -> Codes:
    """Turn coefficients into hashes.

    Args:
        coefficients: Shape (views, frequencies, frequencies).

    Returns:
        Shape (views, WORDS); all bits 0 where a view is blank.
    """
    row, column = _bit_order()
    bits = coefficients[:, row, column] > 0
    return _packed(bits & ~blank(coefficients)[:, None])


def blank(coefficients: Coefficients) -> NDArray[np.bool_]:
    """Which views have too little contrast for a hash?"""
    row, column = _bit_order()
    power = (coefficients[:, row, column] ** 2).sum(axis=1)
    # By Parseval: a cosine of amplitude a under the fading has a coefficient of about a pi / 4 per axis.
    return np.asarray(np.sqrt(2.0 * power) * (2.0 / np.pi) < BLANK)


def _packed(bits: NDArray[np.bool_]) -> Codes:
    words = np.ascontiguousarray(np.packbits(bits, axis=1, bitorder="little")).view("<u8")
    found: Codes = np.asarray(words, np.uint64)
    return found


def key_of(codes: Codes, key: int) -> NDArray[np.uint32]:
    """One key of each hash: a run of KEY_BITS bits.

    Args:
        codes: Shape (views, WORDS).
        key: Which one, below KEYS.
    """
    word, shift = divmod(key * KEY_BITS, WORD_BITS)
    bits = codes[:, word] >> np.uint64(shift)
    if shift + KEY_BITS > WORD_BITS:
        bits = bits | codes[:, word + 1] << np.uint64(WORD_BITS - shift)
    return (bits & np.uint64((1 << KEY_BITS) - 1)).astype(np.uint32)


@lru_cache(maxsize=1)
def _turning() -> tuple[Codes, NDArray[np.intp]]:
    """Per pair of flips the bits that change sign, and for the transpose where each bit comes from."""
    row, column = _bit_order()
    place = {(int(r), int(c)): at for at, (r, c) in enumerate(zip(row, column, strict=True))}
    transposed = np.array([place[int(c), int(r)] for r, c in zip(row, column, strict=True)])
    flips = [(flip_x & column % 2 == 1) ^ (flip_y & row % 2 == 1) for _, flip_x, flip_y in ORIENTATIONS[:4]]
    return _packed(np.stack(flips)), transposed


def oriented(codes: Codes, orientation: int) -> Codes:
    """The hashes that the same windows would have, had each been oriented first.

    Args:
        codes: Shape (views, WORDS).
        orientation: Index into `ORIENTATIONS`.
    """
    masks, transposed = _turning()
    flipped: Codes = codes ^ masks[orientation % 4]
    if not ORIENTATIONS[orientation][0]:
        return flipped
    bits = np.unpackbits(flipped.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    return _packed(bits[:, transposed] > 0)


def orientation_matrix(orientation: int) -> NDArray[np.float32]:
    """The map of the unit square that an orientation stands for; shape (2, 3)."""
    swap, flip_x, flip_y = ORIENTATIONS[orientation]
    x, y = ([-1.0, 0.0, 1.0] if flip_x else [1.0, 0.0, 0.0]), ([0.0, -1.0, 1.0] if flip_y else [0.0, 1.0, 0.0])
    if swap:
        x, y = [x[1], x[0], x[2]], [y[1], y[0], y[2]]
    return np.array([x, y], np.float32)
