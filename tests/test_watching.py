# SPDX-License-Identifier: Apache-2.0
"""What stands beside the decisions changes none of them."""

import logging

import pytest

from transferguard import Guard, Outcome
from transferguard.hindsight import Direction
from transferguard.policy import Policy
from transferguard.store import MemoryStore
from transferguard.testing.builders import NOW, account, quiet_world
from transferguard.testing.host import InMemoryHost, MovableClock
from transferguard.watching import Observer

BLIND = Policy.from_mapping({"threshold": {"warn": 0.999997, "challenge": 0.999998, "delay": 0.999998}})
SMALL_WINDOW = {"alarm": {"window_transfers": 4, "least_transfers": 2, "least_share": 0.1, "most_share": 0.6}}


class Notebook(Observer):
    """Writes down what it is told."""

    def __init__(self):
        self.seen, self.alarms, self.failures = [], [], []

    def shadowed(self, seen):
        """One candidate's answer."""
        self.seen.append(seen)

    def alarmed(self, alarm):
        """One alarm."""
        self.alarms.append(alarm)

    def shadow_failed(self, kind):
        """One failure."""
        self.failures.append(kind)


class Clumsy(Observer):
    """Fails at everything it is told."""

    def shadowed(self, seen):
        """Fail, with a name in its hand."""
        raise RuntimeError(f"赵一鸣 {seen.decision.id}")

    def alarmed(self, alarm):
        """Fail, likewise."""
        raise RuntimeError(f"赵一鸣 {alarm.share}")


def guard_of(world, **parts):
    """A guard in front of a world."""
    return Guard(directory=InMemoryHost(world.facts()), store=MemoryStore(), clock=MovableClock(NOW), **parts)


def frozen():
    """A transfer that is stopped, by a fact."""
    return quiet_world().to(account("u-frozen", "林一", standing="frozen"))


def copied():
    """A transfer that is stopped, by evidence."""
    return quiet_world().to(account("u-copied", "思远", verified_name="毕小川"))


def test_the_shadow_judges_the_same_evidence_and_changes_nothing():
    """The host hears both answers; the sender gets the live one."""
    world, notebook = copied(), Notebook()

    decision = guard_of(world, shadow=BLIND, observer=notebook).check(world.transfer)

    (seen,) = notebook.seen
    assert decision.to_json() == guard_of(world).check(world.transfer).to_json()
    assert decision.outcome >= Outcome.CHALLENGE
    assert seen.difference.live is decision.outcome
    assert seen.difference.direction is Direction.LET_THROUGH
    assert seen.decision.policy == BLIND.digest


def test_what_observer_and_shadow_raise_never_reaches_the_host(caplog):
    """One line of the log names the kind of error, and no value."""
    world = frozen()
    clumsy = guard_of(world, shadow=BLIND, observer=Clumsy(), policy=Policy.from_mapping(SMALL_WINDOW))
    broken = Notebook()
    with caplog.at_level(logging.ERROR):
        for number in range(3):
            outcome = clumsy.check(world.with_transfer(id=f"t{number}").transfer).outcome
            assert outcome is Outcome.REFUSE
        assert guard_of(world, shadow="no policy", observer=broken).check(world.transfer).outcome is Outcome.REFUSE

    assert broken.failures == ["AttributeError"]
    assert "RuntimeError" in caplog.text
    assert "AttributeError" in caplog.text
    assert "赵一鸣" not in caplog.text


def test_without_an_observer_nobody_looks():
    """A shadow that reports to nobody is not asked."""
    world = frozen()

    assert guard_of(world, shadow="no policy").check(world.transfer).outcome is Outcome.REFUSE


def test_the_alarm_fires_once_when_the_share_leaves_its_band_and_once_when_it_is_back():
    """Over the last transfers, in their order; the silence in between is not an alarm."""
    quiet, stopped, notebook = quiet_world(), frozen(), Notebook()
    both = quiet.with_accounts(*stopped.accounts.values())
    guard = guard_of(both, observer=notebook, policy=Policy.from_mapping(SMALL_WINDOW))
    for number, transfer in enumerate([quiet, stopped, stopped, stopped, stopped, quiet, quiet, quiet, quiet, quiet, stopped]):
        guard.check(transfer.with_transfer(id=f"t{number}").transfer)

    told = [(alarm.share, alarm.transfers, alarm.over) for alarm in notebook.alarms]
    assert told == [(pytest.approx(2 / 3), 3, False), (0.5, 4, True), (0.0, 4, False), (0.25, 4, True)]
    assert (notebook.alarms[0].least, notebook.alarms[0].most) == (0.1, 0.6)


def test_a_transfer_that_is_checked_again_counts_once():
    """An edited amount is the same transfer; asking again must not raise an alarm."""
    world, notebook = frozen(), Notebook()
    guard = guard_of(world, observer=notebook, policy=Policy.from_mapping(SMALL_WINDOW))
    for amount in ("1.00", "2.00", "3.00"):
        guard.check(world.with_transfer(amount=amount).transfer)

    assert notebook.alarms == []
