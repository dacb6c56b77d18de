# SPDX-License-Identifier: Apache-2.0
"""Has the recipient earned the sender's trust with payments that went well?

Rule owned here (design, rule 3): history is earned. Which payments count is the question of `evidence.earned_payments`; and since such
a payment speaks for the recipient as it was, it excuses only a recipient to whom nothing happened since: no new name or picture, no
security event, no resemblance to somebody else, no complaint about fraud. So one yuan does not whitelist a thief.
"""

from collections.abc import Iterator
from datetime import timedelta

from transferguard.decision import Finding, Hypothesis, Reason
from transferguard.evidence import Evidence, earned_payments
from transferguard.model import ReportKind, TransferState, Unavailable
from transferguard.policy import Policy


def history(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is this an unchanged recipient with earned history, or the first transfer between the two?

    Args:
        evidence: Payments, changes, events, complaints and resemblances.
        policy: Bits for either, and how old a payment must be to count.

    Yields:
        `known_recipient` (negative) or, without any settled payment, `first_transfer`.
    """
    payments = evidence.tie.payments
    if isinstance(payments, Unavailable):
        return
    if all(payment.state is not TransferState.SETTLED for payment in payments):
        for finding in Finding.spread(Reason.FIRST_TRANSFER, policy.bits(Reason.FIRST_TRANSFER)):
            # A thief in a friend's account asks any friend; a stranger cannot be a hijacked friend.
            if finding.hypothesis is not Hypothesis.TAKEOVER or evidence.tie.contact is not False:
                yield finding
        return
    earned = earned_payments(evidence, timedelta(days=policy.spans.new_contact_days))
    if earned and _nothing_happened(evidence):
        yield from Finding.spread(Reason.KNOWN_RECIPIENT, policy.bits(Reason.KNOWN_RECIPIENT), payments=len(earned))


def _nothing_happened(evidence: Evidence) -> bool:
    """Whether the recipient is as it was, and nobody complained about it."""
    reports = () if isinstance(evidence.reports, Unavailable) else evidence.reports
    resemblances = () if isinstance(evidence.resemblances, Unavailable) else evidence.resemblances
    return not (
        evidence.recipient.changes
        or evidence.recipient.events
        or any(report.kind is not ReportKind.HARASSMENT for report in reports)
        or any(not likeness.same_identity for likeness in resemblances)
    )
