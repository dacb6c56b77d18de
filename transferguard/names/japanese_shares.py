# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one to three characters
"""How common is each part of a Japanese name?

Lists of surnames and of characters of given names tell of most people; a surname that no list has may be put together of the parts
that surnames have, or as none is. What a replaced part is worth is the question of `han`.
"""

from __future__ import annotations

from functools import lru_cache

from transferguard.names import ranks, shares

# A surname that is put together as none is, and a character that hardly any given name has.
NOBODY_BITS, RARE_CHAR_BITS = 20.0, 13.0
# Characters of most surnames.
_USUAL = 2


@lru_cache(maxsize=4096)
def likeliest_bits(name: str) -> tuple[float, bool]:
    """Bits of a Japanese name, cut where it is commonest, and whether even so a part of it is nobody's: 吉甲葵 is neither 吉甲 nor 吉."""
    known, chars = ranks.ranked("japanese_surname"), ranks.ranked("japanese_char")
    options: list[tuple[float, bool]] = []
    for length in (2, 3, 1):
        if length < len(name) and (length == _USUAL or name[:length] in known):
            nobody = shares.JAPANESE_COMPOSED_BITS if shares.looks_japanese(name[:length]) else NOBODY_BITS
            surname = known.get(name[:length], nobody)
            given = [chars.get(char, RARE_CHAR_BITS) for char in name[length:]]
            options.append((surname + sum(given), surname == NOBODY_BITS or RARE_CHAR_BITS in given))
    return min(options)


@lru_cache(maxsize=4096)
def is_japanese_given(name: str) -> bool:
    """May this be a Japanese given name alone, more likely than a Chinese one?"""
    if len(name) != 2 or name[0] in shares.surname_bits():
        return False
    chars = ranks.ranked("japanese_char")
    ours = sum(chars.get(char, RARE_CHAR_BITS) for char in name)
    return name in ranks.ranked("japanese_given") or ours + 1.0 < sum(shares.char_bits(char, surname=False) for char in name)


def has_japanese_name(name: str) -> bool:
    """Is this a Japanese name by its surname and by what stands behind it? 小林思远 may be little Lin Siyuan."""
    return shares.is_japanese(name) and all(map(is_name_char, name[2:]))


def is_name_char(char: str) -> bool:
    """Do Japanese given names have this character?"""
    return char in ranks.ranked("japanese_char")


def is_listed_surname(surname: str) -> bool:
    """Is this a Japanese surname of our list?"""
    return surname in ranks.ranked("japanese_surname")
