# SPDX-License-Identifier: Apache-2.0
"""What does the eye read where a program sees signs?

A dollar between letters is an s, two strokes are a v; markup, "the second" and letters that put a name first in a list are no part of
it, and what is turned is read the right way. Which words of a name are its own is the question of `views`.
"""

from __future__ import annotations

import re

from transferguard.names.ornaments import without_frame
from transferguard.names.reading_order import upright, visual_order

# Signs that stand for letters only between letters: elsewhere they are punctuation.
_SIGN_LETTERS = {"@": "a", "$": "s", "!": "i", "|": "l", "€": "e", "£": "l", "+": "t"}
_SIGNS = frozenset(_SIGN_LETTERS)
# Letters that are put together of strokes.
_LETTERS_OF_STROKES = {"\\/\\/": "w", "|\\/|": "m", "|\\|": "n", "\\/": "v", "/\\": "a"}
_STROKES_FOR_LETTER = re.compile("|".join(map(re.escape, _LETTERS_OF_STROKES)))
# "the second", written at a name.
_SECOND = re.compile(r"(?<=[^\W\d_A-Z])III?(?![^\W_])|[Ⅱ-Ⅻ]")
# Text that is meant for a program and not for a reader: addresses, tags, entities, format and terminal codes.
_MARKUP_SIGNS = frozenset("<&%[/\x1b")
_MARKUP = re.compile(
    r"\]\([^)\s]{0,80}\)?|https?://\S*|</?[A-Za-z][^<>]{0,40}>|&(?:[a-z]{2,6}|#x?[0-9a-f]{1,6});|%[sdn]|\x1b\[[0-9;]*[A-Za-z]"
)
# Letters before a name that put it first in a list of contacts.
_FIRST_IN_LIST = re.compile("^A{2,4}(?=[A-Z][a-z])")
# Latin small capitals, whose Q is written with a tail.
_SMALL_CAPITALS = re.compile("[ʙɢʜɪʟɴʀʏᴀ-ᴢꜰꜱ]")
_TAILED_O = "ǫ"
_SIGN_IN_WORD = re.compile(
    r"(?<=[A-Za-z0-9])[@$!|€£+]{1,2}(?=[A-Za-z0-9])|(?<![\w@$!|€£+])[@$|€£](?=[A-Za-z][A-Za-z0-9])|(?<=[^\W\d_]{2})[$|](?![\w$|])"
)
# Letters and spaces, of which none frame a name (xx), make a face (uwu, xD), count it (III) or put it first (AA).
_PLAIN_LATIN = re.compile("[A-Za-z]+(?: [A-Za-z]+){0,5}")
_BESIDE_LETTERS = re.compile("[xX]|[wW][uUoO]|II|^AA")


def as_seen(read: str) -> str:
    """The text as the eye reads it: turned the right way, signs as letters, without markup and ordinals."""
    if _PLAIN_LATIN.fullmatch(read) and not _BESIDE_LETTERS.search(read):
        return read
    if not read.isascii():
        read = upright(visual_order(read))
    if has_markup(read):
        plain = _MARKUP.sub(" ", read)
        read = plain if any(map(str.isalpha, plain)) else read
    read = without_frame(read)
    if "\\" in read:
        read = _STROKES_FOR_LETTER.sub(_letter_of_strokes, read)
    if not _SIGNS.isdisjoint(read):
        read = _SIGN_IN_WORD.sub(_letter_of_sign, read)
    read = without_second(read)
    if read[:2] == "AA":
        read = _FIRST_IN_LIST.sub("", read)
    if _TAILED_O in read and _SMALL_CAPITALS.search(read):
        read = read.replace(_TAILED_O, "q")
    return read


def without_second(text: str) -> str:
    """The text without "the second" behind a name: Trần Văn HiếuII."""
    return _SECOND.sub(" ", text) if "II" in text or "Ⅱ" in text or "Ⅲ" in text else text


def has_markup(text: str) -> bool:
    """Does the text hold what is meant for a program?"""
    return not _MARKUP_SIGNS.isdisjoint(text) and bool(_MARKUP.search(text))


def _letter_of_strokes(found: re.Match[str]) -> str:
    return _LETTERS_OF_STROKES[found.group()]


def _letter_of_sign(found: re.Match[str]) -> str:
    return "".join(_SIGN_LETTERS[sign] for sign in found.group())
