# SPDX-License-Identifier: Apache-2.0
"""What labels may change in a policy, and what not."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.hindsight.labelled import cases, keep
from transferguard.assess import find
from transferguard.codes import Hypothesis, Reason
from transferguard.errors import TooFewLabels
from transferguard.hindsight.calibration import ENOUGH, _groups, _sums, calibrate, cases_of, stated_at_even_odds
from transferguard.hindsight.fit import LEAST_FACTOR, MOST_FACTOR, Sums, _loss, fit
from transferguard.hindsight.policy_file import policy_file
from transferguard.hindsight.quality import balanced, quality
from transferguard.policy import Policy
from transferguard.store import MemoryStore
from transferguard.weigh import weigh

WRONG = {"weights": {"money_request": {"scam": 1.6}, "new_account": {"scam": 5.0, "mule": 5.0}}}
"""Half of what a request says, and three times what a new account says."""


@pytest.fixture(scope="module")
def learnt():
    """What 500 labels teach a policy that is off."""
    return calibrate(cases(300, 200), Policy.from_mapping(WRONG))


def test_it_moves_towards_the_truth(learnt):
    """What is over-weighted gets less; on senders from whom nothing was learnt the probabilities are truer than before."""
    assert learnt.factors["freshness"] < 0.8
    assert learnt.is_better
    assert learnt.after.brier < learnt.before.brier
    assert learnt.after.surprise < learnt.before.surprise
    assert (learnt.honest, learnt.fraud) == (300, 200)


def test_hard_facts_thresholds_and_priors_stay(learnt):
    """Only weights and quiet differ, and of the weights not those on which a rule rests."""
    old, new = Policy.from_mapping(WRONG).to_mapping(), learnt.policy.to_mapping()

    assert {key for key in new if new[key] != old[key]} <= {"weights", "quiet"}
    for reason in (Reason.SAME_PERSON, Reason.KNOWN_RECIPIENT):
        assert learnt.policy.bits(reason) == Policy.default().bits(reason)


def test_what_was_never_seen_stays(learnt):
    """A group that counted in fewer than twenty labelled transfers keeps its bits."""
    assert learnt.counted["role_name"] == 0
    assert learnt.factors["role_name"] == 1
    assert learnt.policy.bits(Reason.ROLE_NAME) == Policy.default().bits(Reason.ROLE_NAME)


def test_a_factor_is_bounded(learnt):
    """No number of labels turns a weight round or takes it away."""
    assert all(LEAST_FACTOR <= factor <= MOST_FACTOR for factor in learnt.factors.values())


@pytest.mark.parametrize(("honest", "fraud"), [(0, 0), (ENOUGH, ENOUGH - 1), (3, ENOUGH)])
def test_with_too_few_labels_it_refuses_and_says_how_many_are_missing(honest, fraud):
    """A handful of complaints must not move a policy."""
    with pytest.raises(TooFewLabels) as refused:
        calibrate(cases(honest, fraud), Policy.default())

    assert (refused.value.missing_honest, refused.value.missing_fraud) == (max(0, ENOUGH - honest), max(0, ENOUGH - fraud))
    assert f"{ENOUGH - fraud if fraud < ENOUGH else 0} fraud are missing" in str(refused.value)


def test_the_file_gives_the_refitted_policy_and_says_where_its_numbers_come_from(learnt):
    """Keys of the policy before it are kept, and nothing else is written."""
    before = Policy.from_mapping(WRONG | {"profile": "eu"})
    again = calibrate(cases(200, 200), before)
    text = policy_file(again, before, learnt_at="2026-11-22")

    assert Policy.from_toml(text) == again.policy
    assert 'profile = "eu"' in text
    assert "calibrated on 200 honest and 200 fraudulent transfers up to 2026-11-22; was 5" in text
    assert "role_name" not in text
    assert learnt.policy != Policy.default()


def test_it_learns_from_each_labelled_transfer_once():
    """By its last labelled decision; what has no label or no evidence is left out."""
    store, some = MemoryStore(), cases(3, 2)
    keep(store, some, Policy.default())
    keep(store, some, Policy.from_mapping(WRONG))
    labels = store.labels()

    found = cases_of(store.decisions(), labels)
    assert sorted((one.evidence.transfer.id, one.fraud) for one in found) == [(f"t{at}", at >= 3) for at in range(5)]
    assert cases_of(store.decisions(), {}) == []


def test_stated_probabilities_are_moved_to_even_odds():
    """By the bits of all priors together: a transfer as likely wrong as any other is then at one half."""
    (one,) = cases(1, 0)
    policy = Policy.default()
    plain = weigh(find(one.evidence, policy), 1, policy).probability
    odds = sum(2 ** policy.prior.of(hypothesis) for hypothesis in Hypothesis)

    moved = stated_at_even_odds(one.evidence, policy)

    assert moved / (1 - moved) == pytest.approx(plain / (1 - plain) / odds)


@pytest.mark.parametrize("knots", [((), ()), ((-3.0, -0.5, 2.0), (-1.0, 1.2, 0.3))])
def test_the_slope_is_the_slope(knots):
    """The exact gradient against differences of the loss itself, with a correction and without."""
    rng = np.random.default_rng(7)
    sums = Sums(
        constant=rng.normal(-12, 2, 40),
        bits=rng.normal(2, 2, (40, 3)),
        transfer=np.repeat(np.arange(20), 2),
        fraud=(rng.random(20) < 0.5).astype(float),
        weight=np.ones(20),
        to_even=11.0,
        knots=knots,
    )
    at, spread = np.array([0.3, -0.4, 0.1, 0.5]), np.array([0.4, 0.4, 0.4, 2.0])
    _, slope = _loss(at, spread, sums)
    tiny = 1e-5
    for number in range(4):
        aside = np.zeros(4)
        aside[number] = tiny
        rise = (_loss(at + aside, spread, sums)[0] - _loss(at - aside, spread, sums)[0]) / (2 * tiny)
        assert slope[number] == pytest.approx(rise, rel=1e-4)


def test_a_correction_is_counted_once():
    """The fit looks through it: what it finds is stated as it was fitted, and the knots stay where they are."""
    policy = Policy.default()
    some = cases(200, 200)
    learnt = calibrate(some, policy)
    sums = _sums(some, policy, _groups(policy))
    loss, _ = _loss(np.zeros(len(_groups(policy)) + 1), np.ones(len(_groups(policy)) + 1), sums)

    stated = np.array([stated_at_even_odds(one.evidence, policy) for one in some])
    truth = np.array([one.fraud for one in some])
    surprise = -np.log(np.where(truth, stated, 1 - stated)) @ (np.array(balanced(list(truth))) * len(some))
    assert loss == pytest.approx(surprise)
    assert learnt.policy.correction == policy.correction


def test_true_factors_are_found_again():
    """Transfers drawn from known weights, judged with two thirds of them: factors and shift come out near the truth."""
    rng = np.random.default_rng(3)
    count, true = 20_000, np.array([2.0, 3.0])
    seen = (rng.random((count, 2)) < 0.5).astype(float)
    odds = seen @ true - 2.5
    fraud = (rng.random(count) < 1 / (1 + np.exp2(-odds))).astype(float)
    sums = Sums(
        constant=np.full(count, -20.0), bits=seen * true / 1.5, transfer=np.arange(count), fraud=fraud, weight=np.ones(count), to_even=20.0
    )

    found = fit(sums, free=[True, True], shift=True)

    assert found.factors == pytest.approx((1.5, 1.5), abs=0.15)
    assert found.shift == pytest.approx(-2.5, abs=0.25)
    assert fit(sums, free=[False, False], shift=False).factors == (1.0, 1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=40))
@example([(0.0, True)] * 6)
@settings(max_examples=50)
def test_a_constant_answer_has_no_skill(pairs):
    """Whatever the share of frauds, because the set is rebalanced; every transfer stands in one bin."""
    fraud = [truth for _, truth in pairs] + [True, False]
    constant = quality([0.5] * len(fraud), fraud)
    stated = quality([guess for guess, _ in pairs] + [0.9, 0.1], fraud)

    assert constant.skill == pytest.approx(0.0)
    assert constant.surprise == pytest.approx(1.0)
    assert sum(balanced(fraud)) == pytest.approx(1.0)
    assert sum(one.count for one in stated.bins) == len(fraud)
    assert stated.skill <= 1
    assert all(0 <= one.true <= 1 and one.low <= one.stated <= one.high for one in stated.bins)


def test_a_perfect_answer_has_full_skill():
    """And no surprise."""
    perfect = quality([1.0, 0.0, 0.0], [True, False, False])

    assert (perfect.brier, perfect.skill, perfect.surprise) == (0.0, 1.0, 0.0)
    assert perfect.to_dict()["bins"][0] == {"low": 0.0, "high": 0.1, "count": 2, "stated": 0.0, "true": 0.0}


def test_a_transfer_counts_as_much_as_it_is_said_to():
    """Two of one kind that together count as much as one of the other; the share is as sure as so many equal ones would make it."""
    found = quality([0.55, 0.51, 0.59], [True, False, False], [0.5, 0.4, 0.1])

    (one,) = found.bins
    assert one.count == 3
    assert one.true == pytest.approx(0.5)
    assert one.stated == pytest.approx(0.538)
    assert one.worth == pytest.approx(1 / 0.42)
