# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a surname of one syllable, a given name of one to three
"""How common is a Korean name in Hangul?

A listed given name is as common as its place in the list says; another is put together of syllables, and each of these begins
given names oftener than it ends them, or the other way round (지영, hardly 영지; 영숙, hardly 숙영), which the list of given names tells.
Given names of one syllable are few, and few syllables stand alone. What an edit of a name is worth is the question of `letters`.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from transferguard.names.ranks import ranked

# A syllable that given names do not have, and one that does not stand alone as a given name.
_NO_SYLLABLE_BITS, _NEVER_ALONE_BITS = 12.0, 12.0
# A name of three syllables after the surname, or of a surname of two, may have any.
_ANY_SYLLABLE_BITS = 8.0
# One Korean in fifty has a given name of one syllable (our assumption); nearly all others have one of two.
_ONE_SYLLABLE_BITS, _TWO_SYLLABLES_BITS = 5.6, 0.3
# Both syllables are of one generation and one gender, so the second is likelier once the first is known; of those that go together best
# the list has the names already (tune split: 2 where they count, too).
_SAME_GENERATION_BITS = 1.5
# One display name in sixteen is a given name alone (our assumption).
_GIVEN_ONLY_BITS = 4.0
# Listed given names by which a syllable is taken to begin names as often as to end them, before any is seen (tune split: of .5, 1, 2 and 4
# the likeliest for true names and for those with their syllables exchanged).
_PLACES_BELIEVED = 2.0


@cache
def _at_place(place: int) -> dict[str, float]:
    """Bits of the syllables of given names at the first place or at the second."""
    counts = [Counter(given[at] for given in ranked("korean_given") if len(given) == 2) for at in (0, 1)]
    found = {}
    for syllable, bits in ranked("korean_syllable").items():
        here, both = counts[place][syllable], counts[0][syllable] + counts[1][syllable]
        found[syllable] = bits - math.log2(2 * (here + _PLACES_BELIEVED) / (both + 2 * _PLACES_BELIEVED))
    all_of_them = math.log2(sum(2.0**-bits for bits in found.values()))
    return {syllable: bits + all_of_them for syllable, bits in found.items()}


def given_bits(given: str) -> float:
    """Bits of a given name of two syllables among such names."""
    listed = ranked("korean_given").get(given)
    if listed is not None:
        return listed
    return sum(_at_place(place).get(syllable, _NO_SYLLABLE_BITS) for place, syllable in enumerate(given)) - _SAME_GENERATION_BITS


def name_bits(word: str) -> float | None:
    """Bits of a Hangul word of two to four syllables that begins with a surname; None when it does not.

    Two syllables are a given name alone oftener than a surname with a given name of one.
    """
    surname = ranked("korean_surname").get(word[0])
    if surname is None or not 2 <= len(word) <= 4:
        return None
    if len(word) == 2:
        whole = surname + _ONE_SYLLABLE_BITS + ranked("korean_alone").get(word[1], _NEVER_ALONE_BITS)
        return min(whole, _GIVEN_ONLY_BITS + given_bits(word))
    if len(word) == 3:
        return surname + _TWO_SYLLABLES_BITS + given_bits(word[1:])
    syllables = ranked("korean_syllable")
    return surname + _TWO_SYLLABLES_BITS + sum(syllables.get(one, _ANY_SYLLABLE_BITS) for one in word[1:]) - _SAME_GENERATION_BITS
