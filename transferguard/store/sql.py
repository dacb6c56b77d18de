# SPDX-License-Identifier: Apache-2.0
"""The store over SQL: SQLite in one file by default, PostgreSQL where many machines share it.

One short transaction per call; when a call returns, what it wrote is durable. Facts are written by `store.facts` and read back by
`store.sql_directory`, decisions and receipts by `store.ledger`. Verified names are kept only sealed, and only with a secret.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeAlias, TypeVar

from sqlalchemy import URL, Connection, select

from transferguard.budget import Balance, BudgetTerms, Look, TryLimits
from transferguard.errors import InvalidInput, KeyUnavailable, StoreError, WorldError
from transferguard.model import Fact, Money, Unavailable
from transferguard.seams import Confirmation, DecisionRecord, Enrolled, Feedback, Retention
from transferguard.store import archive, bearers, facts, ledger, likeness, limits, name_keys, schema, upkeep, wearers
from transferguard.store.engine import PATIENCE_SECONDS, Database, insert_new, put, url_of
from transferguard.store.migrations import bring_up_to_date
from transferguard.store.recollection import Recollection
from transferguard.store.sealing import Sealing, open_digest_key
from transferguard.store.sightings import sight
from transferguard.store.sql_directory import SqlDirectory
from transferguard.vault import Vault

T = TypeVar("T")

Secrets: TypeAlias = Callable[[], Sequence[bytes]]

_STORE_ID = "store id"
_DIGEST_KEY = "digest key"


class SqlStore:
    """All of `seams.Store` over SQLAlchemy Core; safe to use from several threads and processes.

    Use `SqlStore.open` for a file and `SqlStore.from_url` for a server.
    """

    def __init__(self, database: Database, vault: Vault | None, *, key: bytes, name: str) -> None:
        self._database = database
        self._vault = vault
        self._sealing = Sealing(vault, key)
        self._name = name
        self._recollection = Recollection()

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, secret: bytes | None, secrets: Secrets | None = None, patience: float = PATIENCE_SECONDS
    ) -> Self:
        """The store in this SQLite file, which is created where it is missing, readable by its owner only.

        Args:
            path: Where; its folder must exist.
            secret: 32 bytes that seal verified names; None keeps no verified name and no identity.
            secrets: Gives all secrets, newest first, when a value needs another one (`LocalKeys.all_secrets`); for rotations.
            patience: Seconds that a writer waits for its turn.

        Raises:
            StoreError: The file cannot be read or written, or is not ours.
            KeyUnavailable: The file was written with a secret and none is given.
            VaultError: The file was written with another secret.
        """
        where = Path(path)
        if where.name.startswith(":memory:"):
            raise InvalidInput("path", "must be a file", "use MemoryStore to keep nothing")
        try:
            os.close(os.open(where, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StoreError(f"the database file cannot be opened: {error.strerror}") from None
        return cls._over(Database(URL.create("sqlite", database=str(where)), patience=patience), _vault(secret, secrets))

    @classmethod
    def from_url(cls, url: str, *, secret: bytes | None, secrets: Secrets | None = None) -> Self:
        """The store at this database URL, such as `postgresql+psycopg://host/name`.

        Args:
            url: Of SQLite or PostgreSQL, as SQLAlchemy writes them.
            secret: As for `open`.
            secrets: As for `open`.

        Raises:
            InvalidInput: Not such a URL.
            StoreError: The database cannot be used.
            KeyUnavailable: The database was written with a secret and none is given.
            VaultError: The database was written with another secret.
        """
        return cls._over(Database(url_of(url)), _vault(secret, secrets))

    @classmethod
    def _over(cls, database: Database, vault: Vault | None) -> Self:
        def begin(connection: Connection) -> tuple[bytes, bytes]:
            bring_up_to_date(connection)
            name = _kept(connection, _STORE_ID, os.urandom(8))
            return name, _digest_key(connection, vault, name)

        try:
            name, key = database.write_alone(begin)
        except WorldError:
            database.close()
            raise
        return cls(database, vault, key=key, name=name.hex())

    @property
    def name(self) -> str:
        """What tells this database from every other one."""
        return self._name

    @property
    def never_hangs(self) -> bool:
        """Whether every question ends by itself."""
        return self._database.never_hangs

    def together(self, change: Callable[[], T]) -> T:
        """What the change returns; all that it reads and writes through this store is one transaction."""
        return self._database.together(change)

    def remember(self, fact: Fact, at: datetime) -> None:
        """Keep an observed fact, seen at that moment; see `store.sightings` for what wins."""
        self.remember_all([(fact, at)])

    def remember_all(self, seen: Iterable[tuple[Fact, datetime]]) -> None:
        """Keep many facts in one transaction: all of them, or on any error none. Much faster than one by one."""
        looks = [sight(fact, at) for fact, at in seen]

        def change(connection: Connection) -> None:
            for sighting, pictures in looks:
                facts.write(connection, self._sealing, sighting, pictures=pictures)

        self._database.write(change)

    def directory(self) -> SqlDirectory:
        """What was remembered, as a directory."""
        return SqlDirectory(self._database, self._sealing, self._name, recollection=self._recollection)

    def enrolled(self, digests: Collection[str]) -> Mapping[str, Enrolled]:
        """Fingerprints by SHA-256 (hex) of the picture's bytes; digests never enrolled are left out."""
        return self._database.read(lambda connection: wearers.enrolled(connection, digests))

    def bearers(self, names: Collection[str]) -> Mapping[str, int]:
        """How many distinct identities show each of these names, however it is written; nobody's name is read to find out.

        Accounts without a known identity count for nobody, those of before version 3 once `count_names` has run.
        """
        return self._database.read(lambda connection: bearers.bearers(connection, self._sealing, names))

    def count_names(self) -> int:
        """After an upgrade of a database from before version 3, count the names that stand in it, in small steps beside the business.

        Returns:
            How many names were brought in; running it again brings in what an interruption left.
        """
        counted, after = 0, ""
        while ids := self._database.read(partial(bearers.next_uncounted, after=after)):
            counted += self._database.write(partial(bearers.count, sealing=self._sealing, ids=ids))
            after = ids[-1]
        return counted

    def enrol_names(self) -> int:
        """After an upgrade, work out what searches need of names that stand in the database, in small steps beside the business.

        Until then each process works it out for itself when it first reads a circle.

        Returns:
            How many accounts and remarks were brought in; running it again brings in what an interruption left.
        """
        brought = 0
        for table in name_keys.NAMED:
            after, looking = None, True
            while looking:
                things, after = self._database.read(partial(name_keys.next_missing, table=table, after=after))
                if things:
                    brought += self._database.write(partial(name_keys.bring_in, sealing=self._sealing, table=table, things=things))
                looking = after is not None
        return brought

    def wearers_like(self, fingerprint: bytes, *, within: int) -> int:
        """How many distinct identities wear a picture like this one, for operators: it reads something of every fingerprint.

        Args:
            fingerprint: As `enrolled` gives it.
            within: Bits of 256 in which the plain hashes may differ; unrelated pictures are about 128 apart.

        Raises:
            AvatarError: Not a fingerprint of this version.
        """
        from transferguard.avatars import Fingerprint  # noqa: PLC0415 - numpy loads only where pictures are compared

        phash256 = Fingerprint.from_bytes(fingerprint).phash256
        return self._database.read(lambda connection: likeness.wearers_like(connection, phash256, within))

    def wearers(self, digests: Collection[str]) -> Mapping[str, int]:
        """How many distinct identities wear each picture."""
        return self._database.read(lambda connection: wearers.wearers(connection, digests))

    def enrol(self, digest: str, fingerprint: bytes | Unavailable) -> None:
        """Keep a fingerprint, or why there is none."""
        self._database.write(lambda connection: facts.enrol(connection, digest, fingerprint))

    def record(self, record: DecisionRecord, *, same_since: datetime) -> DecisionRecord:
        """Keep a decision and return it, or return the one that equal evidence already has."""
        return self._database.write(lambda connection: ledger.record(connection, self._sealing, record, same_since=same_since))

    def decision(self, decision_id: str) -> DecisionRecord | None:
        """The decision with this id."""
        return self._database.read(lambda connection: ledger.decision(connection, self._sealing, decision_id))

    def latest_decision(self, transfer_id: str) -> DecisionRecord | None:
        """The decision for this transfer that was recorded, or returned as still the same, last."""
        return self._database.read(lambda connection: ledger.latest_decision(connection, self._sealing, transfer_id))

    def confirm(self, confirmation: Confirmation) -> Confirmation:
        """Keep a confirmation, or return the one that this transfer id already has."""
        return self._database.write(lambda connection: ledger.confirm(connection, self._sealing, confirmation))

    def confirmation(self, transfer_id: str) -> Confirmation | None:
        """How this transfer was confirmed, if it was."""
        return self._database.read(lambda connection: ledger.confirmation(connection, self._sealing, transfer_id))

    def confirmed_since(self, sender: str, recipient_key: str, since: datetime) -> Mapping[str, Money]:
        """Amounts confirmed by this sender towards this person from that moment on, by transfer id."""
        person = self._sealing.digest("recipient", recipient_key)
        return self._database.read(lambda connection: ledger.confirmed_since(connection, sender, person, since=since))

    def confirm_unless_more(self, confirmation: Confirmation, *, since: datetime, seen: Collection[str]) -> Confirmation | None:
        """As `confirm`, but None when more went to this person since that moment than was seen: look again, then confirm.

        Args:
            confirmation: What is to be confirmed.
            since: Beginning of the time over which amounts were added up.
            seen: Transfer ids that were counted.
        """
        return self._database.write(
            lambda connection: ledger.confirm_unless_more(connection, self._sealing, confirmation, since=since, seen=seen)
        )

    def spend(self, sender: str, look: Look, *, terms: BudgetTerms, now: datetime) -> Balance | None:
        """What is left of the budget after this look, or None when it does not suffice; the same look again is free for a while."""
        person = self._sealing.digest("recipient", look.person) if look.told else None
        sealed = limits.SealedLook(what=self._sealing.digest("look", look.key), person=person, cost=look.cost)
        return self._database.write(lambda connection: limits.spend(connection, sender, sealed, terms=terms, now=now))

    def give_back(self, sender: str, transfer_id: str, *, terms: BudgetTerms, now: datetime) -> bool:
        """Give back what a settled payment earns, once per transfer; False when it was given before."""
        what = self._sealing.digest("settled", transfer_id)
        return self._database.write(lambda connection: limits.give_back(connection, sender, what=what, terms=terms, now=now))

    def balance(self, sender: str, *, terms: BudgetTerms, now: datetime) -> Balance:
        """What the sender has left."""
        return self._database.read(lambda connection: limits.balance_of(connection, sender, terms, now=now))

    def unpaid_looks(self, sender: str, since: datetime, *, besides: str) -> int:
        """At how many persons besides this one the sender looked since that moment without confirming a transfer to them since then."""
        person = self._sealing.digest("recipient", besides)
        return self._database.read(lambda connection: limits.unpaid_looks(connection, sender, since, besides=person))

    def begin_try(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> int | None:
        """The number of one more guess at this person's name, counted as failed until `settle_try`; None when there are no more."""
        digest = self._sealing.digest("recipient", person)
        return self._database.write(lambda connection: limits.begin_try(connection, sender, digest, limits=terms, now=now))

    def settle_try(self, number: int) -> None:
        """Take note that this guess was right."""
        self._database.write(lambda connection: limits.settle_try(connection, number))

    def withdraw_try(self, number: int) -> None:
        """Forget this guess: nobody could say whether it was right."""
        self._database.write(lambda connection: limits.withdraw_try(connection, number))

    def tries_end(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> datetime | None:
        """When the next guess will be possible; None when it is possible now."""
        digest = self._sealing.digest("recipient", person)
        return self._database.read(lambda connection: limits.tries_end(connection, sender, digest, limits=terms, now=now))

    def state(self, decision_id: str) -> str:
        """Where this decided transfer stands; empty when nothing happened since it was decided."""
        return self._database.read(lambda connection: ledger.state(connection, decision_id))

    def advance(self, decision_id: str, state: str) -> None:
        """Keep where this decided transfer stands."""
        self._database.write(lambda connection: put(connection, schema.progress, {"decision": decision_id, "state": state}))

    def redeem(self, receipt_id: str, at: datetime) -> bool:
        """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
        return self._database.write(lambda connection: ledger.redeem(connection, receipt_id, at))

    def keep_policy(self, digest: str, body: bytes) -> None:
        """Keep the text of a policy under its digest."""
        self._database.write(lambda connection: archive.keep_policy(connection, digest, body))

    def policy(self, digest: str) -> bytes | None:
        """The text that was kept under this digest."""
        return self._database.read(lambda connection: archive.policy(connection, digest))

    def count_decisions(self) -> int:
        """How many decisions are kept."""
        return self._database.read(archive.count_decisions)

    def decisions(self) -> Iterator[DecisionRecord]:
        """Every decision that is kept, the oldest first, a page at a time."""
        return archive.decisions(self._database, self._sealing)

    def label(self, feedback: Feedback) -> bool:
        """Keep what a transfer turned out to be; False when there is no such decision, or a later label holds."""
        return self._database.write(lambda connection: archive.label(connection, feedback))

    def labels(self) -> Mapping[str, Feedback]:
        """What is known by now, by decision id."""
        return self._database.read(archive.labels)

    def erase(self, account: str, *, now: datetime) -> int:
        """Forget an account at its owner's wish, in every table and without a trace in the files; how many rows that were.

        Args:
            account: Account id; what its owner's other accounts told stays until they are erased too.
            now: Confirmations whose receipt has not expired at this moment stay, so that no transfer is confirmed twice.
        """
        gone = self._database.write(lambda connection: upkeep.erase(connection, account, now))
        self._recollection.clear()
        self._database.empty_log()
        return gone

    def expire(self, terms: Retention, *, now: datetime) -> int:
        """Forget everything whose time is up; how many rows that were. To be called now and then."""
        gone = self._database.write(lambda connection: upkeep.expire(connection, terms, now))
        self._recollection.clear()
        self._database.empty_log()
        return gone

    def seal_again(self, told: Callable[[Collection[str]], object]) -> int:
        """After a rotation of the secret, bring everything under the new one, in small steps beside the running business.

        Args:
            told: Hears whose sealed values are about to be opened, before they are; `Guard.seal_again` writes it into the audit record.

        Returns:
            How many values had an old secret. When it is 0, the old secrets can be forgotten.
        """
        changed = self._database.write(self._renew_digest_key)
        for table in upkeep.SEALED_TABLES:
            after, looking = None, True
            while looking:
                rows, after = self._database.read(partial(upkeep.rows_to_seal, sealing=self._sealing, table=table, after=after))
                if rows:
                    told(upkeep.accounts_in(table, rows))
                    changed += self._database.write(partial(upkeep.seal_rows_again, sealing=self._sealing, table=table, rows=rows))
                looking = after is not None
        return changed

    def _renew_digest_key(self, connection: Connection) -> int:
        kept = connection.execute(select(schema.about.c.value).where(schema.about.c.name == _DIGEST_KEY)).scalar()
        if kept is None or self._vault is None or self._vault.is_current(bytes(kept)):
            return 0
        context = _digest_context(self._name)
        renewed = self._vault.seal(self._vault.open(bytes(kept), context=context), context=context)
        put(connection, schema.about, {"name": _DIGEST_KEY, "value": renewed})
        return 1

    def close(self) -> None:
        """Give back files and connections; harmless when repeated."""
        self._database.close()


def _vault(secret: bytes | None, secrets: Secrets | None) -> Vault | None:
    if secret is None:
        return None
    return Vault(secret) if secrets is None else Vault(secret, retired=secrets()[1:], reload=secrets)


def _digest_context(name: str) -> str:
    return f"digest key/{name}"


def _kept(connection: Connection, name: str, fresh: bytes) -> bytes:
    """What the database says about itself under this name, after saying it for the first time if need be."""
    insert_new(connection, schema.about, {"name": name, "value": fresh})
    return bytes(connection.execute(select(schema.about.c.value).where(schema.about.c.name == name)).scalar_one())


def _digest_key(connection: Connection, vault: Vault | None, store_id: bytes) -> bytes:
    kept = connection.execute(select(schema.about.c.value).where(schema.about.c.name == _DIGEST_KEY)).scalar()
    context = _digest_context(store_id.hex())
    if vault is None:
        if kept is not None:
            raise KeyUnavailable("this database was written with a secret; open it with the same one")
        return open_digest_key(store_id)
    if kept is None:
        key = os.urandom(32)
        put(connection, schema.about, {"name": _DIGEST_KEY, "value": vault.seal(key, context=context)})
        return key
    return vault.open(bytes(kept), context=context)
