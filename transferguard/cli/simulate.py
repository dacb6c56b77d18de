# SPDX-License-Identifier: Apache-2.0
"""`transferguard simulate`: made-up worlds, honest people and thieves, as case files."""

from __future__ import annotations

from pathlib import Path

import click

from transferguard.errors import InvalidInput


@click.command(epilog="Example: transferguard simulate --seed 7 --out worlds")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="The same seed gives the same files.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where the case files go; made when absent.")
def simulate(*, seed: int, out: Path) -> None:
    """Write simulated worlds as case files, ready for `transferguard check`."""
    from transferguard.testing.simulate import simulate as write_worlds  # noqa: PLC0415 - `--help` needs no simulator

    if out.exists() and not out.is_dir():
        raise InvalidInput("--out", "is not a folder", "give a folder, or a path where one can be made")
    write_worlds(seed, out, lambda line: click.echo(line, err=True))
