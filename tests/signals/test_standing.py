# SPDX-License-Identifier: Apache-2.0
"""Facts that forbid or restrict: certain, without weight, with a floor of their own."""

from dataclasses import replace

import pytest

from tests.signals.asking import ask, recipient
from tests.strategies import UNKNOWN
from transferguard.decision import Outcome
from transferguard.signals.standing import standing
from transferguard.testing.builders import quiet_world

EVIDENCE = quiet_world().evidence()


def said(evidence, **policy):
    """Reason and floor of each fact."""
    return {finding.reason.value: finding.at_least for finding in ask(standing, evidence, **policy)}


def sender(**fields):
    """The quiet evidence with another sender."""
    return replace(EVIDENCE, sender=replace(EVIDENCE.sender, **fields))


@pytest.mark.parametrize("value", ["receipts_restricted", "frozen", "closed"])
def test_a_measure_against_the_recipient_refuses(value):
    """Whatever the measure is called."""
    assert said(quiet_world().with_recipient(standing=value).evidence()) == {value: Outcome.REFUSE}


@pytest.mark.parametrize(
    ("value", "told"),
    [("receipts_restricted", {}), ("frozen", {"sender_frozen": Outcome.REFUSE}), ("closed", {"sender_closed": Outcome.REFUSE})],
)
def test_a_sender_whose_receipts_are_restricted_may_still_pay(value, told):
    """A frozen or closed one may not."""
    assert said(quiet_world().with_sender(standing=value).evidence()) == told


def test_both_parties_are_asked_and_both_are_told():
    """Nobody's fact hides the other's."""
    world = (
        quiet_world()
        .with_sender(real_name_status="unverified", standing="frozen")
        .with_recipient(real_name_status="unverified", standing="closed")
    )

    assert said(world.evidence()) == dict.fromkeys(["closed", "unverified", "sender_frozen", "sender_unverified"], Outcome.REFUSE)


def test_a_party_in_order_or_without_a_real_name_system_gives_no_fact():
    """Verified and normal, or not offered at all."""
    assert said(EVIDENCE) == {}
    assert said(quiet_world().with_recipient(real_name_status="not_offered").evidence()) == {}


def test_what_is_missing_follows_the_policy():
    """An unknown standing is the host's to judge, an unknown real-name status warns at least."""
    assert said(recipient(EVIDENCE, standing=UNKNOWN)) == {}
    assert said(sender(standing=UNKNOWN), missing={"standing": "delay"}) == {"real_name_status_missing": Outcome.DELAY}
    assert said(recipient(EVIDENCE, real_name_status=UNKNOWN)) == {"real_name_status_missing": Outcome.WARN}


@pytest.mark.parametrize(("amount", "floor"), [("5000.00", Outcome.CHALLENGE), ("5000.01", Outcome.REFUSE)])
@pytest.mark.parametrize("who", ["recipient", "sender"])
def test_a_downgraded_party_is_challenged_and_refused_above_the_cap(amount, floor, who):
    """Five times the full-name threshold by default; operators see which side of it the amount is on."""
    world = getattr(quiet_world().with_transfer(amount=amount), f"with_{who}")(real_name_status="downgraded")
    reason = "downgraded" if who == "recipient" else "sender_downgraded"

    assert said(world.evidence()) == {reason: floor}
    assert ask(standing, world.evidence())[0].detail == {"above_cap": floor is Outcome.REFUSE}


def test_each_side_has_its_own_rule_when_it_is_downgraded():
    """A host may ask more of a downgraded sender than of a downgraded recipient, or the other way round."""
    rules = {"standing": {"downgraded": "challenge", "sender_downgraded": "delay"}}

    assert said(quiet_world().with_recipient(real_name_status="downgraded").evidence(), **rules) == {"downgraded": Outcome.CHALLENGE}
    assert said(quiet_world().with_sender(real_name_status="downgraded").evidence(), **rules) == {"sender_downgraded": Outcome.DELAY}
