# SPDX-License-Identifier: Apache-2.0
"""What is remembered between checks never outlives a change, whoever made it."""

from contextlib import closing
from dataclasses import replace

import pytest

from tests.strategies import pictures
from transferguard.asking import Asking
from transferguard.errors import UnknownAccount
from transferguard.gather import Gatherer
from transferguard.model import Contact, Money, Transfer
from transferguard.policy import Policy
from transferguard.store import SqlStore
from transferguard.testing.builders import FRIEND, NOW, SENDER, account, days_ago, report

SECRET = bytes(32)
STRANGER = "stranger"
ASKED = Transfer(id="t9", sender=SENDER, recipient=STRANGER, money=Money.of("200.00", "CNY"))


@pytest.fixture
def store(tmp_path):
    """A sender with a friend, and a stranger in the friend's picture; nothing was enrolled ahead."""
    with closing(SqlStore.open(tmp_path / "guard.db", secret=SECRET)) as opened:
        for one in (account(SENDER), account(FRIEND, avatar=pictures()["portrait"]), account(STRANGER, avatar=pictures()["copy"])):
            opened.remember(one, days_ago(9))
        opened.remember(Contact(owner=SENDER, account=FRIEND, since=days_ago(8)), days_ago(8))
        yield opened


def gatherer(store):
    """One that remembers nothing yet."""
    return Gatherer(Asking(store.directory()), store, policy=Policy.default(), secret=SECRET)


def told(store, other):
    """Changes, each told by another program, with what the evidence must say then."""
    anew = account(STRANGER, avatar=pictures()["copy"])
    yield lambda: other.remember(replace(anew, display_name="客服"), days_ago(2)), lambda seen: seen.recipient.display_name == "客服"
    yield (
        lambda: other.remember(replace(anew, avatar=pictures()["other"]), days_ago(1)),
        lambda seen: not any(likeness.avatar and not likeness.avatar.former for likeness in seen.resemblances),
    )
    yield lambda: other.remember(report(STRANGER, "r1"), days_ago(1)), lambda seen: len(seen.reports) == 1
    yield lambda: other.remember(account("twin", identity=f"p-{STRANGER}"), days_ago(1)), lambda seen: seen.accounts_of_person == 2
    yield lambda: other.remember(account(FRIEND, "另一人", avatar=pictures()["portrait"]), days_ago(1)), lambda seen: seen.circle_size == 1
    yield lambda: other.remember(account("third", avatar=pictures()["portrait"]), days_ago(1)), lambda seen: seen.circle_size == 1


def test_a_warm_gatherer_sees_what_a_fresh_one_sees(store, tmp_path):
    """After each change that another program makes, and twice in between."""
    warm = gatherer(store)
    first = warm.evidence(ASKED, NOW)
    assert first.resemblances
    assert warm.evidence(ASKED, NOW).written() == first.written()
    with closing(SqlStore.open(tmp_path / "guard.db", secret=SECRET)) as other:
        for change, says in told(store, other):
            change()
            seen = warm.evidence(ASKED, NOW)
            assert says(seen)
            assert seen == gatherer(other).evidence(ASKED, NOW)
            assert seen.written() == gatherer(store).evidence(ASKED, NOW).written()


def test_how_many_wear_a_picture_is_asked_every_time(store):
    """A picture that becomes common between two checks says less in the second."""
    enrolment = gatherer(store).enrolment
    (stranger,) = store.directory().accounts_without_pictures([STRANGER]).values()
    enrolment.pictures(store.directory().accounts([STRANGER]).values())
    for wearers in (1, 2, 2):
        if wearers > 1:
            store.remember(account("crowd", avatar=pictures()["copy"]), days_ago(1))
        found = enrolment.pictures_left_out([stranger])
        assert found is not None
        assert found[STRANGER].wearers == wearers


def test_somebody_erased_is_remembered_nowhere(store):
    """Neither as an account, nor as a party, nor as text."""
    warm = gatherer(store)
    warm.evidence(ASKED, NOW)
    store.erase(STRANGER, now=NOW)
    warm.forget_circles()
    assert not store._recollection._kept
    assert not any(remembered._kept for remembered in (warm._parties, warm._looks, warm._readings))
    assert not warm.enrolment._seen
    with pytest.raises(UnknownAccount):
        warm.evidence(ASKED, NOW)
