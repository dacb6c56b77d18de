# SPDX-License-Identifier: Apache-2.0
"""What does it cost to read one Han character in the place of another?

Two stories are told of each pair: a thief replaced the original by something that sounds or looks like it, out of a choice
of such characters; or an honest person has the seen character. Both are in bits; `han` adds them up over a name.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from transferguard.names import shapes, shares, sound
from transferguard.names.matching import Change, MatchKind

_EPSILON = 2.0**-13
# -log2 P(this kind of change | impostor), per changed character. Most thieves copy outright; of the rest, input methods make
# homophones easiest. Orders of magnitude, refined on the tune split of the benchmark.
_HOMOPHONE, _OTHER_TONE, _NEAR_HOMOPHONE, _SIBLING, _KIN = 2.5, 3.0, 3.5, 3.0, 5.5
# What a homophone costs more by a reading that one of the two seldom has: 强 is read as 江 is in one word.
_OTHER_READING = 1.5
# How many characters of one sound and of one class of sounds an input method offers on its first pages.
_SAME_SOUND, _NEAR_SOUND = 12, 25
_PER_GRADE = 0.1


@cache
def class_shares(*, surname: bool) -> dict[str, float]:
    """Share of people by sound of the character at this place: a syllable and `=`, or a class of syllables."""
    source = shares.surname_bits() if surname else shares.given_bits()
    found: dict[str, float] = {}
    for char, bits in source.items():
        if len(char) == 1:
            first = sound.first_syllable(char, surname=surname)
            for syllable in (sound.near_syllable(first), first + "="):
                found[syllable] = found.get(syllable, 0.0) + 2.0**-bits
    return found


@lru_cache(maxsize=65_536)
def change(seen: str, original: str, surname: bool) -> Change | None:  # noqa: FBT001  a cache is asked by place
    """The cheapest way to read `seen` in the place of `original`; None when they have nothing in common."""
    alike = shapes.grade(seen, original)
    bearers = 0 if alike else shapes.kinship(seen, original)
    if not alike and not bearers and sound.near_syllables(seen).isdisjoint(sound.near_syllables(original)):
        return None  # most pairs have nothing in common: that is found out first
    worth = shares.char_bits(original, surname=surname)
    rarity = 2.0 ** -shares.char_bits(seen, surname=surname)
    options: list[tuple[float, MatchKind]] = []
    by_class = class_shares(surname=surname)
    # A reading that is rare for both characters is nobody's homophone: 冉 and 石 may both be read dan.
    ours, theirs = sound.first_syllable(seen, surname=surname), sound.first_syllable(original, surname=surname)
    usual = {ours, theirs}
    common = sound.plain_syllables(seen) & sound.plain_syllables(original) & usual
    if common:
        same_tone = set(sound.syllables(seen)) & set(sound.syllables(original))
        mass = max(by_class.get(syllable + "=", 0.0) for syllable in common) + _EPSILON
        told = (_HOMOPHONE if same_tone else _OTHER_TONE) + (0.0 if ours == theirs else _OTHER_READING)
        options.append((told - _chosen(rarity, mass, _SAME_SOUND), MatchKind.SOUND))
    if (not common or ours != theirs) and (
        near := sound.near_syllables(seen) & sound.near_syllables(original) & set(map(sound.near_syllable, usual))
    ):
        mass = max(by_class.get(syllable, 0.0) for syllable in near) + _EPSILON
        options.append((_NEAR_HOMOPHONE - _chosen(rarity, mass, _NEAR_SOUND), MatchKind.SOUND))
    if alike:
        options.append((_SIBLING + (9 - alike) * _PER_GRADE - math.log2(shapes.choice_share(original, seen)), MatchKind.LOOK))
    elif bearers:
        options.append((_KIN + math.log2(bearers), MatchKind.LOOK))
    if not options:
        return None
    made, kind = min(options)
    cost = made + worth + math.log2(max(rarity, _EPSILON))
    return Change(max(0.5, cost), kind, made)


def _chosen(rarity: float, mass: float, choices: int) -> float:
    """log2 P(this character | some character of its sound): half by the taste of the people, half at random."""
    return math.log2(0.5 * rarity / mass + 0.5 / choices)
