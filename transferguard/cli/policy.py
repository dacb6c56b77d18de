# SPDX-License-Identifier: Apache-2.0
"""`transferguard policy`: the numbers in force, each with its unit and source."""

from __future__ import annotations

from pathlib import Path

import click

from transferguard.cli.terminal import emit
from transferguard.errors import InvalidPolicy


@click.group(epilog="Example: transferguard policy show")
def policy() -> None:
    """Look at the policy: every number that a host may turn."""


@policy.command(epilog="Example: transferguard policy show --policy ours.toml")
@click.option("--policy", "file", type=click.Path(), metavar="FILE", help="A policy file to lay over the default.")
def show(*, file: str | None) -> None:
    """Print the effective policy as TOML."""
    from transferguard.policy import Policy  # noqa: PLC0415 - `--help` needs no policy

    emit((Policy.from_toml(_read(file)) if file else Policy.default()).to_toml())


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not UTF-8 text"
        raise InvalidPolicy("--policy", f"cannot be read ({why})", "give the path of a TOML file") from None
