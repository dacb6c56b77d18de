# SPDX-License-Identifier: Apache-2.0
"""How is a name made into numbers that are looked up?

A key is 32 bits: a kind of view and a sum of code points, each times a constant of its place. Sums make the keys of near names cheap:
to exchange one character is one addition, to leave one out is one more for each place. Sums of code points are below 2**60, so they may be
kept whole and cut to 32 bits all at once; which keys a name has is the question of `keys` and `han_keys`.
"""

from __future__ import annotations

from itertools import accumulate
from operator import mul, sub
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

Keys = npt.NDArray[np.uint32]

MASK = 0xFFFFFFFF
PLACES = 72


def _constants(count: int, seed: int) -> list[int]:
    """Odd 32-bit numbers without pattern (SplitMix64)."""
    found = []
    for step in range(1, count + 1):
        value = (seed + step * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        found.append(((value ^ (value >> 31)) & MASK) | 1)
    return found


OF_PLACE = _constants(PLACES, seed=1)
OF_PLACE_ARRAY = np.array(OF_PLACE, dtype=np.uint32)
(
    LOOK,
    SOUND,
    SHORTER,
    ANY_ORDER,
    GIVEN,
    SKELETON,
    EDIT,
    INITIAL,
    FEWER,
    DRAWN,
    THAI,
    JAPANESE,
    THAI_IN_LATIN,
    JAPANESE_IN_LATIN,
    SYLLABLES,
    SYLLABLES_LESS,
) = _constants(16, seed=2)


def number_key(kind: int, numbers: Iterable[int]) -> int:
    """The key of a row of numbers."""
    found: int = kind + sum(map(mul, numbers, OF_PLACE))
    return found & MASK


def text_key(kind: int, text: str) -> int:
    """The key of a text."""
    codes: Iterable[int] = text.encode() if text.isascii() else map(ord, text)
    found: int = kind + sum(map(mul, codes, OF_PLACE))
    return found & MASK


def keys_with_one_less(kind: int, codes: list[int], most: int) -> list[int]:
    """The keys of a text without its first character, without its second and so on; whole sums.

    Args:
        kind: Of the keys.
        codes: Code points of at least one character, at most `PLACES`.
        most: Characters of which one is left out.
    """
    behind = list(map(mul, codes[1:], OF_PLACE))
    # What stands behind the character that goes moves one place to the front.
    return list(accumulate(map(sub, map(mul, codes, OF_PLACE), behind[: most - 1]), initial=kind + sum(behind)))


def as_keys(sums: list[int]) -> Keys:
    """Whole sums as keys."""
    return np.array(sums, dtype=np.int64).astype(np.uint32)
