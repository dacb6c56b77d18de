# SPDX-License-Identifier: Apache-2.0
"""The store without a database: plain dictionaries, gone when the process ends.

For `transferguard check`, for tests, and as the shortest answer to "what must a store do". It keeps verified names in memory in
plain form, because nothing of it reaches a disk. The facts stand on `store.shelves`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from transferguard.model import Fact, Money, Unavailable
from transferguard.seams import Confirmation, DecisionRecord, Enrolled
from transferguard.store.shelves import MemoryDirectory, Shelves


class MemoryStore:
    """All of `seams.Store` in dictionaries, safe to use from several threads."""

    def __init__(self) -> None:
        self._shelves = Shelves()
        self._lock = self._shelves.lock
        self._decisions: dict[str, DecisionRecord] = {}
        self._newest: dict[str, list[str]] = {}
        self._confirmations: dict[str, Confirmation] = {}
        self._redeemed: dict[str, datetime | None] = {}

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

    def redeem(self, receipt_id: str, at: datetime) -> bool:
        """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
        with self._lock:
            if self._redeemed.get(receipt_id, at) is not None:
                return False
            self._redeemed[receipt_id] = at
            return True

    def close(self) -> None:
        """Nothing to give back."""
