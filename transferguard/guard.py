# SPDX-License-Identifier: Apache-2.0
"""Gather, assess, record: what a host calls on the transfer-confirmation screen.

`Guard` answers in the calling thread; `AsyncGuard` (`transferguard.async_guard`) lets it answer in worker threads.

Checking is idempotent by transfer id: the same evidence gives the recorded decision again, an edited amount a new one, and after
confirmation the same id with other content is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from transferguard.asking import MOST_AHEAD, Asking, in_range, patient_archive, patient_classifier, patient_store, secret_of, time_of
from transferguard.assess import assess
from transferguard.calling import demand, demand_methods
from transferguard.closing import Closing
from transferguard.codes import Label
from transferguard.confirming import Confirming
from transferguard.decision import Decision, Disclosure
from transferguard.embedded import SystemClock, audit_log, embedded_parts, memory_store
from transferguard.errors import InvalidInput, TransferConflict, UnknownAccount
from transferguard.evidence import NOT_HANDED_OVER, Evidence, Written
from transferguard.forgetting import Forgetting
from transferguard.gather import Gathered, Gatherer
from transferguard.hindsight.policies import body_of
from transferguard.model import Account, Fact, Message, PastTransfer, Transfer, TransferState, Unavailable
from transferguard.patience import current, within
from transferguard.policy import Policy
from transferguard.protocol import State
from transferguard.public import Public
from transferguard.purse import Purse
from transferguard.seams import Archive, Clock, DecisionRecord, Directory, Feedback, Identities, Keys, Store
from transferguard.talk import Classifier, Talk, read_talk
from transferguard.watching import Observer, Watch
from transferguard.witness import Log, Witness, names_read

if TYPE_CHECKING:
    from transferguard.receipt import Receipt

_NO_SECRET: Final = bytes(32)
"""Keys the digests of names where the host gave no keys: nothing is kept then, and equal cases must give equal decisions."""


class Guard(Closing):
    """Checks transfers, confirms them, remembers what it is told.

    Args:
        directory: Whom the host knows; by default what `observe` remembered.
        store: Our own memory; by default one that ends with the process.
        policy: Every number; by default the one that ships.
        keys: Who signs receipts; without keys nothing can be confirmed.
        clock: What time it is; by default the machine's.
        classifier: The host's own reader of conversations, asked beside our patterns.
        shadow: A candidate policy that judges the same evidence, without effect; the observer hears what it would have said.
        observer: Who hears of answers, of the shadow and of alarms (`transferguard.watching.Observer`).
        audit: Where everything that the guard does is written down (`transferguard.audit.AuditLog`); by default nowhere.
        identities: Who knows verified names that the directory does not: `transferguard.providers.BankIdentities`.
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
        shadow: Policy | None = None,
        observer: Observer | None = None,
        audit: Log | None = None,
        identities: Identities | None = None,
    ) -> None:
        self._classifier = patient_classifier(classifier)
        kept_in = memory_store() if store is None else store
        self._store = patient_store(kept_in)
        self._archive = patient_archive(kept_in) if isinstance(kept_in, Archive) else None
        self._policy = Policy.default() if policy is None else demand(policy, Policy, "policy")
        self._clock = demand_methods(clock, ("now",), "clock", remedy="give a seams.Clock") or SystemClock()
        self._witness = Witness(audit)
        secret = _NO_SECRET if keys is None else secret_of(keys)
        asked = Asking(self._store.directory() if directory is None else directory)
        self._gatherer = Gatherer(asked, self._store, policy=self._policy, secret=secret, identities=identities)
        self._confirming = Confirming(self._store, self._gatherer, policy=self._policy, keys=keys, witness=self._witness)
        self._purse = Purse(self._store, self._policy)
        self._public = Public(self._store, self._gatherer, purse=self._purse, policy=self._policy, witness=self._witness)
        self._forgetting = Forgetting(self._store, self._gatherer, policy=self._policy, witness=self._witness)
        self._watch = Watch(observer, shadow, self._policy.alarm)
        self._policy_kept = False

    @classmethod
    def embedded(
        cls,
        path: str | Path,
        *,
        directory: Directory | None = None,
        policy: Policy | None = None,
        clock: Clock | None = None,
        audit: str | Path | None = None,
    ) -> Self:
        """A guard with everything beside it: SQLite database, default policy, key file (mode 0600).

        Args:
            path: The database file; the keys go to `path` with `.keys` behind it. Both are created when absent.
            directory: The host's own, if it has one.
            policy: Instead of the default.
            clock: Instead of the machine's.
            audit: File of the audit record, signed with the same keys; created when absent.

        Raises:
            StoreError: The database cannot be opened.
            KeyUnavailable: The key file cannot be read, or others can read it.
        """
        store, keys = embedded_parts(path)
        return cls(directory=directory, store=store, policy=policy, keys=keys, clock=clock, audit=audit_log(audit, keys))

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
        seen = self._now() if at is None else in_range(at, "at")
        if seen - self._now() > MOST_AHEAD:
            raise InvalidInput(
                "at", "lies in the future", "give the time at which the fact was seen; it would outrank all that is seen until then"
            )
        self._store.remember(fact, seen)
        if isinstance(fact, Account):
            # Fingerprints are computed here, so that no decision waits for them.
            self._gatherer.enrolment.pictures([fact])
        if isinstance(fact, PastTransfer) and fact.state is TransferState.SETTLED:
            self._purse.give_back(fact, self._now())

    def check(self, transfer: Transfer, *, conversation: Sequence[Message] | Unavailable = NOT_HANDED_OVER) -> Decision:
        """Should this transfer go on, and what must the sender see and do first?

        Args:
            transfer: What the sender is about to confirm.
            conversation: The talk just before, if the host hands it over; used in memory, never stored.

        Raises:
            UnknownAccount: The sender or the recipient is unknown.
            TransferConflict: The id was confirmed with other content.
            TooSlow: What must be known did not come within the policy's `spans.check_seconds`.
        """
        demand(transfer, Transfer, "transfer")
        with within(self._policy.spans.check_seconds), self._watch.asked("check"):
            return self._decide(transfer, conversation)

    def public_answer(self, transfer: Transfer, *, locale: str = "en") -> dict[str, Any]:
        """What may be told to whoever names an account, such as a typed phone number: the sender's view where a name may be shown.

        Unknown, blocked and unverifiable accounts and an exhausted budget have one and the same answer; the first three cost a miss.
        Nothing can be confirmed with it: call `check` when the sender goes on.

        Args:
            transfer: Who asks about whom, and the amount on the screen.
            locale: As for `Decision.sender_view`.

        Raises:
            UnknownAccount: The sender is unknown.
            TooSlow: As for `check`.
        """
        demand(transfer, Transfer, "transfer")
        with within(self._policy.spans.check_seconds):
            return self._public.answer(transfer, self._now(), locale=locale)

    def prepare(self, sender: str, recipient: str) -> None:
        """Compare now, so that a check later finds it done; worth a call when two people become contacts or open a chat.

        Args:
            sender: Account id of who may pay.
            recipient: Account id of who may be paid.

        Raises:
            UnknownAccount: One of them is unknown.
            TooSlow: As for `check`.
        """
        with within(self._policy.spans.check_seconds):
            now = self._now()
            self._gatherer.compare(sender, recipient)
            self._witness.prepared(sender, names_read(), at=now)

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
            NameProved: The typed name is right; show `.shown_name`, and confirm once more with `acknowledged=True`.
            NameRefused: The typed name is not the name we know.
            ConfirmationRefused: Something else is still needed; `.needed` lists it.
            TransferConflict: The transfer was confirmed with other content.
            ReceiptRefused: The transfer was confirmed before, and the key of its receipt is retired; use a new transfer id.
            KeyUnavailable: The guard has no signing keys.
            TooSlow: As for `check`; confirming again is harmless.
        """
        with within(self._policy.spans.check_seconds), self._watch.asked("confirm"):
            return self._confirming.confirm(decision_id, self._now(), acknowledged=acknowledged, typed_name=typed_name)

    def cancel(self, decision_id: str) -> None:
        """Give a decided transfer up, also while it waits; to make it after all it must be checked again.

        Raises:
            UnknownDecision: No such decision.
            TransferConflict: The transfer was confirmed already.
        """
        self._confirming.cancel(decision_id, self._now())

    def release(self, decision_id: str, *, conversation: Sequence[Message] | Unavailable = NOT_HANDED_OVER) -> Decision:
        """The decision after a wait: everything is checked again, because profiles change meanwhile.

        Args:
            decision_id: Of a decision with outcome DELAY.
            conversation: As for `check`.

        Raises:
            UnknownDecision: No such decision.
            ConfirmationRefused: The wait is not over, was cancelled, or was never asked for.
        """
        with within(self._policy.spans.check_seconds), self._watch.asked("release"):
            transfer, since = self._confirming.waited(decision_id, self._now())
            return self._decide(transfer, conversation, waited_since=since)

    def redeem(self, token: str, transfer: Transfer | None = None) -> Receipt:
        """Mark a receipt used, once.

        Args:
            token: The JWS text.
            transfer: What the ledger is about to book; by default the transfer that was confirmed.

        Raises:
            ReceiptRefused: The receipt does not prove it, or was used before.
        """
        with within(self._policy.spans.check_seconds), self._watch.asked("redeem"):
            return self._confirming.redeem(token, transfer, self._now())

    def forget(self, account: str) -> int:
        """Erase the person behind an account at that person's wish: every account that we know of the same verified identity.

        A confirmation stays until its receipt has expired, so that no transfer is confirmed twice; the next `expire` takes it then. The
        audit record keeps its lines, which hold ids and no names.

        Args:
            account: Id of any one account of that person; one that we do not know is no error.

        Returns:
            How many rows were erased.
        """
        return self._forgetting.forget(account, self._now())

    def expire(self) -> int:
        """Erase everything whose time is up (`Policy.retention`); call it once a day. How many rows that were."""
        return self._forgetting.expire(self._now())

    def seal_again(self) -> int:
        """After a rotation of the secret, bring all that is sealed under the new one, beside the running business.

        Returns:
            How many values had an old secret. When it is 0, `transferguard.keys.forget_retired_secrets` may follow.

        Raises:
            InvalidInput: The store is not one that seals.
        """
        return self._forgetting.seal_again(self._now())

    def feedback(self, decision_id: str, label: Label | str, *, at: datetime | None = None) -> None:
        """What the transfer turned out to be; `transferguard calibrate` learns from it. Saying it again is harmless.

        Args:
            decision_id: Of any decision for the transfer.
            label: honest, fraud, or the kind: imposture, takeover, mule, scam.
            at: When it became known, aware; by default now. Of two labels the later one holds.

        Raises:
            UnknownDecision: No such decision.
            InvalidInput: No such label, or the store cannot keep labels.
        """
        seen = self._now() if at is None else in_range(at, "at")
        if self._archive is None:
            raise InvalidInput("store", "keeps no labels", "implement seams.Archive, or use transferguard.store.SqlStore")
        try:
            told = Feedback(decision_id=decision_id, label=Label(label), at=seen)
        except ValueError:
            raise InvalidInput("label", "is not a known value", f"use one of {', '.join(Label)}") from None
        self._confirming.record(decision_id)
        self._archive.label(told)

    def public_keys(self) -> Mapping[str, Any]:
        """The JWKS with which `transferguard.receipt.verify` checks receipts of this guard."""
        return self._confirming.public_keys()

    def close(self) -> None:
        """Give back files and connections."""
        self._store.close()

    def _now(self) -> datetime:
        now = in_range(time_of(self._clock), "now")
        inquiry = current()
        if inquiry is not None:
            inquiry.now = now
        return now

    def _decide(
        self, transfer: Transfer, conversation: Sequence[Message] | Unavailable, *, waited_since: datetime | None = None
    ) -> Decision:
        now = self._now()
        with self._gatherer.reading():
            confirmed = self._store.confirmation(transfer.id)
            if confirmed is not None:
                if confirmed.transfer != transfer:
                    raise TransferConflict
                return self._confirming.record(confirmed.decision_id).decision
            gathered = self._gathered(transfer, now, self._talk(transfer, conversation, now), waited_since=waited_since)
        evidence = self._gatherer.identified(gathered)
        self._keep_policy()
        evidence, decision, kept = self._store.together(partial(self._keep, evidence))
        self._watch.decided(evidence, kept)
        # A store without a secret keeps no name, so the one just shown is put back.
        answer = replace(kept, shown_name=decision.shown_name) if decision.shown_name.text and not kept.shown_name.text else kept
        self._witness.decided(answer, transfer, read=names_read(), at=now)
        return answer

    def _talk(self, transfer: Transfer, conversation: Sequence[Message] | Unavailable, now: datetime) -> Talk | Unavailable:
        if isinstance(conversation, Unavailable):
            return conversation
        return read_talk(conversation, transfer.recipient, now, classifier=self._classifier)

    def _keep(self, evidence: Evidence) -> tuple[Evidence, Decision, Decision]:
        """Decide within the sender's budget: the evidence that says so, what was decided, and what was kept."""
        evidence, written, decision = self._within_budget(evidence)
        transfer, now = evidence.transfer, evidence.now
        record = DecisionRecord(
            decision=decision,
            transfer=transfer,
            evidence_digest=f"{written.digest} {self._policy.digest}",
            evidence=written.json,
            decided_at=now,
            recipient_key=evidence.recipient.person,
        )
        kept = self._store.record(record, same_since=now - timedelta(minutes=self._policy.spans.decision_minutes)).decision
        if self._store.state(kept.id) == State.CANCELLED:
            self._store.advance(kept.id, State.OPEN)
        return evidence, decision, kept

    def _keep_policy(self) -> None:
        """Once per guard, before its first decision is recorded: who looks back needs the policy that decided."""
        if not self._policy_kept and self._archive is not None:
            self._archive.keep_policy(self._policy.digest, body_of(self._policy))
        self._policy_kept = True

    def _gathered(self, transfer: Transfer, now: datetime, talk: Talk | Unavailable, *, waited_since: datetime | None) -> Gathered:
        try:
            return self._gatherer.gathered(transfer, now, talk, waited_since=waited_since)
        except UnknownAccount as unknown:
            if unknown.field == "transfer.recipient":
                self._purse.miss(transfer.sender, f"account:{transfer.recipient}", now)
            self._witness.unknown(transfer, unknown.field, at=now)
            raise

    def _within_budget(self, evidence: Evidence) -> tuple[Evidence, Written, Decision]:
        """The decision, with as much of the name as the sender's budget allows, and the evidence that says so, also as it is kept."""
        written = evidence.written()
        decision = assess(evidence, self._policy, written=written)
        for less in (Disclosure.MASKED, Disclosure.HIDDEN):
            affordable_at = self._purse.spend(evidence, decision.shown_name.level)
            if affordable_at is None:
                break
            when = affordable_at if isinstance(affordable_at, datetime) else Unavailable("never")
            evidence = replace(evidence, may_show=less, affordable_at=when)
            written = evidence.written()
            decision = assess(evidence, self._policy, written=written)
        return evidence, written, decision
