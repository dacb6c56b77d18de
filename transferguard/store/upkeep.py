# SPDX-License-Identifier: Apache-2.0
"""What is taken away, and when: at a person's wish, when its time is up, and what an old secret sealed.

Erasing takes an account out of every table in which its id, name, picture or contacts stand, and gives the freed pages and the log back
zeroed, so that the file holds no trace either. Confirmations stay until their receipt has expired, because without them a transfer could
be confirmed twice. How long things are kept is `Retention`, the host's policy; when to tidy up is the host's schedule.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, or_, select

from transferguard.seams import Retention
from transferguard.store import name_keys, schema
from transferguard.store.codec import fields_from_bytes, microseconds, to_bytes
from transferguard.store.facts import context_of
from transferguard.store.sealing import Sealing
from transferguard.store.sightings import Kind

BATCH: Final = 200
"""Rows that one transaction seals again: other writers wait for milliseconds, not for the whole table."""


def erase(connection: Connection, account: str, now: datetime) -> int:
    """Take everything about this account out of the database; how many rows that were."""
    _turn_choosers(connection, account)
    gone = _erase_facts(connection, account)
    decisions, confirmations = schema.decisions, schema.confirmations
    gone += _delete_decisions(connection, or_(decisions.c.sender == account, decisions.c.recipient == account))
    party = or_(confirmations.c.sender == account, confirmations.c.recipient == account)
    gone += _delete_confirmations(connection, party & (confirmations.c.expires_at <= microseconds(now)))
    for table in (schema.balances, schema.looks, schema.tries):
        gone += connection.execute(delete(table).where(table.c.sender == account)).rowcount
    gone += connection.execute(delete(schema.circles).where(schema.circles.c.owner == account)).rowcount
    return gone + drop_loose_pictures(connection)


def _erase_facts(connection: Connection, account: str) -> int:
    """The account's own sightings, and those of all contacts, transfers and reports in which it stands."""
    contacts, transfers, reports, sightings = schema.contacts, schema.transfers, schema.reports, schema.sightings
    things = (
        (Kind.CONTACT, contacts, or_(contacts.c.owner == account, contacts.c.account == account), (contacts.c.owner, contacts.c.account)),
        (Kind.TRANSFER, transfers, or_(transfers.c.sender == account, transfers.c.recipient == account), (transfers.c.id,)),
        (Kind.REPORT, reports, or_(reports.c.reporter == account, reports.c.account == account), (reports.c.id,)),
        (Kind.ACCOUNT, schema.accounts, schema.accounts.c.id == account, (schema.accounts.c.id,)),
    )
    gone = connection.execute(delete(schema.wardrobe).where(schema.wardrobe.c.account == account)).rowcount
    for kind, table, concerned, key in things:
        for ids in connection.execute(select(*key).where(concerned)).all():
            mine = (sightings.c.kind == kind.value) & (sightings.c.key == name_keys.thing_of(ids))
            gone += connection.execute(delete(sightings).where(mine)).rowcount
            name_keys.forget(connection, ids)
        gone += connection.execute(delete(table).where(concerned)).rowcount
    return gone


def _turn_choosers(connection: Connection, account: str) -> None:
    """Circles in which the account stood are others without it."""
    circles = schema.circles
    chose = select(schema.contacts.c.owner).where(schema.contacts.c.account == account)
    paid = select(schema.transfers.c.sender).where(schema.transfers.c.recipient == account)
    turned = or_(circles.c.owner.in_(chose), circles.c.owner.in_(paid))
    connection.execute(circles.update().where(turned).values(revision=circles.c.revision + 1))


def expire(connection: Connection, terms: Retention, now: datetime) -> int:
    """Take away everything whose time is up; how many rows that were."""
    decisions, confirmations = schema.decisions, schema.confirmations
    gone = _delete_decisions(connection, decisions.c.decided_at < microseconds(now - terms.decisions))
    too_old = confirmations.c.at < microseconds(now - terms.confirmations)
    gone += _delete_confirmations(connection, too_old & (confirmations.c.expires_at <= microseconds(now)))
    for table in (schema.looks, schema.tries):
        gone += connection.execute(delete(table).where(table.c.at < microseconds(now - terms.looks))).rowcount
    if terms.accounts is not None:
        for account in _not_seen_since(connection, microseconds(now - terms.accounts)):
            gone += erase(connection, account, now)
    return gone + drop_loose_pictures(connection)


def _not_seen_since(connection: Connection, moment: int) -> list[str]:
    table = schema.sightings
    last = select(table.c.key).where(table.c.kind == Kind.ACCOUNT.value).group_by(table.c.key).having(func.max(table.c.at) < moment)
    return [json.loads(key)[0] for key in connection.scalars(last)]


def _delete_decisions(connection: Connection, which: ColumnElement[bool]) -> int:
    ids = select(schema.decisions.c.id).where(which)
    for table in (schema.progress, schema.labels):
        connection.execute(delete(table).where(table.c.decision.in_(ids)))
    return connection.execute(delete(schema.decisions).where(which)).rowcount


def _delete_confirmations(connection: Connection, which: ColumnElement[bool]) -> int:
    receipts = select(schema.confirmations.c.receipt).where(which)
    connection.execute(delete(schema.redemptions).where(schema.redemptions.c.receipt.in_(receipts)))
    return connection.execute(delete(schema.confirmations).where(which)).rowcount


def drop_loose_pictures(connection: Connection) -> int:
    """Pictures that nobody wears or wore any more, and fingerprints of pictures that we hold no longer."""
    worn = select(schema.wardrobe.c.picture)
    pictures, prints = schema.pictures, schema.fingerprints
    held = select(pictures.c.digest)
    loose = pictures.c.digest.not_in(worn)
    gone = connection.execute(delete(prints).where(prints.c.picture.in_(held.where(loose)))).rowcount
    return gone + connection.execute(delete(pictures).where(loose)).rowcount


def rows_to_seal(connection: Connection, sealing: Sealing, *, table: Table, after: Any) -> tuple[list[Row[Any]], Any]:  # noqa: ANN401 - a primary key
    """Of the next rows of a table with sealed bodies, those that an old secret sealed, and the key of the last row looked at.

    The key is None behind the end of the table. Nothing is opened.
    """
    key = next(iter(table.primary_key))
    question = select(table).order_by(key).limit(BATCH)
    rows = connection.execute(question if after is None else question.where(key > after)).all()
    return [row for row in rows if not _is_renewed(sealing, table, row)], rows[-1][0] if rows else None


def accounts_in(table: Table, rows: Iterable[Row[Any]]) -> frozenset[str]:
    """Whose names may stand sealed in these rows."""
    if table in (schema.decisions, schema.confirmations):
        return frozenset(party for row in rows for party in (row.sender, row.recipient))
    return frozenset(_account_of(table, row) for row in rows)


def seal_rows_again(connection: Connection, sealing: Sealing, *, table: Table, rows: list[Row[Any]]) -> int:
    """Bring what an old secret sealed in these rows under the newest; how many rows that were."""
    key = next(iter(table.primary_key))
    changed = 0
    for row in rows:
        body = connection.execute(select(table.c.body).where(key == row[0])).scalar()
        renewed = None if body is None else _renewed(sealing, table, row, bytes(body))
        if renewed is not None:
            connection.execute(table.update().where(key == row[0]).values(body=renewed))
            changed += 1
    return changed


SEALED_TABLES: Final = (schema.sightings, schema.accounts, schema.name_keys, schema.decisions, schema.confirmations)

_SEALED_WHOLE: Final = (schema.name_keys, schema.decisions, schema.confirmations)


def _is_renewed(sealing: Sealing, table: Table, row: Row[Any]) -> bool:
    if table is schema.sightings and row.kind != Kind.ACCOUNT.value:
        return True
    return sealing.is_renewed_body(bytes(row.body)) if table in _SEALED_WHOLE else sealing.is_renewed(fields_from_bytes(row.body))


def _renewed(sealing: Sealing, table: Table, row: Row[Any], body: bytes) -> bytes | None:
    """The body under the newest secret; None if it is already."""
    if table is schema.decisions:
        return sealing.renew_body(body, f"decision/{row.id}")
    if table is schema.confirmations:
        return sealing.renew_body(body, f"confirmation/{row.transfer}")
    if table is schema.name_keys:
        return sealing.renew_body(body, name_keys.context_of(row.thing))
    fields = sealing.renew(fields_from_bytes(body), context_of(_account_of(table, row)))
    return None if fields is None else to_bytes(fields)


def _account_of(table: Table, row: Row[Any]) -> str:
    if table is schema.name_keys:
        return str(json.loads(row.thing)[-1])
    return str(row.id if table is schema.accounts else json.loads(row.key)[0])
