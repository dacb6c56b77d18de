# SPDX-License-Identifier: Apache-2.0
"""The names part of the benchmark report.

Thresholds are chosen on the check split, everything printed is measured on the report split: other people, other entries of every
disguise table. The author of the disguises does not read the engine, and the engine's author does not read the disguises.

`measure` gives one JSON-ready value, `markdown` (in `report_names_tables`) its tables. Alone:
`python -m tests.benchmarks.names_report [--sample]`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.benchmarks.names_ceiling import Ceiling, Shown, ceiling_of, shown_people
from tests.benchmarks.peers_names import NamePeer, peers
from tests.benchmarks.report_names_external import external
from tests.benchmarks.report_names_more import calibration, roles, siblings, speed
from tests.benchmarks.report_names_peers import Copies, PeopleAround, ask_peer
from tests.benchmarks.report_statistics import bits, clustered, least_score, share
from transferguard.names import MatchKind, NameIndex, inspect_name
from transferguard.testing.disguises import DISGUISES, Known, Target
from transferguard.testing.populations import Culture, Person, draw_victims
from transferguard.testing.split import Split, seeded

if TYPE_CHECKING:
    from transferguard.names import NameHit

OURS = "transferguard"
CIRCLE = 1_000
"""Contacts against whom every stranger is looked up, as the rates are stated."""

ALLOWED = {Culture.CHINESE: 0.005, Culture.LATIN: 0.002}
_ALLOWED_ELSEWHERE = 0.003
"""Share of ordinary strangers who may raise a look or sound finding; the promises of the names engine."""

_AIMED = {Culture.CHINESE: 0.0045, Culture.LATIN: 0.0013}
"""Share at which our thresholds are drawn: below the promise, because a threshold drawn at the promise itself breaks it for half of all
fresh people. With the circles of `_TIMES` the rate on fresh people keeps a standard deviation of about 0.06 and 0.04 points; Latin
names drawn at 0.15 % came true at 0.20 and 0.27 %, at 0.1 % at 0.05 %, and left 7 in 100 shortened names out; Chinese ones drawn at 0.42
and 0.45 % came true at 0.45, 0.38 and 0.43 %."""

_TIMES = {Culture.CHINESE: 4, Culture.LATIN: 2}
"""So many times the circles of the other cultures, for those of which most is promised."""

_NONE = float("-inf")
_WEIGHTS_SHOWN = (8.0, 12.0, 16.0, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured, per culture.

    Attributes:
        name: `full` or `sample`.
        strangers: Ordinary people looked up in each circle of either split.
        circles: Circles from whose strangers together a threshold is chosen: of 6,000 strangers thirty alert at one in two hundred, a
            fifth more or fewer by chance, and the rate on the next 6,000 swings by a third.
        read_circles: Circles in which alerts are then counted.
        victims: At most so many disguised names per disguise.
        pool: People among whom victims are looked for; they stand in the circle.
        slow_strangers: As above, for peers that take too long.
        slow_victims: Likewise.
        speed_sizes: Contacts in the circles of the speed table.
        counted_people: People from whom frequencies are learned.
    """

    name: str
    strangers: int
    circles: int
    read_circles: int
    victims: int
    pool: int
    slow_strangers: int
    slow_victims: int
    speed_sizes: tuple[int, ...]
    counted_people: int


FULL = Scale(
    name="full",
    strangers=3_000,
    circles=3,
    read_circles=2,
    victims=150,
    pool=400,
    slow_strangers=10,
    slow_victims=25,
    speed_sizes=(1_000, 10_000),
    counted_people=10_000,
)
SAMPLE = Scale(
    name="sample",
    strangers=60,
    circles=1,
    read_circles=1,
    victims=4,
    pool=20,
    slow_strangers=0,
    slow_victims=0,
    speed_sizes=(200,),
    counted_people=300,
)


def measure(scale: Scale = FULL, *, seed: int = 1, alone: bool = False, tuning: bool = False) -> dict[str, Any]:
    """Measure everything about names but speed.

    Args:
        scale: How much.
        seed: Of people and disguises.
        alone: Without the peers and their outside data: two minutes for the recall and the false alerts.
        tuning: Thresholds from the tune split, read on the check split: what may be looked at while the engine changes.

    Returns:
        Rows by table name.
    """
    start = perf_counter()
    asked = () if alone else peers() if scale == FULL else tuple(peer for peer in peers() if not peer.outside)
    result: dict[str, Any] = {"benchmark": "names", "schema": 1, "scale": scale.name, "seed": seed}
    result |= {"peers": [{"name": peer.name, "source": peer.source} for peer in asked], "alerts": [], "weights": [], "recall": []}
    splits = (Split.TUNE, Split.CHECK) if tuning else (Split.CHECK, Split.REPORT)
    for culture in Culture:
        drawn = [
            _drawn(culture, split, circles, scale=scale, seed=seed) for split, circles in zip(splits, _circles(culture, scale), strict=True)
        ]
        checks, reports = ([_around(people) for people in circles] for circles in drawn)
        check, report = checks[0], reports[0]
        limits = _our_limits(checks, reports, culture=culture, result=result)
        copies = _copies(culture, scale, seed=seed, split=splits[1])
        ceiling = _ceiling(culture, drawn[0][: scale.read_circles], split=splits[0], counted=_counted(culture, scale))
        rows = _our_recall(copies, report, limits=limits)
        result["recall"] += [row | {"ceiling": ceiling.row(DISGUISES[row["disguise"]], copies.found[row["disguise"]])} for row in rows]
        for peer in asked:
            alerts, recall = ask_peer(
                peer, copies, circles=(check, report), allowed=_allowed(culture), sample=_peer_sample(peer, culture, scale)
            )
            result["alerts"] += alerts
            result["recall"] += recall
    if tuning:
        return result | {"seconds": round(perf_counter() - start)}
    result["recall"].append(_empty_names(scale))
    result["roles"] = roles(Split.REPORT)
    result["siblings"] = siblings(result["alerts"], pairs=scale.victims * _PAIRS_PER_VICTIM)
    result["calibration"] = calibration(seed=seed, people=scale.counted_people)
    result["external"] = [] if alone else external(asked, small=scale == SAMPLE)
    result["seconds"] = round(perf_counter() - start)
    return result


_NEXT_CIRCLE = 1_000
"""From the seed of one circle to that of the next."""

_PAIRS_PER_VICTIM = 40
"""Pairs of one generation, for each victim of a disguise: of 6,000, eighteen alert at what is promised."""


def timings(scale: Scale = FULL) -> dict[str, Any]:
    """What is timed, and so is measured while nothing else runs."""
    return {"speed": speed(scale.speed_sizes)}


def _allowed(culture: Culture) -> float:
    return ALLOWED.get(culture, _ALLOWED_ELSEWHERE)


def _aimed(culture: Culture) -> float:
    return _AIMED.get(culture, _ALLOWED_ELSEWHERE)


def _peer_sample(peer: NamePeer, culture: Culture, scale: Scale) -> tuple[int, int]:
    """How many strangers and how many victims per disguise a peer is asked about; only the two main cultures are compared."""
    if culture not in ALLOWED:
        return 0, 0
    return (scale.slow_strangers, scale.slow_victims) if peer.slow else (min(_PEER_STRANGERS, scale.strangers), scale.victims)


_PEER_STRANGERS = 200
"""A peer compares pairs one by one: 200 strangers against 1,000 contacts are 200,000 comparisons per culture and split."""


def _circles(culture: Culture, scale: Scale) -> tuple[int, int]:
    """How many circles a threshold is chosen in, and read in."""
    times = _TIMES.get(culture, 1) if scale.circles > 1 else 1
    return times * scale.circles, times * scale.read_circles


def _drawn(culture: Culture, split: Split, circles: int, *, scale: Scale, seed: int) -> list[list[Shown]]:
    """The contacts and strangers of each circle."""
    seeds = (seed + _NEXT_CIRCLE * at for at in range(circles))
    return [shown_people(culture, CIRCLE + scale.strangers, split=split, seed=one) for one in seeds]


def _around(people: list[Shown]) -> PeopleAround:
    shown = [one.text for one in people]
    return PeopleAround(names=tuple(shown[:CIRCLE]), strangers=tuple(shown[CIRCLE:]))


def _ceiling(culture: Culture, drawn: list[list[Shown]], *, split: Split, counted: int) -> Ceiling:
    """What an ideal reader tells with thresholds from the same circles as ours."""
    circles = ((people[:CIRCLE], people[CIRCLE:]) for people in drawn)
    return ceiling_of(culture, circles, split=split, allowed=_aimed(culture), counted=counted)


_SHOWN_PER_COUNTED, _KOREANS_PER_COUNTED = 6, 18
"""Display names counted for the ideal reader, for each name that our frequencies are learned from. A shortened Korean name that one
person in 70,000 shows is at that reader's threshold, so fewer than 180,000 people say nothing about it."""


def _counted(culture: Culture, scale: Scale) -> int:
    """How many display names the ideal reader has counted."""
    return scale.counted_people * (_KOREANS_PER_COUNTED if culture is Culture.KOREAN else _SHOWN_PER_COUNTED)


def ceilings(culture: Culture, *, seed: int, scale: Scale = FULL) -> dict[str, Any]:
    """The ceilings of the check split alone, by disguise."""
    drawn = _drawn(culture, Split.TUNE, scale.read_circles, scale=scale, seed=seed)
    ceiling = _ceiling(culture, drawn, split=Split.TUNE, counted=_counted(culture, scale))
    copies = _copies(culture, scale, seed=seed, split=Split.CHECK)
    rows = {name: ceiling.row(DISGUISES[name], found)["value"] for name, found in copies.found.items()}
    return {"culture": culture.value, "letters": round(ceiling.letters, 1), "sounds": round(ceiling.sounds, 1), "ceilings": rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """Weights from which a hit alerts.

    Attributes:
        alike: Of a look or sound finding.
        romanised: Of a name in another alphabet: there a namesake is no copy, as a bearer of the very name is none.
    """

    alike: float
    romanised: float

    def reached(self, hit: NameHit) -> bool:
        """Is this hit told? A bearer of the very name always is."""
        if hit.kind is MatchKind.EXACT:
            return True
        return hit.weight >= (self.romanised if hit.kind is MatchKind.ROMANISED else self.alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """Largest weights of the hits of one name, each with the circle and the name it is about, and whether somebody bears the very name."""

    alike: tuple[float, object]
    romanised: tuple[float, object]
    any: tuple[float, object]
    exact: bool


def _our_best(index: NameIndex, name: str, *, circle: int) -> _Best:
    hits = index.search(name)

    def largest(found: list[NameHit]) -> tuple[float, object]:
        best = max(found, key=lambda hit: hit.weight, default=None)
        return (_NONE, None) if best is None else (best.weight, (circle, best.name))

    return _Best(
        alike=largest([hit for hit in hits if hit.kind not in {MatchKind.EXACT, MatchKind.ROMANISED}]),
        romanised=largest([hit for hit in hits if hit.kind is MatchKind.ROMANISED]),
        any=largest(list(hits)),
        exact=any(hit.kind is MatchKind.EXACT for hit in hits),
    )


def _looked(circles: list[PeopleAround]) -> list[_Best]:
    """What the strangers of each circle find in it."""
    found: list[_Best] = []
    for at, circle in enumerate(circles):
        index = NameIndex(enumerate(circle.names))
        found.extend(_our_best(index, name, circle=at) for name in circle.strangers)
    return found


def _told(best: list[tuple[float, object]], least: float) -> dict[str, Any]:
    """The share of strangers about whom something is told, with an interval that knows that several may resemble one contact."""
    return clustered([whom for weight, whom in best if weight >= least], len(best))


def _our_limits(checks: list[PeopleAround], reports: list[PeopleAround], *, culture: Culture, result: dict[str, Any]) -> _Limits:
    """The thresholds from the check split, and what they do to the report split."""
    looked = _looked(checks)
    limits = _Limits(
        alike=least_score([one.alike[0] for one in looked], allowed=_aimed(culture)),
        romanised=least_score([one.romanised[0] for one in looked], allowed=_aimed(culture)),
    )
    strong = least_score([one.any[0] for one in looked], allowed=_STRONG)
    looked = _looked(reports)
    result["alerts"].append(
        {
            "culture": culture.value,
            "peer": OURS,
            "threshold": round(limits.alike, 2),
            "romanised_threshold": round(limits.romanised, 2),
            "strong_threshold": round(strong, 2),
            "alike": _told([one.alike for one in looked], limits.alike),
            "romanised": _told([one.romanised for one in looked], limits.romanised),
            "strong": _told([one.any for one in looked], strong),
            "namesake": share(sum(one.exact for one in looked), len(looked)),
        }
    )
    for least in _WEIGHTS_SHOWN:
        result["weights"].append({"culture": culture.value, "weight": least, "any": _told([one.any for one in looked], least)})
    return limits


_STRONG = 0.0005
"""Share of ordinary strangers who may raise any finding at the strong tier: half of what is promised, because nine strangers in 18,000 are
few, and the next split has more of them as often as fewer."""


def _copies(culture: Culture, scale: Scale, *, seed: int, split: Split) -> Copies:
    """Victims of one split, and for each disguise the names that thieves show."""
    victims = draw_victims(culture, scale.pool, seed=seed, split=split)
    found: dict[str, tuple[tuple[Person, str], ...]] = {}
    for disguise in DISGUISES.values():
        if culture not in disguise.cultures or disguise.target is not Target.DISPLAY_NAME:
            continue
        rng = seeded(split, "disguise", disguise.name, culture.value, seed)
        tried = ((person, disguise(Known.of(person), rng, split=split)) for person in victims)
        shown = tuple(islice(((person, text) for person, text in tried if text is not None), scale.victims))
        if shown:
            found[disguise.name] = shown
    return Copies(culture=culture, victims=tuple(person.verified_name for person in victims), found=found)


def _our_recall(copies: Copies, report: PeopleAround, *, limits: _Limits) -> list[dict[str, Any]]:
    """How many disguises are found among a thousand contacts, by disguise."""
    others = report.names[: CIRCLE - len(copies.victims)]
    index = NameIndex(
        [*((("victim", name), name) for name in dict.fromkeys(copies.victims)), *((("other", at), name) for at, name in enumerate(others))]
    )
    return [_our_row(name, copies, index=index, limits=limits) for name in copies.found]


def _our_row(name: str, copies: Copies, *, index: NameIndex, limits: _Limits) -> dict[str, Any]:
    found = copies.found[name]
    caught, returned, weights = [], [], []
    for person, text in found:
        mine = next((hit for hit in index.search(text) if hit.id == ("victim", person.verified_name)), None)
        returned.append(mine is not None)
        weights.append(mine.weight if mine else 0.0)
        caught.append(mine is not None and limits.reached(mine))
    rarity = [bits(person.probability) for person, _ in found]
    middle = sorted(rarity)[len(rarity) // 2]
    long = [at for at, (person, _) in enumerate(found) if len(person.verified_name) > 2]
    missed = found[caught.index(False)] if False in caught else None
    return {
        "disguise": name,
        "number": DISGUISES[name].number,
        "kind": DISGUISES[name].kind.value,
        "culture": copies.culture.value,
        "peer": OURS,
        "recall": share(sum(caught), len(caught)),
        "returned": share(sum(returned), len(returned)),
        "long_names": share(sum(caught[at] for at in long), len(long)),
        "short_names": share(sum(caught) - sum(caught[at] for at in long), len(caught) - len(long)),
        "bits_common": _mean([weight for weight, rare in zip(weights, rarity, strict=True) if rare < middle]),
        "bits_rare": _mean([weight for weight, rare in zip(weights, rarity, strict=True) if rare >= middle]),
        "missed": missed and {"seen": missed[1], "of": missed[0].verified_name},
    }


def _mean(values: list[float]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None


def _empty_names(scale: Scale) -> dict[str, Any]:
    """A name without anything to see copies nobody; the engine should call it malformed."""
    rng = seeded(Split.REPORT, "empty names")
    disguise = DISGUISES["empty_once_cleaned"]
    known = Known(display_name="x", culture=Culture.CHINESE)
    shown = [disguise(known, rng, split=Split.REPORT) or "" for _ in range(scale.victims)]
    caught = sum(inspect_name(name).malformed for name in shown)
    row = {"disguise": disguise.name, "number": disguise.number, "kind": disguise.kind.value, "culture": "any", "peer": OURS}
    return row | {"recall": share(caught, len(shown))}


def main() -> None:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="a minute's worth, which proves only that the benchmark runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="without the peers, their outside data and the speed")
    parser.add_argument("--tuning", action="store_true", help="alone, thresholds from the tune split, read on the check split")
    asked = parser.parse_args()
    scale = SAMPLE if asked.sample else FULL
    alone = asked.alone or asked.tuning
    timed = {} if alone else timings(scale)
    print(json.dumps(measure(scale, seed=asked.seed, alone=alone, tuning=asked.tuning) | timed, ensure_ascii=True, indent=1))


if __name__ == "__main__":
    main()
