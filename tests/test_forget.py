# SPDX-License-Identifier: Apache-2.0
"""Who asks to be forgotten is: every account of the person, at once, in both stores; what is too old goes by itself."""

import asyncio
from datetime import timedelta

import pytest

from tests.store.test_sql import bytes_of
from transferguard.async_guard import AsyncGuard
from transferguard.decision import Outcome, Reason
from transferguard.errors import UnknownAccount, UnknownDecision
from transferguard.guard import Guard
from transferguard.keys import StaticKeys
from transferguard.model import Money, Report, ReportKind, Transfer
from transferguard.policy import Policy
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.builders import FRIEND, SENDER, account, contact, paid
from transferguard.testing.host import MovableClock

SECOND = "second-account"


@pytest.fixture(params=["memory", "sql"])
def guard(request, tmp_path):
    """A guard that remembers a friend with two accounts."""
    keys = StaticKeys.generate()
    store = MemoryStore() if request.param == "memory" else SqlStore.open(tmp_path / "guard.db", secret=keys.secret())
    guard = Guard(store=store, keys=keys, clock=MovableClock())
    for fact in (
        account(SENDER, identity="p-sender"),
        account(FRIEND, "李思远", avatar=b"a picture that no decoder reads", identity="p-friend"),
        account(SECOND, identity="p-friend"),
        account("other"),
        contact(FRIEND),
        contact("other"),
        paid(FRIEND, days=300),
        Report(id="r-1", reporter="other", account=SECOND, kind=ReportKind.FRAUD),
    ):
        guard.observe(fact, at=guard._now() - timedelta(days=1))
    yield guard
    guard.close()


def to(recipient, id_="t-1"):
    return Transfer(id=id_, sender=SENDER, recipient=recipient, money=Money.of("50.00", "CNY"))


def test_a_forgotten_person_is_gone_with_all_accounts_and_everybody_else_stays(guard):
    """The next check does not know them, and the circle has one member less."""
    before = guard.check(to(FRIEND))
    assert before.outcome is Outcome.PROCEED

    assert guard.forget(FRIEND) >= 6
    assert guard.forget(FRIEND) == 0
    directory = guard._store.directory()
    assert directory.accounts([FRIEND, SECOND, "other", SENDER]).keys() == {"other", SENDER}
    assert [one.account for one in directory.contacts(SENDER)] == ["other"]
    assert not [*directory.transfers(SENDER), *directory.reports(SECOND), *directory.accounts_of("p-friend")]
    for recipient in (FRIEND, SECOND):
        with pytest.raises(UnknownAccount):
            guard.check(to(recipient))
    with pytest.raises(UnknownDecision):
        guard.confirm(before.id)
    assert guard.check(to("other", id_="t-2")).shown_name.text


def test_a_forgotten_person_who_comes_back_is_new(guard):
    """Nothing of the former account is put together with the new one."""
    guard.forget(FRIEND)
    guard.observe(account(FRIEND, "李思远", identity=None, profile_changes=None))

    assert guard._store.directory().accounts([FRIEND])[FRIEND].avatar != b"a picture that no decoder reads"
    reasons = {finding.reason for finding in guard.check(to(FRIEND)).findings}
    assert Reason.STRANGER in reasons
    assert Reason.KNOWN_RECIPIENT not in reasons


def test_a_sender_who_is_forgotten_leaves_no_balance_no_look_and_no_guess(guard):
    """Their decisions go too."""
    decision = guard.check(to(FRIEND))

    assert guard.forget(SENDER) >= 4
    with pytest.raises(UnknownDecision):
        guard.confirm(decision.id)
    assert [one.account for one in guard._store.directory().contacts(SENDER)] == []


def test_a_confirmed_transfer_cannot_be_confirmed_twice_by_forgetting_in_between(guard):
    """Its confirmation stays until the receipt has expired, and goes then."""
    receipt = guard.confirm(guard.check(to(FRIEND)).id)
    guard.forget(FRIEND)
    assert guard.redeem(receipt.token).id == receipt.id
    guard._clock.move(minutes=6)

    assert guard.forget(FRIEND) >= 1
    assert guard._store.confirmation("t-1") is None


def test_what_is_too_old_goes_and_what_is_young_stays(guard):
    """Decisions, confirmations and looks by the policy's days; accounts only where the policy says so."""
    old = guard.check(to(FRIEND, id_="old"))
    guard.confirm(old.id)
    guard._clock.move(days=181)
    young = guard.check(to(FRIEND, id_="young"))

    assert guard.expire() >= 2
    assert guard.expire() == 0
    with pytest.raises(UnknownDecision):
        guard.confirm(old.id)
    assert guard._store.confirmation("old") is None
    assert guard._store.decision(young.id) is not None
    assert guard._store.directory().accounts([FRIEND])


def test_accounts_that_nobody_sees_any_more_expire_where_the_policy_says_so():
    """A host may limit how long it keeps people who left."""
    clock = MovableClock()
    guard = Guard(clock=clock, policy=Policy.from_mapping({"retention": {"accounts_days": 30}}))
    guard.observe(account(FRIEND))
    clock.move(days=20)
    guard.observe(account("other"))
    clock.move(days=20)

    assert guard.expire() > 0
    assert guard._store.directory().accounts([FRIEND, "other"]).keys() == {"other"}


def test_no_byte_of_a_forgotten_person_stays_in_the_files(tmp_path):
    """Neither id nor picture nor sealed name, in the database or its log."""
    guard = Guard.embedded(tmp_path / "guard.db", clock=MovableClock())
    for fact in (
        account(SENDER),
        account("leaving-us", avatar=b"picture of the one who leaves"),
        contact("leaving-us"),
        paid("leaving-us"),
    ):
        guard.observe(fact)
    guard.check(to("leaving-us"))
    assert b"leaving-us" in bytes_of(tmp_path / "guard.db")
    guard.forget("leaving-us")

    assert b"leaving-us" not in bytes_of(tmp_path / "guard.db")
    assert b"picture of the one" not in bytes_of(tmp_path / "guard.db")
    guard.close()


def test_the_asynchronous_guard_forgets_too():
    """With the same words."""

    async def story():
        async with AsyncGuard(clock=MovableClock()) as guard:
            await guard.observe(account(FRIEND))
            return await guard.forget(FRIEND), await guard.expire()

    assert asyncio.run(story()) == (1, 0)
