# SPDX-License-Identifier: Apache-2.0
"""What does one record of the audit look like on disk, and what does a signature over it say?

    {"at": microseconds after 1970, "data": {...}, "digest": "...", "event": "...", "previous": "...", "sequence": 7}

One spelling only: a line that says the same in other bytes is an edited line. Writing is the business of `audit.log`, judging a whole
file that of `audit.check`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from transferguard.errors import InvalidInput, KeyUnavailable

Plain: TypeAlias = str | int | bool | Sequence[str] | None
Jwks: TypeAlias = Mapping[str, Sequence[Mapping[str, str]]]

CHECKPOINT_EVERY: Final = 100
"""Records from one signature to the next: at most so many of the newest could be forged by somebody who can write to the file."""

MAX_LINE_BYTES: Final = 65_536
"""Longest record. A record names things; it does not contain them."""

BEGINNING: Final = "0" * 64
BEGIN: Final = "begin"
CHECKPOINT: Final = "checkpoint"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class SigningKeys(Protocol):
    """The part of `seams.Keys` that an audit record needs."""

    def signing_key(self) -> Mapping[str, str]:
        """The private JWK that signs checkpoints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that happened.

    Args:
        sequence: Its number; the first record of a file has 0.
        at: When, by the clock of who wrote it.
        event: What, as a code.
        data: Circumstances; ids and codes, never names.
        previous: Digest of the record before; zeros before the first.
        digest: SHA-256 over all of the above.
    """

    sequence: int
    at: datetime
    event: str
    data: Mapping[str, Plain]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed "up to here it was so". Keep it where who writes the file cannot reach.

    Args:
        log: Id of the file, drawn when it was begun.
        sequence: Number of the newest record.
        digest: Its digest, and thereby that of all before it.
        key_id: Which key signed.
        signature: Base64url.
    """

    log: str
    sequence: int
    digest: str
    key_id: str
    signature: str = field(repr=False)

    def to_json(self) -> str:
        """One line to keep elsewhere."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Checkpoint:
        """Read what `to_json` wrote.

        Raises:
            InvalidInput: It is something else.
        """
        try:
            plain = json.loads(text)
        except (ValueError, RecursionError):
            plain = None
        kinds = {"log": str, "sequence": int, "digest": str, "key_id": str, "signature": str}
        if not isinstance(plain, dict) or {name: type(value) for name, value in plain.items()} != kinds:
            raise InvalidInput("checkpoint", "is not a checkpoint", "give the whole line that was kept")
        return cls(**plain)


def is_due(sequence: int) -> bool:
    """Whether the record with this number is a checkpoint, in a file that is signed."""
    return sequence > 0 and sequence % CHECKPOINT_EVERY == 0


def record_of(sequence: int, *, at: datetime, event: str, data: Mapping[str, Plain], previous: str) -> Record:
    """The record with these contents and its digest."""
    plain = {"at": (at - _EPOCH) // timedelta(microseconds=1), "data": data, "event": event, "previous": previous, "sequence": sequence}
    digest = hashlib.sha256(_canonical(plain)).hexdigest()
    return Record(sequence=sequence, at=at, event=event, data=data, previous=previous, digest=digest)


def line_of(record: Record) -> bytes:
    """The only way to write this record."""
    at = (record.at - _EPOCH) // timedelta(microseconds=1)
    plain = {"at": at, "data": record.data, "digest": record.digest, "event": record.event}
    return _canonical({**plain, "previous": record.previous, "sequence": record.sequence}) + b"\n"


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


_TYPES: Final = {"at": int, "data": dict, "digest": str, "event": str, "previous": str, "sequence": int}


def read_line(line: bytes) -> Record | None:
    """The record on this line; None if there is none. Whether it is true is another question."""
    try:
        plain = json.loads(line)
        if not isinstance(plain, dict) or plain.keys() != _TYPES.keys():
            return None
        if any(type(plain[name]) is not kind for name, kind in _TYPES.items()):
            return None
        return Record(**{**plain, "at": _EPOCH + timedelta(microseconds=plain["at"])})
    except (ValueError, RecursionError, OverflowError):
        return None


def _stated(log: str, sequence: int, digest: str) -> bytes:
    return f"transferguard audit v1\n{log}\n{sequence}\n{digest}\n".encode()


def sign(keys: SigningKeys | None, log: str, newest: Record) -> Checkpoint:
    """A signature over this record, and thereby over all before it.

    Raises:
        KeyUnavailable: There is no key.
    """
    if keys is None:
        raise KeyUnavailable("the audit record has no keys to sign a checkpoint with")
    key = keys.signing_key()
    private = Ed25519PrivateKey.from_private_bytes(_bytes(key["d"]))
    signature = base64.urlsafe_b64encode(private.sign(_stated(log, newest.sequence, newest.digest))).rstrip(b"=").decode("ascii")
    return Checkpoint(log=log, sequence=newest.sequence, digest=newest.digest, key_id=key["kid"], signature=signature)


def is_signed(stated: Checkpoint, keys: Jwks) -> bool:
    """Whether the named key signed this."""
    for key in keys.get("keys", ()):
        if key.get("kid") == stated.key_id and key.get("crv") == "Ed25519":
            try:
                public = Ed25519PublicKey.from_public_bytes(_bytes(key["x"]))
                public.verify(_bytes(stated.signature), _stated(stated.log, stated.sequence, stated.digest))
            except (InvalidSignature, ValueError, KeyError, binascii.Error):
                return False
            return True
    return False


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
