# SPDX-License-Identifier: Apache-2.0
"""What enrolment works out of names, kept beside them, so that a circle is indexed without working it out again.

One row for all names of an account, one for each remark. They tell as much as the names, so they are sealed wherever there is a secret,
and erased with them. What an earlier version worked out is passed over until `SqlStore.enrol_names` or the next change of the name brings
it in. How keys are made is the question of `names.enrolled`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Table, Text, bindparam, delete, select, tuple_

from transferguard.circle import MAX_FORMER
from transferguard.store import schema
from transferguard.store.codec import damaged, fields_from_bytes
from transferguard.store.engine import chunks, put
from transferguard.store.prepared import Prepared
from transferguard.store.sealing import Sealing, comparable
from transferguard.store.sightings import knows

if TYPE_CHECKING:
    from transferguard.names.enrolled import EnrolledName

BATCH: Final = 200
"""Things whose names one transaction brings in: some 50 ms for which other writers wait."""

NAMED: Final[tuple[Table, ...]] = (schema.accounts, schema.contacts)
"""Tables in which names stand."""

_THESE: Final = bindparam("these", expanding=True, type_=Text)
_BODIES: Final = Prepared(select(schema.name_keys.c.thing, schema.name_keys.c.body).where(schema.name_keys.c.thing.in_(_THESE)))
_VERSIONS: Final = select(schema.name_keys.c.thing, schema.name_keys.c.version).where(schema.name_keys.c.thing.in_(_THESE))
_PRESENT: Final = ("display_name", "verified_name", "remark")
_READ: Final = frozenset({*_PRESENT, "profile_changes"})


def thing_of(ids: Sequence[str]) -> str:
    """The ids of an account or a contact as one text."""
    return json.dumps(list(ids), ensure_ascii=False, separators=(",", ":"))


def context_of(thing: str) -> str:
    """Where the sealed row of a thing belongs."""
    return f"names/{thing}"


def told_names(known: Mapping[str, Any]) -> tuple[object, ...]:
    """What the names in these hidden fields are made of: equal where no name changed."""
    present = comparable({name: known[name] for name in _PRESENT if knows(known, name)})
    return (*present.items(), *_former(known.get("profile_changes")))


def keep(connection: Connection, sealing: Sealing, ids: Sequence[str], *, known: Mapping[str, Any]) -> None:
    """Work out and keep what an index needs of the names in these hidden fields of an account or a contact.

    Args:
        connection: In a writing transaction.
        sealing: Opens the verified name, and seals what is kept.
        ids: The account, or owner and account of a contact.
        known: Its fields as they stand in the database.
    """
    from transferguard.names.enrolled import ENROLLED_VERSION, enrol_names  # noqa: PLC0415 - the tables load with the first name

    thing = thing_of(ids)
    names = _names(sealing.reveal({name: known[name] for name in known if name in _READ}, f"account/{ids[0]}"))
    body = sealing.seal_body(enrol_names(names), context_of(thing))
    put(connection, schema.name_keys, {"thing": thing, "version": ENROLLED_VERSION, "body": body})


def _names(known: Mapping[str, Any]) -> list[str]:
    texts = [known[name] for name in _PRESENT if knows(known, name)]
    return [name for name in dict.fromkeys([*texts, *_former(known.get("profile_changes"))]) if name]


def _former(changes: object) -> list[str]:
    """The latest former display names."""
    told = [change["display_name"] for change in changes if knows(change, "display_name")] if isinstance(changes, list) else []
    return told[-MAX_FORMER:]


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Keep nothing of this account's, or this contact's, names."""
    connection.execute(delete(schema.name_keys).where(schema.name_keys.c.thing == thing_of(ids)))


def read(connection: Connection, things: Collection[str]) -> list[tuple[str, bytes]]:
    """What is kept of the names of these things, sealed."""
    return [(thing, bytes(body)) for some in chunks(things) for thing, body in _BODIES.rows(connection, {"these": some})]


def opened(sealing: Sealing, rows: Collection[tuple[str, bytes]]) -> dict[str, EnrolledName]:
    """What was worked out of each name by the tables of today.

    Raises:
        StoreError: A row was damaged.
    """
    from transferguard.names.enrolled import read_enrolled  # noqa: PLC0415 - as above

    found: dict[str, EnrolledName] = {}
    for thing, body in rows:
        plain = sealing.open_body(body, context_of(thing))
        try:
            found |= read_enrolled(plain)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise damaged() from None
    return found


def next_missing(
    connection: Connection, table: Table, after: tuple[str, ...] | None
) -> tuple[list[tuple[str, ...]], tuple[str, ...] | None]:
    """Of the next things of a table, those whose names were not worked out by the tables of today, and the last one looked at."""
    from transferguard.names.enrolled import ENROLLED_VERSION  # noqa: PLC0415 - as above

    key = list(table.primary_key)
    question = select(*key).order_by(*key).limit(BATCH)
    ids = [tuple(row) for row in connection.execute(question if after is None else question.where(tuple_(*key) > after))]
    things = {thing_of(one): one for one in ids}
    kept = {row.thing: row.version for some in chunks(things) for row in connection.execute(_VERSIONS, {"these": some})}
    return [one for thing, one in things.items() if kept.get(thing) != ENROLLED_VERSION], ids[-1] if ids else None


def bring_in(connection: Connection, sealing: Sealing, *, table: Table, things: Collection[tuple[str, ...]]) -> int:
    """Work out the names of these things; how many of them have names."""
    return sum(_brought_in(connection, sealing, table, ids) for ids in things)


def _brought_in(connection: Connection, sealing: Sealing, table: Table, ids: tuple[str, ...]) -> bool:
    key = list(table.primary_key)
    body = connection.execute(select(table.c.body).where(tuple_(*key) == ids)).scalar()
    known = {} if body is None else fields_from_bytes(bytes(body))
    has_names = bool(told_names(known))
    if has_names:
        keep(connection, sealing, ids, known=known)
    return has_names


def things_of(owner: str, accounts: Collection[str]) -> Iterator[str]:
    """Where the names stand that the owner knows these accounts by."""
    for account in accounts:
        yield thing_of((account,))
        yield thing_of((owner, account))
