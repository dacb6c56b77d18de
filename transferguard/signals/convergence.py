# SPDX-License-Identifier: Apache-2.0
"""Did a change move the recipient towards somebody whom the sender knows?

An account that was always called 李思远 is a namesake; one that was called 旺财数码 until Friday is something else. Several changes, each
too small to notice, count like one large one: what matters is how far the recipient came.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from transferguard.circle import Order
from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy


def convergence(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Towards whom has the recipient's profile moved, and when?

    Args:
        evidence: Resemblances with the path that led there.
        policy: Bits, and days over which a change settles.

    Yields:
        `converging_profile` per senior contact, with the number of steps; it fades like a profile change, four times as slowly,
        because a slow drift takes its time.
    """
    if isinstance(evidence.resemblances, Unavailable):
        return
    span = timedelta(days=4 * policy.spans.profile_change_days)
    for likeness in evidence.resemblances:
        if likeness.same_identity or likeness.order is Order.RECIPIENT_EARLIER or not isinstance(likeness.converged_at, datetime):
            continue
        share = 1 - (evidence.now - likeness.converged_at) / span
        if share > 0:
            yield from Finding.spread(
                Reason.CONVERGING_PROFILE,
                policy.bits(Reason.CONVERGING_PROFILE),
                share=min(1.0, share),
                imitates=likeness.account,
                steps=likeness.convergence_steps,
                days=max(0, (evidence.now - likeness.converged_at).days),
            )
