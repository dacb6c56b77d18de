# SPDX-License-Identifier: Apache-2.0
"""What a look at a name costs its sender, and whether that is left.

The arithmetic is that of `transferguard.budget`, the balance that of the store; here stands which look a decision is. When the budget
forbids a name that is due, the transfer waits; it does not go through unseen (design, rule 12).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from transferguard.budget import BudgetTerms, Look, affordable_at
from transferguard.decision import Disclosure
from transferguard.evidence import Evidence
from transferguard.model import PastTransfer, Unavailable
from transferguard.policy import Policy
from transferguard.seams import Store

NEVER: Final = Unavailable("the budget will not allow it")


class Purse:
    """The looks that senders pay for.

    Args:
        store: Where balances are kept, across processes.
        policy: Prices.
    """

    def __init__(self, store: Store, policy: Policy) -> None:
        rules = policy.budget
        self._store = store
        self._unpaid_persons = rules.unpaid_persons
        self._price = {Disclosure.MASKED: rules.masked, Disclosure.FULL: rules.full}
        self._terms = BudgetTerms(
            capacity=rules.capacity,
            per_minute=rules.per_minute,
            masked=rules.masked,
            full=rules.full,
            miss=rules.miss,
            settled=rules.settled,
            free_hours=rules.free_hours,
        )

    def spend(self, evidence: Evidence, level: Disclosure) -> datetime | Unavailable | None:
        """Pay for a look.

        Args:
            evidence: Who looks at whom, and when.
            level: How much of the name would be shown.

        Returns:
            None when it is paid for; else when it can be, or Unavailable when it never can.
        """
        if level is Disclosure.HIDDEN:
            return None
        sender, now = evidence.transfer.sender, evidence.now
        if self._has_looked_at_enough(sender, evidence.recipient.person, now):
            return now + timedelta(days=1)
        look = Look(person=evidence.recipient.person, extent=level.value, cost=self._price[level])
        if self._store.spend(sender, look, terms=self._terms, now=now) is not None:
            return None
        balance = self._store.balance(sender, terms=self._terms, now=now)
        return affordable_at(balance, look.cost, self._terms) or NEVER

    def allows(self, sender: str, person: str, now: datetime) -> Disclosure:
        """How much of this person's name the sender could pay for now; nothing is paid yet."""
        tokens = self._store.balance(sender, terms=self._terms, now=now).tokens
        if self._has_looked_at_enough(sender, person, now):
            return Disclosure.HIDDEN
        affordable = [level for level, price in self._price.items() if price <= tokens]
        return max(affordable, key=lambda level: level.extent, default=Disclosure.HIDDEN)

    def miss(self, sender: str, person: str, now: datetime) -> None:
        """Pay for having asked about somebody of whom there is nothing to tell.

        Who has less left than a miss costs pays all of it, so that nobody scans for free with an empty purse; a look that costs nothing
        is written all the same, so that time tells nothing.
        """
        cost = min(self._terms.miss, self._store.balance(sender, terms=self._terms, now=now).tokens)
        self._store.spend(sender, Look(person=person, extent="miss", cost=cost, told=False), terms=self._terms, now=now)

    def _has_looked_at_enough(self, sender: str, person: str, now: datetime) -> bool:
        """The rule of three recipients. Looking at the same person again tells nothing new, so only others count."""
        most, since = self._unpaid_persons, now - timedelta(days=1)
        return most > 0 and self._store.unpaid_looks(sender, since, besides=person) >= most

    def give_back(self, settled: PastTransfer, now: datetime) -> None:
        """A settled payment shows that looking was meant honestly."""
        self._store.give_back(settled.sender, settled.id, terms=self._terms, now=now)
