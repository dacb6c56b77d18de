# SPDX-License-Identifier: Apache-2.0
"""How the evidence adds up: the lines that a waterfall draws, whatever it is drawn on.

The functions that decided add it up again from the recorded evidence, so what stands here is what happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, Final

from transferguard.assess import find
from transferguard.decision import Finding, Hypothesis, Outcome
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.weigh import Strand, weigh

CORRECTION: Final = "what such sums turned out to mean"
"""What a reader is told about the last step of every sum."""

LEAST_LIKELY: Final = 0.0001
"""Probability below which a hypothesis is not worth a table: as small as the prior of theft, about 1 in 10,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding in a sum.

    Args:
        reason: Its code.
        bits: What it weighs.
        before: The sum without it.
        after: The sum with it; the same as before when it says again what was said already.
        counted: Whether it counts.
        detail: Machine-readable circumstances.
    """

    reason: str
    bits: float
    before: float
    after: float
    counted: bool
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One hypothesis, from its prior to its probability.

    Args:
        hypothesis: Which.
        imitates: Whose imposture, as an account id; None for the other hypotheses.
        prior: Bits before any evidence.
        lines: Findings that count, then those that were said already.
        total: Bits of all that.
        correction: Bits by which such a sum turned out to mean more, or less.
        probability: What both mean together, 0 to 1.
    """

    hypothesis: Hypothesis
    imitates: str | None
    prior: float
    lines: tuple[Line, ...]
    total: float
    correction: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddingUp:
    """All hypotheses that are worth a look.

    Args:
        columns: Likeliest first.
        left_out: How many others there are, each below `LEAST_LIKELY`.
        total: Bits of all hypotheses together.
        correction: Bits by which such a sum turned out to mean more, or less.
        probability: That something is wrong, all hypotheses together.
        circle_size: How many people the sender chose.
        facts: Findings that demand an outcome by themselves: reason and outcome.
    """

    columns: tuple[Column, ...]
    left_out: int
    total: float
    correction: float
    probability: float
    circle_size: int
    facts: tuple[tuple[str, Outcome], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values, rounded to 0.01 bit."""
        return {
            "total": round(self.total, 2),
            "correction": round(self.correction, 2) + 0.0,
            "probability": round(self.probability, 4),
            "circle_size": self.circle_size,
            "left_out": self.left_out,
            "facts": [{"reason": reason, "at_least": outcome.value} for reason, outcome in self.facts],
            "hypotheses": [_column_view(column) for column in self.columns],
        }


def adding_up(evidence: Evidence, policy: Policy) -> AddingUp:
    """How does this evidence add up under this policy?"""
    findings = find(evidence, policy)
    size = 1 if isinstance(evidence.circle_size, Unavailable) else evidence.circle_size
    verdict = weigh(findings, size, policy)
    worth = [strand for strand in verdict.strands if strand.probability >= LEAST_LIKELY] or list(verdict.strands[:1])
    return AddingUp(
        columns=tuple(_column(strand, findings) for strand in worth),
        left_out=len(verdict.strands) - len(worth),
        total=verdict.log_odds,
        correction=verdict.correction,
        probability=verdict.probability,
        circle_size=size,
        facts=tuple((one.reason.value, one.at_least) for one in findings if one.hypothesis is None and one.at_least > Outcome.PROCEED),
    )


def _column(strand: Strand, findings: list[Finding]) -> Column:
    sums = list(accumulate((finding.weight for finding in strand.counted), initial=strand.prior))
    lines = [
        Line(reason=one.reason.value, bits=one.weight, before=before, after=after, counted=True, detail=one.detail)
        for one, before, after in zip(strand.counted, sums[:-1], sums[1:], strict=True)
    ]
    total = sums[-1]
    lines += [
        Line(reason=one.reason.value, bits=one.weight, before=total, after=total, counted=False, detail=one.detail)
        for one in findings
        if one.hypothesis is strand.hypothesis and one.imitates in {None, strand.imitates} and not _counts(one, strand)
    ]
    return Column(
        hypothesis=strand.hypothesis,
        imitates=strand.imitates,
        prior=strand.prior,
        lines=tuple(lines),
        total=total,
        correction=strand.correction,
        probability=strand.probability,
    )


def _counts(finding: Finding, strand: Strand) -> bool:
    """Whether it counts in this sum, be it for less than it might."""
    return any(replace(finding, weight=one.weight) == one for one in strand.counted)


def _column_view(column: Column) -> dict[str, Any]:
    return {
        "hypothesis": column.hypothesis.value,
        "imitates": column.imitates,
        "prior": round(column.prior, 2),
        "total": round(column.total, 2),
        "correction": round(column.correction, 2) + 0.0,
        "probability": round(column.probability, 4),
        "findings": [
            {"reason": line.reason, "bits": round(line.bits, 2), "counted": line.counted, "detail": dict(line.detail)}
            for line in column.lines
        ],
    }
