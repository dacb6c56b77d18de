# SPDX-License-Identifier: Apache-2.0
"""How does a database of an earlier version become one of today?

Forward only, one step per version, all in one transaction: either the database has the new form or it is untouched. A new file gets
today's tables at once. A file that a later version wrote is refused, because writing to it could damage what we do not understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection, inspect, select, text

from transferguard.errors import StoreError
from transferguard.store import schema


def _to_look_back(connection: Connection) -> None:
    """Version 2 keeps under which policy was decided, and what a transfer turned out to be."""
    schema.METADATA.create_all(connection, tables=[schema.policies, schema.labels])


def _to_count_names(connection: Connection) -> None:
    """Version 3 counts names by digest; the digests of older accounts come with `SqlStore.count_names`."""
    table, column = schema.accounts, schema.accounts.c.name_digest
    if column.name not in {one["name"] for one in inspect(connection).get_columns(table.name)}:
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column.type.compile(connection.dialect)}"))
    for index in table.indexes:
        if column.name in index.columns:
            index.create(connection, checkfirst=True)


def _to_enrol_names(connection: Connection) -> None:
    """Version 4 keeps what is worked out of names; that of older names comes with `SqlStore.enrol_names`."""
    schema.METADATA.create_all(connection, tables=[schema.name_keys])


STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {2: _to_look_back, 3: _to_count_names, 4: _to_enrol_names}
"""What leads to each version from the one before; version 1 is the first that was ever written."""

VERSION: Final = 1 + len(STEPS)

_NAME: Final = "version"


def bring_up_to_date(connection: Connection) -> None:
    """Give the database the tables of today, inside the transaction that is open on this connection.

    Raises:
        StoreError: A later version of this package wrote the database.
    """
    if not inspect(connection).has_table(schema.about.name):
        schema.METADATA.create_all(connection)
        connection.execute(schema.about.insert().values(name=_NAME, value=str(VERSION).encode()))
        return
    found = version_of(connection)
    if found > VERSION:
        raise StoreError(f"the database has version {found}, this package knows up to {VERSION}; upgrade the package")
    for version in range(found + 1, VERSION + 1):
        STEPS[version](connection)
    if found < VERSION:
        connection.execute(schema.about.update().where(schema.about.c.name == _NAME).values(value=str(VERSION).encode()))


def version_of(connection: Connection) -> int:
    """Which version the tables of this database have.

    Raises:
        StoreError: There is a table called "about", but it is not ours.
    """
    value = connection.execute(select(schema.about.c.value).where(schema.about.c.name == _NAME)).scalar()
    if value is None or not bytes(value).isdigit():
        raise StoreError("this is not a database of transferguard; choose another file")
    return int(bytes(value))
