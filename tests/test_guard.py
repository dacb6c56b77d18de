# SPDX-License-Identifier: Apache-2.0
"""What a host calls on its confirmation screen, before anything is confirmed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from tests.strategies import familiar_store, pictures, worlds
from transferguard import Guard
from transferguard.decision import Outcome
from transferguard.errors import ConfirmationRefused, InvalidInput, NameProved, StoreError, TransferConflict, UnknownAccount
from transferguard.evidence import DayTotal
from transferguard.keys import StaticKeys
from transferguard.model import Message
from transferguard.policy import Policy
from transferguard.seams import Directory
from transferguard.store import MemoryStore
from transferguard.talk import Topic
from transferguard.testing.builders import FRIEND, NOW, SENDER, days_ago, quiet_world
from transferguard.testing.host import MovableClock


def told(world, guard):
    """Tell a guard everything of a world, as of now, and give it back."""
    for fact in world.facts():
        guard.observe(fact, at=NOW)
    return guard


@given(worlds())
@settings(max_examples=10)
def test_what_was_observed_decides_like_a_directory_of_the_host(world):
    """A host may plug in its own directory or let the guard remember: the answer is the same."""
    from tests.strategies import decide  # noqa: PLC0415 - beside its only use

    remembering = told(world, Guard(store=familiar_store(), clock=MovableClock(NOW)))

    assert remembering.check(world.transfer).outcome is decide(world).outcome


def test_a_guard_needs_nothing_but_facts():
    """Memory, the machine's clock and the default policy are there; without keys a decision is still a decision."""
    world = quiet_world()
    with Guard() as guard:
        assert told(world, guard).check(world.transfer).outcome is Outcome.PROCEED
        assert guard.policy == Policy.default()


def test_what_was_prepared_is_not_compared_again():
    """A comparison made ahead is the one that the check uses, and an unknown person cannot be prepared for."""
    world = quiet_world()
    guard = told(world, Guard(clock=MovableClock(NOW)))
    guard.prepare(world.transfer.sender, world.transfer.recipient)
    circle = guard._gatherer._neighbourhoods.of(world.transfer.sender).circle
    (prepared,) = circle._asked.values()

    guard.check(world.transfer)

    assert next(iter(circle._asked.values())) is prepared
    assert len(circle._asked) == 1
    with pytest.raises(UnknownAccount, match=r"transfer\.recipient"):
        guard.prepare(world.transfer.sender, "nobody")


class _OnlyAccounts(Directory):
    """A host that tells neither contacts nor payments."""

    def accounts(self, ids):
        """The two people of every quiet world."""
        return {one.id: one for one in quiet_world().accounts.values() if one.id in ids}


def test_where_nobody_tells_a_circle_there_is_nothing_to_prepare():
    """Preparing is harmless then, and the check says that the circle is missing."""
    guard = Guard(directory=_OnlyAccounts(), clock=MovableClock(NOW))
    guard.prepare(SENDER, FRIEND)

    decision = guard.check(quiet_world().transfer)

    assert any(fact.startswith("circle: ") for fact in decision.unavailable)


def test_an_embedded_guard_remembers_across_restarts(tmp_path):
    """Facts, decisions and receipts are in the file, and the same question has the same answer after a restart."""
    world, path = quiet_world().with_recipient(avatar=pictures()["portrait"]), tmp_path / "guard.db"
    with Guard.embedded(path, clock=MovableClock(NOW)) as guard:
        first = told(world, guard).check(world.transfer)
        receipt = guard.confirm(first.id)
    with Guard.embedded(path, clock=MovableClock(NOW + timedelta(minutes=1))) as guard:
        assert guard.check(world.transfer).to_json() == first.to_json()
        assert guard.confirm(first.id).token == receipt.token
        with pytest.raises(TransferConflict):
            guard.check(world.with_transfer(amount="51.00").transfer)


def test_the_same_evidence_gives_the_recorded_decision_until_its_minutes_are_over():
    """Ten minutes by default; then the same facts are a new question."""
    clock, world = MovableClock(), quiet_world()
    guard = world.guard(store=familiar_store(), clock=clock)
    first = guard.check(world.transfer)
    clock.move(minutes=10)
    same = guard.check(world.transfer)
    clock.move(seconds=1)

    assert same.to_json() == first.to_json()
    assert guard.check(world.transfer).id != first.id


def test_an_edited_amount_is_a_new_question_and_edited_back_the_old_one():
    """A transfer may be edited until it is confirmed."""
    world = quiet_world()
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
    first = guard.check(world.transfer)
    other = guard.check(world.with_transfer(amount="60.00").transfer)
    back = guard.check(world.transfer)

    assert other.id != first.id
    assert back.to_json() == first.to_json()
    assert guard.confirm(back.id).transfer_id == world.transfer.id


@pytest.mark.parametrize("changed", [{"amount": "50.01"}, {"recipient": SENDER + "2"}, {"purpose": "loan"}, {"channel": "qr_code"}])
def test_a_confirmed_id_with_any_other_content_is_a_conflict(changed):
    """And with the same content it is the decision that was confirmed."""
    world = quiet_world()
    world = world.with_accounts(replace(world.recipient, id=SENDER + "2"))
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
    decision = guard.check(world.transfer)
    guard.confirm(decision.id)

    assert guard.check(world.transfer).to_json() == decision.to_json()
    with pytest.raises(TransferConflict):
        guard.check(world.with_transfer(**changed).transfer)


class Broken(MemoryStore):
    """A store whose disk fails at one of its methods."""

    def __init__(self, method):
        super().__init__()
        self.method = method

    def __getattribute__(self, name):
        """Fail where it was asked to."""
        if name == object.__getattribute__(self, "__dict__").get("method"):
            raise StoreError("the disk is full")
        return super().__getattribute__(name)


@pytest.mark.parametrize("method", ["record", "confirmation", "enrolled", "enrol", "confirmed_since"])
def test_a_store_that_fails_is_told_as_such_and_never_taken_for_no_answer(method):
    """No decision is handed out that was not recorded."""
    world = quiet_world().with_recipient(avatar=pictures()["portrait"])
    guard = world.guard(store=Broken(method))

    with pytest.raises(StoreError):
        guard.check(world.transfer)


@pytest.mark.parametrize("at", [datetime(2026, 1, 1), datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])  # noqa: DTZ001 - the mistake is the point
def test_a_moment_that_no_clock_shows_is_an_error_of_the_call(at):
    """Naive times and the ends of time are refused, of the clock and of `observe` alike."""
    guard = Guard(clock=MovableClock(at))
    with pytest.raises(InvalidInput, match="now"):
        guard.observe(quiet_world().sender)
    with pytest.raises(InvalidInput, match="at"):
        Guard().observe(quiet_world().sender, at=at)


def test_a_clock_in_another_zone_is_the_same_clock():
    """Moments are compared in UTC."""
    elsewhere = NOW.astimezone(timezone(timedelta(hours=8)))
    world = quiet_world()
    decisions = [world.guard(store=familiar_store(), clock=MovableClock(at)).check(world.transfer) for at in (NOW, elsewhere)]

    assert decisions[0].to_json() == decisions[1].to_json()


def test_a_host_with_a_better_reader_is_asked_beside_our_patterns():
    """The host's own classifier names topics that our tables do not know."""
    world = quiet_world()
    line = Message(sender=FRIEND, at=days_ago(0), text="…")
    guard = Guard(directory=world.host(), clock=MovableClock(NOW), classifier=lambda lines: [Topic.BORROW] if lines else [])

    assert "money_request" in {finding.reason for finding in guard.check(world.transfer, conversation=[line]).findings}


def test_what_was_confirmed_today_counts_before_the_directory_knows_it():
    """A ledger may lag behind; the guard knows what it let through."""
    world = quiet_world().with_transfer(amount="600.00")
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
    guard.confirm(guard.check(world.transfer).id)
    evidence = guard._gatherer.evidence(world.with_transfer(id="t-2").transfer, NOW)

    assert evidence.today == DayTotal(minor=60_000, count=1)
    dollars = guard._gatherer.evidence(world.with_transfer(id="t-2", amount="600.00", currency="USD").transfer, NOW)
    assert dollars.today == DayTotal(minor=0, count=0)


def test_a_total_of_what_this_guard_confirmed_is_better_than_none():
    """When the host cannot list payments, our own confirmations still count."""
    from transferguard.model import Unavailable  # noqa: PLC0415 - beside its only use

    world = quiet_world().with_transfer(amount="600.00")
    host = world.host()
    guard = world.guard(host=host, store=familiar_store(), keys=StaticKeys.generate())
    guard.confirm(guard.check(world.transfer).id)
    host.away["transfers"] = Unavailable("down")
    evidence = guard._gatherer.evidence(world.with_transfer(id="t-2").transfer, NOW)

    assert evidence.today == DayTotal(minor=60_000, count=1)


def test_a_challenge_that_became_part_of_a_large_payment_is_asked_anew():
    """The name that the right answer uncovered was a mask, because the total was small then; now the full name is due."""
    world = quiet_world().with_recipient(real_name_status="downgraded", verified_name="李思远").with_transfer(amount="600.00")
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
    second = world.with_transfer(id="t-2").transfer
    decisions = [guard.check(world.transfer), guard.check(second)]
    for decision in decisions:
        with pytest.raises(NameProved) as proved:
            guard.confirm(decision.id, typed_name="李思远")
        assert proved.value.shown_name.text == "*远"
    guard.confirm(decisions[0].id, acknowledged=True)

    with pytest.raises(ConfirmationRefused, match="check_again"):
        guard.confirm(decisions[1].id, acknowledged=True)
