# SPDX-License-Identifier: Apache-2.0
"""Rule 11: evidence warns, facts refuse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.test_04_monotone import findings
from tests.strategies import decide, worlds
from transferguard.assess import outcome_of
from transferguard.decision import Finding, Outcome, Reason
from transferguard.model import RealNameStatus, Standing
from transferguard.policy import Policy
from transferguard.signals import SIGNALS
from transferguard.testing.builders import quiet_world
from transferguard.weigh import weigh

FACTS = {
    Reason.UNVERIFIED, Reason.SENDER_UNVERIFIED, Reason.FROZEN, Reason.SENDER_FROZEN, Reason.CLOSED, Reason.SENDER_CLOSED,
    Reason.RECEIPTS_RESTRICTED, Reason.DOWNGRADED, Reason.SENDER_DOWNGRADED,
}  # fmt: skip


@given(st.lists(findings(-100, 100), max_size=30), st.integers(1, 10**6))
@settings(max_examples=300)
def test_no_amount_of_evidence_refuses(listed, size):
    """However much speaks for fraud, the most is a delay."""
    policy = Policy.default()

    assert outcome_of(weigh(listed, size, policy), policy) <= Outcome.DELAY


@given(worlds())
@settings(max_examples=40)
def test_a_refusal_always_has_a_hard_fact(world):
    """Where the answer is no, a fact says why."""
    decision = decide(world)
    refusing = {finding.reason for finding in decision.findings if finding.at_least is Outcome.REFUSE}

    assert (decision.outcome is Outcome.REFUSE) is bool(refusing)
    assert refusing <= FACTS


@given(worlds(), st.sampled_from(Standing))
@settings(max_examples=24)
def test_a_restricted_frozen_or_closed_account_is_refused_whatever_else_speaks_for_it(world, standing):
    """No history, verified name or small amount buys a way around a hard fact."""
    decision = decide(world.with_recipient(standing=standing))

    assert standing is Standing.NORMAL or decision.outcome is Outcome.REFUSE


@pytest.mark.parametrize("side", ["with_sender", "with_recipient"])
@pytest.mark.parametrize("status", RealNameStatus)
@pytest.mark.parametrize("standing", Standing)
def test_the_table_of_facts(side, status, standing):
    """Which status and standing of which party leads where, row by row."""
    refused = {Standing.FROZEN, Standing.CLOSED} | ({Standing.RECEIPTS_RESTRICTED} if side == "with_recipient" else set())
    decision = decide(getattr(quiet_world(), side)(real_name_status=status, standing=standing))
    expected = (
        Outcome.REFUSE
        if standing in refused or status is RealNameStatus.UNVERIFIED
        else Outcome.CHALLENGE
        if status is RealNameStatus.DOWNGRADED
        else Outcome.PROCEED
    )

    assert decision.outcome is expected


def test_no_signal_gives_weight_to_a_fact_or_a_floor_to_evidence():
    """A finding either is certain or has weight, never both."""
    world = quiet_world().with_recipient(real_name_status="downgraded", standing="frozen").with_transfer(amount="9000.00")
    evidence, policy = world.evidence(), Policy.default()

    for finding in (finding for signal in SIGNALS for finding in signal(evidence, policy)):
        assert isinstance(finding, Finding)
        assert (finding.hypothesis is None) is (finding.weight == 0.0)
        assert finding.at_least is Outcome.PROCEED or finding.hypothesis is None


@pytest.mark.parametrize(("amount", "outcome"), [("5000.00", Outcome.CHALLENGE), ("5000.01", Outcome.REFUSE)])
@pytest.mark.parametrize("side", ["with_sender", "with_recipient"])
def test_a_downgraded_party_is_refused_above_the_cap(amount, outcome, side):
    """Below the cap a downgraded party is challenged, above it refused."""
    world = getattr(quiet_world().with_transfer(amount=amount), side)(real_name_status="downgraded")

    assert decide(world).outcome is outcome
