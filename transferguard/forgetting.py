# SPDX-License-Identifier: Apache-2.0
"""Who is taken out of our memory at their own wish, what because its time is up, and what must be sealed under a new secret?

A person asks to be forgotten, not an account: every account of the same verified identity that our memory knows goes. How a store
erases without a trace is the store's business (`transferguard.store.upkeep`); how long things are kept is the policy's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from transferguard.calling import demand, is_id
from transferguard.errors import InvalidInput
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.seams import Retention, Store
from transferguard.witness import MOST_ACCOUNTS, Witness

if TYPE_CHECKING:
    from transferguard.gather import Gatherer


class Forgetting:
    """Erasure and expiry.

    Args:
        store: What remembers.
        gatherer: What keeps circles between checks.
        policy: How long things are kept.
        witness: Writes down that something was erased.
    """

    def __init__(self, store: Store, gatherer: Gatherer, *, policy: Policy, witness: Witness) -> None:
        self._store = store
        self._gatherer = gatherer
        self._policy = policy
        self._witness = witness

    def forget(self, account: str, now: datetime) -> int:
        """Erase the person behind this account; how many rows that were."""
        if not is_id(demand(account, str, "account", remedy="give the id of an account")):
            return 0
        accounts = self._accounts_behind(account)
        self._witness.note("forget", at=now, accounts=accounts[:MOST_ACCOUNTS], count=len(accounts))
        gone = sum(self._store.erase(one, now=now) for one in accounts)
        self._gatherer.forget_circles()
        self._witness.note("forgot", at=now, accounts=accounts[:MOST_ACCOUNTS], rows=gone)
        return gone

    def expire(self, now: datetime) -> int:
        """Erase everything whose time is up; how many rows that were."""
        gone = self._store.expire(self._terms(), now=now)
        self._gatherer.forget_circles()
        self._witness.note("expired", at=now, rows=gone)
        return gone

    def seal_again(self, now: datetime) -> int:
        """Bring everything that an old secret sealed under the newest; how many values that were."""
        sealing = getattr(self._store, "seal_again", None)
        if sealing is None:
            raise InvalidInput("store", "seals nothing", "only transferguard.store.SqlStore does")
        changed: int = sealing(lambda accounts: self._witness.sealing_again(accounts, at=now))
        self._witness.note("sealed_again", at=now, values=changed)
        return changed

    def _terms(self) -> Retention:
        """The policy's days, never fewer than the hours over which something is still counted."""
        rules, policy = self._policy.retention, self._policy
        counted = timedelta(hours=max(policy.tries.hours, policy.budget.free_hours, policy.spans.total_hours))
        return Retention(
            decisions=timedelta(days=rules.decisions_days),
            confirmations=max(timedelta(days=rules.confirmations_days), counted),
            looks=max(timedelta(days=rules.looks_days), counted),
            accounts=timedelta(days=rules.accounts_days) if rules.accounts_days else None,
        )

    def _accounts_behind(self, account: str) -> list[str]:
        """All accounts that our memory knows of this account's verified identity, itself first."""
        remembered = self._store.directory()
        known = remembered.accounts([account]).get(account)
        if known is None or isinstance(known.identity, Unavailable):
            return [account]
        others = remembered.accounts_of(known.identity)
        return [account, *sorted(set() if isinstance(others, Unavailable) else set(others) - {account})]
