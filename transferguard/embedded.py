# SPDX-License-Identifier: Apache-2.0
"""What a guard has beside it when the host brings nothing: a database, a key file, an audit record, or memory alone.

Each loads its libraries only where it is wanted.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from transferguard.calling import demand
from transferguard.collecting import without_collecting
from transferguard.errors import InvalidInput

if TYPE_CHECKING:
    from transferguard.seams import Keys, Store
    from transferguard.witness import Log


class SystemClock:
    """The machine's clock."""

    never_hangs = True

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


def embedded_parts(path: str | Path) -> tuple[Store, Keys]:
    """The database at this path and the key file beside it, created where absent.

    Raises:
        InvalidInput: No file can have this path.
    """
    given = os.fspath(path) if isinstance(path, os.PathLike) else path
    if "\0" in demand(given, str, "path", remedy="give the path of a file") or not _is_writable_name(given):
        raise InvalidInput("path", "is no path of a file", "leave out NUL and lone surrogates")
    with without_collecting():
        from transferguard.keys import LocalKeys  # noqa: PLC0415 - cryptography loads only where something is signed
        from transferguard.store import SqlStore  # noqa: PLC0415 - SQLAlchemy loads only where a database is used

    keys = LocalKeys.open(f"{path}.keys")
    return SqlStore.open(path, secret=keys.secret(), secrets=keys.all_secrets), keys


def memory_store() -> Store:
    """A store that ends with the program."""
    from transferguard.store import MemoryStore  # noqa: PLC0415 - only where the host has no store

    return MemoryStore()


def audit_log(path: str | Path | None, keys: Keys) -> Log | None:
    """The audit record in this file, signed with these keys; None for no file."""
    if path is None:
        return None
    from transferguard.audit import AuditLog  # noqa: PLC0415 - cryptography loads only where something is signed

    return AuditLog(path, keys=keys)


def _is_writable_name(path: str) -> bool:
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True
