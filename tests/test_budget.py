# SPDX-License-Identifier: Apache-2.0
"""The budget for looking at names: exact, monotone, and the same however often one looks at it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.budget import Balance, BudgetTerms, Look, TryLimits, affordable_at, fresh, given_back, refilled, spent

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TERMS = BudgetTerms()
MINUTE = timedelta(minutes=1)


def with_tokens(tokens, at=NOW):
    """A balance of whole tokens."""
    return Balance(units=tokens * 60_000_000, at=at)


def test_the_terms_are_those_of_the_pix_directory():
    """Capacity 100, two a minute, a hit one, a miss twenty, a settled payment gives one back."""
    assert (TERMS.capacity, TERMS.per_minute, TERMS.masked, TERMS.miss, TERMS.settled) == (100, 2, 1, 20, 1)
    assert TERMS.full > TERMS.masked


def test_the_limits_of_guessing_are_those_of_the_payment_apps():
    """Three tries for one sender about one recipient in a day, and a dozen wrong ones for all senders together."""
    limits = TryLimits()

    assert (limits.per_pair, limits.failed_per_recipient, limits.hours) == (3, 12, 24)
    assert (TERMS.full, TERMS.free_hours) == (5, 24)


def test_a_new_sender_can_look_a_hundred_times_and_then_twice_a_minute():
    """The bucket starts full and refills by the clock alone."""
    balance: Balance | None = fresh(TERMS, NOW)
    for left in reversed(range(100)):
        assert balance is not None
        balance = spent(balance, 1, TERMS, now=NOW)
        assert balance is not None
        assert balance.tokens == left
    assert balance is not None
    assert spent(balance, 1, TERMS, now=NOW + timedelta(seconds=30, microseconds=-1)) is None
    assert spent(balance, 1, TERMS, now=NOW + timedelta(seconds=30)) == Balance(units=0, at=NOW + timedelta(seconds=30))


def test_five_misses_empty_a_bucket():
    """Who asks for people who are not there is stopped at once."""
    balance: Balance | None = fresh(TERMS, NOW)
    for _ in range(5):
        assert balance is not None
        balance = spent(balance, TERMS.miss, TERMS, now=NOW)
        assert balance is not None
    assert balance is not None
    assert spent(balance, TERMS.miss, TERMS, now=NOW) is None
    assert spent(balance, 0, TERMS, now=NOW) == balance


def test_the_capacity_is_never_exceeded():
    """Neither years of patience nor many settled payments fill more than a bucket."""
    assert refilled(with_tokens(3), TERMS, NOW + timedelta(days=4_000)).tokens == 100
    assert given_back(with_tokens(100), 7, TERMS, now=NOW).tokens == 100
    assert given_back(with_tokens(98), 1, TERMS, now=NOW).tokens == 99
    assert given_back(with_tokens(0), 1, TERMS, now=NOW + MINUTE).tokens == 3


def test_a_clock_that_jumped_back_gives_nothing_and_takes_nothing():
    """Time that passes twice is counted once."""
    earlier = NOW - timedelta(days=1)
    assert refilled(with_tokens(5), TERMS, earlier) == with_tokens(5)
    after = spent(with_tokens(5), 5, TERMS, now=earlier)
    assert after == with_tokens(0)
    assert refilled(with_tokens(0), TERMS, NOW) == with_tokens(0)


@given(st.integers(0, 100), st.lists(st.integers(0, 10**9), max_size=20))
def test_looking_often_at_a_balance_changes_nothing(tokens, steps):
    """A hundred small refills are one large one, to the microsecond."""
    balance, now = with_tokens(tokens), NOW
    for step in steps:
        now += timedelta(microseconds=step)
        balance = refilled(balance, TERMS, now)

    assert balance == refilled(with_tokens(tokens), TERMS, now)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 10**10))
def test_a_look_is_affordable_exactly_from_the_moment_told(tokens, cost, early):
    """Not a microsecond earlier; later always."""
    balance = with_tokens(tokens)
    moment = affordable_at(balance, cost, TERMS)
    assert moment is not None

    assert spent(balance, cost, TERMS, now=moment) is not None
    assert spent(balance, cost, TERMS, now=moment + timedelta(microseconds=early)) is not None
    if moment > NOW:
        assert spent(balance, cost, TERMS, now=moment - timedelta(microseconds=1)) is None


@pytest.mark.parametrize(("cost", "terms"), [(101, TERMS), (1, BudgetTerms(per_minute=0))])
def test_what_will_never_be_affordable_has_no_moment(cost, terms):
    """A cost above the capacity, or a bucket that nothing refills."""
    assert affordable_at(with_tokens(0), cost, terms) is None


def test_an_hour_of_scanning_learns_a_bounded_number_of_names():
    """One sender who asks for ten thousand people in an hour sees the capacity and an hour's refill, and no more."""
    balance, learned = fresh(TERMS, NOW), 0
    for number in range(10_000):
        left = spent(balance, TERMS.masked, TERMS, now=NOW + timedelta(hours=1) * number / 10_000)
        learned += left is not None
        balance = left or balance

    assert learned == 100 + 119


def test_looks_at_the_same_name_to_the_same_extent_are_one():
    """What was seen once teaches nothing new; seeing more of it, or somebody else, does."""
    looks = [Look(person=person, extent=extent, cost=1) for person in ("p", "q") for extent in ("masked", "full")]

    assert len({look.key for look in looks}) == 4
    assert looks[0].key == Look(person="p", extent="masked", cost=9).key


def test_the_smallest_part_of_a_token_is_waited_for():
    """Sixty-millionths of a token are missing: two of them come back in a microsecond, and none is forgiven."""
    whole = with_tokens(5)
    short = Balance(units=whole.units - 1, at=whole.at)

    assert affordable_at(whole, 5, TERMS) == whole.at
    assert affordable_at(short, 5, TERMS) == whole.at + timedelta(microseconds=1)
    assert affordable_at(short, 5, BudgetTerms(per_minute=1)) == whole.at + timedelta(microseconds=1)
