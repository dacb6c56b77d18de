# SPDX-License-Identifier: Apache-2.0
"""How money moves around an account, and what a sender usually pays."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from transferguard.flow import Flow, Usual, flow_of, usual_of
from transferguard.model import Money, PastTransfer

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def paid(number, sender, recipient, minor, *, ago, state="settled", currency="CNY"):  # noqa: PLR0913 - one argument per column
    return PastTransfer(id=f"t{number}", sender=sender, recipient=recipient, money=Money(minor, currency), at=NOW - ago, state=state)


def test_money_that_leaves_within_the_hour_counts_as_passed_on():
    """What came in at noon and went out ten minutes later was only passing through."""
    came = paid(1, "a", "mule", 100, ago=timedelta(hours=2))
    left = paid(2, "mule", "boss", 90, ago=timedelta(hours=2) - timedelta(minutes=10))

    flow = flow_of([came, left], "mule", "CNY", now=NOW)

    assert (flow.received, flow.passed_on, flow.passes, flow.share_passed_on) == (100, 90, 1, 0.9)


def test_money_that_leaves_later_or_before_or_in_another_currency_was_not_passed_on():
    """A rent paid in the evening, or the day before, is nobody's hop."""
    came = paid(1, "a", "u", 100, ago=timedelta(hours=5))
    others = [
        paid(2, "u", "b", 100, ago=timedelta(hours=3)),
        paid(3, "u", "b", 100, ago=timedelta(hours=6)),
        paid(4, "u", "b", 100, ago=timedelta(hours=5), currency="USD"),
        paid(5, "u", "b", 100, ago=timedelta(hours=5), state="cancelled"),
    ]

    assert flow_of([came, *others], "u", "CNY", now=NOW).passes == 0


def test_each_unit_that_leaves_is_counted_once():
    """Two payments in and one out make one hop, not two."""
    came = [paid(number, f"p{number}", "u", 100, ago=timedelta(minutes=50)) for number in range(2)]
    left = paid(9, "u", "boss", 100, ago=timedelta(minutes=40))

    assert flow_of([*came, left], "u", "CNY", now=NOW).passed_on == 100


def test_only_payers_whose_first_payment_is_of_today_are_new():
    """A regular customer who pays again today is not a new payer."""
    transfers = [
        paid(1, "old", "u", 5, ago=timedelta(days=40)),
        paid(2, "old", "u", 5, ago=timedelta(hours=1)),
        paid(3, "new", "u", 5, ago=timedelta(hours=1)),
    ]

    assert flow_of(transfers, "u", "CNY", now=NOW).new_payers_today == 1


def test_an_account_without_transfers_has_an_empty_flow():
    """Nothing in, nothing out, no share."""
    assert flow_of([], "u", "CNY", now=NOW) == Flow()
    assert Flow().share_passed_on == 0.0


def test_usual_needs_five_payments():
    """Four payments are an anecdote."""
    some = [paid(number, "me", "u", 100, ago=timedelta(days=9)) for number in range(4)]

    assert usual_of(some, sender="me", recipient="u", currency="CNY", now=NOW) == Usual(count=4, high=0, pair_high=100, today=0)


def test_usual_is_the_ninetieth_percentile_and_the_largest_to_this_recipient():
    """One large rent a year does not make every large amount usual."""
    some = [paid(number, "me", "shop", 100, ago=timedelta(days=9)) for number in range(19)]
    rent = paid(99, "me", "landlord", 9_000, ago=timedelta(days=3))

    usual = usual_of([*some, rent], sender="me", recipient="landlord", currency="CNY", now=NOW)

    assert usual.high == 100
    assert usual.pair_high == 9_000


def test_payments_of_today_are_counted_in_any_currency():
    """An account that is being emptied pays in whatever it holds."""
    some = [paid(number, "me", "u", 1, ago=timedelta(hours=number), currency="USD") for number in range(3)]

    assert usual_of(some, sender="me", recipient="u", currency="CNY", now=NOW).today == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abu"),
            st.sampled_from("abu"),
            st.integers(1, 10**6),
            st.integers(0, 20_000),
            st.sampled_from(["settled", "cancelled", "fraud"]),
        ),
        max_size=30,
    )
)
def test_no_more_is_passed_on_than_came_in(rows):
    """Whatever the transfers, the share passed on lies between 0 and 1."""
    transfers = [
        paid(number, sender, recipient, minor, ago=timedelta(minutes=ago), state=state)
        for number, (sender, recipient, minor, ago, state) in enumerate(rows)
        if sender != recipient
    ]
    flow = flow_of(transfers, "u", "CNY", now=NOW)

    assert 0 <= flow.passed_on <= flow.received
    assert 0.0 <= flow.share_passed_on <= 1.0
