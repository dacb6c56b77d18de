# SPDX-License-Identifier: Apache-2.0
"""Rule 4: more evidence of fraud never lowers the outcome; a larger amount never shows less of the name."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import amounts, decide, worlds
from transferguard.assess import outcome_of
from transferguard.decision import Finding, Hypothesis, MatchResult, Outcome, Reason
from transferguard.disclosure import extent
from transferguard.model import Money, ProfileChange, RealNameStatus, SecurityEvent, SecurityEventKind, Standing, Unavailable
from transferguard.policy import Policy, Profile
from transferguard.testing.builders import days_ago, report
from transferguard.weigh import weigh

EXCULPATORY = {Reason.SAME_PERSON, Reason.KNOWN_RECIPIENT, Reason.VERIFIED_NAME_MATCH, Reason.NO_REQUEST}


def findings(least, most):
    """Findings of any reason about anybody, with weights in that range."""
    return st.builds(
        lambda reason, hypothesis, imitates, weight: Finding(
            reason=reason,
            hypothesis=hypothesis,
            imitates=imitates if hypothesis is Hypothesis.IMPOSTURE else None,
            weight=weight,
        ),
        st.sampled_from(Reason),
        st.sampled_from(Hypothesis),
        st.sampled_from([None, "c1", "c2"]),
        st.floats(least, most),
    )


@given(st.lists(findings(-60, 60), max_size=8), findings(0, 60), st.integers(1, 10_000))
@settings(max_examples=300)
def test_a_further_finding_for_fraud_never_lowers_a_probability_or_the_outcome(already, further, size):
    """Whatever speaks for fraud besides, the result does not fall."""
    policy = Policy.default()
    before, after = weigh(already, size, policy), weigh([*already, further], size, policy)

    assert after.probability >= before.probability
    assert all(after.of(hypothesis) >= before.of(hypothesis) for hypothesis in Hypothesis)
    assert outcome_of(after, policy) >= outcome_of(before, policy)


@given(st.lists(findings(-60, 60), max_size=8), st.integers(0, 7), st.floats(0, 30), st.integers(1, 10_000))
@settings(max_examples=200)
def test_a_heavier_finding_never_lowers_the_probability(listed, which, more, size):
    """The same finding with more weight speaks at least as much for fraud."""
    assume(which < len(listed))
    heavier = [replace(one, weight=one.weight + more) if at == which else one for at, one in enumerate(listed)]

    policy = Policy.default()
    assert weigh(heavier, size, policy).probability >= weigh(listed, size, policy).probability


WORSE = {
    "another report": lambda world: world.with_reports(report(world.recipient.id, "somebody-new", at=world.now)),
    "a new device": lambda world: world.with_recipient(
        security_events=(*_listed(world.recipient.security_events), SecurityEvent(at=days_ago(1), kind=SecurityEventKind.NEW_DEVICE))
    ),
    "another SIM card": lambda world: world.with_recipient(
        security_events=(*_listed(world.recipient.security_events), SecurityEvent(at=days_ago(0.1), kind=SecurityEventKind.SIM_CHANGED))
    ),
    "the sender's new device": lambda world: world.with_sender(
        security_events=(*_listed(world.sender.security_events), SecurityEvent(at=days_ago(0.1), kind=SecurityEventKind.NEW_DEVICE))
    ),
    "a fresh name": lambda world: world.with_recipient(
        profile_changes=(*_listed(world.recipient.profile_changes), ProfileChange(at=days_ago(0.1), display_name="旺财贸易有限公司"))
    ),
    "a younger account": lambda world: world.with_recipient(created_at=days_ago(0.5)),
    "frozen": lambda world: world.with_recipient(standing=Standing.FROZEN),
    "unverified": lambda world: world.with_recipient(real_name_status=RealNameStatus.UNVERIFIED),
    "sender unverified": lambda world: world.with_sender(real_name_status=RealNameStatus.UNVERIFIED),
    "restricted": lambda world: world.with_recipient(standing=Standing.RECEIPTS_RESTRICTED),
}
"""Ways in which a world can only look worse."""


def _listed(facts):
    return () if isinstance(facts, Unavailable) else facts


@given(worlds(), st.sampled_from(sorted(WORSE)))
@settings(max_examples=60)
def test_a_world_that_looks_worse_is_not_judged_milder(world, how):
    """One more complaint, event, change or measure never buys a milder outcome."""
    assert decide(WORSE[how](world)).outcome >= decide(world).outcome


@given(worlds(), amounts(), amounts())
@settings(max_examples=24)
def test_a_larger_amount_never_shows_less_of_the_name_under_the_same_outcome(world, one, other):
    """Who sends more learns at least as much about whom they pay."""
    small, large = sorted((one, other), key=lambda money: money.minor)
    before, after = decide(world.with_transfer(money=small)), decide(world.with_transfer(money=large))

    assume(before.outcome is after.outcome)
    assert after.shown_name.level.extent >= before.shown_name.level.extent


@given(st.sampled_from(Profile), st.sampled_from(Outcome), st.sampled_from(MatchResult))
def test_the_table_never_shows_less_for_a_larger_total(profile, outcome, match):
    """In every market and under every outcome."""
    small, large = (extent(profile, outcome, large=size, match=match) for size in (False, True))

    assert large.extent >= small.extent


def test_amounts_on_both_sides_of_the_threshold_show_more_not_less():
    """At the threshold itself the full name is due, one fen below it is not."""
    from transferguard.testing.builders import quiet_world  # noqa: PLC0415 - only here

    levels = [decide(quiet_world().with_transfer(money=Money(minor, "CNY"))).shown_name.level.value for minor in (99_999, 100_000)]

    assert levels == ["masked", "full"]
