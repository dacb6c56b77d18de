# SPDX-License-Identifier: Apache-2.0
"""Has the recipient earned the sender's trust with payments that went well?

Rule owned here (design, rule 3): history is earned. Only settled payments count, and only those made before the recipient's
profile last changed, before its last security event, and before any resemblance to somebody else began. Later ones excuse nothing,
so one yuan does not whitelist a thief. And since such a payment speaks for the recipient as it was, it excuses only a recipient
that has not changed since.
"""

from collections.abc import Iterator
from datetime import datetime

from transferguard.circle import NEVER, Order
from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import TransferState, Unavailable
from transferguard.policy import Policy


def history(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is this an unchanged recipient with earned history, or the first transfer between the two?

    Args:
        evidence: Payments, changes, events and resemblances.
        policy: Bits for either.

    Yields:
        `known_recipient` (negative) or, without any settled payment, `first_transfer`.
    """
    payments = evidence.tie.payments
    if isinstance(payments, Unavailable):
        return
    settled = [payment for payment in payments if payment.state is TransferState.SETTLED]
    if not settled:
        yield from Finding.spread(Reason.FIRST_TRANSFER, policy.bits(Reason.FIRST_TRANSFER))
        return
    limit = _nothing_excuses_from(evidence)
    earned = [payment for payment in settled if isinstance(payment.at, datetime) and payment.at < limit]
    if earned and limit is NEVER:
        yield from Finding.spread(Reason.KNOWN_RECIPIENT, policy.bits(Reason.KNOWN_RECIPIENT), payments=len(earned))


def _nothing_excuses_from(evidence: Evidence) -> datetime:
    """From which moment on a payment proves nothing: the first change, event or resemblance; NEVER when all is as it was."""
    recipient = evidence.recipient
    if isinstance(recipient.changes, Unavailable) or isinstance(recipient.events, Unavailable):
        return datetime.min.replace(tzinfo=evidence.now.tzinfo)
    moments = [change.at for change in recipient.changes] + [event.at for event in recipient.events]
    resemblances = () if isinstance(evidence.resemblances, Unavailable) else evidence.resemblances
    for likeness in resemblances:
        if not likeness.same_identity and likeness.order is not Order.RECIPIENT_EARLIER:
            began = likeness.began_at
            moments.append(began if isinstance(began, datetime) else datetime.min.replace(tzinfo=evidence.now.tzinfo))
    return min(moments, default=NEVER)
