# SPDX-License-Identifier: Apache-2.0
"""Is an audit record whole and unchanged, and if not, which record is the first that is not what was written?

Reads the file once, line by line, in bounded memory, and repairs nothing. Each record must be readable, have the next number, carry its
own digest and that of the record before; every `CHECKPOINT_EVERY`th must be a valid signature; and what a checkpoint from outside says
must still be so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from transferguard.audit.record import (
    BEGIN,
    BEGINNING,
    CHECKPOINT,
    MAX_LINE_BYTES,
    Checkpoint,
    Jwks,
    Record,
    is_due,
    is_signed,
    line_of,
    read_line,
    record_of,
)
from transferguard.errors import StoreError


class Problem(StrEnum):
    """What is wrong with an audit record."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    EDITED = "edited"
    OUT_OF_ORDER = "out_of_order"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    CUT_TAIL = "cut_tail"
    OTHER_HISTORY = "other_history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found in an audit record.

    Args:
        records: How many are good, from the beginning.
        problem: What is wrong; None when nothing is.
        first_bad: Number of the first record that is not what was written, or that is missing; None when nothing is wrong.
        unfinished: Whether a killed program left part of a line, which was never acknowledged.
    """

    records: int
    problem: Problem | None = None
    first_bad: int | None = None
    unfinished: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the record is what was written, as far as signatures and checkpoints can tell."""
        return self.problem is None


def verify(path: str | os.PathLike[str], *, keys: Jwks | None, checkpoints: Sequence[Checkpoint] = ()) -> Verdict:
    """Is this audit record whole and unchanged?

    Args:
        path: The file.
        keys: JWKS that may have signed; None checks the chain alone, which whoever can write to the file can forge.
        checkpoints: Kept outside; without one, a tail that was cut off cannot be noticed.

    Raises:
        StoreError: The file cannot be read.
    """
    check = _Check(keys, checkpoints)
    unfinished = False
    try:
        with Path(path).open("rb") as file:
            while line := file.readline(MAX_LINE_BYTES + 1):
                if not line.endswith(b"\n") and len(line) <= MAX_LINE_BYTES:
                    unfinished = True
                    break
                if problem := check.next(line):
                    return Verdict(records=check.count, problem=problem[0], first_bad=problem[1])
    except OSError as error:
        raise StoreError(f"the audit record cannot be read: {error.strerror}") from None
    if problem := check.end():
        return Verdict(records=check.count, problem=problem[0], first_bad=problem[1], unfinished=unfinished)
    return Verdict(records=check.count, unfinished=unfinished)


_Found: TypeAlias = tuple[Problem, int] | None


class _Check:
    """Goes through a file record by record; knows what must come next."""

    def __init__(self, keys: Jwks | None, checkpoints: Sequence[Checkpoint]) -> None:
        self._keys = keys
        self._outside = {one.sequence: one for one in checkpoints}
        self._last: Record | None = None
        self._log = ""
        self._signed = False
        self.count = 0

    def next(self, line: bytes) -> _Found:
        """What is wrong with the next line."""
        record = read_line(line)
        if record is None:
            return Problem.UNREADABLE, self.count
        if record.sequence != self.count:
            return Problem.OUT_OF_ORDER, self.count
        if line_of(_as_written(record)) != line:
            return Problem.EDITED, self.count
        if record.previous != (self._last.digest if self._last else BEGINNING):
            return Problem.EDITED, max(0, self.count - 1)  # the record before is not the one that this one followed
        if problem := self._signature(record) or self._kept_outside(record):
            return problem
        self._last = record
        self.count += 1
        return None

    def end(self) -> _Found:
        """What is wrong when no line follows."""
        if self.count == 0:
            return Problem.EMPTY, 0
        return (Problem.CUT_TAIL, self.count) if any(sequence >= self.count for sequence in self._outside) else None

    def _signature(self, record: Record) -> _Found:
        if self._last is None:
            self._log, self._signed = str(record.data.get("log")), record.data.get("signed") is True
            if record.event != BEGIN:
                return Problem.EDITED, 0
            return (Problem.UNSIGNED, 0) if self._keys is not None and not self._signed else None
        if not self._signed or not is_due(record.sequence):
            return None
        key_id, signature = record.data.get("key_id"), record.data.get("signature")
        if record.event != CHECKPOINT or not isinstance(key_id, str) or not isinstance(signature, str):
            return Problem.UNSIGNED, record.sequence
        stated = Checkpoint(log=self._log, sequence=self._last.sequence, digest=self._last.digest, key_id=key_id, signature=signature)
        return None if self._keys is None or is_signed(stated, self._keys) else (Problem.BAD_SIGNATURE, record.sequence)

    def _kept_outside(self, record: Record) -> _Found:
        kept = self._outside.get(record.sequence)
        if kept is None:
            return None
        if self._keys is not None and not is_signed(kept, self._keys):
            return Problem.BAD_SIGNATURE, record.sequence
        return None if (kept.log, kept.digest) == (self._log, record.digest) else (Problem.OTHER_HISTORY, record.sequence)


def _as_written(record: Record) -> Record:
    """The record with the digest that its contents have."""
    return record_of(record.sequence, at=record.at, event=record.event, data=record.data, previous=record.previous)
