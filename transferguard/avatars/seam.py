# SPDX-License-Identifier: Apache-2.0
"""Where do two pictures meet in one?

Halves of a collage, and bands laid over a picture, end at a straight line from edge to edge. Along it brightness jumps at nearly every
point by more than it changes beside it, which a horizon or a wall seldom does. Only the picture in question is asked. A line found wrongly
costs a few hash comparisons: what lies beside it becomes a window of its own, and nothing is weighed differently.
"""

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.fingerprint import THUMB_SIDE

_STEP = 5.0
"""Gray levels from which brightness jumps."""

_STEEPER = 1.25
"""The jump over what brightness changes by just as far to either side, from which it is no slope and no texture."""

_ALONG, _ALONG_MIDDLE = 0.7, 0.5
"""Share of a line along which it jumps, and the same in the middle, where halves of a collage meet. So drawn, lines are found in one
photo in seven that has none, in nine of ten collages of halves, and at four of five bands (tune part)."""

_MORE = 1.5
"""The mean jump along a line, in mean changes beside it."""

_FROM_EDGE = 0.1
"""Part of the side next to an edge where no line is looked for: that is a border."""

_APART = 4
"""Rows between two lines at least."""

MOST = 3
"""Lines across one picture; more are stripes."""


def seams(luma: NDArray[np.float32]) -> tuple[int, ...]:
    """Rows at which something else begins, from edge to edge; the first row of what comes after.

    Args:
        luma: THUMB_SIDE square, gray levels. Turn it for lines from top to bottom.
    """
    # Between three rows and the three after them, the middle ones left out: an edge is a row or two wide.
    jump = np.abs(luma[3:] - luma[:-3])
    here = jump[3:-3]
    before, after = jump[:-6], jump[6:]
    share = ((here > _STEP) & (here > _STEEPER * np.maximum(before, after))).mean(axis=1)
    share[here.mean(axis=1) < _MORE * (np.maximum(before.mean(axis=1), after.mean(axis=1)) + 1)] = 0
    share += np.abs(np.diff(luma, axis=0))[4:-4].mean(axis=1) * np.float32(1e-5)  # of equal ones the row where the edge is
    rows = np.arange(len(share)) + 5  # row 0 of `here` compares rows 3 and 6, so that the line lies before row 5
    share[np.abs(rows - THUMB_SIDE // 2) <= 1] += _ALONG - _ALONG_MIDDLE
    share[(rows < _FROM_EDGE * THUMB_SIDE) | (rows > (1 - _FROM_EDGE) * THUMB_SIDE)] = 0
    found: list[int] = []
    for at in np.flatnonzero(share >= _ALONG)[np.argsort(-share[share >= _ALONG], kind="stable")].tolist():
        if all(abs(rows[at] - other) >= _APART for other in found):
            found.append(int(rows[at]))
    return tuple(sorted(found)) if len(found) <= MOST else ()
