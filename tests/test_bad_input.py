# SPDX-License-Identifier: Apache-2.0
"""Bad input, row by row: a host's mistake is an error that names the field, a hostile profile is a decision all the same.

Each mistake is made twice, as a Python caller makes it and as a case file makes it.
"""

import copy
import json
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.test_case import SMALL
from transferguard import Account, Contact, Money, Outcome, PastTransfer, cli, model
from transferguard.case import load_case
from transferguard.case.check import StoppedClock, examine_case
from transferguard.case.files import to_json
from transferguard.decision import Reason
from transferguard.errors import CallerError, InvalidInput, InvalidPolicy, TransferConflict, UnknownAccount
from transferguard.guard import Guard
from transferguard.model import RealNameStatus, Standing, TransferState
from transferguard.policy import Policy
from transferguard.testing.pictures import as_gif, as_jpeg, as_png, draw_portrait

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

types: Any = model
"""The types without their types: half of the mistakes below are those that a type checker refuses."""


def transfer(**changed):
    """A good transfer, with something about it changed."""
    amount, currency = changed.pop("amount", "5000.00"), changed.pop("currency", "CNY")
    return types.Transfer(**{"id": "t9", "sender": "me", "recipient": "u9", "money": Money.of(amount, currency)} | changed)


def guard(path):
    """An embedded guard that knows two people."""
    made = Guard.embedded(path, clock=StoppedClock(NOW))
    for name in ("me", "u9"):
        made.observe(
            Account(
                id=name, display_name=name, verified_name=f"真{name}", real_name_status=RealNameStatus.VERIFIED, standing=Standing.NORMAL
            ),
            at=NOW,
        )
    return made


def with_change(where, content):
    """The small case with one field of one of its objects replaced."""
    plain = copy.deepcopy(SMALL)
    *way, last = where
    place = plain
    for step in way:
        place = place[step]
    place[last] = content
    return plain


MISTAKES = {
    # what: (what a Python caller does, what a case file says, field of the Python error, field of the case's)
    "negative amount": (lambda: transfer(amount="-1.00"), (("transfer", "amount"), "-1.00"), "amount", "transfer.amount"),
    "zero amount": (lambda: transfer(amount="0.00"), (("transfer", "amount"), "0.00"), "amount", "transfer.amount"),
    "above 2^63-1 minor units": (
        lambda: transfer(amount="92233720368547758.08"),
        (("transfer", "amount"), "92233720368547758.08"),
        "amount",
        "transfer.amount",
    ),
    "huge exponent": (lambda: transfer(amount="1e999999999"), (("transfer", "amount"), "1e999999999"), "amount", "transfer.amount"),
    "not a number": (lambda: transfer(amount="NaN"), (("transfer", "amount"), "NaN"), "amount", "transfer.amount"),
    "infinite": (lambda: transfer(amount="Infinity"), (("transfer", "amount"), "Infinity"), "amount", "transfer.amount"),
    "float money": (lambda: types.Money.of(5000.0, "CNY"), (("transfer", "amount"), 5000.0), "amount", "transfer.amount"),
    "float minor units": (lambda: types.Money(500000.0, "CNY"), (("transfer", "amount"), 500000), "amount", "transfer.amount"),
    "unknown currency": (lambda: transfer(currency="RMB"), (("transfer", "currency"), "RMB"), "currency", "transfer.currency"),
    "currency in lower case": (lambda: transfer(currency="cny"), (("transfer", "currency"), "cny"), "currency", "transfer.currency"),
    "currency without minor units": (lambda: transfer(currency="XAU"), (("transfer", "currency"), "XAU"), "currency", "transfer.currency"),
    "too many decimals": (lambda: transfer(amount="1.001"), (("transfer", "amount"), "1.001"), "amount", "transfer.amount"),
    "decimals in yen": (
        lambda: transfer(amount="5000.5", currency="JPY"),
        (("transfer",), SMALL["transfer"] | {"amount": "5000.5", "currency": "JPY"}),
        "amount",
        "transfer.amount",
    ),
    "transfer to oneself": (lambda: transfer(recipient="me"), (("transfer", "recipient"), "me"), "recipient", "transfer.recipient"),
    "empty id": (lambda: transfer(id=""), (("transfer", "id"), ""), "id", "transfer.id"),
    "naive time of an account": (
        lambda: types.Account(id="a", display_name="a", created_at=datetime(2026, 1, 1)),  # noqa: DTZ001 - the mistake under test
        (("accounts", 0, "created_at"), "2026-01-01T00:00:00"),
        "created_at",
        "accounts[0].created_at",
    ),
    "naive time of a payment": (
        lambda: types.PastTransfer(id="p", sender="a", recipient="b", money=Money(1, "CNY"), at=datetime(2026, 1, 1)),  # noqa: DTZ001 - as above
        (("transfers", 0, "at"), "2026-01-01T00:00:00"),
        "at",
        "transfers[0].at",
    ),
    "naive time of a message": (
        lambda: types.Message(sender="a", text="x", at="2026-01-01T00:00:00"),
        (("conversation", 0, "at"), "2026-01-01T00:00:00"),
        "at",
        "conversation[0].at",
    ),
    "unknown field of an account": (
        lambda: types.Account(id="a", display_name="a", nickname="b"),
        (("accounts", 0, "nickname"), "b"),
        "nickname",
        "accounts[0].nickname",
    ),
    "unknown field of a contact": (
        lambda: types.Contact(owner="a", account="b", alias="c"),
        (("contacts", 0, "alias"), "c"),
        "alias",
        "contacts[0].alias",
    ),
    "unknown field of a transfer": (lambda: transfer(memo="x"), (("transfer", "memo"), "x"), "memo", "transfer.memo"),
    "unknown standing": (
        lambda: types.Account(id="a", display_name="a", standing="molten"),
        (("accounts", 0, "standing"), "molten"),
        "standing",
        "accounts[0].standing",
    ),
    "display name that is no text": (
        lambda: types.Account(id="a", display_name=7),
        (("accounts", 0, "display_name"), 7),
        "display_name",
        "accounts[0].display_name",
    ),
    "avatar that is neither bytes nor path": (
        lambda: types.Account(id="a", display_name="a", avatar=7),
        (("accounts", 0, "avatar"), 7),
        "avatar",
        "accounts[0].avatar",
    ),
    "path of an avatar where bytes belong": (
        lambda: types.ProfileChange(at=NOW, avatar="old.png"),
        (("accounts", 0, "profile_changes"), [{"at": "2026-01-01T00:00:00Z", "avatar": 7}]),
        "avatar",
        "accounts[0].profile_changes[0].avatar",
    ),
    "misspelt policy key": (lambda: Policy.from_mapping({"profil": "cn"}), (("policy",), {"profil": "cn"}), "profil", "policy.profil"),
    "misspelt inner policy key": (
        lambda: Policy.from_mapping({"threshold": {"worn": 0.1}}),
        (("policy",), {"threshold": {"worn": 0.1}}),
        "threshold.worn",
        "policy.threshold.worn",
    ),
    "policy value of the wrong type": (
        lambda: Policy.from_mapping({"threshold": {"warn": "low"}}),
        (("policy",), {"threshold": {"warn": "low"}}),
        "threshold.warn",
        "policy.threshold.warn",
    ),
    "policy that lets an unverified party pass": (
        lambda: Policy.from_mapping({"missing": {"real_name_status": "proceed"}}),
        (("policy",), {"missing": {"real_name_status": "proceed"}}),
        "missing.real_name_status",
        "policy.missing.real_name_status",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_host_mistake_is_an_error_that_names_the_field(mistake):
    """A Python caller gets a typed error with field and problem, and never the value."""
    do, _, field, _ = MISTAKES[mistake]

    with pytest.raises(InvalidInput) as caught:
        do()

    assert caught.value.field == field
    assert caught.value.problem
    assert isinstance(caught.value, CallerError)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_same_mistake_in_a_case_file_is_status_two(mistake, tmp_path, capsys):
    """One line on standard error that names the field as the file writes it; nothing on standard output, nothing written."""
    _, (where, content), _, field = MISTAKES[mistake]
    (tmp_path / "case.json").write_text(to_json(with_change(where, content)), encoding="utf-8")

    assert cli.run(["check", str(tmp_path / "case.json"), "--json"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"transferguard: {field}: ")
    assert printed.err.count("\n") == 1
    assert "毕小川" not in printed.err
    assert [kept.name for kept in tmp_path.iterdir()] == ["case.json"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'{"now": NaN}', "case: holds NaN"),
        (b"[]", "case: must be an object"),
        (b"", "case: is not JSON at line 1, column 1"),
        (b"\xff\xfe", "case: is not UTF-8 at byte 0"),
        (b"[" * 100_000, "case: is nested too deeply"),
        (b'{"now": 1, "now": 2}', "now: stands twice"),
        (b'{"accounts": [], "transfer": {}}', "now: is missing"),
    ],
)
def test_a_file_that_is_no_case_is_status_two(text, line, tmp_path, capsys):
    """Whatever stands in it, and quickly."""
    (tmp_path / "case.json").write_bytes(text)

    assert cli.run(["check", str(tmp_path / "case.json")]) == 2
    assert capsys.readouterr().err.startswith(f"transferguard: {line}")


def test_an_unknown_account_is_named_and_nothing_is_written(tmp_path):
    """The guard says which side it does not know, and keeps no decision."""
    with guard(tmp_path / "guard.db") as host:
        for side, changed in (("transfer.recipient", {"recipient": "nobody"}), ("transfer.sender", {"sender": "nobody"})):
            with pytest.raises(UnknownAccount) as caught:
                host.check(transfer(**changed))
            assert caught.value.field == side
            assert "observe" in str(caught.value)
        assert host._store.latest_decision("t9") is None


def test_an_unknown_account_in_a_case_is_status_two(tmp_path, capsys):
    """The same, before the guard is even asked."""
    (tmp_path / "case.json").write_text(to_json(with_change(("transfer", "recipient"), "nobody")), encoding="utf-8")

    assert cli.run(["check", str(tmp_path / "case.json")]) == 2
    assert capsys.readouterr().err.startswith("transferguard: transfer.recipient: names an account that is not in accounts")


def test_a_confirmed_id_with_other_content_is_a_conflict(tmp_path):
    """Until it is confirmed an amount may be edited; after that the id is taken."""
    with guard(tmp_path / "guard.db") as host:
        host.observe(Contact(owner="me", account="u9", since=datetime(2020, 1, 1, tzinfo=UTC)), at=NOW)
        past = PastTransfer(
            id="p1",
            sender="me",
            recipient="u9",
            money=Money.of("10.00", "CNY"),
            at=datetime(2025, 1, 1, tzinfo=UTC),
            state=TransferState.SETTLED,
        )
        host.observe(past, at=NOW)
        host.check(transfer(amount="20.00"))
        decision = host.check(transfer(amount="10.00"))
        host.confirm(decision.id, acknowledged=True)

        with pytest.raises(TransferConflict) as caught:
            host.check(transfer(amount="11.00"))

        assert caught.value.field == "transfer.id"
        assert host.check(transfer(amount="10.00")) == decision


def test_a_policy_file_that_is_no_toml_is_an_error():
    """And names what is wrong."""
    with pytest.raises(InvalidPolicy, match="not TOML"):
        Policy.from_toml("profile = ")


PORTRAIT = as_jpeg(draw_portrait(3), quality=80)


def png_header(width, height):
    """A PNG that claims to be of this size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


AVATARS = {
    "empty": b"",
    "truncated": PORTRAIT[: len(PORTRAIT) // 2],
    "header only": as_png(draw_portrait(3))[:40],
    "of a type we do not decode": b"BM" + bytes(200),
    "vector graphics": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "text": b"this is not a picture",
    "over 5 MB": PORTRAIT + bytes(5 * 1024 * 1024),
    "a bomb of pixels": png_header(60_000, 60_000) + bytes(64),
    "an animation of one colour": as_gif([draw_portrait(3).resize((1, 1))] * 3),
    "noise after a JPEG header": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
}


@pytest.mark.parametrize("avatar", AVATARS)
def test_a_picture_that_cannot_be_read_is_unavailable_and_never_helps(avatar, tmp_path):
    """The decision is made without it, says so, and is no milder than for an honest account without a picture."""
    (tmp_path / "avatar.bin").write_bytes(AVATARS[avatar])

    with_picture = examined(tmp_path, ("accounts", 1, "avatar"), "avatar.bin").decision
    without = examined(tmp_path, ("accounts", 1, "avatar"), None).decision

    assert with_picture.outcome >= without.outcome
    assert any(missing.startswith("recipient.avatar: ") for missing in with_picture.unavailable)


def test_a_missing_picture_is_unavailable(tmp_path):
    """A path that leads nowhere is no reason to refuse the check."""
    decision = examined(tmp_path, ("accounts", 1, "avatar"), "none.png").decision

    assert "recipient.avatar: no such file" in decision.unavailable


HOSTILE_NAMES = {
    "10,000 code points": "李" * 10_000,
    "10,000 combining marks": "a" + "\u0301" * 10_000,
    "NUL": "李\x00思远",
    "lone surrogate": "李\ud800思远",
    "reversed surrogates": "\udc00\ud800",
    "only invisible characters": "\u200b\u200d\u2060\ufeff",
    "right-to-left override": "李\u202e远思",
    "empty": "",
    "blank": " \u3000\t",
    "terminal escape": "\x1b[2J李思远",
    "line breaks": "李思远\n\u2028官方认证",
    "500 emoji": "👩‍👩‍👧‍👦" * 500,
}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_malformed_name_is_a_decision_all_the_same(name, tmp_path, capsys):
    """A finding, a bounded card, valid JSON; never an error, and never milder than an honest name."""
    hostile = HOSTILE_NAMES[name]
    decision = examined(tmp_path, ("accounts", 1, "display_name"), hostile).decision
    honest = examined(tmp_path, ("accounts", 1, "display_name"), "阿明").decision

    assert decision.outcome >= honest.outcome >= Outcome.PROCEED
    json.loads(decision.to_json())
    json.dumps(decision.sender_view("en")).encode("ascii")
    write(tmp_path, ("accounts", 1, "display_name"), hostile)
    assert cli.run(["check", str(tmp_path / "case.json"), "--explain"]) == 0
    card = capsys.readouterr().out
    card.encode("utf-8")
    assert len(card) < 12_000
    assert not {"\x00", "\x1b", "\u202e", "\ud800", "\u2028"} & set(card)


@pytest.mark.parametrize("name", ["NUL", "lone surrogate", "reversed surrogates", "only invisible characters", "right-to-left override"])
def test_tampering_that_no_honest_name_has_is_found(name, tmp_path):
    """It is evidence by itself (design, section 5)."""
    decision = examined(tmp_path, ("accounts", 1, "display_name"), HOSTILE_NAMES[name]).decision

    assert Reason.MALFORMED_NAME in {finding.reason for finding in decision.findings}


@pytest.mark.parametrize("field", ["verified_name", "identity"])
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_an_odd_verified_name_does_not_break_the_check(name, field, tmp_path, capsys):
    """Identity providers hold odd data too; an odd identity is a host's mistake, an odd name is not."""
    write(tmp_path, ("accounts", 1, field), HOSTILE_NAMES[name])

    status = cli.run(["check", str(tmp_path / "case.json")])

    assert status == 0 or (field == "identity" and status == 2)
    capsys.readouterr().out.encode("utf-8")


def write(folder, where, content):
    """Write the small case with one field replaced."""
    (folder / "case.json").write_text(to_json(with_change(where, content)), encoding="utf-8")


def examined(folder, where, content):
    """The small case with one field replaced, through its file and the guard."""
    write(folder, where, content)
    return examine_case(load_case(folder / "case.json"))
