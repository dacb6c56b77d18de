# SPDX-License-Identifier: Apache-2.0
"""Who signs receipts, and with what are names sealed, when the host has no key service of its own?

`LocalKeys` keeps both in one file beside the database, readable by its owner only. `StaticKeys` holds keys that a host fetched from
where it keeps its secrets. Both are lists: the first key signs, the others may still verify, so that a rotation needs no pause.
Keys are JWKs (RFC 7517, OKP with Ed25519) named by their thumbprint (RFC 7638). Signing itself is the business of
`transferguard.receipt`, sealing that of `transferguard.vault`.

Rule owned here (design, rule 6): no key is ever part of a repr or of an error message.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from transferguard.errors import KeyUnavailable
from transferguard.vault import SECRET_BYTES

Jwk = Mapping[str, str]

Jwks = Mapping[str, Sequence[Jwk]]

KEPT_SIGNING_KEYS: Final = 3
"""The one that signs and two that may still verify: a receipt lives for minutes, and nobody rotates three times in them."""

_FILE_VERSION: Final = 1
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""Permission bits of everybody but the owner; a key file has none of them."""

_PUBLIC_MEMBERS: Final = ("kty", "crv", "x", "kid", "use", "alg")


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class _Ring:
    """All keys of one host, newest first."""

    signing: tuple[Jwk, ...]
    secrets: tuple[bytes, ...]


class StaticKeys:
    """Keys that the host hands in.

    Args:
        signing: Private JWKs (OKP, Ed25519), newest first; the first one signs. A missing `kid` becomes the thumbprint.
        secret: 32 bytes that seal verified names.
        retired_secrets: Earlier secrets that may still open what they sealed.

    Raises:
        KeyUnavailable: No usable signing key, or a secret of another length.
    """

    def __init__(self, *, signing: Sequence[Jwk], secret: bytes, retired_secrets: Sequence[bytes] = ()) -> None:
        self._ring = _ring(signing, (secret, *retired_secrets))

    @classmethod
    def generate(cls) -> Self:
        """Fresh keys that live as long as this process; for tests and trials."""
        return cls(signing=[new_signing_key()], secret=secrets.token_bytes(SECRET_BYTES))

    def __repr__(self) -> str:
        return f"<StaticKeys with {len(self._ring.signing)} signing keys>"

    def signing_key(self) -> Jwk:
        """The private JWK that signs new receipts."""
        return self._ring.signing[0]

    def public_keys(self) -> Jwks:
        """The JWKS of every key that may still verify a receipt."""
        return {"keys": [public_key(key) for key in self._ring.signing]}

    def secret(self) -> bytes:
        """32 bytes that encrypt verified names at rest."""
        return self._ring.secrets[0]

    def retired_secrets(self) -> Sequence[bytes]:
        """Earlier secrets that may still open what they sealed."""
        return self._ring.secrets[1:]


class LocalKeys:
    """Keys in a file of their own, the embedded default. A file that changes is read again.

    Use `LocalKeys.open`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_from: tuple[int, ...] = ()
        self._ring = self._current()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The keys in this file, which is made where it is missing: with mode 0600, complete from the first moment, and only once.

        Args:
            path: Where; its folder must exist.

        Raises:
            KeyUnavailable: Others may read the file, or it cannot be read, written or understood.
        """
        where = Path(path)
        if not where.exists():
            _publish(where, new_key_file(), replace=False)
        return cls(where)

    def __repr__(self) -> str:
        return f"<LocalKeys with {len(self._ring.signing)} signing keys>"

    def signing_key(self) -> Jwk:
        """The private JWK that signs new receipts."""
        return self._current().signing[0]

    def public_keys(self) -> Jwks:
        """The JWKS of every key that may still verify a receipt."""
        return {"keys": [public_key(key) for key in self._current().signing]}

    def secret(self) -> bytes:
        """32 bytes that encrypt verified names at rest."""
        return self._current().secrets[0]

    def retired_secrets(self) -> Sequence[bytes]:
        """Earlier secrets that may still open what they sealed."""
        return self._current().secrets[1:]

    def all_secrets(self) -> Sequence[bytes]:
        """All secrets, newest first, as the file has them now."""
        return self._current().secrets

    def ring(self) -> _Ring:
        """All of them."""
        return self._current()

    def _current(self) -> _Ring:
        try:
            with self._path.open("rb") as file:
                about = os.fstat(file.fileno())
                read_from = (about.st_ino, about.st_mtime_ns, about.st_size, about.st_mode)
                if read_from != self._read_from:
                    _refuse_if_others_may_read(about.st_mode)
                    self._ring = _parse(file.read())
                    self._read_from = read_from
        except OSError as error:
            raise KeyUnavailable(f"the key file cannot be read: {error.strerror}") from None
        return self._ring


def new(path: str | os.PathLike[str]) -> Jwks:
    """Make a key file, and return what may be published of it.

    Raises:
        KeyUnavailable: There is one already, or it cannot be written.
    """
    where = Path(path)
    with _alone_in(where.parent):
        if where.exists():
            raise KeyUnavailable("there is a key file already; rotate its keys instead")
        _publish(where, new_key_file(), replace=False)
    return public(path)


def public(path: str | os.PathLike[str]) -> Jwks:
    """The JWKS of every key in this file that may still verify a receipt.

    Raises:
        KeyUnavailable: The file cannot be read or understood.
    """
    if not Path(path).exists():
        raise KeyUnavailable("there is no key file; make one with `transferguard keys new`")
    return LocalKeys.open(path).public_keys()


def rotate(path: str | os.PathLike[str], *, keep: int = KEPT_SIGNING_KEYS) -> Jwks:
    """Sign with a fresh key from now on, and return what may be published: the new key and the latest old ones.

    Programs that have the file open sign with the new key at their next receipt. Ledgers must fetch the public keys again when a
    receipt names one that they do not know.

    Args:
        path: The key file.
        keep: How many signing keys stay in the file, the new one included; receipts live for minutes, so few suffice.

    Raises:
        KeyUnavailable: The file cannot be read or written.
    """
    return _change(path, lambda ring: _Ring(signing=(new_signing_key(), *ring.signing)[: max(2, keep)], secrets=ring.secrets))


def rotate_secret(path: str | os.PathLike[str]) -> Jwks:
    """Seal with a fresh secret from now on; `Guard.seal_again` then brings what the old ones sealed under it."""
    fresh = secrets.token_bytes(SECRET_BYTES)
    return _change(path, lambda ring: _Ring(signing=ring.signing, secrets=(fresh, *ring.secrets)))


def forget_retired_secrets(path: str | os.PathLike[str]) -> Jwks:
    """Drop all secrets but the newest, once nothing needs them any more; what they sealed can never be opened again."""
    return _change(path, lambda ring: _Ring(signing=ring.signing, secrets=ring.secrets[:1]))


def _change(path: str | os.PathLike[str], change: Callable[[_Ring], _Ring]) -> Jwks:
    where = Path(path)
    with _alone_in(where.parent):
        ring = LocalKeys(where).ring()
        _publish(where, _written(change(ring)), replace=True)
    return public(path)


def new_signing_key() -> Jwk:
    """A fresh private JWK: OKP, Ed25519, named by its thumbprint."""
    from joserfc.jwk import OKPKey  # noqa: PLC0415 - loads only where a key is made or named

    key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "EdDSA"}, private=True, auto_kid=True)
    return _texts(key.as_dict(private=True))


def public_key(key: Jwk) -> Jwk:
    """The part of a private JWK that may be published."""
    return {name: key[name] for name in _PUBLIC_MEMBERS if name in key}


def new_key_file() -> bytes:
    """The content of a fresh key file: one signing key and one secret."""
    return _written(_Ring(signing=(new_signing_key(),), secrets=(secrets.token_bytes(SECRET_BYTES),)))


def _written(ring: _Ring) -> bytes:
    content = {
        "version": _FILE_VERSION,
        "signing": list(ring.signing),
        "secrets": [base64.b64encode(one).decode("ascii") for one in ring.secrets],
    }
    return json.dumps(content, indent=2).encode("ascii") + b"\n"


def _parse(content: bytes) -> _Ring:
    try:
        found = json.loads(content)
        if found["version"] != _FILE_VERSION:
            raise KeyUnavailable("the key file was written by another version; upgrade the package")
        return _ring(found["signing"], [base64.b64decode(one, validate=True) for one in found["secrets"]])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise KeyUnavailable("the key file is damaged; restore it from a backup") from None


def _ring(signing: Sequence[Jwk], all_secrets: Sequence[bytes]) -> _Ring:
    if not signing:
        raise KeyUnavailable("there is no signing key; give at least one")
    if not all_secrets or any(not isinstance(one, bytes) or len(one) != SECRET_BYTES for one in all_secrets):
        raise KeyUnavailable(f"the secret must be {SECRET_BYTES} bytes; make one with secrets.token_bytes({SECRET_BYTES})")
    return _Ring(signing=tuple(_checked(key) for key in signing), secrets=tuple(all_secrets))


def _checked(key: Jwk) -> Jwk:
    """The key with its name, after making sure that it can sign."""
    try:
        whole = {**_texts(key if key.get("kid") else _named(key)), "use": "sig", "alg": "EdDSA"}
        seed = base64.urlsafe_b64decode(whole["d"] + "==") if whole["kty"] == "OKP" else b""
        derived = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() if whole["crv"] == "Ed25519" else b""
    except (AttributeError, ValueError, TypeError, KeyError):
        raise KeyUnavailable("a signing key is not a private JWK of type OKP") from None
    if base64.urlsafe_b64encode(derived).rstrip(b"=").decode("ascii") != whole.get("x"):
        raise KeyUnavailable("a signing key is not a private JWK with curve Ed25519 and its own public half")
    return whole


def _named(key: Jwk) -> Mapping[str, Any]:
    """The key with its thumbprint as name (RFC 7638)."""
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above
    from joserfc.jwk import OKPKey  # noqa: PLC0415 - as above

    try:
        read = OKPKey.import_key(dict(key), {"use": "sig", "alg": "EdDSA"})
    except JoseError as error:
        raise ValueError from error
    read.ensure_kid()
    named: Mapping[str, Any] = read.as_dict(private=True)
    return named


def _texts(members: Mapping[str, Any]) -> Jwk:
    return {name: value for name, value in members.items() if isinstance(value, str)}


def _refuse_if_others_may_read(mode: int) -> None:
    # Windows keeps permissions elsewhere; its mode bits say nothing.
    if sys.platform != "win32" and mode & _OTHERS:
        raise KeyUnavailable("the key file can be read by others; run chmod 600 on it, and rotate the keys if somebody might have")


def _publish(where: Path, content: bytes, *, replace: bool) -> None:
    """Make the file appear complete and durable at once. Of several processes that make it, the first one wins.

    Raises:
        KeyUnavailable: The folder cannot be written.
    """
    draft = where.with_name(f".{where.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if replace:
                draft.replace(where)
            else:
                _link_once(draft, where)
        finally:
            draft.unlink(missing_ok=True)
        _flush_folder(where.parent)
    except OSError as error:
        raise KeyUnavailable(f"the key file cannot be written: {error.strerror}") from None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two rotations at once would lose a key that has signed already, so they wait for each other."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise KeyUnavailable(f"the key file cannot be written: {error.strerror}") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _link_once(draft: Path, where: Path) -> None:
    try:
        where.hardlink_to(draft)
    except FileExistsError:
        return  # another process was first; its keys are everybody's


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
