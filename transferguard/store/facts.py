# SPDX-License-Identifier: Apache-2.0
"""How is an observed fact written to the database, with all that follows from it?

In one transaction: the sighting itself, what is known now after all sightings of that thing, the pictures, and the revision of every
circle that the change concerns. What is known now is the question of `store.sightings`; reading it back is that of
`store.sql_directory`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, union

from transferguard.model import Unavailable
from transferguard.store import schema
from transferguard.store.codec import from_bytes, to_bytes
from transferguard.store.engine import insert_new, put
from transferguard.store.sealing import Sealing, comparable, identity_digest
from transferguard.store.sightings import MAX_PICTURE_BYTES, Kind, Sighting, fold, knows, pictures_of, tells_the_circle


def key_of(sighting: Sighting) -> str:
    """The ids of a thing as one text."""
    return json.dumps(sighting.key, ensure_ascii=False, separators=(",", ":"))


def context_of(account: str) -> str:
    """Where the sealed fields of an account belong."""
    return f"account/{account}"


def write(connection: Connection, sealing: Sealing, sighting: Sighting, pictures: Mapping[str, bytes]) -> None:
    """Keep one sighting and everything that follows from it; a sighting that was told before changes nothing."""
    key = key_of(sighting)
    context = context_of(sighting.key[0])
    told = sealing.digest("sighting", to_bytes(sighting.fields).decode("utf-8", "surrogatepass"))
    fields = sealing.hide(sighting.fields, context)
    row = {"kind": sighting.kind.value, "key": key, "at": sighting.at, "digest": told, "body": to_bytes(fields)}
    if not insert_new(connection, schema.sightings, [row]):
        return
    kept = [{"digest": digest, "data": data if len(data) <= MAX_PICTURE_BYTES else None} for digest, data in pictures.items()]
    insert_new(connection, schema.pictures, kept)
    known = fold(_sightings(connection, sighting, key))
    _FILE[sighting.kind](connection, sighting.key, known)


def _sightings(connection: Connection, sighting: Sighting, key: str) -> list[Sighting]:
    """All sightings of the same thing, in the order of their moments, then of telling."""
    table = schema.sightings
    rows = connection.execute(
        select(table.c.at, table.c.body).where(table.c.kind == sighting.kind.value, table.c.key == key).order_by(table.c.at, table.c.serial)
    )
    return [Sighting(kind=sighting.kind, key=sighting.key, at=row.at, fields=from_bytes(row.body)) for row in rows]


def _file_account(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> None:
    account = key[0]
    table = schema.accounts
    before = connection.execute(select(table.c.body).where(table.c.id == account)).scalar()
    row = {
        "id": account,
        "identity_digest": identity_digest(known),
        "avatar": known["avatar"] if knows(known, "avatar") else None,
        "body": to_bytes(known),
    }
    put(connection, table, row)
    insert_new(connection, schema.wardrobe, [{"picture": digest, "account": account} for digest in sorted(pictures_of(known))])
    if tells_the_circle(comparable(from_bytes(before)) if before else {}, comparable(known)):
        turn(connection, _choosers_of(schema.contacts.c.account == account, schema.transfers.c.recipient == account))


def _file_contact(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> None:
    owner, account = key
    put(connection, schema.contacts, {"owner": owner, "account": account, "body": to_bytes(known)})
    _turn_one(connection, owner)


def _file_transfer(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> None:
    table = schema.transfers
    before = connection.execute(select(table.c.sender).where(table.c.id == key[0])).scalar()
    row = {
        "id": key[0],
        "sender": known["sender"],
        "recipient": known["recipient"],
        "at": known["at"] if knows(known, "at") else None,
        "body": to_bytes(known),
    }
    put(connection, table, row)
    for owner in {before, known["sender"]} - {None}:
        _turn_one(connection, owner)


def _file_report(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> None:
    put(connection, schema.reports, {"id": key[0], "account": known["account"], "body": to_bytes(known)})


_FILE = {Kind.ACCOUNT: _file_account, Kind.CONTACT: _file_contact, Kind.TRANSFER: _file_transfer, Kind.REPORT: _file_report}


def enrol(connection: Connection, digest: str, fingerprint: bytes | Unavailable) -> None:
    """Keep a fingerprint, and tell every circle in which its picture is or was worn."""
    table = schema.fingerprints
    row: dict[str, Any] = {"picture": digest, "fingerprint": None, "why_not": None}
    if isinstance(fingerprint, Unavailable):
        row["why_not"] = fingerprint.why[:200]
    else:
        row["fingerprint"] = fingerprint
    before = connection.execute(select(table.c.fingerprint, table.c.why_not).where(table.c.picture == digest)).first()
    if before is not None and tuple(before) == (row["fingerprint"], row["why_not"]):
        return
    put(connection, table, row)
    wearers = select(schema.wardrobe.c.account).where(schema.wardrobe.c.picture == digest)
    turn(connection, _choosers_of(schema.contacts.c.account.in_(wearers), schema.transfers.c.recipient.in_(wearers)))


def _choosers_of(contact: ColumnElement[bool], paid: ColumnElement[bool]) -> Select[Any]:
    """Whose circle an account is in: those who have it as a contact, and those who paid it."""
    both = union(select(schema.contacts.c.owner).where(contact), select(schema.transfers.c.sender).where(paid)).subquery()
    return select(both.c[0])


def turn(connection: Connection, owners: Select[Any]) -> None:
    """Give these circles a new revision."""
    table = schema.circles
    connection.execute(table.update().where(table.c.owner.in_(owners)).values(revision=table.c.revision + 1))


def _turn_one(connection: Connection, owner: str) -> None:
    table = schema.circles
    insert_new(connection, table, [{"owner": owner, "revision": 0}])
    connection.execute(table.update().where(table.c.owner == owner).values(revision=table.c.revision + 1))
