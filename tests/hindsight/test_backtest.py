# SPDX-License-Identifier: Apache-2.0
"""What another policy would have done."""

import pytest

from tests.hindsight.past import decided, scenes
from transferguard.codes import Label, Outcome
from transferguard.hindsight import Backtesting, Difference, Direction
from transferguard.policy import Policy
from transferguard.store import SqlStore
from transferguard.testing.builders import NOW
from transferguard.testing.host import MovableClock

BLIND = {"threshold": {"warn": 0.999997, "challenge": 0.999998, "delay": 0.999998}}


def run(store, policy, labels=None):
    """All records under another policy."""
    backtesting = Backtesting(Policy.from_mapping(policy), labels or {})
    for record in store.decisions():
        backtesting.take(record)
    return backtesting.result()


def case(live, candidate, **more):
    """One difference."""
    return Difference(
        decision_id="d",
        transfer_id="t",
        live=Outcome(live),
        candidate=Outcome(candidate),
        live_probability=0.1,
        candidate_probability=0.2,
        reason="stranger",
        **more,
    )


@pytest.mark.parametrize(
    ("live", "candidate", "direction"),
    [
        ("proceed", "challenge", "newly_stopped"),
        ("warn", "delay", "newly_stopped"),
        ("challenge", "warn", "let_through"),
        ("proceed", "warn", "newly_warned"),
        ("warn", "proceed", "no_longer_warned"),
        ("challenge", "delay", "stricter"),
        ("delay", "challenge", "milder"),
        ("warn", "warn", "same"),
    ],
)
def test_a_move_has_a_direction(live, candidate, direction):
    """Stopped is a challenge or more."""
    assert case(live, candidate).direction is Direction(direction)


def test_what_contradicts_a_label_is_told_first():
    """Then the longest jump, then the largest change of probability."""
    mistaken = case("challenge", "warn", label=Label.MULE)
    long, short = case("proceed", "refuse", label=Label.SCAM), case("proceed", "warn")

    assert mistaken.is_worse
    assert not long.is_worse
    assert case("proceed", "warn", label=Label.HONEST).is_worse
    assert sorted([short, long, mistaken], key=lambda one: one.telling, reverse=True) == [mistaken, long, short]


def test_the_same_policy_changes_nothing():
    """Every transfer counts, none moves."""
    result = run(decided(), {})

    assert result.transfers == len(scenes())
    assert result.live == result.candidate
    assert not any(result.moved.values())
    assert result.telling == ()
    assert result.stopped(result.live) == result.stopped(result.candidate) > 0


def test_who_would_be_let_through_is_counted_by_reason():
    """With what the transfers turned out to be, where somebody said."""
    store = decided()
    copied = next(record.decision for record in store.decisions() if record.transfer.id == "copied")
    result = run(store, BLIND, {copied.id: Label.IMPOSTURE})
    told = result.to_dict()

    assert copied.outcome >= Outcome.CHALLENGE
    assert result.telling[0].transfer_id == "copied"
    assert result.labelled[Direction.LET_THROUGH] == (0, 1)
    assert told["moved"]["let_through"]
    assert told["telling"][0]["label"] == "imposture"
    assert result.candidate[Outcome.REFUSE] == result.live[Outcome.REFUSE] == 1  # facts know no policy


def test_a_transfer_counts_once_by_its_last_check_before_a_wait():
    """A policy is not judged by what came of a wait that it might not have asked for."""
    store, clock = decided(worlds={}), MovableClock(NOW)
    world = scenes()["nameless"]
    guard = world.guard(store=store, clock=clock)
    first = guard.check(world.transfer)
    assert first.outcome is Outcome.DELAY
    clock.show(first.retry_at)
    guard.release(first.id)

    result = run(store, {})

    assert store.count_decisions() == 2
    assert result.transfers == 1
    assert dict(result.live) == {Outcome.DELAY: 1}


def test_records_without_evidence_are_counted_apart(tmp_path):
    """Nothing is claimed about them."""
    store = decided(SqlStore.open(tmp_path / "guard.db", secret=None))
    result = run(store, BLIND)
    store.close()

    assert (result.transfers, result.without_evidence) == (0, len(scenes()))
    assert result.stopped(result.live) == 0.0
