# SPDX-License-Identifier: Apache-2.0
"""The models behind `transferguard/avatars/weights.json`: sums of curves, and the table of bits.

A curve says how many log-odds one number is worth; it is piecewise linear between knots at quantiles, and where a number can mean
only one thing (a block that agrees better never lowers the likeness) it may only rise, or only fall. Bits are log2 of two
densities: of copies, all attacks counting the same, and of unrelated pairs, whose tail is continued as an exponential where it is
too thin to count.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import minimize

RISING = frozenset(
    {"fine_82", "fine_91", "fine_96", "coarse_91", "coarse_96", "fine_mean", "coarse_mean", "whole", "colour", "hash", "still_area"}
    | {
        "moving_area",
        "detail_whole",
        "detail_good",
        "detail_best",
        "detail_amount",
        "faint_good",
        "faint_detail_good",
        "faint_unexplained",
        "unexplained",
        "faint_mean",
    }
)
FALLING = frozenset(
    {"fine_0", "fine_20", "coarse_0", "coarse_20", "skew", "colour_gap", "tone_gap", "detail_against", "faint_bad", "faint_detail_bad"}
)

FEWEST_APART = 0.03
"""Part of a number's range between two knots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A sum of curves.

    Args:
        names: What each column is.
        knots: Places per column.
        heights: Log-odds at these places.
        intercept: Log-odds where all curves are 0.
    """

    names: tuple[str, ...]
    knots: tuple[np.ndarray, ...]
    heights: tuple[np.ndarray, ...]
    intercept: float

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """Log-odds of every row."""
        columns = zip(rows.T, self.knots, self.heights, strict=True)
        return sum((np.interp(column, places, heights) for column, places, heights in columns), start=np.full(len(rows), self.intercept))

    def as_json(self) -> dict[str, Any]:
        """As the engine reads it."""
        curves = {
            name: {"at": places.round(4).tolist(), "log_odds": heights.round(4).tolist()}
            for name, places, heights in zip(self.names, self.knots, self.heights, strict=True)
        }
        return {"intercept": round(self.intercept, 4), "curves": curves}


def _knots(copies: np.ndarray, strangers: np.ndarray) -> np.ndarray:
    both = np.concatenate([copies, strangers])
    wanted = np.concatenate([np.quantile(copies, np.linspace(0.02, 0.98, 5)), np.quantile(strangers, (0.05, 0.5, 0.95))])
    wanted = np.unique(np.concatenate([[both.min()], wanted, [both.max()]]).round(4))
    kept = [wanted[0]]
    for place in wanted[1:]:
        if place - kept[-1] > FEWEST_APART * (wanted[-1] - wanted[0]) + 1e-6:
            kept.append(place)
    return np.array(kept if len(kept) > 1 else [kept[0], kept[0] + 1.0])


def _steps(rows: np.ndarray, knots: tuple[np.ndarray, ...]) -> np.ndarray:
    """One column per piece of a curve: how far along it a number is, 0 to 1."""
    return np.stack(
        [
            np.clip((column - start) / (end - start), 0, 1)
            for column, places in zip(rows.T, knots, strict=True)
            for start, end in pairwise(places)
        ],
        axis=1,
    )


def fitted(copies: np.ndarray, strangers: np.ndarray, names: tuple[str, ...], *, strangers_count: float = 3.0) -> Model:
    """The sum of curves that tells copies from strangers best.

    Args:
        copies: One row per copy.
        strangers: One row per unrelated pair.
        names: Of the columns.
        strangers_count: By how much a false alert is worse than a miss.
    """
    knots = tuple(_knots(one, other) for one, other in zip(copies.T, strangers.T, strict=True))
    pieces = _steps(np.concatenate([copies, strangers]), knots)
    sign = np.r_[np.ones(len(copies)), -np.ones(len(strangers))]
    share = np.r_[np.full(len(copies), 1 / len(copies)), np.full(len(strangers), strangers_count / len(strangers))]
    ridge = 1e-3

    def loss(steps):
        odds = pieces @ steps[1:] + steps[0]
        pull = -sign / (1 + np.exp(np.clip(sign * odds, -50, 50))) * share
        total = (share * np.logaddexp(0, -sign * odds)).sum() + ridge * (steps[1:] ** 2).sum()
        return total, np.r_[pull.sum(), pieces.T @ pull + 2 * ridge * steps[1:]]

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for name, places in zip(names, knots, strict=True):
        bounds += [(0.0, None) if name in RISING else (None, 0.0) if name in FALLING else (None, None)] * (len(places) - 1)
    found = minimize(loss, np.zeros(pieces.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400}).x
    ends = np.cumsum([len(places) - 1 for places in knots])[:-1]
    heights = tuple(np.r_[0.0, np.cumsum(steps)] for steps in np.split(found[1:], ends))
    return Model(names=names, knots=knots, heights=heights, intercept=float(found[0]))


MOST_BITS = 17.0

MISSED = -20.0
"""Likeness of a copy that was not found at all."""


def table_of_bits(copies: np.ndarray, strangers: np.ndarray, pairs: int) -> dict[str, list[float]]:
    """Knots of log2 density ratio, rising.

    Args:
        copies: Likeness of copies, one per attacked picture; MISSED where it was not even a candidate.
        strangers: Likeness of the verified unrelated pairs, one per pair.
        pairs: How many unrelated pairs there were in all; those that were not verified are less alike.
    """
    strangers, copies = np.sort(strangers)[::-1], np.sort(copies)
    knots = np.arange(np.floor(np.quantile(copies[copies > MISSED], 0.01)), np.quantile(copies, 0.9) + 0.5, 0.5)
    width = max(0.5, 0.2 * copies[copies > MISSED].std())
    density = np.array([np.exp(-0.5 * ((copies - knot) / width) ** 2).mean() / (width * np.sqrt(2 * np.pi)) for knot in knots])
    ranks = np.arange(1, len(strangers) + 1)
    tail = (ranks >= 5) & (ranks <= max(40, pairs // 2000))  # one stranger in two: where a circle of a thousand begins to alert
    slope, start = np.polyfit(strangers[tail], np.log(ranks[tail] / pairs), 1)
    slope = min(slope, -0.3)
    thin = strangers[min(len(strangers) - 1, int(ranks[tail][-1]))]
    counted = np.array([np.exp(-0.5 * ((strangers - knot) / width) ** 2).sum() / (pairs * width * np.sqrt(2 * np.pi)) for knot in knots])
    unrelated = np.where(knots > thin, -slope * np.exp(start + slope * knots), counted)
    bits = np.log2((density + 1e-4) / np.maximum(unrelated, 1e-9))
    bits = np.minimum(np.maximum.accumulate(bits), MOST_BITS) + 0.02 * np.arange(len(knots))
    low = float(knots[0] - 6.0)
    return {"likeness": [low, *knots.round(3).tolist()], "bits": [round(float(min(bits[0] - 4.0, -6.0)), 3), *bits.round(3).tolist()]}
