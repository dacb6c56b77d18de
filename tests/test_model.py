# SPDX-License-Identifier: Apache-2.0
"""What a host hands in is checked where it enters, and a complaint names the field and never the value."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.errors import InvalidInput
from transferguard.model import (
    MAX_ID_CODE_POINTS,
    MAX_MINOR_UNITS,
    Account,
    Channel,
    Contact,
    Message,
    Money,
    PastTransfer,
    ProfileChange,
    RealNameStatus,
    SecurityEvent,
    Transfer,
    Unavailable,
    adapter_of,
    exponent_of,
)

SECRET = "毕小川·Bartholomew"  # noqa: S105 - a name that must not be seen
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def transfer(**changed):
    """A good transfer, or one with a fault."""
    return Transfer(**{"id": "t", "sender": "a", "recipient": "b", "money": Money(500_000, "CNY")} | changed)


def refusal(work, *arguments, **named):
    """The error that a call raises."""
    with pytest.raises(InvalidInput) as caught:
        work(*arguments, **named)
    return caught.value


@given(st.sampled_from(sorted(EXPONENT_OF_CURRENCY)), st.integers(0, MAX_MINOR_UNITS))
def test_an_amount_survives_being_written_and_read(currency, minor):
    """Minor units, decimal text and Decimal are three ways to write the same money, for every currency."""
    money = Money(minor, currency)

    assert Money.of(money.decimal, currency) == money
    assert Money.of(f"{money.decimal:f}", currency) == money
    assert str(money) == f"{currency} {money.decimal:f}"


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("5000.00", "CNY", 500_000),
        ("5000", "JPY", 5_000),
        ("5.125", "KWD", 5_125),
        ("0.10", "EUR", 10),
        ("+7", "USD", 700),
        ("1.500", "USD", 150),
    ],
)
def test_decimals_follow_the_currency(amount, currency, minor):
    """Yen have no decimals and dinars have three; zeros behind the last one do no harm."""
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency", "field", "word"),
    [
        ("1.5", "JPY", "amount", "decimals"),
        ("1.005", "EUR", "amount", "decimals"),
        (1.5, "EUR", "amount", "never a float"),
        (5, "EUR", "amount", "text or Decimal"),
        (None, "EUR", "amount", "text or Decimal"),
        ("NaN", "EUR", "amount", "decimal number"),
        ("1e3", "EUR", "amount", "decimal number"),
        ("１２", "EUR", "amount", "decimal number"),
        ("", "EUR", "amount", "decimal number"),
        ("-1.00", "EUR", "amount", "negative"),
        (Decimal("NaN"), "EUR", "amount", "finite"),
        (Decimal("Infinity"), "EUR", "amount", "finite"),
        (Decimal("1e999999"), "EUR", "amount", "2^63-1"),
        ("92233720368547758.08", "EUR", "amount", "2^63-1"),
        ("1.00", "XAU", "currency", "ISO 4217"),
        ("1.00", "eur", "currency", "ISO 4217"),
        ("1.00", "ZZZ", "currency", "ISO 4217"),
        ("1.00", None, "currency", "ISO 4217"),
        ("1.00", ["EUR"], "currency", "ISO 4217"),
    ],
)
def test_what_is_no_amount_is_refused(amount, currency, field, word):
    """Floats, exponents, fractions of a cent and unknown currencies are a host's mistakes, each with its remedy."""
    error = refusal(Money.of, amount, currency)

    assert error.field == field
    assert word in str(error)


@pytest.mark.parametrize("minor", [-1, MAX_MINOR_UNITS + 1, 1.0, True, "1", None])
def test_minor_units_are_a_bounded_integer(minor):
    """Neither a float nor a truth value counts as minor units."""
    assert refusal(Money, minor, "CNY").field == "amount"


def test_exponents_come_from_iso_4217():
    """The table, not the host, knows how many decimals a currency has."""
    assert [exponent_of(currency) for currency in ("JPY", "CNY", "KWD")] == [0, 2, 3]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"money": Money(0, "CNY")}, "amount"),
        ({"recipient": "a"}, "recipient"),
        ({"id": ""}, "id"),
        ({"id": "x" * (MAX_ID_CODE_POINTS + 1)}, "id"),
        ({"sender": "a\x00"}, "sender"),
        ({"sender": "\ud800"}, "sender"),
        ({"sender": 7}, "sender"),
        ({"channel": "pigeon"}, "channel"),
        ({"money": 5}, "money"),
        ({"money": {"minor": 5}}, "money"),
        ({"money": {"minor": -5, "currency": "CNY"}}, "amount"),
        ({"amount": "5.00"}, "currency"),
        ({"currency": "CNY"}, "amount"),
        ({"amount": "5.00", "currency": "CNY"}, "money"),
        ({"usual_amount": "0"}, "usual_amount"),
        ({"usual_amount": "-4"}, "usual_amount"),
        ({"usual_amount": 4}, "usual_amount"),
        ({"ammount": "5.00"}, "ammount"),
        ({"zzz": "5.00"}, "zzz"),
    ],
)
def test_a_faulty_transfer_names_its_field(changed, field):
    """Every mistake of a host is an error of ours that names the field as the caller wrote it."""
    assert refusal(transfer, **changed).field == field


def test_a_transfer_reads_amount_and_currency_as_a_case_file_writes_them():
    """`amount` and `currency` are another spelling of `money`, in Python and in JSON."""
    fields = {"id": "t", "sender": "a", "recipient": "b", "amount": "5000.00", "currency": "CNY"}

    assert Transfer(**fields) == transfer() == adapter_of(Transfer).validate_python(fields)
    assert adapter_of(Transfer).validate_python({**fields, "channel": "chat"}).channel is Channel.CHAT
    with pytest.raises(InvalidInput, match="amount"):
        PastTransfer(id="p", sender="a", recipient="b", amount=5.0, currency="CNY")


def test_the_usual_price_is_money_of_the_same_currency():
    """Where a host knows the going price, it is read like any other amount."""
    assert transfer(usual_amount="50.00").usual_money == Money(5_000, "CNY")
    assert transfer().usual_money is None


def test_fields_are_given_by_name():
    """Two ids in the wrong order would pay the wrong person, so nothing is positional."""
    assert refusal(Transfer, "t", "a", "b", Money(1, "CNY")).field == "id"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"display_name": None}, "text"),
        ({"avatar": "li.jpg"}, "bytes of a picture"),
        ({"standing": "odd"}, "known value"),
        ({"created_at": "2026-11-22T10:00:00"}, "time zone"),
        ({"created_at": "yesterday"}, "ISO 8601"),
        ({"created_at": 5}, "ISO 8601"),
        ({"created_at": datetime(2026, 11, 22, 10)}, "time zone"),  # noqa: DTZ001 - the naive time is the point
        ({"created_at": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))}, "years 1 to 9999"),
        ({"security_events": "none"}, "tuple"),
        ({"verified_nane": SECRET}, "did you mean verified_name?"),
        ({"qqq": SECRET}, "schema case"),
    ],
)
def test_a_faulty_account_says_what_is_wrong(changed, problem):
    """The message holds the field, what is wrong and what to do, and nothing that the caller passed."""
    error = refusal(Account, **({"id": "u", "display_name": "Li", "verified_name": SECRET} | changed))

    assert problem in str(error)
    assert SECRET not in str(error)


@given(
    st.fixed_dictionaries(
        {"verified_name": st.just(SECRET)},
        optional={
            name: st.one_of(st.none(), st.integers(), st.just(SECRET), st.binary(max_size=3), st.lists(st.just(SECRET), max_size=2))
            for name in ("id", "display_name", "avatar", "identity", "kind", "standing", "created_at", "profile_changes", "nonsense")
        },
    )
)
def test_no_repr_and_no_complaint_holds_a_verified_name(fields):
    """Whatever else is wrong with an account, its verified name appears in no message and in no repr."""
    fields = {"id": "u", "display_name": "Li"} | fields
    shown_anyway = SECRET in [fields.get(name) for name in ("id", "display_name", "identity")]
    try:
        text = repr(Account(**fields))
    except InvalidInput as error:
        text = f"{error} {error!r} {error.__cause__!r}"
    else:
        if shown_anyway:
            return

    assert SECRET not in text


def test_null_is_unavailable_and_a_value_is_itself():
    """None never travels inside: it becomes a reason why the fact is missing."""
    account = Account(id="u", display_name="Li", identity=None, standing="frozen", real_name_status=RealNameStatus.VERIFIED)

    assert account.identity == Unavailable("null")
    assert account.verified_name == Unavailable("not given")
    assert account.standing.value == "frozen"
    assert not account.verified_name


def test_what_is_unavailable_is_written_as_null():
    """JSON has one word for a fact that is not there."""
    written = adapter_of(Contact).dump_python(Contact(owner="a", account="b", since=NOON), mode="json")

    assert written == {"owner": "a", "account": "b", "remark": None, "since": "2026-11-22T12:00:00Z", "last_message_at": None}


def test_times_are_kept_in_utc():
    """A moment is the same moment wherever the host's clock stands."""
    there = SecurityEvent(at="2026-11-22T20:00:00+08:00", kind="new_device")

    assert there.at == NOON
    assert there.at.tzinfo is UTC


@pytest.mark.parametrize("name", ["", "\x00", "\ud800", "\u202egnp", "x" * 10_000])
def test_an_odd_profile_is_no_mistake(name):
    """Hostile names reach the signals as they are; refusing them here would let a thief skip the check."""
    assert Account(id="u", display_name=name, avatar=b"\x00").display_name == name


def test_a_profile_change_knows_what_changed():
    """A change of the picture alone is no change of the name, and an old value that cannot be read counts as a change."""
    picture = ProfileChange(at=NOON, avatar=Unavailable("too many bytes"))

    assert (picture.of_name, picture.of_avatar) == (False, True)
    assert ProfileChange(at=NOON, display_name="Li").of_name


def test_a_message_is_from_somebody_in_both_spellings():
    """`from` is what a case file writes, and no Python word for an argument."""
    assert Message(**{"from": "u9", "text": "hi"}) == Message(sender="u9", text="hi")
    assert "hi" not in repr(Message(sender="u9", text="hi"))


def test_values_cannot_be_changed():
    """A fact that was checked stays what it was."""
    with pytest.raises(AttributeError):
        transfer().id = "other"


def test_a_reader_of_a_type_is_built_once():
    """Building one costs milliseconds, and a case file needs hundreds of values."""
    assert adapter_of(Account) is adapter_of(Account)


@pytest.mark.parametrize("kind", [Account, Contact, Message, Unavailable])
def test_a_type_has_a_schema(kind):
    """What Python accepts is described for those who write JSON by hand; null stands where a fact may be missing."""
    assert "null" in json.dumps(TypeAdapter(kind).json_schema())


def test_no_repr_holds_a_picture_an_identity_or_words_of_a_talk():
    """Logs hold reprs; what a person chose to show to friends is not for logs."""
    account = Account(id="u", display_name="Li", avatar=b"PICTURE", verified_name="VERIFIED", identity="IDENTITY")
    change = ProfileChange(at=NOON, display_name="Old", avatar=b"PICTURE")
    message = Message(sender="u", text="WORDS")

    for shown in map(repr, (account, change, message)):
        assert not [word for word in ("PICTURE", "VERIFIED", "IDENTITY", "WORDS") if word in shown]
    assert "Li" in repr(account)
    assert "Old" in repr(change)


def test_what_is_not_said_about_a_change_did_not_change():
    """Neither name nor picture; an empty old name is a name."""
    nothing = ProfileChange(at=NOON)

    assert (nothing.of_name, nothing.of_avatar) == (False, False)
    assert ProfileChange(at=NOON, display_name="").of_name is True
    assert ProfileChange(at=NOON, display_name="Li").of_avatar is False


def test_one_unit_is_a_transfer_and_a_price():
    """The bounds are at zero: the smallest amount is sent, and the smallest usual price is known."""
    small = transfer(money=Money(1, "CNY"), usual_amount="0.01")

    assert small.usual_money == Money(1, "CNY")
    assert refusal(transfer, money=Money(0, "CNY")).problem == "is zero"
    assert refusal(transfer, usual_amount="0.00").problem == "is zero"


def test_money_that_is_given_as_money_is_left_as_it_is():
    """In Python and in JSON alike, also for payments made before."""
    fields = {"id": "p", "sender": "a", "recipient": "b"}
    made = PastTransfer(**fields, money=Money(7, "JPY"))

    assert made.money == Money(7, "JPY")
    assert adapter_of(PastTransfer).validate_python({**fields, "money": {"minor": 7, "currency": "JPY"}}) == made
    assert adapter_of(PastTransfer).validate_python({**fields, "amount": "7", "currency": "JPY"}) == made
    assert adapter_of(PastTransfer).dump_python(made, mode="json")["money"] == {"minor": 7, "currency": "JPY"}
    assert adapter_of(PastTransfer) is adapter_of(PastTransfer)
    assert refusal(transfer, amount="5.00", currency="CNY").problem == "stands beside amount and currency"


def test_what_a_host_leaves_out_is_not_given_and_lists_are_empty():
    """Every field but the few that must be there: an absent scalar is Unavailable, an absent list means none known."""
    account = Account(id="u", display_name="Li")
    scalars = {"avatar", "verified_name", "identity", "kind", "real_name_status", "standing", "created_at", "last_active_at"}

    assert {name for name in scalars if getattr(account, name) != Unavailable("not given")} == set()
    assert (account.profile_changes, account.security_events) == ((), ())
    assert Message(sender="u").text == ""
    assert transfer().channel == transfer().purpose == transfer().usual_amount == Unavailable("not given")
