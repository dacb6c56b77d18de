# SPDX-License-Identifier: Apache-2.0
"""How is an observed fact written to the database, with all that follows from it?

In one transaction: the sighting itself, what is known now after all sightings of that thing, the pictures, and the revision of every
circle that the change concerns. What is known now is the question of `store.sightings`; reading it back is that of
`store.sql_directory`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Executable, bindparam, select, union

from transferguard.model import Unavailable
from transferguard.store import name_keys, schema
from transferguard.store.bearers import name_digest
from transferguard.store.codec import fields_from_bytes, to_bytes
from transferguard.store.engine import insert_all_new, insert_new, put
from transferguard.store.sealing import Sealing, comparable, identity_digest
from transferguard.store.sightings import MAX_PICTURE_BYTES, Kind, Sighting, fold, knows, pictures_of, summed_up, tells_the_circle

MAX_REASON_CHARACTERS: Final = 200
"""Longest reason for a missing fingerprint; ours are a few words."""


def key_of(sighting: Sighting) -> str:
    """The ids of a thing as one text."""
    return json.dumps(sighting.key, ensure_ascii=False, separators=(",", ":"))


def context_of(account: str) -> str:
    """Where the sealed fields of an account belong."""
    return f"account/{account}"


def write(connection: Connection, sealing: Sealing, sighting: Sighting, *, pictures: Mapping[str, bytes]) -> None:
    """Keep one sighting and everything that follows from it; a sighting that was told before changes nothing."""
    key = key_of(sighting)
    context = context_of(sighting.key[0])
    told = sealing.digest("sighting", to_bytes(sighting.fields).decode("utf-8", "surrogatepass"))
    fields = sealing.hide(sighting.fields, context)
    row = {"kind": sighting.kind.value, "key": key, "at": sighting.at, "digest": told, "body": to_bytes(fields)}
    if not insert_new(connection, schema.sightings, row):
        return
    kept = [{"digest": digest, "data": data if len(data) <= MAX_PICTURE_BYTES else None} for digest, data in pictures.items()]
    insert_all_new(connection, schema.pictures, kept)
    known = fold(_sightings(connection, sighting, key))
    if sighting.kind is Kind.ACCOUNT:
        before = _file_account(connection, sighting.key[0], known, name_digest=name_digest(sealing, known))
    else:
        before = _FILE[sighting.kind](connection, sighting.key, known)
    if name_keys.told_names(known) != name_keys.told_names(before):
        name_keys.keep(connection, sealing, sighting.key, known=known)


def _sightings(connection: Connection, sighting: Sighting, key: str) -> list[Sighting]:
    """All sightings of the same thing, in the order of their moments, then of telling; too many are summed up."""
    rows = connection.execute(_LOOKS, {"kind": sighting.kind.value, "key": key}).all()
    looks = [Sighting(kind=sighting.kind, key=sighting.key, at=row.at, fields=fields_from_bytes(row.body)) for row in rows]
    if summary := summed_up(looks):
        count, total = summary
        looks[:count] = [total]
        table = schema.sightings
        serials = [row.serial for row in rows[:count]]
        connection.execute(table.delete().where(table.c.serial.in_(serials[:-1])))
        connection.execute(table.update().where(table.c.serial == serials[-1]).values(body=to_bytes(total.fields)))
    return looks


def _file_account(connection: Connection, account: str, known: Mapping[str, Any], *, name_digest: bytes | None) -> dict[str, Any]:
    """What was known before."""
    body = connection.execute(_ACCOUNT, {"id": account}).scalar()
    before = {} if body is None else fields_from_bytes(body)
    avatar = known["avatar"] if knows(known, "avatar") else None
    digests = {"identity_digest": identity_digest(known), "name_digest": name_digest}
    put(connection, schema.accounts, {"id": account, **digests, "avatar": avatar, "body": to_bytes(known)})
    insert_all_new(connection, schema.wardrobe, [{"picture": digest, "account": account} for digest in sorted(pictures_of(known))])
    if tells_the_circle(comparable(before), comparable(known)):
        connection.execute(_TURN_CHOOSERS, {"account": account})
    return before


def _file_contact(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> dict[str, Any]:
    owner, account = key
    body = connection.execute(_CONTACT, {"owner": owner, "account": account}).scalar()
    put(connection, schema.contacts, {"owner": owner, "account": account, "body": to_bytes(known)})
    _turn(connection, owner)
    return {} if body is None else fields_from_bytes(body)


def _file_transfer(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> dict[str, Any]:
    before = connection.execute(_SENDER, {"id": key[0]}).scalar()
    at = known["at"] if knows(known, "at") else None
    row = {"id": key[0], "sender": known["sender"], "recipient": known["recipient"], "at": at, "body": to_bytes(known)}
    put(connection, schema.transfers, row)
    for owner in {before, known["sender"]} - {None}:
        _turn(connection, owner)
    return {}


def _file_report(connection: Connection, key: tuple[str, ...], known: Mapping[str, Any]) -> dict[str, Any]:
    put(connection, schema.reports, {"id": key[0], "reporter": known["reporter"], "account": known["account"], "body": to_bytes(known)})
    return {}


_FILE = {Kind.CONTACT: _file_contact, Kind.TRANSFER: _file_transfer, Kind.REPORT: _file_report}


def enrol(connection: Connection, digest: str, fingerprint: bytes | Unavailable) -> None:
    """Keep a fingerprint, and tell every circle in which its picture is or was worn."""
    row: dict[str, Any] = {"picture": digest, "fingerprint": None, "why_not": None}
    if isinstance(fingerprint, Unavailable):
        row["why_not"] = fingerprint.why[:MAX_REASON_CHARACTERS]
    else:
        row["fingerprint"] = fingerprint
    before = connection.execute(_FINGERPRINT, {"picture": digest}).first()
    if before is not None and tuple(before) == (row["fingerprint"], row["why_not"]):
        return
    put(connection, schema.fingerprints, row)
    connection.execute(_TURN_CHOOSERS_OF_WEARERS, {"picture": digest})


def _turn(connection: Connection, owner: str) -> None:
    """Give this circle a new revision."""
    insert_new(connection, schema.circles, {"owner": owner, "revision": 0})
    connection.execute(_TURN_ONE, {"one": owner})


def _turning(contact: ColumnElement[bool], paid: ColumnElement[bool]) -> Executable:
    """Gives a new revision to every circle that an account is in: of those who have it as a contact, and of those who paid it."""
    choosers = union(select(schema.contacts.c.owner).where(contact), select(schema.transfers.c.sender).where(paid)).subquery()
    circles = schema.circles
    return circles.update().where(circles.c.owner.in_(select(choosers.c[0]))).values(revision=circles.c.revision + 1)


_LOOKS = (
    select(schema.sightings.c.serial, schema.sightings.c.at, schema.sightings.c.body)
    .where(schema.sightings.c.kind == bindparam("kind"), schema.sightings.c.key == bindparam("key"))
    .order_by(schema.sightings.c.at, schema.sightings.c.serial)
)
_ACCOUNT = select(schema.accounts.c.body).where(schema.accounts.c.id == bindparam("id"))
_CONTACT = select(schema.contacts.c.body).where(
    schema.contacts.c.owner == bindparam("owner"), schema.contacts.c.account == bindparam("account")
)
_SENDER = select(schema.transfers.c.sender).where(schema.transfers.c.id == bindparam("id"))
_FINGERPRINT = select(schema.fingerprints.c.fingerprint, schema.fingerprints.c.why_not).where(
    schema.fingerprints.c.picture == bindparam("picture")
)
_WEARERS = select(schema.wardrobe.c.account).where(schema.wardrobe.c.picture == bindparam("picture"))
_TURN_ONE = schema.circles.update().where(schema.circles.c.owner == bindparam("one")).values(revision=schema.circles.c.revision + 1)
_TURN_CHOOSERS = _turning(schema.contacts.c.account == bindparam("account"), schema.transfers.c.recipient == bindparam("account"))
_TURN_CHOOSERS_OF_WEARERS = _turning(schema.contacts.c.account.in_(_WEARERS), schema.transfers.c.recipient.in_(_WEARERS))
