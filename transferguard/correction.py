# SPDX-License-Identifier: Apache-2.0
"""What sums of evidence turned out to mean: the last step from bits to a stated probability.

Groups of findings are never quite independent and weights are held near judgements, so sums in the middle mean a little more or less
than they say. One curve puts that right for all hypotheses: bits added to what all evidence together weighs, by that weight. It is
counted from the prior, so that it holds under any prior: what evidence means does not depend on how rare fraud is. Knots are joined by
straight lines; outside them as many bits are added as at the nearest knot, so that hard evidence stays hard.

Rule owned here (design, rule 4): what weighs more is stated as more likely. Which bits stand in the knots is policy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import Annotated, Final, TypeAlias

from pydantic import Field, Strict

from transferguard.model import value

Knots: TypeAlias = Annotated[
    tuple[Annotated[float, Strict(), Field(ge=-100, le=100, allow_inf_nan=False)], ...],
    Field(max_length=32),
]

LEAST_RISE: Final = 0.05
"""Least bits by which the corrected sum rises for each bit of evidence: flatter, and evidence would say nothing. Chosen."""

_GRID: Final = 2.0**30
"""Parts of a bit to which a sum is read here: coarse beside the rounding of doubles, so that rounding never turns an order round."""


@value
class Correction:
    """Bits to add to what all evidence together weighs.

    Args:
        sums: Where the knots stand, bits of evidence counted from the prior, rising; none for no correction.
        bits: How much is added at each.
    """

    sums: Knots
    bits: Knots

    def contradiction(self) -> str | None:
        """What cannot be meant about these knots; None where they are a rising curve."""
        if len(self.sums) != len(self.bits):
            return "has not as many bits as sums"
        steps = [after - before for before, after in pairwise(self.sums)]
        rises = [step + after - before for step, (before, after) in zip(steps, pairwise(self.bits), strict=True)]
        if any(step <= 0 for step in steps):
            return "has sums that do not rise"
        if any(rise < LEAST_RISE * step for rise, step in zip(rises, steps, strict=True)):
            return "falls so fast that more evidence would say less"
        return None

    def at(self, total: float) -> float:
        """Bits to add where all evidence together weighs this much, counted from the prior."""
        return _between(self.sums, self.bits, floor(total * _GRID) / _GRID) if self.sums else 0.0

    def undone(self, corrected: float) -> float:
        """What all evidence weighed together where the corrected sum is this."""
        if not self.sums:
            return corrected
        after = [total + bits for total, bits in zip(self.sums, self.bits, strict=True)]
        return corrected - _between(after, self.bits, corrected)


def _between(places: Sequence[float], values: Sequence[float], place: float) -> float:
    """The value at this place on the straight line between the places around it, or that of the outermost."""
    right = bisect_right(places, place)
    if right in {0, len(places)}:
        return values[min(right, len(places) - 1)]
    part = (place - places[right - 1]) / (places[right] - places[right - 1])
    return values[right - 1] + part * (values[right] - values[right - 1])
