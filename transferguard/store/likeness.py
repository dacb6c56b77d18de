# SPDX-License-Identifier: Apache-2.0
"""Who else wears a picture like this one? For operators: it reads a hash of every fingerprint, so nobody waits for it before a payment.

Beginning of a stored fingerprint, as `avatars.Fingerprint` lays it out: the 256-bit perceptual hash of the first frame stands in bytes 17
to 48. PostgreSQL counts the bits that differ by itself; SQLite cannot, so there they are counted here, row by row.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select, text

from transferguard.store import schema
from transferguard.store.engine import chunks

HASH_AT: Final = 17
HASH_BYTES: Final = 32

_COUNTED_THERE: Final = text(
    """
    SELECT count(DISTINCT worn.identity_digest)
    FROM fingerprints AS kept JOIN accounts AS worn ON worn.avatar = kept.picture
    WHERE length(kept.fingerprint) >= 48
      AND bit_count(('x' || encode(substring(kept.fingerprint FROM 17 FOR 32), 'hex'))::bit(256)
                    # ('x' || CAST(:hash AS text))::bit(256)) <= :within
    """
)


def wearers_like(connection: Connection, phash256: str, within: int) -> int:
    """How many distinct identities wear a picture whose hash differs in at most so many bits.

    Args:
        connection: Inside a transaction.
        phash256: As `Fingerprint.phash256`, 64 hexadecimal digits.
        within: Bits, 0 to 256; unrelated pictures are about 128 apart.
    """
    if connection.dialect.name == "postgresql":
        return int(connection.execute(_COUNTED_THERE, {"hash": phash256, "within": within}).scalar_one())
    prints, asked = schema.fingerprints.c, int(phash256, 16)
    hashes = select(prints.picture, func.substr(prints.fingerprint, HASH_AT, HASH_BYTES)).where(prints.fingerprint.is_not(None))
    like = [
        picture
        for picture, found in connection.execute(hashes)
        if len(found) == HASH_BYTES and (int.from_bytes(found, "big") ^ asked).bit_count() <= within
    ]
    worn = schema.accounts.c
    persons = select(worn.identity_digest).distinct()
    return len(
        {one for some in chunks(like) for one in connection.execute(persons.where(worn.avatar.in_(some))).scalars() if one is not None}
    )
