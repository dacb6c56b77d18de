# SPDX-License-Identifier: Apache-2.0
"""Which fingerprints are kept, and how many persons wear each picture?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from transferguard.model import Unavailable
from transferguard.seams import Enrolled
from transferguard.store import schema
from transferguard.store.engine import chunks
from transferguard.store.prepared import Prepared

# Accounts cost nothing, identities do: whoever opens a thousand accounts must not make a stolen picture common.
_WEARERS: Final = Prepared(
    select(schema.accounts.c.avatar, func.count(schema.accounts.c.identity_digest.distinct()))
    .where(schema.accounts.c.avatar.in_(bindparam("these", expanding=True)))
    .group_by(schema.accounts.c.avatar)
)
_PRINTS: Final = Prepared(select(schema.fingerprints).where(schema.fingerprints.c.picture.in_(bindparam("these", expanding=True))))


def wearers(connection: Connection, digests: Collection[str]) -> dict[str, int]:
    """How many distinct identities wear each of these pictures; one that nobody wears is left out."""
    found: dict[str, int] = {}
    for some in chunks(digests):
        found.update((avatar, max(1, int(count))) for avatar, count in _WEARERS.rows(connection, {"these": some}))
    return found


def enrolled(connection: Connection, digests: Collection[str]) -> dict[str, Enrolled]:
    """What is kept of these pictures; one that was never enrolled is left out."""
    worn = wearers(connection, digests)
    rows = (row for some in chunks(digests) for row in _PRINTS.rows(connection, {"these": some}))
    return {
        picture: Enrolled(fingerprint=Unavailable(why_not) if kept is None else bytes(kept), wearers=worn.get(picture, 1))
        for picture, kept, why_not in rows
    }
