# SPDX-License-Identifier: Apache-2.0
"""A host in memory, and a clock that moves when it is told to.

Small but real: a directory that answers from dictionaries and can be told to fail, so that a test sees what the guard does when a
service of the host is away. Worlds to put into it come from `transferguard.testing.builders`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from transferguard.errors import WorldError
from transferguard.model import Account, Contact, Fact, PastTransfer, Report, Unavailable
from transferguard.seams import Directory

T = TypeVar("T")


class MovableClock:
    """A clock that stands still until it is moved.

    Args:
        at: What it shows first; aware.
    """

    def __init__(self, at: datetime = datetime(2026, 11, 22, 10, tzinfo=UTC)) -> None:
        self._at = at

    def now(self) -> datetime:
        """What the clock shows."""
        return self._at

    def move(self, **span: float) -> datetime:
        """Move it, by the words of `timedelta`: `clock.move(minutes=11)`; returns what it shows then."""
        self._at += timedelta(**span)
        return self._at

    def show(self, at: datetime) -> None:
        """Set it to a moment, also an earlier one."""
        self._at = at


class InMemoryHost(Directory):
    """Everything that a host knows, in dictionaries.

    Args:
        facts: Accounts, contacts, past transfers and reports, in any order; of two with the same key the later stands.

    Attributes:
        away: What cannot be asked now, by the name of the question: an `Unavailable` is answered, an error is raised.
            `host.away["reports"] = Unavailable("maintenance")`.
        versioned: Whether `circle_version` tells when a circle changed; without, the guard reads the circle at every check.
    """

    def __init__(self, facts: Iterable[Fact] = (), *, versioned: bool = True) -> None:
        self.away: dict[str, Unavailable | WorldError] = {}
        self.versioned = versioned
        self._revision = 0
        self._accounts: dict[str, Account] = {}
        self._contacts: dict[tuple[str, str], Contact] = {}
        self._transfers: dict[str, PastTransfer] = {}
        self._reports: dict[str, Report] = {}
        self.put(*facts)

    def put(self, *facts: Fact) -> None:
        """Know these facts from now on."""
        for fact in facts:
            match fact:
                case Account():
                    self._accounts[fact.id] = fact
                case Contact():
                    self._contacts[fact.owner, fact.account] = fact
                case PastTransfer():
                    self._transfers[fact.id] = fact
                case Report():
                    self._reports[fact.id] = fact
            self._revision += 1

    def forget(self, *facts: Fact) -> None:
        """Know them no longer; one that was not known is no error."""
        shelves: tuple[dict[Any, Any], ...] = (self._accounts, self._contacts, self._transfers, self._reports)
        for shelf in shelves:
            for key in [key for key, fact in shelf.items() if fact in facts]:
                del shelf[key]
        self._revision += 1

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids; an id that nobody knows is left out."""
        away = self.away.get("accounts")
        if isinstance(away, WorldError):
            raise away
        return {known: self._accounts[known] for known in ids if known in self._accounts}

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """Everybody whom the owner chose to know."""
        return self._answer("contacts", [contact for contact in self._contacts.values() if contact.owner == owner])

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Past transfers that the account sent or received."""
        return self._answer("transfers", [past for past in self._transfers.values() if account in {past.sender, past.recipient}])

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about the account."""
        return self._answer("reports", [report for report in self._reports.values() if report.account == account])

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands."""
        return self._answer("accounts_of", sorted(account.id for account in self._accounts.values() if account.identity == identity))

    def circle_version(self, owner: str) -> str | Unavailable:  # noqa: ARG002 - one number stands for all circles
        """How often this host was told something; another number is another circle."""
        return self._answer("circle_version", str(self._revision) if self.versioned else Unavailable("not offered by this host"))

    def _answer(self, question: str, answer: T) -> T | Unavailable:
        away = self.away.get(question)
        if isinstance(away, WorldError):
            raise away
        return answer if away is None else away
