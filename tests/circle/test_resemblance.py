# SPDX-License-Identifier: Apache-2.0
"""Who came later, when some dates are known, some lie between two days, and some are lost."""

from dataclasses import replace

import pytest

from transferguard.circle import EVER, SOME_DAY, Moment, Order, Pictures, SeenAs, look_of
from transferguard.circle.look import earliest
from transferguard.circle.members import APART, _waves
from transferguard.circle.resemblance import order_of
from transferguard.model import Unavailable
from transferguard.testing.builders import account, days_ago

OLD, NEW = (look_of(account("x", created_at=days_ago(days)), None, pictures=Pictures()) for days in (900, 100))
AGELESS = replace(OLD, created_at=Unavailable("lost"))
EARLY, LATE = Moment.at(days_ago(20)), Moment.at(days_ago(10))
SOMETIME = Moment(EVER, SOME_DAY)


@pytest.mark.parametrize(
    ("recipient", "member", "order"),
    [
        (LATE, EARLY, Order.RECIPIENT_LATER),
        (EARLY, LATE, Order.RECIPIENT_EARLIER),
        (Moment(days_ago(15), days_ago(5)), EARLY, Order.RECIPIENT_LATER),
        (Moment(days_ago(30), days_ago(25)), EARLY, Order.RECIPIENT_EARLIER),
    ],
)
@pytest.mark.parametrize("subject", [OLD, NEW, AGELESS])
def test_dates_that_do_not_overlap_decide_whatever_the_age(recipient, member, order, subject):
    """An old account that took a name yesterday took it yesterday."""
    assert order_of(recipient, member, subject=subject, other=OLD) is order


@pytest.mark.parametrize(
    ("subject", "other", "order"),
    [
        (OLD, NEW, Order.RECIPIENT_PROBABLY_EARLIER),
        (NEW, OLD, Order.UNDATED),
        (OLD, OLD, Order.UNDATED),
        (AGELESS, NEW, Order.UNDATED),
        (OLD, AGELESS, Order.UNDATED),
    ],
)
@pytest.mark.parametrize("moments", [(SOMETIME, EARLY), (EARLY, SOMETIME), (EARLY, EARLY), (Moment(days_ago(30), days_ago(10)), EARLY)])
def test_where_dates_leave_it_open_the_older_account_is_probably_the_original(moments, subject, other, order):
    """The same day on both sides is open too; of two accounts as old as each other nobody knows."""
    assert order_of(*moments, subject=subject, other=other) is order


def test_of_moments_the_ends_are_taken_apart():
    """The later of two, and the earliest of several: each end by itself, because either may be unknown."""
    wide = Moment(days_ago(30), days_ago(5))

    assert wide.after(EARLY) == Moment(days_ago(20), days_ago(5))
    assert EARLY.after(wide) == wide.after(EARLY)
    assert earliest([LATE, wide, EARLY]) == Moment(days_ago(30), days_ago(20))
    assert earliest([LATE]) == LATE
    assert (EARLY.is_known, wide.is_known, SOMETIME.is_known) == (True, False, False)


@pytest.mark.parametrize(
    ("days", "waves"),
    [((), 0), ((10,), 1), ((10, 10), 1), ((10, 100), 1), ((10, 189), 1), ((10, 190), 2), ((10, 100, 190), 2), ((10, 190, 300, 370), 3)],
)
def test_people_who_come_within_half_a_year_are_one_wave(days, waves):
    """Counted from the first of each wave, in whatever order they are listed."""
    assert APART.days == 180
    assert _waves(map(days_ago, days)) == _waves(map(days_ago, days[::-1])) == waves


@pytest.mark.parametrize(
    ("seen_as", "visible"), [("display_name", True), ("remark", True), ("verified_name", False), ("former_name", False)]
)
def test_a_sender_sees_two_of_a_persons_names(seen_as, visible):
    """What its owner chose, and what the sender wrote."""
    assert SeenAs(seen_as).visible is visible
