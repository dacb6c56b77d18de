# SPDX-License-Identifier: Apache-2.0
"""Do two names look, sound or read alike, and what is it worth?

The first name is the seen one, the second the original. What they have in common is found by `match`, what was done to
the original by `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transferguard.calling import demand
from transferguard.names.bounds import readable
from transferguard.names.explain import explain
from transferguard.names.fold import without_accents
from transferguard.names.match import cheapest, match_views, similarity_of, weight_of
from transferguard.names.matching import Match, MatchKind
from transferguard.names.reading_order import readings
from transferguard.names.vietnamese import is_vietnamese
from transferguard.names.views import NameView, cleaned_name, letters_of, view_of

if TYPE_CHECKING:
    from transferguard.names.rarity import Frequencies
    from transferguard.names.tricks import Trick


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


def compare_names(a: str, b: str, *, frequencies: Frequencies | None = None) -> NameComparison:
    """Is `a` a copy or disguise of `b`?

    Args:
        a: The seen name.
        b: The original.
        frequencies: How common names are; published shares without it.
    """
    a, b = readable(demand(a, str, "a")), readable(demand(b, str, "b"))
    seen, original = view_of(a), view_of(b)
    found = cheapest(*(match_views(view_of(one), original, seen_name=one, original_name=b) for one in readings(a)))
    back = cheapest(*(match_views(view_of(one), seen, seen_name=one, original_name=a) for one in readings(b)))
    return NameComparison(
        similarity=max(_similarity(found, (a, seen), (b, original)), _similarity(back, (b, original), (a, seen))),
        kind=told_kind(found, a, b),
        weight=weight_of(found, seen=(seen, a), original=(original, b), frequencies=frequencies),
        tricks=explain(a, b, found),
    )


def told_kind(found: Match | None, seen: str, original: str) -> MatchKind:
    """The kind as it is told: exact only when the letters are equal once inkless characters, signs, emoji and case are put aside."""
    if found is None:
        return MatchKind.DIFFERENT
    if found.kind is MatchKind.EXACT and seen != original and not _same_letters(seen, original):
        return MatchKind.LOOK
    if found.kind is MatchKind.LOOK and letters_of(seen) == letters_of(original):
        return MatchKind.EXACT  # only spaces and signs differ
    return found.kind


def _same_letters(seen: str, original: str) -> bool:
    """The same letters, or the same without the accents that a hurried writer leaves out."""
    ours, theirs = letters_of(seen), letters_of(original)
    if ours == theirs or (ours.isascii() and ours == without_accents(theirs)):
        return True
    # Where accents are part of every name, the hurried writer may be the contact.
    words = view_of(seen).words
    return theirs.isascii() and without_accents(ours) == theirs and 2 * sum(map(is_vietnamese, words)) >= len(words)


def _similarity(found: Match | None, one: tuple[str, NameView], other: tuple[str, NameView]) -> float:
    value = similarity_of(found, one[1], other[1])
    if value < 1.0:
        return value
    return 1.0 if cleaned_name(one[0]) == cleaned_name(other[0]) else 0.99
