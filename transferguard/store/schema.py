# SPDX-License-Identifier: Apache-2.0
"""Which tables does the database have?

One table per thing, SQL that SQLite and PostgreSQL both speak. Moments are integers (microseconds after 1970), bodies are bytes that
`store.codec` wrote (JSON with every code point kept), `..._digest` columns of persons are keyed digests, and `sealed` columns open
only with the host's secret. There is no place for an ID, card or phone number. How a database gets from an older form to this one
is the question of `store.migrations`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is exactly INTEGER."""

_ID: Final = String(256)
"""An id of the host's: at most `model.MAX_ID_CODE_POINTS`."""

_DIGEST: Final = String(64)
"""SHA-256 in hex."""

about = Table(
    "about",
    METADATA,
    Column("name", String(32), primary_key=True, comment="version, store id, digest key (sealed)"),
    Column("value", LargeBinary, nullable=False),
)

sightings = Table(
    "sightings",
    METADATA,
    Column("serial", _SERIAL, primary_key=True, autoincrement=True, comment="order of telling"),
    Column("kind", String(8), nullable=False),
    Column("key", String(600), nullable=False, comment="JSON list of ids"),
    Column("at", BigInteger, nullable=False),
    Column("digest", LargeBinary(32), nullable=False, comment="keyed digest of all that was told"),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "key", "at", "digest"),
)

accounts = Table(
    "accounts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("identity_digest", LargeBinary(32), nullable=True),
    Column("avatar", _DIGEST, nullable=True, comment="worn now"),
    Column("name_digest", LargeBinary(32), nullable=True, comment="keyed, of the display name as it looks"),
    Column("body", LargeBinary, nullable=False),
    Index(None, "identity_digest"),
    Index(None, "avatar"),
    Index(None, "name_digest"),
)

name_keys = Table(
    "name_keys",
    METADATA,
    Column("thing", String(600), primary_key=True, comment="JSON list of ids: of an account, or of the owner and account of a contact"),
    Column("version", String(32), nullable=False, comment="of the tables that worked it out"),
    Column("body", LargeBinary, nullable=False, comment="sealed where there is a secret: it tells as much as the names"),
)

wardrobe = Table(
    "wardrobe",
    METADATA,
    Column("picture", _DIGEST, primary_key=True),
    Column("account", _ID, primary_key=True, comment="wears it now or wore it before"),
    Index(None, "account"),
)

pictures = Table(
    "pictures",
    METADATA,
    Column("digest", _DIGEST, primary_key=True),
    Column("data", LargeBinary, nullable=True, comment="null: too large to keep"),
)

contacts = Table(
    "contacts",
    METADATA,
    Column("owner", _ID, primary_key=True),
    Column("account", _ID, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Index(None, "account"),
)

transfers = Table(
    "transfers",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("sender", _ID, nullable=False),
    Column("recipient", _ID, nullable=False),
    Column("at", BigInteger, nullable=True),
    Column("body", LargeBinary, nullable=False),
    Index(None, "sender"),
    Index(None, "recipient"),
)

reports = Table(
    "reports",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("reporter", _ID, nullable=False),
    Column("account", _ID, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "reporter"),
    Index(None, "account"),
)

circles = Table(
    "circles",
    METADATA,
    Column("owner", _ID, primary_key=True),
    Column("revision", BigInteger, nullable=False),
)

fingerprints = Table(
    "fingerprints",
    METADATA,
    Column("picture", _DIGEST, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=True),
    Column("why_not", String(200), nullable=True),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("id", String(128), primary_key=True),
    Column("transfer", _ID, nullable=False),
    Column("sender", _ID, nullable=False),
    Column("recipient", _ID, nullable=False),
    Column("place", BigInteger, nullable=False, comment="order among the decisions for one transfer; the highest is the newest"),
    Column("evidence_digest", LargeBinary(32), nullable=False, comment="keyed"),
    Column("decided_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="sealed; without a secret, bare of evidence and shown name"),
    Index(None, "transfer", "place"),
    Index(None, "sender"),
    Index(None, "recipient"),
    Index(None, "decided_at"),
)

confirmations = Table(
    "confirmations",
    METADATA,
    Column("transfer", _ID, primary_key=True),
    Column("receipt", String(128), nullable=False, unique=True),
    Column("sender", _ID, nullable=False),
    Column("recipient", _ID, nullable=False),
    Column("recipient_digest", LargeBinary(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("body", LargeBinary, nullable=False, comment="sealed where there is a secret"),
    Index(None, "sender", "recipient_digest", "at"),
    Index(None, "recipient"),
    Index(None, "at"),
)

redemptions = Table(
    "redemptions",
    METADATA,
    Column("receipt", String(128), ForeignKey("confirmations.receipt"), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

balances = Table(
    "balances",
    METADATA,
    Column("sender", _ID, primary_key=True),
    Column("units", BigInteger, nullable=False, comment="tokens in sixty-millionths"),
    Column("at", BigInteger, nullable=False),
)

looks = Table(
    "looks",
    METADATA,
    Column("sender", _ID, primary_key=True),
    Column("what", LargeBinary(32), primary_key=True, comment="keyed digest of what was looked at, or of what gave tokens back"),
    Column("person", LargeBinary(32), nullable=True, comment="keyed digest of who was looked at"),
    Column("at", BigInteger, nullable=False),
    Index(None, "at"),
)

tries = Table(
    "tries",
    METADATA,
    Column("serial", _SERIAL, primary_key=True, autoincrement=True),
    Column("sender", _ID, nullable=False),
    Column("person", LargeBinary(32), nullable=False, comment="keyed digest"),
    Column("at", BigInteger, nullable=False),
    Column("failed", Boolean, nullable=False),
    Index(None, "person", "at"),
)

progress = Table(
    "progress",
    METADATA,
    Column("decision", String(128), ForeignKey("decisions.id"), primary_key=True),
    Column("state", String(32), nullable=False),
)

policies = Table(
    "policies",
    METADATA,
    Column("digest", String(80), primary_key=True, comment="as decisions name it"),
    Column("body", LargeBinary, nullable=False),
)

labels = Table(
    "labels",
    METADATA,
    Column("decision", String(128), ForeignKey("decisions.id"), primary_key=True),
    Column("label", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
)
