# SPDX-License-Identifier: Apache-2.0
"""How much less a likeness proves when many wear the picture."""

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
