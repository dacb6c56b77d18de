# SPDX-License-Identifier: Apache-2.0
"""Did an account that slept for months wake up just now?

Accounts that their owners forgot are bought, stolen and rented. A long silence, then a sign of life and at once a payment, is what
such an account shows; so does an old friend who writes again, which is why this weighs little by itself. For an account that the
sender never chose the payment itself is the awakening: somebody named a sleeping account to a person who does not know its owner.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.policy import Policy


def dormancy(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """How long was the recipient silent before today?

    Args:
        evidence: The latest sign of life older than a week, and whether there was one since.
        policy: Bits, and days of silence that make an account dormant.

    Yields:
        `dormant_awakened` with the days of silence.
    """
    last = evidence.last_trace_at
    if not isinstance(last, datetime):
        return
    silence = evidence.now - last
    if silence >= timedelta(days=policy.spans.dormant_days) and (evidence.awake or _never_chosen(evidence)):
        yield from Finding.spread(Reason.DORMANT_AWAKENED, policy.bits(Reason.DORMANT_AWAKENED), visible=False, days=silence.days)


def _never_chosen(evidence: Evidence) -> bool:
    """Whether the sender certainly neither accepted nor paid this account before."""
    return evidence.tie.contact is False and evidence.tie.payments == ()
