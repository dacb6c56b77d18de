# SPDX-License-Identifier: Apache-2.0
"""What do people call themselves in a chat?

Some use their real name; many do not: a nickname, an English name, a name with an emoji, a poetic nickname, a shop. How many do
which is not published for any app; `_SHARES` is our assumption, by culture, and the report says so. Words of invented nicknames
are divided over the three splits, so that a nickname seen while tuning does not come back in the report.
"""

from enum import StrEnum
from random import Random

from transferguard.testing.populations.people import Culture, Gender, Person
from transferguard.testing.populations.thai import NICKNAMES as THAI_NICKNAMES
from transferguard.testing.populations.vocabulary import EMOJI, ENGLISH_NAMES, FIRST_WORDS, LAST_WORDS, SHOPS, SHORT_FORMS, TOWNS, TRADES
from transferguard.testing.split import Split, part_of


class DisplayKind(StrEnum):
    """How a display name came about."""

    REAL = "real"
    GIVEN = "given"
    SHORT = "short"
    ENGLISH = "english"
    LATIN = "latin"
    EMOJI = "emoji"
    POETIC = "poetic"
    BUSINESS = "business"


_SHARES: dict[Culture, dict[DisplayKind, float]] = {
    Culture.CHINESE: {
        DisplayKind.REAL: 0.34,
        DisplayKind.GIVEN: 0.06,
        DisplayKind.SHORT: 0.14,
        DisplayKind.ENGLISH: 0.08,
        DisplayKind.LATIN: 0.03,
        DisplayKind.EMOJI: 0.10,
        DisplayKind.POETIC: 0.20,
        DisplayKind.BUSINESS: 0.05,
    },
    Culture.LATIN: {
        DisplayKind.REAL: 0.66,
        DisplayKind.GIVEN: 0.14,
        DisplayKind.SHORT: 0.06,
        DisplayKind.EMOJI: 0.05,
        DisplayKind.POETIC: 0.05,
        DisplayKind.BUSINESS: 0.04,
    },
    Culture.THAI: {
        DisplayKind.REAL: 0.30,
        DisplayKind.SHORT: 0.30,
        DisplayKind.LATIN: 0.20,
        DisplayKind.EMOJI: 0.08,
        DisplayKind.POETIC: 0.08,
        DisplayKind.BUSINESS: 0.04,
    },
}
_ELSEWHERE = {
    DisplayKind.REAL: 0.55,
    DisplayKind.GIVEN: 0.14,
    DisplayKind.LATIN: 0.13,
    DisplayKind.EMOJI: 0.07,
    DisplayKind.POETIC: 0.07,
    DisplayKind.BUSINESS: 0.04,
}
_TWO_WORDS, _WITH_GIVEN_NAME = 0.06, 0.30
"""Shares of nicknames of two words, and of a word beside the given name: assumptions."""


def display_name(person: Person, rng: Random, *, split: Split | None = None) -> tuple[str, DisplayKind]:
    """Which name does this person show, and of which kind is it?

    Args:
        person: Whose display name is wanted.
        rng: Source of all choices.
        split: Which part of the nickname vocabulary may be used; `None` allows all.

    Returns:
        The display name and how it came about.
    """
    shares = _SHARES.get(person.culture, _ELSEWHERE)
    (kind,) = rng.choices(list(shares), weights=list(shares.values()))
    return of_kind(person, kind, rng, split=split), kind


def of_kind(person: Person, kind: DisplayKind, rng: Random, *, split: Split | None = None) -> str:
    """A display name of the wanted kind for this person."""
    match kind:
        case DisplayKind.REAL:
            name = person.verified_name
        case DisplayKind.GIVEN:
            name = person.given
        case DisplayKind.LATIN:
            name = person.latin
        case DisplayKind.EMOJI:
            name = rng.choice((person.verified_name, person.given, person.latin)) + rng.choice(_some("emoji", EMOJI, split))
        case _:
            name = _INVENTED[kind](person, rng, split)
    return name


def _some(table: str, entries: list[str], split: Split | None) -> tuple[str, ...]:
    return part_of(table, entries, split) or tuple(entries)


def _short(person: Person, rng: Random, split: Split | None) -> str:
    if person.culture is Culture.CHINESE:
        last = person.given[-1]
        return rng.choice(
            (
                f"小{last}",
                f"阿{last}",
                last * 2,
                f"老{person.family}",
                f"小{person.family}",
                f"{last}哥" if _is_man(person) else f"{last}姐",
            )
        )
    if person.culture is Culture.THAI:
        return rng.choice(_some("thai nickname", THAI_NICKNAMES, split))
    return SHORT_FORMS.get(person.given.split()[0], person.given)


def _english(person: Person, rng: Random, split: Split | None) -> str:
    name = rng.choice(_some("english name", ENGLISH_NAMES[person.gender], split))
    surname = person.latin.split()[-1]
    return rng.choice((name, name, f"{name} {surname}", f"{name}{person.family}"))


def _shop(person: Person, rng: Random, split: Split | None) -> str:
    pattern = rng.choice(SHOPS[person.culture])
    town, trade = rng.choice(_some("town", TOWNS, split)), rng.choice(_some("trade", TRADES, split))
    return pattern.format(given=person.given, family=person.family, town=town, trade=trade)


def _poetic(person: Person, rng: Random, split: Split | None) -> str:
    """Mostly three words: two alone would meet by chance far more often than real nicknames do."""
    first = rng.choice(_some("poetic first", FIRST_WORDS[person.culture], split))
    last, end = (rng.choice(_some("poetic last", LAST_WORDS[person.culture], split)) for _ in range(2))
    joint = "" if person.culture in {Culture.CHINESE, Culture.JAPANESE, Culture.THAI} else " "
    chosen = rng.random()
    if chosen < _TWO_WORDS:
        return f"{first}{joint}{last}"
    if chosen < _TWO_WORDS + _WITH_GIVEN_NAME:
        return f"{person.given}{joint}{last}"
    return f"{first}{joint}{last}{joint}{end}"


def _is_man(person: Person) -> bool:
    return person.gender is Gender.MALE


_INVENTED = {DisplayKind.SHORT: _short, DisplayKind.ENGLISH: _english, DisplayKind.POETIC: _poetic, DisplayKind.BUSINESS: _shop}
