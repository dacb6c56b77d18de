# SPDX-License-Identifier: Apache-2.0
"""Is one name the other in another script?

Li Ming for 李明, Chan Kin Kwok for 陳建國, Kim Chul-soo for 김철수, Ivan for Иван. Sounds lose what letters keep, so the
weight counts the rarity of the sound, not of the characters.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from transferguard.names import roman, shares
from transferguard.names.matching import Match, MatchKind
from transferguard.names.rarity import model_bits
from transferguard.names.views import NameView, Script

_WRITTEN_OUT, _OTHER_ALPHABET, _PER_LETTER, _OTHER_ORDER = 2.0, 4.0, 1.5, 1.0
# Bits by which a syllable's sound is commoner than the character, where no table says.
_SOUND_LOSS = 3.0
_MOST_LETTERS_OFF = 2
# What a spelling costs that bends the rules of its system, what a wrong letter costs, and the letters from which one may be wrong.
_BENT, _PER_LETTER_BENT, _MOST_BENT, _MISSPELLED, _LETTERS_OF_A_SPELLING = 0.5, 0.7, 3.0, 4.5, 6
# Keyboards without ü write Lv and Nv.
_LV = ("lv", "nv")
# Hebrew and Arabic leave most vowels out.
_UNVOWELLED = re.compile("[\u0590-\u06ff]")


def spellings(view: NameView, name: str) -> list[tuple[str, ...]]:
    """The ways in which a name is written in Latin letters, each as words, surname first where it is known."""
    if view.script == Script.HAN:
        return [tuple(one) for one in roman.han_spellings(view.look, shares.surname_length(view.look))]
    if view.script == Script.LETTERS and name.isascii():
        return [tuple("".join((word[0], "u", word[2:])) if word.startswith(_LV) else word for word in view.words)] if view.words else []
    found: list[tuple[str, ...]] = [words] if (words := roman.romanised(name)) else []
    if view.script == Script.SYLLABIC:
        found.extend(roman.korean_spellings(view.words, name))
    return found


def match_across(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """How the one could be the other's romanisation; None when it could not."""
    lost = (
        _lost_in_sound(original)
        if original.script == Script.HAN
        else _lost_in_sound(seen)
        if seen.script == Script.HAN
        else _OTHER_ALPHABET
    )
    vowels = not (_UNVOWELLED.search(seen.look) or _UNVOWELLED.search(original.look))
    by_the_book = Script.HAN in {seen.script, original.script}
    # A namesake who writes in the other alphabet is as common there as here.
    lost += max(0.0, model_bits(original.core) - lost - model_bits(seen.core)) if not by_the_book else 0.0
    best: Match | None = None
    for ours in spellings(seen, seen_name):
        for theirs in spellings(original, original_name):
            cost = _distance_cost(ours, theirs, vowels=vowels, by_the_book=by_the_book)
            if cost is not None and (best is None or cost + lost < best.cost):
                best = Match(kind=MatchKind.ROMANISED, cost=cost + lost, changes=1 if cost <= _WRITTEN_OUT + _OTHER_ORDER else 2)
    return best


def _distance_cost(ours: tuple[str, ...], theirs: tuple[str, ...], *, vowels: bool, by_the_book: bool) -> float | None:
    """Bits between two spellings in either order; without vowels only the consonants can be compared."""
    best: float | None = None
    compared = _by_the_book if by_the_book else _as_each_clerk_likes if vowels else _by_consonants
    for turned, wanted in ((0.0, "".join(theirs)), (_OTHER_ORDER, "".join((*theirs[1:], *theirs[:1])))):
        for one in dict.fromkeys(("".join(ours), "".join((*ours[1:], *ours[:1])))):
            cost = 0.0 if one == wanted else compared(one, wanted)
            if cost is not None and (best is None or _WRITTEN_OUT + turned + cost < best):
                best = _WRITTEN_OUT + turned + cost
    return best


def _by_the_book(one: str, wanted: str) -> float | None:
    """A Han name is spelled by one of three systems, and each is bent a little."""
    plain, other = roman.han_loosened(one), roman.han_loosened(wanted)
    if plain == other:
        return _BENT + min(_MOST_BENT, _PER_LETTER_BENT * OSA.distance(one, wanted))
    if min(len(plain), len(other)) < _LETTERS_OF_A_SPELLING or OSA.distance(plain, other, score_cutoff=1) > 1:
        return None
    return _MISSPELLED + min(_MOST_BENT, _PER_LETTER_BENT * OSA.distance(one, wanted))


def _as_each_clerk_likes(one: str, wanted: str) -> float | None:
    """Alphabets are written as each clerk likes: the consonants agree, a few letters do not."""
    if roman.skeleton(one) != roman.skeleton(wanted):
        return None
    off = OSA.distance(roman.loosened(one), roman.loosened(wanted))
    return None if off > max(_MOST_LETTERS_OFF, max(len(one), len(wanted)) // 4) else 1.0 + _PER_LETTER * off


def _by_consonants(one: str, wanted: str) -> float | None:
    """Half of the letters are not written: those that are must agree but for one."""
    off = OSA.distance(roman.consonants(one), roman.consonants(wanted))
    return None if off > 1 or len(wanted) < _LETTERS_OF_A_SPELLING else 2 * _PER_LETTER * (off + 1)


def _lost_in_sound(view: NameView) -> float:
    """Bits by which the sound of a Han name is commoner than its characters."""
    cut = shares.surname_length(view.look)
    return sum(
        max(0.0, shares.char_bits(char, surname=at < cut) - shares.sound_bits(char, surname=at < cut)) for at, char in enumerate(view.look)
    )
