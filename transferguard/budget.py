# SPDX-License-Identifier: Apache-2.0
"""May this sender look at one more name?

A token bucket per sender, as Brazil's Pix directory has it (FACTS, section 1): looking costs tokens, time and settled payments give
them back, and who scans for names runs dry long before it pays. This file is the arithmetic, exact in integers and without a clock;
stores keep one `Balance` per sender and change it inside a transaction. What a refusal means for the transfer is the guard's decision
(design, rule 12: it waits, it does not go through unseen).

Challenges have their own, simpler limits, counted over a day: `TryLimits`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_UNITS_PER_TOKEN: Final = 60_000_000
"""Microseconds in a minute: a refill of whole tokens per minute is then a whole number of units per microsecond, and nothing is
rounded away however often a balance is looked at."""

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTerms:
    """What looking costs, in tokens.

    Args:
        capacity: Most tokens that a sender can hold, and what a new one starts with. Pix DICT: 100.
        per_minute: Tokens that come back by themselves. Pix DICT: 2.
        masked: Cost of a masked name. Pix DICT, a hit: 1.
        full: Cost of a full name; more than a masked one, since it tells more. Chosen: 5.
        miss: Cost of asking for somebody who is not there. Pix DICT: 20.
        settled: What a settled payment gives back. Pix DICT: 1.
        free_hours: Hours in which looking again at what was paid for costs nothing: it tells nothing new. Chosen: 24.
    """

    capacity: int = 100
    per_minute: int = 2
    masked: int = 1
    full: int = 5
    miss: int = 20
    settled: int = 1
    free_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLimits:
    """How often a hidden name may be guessed at.

    Args:
        per_pair: Tries of one sender about one recipient. WeChat Pay asks three times, reported.
        failed_per_recipient: Failed tries of all senders together about one recipient: a hundred accounts learn no more than a few.
            Chosen.
        hours: Over how many hours both are counted.
    """

    per_pair: int = 3
    failed_per_recipient: int = 12
    hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at somebody's name.

    Args:
        person: Opaque key of who is looked at, as in `seams.DecisionRecord.recipient_key`.
        extent: What is learned: `masked`, `full`, or `miss` where nobody is there.
        cost: Tokens.
        told: Whether anything was told; only then does it count as having looked at that person.
    """

    person: str = field(repr=False)
    extent: str
    cost: int
    told: bool = True

    @property
    def key(self) -> str:
        """Equal for looks that teach the same."""
        return f"{self.extent} {self.person}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a sender has left.

    Args:
        units: Tokens in sixty-millionths, exact.
        at: The moment for which this holds.
    """

    units: int
    at: datetime

    @property
    def tokens(self) -> int:
        """Whole tokens left."""
        return self.units // _UNITS_PER_TOKEN


def fresh(terms: BudgetTerms, now: datetime) -> Balance:
    """The balance of a sender who never looked."""
    return Balance(units=terms.capacity * _UNITS_PER_TOKEN, at=now)


def refilled(balance: Balance, terms: BudgetTerms, now: datetime) -> Balance:
    """The balance with what time gave back; a clock that jumped back gives nothing, and takes nothing."""
    elapsed = max(0, (now - balance.at) // _MICROSECOND)
    units = min(terms.capacity * _UNITS_PER_TOKEN, balance.units + elapsed * terms.per_minute)
    return Balance(units=units, at=max(now, balance.at))


def spent(balance: Balance, cost: int, terms: BudgetTerms, *, now: datetime) -> Balance | None:
    """The balance after paying, or None when there is not enough.

    Args:
        balance: Before.
        cost: Tokens, 0 or more.
        terms: What time gives back.
        now: When.
    """
    current = refilled(balance, terms, now)
    left = current.units - cost * _UNITS_PER_TOKEN
    return Balance(units=left, at=current.at) if left >= 0 else None


def given_back(balance: Balance, tokens: int, terms: BudgetTerms, *, now: datetime) -> Balance:
    """The balance after a settled payment gave tokens back, never above the capacity."""
    current = refilled(balance, terms, now)
    return Balance(units=min(terms.capacity * _UNITS_PER_TOKEN, current.units + tokens * _UNITS_PER_TOKEN), at=current.at)


def affordable_at(balance: Balance, cost: int, terms: BudgetTerms) -> datetime | None:
    """When the balance will suffice; None for a cost above the capacity, which it never will."""
    missing = cost * _UNITS_PER_TOKEN - balance.units
    if missing <= 0:
        return balance.at
    if cost > terms.capacity or terms.per_minute == 0:
        return None
    return balance.at + -(-missing // terms.per_minute) * _MICROSECOND
