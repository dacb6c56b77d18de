# SPDX-License-Identifier: Apache-2.0
"""Batches of rows, each in one transaction, and where to go on after an interruption.

Behind each batch a small file beside the source says how many rows are done and which moment stands for "seen". A second run of the
same file into the same database goes on there; when the machine dies between the two writes, a batch is told twice, and telling a
thing twice changes nothing. While a batch is written, the next one is read and its fingerprints are computed.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from transferguard.bulk.portraits import Portraits
from transferguard.bulk.reading import Read, fact_of, read
from transferguard.bulk.rows import Row, Rows
from transferguard.errors import InvalidInput
from transferguard.model import Fact, Unavailable

if TYPE_CHECKING:
    from transferguard.store import SqlStore

BATCH: Final = 200
"""Rows in one transaction: with pictures of 50 KB some 10 MB, and some seconds of work that an interruption can cost. Chosen."""

_HEAD_BYTES: Final = 1_000_000
"""Beginning of a file by which it is recognised, beside its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of it.

    Args:
        rows: Rows of the file that were read, those of an interrupted run included.
        kept: Facts that were kept in this run.
        bad: Rows that are none, in this run.
        pictures: Pictures that were kept with their accounts, in this run.
        without: Accounts kept without the picture that their row names, in this run.
        resumed: Rows that an interrupted run had done.
        position: As `Row.position`.
    """

    rows: int = 0
    kept: int = 0
    bad: int = 0
    pictures: int = 0
    without: int = 0
    resumed: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Rows, ready to be written: facts, fingerprints by digest, and what is wrong with which row."""

    last: Row
    facts: tuple[Fact, ...] = field(repr=False)
    fingerprints: dict[str, bytes | Unavailable] = field(repr=False)
    bad: tuple[tuple[int, str, str], ...]
    without: tuple[tuple[int, str, str], ...]
    pictures: int


class Bringing:
    """One file on its way into a database.

    Args:
        store: The database.
        portraits: Pictures and their fingerprints.
        source: The file.
        kind: What it holds, one of `reading.KINDS`.
        seen_at: The moment that stands for "seen"; of an interrupted run its own counts on.
        bad_rows: File that takes row number, column and reason of each row that is none; written only when there is one.
    """

    def __init__(  # noqa: PLR0913 - one keyword per thing that the caller decides
        self, store: SqlStore, *, portraits: Portraits, source: Path, kind: str, seen_at: datetime, bad_rows: Path
    ) -> None:
        self._store = store
        self._portraits = portraits
        self._kind = kind
        self._bad_rows = bad_rows
        self._progress = source.with_name(f"{source.name}.progress")
        self._what = _recognised(source, kind, store.name)
        self._done, self._seen_at = self._interrupted(seen_at)

    def run(self, rows: Rows, told: Callable[[Summary], None]) -> Summary:
        """Bring everything in that is not in yet.

        Args:
            rows: Of the source.
            told: Called behind each batch.

        Raises:
            InvalidInput: The file has no header.
            StoreError: The database cannot be written; what is done is done, and a later run goes on there.
        """
        total = Summary(resumed=self._done, rows=self._done)
        if not self._done:
            self._bad_rows.unlink(missing_ok=True)
        left = islice(rows.each(), self._done, None)
        with ThreadPoolExecutor(1) as ahead:
            coming: Future[_Batch] | None = None
            for some in _batches(left):
                preparing = ahead.submit(self._prepared, some)
                if coming is not None:
                    total = self._kept(coming.result(), total)
                    told(total)
                coming = preparing
            if coming is not None:
                total = self._kept(coming.result(), total)
                told(total)
        self._progress.unlink(missing_ok=True)
        return total

    def _prepared(self, rows: list[Row]) -> _Batch:
        """Read the rows, get their pictures, compute what is not known of them."""
        good: list[Read] = []
        bad: list[tuple[int, str, str]] = []
        for row in rows:
            if row.fields is None:
                bad.append((row.number, "", row.why))
                continue
            try:
                good.append(read(row.number, row.fields, self._kind))
            except InvalidInput as error:
                bad.append((row.number, error.field, error.problem))
        pictures = self._portraits.of(good)
        without = [(number, "avatar", picture.why) for number, picture in pictures.items() if isinstance(picture, Unavailable)]
        facts, worn = [], {}
        for row_read in good:
            picture = pictures.get(row_read.number)
            try:
                facts.append(fact_of(row_read, self._kind, picture if isinstance(picture, bytes) else None))
            except InvalidInput as error:
                bad.append((row_read.number, error.field, error.problem))
                continue
            if isinstance(picture, bytes):
                worn[hashlib.sha256(picture).hexdigest()] = picture
        known = self._store.enrolled(worn.keys()) if worn else {}
        fingerprints = self._portraits.fingerprints(worn, known.keys())
        wrong = {number for number, *_ in bad}
        return _Batch(
            last=rows[-1],
            facts=tuple(facts),
            fingerprints=fingerprints,
            bad=tuple(sorted(bad)),
            without=tuple(one for one in without if one[0] not in wrong),
            pictures=sum(isinstance(picture, bytes) and number not in wrong for number, picture in pictures.items()),
        )

    def _kept(self, batch: _Batch, total: Summary) -> Summary:
        def change() -> None:
            self._store.remember_all([(fact, self._seen_at) for fact in batch.facts])
            for digest, fingerprint in batch.fingerprints.items():
                self._store.enrol(digest, fingerprint)

        self._store.together(change)
        self._note((*batch.bad, *batch.without))
        self._remember(batch.last.number)
        return replace(
            total,
            rows=batch.last.number,
            kept=total.kept + len(batch.facts),
            bad=total.bad + len(batch.bad),
            pictures=total.pictures + batch.pictures,
            without=total.without + len(batch.without),
            position=batch.last.position,
        )

    def _note(self, wrong: Iterable[tuple[int, str, str]]) -> None:
        """Add rows to the file of bad rows."""
        lines = sorted(wrong)
        if lines:
            is_new = not self._bad_rows.exists()
            with self._bad_rows.open("a", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                if is_new:
                    writer.writerow(("row", "column", "reason"))
                writer.writerows(lines)

    def _remember(self, rows: int) -> None:
        """So many rows are done; the file is whole at every moment."""
        half = self._progress.with_name(f".{self._progress.name}.new")
        half.write_text(json.dumps({"what": self._what, "rows": rows, "seen_at": self._seen_at.isoformat()}), encoding="utf-8")
        half.replace(self._progress)

    def _interrupted(self, seen_at: datetime) -> tuple[int, datetime]:
        """How many rows an interrupted run has done, and its moment; none when there was no such run of this very file."""
        try:
            found = json.loads(self._progress.read_text(encoding="utf-8"))
            if found["what"] == self._what and isinstance(found["rows"], int):
                return found["rows"], datetime.fromisoformat(found["seen_at"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, seen_at


def _recognised(source: Path, kind: str, database: str) -> str:
    """Digest of what is brought where."""
    with source.open("rb") as file:
        head = hashlib.sha256(file.read(_HEAD_BYTES)).hexdigest()
    return hashlib.sha256(f"{head} {source.stat().st_size} {kind} {database}".encode()).hexdigest()


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, BATCH)):
        yield some
