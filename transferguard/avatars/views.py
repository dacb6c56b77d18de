# SPDX-License-Identifier: Apache-2.0
"""The view hash: 256 bits for every window of the grid.

A bit says whether one low-frequency cosine coefficient of the window is positive. Because the sign is taken against zero
and not against the median, a mirrored or turned window has the same coefficients with other signs or in transposed order, so
the eight orientations cost nothing to make. This is *not* imagehash's phash (that one is in `plain_hash`); how much it
wins stands in docs/avatars.md.

All windows are computed at once: the cosine bases of a window are two small matrices over the whole picture, so that no
window is cut out or resized.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.grid import the_grid

LUMA_SIDE = 128
"""Pixels of the square that every picture is reduced to."""

FREQUENCIES = 17
"""Cosine frequencies per axis, 0 to 16 half waves."""

WORDS = 4
"""64-bit words of a view hash; the first holds the lowest frequencies and decides the first look."""

Luma = NDArray[np.float32]
Coefficients = NDArray[np.float32]
Codes = NDArray[np.uint64]

ORIENTATIONS = tuple((swap, flip_x, flip_y) for swap in (False, True) for flip_y in (False, True) for flip_x in (False, True))
"""(transposed, mirrored left-right, mirrored top-bottom); number 0 is upright, number 1 mirrored."""


@lru_cache(maxsize=1)
def _bit_order() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The 256 lowest frequencies without the mean, lowest first."""
    row, column = np.divmod(np.arange(1, FREQUENCIES * FREQUENCIES), FREQUENCIES)
    order = np.lexsort((row, np.maximum(row, column), row * row + column * column))[: 64 * WORDS]
    return row[order], column[order]


def _interval_basis(start: float, end: float) -> NDArray[np.float32]:
    """Cosines over [start, end] averaged over each pixel; shape (frequencies, LUMA_SIDE)."""
    edges = np.clip(np.linspace(0, 1, LUMA_SIDE + 1), start, end)
    phase = np.pi * (edges - start) / (end - start)
    frequency = np.arange(FREQUENCIES)[:, None]
    integral = np.where(frequency == 0, phase[None, :], np.sin(frequency * phase) / np.maximum(frequency, 1))
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
    return np.concatenate([upright, rotated])


def box_coefficients(luma: Luma, boxes: tuple[tuple[float, float, float, float], ...]) -> Coefficients:
    """The same for windows that depend on the picture."""
    found = [_interval_basis(top, bottom) @ luma @ _interval_basis(left, right).T for left, top, right, bottom in boxes]
    return np.stack(found) if found else np.empty((0, FREQUENCIES, FREQUENCIES), np.float32)


def pack(coefficients: Coefficients) -> Codes:
    """Turn coefficients into hashes.

    Args:
        coefficients: Shape (views, frequencies, frequencies).

    Returns:
        Shape (views, WORDS).
    """
    row, column = _bit_order()
    return _packed(coefficients[:, row, column] > 0)


def _packed(bits: NDArray[np.bool_]) -> Codes:
    words = np.ascontiguousarray(np.packbits(bits, axis=1, bitorder="little")).view("<u8")
    found: Codes = np.asarray(words, np.uint64)
    return found


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
    flipped = codes ^ masks[orientation % 4]
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
