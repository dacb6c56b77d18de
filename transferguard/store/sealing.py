# SPDX-License-Identifier: Apache-2.0
"""Which parts of what we keep are sealed, and what stands in their place for look-ups?

Verified names and identities inside facts, and whole decisions and confirmations. Beside each sealed field stands a keyed digest, so
that "the same person?" can be asked of the database without opening anything. The key of the digests is made once per database and
kept sealed in it, so that rotating the host's secret seals one small value again and every look-up goes on working.

Without a secret no verified name and no identity is kept at all (design, rule 6).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from transferguard.store.codec import damaged, fields_from_bytes, from_bytes, is_unavailable, to_bytes
from transferguard.store.sightings import knows
from transferguard.vault import Vault, keyed_digest

SECRET_FIELDS: Final = ("verified_name", "identity")
"""Fields of an account that never reach the database in plain form."""

_PLAIN_BODY: Final = b"{"
"""First byte of an unsealed body, which is a JSON object; a sealed one starts with the vault's version."""


class Sealing:
    """What hides and reveals for one database.

    Args:
        vault: Seals; None when the host gave no secret.
        key: 32 bytes for digests.
    """

    def __init__(self, vault: Vault | None, key: bytes) -> None:
        self._vault = vault
        self._key = key

    @property
    def has_secret(self) -> bool:
        """Whether names and identities can be kept."""
        return self._vault is not None

    def digest(self, purpose: str, text: str) -> bytes:
        """Equal for equal texts, and mute."""
        return keyed_digest(self._key, purpose, text.encode("utf-8", "surrogatepass"))

    def hide(self, known: Mapping[str, Any], context: str) -> dict[str, Any]:
        """The fields of a sighting as they may be written.

        Args:
            known: JSON values by field name.
            context: The thing they belong to.
        """
        return {name: self._hide(name, value, context) for name, value in known.items() if self.has_secret or name not in SECRET_FIELDS}

    def _hide(self, name: str, value: Any, context: str) -> Any:  # noqa: ANN401 - JSON values
        if name not in SECRET_FIELDS or self._vault is None or is_unavailable(value):
            return value
        sealed = self._vault.seal(to_bytes(value), context=f"{context}/{name}")
        return {"digest": self.digest(name, value).hex(), "sealed": base64.b64encode(sealed).decode("ascii")}

    def reveal(self, known: Mapping[str, Any], context: str) -> dict[str, Any]:
        """The fields as they were before `hide`.

        Raises:
            VaultError: A sealed field was altered or moved.
        """
        return {name: self._reveal(name, value, context) for name, value in known.items()}

    def _reveal(self, name: str, value: Any, context: str) -> Any:  # noqa: ANN401 - JSON values
        if name not in SECRET_FIELDS or self._vault is None or is_unavailable(value):
            return value
        try:
            sealed = base64.b64decode(value["sealed"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise damaged() from None
        return from_bytes(self._vault.open(sealed, context=f"{context}/{name}"))

    def renew(self, known: Mapping[str, Any], context: str) -> dict[str, Any] | None:
        """Hidden fields under the newest secret; None when they are already."""
        if self.is_renewed(known):
            return None
        return {**known, **self.hide({name: self._reveal(name, known[name], context) for name in SECRET_FIELDS if name in known}, context)}

    def is_renewed(self, known: Mapping[str, Any]) -> bool:
        """Whether nothing in these hidden fields needs an old secret; nothing is opened to find out."""
        sealed = [known[name]["sealed"] for name in SECRET_FIELDS if knows(known, name)]
        return self._vault is None or all(self._vault.is_current(base64.b64decode(one)) for one in sealed)

    def renew_body(self, body: bytes, context: str) -> bytes | None:
        """A body under the newest secret; None when it is already."""
        return None if self.is_renewed_body(body) else self.seal_body(self.open_body(body, context), context)

    def is_renewed_body(self, body: bytes) -> bool:
        """Whether a body needs no old secret; it is not opened to find out."""
        return self._vault is None or self._vault.is_current(body)

    def seal_body(self, plain: Mapping[str, Any], context: str) -> bytes:
        """A whole record, sealed where there is a secret."""
        return self.seal_written(to_bytes(plain), context)

    def seal_written(self, body: bytes, context: str) -> bytes:
        """The same for a record that is written already."""
        return self._vault.seal(body, context=context) if self._vault else body

    def open_body(self, body: bytes, context: str) -> dict[str, Any]:
        """The record that `seal_body` wrote, with a secret or before there was one.

        Raises:
            VaultError: The record was altered or moved.
        """
        if self._vault and not body.startswith(_PLAIN_BODY):
            body = self._vault.open(body, context=context)
        return fields_from_bytes(body)


def comparable(known: Mapping[str, Any]) -> dict[str, Any]:
    """Hidden fields with only their digests: sealing the same value twice gives different bytes, comparing must not see that."""
    return {name: value["digest"] if name in SECRET_FIELDS and not is_unavailable(value) else value for name, value in known.items()}


def identity_digest(known: Mapping[str, Any]) -> bytes | None:
    """The digest of a hidden identity; None when there is none."""
    return bytes.fromhex(known["identity"]["digest"]) if knows(known, "identity") else None


def open_digest_key(store_id: bytes) -> bytes:
    """The digest key of a database without a secret: it separates databases and hides nothing from somebody who guesses."""
    return hashlib.sha256(b"transferguard digests without a secret" + store_id).digest()
