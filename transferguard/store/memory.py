# SPDX-License-Identifier: Apache-2.0
"""The store without a database: plain dictionaries, gone when the process ends.

For `transferguard check`, for tests, and as the shortest answer to "what must a store do". It keeps verified names in memory in
plain form, because nothing of it reaches a disk. The facts stand on `store.shelves`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from transferguard import budget
from transferguard.budget import Balance, BudgetTerms, Look, TryLimits
from transferguard.model import Fact, Money, Unavailable
from transferguard.seams import Confirmation, DecisionRecord, Enrolled, Feedback, Retention
from transferguard.store.shelves import MemoryDirectory, Shelves

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """One guess at a name; wrong until it turns out right."""

    sender: str
    person: str
    at: datetime
    failed: bool = True


class MemoryStore:
    """All of `seams.Store` in dictionaries, safe to use from several threads."""

    never_hangs = True

    def __init__(self) -> None:
        self._shelves = Shelves()
        self._lock = self._shelves.lock
        self._decisions: dict[str, DecisionRecord] = {}
        self._newest: dict[str, list[str]] = {}
        self._confirmations: dict[str, Confirmation] = {}
        self._states: dict[str, str] = {}
        self._redeemed: dict[str, datetime | None] = {}
        self._balances: dict[str, Balance] = {}
        self._looks: dict[str, dict[str, tuple[str, datetime]]] = {}
        self._given_back: set[tuple[str, str]] = set()
        self._tries: dict[int, _Try] = {}
        self._tried = 0
        self._policies: dict[str, bytes] = {}
        self._labels: dict[str, Feedback] = {}

    def together(self, change: Callable[[], T]) -> T:
        """What the change returns; no other thread sees half of it."""
        with self._lock:
            return change()

    def remember(self, fact: Fact, at: datetime) -> None:
        """Keep an observed fact, seen at that moment."""
        self._shelves.remember(fact, at)

    def remember_all(self, seen: Iterable[tuple[Fact, datetime]]) -> None:
        """Keep many facts: all of them, or on any error none."""
        self._shelves.remember_all(seen)

    def directory(self) -> MemoryDirectory:
        """What was remembered, as a directory."""
        return MemoryDirectory(self._shelves)

    def enrolled(self, digests: Collection[str]) -> Mapping[str, Enrolled]:
        """Fingerprints by SHA-256 (hex) of the picture's bytes; digests never enrolled are left out."""
        return self._shelves.enrolled(digests)

    def wearers(self, digests: Collection[str]) -> Mapping[str, int]:
        """How many distinct identities wear each picture."""
        return self._shelves.wearers(digests)

    def enrol(self, digest: str, fingerprint: bytes | Unavailable) -> None:
        """Keep a fingerprint, or why there is none."""
        self._shelves.enrol(digest, fingerprint)

    def record(self, record: DecisionRecord, *, same_since: datetime) -> DecisionRecord:
        """Keep a decision and return it, or return the one that the same evidence led to since that moment."""
        with self._lock:
            place = self._newest.setdefault(record.transfer.id, [])
            for decision_id in reversed(place):
                kept = self._decisions[decision_id]
                if kept.evidence_digest == record.evidence_digest and kept.decided_at >= same_since:
                    record = kept
                    break
            if record.decision.id in place:
                place.remove(record.decision.id)
            place.append(record.decision.id)
            self._decisions[record.decision.id] = record
            return record

    def decision(self, decision_id: str) -> DecisionRecord | None:
        """The decision with this id."""
        return self._decisions.get(decision_id)

    def latest_decision(self, transfer_id: str) -> DecisionRecord | None:
        """The decision for this transfer that was recorded, or returned as still the same, last."""
        with self._lock:
            found = self._newest.get(transfer_id)
            return self._decisions[found[-1]] if found else None

    def confirm(self, confirmation: Confirmation) -> Confirmation:
        """Keep a confirmation, or return the one that this transfer id already has."""
        with self._lock:
            kept = self._confirmations.setdefault(confirmation.transfer.id, confirmation)
            self._redeemed.setdefault(kept.receipt_id, None)
            return kept

    def confirmation(self, transfer_id: str) -> Confirmation | None:
        """How this transfer was confirmed, if it was."""
        return self._confirmations.get(transfer_id)

    def confirmed_since(self, sender: str, recipient_key: str, since: datetime) -> Mapping[str, Money]:
        """Amounts confirmed by this sender towards this person from that moment on, by transfer id."""
        with self._lock:
            return {
                transfer_id: one.transfer.money
                for transfer_id, one in sorted(self._confirmations.items())
                if one.transfer.sender == sender and one.recipient_key == recipient_key and one.at >= since
            }

    def confirm_unless_more(self, confirmation: Confirmation, *, since: datetime, seen: Collection[str]) -> Confirmation | None:
        """As `confirm`, but None when more went to this person since that moment than was seen: look again, then confirm."""
        with self._lock:
            transfer = confirmation.transfer
            counted = self.confirmed_since(transfer.sender, confirmation.recipient_key, since).keys()
            return None if counted - {*seen, transfer.id} else self.confirm(confirmation)

    def spend(self, sender: str, look: Look, *, terms: BudgetTerms, now: datetime) -> Balance | None:
        """What is left of the budget after this look, or None when it does not suffice; the same look again is free for a while."""
        with self._lock:
            balance = self.balance(sender, terms=terms, now=now)
            paid_at = self._looks.get(sender, {}).get(look.key)
            if paid_at and now - paid_at[1] < timedelta(hours=terms.free_hours):
                return balance
            left = budget.spent(balance, look.cost, terms, now=now)
            if left is not None:
                self._balances[sender] = left
                self._looks.setdefault(sender, {})[look.key] = (look.person if look.told else "", now)
            return left

    def give_back(self, sender: str, transfer_id: str, *, terms: BudgetTerms, now: datetime) -> bool:
        """Give back what a settled payment earns, once per transfer; False when it was given before."""
        with self._lock:
            if (sender, transfer_id) in self._given_back:
                return False
            self._given_back.add((sender, transfer_id))
            self._balances[sender] = budget.given_back(self.balance(sender, terms=terms, now=now), terms.settled, terms, now=now)
            return True

    def balance(self, sender: str, *, terms: BudgetTerms, now: datetime) -> Balance:
        """What the sender has left."""
        return budget.refilled(self._balances.get(sender) or budget.fresh(terms, now), terms, now)

    def unpaid_looks(self, sender: str, since: datetime, *, besides: str) -> int:
        """At how many persons besides this one the sender looked since that moment without confirming a transfer to them since then."""
        with self._lock:
            seen = {person for person, at in self._looks.get(sender, {}).values() if at >= since and person not in {"", besides}}
            return sum(not self.confirmed_since(sender, person, since) for person in seen)

    def begin_try(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> int | None:
        """The number of one more guess at this person's name, counted as failed until `settle_try`; None when there are no more."""
        with self._lock:
            if self.tries_end(sender, person, terms=terms, now=now) is not None:
                return None
            self._tried += 1
            self._tries[self._tried] = _Try(sender=sender, person=person, at=now)
            return self._tried

    def settle_try(self, number: int) -> None:
        """Take note that this guess was right."""
        with self._lock:
            if number in self._tries:
                self._tries[number] = replace(self._tries[number], failed=False)

    def withdraw_try(self, number: int) -> None:
        """Forget this guess: nobody could say whether it was right."""
        with self._lock:
            self._tries.pop(number, None)

    def tries_end(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> datetime | None:
        """When the next guess will be possible; None when it is possible now."""
        span = timedelta(hours=terms.hours)
        with self._lock:
            lately = [one for one in self._tries.values() if one.person == person and one.at > now - span]
        own = sorted((one.at for one in lately if one.sender == sender), reverse=True)
        failed = sorted((one.at for one in lately if one.failed), reverse=True)
        full = [times[most - 1] for times, most in ((own, terms.per_pair), (failed, terms.failed_per_recipient)) if len(times) >= most]
        return max(full) + span if full else None

    def state(self, decision_id: str) -> str:
        """Where this decided transfer stands; empty when nothing happened since it was decided."""
        return self._states.get(decision_id, "")

    def advance(self, decision_id: str, state: str) -> None:
        """Keep where this decided transfer stands."""
        self._states[decision_id] = state

    def redeem(self, receipt_id: str, at: datetime) -> bool:
        """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
        with self._lock:
            if self._redeemed.get(receipt_id, at) is not None:
                return False
            self._redeemed[receipt_id] = at
            return True

    def keep_policy(self, digest: str, body: bytes) -> None:
        """Keep the text of a policy under its digest."""
        self._policies[digest] = body

    def policy(self, digest: str) -> bytes | None:
        """The text that was kept under this digest."""
        return self._policies.get(digest)

    def count_decisions(self) -> int:
        """How many decisions are kept."""
        return len(self._decisions)

    def decisions(self) -> Iterator[DecisionRecord]:
        """Every decision that is kept now, the oldest first."""
        with self._lock:
            kept = sorted(self._decisions.values(), key=lambda record: (record.decided_at, record.decision.id))
        return iter(kept)

    def label(self, feedback: Feedback) -> bool:
        """Keep what a transfer turned out to be; False when there is no such decision, or a later label holds."""
        with self._lock:
            held = self._labels.get(feedback.decision_id)
            if feedback.decision_id not in self._decisions or (held is not None and held.at > feedback.at):
                return False
            self._labels[feedback.decision_id] = feedback
            return True

    def labels(self) -> Mapping[str, Feedback]:
        """What is known by now, by decision id."""
        with self._lock:
            return dict(self._labels)

    def erase(self, account: str, *, now: datetime) -> int:
        """Forget an account at its owner's wish, everywhere; how many facts that were. A confirmation stays until its receipt expired."""
        with self._lock:
            gone = self._shelves.erase(account)
            gone += self._drop_decisions(lambda one: account in {one.transfer.sender, one.transfer.recipient})
            gone += self._drop_confirmations(lambda one: account in {one.transfer.sender, one.transfer.recipient}, now)
            gone += (self._balances.pop(account, None) is not None) + len(self._looks.pop(account, {}))
            self._given_back = {one for one in self._given_back if one[0] != account}
            return gone + self._drop_tries(lambda one: one.sender == account)

    def expire(self, terms: Retention, *, now: datetime) -> int:
        """Forget everything whose time is up; how many facts that were."""
        with self._lock:
            gone = self._drop_decisions(lambda one: one.decided_at < now - terms.decisions)
            gone += self._drop_confirmations(lambda one: one.at < now - terms.confirmations, now)
            for sender, looks in self._looks.items():
                kept = {key: look for key, look in looks.items() if look[1] >= now - terms.looks}
                gone += len(looks) - len(kept)
                self._looks[sender] = kept
            gone += self._drop_tries(lambda one: one.at < now - terms.looks)
            if terms.accounts is not None:
                gone += sum(self.erase(account, now=now) for account in self._shelves.not_seen_since(now - terms.accounts))
            return gone

    def _drop_tries(self, ended: Callable[[_Try], bool]) -> int:
        dropped = [number for number, one in self._tries.items() if ended(one)]
        for number in dropped:
            del self._tries[number]
        return len(dropped)

    def _drop_decisions(self, ended: Callable[[DecisionRecord], bool]) -> int:
        dropped = [record for record in self._decisions.values() if ended(record)]
        for record in dropped:
            del self._decisions[record.decision.id]
            self._states.pop(record.decision.id, None)
            self._labels.pop(record.decision.id, None)
            self._newest[record.transfer.id].remove(record.decision.id)
        return len(dropped)

    def _drop_confirmations(self, ended: Callable[[Confirmation], bool], now: datetime) -> int:
        dropped = [one for one in self._confirmations.values() if ended(one) and one.expires_at <= now]
        for one in dropped:
            del self._confirmations[one.transfer.id]
            self._redeemed.pop(one.receipt_id, None)
        return len(dropped)

    def close(self) -> None:
        """Nothing to give back."""
