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


def likeness(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds of a copy, before calibration; more means more alike.

    Args:
        features: Shape (n, features), in the order of `verification.FEATURES`.
    """
    model = _table()["likeness"]
    return np.asarray(features @ np.array(model["slopes"], np.float32) + np.float32(model["intercept"]))


def bits(value: float, kind: PictureKind) -> float:
    """log2 of copy over unrelated for this likeness; continuous and monotone.

    Args:
        value: From `likeness`.
        kind: Graphic if either picture is one.
    """
    knots = _table()["bits"][kind.value]
    places, weights = knots["likeness"], knots["bits"]
    if value > places[-1]:
        return float(weights[-1] + knots["slope_beyond"] * (value - places[-1]))
    if value < places[0]:
        return float(weights[0] + knots["slope_beyond"] * (value - places[0]))
    return float(np.interp(value, places, weights))


def similarity_of(value: float) -> float:
    """A likeness on a scale from 0 to 1, strictly rising.

    Args:
        value: From `likeness`.
    """
    scale = float(_table()["likeness"].get("similarity_scale", 6.0))
    return 0.5 + 0.5 * math.tanh(value / (2.0 * scale))
