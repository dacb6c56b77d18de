# SPDX-License-Identifier: Apache-2.0
"""The words in which a match of two names is told."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class MatchKind(StrEnum):
    """What two names have in common, by their weightiest difference."""

    EXACT = "exact"
    LOOK = "look"
    DECORATED = "decorated"
    REORDERED = "reordered"
    SOUND = "sound"
    ROMANISED = "romanised"
    EDIT = "edit"
    NICKNAME = "nickname"
    PART = "part"
    DIFFERENT = "different"


class Match(NamedTuple):
    """One way in which a seen name could have been made from an original.

    Attributes:
        kind: What they have in common.
        cost: Bits that the difference takes from the rarity of the original; below 0 where the disguise itself speaks.
        changes: How many changes were needed; 0 when the folded names are equal.
        made: Bits that the making of the seen name takes from its own rarity: an honest bearer of the seen name is the other
            story, however rare the original. None when the seen name is taken for the original's rarity alone.
    """

    kind: MatchKind
    cost: float
    changes: int
    made: float | None = None


class Change(NamedTuple):
    """One character or word in the place of another.

    Attributes:
        cost: Bits lost against the rarity of the original.
        kind: What the two have in common.
        made: Bits of the thief's choice, lost against the rarity of the seen name.
    """

    cost: float
    kind: MatchKind
    made: float
