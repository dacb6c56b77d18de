# SPDX-License-Identifier: Apache-2.0
"""Whatever a host hands over by mistake is an error of ours that names the field, at every door."""

# mypy: disable-error-code="arg-type, list-item"
# They hand in wrong types on purpose.

from datetime import UTC, datetime

import pytest

from transferguard import Account, Guard, Message, Money, Transfer
from transferguard.avatars import AvatarIndex, Fingerprint, compare_avatars, fingerprint_avatar
from transferguard.calling import demand, demand_methods, demand_pairs
from transferguard.decision import Outcome
from transferguard.errors import AvatarError, CallerError, InvalidInput, ReceiptRefused, UnknownAccount, UnknownDecision
from transferguard.names import NameIndex, compare_names, mask_name, match_payee
from transferguard.receipt import verify
from transferguard.testing.host import MovableClock

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TRANSFER = Transfer(id="t", sender="me", recipient="you", money=Money.of("5.00", "CNY"))


@pytest.fixture(scope="module")
def guard(tmp_path_factory):
    """A guard over a file that knows two people and decided about them once."""
    with Guard.embedded(tmp_path_factory.mktemp("calls") / "guard.db", clock=MovableClock(NOW)) as made:
        for name in ("me", "you"):
            made.observe(Account(id=name, display_name=name, real_name_status="verified", standing="normal"), at=NOW)
        yield made


def decided(guard):
    """The id of a decision."""
    return guard.check(TRANSFER).id


MISTAKES = {
    "a transfer that is a dictionary": (lambda guard: guard.check({"id": "t"}), "transfer"),
    "no transfer": (lambda guard: guard.check(None), "transfer"),
    "a public question without a transfer": (lambda guard: guard.public_answer("you"), "transfer"),
    "a talk that is a text": (lambda guard: guard.check(TRANSFER, conversation="lend me money"), "conversation"),
    "a talk that is a number": (lambda guard: guard.check(TRANSFER, conversation=5), "conversation"),
    "a talk of texts": (lambda guard: guard.check(TRANSFER, conversation=[Message(sender="you", text="hi"), "hi"]), "conversation[1]"),
    "a time that is a number": (lambda guard: guard.observe(Account(id="x", display_name="x"), at=5), "at"),
    "a time that is no ISO text": (lambda guard: guard.observe(Account(id="x", display_name="x"), at="soon"), "at"),
    "a decision where its id belongs": (lambda guard: guard.confirm(guard.check(TRANSFER)), "decision_id"),
    "an acknowledgement that is a text": (lambda guard: guard.confirm(decided(guard), acknowledged="false"), "acknowledged"),
    "a typed name that is a number": (lambda guard: guard.confirm(decided(guard), typed_name=5), "typed_name"),
    "a transfer id where a transfer belongs": (lambda guard: guard.redeem("a.b.c", "t"), "transfer"),
    "nobody to prepare for": (lambda guard: guard.prepare("me", None), "recipient"),
    "nobody to forget": (lambda guard: guard.forget(None), "account"),
    "feedback about no decision": (lambda guard: guard.feedback(None, "honest"), "decision_id"),
    "a locale that is no text": (lambda guard: guard.check(TRANSFER).sender_view(None), "locale"),
    "a policy that is a mapping": (lambda _: Guard(policy={"profile": "eu"}), "policy"),
    "an empty mapping for a policy": (lambda _: Guard(policy={}), "policy"),
    "a directory that is a list": (lambda _: Guard(directory=[]), "directory"),
    "a store that is a path": (lambda _: Guard(store="guard.db"), "store"),
    "keys that are a path": (lambda _: Guard(keys="guard.db.keys"), "keys"),
    "a clock that is a number": (lambda _: Guard(clock=5), "clock"),
    "a clock that is a class": (lambda _: Guard(clock=MovableClock), "clock"),
    "a database that is a number": (lambda _: Guard.embedded(5), "path"),
    "a database whose path holds NUL": (lambda _: Guard.embedded("guard\0.db"), "path"),
    "a database whose path cannot be written": (lambda _: Guard.embedded("guard\ud800.db"), "path"),
    "a receipt for no transfer": (lambda guard: verify("a.b.c", None, guard.public_keys()), "transfer"),
    "a receipt at a time that is a number": (lambda guard: verify("a.b.c", TRANSFER, guard.public_keys(), now=5), "now"),
    "a name that is a number": (lambda _: compare_names(5, "x"), "a"),
    "another name that is nothing": (lambda _: compare_names("x", None), "b"),
    "a masked name that is bytes": (lambda _: mask_name(b"x"), "name"),
    "a written name that is nothing": (lambda _: match_payee(None, "x"), "seen"),
    "a verified name that is nothing": (lambda _: match_payee("x", None), "verified"),
    "an index of a number": (lambda _: NameIndex(5), "entries"),
    "an index of names alone": (lambda _: NameIndex(["Alice", "Bob"]), "entries"),
    "an index with an id that cannot be kept": (lambda _: NameIndex([(["a"], "Alice")]), "entries"),
    "an index with a name that is nothing": (lambda _: NameIndex([("a", None)]), "name"),
    "a name added that is a number": (lambda _: NameIndex().add("a", 5), "name"),
    "a name sought that is a number": (lambda _: NameIndex([("a", "Alice")]).search(5), "name"),
    "a picture compared that is bytes": (lambda _: compare_avatars(b"x", b"x"), "a"),
    "an index with a picture that is bytes": (lambda _: AvatarIndex([("a", b"x")]), "fingerprint"),
    "a picture added that is bytes": (lambda _: AvatarIndex().add("a", b"x"), "fingerprint"),
    "a picture sought that is bytes": (lambda _: AvatarIndex().search(b"x"), "fingerprint"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_call_with_something_else_names_the_field(mistake, guard):
    """The error is the caller's, names the field, and says neither value nor anything of ours."""
    call, field = MISTAKES[mistake]

    with pytest.raises(InvalidInput) as caught:
        call(guard)

    assert caught.value.field == field
    assert isinstance(caught.value, CallerError)


def test_a_clock_in_words_is_read():
    """ISO 8601 text is a time, as it is in the fields of an account."""
    guard = Guard(clock=MovableClock(NOW))
    guard.observe(Account(id="me", display_name="a"), at="2026-11-22T09:00:00Z")
    guard.observe(Account(id="me", display_name="b"), at="2026-11-22T08:00:00Z")
    guard.observe(Account(id="you", display_name="you"))

    assert guard.check(TRANSFER).outcome > Outcome.PROCEED


@pytest.mark.parametrize("id_", ["", "\0", "\ud800", "x" * 257, "line\nbreak"])
def test_an_id_that_nothing_can_have_is_unknown(id_, guard):
    """It reaches no database, which would complain in words of its own."""
    with pytest.raises(UnknownDecision):
        guard.confirm(id_)
    with pytest.raises(UnknownAccount, match=r"^transfer\.recipient"):
        guard.prepare("me", id_)
    assert guard.forget(id_) == 0


@pytest.mark.parametrize("keys", [None, 5, [], {"keys": 5}, {"keys": None}, {"keys": "abc"}])
def test_keys_that_are_no_jwks_are_a_mistake_of_the_ledger(keys, guard):
    """Not a receipt that was refused: with these keys no receipt could ever be checked."""
    token = guard.confirm(decided(guard), acknowledged=True).token

    with pytest.raises(InvalidInput, match=r"^keys: is no JWKS"):
        verify(token, TRANSFER, keys, now=NOW)


@pytest.mark.parametrize("other", [None, 5, "text", [1, 2], object()])
def test_what_is_no_picture_is_an_avatar_error(other):
    """As the bytes of no picture are."""
    with pytest.raises(AvatarError):
        fingerprint_avatar(other)
    with pytest.raises(AvatarError, match="damaged fingerprint"):
        Fingerprint.from_bytes(other)


def test_a_receipt_for_an_id_that_nothing_can_have_is_malformed(guard):
    """An unsigned payload may claim any transfer; a lone surrogate in it reaches no database."""
    import base64  # noqa: PLC0415 - for this one token
    import json  # noqa: PLC0415 - as above

    header, payload, signature = guard.confirm(decided(guard), acknowledged=True).token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"transfer": "\ud800"}
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

    with pytest.raises(ReceiptRefused, match="malformed"):
        guard.redeem(f"{header}.{forged}.{signature}")


def test_what_is_of_the_type_is_handed_through():
    """The very object, and None where None stands for the default."""
    clock = MovableClock(NOW)

    assert demand("x", str, "name") == "x"
    assert demand_methods(clock, ("now",), "clock", remedy="") is clock
    assert demand_methods(None, ("now",), "clock", remedy="") is None
    assert list(demand_pairs([("a", 1)], int, "number")) == [("a", 1)]
