# SPDX-License-Identifier: Apache-2.0
"""`transferguard keys`: the key file beside an embedded database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from transferguard.cli.terminal import emit
from transferguard.errors import InvalidInput

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.group(epilog="Example: transferguard keys public guard.db.keys")
def keys() -> None:
    """Make and publish the keys that sign receipts and seal verified names.

    An embedded guard keeps them beside its database: guard.db has guard.db.keys.
    """


@keys.command(epilog="Example: transferguard keys new guard.db.keys")
@_FILE
def new(*, file: Path) -> None:
    """Make a key file that its owner alone can read, and print its public keys."""
    if file.exists():
        raise InvalidInput("FILE", "is there already", "keys are never overwritten: what they sealed could not be read again")
    _print_public(file)


@keys.command(epilog="Example: transferguard keys public guard.db.keys > jwks.json")
@_FILE
def public(*, file: Path) -> None:
    """Print the public keys (a JWKS) with which a ledger checks receipts."""
    if not file.is_file():
        raise InvalidInput("FILE", "is not there", "make one with `transferguard keys new`")
    _print_public(file)


def _print_public(file: Path) -> None:
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - `--help` needs no cryptography

    emit(json.dumps(LocalKeys.open(file).public_keys(), indent=2))
