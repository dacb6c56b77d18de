# SPDX-License-Identifier: Apache-2.0
"""Which Han characters look like a given one, and how much?

Grades come from the generated shape table: 1 is somewhat alike, 9 is hardly told apart at reading size.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from transferguard.names import tables
from transferguard.names.sound import near_number

# 叁 for 三 is read without a second thought.
_NUMERAL_GRADE = 9
# How much likelier each grade is chosen than the one below: on the tune split grade 9 was four times as likely as grade 1.
_PER_GRADE = 1.35


@cache
def siblings(char: str) -> dict[str, int]:
    """Characters that look like this one, with grade."""
    row = tables.shapes().get(char, "")
    found = {row[at]: int(row[at + 1]) for at in range(0, len(row), 2)}
    found.update(dict.fromkeys(tables.numerals().get(char, ""), _NUMERAL_GRADE))
    return found


def grade(first: str, second: str) -> int:
    """How alike two characters look: 0 (not listed) to 9; the same in both directions."""
    return siblings(first).get(second, 0) or siblings(second).get(first, 0)


def kinship(first: str, second: str) -> int:
    """How many characters in use have the rarest component that two characters share; 0 when they share none."""
    parts = tables.parts()
    theirs = parts.get(second, "")
    shared = [part for part in parts.get(first, "") if part in theirs]
    return min(map(tables.part_bearers().__getitem__, shared)) if shared else 0


@cache
def sibling_codes(char: str) -> npt.NDArray[np.uint32]:
    """Code points of the siblings."""
    return np.array([ord(other) for other in siblings(char)], dtype=np.uint32)


@cache
def sibling_sounds(char: str, *, surname: bool) -> npt.NDArray[np.uint32]:
    """Numbers of the syllable classes of the siblings, each once."""
    return np.array(sorted({near_number(other, surname=surname) for other in siblings(char)}), dtype=np.uint32)


@cache
def choice_share(original: str, seen: str) -> float:
    """Of all siblings of the original, the share of impostors' choices that falls on the seen one: by grade."""
    others = siblings(original)
    # A thief takes a close shape that his keyboard offers, not always the closest.
    total = sum(_PER_GRADE**value for value in others.values()) or 1.0
    return float(max(_PER_GRADE ** grade(original, seen) / total, 0.005))


def is_numeral_of(first: str, second: str) -> bool:
    """Is one the financial form of the other's numeral?"""
    return second in tables.numerals().get(first, "")
