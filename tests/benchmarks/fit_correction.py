# SPDX-License-Identifier: Apache-2.0
"""Fit the correction of the default policy: what sums of evidence turned out to mean.

    python -m tests.benchmarks.decision_reliability w1.jsonl --gather --split tune --culture chinese --seed 301
    python -m tests.benchmarks.fit_correction w1.jsonl w2.jsonl ... --write

A logistic regression of a curve in straight pieces on the sum that `transferguard.weigh` makes without it, at even odds, on a set
rebalanced to half attacks, every scene with its talk and without, but for honest lines that are taken for a request. The bits at the
knots are held near 0 and near their neighbours, and the curve must rise (design, rule 4). At both ends nothing is added: far below
nothing is stated anyway, and from where a warning begins on the sum is believed as it is, so that a correction neither makes nor takes
away any outcome of the default policy.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import log, log2
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.benchmarks.decision_evidence import Known, read
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.hindsight.calibration import stated_at_even_odds
from transferguard.policy import NO_CORRECTION, Policy
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS
from transferguard.weigh import prior_together

LOWEST: Final = -4.5
"""Bits below which nothing is added: 4 % at even odds."""

APART: Final = 0.5
"""Bits between two knots, from the lowest on: chosen by leaving out one world after the other. Knots that were laid where sums gather
fitted those worlds better, and others worse; at three quarters of a bit the curve cuts the corner where friends paid before stand."""

WORTH: Final = 100_000.0
"""Answers, half of them about fraud, that all simulated ones together count as: a third of those that are there. Chosen by leaving out one
world after the other."""

SPREAD: Final = 2.0
ROUGH: Final = 2.5
"""Standard deviations, bits: of what is added at a knot, and of its change over one bit of evidence. Chosen."""

LEAST_RISE: Final = 0.1
"""Bits by which the curve rises at least for each bit of evidence."""

Floats: TypeAlias = npt.NDArray[np.float64]


def answers(scenes: Sequence[Known], policy: Policy) -> tuple[Floats, Floats, Floats]:
    """Of every answer: the sum at even odds, whether it was fraud, and how much it counts."""
    counts = Counter(scene.scenario for scene in scenes)
    rows = []
    for scene in scenes:
        share = 1 / len(ATTACKS) if scene.attack else HONEST_SITUATIONS[scene.scenario].share
        silent = replace(scene.evidence, talk=NOT_HANDED_OVER)
        for evidence in (silent,) if scene.misheard else (scene.evidence, silent):
            stated = stated_at_even_odds(evidence, policy)
            rows.append((log2(stated / (1 - stated)), float(scene.attack), share / counts[scene.scenario]))
    sums, fraud, weight = (np.array(column) for column in zip(*rows, strict=True))
    halves = np.where(fraud == 1, weight[fraud == 1].sum(), weight[fraud == 0].sum())
    return sums, fraud, weight / halves / 2


def fit(sums: Floats, fraud: Floats, weight: Floats, *, knots: Sequence[float]) -> list[float]:
    """Bits to add at each knot, none at the outermost."""
    from scipy.optimize import LinearConstraint, minimize  # noqa: PLC0415 # a build-time package

    places = np.array(knots)
    step = np.diff(places)
    basis = np.array([np.interp(sums, places, row) for row in np.eye(len(places))[1:-1]]).T
    change = np.diff(np.eye(len(places)), axis=0)[:, 1:-1]
    rough = change / np.sqrt(step)[:, None] / ROUGH

    def loss(bits: Floats) -> tuple[float, Floats]:
        odds = (sums + basis @ bits) * _LN2
        surprise = weight @ (np.logaddexp(0.0, odds) - fraud * odds)
        pull = basis.T @ (weight * (1 / (1 + np.exp(-odds)) - fraud)) * _LN2
        held = (bits @ bits) / SPREAD**2 + (rough @ bits) @ (rough @ bits)
        return float(WORTH * surprise + held / 2), WORTH * pull + bits / SPREAD**2 + rough.T @ (rough @ bits)

    rising = LinearConstraint(change, lb=(LEAST_RISE - 1) * step)
    found = minimize(loss, np.zeros(len(places) - 2), jac=True, method="SLSQP", constraints=rising)
    return [0.0, *(round(float(one), 2) + 0.0 for one in found.x), 0.0]


_LN2: Final = log(2)


def knots_of(policy: Policy) -> list[float]:
    """Where the curve bends; the last is where a warning begins, rounded down."""
    warned = log2(policy.threshold.warn / (1 - policy.threshold.warn)) - prior_together(policy)
    last = int(warned * 10) / 10
    return [*np.arange(LOWEST, last - APART / 2, APART).tolist(), last]


def write(sums: Sequence[float], bits: Sequence[float], file: Path) -> None:
    """Put the curve into the lines of the default policy."""
    text = file.read_text(encoding="utf-8")
    for key, values in (("sums", sums), ("bits", bits)):
        line = f"{key} = {[float(one) for one in values]}"
        text = re.sub(rf"^{key} = \[[^#\n]*", f"{line} ", text, count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")


def main() -> None:
    """Fit, show, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="what decision_reliability gathered, of the tune and check splits")
    parser.add_argument("--write", action="store_true", help="into transferguard/default_policy.toml")
    asked = parser.parse_args()
    policy = Policy.from_mapping({"correction": NO_CORRECTION})
    scenes = list(read(*asked.files))
    knots = knots_of(policy)
    bits = fit(*answers(scenes, policy), knots=knots)
    print(f"{len(scenes)} scenes in {len(asked.files)} worlds")
    for place, added in zip(knots, bits, strict=True):
        print(
            f"{place:+5.1f} bits of evidence, {100 / (1 + 2**-place):5.1f} %: {added:+.1f} bits, {100 / (1 + 2 ** -(place + added)):5.1f} %"
        )
    if asked.write:
        write(knots, bits, Path(__file__).parents[2] / "transferguard" / "default_policy.toml")


if __name__ == "__main__":
    main()
