# SPDX-License-Identifier: Apache-2.0
"""Shares with intervals, and quantiles: what the name and decision parts of the report need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import log2, sqrt
from typing import Any

_Z = 1.96
"""Standard deviations of a 95 % interval."""


def share(hits: int, trials: int) -> dict[str, Any]:
    """A share with its Wilson interval."""
    if trials == 0:
        return {"value": None, "low": None, "high": None, "trials": 0}
    rate, square = hits / trials, _Z * _Z
    centre = (rate + square / (2 * trials)) / (1 + square / trials)
    reach = _Z * sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    low, high = (0.0 if hits == 0 else centre - reach), (1.0 if hits == trials else centre + reach)
    return {"value": round(rate, 5), "low": round(low, 5), "high": round(high, 5), "trials": trials}


def clustered(groups: Sequence[Hashable], trials: int) -> dict[str, Any]:
    """A share of trials whose hits come in groups: the interval is that of so many fewer trials as the groups are worth.

    Args:
        groups: What each hit is about. Three strangers who resemble one contact say less than three who resemble three.
        trials: All trials, hits or not.
    """
    found = share(len(groups), trials)
    if not groups:
        return found
    # The variance of a sum of groups of m hits grows with m squared.
    size = sum(count * count for count in Counter(groups).values()) / len(groups)
    fewer = share(round(len(groups) / size), round(trials / size))
    return found | {"low": min(found["low"], fewer["low"]), "high": max(found["high"], fewer["high"])}


def least_score(scores: Sequence[float], *, allowed: float) -> float:
    """The least score at which at most this share of the scores, equal or above it, would alert.

    Args:
        scores: One per stranger: the best score against the circle; minus infinity for none.
        allowed: Share of strangers, 0..1.
    """
    ordered = sorted(scores, reverse=True)
    first_refused = ordered[int(allowed * len(ordered))]
    above = [score for score in ordered if score > first_refused]
    # Between the last that may alert and the first that may not: the middle is steadier than either edge.
    if first_refused == float("-inf"):
        return 0.0  # fewer have any likeness at all than may alert
    return (above[-1] + first_refused) / 2 if above else first_refused + 1e-9


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def bits(probability: float) -> float:
    """Surprise of a probability, in bits."""
    return -log2(probability)
