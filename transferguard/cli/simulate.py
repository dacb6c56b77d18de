# SPDX-License-Identifier: Apache-2.0
"""`transferguard simulate`: made-up worlds, honest people and thieves, as case files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from transferguard.errors import InvalidInput


@click.command(epilog="Example: transferguard simulate --seed 7 --out worlds")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="The same seed gives the same files.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the case files go; made when absent.")
@click.option(
    "--contacts", type=click.IntRange(20, 5_000), default=60, show_default=True, metavar="N", help="People whom each sender knows."
)
def simulate(*, seed: int, out: Path, contacts: int) -> None:
    """Write simulated worlds as case files, ready for `transferguard check`."""
    from transferguard.testing.simulate import simulate as write_worlds  # noqa: PLC0415 - `--help` needs no simulator

    if out.exists() and not out.is_dir():
        raise InvalidInput("--out", "is not a folder", "give a folder, or a path where one can be made")
    with _bar() as progress:
        truth = write_worlds(seed, out, progress, contacts=contacts)
    click.echo(f"{len(truth)} cases and truth.json are in {out}", err=True)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar where somebody looks; nothing in a pipe or a log."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is shown
    from rich.progress import Progress  # noqa: PLC0415 - likewise

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("writing cases", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
