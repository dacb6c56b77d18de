# SPDX-License-Identifier: Apache-2.0
"""Rule 3: every transfer is checked, and trust is earned by what happened before anything changed."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import amounts, decide, names, pictures, settled_worlds
from transferguard.decision import Outcome, Reason
from transferguard.model import ProfileChange, SecurityEvent, SecurityEventKind, TransferState
from transferguard.testing.builders import FRIEND, STRANGER, account, contact, days_ago, paid, quiet_world, report


def copy_of_friend(**fields):
    """A thief who wears the friend's rare name and picture."""
    return account("thief", "欧阳若曦", avatar=pictures()["portrait"], **({"created_at": days_ago(40)} | fields))


def rare_world():
    """A friend with a rare name and a picture, for many years."""
    return quiet_world().with_recipient(display_name="欧阳若曦", avatar=pictures()["portrait"])


@given(settled_worlds())
@settings(max_examples=32)
def test_an_unchanged_recipient_with_settled_history_proceeds_without_a_warning(world):
    """Friends who are paid as ever are not bothered, whatever they are called, whatever the amount, whoever came later."""
    decision = decide(world)

    assert decision.outcome is Outcome.PROCEED
    assert decision.sender_view()["warnings"] == []
    assert decision.steps == ()


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("remark", [None, "欧阳若曦"])
@pytest.mark.parametrize("paid_days_ago", [None, 1, 6])
def test_a_copy_is_found_whether_or_not_it_was_accepted_labelled_or_paid(accepted, remark, paid_days_ago):
    """Neither acceptance nor a remark nor an earlier payment to the thief ends the checking."""
    world = rare_world().with_accounts(copy_of_friend())
    if accepted:
        world = world.with_contacts(contact("thief", since=days_ago(7), remark=remark))
    if paid_days_ago:
        world = world.with_transfers(paid("thief", days=paid_days_ago, amount="1.00"))

    assert decide(world.to("thief")).outcome >= Outcome.CHALLENGE


@given(st.lists(st.tuples(st.integers(0, 6), amounts()), max_size=5), st.booleans())
@settings(max_examples=16)
def test_payments_made_after_the_resemblance_began_excuse_nothing(payments, accepted):
    """One yuan, or any number of them, does not whitelist a thief."""
    world = rare_world().with_accounts(copy_of_friend()).to("thief").with_transfer(amount="20.00")
    if accepted:
        world = world.with_contacts(contact("thief", since=days_ago(7)))
    for number, (days, money) in enumerate(payments):
        world = world.with_transfers(paid("thief", days=days, id=f"p{number}", money=money))
    decision = decide(world)

    assert Reason.KNOWN_RECIPIENT not in {finding.reason for finding in decision.findings}
    assert decision.outcome >= Outcome.CHALLENGE


@pytest.mark.parametrize("changed", ["name", "picture", "sign-in"])
def test_payments_made_since_the_last_change_or_event_excuse_nothing(changed):
    """After a new face or a new device, what was paid since proves nothing."""
    changes: dict[str, dict[str, Any]] = {
        "name": {"profile_changes": (ProfileChange(at=days_ago(5), display_name="旺财数码"),)},
        "picture": {"profile_changes": (ProfileChange(at=days_ago(5), avatar=pictures()["other"]),)},
        "sign-in": {"security_events": (SecurityEvent(at=days_ago(5), kind=SecurityEventKind.NEW_DEVICE),)},
    }
    world = quiet_world().with_recipient(**changes[changed]).without_history().with_transfers(paid(FRIEND, days=3))

    assert Reason.KNOWN_RECIPIENT not in {finding.reason for finding in decide(world).findings}


def test_only_settled_payments_are_history():
    """Money that was cancelled, returned or stolen on the way makes nobody known."""
    for state in TransferState:
        world = quiet_world().without_history().with_transfers(paid(FRIEND, state=state))
        known = Reason.KNOWN_RECIPIENT in {finding.reason for finding in decide(world).findings}

        assert known is (state is TransferState.SETTLED)


@given(names())
@settings(max_examples=12)
def test_one_yuan_yesterday_excuses_no_stranger(name):
    """A first small payment that went well is no history: a stranger looks the same the day after, or worse."""
    world = quiet_world().with_stranger(display_name=name, created_at=days_ago(10))
    world = world.with_reports(*(report(STRANGER, f"x{number}") for number in range(12)))
    before = decide(world)
    after = decide(world.with_transfers(paid(STRANGER, days=0.1, amount="1.00")))

    assert Reason.KNOWN_RECIPIENT not in {finding.reason for finding in after.findings}
    assert after.outcome >= min(before.outcome, Outcome.WARN)


@given(settled_worlds(), st.integers(1, 60))
@settings(max_examples=10)
def test_history_does_not_silence_complaints(world, count):
    """Many people who complain about a recipient are heard, also where the sender has paid before."""
    reported = world.with_reports(*(report(FRIEND, f"x{number}") for number in range(count)))
    assume(count >= 40)

    assert decide(reported).outcome >= Outcome.WARN


@pytest.mark.parametrize(("days", "known"), [(0.1, False), (7, False), (29, False), (31, True)])
def test_a_payment_must_be_older_than_a_new_contact_to_be_history(days, known):
    """One yuan of last week whitelists nobody, not even somebody to whom nothing else happened."""
    decision = decide(quiet_world().with_stranger().with_transfers(paid(STRANGER, days=days, amount="1.00")))

    assert (Reason.KNOWN_RECIPIENT in {finding.reason for finding in decision.findings}) is known
    assert ("stranger" in {finding.reason.value for finding in decision.findings}) is not known
