# SPDX-License-Identifier: Apache-2.0
"""Findings become bits per hypothesis, and bits become one probability."""

from itertools import pairwise
from math import isclose, log2

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.test_04_monotone import findings
from transferguard.decision import Finding, Hypothesis, Outcome, Reason
from transferguard.policy import Policy
from transferguard.weigh import GROUP_OF_REASON, probability_of, weigh

POLICY = Policy.default()


def imposture(reason, weight, imitates="c1"):
    """A finding about the imposture of somebody."""
    return Finding(reason=reason, hypothesis=Hypothesis.IMPOSTURE, imitates=imitates, weight=weight)


def plainly(listed, size, policy):
    """The same result by the formulas of design section 5, written down as slowly as they read."""
    accounts = {one.imitates for one in listed if one.hypothesis and one.imitates}
    hypotheses = [(Hypothesis.IMPOSTURE, account) for account in accounts]
    hypotheses += [(other, None) for other in Hypothesis if other is not Hypothesis.IMPOSTURE]
    nothing_wrong = 1.0
    for hypothesis, account in hypotheses:
        odds = policy.prior.of(hypothesis) + policy.quiet.of(hypothesis) - (log2(max(1, size)) if account else 0)
        groups: dict[str, list[float]] = {}
        for one in listed:
            if one.hypothesis is hypothesis and one.imitates in {None, account}:
                groups.setdefault(GROUP_OF_REASON.get(one.reason, one.reason.value), []).append(one.weight)
        for weights in groups.values():
            odds += max((weight for weight in weights if weight > 0), default=0) + min(
                (weight for weight in weights if weight <= 0), default=0
            )
        silence = min(
            (
                one.weight
                for one in listed
                if one.reason is Reason.NO_REQUEST and one.hypothesis is hypothesis and one.imitates in {None, account}
            ),
            default=0,
        )
        if account and silence < 0:
            room = log2(policy.threshold.warn / (1 - policy.threshold.warn)) - (odds - silence)
            odds += -silence - min(-silence, max(0, room / 2))
        nothing_wrong *= 1 - 1 / (1 + 2.0**-odds)
    return corrected(1 - nothing_wrong, policy)


def corrected(probability, policy):
    """The straight pieces of the policy's correction, one after the other."""
    start = log2(sum(2**bits for bits in policy.to_mapping()["prior"].values()))
    knots = list(zip(policy.correction.sums, policy.correction.bits, strict=True))
    if not 0 < probability < 1:
        return probability
    odds = log2(probability / (1 - probability))
    for (left, low), (right, high) in pairwise(knots):
        if left <= odds - start < right:
            odds += low + (high - low) * (odds - start - left) / (right - left)
            break
    return 1 / (1 + 2.0**-odds)


@given(st.lists(findings(-20, 20), max_size=10), st.integers(0, 10_000))
@settings(max_examples=200)
def test_the_fast_sum_is_the_slow_one(listed, size):
    """Groups, hypotheses and the product over all of them agree with the formulas."""
    assert isclose(weigh(listed, size, POLICY).probability, plainly(listed, size, POLICY), abs_tol=1e-9)


def test_without_evidence_only_the_priors_speak():
    """Nothing found is nearly nothing wrong, and nobody is imitated."""
    verdict = weigh([], 100, POLICY)

    assert verdict.probability < 0.001
    assert {strand.hypothesis for strand in verdict.strands} == set(Hypothesis) - {Hypothesis.IMPOSTURE}
    assert verdict.of(Hypothesis.IMPOSTURE) == 0.0


def test_a_larger_circle_makes_a_chance_resemblance_likelier():
    """Each doubling of the circle takes one bit off the imposture of one member."""
    one, two = (weigh([imposture(Reason.LOOKALIKE_NAME, 15)], size, POLICY).strands[0].log_odds for size in (100, 200))

    assert isclose(one - two, 1.0)


def test_of_dependent_findings_the_strongest_counts_on_either_side():
    """A stranger's first transfer is not told twice, and what speaks against is not swallowed by what speaks for."""
    listed = [imposture(Reason.STRANGER, 4), imposture(Reason.FIRST_TRANSFER, 2.5), imposture(Reason.NEW_CONTACT, -1.0)]
    strand = weigh([imposture(Reason.LOOKALIKE_NAME, 20), *listed], 1, POLICY).strands[0]

    assert [one.weight for one in strand.counted] == [20, 4, -1.0]


def test_that_nobody_asks_takes_bits_off_a_faint_likeness_and_none_off_one_that_is_warned_about():
    """A chance likeness becomes less likely, a warning stays, and between the two the silence of the talk fades out."""
    silence = Finding(reason=Reason.NO_REQUEST, hypothesis=Hypothesis.IMPOSTURE, weight=-2.0)
    warned = log2(POLICY.threshold.warn / (1 - POLICY.threshold.warn))

    def strand(bits, *more):
        return next(one for one in weigh([imposture(Reason.LOOKALIKE_NAME, bits), *more], 1, POLICY).strands if one.imitates)

    def taken(below):
        """Bits that silence takes off a likeness that stands so many bits below a warning."""
        bits = warned - below - strand(1.0).prior
        silent = strand(bits, silence)
        assert isclose(silent.prior + sum(one.weight for one in silent.counted), silent.log_odds)
        return strand(bits).log_odds - silent.log_odds

    assert [round(taken(below), 6) for below in (-1, 0, 1, 2, 4, 6)] == [0, 0, 0.5, 1, 2, 2]


def test_a_finding_about_everybody_counts_for_each_who_is_resembled():
    """That a recipient is a stranger makes every imposture likelier, and one about somebody else makes none likelier."""
    listed = [imposture(Reason.LOOKALIKE_NAME, 10, who) for who in ("a", "b")] + [
        Finding(reason=Reason.STRANGER, hypothesis=Hypothesis.IMPOSTURE, weight=4.0)
    ]
    strands = [strand for strand in weigh(listed, 1, POLICY).strands if strand.imitates]

    assert [strand.imitates for strand in strands] == ["a", "b"]
    assert {len(strand.counted) for strand in strands} == {2}


def test_facts_weigh_nothing():
    """A hard fact has a floor of its own and no part in the sum."""
    assert weigh([Finding.fact(Reason.FROZEN, Outcome.REFUSE)], 1, POLICY) == weigh([], 1, POLICY)


@given(st.floats(-1e6, 1e6))
def test_odds_of_any_size_are_a_probability(log_odds):
    """Neither overflow nor a number outside 0 to 1."""
    assert 0.0 <= probability_of(log_odds) <= 1.0
    assert probability_of(0.0) == 0.5


def test_certainty_and_a_thousand_tiny_doubts_stay_probabilities():
    """One certain hypothesis makes the whole certain; many unlikely ones neither vanish nor add up to more than one."""
    certain = weigh([imposture(Reason.LOOKALIKE_NAME, 100)], 1, POLICY)
    many = weigh([imposture(Reason.LOOKALIKE_NAME, 1, f"c{at}") for at in range(1_000)], 1_000, POLICY)
    one = weigh([imposture(Reason.LOOKALIKE_NAME, 1)], 1_000, POLICY)

    assert certain.probability == 1.0
    assert one.probability < many.probability < 1


def test_a_sum_beyond_a_double_is_that_of_its_likeliest_strand():
    """Neither certainty nor a doubt too small to hold has odds of its own; both are stated as finite bits."""
    certain = weigh([imposture(Reason.LOOKALIKE_NAME, 100)], 1, POLICY)
    against = [Finding(reason=Reason.KNOWN_RECIPIENT, hypothesis=one, weight=-1_200.0) for one in Hypothesis]
    never = weigh(against, 1, POLICY)

    assert certain.log_odds == certain.strands[0].log_odds > 53
    assert never.log_odds == never.strands[0].log_odds < -1_000
    assert (certain.probability, never.probability) == (1.0, 0.0)


def test_a_strand_is_corrected_as_the_whole_is():
    """What one hypothesis is stated at is never more than what all are."""
    bits = -POLICY.prior.scam - POLICY.quiet.scam - 12.0
    verdict = weigh([Finding(reason=Reason.ROLE_NAME, hypothesis=Hypothesis.SCAM, weight=bits)], 1, POLICY)

    assert verdict.strands[0].correction > 0.5
    assert verdict.of(Hypothesis.SCAM) <= verdict.probability
