# SPDX-License-Identifier: Apache-2.0
"""How much did this sender look at, and how often did anybody guess at this name?

Each question takes and decides in one transaction, so that racing programs together get no more than one alone. The arithmetic is
that of `transferguard.budget`; persons stand as keyed digests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, exists, func, select

from transferguard import budget
from transferguard.budget import Balance, BudgetTerms, TryLimits
from transferguard.store import schema
from transferguard.store.codec import microseconds, moment
from transferguard.store.engine import insert_new, put
from transferguard.store.prepared import Prepared

# Building a statement costs more than running it.
_PAID_AT: Final = Prepared(
    select(schema.looks.c.at).where(schema.looks.c.sender == bindparam("sender"), schema.looks.c.what == bindparam("what"))
)
_BALANCE: Final = Prepared(select(schema.balances.c.units, schema.balances.c.at).where(schema.balances.c.sender == bindparam("sender")))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLook:
    """One look at a name, as digests.

    Args:
        what: Of what exactly was looked at; the same again is free for a while.
        person: Of who was looked at; None where nothing was told.
        cost: Tokens.
    """

    what: bytes
    person: bytes | None
    cost: int


def spend(connection: Connection, sender: str, look: SealedLook, *, terms: BudgetTerms, now: datetime) -> Balance | None:
    """What is left after one more look, or None when there was not enough; a look paid for lately is free."""
    balance = _balance(connection, sender, terms, now)
    paid_at = _PAID_AT.scalar(connection, {"sender": sender, "what": look.what})
    if paid_at is not None and now - moment(paid_at) < timedelta(hours=terms.free_hours):
        return budget.refilled(balance, terms, now)
    left = budget.spent(balance, look.cost, terms, now=now)
    if left is not None:
        _keep(connection, sender, left)
        put(connection, schema.looks, {"sender": sender, "what": look.what, "person": look.person, "at": microseconds(now)})
    return left


def give_back(connection: Connection, sender: str, *, what: bytes, terms: BudgetTerms, now: datetime) -> bool:
    """Give back what a settled payment earns; False when this payment gave it before."""
    if not insert_new(connection, schema.looks, {"sender": sender, "what": what, "person": None, "at": microseconds(now)}):
        return False
    _keep(connection, sender, budget.given_back(_balance(connection, sender, terms, now), terms.settled, terms, now=now))
    return True


def balance_of(connection: Connection, sender: str, terms: BudgetTerms, *, now: datetime) -> Balance:
    """What the sender has left at this moment."""
    return budget.refilled(_balance(connection, sender, terms, now), terms, now)


def unpaid_looks(connection: Connection, sender: str, since: datetime, *, besides: bytes) -> int:
    """At how many persons besides this one the sender looked since that moment without confirming a transfer to them since then."""
    looks, paid = schema.looks, schema.confirmations
    start = microseconds(since)
    paid_since = exists().where(paid.c.sender == sender, paid.c.recipient_digest == looks.c.person, paid.c.at >= start)
    others = (looks.c.sender == sender) & (looks.c.at >= start) & (looks.c.person != besides)
    question = select(func.count(looks.c.person.distinct())).where(others, ~paid_since)
    return connection.execute(question).scalar_one()


def begin_try(connection: Connection, sender: str, person: bytes, *, limits: TryLimits, now: datetime) -> int | None:
    """The number of one more try, counted as failed until it is settled; None when a limit is reached."""
    if tries_end(connection, sender, person, limits=limits, now=now) is not None:
        return None
    table = schema.tries
    row = {"sender": sender, "person": person, "at": microseconds(now), "failed": True}
    return int(connection.execute(table.insert().returning(table.c.serial), row).scalar_one())


def tries_end(connection: Connection, sender: str, person: bytes, *, limits: TryLimits, now: datetime) -> datetime | None:
    """When the next try will be possible; None when it is possible now."""
    table = schema.tries
    span = timedelta(hours=limits.hours)
    lately = (table.c.person == person) & (table.c.at > microseconds(now - span))
    ends = []
    for most, counted in ((limits.per_pair, table.c.sender == sender), (limits.failed_per_recipient, table.c.failed)):
        newest = select(table.c.at).where(lately, counted).order_by(table.c.at.desc())
        moments = list(connection.scalars(newest.limit(most)))
        if len(moments) == most:
            ends.append(moment(moments[-1]) + span)
    return max(ends, default=None)


def settle_try(connection: Connection, number: int) -> None:
    """Take note that this try was right."""
    connection.execute(schema.tries.update().where(schema.tries.c.serial == number).values(failed=False))


def withdraw_try(connection: Connection, number: int) -> None:
    """Forget this try: nobody could say whether it was right."""
    connection.execute(schema.tries.delete().where(schema.tries.c.serial == number))


def _balance(connection: Connection, sender: str, terms: BudgetTerms, now: datetime) -> Balance:
    for units, at in _BALANCE.rows(connection, {"sender": sender}):
        return Balance(units=units, at=moment(at))
    return budget.fresh(terms, now)


def _keep(connection: Connection, sender: str, balance: Balance) -> None:
    put(connection, schema.balances, {"sender": sender, "units": balance.units, "at": microseconds(balance.at)})
