# SPDX-License-Identifier: Apache-2.0
"""Where do facts, fingerprints, decisions, confirmations and redeemed receipts stay?

`SqlStore` keeps them in SQLite (or PostgreSQL), `MemoryStore` in dictionaries; both pass one contract suite. SQLAlchemy is
imported only when `SqlStore` is asked for: 0.4 s that `transferguard check` does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transferguard.store.memory import MemoryStore

if TYPE_CHECKING:
    from transferguard.store.sql import SqlStore

__all__ = ["MemoryStore", "SqlStore"]


def __getattr__(name: str) -> object:
    if name == "SqlStore":
        from transferguard.store.sql import SqlStore  # noqa: PLC0415 - lazy on purpose, see above

        return SqlStore
    raise AttributeError(name)
