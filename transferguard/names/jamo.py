# SPDX-License-Identifier: Apache-2.0
"""Hangul syllables taken apart, so that one changed vowel is one edit and not one of three characters, and a Thai vowel put together.

The fold writes sara am as two characters, and who leaves it out or moves it makes one edit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SARA_AM = "\u0e4d\u0e32"


@lru_cache(maxsize=4096)
def as_jamo(text: str) -> str:
    """The text with Hangul syllables as conjoining jamo, and the Thai vowel in one; other letters stay as they are."""
    if text.isascii():
        return text
    if _SARA_AM in text:
        return text.replace(_SARA_AM, "\u0e33")
    if not any("\uac00" <= char <= "\ud7a3" for char in text):
        return text
    return unicodedata.normalize("NFD", text)


_FIRST, _LAST, _LEADS, _TAILS = 0xAC00, 0xD7A3, 588, 28


def is_one_letter(syllable: str, other: str) -> bool:
    """Do two Hangul syllables differ in one letter alone? Other characters always do."""
    one, two = ord(syllable), ord(other)
    if not (_FIRST <= one <= _LAST and _FIRST <= two <= _LAST):
        return True
    one, two = one - _FIRST, two - _FIRST
    return (one // _LEADS != two // _LEADS) + (one % _LEADS // _TAILS != two % _LEADS // _TAILS) + (one % _TAILS != two % _TAILS) == 1
