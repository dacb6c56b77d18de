# SPDX-License-Identifier: Apache-2.0
"""Trust is earned by payments that went well before anything happened."""

from dataclasses import replace
from typing import Any

import pytest

from tests.signals.asking import ask, recipient, tie
from tests.strategies import UNKNOWN
from transferguard.circle import Order, Resemblance
from transferguard.evidence import Change
from transferguard.model import SecurityEvent, SecurityEventKind, Unavailable
from transferguard.signals.history import history
from transferguard.testing.builders import FRIEND, days_ago, paid, quiet_world, report

WORLD = quiet_world()
EVIDENCE = WORLD.evidence()
PAYMENTS = () if isinstance(EVIDENCE.tie.payments, Unavailable) else EVIDENCE.tie.payments


def reasons(evidence):
    """What the signal says, each once."""
    return {finding.reason.value for finding in ask(history, evidence)}


def resembling(**fields):
    """Somebody whom the recipient resembles since the day before yesterday."""
    given: dict[str, Any] = {
        "account": "c1", "display_name": "x", "remark": UNKNOWN, "order": Order.RECIPIENT_LATER, "began_at": days_ago(2),
        "side_by_side_since": UNKNOWN, "same_identity": False, "paid": False, "name": None, "avatar": None, "other_picture": False,
    }  # fmt: skip
    return Resemblance(**(given | fields))


def test_a_settled_payment_of_long_ago_makes_an_unchanged_recipient_known():
    """It speaks against every hypothesis, and says how many payments there were."""
    found = ask(history, WORLD.with_transfers(paid(FRIEND, days=500)).evidence())

    assert {finding.hypothesis.value for finding in found} == {"imposture", "takeover", "mule", "scam"}
    assert all(finding.weight < 0 and finding.detail == {"payments": 2} for finding in found)


@pytest.mark.parametrize(("contact", "hypotheses"), [(True, ["scam", "takeover"]), (False, ["scam"]), (UNKNOWN, ["scam", "takeover"])])
def test_a_first_transfer_to_a_friend_may_be_to_a_hijacker_and_one_to_a_stranger_cannot(contact, hypotheses):
    """Who is no contact has no account that somebody could take over; what could not be had is not held to be so."""
    unpaid = tie(EVIDENCE, payments=(), contact=contact)
    found = ask(history, unpaid, weights={"first_transfer": {"scam": 1.0, "takeover": 1.0, "imposture": 0.0, "mule": 0.0}})

    assert sorted(finding.hypothesis.value for finding in found) == hypotheses


HAPPENED = {
    "a new name": recipient(EVIDENCE, changes=(Change(at=days_ago(1), name=True, avatar=False),)),
    "a new device": recipient(EVIDENCE, events=(SecurityEvent(at=days_ago(1), kind=SecurityEventKind.NEW_DEVICE),)),
    "a resemblance": replace(EVIDENCE, resemblances=(resembling(),)),
    "an undated resemblance": replace(EVIDENCE, resemblances=(resembling(began_at=UNKNOWN),)),
    "a complaint": replace(EVIDENCE, reports=(report(FRIEND, "x"),)),
    "unknown changes": recipient(EVIDENCE, changes=UNKNOWN),
    "unknown events": recipient(EVIDENCE, events=UNKNOWN),
    "a payment without a date": tie(EVIDENCE, payments=tuple(replace(one, at=UNKNOWN) for one in PAYMENTS)),
    "a payment of last week": tie(EVIDENCE, payments=tuple(replace(one, at=days_ago(7)) for one in PAYMENTS)),
}


@pytest.mark.parametrize("what", sorted(HAPPENED))
def test_nobody_is_known_to_whom_something_happened_since(what):
    """Nor is it a first transfer."""
    assert reasons(HAPPENED[what]) == set()


QUIET = {
    "a friend's second account": replace(EVIDENCE, resemblances=(resembling(same_identity=True),)),
    "a quarrel": replace(EVIDENCE, reports=(report(FRIEND, "x", kind="harassment"),)),
    "no circle": replace(EVIDENCE, resemblances=UNKNOWN),
    "no reports": replace(EVIDENCE, reports=UNKNOWN),
}


@pytest.mark.parametrize("what", sorted(QUIET))
def test_what_is_no_sign_of_fraud_takes_no_history_away(what):
    """Neither one's own second account nor somebody's quarrel nor an outage makes a friend unknown."""
    assert reasons(QUIET[what]) == {"known_recipient"}


def test_without_a_settled_payment_it_is_the_first_transfer_and_without_an_answer_nothing():
    """A cancelled payment is none; when payments cannot be had, nothing is claimed."""
    assert reasons(WORLD.without_history().with_transfers(paid(FRIEND, state="cancelled")).evidence()) == {"first_transfer"}
    assert reasons(tie(EVIDENCE, payments=UNKNOWN)) == set()
