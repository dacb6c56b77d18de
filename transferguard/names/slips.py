# SPDX-License-Identifier: Apache-2.0
"""Is one word of a name one edit off, and written as nobody is called?

Folded words have lost their case and their accents, and with them what tells a slip: Hoàng ăn Dũng for Hoàng Văn Dũng, where An is a name
and ăn is none. What an edit is worth is the question of `word_change`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from transferguard.names import vietnamese, vietnamese_accents
from transferguard.names.matching import Match, MatchKind
from transferguard.names.views import bare_name
from transferguard.names.word_change import edit_cost

if TYPE_CHECKING:
    from transferguard.names.views import NameView

# A surname, a middle and a given name.
_WHOLE_NAME = 3


def slip_of_one_word(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """The match of two names of as many words that differ in one; None when people may be called so, or more has changed."""
    if len(seen.words) != len(original.words):
        return None
    off = [at for at, (one, other) in enumerate(zip(seen.words, original.words, strict=True)) if one != other]
    if len(off) != 1 or len(seen.words) == 1 or OSA.distance(seen.words[off[0]], original.words[off[0]], score_cutoff=1) > 1:
        return None
    at, written, wanted = off[0], bare_name(seen_name).split(), bare_name(original_name).split()
    if not len(written) == len(wanted) == len(seen.words) or not (
        _lost_its_capital(at, written, wanted) or _is_nobodys(at, written, wanted) or _is_no_surname(at, seen.words, original.words)
    ):
        return None
    change = edit_cost(seen.words[at], original.words[at], unheard=True)
    return change and Match(kind=MatchKind.EDIT, cost=change.cost, changes=1, made=change.made)


def _lost_its_capital(at: int, written: list[str], wanted: list[str]) -> bool:
    """Does this word alone begin small, where the original has a capital?"""
    others = (word for place, word in enumerate(written) if place != at)
    return written[at][0].islower() and wanted[at][0].isupper() and all(word[0].isupper() for word in others)


def _is_nobodys(at: int, written: list[str], wanted: list[str]) -> bool:
    """Is this a Vietnamese name whose accents are written, and the word none that people are called?"""
    if all(map(str.isascii, written)) or vietnamese_accents.is_called(written[at]):
        return False
    return vietnamese_accents.is_vietnamese(wanted)


def _is_no_surname(at: int, words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Has the surname of a whole Vietnamese name become a word that no surname is? There are few: Hoàn Thị Nhung for Hoàng Thị Nhung."""
    if at or len(words) < _WHOLE_NAME or vietnamese.is_surname(words[0]) or vietnamese.by_ear(words[0]) == vietnamese.by_ear(wanted[0]):
        return False
    return vietnamese.is_surname(wanted[0]) and all(map(vietnamese.is_vietnamese, wanted))
