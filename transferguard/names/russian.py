# SPDX-License-Identifier: Apache-2.0
"""Does a word look like a Russian surname?

Russian surnames are made of any word with a few endings: three people in four bear one that no list has, and hardly two the same.
"""

from __future__ import annotations

from functools import cache

from transferguard.names.ranks import folded_entry

UNLISTED_BITS = 12.5
"""Bits of such a surname that no list has: three quarters of all people over some thousands of surnames (our assumption)."""

_SHORTEST = 5
_ENDINGS = "ов ова ев ева ёв ёва ин ина ын ына ский ская цкий цкая ко ук юк ян ич ых их"
_LATIN_ENDINGS = "ov ova ev eva skiy sky skaya enko chuk"


def is_surname_like(word: str) -> bool:
    """Does this folded word end as Russian surnames do, in their letters or in Latin ones?"""
    return len(word) >= _SHORTEST and word.endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    """The endings, folded as words are looked up."""
    return (*map(folded_entry, _ENDINGS.split()), *_LATIN_ENDINGS.split())
