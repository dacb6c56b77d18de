# SPDX-License-Identifier: Apache-2.0
"""How much of each disguise can be told at all?

Some copies cannot: 김철 is what is left of a shortened 김철수, and it is somebody's name; Kim Min Su writes 김민수 in Latin letters, and so
do his namesakes. Here two ideal readers are held to the very false alerts that the engine is held to. Both know how often every name is
shown, which the engine has to guess, and both recognise at once whose name a disguise was made from.

*Of letters*: a stranger alerts when the shown name is one that a disguise makes of some contact's name and fewer people show it than
the threshold says. *Of sounds*, for names in another alphabet: when it is read like a contact's name and fewer people are called so; every
spelling of a name counts as the name, because honest people spell at will too.

What the readers reach is a bound from above: they know the generator, and only some of the names that a disguise can make are tried.
`python -m tests.benchmarks.names_ceiling` prints it for the check split.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any

from tests.benchmarks.report_statistics import bits, least_score, share
from transferguard.names.views import cleaned_name
from transferguard.testing.disguises import DISGUISES, Disguise, DisguiseClass, Known, Target
from transferguard.testing.populations import Culture, DisplayKind, Person, display_name, draw_people
from transferguard.testing.split import Split, seeded

ANOTHER_ALPHABET = (31, 32)
"""Numbers of the disguises that write a name in another alphabet."""

_IN_LATIN_LETTERS = frozenset({Culture.LATIN, Culture.VIETNAMESE})
"""Cultures whose names are in Latin letters anyway."""

_COLLIDING = frozenset({DisguiseClass.ASCII, DisguiseClass.HAN_SHAPE, DisguiseClass.SOUND, DisguiseClass.EDIT, DisguiseClass.IDENTITY})
"""Disguises that may make a name that somebody honest has; nobody is called what the others make."""

_OF_EACH = 2
"""Names that each disguise makes of each contact."""

_NONE = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Somebody, and what he or she shows in a chat."""

    person: Person
    text: str
    kind: DisplayKind


def shown_people(culture: Culture, count: int, *, split: Split, seed: int) -> list[Shown]:
    """People with their display names, the same for the same seed."""
    rng = seeded(split, "shown names", culture.value, seed)
    found = []
    for person in draw_people(culture, count, seed=seed, split=split):
        text, kind = display_name(person, rng)
        found.append(Shown(person=person, text=text, kind=kind))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """What the ideal readers tell of one culture.

    Attributes:
        letters: Least bits of a shown name from which the reader of letters alerts.
        sounds: Least bits of the sound of a name from which the reader of sounds alerts.
        rarity_shown: Bits of a shown name.
        rarity_heard: Bits of all names that sound like the one of this person.
        rarest: Bits of a shown name that nobody shows who was counted; where `letters` is above it, too few were counted to say anything.
    """

    letters: float
    sounds: float
    rarity_shown: Callable[[str], float]
    rarity_heard: Callable[[Person], float]
    rarest: float

    def told(self, disguise: Disguise, person: Person, text: str) -> bool:
        """Can this copy be told from an honest namesake at the allowed false alerts?"""
        if _read(text) == _read(person.verified_name) or disguise.kind not in _COLLIDING:
            return True
        if _by_sound(disguise, person.culture):
            return self.rarity_heard(person) >= self.sounds
        return self.rarity_shown(text) >= self.letters

    def row(self, disguise: Disguise, copies: Sequence[tuple[Person, str]]) -> dict[str, Any]:
        """The share of copies that can be told, with its interval; no value where nothing can be said."""
        of_letters = disguise.kind in _COLLIDING and not any(_by_sound(disguise, one.culture) for one, _ in copies)
        if of_letters and self.letters > self.rarest:
            return share(0, 0)
        return share(sum(self.told(disguise, person, text) for person, text in copies), len(copies))


def _by_sound(disguise: Disguise, culture: Culture) -> bool:
    return disguise.number in ANOTHER_ALPHABET and culture not in _IN_LATIN_LETTERS


def ceiling_of(
    culture: Culture, circles: Iterable[tuple[Sequence[Shown], Sequence[Shown]]], *, split: Split, allowed: float, counted: int
) -> Ceiling:
    """The ideal readers of one culture, at the allowed share of strangers.

    Args:
        culture: Whose names.
        circles: Contacts and strangers from whom the thresholds are taken.
        split: Part of the disguise tables from which the copies of contacts are made.
        allowed: Share of strangers who may alert, 0..1, for letters and for sounds each.
        counted: People whose display names say how often a name is shown: of 60,000, six show what one in ten thousand does.
    """
    people = shown_people(culture, counted, split=Split.TUNE, seed=_SEED_OF_COUNTS)
    often = Counter(_read(one.text) for one in people)
    heard: dict[str, dict[str, float]] = {}
    for one in people:
        heard.setdefault(_sound(one.person), {})[one.person.verified_name] = one.person.probability

    def rarity_shown(text: str) -> float:
        return -log2((often[_read(text)] + 0.5) / counted)

    def rarity_heard(person: Person) -> float:
        alike = heard.get(_sound(person), {}) | {person.verified_name: person.probability}
        return bits(sum(alike.values()))

    letters, sounds = [], []
    for contacts, strangers in circles:
        made, native, latin = _made_of(contacts, split), _named(contacts, DisplayKind.REAL), _named(contacts, DisplayKind.LATIN)
        names = {_read(one.text) for one in contacts}
        for one in strangers:
            text = _read(one.text)
            letters.append(rarity_shown(one.text) if text in made and text not in names else _NONE)
            others = native if one.kind is DisplayKind.LATIN else latin if one.kind is DisplayKind.REAL else frozenset()
            sounds.append(rarity_heard(one.person) if _sound(one.person) in others and text not in names else _NONE)
    return Ceiling(
        letters=least_score(letters, allowed=allowed),
        sounds=least_score(sounds, allowed=allowed),
        rarity_shown=rarity_shown,
        rarity_heard=cache(rarity_heard),
        rarest=rarity_shown(""),
    )


_SEED_OF_COUNTS = 20261122
"""Of the people who are counted: none of them stands in a circle."""


def _read(text: str) -> str:
    """A name without case: what every honest reader puts aside."""
    return cleaned_name(text).casefold()


def _sound(person: Person) -> str:
    """The name in Latin letters without case, hyphens and order."""
    return " ".join(sorted(person.latin.casefold().replace("-", "").split()))


def _named(contacts: Sequence[Shown], kind: DisplayKind) -> frozenset[str]:
    return frozenset(_sound(one.person) for one in contacts if one.kind is kind)


def _made_of(contacts: Sequence[Shown], split: Split) -> frozenset[str]:
    """Names that disguises make of the real names among these contacts."""
    made: set[str] = set()
    for disguise in DISGUISES.values():
        if disguise.kind not in _COLLIDING or disguise.target is not Target.DISPLAY_NAME:
            continue
        rng = seeded(split, "ceiling", disguise.name)
        for one in contacts:
            if one.kind is DisplayKind.REAL and one.person.culture in disguise.cultures and not _by_sound(disguise, one.person.culture):
                tried = (disguise(Known.of(one.person), rng, split=split) for _ in range(_OF_EACH))
                made.update(_read(text) for text in tried if text is not None)
    return frozenset(made)


def main() -> None:
    """Print the ceilings of the check split as JSON: the share of copies that can be told."""
    from tests.benchmarks import names_report  # noqa: PLC0415 - that module asks this one

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("cultures", nargs="*", type=Culture, default=list(Culture))
    asked = parser.parse_args()
    for culture in asked.cultures:
        print(json.dumps(names_report.ceilings(culture, seed=asked.seed), ensure_ascii=True))


if __name__ == "__main__":
    main()
