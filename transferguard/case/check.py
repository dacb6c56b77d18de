# SPDX-License-Identifier: Apache-2.0
"""One case through the guard, as a host would ask it: nothing is remembered, and the clock stands still at the case's `now`."""

from __future__ import annotations

from datetime import datetime

from transferguard.case.world import Case, CaseDirectory, known
from transferguard.decision import Decision


def check_case(case: Case) -> Decision:
    """What does the guard say about this case, asked at the case's `now` under the case's policy?"""
    from transferguard.guard import Guard  # noqa: PLC0415 - it loads both engines, which reading a case does not need
    from transferguard.store import MemoryStore  # noqa: PLC0415 - the same

    guard = Guard(
        directory=CaseDirectory(case),
        store=MemoryStore(),
        policy=case.effective_policy(),
        clock=StoppedClock(case.now),
    )
    return guard.check(case.transfer, conversation=known(case.conversation))


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
