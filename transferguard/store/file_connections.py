# SPDX-License-Identifier: Apache-2.0
"""How does a transaction on SQLite's file begin and end at the least cost?

A connection that has nothing to do waits here for the next question, and a transaction is begun and ended by SQLite's own driver:
to take a connection from SQLAlchemy's pool, begin, end and give it back costs more than most questions (measured: 90 µs instead of 20).
What is asked through SQLAlchemy inside stands in the same transaction.

Rule owned here: a connection that waits has no transaction open, whatever happened in the last one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine

from transferguard.store.prepared import driver_of, let_know

MOST_WAITING: Final = 16
"""Connections that wait at once; each holds up to 2 MB of pages. What comes back beyond is closed."""


class FileConnections:
    """The connections of one process to one SQLite file.

    Args:
        engine: Opens them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[Connection] = []
        self._inherited: list[Connection] = []
        self._closed = False

    @contextmanager
    def transaction(self, begin: str) -> Iterator[Connection]:
        """A connection in a transaction, which is kept when the block ends and undone when it raises.

        Args:
            begin: The statement that begins it.
        """
        connection = self._take()
        driver = driver_of(connection)
        try:
            driver.execute(begin)
            yield connection
            if connection.in_transaction():  # something was asked through SQLAlchemy, which counts its transactions
                connection.commit()
            else:
                driver.commit()
        finally:
            if connection.invalidated:  # interrupted within a statement: SQLAlchemy has closed the driver's, and nothing is kept
                connection.close()
            else:
                if driver.in_transaction:
                    driver.rollback()
                connection.rollback()  # SQLAlchemy's own count
                self._give_back(connection, driver)

    def close(self) -> None:
        """Close all that wait; what is in use is closed when it comes back."""
        self._closed = True
        while self._waiting:
            self._waiting.pop().close()

    def leave_to_parent(self) -> None:
        """After a fork: these connections belong to the parent, so they are neither used nor closed here."""
        self._inherited += self._waiting
        self._waiting = []

    def _take(self) -> Connection:
        try:
            return self._waiting.pop()
        except IndexError:
            connection = self._engine.connect()
            let_know(connection)
            return connection

    def _give_back(self, connection: Connection, driver: sqlite3.Connection) -> None:
        if self._closed or driver.in_transaction or len(self._waiting) >= MOST_WAITING:
            connection.close()
        else:
            self._waiting.append(connection)
