# SPDX-License-Identifier: Apache-2.0
"""Where is the picture inside the picture?

Finds windows that depend on what is shown: what is left when a plain border or padding is trimmed, and picture-like boxes
on a plain ground, as in a screenshot of a chat. A wrong window costs a few hash comparisons and nothing else: every
likeness found through it is verified against pixels.
"""

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.middle import largest_channel, middle

Box = tuple[float, float, float, float]

MAX_BOXES = 3
"""Windows kept per picture: the trimmed one and two boxes."""

_SPREAD = 14.0
"""Gray levels between the 10th and 90th percentile of a line that still counts as plain; JPEG at quality 30 stays below it."""

_TRIMMED_AT_MOST = 0.4
"""Fraction of a side that trimming may take from one edge: padding to 1.6 times takes 0.19."""

_DIFFERS = 20.0
"""Largest channel difference from the ground, in gray levels, that counts as ground."""

_THICK = 15
"""Pixels of 128: bubbles and title bars of a chat are thinner than this, and the smallest box worth a window is twice as wide."""

_NEARLY_FULL = 0.92
"""Share of such a square that is not ground: pictures have specks in the colour of the page."""

_EMPTY = 0.3
"""Share of the fullest line below which a line holds no picture; takes one part in fifty off a disc. On drawn pages this and the
thickness found 82 of 90 pictures within 7 % of their side, where cutting at empty lines had found 45 (tuned)."""

_SMALLEST = 0.26
"""Side of the smallest box worth a window, as a fraction."""


def content_boxes(colour: NDArray[np.float32], luma: NDArray[np.float32]) -> tuple[Box, ...]:
    """Windows worth hashing besides the grid.

    Args:
        colour: Shape (side, side, 3), gray levels.
        luma: Shape (side, side), the same picture.

    Returns:
        At most `MAX_BOXES` boxes, fractions, the trimmed window first; none equals the whole picture.
    """
    boxes: list[Box] = []
    trimmed = _trim(luma)
    for box in [trimmed, *_boxes_on_ground(colour)]:
        whole = box[2] - box[0] > 0.97 and box[3] - box[1] > 0.97  # noqa: PLR2004 - nothing was trimmed
        if not whole and all(_overlap(box, other) < 0.9 for other in boxes):  # noqa: PLR2004 - the same box again
            boxes.append(box)
    return tuple(boxes[:MAX_BOXES])


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    areas = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1])
    return shared / (areas - shared)


def _trim(luma: NDArray[np.float32]) -> Box:
    """Take away plain lines from each edge; two rounds, because a frame's corners belong to both directions."""
    side = luma.shape[0]
    most = int(_TRIMMED_AT_MOST * side)
    left, top, right, bottom = 0, 0, side, side
    for _ in range(2):
        rows = _plain_lines(luma[:, left:right])
        columns = _plain_lines(luma[top:bottom].T)
        top, bottom = _run(rows, most), side - _run(rows[::-1], most)
        left, right = _run(columns, most), side - _run(columns[::-1], most)
    return left / side, top / side, right / side, bottom / side


def _plain_lines(lines: NDArray[np.float32]) -> NDArray[np.bool_]:
    ordered = np.sort(lines, axis=1)
    tenth = ordered.shape[1] // 10
    return np.asarray(ordered[:, -1 - tenth] - ordered[:, tenth] < _SPREAD)


def _run(plain: NDArray[np.bool_], most: int) -> int:
    stop = int(np.argmin(plain[:most])) if not plain[:most].all() else most
    return stop if stop < most else 0  # plain to the limit is a plain picture, not a border


def _boxes_on_ground(colour: NDArray[np.float32]) -> list[Box]:
    """Cut along lines of ground, twice in each direction, and keep what is big and nearly square."""
    side = colour.shape[0]
    edge = np.concatenate([colour[0], colour[-1], colour[:, 0], colour[:, -1]])
    quantised = (edge // 32).astype(np.intp) @ np.array([64, 8, 1])
    counts = np.bincount(quantised)
    if counts.max() < 0.4 * len(edge):
        return []
    ground = middle(edge[quantised == np.argmax(counts)].T)
    differs = np.asarray(largest_channel(np.abs(colour - ground)) > _DIFFERS)
    mask = differs & _thick(differs)
    found: list[tuple[int, int, int, int]] = [(0, 0, side, side)]
    for axis in (0, 1, 0, 1):
        found = [part for box in found for part in _cut(mask, box, axis)]
    boxes = [(left / side, top / side, right / side, bottom / side) for left, top, right, bottom in found]
    boxes = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST]
    boxes = [box for box in boxes if 0.6 < (box[2] - box[0]) / (box[3] - box[1]) < 1.67]  # noqa: PLR2004 - nearly square
    return sorted(boxes, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))[:2]


def _thick(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What squares of a certain side can cover: a picture, but no bar, bubble or line of text beside it."""
    full = _sums(mask, _THICK) >= _NEARLY_FULL * _THICK**2
    return np.asarray(_sums(np.pad(full, _THICK - 1), _THICK) > 0)


def _sums(mask: NDArray[np.bool_], side: int) -> NDArray[np.int32]:
    """How many pixels of each square of this side are set."""
    total = np.pad(mask, ((1, 0), (1, 0))).cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    return np.asarray(total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side])


def _cut(mask: NDArray[np.bool_], box: tuple[int, int, int, int], axis: int) -> list[tuple[int, int, int, int]]:
    """Split a box at runs of lines that hold little but ground: less than the fullest by far."""
    left, top, right, bottom = box
    share = mask[top:bottom, left:right].mean(axis=1 - axis)
    filled = share > max(0.04, _EMPTY * float(share.max()))  # a few specks of ringing are nothing
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    runs = [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True) if stop - start >= 8]  # noqa: PLR2004 - pixels
    if axis == 0:
        return [(left, top + start, right, top + stop) for start, stop in runs]
    return [(left + start, top, left + stop, bottom) for start, stop in runs]
