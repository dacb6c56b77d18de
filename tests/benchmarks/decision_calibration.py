# SPDX-License-Identifier: Apache-2.0
"""Is what the guard states true? Reliability by bins, with intervals that say whether the promise is shown, refuted, or neither.

A scene is played several times, with other amounts and lines, and answered twice each time, with its talk and without; all answers belong
to one draw. So do all scenes of one scenario with the same recipient, or with strangers in the same picture: a friend whose picture
resembles another's does so in each.
Intervals are bootstrapped: within every scenario as many recipients as there are are drawn again with replacement, because the number per
scenario is given and not chance.

Bins of equal width between 10 and 90 % hold a few thousandths of the set each. Beside them stand wider ones, by a rule that was fixed
before anything was measured with it: from the lowest on, neighbours are merged until together they are worth `ENOUGH` scenes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from transferguard.hindsight.quality import BINS, quality
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS

POINTS_OFF: Final = 0.05
"""How far a stated probability may be from the share that is true, in every bin."""

DRAWS: Final = 1_000
"""Bootstrap samples: the ends of a 95 % interval are then known to about a tenth of its width."""

FEWEST: Final = 10.0
"""Scenes of equal weight that a bin must be worth before its interval proves anything: fewer may all agree by chance."""

ENOUGH: Final = 100.0
"""Scenes of equal weight that merged bins are worth: a share of one half is then known to ten points either way."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One scene and what would be stated if every second transfer were fraud.

    Attributes:
        scenario: Of which attack or situation.
        fraud: Whether somebody is cheating.
        heard: To a host that hands over the talk, each time that it is played; of all scenes as often.
        silent: To one that does not, likewise.
        plain: What was stated of it, under the policy's own prior.
        recipient: The same for scenes that are not independent; by default each is.
    """

    scenario: str
    fraud: bool
    heard: Sequence[float]
    silent: Sequence[float]
    plain: float
    recipient: str = ""


def calibration(answered: Sequence[Answered]) -> dict[str, Any]:
    """Reliability on a set rebalanced to half attacks, where half of the hosts hand over the talk, as where the weights were fitted."""
    counts = Counter(one.scenario for one in answered)
    weights = [_share(one) / counts[one.scenario] / 2 for one in answered]
    truth = [one.fraud for one in answered]
    heard, silent = ([list(played) for played in zip(*each, strict=True)] for each in _both(answered))
    result: dict[str, Any] = {
        "brier_skill_constant": round(quality([0.5] * len(answered), truth, weights).skill, 3) + 0.0,
        "brier_skill_unshifted": round(quality([one.plain for one in answered], truth, weights).skill, 3),
    }
    for kind, stated in (("", heard + silent), ("_with_talk", heard), ("_without_talk", silent)):
        again = len(stated)
        found = quality([one for each in stated for one in each], truth * again, [weight / again for weight in weights] * again)
        sure = _Bootstrap(answered, np.array(stated))
        result[f"bins{kind}"] = [
            {"low": one.low, "high": one.high, "count": one.count, "stated": round(one.stated, 4), "true": round(one.true, 4)}
            | sure.of(round(one.low * BINS), round(one.high * BINS))
            for one in found.bins
        ]
        result[f"merged{kind}"] = [sure.mean(low, high) | sure.of(low, high) for low, high in sure.merged()]
        result[f"brier_skill{kind}"] = round(found.skill, 3)
    return result


def _both(answered: Sequence[Answered]) -> tuple[list[Sequence[float]], list[Sequence[float]]]:
    """What was stated with the talk, and without it, scene by scene."""
    return [one.heard for one in answered], [one.silent for one in answered]


def _share(one: Answered) -> float:
    """Of all attacks, or of honest life."""
    return 1 / len(ATTACKS) if one.fraud else HONEST_SITUATIONS[one.scenario].share


class _Bootstrap:
    """What each bin would have been with other scenes.

    Args:
        answered: The scenes.
        stated: Their answers, one row per host and play.
    """

    def __init__(self, answered: Sequence[Answered], stated: Floats) -> None:
        scenarios = sorted({one.scenario for one in answered})
        place = {scenario: number for number, scenario in enumerate(scenarios)}
        self._fraud = np.array([one.fraud for one in answered])
        members = np.array([place[one.scenario] for one in answered])
        shares = np.array([1 / len(ATTACKS) if scenario in ATTACKS else HONEST_SITUATIONS[scenario].share for scenario in scenarios])
        attacks = np.array([scenario in ATTACKS for scenario in scenarios])
        halves = np.where(attacks, shares[attacks].sum(), shares[~attacks].sum())
        self._weight = (shares / halves / 2 / np.bincount(members) / len(stated))[members]
        which = np.minimum(BINS - 1, (stated * BINS).astype(int))
        # Of every scene: how many of its answers lie in a bin, and the sum of what they state.
        self._inside = np.array([(which == number).sum(axis=0) for number in range(BINS)], dtype=np.float64)
        self._sums = np.array([np.where(which == number, stated, 0.0).sum(axis=0) for number in range(BINS)])
        known: dict[tuple[str, str], int] = {}
        self._draw_of = np.array(
            [known.setdefault((one.scenario, one.recipient or str(at)), len(known)) for at, one in enumerate(answered)]
        )
        # Of every draw: its scenario, and how many scenes belong to it.
        self._scenario_of = np.zeros(len(known), dtype=np.int64)
        self._scenario_of[self._draw_of] = members
        self._size = np.bincount(self._draw_of)
        self._inside_drawn, self._stated_drawn, self._fraud_drawn = self._drawn()

    def _drawn(self) -> tuple[Floats, Floats, Floats]:
        """Weight inside, weight times stated, and weight of frauds, by bootstrap sample and bin."""
        rng = np.random.default_rng(0)
        where = [np.flatnonzero(self._scenario_of == number) for number in range(self._scenario_of.max() + 1)]
        inside, stated, fraud = (np.zeros((DRAWS, BINS)) for _ in range(3))
        for draw in range(DRAWS):
            times = np.zeros(len(self._scenario_of))
            for own in where:
                drawn = np.bincount(rng.integers(0, len(own), len(own)), minlength=len(own))
                # Recipients have scenes in different numbers; a scenario keeps its weight whoever is drawn.
                times[own] = drawn * self._size[own].sum() / (drawn @ self._size[own])
            weight = times[self._draw_of] * self._weight
            inside[draw], stated[draw] = self._inside @ weight, self._sums @ weight
            fraud[draw] = self._inside @ (weight * self._fraud)
        return inside, stated, fraud

    def merged(self) -> list[tuple[int, int]]:
        """From which bin up to which: neighbours, from the lowest on, until they are worth enough; what is left joins the last."""
        ends = [0]
        for end in range(1, BINS + 1):
            if self._worth(ends[-1], end) >= ENOUGH:
                ends.append(end)
        ends[max(1, len(ends) - 1) :] = [BINS]
        return list(pairwise(ends))

    def mean(self, first: int, last: int) -> dict[str, Any]:
        """What was stated and what is true over some neighbouring bins, the last left out."""
        inside = self._inside[first:last].sum(axis=0)
        total = float(inside @ self._weight)
        stated = float(self._sums[first:last].sum(axis=0) @ self._weight) / total
        true = float(inside @ (self._weight * self._fraud)) / total
        row = {"low": first / BINS, "high": last / BINS, "count": int(inside.sum()), "share": round(total, 4)}
        return row | {"stated": round(stated, 4), "true": round(true, 4)}

    def _worth(self, first: int, last: int) -> float:
        weight = np.bincount(self._draw_of, self._inside[first:last].sum(axis=0) * self._weight)
        return float(weight.sum() ** 2 / (weight**2).sum()) if weight.any() else 0.0

    def of(self, first: int, last: int) -> dict[str, Any]:
        """Interval of the truth and of how far the stated probabilities are from it, and what that says about the promise."""
        worth = self._worth(first, last)
        inside, stated, fraud = (each[:, first:last].sum(axis=1) for each in (self._inside_drawn, self._stated_drawn, self._fraud_drawn))
        full = inside > 0
        true, off = fraud[full] / inside[full], (fraud - stated)[full] / inside[full]
        low, high = (float(end) for end in np.quantile(off, (0.025, 0.975)))
        true_low, true_high = (float(end) for end in np.quantile(true, (0.025, 0.975)))
        return {
            "worth": round(worth, 1),
            "true_low": round(true_low, 4),
            "true_high": round(true_high, 4),
            "off_low": round(low, 4),
            "off_high": round(high, 4),
            "promise": verdict(low, high, worth),
        }


def verdict(low: float, high: float, worth: float) -> str:
    """Whether the promise is shown, refuted, or neither, by the interval of true minus stated."""
    if worth < FEWEST:
        return "neither"
    if low > POINTS_OFF or high < -POINTS_OFF:
        return "refuted"
    return "shown" if -POINTS_OFF <= low <= high <= POINTS_OFF else "neither"
