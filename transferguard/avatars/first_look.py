# SPDX-License-Identifier: Apache-2.0
"""Which parts of which pictures might show the same?

Compares hashes only, every view of one picture with every view of all others. To do so at all, a pair of views is looked at
only where one of its four keys agrees but for one bit (multi-index hashing), and read in full only where the other three are near.
A shelf that is asked often is sorted by each key once, and the query asks for its own keys and those one bit away; one that is asked
once is read through for the keys of the query, which costs a third of sorting it. What comes out are hypotheses, "this window of
yours is that window of his, mirrored", best first. Whether a hypothesis is true is decided against pixels by `alignment` and `agreement`.

Rule owned here (design, rule 9): the work per query is bounded, whatever the pictures show.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.fingerprint import THUMB_SIDE, Plane
from transferguard.avatars.grid import the_grid
from transferguard.avatars.views import KEY_BITS, KEYS, ORIENTATIONS, WORD_BITS, WORDS, Codes, key_of, oriented

MIRRORS = (0, 1)
"""Orientations in which every view is compared; the other six only for large views."""

FAR = 92
"""Differing bits of 256 from which a pair of views is dropped: a thousandth of unrelated pairs are nearer."""

FAR_FIRST = 24
"""The same of the three keys by which a pair does not meet: most pairs are dropped after one short read."""

PAIRS = 400_000
"""Most pairs of views looked at per key, the rarest keys first: a shelf of plain pictures cannot make a search endless."""

FEWEST_BUCKET_BITS = 10
"""A shelf is cut into about as many buckets as it has views, so that a small one stays small in memory."""

_RADIX_BITS = 4
"""Low bits of a bucket that are sorted first, so that the others fit the 16 bits up to which numpy sorts by counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Views sorted by one key.

    Args:
        order: The views that have a hash, in rising order of the key.
        rest: Their other keys in the same order, so that views of one bucket are read together.
        start: Where each bucket of keys begins in `order`, and the end; shape (buckets + 1,).
    """

    order: NDArray[np.int32]
    rest: Codes
    start: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Planes laid out for the first look.

    Args:
        planes: In the order that `plane_of` counts.
        halves: Their gray copies at half the side, for a first glance; shape (planes, side, side).
        codes: Hashes of all views of all planes; shape (views, WORDS).
        keyed: The words of the hashes from which keys are read, each on its own; shape (words, views). Empty on a sorted shelf.
        said: The views that have a hash.
        buckets: The same sorted by each key; empty on a shelf that is not asked often.
        begins: Which view is the first of each plane; shape (planes,).
    """

    planes: tuple[Plane, ...]
    halves: NDArray[np.uint8]
    codes: Codes
    keyed: Codes
    said: NDArray[np.int32]
    buckets: tuple[Bucket, ...]
    begins: NDArray[np.intp]

    @property
    def bits(self) -> int:
        """How many bits of a key make a bucket."""
        return min(KEY_BITS, max(FEWEST_BUCKET_BITS, len(self.said).bit_length()))

    def plane_of(self, views: NDArray[np.intp]) -> NDArray[np.intp]:
        """Which plane each view belongs to."""
        return np.searchsorted(self.begins, views, side="right") - 1


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
    """Arrange planes for one look."""
    codes = np.concatenate([np.empty((0, WORDS), np.uint64), *(plane.codes for plane in planes)])
    keyed = np.ascontiguousarray(codes[:, :_KEYED_WORDS].T)  # every key is read from these, and most of a look is
    return Shelf(
        planes=planes,
        halves=_halves(planes),
        codes=codes,
        keyed=keyed,
        said=_said(codes, keyed[0]),
        buckets=(),
        begins=np.cumsum([0, *(len(plane.codes) for plane in planes)])[:-1],
    )


def for_many_looks(shelf: Shelf) -> Shelf:
    """The same shelf sorted, so that a look costs less; the words are then no longer read."""
    return replace(shelf, buckets=tuple(_bucket(shelf, key) for key in range(KEYS)), keyed=np.empty((_KEYED_WORDS, 0), np.uint64))


def _bucket(shelf: Shelf, key: int) -> Bucket:
    bucket = key_of(shelf.keyed.T, key).take(shelf.said) >> np.uint32(KEY_BITS - shelf.bits)
    start = np.zeros((1 << shelf.bits) + 1, np.int32)
    start[1:] = np.bincount(bucket, minlength=1 << shelf.bits).cumsum()
    order = shelf.said.take(_sorted(bucket))
    return Bucket(order=order, rest=_rest(shelf.keyed, key).take(order), start=start)


def _rest(words: Codes, key: int) -> Codes:
    """The keys but this one.

    Args:
        words: The words of hashes from which keys are read, each on its own; shape (words, views).
        key: Which one, below KEYS.
    """
    if key == KEYS - 1:
        return np.asarray(words[0] & _ones((KEYS - 1) * KEY_BITS))
    place = np.uint64(key * KEY_BITS)  # of this key, where the end of the last one is put instead
    return np.asarray((words[0] & ~(_ones(KEY_BITS) << place)) | ((words[1] & _ones(KEYS * KEY_BITS - WORD_BITS)) << place))


def _ones(count: int) -> np.uint64:
    return np.uint64((1 << count) - 1)


_KEYED_WORDS = -(-KEYS * KEY_BITS // WORD_BITS)


def _said(codes: Codes, first: Codes) -> NDArray[np.int32]:
    """Which views have a hash: those of which some bit is set, in nearly all of them one of the first."""
    blank = np.flatnonzero(first == 0)
    blank = blank[~codes[blank].any(axis=1)]
    return np.delete(np.arange(len(codes), dtype=np.int32), blank)


def _sorted(bucket: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Places in rising order, equal ones as they stand. Two rounds of counting are several times faster than one of comparing."""
    low = np.argsort((bucket & np.uint32((1 << _RADIX_BITS) - 1)).astype(np.uint8), kind="stable")
    high = (bucket >> np.uint32(_RADIX_BITS)).astype(np.uint16)
    return np.asarray(low[np.argsort(high[low], kind="stable")], np.intp)


_HALVED_AT_ONCE = 32
"""Gray copies halved together: few enough to stay in the processor's cache."""


def _halves(planes: tuple[Plane, ...]) -> NDArray[np.uint8]:
    """Copies of half the side."""
    halves = np.empty((len(planes), THUMB_SIDE // 2, THUMB_SIDE // 2), np.uint8)
    for at in range(0, len(planes), _HALVED_AT_ONCE):
        thumbs = np.stack([plane.thumb for plane in planes[at : at + _HALVED_AT_ONCE]])
        rows = thumbs[:, ::2].astype(np.uint16) + thumbs[:, 1::2]
        halves[at : at + _HALVED_AT_ONCE] = (rows[:, :, ::2] + rows[:, :, 1::2] + 2) >> 2
    return halves


def look(query: Plane, shelf: Shelf, *, per_plane: int) -> Hypotheses:
    """Which windows look alike?

    Args:
        query: The picture in question.
        shelf: The pictures to compare it with.
        per_plane: Hypotheses wanted at most for one plane.
    """
    codes, view, orientation = _asked(query)
    met = [_near(codes, shelf, key) for key in range(KEYS)]
    ours, theirs, distance = (np.concatenate(each) for each in zip(*met, strict=True))
    once = _once(theirs * len(codes) + ours)
    ours, theirs, distance = ours[once], theirs[once], distance[once]
    plane = shelf.plane_of(theirs)
    found = Hypotheses(
        plane=plane,
        query_view=view[ours],
        shelf_view=theirs - shelf.begins[plane],
        orientation=orientation[ours],
        distance=distance,
    )
    return _best(found, per_plane)


Numbers = NDArray[np.intp]


def _once(numbers: Numbers) -> Numbers:
    """Where each number stands first, in rising order of the numbers. `np.unique` loads numpy.ma, which takes 30 ms of a first search."""
    order = np.argsort(numbers, kind="stable")
    rising = numbers[order]
    return np.asarray(order[np.concatenate([[True], rising[1:] != rising[:-1]])[: len(order)]], np.intp)


def _near(codes: Codes, shelf: Shelf, key: int) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs of views, ours and theirs, that meet by this key, and in how many bits they differ; only those that differ in few."""
    ours, at, met = _meetings(codes, shelf, key)
    near = np.flatnonzero(np.bitwise_count(_rest(codes.T, key).take(ours) ^ met.rest.take(at)) <= FAR_FIRST)
    ours, theirs = ours.take(near), met.order.take(at.take(near)).astype(np.intp)
    differing = codes.take(ours, axis=0) ^ shelf.codes.take(theirs, axis=0)
    distance = sum(np.bitwise_count(differing).T.astype(np.intp))
    near = np.flatnonzero(distance <= FAR)
    near = near[np.bitwise_count(key_of(differing[near], key)) <= 1]
    return ours[near], theirs[near], distance[near]


def _asked(query: Plane) -> tuple[Codes, NDArray[np.intp], NDArray[np.intp]]:
    """Hashes of the query in the orientations in which they are compared, with view and orientation of each."""
    said = np.flatnonzero(query.codes.any(axis=1))
    turned = np.zeros(len(query.codes), np.bool_)
    turned[list(the_grid().large)] = True
    turned[len(the_grid().matrices) :] = True  # windows that depend on the content
    large = said[turned[said]]
    parts = []
    for number in range(len(ORIENTATIONS)):
        chosen = said if number in MIRRORS else large
        parts.append((oriented(query.codes[chosen], number), chosen, np.full(len(chosen), number)))
    codes, view, orientation = (np.concatenate(each) for each in zip(*parts, strict=True))
    return codes, view, orientation


def _meetings(codes: Codes, shelf: Shelf, key: int) -> tuple[Numbers, Numbers, Bucket]:
    """Pairs of views that have this key in common but for one bit; on a small shelf some others, too.

    Returns:
        Places of ours, places of theirs, and in what.
    """
    below = KEY_BITS - shelf.bits
    # A flip of a bit below the bucket's leads to the same bucket; whether it was the only one is asked later, of few pairs.
    flips = np.concatenate([[0], 1 << np.arange(below, KEY_BITS)]).astype(np.uint32)
    bucket = ((key_of(codes, key)[:, None] ^ flips) >> np.uint32(below)).ravel().astype(np.intp)
    met = None if shelf.buckets else _read_through(bucket, shelf, key)
    ours, at, views = met or _in_buckets(bucket, shelf.buckets[key] if shelf.buckets else _bucket(shelf, key), len(flips))
    return ours if met is None else ours // len(flips), at, views


def _read_through(bucket: Numbers, shelf: Shelf, key: int) -> tuple[Numbers, Numbers, Bucket] | None:
    """Places among the asked buckets, and among the views that lie in them; None when there are too many pairs to look at."""
    rising = _sorted(bucket.astype(np.uint32))
    places = bucket.take(rising)
    begins = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]])[: len(places)])
    count_of, first_of = np.zeros((2, 1 << shelf.bits), np.int32)
    count_of[places[begins]], first_of[places[begins]] = np.diff(np.append(begins, len(places))), begins
    met, wanted = _views_in(count_of, shelf, key)
    first, count = first_of.take(wanted), count_of.take(wanted)
    until = np.cumsum(count)
    total = int(until[-1]) if len(until) else 0
    if total > PAIRS:
        return None
    ours = rising.take(np.repeat(first - until + count, count) + np.arange(total))
    found = Bucket(order=met.astype(np.int32), rest=_rest(shelf.keyed.take(met, axis=1), key), start=np.empty(0, np.int32))
    return ours, np.repeat(np.arange(len(met)), count), found


_READ_AT_ONCE = 32_768
"""Views whose keys are read together: few enough to stay in the processor's cache, which halves the time (measured)."""


def _views_in(asked: NDArray[np.int32], shelf: Shelf, key: int) -> tuple[Numbers, NDArray[np.uint32]]:
    """Which views lie in a bucket that is asked for, and in which one."""
    found = [(np.empty(0, np.intp), np.empty(0, np.uint32))]
    for begin in range(0, len(shelf.codes), _READ_AT_ONCE):
        bucket = key_of(shelf.keyed[:, begin : begin + _READ_AT_ONCE].T, key) >> np.uint32(KEY_BITS - shelf.bits)
        met = np.flatnonzero(asked.take(bucket))
        found.append((met + begin, bucket.take(met)))
    views, buckets = (np.concatenate(each) for each in zip(*found, strict=True))
    says = shelf.codes.take(views, axis=0).any(axis=1)
    return views[says], buckets[says]


def _in_buckets(bucket: Numbers, views: Bucket, apiece: int) -> tuple[Numbers, Numbers, Bucket]:
    """The same of views that are sorted, of which so many buckets are asked apiece; of too many pairs those of the rarest keys."""
    first = views.start.take(bucket)
    count = views.start.take(bucket + 1) - first
    full = np.flatnonzero(count)
    first, count = first.take(full), count.take(full)
    if int(count.sum()) > PAIRS:
        rarest = np.argsort(count, kind="stable")
        rarest = rarest[: int(np.searchsorted(np.cumsum(count[rarest], dtype=np.int64), PAIRS))]
        full, first, count = full[rarest], first[rarest], count[rarest]
    until = np.cumsum(count)
    total = int(until[-1]) if len(until) else 0
    return np.repeat(full // apiece, count), np.repeat(first - until + count, count) + np.arange(total), views


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
