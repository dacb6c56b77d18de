# SPDX-License-Identifier: Apache-2.0
"""What does a likeness weigh?

Agreement becomes log-odds as a sum of curves, one per feature (a generalised additive model), and log-odds become bits by a table
per kind of picture: log2 of how much more often copies reach this likeness than unrelated pictures do. Both are data measured on
the calibration split (`weights.json`, with its source); thresholds are the policy's business and do not exist here.
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


def promise_of(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds of a copy after rough alignment: whether exact work is worth while.

    Args:
        features: Shape (n, features), in the order of `verification.FIRST_FEATURES`.
    """
    return _summed(features, "promise")


def likeness_of(features: NDArray[np.float32], kind: PictureKind) -> NDArray[np.float32]:
    """Log-odds of a copy, before calibration; more means more alike.

    Args:
        features: Shape (n, features), in the order of `verification.FEATURES`.
        kind: Graphic only where both pictures are.
    """
    value = _summed(features, kind.value)
    return held_back(value, features[:, _amount_column()]) if kind is PictureKind.GRAPHIC else value


_AMOUNTS, _MOST = (0.8, 1.5, 2.2, 2.8), (-1.3, 0.0, 2.0, 12.0)
"""How much detail agrees (`agreement.DETAIL_NAMES`, bits), and the likeness that graphics reach with it: about 4, 7 and 10 bits, and as
much as there is. A silhouette, a letter or three stripes are drawn by many; painted cartoons and badges lie above 2.8 (tuned)."""


def held_back(value: NDArray[np.float32], amount: NDArray[np.float32]) -> NDArray[np.float32]:
    """The likeness of graphics, held to what so little detail can prove, and a trace more so that better likenesses stay in front.

    Args:
        value: Likeness by the model alone, shape (n,).
        amount: How much detail agrees, shape (n,).
    """
    most = np.interp(amount, _AMOUNTS, _MOST)
    return np.asarray(np.where(value > most, most + 0.02 * (value - most), value), np.float32)


@lru_cache(maxsize=1)
def _amount_column() -> int:
    return list(_table()["likeness"][PictureKind.GRAPHIC.value]["curves"]).index("detail_amount")


def _summed(features: NDArray[np.float32], model: str) -> NDArray[np.float32]:
    """The sum of one curve per feature."""
    intercept, curves = _model(model)
    value = np.full(len(features), intercept)
    for column, (places, heights) in zip(features.T, curves, strict=True):
        value += np.interp(column, places, heights)
    return np.asarray(value, np.float32)


Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


@lru_cache(maxsize=3)
def _model(name: str) -> tuple[float, tuple[Curve, ...]]:
    model = _table()["likeness"][name]
    curves = tuple((np.array(curve["at"], float), np.array(curve["log_odds"], float)) for curve in model["curves"].values())
    return float(model["intercept"]), curves


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
