# SPDX-License-Identifier: Apache-2.0
"""Evidence of many simulated scenes, gathered once and kept, so that weights and thresholds can be tried on it in seconds.

    python -m tests.benchmarks.decision_evidence OUT.jsonl --split tune --culture chinese --seed 11 --scenes 20

One line per scene: the scenario, the truth about it and the evidence as a guard would gather it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.decision_stage import Stage
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.talk import Topic
from transferguard.testing.populations import Culture
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS, Scene, Wardrobe, build_world, draw_scene
from transferguard.testing.split import Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A scene's evidence with the truth about it.

    Attributes:
        scenario: Name of the honest situation or attack.
        attack: Whether somebody is cheating.
        first_payment: Whether nothing was paid before.
        culture: Whose names.
        tags: What the report groups by.
        evidence: What a guard gathers.
    """

    scenario: str
    attack: bool
    first_payment: bool
    culture: str
    tags: dict[str, Any]
    evidence: Evidence

    @property
    def misheard(self) -> bool:
        """Whether an honest line was taken for a request: of some forty lines one is, and three quarters of life may say it."""
        talk, asks = self.evidence.talk, self.attack or self.scenario == "honest_loan"
        return not asks and not isinstance(talk, Unavailable) and Topic.BORROW in talk.topics


def read(*files: Path) -> Iterator[Known]:
    """What `gather` wrote."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            plain = json.loads(line)
            yield Known(**{**plain, "evidence": Evidence.from_json(plain["evidence"].encode("ascii"))})


def gather(  # noqa: PLR0913 - one world has that many independent facts, all named
    out: Path,
    *,
    split: Split,
    culture: Culture,
    seed: int,
    scenes: int,
    contacts: int,
    only: tuple[str, ...] = (),
    photos: Path | None = None,
) -> None:
    """Gather the evidence of some scenes of every scenario in one world.

    Args:
        out: Lines are appended to it.
        split: Which part of all tables may be used.
        culture: Whose names.
        seed: Of the world.
        scenes: Per scenario; situations that change the circle's pictures are drawn a third as often.
        contacts: In the circle.
        only: Scenarios; all by default.
        photos: Photographs to wear besides painted ones.
    """
    wardrobe = Wardrobe(seed, split=split, strangers=8 * scenes, photos=photos)
    world = build_world(seed, culture=culture, split=split, size=contacts, wardrobe=wardrobe)
    stage: Stage | None = None
    with out.open("a", encoding="utf-8") as lines:
        for scenario in only or (*HONEST_SITUATIONS, *ATTACKS):
            for turn in range(scenes):
                scene = draw_scene(world, scenario, number=turn)
                stage = stage or Stage(scene)
                lines.write(line_of(scene, stage.evidence(scene), scenario=scenario, culture=culture))


def line_of(scene: Scene, evidence: Evidence, *, scenario: str, culture: Culture) -> str:
    """One scene as `read` takes it."""
    plain = {
        "scenario": scenario,
        "attack": scene.truth.attack,
        "first_payment": scene.truth.first_payment,
        "culture": culture.value,
        "tags": dict(scene.truth.tags),
        "evidence": evidence.to_json().decode("ascii"),
    }
    return json.dumps(plain) + "\n"


def main() -> None:
    """Gather evidence into a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", type=Split, default=Split.TUNE)
    parser.add_argument("--culture", type=Culture, default=Culture.CHINESE)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--scenes", type=int, default=20)
    parser.add_argument("--contacts", type=int, default=1_000)
    parser.add_argument("--only", default="", help="scenarios, separated by commas")
    parser.add_argument("--photos", type=Path, help="a folder of photographs, as outside_photos writes it")
    asked = parser.parse_args()
    gather(
        asked.out,
        split=asked.split,
        culture=asked.culture,
        seed=asked.seed,
        scenes=asked.scenes,
        contacts=asked.contacts,
        only=tuple(filter(None, asked.only.split(","))),
        photos=asked.photos,
    )


if __name__ == "__main__":
    main()
