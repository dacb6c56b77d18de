# SPDX-License-Identifier: Apache-2.0
"""What does a likeness weigh?

Agreement becomes log-odds by a small logistic model, and log-odds become bits by a table per kind of picture: log2 of how
much more often copies reach this likeness than unrelated pictures do. Both are data measured on the calibration split
(`weights.json`, with its source); thresholds are the policy's business and do not exist here.
"""

import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transferguard.avatars.kind import PictureKind


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = (files("transferguard.avatars") / "weights.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def likeness_of(features: NDArray[np.float32], kind: PictureKind) -> NDArray[np.float32]:
    """Log-odds of a copy, before calibration; more means more alike.

    Args:
        features: Shape (n, features), in the order of `verification.FEATURES`.
        kind: Graphic only where both pictures are.
    """
    slopes, intercept = _model(kind)
    value = np.asarray(features @ slopes + intercept)
    return held_back(value, features) if kind is PictureKind.GRAPHIC else value


MOST_WITHOUT_COLOUR = 1.5
"""Likeness, about 6 bits: what a graphic reaches whose colours are others. Flags, logos and emoji share shapes; then the name decides."""

_OTHER_COLOURS, _SOME_GAP, _LARGE_GAP = 0.6, 0.05, 0.3
"""Correlation of the colours below which they are others if they are apart at all (2.4 levels), and the gap (14 levels) at which
they are others in any case. Gray drawings have no colours to differ. Chosen on the calibration split."""


def held_back(value: NDArray[np.float32], features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The likeness of graphics, lowered to `MOST_WITHOUT_COLOUR` and a trace where the colours are others.

    Args:
        value: Likeness by the model alone, shape (n,).
        features: Shape (n, features).
    """
    names = _table()["features"]
    colour, gap = features[:, names.index("colour")], features[:, names.index("colour_gap")]
    others = ((colour < _OTHER_COLOURS) & (gap > _SOME_GAP)) | (gap > _LARGE_GAP)
    most = MOST_WITHOUT_COLOUR + 0.02 * (value - MOST_WITHOUT_COLOUR)  # the trace keeps better likenesses in front
    return np.asarray(np.where(others & (value > MOST_WITHOUT_COLOUR), most, value), np.float32)


@lru_cache(maxsize=2)
def _model(kind: PictureKind) -> tuple[NDArray[np.float32], np.float32]:
    model = _table()["likeness"][kind.value]
    return np.array(model["slopes"], np.float32), np.float32(model["intercept"])


def bits(value: float, kind: PictureKind) -> float:
    """log2 of copy over unrelated for this likeness; continuous and strictly rising.

    Args:
        value: From `likeness_of`.
        kind: Graphic only where both pictures are.
    """
    knots = _table()["bits"][kind.value]
    places, weights = knots["likeness"], knots["bits"]
    # Beyond what was measured the weight hardly rises; it still rises, so that better likenesses stay in front.
    beyond = max(value - places[-1], 0.0) + min(value - places[0], 0.0)
    return float(np.interp(value, places, weights) + _table()["bits"]["slope_beyond"] * beyond)


def similarity_of(value: float) -> float:
    """A likeness on a scale from 0 to 1, strictly rising; a half where a copy is as likely as not.

    Args:
        value: From `likeness_of`.
    """
    return 0.5 + 0.5 * math.tanh(value / (2.0 * _table()["likeness"]["similarity_scale"]))
