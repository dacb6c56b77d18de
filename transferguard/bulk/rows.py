# SPDX-License-Identifier: Apache-2.0
"""What stands in a file, one row after the other, whatever the file's format; rows are numbered from 1, a CSV's header not counted.

A row that cannot be read is a row with a reason, never the end of the file. Memory is that of one row, or of one batch of Parquet.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from transferguard.errors import InvalidInput

MOST_ROW_BYTES: Final = 1_000_000
"""Longest row of a text file, chosen: an account with hundreds of profile changes has some ten thousand."""

_PARQUET_ROWS: Final = 500
"""Rows of Parquet that are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Args:
        number: From 1.
        fields: By column name; empty cells are left out. None when the row cannot be read.
        why: Why it cannot.
        position: Bytes of the file (rows of a Parquet file) that lie behind, for a progress bar.
    """

    number: int
    fields: Mapping[str, Any] | None = field(default=None, repr=False)
    why: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A file, opened.

    Args:
        each: Gives the rows; may be called once.
        size: What `Row.position` ends at.
    """

    each: Callable[[], Iterator[Row]]
    size: int


def open_rows(path: Path) -> Rows:
    """The rows of this file, whose name tells its format: .csv, .jsonl or .ndjson, .parquet.

    Raises:
        InvalidInput: Another format, a file that cannot be read, or Parquet without its reader.
    """
    opening = _FORMATS.get(path.suffix.lower())
    if opening is None:
        raise InvalidInput("FILE", "has no known format", f"give one of {', '.join(_FORMATS)}")
    try:
        return opening(path)
    except OSError as error:
        raise InvalidInput("FILE", f"cannot be read ({(error.strerror or 'unknown').lower()})") from None


def _text_rows(path: Path, read: Callable[[Iterator[tuple[bytes, int]]], Iterator[Row]]) -> Rows:
    with path.open("rb"):
        size = path.stat().st_size

    def each() -> Iterator[Row]:
        with path.open("rb") as file:
            yield from read(_lines(file))

    return Rows(each=each, size=size)


def _lines(file: Any) -> Iterator[tuple[bytes, int]]:  # noqa: ANN401 - a binary file
    """Lines of bounded length with the position behind each; of a longer one the beginning, so that it is seen to be too long."""
    position = 0
    while line := file.readline(MOST_ROW_BYTES + 1):
        position += len(line)
        while not line.endswith(b"\n") and len(line) > MOST_ROW_BYTES and (rest := file.readline(MOST_ROW_BYTES)):
            position += len(rest)
            if rest.endswith(b"\n"):
                break
        yield line, position


def _json_lines(path: Path) -> Rows:
    def read(lines: Iterator[tuple[bytes, int]]) -> Iterator[Row]:
        number = 0
        for line, position in lines:
            if line.strip():
                number += 1
                fields, why = _json_object(line)
                yield Row(number=number, fields=fields, why=why, position=position)

    return _text_rows(path, read)


def _json_object(line: bytes) -> tuple[dict[str, Any] | None, str]:
    if len(line) > MOST_ROW_BYTES:
        return None, "the row is too long"
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None, "the row is not JSON in UTF-8"
    if not isinstance(found, dict):
        return None, "the row is not a JSON object"
    return {name: item for name, item in found.items() if item is not None}, ""


def _csv(path: Path) -> Rows:
    def read(lines: Iterator[tuple[bytes, int]]) -> Iterator[Row]:
        behind = 0

        def texts() -> Iterator[str]:
            nonlocal behind
            for line, position in lines:
                behind = position
                # What is not UTF-8 becomes lone surrogates, which no text of a file can hold otherwise.
                yield line.decode("utf-8-sig" if position == len(line) else "utf-8", "surrogateescape")

        reader = csv.reader(texts(), strict=True)
        header = [name.strip() for name in next(reader, [])]
        if not header or len(set(header)) < len(header):
            raise InvalidInput("FILE", "has no header of distinct column names", "write the names of the fields into the first line")
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(number=number, why=f"the row is not CSV ({error})", position=behind)
                continue
            if cells:
                yield _csv_row(number, header, cells, behind)
            else:
                number -= 1

    return _text_rows(path, read)


def _csv_row(number: int, header: list[str], cells: list[str], behind: int) -> Row:
    if len(cells) != len(header):
        return Row(number=number, why=f"the row has {len(cells)} cells and the header {len(header)}", position=behind)
    if any("\ud800" <= letter <= "\udfff" for cell in cells for letter in cell):
        return Row(number=number, why="the row is not UTF-8", position=behind)
    return Row(number=number, fields={name: cell for name, cell in zip(header, cells, strict=True) if cell != ""}, position=behind)


def _parquet(path: Path) -> Rows:
    try:
        from pyarrow import ArrowInvalid  # noqa: PLC0415 - an extra
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - an extra
    except ImportError:
        raise InvalidInput("FILE", "is Parquet, whose reader is not installed", "pip install 'transferguard[parquet]'") from None
    with path.open("rb"):
        pass
    try:
        file = ParquetFile(path)
    except ArrowInvalid:
        raise InvalidInput("FILE", "is not Parquet") from None

    def each() -> Iterator[Row]:
        number = 0
        with file:
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS):
                for fields in batch.to_pylist():
                    number += 1
                    yield Row(number=number, fields={name: item for name, item in fields.items() if item is not None}, position=number)

    return Rows(each=each, size=file.metadata.num_rows)


_FORMATS: Final[Mapping[str, Callable[[Path], Rows]]] = {".csv": _csv, ".jsonl": _json_lines, ".ndjson": _json_lines, ".parquet": _parquet}
