# SPDX-License-Identifier: Apache-2.0
"""How is the past read back: which policy decided, every decision in order, and how each ended?

Decisions are read in pages, each in a transaction of its own, so that looking back over a year holds up nobody who decides meanwhile.
A policy is no secret and is kept open; decisions stay sealed until they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select, tuple_

from transferguard.codes import Label
from transferguard.seams import DecisionRecord, Feedback
from transferguard.store import schema
from transferguard.store.codec import damaged, from_plain, microseconds, moment
from transferguard.store.engine import Database, insert_new, put
from transferguard.store.sealing import Sealing

PAGE: Final = 200
"""Decisions read in one transaction: a few megabytes, and milliseconds for whoever waits."""


def keep_policy(connection: Connection, digest: str, body: bytes) -> None:
    """Keep the text of a policy under its digest, once."""
    insert_new(connection, schema.policies, {"digest": digest, "body": body})


def policy(connection: Connection, digest: str) -> bytes | None:
    """The text that was kept under this digest."""
    table = schema.policies
    body = connection.execute(select(table.c.body).where(table.c.digest == digest)).scalar()
    return None if body is None else bytes(body)


def count_decisions(connection: Connection) -> int:
    """How many decisions are kept."""
    return int(connection.execute(select(func.count()).select_from(schema.decisions)).scalar_one())


def decisions(database: Database, sealing: Sealing) -> Iterator[DecisionRecord]:
    """Every decision that is kept, the oldest first."""
    after: tuple[int, str] | None = None
    while rows := database.read(lambda connection, after=after: _page(connection, after)):  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for decided_at, decision_id, body in rows:
            yield from_plain(DecisionRecord, sealing.open_body(body, f"decision/{decision_id}"))
            after = decided_at, decision_id


def _page(connection: Connection, after: tuple[int, str] | None) -> list[tuple[int, str, bytes]]:
    table = schema.decisions
    question = select(table.c.decided_at, table.c.id, table.c.body).order_by(table.c.decided_at, table.c.id).limit(PAGE)
    if after is not None:
        question = question.where(tuple_(table.c.decided_at, table.c.id) > after)
    return [(row.decided_at, row.id, bytes(row.body)) for row in connection.execute(question)]


def label(connection: Connection, feedback: Feedback) -> bool:
    """Keep what a transfer turned out to be; False when there is no such decision, or a later label holds."""
    table, decided = schema.labels, schema.decisions
    if connection.execute(select(decided.c.id).where(decided.c.id == feedback.decision_id)).scalar() is None:
        return False
    held = connection.execute(select(table.c.at).where(table.c.decision == feedback.decision_id)).scalar()
    at = microseconds(feedback.at)
    if held is not None and held > at:
        return False
    put(connection, table, {"decision": feedback.decision_id, "label": feedback.label.value, "at": at})
    return True


def labels(connection: Connection) -> dict[str, Feedback]:
    """What is known by now, by decision id."""
    return {row.decision: _feedback(row.decision, row.label, row.at) for row in connection.execute(select(schema.labels))}


def _feedback(decision_id: str, text: str, at: int) -> Feedback:
    try:
        return Feedback(decision_id=decision_id, label=Label(text), at=moment(at))
    except ValueError:
        raise damaged() from None
