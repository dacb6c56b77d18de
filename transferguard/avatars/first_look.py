# SPDX-License-Identifier: Apache-2.0
"""Which parts of which pictures might show the same?

Compares hashes only, every view of one picture with every view of all others. To do so at all, a pair of views is looked at
only where one of its four keys agrees but for one bit (multi-index hashing): all such keys of the query are written into a
table, and one pass over the shelf looks them up. What comes out are hypotheses, "this window of yours is that window of his,
mirrored", best first. Whether a hypothesis is true is decided against pixels by `alignment` and `agreement`.

Rule owned here (design, rule 9): the work per picture on the shelf is one pass over its views.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.fingerprint import Plane
from transferguard.avatars.grid import the_grid
from transferguard.avatars.views import KEY_BITS, KEYS, ORIENTATIONS, WORDS, Codes, keys, oriented

MIRRORS = (0, 1)
"""Orientations in which every view is compared; the other six only for large views."""

FAR = 92
"""Differing bits of 256 from which a pair of views is dropped: a thousandth of unrelated pairs are nearer."""

FAR_FIRST = 20
"""The same of the first 64."""

CROWD = 48
"""Most views of the query that one key stands for; what is left out is plain and would be met anyway."""

PAIRS = 400_000
"""Most pairs of views looked at per key; a shelf of plain pictures cannot make a search endless."""


_OWNER_BITS = 16
"""Bits for the number of a view of the query: 327 views in eight orientations need 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Planes laid out for the first look.

    Args:
        planes: In the order that `plane` counts.
        codes: Hashes of all views that have one; shape (views, WORDS).
        first: Their first words, on their own so that most pairs are dropped after one short read.
        keys: Their keys, as places in a table; shape (KEYS, views).
        plane: Which plane each view belongs to.
        view: Which view of that plane it is.
    """

    planes: tuple[Plane, ...]
    codes: Codes
    first: Codes
    keys: NDArray[np.intp]
    plane: NDArray[np.int32]
    view: NDArray[np.int16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """Pairs of windows that look alike, best first.

    Args:
        plane: Plane on the shelf.
        query_view: View of the query plane.
        shelf_view: View of the plane on the shelf.
        orientation: How the query's window must be oriented to look like the other.
        distance: Differing bits of 256.
    """

    plane: NDArray[np.intp]
    query_view: NDArray[np.intp]
    shelf_view: NDArray[np.intp]
    orientation: NDArray[np.intp]
    distance: NDArray[np.intp]

    def take(self, chosen: NDArray[np.intp]) -> "Hypotheses":
        """Some of them, in the given order."""
        return Hypotheses(
            plane=self.plane[chosen],
            query_view=self.query_view[chosen],
            shelf_view=self.shelf_view[chosen],
            orientation=self.orientation[chosen],
            distance=self.distance[chosen],
        )


def lay_out(planes: tuple[Plane, ...]) -> Shelf:
    """Arrange planes for the first look."""
    codes = np.concatenate([np.empty((0, WORDS), np.uint64), *(plane.codes for plane in planes)])
    counts = [len(plane.codes) for plane in planes]
    owner = np.repeat(np.arange(len(planes), dtype=np.int32), counts)
    view = np.concatenate([np.empty(0, np.int16), *(np.arange(count, dtype=np.int16) for count in counts)])
    said = codes.any(axis=1)
    codes = codes[said]
    places = keys(codes).astype(np.intp)
    first = np.ascontiguousarray(codes[:, 0])
    return Shelf(planes=planes, codes=codes, first=first, keys=places, plane=owner[said], view=view[said])


def look(query: Plane, shelf: Shelf, *, per_plane: int) -> Hypotheses:
    """Which windows look alike?

    Args:
        query: The picture in question.
        shelf: The pictures to compare it with.
        per_plane: Hypotheses wanted at most for one plane.
    """
    codes, view, orientation = _asked(query)
    ours, theirs = _meetings(keys(codes), shelf)
    near = np.flatnonzero(np.bitwise_count(codes[:, 0][ours] ^ shelf.first[theirs]) <= FAR_FIRST)
    ours, theirs = ours[near], theirs[near]
    differing = np.bitwise_count(codes[ours] ^ shelf.codes[theirs])
    distance = sum((differing[:, word] for word in range(1, WORDS)), start=differing[:, 0].astype(np.intp))
    near = np.flatnonzero(distance <= FAR)
    ours, theirs, distance = ours[near], theirs[near], distance[near]
    _, once = np.unique(theirs.astype(np.int64) * len(codes) + ours, return_index=True)
    ours, theirs, distance = ours[once], theirs[once], distance[once]
    found = Hypotheses(
        plane=shelf.plane[theirs].astype(np.intp),
        query_view=view[ours],
        shelf_view=shelf.view[theirs].astype(np.intp),
        orientation=orientation[ours],
        distance=distance,
    )
    return _best(found, per_plane)


def _asked(query: Plane) -> tuple[Codes, NDArray[np.intp], NDArray[np.intp]]:
    """Hashes of the query in the orientations in which they are compared, with view and orientation of each."""
    said = np.flatnonzero(query.codes.any(axis=1))
    own = np.arange(len(the_grid().matrices), len(query.codes))  # content windows
    large = np.intersect1d(said, np.concatenate([np.array(the_grid().large, np.intp), own]))
    parts = []
    for number in range(len(ORIENTATIONS)):
        chosen = said if number in MIRRORS else large
        parts.append((oriented(query.codes[chosen], number), chosen, np.full(len(chosen), number)))
    codes, view, orientation = (np.concatenate(each) for each in zip(*parts, strict=True))
    return codes, view, orientation


def _meetings(ours: NDArray[np.uint32], shelf: Shelf) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of views with a key in common but for one bit, some of them more than once."""
    flips = np.concatenate([[0], 1 << np.arange(KEY_BITS)]).astype(np.uint32)
    number = np.arange(ours.shape[1])
    left, right = [], []
    for key in range(KEYS):
        # Key and owner in one number, so that sorting needs no ties to be kept in order.
        both = np.sort(((ours[key][:, None] ^ flips).astype(np.int64) << _OWNER_BITS | number[:, None]).ravel())
        asked, owner = both >> _OWNER_BITS, both & (1 << _OWNER_BITS) - 1
        first = np.flatnonzero(np.concatenate([[True], asked[1:] != asked[:-1]]))
        known = np.zeros(1 << KEY_BITS, np.bool_)
        known[asked[first]] = True
        met = np.flatnonzero(known.take(shelf.keys[key]))
        place = shelf.keys[key][met]
        start_of = np.empty(1 << KEY_BITS, np.int32)
        start_of[asked[first]] = first
        count_of = np.empty(1 << KEY_BITS, np.uint8)
        count_of[asked[first]] = np.minimum(np.diff(np.append(first, len(asked))), CROWD)
        start, count = start_of.take(place), count_of.take(place).astype(np.intp)
        until = np.cumsum(count)
        if len(until) and until[-1] > PAIRS:
            fitting = int(np.searchsorted(until, PAIRS))
            met, start, count, until = met[:fitting], start[:fitting], count[:fitting], until[:fitting]
        left.append(owner[np.repeat(start - until + count, count) + np.arange(int(count.sum()))])
        right.append(np.repeat(met, count))
    return np.concatenate(left), np.concatenate(right)


def _best(every: Hypotheses, per_plane: int) -> Hypotheses:
    """The nearest, at most `per_plane` of each plane; equal distances keep the order in which they were found."""
    order = np.argsort(every.distance, kind="stable")
    by_plane = order[np.argsort(every.plane[order], kind="stable")]
    planes = every.plane[by_plane]
    starts = np.flatnonzero(np.concatenate([[True], planes[1:] != planes[:-1]])) if len(planes) else np.empty(0, np.intp)
    rank = np.arange(len(planes)) - np.repeat(starts, np.diff(np.append(starts, len(planes))))
    chosen = by_plane[rank < per_plane]
    chosen = chosen[np.lexsort((chosen, every.distance[chosen]))]
    return every.take(chosen)
