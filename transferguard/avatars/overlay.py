# SPDX-License-Identifier: Apache-2.0
"""Which part of a picture lies under something that was put over it?

A band of writing is plain at both ends of its lines, of one colour over a run of lines, and ends at both sides along nearly the whole line;
or the picture shows through it, drawn towards one colour. A disc (`disc`) hides its corners, or the page around it. What is hidden can
neither agree nor contradict, and its edges are the strongest in a blurred picture: left in, they pull the alignment. Only the picture in
question is asked, never the pair, so that nobody becomes alike by what is left out. Where two pictures meet (`seam`), nothing is hidden,
but each becomes a window of its own.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.content import Box
from transferguard.avatars.disc import disc_of
from transferguard.avatars.fingerprint import CHROMA_SIDE, THUMB_SIDE, Plane
from transferguard.avatars.grid import SIDES
from transferguard.avatars.kind import PictureKind
from transferguard.avatars.middle import middle
from transferguard.avatars.seam import seams
from transferguard.avatars.views import LUMA_SIDE, box_coefficients, grid_coefficients, pack

_LEAST, _MOST = 0.11, 0.40
"""Heights of a band, as fractions of the side; one that hides more leaves too little to compare."""

_IN_ALL = 0.5
"""Share of a picture that bands hide at most: stripes over more of it are the picture."""

_END = 0.125
"""Fraction of a line at each end that a band leaves without writing."""

_SMALLEST = 0.26
"""Side of the smallest window worth a hash, as a fraction."""

_SHAPES = (1.0, SIDES[0] / SIDES[2])
"""Widths of the grid's windows, in heights."""

_ONE_COLOUR, _LEVELS = 0.85, 7.0
"""Share of both ends within so many gray levels of their median."""

_GROUND = 0.3
"""Share of a line in the band's colour: between the letters, too."""

_WRITTEN = 0.05
"""Share of a band that is not of its colour: without writing it may be sky, or a wall."""

_SAME, _SAME_COLOUR = 6.0, 14.0
"""Levels of brightness and of colour difference by which a line may differ from those before it."""

_OTHER, _EDGE, _BEYOND = 10.0, 0.9, 3
"""Levels from which a point is not of the band, share of such points along a line beyond its edge, and how many lines beyond: what
lies between is half of each. So drawn, 1 photo in 500 that has no band seems to have one, and no graphic in 160 (at 0.7, one in four); of
copies under a band, half of which are half clear, 56 % (tune part)."""


def covered(plane: Plane) -> NDArray[np.bool_] | None:
    """The points that bands hide, shape (THUMB_SIDE, THUMB_SIDE); None where there is no band.

    Args:
        plane: The picture in question.
    """
    luma = plane.thumb.astype(np.float32)
    size = THUMB_SIDE // CHROMA_SIDE
    chroma = plane.chroma.astype(np.float32).repeat(size, axis=1).repeat(size, axis=2)
    lines = np.concatenate([luma[None], chroma])
    hidden = np.zeros((THUMB_SIDE, THUMB_SIDE), np.bool_)
    for first, after in _runs(lines):
        if _LEAST * THUMB_SIDE <= after - first <= _MOST * THUMB_SIDE and _is_band(lines, first, after):
            top, bottom = _to_the_line(middle(_ends(luma)), first, after - 1)
            hidden[max(top - 1, 0) : bottom + 2] = True
    return hidden if 0 < hidden.mean() <= _IN_ALL else None


def uncovered(plane: Plane) -> tuple[Plane, NDArray[np.bool_] | None]:
    """The same picture hashed as if what lies over it were not there, with windows beside it among its own; and what is hidden.

    A disc hides its corners, or the page around it; else bands of writing are looked for.
    """
    # A line of the small copy is a line or two of the large one: only low frequencies are read.
    places = ((np.arange(LUMA_SIDE) + 0.5) * (THUMB_SIDE / LUMA_SIDE)).astype(np.intp)
    disc, luma = disc_of(plane), plane.thumb.astype(np.float32)
    if disc is not None:
        edge = 1.0 / (disc.radius * THUMB_SIDE)
        clear = disc.filled(luma[places][:, places], 1.0 - _BLURRED * edge)
        boxes = tuple(disc.box(part) for part in _DISC_PARTS)
        return _hashed(plane, clear, boxes, whole=disc.radius > _NEARLY_WHOLE and plane.kind is PictureKind.PHOTO), disc.beyond(
            THUMB_SIDE, 1.0 - _BLURRED * edge
        )
    hidden = covered(plane)
    if hidden is None:
        lines = seams(luma), seams(np.ascontiguousarray(luma.T))
        hidden = half_clear(luma, lines[0])
        if hidden is None:
            boxes = (*_beside(lines[0]), *((top, left, bottom, right) for left, top, right, bottom in _beside(lines[1])))
            return (_hashed(plane, luma[places][:, places], boxes, whole=False) if boxes else plane), None
    return _hashed(plane, _bridged(luma, hidden[:, 0])[places][:, places], clear_windows(hidden), whole=True), hidden


def _hashed(plane: Plane, luma: NDArray[np.float32], boxes: tuple[Box, ...], *, whole: bool) -> Plane:
    """With hashes of more windows, and with other ones of all windows of the grid where that is asked for."""
    own = len(plane.boxes)
    fixed = pack(grid_coefficients(luma)) if whole else plane.codes[: len(plane.codes) - own]
    codes = np.concatenate([fixed, plane.codes[len(fixed) :], pack(box_coefficients(luma, boxes))])
    return replace(plane, codes=codes, boxes=plane.boxes + boxes)


_BLURRED = 1.7
"""Pixels of the gray copy by which a disc is taken smaller, because its edge is not sharp."""

_DISC_PARTS = (1.0, SIDES[1], SIDES[2])
"""Windows hashed of a disc, as parts of its width: the last lies wholly inside."""

_NEARLY_WHOLE = 0.42
"""Radius from which a disc is the picture, and not something on a page. Badges and faces are often drawn round: the grid of a graphic keeps
its corners."""


def _bridged(luma: NDArray[np.float32], hidden: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Brightness with hidden lines drawn from what lies above and below: a hash keeps more bits than under a band."""
    seen = np.flatnonzero(~hidden)
    lines = np.arange(len(luma))
    place = np.interp(lines, seen, np.arange(len(seen)))
    above = place.astype(np.intp)
    share = (place - above)[:, None]
    below = np.minimum(above + 1, len(seen) - 1)
    return np.asarray(luma[seen[above]] * (1 - share) + luma[seen[below]] * share, np.float32)


def clear_windows(hidden: NDArray[np.bool_]) -> tuple[Box, ...]:
    """Windows of what is left above and below bands: all of it, and in the shapes of the grid's at its ends and in its middle.

    Args:
        hidden: From `covered`.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[True], hidden[:, 0], [True]]).astype(np.int8)))
    parts = zip(edges[::2] / THUMB_SIDE, edges[1::2] / THUMB_SIDE, strict=True)
    return tuple(box for top, bottom in parts for box in _windows(float(top), float(bottom)))


def _windows(top: float, bottom: float, shapes: tuple[float, ...] = _SHAPES) -> list[Box]:
    high = bottom - top
    if high < _SMALLEST:
        return []
    wide = [high * shape for shape in shapes if high * shape < 1]
    return [(0.0, top, 1.0, bottom), *((left, top, left + each, bottom) for each in wide for left in (0.0, (1 - each) / 2, 1 - each))]


def _beside(lines: tuple[int, ...]) -> tuple[Box, ...]:
    """The same of what lies between lines from edge to edge, without oblongs: one photo in seven has such a line."""
    ends = (0, *lines, THUMB_SIDE)
    parts = [(first, after) for first, after in pairwise(ends) if after - first < THUMB_SIDE]
    return tuple(box for part in parts for box in _windows(part[0] / THUMB_SIDE, part[1] / THUMB_SIDE, _SHAPES[:1]))


def half_clear(luma: NDArray[np.float32], lines: tuple[int, ...]) -> NDArray[np.bool_] | None:
    """The points under a band through which the picture shows, shape (THUMB_SIDE, THUMB_SIDE); None where there is none.

    Inside such a band everything is what it would be without, drawn towards one colour: at its edges one straight line maps what is outside
    to what is inside, and but for the letters nothing in the band is darker or brighter than what it makes of the rest.

    Args:
        luma: Gray levels.
        lines: Where something else begins, from `seam.seams`.
    """
    ends = (0, *lines, THUMB_SIDE)
    for first, after in pairwise(ends):
        if _LEAST * THUMB_SIDE <= after - first <= _MOST * THUMB_SIDE and _shows_through(luma, first, after):
            hidden = np.zeros(luma.shape, np.bool_)
            hidden[max(first - 1, 0) : after + 1] = True
            return hidden
    return None


_CLEAR, _STRAIGHT, _EXPLAINED = 0.75, 7.0, 0.55
"""Contrast that is left under a band at most, gray levels by which the middle point may lie off the line, and share of the band that lies
within the levels to which it maps the rest."""

_RARE = 0.02
"""Share of the darkest, and of the brightest, points of the rest that may be exceptions."""


def _shows_through(luma: NDArray[np.float32], first: int, after: int) -> bool:
    above, below = first - 3, after + 2
    sides = [(luma[out], luma[within]) for out, within in ((above, first + 2), (below, after - 3)) if 0 <= out < THUMB_SIDE]
    outside, inside = (np.concatenate(each) for each in zip(*sides, strict=True))
    terms = np.stack([outside, np.ones_like(outside)], axis=1)
    trust = np.ones_like(outside)
    for _ in range(3):
        slope, offset = np.linalg.lstsq(terms * trust[:, None], inside * trust, rcond=None)[0].tolist()
        off = np.abs(inside - slope * outside - offset)
        trust = 1 / (1 + (off / _STRAIGHT) ** 2)
    if not 0 <= slope <= _CLEAR or float(middle(off)) > _STRAIGHT:
        return False
    rest = np.sort(np.concatenate([luma[: max(first - 2, 0)], luma[after + 2 :]]), axis=None)
    darkest, brightest = (slope * float(rest[round(share * (rest.size - 1))]) + offset for share in (_RARE, 1 - _RARE))
    band = luma[first + 2 : after - 2]
    other = np.maximum(band - brightest, darkest - band)
    return bool((other < _OTHER / 2).mean() > _EXPLAINED and (other > _OTHER).mean() > _WRITTEN)


def _ends(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    wide = int(_END * THUMB_SIDE)
    return np.concatenate([rows[..., 1:wide], rows[..., -wide:-1]], axis=-1)


def _runs(lines: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Runs of lines of one colour, as (first, one after the last)."""
    ends = _ends(lines)
    colour = middle(ends)
    one = (np.abs(ends[0] - colour[0][:, None]) < _LEVELS).mean(axis=1) > _ONE_COLOUR
    plain = one & ((np.abs(lines[0] - colour[0][:, None]) < _LEVELS + 1).mean(axis=1) > _GROUND)
    found, first = [], 0
    while first < len(plain):
        after = first + 1
        while plain[first] and after < len(plain) and plain[after] and _goes_on(colour[:, after], colour[:, first:after].mean(axis=1)):
            after += 1
        found.append((first, after))
        first = after
    return found


def _to_the_line(level: NDArray[np.float32], first: int, last: int) -> tuple[int, int]:
    """Colours are kept for several lines together, so that the outermost lines of a band seem to be of another: brightness says more."""
    own, reach = middle(level[first : last + 1]), THUMB_SIDE // CHROMA_SIDE
    above, below = level[max(first - reach, 0) : first][::-1], level[last + 1 : last + 1 + reach]
    more = [int(np.argmin([*(np.abs(part - own) < _SAME), False])) for part in (above, below)]
    return first - more[0], last + more[1]


def _goes_on(colour: NDArray[np.float32], before: NDArray[np.float32]) -> bool:
    difference = np.abs(colour - before)
    return bool(difference[0] < _SAME and difference[1:].max() < _SAME_COLOUR)


def _is_band(lines: NDArray[np.float32], first: int, after: int) -> bool:
    """Is there writing in the run, and does another colour begin beyond it, at the picture's edge on one side at most?"""
    run = lines[:, first:after]
    colour = middle(middle(_ends(run)))
    written = (np.abs(run - colour[:, None, None]) > _OTHER).any(axis=0).mean()
    beyond = [line for line in (first - _BEYOND, after + _BEYOND - 1) if 0 <= line < THUMB_SIDE]
    other = (np.abs(lines[:, beyond] - colour[:, None, None]) > _OTHER).any(axis=0).mean(axis=1) > _EDGE
    return bool(written > _WRITTEN and len(other) and other.all())
