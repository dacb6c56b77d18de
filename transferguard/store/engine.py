# SPDX-License-Identifier: Apache-2.0
"""How do we talk to the database: one transaction per question, and one kind of error?

SQLite runs in WAL mode, so that readers never wait, with every commit flushed (`synchronous=FULL`): what was acknowledged survives
both a killed process and a lost power supply. Writers queue: inside the process on a lock, between processes on SQLite's own, with
`BEGIN IMMEDIATE`, so that no transaction finds halfway that another was faster. PostgreSQL runs serialisable, and a transaction that
loses there is tried again. What is asked is the business of the other files of this room.
"""

from __future__ import annotations

import functools
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from transferguard.errors import InvalidInput, StoreError
from transferguard.store.file_connections import FileConnections
from transferguard.store.prepared import SQLITE, Prepared, driver_of

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.dialects import postgresql

T = TypeVar("T")

PATIENCE_SECONDS: Final = 3.0
"""How long a writer waits for its turn: less than the 5 s that a check has, so that the error names the database."""

CHUNK: Final = 500
"""Ids in one IN list: below the 999 variables that older SQLite builds allow."""

_FIRST_PAUSE_SECONDS: Final = 0.005
_LONGEST_PAUSE_SECONDS: Final = 0.2
"""How long a transaction that lost a race waits before it is tried again: about as long as one transaction, then ever longer."""

_WAL_ATTEMPTS: Final = 10
"""How often a new file is asked for WAL mode, waiting 20 ms longer each time: about a second in all."""

LOG_PAGES: Final = 4_000
"""Pages in SQLite's log (16 MB) from which it is written into the database file. A decision writes nine; with SQLite's own 1,000 more than
one in 120 waited for that, which is two more flushes."""

_SERIALISATION_FAILURES: Final = frozenset({"40001", "40P01"})
"""SQLSTATE of PostgreSQL: serialisation failure, deadlock detected."""

_LOCK_NUMBER: Final = 0x7472_6775
"""Names our advisory lock in PostgreSQL: "trgu"."""

_READING: Final = "BEGIN"
_CHANGING: Final = "BEGIN IMMEDIATE"
"""How SQLite's transactions begin; PostgreSQL's are all alike."""


class Database:
    """One database, opened once per process; safe to use from several threads and after a fork.

    Args:
        url: Where.
        patience: Seconds that a writer waits for its turn.

    Raises:
        InvalidInput: Not a URL of SQLite or PostgreSQL.
    """

    def __init__(self, url: URL, *, patience: float = PATIENCE_SECONDS) -> None:
        self._embedded = url.get_backend_name() == "sqlite"
        self._patience = patience
        self._turn = threading.Lock()
        self._owner = os.getpid()
        self._closed = False
        self._thread = threading.local()
        self._engine = _sqlite_engine(url, patience) if self._embedded else _postgresql_engine(url)
        self._connections = FileConnections(self._engine)

    @property
    def never_hangs(self) -> bool:
        """Whether every question ends by itself: a file's does, after the patience with other programs at most."""
        return self._embedded

    def read(self, question: Callable[[Connection], T]) -> T:
        """The answer to a question, from one consistent view.

        Raises:
            StoreError: The database cannot be read.
        """
        connection = self._changing() or getattr(self._thread, "viewing", None)
        if connection is None:
            return self._run(question, _READING)
        with _ONLY_STORE_ERRORS:
            return question(connection)

    @contextmanager
    def view(self) -> Iterator[None]:
        """Answer every question that this thread asks meanwhile from one consistent view; a write in between is not seen.

        Raises:
            StoreError: The database cannot be read.
        """
        if getattr(self._thread, "viewing", None) is not None:
            yield
            return
        with _ONLY_STORE_ERRORS, self._transaction(_READING) as connection:
            self._thread.viewing = connection
            try:
                yield
            finally:
                self._thread.viewing = None

    def write(self, change: Callable[[Connection], T]) -> T:
        """What a change returns, once it is durable; if it raises, nothing of it is kept.

        Args:
            change: May run more than once, where a serialisable transaction lost against another.

        Raises:
            StoreError: The database cannot be written.
        """
        if (connection := self._changing()) is not None:
            return change(connection)
        self._live_engine()  # where the store was closed, that is the error, and nobody's turn is waited for
        if not self._embedded:
            return self._run(change, _CHANGING)
        if not self._turn.acquire(timeout=self._patience):
            raise StoreError("the database is busy: other threads of this process write to it")
        try:
            return self._run(change, _CHANGING)
        finally:
            self._turn.release()

    def together(self, change: Callable[[], T]) -> T:
        """What a change returns, which asks and writes through this database: all of it in one transaction.

        Args:
            change: As for `write`; what it reads and writes in this thread belongs to the transaction.

        Raises:
            StoreError: The database cannot be read or written.
        """
        if self._changing() is not None:
            return change()

        def inside(connection: Connection) -> T:
            self._thread.changing = connection
            try:
                return change()
            finally:
                self._thread.changing = None

        return self.write(inside)

    def _changing(self) -> Connection | None:
        """The connection of the transaction that `together` began in this thread."""
        changing: Connection | None = getattr(self._thread, "changing", None)
        return changing

    def write_alone(self, change: Callable[[Connection], T]) -> T:
        """As `write`, while no other program does so: for tables that several programs would make at the same moment.

        Raises:
            StoreError: The database cannot be written.
        """
        if self._embedded:
            return self.write(change)
        with _ONLY_STORE_ERRORS, self._live_engine().connect() as guard:
            guard.execute(select(func.pg_advisory_xact_lock(_LOCK_NUMBER)))
            return self.write(change)

    def empty_log(self) -> None:
        """Write everything into the database file and leave no trace of what was deleted in SQLite's log.

        Raises:
            StoreError: The database cannot be written. A reader who is looking at an old view only delays it to the next time.
        """
        if self._embedded:
            with _ONLY_STORE_ERRORS, self._live_engine().connect() as connection:
                driver_of(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Give back files and connections; harmless when repeated."""
        self._closed = True
        self._connections.close()
        self._engine.dispose()

    def _live_engine(self) -> Engine:
        if self._closed:
            raise StoreError("the store is closed")
        if self._owner != os.getpid():  # a connection that was inherited through fork belongs to the parent
            self._engine.dispose(close=False)
            self._connections.leave_to_parent()
            self._turn = threading.Lock()
            self._owner = os.getpid()
        return self._engine

    def _transaction(self, begin: str) -> AbstractContextManager[Connection]:
        """A connection in a transaction, which is kept when the block ends and undone when it raises."""
        engine = self._live_engine()
        return self._connections.transaction(begin) if self._embedded else engine.begin()

    def _run(self, work: Callable[[Connection], T], begin: str) -> T:
        deadline = time.monotonic() + self._patience
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                with _ONLY_STORE_ERRORS, self._transaction(begin) as connection:
                    return work(connection)
            except _LostRaceError:
                if time.monotonic() > deadline:
                    raise StoreError("the database is busy: too many transactions want the same rows") from None
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - so that two losers do not meet again
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


class _LostRaceError(Exception):
    """Another transaction was faster; this one can be tried again."""


class _OnlyStoreErrors:
    """Turns what the world does to a database into StoreError, without the values that a driver quotes. Wrong SQL stays a fault of ours."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing to do: every question passes here, ten in a decision."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, ProgrammingError | sqlite3.ProgrammingError):
            return
        if isinstance(error, sqlite3.DatabaseError):  # of a statement that was run by the driver
            raise StoreError(f"the database cannot be used: {error} ({error.sqlite_errorname})") from None
        if isinstance(error, DatabaseError):
            if getattr(error.orig, "sqlstate", None) in _SERIALISATION_FAILURES:
                raise _LostRaceError from None
            raise StoreError(f"the database cannot be used: {_reason(error)}") from None
        if isinstance(error, PoolTimeoutError):
            raise StoreError("the database is busy: all connections are taken") from None


_ONLY_STORE_ERRORS: Final = _OnlyStoreErrors()


def _reason(error: DatabaseError) -> str:
    """SQLite's messages name tables and causes; those of PostgreSQL may quote rows, so only the class and code are told."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name:
        return f"{error.orig} ({name})"
    return f"{type(error.orig).__name__} {getattr(error.orig, 'sqlstate', '') or ''}".strip()


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any], *, by: Sequence[str] | None = None) -> bool:
    """Insert the row if it is not there yet; whether it was new.

    Args:
        connection: In a writing transaction.
        table: Where to.
        row: Values by column name.
        by: Columns of the unique key that may stand already; a clash in any other one is an error. All keys by default.
    """
    return _inserting_new(connection.dialect.name, table, tuple(by) if by else None).change(connection, row) == 1


def insert_all_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of the rows that are not there yet."""
    inserting = _inserting_new(connection.dialect.name, table, None)
    for row in rows:
        inserting.change(connection, row)


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a whole row, or overwrite the one with the same primary key."""
    _putting(connection.dialect.name, table).change(connection, row)


# Building a statement costs more than running it, so each is built once.


@functools.cache
def _inserting_new(dialect: str, table: Table, by: tuple[str, ...] | None) -> Prepared:
    return Prepared(_insert(dialect, table).on_conflict_do_nothing(index_elements=by), columns=_given(table))


@functools.cache
def _putting(dialect: str, table: Table) -> Prepared:
    insert = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    return Prepared(insert.on_conflict_do_update(index_elements=keys, set_=rest), columns=_given(table))


def _given(table: Table) -> list[str]:
    """The columns of a row that the database does not number by itself."""
    return [column.name for column in table.columns if column.autoincrement is not True]


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == SQLITE:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - it brings asyncpg's half of SQLAlchemy along

    return postgresql.insert(table)


def chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """The ids, once each, in lists that fit one statement."""
    distinct = sorted(set(ids))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


def url_of(text: str) -> URL:
    """Read a database URL.

    Raises:
        InvalidInput: Not a URL of SQLite or PostgreSQL.
    """
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except ArgumentError:
        raise InvalidInput("url", "is not a database URL", "write sqlite:///guard.db or postgresql+psycopg://host/name") from None
    if backend not in {"sqlite", "postgresql"}:
        raise InvalidInput("url", "names a database that is not supported", "use sqlite or postgresql")
    return url


def _sqlite_engine(url: URL, patience: float) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,  # `FileConnections` keeps them, without a limit: who reads one view may have to write meanwhile
        connect_args={"timeout": patience, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level="SERIALIZABLE")


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased leaves no trace in free pages
    cursor.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    _enter_wal(cursor)
    cursor.close()


def _enter_wal(cursor: Any) -> None:  # noqa: ANN401 - a DB-API cursor
    """The change of mode does not wait for its turn as other statements do, so four processes that open a new file would collide."""
    for attempt in range(1, _WAL_ATTEMPTS + 1):
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if attempt == _WAL_ATTEMPTS:
                raise
            time.sleep(0.02 * attempt)
