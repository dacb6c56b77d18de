# SPDX-License-Identifier: Apache-2.0
"""What would another policy have done to the transfers of the past?

Each recorded decision is judged again from its recorded evidence. A transfer that was checked several times counts once, by its last
check; checks after a served wait do not count where an earlier one is there, because a policy that would not have asked for the
wait must not be judged by what came of it.

What it cannot show: a transfer that was stopped then might have been made differently, and what people would do under other warnings.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from transferguard.codes import Label, Outcome
from transferguard.hindsight.difference import STOPPED_FROM, Difference, Direction, difference
from transferguard.hindsight.replay import replay
from transferguard.policy import Policy
from transferguard.seams import DecisionRecord

MOST_TELLING: Final = 10
"""Cases that a person reads before deciding about a policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What came out.

    Args:
        policy: Digest of the candidate.
        transfers: How many were judged again.
        without_evidence: How many decisions could not be: their store had no secret to keep evidence under.
        live: Transfers by the outcome that was given.
        candidate: Transfers by the outcome that the candidate gives.
        moved: Transfers by direction and reason; those that stay the same are left out.
        labelled: By direction, how many of the moved transfers turned out honest, and how many fraud.
        telling: The cases to look at first.
    """

    policy: str
    transfers: int
    without_evidence: int
    live: Mapping[Outcome, int]
    candidate: Mapping[Outcome, int]
    moved: Mapping[Direction, Mapping[str, int]]
    labelled: Mapping[Direction, tuple[int, int]] = field(default_factory=dict)
    telling: tuple[Difference, ...] = ()

    def stopped(self, which: Mapping[Outcome, int]) -> float:
        """Share of all transfers that are stopped, 0 to 1.

        Args:
            which: `live` or `candidate`.
        """
        stopped = sum(count for outcome, count in which.items() if outcome >= STOPPED_FROM)
        return stopped / self.transfers if self.transfers else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "schema": 1,
            "policy": self.policy,
            "transfers": self.transfers,
            "without_evidence": self.without_evidence,
            "live": _by_outcome(self.live),
            "candidate": _by_outcome(self.candidate),
            "stopped_share": {"live": round(self.stopped(self.live), 6), "candidate": round(self.stopped(self.candidate), 6)},
            "moved": {direction.value: dict(reasons) for direction, reasons in self.moved.items()},
            "labelled": {direction.value: {"honest": honest, "fraud": fraud} for direction, (honest, fraud) in self.labelled.items()},
            "telling": [_case_view(case) for case in self.telling],
        }


class Backtesting:
    """Takes in one record after the other and keeps what is needed of each: a few hundred bytes.

    Args:
        candidate: The policy to try.
        labels: What transfers turned out to be, by decision id.
    """

    def __init__(self, candidate: Policy, labels: Mapping[str, Label]) -> None:
        self._candidate = candidate
        self._labels = labels
        self._judged: dict[str, tuple[bool, Difference]] = {}
        self._without_evidence = 0

    def take(self, record: DecisionRecord) -> None:
        """Judge one recorded decision again; records come in the order in which they were decided."""
        again = replay(record, self._candidate)
        if again is None:
            self._without_evidence += 1
            return
        waited = again.evidence.waited
        earlier = self._judged.get(record.transfer.id)
        label = self._labels.get(record.decision.id) or (earlier[1].label if earlier else None)
        if earlier is not None and waited and not earlier[0]:
            return
        self._judged[record.transfer.id] = waited, difference(record.decision, again.decision, label)

    def result(self) -> Backtest:
        """What came out of everything taken in so far."""
        cases = [case for _, case in self._judged.values()]
        moved = [case for case in cases if case.direction is not Direction.SAME]
        reasons: dict[Direction, Counter[str]] = {direction: Counter() for direction in Direction if direction is not Direction.SAME}
        labelled = {direction: [0, 0] for direction in reasons}
        for case in moved:
            reasons[case.direction][case.reason or "nothing"] += 1
            if case.label is not None:
                labelled[case.direction][case.label.is_fraud] += 1
        return Backtest(
            policy=self._candidate.digest,
            transfers=len(cases),
            without_evidence=self._without_evidence,
            live=Counter(case.live for case in cases),
            candidate=Counter(case.candidate for case in cases),
            moved={
                direction: dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))) for direction, counted in reasons.items()
            },
            labelled={direction: (honest, fraud) for direction, (honest, fraud) in labelled.items()},
            telling=tuple(heapq.nlargest(MOST_TELLING, moved, key=lambda case: case.telling)),
        )


def _by_outcome(counted: Mapping[Outcome, int]) -> dict[str, int]:
    return {outcome.value: counted.get(outcome, 0) for outcome in Outcome}


def _case_view(case: Difference) -> dict[str, Any]:
    return {
        "decision_id": case.decision_id,
        "transfer_id": case.transfer_id,
        "direction": case.direction.value,
        "live": case.live.value,
        "candidate": case.candidate.value,
        "live_probability": case.live_probability,
        "candidate_probability": case.candidate_probability,
        "reason": case.reason,
        "label": case.label and case.label.value,
    }
