# SPDX-License-Identifier: Apache-2.0
"""How does money move around the recipient, and what does the sender usually pay?

Past transfers go in, a few numbers come out; evidence holds the numbers. Whether they look like a mule is a question of the signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Final

from transferguard.model import PastTransfer, TransferState

_MOVED: Final = frozenset({TransferState.CONFIRMED, TransferState.SETTLED, TransferState.FRAUD, TransferState.RETURNED})
"""States in which money did go to the recipient, for however long."""

DAY: Final = timedelta(days=1)
SOON: Final = timedelta(hours=1)
"""Mules pass money on "within minutes"; an hour leaves room for several hops."""

WEEK: Final = timedelta(days=7)
_NEWEST: Final = 500
"""Transfers of a week that are matched with each other; a busier account is a business, and bounded time matters more."""

_FEW: Final = 5
"""Payments below which "usual" means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money around one account.

    Args:
        new_payers_today: Distinct accounts that paid for the first time within a day.
        new_money_today: Minor units that these first payments brought, in the transfer's currency.
        received: Minor units that came in within a week, in the transfer's currency.
        passed_on: Of these, minor units that went out again within an hour of coming in.
        passes: How many incoming payments were followed by one out within an hour.
    """

    new_payers_today: int = 0
    received: int = 0
    passed_on: int = 0
    passes: int = 0
    new_money_today: int = 0

    @property
    def share_passed_on(self) -> float:
        """0 to 1: how much of what came in left at once."""
        return self.passed_on / self.received if self.received else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What the sender usually pays, in the transfer's currency.

    Args:
        count: Number of settled payments.
        high: 90th percentile, minor units; 0 below five payments.
        pair_high: Largest to this recipient, minor units; 0 for none.
        today: Number of payments to anybody within a day.
    """

    count: int = 0
    high: int = 0
    pair_high: int = 0
    today: int = 0


def flow_of(transfers: Sequence[PastTransfer], account: str, currency: str, *, now: datetime) -> Flow:
    """How money moved around this account lately.

    Args:
        transfers: Transfers that the account took part in, any order; undated ones are left out.
        account: Whose flow.
        currency: Amounts in other currencies are left out; payers are counted in any.
        now: The moment of the transfer.
    """
    if not transfers:
        return Flow()
    dated = sorted(
        ((past.at, past) for past in transfers if isinstance(past.at, datetime) and past.at <= now and past.state in _MOVED),
        key=lambda pair: (pair[0], pair[1].id),
    )
    first_paid: dict[str, tuple[datetime, PastTransfer]] = {}
    for at, past in dated:
        if past.recipient == account:
            first_paid.setdefault(past.sender, (at, past))
    new_today = [past for at, past in first_paid.values() if now - at <= DAY]
    came = [
        (at, past.money.minor) for at, past in dated if past.recipient == account and past.money.currency == currency and now - at <= WEEK
    ]
    left = [(at, past.money.minor) for at, past in dated if past.sender == account and past.money.currency == currency and now - at <= WEEK]
    passed_on, passes = _passed_on(came[-_NEWEST:], left[-_NEWEST:])
    return Flow(
        new_payers_today=len(new_today),
        new_money_today=sum(past.money.minor for past in new_today if past.money.currency == currency),
        received=sum(minor for _, minor in came),
        passed_on=passed_on,
        passes=passes,
    )


def _passed_on(came: Sequence[tuple[datetime, int]], left: Sequence[tuple[datetime, int]]) -> tuple[int, int]:
    """Minor units and number of incoming payments that left within the hour; each outgoing unit is counted once."""
    remaining = [minor for _, minor in left]
    total = passes = 0
    for at, minor in came:
        open_ = minor
        for position, (gone_at, _) in enumerate(left):
            if at <= gone_at <= at + SOON and open_ and remaining[position]:
                taken = min(open_, remaining[position])
                remaining[position] -= taken
                open_ -= taken
        total += minor - open_
        passes += open_ < minor
    return total, passes


DONE: Final = (TransferState.SETTLED, TransferState.CONFIRMED)
"""Made, or about to be. A tuple: to find a member by identity costs a fifth of hashing it, and each check asks of thousands."""


def usual_of(transfers: Sequence[PastTransfer], *, sender: str, recipient: str, currency: str, now: datetime) -> Usual:
    """What this sender usually pays, and what to this recipient."""
    if not transfers:
        return Usual()
    paid = [past for past in transfers if past.sender == sender and past.state in DONE]
    since = now - DAY
    today = sum(isinstance(past.at, datetime) and since <= past.at <= now for past in paid)
    settled = [past for past in paid if past.state is TransferState.SETTLED and past.money.currency == currency]
    amounts = [past.money.minor for past in settled]
    return Usual(
        count=len(amounts),
        high=int(quantiles(amounts, n=10)[-1]) if len(amounts) >= _FEW else 0,
        pair_high=max((past.money.minor for past in settled if past.recipient == recipient), default=0),
        today=today,
    )
