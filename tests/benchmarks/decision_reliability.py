# SPDX-License-Identifier: Apache-2.0
"""Is a stated probability true? Many scenes in small circles, most of them such as land between 0.1 and 0.9.

    python -m tests.benchmarks.decision_reliability w1.jsonl --gather --split check --culture chinese --seed 301
    python -m tests.benchmarks.decision_reliability w1.jsonl w2.jsonl ...

The first gathers one world of 200 contacts, or of as many as `--contacts` says; the second reads one file per world and prints
reliability by bins on a set rebalanced to half attacks: for all hosts, for those that hand over the talk, and for those that do not.
Intervals come from leaving out one world after the other, because scenes of one world share people and pictures: a chance likeness comes
back in many of them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Final

from tests.benchmarks.decision_allocation import drawings, played, scenes
from tests.benchmarks.decision_evidence import line_of, read
from tests.benchmarks.decision_stage import Stage
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.hindsight.calibration import stated_at_even_odds
from transferguard.hindsight.quality import Bin, quality
from transferguard.policy import Policy
from transferguard.testing.populations import Culture
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS, Wardrobe, build_world
from transferguard.testing.split import Split

CONTACTS: Final = 200
STRANGERS: Final = 200
"""In the circle, and different pictures outside it: painting and comparing them is what takes time."""

PART: Final = 1 / 6
"""Of the scenes of a full run of the benchmark, in each world; at least three of everything, and everybody who was paid before."""

SURE: Final = 1.96
"""Standard errors in half of a 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer to one host."""

    world: int
    heard: bool
    fraud: bool
    share: float
    stated: float


def gather(out: Path, *, split: Split, culture: Culture, seed: int, contacts: int = CONTACTS, photos: Path | None = None) -> None:  # noqa: PLR0913 - one world has that many independent facts, all named
    """Put the evidence of one world into a file."""
    wardrobe = Wardrobe(seed, split=split, strangers=STRANGERS, photos=photos)
    world = build_world(seed, culture=culture, split=split, size=contacts, wardrobe=wardrobe)
    stage: Stage | None = None
    with out.open("w", encoding="utf-8") as lines:
        for scenario in (*HONEST_SITUATIONS, *ATTACKS):
            for draw in drawings(world, scenario, count=max(3, round(PART * scenes(scenario)))):
                for again in range(played(scenario)):
                    scene = draw(again=again)
                    stage = stage or Stage(scene)
                    lines.write(line_of(scene, stage.evidence(scene), scenario=scenario, culture=culture))


def answers(files: Sequence[Path], policy: Policy) -> list[Said]:
    """What the policy states about every scene, with its talk and without."""
    known = [(number, scene) for number, file in enumerate(files) for scene in read(file)]
    counts = Counter(scene.scenario for _, scene in known)
    return [
        Said(
            world=number,
            heard=heard,
            fraud=scene.attack,
            share=(1 / len(ATTACKS) if scene.attack else HONEST_SITUATIONS[scene.scenario].share) / counts[scene.scenario],
            stated=stated_at_even_odds(scene.evidence if heard else replace(scene.evidence, talk=NOT_HANDED_OVER), policy),
        )
        for number, scene in known
        for heard in (True, False)
    ]


def bins(said: Sequence[Said]) -> dict[float, Bin]:
    """Reliability of these answers, by the least probability of a bin."""
    total = {fraud: sum(one.share for one in said if one.fraud is fraud) for fraud in (True, False)}
    weights = [one.share / total[one.fraud] / 2 for one in said]
    found = quality([one.stated for one in said], [one.fraud for one in said], weights)
    return {one.low: one for one in found.bins}


def half_width(said: Sequence[Said], low: float, worlds: int) -> float:
    """Half of a 95 % interval of stated minus true, by leaving out one world after the other; the whole range for a single one."""
    left = [bins([one for one in said if one.world != number]).get(low) for number in range(worlds)]
    off = [one.true - one.stated for one in left if one]
    if len(off) < 2:
        return 1.0
    mean = sum(off) / len(off)
    return SURE * sqrt((len(off) - 1) / len(off) * sum((one - mean) ** 2 for one in off))


def show(files: Sequence[Path]) -> None:
    """Print the tables."""
    said = answers(files, Policy.default())
    for name, group in (
        ("all hosts", said),
        ("the talk handed over", [one for one in said if one.heard]),
        ("no talk handed over", [one for one in said if not one.heard]),
    ):
        print(f"\n{name}: {len(group)} answers in {len(files)} worlds\n")
        print("| stated | answers | mean stated, % | true, % | true - stated |\n|---|---|---|---|---|")
        for low, one in bins(group).items():
            off = f"{100 * (one.true - one.stated):+.1f} ± {100 * half_width(group, low, len(files)):.1f}"
            print(f"| {low:.1f}-{one.high:.1f} | {one.count:,} | {100 * one.stated:.1f} | {100 * one.true:.1f} | {off} |")


def main() -> None:
    """Gather one world, or print what all of them say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="one per world")
    parser.add_argument("--gather", action="store_true", help="write the one file that is named")
    parser.add_argument("--split", type=Split, default=Split.CHECK)
    parser.add_argument("--culture", type=Culture, default=Culture.CHINESE)
    parser.add_argument("--seed", type=int, default=301)
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--photos", type=Path, help="a folder of photographs, as outside_photos writes it")
    asked = parser.parse_args()
    if asked.gather:
        gather(asked.files[0], split=asked.split, culture=asked.culture, seed=asked.seed, contacts=asked.contacts, photos=asked.photos)
    else:
        show(asked.files)


if __name__ == "__main__":
    main()
