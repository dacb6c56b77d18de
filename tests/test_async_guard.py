# SPDX-License-Identifier: Apache-2.0
"""AsyncGuard answers what Guard answers, whatever kind of directory the host has, without holding up the loop."""

import asyncio
import inspect
import threading
import time

import pytest
from hypothesis import given, settings

from tests.strategies import worlds
from transferguard import AsyncGuard, Guard, Unavailable
from transferguard.async_guard import AsyncDirectory
from transferguard.errors import ConfirmationRefused, ReceiptRefused, StoreError, TransferConflict, UnknownAccount, UnknownDecision
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.policy import Policy
from transferguard.testing.builders import account, contact, quiet_world
from transferguard.testing.host import InMemoryHost, MovableClock


class CoroutineHost(AsyncDirectory):
    """A host whose every answer is awaited, as one with an asynchronous database has them."""

    def __init__(self, host):
        self.host = host
        self.asked_in = set()

    def _note(self):
        self.asked_in.add(threading.get_ident())

    async def accounts(self, ids):
        """As the host says, after a breath."""
        self._note()
        await asyncio.sleep(0)
        return self.host.accounts(ids)

    async def contacts(self, owner):
        """As the host says."""
        self._note()
        return self.host.contacts(owner)

    async def transfers(self, account_id):
        """As the host says."""
        return self.host.transfers(account_id)

    async def reports(self, account_id):
        """As the host says."""
        return self.host.reports(account_id)

    async def accounts_of(self, identity):
        """As the host says."""
        return self.host.accounts_of(identity)

    async def circle_version(self, owner):
        """As the host says."""
        return self.host.circle_version(owner)


class AccountsOnly(AsyncDirectory):
    """The least that an asynchronous host can offer."""

    def __init__(self, host):
        self.host = host

    async def accounts(self, ids):
        """As the host says."""
        return self.host.accounts(ids)


class SlowHost(InMemoryHost):
    """A host whose look-ups take their time in the calling thread."""

    def accounts(self, ids):
        """As the host says, later."""
        time.sleep(0.2)
        return super().accounts(ids)


def guard_of(world, directory=None):
    """An asynchronous guard in front of a world."""
    return AsyncGuard(directory=directory or world.host(), policy=Policy.from_mapping(world.policy), clock=MovableClock(world.now))


def answer(world, directory=None):
    """What the asynchronous guard says."""

    async def ask():
        async with guard_of(world, directory) as guard:
            return await guard.check(world.transfer, conversation=world.conversation or NOT_HANDED_OVER)

    return asyncio.run(ask())


@given(worlds())
@settings(max_examples=10)
def test_both_guards_decide_alike(world):
    """Byte for byte the same decision, with an ordinary directory and with one of coroutines."""
    expected = world.decide().to_json()

    assert answer(world).to_json() == expected
    assert answer(world, CoroutineHost(world.host())).to_json() == expected


def test_coroutines_of_the_host_run_on_its_own_loop():
    """A connection pool that belongs to the loop is used from the loop and from nowhere else."""
    world = quiet_world()
    host = CoroutineHost(world.host())
    answer(world, host)

    assert host.asked_in == {threading.get_ident()}


def test_an_asynchronous_host_may_offer_accounts_alone():
    """What it does not offer is Unavailable, and the decision says so."""
    world = quiet_world()
    decision = answer(world, AccountsOnly(world.host()))

    assert any("not offered by this directory" in fact for fact in decision.unavailable)


def test_the_loop_goes_on_while_a_check_is_worked_out():
    """A slow store holds up nobody else."""
    world = quiet_world()

    async def ask():
        beats = 0
        check = asyncio.create_task(guard_of(world, SlowHost(world.facts())).check(world.transfer))
        while not check.done():
            await asyncio.sleep(0.01)
            beats += 1
        return beats

    assert asyncio.run(ask()) > 3


def test_errors_pass_through():
    """A mistake of the caller and a fault of the world are the same errors as without asyncio."""
    world = quiet_world()
    host = world.host()

    async def ask():
        guard = guard_of(world, host)
        with pytest.raises(UnknownAccount):
            await guard.check(world.with_transfer(recipient="nobody").transfer)
        with pytest.raises(UnknownDecision):
            await guard.confirm("d-none")
        host.away["accounts"] = StoreError("away")
        with pytest.raises(StoreError):
            await guard.check(world.transfer)

    asyncio.run(ask())


def test_the_whole_way_from_observing_to_redeeming(tmp_path):
    """Observe, check, confirm and redeem work on a file, as for the guard without asyncio."""
    world = quiet_world()

    async def walk():
        async with AsyncGuard.embedded(tmp_path / "guard.db", clock=MovableClock(world.now)) as guard:
            for fact in world.facts():
                await guard.observe(fact, at=world.now)
            decision = await guard.check(world.transfer)
            with pytest.raises(ConfirmationRefused):
                await guard.release(decision.id)
            receipt = await guard.confirm(decision.id)
            with pytest.raises(TransferConflict):
                await guard.cancel(decision.id)
            assert guard.public_keys()["keys"]
            assert (await guard.redeem(receipt.token)).transfer_id == world.transfer.id
            with pytest.raises(ReceiptRefused):
                await guard.redeem(receipt.token)

    asyncio.run(walk())


def test_one_guard_serves_many_at_once(tmp_path):
    """Twenty checks at the same time, of one file and one circle, each get the answer that they would get alone."""
    world = quiet_world().with_friend(account("li", "李思远", verified_name="李思远"))
    transfers = [world.with_transfer(id=f"t-{number}").transfer for number in range(20)]

    async def ask():
        async with AsyncGuard.embedded(tmp_path / "guard.db", clock=MovableClock(world.now)) as guard:
            for fact in (*world.facts(), contact("li")):
                await guard.observe(fact, at=world.now)
            return await asyncio.gather(*(guard.check(transfer) for transfer in transfers))

    decisions = asyncio.run(ask())

    assert [decision.transfer_id for decision in decisions] == [transfer.id for transfer in transfers]
    assert len({decision.outcome for decision in decisions}) == 1


def test_a_directory_of_coroutines_is_asked_through_the_guard_only():
    """Outside of a running guard there is no loop to ask on, and that is said instead of waiting for ever."""
    world = quiet_world()
    guard = guard_of(world, CoroutineHost(world.host()))

    with pytest.raises(RuntimeError, match="AsyncGuard"):
        guard._guard.check(world.transfer)


def test_the_twins_have_the_same_methods():
    """What one can do the other can, with the same arguments."""

    def surface(kind):
        public = {name: method for name, method in inspect.getmembers(kind, callable) if not name.startswith("_")}
        return {name: set(inspect.signature(method).parameters) - {"self"} for name, method in public.items()}

    synchronous, asynchronous = surface(Guard), surface(AsyncGuard)

    assert synchronous.keys() == asynchronous.keys()
    assert {name for name in synchronous if name != "embedded" and synchronous[name] != asynchronous[name]} == set()


def test_the_defaults_of_an_asynchronous_directory_say_not_offered():
    """A host writes the methods that it can answer, and inherits an honest answer for the rest."""

    async def ask():
        directory = AccountsOnly(None)
        return [
            await question("x")
            for question in (directory.contacts, directory.transfers, directory.reports, directory.accounts_of, directory.circle_version)
        ]

    assert all(isinstance(answered, Unavailable) for answered in asyncio.run(ask()))
