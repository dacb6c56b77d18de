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

    __slots__ = ("_columns", "_listed", "_own", "_statement", "_written")

    def __init__(self, statement: Executable, *, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = columns
        self._written: tuple[str, tuple[str, ...]] | None = None
        self._own: dict[str, Any] = {}
        self._listed: dict[int, str] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """All rows of the answer, each column in its place."""
        driver = _driver_if_any(connection)
        if driver is None:
            return cast("Sequence[tuple[Any, ...]]", connection.execute(self._statement, values).all())
        return driver.execute(*self._put(connection, values)).fetchall()

    def scalars(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.rows(connection, values)]

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a column's value
        """The first column of the first row; None when there is none."""
        rows = self.rows(connection, values)
        return rows[0][0] if rows else None

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows a change changed."""
        driver = _driver_if_any(connection)
        if driver is None:
            return connection.execute(self._statement, values, execution_options={"preserve_rowcount": True}).rowcount
        return driver.execute(*self._put(connection, values)).rowcount

    def _put(self, connection: Connection, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The text of the statement for SQLite's driver, and what is bound, in order."""
        text, names = self._written or self._write(connection)
        own = self._own
        if "these" not in names:
            return text, [values[name] if name in values else own[name] for name in names]
        bound: list[Any] = []
        for name in names:
            if name == "these":
                bound.extend(values[name])
            else:
                bound.append(values[name] if name in values else own[name])
        return self._with_places(text, len(values["these"])), bound

    def _with_places(self, text: str, count: int) -> str:
        """The text with a place for each value of the list; few lengths return again and again, those of recipients."""
        kept = self._listed.get(count)
        if kept is None:
            kept = text.replace(_LISTED, ", ".join("?" * count) or "NULL")
            if count <= _SHORT_LIST:
                self._listed[count] = kept
        return kept

    def _write(self, connection: Connection) -> tuple[str, tuple[str, ...]]:
        statement = cast("ClauseElement", self._statement)
        written = cast("SQLCompiler", statement.compile(dialect=connection.dialect, column_keys=list(self._columns) or None))
        self._own = {name: bind.value for name, bind in written.binds.items() if bind.value is not None and not bind.required}
        self._written = written.string, tuple(written.positiontup or ())
        return self._written


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection under one of SQLAlchemy's."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def let_know(connection: Connection) -> None:
    """Note SQLite's own connection where a statement finds it at once: to ask SQLAlchemy for it costs a quarter of a statement."""
    connection.__dict__[_NOTED] = driver_of(connection)


def _driver_if_any(connection: Connection) -> sqlite3.Connection | None:
    """SQLite's own connection; None where another database is asked."""
    noted: sqlite3.Connection | None = connection.__dict__.get(_NOTED)
    if noted is None and connection.dialect.name == SQLITE:
        return driver_of(connection)
    return noted


_NOTED: Final = "transferguard_driver"
_SHORT_LIST: Final = 16
"""Values in a list up to which the text is kept."""
