# SPDX-License-Identifier: Apache-2.0
"""`transferguard import`: bring accounts, contacts and transfers of a host into a guard's database."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from transferguard.cli.opening import opened_store, store_options
from transferguard.cli.terminal import complain, emit
from transferguard.errors import InvalidInput

if TYPE_CHECKING:
    from transferguard.bulk import Summary

BAD_ROWS: Final = 3
"""Exit status: done, and some rows could not be brought in."""

INTERRUPTED: Final = 130

EPILOG = """\b
Columns are named as in a case file (`transferguard schema case`); empty cells are left out. Accounts may have
`avatar`, a path in the folder of --pictures, or `avatar_url`, whose host is one of --picture-host.

\b
Examples:
  transferguard import accounts accounts.csv --store guard.db --pictures avatars
  transferguard import accounts accounts.parquet --store guard.db --picture-host cdn.example
  transferguard import contacts contacts.jsonl --store guard.db
  transferguard import transfers transfers.csv --store postgresql+psycopg://host/name --keys guard.keys

\b
Exit status: 0 done; 1 a fault of ours or of the machine; 2 a mistake in the call; 3 done, and some rows are in
the file of bad rows; 130 interrupted. After an interruption the same call goes on where it stopped.
"""


@click.command(name="import", epilog=EPILOG)
@click.argument("kind", type=click.Choice(["accounts", "contacts", "transfers"]))
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_options
@click.option("--pictures", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR", help="Folder of pictures.")
@click.option("--picture-host", "hosts", multiple=True, metavar="HOST", help="Whose pictures may be fetched by URL; may be repeated.")
@click.option(
    "--bad-rows", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Takes bad rows.  [default: FILE.bad.csv]"
)
@click.option("--seen-at", metavar="TIME", help="When this was so, as 2026-11-22T10:00:00Z.  [default: now]")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read pictures.  [default: one per core]")
def import_(  # noqa: PLR0913 - one parameter per option
    *,
    kind: str,
    file: Path,
    store: str,
    keys: str | None,
    pictures: Path | None,
    hosts: tuple[str, ...],
    bad_rows: Path | None,
    seen_at: str | None,
    jobs: int | None,
) -> int:
    """Bring accounts, contacts or transfers from a file (CSV, JSON Lines, Parquet) into a guard's database.

    A database file that is not there is made, with its key file. Rows that are wrong are listed with number, column
    and reason, and the others are brought in.
    """
    from transferguard.bulk import Bringing, Portraits, open_rows  # noqa: PLC0415 - `--help` needs none of it
    from transferguard.providers import PictureFetcher  # noqa: PLC0415 - as above

    rows, noted, moment = open_rows(file), bad_rows or file.with_name(f"{file.name}.bad.csv"), _moment(seen_at)
    _made(store, keys)
    started = time.monotonic()
    # Processes are made only where there are pictures: starting them takes longer than a small file.
    cores = (jobs or os.cpu_count() or 1) if kind == "accounts" and (pictures or hosts) else 1
    with ExitStack() as stack:
        source = stack.enter_context(PictureFetcher(hosts=hosts)) if hosts else None
        opened = stack.enter_context(opened_store(store, keys))
        portraits = stack.enter_context(Portraits(folder=pictures, source=source, jobs=cores))
        told = stack.enter_context(_bar(rows.size))
        bringing = Bringing(opened, portraits=portraits, source=file, kind=kind, seen_at=moment, bad_rows=noted)
        try:
            total = bringing.run(rows, told)
        except KeyboardInterrupt:
            return complain("interrupted; the same call goes on where it stopped", INTERRUPTED)
    emit(_said(total, kind, seconds=time.monotonic() - started, noted=noted))
    return BAD_ROWS if total.bad or total.without else 0


def _moment(seen_at: str | None) -> datetime:
    if seen_at is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(seen_at)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise InvalidInput("--seen-at", "is not a time with a zone", "write it as 2026-11-22T10:00:00Z")
    return moment.astimezone(UTC)


def _made(store: str, keys: str | None) -> None:
    """Make the database file and its key file, where this is the first import."""
    from transferguard.embedded import embedded_parts  # noqa: PLC0415 - as above

    if "://" not in store and keys is None and not Path(store).exists():
        embedded_parts(store)[0].close()


@contextmanager
def _bar(size: int) -> Iterator[Callable[[Summary], None]]:
    """A progress bar where somebody looks; nothing in a pipe or a log."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is shown
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.fields[rows]:,} rows"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=size, rows=0)
        yield lambda total: progress.update(task, completed=total.position, rows=total.rows)


def _said(total: Summary, kind: str, *, seconds: float, noted: Path) -> str:
    """One line about what was done."""
    parts = [f"{total.kept:,} {kind}"]
    if total.pictures:
        parts.append(f"{total.pictures:,} pictures")
    if total.resumed:
        parts.append(f"{total.resumed:,} rows were done before")
    if total.bad or total.without:
        parts.append(f"{total.bad:,} bad rows and {total.without:,} without their picture, listed in {noted}")
    return ", ".join(parts) + f"; {seconds:.1f} s"
