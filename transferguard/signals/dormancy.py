# SPDX-License-Identifier: Apache-2.0
"""Did an account that slept for months wake up just now?

Accounts that their owners forgot are bought, stolen and rented. A long silence, then a sign of life and at once a payment, is what
such an account shows; so does an old friend who writes again, which is why this weighs little by itself. For an account that the
sender never chose the payment itself is the awakening: somebody named a sleeping account to a person who does not know its owner.

The silence is known where the host's own date of the last activity is old. Where the account was used lately, only a few traces tell
what was before (a message to this sender, a payment), and a friend of whom one has not heard for years may have used it every day.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.policy import Policy

_SHARE_OF_GUESS: Final = 0.4
"""How much of the policy's bits a silence deserves that is read off those few traces, chosen: one old friend in twenty looks like it."""


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
        active = evidence.recipient.last_active_at
        share = 1.0 if isinstance(active, datetime) and active <= last else _SHARE_OF_GUESS
        yield from Finding.spread(
            Reason.DORMANT_AWAKENED, policy.bits(Reason.DORMANT_AWAKENED), share=share, visible=False, days=silence.days
        )


def _never_chosen(evidence: Evidence) -> bool:
    """Whether the sender certainly neither accepted nor paid this account before."""
    return evidence.tie.contact is False and evidence.tie.payments == ()
