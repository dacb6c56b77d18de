# SPDX-License-Identifier: Apache-2.0
"""Is a Vietnamese word, accents and all, one that people are called?

Without accents every word looks like a name: An is one and Ân too, but nobody is called ăn. What another accent is worth is the question of
`match`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from transferguard.names.fold import fold_table
from transferguard.names.tables import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_COUNTED = 2
_ALPHABET = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=4096)
def without_place(word: str) -> tuple[str, str]:
    """The letters of a word and its tones, wherever they are written: Hòa and Hoà are one name."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.casefold()):
        (tones if char in _TONES else letters).append(char)
    return "".join(letters), "".join(sorted(tones))


@cache
def _names() -> frozenset[tuple[str, str]]:
    listed = next(words for name, _, _, words in rows("words.txt") if name == "vietnamese_accented")
    return frozenset(map(without_place, listed.split()))


def is_called(word: str) -> bool:
    """Is somebody called so, accents and all?"""
    return without_place(word) in _names()


def is_vietnamese(words: Sequence[str]) -> bool:
    """Are these the words of a Vietnamese name, written with accents?"""
    return not all(map(str.isascii, words)) and all(map(is_called, words))


def other_names(seen: Sequence[str], original: Sequence[str]) -> int:
    """How many words, two at most, are the original's but for accents that make another name of them?

    Args:
        seen: Words of the seen name as they are written.
        original: Those of the original; 0 where it is no Vietnamese name or either is written without accents.
    """
    if all(map(str.isascii, seen)) or not is_vietnamese(original):
        return 0
    plain, wanted = [word.translate(fold_table()) for word in original], [without_place(word) for word in original]
    if [word.translate(fold_table()) for word in seen] == plain:
        return min(_MOST_COUNTED, sum(is_called(one) and without_place(one) != other for one, other in zip(seen, wanted, strict=True)))
    alike = (word for word in seen if word.translate(fold_table()) in plain and without_place(word) not in wanted)
    return min(_MOST_COUNTED, sum(map(is_called, alike)))


@lru_cache(maxsize=2048)
def is_no_syllable(word: str) -> bool:
    """Can this not be a Vietnamese syllable: a letter of another alphabet, or two tones?"""
    if not all(char.isascii() or char in _ALPHABET for char in word.casefold() if char.isalpha()):
        return True
    return sum(char in _TONES for char in unicodedata.normalize("NFD", word)) > 1
