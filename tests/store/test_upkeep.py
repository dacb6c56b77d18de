# SPDX-License-Identifier: Apache-2.0
"""What is erased leaves no trace, what has expired is gone, and a new secret takes over without a pause."""

import os
from datetime import timedelta

import pytest

from tests.store.making import LONG_AGO, START, account, confirmation, day, digest_of, past, record
from tests.store.test_sql import bytes_of, fill
from transferguard.budget import BudgetTerms, Look, TryLimits
from transferguard.errors import VaultError
from transferguard.keys import LocalKeys, forget_retired_secrets, rotate_secret
from transferguard.model import Account, Contact, Report, ReportKind, Unavailable
from transferguard.seams import Retention
from transferguard.store import SqlStore

SECRET = b"s" * 32
LIMITS, TERMS = TryLimits(), BudgetTerms()


@pytest.fixture
def path(tmp_path):
    """Where a store may stand."""
    return tmp_path / "guard.db"


@pytest.fixture
def store(path):
    """One empty store."""
    store = SqlStore.open(path, secret=SECRET)
    yield store
    store.close()


def tell_of(store, name, friend):
    """Everything a store can know about an account, and about its friend."""
    for one, number in ((name, 1), (friend, 2)):
        picture = f"picture of {one}".encode() * 40
        store.remember(account(one, f"old-{one}", avatar=picture + b"old"), day(1))
        store.remember(
            Account(id=one, display_name=f"name-{one}", avatar=picture, verified_name=f"real-{one}", identity=f"person-{one}"), day(2)
        )
        store.enrol(digest_of(picture), f"print-{one}".encode() * 9)
        store.remember(Contact(owner="third", account=one, remark=f"remark-{one}"), day(1))
        store.remember(past(f"t-{one}", sender=one, recipient="third"), day(1))
        store.remember(Report(id=f"r-{one}", reporter=one, account="third", kind=ReportKind.FRAUD), day(1))
        store.spend(one, Look(person="p", extent="full", cost=number), terms=TERMS, now=START)
        store.begin_try(one, "p", terms=LIMITS, now=START)
    store.remember(Contact(owner=name, account="third"), day(1))
    store.remember(past(f"to-{name}", sender="third", recipient=name), day(1))
    store.remember(Report(id=f"about-{name}", reporter="third", account=name, kind=ReportKind.FRAUD), day(1))
    store.record(record("d1", transfer_id="x1"), same_since=LONG_AGO)
    store.advance("d1", "shown")
    store.confirm(confirmation("x1", receipt="r1", sender="third", recipient=name))
    store.redeem("r1", START)


def test_an_erased_account_leaves_no_trace_and_its_friend_stays(store, path):
    """Neither an answer nor a byte of the files mentions it; everybody else is as before."""
    tell_of(store, "leaving", "staying")
    store.record(record("d2", transfer_id="x2", sender="leaving"), same_since=LONG_AGO)
    before = store.directory().circle_version("third")
    assert b"leaving" in bytes_of(path)

    assert store.erase("leaving", now=day(30)) > 20
    assert b"leaving" not in bytes_of(path)
    directory = store.directory()
    assert directory.circle_version("third") != before
    assert directory.accounts(["leaving", "staying"]).keys() == {"staying"}
    assert directory.accounts_of("person-leaving") == []
    assert [one.account for one in directory.contacts("third")] == ["staying"]
    assert [one.id for one in directory.transfers("third")] == ["t-staying"]
    assert [one.id for one in directory.reports("third")] == ["r-staying"]
    assert directory.accounts(["staying"])["staying"].avatar == b"picture of staying" * 40
    assert store.enrolled([digest_of(f"picture of {one}".encode() * 40) for one in ("leaving", "staying")]).keys() == {
        digest_of(b"picture of staying" * 40)
    }
    assert store.decision("d2") is None
    assert store.confirmation("x1") is None
    assert store.balance("staying", terms=TERMS, now=START).tokens == 98


def test_a_confirmation_outlives_erasure_until_its_receipt_has_expired(store):
    """Otherwise a transfer could be confirmed, erased and confirmed again."""
    store.confirm(confirmation("x1", receipt="r1", sender="leaving"))
    store.erase("leaving", now=START + timedelta(minutes=10, microseconds=-1))
    assert store.confirmation("x1") is not None
    assert store.redeem("r1", START)

    store.erase("leaving", now=START + timedelta(minutes=10))
    assert store.confirmation("x1") is None
    assert not store.redeem("r1", START)


def test_a_picture_that_somebody_else_wore_outlives_erasure(store):
    """A picture belongs to all who wear or wore it."""
    for one in ("leaving", "staying"):
        store.remember(account(one, avatar=b"shared"), day(1))
    store.remember(account("staying", avatar=b"new"), day(2))
    store.erase("leaving", now=START)

    found = store.directory().accounts(["staying"])["staying"]
    assert (found.avatar, found.profile_changes[0].avatar) == (b"new", b"shared")


def test_erasing_nobody_changes_nothing(store):
    """An id that was never known is no error."""
    assert store.erase("nobody", now=START) == 0


def test_what_was_erased_can_be_told_again(store):
    """Who comes back is new."""
    store.remember(account("u1", "before"), day(1))
    store.erase("u1", now=START)
    store.remember(account("u1", "after"), day(1))

    assert store.directory().accounts(["u1"])["u1"] == account("u1", "after")


def test_each_kind_of_thing_expires_when_its_own_time_is_up(store):
    """Exactly then: what is as old as its time stays, what is older goes."""
    terms = Retention(decisions=timedelta(days=10), confirmations=timedelta(days=20), looks=timedelta(days=2), accounts=timedelta(days=30))
    store.record(record("d1"), same_since=LONG_AGO)
    store.advance("d1", "shown")
    store.confirm(confirmation("t1", receipt="r1"))
    store.redeem("r1", START)
    store.spend("me", Look(person="p", extent="full", cost=5), terms=TERMS, now=START)
    store.begin_try("me", "p", terms=LIMITS, now=START)
    store.remember(account("u1", avatar=b"red"), START)
    store.remember(account("u2"), START)
    store.remember(account("u2"), day(1))
    instant = timedelta(microseconds=1)

    expected = [(2, 2), (10, 1), (20, 1), (30, 2), (31, 1)]
    for days, gone in expected:
        assert store.expire(terms, now=day(days)) == 0
        assert store.expire(terms, now=day(days) + instant) >= gone
    assert store.decision("d1") is store.confirmation("t1") is None
    assert store.directory().accounts(["u1", "u2"]) == {}


def test_a_receipt_that_can_still_be_redeemed_does_not_expire(store):
    """However short the retention, the receipt's own time comes first."""
    store.confirm(confirmation("t1", receipt="r1"))
    store.expire(Retention(confirmations=timedelta(0)), now=START + timedelta(minutes=9))

    assert store.redeem("r1", START)


def test_accounts_are_kept_unless_the_host_says_how_long(store):
    """Without a rule nothing that a host told is forgotten by itself."""
    store.remember(account("u1", avatar=b"red"), START)

    assert store.expire(Retention(), now=day(9_999)) == 0
    assert "u1" in store.directory().accounts(["u1"])


def nobody(accounts):
    """Hears whose values are opened, and that there are some."""
    assert accounts


def test_a_secret_is_rotated_while_programs_go_on(path, tmp_path):
    """Old and new programs read and write through a rotation; then nothing needs the old secret, and it opens nothing."""
    keys = tmp_path / "keys"
    local = LocalKeys.open(keys)
    old = local.secret()

    def opened():
        return SqlStore.open(path, secret=LocalKeys.open(keys).secret(), secrets=LocalKeys.open(keys).all_secrets)

    running = opened()
    fill(running)
    rotate_secret(keys)
    fresh = opened()
    fresh.remember(account("u2", verified_name="毕小川", identity="person-nine"), day(3))

    for store in (running, fresh):
        assert store.directory().accounts(["u2"])["u2"].verified_name == "毕小川"
        assert store.directory().accounts_of("person-nine") == ["u1", "u2"]
        assert store.decision("d1").decision.shown_name.text == "*川"
        assert list(store.confirmed_since("me", "identity:p-9", LONG_AGO)) == ["t9"]
    told: list[str] = []
    assert fresh.seal_again(told.extend) == 8
    assert set(told) == {"me", "u1", "u9"}
    assert fresh.seal_again(nobody) == 0

    forget_retired_secrets(keys)
    last = opened()
    assert last.directory().accounts(["u1"])["u1"].verified_name == "毕小川"
    assert last.confirmation("t9") == confirmation()
    running.close(), fresh.close(), last.close()
    with pytest.raises(VaultError):
        SqlStore.open(path, secret=old)


def test_sealing_again_seals_what_was_kept_open_before_there_was_a_secret(path):
    """Decisions of the time without a secret are sealed when one comes."""
    bare = SqlStore.open(path, secret=None)
    fill(bare)
    assert bare.seal_again(nobody) == 0
    bare.close()
    store = SqlStore.open(path, secret=SECRET)

    assert store.seal_again(nobody) == 4
    kept = store.decision("d1")
    assert kept is not None
    assert kept.transfer == record().transfer
    assert store.directory().accounts(["u1"])["u1"].verified_name == Unavailable()
    store.close()


def test_many_rows_are_sealed_again_in_steps(path):
    """More accounts than fit one step are all brought over, each once."""
    store = SqlStore.open(path, secret=SECRET)
    store.remember_all((account(f"u{number}", verified_name="毕小川"), START) for number in range(250))
    store.close()
    new = os.urandom(32)
    store = SqlStore.open(path, secret=new, secrets=lambda: [new, SECRET])

    assert store.seal_again(nobody) == 751
    store.close()
    last = SqlStore.open(path, secret=new)
    assert {one.verified_name for one in last.directory().accounts([f"u{number}" for number in range(250)]).values()} == {"毕小川"}
    last.close()
