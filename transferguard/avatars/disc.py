# SPDX-License-Identifier: Apache-2.0
"""Is this a round picture, and where?

Apps show avatars as discs, so that a copy taken from a screen has corners of one colour, or a page, around it. Whoever hashes or compares
them judges the corners: in a blurred picture they are most of what there is. A disc is found by rays from its middle: outside all is of
the colour of the corners, and most rays meet the picture at the same distance. Only the picture in question is asked, never the pair, so
that nobody becomes alike by what is left out.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.content import Box
from transferguard.avatars.fingerprint import CHROMA_SIDE, THUMB_SIDE, Plane
from transferguard.avatars.middle import middle

_RAYS = 64
"""Rays from the middle, twice as many as there are blocks of an encoder along the edge of a small picture."""

_STEPS = np.linspace(0.4, 1.15, 61, dtype=np.float32)
"""Places along a ray, in half sides of the box."""

_CORNER, _INSET = 0.045, 0.02
"""Side of a patch in each corner, and how far it lies from the edges of the box, which may be a pixel off; a disc leaves 0.14."""

_PLAIN, _ONE_GROUND = 7.0, 9.0
"""Gray levels: standard deviation within a corner, and by which corners may differ."""

_OTHER, _OTHER_COLOUR = 13.0, 16.0
"""Levels of brightness and of colour difference from which a point is not ground; the ringing of an encoder mostly stays below."""

_SQUARE = 1.2
"""Longer by shorter side of a box that may hold a disc."""

_SAME, _ROUND, _BEYOND = 0.035, 0.7, 0.1
"""Part of the radius within which rays agree, share of rays that must, and share that may find something farther out."""

_LINE = 2.5
"""Pixels: what is narrower along a ray is ringing, or the edge of a square in which the disc lies."""

_WHOLE = (0.0, 0.0, 1.0, 1.0)

_SMALLEST = 0.13
"""Radius of the smallest disc worth a window, as a fraction of the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A round picture in a square one; all in fractions of the side.

    Args:
        x: Of its middle.
        y: Of its middle.
        radius: Half its width.
    """

    x: float
    y: float
    radius: float

    def box(self, part: float = 1.0) -> Box:
        """The square around the disc, or a part of it around the same middle, cut at the edges of the picture."""
        half = self.radius * part
        return max(self.x - half, 0.0), max(self.y - half, 0.0), min(self.x + half, 1.0), min(self.y + half, 1.0)

    def beyond(self, side: int, part: float) -> NDArray[np.bool_]:
        """Which points of a square of so many pixels lie farther from the middle than this part of the radius."""
        places = (np.arange(side, dtype=np.float32) + 0.5) / side
        return np.asarray(np.hypot(places[None, :] - self.x, places[:, None] - self.y) > part * self.radius)

    def filled(self, luma: NDArray[np.float32], part: float) -> NDArray[np.float32]:
        """Brightness with what lies beyond this part of the radius drawn from there: a hash keeps more bits than on a page."""
        side = len(luma)
        places = (np.arange(side, dtype=np.float32) + 0.5) / side
        across, down = np.meshgrid(places - self.x, places - self.y)
        shrink = np.minimum(part * self.radius / np.maximum(np.hypot(across, down), 1e-6), 1.0)
        column = np.clip((across * shrink + self.x) * side, 0, side - 1).astype(np.intp)
        row = np.clip((down * shrink + self.y) * side, 0, side - 1).astype(np.intp)
        return np.asarray(luma[row, column])


def disc_of(plane: Plane) -> Disc | None:
    """The disc that the picture is, or that lies on a page; None where there is none.

    Args:
        plane: The picture in question.
    """
    for box in (_WHOLE, *plane.boxes):
        wide, high = box[2] - box[0], box[3] - box[1]
        if max(wide, high) <= _SQUARE * min(wide, high):
            found = _in_box(plane, box)
            if found is not None and found.radius >= _SMALLEST:
                return found
    return None


def _in_box(plane: Plane, box: Box) -> Disc | None:
    ground = _ground(plane, box)
    if ground is None:
        return None
    middle_at, half = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), max(box[2] - box[0], box[3] - box[1]) / 2
    angles = (np.arange(_RAYS, dtype=np.float32) + 0.5) * np.float32(2 * np.pi / _RAYS)
    away = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = np.array(middle_at, np.float32) + away[:, None] * (_STEPS[:, None] * np.float32(half))
    ours = _differs(plane, places, ground)
    pixel = 1 / THUMB_SIDE
    tried = [(((box[0] + pixel, box[1] + pixel), (box[2] - pixel, box[3] - pixel)), ours)]
    if box != _WHOLE:  # the box may be a little small, and end in the page
        theirs = _differs(plane, places, _page(plane))
        tried.append((((0.0, 0.0), (1.0, 1.0)), (ours[0] & theirs[0], ours[1] & theirs[1])))
    for (low, high), (brightness, colour) in tried:
        within = ((places >= low) & (places < high)).all(axis=-1)
        for differs in (brightness, brightness | colour):  # colours are kept coarsely, and blur the edge
            found = _fitted(_edge(differs & within, places, half))
            if found is not None:
                return found
    return None


def _edge(differs: NDArray[np.bool_], places: NDArray[np.float32], half: float) -> NDArray[np.float32]:
    """Where each ray leaves the last of the picture, for rays that meet it at all."""
    line = math.ceil(_LINE / (float(_STEPS[1] - _STEPS[0]) * half * THUMB_SIDE))
    thick = np.logical_and.reduce([differs[:, at : differs.shape[1] - line + at + 1] for at in range(line)])
    last = thick.shape[1] - 1 - np.argmax(thick[:, ::-1], axis=1) + line - 1
    return np.asarray(places[np.arange(_RAYS), np.minimum(last + 1, len(_STEPS) - 1)][thick.any(axis=1)])


def _fitted(edge: NDArray[np.float32]) -> Disc | None:
    """The circle that most of these points lie on."""
    kept = edge
    for _ in range(3):
        if len(kept) < _ROUND * _RAYS:
            return None
        terms = np.concatenate([kept, np.ones((len(kept), 1), np.float32)], axis=1)
        across, down, _ = np.linalg.lstsq(terms, (kept * kept).sum(axis=1), rcond=None)[0].tolist()
        x, y = across / 2, down / 2
        away = np.hypot(edge[:, 0] - x, edge[:, 1] - y)
        radius = float(middle(np.hypot(kept[:, 0] - x, kept[:, 1] - y)))
        kept = edge[np.abs(away / radius - 1) < _SAME]
    beyond = float((away > (1 + 2 * _SAME) * radius).sum()) / _RAYS
    return Disc(x=x, y=y, radius=radius) if len(kept) >= _ROUND * _RAYS and beyond <= _BEYOND else None


def _ground(plane: Plane, box: Box) -> NDArray[np.float32] | None:
    """The colour of all four corners of a box; None where they are not of one colour."""
    left, top = (round(edge * THUMB_SIDE) for edge in box[:2])
    right, bottom = (round(edge * THUMB_SIDE) for edge in box[2:])
    side = max(2, round(_CORNER * (right - left)))
    inset = 1 + round(_INSET * (right - left))
    rows, columns = (top + inset, bottom - inset - side), (left + inset, right - inset - side)
    corners = np.stack([plane.thumb[y : y + side, x : x + side] for y in rows for x in columns]).astype(np.float32)
    levels = middle(corners.reshape(len(corners), -1))
    if float(np.ptp(levels)) > _ONE_GROUND or float(corners.std(axis=(1, 2)).max()) > _PLAIN:
        return None
    size = THUMB_SIDE // CHROMA_SIDE
    down, along = ((first // size, min((last + side - 1) // size, CHROMA_SIDE - 1)) for first, last in (rows, columns))
    colours = np.stack([plane.chroma[:, row, column] for row in down for column in along]).astype(np.float32)
    if float(np.ptp(colours, axis=0).max()) > _OTHER_COLOUR:
        return None
    return np.concatenate([levels.mean(keepdims=True), middle(colours.T)]).astype(np.float32)


def _page(plane: Plane) -> NDArray[np.float32]:
    """The colour of most of the outermost points."""
    rings = (np.concatenate([each[0], each[-1], each[:, 0], each[:, -1]]) for each in (plane.thumb, *plane.chroma))
    return np.stack([middle(ring.astype(np.float32)) for ring in rings])


def _differs(plane: Plane, places: NDArray[np.float32], ground: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which places are not of the brightness of the ground, and which not of its colour."""
    spot = np.clip((places * THUMB_SIDE).astype(np.intp), 0, THUMB_SIDE - 1)
    cell = spot // (THUMB_SIDE // CHROMA_SIDE)
    colour = plane.chroma[:, cell[..., 1], cell[..., 0]] - ground[1:, None, None]
    return np.abs(plane.thumb[spot[..., 1], spot[..., 0]] - ground[0]) > _OTHER, (np.abs(colour) > _OTHER_COLOUR).any(axis=0)
