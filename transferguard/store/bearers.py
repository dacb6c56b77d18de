# SPDX-License-Identifier: Apache-2.0
"""How many persons bear a name, counted by the database.

Beside each account stands a keyed digest of its display name as it looks: without case, width, tradition and what leaves no ink. Equal
looks have equal digests, and a digest tells nothing to somebody without the key. Identities are counted, not accounts: they cost
something, so nobody makes a name common by opening accounts under it. Accounts of a database that was written before there were such
digests are brought in by `count_names`, in small steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from transferguard.store import schema
from transferguard.store.codec import fields_from_bytes
from transferguard.store.engine import chunks
from transferguard.store.sealing import Sealing
from transferguard.store.sightings import knows

BATCH: Final = 500
"""Accounts brought in by one transaction: other writers wait for milliseconds."""

_ACCOUNTS: Final = schema.accounts
_COUNTED: Final = (
    select(_ACCOUNTS.c.name_digest, func.count(_ACCOUNTS.c.identity_digest.distinct()))
    .where(_ACCOUNTS.c.name_digest.in_(bindparam("these", expanding=True)))
    .group_by(_ACCOUNTS.c.name_digest)
)


def look_of_name(name: str) -> str:
    """What names that look the same have in common; empty for one without a letter."""
    from transferguard.names.views import view_of  # noqa: PLC0415 - the tables load with the first name

    return view_of(name).look


def name_digest(sealing: Sealing, known: Mapping[str, Any]) -> bytes | None:
    """The digest under which an account's name is counted; None for a name without a letter."""
    look = look_of_name(known["display_name"]) if knows(known, "display_name") else ""
    return sealing.digest("name", look) if look else None


def bearers(connection: Connection, sealing: Sealing, names: Collection[str]) -> dict[str, int]:
    """How many distinct identities show each of these names; 0 for one that nobody shows."""
    digest_of = {name: sealing.digest("name", look).hex() for name in names if (look := look_of_name(name))}
    counted: dict[str, int] = {}
    for some in chunks(digest_of.values()):
        rows = connection.execute(_COUNTED, {"these": [bytes.fromhex(one) for one in some]})
        counted.update((bytes(digest).hex(), int(count)) for digest, count in rows)
    return {name: counted.get(digest_of.get(name, ""), 0) for name in names}


def next_uncounted(connection: Connection, after: str) -> list[str]:
    """Accounts behind this one whose name has no digest yet, by id."""
    question = select(_ACCOUNTS.c.id).where(_ACCOUNTS.c.name_digest.is_(None), _ACCOUNTS.c.id > after)
    return list(connection.scalars(question.order_by(_ACCOUNTS.c.id).limit(BATCH)))


def count(connection: Connection, sealing: Sealing, ids: Collection[str]) -> int:
    """Give these accounts their digest; how many have one now."""
    done = 0
    for row in connection.execute(select(_ACCOUNTS.c.id, _ACCOUNTS.c.body).where(_ACCOUNTS.c.id.in_(ids))).all():
        digest = name_digest(sealing, fields_from_bytes(row.body))
        if digest is not None:
            connection.execute(_ACCOUNTS.update().where(_ACCOUNTS.c.id == row.id).values(name_digest=digest))
            done += 1
    return done
