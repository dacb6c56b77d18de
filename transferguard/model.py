# SPDX-License-Identifier: Apache-2.0
"""What a host hands in: money, transfers, accounts, contacts, history.

Each type is declared once, here, and serves Python callers and JSON alike: the constructor checks its fields, and the case
codec (`transferguard.case`) reads the same declarations. A host's mistake is an `InvalidInput` that names the field; an odd
*profile* (a name full of control characters, a broken picture) is no mistake and is kept as it is, for the signals to judge.

Rule owned here (design, rule 5): missing is a value. An absent scalar is `Unavailable`, an absent list means none known.
Rule 6: a verified name is never part of a repr or of an error message.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass as plain_dataclass
from dataclasses import field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias, TypeVar, dataclass_transform

import pydantic.dataclasses
from pydantic import (
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ArgsKwargs, ValidationError, core_schema

from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.errors import InvalidInput

T = TypeVar("T")

MAX_ID_CODE_POINTS: Final = 256
"""Longest id of an account, transfer or report; longer ones are a host's mistake, not a profile's."""

MAX_MINOR_UNITS: Final = 2**63 - 1
"""Largest amount: what a signed 64-bit column of any ledger holds."""


@plain_dataclass(frozen=True, slots=True)
class Unavailable:
    """A fact that could not be had, and why. Weighs nothing, and the policy says per kind what happens then."""

    why: str = "not given"

    def __bool__(self) -> bool:
        """False, so that `name or fallback` does what it says."""
        return False

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "null"}


RECORDED: Final = {"recorded": True}
"""Context of writing and reading our own records: there an Unavailable keeps its reason, so that a replay says the same."""

_REASON: Final = "unavailable"


class _OrUnavailable:
    """Reads None as Unavailable and writes Unavailable as None; everything else is left to the inner type.

    A record of ours (`RECORDED`) holds `{"unavailable": why}` instead. A host cannot write that: only null means Unavailable there.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:  # noqa: ANN401 - pydantic's own signature
        inner = handler.generate_schema(source.__args__[0])

        def read(value: object, validate: core_schema.ValidatorFunctionWrapHandler, info: core_schema.ValidationInfo) -> object:
            if value is None:
                return Unavailable("null")
            if info.context == RECORDED and isinstance(value, dict) and value.keys() == {_REASON}:
                return Unavailable(value[_REASON])
            return value if isinstance(value, Unavailable) else validate(value)

        def write(value: object, serialize: core_schema.SerializerFunctionWrapHandler, info: core_schema.SerializationInfo) -> object:
            if not isinstance(value, Unavailable):
                return serialize(value)
            return {_REASON: value.why} if info.context == RECORDED else None

        return core_schema.with_info_wrap_validator_function(
            read, inner, serialization=core_schema.wrap_serializer_function_ser_schema(write, info_arg=True, schema=inner)
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), {"type": "null"}]}


Maybe: TypeAlias = Annotated[T | Unavailable, _OrUnavailable()]
"""A value, or `Unavailable(why)`; null in JSON."""


def _text(value: object) -> str:
    """Any string at all: a hostile profile must reach the signals, lone surrogates included."""
    if not isinstance(value, str):
        msg = "must be text"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        msg = "must be the bytes of a picture; read the file first"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    return value


_ID_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def _identifier(value: object) -> str:
    text = _text(value)
    if not text or len(text) > MAX_ID_CODE_POINTS or _ID_FORBIDDEN.search(text):
        msg = f"must be 1 to {MAX_ID_CODE_POINTS} code points without control characters"
        raise ValueError(msg)
    return text


def _instant(value: object) -> datetime:
    """An aware moment, as UTC. A naive one is refused: nobody knows which clock it was read from."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            msg = "must be an ISO 8601 time with a zone, such as 2026-11-22T10:00:00Z"
            raise ValueError(msg) from None
    if not isinstance(value, datetime):
        msg = "must be an ISO 8601 time with a zone, such as 2026-11-22T10:00:00Z"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    if value.utcoffset() is None:
        msg = "has no time zone; give an aware time, such as 2026-11-22T10:00:00Z"
        raise ValueError(msg)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        msg = "lies outside the years 1 to 9999"
        raise ValueError(msg) from None


Text: TypeAlias = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
"""Text that its owner chose; nothing about it is trusted, not even that it is valid Unicode."""

Id: TypeAlias = Annotated[
    str, PlainValidator(_identifier), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_ID_CODE_POINTS})
]
"""An opaque id of the host's."""

Instant: TypeAlias = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(lambda at: at.isoformat().replace("+00:00", "Z"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An aware datetime in UTC; ISO 8601 text is accepted."""

Picture: TypeAlias = Annotated[
    bytes,
    PlainValidator(_bytes),
    WithJsonSchema({"type": "string", "description": "path of a picture, relative to the case file", "maxLength": 4096}),
]
"""The bytes of a picture as its owner uploaded it, or its path in a case file."""


def _path_of(location: Sequence[int | str]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step[:80]}" if path else step[:80]
    return path


_PLAIN_WORDS: Final = {
    "missing": ("is missing", "give it a value"),
    "missing_argument": ("is missing", "give it a value"),
    "missing_keyword_only_argument": ("is missing", "give it a value"),
    "unexpected_keyword_argument": ("is not a field", ""),
    "unexpected_positional_argument": ("must be given by name", ""),
    "extra_forbidden": ("is not a field", ""),
    "is_instance_of": ("has the wrong type", ""),
}


def invalid_input(error: ValidationError, fields: Sequence[str] = ()) -> InvalidInput:
    """Turn the first complaint of a validation into our own error, without the value that caused it.

    Args:
        error: What pydantic raised.
        fields: Known field names, to suggest the nearest one for an unknown field.
    """
    first = error.errors(include_input=False, include_url=False, include_context=True)[0]
    path = _path_of([step for step in first["loc"] if step != "function-wrap[read()]"])
    kind = first["type"]
    if kind in _PLAIN_WORDS:
        problem, remedy = _PLAIN_WORDS[kind]
        if problem == "is not a field":
            remedy = _nearest(path, fields)
        return InvalidInput(path or "value", problem, remedy)
    if kind == "enum":
        return InvalidInput(path, "is not a known value", f"use one of {first['ctx']['expected']}")
    message = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    problem, _, remedy = message.partition("; ")
    if first["msg"].startswith("Input should be "):
        problem = f"should be {problem}"
    return InvalidInput(path or "value", problem, remedy)


def _nearest(path: str, fields: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    unknown = path.rpartition(".")[2]
    nearest = get_close_matches(unknown, fields, n=1)
    return f"did you mean {nearest[0]}?" if nearest else "remove it or see `transferguard schema case`"


_CONFIG: Final = ConfigDict(extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a frozen, keyword-only value whose constructor checks its fields and raises `InvalidInput`."""
    made = pydantic.dataclasses.dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)(cls)
    checked = made.__init__

    @functools.wraps(checked)
    def __init__(self: T, *args: object, **kwargs: object) -> None:  # noqa: N807 - it replaces the constructor
        try:
            checked(self, *args, **kwargs)
        except ValidationError as error:
            raise invalid_input(error, tuple(made.__pydantic_fields__)) from None

    made.__init__ = __init__  # type: ignore[method-assign, assignment]
    return made  # type: ignore[return-value]


class RealNameStatus(StrEnum):
    """What the host's real-name system says about an account."""

    VERIFIED = "verified"
    DOWNGRADED = "downgraded"
    UNVERIFIED = "unverified"
    NOT_OFFERED = "not_offered"


class Standing(StrEnum):
    """Which measure the host has taken against an account."""

    NORMAL = "normal"
    RECEIPTS_RESTRICTED = "receipts_restricted"
    FROZEN = "frozen"
    CLOSED = "closed"


class AccountKind(StrEnum):
    """Whether a person or a business stands behind an account."""

    PERSON = "person"
    BUSINESS = "business"


class SecurityEventKind(StrEnum):
    """What happened to the sign-in of an account."""

    NEW_DEVICE = "new_device"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an event
    SIM_CHANGED = "sim_changed"
    SMS_SILENT = "sms_silent"
    REGION_CHANGED = "region_changed"


class ReportKind(StrEnum):
    """What a user complained about."""

    IMPERSONATION = "impersonation"
    FRAUD = "fraud"
    HARASSMENT = "harassment"
    BLOCKED_AFTER_PAYMENT = "blocked_after_payment"


class TransferState(StrEnum):
    """What became of an earlier transfer."""

    CONFIRMED = "confirmed"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    FRAUD = "fraud"


class Channel(StrEnum):
    """Where in the app the transfer was started."""

    CHAT = "chat"
    QR_CODE = "qr_code"
    PHONE_NUMBER = "phone_number"
    MERCHANT = "merchant"


def exponent_of(currency: str) -> int:
    """How many decimals the currency has, by ISO 4217 list one (JPY 0, CNY 2, KWD 3).

    Raises:
        InvalidInput: The code is not in list one, or the currency has no minor unit (gold, SDR).
    """
    exponent = EXPONENT_OF_CURRENCY.get(currency) if isinstance(currency, str) else None
    if exponent is None:
        raise InvalidInput("currency", "is not an ISO 4217 currency with minor units", "use a code such as CNY, EUR or JPY")
    return exponent


@plain_dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of one currency; never a float.

    Args:
        minor: Minor units, 0 to 2^63-1: 500000 for CNY 5000.00.
        currency: ISO 4217 code, upper case.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent_of(self.currency)
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise InvalidInput("amount", "must be an integer of minor units", "use Money.of for decimal text")
        if not 0 <= self.minor <= MAX_MINOR_UNITS:
            raise InvalidInput("amount", "must be from 0 to 2^63-1 minor units")

    @classmethod
    def of(cls, amount: str | Decimal, currency: str) -> Money:
        """Which money is this decimal text?

        Args:
            amount: Major units as text or Decimal, such as "5000.00"; a float is refused because it has lost cents already.
            currency: ISO 4217 code; its exponent says how many decimals are allowed.

        Raises:
            InvalidInput: Not a number, NaN, negative, too large, too many decimals, or an unknown currency.
        """
        exponent = exponent_of(currency)
        number = _decimal(amount)
        if number < 0:
            raise InvalidInput("amount", "is negative", "give the amount that the recipient gets")
        # Bounded before scaling: "1e999999999" must not build an integer of a billion digits.
        if number.adjusted() > len(str(MAX_MINOR_UNITS)):
            raise InvalidInput("amount", "must be from 0 to 2^63-1 minor units")
        minor = number.scaleb(exponent)
        if minor != minor.to_integral_value():
            raise InvalidInput("amount", f"has more decimals than {currency} allows", f"use at most {exponent}")
        return cls(int(minor), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent_of(self.currency))

    def __str__(self) -> str:
        """Currency and amount for logs, never for a screen: locales decide there."""
        return f"{self.currency} {self.decimal:f}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def read(given: object) -> Money:
            if isinstance(given, cls):
                return given
            if isinstance(given, dict) and given.keys() == {"minor", "currency"}:
                return cls(given["minor"], given["currency"])
            msg = "must be Money; build it with Money.of"
            raise ValueError(msg)

        return core_schema.no_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda money: {"minor": money.minor, "currency": money.currency}
            ),
        )


_DECIMAL_TEXT: Final = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")


def _decimal(amount: object) -> Decimal:
    if isinstance(amount, Decimal):
        if not amount.is_finite():
            raise InvalidInput("amount", "is not a finite number")
        return amount
    if not isinstance(amount, str):
        raise InvalidInput("amount", "must be text or Decimal, never a float", 'write "5000.00"')
    if not _DECIMAL_TEXT.fullmatch(amount):
        raise InvalidInput("amount", "is not a decimal number", 'write digits with a point, such as "5000.00"')
    try:
        return Decimal(amount)
    except InvalidOperation:  # pragma: no cover - the pattern above admits only what Decimal reads
        raise InvalidInput("amount", "is not a decimal number") from None


def _fold_money(given: object) -> object:
    """Read `amount` and `currency`, as a case file writes them, into `money`."""
    fields = given.kwargs if isinstance(given, ArgsKwargs) else given
    if not isinstance(fields, dict) or not ({"amount", "currency"} & fields.keys()):
        return given
    rest = {name: item for name, item in fields.items() if name not in {"amount", "currency"}}
    for name in ("amount", "currency"):
        if name not in fields:
            raise InvalidInput(name, "is missing", "give it a value")
    if "money" in rest:
        raise InvalidInput("money", "stands beside amount and currency", "give one or the other")
    rest["money"] = Money.of(fields["amount"], fields["currency"])
    return ArgsKwargs(given.args, rest) if isinstance(given, ArgsKwargs) else rest


@value
class Transfer:
    """A transfer that the sender is about to confirm.

    Args:
        id: The host's id; checking and confirming are idempotent by it.
        sender: Account id of who pays.
        recipient: Account id of who is paid.
        money: How much; more than zero.
        channel: Where in the app it was started.
        purpose: What the sender says it is for, in the host's words: loan, gift, rent, goods, course.
        usual_amount: What this usually costs, in the same currency, where the host knows: the going price of such a course.
    """

    id: Id
    sender: Id
    recipient: Id
    money: Money
    channel: Maybe[Channel] = Unavailable()
    purpose: Maybe[Text] = Unavailable()
    usual_amount: Maybe[Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]] = Unavailable()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: object) -> object:
        return _fold_money(given)

    def __post_init__(self) -> None:
        if self.money.minor == 0:
            raise InvalidInput("amount", "is zero", "a transfer moves at least one minor unit")
        if self.sender == self.recipient:
            raise InvalidInput("recipient", "is the sender", "a transfer goes to another account")
        if isinstance(self.usual_amount, str) and self.usual_money is None:
            raise InvalidInput("usual_amount", "is zero", "leave it out when the usual price is not known")

    @property
    def usual_money(self) -> Money | None:
        """The usual price as money; None when it is not known."""
        if isinstance(self.usual_amount, Unavailable):
            return None
        try:
            usual = Money.of(self.usual_amount, self.money.currency)
        except InvalidInput as error:
            raise InvalidInput("usual_amount", error.problem, error.remedy) from None
        return usual if usual.minor else None


@value
class PastTransfer:
    """A transfer that was made before.

    Args:
        id: The host's id.
        sender: Account id of who paid.
        recipient: Account id of who was paid.
        money: How much.
        at: When it was confirmed.
        state: What became of it; only a settled one earns trust.
    """

    id: Id
    sender: Id
    recipient: Id
    money: Money
    at: Maybe[Instant] = Unavailable()
    state: Maybe[TransferState] = Unavailable()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: object) -> object:
        return _fold_money(given)


@value
class ProfileChange:
    """What a profile looked like before a change.

    Args:
        at: When it changed.
        display_name: The name before; Unavailable when the name did not change or is not known.
        avatar: The picture before; likewise.
    """

    at: Instant
    display_name: Maybe[Text] = Unavailable()
    avatar: Maybe[Picture] = field(default=Unavailable(), repr=False)

    @property
    def of_name(self) -> bool:
        """Whether the display name changed: an old one was given, even one that cannot be read."""
        return self.display_name != Unavailable()

    @property
    def of_avatar(self) -> bool:
        """Whether the picture changed: an old one was given, even one that cannot be read."""
        return self.avatar != Unavailable()


@value
class SecurityEvent:
    """Something that happened to the sign-in of an account.

    Args:
        at: When.
        kind: What.
    """

    at: Instant
    kind: SecurityEventKind


@value
class Account:
    """One account, as the host and its identity provider know it.

    Args:
        id: The host's id.
        display_name: Chosen by its owner; untrusted.
        avatar: Bytes of the picture that its owner chose; untrusted.
        verified_name: The real name; never printed.
        identity: Opaque id of the real person behind one or more accounts.
        kind: Person or business.
        real_name_status: What the real-name system says.
        standing: Measure taken against the account.
        created_at: When it was opened.
        last_active_at: When its owner last did anything.
        profile_changes: Each with the values before it; any order.
        security_events: Any order.
    """

    id: Id
    display_name: Text
    avatar: Maybe[Picture] = field(default=Unavailable(), repr=False)
    verified_name: Maybe[Text] = field(default=Unavailable(), repr=False)
    identity: Maybe[Id] = Unavailable()
    kind: Maybe[AccountKind] = Unavailable()
    real_name_status: Maybe[RealNameStatus] = Unavailable()
    standing: Maybe[Standing] = Unavailable()
    created_at: Maybe[Instant] = Unavailable()
    last_active_at: Maybe[Instant] = Unavailable()
    profile_changes: Maybe[tuple[ProfileChange, ...]] = ()
    security_events: Maybe[tuple[SecurityEvent, ...]] = ()


@value
class Contact:
    """Somebody whom the owner chose to know.

    Args:
        owner: Account id of who chose.
        account: Account id of whom.
        remark: The owner's own label.
        since: When the owner accepted or added them.
        last_message_at: When they last wrote to each other.
    """

    owner: Id
    account: Id
    remark: Maybe[Text] = Unavailable()
    since: Maybe[Instant] = Unavailable()
    last_message_at: Maybe[Instant] = Unavailable()


@value
class Report:
    """A user's complaint about an account.

    Args:
        id: The host's id.
        reporter: Account id of who complained; need not be known otherwise.
        account: Account id complained about.
        kind: What about.
        at: When.
    """

    id: Id
    reporter: Id
    account: Id
    kind: ReportKind
    at: Maybe[Instant] = Unavailable()


@value
class Message:
    """One line of the conversation on the screen; used in memory, never stored.

    Args:
        sender: Account id of who wrote (`from` in a case file).
        at: When.
        text: What.
    """

    sender: Annotated[Id, pydantic.Field(validation_alias="from", serialization_alias="from")]
    at: Maybe[Instant] = Unavailable()
    text: Text = field(default="", repr=False)


Fact: TypeAlias = Account | Contact | PastTransfer | Report
"""What `Guard.observe` remembers."""


@functools.cache
def adapter_of(kind: type[T]) -> TypeAdapter[T]:
    """The JSON reader and writer of one of the types above, built once."""
    return TypeAdapter(kind)
