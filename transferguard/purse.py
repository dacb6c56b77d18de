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
        # Looking at the same person again tells nothing new, so only others count.
        person = evidence.recipient.person
        day = timedelta(days=1)
        if self._unpaid_persons and self._store.unpaid_looks(sender, now - day, besides=person) >= self._unpaid_persons:
            return now + day
        look = Look(person=person, extent=level.value, cost=self._price[level])
        if self._store.spend(sender, look, terms=self._terms, now=now) is not None:
            return None
        balance = self._store.balance(sender, terms=self._terms, now=now)
        return affordable_at(balance, look.cost, self._terms) or NEVER

    def give_back(self, settled: PastTransfer, now: datetime) -> None:
        """A settled payment shows that looking was meant honestly."""
        self._store.give_back(settled.sender, settled.id, terms=self._terms, now=now)
