# SPDX-License-Identifier: Apache-2.0
"""The same guard for asyncio: every answer is worked out in a worker thread by `Guard` itself, so nothing is decided twice.

A directory whose methods are coroutines is awaited on the loop that asked; everything else is the ordinary directory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import wait
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

from transferguard.embedded import audit_log, embedded_parts
from transferguard.errors import TooSlow
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.guard import Guard
from transferguard.model import Account, Contact, Fact, Message, PastTransfer, Report, Transfer, Unavailable
from transferguard.policy import Policy
from transferguard.seams import Clock, Directory, Identities, Keys, Store

if TYPE_CHECKING:
    from transferguard.codes import Label
    from transferguard.decision import Decision
    from transferguard.receipt import Receipt
    from transferguard.watching import Observer
    from transferguard.witness import Log

T = TypeVar("T")


class AsyncDirectory(Protocol):
    """`seams.Directory` with coroutines; derive from it to inherit the defaults."""

    async def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids; an id that nobody knows is left out."""
        ...

    async def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """Everybody whom the owner chose to know."""
        return Unavailable("not offered by this directory")

    async def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Past transfers that the account sent or received."""
        return Unavailable("not offered by this directory")

    async def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about the account."""
        return Unavailable("not offered by this directory")

    async def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands."""
        return Unavailable("not offered by this directory")

    async def circle_version(self, owner: str) -> str | Unavailable:
        """A text that changes whenever the owner's circle does."""
        return Unavailable("not offered by this directory")


class _OnLoop(Directory):
    """An asynchronous directory, asked from a worker thread.

    Args:
        directory: Whose methods are coroutines.
        patience: Seconds after which a coroutine that hangs is cancelled.
    """

    def __init__(self, directory: AsyncDirectory, *, patience: float) -> None:
        self._directory = directory
        self._patience = patience
        self.loop: asyncio.AbstractEventLoop | None = None

    def _wait(self, answer: Coroutine[Any, Any, T]) -> T:
        if self.loop is None:
            answer.close()
            msg = "an asynchronous directory is asked through AsyncGuard's methods only"
            raise RuntimeError(msg)
        answering = asyncio.run_coroutine_threadsafe(answer, self.loop)
        done, _ = wait([answering], timeout=self._patience)
        if not done:
            answering.cancel()
            raise TooSlow("directory")
        return answering.result()

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        return self._wait(self._directory.accounts(ids))

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        return self._wait(self._directory.contacts(owner))

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        return self._wait(self._directory.transfers(account))

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        return self._wait(self._directory.reports(account))

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        return self._wait(self._directory.accounts_of(identity))

    def circle_version(self, owner: str) -> str | Unavailable:
        return self._wait(self._directory.circle_version(owner))


class AsyncGuard:
    """`Guard` for asyncio; see there for what each method answers and raises.

    Args:
        directory: The host's own, with ordinary methods or with coroutines.
        store: As for `Guard`.
        policy: As for `Guard`.
        keys: As for `Guard`.
        clock: As for `Guard`.
        shadow: As for `Guard`.
        observer: As for `Guard`; it is called in worker threads.
        audit: As for `Guard`.
        identities: As for `Guard`; asked in worker threads.
    """

    def __init__(  # noqa: PLR0913 - one keyword per seam
        self,
        *,
        directory: Directory | AsyncDirectory | None = None,
        store: Store | None = None,
        policy: Policy | None = None,
        keys: Keys | None = None,
        clock: Clock | None = None,
        shadow: Policy | None = None,
        observer: Observer | None = None,
        audit: Log | None = None,
        identities: Identities | None = None,
    ) -> None:
        self._on_loop: _OnLoop | None = None
        if directory is not None and asyncio.iscoroutinefunction(directory.accounts):
            patience = (policy or Policy.default()).spans.check_seconds
            self._on_loop = _OnLoop(cast("AsyncDirectory", directory), patience=patience)
        asked = self._on_loop or cast("Directory | None", directory)
        self._guard = Guard(
            directory=asked,
            store=store,
            policy=policy,
            keys=keys,
            clock=clock,
            shadow=shadow,
            observer=observer,
            audit=audit,
            identities=identities,
        )

    @classmethod
    def embedded(
        cls, path: str | Path, *, policy: Policy | None = None, clock: Clock | None = None, audit: str | Path | None = None
    ) -> Self:
        """As `Guard.embedded`."""
        store, keys = embedded_parts(path)
        return cls(store=store, policy=policy, keys=keys, clock=clock, audit=audit_log(audit, keys))

    async def observe(self, fact: Fact, *, at: datetime | None = None) -> None:
        """As `Guard.observe`."""
        await self._run(lambda: self._guard.observe(fact, at=at))

    async def check(self, transfer: Transfer, *, conversation: Sequence[Message] | Unavailable = NOT_HANDED_OVER) -> Decision:
        """As `Guard.check`."""
        return await self._run(lambda: self._guard.check(transfer, conversation=conversation))

    async def public_answer(self, transfer: Transfer, *, locale: str = "en") -> dict[str, Any]:
        """As `Guard.public_answer`."""
        return await self._run(lambda: self._guard.public_answer(transfer, locale=locale))

    async def confirm(self, decision_id: str, *, acknowledged: bool = False, typed_name: str | None = None) -> Receipt:
        """As `Guard.confirm`."""
        return await self._run(lambda: self._guard.confirm(decision_id, acknowledged=acknowledged, typed_name=typed_name))

    async def prepare(self, sender: str, recipient: str) -> None:
        """As `Guard.prepare`."""
        await self._run(lambda: self._guard.prepare(sender, recipient))

    async def cancel(self, decision_id: str) -> None:
        """As `Guard.cancel`."""
        await self._run(lambda: self._guard.cancel(decision_id))

    async def release(self, decision_id: str, *, conversation: Sequence[Message] | Unavailable = NOT_HANDED_OVER) -> Decision:
        """As `Guard.release`."""
        return await self._run(lambda: self._guard.release(decision_id, conversation=conversation))

    async def redeem(self, token: str, transfer: Transfer | None = None) -> Receipt:
        """As `Guard.redeem`."""
        return await self._run(lambda: self._guard.redeem(token, transfer))

    async def feedback(self, decision_id: str, label: Label | str, *, at: datetime | None = None) -> None:
        """As `Guard.feedback`."""
        await self._run(lambda: self._guard.feedback(decision_id, label, at=at))

    async def forget(self, account: str) -> int:
        """As `Guard.forget`."""
        return await self._run(lambda: self._guard.forget(account))

    async def expire(self) -> int:
        """As `Guard.expire`."""
        return await self._run(self._guard.expire)

    async def seal_again(self) -> int:
        """As `Guard.seal_again`."""
        return await self._run(self._guard.seal_again)

    def public_keys(self) -> Mapping[str, Any]:
        """As `Guard.public_keys`."""
        return self._guard.public_keys()

    async def close(self) -> None:
        """As `Guard.close`."""
        await self._run(self._guard.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def _run(self, work: Callable[[], T]) -> T:
        if self._on_loop is not None:
            self._on_loop.loop = asyncio.get_running_loop()
        return await asyncio.to_thread(work)
