# SPDX-License-Identifier: Apache-2.0
"""What operators see of a decision: how the evidence adds up, and both pictures side by side. Never for the sender's screen."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from transferguard.assess import find
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.seams import DecisionRecord
from transferguard.weigh import Strand, weigh

LEAST_LIKELY = 0.0001
"""Probability below which a hypothesis is not worth a table."""


def explained(record: DecisionRecord, policy: Policy) -> dict[str, Any]:
    """The decision as operators read it: the same functions that decided add it up again from the recorded evidence."""
    decision = record.decision
    return decision.to_dict() | {
        "at": record.decided_at.isoformat(),
        "transfer": {"sender": record.transfer.sender, "recipient": record.transfer.recipient},
        "waterfall": waterfall(record, policy),
    }


def waterfall(record: DecisionRecord, policy: Policy) -> list[dict[str, Any]]:
    """One table per hypothesis, in bits: the prior, each finding that counts, and where the sum stands after it."""
    evidence = Evidence.from_json(record.evidence)
    findings = find(evidence, policy)
    size = 1 if isinstance(evidence.circle_size, Unavailable) else evidence.circle_size
    strands = weigh(findings, size, policy).strands
    return [_table(strand) for strand in strands if strand.probability >= LEAST_LIKELY] or [_table(strand) for strand in strands[:1]]


def _table(strand: Strand) -> dict[str, Any]:
    sums = list(accumulate((finding.weight for finding in strand.counted), initial=strand.prior))
    rows = [
        {"reason": finding.reason.value, "bits": round(finding.weight, 2), "before": round(before, 2), "after": round(after, 2)}
        for finding, before, after in zip(strand.counted, sums, sums[1:], strict=False)
    ]
    return {
        "hypothesis": strand.hypothesis.value,
        "imitates": strand.imitates,
        "prior": round(strand.prior, 2),
        "rows": rows,
        "probability": round(strand.probability, 4),
    }
