# SPDX-License-Identifier: Apache-2.0
"""Gather, assess, record: what a host calls on the transfer-confirmation screen.

`Guard` answers in the calling thread; `AsyncGuard` (`transferguard.async_guard`) lets it answer in worker threads.

Checking is idempotent by transfer id: the same evidence gives the recorded decision again, an edited amount a new one, and after
confirmation the same id with other content is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from transferguard.assess import assess
from transferguard.decision import Decision, Outcome, Step
from transferguard.errors import ConfirmationRefused, KeyUnavailable, ReceiptReason, ReceiptRefused, TransferConflict, UnknownDecision
from transferguard.gather import Gatherer
from transferguard.model import Account, Fact, Message, Transfer, Unavailable
from transferguard.policy import Policy
from transferguard.seams import Clock, Confirmation, DecisionRecord, Directory, Keys, Store
from transferguard.talk import Classifier, read_talk

if TYPE_CHECKING:
    from transferguard.receipt import Receipt

_NO_SECRET: Final = bytes(32)
"""Keys the digests of names where the host gave no keys: nothing is kept then, and equal cases must give equal decisions."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class Guard:
    """Checks transfers, confirms them, remembers what it is told.

    Args:
        directory: Whom the host knows; by default what `observe` remembered.
        store: Our own memory; by default one that ends with the process.
        policy: Every number; by default the one that ships.
        keys: Who signs receipts; without keys nothing can be confirmed.
        clock: What time it is; by default the machine's.
        classifier: The host's own reader of conversations, asked beside our patterns.
    """

    def __init__(  # noqa: PLR0913 - one keyword per seam
        self,
        *,
        directory: Directory | None = None,
        store: Store | None = None,
        policy: Policy | None = None,
        keys: Keys | None = None,
        clock: Clock | None = None,
        classifier: Classifier | None = None,
    ) -> None:
        self._classifier = classifier
        self._store = store or _memory_store()
        self._policy = policy or Policy.default()
        self._keys = keys
        self._clock = clock or SystemClock()
        secret = keys.secret() if keys else _NO_SECRET
        self._gatherer = Gatherer(directory or self._store.directory(), self._store, policy=self._policy, secret=secret)

    @classmethod
    def embedded(
        cls, path: str | Path, *, directory: Directory | None = None, policy: Policy | None = None, clock: Clock | None = None
    ) -> Self:
        """A guard with everything beside it: SQLite database, default policy, key file (mode 0600).

        Args:
            path: The database file; the keys go to `path` with `.keys` behind it. Both are created when absent.
            directory: The host's own, if it has one.
            policy: Instead of the default.
            clock: Instead of the machine's.

        Raises:
            StoreError: The database cannot be opened.
            KeyUnavailable: The key file cannot be read, or others can read it.
        """
        store, keys = embedded_parts(path)
        return cls(directory=directory, store=store, policy=policy, keys=keys, clock=clock)

    @property
    def policy(self) -> Policy:
        """The effective policy."""
        return self._policy

    def observe(self, fact: Fact, *, at: datetime | None = None) -> None:
        """Remember a fact.

        Args:
            fact: An account, contact, past transfer or report.
            at: When it was seen, aware; by default now. Of two versions the later seen wins; duplicates are harmless.
        """
        self._store.remember(fact, at or self._clock.now())
        if isinstance(fact, Account):
            # Fingerprints are computed here, so that no decision waits for them.
            self._gatherer.enrolment.pictures([fact])

    def check(self, transfer: Transfer, *, conversation: Sequence[Message] | Unavailable = ()) -> Decision:
        """Should this transfer go on, and what must the sender see and do first?

        Args:
            transfer: What the sender is about to confirm.
            conversation: The talk just before, if the host hands it over; used in memory, never stored.

        Raises:
            UnknownAccount: The sender or the recipient is unknown.
            TransferConflict: The id was confirmed with other content.
        """
        confirmed = self._store.confirmation(transfer.id)
        if confirmed is not None:
            return self._decision_of_confirmed(confirmed, transfer)
        now = self._clock.now()
        talk = conversation if isinstance(conversation, Unavailable) else read_talk(conversation, transfer.recipient, now, self._classifier)
        evidence = self._gatherer.evidence(transfer, now, talk)
        record = DecisionRecord(
            decision=assess(evidence, self._policy),
            transfer=transfer,
            evidence_digest=f"{evidence.digest()} {self._policy.digest}",
            evidence=evidence.to_json(),
            decided_at=now,
            recipient_key=evidence.recipient.person,
        )
        return self._store.record(record, same_since=now - timedelta(minutes=self._policy.spans.decision_minutes)).decision

    def confirm(self, decision_id: str, *, acknowledged: bool = False, typed_name: str | None = None) -> Receipt:
        """A signed receipt, when everything that the decision asks for was done.

        Args:
            decision_id: Of the newest decision for the transfer.
            acknowledged: Whether the sender read the warnings and goes on.
            typed_name: Whom the sender believes to pay, where the decision asks for it.

        Returns:
            The receipt; confirming the same transfer again returns the same one.

        Raises:
            UnknownDecision: No such decision.
            ConfirmationRefused: Something is still needed; `.needed` lists it.
            TransferConflict: The transfer was confirmed with other content.
            KeyUnavailable: The guard has no signing keys.
        """
        record = self._store.decision(decision_id)
        if record is None:
            raise UnknownDecision
        confirmed = self._store.confirmation(record.transfer.id)
        if confirmed is not None:
            self._decision_of_confirmed(confirmed, record.transfer)
            return self._receipt(confirmed)
        now = self._clock.now()
        if needed := self._still_needed(record, acknowledged=acknowledged, now=now):
            raise ConfirmationRefused(needed, record.decision.retry_at)
        return self._issue(record, acknowledged=acknowledged, now=now)

    def redeem(self, token: str, transfer: Transfer | None = None) -> Receipt:
        """Mark a receipt used, once.

        Args:
            token: The JWS text.
            transfer: What the ledger is about to book; by default the transfer that was confirmed.

        Raises:
            ReceiptRefused: The receipt does not prove it, or was used before.
        """
        from transferguard.receipt import transfer_id_of, verify  # noqa: PLC0415 - cryptography loads only where something is signed

        now = self._clock.now()
        confirmed = self._store.confirmation(transfer.id if transfer else transfer_id_of(token))
        if confirmed is None:
            raise ReceiptRefused(ReceiptReason.UNKNOWN_RECEIPT)
        receipt = verify(token, transfer or confirmed.transfer, self.public_keys(), now=now)
        if confirmed.receipt_id != receipt.id:
            raise ReceiptRefused(ReceiptReason.UNKNOWN_RECEIPT)
        if not self._store.redeem(receipt.id, now):
            raise ReceiptRefused(ReceiptReason.REDEEMED)
        return receipt

    def public_keys(self) -> Mapping[str, Any]:
        """The JWKS with which `transferguard.receipt.verify` checks receipts of this guard."""
        return self._signing_keys().public_keys()

    def close(self) -> None:
        """Give back files and connections."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _signing_keys(self) -> Keys:
        if self._keys is None:
            raise KeyUnavailable("keys: this guard has none; use Guard.embedded or pass keys=")
        return self._keys

    def _decision_of_confirmed(self, confirmed: Confirmation, transfer: Transfer) -> Decision:
        if confirmed.transfer != transfer:
            raise TransferConflict
        record = self._store.decision(confirmed.decision_id)
        if record is None:  # pragma: no cover - a store that loses a decision has broken its contract
            raise UnknownDecision
        return record.decision

    def _still_needed(self, record: DecisionRecord, *, acknowledged: bool, now: datetime) -> tuple[Step, ...]:
        decision = record.decision
        newest = self._store.latest_decision(record.transfer.id)
        lifetime = timedelta(minutes=self._policy.spans.decision_minutes)
        if (newest and newest.decision.id != decision.id) or now - record.decided_at > lifetime or self._changed(record, now):
            return (Step.CHECK_AGAIN,)
        if decision.outcome is Outcome.WARN and acknowledged:
            return ()
        return decision.steps

    def _changed(self, record: DecisionRecord, now: datetime) -> bool:
        """Whether the names, the picture or the outcome are no longer those that the sender saw (rule 10)."""
        fresh = assess(self._gatherer.evidence(record.transfer, now), self._policy)
        return fresh.binding != record.decision.binding or fresh.outcome > record.decision.outcome

    def _issue(self, record: DecisionRecord, *, acknowledged: bool, now: datetime) -> Receipt:
        from transferguard.receipt import Passed, issue  # noqa: PLC0415 - cryptography loads only where something is signed

        decision, minutes = record.decision, timedelta(minutes=self._policy.spans.receipt_minutes)
        passed = Passed(
            transfer=record.transfer,
            decision_id=decision.id,
            policy=decision.policy,
            acknowledged=decision.warning_ids() if acknowledged else (),
            identity=record.recipient_key.removeprefix("identity:") if record.recipient_key.startswith("identity:") else "",
            shown_name=decision.shown_name.text,
        )
        receipt = issue(passed, self._signing_keys(), now=now, valid_for=minutes)
        kept = self._store.confirm(
            Confirmation(
                transfer=record.transfer,
                decision_id=decision.id,
                token=receipt.token,
                receipt_id=receipt.id,
                at=now,
                expires_at=receipt.expires_at,
                recipient_key=record.recipient_key,
            )
        )
        return self._receipt(kept)

    def _receipt(self, confirmed: Confirmation) -> Receipt:
        from transferguard.receipt import verify  # noqa: PLC0415 - as above

        return verify(confirmed.token, confirmed.transfer, self.public_keys(), now=confirmed.at)


def embedded_parts(path: str | Path) -> tuple[Store, Keys]:
    """The database at this path and the key file beside it, created where absent."""
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - cryptography loads only where something is signed
    from transferguard.store import SqlStore  # noqa: PLC0415 - SQLAlchemy loads only where a database is used

    keys = LocalKeys.open(f"{path}.keys")
    return SqlStore.open(path, secret=keys.secret()), keys


def _memory_store() -> Store:
    from transferguard.store import MemoryStore  # noqa: PLC0415 - only where the host has no store

    return MemoryStore()
