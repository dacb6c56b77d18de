# SPDX-License-Identifier: Apache-2.0
"""Short ways to make what a store is given."""

import hashlib
from datetime import UTC, datetime, timedelta

from transferguard.decision import Comparison, Decision, Disclosure, Finding, Hypothesis, Outcome, Reason, SeenProfile, ShownName, Step
from transferguard.model import Account, Money, PastTransfer, Transfer
from transferguard.seams import Confirmation, DecisionRecord

START = datetime(2026, 11, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

HOSTILE_NAMES = ("", "\x00", "\ud800", "\ud83d\ude00", "a\udfffb", "\u200b", "名" * 10_000, "'; DROP TABLE accounts; --", "\r\n")
"""Names that a text column would refuse, change or cut; the fourth is two lone surrogates that look like a pair."""


def day(number):
    """A moment so many days after the start."""
    return START + timedelta(days=number)


def account(name="u1", display_name="李思远", **more):
    """An account of which only the essentials are known."""
    return Account(id=name, display_name=display_name, **more)


def past(name, *, sender="me", recipient="u1", amount="200.00", **more):
    """An earlier transfer."""
    return PastTransfer(id=name, sender=sender, recipient=recipient, money=Money.of(amount, "CNY"), **more)


def transfer(name="t9", *, sender="me", recipient="u9", amount="5000.00"):
    """A transfer to be confirmed."""
    return Transfer(id=name, sender=sender, recipient=recipient, money=Money.of(amount, "CNY"), purpose="loan")


def decision(name="d1", *, transfer_id="t9", text="*川"):
    """A decision with something in every field."""
    finding = Finding(
        reason=Reason.LOOKALIKE_NAME,
        hypothesis=Hypothesis.IMPOSTURE,
        imitates="u1",
        weight=11.4,
        detail={"tricks": ["sibling"]},
        visible=False,
    )
    return Decision(
        id=name,
        transfer_id=transfer_id,
        outcome=Outcome.CHALLENGE,
        probability=0.93,
        shown_name=ShownName(level=Disclosure.MASKED, text=text),
        findings=(finding,),
        steps=(Step.ACKNOWLEDGE, Step.TYPE_HIDDEN_NAME),
        retry_at=day(1),
        unavailable=("last_active_at: not given",),
        policy="sha256:0",
        comparison=Comparison(recipient=SeenProfile(account="u9", display_name="\ud83d\ude00"), imitated=None),
        binding="b",
    )


def record(name="d1", *, evidence="e1", at=START, transfer_id="t9", **more):
    """A decision as the guard records it."""
    return DecisionRecord(
        decision=decision(name, transfer_id=transfer_id),
        transfer=transfer(transfer_id, **more),
        evidence_digest=evidence,
        evidence=b'{"verified_name":"\xff"}',
        decided_at=at,
        recipient_key="identity:p-9",
    )


def confirmation(transfer_id="t9", *, receipt="r1", at=START, person="identity:p-9", **more):
    """A confirmation of a transfer."""
    return Confirmation(
        transfer=transfer(transfer_id, **more),
        decision_id="d1",
        token="a.b.c",  # noqa: S106 - not a password
        receipt_id=receipt,
        at=at,
        expires_at=at + timedelta(minutes=10),
        recipient_key=person,
    )


def digest_of(picture):
    """The name under which a picture is kept."""
    return hashlib.sha256(picture).hexdigest()
