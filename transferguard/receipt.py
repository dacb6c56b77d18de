# SPDX-License-Identifier: Apache-2.0
"""Does this receipt prove that this transfer passed the guard?

A receipt is a JWS (RFC 7515, compact) signed with Ed25519 (RFC 8037), made and checked through joserfc. A ledger needs this file, the
token, the transfer and the public keys: no database and no other part of this package. `verify` decides in this order:

1. form: three canonical base64url parts of bounded length
2. header: exactly `alg`, `kid` and `typ`; the algorithm is ours, whatever the token says
3. key: the named one stands among the public keys and is an Ed25519 key
4. signature
5. claims: complete and of the right types
6. time: issued, and not expired
7. binding: transfer id, sender, recipient, amount and currency are those of this transfer

That a receipt is used only once is the store's business (`Guard.redeem`). The claims hold keyed digests of the verified identity and of
the name that was shown, never the name.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.jws import CompactSignature, JWSRegistry, deserialize_compact, serialize_compact

from transferguard.calling import demand, is_id
from transferguard.errors import InvalidInput, KeyUnavailable, ReceiptReason, ReceiptRefused
from transferguard.vault import keyed_digest

if TYPE_CHECKING:
    from transferguard.model import Transfer
    from transferguard.seams import Keys

Jwks = Mapping[str, Sequence[Mapping[str, str]]]
"""Public keys as RFC 7517 writes them: `{"keys": [...]}`."""

_ALGORITHM: Final = "EdDSA"
_TYPE: Final = "transferguard-receipt"

MAX_TOKEN_CHARACTERS: Final = 65_536
"""Three ids of 256 code points, escaped, and some warnings take a quarter of this."""

_MAX_HEADER_CHARACTERS: Final = 400
"""`alg`, `kid` and `typ` with a thumbprint take 130; the limit keeps unsigned JSON shallow."""

_LEEWAY: Final = timedelta(seconds=60)
"""How far the clocks of guard and ledger may differ before a receipt looks as if it came from the future (RFC 7519, section 4.1.5:
"no more than a few minutes")."""

_TEXT_CLAIMS: Final = ("jti", "transfer", "sender", "recipient", "minor", "currency", "decision", "policy", "identity", "name")
_BOUND: Final = ("transfer", "sender", "recipient", "minor", "currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a receipt is issued for.

    Args:
        transfer: The transfer that passed.
        decision_id: Under which decision.
        policy: Digest of the policy applied.
        acknowledged: Which warnings the sender acknowledged, as message ids.
        identity: Verified identity of the recipient; empty when unknown.
        shown_name: The name as it was shown to the sender; empty when hidden.
    """

    transfer: Transfer
    decision_id: str
    policy: str
    acknowledged: Sequence[str] = ()
    identity: str = field(default="", repr=False)
    shown_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Signed proof that a transfer passed the guard.

    Args:
        token: The JWS text, to hand to the payment backend.
        id: The nonce; a receipt is redeemed by it, once.
        transfer_id: For which transfer.
        decision_id: Under which decision.
        policy: Digest of the policy applied.
        acknowledged: Which warnings the sender acknowledged.
        identity_digest: Keyed digest of the recipient's verified identity; empty when unknown.
        name_digest: Keyed digest of the name shown; empty when hidden.
        issued_at: When, to the second.
        expires_at: From when on it is worthless.
        key_id: Which key signed it.
    """

    token: str = field(repr=False)
    id: str
    transfer_id: str
    decision_id: str
    policy: str
    acknowledged: tuple[str, ...]
    identity_digest: str
    name_digest: str
    issued_at: datetime
    expires_at: datetime
    key_id: str


def issue(passed: Passed, keys: Keys, *, now: datetime, valid_for: timedelta) -> Receipt:
    """A receipt for a transfer that passed, signed with the newest key.

    Args:
        passed: What is proved.
        keys: Who signs; their secret keys the digests of identity and name.
        now: Aware.
        valid_for: How long the payment backend may take; by policy.

    Raises:
        KeyUnavailable: There is no usable key.
        InvalidInput: `now` is naive, or the validity is shorter than a second.
    """
    issued = _seconds(now)
    lifetime = int(valid_for.total_seconds())
    if lifetime < 1:
        raise InvalidInput("valid_for", "is shorter than a second", "give the payment backend some minutes")
    transfer, secret = passed.transfer, keys.secret()
    claims = {
        **_binding(transfer),
        "jti": secrets.token_urlsafe(16),
        "iat": issued,
        "exp": issued + lifetime,
        "decision": passed.decision_id,
        "policy": passed.policy,
        "acknowledged": list(passed.acknowledged),
        "identity": _digest(secret, "receipt identity", passed.identity),
        "name": _digest(secret, f"receipt name {transfer.id}", passed.shown_name),
    }
    key = _signing_key(keys)
    key_id = str(key.kid)
    header = {"alg": _ALGORITHM, "kid": key_id, "typ": _TYPE}
    payload = json.dumps(claims, sort_keys=True, separators=(",", ":")).encode("ascii")
    return _receipt(serialize_compact(header, payload, key, registry=_ONLY_OURS), claims, key_id)


def _signing_key(keys: Keys) -> OKPKey:
    """The newest key, if it can sign."""
    given = keys.signing_key()
    try:
        key = OKPKey.import_key(dict(given))
        key.ensure_kid()
        usable = key.is_private and key.curve_name == "Ed25519"
    except (JoseError, ValueError, TypeError, KeyError):
        usable = False
    if not usable:
        raise KeyUnavailable("the signing key is not a private JWK of type OKP with curve Ed25519")
    return key


def verify(token: str, transfer: Transfer, keys: Jwks, *, now: datetime | None = None) -> Receipt:
    """What the receipt proves about this transfer.

    Args:
        token: The JWS text.
        transfer: What is about to be paid; id, sender, recipient and money must be those of the receipt.
        keys: JWKS with the public keys of the guard (`Guard.public_keys()`).
        now: Aware; the clock of this computer by default.

    Raises:
        ReceiptRefused: The receipt does not prove it; `.reason` says why.
        InvalidInput: `now` is naive, or something is not of the declared type.
    """
    bound = _binding(transfer)
    moment = _seconds(datetime.now(UTC) if now is None else now)
    header = _read_header(token)  # 1, 2
    key = _find_key(header["kid"], keys)  # 3
    claims = _read_claims(_signed_payload(token, key))  # 4, 5
    if moment >= claims["exp"]:  # 6
        raise ReceiptRefused(ReceiptReason.EXPIRED, "exp")
    if claims["iat"] > moment + _LEEWAY.total_seconds():
        raise ReceiptRefused(ReceiptReason.NOT_YET_VALID, "iat")
    for name, value in bound.items():  # 7
        if claims[name] != value:
            raise ReceiptRefused(ReceiptReason.OTHER_TRANSFER, name)
    return _receipt(token, claims, header["kid"])


def transfer_id_of(token: str) -> str:
    """Which transfer the receipt claims to be for; nothing about it is proved before `verify`.

    Raises:
        ReceiptRefused: The token is not a receipt of this form.
    """
    _read_header(token)
    transfer_id = str(_read_claims(_decoded(token.split(".")[1], "payload"))["transfer"])
    if not is_id(transfer_id):
        raise _refuse_malformed("transfer")
    return transfer_id


class _OnlyOurs(JWSRegistry):
    """Knows one algorithm. RFC 9864 renames EdDSA with this curve to Ed25519, which few verifiers read yet; joserfc warns at every use."""

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - joserfc does not export the type
        if name != _ALGORITHM:
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


_ONLY_OURS: Final = _OnlyOurs()


def _seconds(moment: datetime) -> int:
    if demand(moment, datetime, "now").utcoffset() is None:
        raise InvalidInput("now", "has no time zone", "give an aware time, such as datetime.now(UTC)")
    return int(moment.timestamp())


def _binding(transfer: Transfer) -> dict[str, str]:
    """What a receipt holds for. The amount is text: JSON readers elsewhere round integers above 2^53."""
    if not all(hasattr(transfer, name) for name in ("id", "sender", "recipient", "money")):
        raise InvalidInput("transfer", f"is of type {type(transfer).__name__}", "give a Transfer")
    money = transfer.money
    values = (transfer.id, transfer.sender, transfer.recipient, str(money.minor), money.currency)
    return dict(zip(_BOUND, values, strict=True))


def _digest(secret: bytes, purpose: str, value: str) -> str:
    return keyed_digest(secret, purpose, value.encode("utf-8", "surrogatepass")).hex() if value else ""


def _refuse_malformed(name: str) -> ReceiptRefused:
    return ReceiptRefused(ReceiptReason.MALFORMED, name)


def _decoded(part: str, name: str) -> bytes:
    """The bytes of a base64url part, if there is only one way to write them and this is it (RFC 4648, section 3.5)."""
    try:
        data = base64.b64decode(part.encode("ascii") + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _refuse_malformed(name) from None
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii") != part:
        raise _refuse_malformed(name)
    return data


def _each_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of a JSON object, if no name stands twice: readers differ about which one counts (RFC 7515, section 4).

    Raises:
        ValueError: One does.
    """
    found = dict(members)
    if len(found) != len(members):
        raise ValueError
    return found


def _read_header(token: object) -> dict[str, str]:
    if not isinstance(token, str) or len(token) > MAX_TOKEN_CHARACTERS:
        raise _refuse_malformed("token")
    parts = token.split(".")
    if len(parts) != 3 or len(parts[0]) > _MAX_HEADER_CHARACTERS:  # noqa: PLR2004 - header, payload, signature
        raise _refuse_malformed("token")
    data, _, _ = (_decoded(part, name) for part, name in zip(parts, ("header", "payload", "signature"), strict=True))
    try:
        header = json.loads(data, object_pairs_hook=_each_once)
    except ValueError:
        raise _refuse_malformed("header") from None
    if not isinstance(header, dict) or "alg" not in header:
        raise _refuse_malformed("header")
    if header["alg"] != _ALGORITHM:
        raise ReceiptRefused(ReceiptReason.ALGORITHM, "alg")
    if header.keys() != {"alg", "kid", "typ"} or header["typ"] != _TYPE or not isinstance(header["kid"], str):
        raise _refuse_malformed("header")
    return header


def _find_key(key_id: str, keys: Jwks) -> OKPKey:
    listed: object = keys.get("keys", ()) if isinstance(keys, Mapping) else None
    if isinstance(listed, str | bytes) or not isinstance(listed, Sequence):
        raise InvalidInput("keys", "is no JWKS", "give what Guard.public_keys() returns")
    for candidate in listed:
        if not isinstance(candidate, Mapping) or (candidate.get("kid"), candidate.get("kty"), candidate.get("crv")) != (
            key_id,
            "OKP",
            "Ed25519",
        ):
            continue
        try:
            return OKPKey.import_key({name: candidate[name] for name in ("kty", "crv", "x", "kid")})
        except (JoseError, ValueError, TypeError, KeyError):
            continue  # the good one may stand behind it
    raise ReceiptRefused(ReceiptReason.UNKNOWN_KEY, "kid")


def _signed_payload(token: str, key: OKPKey) -> bytes:
    try:
        signed: CompactSignature = deserialize_compact(token, key, registry=_ONLY_OURS)
    except JoseError:
        raise ReceiptRefused(ReceiptReason.SIGNATURE, "signature") from None
    return signed.payload


def _read_claims(payload: bytes) -> dict[str, Any]:
    """The claims, checked although we signed them: another program may hold the same key."""
    try:
        claims = json.loads(payload, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise _refuse_malformed("payload") from None
    if not isinstance(claims, dict):
        raise _refuse_malformed("payload")
    for name in _TEXT_CLAIMS:
        if not isinstance(claims.get(name), str):
            raise _refuse_malformed(name)
    for name in ("iat", "exp"):
        if type(claims.get(name)) is not int or not 0 <= claims[name] <= _LAST_SECOND:
            raise _refuse_malformed(name)
    acknowledged = claims.get("acknowledged")
    if not isinstance(acknowledged, list) or not all(isinstance(one, str) for one in acknowledged):
        raise _refuse_malformed("acknowledged")
    return claims


_LAST_SECOND: Final = int(datetime.max.replace(tzinfo=UTC).timestamp()) - 1
"""End of the year 9999: the last second that a datetime can name."""


def _receipt(token: str, claims: Mapping[str, Any], key_id: str) -> Receipt:
    return Receipt(
        token=token,
        id=claims["jti"],
        transfer_id=claims["transfer"],
        decision_id=claims["decision"],
        policy=claims["policy"],
        acknowledged=tuple(claims["acknowledged"]),
        identity_digest=claims["identity"],
        name_digest=claims["name"],
        issued_at=datetime.fromtimestamp(claims["iat"], UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
        key_id=key_id,
    )
