# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers count words and letters of a name

"""Does the name that the sender wrote fit the verified name of the account?

The four answers of payee verification. Unlike the search for a copied name, which asks what a thief could have made, this
asks what a person may write who means the holder: no middle name, an initial, a title, another order, another alphabet, one
slip of the finger. A shape sibling of a Han character is no slip of the finger: it is another name.

    MATCH         the same words, whatever their order, titles, accents, alphabet, legal form or middle names
    CLOSE_MATCH   one slip, a sound, a nickname, an initial for a first name, another legal form
    NO_MATCH      everything else
    UNAVAILABLE   one side has nothing that can be compared
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from transferguard.calling import demand
from transferguard.decision import MatchResult
from transferguard.names import cross, han, respelling, roman, tables
from transferguard.names.fold import fold_table
from transferguard.names.holders import holders, without_form
from transferguard.names.matching import MatchKind
from transferguard.names.short_forms import short_forms
from transferguard.names.views import Script, organisations, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = (MatchResult.MATCH, MatchResult.CLOSE_MATCH, MatchResult.NO_MATCH)
_UMLAUTS = re.compile("ae|oe|ue|aa")
_PLAIN_VOWEL = {"ae": "a", "oe": "o", "ue": "u", "aa": "a"}
# A digit among letters is a letter: I9or, Sech1n.
_DIGIT_IN_WORD = re.compile("(?<=[A-Za-z])[01345789](?=[A-Za-z])")
_LETTER_OF_DIGIT = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
# Words whose place says who is whose father.
_PATRONYMIC = frozenset({"bin", "ibn", "ben", "bint"})
# Small words that a holder's papers have and a friend leaves out.
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ad",
        "as",
        "bin",
        "ibn",
        "bint",
        "abu",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "bte",
    ]
)
_VOWELS = frozenset("aeiouy")
_READ_CHARS, _READ_WORDS = 400, 10
# Letters from which one slip is a slip; and from which a joined name may be cut elsewhere.
_SLIP_LETTERS, _JOINED_LETTERS = 4, 8
_SAME, _CLOSE = 0, 1
# Words of a long name that a friend may leave out.
_MOST_LEFT_OUT = 2


def match_payee(seen: str, verified: str, *, aliases: Iterable[str] = ()) -> MatchResult:
    """Does the name that the sender wrote fit?

    Args:
        seen: What the sender wrote or sees.
        verified: The verified name: a person, joint holders, a company, a person trading under a name.
        aliases: Further names of the same holder: maiden name, trading name.

    Returns:
        The best result over all holders and aliases; UNAVAILABLE when one side has nothing that can be compared.
    """
    seen = demand(seen, str, "seen")[:_READ_CHARS]
    names = [demand(name, str, field)[:_READ_CHARS] for field, name in (("verified", verified), *(("aliases", name) for name in aliases))]
    if not view_of(seen).look or not any(view_of(name).look for name in names):
        return MatchResult.UNAVAILABLE
    written = [seen] if len(holders(seen)) == 1 else [seen, *holders(seen)[1:2]]
    candidates = [holder for name in names for holder in holders(name)]
    return min((_fits(ours, theirs) for ours in written for theirs in candidates), key=_ORDER.index)


@lru_cache(maxsize=1024)
def _fits(seen: str, verified: str) -> MatchResult:  # noqa: PLR0911  one step a line, the first that applies answers
    """One written name beside one holder."""
    ours, theirs = view_of(seen), view_of(verified)
    if not ours.look or not theirs.look:
        return MatchResult.NO_MATCH
    company = _company(seen, verified)
    if company is not None:
        return company
    if organisations(seen) != organisations(verified):
        return MatchResult.NO_MATCH  # the employer that a view leaves out may be all that two companies do not share
    if ours.is_han and theirs.is_han:
        return _han(ours.look, theirs.look)
    if ours.is_han or theirs.is_han:
        return _across(seen, verified)
    if ours.script == Script.SYLLABIC and theirs.script == Script.SYLLABIC:
        return MatchResult.MATCH if ours.look == theirs.look else MatchResult.NO_MATCH
    if Script.SYLLABIC in {ours.script, theirs.script} and _across(seen, verified) is not MatchResult.NO_MATCH:
        return _across(seen, verified)
    return _words(_name_words(seen), _name_words(verified))


def _across(seen: str, verified: str) -> MatchResult:
    """A name beside its romanisation: by the letter, or by the sound."""
    found = cross.match_across(view_of(seen), view_of(verified), seen_name=seen, original_name=verified)
    if found is None:
        return MatchResult.NO_MATCH
    return MatchResult.MATCH if found.changes == 1 else MatchResult.CLOSE_MATCH


def _company(seen: str, verified: str) -> MatchResult | None:
    """Company names by their words without the legal form; None when neither has one."""
    (ours, our_form), (theirs, their_form) = without_form(seen), without_form(verified)
    if not our_form and not their_form:
        return None
    one, other = ours.replace(" ", ""), theirs.replace(" ", "")
    if one == other or _plain_vowels(one) == _plain_vowels(other):
        return MatchResult.CLOSE_MATCH if our_form and their_form and our_form != their_form else MatchResult.MATCH
    if min(len(one), len(other)) >= _JOINED_LETTERS and OSA.distance(one, other, score_cutoff=1) <= 1:
        return MatchResult.CLOSE_MATCH
    return MatchResult.NO_MATCH


def _han(seen: str, verified: str) -> MatchResult:
    """Han names: the same, or the slip of an input method by sound."""
    if seen == verified or sorted(seen) == sorted(verified):
        return MatchResult.MATCH if seen == verified or len(seen) > 1 else MatchResult.NO_MATCH
    found = han.match_han(seen, verified) if len(seen) == len(verified) else None
    return MatchResult.CLOSE_MATCH if found is not None and found.kind is MatchKind.SOUND and found.changes == 1 else MatchResult.NO_MATCH


@cache
def _titles() -> frozenset[str]:
    table = fold_table()
    return frozenset(word.translate(table).strip() for word in tables.titles()["honorific"])


@lru_cache(maxsize=2048)
def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name in ASCII letters where they have some, without titles."""
    words = roman.romanised(_DIGIT_IN_WORD.sub(lambda found: _LETTER_OF_DIGIT[found.group()], name)) or view_of(name).words
    kept = tuple(word for word in words if word not in _titles())
    return (kept or words)[:_READ_WORDS]


def _words(seen: tuple[str, ...], verified: tuple[str, ...]) -> MatchResult:  # noqa: PLR0911  the same
    """Every word of the shorter name with its like in the longer one."""
    one, other = "".join(seen), "".join(verified)
    if _PATRONYMIC & set(seen) & set(verified) and _father_moved(seen, verified):
        return MatchResult.NO_MATCH
    if one == other or sorted(seen) == sorted(verified) or _plain_vowels(one) == _plain_vowels(other):
        return MatchResult.MATCH
    seen, verified = _weighty(seen), _weighty(verified)
    short, long = (seen, verified) if len(seen) <= len(verified) else (verified, seen)
    degrees, left = _paired(short, long)
    if None in degrees:
        return _run_together(one, other)
    if len(short) == 1 and len(long) > 1:
        return MatchResult.NO_MATCH
    close = degrees.count(_CLOSE)
    if len(left) > _MOST_LEFT_OUT:
        return MatchResult.NO_MATCH
    if not close:
        return MatchResult.MATCH if long[0] not in left or long[-1] not in left else MatchResult.CLOSE_MATCH
    middle_initial = close == 1 and any(len(word) == 1 for word in (*short[1:], *long[1:])) and len(short) > 2 and not left
    if middle_initial:
        return MatchResult.MATCH
    return MatchResult.CLOSE_MATCH if close < len(short) or not left else MatchResult.NO_MATCH


def _father_moved(seen: tuple[str, ...], verified: tuple[str, ...]) -> bool:
    """Does another name stand before the word for son or daughter of?"""
    first = [next((words[at - 1] for at, word in enumerate(words) if at and word in _PATRONYMIC), "") for words in (seen, verified)]
    return bool(all(first)) and _degree(first[0], first[1]) is None


def _weighty(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES) or words


def _paired(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[list[int | None], list[str]]:
    """How well each word of the shorter name is found, and the words of the longer one that are left over."""
    left, degrees = list(long), []
    for word in sorted(short, key=len, reverse=True):
        best = min(((degree, at) for at, other in enumerate(left) if (degree := _degree(word, other)) is not None), default=None)
        degrees.append(None if best is None else best[0])
        if best is not None:
            left.pop(best[1])
    return degrees, left


def _plain_vowels(text: str) -> str:
    return _UMLAUTS.sub(lambda found: _PLAIN_VOWEL[found.group()], text)


@lru_cache(maxsize=8192)
def _degree(one: str, other: str) -> int | None:  # noqa: PLR0911  the same
    """The same word, a close one, or another."""
    if one == other or _plain_vowels(one) == _plain_vowels(other):
        return _SAME
    if len(one) == 1 or len(other) == 1:
        return _CLOSE if one[0] == other[0] else None
    shortest, longest = min(len(one), len(other)), max(len(one), len(other))
    off = OSA.distance(one, other)
    if off <= 1 and shortest >= _SLIP_LETTERS:
        return _CLOSE
    if off <= 2 and shortest >= 2 * _SLIP_LETTERS - 1:
        return _CLOSE
    if other in short_forms().get(one, ()):
        return _CLOSE
    if (
        (one[0] in _VOWELS) == (other[0] in _VOWELS)
        and roman.skeleton(one) == roman.skeleton(other)
        and len(roman.skeleton(one)) > 1
        and OSA.distance(respelling.loosened(one), respelling.loosened(other)) <= 1 + longest // 5
    ):
        return _CLOSE
    return None


def _run_together(one: str, other: str) -> MatchResult:
    """Words cut elsewhere, with at most one slip."""
    if min(len(one), len(other)) >= _JOINED_LETTERS and OSA.distance(one, other, score_cutoff=1) <= 1:
        return MatchResult.CLOSE_MATCH
    return MatchResult.NO_MATCH
