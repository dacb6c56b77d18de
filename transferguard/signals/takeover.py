# SPDX-License-Identifier: Apache-2.0
"""Is somebody else at the keyboard?

A hijacked friend is no lookalike: name, picture and verified identity are genuine. What betrays the hijacker is what it took to get
in (a new device, a reset password, another SIM card, silence on the phone line, another region) shortly before money is asked for.
The same on the sender's side, followed by large payments to new people, looks like an account being drained.

Rule owned here (design, rule 6): a sender never learns that these exist.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from transferguard.decision import Finding, Hypothesis, Reason
from transferguard.evidence import Evidence
from transferguard.model import SecurityEvent, SecurityEventKind, TransferState, Unavailable
from transferguard.policy import Policy

_SHARE_OF_KIND: Final = {
    SecurityEventKind.SIM_CHANGED: 0.8,
    SecurityEventKind.PASSWORD_RESET: 0.75,
    SecurityEventKind.NEW_DEVICE: 0.6,
    SecurityEventKind.REGION_CHANGED: 0.5,
    SecurityEventKind.SMS_SILENT: 0.5,
}
"""How much of the policy's bits one event of a kind deserves, chosen: honest people travel and buy phones more often than they change
SIM cards. In half a month one honest person in sixty has a new phone, which is 6 bits of the 10 that a pattern weighs."""

_EACH_FURTHER_KIND: Final = 0.4
"""Share added by every further kind of event: a new device *and* a reset password are a pattern. Chosen."""


def recipient_takeover(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Has the recipient's sign-in changed hands lately?

    Args:
        evidence: The recipient's security events.
        policy: Bits for a fresh event, days until it is history.

    Yields:
        `recipient_takeover` with the kinds of events.
    """
    for finding in _takeover(Reason.RECIPIENT_TAKEOVER, evidence.recipient.events, evidence, policy, share=1.0):
        # A stranger cannot be a hijacked friend; changed hands then speak for a rented or sold account.
        if (finding.hypothesis is Hypothesis.TAKEOVER) is _is_known(evidence):
            yield finding


def sender_takeover(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is the sender's own account being emptied?

    Args:
        evidence: The sender's security events, what the sender usually pays, and what was paid today.
        policy: As above.

    Yields:
        `sender_takeover` when a fresh event meets a payment out of the ordinary: to somebody never paid, above the usual, or one of
        several today. An event alone says nothing.
    """
    usual, payments = evidence.usual, evidence.tie.payments
    never_paid = not isinstance(payments, Unavailable) and all(past.state is not TransferState.SETTLED for past in payments)
    above = not isinstance(usual, Unavailable) and bool(usual.high) and evidence.transfer.money.minor > usual.high
    several = not isinstance(usual, Unavailable) and usual.today >= policy.spans.split_count
    signs = sum((never_paid, above, several))
    if signs:
        yield from _takeover(Reason.SENDER_TAKEOVER, evidence.sender.events, evidence, policy, share=0.5 + signs / 4)


def _is_known(evidence: Evidence) -> bool:
    """Whether the sender chose the recipient; when that could not be had, the dearer mistake is to look away."""
    payments = evidence.tie.payments
    paid = isinstance(payments, Unavailable) or any(past.state is TransferState.SETTLED for past in payments)
    return evidence.tie.contact is not False or paid


def _takeover(
    reason: Reason, events: Sequence[SecurityEvent] | Unavailable, evidence: Evidence, policy: Policy, *, share: float
) -> Iterator[Finding]:
    if isinstance(events, Unavailable):
        return
    span = timedelta(days=policy.spans.security_event_days)
    fresh: dict[SecurityEventKind, float] = {}
    for event in events:
        left = min(1.0, 1 - (evidence.now - event.at) / span)
        if left > 0:
            fresh[event.kind] = max(fresh.get(event.kind, 0.0), left * _SHARE_OF_KIND[event.kind])
    if fresh:
        strength = max(fresh.values()) + _EACH_FURTHER_KIND * (len(fresh) - 1)
        yield from Finding.spread(
            reason, policy.bits(reason), share=share * strength, visible=False, events=sorted(kind.value for kind in fresh)
        )
