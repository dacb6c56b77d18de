# SPDX-License-Identifier: Apache-2.0
"""Hangul syllables taken apart, so that one changed vowel is one edit and not one of three characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def as_jamo(text: str) -> str:
    """The text with Hangul syllables as conjoining jamo; other letters stay as they are."""
    if text.isascii() or not any("\uac00" <= char <= "\ud7a3" for char in text):
        return text
    return unicodedata.normalize("NFD", text)
