# SPDX-License-Identifier: Apache-2.0
"""The world of a case: one transfer to check, and everything known around it.

What a field may hold is declared in `transferguard.model`; here stands only what a case adds to those types, and that it hangs
together: no id stands twice, and every account spoken of is there. Facts that lie after `now` are kept, as the clocks of a real
host differ too: the guard judges them, not the case.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from transferguard.errors import InvalidInput
from transferguard.model import Account, Contact, Instant, Maybe, Message, PastTransfer, Report, Transfer, Unavailable, value
from transferguard.policy import Policy
from transferguard.seams import Directory

T = TypeVar("T")


@value
class Case:
    """One transfer to check, and everything known about the world around it.

    Args:
        now: When the sender opened the confirmation screen.
        accounts: Everybody who is spoken of.
        transfer: What the sender is about to confirm.
        contacts: Who chose whom.
        transfers: What was paid before.
        reports: Complaints.
        conversation: What is on the sender's screen.
        policy: Keys of the policy file that differ from the default.
    """

    now: Instant
    accounts: tuple[Account, ...]
    transfer: Transfer
    contacts: Maybe[tuple[Contact, ...]] = ()
    transfers: Maybe[tuple[PastTransfer, ...]] = ()
    reports: Maybe[tuple[Report, ...]] = ()
    conversation: Maybe[tuple[Message, ...]] = ()
    policy: dict[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        _forbid_doubles(self)
        _forbid_dangling(self)
        try:
            self.effective_policy()
        except InvalidInput as error:
            raise error if error.field == "policy" else error.within("policy") from None

    def effective_policy(self) -> Policy:
        """The default policy with this case's keys laid over it.

        Raises:
            InvalidPolicy: A key is unknown, of the wrong type, or contradicts another.
        """
        return Policy.from_mapping(self.policy)


class CaseDirectory(Directory):
    """The world of a case, asked as a host's directory is asked.

    Args:
        case: Checked already; a list that is Unavailable in it stays so.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._accounts = {account.id: account for account in case.accounts}

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids; an id that nobody knows is left out."""
        return {known: self._accounts[known] for known in ids if known in self._accounts}

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """Everybody whom the owner chose to know."""
        return _having(self._case.contacts, lambda contact: contact.owner == owner)

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Past transfers that the account sent or received."""
        return _having(self._case.transfers, lambda transfer: account in {transfer.sender, transfer.recipient})

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about the account."""
        return _having(self._case.reports, lambda report: report.account == account)

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands."""
        return frozenset(account.id for account in self._case.accounts if account.identity == identity)


def _having(facts: Sequence[T] | Unavailable, wanted: Callable[[T], bool]) -> Sequence[T] | Unavailable:
    return facts if isinstance(facts, Unavailable) else tuple(fact for fact in facts if wanted(fact))


def known(facts: Sequence[T] | Unavailable) -> Sequence[T]:
    """The facts, or none where they could not be had."""
    return () if isinstance(facts, Unavailable) else facts


# Does it hang together?


def _forbid_doubles(case: Case) -> None:
    """An id that stands twice has two meanings, and a contact chosen twice has two remarks."""
    named: Iterable[tuple[str, Sequence[Any], Callable[[Any], object]]] = (
        ("accounts", case.accounts, lambda account: account.id),
        ("transfers", known(case.transfers), lambda transfer: transfer.id),
        ("reports", known(case.reports), lambda report: report.id),
        ("contacts", known(case.contacts), lambda contact: (contact.owner, contact.account)),
    )
    for field, facts, key in named:
        count = Counter(key(fact) for fact in facts)
        at = next((index for index, fact in enumerate(facts) if count[key(fact)] > 1), None)
        if at is not None:
            last = max(index for index, fact in enumerate(facts) if key(fact) == key(facts[at]))
            what = "account" if field == "contacts" else "id"
            raise InvalidInput(f"{field}[{last}].{what}", f"stands already in {field}[{at}]", "give each its own")
    if any(case.transfer.id == past.id for past in known(case.transfers)):
        raise InvalidInput("transfer.id", "stands already in transfers", "a transfer to check has not been made yet")


def _forbid_dangling(case: Case) -> None:
    """Every account spoken of is there. Reporters are excepted: who complained need not be known otherwise."""
    known = {account.id for account in case.accounts}
    for field, spoken_of in _references(case):
        if spoken_of not in known:
            raise InvalidInput(field, "names an account that is not in accounts", "add the account or correct the id")


def _references(case: Case) -> Iterator[tuple[str, str]]:
    yield "transfer.sender", case.transfer.sender
    yield "transfer.recipient", case.transfer.recipient
    for index, contact in enumerate(known(case.contacts)):
        yield f"contacts[{index}].owner", contact.owner
        yield f"contacts[{index}].account", contact.account
    for index, transfer in enumerate(known(case.transfers)):
        yield f"transfers[{index}].sender", transfer.sender
        yield f"transfers[{index}].recipient", transfer.recipient
    for index, report in enumerate(known(case.reports)):
        yield f"reports[{index}].account", report.account
    for index, message in enumerate(known(case.conversation)):
        yield f"conversation[{index}].from", message.sender
