# SPDX-License-Identifier: Apache-2.0
"""How is a question that every decision asks put to the database at the least cost?

SQLAlchemy writes the statement, once per process; SQLite's own driver runs it from then on, inside the transaction that SQLAlchemy
opened, which costs a tenth of SQLAlchemy's own way to the driver (measured: 15 µs instead of 150). Its types need no translation there:
texts, whole numbers and bytes. PostgreSQL is asked through SQLAlchemy, since there the way to the server costs more than either.

Rule owned here: values are always bound, never written into a statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Connection, Executable

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.elements import ClauseElement

SQLITE: Final = "sqlite"

_LISTED: Final = "__[POSTCOMPILE_these]"
"""How SQLAlchemy writes the place of a list of values whose parameter is called `these`."""


class Prepared:
    """One statement, ready to be run.

    Args:
        statement: With a `bindparam` for each value; a list is an expanding one with the name `these`.
        columns: For an insert, the columns that it is given.
    """

    __slots__ = ("_columns", "_own", "_statement", "_written")

    def __init__(self, statement: Executable, *, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = columns
        self._written: tuple[str, tuple[str, ...]] | None = None
        self._own: dict[str, Any] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """All rows of the answer, each column in its place."""
        if connection.dialect.name == SQLITE:
            return self._run(connection, values).fetchall()
        return cast("Sequence[tuple[Any, ...]]", connection.execute(self._statement, values).all())

    def scalars(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows(connection, values)]

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a column's value
        """The first column of the first row; None when there is none."""
        rows = self.rows(connection, values)
        return rows[0][0] if rows else None

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows a change changed."""
        if connection.dialect.name == SQLITE:
            return self._run(connection, values).rowcount
        return connection.execute(self._statement, values, execution_options={"preserve_rowcount": True}).rowcount

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        text, names = self._written or self._write(connection)
        bound: list[Any] = []
        for name in names:
            if name == "these":
                these = values[name]
                text = text.replace(_LISTED, ", ".join("?" * len(these)) or "NULL", 1)
                bound.extend(these)
            else:
                bound.append(values[name] if name in values else self._own[name])
        return driver_of(connection).execute(text, bound)

    def _write(self, connection: Connection) -> tuple[str, tuple[str, ...]]:
        statement = cast("ClauseElement", self._statement)
        written = cast("SQLCompiler", statement.compile(dialect=connection.dialect, column_keys=list(self._columns) or None))
        self._own = {name: bind.value for name, bind in written.binds.items() if bind.value is not None and not bind.required}
        self._written = written.string, tuple(written.positiontup or ())
        return self._written


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection under one of SQLAlchemy's."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
