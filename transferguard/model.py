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
from dataclasses import field
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar

import pydantic.dataclasses
from pydantic import TypeAdapter, model_validator
from pydantic_core import ArgsKwargs

from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.calling import MAX_ID_CODE_POINTS
from transferguard.declaring import RECORDED, Id, Instant, Maybe, Picture, Text, Unavailable, invalid_input, value
from transferguard.errors import InvalidInput
from transferguard.money import MAX_MINOR_UNITS, Money, exponent_of

__all__ = [
    "EXPONENT_OF_CURRENCY",
    "MAX_ID_CODE_POINTS",
    "MAX_MINOR_UNITS",
    "RECORDED",
    "Account",
    "AccountKind",
    "Channel",
    "Contact",
    "Fact",
    "Id",
    "Instant",
    "Maybe",
    "Message",
    "Money",
    "PastTransfer",
    "Picture",
    "ProfileChange",
    "RealNameStatus",
    "Report",
    "ReportKind",
    "SecurityEvent",
    "SecurityEventKind",
    "Standing",
    "Text",
    "Transfer",
    "TransferState",
    "Unavailable",
    "adapter_of",
    "exponent_of",
    "invalid_input",
    "value",
]

T = TypeVar("T")


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
    usual_amount: Maybe[Text] = Unavailable()

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
    identity: Maybe[Id] = field(default=Unavailable(), repr=False)
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
