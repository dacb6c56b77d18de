# SPDX-License-Identifier: Apache-2.0
"""Do two names look, sound or read alike, and what is it worth?

The first name is the seen one, the second the original. Steps, the first that fits decides:

    1. equal once cleaned            exact
    2. equal once folded             look
    3. the same length in Han        each character equal, sibling or homophone
    4. words equal in another order  reordered
    5. the same sound                sound
    6. one edit                      edit
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from transferguard.names import explain
from transferguard.names.rarity import Frequencies, view_rarity
from transferguard.names.sound import near_syllable, plain_syllable, word_key
from transferguard.names.views import NameView, view_of

if TYPE_CHECKING:
    from transferguard.names.tricks import Trick


class MatchKind(StrEnum):
    """What two names have in common."""

    EXACT = "exact"
    LOOK = "look"
    REORDERED = "reordered"
    SOUND = "sound"
    EDIT = "edit"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameComparison:
    """How alike two names are.

    Args:
        similarity: 0 (nothing in common) to 1 (equal once cleaned), the same in both directions.
        kind: What they have in common.
        weight: Bits for "the seen name copies the original"; without prior, without the number of contacts.
        tricks: What was done to the original name, in the order of the seen one.
    """

    similarity: float
    kind: MatchKind
    weight: float
    tricks: tuple[Trick, ...]


# log2 P(this disguise | impostor): most copy outright, the others share the rest.
_COST_BITS = {
    MatchKind.EXACT: 1.0,
    MatchKind.LOOK: 1.5,
    MatchKind.REORDERED: 3.0,
    MatchKind.SOUND: 4.0,
    MatchKind.EDIT: 5.0,
}
_SIMILARITY = {MatchKind.EXACT: 1.0, MatchKind.LOOK: 0.98, MatchKind.REORDERED: 0.95, MatchKind.SOUND: 0.9, MatchKind.EDIT: 0.85}
_DIFFERENT_BITS = -6.0


def compare_names(a: str, b: str, *, frequencies: Frequencies | None = None) -> NameComparison:
    """Is `a` a copy or disguise of `b`?

    Args:
        a: The seen name.
        b: The original.
        frequencies: How common names are; published shares without it.
    """
    seen, original = view_of(a), view_of(b)
    kind = match_kind(seen, original)
    if kind is MatchKind.DIFFERENT:
        return NameComparison(similarity=_likeness(seen, original), kind=kind, weight=_DIFFERENT_BITS, tricks=())
    return NameComparison(
        similarity=_SIMILARITY[kind],
        kind=kind,
        weight=weight_of(kind, original, frequencies),
        tricks=explain.explain(a, b),
    )


def weight_of(kind: MatchKind, original: NameView, frequencies: Frequencies | None) -> float:
    """Bits of a match of this kind with this original."""
    return view_rarity(original, frequencies) - _COST_BITS[kind]


def similarity_of(kind: MatchKind) -> float:
    """How alike two names of this match are."""
    return _SIMILARITY[kind]


def match_kind(seen: NameView, original: NameView) -> MatchKind:
    """What the two views have in common, by the first step that fits."""
    if not seen.look or not original.look:
        return MatchKind.DIFFERENT
    if seen.words == original.words:
        return MatchKind.EXACT
    if seen.look == original.look or deep_look(seen.look) == deep_look(original.look):
        return MatchKind.LOOK
    if sorted(seen.words) == sorted(original.words):
        return MatchKind.REORDERED
    if sound_key(seen) == sound_key(original):
        return MatchKind.SOUND
    shortest = min(len(seen.look), len(original.look))
    if shortest >= 4 and OSA.distance(seen.look, original.look, score_cutoff=1) <= 1:
        return MatchKind.EDIT
    return MatchKind.DIFFERENT


_DEEP = str.maketrans("il1|!05", "llll" + "l" + "os")


def deep_look(look: str) -> str:
    """The look with letters joined that are alike in many typefaces: rn and m, l and I and 1, 0 and O."""
    return look.replace("rn", "m").replace("vv", "w").replace("cl", "d").translate(_DEEP)


def sound_key(view: NameView) -> str:
    """The same for names that sound alike."""
    if view.is_han:
        return "".join(near_syllable(plain_syllable(char)) for char in view.look)
    return " ".join(sorted(word_key(word) for word in view.words))


def _likeness(seen: NameView, original: NameView) -> float:
    """Likeness of names that do not match, below every match."""
    return 0.7 * float(OSA.normalized_similarity(seen.look, original.look))
