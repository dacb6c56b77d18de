# SPDX-License-Identifier: Apache-2.0
"""By how much is the sound of a name commoner than its letters?

Where a spelling cannot be read letter by letter, only its sound speaks for the name, and whoever has a name of that sound may be meant.
Everything is in bits, from the shares of `shares`.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from transferguard.names import ranks, respelling, roman, shares


@cache
def _korean_classes(*, surname: bool) -> dict[str, float]:
    """Share of Koreans by the sound of a syllable at its place, whatever its spelling in Latin letters."""
    found: dict[str, float] = {}
    for char, bits in ranks.ranked("korean_surname" if surname else "korean_syllable").items():
        sounds = respelling.korean("".join(roman.romanised(char)))
        found[sounds] = found.get(sounds, 0.0) + 2.0**-bits
    return found


@cache
def lost_in_syllable(char: str, *, surname: bool) -> float:
    """Bits by which the sound of a Hangul syllable, spelled at will, is commoner than the syllable."""
    bits = ranks.ranked("korean_surname" if surname else "korean_syllable").get(char)
    share = _korean_classes(surname=surname).get(respelling.korean("".join(roman.romanised(char))), 0.0)
    return bits + math.log2(share) if bits is not None and share else 0.0


@cache
def _consonant_shares() -> dict[str, float]:
    """Share of people by the consonants of an Arabic word of their names."""
    found: dict[str, float] = {}
    for word, bits in ranks.ranked("arabic").items():
        plain = respelling.consonants("".join(roman.romanised(word)))
        found[plain] = found.get(plain, 0.0) + 2.0**-bits
    return found


@lru_cache(maxsize=4096)
def lost_without_vowels(word: str) -> float:
    """Bits by which the consonants of a word are commoner than the word."""
    share = _consonant_shares().get(respelling.consonants("".join(roman.romanised(word))), 0.0)
    return max(0.0, shares.word_bits(word) + math.log2(share)) if share else 0.0
