# SPDX-License-Identifier: Apache-2.0
"""How are decisions, confirmations and redeemed receipts written and read?

A transfer has at most one confirmation and a receipt is redeemed at most once, whatever races: both rest on unique keys of the
database, not on looking before writing. Decisions and confirmations are sealed as a whole, since a decision shows part of a verified
name and evidence holds all of it; without a secret the shown name and the evidence are left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from transferguard.model import Money
from transferguard.seams import Confirmation, DecisionRecord
from transferguard.store import schema
from transferguard.store.codec import from_plain, microseconds, written
from transferguard.store.engine import insert_new, put
from transferguard.store.prepared import Prepared
from transferguard.store.sealing import Sealing

# Building a statement costs more than running it, so each is built once.
_DECISIONS: Final = schema.decisions.c
_SAME: Final = Prepared(
    select(_DECISIONS.id, _DECISIONS.place, _DECISIONS.body)
    .where(_DECISIONS.transfer == bindparam("transfer"), _DECISIONS.evidence_digest == bindparam("evidence"))
    .where(_DECISIONS.decided_at >= bindparam("since"))
    .order_by(_DECISIONS.place.desc())
    .limit(1)
)
_NEWEST: Final = Prepared(select(func.max(_DECISIONS.place)).where(_DECISIONS.transfer == bindparam("transfer")))
_DECISION: Final = Prepared(select(_DECISIONS.body).where(_DECISIONS.id == bindparam("id")))
_CONFIRMATIONS: Final = schema.confirmations.c
_CONFIRMATION: Final = Prepared(select(_CONFIRMATIONS.body).where(_CONFIRMATIONS.transfer == bindparam("transfer")))
_CONFIRMED_SINCE: Final = Prepared(
    select(_CONFIRMATIONS.transfer, _CONFIRMATIONS.minor, _CONFIRMATIONS.currency)
    .where(_CONFIRMATIONS.sender == bindparam("sender"), _CONFIRMATIONS.recipient_digest == bindparam("person"))
    .where(_CONFIRMATIONS.at >= bindparam("since"))
    .order_by(_CONFIRMATIONS.transfer)
)
_STATE: Final = Prepared(select(schema.progress.c.state).where(schema.progress.c.decision == bindparam("decision")))


def record(connection: Connection, sealing: Sealing, given: DecisionRecord, *, same_since: datetime) -> DecisionRecord:
    """Keep a decision and return it, or return the one that the same evidence led to since that moment.

    Either way it is the newest decision for its transfer afterwards: who edits an amount and edits it back is asked about the
    amount on the screen.
    """
    table = schema.decisions
    digest = sealing.digest("evidence", given.evidence_digest)
    newest = _NEWEST.scalar(connection, {"transfer": given.transfer.id}) or 0
    same = {"transfer": given.transfer.id, "evidence": digest, "since": microseconds(same_since)}
    for kept_id, place, body in _SAME.rows(connection, same) if newest else ():
        if place != newest:
            connection.execute(table.update().where(table.c.id == kept_id).values(place=newest + 1))
        return _opened(sealing, kept_id, body)
    kept = given if sealing.has_secret else _bare(given, sealing)
    values = {
        "id": given.decision.id,
        "transfer": given.transfer.id,
        "sender": given.transfer.sender,
        "recipient": given.transfer.recipient,
        "place": newest + 1,
        "evidence_digest": digest,
        "decided_at": microseconds(given.decided_at),
        "body": sealing.seal_written(written(kept), f"decision/{given.decision.id}"),
    }
    put(connection, table, values)  # the same id again, after its time was up, has the newer time
    return given


def _bare(given: DecisionRecord, sealing: Sealing) -> DecisionRecord:
    """What may be kept of a decision when nothing can be sealed."""
    shown = replace(given.decision.shown_name, text="")
    person = sealing.digest("recipient", given.recipient_key).hex()
    return replace(given, decision=replace(given.decision, shown_name=shown), evidence=b"", recipient_key=person)


def _opened(sealing: Sealing, decision_id: str, body: bytes) -> DecisionRecord:
    return from_plain(DecisionRecord, sealing.open_body(bytes(body), f"decision/{decision_id}"))


def decision(connection: Connection, sealing: Sealing, decision_id: str) -> DecisionRecord | None:
    """The decision with this id."""
    body = _DECISION.scalar(connection, {"id": decision_id})
    return None if body is None else _opened(sealing, decision_id, body)


def latest_decision(connection: Connection, sealing: Sealing, transfer_id: str) -> DecisionRecord | None:
    """The decision for this transfer that was recorded, or returned as still the same, last."""
    table = schema.decisions
    question = select(table.c.id, table.c.body).where(table.c.transfer == transfer_id).order_by(table.c.place.desc()).limit(1)
    row = connection.execute(question).first()
    return None if row is None else _opened(sealing, row.id, row.body)


def confirm(connection: Connection, sealing: Sealing, given: Confirmation) -> Confirmation:
    """Keep a confirmation, or return the one that this transfer id already has."""
    person = sealing.digest("recipient", given.recipient_key)
    kept = given if sealing.has_secret else replace(given, recipient_key=person.hex())
    row = {
        "transfer": given.transfer.id,
        "receipt": given.receipt_id,
        "sender": given.transfer.sender,
        "recipient": given.transfer.recipient,
        "recipient_digest": person,
        "at": microseconds(given.at),
        "expires_at": microseconds(given.expires_at),
        "minor": given.transfer.money.minor,
        "currency": given.transfer.money.currency,
        "body": sealing.seal_written(written(kept), f"confirmation/{given.transfer.id}"),
    }
    insert_new(connection, schema.confirmations, row, by=["transfer"])
    return confirmation(connection, sealing, given.transfer.id) or kept


def confirm_unless_more(
    connection: Connection, sealing: Sealing, given: Confirmation, *, since: datetime, seen: Collection[str]
) -> Confirmation | None:
    """As `confirm`, but None when other transfers to this person were confirmed since that moment than those seen."""
    person = sealing.digest("recipient", given.recipient_key)
    unseen = confirmed_since(connection, given.transfer.sender, person, since=since).keys() - {*seen, given.transfer.id}
    return None if unseen else confirm(connection, sealing, given)


def confirmation(connection: Connection, sealing: Sealing, transfer_id: str) -> Confirmation | None:
    """How this transfer was confirmed, if it was."""
    body = _CONFIRMATION.scalar(connection, {"transfer": transfer_id})
    return None if body is None else from_plain(Confirmation, sealing.open_body(bytes(body), f"confirmation/{transfer_id}"))


def confirmed_since(connection: Connection, sender: str, person: bytes, *, since: datetime) -> dict[str, Money]:
    """Amounts confirmed by this sender towards the person with this digest from that moment on, by transfer id."""
    rows = _CONFIRMED_SINCE.rows(connection, {"sender": sender, "person": person, "since": microseconds(since)})
    return {transfer: Money(minor, currency) for transfer, minor, currency in rows}


def state(connection: Connection, decision_id: str) -> str:
    """Where this decided transfer stands; empty when nothing happened since it was decided."""
    return _STATE.scalar(connection, {"decision": decision_id}) or ""


def redeem(connection: Connection, receipt_id: str, at: datetime) -> bool:
    """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
    table = schema.confirmations
    if connection.execute(select(table.c.receipt).where(table.c.receipt == receipt_id)).scalar() is None:
        return False
    return insert_new(connection, schema.redemptions, {"receipt": receipt_id, "at": microseconds(at)})
