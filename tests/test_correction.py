# SPDX-License-Identifier: Apache-2.0
"""What sums of evidence turned out to mean: a curve that rises, adds nothing far out, and changes no outcome of the default policy."""

from itertools import accumulate
from math import isclose, log2

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules.test_04_monotone import findings
from tests.strategies import worlds
from transferguard.assess import assess, outcome_of
from transferguard.correction import LEAST_RISE, Correction
from transferguard.errors import InvalidPolicy
from transferguard.policy import NO_CORRECTION, Policy
from transferguard.weigh import prior_together, weigh

DEFAULT = Policy.default()
PLAIN = Policy.from_mapping({"correction": NO_CORRECTION})


@st.composite
def curves(draw):
    """Any curve that a policy may hold."""
    steps = draw(st.lists(st.floats(0.01, 10), max_size=6))
    start, first = draw(st.floats(-20, 10)), draw(st.floats(-5, 5))
    rises = [step * draw(st.floats(LEAST_RISE + 0.01, 4)) for step in steps]
    sums = list(accumulate(steps, initial=start))
    after = list(accumulate(rises, initial=start + first))
    assume(max(map(abs, [*sums, *after])) < 50)
    return Correction(sums=tuple(sums), bits=tuple(high - low for low, high in zip(sums, after, strict=True)))


@given(curves(), st.floats(-60, 60), st.floats(1e-6, 30))
@settings(max_examples=200)
def test_more_evidence_is_stated_as_more_likely(curve, total, more):
    """The corrected sum rises with the sum (rule 4), and outside the knots bit by bit."""
    assert curve.contradiction() is None
    assert total + more + curve.at(total + more) > total + curve.at(total)
    assert curve.at(-60.0) == curve.bits[0]
    assert curve.at(60.0) == curve.bits[-1]


@given(curves(), st.floats(-60, 60))
@settings(max_examples=200)
def test_a_corrected_sum_leads_back_to_the_sum(curve, total):
    """So that a threshold on what is stated is one on what was weighed."""
    assert isclose(curve.undone(total + curve.at(total)), total, abs_tol=1e-6)


def test_without_knots_nothing_is_added():
    """As before there were corrections."""
    assert Correction(sums=(), bits=()).at(3.0) == 0.0
    assert Correction(sums=(), bits=()).undone(3.0) == 3.0


@pytest.mark.parametrize(
    ("knots", "problem"),
    [
        ({"sums": [1.0]}, "has not as many bits as sums"),
        ({"sums": [2.0, 2.0], "bits": [0.0, 0.0]}, "has sums that do not rise"),
        ({"sums": [1.0, 3.0], "bits": [0.0, -1.95]}, "falls so fast that more evidence would say less"),
    ],
)
def test_knots_that_cannot_be_meant_are_errors(knots, problem):
    """Of the policy, with the reason."""
    with pytest.raises(InvalidPolicy, match=problem):
        Policy.from_mapping({"correction": knots})


@given(st.lists(findings(-30, 30), max_size=8), st.integers(1, 10_000), st.booleans())
@settings(max_examples=300)
def test_the_default_curve_changes_no_outcome(listed, size, waited):
    """It ends where a warning begins."""
    assert outcome_of(weigh(listed, size, DEFAULT), DEFAULT, waited=waited) is outcome_of(weigh(listed, size, PLAIN), PLAIN, waited=waited)


@given(worlds())
@settings(max_examples=20)
def test_a_whole_decision_keeps_its_outcome_and_its_steps(world):
    """With and without the default curve, on worlds of every kind."""
    evidence = world.evidence()
    corrected, plain = assess(evidence, DEFAULT), assess(evidence, PLAIN)

    assert (corrected.outcome, corrected.steps, corrected.shown_name) == (plain.outcome, plain.steps, plain.shown_name)


@given(st.lists(findings(-30, 30), max_size=8), st.integers(1, 10_000))
@settings(max_examples=100)
def test_it_counts_from_the_prior(listed, size):
    """Whoever knows fraud to be rarer by so many bits, for every hypothesis, gets every sum and every limit lower by as many."""
    rarer = Policy.from_mapping({"prior": {name: bits - 3.0 for name, bits in DEFAULT.to_mapping()["prior"].items()}})
    assume(not any(one.reason.value == "no_request" for one in listed))  # fades out at a threshold, which is no sum
    here, there = weigh(listed, size, DEFAULT), weigh(listed, size, rarer)

    assert isclose(prior_together(DEFAULT) - 3.0, prior_together(rarer))
    assume(-40 < there.log_odds < -8)  # where doubts add up as odds do
    assert isclose(here.correction, there.correction, abs_tol=0.05)


def test_the_last_knot_lies_below_a_warning():
    """The curve of the default policy is none from there on, and rises everywhere."""
    curve = DEFAULT.correction
    warned = log2(DEFAULT.threshold.warn / (1 - DEFAULT.threshold.warn)) - prior_together(DEFAULT)

    assert curve.bits[0] == curve.bits[-1] == 0.0
    assert curve.sums[-1] <= warned
