# SPDX-License-Identifier: Apache-2.0
"""Thresholds, rates and their intervals, for scores of pairs of pictures.

Scores stand in a matrix: row = the picture that is looked up, column = the contact, larger = more alike, minus infinity =
not plausible. Pairs share pictures, so intervals come from resampling pictures, never pairs: a bootstrap over pairs would
make them far too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

RATES = (1e-3, 1e-4, 1e-5)
"""False alerts per unrelated pair at which recall is read."""

CONTACTS = 1_000
"""Size of the circle of the rates per stranger; a smaller set of pictures gives smaller circles."""

_ROUNDS = 400
"""Bootstrap rounds; the interval moves by less than its last printed digit with more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share (0..1) with its 95 % interval and the number of trials behind it."""

    value: float
    low: float
    high: float
    trials: int

    def as_json(self) -> dict[str, float | int]:
        """For the result file."""
        return {"value": round(self.value, 7), "low": round(self.low, 7), "high": round(self.high, 7), "trials": self.trials}


def threshold(scores: Scores, unrelated: Mask, rate: float) -> float:
    """The least score at which no more than this share of unrelated pairs would alert.

    Args:
        scores: Square, every picture against every other.
        unrelated: Which pairs count.
        rate: False alerts per pair that are allowed.

    Returns:
        A score; equal or above alerts. Where unrelated pairs are plausible less often than allowed, every plausible pair alerts.
    """
    pairs = np.sort(scores[unrelated])[::-1]
    last = pairs[int(rate * len(pairs))]
    return float(np.nextafter(last, np.float32(np.inf)))


def false_alerts(scores: Scores, unrelated: Mask, least: float, *, rng: np.random.Generator) -> Rate:
    """The share of unrelated pairs that alert, with an interval by picture."""
    size, pairs = len(scores), int(unrelated.sum())
    rows, columns = np.nonzero((scores >= least) & unrelated)
    draws = rng.multinomial(size, np.full(size, 1 / size), size=_ROUNDS)
    counts = (draws[:, rows] * draws[:, columns]).sum(axis=1) / pairs
    low, high = np.quantile(counts, (0.025, 0.975))
    return Rate(value=len(rows) / pairs, low=float(low), high=max(float(high), 3 / pairs), trials=pairs)


def stranger_alerts(scores: Scores, unrelated: Mask, least: float, *, rng: np.random.Generator) -> Rate:
    """The share of strangers of whom at least one of `CONTACTS` contacts raises an alert."""
    alarmed = np.zeros(len(scores), dtype=bool)
    for row, others in enumerate(unrelated):
        contacts = rng.permutation(np.flatnonzero(others))[:CONTACTS]
        alarmed[row] = bool((scores[row, contacts] >= least).any())
    return by_picture(alarmed[:, None], rng)


def by_picture(found: npt.NDArray[np.bool_], rng: np.random.Generator) -> Rate:
    """The share of True, with an interval by row (one row per picture, one column per attack)."""
    if not found.size:
        return Rate(value=0.0, low=0.0, high=1.0, trials=0)
    means = found.mean(axis=1)
    draws = means[rng.integers(len(means), size=(_ROUNDS, len(means)))].mean(axis=1)
    low, high = np.quantile(draws, (0.025, 0.975))
    value = float(means.mean())
    # Nothing (or everything) found: the bootstrap would say "exactly"; the rule of three says how sure that is.
    margin = min(1.0, 3 / len(means))
    low = 1 - margin if value == 1 else float(low)
    high = margin if value == 0 else float(high)
    return Rate(value=value, low=low, high=high, trials=int(found.size))


def curve(scores: Scores, unrelated: Mask, copies: npt.NDArray[np.float32]) -> list[tuple[float, float]]:
    """Points (false-alert rate, recall) from strict to lax, a few dozen."""
    pairs = np.sort(scores[unrelated])[::-1]
    points = []
    for exponent in np.linspace(-6, -1, 41):
        place = min(len(pairs) - 1, int(10**exponent * len(pairs)))
        least = pairs[place]
        recall = float((copies > least).mean()) if np.isfinite(least) else float(np.isfinite(copies).mean())
        points.append((float(10**exponent), recall))
    return points
