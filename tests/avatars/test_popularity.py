# SPDX-License-Identifier: Apache-2.0
"""How much less a likeness proves when many wear the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.avatars import popularity_bits


@given(st.integers(-5, 10**9), st.integers(0, 10**9))
def test_more_wearers_never_cost_less(wearers, more):
    """The weight of a popular picture only falls."""
    assert 0 <= popularity_bits(wearers) <= popularity_bits(wearers + more)


def test_an_owner_and_a_copier_cost_nothing():
    """One identity that copies another does not make a picture popular."""
    assert popularity_bits(0) == popularity_bits(1) == popularity_bits(2) == 0


def test_a_default_avatar_is_nothing():
    """A thousand wearers take away all that a likeness can weigh."""
    assert popularity_bits(1_000) > 16


@pytest.mark.parametrize(("wearers", "bits"), [(-1, 0), (0, 0), (3, 0), (4, 0.83), (6, 2), (12, 4), (1_000, 16.76)])
def test_each_doubling_beyond_three_wearers_costs_two_bits(wearers, bits):
    """An owner, a relative and a copier are nothing unusual; a thousand take away all that the best likeness weighs."""
    assert popularity_bits(wearers) == pytest.approx(bits, abs=0.01)
