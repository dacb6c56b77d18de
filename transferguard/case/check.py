# SPDX-License-Identifier: Apache-2.0
"""One case through the guard, as a host would ask it: nothing is remembered, and the clock stands still at the case's `now`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from transferguard.case.world import Case, CaseDirectory
from transferguard.decision import Decision

if TYPE_CHECKING:
    from transferguard.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A decision with the evidence that led to it, for operators.

    Args:
        decision: What the guard said.
        evidence: What it knew.
    """

    decision: Decision
    evidence: Evidence


def check_case(case: Case) -> Decision:
    """What does the guard say about this case, asked at the case's `now` under the case's policy?"""
    return examine_case(case).decision


def examine_case(case: Case) -> Examination:
    """The same, with what the guard knew when it said so."""
    from transferguard.evidence import NOT_HANDED_OVER, Evidence  # noqa: PLC0415 - the guard loads both engines, which reading a case does not need
    from transferguard.guard import Guard  # noqa: PLC0415 - the same
    from transferguard.store import MemoryStore  # noqa: PLC0415 - the same

    store = MemoryStore()
    guard = Guard(directory=CaseDirectory(case), store=store, policy=case.effective_policy(), clock=StoppedClock(case.now))
    # A file without a talk hands none over: that nobody asked for anything can be told only where somebody listened.
    decision = guard.check(case.transfer, conversation=case.conversation or NOT_HANDED_OVER)
    record = store.decision(decision.id)
    if record is None:  # pragma: no cover - a store that loses a decision has broken its contract
        raise AssertionError
    return Examination(decision=decision, evidence=Evidence.from_json(record.evidence))


class StoppedClock:
    """A clock that always shows one moment.

    Args:
        at: Which.
    """

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The case's moment."""
        return self._at
