# SPDX-License-Identifier: Apache-2.0
"""What do people call themselves in a chat?

Some use their real name; many do not: a nickname, an English name, a name with an emoji, a poetic nickname, a shop. How many do
which is not published for any app; `_SHARES` is our assumption, by culture, and the report says so. Invented nicknames are put
together from enough parts that two people seldom invent the same one; nothing is copied from real users.
"""

from enum import StrEnum
from random import Random

from transferguard.testing.populations.people import Culture, Gender, Person
from transferguard.testing.populations.thai import NICKNAMES as THAI_NICKNAMES
from transferguard.testing.populations.vocabulary import (
    EMOJI,
    ENGLISH_NAMES,
    FIRST_WORDS,
    HANDLES,
    LAST_WORDS,
    SHOPS,
    SHORT_FORMS,
    TOWNS,
    TRADES,
)


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
_USER_NAME_ALONE, _WITH_GIVEN_NAME = 0.45, 0.10
"""Shares of nicknames of one invented word, and of a word beside the given name: assumptions."""


def display_name(person: Person, rng: Random) -> tuple[str, DisplayKind]:
    """Which name does this person show, and of which kind is it?

    Args:
        person: Whose display name is wanted.
        rng: Source of all choices.

    Returns:
        The display name and how it came about.
    """
    shares = _SHARES.get(person.culture, _ELSEWHERE)
    (kind,) = rng.choices(list(shares), weights=list(shares.values()))
    return of_kind(person, kind, rng), kind


def of_kind(person: Person, kind: DisplayKind, rng: Random) -> str:
    """A display name of the wanted kind for this person."""
    match kind:
        case DisplayKind.REAL:
            name = person.verified_name
        case DisplayKind.GIVEN:
            name = person.given
        case DisplayKind.LATIN:
            name = person.latin
        case DisplayKind.EMOJI:
            name = rng.choice((person.verified_name, person.given, person.latin)) + rng.choice(EMOJI)
        case _:
            name = _INVENTED[kind](person, rng)
    return name


def _short(person: Person, rng: Random) -> str:
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
        return rng.choice(THAI_NICKNAMES)
    return SHORT_FORMS.get(person.given.split()[0], person.given)


def _english(person: Person, rng: Random) -> str:
    name = rng.choice(ENGLISH_NAMES[person.gender])
    surname = person.latin.split()[-1]
    return rng.choice((name, name, f"{name} {surname}", f"{name}{person.family}"))


def _shop(person: Person, rng: Random) -> str:
    pattern = rng.choice(SHOPS[person.culture])
    town, trade = rng.choice(TOWNS), rng.choice(TRADES)
    return pattern.format(given=person.given, family=person.family, town=town, trade=trade)


def _poetic(person: Person, rng: Random) -> str:
    """An invented handle alone, beside a word, or a word beside the given name.

    A few dozen words put together would meet by chance far more often than real nicknames do, hence the syllables.
    """
    handle = "".join(rng.choice(HANDLES[person.culture]) for _ in range(3)).capitalize()
    word = rng.choice(FIRST_WORDS[person.culture] + LAST_WORDS[person.culture])
    joint = "" if person.culture in {Culture.CHINESE, Culture.JAPANESE, Culture.THAI} else " "
    chosen = rng.random()
    if chosen < _USER_NAME_ALONE:
        return handle
    if chosen < _USER_NAME_ALONE + _WITH_GIVEN_NAME:
        return f"{person.given}{joint}{word}"
    return rng.choice((f"{word}{joint}{handle}", f"{handle}{joint}{word}"))


def _is_man(person: Person) -> bool:
    return person.gender is Gender.MALE


_INVENTED = {DisplayKind.SHORT: _short, DisplayKind.ENGLISH: _english, DisplayKind.POETIC: _poetic, DisplayKind.BUSINESS: _shop}
