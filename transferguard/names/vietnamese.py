# SPDX-License-Identifier: Apache-2.0
"""How common is a Vietnamese name, and in which order do its words stand?

Surname, middle names, given name: a word is common in one of these places and rare in another, so each is counted in its own. The words
are folded, without accents.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transferguard.names.ranks import ranked

_PAIR, _MOST_WORDS = 2, 4
# A word where the list of its place has no such, a name of surname and given name without one between (one in eight), and one of a
# middle and a given name alone (one display name in sixteen; our assumptions).
_UNKNOWN_BITS, _NO_MIDDLE_BITS, _NO_SURNAME_BITS = 10.5, 3.0, 4.0
# A surname that one person in eighty bears: rarer ones are given names as well.
_USUAL_SURNAME_BITS = 6.35


@cache
def _words() -> frozenset[str]:
    return frozenset().union(
        *(ranked(section) for section in ("vietnamese", "vietnamese_middle", "vietnamese_given", "vietnamese_given_more"))
    )


def is_vietnamese(word: str) -> bool:
    """Is this folded word a Vietnamese surname, middle or given name?"""
    return word in _words()


# Letters that are written for one another where a name is spelled by ear: Nguin and Nguien for Nguyen, Li for Ly, Fuong for Phuong.
_BY_EAR = (
    (re.compile("u(?:ye|ie|y)"), "ui"),
    (re.compile("y"), "i"),
    (re.compile("ph"), "f"),
    (re.compile("(?<=g)h"), ""),
    (re.compile("gi(?=[aeou])"), "z"),
    (re.compile("[cq](?!h)"), "k"),
    (re.compile("x"), "s"),
)


@lru_cache(maxsize=4096)
def by_ear(word: str) -> str:
    """The same letters for all that a folded word is written as by ear."""
    for letters, one in _BY_EAR:
        word = letters.sub(one, word)
    return word


def is_surname(word: str) -> bool:
    """Is this folded word a Vietnamese surname?"""
    return word in ranked("vietnamese")


def has_surname(words: tuple[str, ...]) -> bool:
    """Does this Vietnamese name begin with a surname? Middle and given names often stand without one."""
    bits = ranked("vietnamese").get(words[0])
    return bits is not None and (len(words) > _PAIR or bits < _USUAL_SURNAME_BITS)


def name_bits(words: tuple[str, ...]) -> float | None:
    """Bits of a Vietnamese name of several words, whatever their order; None when it is none."""
    if not 1 < len(words) <= _MOST_WORDS or not all(map(is_vietnamese, words)):
        return None
    return min(map(_in_order, dict.fromkeys((words, (words[-1], *words[:-1]), (*words[1:], words[0]), words[::-1]))))


def _in_order(words: tuple[str, ...]) -> float:
    """Bits of a name whose surname, if any, stands first and whose given name stands last."""
    further = ranked("vietnamese_given_more").get(words[-1], _UNKNOWN_BITS)
    given, between = ranked("vietnamese_given").get(words[-1], further), ranked("vietnamese_middle")
    middle = sum(between.get(word, _UNKNOWN_BITS) for word in words[1:-1])
    whole = ranked("vietnamese").get(words[0], _UNKNOWN_BITS) + middle + given + (_NO_MIDDLE_BITS if len(words) == _PAIR else 0.0)
    return min(whole, _NO_SURNAME_BITS + between[words[0]] + given) if len(words) == _PAIR and words[0] in between else whole
