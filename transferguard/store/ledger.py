# SPDX-License-Identifier: Apache-2.0
"""How are decisions, confirmations and redeemed receipts written and read?

A transfer has at most one confirmation and a receipt is redeemed at most once, whatever races: both rest on unique keys of the
database, not on looking before writing. Decisions and confirmations are sealed as a whole, since a decision shows part of a verified
name and evidence holds all of it; without a secret the shown name and the evidence are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from transferguard.model import Money
from transferguard.seams import Confirmation, DecisionRecord
from transferguard.store import schema
from transferguard.store.codec import from_plain, microseconds, to_plain
from transferguard.store.engine import insert_new
from transferguard.store.sealing import Sealing


def record(connection: Connection, sealing: Sealing, given: DecisionRecord, *, same_since: datetime) -> DecisionRecord:
    """Keep a decision and return it, or return the one that equal evidence already has."""
    for earlier in _decisions_since(connection, sealing, given.transfer.id, same_since):
        if earlier.evidence_digest == given.evidence_digest:
            return earlier
    kept = given if sealing.has_secret else _bare(given, sealing)
    row = {
        "id": given.decision.id,
        "transfer": given.transfer.id,
        "decided_at": microseconds(given.decided_at),
        "body": sealing.seal_body(to_plain(kept), f"decision/{given.decision.id}"),
    }
    insert_new(connection, schema.decisions, [row])
    return kept


def _decisions_since(connection: Connection, sealing: Sealing, transfer_id: str, since: datetime) -> Iterator[DecisionRecord]:
    table = schema.decisions
    lately = (table.c.transfer == transfer_id) & (table.c.decided_at >= microseconds(since))
    for row in connection.execute(select(table.c.id, table.c.body).where(lately).order_by(table.c.serial)).all():
        yield from_plain(DecisionRecord, sealing.open_body(bytes(row.body), f"decision/{row.id}"))


def _bare(given: DecisionRecord, sealing: Sealing) -> DecisionRecord:
    """What may be kept of a decision when nothing can be sealed."""
    shown = replace(given.decision.shown_name, text="")
    person = sealing.digest("recipient", given.recipient_key).hex()
    return replace(given, decision=replace(given.decision, shown_name=shown), evidence=b"", recipient_key=person)


def decision(connection: Connection, sealing: Sealing, decision_id: str) -> DecisionRecord | None:
    """The decision with this id."""
    table = schema.decisions
    body = connection.execute(select(table.c.body).where(table.c.id == decision_id)).scalar()
    return None if body is None else from_plain(DecisionRecord, sealing.open_body(bytes(body), f"decision/{decision_id}"))


def latest_decision(connection: Connection, sealing: Sealing, transfer_id: str) -> DecisionRecord | None:
    """The newest decision for this transfer; of two at the same moment the one recorded later."""
    table = schema.decisions
    newest = table.c.decided_at.desc(), table.c.serial.desc()
    row = connection.execute(select(table.c.id, table.c.body).where(table.c.transfer == transfer_id).order_by(*newest).limit(1)).first()
    return None if row is None else from_plain(DecisionRecord, sealing.open_body(bytes(row.body), f"decision/{row.id}"))


def confirm(connection: Connection, sealing: Sealing, given: Confirmation) -> Confirmation:
    """Keep a confirmation, or return the one that this transfer id already has."""
    person = sealing.digest("recipient", given.recipient_key)
    kept = given if sealing.has_secret else replace(given, recipient_key=person.hex())
    row = {
        "transfer": given.transfer.id,
        "receipt": given.receipt_id,
        "sender": given.transfer.sender,
        "recipient_digest": person,
        "at": microseconds(given.at),
        "minor": given.transfer.money.minor,
        "currency": given.transfer.money.currency,
        "body": sealing.seal_body(to_plain(kept), f"confirmation/{given.transfer.id}"),
    }
    insert_new(connection, schema.confirmations, [row], by=["transfer"])
    return confirmation(connection, sealing, given.transfer.id) or kept


def confirmation(connection: Connection, sealing: Sealing, transfer_id: str) -> Confirmation | None:
    """How this transfer was confirmed, if it was."""
    table = schema.confirmations
    body = connection.execute(select(table.c.body).where(table.c.transfer == transfer_id)).scalar()
    return None if body is None else from_plain(Confirmation, sealing.open_body(bytes(body), f"confirmation/{transfer_id}"))


def confirmed_since(connection: Connection, sender: str, person: bytes, since: datetime) -> Mapping[str, Money]:
    """Amounts confirmed by this sender towards the person with this digest, from that moment on, by transfer id."""
    table = schema.confirmations
    of_both = (table.c.sender == sender) & (table.c.recipient_digest == person)
    rows = connection.execute(select(table.c.transfer, table.c.minor, table.c.currency).where(of_both, table.c.at >= microseconds(since)))
    return {row.transfer: Money(row.minor, row.currency) for row in rows}


def redeem(connection: Connection, receipt_id: str, at: datetime) -> bool:
    """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
    table = schema.confirmations
    if connection.execute(select(table.c.receipt).where(table.c.receipt == receipt_id)).scalar() is None:
        return False
    return insert_new(connection, schema.redemptions, [{"receipt": receipt_id, "at": microseconds(at)}]) == 1
