# SPDX-License-Identifier: Apache-2.0
"""The rest of the names part: roles, siblings, calibration of rarity, speed."""

from __future__ import annotations

import platform
import statistics
from time import perf_counter
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz import process as rapidfuzz_lookup

from tests.benchmarks.report_statistics import bits, quantile, share
from transferguard.names import CountedFrequencies, MatchKind, NameIndex, compare_names, find_role, name_rarity
from transferguard.testing.disguises.word_tables import ROLES
from transferguard.testing.populations import Culture, Person, display_name, draw_people, population
from transferguard.testing.split import Split, part_of, seeded

_BINS = 5


def roles(split: Split) -> dict[str, Any]:
    """How many titles are known, by language, and how many ordinary names are taken for one."""
    rows = []
    for language, titles in sorted(ROLES.items()):
        mine = part_of(f"role {language}", titles, split)
        missed = [title for title in mine if find_role(title) is None]
        rows.append({"language": language, "found": share(len(mine) - len(missed), len(mine)), "missed": missed})
    rng = seeded(split, "ordinary names")
    ordinary = [display_name(person, rng)[0] for culture in Culture for person in draw_people(culture, 300, seed=9, split=split)]
    wrong = [name for name in ordinary if find_role(name) is not None]
    return {"languages": rows, "ordinary": share(len(wrong), len(ordinary)), "wrong": wrong[:8]}


def siblings(alerts: list[dict[str, Any]], *, pairs: int) -> dict[str, Any]:
    """Same surname and same first character of the given name (陈建国, 陈建军): how often do they alert, pair by pair?"""
    ours = next(row for row in alerts if row["peer"] == "transferguard" and row["culture"] == Culture.CHINESE.value)
    people = [person for person in draw_people(Culture.CHINESE, pairs * 4, seed=5, split=Split.REPORT) if len(person.given) == 2]
    others = draw_people(Culture.CHINESE, pairs * 4, seed=6, split=Split.REPORT)
    weak = strong = count = 0
    for person, other in zip(people[:pairs], others, strict=False):
        name = person.family + person.given[0] + other.given[-1]
        if name == person.verified_name:
            continue
        count += 1
        found = compare_names(name, person.verified_name)
        weak += found.kind is not MatchKind.DIFFERENT and found.weight >= ours["threshold"]
        strong += found.kind is not MatchKind.DIFFERENT and found.weight >= ours["strong_threshold"]
    return {"weak": share(weak, count), "strong": share(strong, count)}


class _TrueFrequencies:
    """What a host with perfect knowledge would say."""

    def __init__(self, culture: Culture) -> None:
        self._population = population(culture)

    def share(self, name: str) -> float | None:
        # The engine asks for the name as it compares it, in small letters: the host knows people by their written names.
        return self._population.probability(name) or self._population.probability(name.title()) or None


def calibration(*, seed: int, people: int) -> list[dict[str, Any]]:
    """Stated against true chance of a namesake, in five bins of true rarity, for three kinds of knowledge."""
    rows = []
    for culture in (Culture.CHINESE, Culture.LATIN, Culture.CYRILLIC, Culture.KOREAN):
        victims = draw_people(culture, 1_500, seed=seed + 40, split=Split.REPORT)
        counted = CountedFrequencies(
            (person.verified_name, at) for at, person in enumerate(draw_people(culture, people, seed=seed + 41, split=Split.REPORT))
        )
        knowledge = {"published shares": None, "learned counts": counted, "true frequencies": _TrueFrequencies(culture)}
        ordered = sorted(victims, key=lambda person: -person.probability)
        size = len(ordered) // _BINS
        for number in range(_BINS):
            part = ordered[number * size : (number + 1) * size]
            stated = {name: _stated(part, frequencies) for name, frequencies in knowledge.items()}
            rows.append(
                {
                    "culture": culture.value,
                    "bin": number + 1,
                    "true_bits": round(statistics.fmean(bits(person.probability) for person in part), 1),
                    "ratio": {name: round(value / sum(person.probability for person in part), 3) for name, value in stated.items()},
                }
            )
        rows.append(_flood(culture, victims[0]))
    return rows


def _stated(part: list[Person], frequencies: Any) -> float:
    return float(sum(2.0 ** -name_rarity(person.verified_name, frequencies=frequencies) for person in part))


def _flood(culture: Culture, victim: Person) -> dict[str, Any]:
    """A thousand accounts of one identity under one name: how many bits does the name lose?"""
    counted = CountedFrequencies((person.verified_name, at) for at, person in enumerate(draw_people(culture, 300, seed=77)))
    counted.add(victim.verified_name, "one")
    before = name_rarity(victim.verified_name, frequencies=counted)
    for _ in range(1_000):
        counted.add(victim.verified_name, "one")
    lost = before - name_rarity(victim.verified_name, frequencies=counted)
    return {"culture": culture.value, "flood_bits_lost": round(lost, 3)}


def speed(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """Look-up and building times, ours and rapidfuzz's, in one run, in turn."""
    rows = []
    for culture in (Culture.CHINESE, Culture.LATIN):
        for size in sizes:
            names = [person.verified_name for person in draw_people(culture, size, seed=2)]
            asked = [person.verified_name for person in draw_people(culture, 300, seed=3)] + names[:20]
            start = perf_counter()
            index = NameIndex(enumerate(names))
            built = perf_counter() - start
            index.search(asked[0])
            ours, theirs = [], []
            for name in asked:
                start = perf_counter()
                index.search(name)
                ours.append(perf_counter() - start)
                start = perf_counter()
                rapidfuzz_lookup.extractOne(name, names, scorer=fuzz.ratio)
                theirs.append(perf_counter() - start)
            rows.append(
                {
                    "culture": culture.value,
                    "size": size,
                    "median_us": round(statistics.median(ours) * 1e6),
                    "p99_us": round(quantile(ours, 0.99) * 1e6),
                    "build_us_per_name": round(built / size * 1e6, 1),
                    "bytes_per_name": round(len(index.to_bytes()) / size),
                    "rapidfuzz_extract_one_us": round(statistics.median(theirs) * 1e6),
                    "machine": f"{platform.machine()}, Python {platform.python_version()}",
                }
            )
    return rows
