# SPDX-License-Identifier: Apache-2.0
"""How is a verified name kept, so that whoever copies the database learns nothing?

Sealed with AES-256-GCM from `cryptography`, under a key derived from the host's secret. The context of a value (which table, which
row, which field) is authenticated with it, so a sealed name that is moved to another account does not open. Equality look-ups go
over keyed digests (HMAC-SHA-256); a digest says nothing to someone without the key. What is worth sealing is the stores' decision.

    version 1 byte | key id 8 bytes | nonce 12 bytes | AES-256-GCM ciphertext and tag, over the value padded to 32-byte steps

Rule owned here (design, rule 6): no value is ever part of an error message or a repr.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from transferguard.errors import KeyUnavailable, VaultError

SECRET_BYTES: Final = 32
"""Length of the host's secret: 256 bits, the key size of AES-256."""

_VERSION: Final = b"\x01"
_KEY_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
"""96 bits, as NIST SP 800-38D 8.2.2 asks for random nonces; good for 2^32 values under one secret, then rotate."""

_STEP_BYTES: Final = 32
"""Values are padded to multiples of this: two or three Han characters of a name look alike from outside."""

_KEY_BYTES_END: Final = len(_VERSION) + _KEY_ID_BYTES
_HEAD_BYTES: Final = _KEY_BYTES_END + _NONCE_BYTES


class Vault:
    """Seals with the newest secret, opens with any that it was given.

    Args:
        secret: 32 bytes that seal from now on.
        retired: Earlier secrets that may still open what they sealed, while a rotation is under way.
        reload: Asked for all secrets, newest first, when a value needs one that is not known yet: another program rotated meanwhile.

    Raises:
        KeyUnavailable: A secret does not have 32 bytes.
    """

    def __init__(self, secret: bytes, *, retired: Sequence[bytes] = (), reload: Callable[[], Sequence[bytes]] | None = None) -> None:
        self._reload = reload
        self._take((secret, *retired))

    def _take(self, secrets: Sequence[bytes]) -> None:
        keys = [_derive(one, b"transferguard seal v1") for one in secrets]
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._newest = _key_id(keys[0])

    def __repr__(self) -> str:
        return f"<Vault with {len(self._ciphers)} keys>"

    def seal(self, value: bytes, *, context: str) -> bytes:
        """The value, readable only with the secret and in this context.

        Args:
            value: Anything.
            context: Where it belongs; `open` must be given the same text.
        """
        nonce = os.urandom(_NONCE_BYTES)
        head = _VERSION + self._newest
        padded = value + b"\x80" + b"\x00" * (-(len(value) + 1) % _STEP_BYTES)
        return head + nonce + self._ciphers[self._newest].encrypt(nonce, padded, _bound(head, context))

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """The value that was sealed.

        Raises:
            VaultError: Another secret, another context, or not a byte-exact copy of what `seal` returned.
        """
        head, nonce, body = sealed[:_KEY_BYTES_END], sealed[_KEY_BYTES_END:_HEAD_BYTES], sealed[_HEAD_BYTES:]
        if len(sealed) <= _HEAD_BYTES or head[:1] != _VERSION:
            raise VaultError("a sealed value is damaged, or was written by another version")
        if head[1:] not in self._ciphers and self._reload is not None:
            self._take(self._reload())
        cipher = self._ciphers.get(head[1:])
        if cipher is None:
            raise VaultError("a sealed value needs another secret; give the one it was sealed with")
        try:
            padded = cipher.decrypt(nonce, body, _bound(head, context))
        except InvalidTag:
            raise VaultError("a sealed value was altered, or moved to where it does not belong") from None
        value, _, _ = padded.rpartition(b"\x80")
        return value

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest secret sealed this value; if not, a rotation still has to seal it again."""
        return sealed[1 : 1 + _KEY_ID_BYTES] == self._newest


def keyed_digest(key: bytes, purpose: str, value: bytes) -> bytes:
    """32 bytes that are equal for equal values and tell nothing to someone without the key.

    Args:
        key: 32 bytes.
        purpose: Separates uses: digests of the same value for two purposes cannot be matched.
        value: What is digested.
    """
    return hmac.digest(key, len(purpose).to_bytes(2, "big") + purpose.encode() + value, "sha256")


def _derive(secret: bytes, purpose: bytes) -> bytes:
    if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
        raise KeyUnavailable(f"the secret must be {SECRET_BYTES} bytes; make one with secrets.token_bytes({SECRET_BYTES})")
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=purpose).derive(secret)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"transferguard key id v1" + key).digest()[:_KEY_ID_BYTES]


def _bound(head: bytes, context: str) -> bytes:
    return head + context.encode("utf-8", "surrogatepass")
