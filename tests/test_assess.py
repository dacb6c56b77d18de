# SPDX-License-Identifier: Apache-2.0
"""Evidence and policy in, decision out: which outcome, which steps, how much of the name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.signals.asking import recipient
from tests.strategies import UNKNOWN
from transferguard.assess import (
    PROBABILITY_DECIMALS,
    STEPS_OF_OUTCOME,
    WEIGHT_DECIMALS,
    answerable,
    assess,
    is_large,
    outcome_of,
    ranked_findings,
)
from transferguard.decision import Disclosure, Finding, Hypothesis, Outcome, Reason, Step
from transferguard.evidence import Change, DayTotal, wait_is_served
from transferguard.model import Report, ReportKind, SecurityEvent, SecurityEventKind
from transferguard.policy import Policy
from transferguard.signals import SIGNALS
from transferguard.testing.builders import account, days_ago, quiet_world
from transferguard.weigh import Strand, Verdict

POLICY = Policy.default()
EVIDENCE = quiet_world().evidence()
LARGE = quiet_world().with_transfer(amount="1000.00").evidence()


def verdict(probability, alone=0.0, hypothesis=Hypothesis.SCAM):
    """A verdict of that probability in all, of which one hypothesis has so much."""
    from math import log2  # noqa: PLC0415 - beside its only use

    odds = -1e9 if alone == 0 else log2(alone / (1 - alone))
    return Verdict(
        strands=(Strand(hypothesis=hypothesis, imitates=None, prior=0.0, counted=(), log_odds=odds),),
        log_odds=odds,
        correction=0.0,
        probability=probability,
    )


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [
        (0.0, "proceed"),
        (0.0999, "proceed"),
        (0.10, "warn"),
        (0.4499, "warn"),
        (0.45, "challenge"),
        (0.999, "challenge"),
        (1.0, "challenge"),
    ],
)
def test_the_probability_reaches_an_outcome(probability, outcome):
    """At each threshold the stricter one begins."""
    policy = Policy.from_mapping({"threshold": {"warn": 0.10, "challenge": 0.45, "delay": 0.45}})

    assert outcome_of(verdict(probability), policy) == outcome


@pytest.mark.parametrize("hypothesis", Hypothesis)
def test_only_a_wait_helps_against_a_hijacker_a_mule_or_a_scam(hypothesis):
    """Typing a name exposes an impostor; a wait that was served is not asked for again."""
    sure = verdict(0.7, 0.6000001, hypothesis)
    waits = Outcome.CHALLENGE if hypothesis is Hypothesis.IMPOSTURE else Outcome.DELAY

    assert outcome_of(sure, POLICY) is waits
    assert outcome_of(sure, POLICY, waited=True) is Outcome.CHALLENGE


def test_a_challenge_without_a_name_is_a_wait_and_after_the_wait_a_warning():
    """Nobody can type a name that nobody knows."""
    nameless = recipient(EVIDENCE, verified_name=UNKNOWN)

    assert answerable(Outcome.CHALLENGE, EVIDENCE, waited=False) is Outcome.CHALLENGE
    assert answerable(Outcome.CHALLENGE, nameless, waited=False) is Outcome.DELAY
    assert answerable(Outcome.CHALLENGE, nameless, waited=True) is Outcome.WARN
    assert answerable(Outcome.REFUSE, nameless, waited=True) is Outcome.REFUSE


def test_every_outcome_has_its_steps():
    """Nothing, acknowledge, type the name, wait and check again, appeal."""
    assert set(STEPS_OF_OUTCOME) == set(Outcome)
    assert STEPS_OF_OUTCOME[Outcome.PROCEED] == ()
    assert all(Step.ACKNOWLEDGE in STEPS_OF_OUTCOME[one] for one in (Outcome.WARN, Outcome.CHALLENGE, Outcome.DELAY))


@pytest.mark.parametrize("level", [Disclosure.MASKED, Disclosure.HIDDEN])
def test_a_budget_shows_less_and_makes_a_large_payment_wait_until_it_allows_more(level):
    """The name is never shown beyond what the budget allows, and the payment is not made unseen."""
    poor = replace(LARGE, may_show=level, affordable_at=LARGE.now + timedelta(days=1))
    decision = assess(poor, POLICY)

    assert decision.outcome is Outcome.DELAY
    assert decision.shown_name.level.extent <= level.extent
    assert decision.retry_at == LARGE.now + timedelta(days=1)
    assert Reason.NAME_NOT_SHOWN in {finding.reason for finding in decision.findings}
    assert assess(replace(EVIDENCE, may_show=level), POLICY).outcome is Outcome.PROCEED


def test_a_wait_ends_after_the_policys_minutes_at_the_earliest():
    """Two hours by default, later when the budget says so."""
    waiting = recipient(LARGE, verified_name=UNKNOWN)

    assert assess(waiting, POLICY).retry_at == LARGE.now + timedelta(minutes=120)
    assert assess(replace(waiting, affordable_at=days_ago(1)), POLICY).retry_at == LARGE.now + timedelta(minutes=120)
    assert assess(EVIDENCE, POLICY).retry_at is None


def test_what_is_large_counts_the_whole_day():
    """Earlier transfers of the day count, and a total that could not be had counts as none."""
    assert is_large(LARGE, POLICY)
    assert not is_large(EVIDENCE, POLICY)
    assert is_large(replace(EVIDENCE, today=DayTotal(minor=95_000, count=1)), POLICY)
    assert not is_large(replace(EVIDENCE, today=UNKNOWN), POLICY)


def test_findings_are_ranked_in_an_order_that_never_changes():
    """By weight, then by severity, then by name; rounded for the reader, and minus zero is zero."""
    listed = [
        Finding(reason=Reason.STRANGER, hypothesis=Hypothesis.SCAM, weight=1.005),
        Finding(reason=Reason.STRANGER, hypothesis=Hypothesis.MULE, weight=1.004),
        Finding.fact(Reason.FROZEN, Outcome.REFUSE),
        Finding.fact(Reason.REAL_NAME_STATUS_MISSING, Outcome.WARN),
        Finding(reason=Reason.STRANGER, hypothesis=Hypothesis.IMPOSTURE, weight=-0.001),
    ]
    ranked = ranked_findings(listed)

    assert ranked == ranked_findings(listed[::-1])
    assert [str(one.weight) for one in ranked] == ["1.0", "1.0", "0.0", "0.0", "0.0"]
    assert [one.reason for one in ranked][2] is Reason.FROZEN


def test_a_circle_that_is_missing_may_be_ignored_only_where_the_policy_says_so():
    """By default the sender is warned."""
    lost = replace(EVIDENCE, resemblances=UNKNOWN, circle_size=UNKNOWN)

    assert assess(lost, POLICY).outcome is Outcome.WARN
    assert assess(lost, Policy.from_mapping({"missing": {"circle": "proceed"}})).outcome is Outcome.PROCEED


def test_the_id_depends_on_the_evidence_the_clock_and_the_policy():
    """The same question about the same facts has the same id, any other one another."""
    changed = [
        EVIDENCE,
        replace(EVIDENCE, now=EVIDENCE.now + timedelta(seconds=1)),
        recipient(EVIDENCE, display_name="x"),
        recipient(EVIDENCE, name_key="0"),
        replace(EVIDENCE, waited=True),
    ]
    ids = [assess(one, POLICY).id for one in changed] + [assess(EVIDENCE, POLICY.with_profile("eu")).id]

    assert len(set(ids)) == len(ids)
    assert assess(EVIDENCE, POLICY).id == ids[0]
    assert assess(recipient(EVIDENCE, verified_name="another"), POLICY).id == ids[0]


def test_every_signal_is_asked_and_none_twice():
    """The list of questions is complete: one function per question, each exported by the package."""
    assert len(set(SIGNALS)) == len(SIGNALS)
    assert {signal.__module__.rpartition(".")[0] for signal in SIGNALS} == {"transferguard.signals"}


CHANGED = Change(at=days_ago(1), name=True, avatar=False)
NEWS = {
    "a change of the profile": lambda one: recipient(one, changes=(CHANGED,)),
    "an event of the recipient": lambda one: recipient(one, events=(SecurityEvent(at=days_ago(1), kind=SecurityEventKind.SIM_CHANGED),)),
    "an event of the sender": lambda one: replace(
        one, sender=replace(one.sender, events=(SecurityEvent(at=days_ago(1), kind=SecurityEventKind.NEW_DEVICE),))
    ),
    "a complaint": lambda one: replace(
        one, reports=(Report(id="r", reporter="y", account=one.recipient.id, kind=ReportKind.FRAUD, at=days_ago(1)),)
    ),
}


@pytest.mark.parametrize("news", NEWS)
def test_a_wait_excuses_only_what_was_known_when_it_began(news):
    """What happened during the wait was not waited for."""
    waited = NEWS[news](replace(EVIDENCE, waited=True, waiting_since=days_ago(0.5)))

    assert wait_is_served(waited)
    assert not wait_is_served(replace(waited, waiting_since=days_ago(2)))
    assert wait_is_served(replace(waited, waiting_since=UNKNOWN))
    assert not wait_is_served(replace(waited, waited=False))
    unknown = replace(recipient(waited, events=UNKNOWN, changes=UNKNOWN), reports=UNKNOWN, waiting_since=days_ago(2))
    assert wait_is_served(unknown) is (news != "an event of the sender")


@pytest.mark.parametrize("amount", ["50.00", "5000.00"])
def test_numbers_are_rounded_before_they_leave(amount):
    """Weights to 0.01 bit and probabilities to four decimals: what lies behind differs from machine to machine."""
    told = quiet_world().to(account("stranger", created_at=days_ago(3))).with_transfer(amount=amount).decide()
    plain = told.to_dict()

    assert plain["findings"]
    assert 0 < plain["probability"] == round(plain["probability"], 4)
    assert all(finding["weight"] == round(finding["weight"], 2) for finding in plain["findings"])
    assert (WEIGHT_DECIMALS, PROBABILITY_DECIMALS) == (2, 4)
