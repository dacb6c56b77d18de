# SPDX-License-Identifier: Apache-2.0
"""The whole-decision part of the benchmark report: honest life and attacks, against circles of a thousand, default policy.

Everything is drawn from the report split: people, disguises, pictures, picture attacks and lines of talk that were not used for
tuning, and photographs of others where they are installed. Of each situation so many scenes are drawn as tell something
(`decision_allocation`); attacks count equally, honest situations by their assumed share of all honest transfers. Every scene is decided
a second time without its talk, as for a host that hands none over; how true the stated probabilities are is asked of some more plays of it.

`measure` gives one JSON-ready value, `report_decision_tables` its tables. Alone: `python -m tests.benchmarks.decision_report [--sample]`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.benchmarks.decision_allocation import PLAYED, divided, drawings, played, scenes
from tests.benchmarks.decision_calibration import Answered, calibration
from tests.benchmarks.decision_stage import Stage
from tests.benchmarks.outside_photos import write_photos
from tests.benchmarks.peers_decision import PEERS
from tests.benchmarks.report_statistics import quantile, share
from tests.benchmarks.spreading import spread
from transferguard.decision import Outcome
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.testing.populations import Culture
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS, Scene, Wardrobe, build_world
from transferguard.testing.split import Split

OURS = "transferguard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured.

    Attributes:
        name: `full` or `sample`.
        contacts: In every circle.
        part: Of the scenes of a full run (`decision_allocation`), at least one of each scenario.
        strangers: Different pictures of people outside the circle.
        cultures: Which cultures besides the Chinese.
        worlds: Chinese worlds, each with other people.
    """

    name: str
    contacts: int
    part: float
    strangers: int
    cultures: tuple[Culture, ...]
    worlds: int = 1


FULL = Scale(
    name="full",
    contacts=1_000,
    part=1.0,
    strangers=600,
    cultures=tuple(culture for culture in Culture if culture is not Culture.CHINESE),
    worlds=2,
)
"""Some 6,300 scenes in ten worlds, nine scripts; eight minutes of processor time."""
BRIEF = Scale(name="brief", contacts=1_000, part=1 / 3, strangers=150, cultures=(Culture.LATIN,), worlds=2)
"""A third of the full run, for a busy machine."""
SAMPLE = Scale(name="sample", contacts=24, part=0.0, strangers=10, cultures=())

_CHINESE_PART = 4.0
"""Scenes in a Chinese world for each in a world of another culture: half of all scenes are Chinese in a full run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One scene and what everybody said about it."""

    scenario: str
    attack: bool
    first_payment: bool
    culture: str
    tags: dict[str, Any]
    outcome: Outcome
    probability: float
    at_even_odds: tuple[float, ...]
    silent_at_even_odds: tuple[float, ...]
    strongest: str
    recipient: str
    silent: Outcome
    milliseconds: float
    peers: dict[str, bool]

    def at_least(self, outcome: Outcome) -> bool:
        """Whether the guard asked for this or more."""
        return self.outcome.severity >= outcome.severity


def measure(scale: Scale = FULL, *, seed: int = 1, jobs: int = 1) -> dict[str, Any]:
    """Measure the whole decision.

    Args:
        scale: How much.
        seed: Of the worlds.
        jobs: Processes.

    Returns:
        Rows by table name.
    """
    start = perf_counter()
    with TemporaryDirectory() as folder:
        photos = 0 if scale == SAMPLE else write_photos(Path(folder), split=Split.REPORT)
        tried = _play(scale, seed, jobs, Path(folder) if photos else None)
    result: dict[str, Any] = {"benchmark": "decision", "schema": 1, "scale": scale.name, "seed": seed}
    result |= {"policy": Policy.default().digest, "contacts": scale.contacts, "scenes": len(tried), "photos": photos}
    result["peers"] = [{"name": peer.name, "source": peer.source} for peer in PEERS]
    result["headline"] = _headline(tried)
    result["beside"] = _beside(tried)
    result["honest"] = [_row(tried, name) | {"share": HONEST_SITUATIONS[name].share} for name in HONEST_SITUATIONS]
    result["attacks"] = [_row(tried, name) | {"family": ATTACKS[name].family} for name in ATTACKS]
    result["groups"] = _groups(tried)
    result["cultures"] = _cultures(tried)
    result["calibration"] = calibration(
        [
            Answered(
                scenario=one.scenario,
                fraud=one.attack,
                heard=one.at_even_odds,
                silent=one.silent_at_even_odds,
                plain=one.probability,
                recipient=one.recipient,
            )
            for one in tried
        ]
    )
    result["roc"] = _roc(tried)
    result["speed"] = {
        "median_ms": round(median(one.milliseconds for one in tried), 1),
        "p99_ms": round(quantile([one.milliseconds for one in tried], 0.99), 1),
    }
    result["seconds"] = round(perf_counter() - start)
    return result


def _play(scale: Scale, seed: int, jobs: int, photos: Path | None) -> list[Tried]:
    """Every scene of every world, asked of the guard and of the peers; worlds that share pictures in one process, one after the other."""
    seeds = range(seed, seed + scale.worlds)
    worlds = [(Culture.CHINESE, own) for own in seeds]
    worlds += [(culture, seeds[place % len(seeds)]) for place, culture in enumerate(scale.cultures)]
    parts = [_CHINESE_PART if culture is Culture.CHINESE else 1.0 for culture, _ in worlds]
    names = [*HONEST_SITUATIONS, *ATTACKS]
    counts = {scenario: divided(max(1, round(scale.part * scenes(scenario))), parts) for scenario in names}

    prints: dict[str, bytes | Unavailable] = {}

    # Painting and fingerprinting a thousand pictures costs as much as several hundred scenes.
    def play(own: int) -> list[Tried]:
        mine = [place for place, (_, wardrobe) in enumerate(worlds) if wardrobe == own]
        drawn = [{scenario: each[place] for scenario, each in counts.items()} for place in mine]
        return [
            one for place, some in zip(mine, drawn, strict=True) for one in _world(scale, photos, *worlds[place], drawn=some, prints=prints)
        ]

    return [one for some in spread(play, seeds, jobs=jobs, apiece=1) for one in some]


def _world(  # noqa: PLR0913 - one world has that many independent facts, all named
    scale: Scale,
    photos: Path | None,
    culture: Culture,
    number: int,
    *,
    drawn: Mapping[str, int],
    prints: dict[str, bytes | Unavailable],
) -> Iterator[Tried]:
    wardrobe = Wardrobe(number, split=Split.REPORT, strangers=scale.strangers, photos=photos)
    world = build_world(number, culture=culture, split=Split.REPORT, size=scale.contacts, wardrobe=wardrobe)
    circle = {member.account.id for member in world.members}
    stage: Stage | None = None
    for scenario, count in drawn.items():
        for draw in drawings(world, scenario, count=count, part=scale.part):
            scene = draw()
            stage = stage or Stage(scene, prints=prints)
            checked = stage.check(scene)
            decision = checked.decision
            stated = [(checked.at_even_odds, checked.silent_at_even_odds)]
            stated += [stage.stated(draw(again=again)) for again in range(1, played(scenario))]
            stated *= PLAYED // len(stated)
            yield Tried(
                scenario=scenario,
                attack=scene.truth.attack,
                first_payment=scene.truth.first_payment,
                culture=culture.value,
                tags=dict(scene.truth.tags),
                outcome=decision.outcome,
                probability=decision.probability,
                strongest=decision.findings[0].reason.value if decision.findings else "",
                at_even_odds=tuple(heard for heard, _ in stated),
                silent_at_even_odds=tuple(silent for _, silent in stated),
                recipient=f"{culture} {number} {scene.transfer.recipient}" if scene.transfer.recipient in circle else _face(scene),
                silent=checked.silent.outcome,
                milliseconds=checked.milliseconds,
                peers={peer.name: peer.warns(scene) for peer in PEERS},
            )


def _face(scene: Scene) -> str:
    """A stranger's picture: several strangers of a run wear one, and what it happens to resemble comes back with it."""
    picture = scene.accounts[scene.transfer.recipient].avatar
    return "" if isinstance(picture, Unavailable) else sha256(picture).hexdigest()


def _rate(tried: Sequence[Tried], said: Callable[[Tried], bool]) -> dict[str, Any]:
    return share(sum(said(one) for one in tried), len(tried))


def _row(tried: Iterable[Tried], scenario: str) -> dict[str, Any]:
    """What was said to one kind of scene."""
    return {"scenario": scenario} | _said([one for one in tried if one.scenario == scenario])


def _said(mine: Sequence[Tried]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "count": len(mine),
        "warn": _rate(mine, lambda one: one.at_least(Outcome.WARN)),
        "challenge": _rate(mine, lambda one: one.at_least(Outcome.CHALLENGE)),
        "warn_without_talk": _rate(mine, lambda one: one.silent >= Outcome.WARN),
        "median_probability": round(median(one.probability for one in mine), 4) if mine else None,
        "strongest": [reason for reason, _ in Counter(one.strongest for one in mine).most_common(2)],
    }
    return row | {"peers": {peer.name: _rate(mine, lambda one, name=peer.name: one.peers[name])["value"] for peer in PEERS}}  # type: ignore[misc] # mypy cannot infer a lambda with a default


def _weighted(tried: Sequence[Tried], said: Callable[[Tried], bool]) -> dict[str, Any]:
    """A rate, each honest situation by its assumed share and each attack alike; the interval is that of as many equal trials as count."""
    if not tried:
        return share(0, 0) | {"scenes": 0}
    counts = Counter((one.attack, one.scenario) for one in tried)
    weights = [(1.0 if one.attack else HONEST_SITUATIONS[one.scenario].share) / counts[one.attack, one.scenario] for one in tried]
    total = sum(weights)
    rate = sum(weight for weight, one in zip(weights, tried, strict=True) if said(one)) / total
    worth = total * total / sum(weight * weight for weight in weights)
    return share(round(rate * worth), round(worth)) | {"value": round(rate, 5), "scenes": len(tried)}


def _headline(tried: Sequence[Tried]) -> dict[str, Any]:
    honest = [one for one in tried if not one.attack]
    first = [one for one in honest if one.first_payment]
    settled = [one for one in honest if one.scenario == "repeat_payment"]
    rows: dict[str, Any] = {}
    for name, group in (("first payments", first), ("all honest transfers", honest)):
        rows[name] = {
            "warn": _weighted(group, lambda one: one.at_least(Outcome.WARN)),
            "challenge": _weighted(group, lambda one: one.at_least(Outcome.CHALLENGE)),
            "warn_without_talk": _weighted(group, lambda one: one.silent >= Outcome.WARN),
            "peers": {peer.name: _weighted(group, lambda one, name=peer.name: one.peers[name])["value"] for peer in PEERS},  # type: ignore[misc] # as above
        }
    rows["unchanged recipients with history"] = {"warn": _rate(settled, lambda one: one.at_least(Outcome.WARN))}
    return rows


def _beside(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Everybody who judged these scenes: attacks caught beside honest people disturbed."""
    asked: dict[str, Callable[[Tried], bool]] = {
        f"{OURS}, WARN or more": lambda one: one.at_least(Outcome.WARN),
        f"{OURS}, CHALLENGE or more": lambda one: one.at_least(Outcome.CHALLENGE),
    }
    asked |= {peer.name: lambda one, name=peer.name: one.peers[name] for peer in PEERS}  # type: ignore[misc] # mypy cannot infer a lambda with a default
    attacks, honest = ([one for one in tried if one.attack is attack] for attack in (True, False))
    copies = [one for one in attacks if ATTACKS[one.scenario].family == "copy"]
    first = [one for one in honest if one.first_payment]
    return [
        {"name": name, "copies": _weighted(copies, said), "attacks": _weighted(attacks, said)}
        | {"first_payments": _weighted(first, said), "honest": _weighted(honest, said)}
        for name, said in asked.items()
    ]


def _groups(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Copies by what the victim's name and picture are, by stage, by picture attack and by disguise."""
    copies = [one for one in tried if one.attack and "stage" in one.tags]
    rows = []
    marked = [one for one in copies if one.scenario == "name_alone" and one.tags["distinctive_name"]]
    ordinary = [one for one in copies if one.scenario == "name_alone" and not one.tags["distinctive_name"]]
    pictured = [one for one in copies if one.scenario == "photo_alone" and one.tags["distinctive_picture"]]
    for name, chosen in (
        ("name alone, distinctive name", marked),
        ("name alone, ordinary name", ordinary),
        ("photo alone, a photo", pictured),
    ):
        rows.append({"group": name} | _said(chosen))
        rows.append({"group": f"{name}, with the context"} | _said([one for one in chosen if one.tags["context"]]))
    for key, scenario in (("price_known", "paid_course"), ("seen", "dormant_awakened")):
        chosen = [one for one in tried if one.scenario == scenario]
        rows += [
            {"group": f"{scenario}: {key} {known}"} | _said([one for one in chosen if one.tags[key] is known]) for known in (True, False)
        ]
    for key, scenarios in (
        ("stage", {"name_and_photo", "name_alone", "photo_alone"}),
        ("picture_attack", {"photo_alone", "name_and_photo"}),
        ("disguise", {"disguised_name_alone"}),
    ):
        chosen = [one for one in copies if one.scenario in scenarios]
        contents = sorted({one.tags[key] for one in chosen})
        rows += [{"group": f"{key}: {content}"} | _said([one for one in chosen if one.tags[key] == content]) for content in contents]
    return rows


def _cultures(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    rows = []
    for culture in sorted({one.culture for one in tried}):
        first = [one for one in tried if one.culture == culture and not one.attack and one.first_payment]
        copies = [one for one in tried if one.culture == culture and one.attack and "stage" in one.tags]
        rows.append(
            {
                "culture": culture,
                "first_warn": _weighted(first, lambda one: one.at_least(Outcome.WARN)),
                "copies_warn": _weighted(copies, lambda one: one.at_least(Outcome.WARN)),
                "copies_challenge": _weighted(copies, lambda one: one.at_least(Outcome.CHALLENGE)),
            }
        )
    return rows


def _roc(tried: Sequence[Tried]) -> list[dict[str, float]]:
    """Attacks caught against honest first payments disturbed, at every threshold of the stated probability."""
    honest = [one for one in tried if not one.attack and one.first_payment]
    attacks = [one for one in tried if one.attack]
    points = []
    for limit in sorted({one.probability for one in tried}, reverse=True):
        wrong, caught = (_weighted(some, lambda one, least=limit: one.probability >= least)["value"] for some in (honest, attacks))  # type: ignore[misc] # as above
        points.append({"threshold": limit, "false": wrong, "caught": caught})
    step = max(1, len(points) // 200)
    return points[::step]


def main() -> None:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="half a minute's worth, which proves only that the benchmark runs")
    parser.add_argument("--brief", action="store_true", help="a third of the full run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    print(
        json.dumps(
            measure(SAMPLE if asked.sample else BRIEF if asked.brief else FULL, seed=asked.seed, jobs=asked.jobs),
            ensure_ascii=True,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
