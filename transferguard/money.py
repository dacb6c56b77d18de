# SPDX-License-Identifier: Apache-2.0
"""An amount of money, exactly.

Integer minor units and an ISO 4217 code, never a float. How many decimals a currency has is the standard's business
(`_tables.currencies`), not the host's: yen have none and dinars three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.errors import InvalidInput

MAX_MINOR_UNITS: Final = 2**63 - 1
"""Largest amount: what a signed 64-bit column of any ledger holds."""


def exponent_of(currency: str) -> int:
    """How many decimals the currency has, by ISO 4217 list one (JPY 0, CNY 2, KWD 3).

    Raises:
        InvalidInput: The code is not in list one, or the currency has no minor unit (gold, SDR).
    """
    exponent = EXPONENT_OF_CURRENCY.get(currency) if isinstance(currency, str) else None
    if exponent is None:
        raise InvalidInput("currency", "is not an ISO 4217 currency with minor units", "use a code such as CNY, EUR or JPY")
    return exponent


@dataclass(frozen=True, slots=True, order=False)
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
