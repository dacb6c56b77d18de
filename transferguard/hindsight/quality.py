# SPDX-License-Identifier: Apache-2.0
"""How true are stated probabilities? On a set rebalanced so that frauds and honest transfers count the same in all.

Frauds are rare, so on the transfers as they come a constant answer would look excellent. Rebalanced, a constant answer has skill 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log2
from typing import Any, Final

BINS: Final = 10
"""Bins of stated probability, equally wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Transfers of which about the same was said.

    Args:
        low: Least probability stated.
        high: Where the next bin begins.
        count: How many transfers.
        stated: Mean of what was stated, rebalanced.
        true: Share that turned out fraud, rebalanced.
        worth: As many transfers of equal weight would be as sure of that share.
    """

    low: float
    high: float
    count: int
    stated: float
    true: float
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good a set of stated probabilities was.

    Args:
        brier: Mean squared error, 0 is perfect; always saying one half gives 0.25.
        skill: Share of that 0.25 which is gone: 1 is perfect, 0 a constant answer, below 0 worse than that.
        surprise: Mean bits of surprise at what happened; always saying one half gives 1.
        bins: Reliability.
    """

    brier: float
    skill: float
    surprise: float
    bins: tuple[Bin, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "brier": round(self.brier, 5),
            "skill": round(self.skill, 4),
            "surprise_bits": round(self.surprise, 4),
            "bins": [
                {"low": one.low, "high": one.high, "count": one.count, "stated": round(one.stated, 4), "true": round(one.true, 4)}
                for one in self.bins
            ],
        }


def quality(stated: Sequence[float], fraud: Sequence[bool], weights: Sequence[float] | None = None) -> Quality:
    """How true these probabilities were.

    Args:
        stated: One per transfer, 0 to 1, as they would be stated if every second transfer were fraud.
        fraud: What each turned out to be; both kinds must be there.
        weights: How much each counts, frauds and honest transfers one half in all; by default each alike.
    """
    weights = weights or balanced(fraud)
    errors = [weight * (guess - truth) ** 2 for weight, guess, truth in zip(weights, stated, fraud, strict=True)]
    brier = sum(errors)
    surprise = sum(
        -weight * log2(max(_LEAST, guess if truth else 1 - guess)) for weight, guess, truth in zip(weights, stated, fraud, strict=True)
    )
    bins = tuple(found for number in range(BINS) if (found := _bin(number, stated, fraud, weights=weights)))
    return Quality(brier=brier, skill=1 - brier / _CONSTANT, surprise=surprise, bins=bins)


_CONSTANT: Final = 0.25
"""Brier of always saying one half, where one half is true."""

_LEAST: Final = 2.0**-40
"""Probability below which surprise is not counted further."""


def balanced(fraud: Sequence[bool]) -> list[float]:
    """A weight per transfer, so that frauds weigh one half together and honest transfers the other."""
    frauds = sum(fraud)
    return [0.5 / (frauds if truth else len(fraud) - frauds) for truth in fraud]


def _bin(number: int, stated: Sequence[float], fraud: Sequence[bool], *, weights: Sequence[float]) -> Bin | None:
    inside = [at for at, guess in enumerate(stated) if min(BINS - 1, int(guess * BINS)) == number]
    if not inside:
        return None
    # Rounding must carry no mean out of its bin and no share above one.
    total = fsum(weights[at] for at in inside)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        count=len(inside),
        stated=min((number + 1) / BINS, max(number / BINS, fsum(weights[at] * stated[at] for at in inside) / total)),
        true=fsum(weights[at] for at in inside if fraud[at]) / total,
        worth=total * total / fsum(weights[at] ** 2 for at in inside),
    )
