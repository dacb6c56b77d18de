# SPDX-License-Identifier: Apache-2.0
"""What any chat app has: people with names and pictures, messages, one SQLite file, and somebody who listens."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from transferguard import Message

SCHEMA = """
CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, display_name TEXT, version INTEGER);
CREATE TABLE IF NOT EXISTS pictures (person TEXT, version INTEGER, picture BLOB, PRIMARY KEY (person, version));
CREATE TABLE IF NOT EXISTS known (owner TEXT, person TEXT, remark TEXT, PRIMARY KEY (owner, person));
CREATE TABLE IF NOT EXISTS messages (number INTEGER PRIMARY KEY, sender TEXT, recipient TEXT, at TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS asked (decision TEXT PRIMARY KEY, transfer TEXT, sender TEXT, recipient TEXT, minor INTEGER, currency TEXT,
                                  outcome TEXT, pictures TEXT);
CREATE TABLE IF NOT EXISTS appeals (decision TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS bookings (transfer TEXT PRIMARY KEY, sender TEXT, recipient TEXT, minor INTEGER, currency TEXT, receipt TEXT);
"""

LONGEST_MESSAGE = 2_000
LONGEST_NAME = 200


class Rooms:
    """The app's own database.

    Args:
        path: The SQLite file; made when absent.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._one_at_a_time = threading.Lock()
        self._connection.executescript(SCHEMA)

    def read(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        with self._one_at_a_time:
            return [dict(row) for row in self._connection.execute(query, values)]

    def write(self, statement: str, *values: object) -> None:
        """Change something."""
        with self._one_at_a_time, self._connection:
            self._connection.execute(statement, values)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def wear(self, who: str, display_name: str, picture: bytes) -> None:
        """Somebody has this name and picture from now on; earlier pictures stay, for operators who look back."""
        self.write(
            """INSERT INTO people (id, display_name, version) VALUES (?1, ?2, 1)
               ON CONFLICT (id) DO UPDATE SET display_name = ?2, version = version + 1""",
            who,
            display_name,
        )
        self.write("INSERT INTO pictures SELECT id, version, ?2 FROM people WHERE id = ?1", who, picture)

    def person(self, who: str) -> dict[str, Any] | None:
        """Who this is now."""
        found = self.read("SELECT id, display_name, version FROM people WHERE id = ?", who)
        return found[0] | {"picture": f"/pictures/{who}/{found[0]['version']}"} if found else None

    def picture(self, who: str, version: int) -> bytes | None:
        """The bytes of one version of a picture."""
        found = self.read("SELECT picture FROM pictures WHERE person = ? AND version = ?", who, version)
        return found[0]["picture"] if found else None

    def say(self, sender: str, recipient: str, text: str, at: datetime) -> None:
        """Somebody writes to somebody."""
        self.write(
            "INSERT INTO messages (sender, recipient, at, text) VALUES (?, ?, ?, ?)",
            sender,
            recipient,
            at.isoformat(),
            text[:LONGEST_MESSAGE],
        )

    def between(self, one: str, other: str) -> list[dict[str, Any]]:
        """The talk of two people, oldest first."""
        return self.read(
            """SELECT number, sender, at, text FROM messages
               WHERE (sender = ?1 AND recipient = ?2) OR (sender = ?2 AND recipient = ?1) ORDER BY number""",
            one,
            other,
        )

    def talk(self, one: str, other: str, last: int = 20) -> list[Message]:
        """The same as the guard reads it: in memory, and the newest only."""
        rows = self.between(one, other)[-last:]
        return [Message(sender=row["sender"], at=datetime.fromisoformat(row["at"]).astimezone(UTC), text=row["text"]) for row in rows]

    def list_of(self, owner: str) -> list[dict[str, Any]]:
        """Whom the owner sees on the left: people chosen, and people who wrote."""
        return self.read(
            """SELECT people.id, people.display_name, '/pictures/' || people.id || '/' || people.version AS picture,
                      known.remark, known.owner IS NOT NULL AS chosen,
                      (SELECT text FROM messages WHERE (sender = people.id AND recipient = ?1) OR (sender = ?1 AND recipient = people.id)
                       ORDER BY number DESC LIMIT 1) AS last,
                      (SELECT max(number) FROM messages WHERE (sender = people.id AND recipient = ?1)
                       OR (sender = ?1 AND recipient = people.id)) AS newest
               FROM people LEFT JOIN known ON known.person = people.id AND known.owner = ?1
               WHERE people.id != ?1 AND (known.owner IS NOT NULL OR newest IS NOT NULL)
               ORDER BY newest DESC NULLS LAST, people.id""",
            owner,
        )


class Listeners:
    """Server-sent events: every open page hears that something changed, and asks what."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False

    def tell(self, *people: str, what: str = "changed") -> None:
        """Something changed for these people; for everybody when none is named. Called from any thread.

        Args:
            people: Whose pages.
            what: `changed` for talk and bookings, `profile` for a name or picture, `later` when the clock was moved.
        """
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, people or tuple(self._queues), what)

    def end(self) -> None:
        """Let every page go, so that the server can stop."""
        self._ended = True
        self._put(tuple(self._queues), "end")

    def _put(self, people: tuple[str, ...], what: str) -> None:
        for who in people:
            for queue in self._queues.get(who, ()):
                queue.put_nowait(what)

    async def hear(self, who: str) -> AsyncIterator[str]:
        """The stream of one page."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._queues[who].add(queue)
        try:
            yield "retry: 1000\n\n"
            while not self._ended:
                try:
                    what = await asyncio.wait_for(queue.get(), timeout=15)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if what == "end":
                    return
                yield f"event: {what}\ndata: 1\n\n"
        finally:
            self._queues[who].discard(queue)
