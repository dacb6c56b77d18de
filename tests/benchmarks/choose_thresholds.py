# SPDX-License-Identifier: Apache-2.0
"""At which probability does each outcome begin? Chosen on evidence of the check split.

    python -m tests.benchmarks.decision_evidence check.jsonl --split check
    python -m tests.benchmarks.choose_thresholds check.jsonl

Prints, per probability, the share of honest first payments and of all honest transfers at or above it (situations weighed by their
assumed share) and of attacks (each equally often), with the least probabilities that keep what the headline promises. The numbers in the
policy are those, rounded up: a check split is small.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.decision_evidence import read
from transferguard.assess import find
from transferguard.policy import Policy
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS
from transferguard.weigh import weigh

GRID = (0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9)
MOST_WARNED = 0.01
"""Share of honest first payments that may be warned."""

MOST_CHALLENGED = 0.001
"""The same for a challenge; and of all honest transfers for a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was said about one scene, and how much the scene counts."""

    fraud: bool
    first_payment: bool
    share: float
    probability: float


def state(files: Sequence[Path], policy: Policy) -> list[Stated]:
    """The policy's probability for every scene in these files."""
    scenes = list(read(*files))
    counts = Counter(scene.scenario for scene in scenes)
    stated = []
    for scene in scenes:
        size = scene.evidence.circle_size
        whole = 1 / len(ATTACKS) if scene.attack else HONEST_SITUATIONS[scene.scenario].share
        stated.append(
            Stated(
                fraud=scene.attack,
                first_payment=scene.first_payment,
                share=whole / counts[scene.scenario],
                probability=weigh(find(scene.evidence, policy), size if isinstance(size, int) else 1, policy).probability,
            )
        )
    return stated


def at_least(group: Sequence[Stated], probability: float) -> float:
    """Share of a group with this probability or more."""
    return sum(one.share for one in group if one.probability >= probability) / sum(one.share for one in group)


def main() -> None:
    """Print the table and the choice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="what decision_evidence wrote, of the check split")
    stated = state(parser.parse_args().files, Policy.default())
    honest = [one for one in stated if not one.fraud]
    first = [one for one in honest if one.first_payment]
    attacks = [one for one in stated if one.fraud]
    print(f"{len(first)} honest first payments, {len(honest)} honest transfers, {len(attacks)} attacks")
    for probability in GRID:
        rates = [100 * at_least(group, probability) for group in (first, honest, attacks)]
        print(f"{probability:6.3f}  first {rates[0]:6.2f} %  honest {rates[1]:6.3f} %  attacks {rates[2]:5.1f} %")
    limits = sorted({one.probability for one in honest} | {1.0})
    warn = next(at for at in limits if at_least(first, at + 1e-9) <= MOST_WARNED and at_least(honest, at + 1e-9) <= MOST_CHALLENGED)
    challenge = next(at for at in limits if at_least(first, at + 1e-9) <= MOST_CHALLENGED)
    print(f"least that keeps the promises: warn above {warn:.4f}, challenge above {challenge:.4f}")


if __name__ == "__main__":
    main()
