# SPDX-License-Identifier: Apache-2.0
"""Which parts of which pictures might show the same?

Compares hashes only. The few canonical windows of one picture meet every view of the other, in both directions and in all
orientations; what comes out are hypotheses, "this window of yours is that window of his, mirrored", best first. Whether a
hypothesis is true is decided against pixels by `alignment` and `agreement`.

Rule owned here (design, rule 9): the work per picture on the shelf is fixed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.fingerprint import Plane
from transferguard.avatars.views import ORIENTATIONS, WORDS, Codes, oriented

CHUNK = 32_768
"""Hashes compared at a time, so that a chunk stays in the processor's cache."""

MIRRORS = (0, 1)
"""Orientations tried for every pair of windows; the other six only between canonical windows and views."""

FAR_WORD = 20
"""Bits of the first 64 from which a pair of windows is dropped; half the true pairs of a hard attack differ by less than 14."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Hashes of many planes, one word after the other, so that the first look reads as little memory as it can.

    Args:
        words: WORDS arrays, one entry per view.
        plane: Which plane on the shelf a view belongs to.
        view: Which view of that plane it is.
    """

    words: tuple[NDArray[np.uint64], ...]
    plane: NDArray[np.intp]
    view: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Planes laid out for the first look.

    Args:
        planes: In the order that `Column.plane` counts.
        views: All views.
        canonical: The canonical views only.
    """

    planes: tuple[Plane, ...]
    views: Column
    canonical: Column


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
    distance: NDArray[np.int16]

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
    every = [np.arange(len(plane.codes)) for plane in planes]
    return Shelf(planes=planes, views=_column(planes, every), canonical=_column(planes, [plane.canonical for plane in planes]))


def _column(planes: tuple[Plane, ...], views: list[NDArray[np.intp]]) -> Column:
    if not planes:
        empty = np.empty(0, np.intp)
        return Column(words=(np.empty(0, np.uint64),) * WORDS, plane=empty, view=empty)
    codes = np.concatenate([plane.codes[chosen] for plane, chosen in zip(planes, views, strict=True)])
    owner = np.repeat(np.arange(len(planes)), [len(chosen) for chosen in views])
    return Column(words=tuple(np.ascontiguousarray(codes[:, word]) for word in range(WORDS)), plane=owner, view=np.concatenate(views))


def look(query: Plane, shelf: Shelf, *, keep: int, per_plane: int) -> Hypotheses:
    """Which windows look alike?

    Args:
        query: The picture in question.
        shelf: The pictures to compare it with.
        keep: Hypotheses wanted at most, over all planes.
        per_plane: Hypotheses wanted at most for one plane.
    """
    found: list[tuple[NDArray[np.intp], ...]] = []
    for orientation in range(len(ORIENTATIONS)):
        turned = oriented(query.codes, orientation)
        for view in query.canonical.tolist():
            found += _near(turned[view], shelf.views, view, orientation)
        others = range(len(turned)) if orientation in MIRRORS else query.canonical.tolist()
        for view in others:
            found += _near(turned[view], shelf.canonical, view, orientation)
    if not found:
        none = np.empty(0, np.intp)
        return Hypotheses(plane=none, query_view=none, shelf_view=none, orientation=none, distance=none.astype(np.int16))
    plane, query_view, shelf_view, orientation_of, distance = (np.concatenate(each) for each in zip(*found, strict=True))
    return _best(
        Hypotheses(
            plane=plane, query_view=query_view, shelf_view=shelf_view, orientation=orientation_of, distance=distance.astype(np.int16)
        ),
        keep,
        per_plane,
    )


def _near(code: Codes, column: Column, view: int, orientation: int) -> list[tuple[NDArray[np.intp], ...]]:
    """Views of a column that may be near one hash."""
    first = column.words[0]
    found: list[tuple[NDArray[np.intp], ...]] = []
    for start in range(0, len(first), CHUNK):
        low = np.bitwise_count(first[start : start + CHUNK] ^ code[0])
        near = np.flatnonzero(low <= FAR_WORD)
        if not len(near):
            continue
        distance = low[near].astype(np.intp)
        near += start
        for word in range(1, WORDS):
            distance += np.bitwise_count(column.words[word][near] ^ code[word])
        same = np.full(len(near), view), np.full(len(near), orientation)
        found.append((column.plane[near], same[0], column.view[near], same[1], distance))
    return found


def _best(every: Hypotheses, keep: int, per_plane: int) -> Hypotheses:
    """The nearest, at most `per_plane` of each plane; equal distances keep the order in which they were found."""
    order = np.argsort(every.distance, kind="stable")
    by_plane = order[np.argsort(every.plane[order], kind="stable")]
    planes = every.plane[by_plane]
    starts = np.flatnonzero(np.concatenate([[True], planes[1:] != planes[:-1]]))
    rank = np.arange(len(planes)) - np.repeat(starts, np.diff(np.append(starts, len(planes))))
    chosen = by_plane[rank < per_plane]
    chosen = chosen[np.lexsort((chosen, every.distance[chosen]))]
    return every.take(chosen[:keep])
