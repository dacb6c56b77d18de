# SPDX-License-Identifier: Apache-2.0
"""What was remembered, read back from the database as a directory.

Each answer comes from one consistent view. Names and identities are opened here and nowhere else. Writing is the business of
`store.facts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Connection, Text, bindparam, or_, select

from transferguard.model import Account, Contact, PastTransfer, Report, Unavailable
from transferguard.seams import Directory, LeftOut
from transferguard.store import name_keys, schema
from transferguard.store.codec import fields_from_bytes
from transferguard.store.engine import Database, chunks
from transferguard.store.facts import context_of
from transferguard.store.prepared import Prepared
from transferguard.store.recollection import Recollection
from transferguard.store.sealing import Sealing
from transferguard.store.sightings import PICTURE_TOO_LARGE, Kind, fact_of, pictures_of

if TYPE_CHECKING:
    from transferguard.names.enrolled import EnrolledName

T = TypeVar("T")

FEW_ACCOUNTS: Final = 16
"""Accounts asked for at once, up to which they are those of a check and not of a whole circle."""

MAX_TRANSFERS: Final = 10_000
"""Transfers of one account that are read, the newest; more of them answer no question about a person."""

# Building a statement costs more than running it, so each is built once; `of` is the id asked about.
_CONTACTS: Final = Prepared(
    select(schema.contacts.c.body).where(schema.contacts.c.owner == bindparam("of")).order_by(schema.contacts.c.account)
)
_TRANSFERS: Final = Prepared(
    select(schema.transfers.c.body)
    .where(or_(schema.transfers.c.sender == bindparam("of"), schema.transfers.c.recipient == bindparam("of")))
    .order_by(schema.transfers.c.at.is_(None), schema.transfers.c.at.desc(), schema.transfers.c.id)
    .limit(MAX_TRANSFERS)
)
_REPORTS: Final = Prepared(select(schema.reports.c.body).where(schema.reports.c.account == bindparam("of")).order_by(schema.reports.c.id))
_ACCOUNTS_OF: Final = Prepared(
    select(schema.accounts.c.id).where(schema.accounts.c.identity_digest == bindparam("of")).order_by(schema.accounts.c.id)
)
_THESE: Final = bindparam("these", expanding=True, type_=Text)
_ACCOUNTS: Final = Prepared(select(schema.accounts.c.id, schema.accounts.c.body).where(schema.accounts.c.id.in_(_THESE)))
_WORN: Final = Prepared(
    select(schema.accounts.c.id, schema.accounts.c.avatar).where(schema.accounts.c.id.in_(_THESE), schema.accounts.c.avatar.is_not(None))
)
_PICTURES: Final = Prepared(select(schema.pictures.c.digest, schema.pictures.c.data).where(schema.pictures.c.digest.in_(_THESE)))
_KEPT: Final = Prepared(select(schema.pictures.c.digest, schema.pictures.c.data.is_(None)).where(schema.pictures.c.digest.in_(_THESE)))
_REVISION: Final = Prepared(select(schema.circles.c.revision).where(schema.circles.c.owner == bindparam("of")))

_NO_SECRET: Final = Unavailable("no secret to keep identities under")


class SqlDirectory(Directory):
    """What a `SqlStore` was told.

    Args:
        database: Where it stands.
        sealing: What opens names and identities.
        name: The database's own id, so that two databases never share a circle version.
        recollection: Accounts that were read before.
    """

    def __init__(self, database: Database, sealing: Sealing, name: str, *, recollection: Recollection | None = None) -> None:
        self._database = database
        self._sealing = sealing
        self._name = name
        self._recollection = recollection or Recollection()

    @property
    def never_hangs(self) -> bool:
        """Whether every question ends by itself."""
        return self._database.never_hangs

    def reading(self) -> AbstractContextManager[None]:
        """One consistent view for everything that one check asks."""
        return self._database.view()

    def accounts(self, ids: Collection[str], *, pictures: bool = True) -> Mapping[str, Account]:
        """The accounts with these ids; an id never observed is left out.

        Args:
            ids: Account ids.
            pictures: Whether to bring the pictures' bytes too; without, an avatar is `PICTURE_LEFT_OUT`.
        """

        def look(connection: Connection) -> tuple[dict[str, dict[str, Any]], dict[str, bytes | Unavailable]]:
            rows = _in_chunks(connection, _ACCOUNTS, ids)
            known = {account: fields_from_bytes(body) for account, body in rows}
            wanted = frozenset[str]().union(*map(pictures_of, known.values())) if pictures else frozenset[str]()
            found = _in_chunks(connection, _PICTURES, wanted)
            return known, {digest: PICTURE_TOO_LARGE if data is None else bytes(data) for digest, data in found}

        return self._accounts(*self._database.read(look))

    def _accounts(self, known: Mapping[str, dict[str, Any]], bytes_of: Mapping[str, bytes | Unavailable]) -> dict[str, Account]:
        made = {one: fact_of(Kind.ACCOUNT, self._sealing.reveal(fields, context_of(one)), bytes_of) for one, fields in known.items()}
        return {one: fact for one, fact in made.items() if isinstance(fact, Account)}

    def accounts_without_pictures(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The same accounts, with `LeftOut` in the place of the pictures that are kept."""

        def look(connection: Connection) -> dict[str, Account]:
            rows = {one: bytes(body) for one, body in _in_chunks(connection, _ACCOUNTS, ids)}
            found = {one: kept for one, body in rows.items() if (kept := self._recollection.of(one, body)) is not None}
            known = {one: fields_from_bytes(body) for one, body in rows.items() if one not in found}
            if known:
                pictures = _in_chunks(connection, _KEPT, frozenset[str]().union(*map(pictures_of, known.values())))
                made = self._accounts(known, {digest: _left_out(digest, too_large=too_large) for digest, too_large in pictures})
                if len(rows) <= FEW_ACCOUNTS:
                    for one, account in made.items():
                        self._recollection.keep(rows[one], account)
                found |= made
            return found

        return self._database.read(look)

    def avatar_digests(self, ids: Collection[str]) -> Mapping[str, str]:
        """SHA-256 (hex) of the picture that each account wears; an account without a known picture is left out."""
        rows = self._database.read(lambda connection: list(_in_chunks(connection, _WORN, ids)))
        return dict(rows)

    def enrolled_names(self, owner: str, accounts: Collection[str]) -> Mapping[str, EnrolledName]:
        """What was worked out of the names of these accounts, and of the owner's remarks about them, when they were told."""
        things = tuple(name_keys.things_of(owner, accounts))
        return name_keys.opened(self._sealing, self._database.read(lambda connection: name_keys.read(connection, things)))

    def contacts(self, owner: str) -> Sequence[Contact]:
        """Everybody whom the owner chose to know, by account id."""
        return self._facts(Contact, Kind.CONTACT, _CONTACTS, owner)

    def transfers(self, account: str) -> Sequence[PastTransfer]:
        """The newest `MAX_TRANSFERS` that the account sent or received, newest first."""
        return self._facts(PastTransfer, Kind.TRANSFER, _TRANSFERS, account)

    def reports(self, account: str) -> Sequence[Report]:
        """Complaints about the account, by id."""
        return self._facts(Report, Kind.REPORT, _REPORTS, account)

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands, sorted."""
        if not self._sealing.has_secret:
            return _NO_SECRET
        digest = self._sealing.digest("identity", identity)
        return self._database.read(lambda connection: _ACCOUNTS_OF.scalars(connection, {"of": digest}))

    def circle_version(self, owner: str) -> str:
        """Changes whenever a contact of the owner, somebody paid, a remark or one of their profiles does.

        Read it before the circle: then a change in between makes the next look differ, and nothing stale is kept.
        """
        return f"{self._name}:{self._database.read(lambda connection: _REVISION.scalar(connection, {'of': owner})) or 0}"

    def _facts(self, cls: type[T], kind: Kind, question: Prepared, account: str) -> list[T]:
        bodies = self._database.read(lambda connection: question.scalars(connection, {"of": account}))
        facts = (fact_of(kind, fields_from_bytes(body), {}) for body in bodies)
        return [fact for fact in facts if isinstance(fact, cls)]


def _left_out(digest: str, *, too_large: bool) -> bytes | Unavailable:
    return PICTURE_TOO_LARGE if too_large else LeftOut(digest.encode("ascii"))


def _in_chunks(connection: Connection, question: Prepared, ids: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    for some in chunks(frozenset(ids)):
        yield from question.rows(connection, {"these": some})
