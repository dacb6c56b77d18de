# SPDX-License-Identifier: Apache-2.0
"""How long has the sender known the recipient?

A stranger is somebody whom the sender neither chose as a contact nor knows by payments that were earned (design, rule 3). A new
contact is one accepted a few weeks ago; that weighs most on the first day and nothing once the policy's days have passed. Both are
ordinary in honest life and matter only beside other evidence.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence, earned_payments
from transferguard.model import Unavailable
from transferguard.policy import Policy


def acquaintance(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is the recipient a stranger, or a contact of a few days?

    Args:
        evidence: The tie between the two.
        policy: Bits and days.

    Yields:
        `stranger` or `new_contact`; nothing when the tie could not be had.
    """
    tie = evidence.tie
    if isinstance(tie.contact, Unavailable):
        return
    if not tie.contact:
        if not earned_payments(evidence, timedelta(days=policy.spans.new_contact_days)):
            yield from Finding.spread(Reason.STRANGER, policy.bits(Reason.STRANGER))
    elif isinstance(tie.since, datetime):
        share = 1 - (evidence.now - tie.since) / timedelta(days=policy.spans.new_contact_days)
        if share > 0:
            days = max(0, (evidence.now - tie.since).days)
            yield from Finding.spread(Reason.NEW_CONTACT, policy.bits(Reason.NEW_CONTACT), share=min(1.0, share), days=days)
