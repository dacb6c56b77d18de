# SPDX-License-Identifier: Apache-2.0
"""What a host says afterwards is kept, once, and only about what was decided."""

import asyncio
from datetime import timedelta

import pytest

from transferguard import AsyncGuard, Guard
from transferguard.codes import Label
from transferguard.errors import InvalidInput, UnknownDecision
from transferguard.keys import LocalKeys
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.builders import NOW, quiet_world
from transferguard.testing.host import MovableClock


class Forgetful:
    """A store of a host's own that decides, and cannot be looked back into."""

    LEFT_OUT = frozenset({"label", "labels", "decisions", "count_decisions", "keep_policy", "policy"})

    def __init__(self):
        self._store = MemoryStore()

    def __getattr__(self, name):
        if name in self.LEFT_OUT:
            raise AttributeError(name)
        return getattr(self._store, name)


def test_feedback_is_durable_and_idempotent(tmp_path):
    """After a restart it is there, and a retry changes nothing."""
    world, path = quiet_world(), tmp_path / "guard.db"
    clock = MovableClock(NOW)
    with Guard.embedded(path, directory=world.host(), clock=clock) as guard:
        decision = guard.check(world.transfer)
        guard.feedback(decision.id, "honest", at=NOW)
        guard.feedback(decision.id, Label.HONEST, at=NOW)
    store = SqlStore.open(path, secret=LocalKeys.open(f"{path}.keys").secret())
    kept = store.labels()
    store.close()

    assert [(one.label, one.at) for one in kept.values()] == [(Label.HONEST, NOW)]


def test_the_later_word_holds():
    """A complaint that turns out to be mistaken is taken back, whichever arrives first."""
    world, store, clock = quiet_world(), MemoryStore(), MovableClock(NOW)
    guard = world.guard(store=store, clock=clock)
    decision = guard.check(world.transfer)
    guard.feedback(decision.id, Label.HONEST, at=NOW + timedelta(days=9))
    guard.feedback(decision.id, Label.SCAM)

    assert store.labels()[decision.id].label is Label.HONEST


def test_feedback_is_about_something():
    """An unknown decision, an unknown label and a naive time are the caller's mistakes; nothing is kept of them."""
    world, store = quiet_world(), MemoryStore()
    guard = world.guard(store=store)
    decision = guard.check(world.transfer)

    with pytest.raises(UnknownDecision):
        guard.feedback("d-unknown", Label.FRAUD)
    with pytest.raises(InvalidInput, match="label: is not a known value; use one of honest, fraud"):
        guard.feedback(decision.id, "dishonest")
    with pytest.raises(InvalidInput, match="at: has no time zone"):
        guard.feedback(decision.id, Label.FRAUD, at=NOW.replace(tzinfo=None))
    assert store.labels() == {}


def test_a_store_that_cannot_look_back_still_decides():
    """And says what it lacks when it is asked to learn."""
    world = quiet_world()
    guard = world.guard(store=Forgetful())
    decision = guard.check(world.transfer)

    with pytest.raises(InvalidInput, match=r"keeps no labels; implement seams\.Archive"):
        guard.feedback(decision.id, Label.FRAUD)


def test_the_asynchronous_guard_takes_feedback_too():
    """The same words, awaited."""
    world, store = quiet_world(), MemoryStore()

    async def tell():
        guard = AsyncGuard(directory=world.host(), store=store, clock=MovableClock(NOW))
        decision = await guard.check(world.transfer)
        await guard.feedback(decision.id, Label.HONEST)

    asyncio.run(tell())
    assert [one.label for one in store.labels().values()] == [Label.HONEST]
