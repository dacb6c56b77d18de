# SPDX-License-Identifier: Apache-2.0
"""The pictures behind hypotheses, brought into a form that can be laid on each other.

A hypothesis names two windows; here stand the pixels that they are windows of: halved copies for a first glance, full copies for
the exact work, the sharper of two softened until both show equally much detail. Pixels come from fingerprints, nothing is decoded.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.alignment import Array, Pairing, still_to_moving
from transferguard.avatars.fingerprint import Plane
from transferguard.avatars.first_look import Hypotheses, Shelf
from transferguard.avatars.grid import box_matrix, the_grid
from transferguard.avatars.kind import PictureKind
from transferguard.avatars.views import ORIENTATIONS, orientation_matrix


def paired(query: Plane, shelf: Shelf, found: Hypotheses, *, covered: NDArray[np.bool_] | None = None) -> Pairing:
    """Halved gray copies of the pictures that hypotheses are about; of what is covered in the query nothing is seen."""
    return Pairing(
        still=halved(query.thumb[None]),
        moving=shelf.halves,
        which=found.plane,
        copy=np.zeros_like(found.plane),
        still_window=_query_windows(query, found),
        moving_window=_shelf_windows(shelf, found),
        covered=covered,
        hides=None if covered is None else _hides(query, shelf, found, covered),
    )


def _hides(query: Plane, shelf: Shelf, found: Hypotheses, covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For which hypotheses nothing is asked under a cover: of two graphics the corners beside a disc are, because many are drawn round."""
    hidden = covered.any(axis=1)
    if query.kind is PictureKind.PHOTO or (covered.all(axis=1) == hidden).all():  # a band hides whole lines
        return np.ones(len(found.plane), np.bool_)
    return np.array([shelf.planes[plane].kind is PictureKind.PHOTO for plane in found.plane.tolist()], np.bool_)


def colours(query: Plane, shelf: Shelf, found: Hypotheses) -> tuple[Array, Array]:
    """Colour differences of the query, shape (2, side, side), and of the picture of each hypothesis, (n, 2, side, side)."""
    return query.chroma.astype(np.float32), np.stack([shelf.planes[plane].chroma for plane in found.plane]).astype(np.float32)


def sharpened(query: Plane, shelf: Shelf, found: Hypotheses, *, small: Pairing, warp: Array) -> Pairing:
    """The same pairs at full size, the sharper of two windows softened until both show equally much detail."""
    count = len(found.plane)
    thumbs = np.stack([shelf.planes[plane].thumb for plane in found.plane]).astype(np.float32)
    ratio = np.log2(np.maximum(np.abs(np.linalg.det(still_to_moving(small, warp)[:, :2, :2])), 1e-3)) / 2
    level = np.clip(np.round(ratio), -len(_ROUNDS), len(_ROUNDS)).astype(np.intp)  # doublings by which the moving window is larger
    own = [query.thumb.astype(np.float32)[None]]
    for step, rounds in enumerate(_ROUNDS):
        own.append(_softened(own[-1], rounds))
        coarse = level > step
        if coarse.any():
            thumbs[coarse] = _softened(thumbs[coarse], rounds)
    return replace(small, still=np.concatenate(own), moving=thumbs, which=np.arange(count), copy=np.maximum(-level, 0))


_ROUNDS = (2, 6)
"""Passes of a 1-2-1 filter that take away half the detail, and half of the rest."""


def _softened(pictures: Array, rounds: int) -> Array:
    """Smooth along both axes; the outermost line stays as it is."""
    soft = pictures.copy()
    for _ in range(rounds):
        soft[:, 1:-1] = (soft[:, :-2] + soft[:, 2:]) * np.float32(0.25) + soft[:, 1:-1] * np.float32(0.5)
        soft[:, :, 1:-1] = (soft[:, :, :-2] + soft[:, :, 2:]) * np.float32(0.25) + soft[:, :, 1:-1] * np.float32(0.5)
    return soft


def _query_windows(query: Plane, found: Hypotheses) -> Array:
    """Window of the query, oriented: the map of the view after the map of the orientation."""
    window = _windows([query] * len(found.plane), found.query_view)
    turn = np.stack([orientation_matrix(number) for number in range(len(ORIENTATIONS))])[found.orientation]
    linear = window[:, :, :2] @ turn[:, :, :2]
    offset = (window[:, :, :2] @ turn[:, :, 2:])[:, :, 0] + window[:, :, 2]
    return np.concatenate([linear, offset[:, :, None]], axis=2)


def _shelf_windows(shelf: Shelf, found: Hypotheses) -> Array:
    return _windows([shelf.planes[plane] for plane in found.plane], found.shelf_view)


def _windows(planes: list[Plane], views: NDArray[np.intp]) -> Array:
    """The window of each view: from the grid, or the picture's own content box."""
    fixed = the_grid().matrices
    windows = fixed[np.minimum(views, len(fixed) - 1)]
    for at in np.flatnonzero(views >= len(fixed)):
        windows[at] = box_matrix(planes[at].boxes[views[at] - len(fixed)])
    return windows


def some_of(pairing: Pairing, chosen: NDArray[np.intp]) -> Pairing:
    """The chosen rows, in the given order."""
    return replace(
        pairing,
        which=pairing.which[chosen],
        copy=pairing.copy[chosen],
        hides=None if pairing.hides is None else pairing.hides[chosen],
        still_window=pairing.still_window[chosen],
        moving_window=pairing.moving_window[chosen],
    )


def halved(pictures: NDArray[np.uint8] | Array) -> Array:
    """Copies of half the side; exact, where those of a shelf are rounded."""
    wide = pictures if pictures.dtype == np.float32 else pictures.astype(np.uint16)
    rows = wide[:, ::2] + wide[:, 1::2]
    return np.asarray((rows[:, :, ::2] + rows[:, :, 1::2]) * np.float32(0.25), np.float32)
