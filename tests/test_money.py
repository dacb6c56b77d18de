# SPDX-License-Identifier: Apache-2.0
"""Money is exact to the smallest unit and to the largest amount."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from transferguard.errors import InvalidInput
from transferguard.money import MAX_MINOR_UNITS, Money, exponent_of

LARGEST = 9_223_372_036_854_775_807
"""A signed 64-bit column."""


def test_the_largest_amount_is_what_a_ledger_holds():
    """To the last unit, in each spelling, and one more is refused."""
    assert MAX_MINOR_UNITS == LARGEST
    assert Money(LARGEST, "EUR") == Money.of("92233720368547758.07", "EUR") == Money.of(Decimal("92233720368547758.07"), "EUR")
    assert Money.of(str(LARGEST), "JPY").minor == LARGEST
    for too_much in ("92233720368547758.08", "100000000000000000000", Decimal("1e25")):
        with pytest.raises(InvalidInput, match=r"2\^63-1"):
            Money.of(too_much, "EUR")


@pytest.mark.parametrize("amount", ["0", "0.00", "-0", Decimal(0)])
def test_nothing_is_an_amount_too(amount):
    """A total may be zero; that a transfer is not, is the transfer's business."""
    assert Money.of(amount, "CNY") == Money(0, "CNY")


def test_the_smallest_unit_counts():
    """One fen is money, and less than nothing is not."""
    assert Money.of("0.01", "CNY") == Money(1, "CNY")
    assert Money(1, "CNY").decimal == Decimal("0.01")
    with pytest.raises(InvalidInput, match="negative"):
        Money.of("-0.01", "CNY")


def test_a_remedy_says_how_many_decimals():
    """The currency's own number stands in the complaint."""
    with pytest.raises(InvalidInput) as caught:
        Money.of("1.2345", "KWD")
    assert caught.value.remedy == "use at most 3"
    assert exponent_of("KWD") == 3


def test_money_is_written_and_read_as_minor_units():
    """Our own records hold two fields, and exactly these are read."""
    adapter = TypeAdapter(Money)

    assert adapter.dump_python(Money(5, "CNY")) == {"minor": 5, "currency": "CNY"}
    assert adapter.validate_python({"minor": 5, "currency": "CNY"}) == adapter.validate_python(Money(5, "CNY")) == Money(5, "CNY")
    for odd in ({"minor": 5}, {"minor": 5, "currency": "CNY", "more": 1}, "CNY 5", None, [5, "CNY"]):
        with pytest.raises(ValidationError, match=r"Money\.of"):
            adapter.validate_python(odd)
