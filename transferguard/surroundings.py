# SPDX-License-Identifier: Apache-2.0
"""Whom has this sender chosen and paid, and how are they indexed?

The costly part of a check, kept between checks as long as the directory says that nothing about it changed. When something did
change, everything is read anew, and the index is built anew only if somebody looks different.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from transferguard.circle import Circle, look_of
from transferguard.collecting import collect_now, without_collecting
from transferguard.enrolment import Enrolment
from transferguard.errors import WorldError
from transferguard.model import Contact, PastTransfer, TransferState, Unavailable
from transferguard.seams import Directory, KeepsPictures, RemembersNames

T = TypeVar("T")

MAX_CACHED_MEMBERS: Final = 10_000
"""People in all circles that are kept between checks; at up to 56 KB each (measured, docs/benchmarks.md) about half a gigabyte."""


MANY: Final = 1_500
"""People above which making the circle takes a second, so that what the next checks would wait for is done at once: as
`avatars.index.READ_ONCE` says of its pictures."""


def asked(question: Callable[[], Sequence[T] | Collection[T] | Unavailable]) -> tuple[T, ...] | Unavailable:
    """The answer of a seam as a tuple, or why there is none."""
    try:
        answer = question()
    except WorldError as error:
        return Unavailable(type(error).__name__)
    return answer if isinstance(answer, Unavailable) else tuple(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everybody around one sender.

    Args:
        owner: The sender's account id.
        contacts: The sender's entries by account id; of several for one account the one that was first.
        sent: Transfers that the sender made.
        paid: The same, by recipient.
        circle: The index over all of them.
    """

    owner: str
    contacts: Mapping[str, Contact] | Unavailable
    sent: tuple[PastTransfer, ...] | Unavailable
    paid: Mapping[str, tuple[PastTransfer, ...]]
    circle: Circle | Unavailable

    def contact(self, account: str) -> Contact | None:
        """The sender's entry for this account."""
        return None if isinstance(self.contacts, Unavailable) else self.contacts.get(account)


def circle_ids(
    contacts: Mapping[str, Contact] | Unavailable, sent: Iterable[PastTransfer] | Unavailable, owner: str
) -> frozenset[str] | Unavailable:
    """Which accounts belong to the circle: contacts, and people paid before; never those who merely wrote to the sender."""
    if isinstance(contacts, Unavailable) and isinstance(sent, Unavailable):
        return contacts
    chosen = set() if isinstance(contacts, Unavailable) else set(contacts)
    paid = set() if isinstance(sent, Unavailable) else {past.recipient for past in sent if past.state is TransferState.SETTLED}
    return frozenset((chosen | paid) - {owner})


class Neighbourhoods:
    """The surroundings of senders, kept between checks; the least recently used are given up first.

    Args:
        directory: Whom the host knows.
        enrolment: Fingerprints of pictures.
        limit: People in all circles together.
    """

    def __init__(self, directory: Directory, enrolment: Enrolment, *, limit: int = MAX_CACHED_MEMBERS) -> None:
        self._directory = directory
        self._enrolment = enrolment
        self._limit = limit
        self._kept: OrderedDict[str, tuple[str, Surroundings]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, owner: str) -> Surroundings:
        """Everybody around this sender, as the directory knows them at this moment.

        Args:
            owner: The sender's account id.
        """
        # The version is asked for first: a change in between makes the next check read again, and nothing stale is kept.
        version = self._version(owner)
        with self._lock:
            kept_version, kept = self._kept.get(owner, ("", None))
            if kept is not None and kept_version == version:
                self._kept.move_to_end(owner)
                return kept
        found = self._read(owner, kept)
        if isinstance(version, str) and isinstance(found.circle, Circle):
            self._keep(owner, version, found)
        return found

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()

    def _version(self, owner: str) -> str | Unavailable:
        try:
            return self._directory.circle_version(owner)
        except WorldError as error:
            return Unavailable(type(error).__name__)

    def _keep(self, owner: str, version: str, found: Surroundings) -> None:
        with self._lock:
            self._kept[owner] = (version, found)
            self._kept.move_to_end(owner)
            while len(self._kept) > 1 and sum(_size(one) for _, one in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)

    def _read(self, owner: str, kept: Surroundings | None) -> Surroundings:
        listed = asked(lambda: self._directory.contacts(owner))
        contacts = listed if isinstance(listed, Unavailable) else _by_account(listed, owner)
        known = asked(lambda: self._directory.transfers(owner))
        sent = known if isinstance(known, Unavailable) else tuple(past for past in known if past.sender == owner)
        paid: defaultdict[str, list[PastTransfer]] = defaultdict(list)
        for past in () if isinstance(sent, Unavailable) else sent:
            paid[past.recipient].append(past)
        by_recipient = {account: tuple(transfers) for account, transfers in paid.items()}
        circle = self._circle(owner, circle_ids(contacts, sent, owner), contacts, paid=by_recipient, kept=kept)
        return Surroundings(owner=owner, contacts=contacts, sent=sent, paid=by_recipient, circle=circle)

    def _circle(
        self,
        owner: str,
        ids: frozenset[str] | Unavailable,
        contacts: Mapping[str, Contact] | Unavailable,
        *,
        paid: Mapping[str, tuple[PastTransfer, ...]],
        kept: Surroundings | None,
    ) -> Circle | Unavailable:
        if isinstance(ids, Unavailable):
            return ids
        try:
            found = (
                self._directory.accounts_without_pictures(ids)
                if isinstance(self._directory, KeepsPictures)
                else self._directory.accounts(ids)
            )
            known = kept.circle if kept is not None and isinstance(kept.circle, Circle) else None
            names = self._directory.enrolled_names(owner, ids) if known is None and isinstance(self._directory, RemembersNames) else {}
        except WorldError as error:
            return Unavailable(type(error).__name__)
        with without_collecting():
            pictures = self._enrolment.pictures_left_out(found.values())
        if pictures is None:
            told = asked(lambda: self._directory.accounts(ids).values())
            if isinstance(told, Unavailable):
                return told
            found, pictures = {account.id: account for account in told}, self._enrolment.pictures(told)
        entries = {} if isinstance(contacts, Unavailable) else contacts
        with without_collecting():
            looks = [look_of(one, entries.get(one.id), paid.get(one.id, ()), pictures=pictures[one.id]) for one in found.values()]
            if known is not None:
                return known if known.consists_of(looks) else known.changed_to(looks)
            circle = Circle(looks, enrolled=names)
        if len(looks) > MANY:
            _settle()
        return circle


def _settle() -> None:
    """Take upon this check what the next one would wait for: at 5,000 people 0.08 s of collecting and 0.1 s of loading tables."""
    from transferguard.names.ready import make_ready  # noqa: PLC0415 - only where a circle is large

    make_ready()
    collect_now()


def _by_account(listed: Iterable[Contact], owner: str) -> dict[str, Contact]:
    """The owner's entries by account; of several the one with the earliest date, and an undated one last."""
    mine = sorted(
        (contact for contact in listed if contact.owner == owner),
        key=lambda contact: (not isinstance(contact.since, datetime), str(contact.since), str(contact.remark)),
    )
    return {contact.account: contact for contact in reversed(mine)}


def _size(surroundings: Surroundings) -> int:
    return 0 if isinstance(surroundings.circle, Unavailable) else len(surroundings.circle)
