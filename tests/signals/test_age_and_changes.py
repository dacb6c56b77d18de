# SPDX-License-Identifier: Apache-2.0
"""New accounts, new contacts, new faces: full weight at first, fading evenly to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signals.asking import ask, details, recipient, tie, weights
from tests.strategies import UNKNOWN
from transferguard.evidence import Change
from transferguard.signals.account_age import account_age
from transferguard.signals.acquaintance import acquaintance
from transferguard.signals.profile_change import profile_change
from transferguard.testing.builders import STRANGER, days_ago, paid, quiet_world

EVIDENCE = quiet_world().evidence()
STRANGE = quiet_world().with_stranger().evidence()


@pytest.mark.parametrize(("days", "scam"), [(-1, 2.5), (0, 2.5), (45, 1.25), (89, 0.028), (90, None), (4_000, None)])
def test_an_account_weighs_less_each_day_and_nothing_when_settled(days, scam):
    """2.5 bits for scam on the first day, none after ninety; a date in the future counts as today."""
    assert weights(account_age, recipient(EVIDENCE, created_at=days_ago(days))).get("scam") == scam


@pytest.mark.parametrize(("days", "scam"), [(0, 2.0), (15, 1.0), (30, None)])
def test_a_new_contact_weighs_less_each_day(days, scam):
    """A contact of a month is no new one."""
    assert weights(acquaintance, tie(EVIDENCE, since=days_ago(days))).get("scam") == scam


@pytest.mark.parametrize(("days", "imposture"), [(-1, 3.5), (0, 3.5), (15, 1.75), (30, None)])
def test_a_new_face_weighs_less_each_day(days, imposture):
    """The latest change counts, whatever happened before."""
    changes = (Change(at=days_ago(900), name=True, avatar=True), Change(at=days_ago(days), name=True, avatar=False))

    assert weights(profile_change, recipient(EVIDENCE, changes=changes)).get("imposture") == imposture


def test_operators_see_what_changed_and_when():
    """Name or picture, and how many days ago."""
    changes = (Change(at=days_ago(3.5), name=False, avatar=True),)

    assert details(profile_change, recipient(EVIDENCE, changes=changes)) == {"days": 3, "name": False, "avatar": True}
    assert details(account_age, recipient(EVIDENCE, created_at=days_ago(5.9))) == {"days": 5}


@pytest.mark.parametrize("signal", [account_age, profile_change])
def test_what_is_not_known_is_not_held_against_anybody(signal):
    """An unknown date or history of changes says nothing."""
    assert ask(signal, recipient(EVIDENCE, created_at=UNKNOWN, changes=UNKNOWN)) == []


def test_somebody_neither_chosen_nor_paid_is_a_stranger():
    """And nobody is, when it could not be had whom the sender chose, or when the day of acceptance was lost."""
    assert {finding.reason.value for finding in ask(acquaintance, STRANGE)} == {"stranger"}
    assert ask(acquaintance, tie(STRANGE, contact=UNKNOWN)) == []
    assert ask(acquaintance, tie(EVIDENCE, since=UNKNOWN)) == []


def test_somebody_paid_long_ago_is_no_stranger_and_somebody_paid_yesterday_still_is():
    """A landlord who was never added is known by the rent."""
    world = quiet_world().with_stranger()

    assert ask(acquaintance, world.with_transfers(paid(STRANGER, days=300)).evidence()) == []
    assert weights(acquaintance, world.with_transfers(paid(STRANGER, days=1)).evidence())["scam"] == 2.0


@given(st.floats(0, 200), st.floats(0, 200))
def test_an_older_date_never_weighs_more(one, other):
    """Time only heals."""
    older, younger = max(one, other), min(one, other)
    for change, signal in (
        (lambda days: recipient(EVIDENCE, created_at=days_ago(days)), account_age),
        (lambda days: tie(EVIDENCE, since=days_ago(days)), acquaintance),
        (lambda days: recipient(EVIDENCE, changes=(Change(at=days_ago(days), name=True, avatar=True),)), profile_change),
    ):
        assert weights(signal, change(older)).get("imposture", 0) <= weights(signal, change(younger)).get("imposture", 0)
