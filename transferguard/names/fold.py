# SPDX-License-Identifier: Apache-2.0
"""What one character is read as.

The fold of a character is the text that a careless reader sees: nothing for invisible ones, a space for punctuation and
emoji, the plain letter for styled, enclosed, accented or foreign lookalikes, the simplified form for a Han variant.
Folds that need the neighbours (digits, l and I, kana among Han) are made by `views`.

Rule owned here: what leaves no ink never changes a fold. Classes come from Unicode properties, not from lists of ours.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from transferguard.names import tables

_LINE_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
# Marks that ride on letters of any script, or are left out in ordinary writing of theirs.
_LOOSE_MARKS = ("COMBINING", "ARABIC", "HEBREW", "SYRIAC")
_KANA_VOICING = "\u3099\u309a"
# Marks of Indic letters that a hurried writer leaves out.
_DROPPED_MARKS = ("NUKTA", "VIRAMA")
# An alif with a hamza or madda, which most people leave out; letters of neighbouring alphabets that
# readers of Arabic take for their own; the Lisu I; marks of trade and of ordinals, which are emoji.
_TAKEN_FOR = {
    "ا": "أإآﺁﺂﺃﺄﺇﺈٱٲٳٵ", "ة": "ۃ", "ي": "ےېۍێ", "ك": "ڪګ", "و": "ۈۆۇۋۉۊۅ", "ف": "ڡ", "ق": "ٯ", "ن": "ں", "i": "ꓲ", "d": "₫", " ": "™℠ºª",
}  # fmt: skip
_JOINERS = "'’ʼ‘`´ʻ"
_CACHED_MAX = 60_000


class FoldTable(dict[int, str]):
    """A table for `str.translate` that works out each code point when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _CACHED_MAX:
            self[code] = folded
        return folded


@cache
def fold_table() -> FoldTable:
    """The one fold table, begun with what the generated tables know."""
    table = FoldTable(tables.looks())
    table.update(tables.variants())
    table.update(dict.fromkeys(tables.ignorable(), ""))
    table.update({ord(char): plain for plain, chars in _TAKEN_FOR.items() for char in chars})
    return table


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if char in _LINE_SPACES:
        return " "
    if category[0] == "C" or char in _JOINERS:
        return ""
    if category[0] == "M":
        name = unicodedata.name(char, "")
        loose = (name.startswith(_LOOSE_MARKS) or name.endswith(_DROPPED_MARKS)) and char not in _KANA_VOICING
        return "" if loose or category == "Me" else char
    if category[0] in "ZPS":
        return " "
    plain = unicodedata.normalize("NFKC", char).casefold()
    # Letters that are composed with such a mark by nature come apart here.
    return plain if len(plain) == 1 else "".join(one for one in plain if not unicodedata.name(one, "").endswith(_DROPPED_MARKS))


def without_accents(text: str) -> str:
    """The text without accents and strokes of Latin letters."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(char for char in plain if not "\u0300" <= char <= "\u036f")
