# SPDX-License-Identifier: Apache-2.0
"""Codes are compared by what they mean, never by how they are spelt."""

import pytest

from transferguard.codes import Disclosure, Label, Outcome

BY_SEVERITY = ("proceed", "warn", "challenge", "delay", "refuse")


@pytest.mark.parametrize("other", BY_SEVERITY)
@pytest.mark.parametrize("one", BY_SEVERITY)
def test_every_pair_of_outcomes_is_compared_by_severity(one, other):
    """All four signs, whether the other side is a code or its text."""
    left, right = BY_SEVERITY.index(one), BY_SEVERITY.index(other)

    for against in (other, Outcome(other)):
        assert (Outcome(one) < against) is (left < right)
        assert (Outcome(one) <= against) is (left <= right)
        assert (Outcome(one) > against) is (left > right)
        assert (Outcome(one) >= against) is (left >= right)
    assert Outcome(one).severity == left


@pytest.mark.parametrize(("level", "extent"), [("hidden", 0), ("masked", 1), ("full", 2)])
def test_more_of_a_name_has_a_larger_extent(level, extent):
    """A host that must show the lesser of two levels compares numbers."""
    assert Disclosure(level).extent == extent


@pytest.mark.parametrize(
    ("label", "fraud"), [("honest", False), ("fraud", True), ("imposture", True), ("takeover", True), ("mule", True), ("scam", True)]
)
def test_everything_but_honest_is_fraud(label, fraud):
    """A truth value, because it is written into records."""
    assert Label(label).is_fraud is fraud
