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
    """Make, rotate and publish the keys that sign receipts and seal verified names.

    An embedded guard keeps them beside its database: guard.db has guard.db.keys.
    """


@keys.command(epilog="Example: transferguard keys new guard.db.keys")
@_FILE
def new(*, file: Path) -> None:
    """Make a key file that its owner alone can read, and print its public keys."""
    from transferguard import keys as ring  # noqa: PLC0415 - `--help` needs no cryptography

    if file.exists():
        raise InvalidInput("FILE", "is there already", "rotate its keys instead; what a lost key sealed could not be read again")
    emit(json.dumps(ring.new(file), indent=2))


@keys.command(epilog="Example: transferguard keys rotate guard.db.keys > jwks.json")
@_FILE
def rotate(*, file: Path) -> None:
    """Sign with a fresh key from now on, and print the public keys: earlier receipts stay valid until they expire.

    Ledgers fetch the public keys again; guards that are running sign with the new key at their next receipt.
    """
    from transferguard import keys as ring  # noqa: PLC0415 - the same

    _there(file)
    emit(json.dumps(ring.rotate(file), indent=2))


@keys.command(epilog="Example: transferguard keys public guard.db.keys > jwks.json")
@_FILE
def public(*, file: Path) -> None:
    """Print the public keys (a JWKS) with which a ledger checks receipts."""
    from transferguard import keys as ring  # noqa: PLC0415 - the same

    _there(file)
    emit(json.dumps(ring.public(file), indent=2))


def _there(file: Path) -> None:
    if not file.is_file():
        raise InvalidInput("FILE", "is not there", "make one with `transferguard keys new`")
