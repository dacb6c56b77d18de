# SPDX-License-Identifier: Apache-2.0
"""Values of ours survive the way into a database and back, to the last code point."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.errors import StoreError
from transferguard.model import Money, Unavailable
from transferguard.store.codec import fields_from_bytes, from_bytes, from_plain, microseconds, moment, to_bytes, to_plain

_ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]), max_size=20)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_ANY_TEXT, inner),
    max_leaves=8,
)


@settings(max_examples=200)
@given(_JSON)
def test_json_values_come_back_with_every_code_point(plain):
    """Lone surrogates, also two in a row, NUL and everything else are kept; equal values give equal bytes."""
    assert from_bytes(to_bytes(plain)) == plain
    assert to_bytes(from_bytes(to_bytes(plain))) == to_bytes(plain)


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_come_back_to_the_microsecond(at):
    """Also those before 1970 and at the ends of the calendar."""
    assert moment(microseconds(at)) == at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One field of each shape that our types have."""

    weight: float
    pair: tuple[float, str]
    many: tuple[bytes, ...]
    at: datetime | None
    maybe: Money | Unavailable
    anything: object
    later: int = 7


SAMPLE = Sample(
    weight=1.0,
    pair=(0.5, "\ud83d\ude00"),
    many=(b"\x00", b""),
    at=datetime(1, 1, 1, tzinfo=UTC),
    maybe=Money(5, "CNY"),
    anything={"a": [1]},
)


@pytest.mark.parametrize("sample", [SAMPLE, Sample(weight=0.1, pair=(1.0, ""), many=(), at=None, maybe=Unavailable("why"), anything=None)])
def test_a_dataclass_comes_back_equal(sample):
    """Field by field, with the reason of what is missing."""
    assert from_plain(Sample, from_bytes(to_bytes(to_plain(sample)))) == sample


def test_a_record_of_an_earlier_version_takes_defaults_and_loses_what_is_gone():
    """A field that was added later has its default; one that was removed since is passed over."""
    plain = to_plain(SAMPLE)
    del plain["later"]

    assert from_plain(Sample, {**plain, "gone": 1, "weight": 1}) == SAMPLE


@pytest.mark.parametrize(
    "change",
    [
        {"weight": "1"},
        {"pair": [0.5]},
        {"pair": 7},
        {"many": "x"},
        {"many": ["%"]},
        {"at": "today"},
        {"at": 10**30},
        {"maybe": {"minor": 5, "currency": "nonsense"}},
        {"maybe": 7},
        {"later": True},
    ],
    ids=str,
)
def test_what_does_not_fit_the_type_is_damage(change):
    """A record that another hand wrote is refused as a whole."""
    with pytest.raises(StoreError, match="damaged"):
        from_plain(Sample, {**to_plain(SAMPLE), **change})


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_damage(data):
    """Also JSON made to exhaust the reader."""
    with pytest.raises(StoreError, match="damaged"):
        from_bytes(data)


def test_a_record_is_an_object():
    """Anything else in its place is damage."""
    with pytest.raises(StoreError, match="damaged"):
        fields_from_bytes(b"[]")


def test_only_values_of_ours_are_written():
    """A value without a form of its own is a fault of ours, found at once."""
    with pytest.raises(TypeError, match="object"):
        to_plain(object())
