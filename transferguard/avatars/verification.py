# SPDX-License-Identifier: Apache-2.0
"""Which hypothesis is true?

Numbered steps, each on fewer and dearer candidates:

1. look: hashes give hypotheses (`first_look`);
2. a glance at few pixels orders them;
3. the best are aligned roughly, and most strangers end here: what agrees so little that exact work would not save it;
4. the others are aligned exactly (`alignment`), compared block by block (`agreement`), and get a likeness (`weights`).

The same steps serve one pair and a whole circle; only the number of candidates differs.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.agreement import (
    DETAIL_NAMES,
    FAINT_NAMES,
    INFORMATIVE,
    Agreement,
    RoughAgreement,
    agreement,
    quick_agreement,
    rough_agreement,
    trusted,
)
from transferguard.avatars.alignment import Array, Pairing, Plan, align, anchored, still_to_moving
from transferguard.avatars.consistency import NAMES as CONSISTENCY_NAMES
from transferguard.avatars.fingerprint import THUMB_SIDE, Plane
from transferguard.avatars.first_look import Hypotheses, Shelf, look
from transferguard.avatars.grid import the_grid
from transferguard.avatars.kind import PictureKind
from transferguard.avatars.overlay import uncovered
from transferguard.avatars.pairing import colours, halved, paired, sharpened, some_of
from transferguard.avatars.weights import bits, likeness_of, promise_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How many candidates each step keeps.

    Args:
        looked: Hypotheses from hashes in one round.
        per_plane: Of these, at most for one picture.
        rough: Aligned roughly.
        exact: Aligned exactly.
        exact_per_plane: Of these, at most for one picture.
        promising: Log-odds after rough alignment from which exact work is worth while.
        rounds: Rounds of one search at most.
    """

    looked: int
    per_plane: int
    rough: int
    exact: int
    exact_per_plane: int
    promising: float
    rounds: int


MAX_ROUNDS = 64
"""Rounds of one search: enough for some hundred copies of one picture in a circle, and an end to the work."""

PROMISING = -2.5
"""Log-odds after rough alignment below which a candidate is dropped. Of 718 copies by nine hard attacks 696 are then found, where -2.0
finds 693 and -3.0 697; a stranger costs 2.8 exact alignments, at -2.0 2.2 (check part)."""

ONE_PAIR = Effort(looked=96, per_plane=96, rough=12, exact=4, exact_per_plane=4, promising=PROMISING, rounds=MAX_ROUNDS)
A_CIRCLE = Effort(looked=320, per_plane=8, rough=14, exact=8, exact_per_plane=2, promising=PROMISING, rounds=MAX_ROUNDS)
"""Of 141 copies of photos that had been missed (check part) a true window stood among 200 hypotheses for 48 %, among 400 for 59 %; with the
second glance 400 and 12 of one picture find none of 1,090 copies more than 320 and 8, for nearly twice the time (check part)."""

PLAIN_SHARE = 0.5
"""Share of blocks without structure from which a picture counts as plain: of photos one in twenty, of copies that had been missed four in
five (tune part). Its windows all look alike, so that the true one is seldom among the nearest."""

_PLAIN_BLOCK = 8
"""Pixels per side of such a block."""


def _is_plain(query: Plane) -> bool:
    blocks = query.thumb.astype(np.float32).reshape(THUMB_SIDE // _PLAIN_BLOCK, _PLAIN_BLOCK, -1, _PLAIN_BLOCK)
    return bool((blocks.std(axis=(1, 3)) < INFORMATIVE).mean() >= PLAIN_SHARE)


def _more(effort: Effort) -> Effort:
    """At least twice as much, for pictures with little to go by: of 88 copies missed before that finds 33, and without 14 (tune part)."""
    return replace(
        effort,
        looked=effort.looked * 5 // 2,
        per_plane=3 * effort.per_plane,
        rough=2 * effort.rough,
        exact=2 * effort.exact,
        exact_per_plane=2 * effort.exact_per_plane,
        promising=effort.promising - 1.0,
    )


GLANCE = 9
"""Sampling points per side of a glance."""

ROUGH = Plan(count=16, steps=6, projective=False)
EXACT = Plan(count=32, steps=4, projective=False)
WIDE = Plan(count=36, steps=4, projective=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Verified hypotheses, one row each.

    Args:
        plane: Plane on the shelf.
        kind: What each pair is weighed as: graphic only where both are, because padding makes a graphic of any photo.
        likeness: Log-odds of a copy before calibration; more means more alike.
        weight: The same in bits.
        across: Map from the query to the plane on the shelf, fractions; shape (n, 3, 3).
        agreement: The numbers behind the likeness.
        features: One row per candidate, as `weights` reads them.
        first: The same after rough alignment, when the candidate was found worth exact work.
    """

    plane: NDArray[np.intp]
    kind: tuple[PictureKind, ...]
    likeness: Array
    weight: Array
    across: Array
    agreement: Agreement
    features: Array
    first: Array = field(default_factory=lambda: np.empty((0, 0), np.float32))


def verify(query: Plane, shelf: Shelf, effort: Effort) -> tuple[Candidates, ...]:
    """Compare one picture with all on a shelf.

    Returns:
        Rounds of verified hypotheses; none where no two windows look alike at all. While most of what a round verified are
        copies there is another round, so that a crowd of lookalikes hides nobody.
    """
    query, covered = uncovered(query)
    if covered is not None or _is_plain(query):
        effort = _more(effort)
    left = look(query, shelf, per_plane=effort.per_plane)
    rounds: list[Candidates] = []
    while len(left.plane) and len(rounds) < effort.rounds:
        tried = _round(query, shelf, left.take(np.arange(min(effort.looked, len(left.plane)))), effort, covered=covered)
        if tried is None:
            break
        rounds.append(tried)
        verified, copied = set(tried.plane.tolist()), set(tried.plane[tried.weight > COPIED_BITS].tolist())
        if 2 * len(copied) < len(verified):
            break
        left = left.take(np.flatnonzero([plane not in verified for plane in left.plane.tolist()]))
        effort = replace(effort, exact_per_plane=1)
    return tuple(rounds)


COPIED_BITS = 4.0
"""Bits from which a round counts a picture as one of a crowd of copies."""


def _round(query: Plane, shelf: Shelf, found: Hypotheses, effort: Effort, *, covered: NDArray[np.bool_] | None = None) -> Candidates | None:
    """Steps 2 to 4 for the given hypotheses; None where step 3 leaves nothing."""
    small = paired(query, shelf, found, covered=covered)
    warp = np.tile(np.eye(3, dtype=np.float32), (len(found.plane), 1, 1))
    seen, fitting = quick_agreement(small, GLANCE)
    own = found.query_view >= len(the_grid().matrices)
    hopes = -found.distance / 256.0 + _VOTE * np.log2(_votes(small)) + _OWN_WINDOW * own
    glance = np.asarray(seen + hopes, np.float32)
    rough = _at_a_glance((glance, _FITTING * fitting + hopes), found.distance - _OWN_WINDOW_BITS * own, effort.rough)
    small, found = some_of(small, rough), found.take(rough)
    warp = align(small, warp[rough], ROUGH)
    first = _first_features(rough_agreement(small, warp), found, small, seen=seen[rough], glance=glance[rough])
    promise = promise_of(first)
    order = np.argsort(-promise, kind="stable")
    picked = _at_most(order[promise[order] >= effort.promising], found.plane, effort)
    if not len(picked):
        return None
    tried = _exactly(query, shelf, found.take(picked), small=some_of(small, picked), warp=warp[picked])
    return replace(tried, first=first[picked])


def _exactly(query: Plane, shelf: Shelf, found: Hypotheses, *, small: Pairing, warp: Array) -> Candidates:
    """Step 4 for roughly aligned hypotheses."""
    near = sharpened(query, shelf, found, small=small, warp=warp)
    wide, warp = anchored(near, align(near, warp, EXACT))
    wide, warp = _widened(wide, warp)
    halves = replace(wide, still=halved(wide.still), moving=halved(wide.moving))
    agreed = agreement(wide, halves, warp, chroma=colours(query, shelf, found))
    across = still_to_moving(wide, warp)
    features = _features(agreed, found, wide, across)
    kind = tuple(_pair_kind(query, shelf.planes[plane]) for plane in found.plane)
    likeness = np.array([likeness_of(row[None], each)[0] for row, each in zip(features, kind, strict=True)], np.float32)
    weight = np.array([bits(float(value), each) for value, each in zip(likeness, kind, strict=True)], np.float32)
    return Candidates(
        plane=found.plane,
        kind=kind,
        likeness=likeness,
        weight=weight,
        across=across,
        agreement=agreed,
        features=features,
    )


def _pair_kind(one: Plane, other: Plane) -> PictureKind:
    return PictureKind.PHOTO if PictureKind.PHOTO in (one.kind, other.kind) else PictureKind.GRAPHIC


_OWN_WINDOW, _OWN_WINDOW_BITS = 0.1, 20
"""Correlation, and differing bits, that a hypothesis is worth more when it comes from a window of the query's own content: a picture
found on a page lies there, whatever surrounds it. With the fading edges and the nearest, half of the copies that had not been aligned
are (33 photos and 19 graphics of the second population, tuned)."""

_NEAREST = 4
"""Hypotheses aligned because their hashes are nearest, whatever a glance says."""


_FITTING = 2.0
"""Correlation that what fits is worth when choosing what to align. With it and by turns, a true window of 50 copies of photos that had been
missed is aligned for 34 %, and for 12 % without (tune part; mostly blurred ones with something on top)."""


def _at_a_glance(glances: tuple[Array, Array], distance: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Which hypotheses to align: the nearest by hash, then by turns the best by either glance."""
    wanted = np.argsort(distance, kind="stable")[:_NEAREST].tolist()
    ranked = np.stack([np.argsort(-glance, kind="stable") for glance in glances], axis=1).ravel()
    return np.array(list(dict.fromkeys([*wanted, *ranked.tolist()]))[:count], np.intp)


_VOTE = 0.15
"""Correlation that a doubling of the votes for a hypothesis is worth when choosing what to align (tuned)."""

_SAME_PLACE = 0.1
"""Fraction of a side within which two hypotheses say the same of where a picture's corners lie."""


def _votes(small: Pairing) -> Array:
    """How many hypotheses about the same picture lay it on the query in the same way, itself included; shape (n,)."""
    # Windows are affine: where a point of the query lies in its window, and so in the other's.
    (across, along, left), (down, high, top) = (small.still_window[:, axis].T[:, :, None] for axis in (0, 1))
    x, y = _CORNERS[0] - left, _CORNERS[1] - top
    size = across * high - along * down
    inside = np.stack([(high * x - along * y) / size, (across * y - down * x) / size], axis=1)
    corners = (small.moving_window[:, :, :2] @ inside + small.moving_window[:, :, 2:]).reshape(len(inside), -1)
    one, other = np.nonzero(small.which[:, None] == small.which[None, :])
    near = np.abs(corners.take(one, axis=0) - corners.take(other, axis=0)).max(axis=1) < _SAME_PLACE
    return np.bincount(one[near], minlength=len(inside)).astype(np.float32)


_CORNERS = np.array([[0.2, 0.8, 0.2], [0.2, 0.2, 0.8]], np.float32)
"""Places in the query, of which two hypotheses about one picture say the same or not; x first."""


def _widened(wide: Pairing, warp: Array) -> tuple[Pairing, Array]:
    """Fit all that both pictures share, led by what agrees already; kept only where more agrees than before."""
    trust, before = trusted(wide, warp, WIDE.count)
    fitted = align(wide, warp, WIDE, trust=trust)
    _, after = trusted(wide, fitted, WIDE.count)
    return anchored(wide, np.where((after > before)[:, None, None], fitted, warp))


_STEPS = ("0", "20", "50", "70", "82", "91", "96")
FEATURES = (
    *(f"fine_{step}" for step in _STEPS),
    *(f"coarse_{step}" for step in _STEPS),
    "fine_mean",
    "coarse_mean",
    "whole",
    "colour",
    "colour_gap",
    "tone_gap",
    "one_sided",
    "hash",
    "still_area",
    "moving_area",
    "skew",
    *(f"detail_{name}" for name in DETAIL_NAMES),
    *CONSISTENCY_NAMES,
    *(f"faint_{name}" for name in FAINT_NAMES),
)
"""What the likeness is made of; `fine_70` counts blocks that correlate by 0.70 or more, up to the next."""


def _features(agreed: Agreement, found: Hypotheses, wide: Pairing, across: Array) -> Array:
    still_area = np.abs(np.linalg.det(wide.still_window[:, :, :2]))
    scale = np.abs(np.linalg.det(across[:, :2, :2]))
    moving_area = np.clip(still_area * scale, 0.01, 1.0)
    linear = across[:, :2, :2]
    lengths = np.sqrt((linear * linear).sum(axis=1)) + 1e-6
    skew = np.abs((linear[:, :, 0] * linear[:, :, 1]).sum(axis=1) / (lengths[:, 0] * lengths[:, 1]))
    skew = skew + np.abs(np.log(lengths[:, 0] / lengths[:, 1])) + np.abs(across[:, 2, :2]).sum(axis=1)
    columns = [
        agreed.fine_mean,
        agreed.coarse_mean,
        agreed.whole,
        agreed.colour,
        agreed.colour_gap,
        agreed.tone_gap,
        agreed.one_sided,
        (1 - found.distance / 128.0).astype(np.float32),
    ]
    columns += [np.log2(still_area).astype(np.float32), np.log2(moving_area).astype(np.float32), np.minimum(skew, 2.0)]
    parts = [agreed.fine, agreed.coarse, np.stack(columns, axis=1), agreed.detail, agreed.consistency, agreed.faint]
    return np.concatenate(parts, axis=1).astype(np.float32)


FIRST_FEATURES = (
    *("distance", "seen", "glance", "whole", "unexplained", "contrast", "still_area", "moving_area"),
    *("plain_mean", "detail_mean", "faint_mean", "faint_detail_mean"),
    *(f"{kind}_{part}" for kind in ("plain", "detail", "faint", "faint_detail") for part in ("fair", "bad", "none", "good")),
)
"""What the promise is made of, after rough alignment. Blurred grounds have faint structure only, and are judged by that."""


def _first_features(agreed: RoughAgreement, found: Hypotheses, small: Pairing, *, seen: Array, glance: Array) -> Array:
    by_block = (agreed.plain, agreed.detail, agreed.faint, agreed.faint_detail)
    columns: list[NDArray[Any]] = [found.distance, seen, glance, agreed.whole]
    columns += [-np.log2(np.maximum(1 - agreed.whole, 2.0**-8)), np.log2(agreed.contrast + 1)]
    columns += [np.log2(np.abs(np.linalg.det(window[:, :, :2])) + 1e-3) for window in (small.still_window, small.moving_window)]
    known = [~np.isnan(each) for each in by_block]
    values = [np.nan_to_num(each, nan=0.0) for each in by_block]
    columns += [each.sum(axis=(1, 2)) / (said.sum(axis=(1, 2)) + 2.0) for each, said in zip(values, known, strict=True)]
    for each, said in zip(values, known, strict=True):
        columns += [counted.mean(axis=(1, 2)) for counted in (each > 0.5, said & (each < 0.2), ~said, each > 0.8)]  # noqa: PLR2004 - correlations
    return np.stack(columns, axis=1).astype(np.float32)


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
