# SPDX-License-Identifier: Apache-2.0
"""How is the next record written, so that it is kept whole or not at all?

A record counts as written when its line end is on the disk; `append` returns after that. A line without an end is what a killed program
left: it was never acknowledged, and the next writer takes it away. The file is opened and locked anew for every record, so threads,
programs and forked workers may share it.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from transferguard.audit.record import (
    BEGIN,
    BEGINNING,
    CHECKPOINT,
    MAX_LINE_BYTES,
    Checkpoint,
    Plain,
    Record,
    SigningKeys,
    is_due,
    line_of,
    read_line,
    record_of,
    sign,
)
from transferguard.errors import InvalidInput, StoreError

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
"""Windows would write two bytes for a line end."""


class AuditLog:
    """Appends to one file, from any number of threads and programs.

    Args:
        path: Where; the file is made where it is missing, readable by its owner only.
        keys: Who signs the checkpoints; None writes a chain without signatures.
    """

    def __init__(self, path: str | os.PathLike[str], *, keys: SigningKeys | None) -> None:
        self._path = Path(path)
        self._keys = keys
        self._turn = threading.Lock()
        self._last: tuple[tuple[int, int], Record, str] | None = None

    def append(self, event: str, data: Mapping[str, Plain], *, at: datetime) -> Record:
        """Write down that something happened; durable when the call returns.

        Args:
            event: A code of the caller's.
            data: Text, integers, booleans, None or lists of text; ids and codes, never names.
            at: When; aware.

        Raises:
            InvalidInput: A reserved event, a naive moment, or data of another kind or beyond `MAX_LINE_BYTES`.
            StoreError: The file cannot be written, or its end was damaged.
            KeyUnavailable: A checkpoint is due and there is no key.
        """
        return self.append_all([(event, data)], at=at)[0]

    def append_all(self, events: Sequence[tuple[str, Mapping[str, Plain]]], *, at: datetime) -> list[Record]:
        """Write down several things that happened at once; durable together when the call returns, at the cost of one.

        Args:
            events: Codes and circumstances, as for `append`, in order.
            at: When; aware.

        Raises:
            InvalidInput: As for `append`.
            StoreError: As for `append`.
            KeyUnavailable: As for `append`.
        """
        for event, data in events:
            _refuse_bad_input(event, data, at)
        with self._open() as end:
            return end.write(events, at)

    def checkpoint(self) -> Checkpoint:
        """A signed statement about the newest record.

        Raises:
            KeyUnavailable: This log has no keys.
            StoreError: Nothing was written yet, or the file cannot be read.
        """
        with self._open() as end:
            if end.last is None:
                raise StoreError("the audit record is empty; there is nothing to sign yet")
            return sign(self._keys, end.log, end.last)

    @contextmanager
    def _open(self) -> Iterator[_End]:
        """The end of the file, locked against all other writers."""
        with self._turn:
            try:
                descriptor = os.open(self._path, _FLAGS, 0o600)
                try:
                    _lock(descriptor)
                    end = _End(descriptor, self._keys, known=self._last)
                    yield end
                    if end.last is not None:
                        self._last = (end.place(), end.last, end.log)
                finally:
                    os.close(descriptor)
            except OSError as error:
                raise StoreError(f"the audit record cannot be written: {error.strerror}") from None


class _End:
    """The open end of a file: knows the newest record, writes the next.

    Args:
        descriptor: Open for reading and appending, and locked.
        keys: Who signs.
        known: File and size, newest record and log id of the last time; true again if neither file nor size changed.
    """

    def __init__(self, descriptor: int, keys: SigningKeys | None, *, known: tuple[tuple[int, int], Record, str] | None) -> None:
        self._descriptor = descriptor
        self._keys = keys
        self.last: Record | None = None
        self.log = ""
        if known is not None and known[0] == self.place():
            _, self.last, self.log = known
        else:
            self._find_end()

    def place(self) -> tuple[int, int]:
        """Which file this is, and how long."""
        about = os.fstat(self._descriptor)
        return about.st_ino, about.st_size

    def write(self, events: Sequence[tuple[str, Mapping[str, Plain]]], at: datetime) -> list[Record]:
        """The next records, after the beginning or a checkpoint where one is due."""
        written, lines = [], []
        newest, log = self.last, self.log
        for event, data in events:
            if newest is None:
                log = secrets.token_hex(16)
                newest = _next(newest, BEGIN, {"log": log, "signed": self._keys is not None}, at=at)
                lines.append(line_of(newest))
            elif self._keys is not None and is_due(newest.sequence + 1):
                signed = sign(self._keys, log, newest)
                newest = _next(newest, CHECKPOINT, {"key_id": signed.key_id, "signature": signed.signature}, at=at)
                lines.append(line_of(newest))
            newest = _next(newest, event, data, at=at)
            lines.append(line_of(newest))
            written.append(newest)
        self._append(b"".join(lines))
        self.last, self.log = newest, log
        return written

    def _append(self, lines: bytes) -> None:
        _, size = self.place()
        try:
            written = os.write(self._descriptor, lines)
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, size)
            raise
        if written != len(lines):
            os.ftruncate(self._descriptor, size)  # the half that fitted was not acknowledged
            raise StoreError("the audit record cannot be written: the disk is full")

    def _read(self, size: int, offset: int) -> bytes:
        os.lseek(self._descriptor, offset, os.SEEK_SET)  # appending finds the end by itself
        return os.read(self._descriptor, size)

    def _find_end(self) -> None:
        """Read the newest record, after taking away what a killed program left behind it."""
        _, size = self.place()
        tail = self._read(2 * MAX_LINE_BYTES, max(0, size - 2 * MAX_LINE_BYTES))
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) != len(tail):
            if not whole and size > len(tail):
                raise _damaged_end()
            os.ftruncate(self._descriptor, size - len(tail) + len(whole))
        if not whole:
            return
        self.last = read_line(whole.splitlines(keepends=True)[-1])
        first = read_line(self._read(MAX_LINE_BYTES, 0).partition(b"\n")[0] + b"\n")
        if self.last is None or first is None or not isinstance(first.data.get("log"), str):
            raise _damaged_end()
        self.log = str(first.data["log"])


def _next(newest: Record | None, event: str, data: Mapping[str, Plain], *, at: datetime) -> Record:
    """The record that follows this one."""
    sequence, previous = (0, BEGINNING) if newest is None else (newest.sequence + 1, newest.digest)
    return record_of(sequence, at=at, event=event, data=data, previous=previous)


def _refuse_bad_input(event: str, data: Mapping[str, Plain], at: datetime) -> None:
    if event in {BEGIN, CHECKPOINT} or not event:
        raise InvalidInput("event", "is reserved or empty", "choose another code")
    if at.utcoffset() is None:
        raise InvalidInput("at", "has no time zone", "give an aware time")
    for value in data.values():
        texts = value if isinstance(value, list | tuple) else ()
        if not (value is None or isinstance(value, str | int | list | tuple)) or not all(isinstance(text, str) for text in texts):
            raise InvalidInput("data", "holds something other than text, integers, booleans, None and lists of text")
    if len(line_of(record_of(2**63, at=at, event=event, data=data, previous=BEGINNING))) > MAX_LINE_BYTES:
        raise InvalidInput("data", "is too long for one record", "name things, do not quote them")


def _damaged_end() -> StoreError:
    return StoreError("the end of the audit record is damaged; run `transferguard audit verify`, keep the file, and begin a new one")


def _lock(descriptor: int) -> None:
    """Wait until no other program writes. Closing the file gives the lock back, also when a program is killed."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - there is none on Windows, where one program at a time may write

        fcntl.flock(descriptor, fcntl.LOCK_EX)
