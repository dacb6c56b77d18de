# SPDX-License-Identifier: Apache-2.0
"""Which facts were remembered, in dictionaries, and how does a directory read them back?

The half of `MemoryStore` that knows accounts, contacts, transfers and reports. What is known after several sightings is the
question of `store.sightings`; decisions and receipts are that of `store.memory`.
"""

from __future__ import annotations

import secrets
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from transferguard.model import Account, Contact, Fact, PastTransfer, Report, Unavailable
from transferguard.seams import Directory, Enrolled
from transferguard.store.codec import microseconds
from transferguard.store.sightings import (
    MAX_PICTURE_BYTES,
    PICTURE_TOO_LARGE,
    Kind,
    Sighting,
    fact_of,
    fold,
    knows,
    pictures_of,
    sight,
    summed_up,
    tells_the_circle,
)

T = TypeVar("T")
Key = tuple[str, ...]


class Shelves:
    """Facts by what they are about, and the look-up tables that a directory needs; one lock guards them all."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.known: dict[Kind, dict[Key, dict[str, Any]]] = {kind: {} for kind in Kind}
        self.pictures: dict[str, bytes | Unavailable] = {}
        self.contacts_of: dict[str, set[Key]] = defaultdict(set)
        self.transfers_of: dict[str, set[Key]] = defaultdict(set)
        self.reports_about: dict[str, set[Key]] = defaultdict(set)
        self.accounts_of: dict[str, set[str]] = defaultdict(set)
        self._name = secrets.token_hex(8)
        self._revisions: dict[str, int] = defaultdict(int)
        self._sightings: dict[tuple[Kind, Key], list[Sighting]] = {}
        self._choosers: dict[str, set[str]] = defaultdict(set)
        self._worn_by: dict[str, set[str]] = defaultdict(set)
        self._fingerprints: dict[str, bytes | Unavailable] = {}

    def remember(self, fact: Fact, at: datetime) -> None:
        """Keep an observed fact, seen at that moment."""
        self.remember_all([(fact, at)])

    def remember_all(self, seen: Iterable[tuple[Fact, datetime]]) -> None:
        """Keep many facts: all of them, or on any error none."""
        looks = [sight(fact, at) for fact, at in seen]
        with self.lock:
            for sighting, pictures in looks:
                self._keep(sighting, pictures)

    def _keep(self, sighting: Sighting, pictures: Mapping[str, bytes]) -> None:
        told = self._sightings.setdefault((sighting.kind, sighting.key), [])
        if sighting in told:
            return
        told.append(sighting)
        told.sort(key=lambda one: one.at)  # stable: at the same moment, the order of telling
        for digest, data in pictures.items():
            self.pictures[digest] = data if len(data) <= MAX_PICTURE_BYTES else PICTURE_TOO_LARGE
        if summary := summed_up(told):
            count, total = summary
            told[:count] = [total]
        before = self.known[sighting.kind].get(sighting.key, {})
        known = fold(told)
        if known != before:
            self.known[sighting.kind][sighting.key] = known
            self._file(sighting.kind, sighting.key, before, known)

    def _file(self, kind: Kind, key: Key, before: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Bring the look-up tables in step with what is known now."""
        if kind is Kind.ACCOUNT:
            account = key[0]
            _move(self.accounts_of, _values(before, "identity"), _values(known, "identity"), account)
            for digest in pictures_of(known):
                self._worn_by[digest].add(account)
            if tells_the_circle(before, known):
                self._turn(self._choosers[account])
        elif kind is Kind.CONTACT:
            owner, account = key
            self.contacts_of[owner].add(key)
            self._choosers[account].add(owner)
            self._turn([owner])
        elif kind is Kind.TRANSFER:
            _move(self.transfers_of, _values(before, "sender", "recipient"), _values(known, "sender", "recipient"), key)
            self._choosers[known["recipient"]].add(known["sender"])
            self._turn({before.get("sender", known["sender"]), known["sender"]})
        else:
            _move(self.reports_about, _values(before, "account"), _values(known, "account"), key)

    def _turn(self, owners: Collection[str]) -> None:
        for owner in owners:
            self._revisions[owner] += 1

    def enrolled(self, digests: Collection[str]) -> Mapping[str, Enrolled]:
        """Fingerprints by SHA-256 (hex) of the picture's bytes; digests never enrolled are left out."""
        with self.lock:
            return {
                digest: Enrolled(fingerprint=self._fingerprints[digest], wearers=self._wearers(digest))
                for digest in digests
                if digest in self._fingerprints
            }

    def wearers(self, digests: Collection[str]) -> Mapping[str, int]:
        """How many distinct identities wear each picture."""
        with self.lock:
            return {digest: self._wearers(digest) for digest in digests}

    def _wearers(self, digest: str) -> int:
        accounts = self.known[Kind.ACCOUNT]
        wearing = (accounts[(account,)] for account in self._worn_by.get(digest, ()))
        # Accounts cost nothing, identities do: whoever opens a thousand accounts must not make a stolen picture common.
        persons = {known["identity"] for known in wearing if known.get("avatar") == digest and knows(known, "identity")}
        return max(1, len(persons))

    def enrol(self, digest: str, fingerprint: bytes | Unavailable) -> None:
        """Keep a fingerprint, or why there is none."""
        with self.lock:
            if self._fingerprints.get(digest) != fingerprint:
                self._fingerprints[digest] = fingerprint
                choosers = [self._choosers[account] for account in self._worn_by.get(digest, ())]
                self._turn(set().union(*choosers))

    def erase(self, account: str) -> int:
        """Forget an account and every fact in which it stands; how many facts that were."""
        with self.lock:
            self._turn(self._choosers.pop(account, ()))
            concerned: list[tuple[Kind, Key]] = [(Kind.ACCOUNT, (account,))]
            concerned += [(Kind.CONTACT, key) for key in self.known[Kind.CONTACT] if account in key]
            for kind, roles in ((Kind.TRANSFER, ("sender", "recipient")), (Kind.REPORT, ("reporter", "account"))):
                concerned += [(kind, key) for key, known in self.known[kind].items() if account in _values(known, *roles)]
            gone = sum(self._drop(kind, key) for kind, key in concerned)
            for worn_by in self._worn_by.values():
                worn_by.discard(account)
            for choosers in self._choosers.values():
                choosers.discard(account)
            for digest in [digest for digest, worn_by in self._worn_by.items() if not worn_by]:
                for shelf in (self._worn_by, self.pictures, self._fingerprints):
                    shelf.pop(digest, None)
            return gone

    def _drop(self, kind: Kind, key: Key) -> int:
        known = self.known[kind].pop(key, None)
        self._sightings.pop((kind, key), None)
        if known is None:
            return 0
        for table, names in ((self.transfers_of, ("sender", "recipient")), (self.reports_about, ("account",))):
            for place in _values(known, *names):
                table[place].discard(key)
        if kind is Kind.CONTACT:
            self.contacts_of[key[0]].discard(key)
        if kind is Kind.ACCOUNT:
            _move(self.accounts_of, _values(known, "identity"), set(), key[0])
        return 1

    def not_seen_since(self, moment: datetime) -> list[str]:
        """Accounts of which the latest sighting is older."""
        with self.lock:
            return [key[0] for (kind, key), told in self._sightings.items() if kind is Kind.ACCOUNT and told[-1].at < microseconds(moment)]

    def version(self, owner: str) -> str:
        """Names these shelves and how often the owner's circle changed on them."""
        return f"{self._name}:{self._revisions.get(owner, 0)}"


def _values(known: Mapping[str, Any], *names: str) -> set[str]:
    return {known[name] for name in names if knows(known, name)}


def _move(table: dict[str, set[T]], before: set[str], now: set[str], item: T) -> None:
    """Take the item from the places where it stood and put it where it stands now."""
    for place in before - now:
        table[place].discard(item)
    for place in now:
        table[place].add(item)


class MemoryDirectory(Directory):
    """What a `MemoryStore` was told."""

    never_hangs = True

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def accounts(self, ids: Collection[str], *, pictures: bool = True) -> Mapping[str, Account]:
        """The accounts with these ids; an id never observed is left out.

        Args:
            ids: Account ids.
            pictures: Whether to bring the pictures' bytes too; without, an avatar is `PICTURE_LEFT_OUT`.
        """
        with self._shelves.lock:
            shelf = self._shelves.known[Kind.ACCOUNT]
            bytes_of = self._shelves.pictures if pictures else {}
            found = {account: fact_of(Kind.ACCOUNT, shelf[(account,)], bytes_of) for account in ids if (account,) in shelf}
        return {account: fact for account, fact in found.items() if isinstance(fact, Account)}

    def avatar_digests(self, ids: Collection[str]) -> Mapping[str, str]:
        """SHA-256 (hex) of the picture that each account wears; an account without a known picture is left out."""
        with self._shelves.lock:
            shelf = self._shelves.known[Kind.ACCOUNT]
            return {account: shelf[(account,)]["avatar"] for account in ids if knows(shelf.get((account,), {}), "avatar")}

    def contacts(self, owner: str) -> Sequence[Contact]:
        """Everybody whom the owner chose to know, by account id."""
        return self._facts(Contact, Kind.CONTACT, self._shelves.contacts_of, owner)

    def transfers(self, account: str) -> Sequence[PastTransfer]:
        """Past transfers that the account sent or received, by id."""
        return self._facts(PastTransfer, Kind.TRANSFER, self._shelves.transfers_of, account)

    def reports(self, account: str) -> Sequence[Report]:
        """Complaints about the account, by id."""
        return self._facts(Report, Kind.REPORT, self._shelves.reports_about, account)

    def _facts(self, cls: type[T], kind: Kind, index: Mapping[str, set[Key]], about: str) -> list[T]:
        with self._shelves.lock:
            shelf = self._shelves.known[kind]
            facts = [fact_of(kind, shelf[key], {}) for key in sorted(index.get(about, ()))]
        return [fact for fact in facts if isinstance(fact, cls)]

    def accounts_of(self, identity: str) -> Collection[str]:
        """Ids of all accounts behind which this real person stands, sorted."""
        with self._shelves.lock:
            return sorted(self._shelves.accounts_of.get(identity, ()))

    def circle_version(self, owner: str) -> str:
        """Changes whenever a contact of the owner, somebody paid, a remark or one of their profiles does.

        Read it before the circle: then a change in between makes the next look differ, and nothing stale is kept.
        """
        with self._shelves.lock:
            return self._shelves.version(owner)
