# SPDX-License-Identifier: Apache-2.0
"""What does it cost to read one word in the place of another?

One edit, letters that are alike, another spelling of the sound, a short form, an initial. Two stories are told of each pair: a thief
changed the original, out of a choice of such changes; or an honest person is called so, or plays with the letters of his own name.
`letters` adds the words up.
"""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz.distance import OSA

from transferguard.names import shares, vietnamese
from transferguard.names.deep import deep_look
from transferguard.names.jamo import as_jamo
from transferguard.names.listed_spellings import is_by_ear, written_names
from transferguard.names.matching import Change, MatchKind
from transferguard.names.respelling import loosened
from transferguard.names.roman import romanised_word, skeleton
from transferguard.names.short_forms import short_forms
from transferguard.names.unheard import is_unheard

# log2 P(this change | impostor): orders of magnitude, refined on the tune split of the benchmark.
DOUBLED, DROPPED = 3.0, 4.0
_ALIKE, _TRANSPOSED, _SUBSTITUTED, _ADDED, _RESPELLED, _NICKNAME, _INITIAL = 1.0, 3.0, 4.5, 5.0, 3.5, 3.0, 4.0
_LETTERS = 26
# Letters from which one edit is a likeness; below it is another word.
EDITED_LETTERS = 4
# And letters of what is left at least, where nobody is called so.
_FEWEST_LETTERS = 2
# Lucia and Luda are alike to the eye, and two people.
_BOTH_NAMES = 6.0
# What a word costs that sounds like the original and is a name itself.
_ANOTHER_SOUND = 6.0
# What a word may gain at most that is one edit from a common name and is none itself.
_NOBODYS_NAME = 3.0
# One honest name in many thousand has a word that is spelled as no name is (our assumption), and what a bearer who writes so for
# play leaves of it: one namesake in 500 doubles, drops or moves a letter, one impostor in thirty.
_UNHEARD_BITS, PLAYED = 15.0, -3.0
# The same of a word that is in no list of names and one slip from one that is: of the slips of our lists one in fifty is a listed name
# itself, so few of the others are names (our assumption: one in twenty, of one person in a thousand each).
_UNLISTED_BITS = 13.0
# The same of a Vietnamese or Indian word by ear, which bearers write so oftener (Vi for Vy).
_BY_EAR_BITS, _WRITTEN_BY_EAR = 11.5, -1.0
# What another spelling of one listed name costs, and letters of difference that count: honest bearers choose among them too.
_ONE_NAME, _MOST_BENT_LETTERS = 1.5, 3
# What each changed letter of a respelling costs, and each that changes the sound.
_PER_LETTER, _PER_SOUND = 0.7, 1.5
# What a digit in the place of a letter adds: honest people do not write so.
_DIGIT_FOR_LETTER = 2.0
SAME = Change(0.0, MatchKind.EXACT, 0.0)


@lru_cache(maxsize=2048)
def word_match(seen: str, original: str, *, heard: bool = True, in_vietnamese: bool = False) -> Change | None:
    """What one word costs in place of another, and as what.

    Args:
        seen: Folded word of the seen name.
        original: The same of the original.
        heard: Whether the folded words sound as the name does.
        in_vietnamese: Whether the original is a whole Vietnamese name.
    """
    if seen == original:
        return SAME
    if deep_look(seen) == deep_look(original):
        return Change(alike_cost(seen, original), MatchKind.LOOK, 0.0)
    worth = shares.word_bits(original)
    if len(seen) == 1 or len(original) == 1:
        return Change(_INITIAL + worth - 4.0, MatchKind.NICKNAME, _INITIAL) if seen[0] == original[0] else None
    options: list[Change] = []
    edited = edit_cost(seen, original)
    if edited is not None:
        options.append(edited)
    if seen in short_forms().get(original, ()):
        cost = _NICKNAME + max(0.0, worth - shares.word_bits(seen)) + 1.0
        options.append(Change(cost, MatchKind.NICKNAME, _NICKNAME))
    # Vietnamese words are short, and one that sounds nearly alike is another name: Liên, Linh.
    sounded = None if not heard or (in_vietnamese and vietnamese.is_vietnamese(seen)) else sound_cost(seen, original)
    if sounded is not None:
        options.append(sounded)
    if in_vietnamese and vietnamese.by_ear(seen) == vietnamese.by_ear(original):
        options.append(_by_ear_cost(seen, original, a_name=vietnamese.is_vietnamese(seen)))
    elif heard and not in_vietnamese and is_by_ear(seen, original):
        options.append(_by_ear_cost(seen, original, a_name=shares.is_known_word(seen)))
    if heard and _is_one_name(seen, original):
        made = _ONE_NAME + _PER_LETTER * min(_MOST_BENT_LETTERS, OSA.distance(seen, original))
        options.append(Change(made, MatchKind.SOUND, made))
    return min(options, default=None)


def _by_ear_cost(seen: str, original: str, *, a_name: bool) -> Change:
    """Bits that a word costs which is written by ear: Nguin, Harees."""
    made = _RESPELLED + _PER_LETTER * OSA.distance(seen, original)
    if a_name:
        return Change(max(made, _RESPELLED + _ANOTHER_SOUND + shares.word_bits(original) - shares.word_bits(seen)), MatchKind.SOUND, made)
    lost = max(_WRITTEN_BY_EAR, made - max(0.0, _BY_EAR_BITS - shares.word_bits(original)))
    return Change(lost, MatchKind.SOUND, made - max(0.0, _BY_EAR_BITS - shares.word_bits(seen)))


def edit_cost(seen: str, original: str, *, within: bool = True, unheard: bool = False) -> Change | None:
    """Bits that one edit costs; None when there is more than one.

    Args:
        seen: Folded word of the seen name, or several run together.
        original: The same of the original.
        within: Whether both are one word.
        unheard: Whether the seen word is known to be nobody's name.
    """
    one, other = as_jamo(seen), as_jamo(original)
    shortest = min(len(one), len(other))
    if shortest < _FEWEST_LETTERS or abs(len(one) - len(other)) > 1 or OSA.distance(one, other, score_cutoff=1) > 1:
        return None
    made = _choices(one, other)
    lost = made
    slipped = within and made < _SUBSTITUTED + math.log2(len(other))
    nobodys = _UNLISTED_BITS if unheard else _nobodys_bits(seen, original) if slipped else 0.0
    if nobodys:
        # Nobody is called so: an honest bearer is one who plays with the letters of his own name.
        lost = max(PLAYED, made - max(0.0, nobodys - shares.word_bits(original)))
        made -= max(0.0, nobodys - shares.word_bits(seen))
    elif shortest < EDITED_LETTERS - 1:
        return None
    elif _is_name(seen, original):
        # An honest bearer of this very name is the other story.
        lost = max(lost, _SUBSTITUTED + math.log2(_LETTERS * len(other)) + shares.word_bits(original) - shares.word_bits(seen))
    elif shares.is_known_word(original):
        # Nobody is called so: the commoner the word that it was made from, the likelier that it was made.
        lost -= min(_NOBODYS_NAME, max(0.0, shares.word_bits(seen) - shares.word_bits(original)))
    return Change(lost + (2.0 if shortest < EDITED_LETTERS else 0.0), MatchKind.EDIT, made)


def _is_one_name(seen: str, original: str) -> bool:
    """Are these two spellings of one name of another alphabet?"""
    if min(len(seen), len(original)) < EDITED_LETTERS or vietnamese.is_vietnamese(original):
        return False
    return seen.isascii() and original.isascii() and not written_names(seen).isdisjoint(written_names(original))


def _is_name(seen: str, original: str) -> bool:
    """Is the seen word a name: a listed one, or one of Korean or Chinese syllables where the original is such?"""
    if shares.is_known_word(seen):
        return True
    return seen.isascii() and shares.is_in_syllables(seen) and not shares.is_listed(original) and shares.is_in_syllables(original)


def _nobodys_bits(seen: str, original: str) -> float:
    """Bits of a slip that is no name; 0 where it may be one."""
    if is_unheard(seen, vietnamese=vietnamese.is_vietnamese(original)):
        return _UNHEARD_BITS
    return _UNLISTED_BITS if shares.is_listed(original) and not shares.is_known_word(seen) else 0.0


def _choices(seen: str, original: str) -> float:
    """Bits for the kind of edit and the number of edits of this kind that a thief could have made."""
    places = math.log2(len(original))
    if len(seen) == len(original):
        return _TRANSPOSED + places - 1.0 if sorted(seen) == sorted(original) else _SUBSTITUTED + places
    if len(seen) > len(original):
        at = next((at for at, (one, other) in enumerate(zip(seen, original, strict=False)) if one != other), len(original))
        doubled = at and seen[at] == seen[at - 1]
        return DOUBLED + places - 1.0 if doubled else _ADDED + places + 1.0
    return DROPPED + places - 1.0


def sound_cost(seen: str, original: str) -> Change | None:
    """Bits that a respelling costs; None when the words sound different."""
    one, other = romanised_word(seen), romanised_word(original)
    if not one or not other or skeleton(one) != skeleton(other):
        return None
    distance = OSA.distance(one, other)
    longest = max(len(one), len(other))
    if distance > 1 + longest // 3 or (one[0] != other[0] and skeleton(one[0]) != skeleton(other[0])):
        return None
    # Letters that are written for one another are a respelling, another vowel is nearly another name.
    made = _RESPELLED + _PER_LETTER * distance + _PER_SOUND * OSA.distance(loosened(one), loosened(other))
    lost = made
    if _is_name(seen, original):
        lost = max(lost, _RESPELLED + _ANOTHER_SOUND + shares.word_bits(original) - shares.word_bits(seen))
    return Change(lost, MatchKind.SOUND, made)


def alike_cost(seen: str, original: str) -> float:
    """Bits between two texts that are alike in many typefaces; below 0 where digits stand for letters."""
    digits = sum(map(str.isdigit, seen)) - sum(map(str.isdigit, original))
    if digits > 0:
        return _ALIKE - _DIGIT_FOR_LETTER
    return _BOTH_NAMES if shares.is_known_word(seen) and shares.is_known_word(original) else _ALIKE
