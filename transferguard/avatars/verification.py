# SPDX-License-Identifier: Apache-2.0
"""Which hypothesis is true?

Numbered steps, each on fewer and dearer candidates:

1. look: hashes give hypotheses (`first_look`);
2. a glance at few pixels orders them;
3. the best are aligned roughly, the best of those exactly (`alignment`);
4. what remains is compared block by block (`agreement`) and becomes a likeness (`weights`).

The same steps serve one pair and a whole circle; only the number of candidates differs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.agreement import Agreement, agreement, quick_agreement
from transferguard.avatars.alignment import Array, Pairing, align
from transferguard.avatars.fingerprint import Plane
from transferguard.avatars.first_look import Hypotheses, Shelf, look
from transferguard.avatars.views import orientation_matrix
from transferguard.avatars.weights import likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How many candidates each step keeps.

    Args:
        looked: Hypotheses from hashes.
        per_plane: Of these, at most for one picture.
        rough: Aligned roughly.
        exact: Aligned exactly.
        exact_per_plane: Of these, at most for one picture.
    """

    looked: int
    per_plane: int
    rough: int
    exact: int
    exact_per_plane: int


ONE_PAIR = Effort(looked=48, per_plane=48, rough=12, exact=4, exact_per_plane=4)
A_CIRCLE = Effort(looked=240, per_plane=8, rough=24, exact=12, exact_per_plane=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Verified hypotheses, one row each, best likeness first.

    Args:
        plane: Plane on the shelf.
        likeness: Log-odds of a copy before calibration; more means more alike.
        orientation: How the query was oriented.
        still_window: Window in the query, with orientation; shape (n, 2, 3).
        moving_window: Window on the shelf before warping.
        warp: How it was moved.
        agreement: The numbers behind the likeness.
        features: One row per candidate, as `weights` reads them.
    """

    plane: NDArray[np.intp]
    likeness: Array
    orientation: NDArray[np.intp]
    still_window: Array
    moving_window: Array
    warp: Array
    agreement: Agreement
    features: Array


def verify(query: Plane, shelf: Shelf, effort: Effort) -> Candidates | None:
    """Compare one picture with all on a shelf; None where no two windows look alike at all."""
    found = look(query, shelf, keep=effort.looked, per_plane=effort.per_plane)
    if not len(found.plane):
        return None
    windows = _query_windows(query, found), _shelf_windows(shelf, found)
    wanted, which = np.unique(found.plane, return_inverse=True)
    thumbs = np.stack([shelf.planes[plane].thumb for plane in wanted]).astype(np.float32)
    own = query.thumb.astype(np.float32)[None]
    small = Pairing(still=_halved(own), moving=_halved(thumbs), which=which, still_window=windows[0], moving_window=windows[1])
    warp = np.tile(np.eye(3, dtype=np.float32), (len(which), 1, 1))
    glance = quick_agreement(small, warp, 16) - found.distance / 256.0
    rough = np.argsort(-glance, kind="stable")[: effort.rough]
    small = _some(small, rough)
    warp = align(small, warp[rough], count=16, steps=6, projective=False)
    closer = quick_agreement(small, warp, 16)
    chosen = _at_most(np.argsort(-closer, kind="stable"), found.plane[rough], effort)
    picked = rough[chosen]
    large = Pairing(still=own, moving=thumbs, which=which[picked], still_window=windows[0][picked], moving_window=windows[1][picked])
    warp = align(large, warp[chosen], count=32, steps=5, projective=True)
    chroma = query.chroma.astype(np.float32), np.stack([shelf.planes[plane].chroma for plane in wanted]).astype(np.float32)
    agreed = agreement(large, warp, chroma)
    features = _features(agreed, found.take(picked), large, warp)
    return Candidates(
        plane=found.plane[picked],
        likeness=likeness(features),
        orientation=found.orientation[picked],
        still_window=large.still_window,
        moving_window=large.moving_window,
        warp=warp,
        agreement=agreed,
        features=features,
    )


FEATURES = ("blocks", "best", "whole", "informative", "colour", "hash", "area", "larger_area", "shift", "spread", "overlap")


def _features(agreed: Agreement, found: Hypotheses, pairing: Pairing, warp: Array) -> Array:
    area = np.abs(np.linalg.det(np.stack([pairing.still_window[:, :, :2], pairing.moving_window[:, :, :2]])))
    shift = np.abs(warp - np.eye(3, dtype=np.float32)).max(axis=(1, 2))
    columns = [agreed.blocks, agreed.best, agreed.whole, agreed.informative, agreed.colour]
    columns += [
        (1 - found.distance / 128.0).astype(np.float32),
        area.min(axis=0),
        area.max(axis=0),
        np.minimum(shift, 1.0),
        agreed.spread,
        agreed.overlap,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _query_windows(query: Plane, found: Hypotheses) -> Array:
    """Window of the query, oriented: the map of the view after the map of the orientation."""
    window = query.matrices[found.query_view]
    turn = np.stack([orientation_matrix(number) for number in range(8)])[found.orientation]
    linear = window[:, :, :2] @ turn[:, :, :2]
    offset = (window[:, :, :2] @ turn[:, :, 2:])[:, :, 0] + window[:, :, 2]
    return np.concatenate([linear, offset[:, :, None]], axis=2)


def _shelf_windows(shelf: Shelf, found: Hypotheses) -> Array:
    planes = {plane: shelf.planes[plane].matrices for plane in set(found.plane.tolist())}
    return np.stack([planes[plane][view] for plane, view in zip(found.plane.tolist(), found.shelf_view.tolist(), strict=True)])


def _halved(pictures: Array) -> Array:
    side = pictures.shape[1] // 2
    return np.asarray(pictures.reshape(len(pictures), side, 2, side, 2).mean(axis=(2, 4)))


def _some(pairing: Pairing, chosen: NDArray[np.intp]) -> Pairing:
    return Pairing(
        still=pairing.still,
        moving=pairing.moving,
        which=pairing.which[chosen],
        still_window=pairing.still_window[chosen],
        moving_window=pairing.moving_window[chosen],
    )


def _at_most(order: NDArray[np.intp], planes: NDArray[np.intp], effort: Effort) -> NDArray[np.intp]:
    taken: dict[int, int] = {}
    chosen = []
    for at in order.tolist():
        plane = int(planes[at])
        if taken.get(plane, 0) < effort.exact_per_plane:
            taken[plane] = taken.get(plane, 0) + 1
            chosen.append(at)
        if len(chosen) == effort.exact:
            break
    return np.array(chosen, np.intp)
