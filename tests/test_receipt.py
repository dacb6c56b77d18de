# SPDX-License-Identifier: Apache-2.0
"""A receipt proves one transfer, to whoever has the public keys, until it expires; nothing else passes."""

import base64
import hmac
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from transferguard.errors import InvalidInput, ReceiptReason, ReceiptRefused
from transferguard.keys import StaticKeys, new_signing_key
from transferguard.model import Money, Transfer
from transferguard.receipt import MAX_TOKEN_CHARACTERS, Passed, issue, transfer_id_of, verify

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
KEYS = StaticKeys(signing=[new_signing_key()], secret=b"s" * 32)
TRANSFER = Transfer(id="t9", sender="me", recipient="u9", money=Money.of("5000.00", "CNY"))
PASSED = Passed(
    transfer=TRANSFER, decision_id="d1", policy="sha256:0", acknowledged=["first_transfer"], identity="person-nine", shown_name="毕小川"
)
RECEIPT = issue(PASSED, KEYS, now=NOW, valid_for=TEN_MINUTES)


def refused(token, *, transfer=TRANSFER, keys=None, now=NOW):
    """Why a receipt is refused."""
    with pytest.raises(ReceiptRefused) as caught:
        verify(token, transfer, KEYS.public_keys() if keys is None else keys, now=now)
    return caught.value.reason


def encoded(data):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims_of(token=RECEIPT.token):
    """The claims inside a token."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signed(header=(), payload=None, **claims):
    """A token that our own key signed, with another header or other claims."""
    key = OKPKey.import_key(dict(KEYS.signing_key()))
    head = {"alg": "EdDSA", "kid": key.kid, "typ": "transferguard-receipt", **dict(header)}
    body = json.dumps({**claims_of(), **claims}).encode() if payload is None else payload
    text = f"{encoded(json.dumps({name: value for name, value in head.items() if value is not None}).encode())}.{encoded(body)}"
    assert isinstance(key.private_key, Ed25519PrivateKey)
    return f"{text}.{encoded(key.private_key.sign(text.encode()))}"


def test_a_receipt_proves_its_transfer():
    """The verifier finds what was issued, to the second."""
    proved = verify(RECEIPT.token, TRANSFER, KEYS.public_keys(), now=NOW)

    assert proved == RECEIPT
    assert (proved.transfer_id, proved.decision_id, proved.policy, proved.acknowledged) == ("t9", "d1", "sha256:0", ("first_transfer",))
    assert (proved.issued_at, proved.expires_at) == (NOW, NOW + TEN_MINUTES)
    assert proved.key_id == KEYS.signing_key()["kid"]
    assert transfer_id_of(RECEIPT.token) == "t9"


def test_a_receipt_is_a_standard_jws():
    """Any library that knows EdDSA checks it."""
    public = OKPKey.import_key(dict(KEYS.public_keys()["keys"][0]))
    with pytest.warns(match="RFC 9864"):
        found = jws.deserialize_compact(RECEIPT.token, public, algorithms=["EdDSA"])

    assert json.loads(found.payload) == claims_of()
    assert found.headers() == {"alg": "EdDSA", "kid": RECEIPT.key_id, "typ": "transferguard-receipt"}


def test_a_receipt_holds_no_name_and_no_identity():
    """It holds keyed digests, that of a name bound to its transfer, and nothing for what is unknown."""
    text = RECEIPT.token + json.dumps(claims_of(), ensure_ascii=False) + repr(RECEIPT) + repr(PASSED)
    assert "person-nine" not in text
    assert "毕小川" not in text

    other = issue(replace(PASSED, transfer=replace(TRANSFER, id="t8")), KEYS, now=NOW, valid_for=TEN_MINUTES)
    assert other.identity_digest == RECEIPT.identity_digest
    assert other.name_digest != RECEIPT.name_digest
    bare = issue(replace(PASSED, identity="", shown_name=""), KEYS, now=NOW, valid_for=TEN_MINUTES)
    assert (bare.identity_digest, bare.name_digest) == ("", "")
    assert RECEIPT.token not in repr(RECEIPT)
    assert RECEIPT.identity_digest != hmac.digest(b"", b"person-nine", "sha256").hex()


def test_two_receipts_never_share_their_nonce():
    """Each receipt can be redeemed on its own."""
    assert issue(PASSED, KEYS, now=NOW, valid_for=TEN_MINUTES).id != RECEIPT.id
    assert len(RECEIPT.id) == 22


def test_every_changed_character_is_refused():
    """No character of a receipt can be replaced, left out or doubled."""
    token = RECEIPT.token
    reasons = set()
    for place, letter in enumerate(token):
        before, after = token[:place], token[place + 1 :]
        reasons |= {refused(before + other + after) for other in ("B" if letter == "A" else "A", "", letter * 2)}

    assert reasons == {ReceiptReason.MALFORMED, ReceiptReason.SIGNATURE, ReceiptReason.UNKNOWN_KEY, ReceiptReason.ALGORITHM}


def test_every_other_spelling_of_the_same_bytes_is_refused():
    """Base64url has one spelling: no padding, no line ends, no other alphabet, no loose last bits."""
    head, body, signature = RECEIPT.token.split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    loose = signature[:-1] + alphabet[alphabet.index(signature[-1]) + 1]
    spellings = [f"{head}.{body}.{loose}", RECEIPT.token + "=", RECEIPT.token + "==", f"{head}=.{body}.{signature}", RECEIPT.token + "\n"]
    spellings += [" " + RECEIPT.token, f"{head}.{body}\n.{signature}", RECEIPT.token.replace("-", "+").replace("_", "/") + "+"]

    assert {refused(one) for one in spellings} == {ReceiptReason.MALFORMED}


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "...", "a.b", "a.b.c.d", "é.é.é", "\ud800.a.a", None, b"a.b.c", 7, "a" * (MAX_TOKEN_CHARACTERS + 1), "e30.e30.e30"],
)
def test_what_is_no_receipt_at_all_is_malformed(token):
    """Whatever is handed in, the answer is a typed refusal."""
    assert refused(token) is ReceiptReason.MALFORMED
    with pytest.raises(ReceiptRefused):
        transfer_id_of(token)


@settings(max_examples=100)
@given(st.text(max_size=300) | st.text(alphabet='eyJ.{}[]":-_A', max_size=300))
def test_no_text_makes_the_verifier_fail_otherwise(token):
    """Random text is refused as malformed and never escapes as another error."""
    assert refused(token) is ReceiptReason.MALFORMED


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "ES256", "Ed25519", "EdDSA ", "", None, ["EdDSA"]])
def test_the_token_does_not_choose_the_algorithm(algorithm):
    """Only ours passes, whatever the header asks for, and even if our own key signed it."""
    expected = ReceiptReason.MALFORMED if algorithm is None else ReceiptReason.ALGORITHM

    assert refused(signed({"alg": algorithm})) is expected


def test_an_unsigned_token_and_one_signed_with_the_public_key_are_refused():
    """The two classic attacks on JWS verifiers: `none`, and the public key taken for a shared secret."""
    body = RECEIPT.token.split(".")[1]
    none = encoded(b'{"alg":"none","kid":"x","typ":"transferguard-receipt"}')
    shared = encoded(json.dumps({"alg": "HS256", "kid": RECEIPT.key_id, "typ": "transferguard-receipt"}).encode())
    public = base64.urlsafe_b64decode(KEYS.public_keys()["keys"][0]["x"] + "=")
    mac = encoded(hmac.digest(public, f"{shared}.{body}".encode(), "sha256"))

    assert refused(f"{none}.{body}.") is ReceiptReason.ALGORITHM
    assert refused(f"{shared}.{body}.{mac}") is ReceiptReason.ALGORITHM


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"]},
        {"jwk": dict(KEYS.public_keys()["keys"][0])},
        {"b64": False},
        {"typ": "JWT"},
        {"typ": None},
        {"kid": None},
        {"kid": 7},
    ],
)
def test_a_header_with_more_less_or_other_members_is_malformed(header):
    """A token brings no key, no extension and no other type."""
    assert refused(signed(header)) is ReceiptReason.MALFORMED


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        (b'{"alg":"none","alg":"EdDSA","kid":"%s","typ":"transferguard-receipt"}', None),
        (b'{"alg":"EdDSA","kid":"other","kid":"%s","typ":"transferguard-receipt"}', None),
        (b'{"alg":"EdDSA","kid":"%s","typ":"JWT","typ":"transferguard-receipt"}', None),
        (b'{"alg":"EdDSA","kid":"%s","typ":"transferguard-receipt"}', b'"minor":"1","minor":"500000"'),
        (b'{"alg":"EdDSA","kid":"%s","typ":"transferguard-receipt"}', b'"recipient":"thief","recipient":"u9"'),
    ],
)
def test_a_member_that_stands_twice_is_malformed_even_under_our_signature(header, payload):
    """Readers differ about which of the two counts, so a ledger in another language could read another receipt."""
    body = json.dumps(claims_of()).encode()
    if payload is not None:
        body = body[:-1] + b"," + payload + b"}"
    text = f"{encoded(header.replace(b'%s', RECEIPT.key_id.encode()))}.{encoded(body)}"
    private = OKPKey.import_key(dict(KEYS.signing_key())).private_key
    assert isinstance(private, Ed25519PrivateKey)

    assert refused(f"{text}.{encoded(private.sign(text.encode()))}") is ReceiptReason.MALFORMED


@pytest.mark.parametrize("kid", ["../../etc/passwd", "' OR 1=1 --", "https://thief.example/jwks.json", "", "\x00", "a" * 200, "\u202e"])
def test_a_key_id_is_a_name_and_nothing_else(kid):
    """No path, no query, no address: what is not among the public keys is unknown."""
    assert refused(signed({"kid": kid})) is ReceiptReason.UNKNOWN_KEY


def test_an_unusable_key_of_the_same_name_does_not_hide_the_good_one():
    """Whoever can add to the published keys cannot make good receipts fail, nor the verifier."""
    ours = KEYS.public_keys()["keys"][0]
    odd: list[Any] = [{**ours, "x": "AA"}, {**ours, "kty": "oct", "k": ours["x"]}, "key", None, [], {**ours, "x": 7}]

    assert verify(RECEIPT.token, TRANSFER, {"keys": [*odd, ours]}, now=NOW) == RECEIPT


def test_a_signature_has_one_spelling():
    """Adding the order of the group to the second half gives another number that satisfies the equation (RFC 8032, section 5.1.7)."""
    order = 2**252 + 27742317777372353535851937790883648493
    head, _, last = RECEIPT.token.rpartition(".")
    signature = base64.urlsafe_b64decode(last + "==")
    second = int.from_bytes(signature[32:], "little") + order
    for forged in (signature[:32] + second.to_bytes(32, "little"), bytes(64), signature[32:] + signature[:32], signature + b"\x00"):
        assert refused(f"{head}.{encoded(forged)}") is ReceiptReason.SIGNATURE


def test_a_key_that_is_not_ours_is_refused():
    """Another key under another name, another key under our name, and no keys at all."""
    stranger = StaticKeys.generate()
    forged = issue(PASSED, stranger, now=NOW, valid_for=TEN_MINUTES).token
    ours = KEYS.public_keys()["keys"][0]
    renamed = {**stranger.public_keys()["keys"][0], "kid": ours["kid"]}

    assert refused(forged) is ReceiptReason.UNKNOWN_KEY
    assert refused(RECEIPT.token, keys={"keys": [renamed]}) is ReceiptReason.SIGNATURE
    unusable = [
        {**ours, "kty": "oct"},
        {**ours, "crv": "X25519"},
        {**ours, "x": "AA"},
        {name: ours[name] for name in ("kid", "kty", "crv")},
    ]
    assert {refused(RECEIPT.token, keys={"keys": [one]}) for one in unusable} == {ReceiptReason.UNKNOWN_KEY}
    assert refused(RECEIPT.token, keys={}) is refused(RECEIPT.token, keys={"keys": []}) is ReceiptReason.UNKNOWN_KEY


def test_receipts_of_the_old_key_stay_good_while_it_is_published():
    """A rotation overlaps: both verify, until the old key is taken away."""
    new = StaticKeys(signing=[new_signing_key(), KEYS.signing_key()], secret=b"s" * 32)

    assert verify(RECEIPT.token, TRANSFER, new.public_keys(), now=NOW).key_id == RECEIPT.key_id
    assert issue(PASSED, new, now=NOW, valid_for=TEN_MINUTES).key_id == new.signing_key()["kid"]
    assert refused(RECEIPT.token, keys={"keys": new.public_keys()["keys"][:1]}) is ReceiptReason.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (TEN_MINUTES - timedelta(microseconds=1), None),
        (TEN_MINUTES, ReceiptReason.EXPIRED),
        (timedelta(days=400), ReceiptReason.EXPIRED),
        (timedelta(seconds=-60), None),
        (timedelta(seconds=-61), ReceiptReason.NOT_YET_VALID),
    ],
)
def test_a_receipt_is_good_from_its_issue_to_its_expiry(after, reason):
    """It ends at its last second exactly; a minute between two clocks is forgiven at its beginning only."""
    if reason is None:
        assert verify(RECEIPT.token, TRANSFER, KEYS.public_keys(), now=NOW + after)
    else:
        assert refused(RECEIPT.token, now=NOW + after) is reason


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "t8"}, "transfer"),
        ({"sender": "you"}, "sender"),
        ({"recipient": "u8"}, "recipient"),
        ({"money": Money.of("5000.01", "CNY")}, "minor"),
        ({"money": Money.of("5000.00", "USD")}, "currency"),
        ({"sender": "u9", "recipient": "me"}, "sender"),
    ],
)
def test_a_receipt_proves_no_other_transfer(change, field):
    """Every part of the transfer is bound, and the refusal names the part."""
    with pytest.raises(ReceiptRefused) as caught:
        verify(RECEIPT.token, replace(TRANSFER, **change), KEYS.public_keys(), now=NOW)

    assert (caught.value.reason, caught.value.field) == (ReceiptReason.OTHER_TRANSFER, field)


@pytest.mark.parametrize(
    "claims",
    [
        {"jti": 7},
        {"transfer": None},
        {"minor": 500000},
        {"exp": "soon"},
        {"exp": True},
        {"exp": 1e12},
        {"exp": 10**15},
        {"iat": -1},
        {"acknowledged": "all"},
        {"acknowledged": [7]},
        {"identity": None},
    ],
    ids=str,
)
def test_claims_of_the_wrong_type_are_malformed_even_under_our_signature(claims):
    """Another program with the same key cannot make the verifier stumble."""
    assert refused(signed(**claims)) is ReceiptReason.MALFORMED


@pytest.mark.parametrize("payload", [b"", b"7", b"[]", b"{}", b"\xff", b"[" * 20_000])
def test_a_payload_that_is_no_set_of_claims_is_malformed(payload):
    """The same for something else in its place, and for JSON made to exhaust the reader."""
    token = signed(payload=payload)

    assert refused(token) is ReceiptReason.MALFORMED
    with pytest.raises(ReceiptRefused):
        transfer_id_of(token)


def test_the_longest_transfer_fits():
    """Ids of the greatest length in the widest letters and the greatest amount make a receipt that verifies."""
    wide = Transfer(id="𠮷" * 256, sender="😀" * 256, recipient="😁" * 256, money=Money(2**63 - 1, "CNY"))
    receipt = issue(replace(PASSED, transfer=wide), KEYS, now=NOW, valid_for=TEN_MINUTES)

    assert verify(receipt.token, wide, KEYS.public_keys(), now=NOW) == receipt


def test_a_naive_time_or_no_validity_is_the_callers_mistake():
    """Both are named."""
    naive = datetime(2026, 11, 22)  # noqa: DTZ001 - naive on purpose
    with pytest.raises(InvalidInput, match="now"):
        verify(RECEIPT.token, TRANSFER, KEYS.public_keys(), now=naive)
    with pytest.raises(InvalidInput, match="now"):
        issue(PASSED, KEYS, now=naive, valid_for=TEN_MINUTES)
    with pytest.raises(InvalidInput, match="valid_for"):
        issue(PASSED, KEYS, now=NOW, valid_for=timedelta(milliseconds=999))


def test_the_shortest_receipt_is_good_for_its_second():
    """A second is enough to be issued, and ends on time."""
    brief = issue(PASSED, KEYS, now=NOW, valid_for=timedelta(seconds=1))

    assert brief.expires_at - brief.issued_at == timedelta(seconds=1)
    assert verify(brief.token, TRANSFER, KEYS.public_keys(), now=NOW) == brief
    assert refused(brief.token, now=NOW + timedelta(seconds=1)) is ReceiptReason.EXPIRED


def test_without_a_time_the_clock_of_the_computer_counts():
    """A ledger may leave it out."""
    fresh = issue(PASSED, KEYS, now=datetime.now(UTC), valid_for=TEN_MINUTES)

    assert verify(fresh.token, TRANSFER, KEYS.public_keys()) == fresh


def test_the_verifier_stands_alone():
    """A ledger that imports it loads no database, no numbers library and no models."""
    heavy = {"sqlalchemy", "numpy", "pydantic", "PIL", "httpx", "transferguard.store"}
    code = f"import sys, transferguard.receipt; print(*sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter

    assert found.stdout.strip() == ""
