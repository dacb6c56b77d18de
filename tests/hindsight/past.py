# SPDX-License-Identifier: Apache-2.0
"""A past to look back into: small worlds that one guard decided."""

from transferguard import Guard
from transferguard.store import MemoryStore
from transferguard.testing.builders import NOW, SENDER, account, paid, quiet_world
from transferguard.testing.host import InMemoryHost, MovableClock


def scenes():
    """Worlds by transfer id: an old friend, a copied friend, a stranger, a stranger without a verified name, a frozen one."""
    quiet = quiet_world()
    made = {
        "friend": quiet,
        "copied": quiet.to(account("u-copied", "思远", verified_name="毕小川", created_at=None)),
        "asking": quiet.to(account("u-asking", "财务客服", verified_name="王五")),
        "nameless": quiet.to(account("u-nameless", "路人", verified_name=None)).with_transfer(amount="5000.00"),
        "frozen": quiet.to(account("u-frozen", "林一", standing="frozen")),
        "stranger": quiet.to(account("u-stranger", "旺财数码", verified_name="陈小红")).with_transfers(paid("u-stranger", days=3)),
    }
    return {name: world.with_transfer(id=name) for name, world in made.items()}


def decided(store=None, *, policy=None, worlds=None):
    """A store in which a guard has decided all of the worlds, an hour apart."""
    store = store or MemoryStore()
    clock = MovableClock(NOW)
    for world in (scenes() if worlds is None else worlds).values():
        guard = Guard(directory=InMemoryHost(world.facts()), store=store, policy=policy, clock=clock)
        guard.check(world.transfer, conversation=world.conversation)
        clock.move(hours=1)
    return store


__all__ = ["SENDER", "decided", "scenes"]
