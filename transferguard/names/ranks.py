# SPDX-License-Identifier: Apache-2.0
"""The lists of name words, from the commonest to the rarest, as shares of people.

Lists tell an order, the share of their first entry and the share of them all; what lies between follows a law of rank. Everything is in
bits: -log2 of a share. What the words of a name are worth together is the question of `shares`.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from transferguard.names import tables
from transferguard.names.fold import fold_table

_PAIR = 2


@cache
def ranked(section: str) -> dict[str, float]:
    """Bits of every entry of a ranked list: shares fall from the first place by a law of rank that adds up to the total."""
    for name, first, total, words in tables.rows("words.txt"):
        if name == section:
            entries = list(dict.fromkeys(folded_entry(word) for word in words.split()))
            return by_rank(entries, float(first) / 100, float(total) / 100)
    return {}


def folded_entry(word: str) -> str:
    """A word of a list as it is looked up."""
    return "".join(word.translate(fold_table()).split())


def by_rank(entries: list[str], first: float, total: float, *, fall: float = 1.0) -> dict[str, float]:
    """Zipf-Mandelbrot: share of rank r is first * (offset / (r + offset)) ** fall."""
    low, high = 0.01, 1e6
    for _ in range(60):  # the sum grows with the offset; sixty halvings settle it
        offset = math.sqrt(low * high)
        if sum(first * (offset / (rank + offset)) ** fall for rank in range(len(entries))) < total:
            low = offset
        else:
            high = offset
    return {entry: -math.log2(first * (offset / (rank + offset)) ** fall) for rank, entry in enumerate(entries)}


@cache
def parts_of_japanese_surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that Japanese surnames of two characters begin with, and those that they end in."""
    pairs = [name for name in ranked("japanese_surname") if len(name) == _PAIR]
    begins_often, ends_often = ({char for char, count in Counter(name[at] for name in pairs).items() if count > 1} for at in range(2))
    return frozenset(begins_often | ranked("japanese_surname_first").keys()), frozenset(ends_often | ranked("japanese_surname_last").keys())


def is_japanese_name(surname: str, given: str) -> bool:
    """Are these a Japanese surname and two characters of given names? 山本真人 is Yamamoto Masato, no Yamamoto who says that he is real."""
    return len(given) == _PAIR and surname in ranked("japanese_surname") and all(char in ranked("japanese_char") for char in given)
