# SPDX-License-Identifier: Apache-2.0
"""Rule 12: a large payment is never made blind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import UNKNOWN, decide, familiar_store, worlds
from transferguard.decision import Disclosure, Outcome, Reason
from transferguard.errors import ConfirmationRefused
from transferguard.keys import StaticKeys
from transferguard.model import Money
from transferguard.testing.builders import FRIEND, account, days_ago, paid, quiet_world

BLANK = [None, "", " ", "\u3000", "\u200b", "\u00ad\u2060", "\ufeff"]
"""Verified names that show nothing."""


@given(worlds(), st.sampled_from(["cn", "in", "br"]))
@settings(max_examples=32)
def test_a_large_payment_goes_through_only_with_the_full_name_in_sight(world, profile):
    """At or above the threshold a payment that proceeds, or is only warned about, shows whom it goes to."""
    world = world.with_policy(profile=profile).with_transfer(money=Money(100_000, "CNY"))
    decision = decide(world)

    if decision.outcome <= Outcome.WARN and world.recipient.real_name_status != "not_offered":
        assert decision.shown_name.level is Disclosure.FULL
        assert decision.shown_name.text.strip()


@pytest.mark.parametrize("profile", ["cn", "in", "br"])
@pytest.mark.parametrize("name", BLANK)
def test_where_the_full_name_is_due_and_cannot_be_had_the_transfer_waits(profile, name):
    """No name, or one that shows nothing, delays a large payment and says why."""
    world = quiet_world().with_policy(profile=profile).with_recipient(verified_name=name).with_transfer(amount="1000.00")
    decision = decide(world)

    assert decision.outcome is Outcome.DELAY
    assert Reason.NAME_NOT_SHOWN in {finding.reason for finding in decision.findings}
    assert "name_not_shown" in decision.warning_ids()
    assert decision.retry_at is not None


@pytest.mark.parametrize("name", BLANK)
def test_a_challenge_without_a_name_to_compare_with_is_a_wait(name):
    """Nobody can type the name of somebody who has none."""
    world = quiet_world().with_recipient(verified_name=name, real_name_status="downgraded")
    decision = decide(world)

    assert decision.outcome is Outcome.DELAY
    assert "type_hidden_name" not in decision.steps


@pytest.mark.parametrize("pieces", [2, 5, 10])
def test_the_total_of_a_day_towards_one_person_decides_what_is_large(pieces):
    """Small pieces to several accounts of one person add up to a large payment."""
    world = quiet_world().with_accounts(account("second", identity=quiet_world().recipient.identity, verified_name="李思远"))
    each = Money(100_000 // pieces, "CNY")
    for number in range(pieces - 1):
        world = world.with_transfers(
            paid(
                (FRIEND, "second")[number % 2],
                days=0.1 * number,
                id=f"piece-{number}",
                money=each,
                state=("settled", "confirmed")[number % 2],
            )
        )

    assert decide(world.with_transfer(money=each)).shown_name.level is Disclosure.FULL


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"state": "returned"}, {"at": days_ago(1.01)}, {"money": Money(99_999, "USD")}])
def test_what_did_not_go_out_today_in_this_currency_does_not_count(fields):
    """Cancelled and returned transfers, those of yesterday and those in other currencies leave the total alone."""
    earlier = paid(FRIEND, **({"days": 0.1, "money": Money(99_999, "CNY"), "id": "earlier"} | fields))

    assert decide(quiet_world().with_transfers(earlier)).shown_name.level is Disclosure.MASKED


def test_two_small_transfers_checked_side_by_side_do_not_both_pass_unseen():
    """When one of them is confirmed, the other has become part of a large payment, and its screen shows the full name first."""
    world = quiet_world().with_transfer(amount="600.00")
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
    second = world.with_transfer(id="t-2").transfer
    decisions = [guard.check(world.transfer), guard.check(second)]
    assert [one.shown_name.level for one in decisions] == [Disclosure.MASKED, Disclosure.MASKED]

    guard.confirm(decisions[0].id, acknowledged=True)
    with pytest.raises(ConfirmationRefused, match="check_again"):
        guard.confirm(decisions[1].id, acknowledged=True)
    again = guard.check(second)
    assert again.shown_name.level is Disclosure.FULL
    assert guard.confirm(again.id, acknowledged=True).transfer_id == "t-2"


def test_a_host_without_a_real_name_system_has_no_name_to_wait_for():
    """Where no verified names exist at all, none is due."""
    world = quiet_world().with_recipient(verified_name=UNKNOWN, real_name_status="not_offered").with_transfer(amount="1000.00")

    assert decide(world).outcome is Outcome.PROCEED
