# SPDX-License-Identifier: Apache-2.0
"""Does the recipient change names faster than any honest person does?

Whoever knows a sender's contact by a nickname could learn that contact's verified name by renaming an own second account, checking a
transfer to it, and watching when the guard takes it for a copy. So from some number of names a day on the transfer waits whatever the
name resembles: the outcome then no longer depends on the guess (design, rule 6: no oracle).

It is a fact, not a likelihood, and weighs 0. What a single fresh name weighs is the question of `signals.profile_change`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from transferguard.decision import Finding, Outcome, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy

DAY: Final = timedelta(days=1)


def restless(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """How many names did the recipient wear within a day?

    Args:
        evidence: The recipient's profile changes.
        policy: From how many new names on the transfer waits.

    Yields:
        `recent_profile_change` as a fact that delays; nothing when changes could not be had.
    """
    changes = evidence.recipient.changes
    if isinstance(changes, Unavailable):
        return
    renames = sum(change.name and evidence.now - change.at < DAY for change in changes)
    if renames >= policy.spans.restless_renames:
        yield Finding.fact(Reason.RECENT_PROFILE_CHANGE, Outcome.DELAY, renames=renames)
