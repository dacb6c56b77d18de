# SPDX-License-Identifier: Apache-2.0
"""Opening what a guard left behind: its database, its keys, and policy files. Nothing is created that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from transferguard.errors import InvalidInput, InvalidPolicy

if TYPE_CHECKING:
    from transferguard.policy import Policy
    from transferguard.store import SqlStore

F = TypeVar("F", bound=Callable[..., Any])


def store_options(command: F) -> F:
    """The two options of every command that looks into a guard's database."""
    keys = click.option("--keys", metavar="FILE", help="The key file of the database.  [default: the database's path with .keys behind it]")
    store = click.option("--store", required=True, metavar="FILE|URL", help="The guard's database: a SQLite file or a PostgreSQL URL.")
    return store(keys(command))


def looking_back_options(command: F) -> F:
    """Those, and where it is written down that somebody looked back: recorded decisions hold verified names."""
    audit = click.option("--audit", metavar="FILE", help="The guard's audit record: write down there that the past was read, and why.")
    return store_options(audit(command))


@contextmanager
def looked_back(store: str, keys: str | None, audit: str | None, *, purpose: str, of: str = "") -> Iterator[SqlStore]:
    """The database, open while the command reads decisions, which are names too; on record before anything is read.

    Args:
        store: Path or URL.
        keys: Path of the key file; by default beside the database.
        audit: Path of the audit record; None writes nothing down.
        purpose: Why it is read.
        of: The decision or transfer that is asked about; empty for all of them.

    Raises:
        InvalidInput: Something is not there.
    """
    with opened_store(store, keys) as opened:
        if audit is not None:
            _write_down(audit, _key_file(store, keys), purpose=purpose, of=of)
        yield opened


def _write_down(audit: str, key_file: Path, *, purpose: str, of: str) -> None:
    from transferguard.audit import AuditLog  # noqa: PLC0415 - `--help` needs no cryptography
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - nor this

    if not Path(audit).is_file():
        raise InvalidInput("--audit", "is not there", "give the audit record of the guard")
    what = {"purpose": purpose, "decision": of or "all"}
    AuditLog(audit, keys=LocalKeys.open(key_file)).append("name_read", what, at=datetime.now(UTC))


@contextmanager
def opened_store(store: str, keys: str | None) -> Iterator[SqlStore]:
    """The database, open while the command runs.

    Args:
        store: Path or URL.
        keys: Path of the key file; by default beside the database.

    Raises:
        InvalidInput: Something is not there.
    """
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - `--help` needs no cryptography
    from transferguard.store import SqlStore  # noqa: PLC0415 - nor SQLAlchemy

    if not _is_url(store) and not Path(store).is_file():
        raise InvalidInput("--store", "is not there", "give the database file of a guard, or a postgresql:// URL")
    ring = LocalKeys.open(_key_file(store, keys))
    opened = (
        SqlStore.from_url(store, secret=ring.secret(), secrets=ring.all_secrets)
        if _is_url(store)
        else SqlStore.open(store, secret=ring.secret(), secrets=ring.all_secrets)
    )
    try:
        yield opened
    finally:
        opened.close()


def _is_url(store: str) -> bool:
    return "://" in store


def _key_file(store: str, keys: str | None) -> Path:
    if _is_url(store) and keys is None:
        raise InvalidInput("--keys", "is missing", "a database on a server has no key file beside it")
    key_file = Path(keys if keys is not None else f"{store}.keys")
    if not key_file.is_file():
        raise InvalidInput("--keys", "is not there", "give the key file that the guard uses")
    return key_file


def policy_from(file: str, option: str = "--policy") -> Policy:
    """The policy in this file, laid over the default.

    Raises:
        InvalidPolicy: It cannot be read, or is no policy.
    """
    from transferguard.policy import Policy  # noqa: PLC0415 - `--help` needs no policy

    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not UTF-8 text"
        raise InvalidPolicy(option, f"cannot be read ({why})", "give the path of a TOML file") from None
    return Policy.from_toml(text)


def write_text(file: Path, text: str, option: str) -> None:
    """Write a file of ours, whole or not at all: it is complete when it has its name.

    Args:
        file: Where.
        text: Its content.
        option: Which option named it.

    Raises:
        InvalidInput: It cannot be written.
    """
    half = file.with_name(f".{file.name}.new")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(file)
    except OSError as error:
        raise InvalidInput(
            option, f"cannot be written ({(error.strerror or 'unknown').lower()})", "give a path in a folder of yours"
        ) from None
