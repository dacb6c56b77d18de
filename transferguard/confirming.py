# SPDX-License-Identifier: Apache-2.0
"""From decision to receipt: acknowledging, typing the name, waiting, cancelling, redeeming.

What leads where is the table of `transferguard.protocol`; here it is carried out. Before anything is confirmed, the facts are
gathered again: an acknowledgement binds to the pair, the names and the picture that the sender saw, and any change, a stricter
outcome or a larger part of the name that is due reopens the question (design, rule 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from transferguard.assess import assess, is_large
from transferguard.budget import TryLimits
from transferguard.calling import demand, is_id
from transferguard.comparison import MAX_VERIFIED, on_screen
from transferguard.decision import Disclosure, Outcome, ShownName, Step
from transferguard.disclosure import extent, show
from transferguard.errors import (
    ConfirmationRefused,
    KeyUnavailable,
    NameProved,
    NameRefused,
    ReceiptReason,
    ReceiptRefused,
    TransferConflict,
    UnknownDecision,
)
from transferguard.evidence import Evidence
from transferguard.model import Transfer, Unavailable
from transferguard.policy import Policy
from transferguard.protocol import Answer, Ask, State, answer, typed_name_fits
from transferguard.seams import Confirmation, DecisionRecord, Keys, Store
from transferguard.witness import Witness, names_read

if TYPE_CHECKING:
    from transferguard.gather import Gatherer
    from transferguard.receipt import Receipt


class Confirming:
    """Everything that can be asked of a decided transfer.

    Args:
        store: Decisions, states, tries and confirmations.
        gatherer: Looks again before anything is confirmed.
        policy: Lifetimes and limits.
        keys: Who signs; None when nothing can be confirmed.
        witness: Writes down what happens.
    """

    def __init__(self, store: Store, gatherer: Gatherer, *, policy: Policy, keys: Keys | None, witness: Witness) -> None:
        self._store = store
        self._gatherer = gatherer
        self._policy = policy
        self._keys = keys
        self._witness = witness

    def confirm(self, decision_id: str, now: datetime, *, acknowledged: bool, typed_name: str | None) -> Receipt:
        """The receipt, or a refusal that says what is still needed; neither leaves before it is on record."""
        demand(acknowledged, bool, "acknowledged", remedy="give True or False")
        if typed_name is not None:
            demand(typed_name, str, "typed_name", remedy="give what the sender typed")
        record = self.record(decision_id)
        try:
            receipt = self._confirm(record, now, acknowledged=acknowledged, typed_name=typed_name)
        except ConfirmationRefused as refused:
            self._witness.not_confirmed(record, refused, read=names_read(), at=now)
            raise
        self._witness.confirmed(record.transfer, decision_id, receipt.id, read=names_read(), at=now)
        return receipt

    def _confirm(self, record: DecisionRecord, now: datetime, *, acknowledged: bool, typed_name: str | None) -> Receipt:
        # 1. A transfer is confirmed once; whoever asks again gets the same receipt.
        confirmed = self._store.confirmation(record.transfer.id)
        if confirmed is not None:
            return self.receipt_of(confirmed, record.transfer)
        # 2. What goes to this person meanwhile is counted before looking, so that racing transfers cannot both miss the other.
        since = now - timedelta(hours=self._policy.spans.total_hours)
        seen = self._store.confirmed_since(record.transfer.sender, record.recipient_key, since)
        # 3. Only the newest decision, while it is fresh and everything is as the sender saw it.
        fresh = self._fresh(record, now)
        # 4. What the screen asks for, and what the table says to it.
        given = self._answer(record, fresh, now, acknowledged=acknowledged, typed_name=typed_name)
        if not given.receipt:
            raise ConfirmationRefused(given.needed, record.decision.retry_at)
        # 5. Signed and kept, unless more went to this person since.
        return self._issue(record, fresh, now, acknowledged=acknowledged, seen=frozenset(seen))

    def cancel(self, decision_id: str, now: datetime) -> None:
        """Give the transfer up; to make it after all it must be checked again."""
        record = self.record(decision_id)
        if self._store.confirmation(record.transfer.id) is not None:
            raise TransferConflict
        self._store.advance(decision_id, State.CANCELLED)
        self._witness.note("cancelled", at=now, decision=decision_id, transfer=record.transfer.id)

    def waited(self, decision_id: str, now: datetime) -> tuple[Transfer, datetime]:
        """The transfer whose wait is over, to be checked again, and when that wait began.

        Raises:
            ConfirmationRefused: The wait is not over, was cancelled, or was never asked for.
        """
        record = self.record(decision_id)
        decision = record.decision
        if decision.outcome is not Outcome.DELAY or self._state(record) is State.CANCELLED:
            raise ConfirmationRefused((Step.CHECK_AGAIN,))
        if decision.retry_at and now < decision.retry_at:
            raise ConfirmationRefused((Step.WAIT, Step.CHECK_AGAIN), decision.retry_at)
        return record.transfer, record.decided_at

    def redeem(self, token: str, transfer: Transfer | None, now: datetime) -> Receipt:
        """The receipt, marked used. That it is about to be is written down first: without a record nothing is redeemed."""
        if transfer is not None:
            demand(transfer, Transfer, "transfer")
        try:
            receipt = self._redeemable(token, transfer, now)
            self._witness.note("redeem", at=now, receipt=receipt.id, transfer=receipt.transfer_id)
            self._mark_used(receipt, now)
        except ReceiptRefused as refused:
            self._witness.note("not_redeemed", at=now, reason=refused.reason.value, transfer=transfer.id if transfer else None)
            raise
        return receipt

    def _mark_used(self, receipt: Receipt, now: datetime) -> None:
        if not self._store.redeem(receipt.id, now):
            raise ReceiptRefused(ReceiptReason.REDEEMED)

    def _redeemable(self, token: str, transfer: Transfer | None, now: datetime) -> Receipt:
        from transferguard.receipt import transfer_id_of, verify  # noqa: PLC0415 - cryptography loads only where something is signed

        confirmed = self._store.confirmation(transfer.id if transfer else transfer_id_of(token))
        if confirmed is None:
            raise ReceiptRefused(ReceiptReason.UNKNOWN_RECEIPT)
        receipt = verify(token, transfer or confirmed.transfer, self.public_keys(), now=now)
        if confirmed.receipt_id != receipt.id:
            raise ReceiptRefused(ReceiptReason.UNKNOWN_RECEIPT)
        return receipt

    def record(self, decision_id: str) -> DecisionRecord:
        """The recorded decision."""
        known = is_id(demand(decision_id, str, "decision_id", remedy="give the `.id` of a decision"))
        record = self._store.decision(decision_id) if known else None
        if record is None:
            raise UnknownDecision
        return record

    def receipt_of(self, confirmed: Confirmation, transfer: Transfer) -> Receipt:
        """The receipt that this transfer already has."""
        from transferguard.receipt import verify  # noqa: PLC0415 - as above

        if confirmed.transfer != transfer:
            raise TransferConflict
        return verify(confirmed.token, transfer, self.public_keys(), now=confirmed.at)

    def public_keys(self) -> Mapping[str, Any]:
        """The JWKS that verifies receipts."""
        return self._signing_keys().public_keys()

    def _signing_keys(self) -> Keys:
        if self._keys is None:
            raise KeyUnavailable("keys: this guard has none; use Guard.embedded or pass keys=")
        return self._keys

    def _state(self, record: DecisionRecord) -> State:
        return State(self._store.state(record.decision.id) or State.OPEN)

    def _fresh(self, record: DecisionRecord, now: datetime) -> Evidence:
        """The facts of this moment, if they still carry the decision."""
        newest = self._store.latest_decision(record.transfer.id)
        outdated = newest is not None and newest.decision.id != record.decision.id
        expired = now - record.decided_at > timedelta(minutes=self._policy.spans.decision_minutes)
        if outdated or expired:
            raise ConfirmationRefused((Step.CHECK_AGAIN,))
        recorded = Evidence.from_json(record.evidence) if record.evidence else None
        waited_since = recorded.waiting_since if recorded and isinstance(recorded.waiting_since, datetime) else None
        fresh = self._gatherer.evidence(record.transfer, now, waited_since=waited_since)
        decision = assess(fresh, self._policy)
        stricter = decision.outcome > record.decision.outcome
        # Under a challenge both show the mask; what the typed name uncovered depends on whether the total was large then.
        grown = recorded is not None and is_large(fresh, self._policy) and not is_large(recorded, self._policy)
        shows_more = record.decision.outcome <= Outcome.WARN and decision.shown_name.level.extent > record.decision.shown_name.level.extent
        if decision.binding != record.decision.binding or stricter or shows_more or grown:
            raise ConfirmationRefused((Step.CHECK_AGAIN,))
        return fresh

    def _answer(self, record: DecisionRecord, fresh: Evidence, now: datetime, *, acknowledged: bool, typed_name: str | None) -> Answer:
        state = self._state(record)
        ask = Ask.ACKNOWLEDGE if acknowledged else Ask.CONFIRM
        if typed_name is not None and record.decision.outcome is Outcome.CHALLENGE and state is State.OPEN:
            ask = self._try_name(record, fresh, typed_name, now)
        given = answer(record.decision.outcome, state, ask)
        if given.state is State.NAME_PROVED and state is State.OPEN:
            self._store.advance(record.decision.id, given.state)
            raise NameProved(given.needed, self._name_warranted(fresh))
        return given

    def _try_name(self, record: DecisionRecord, fresh: Evidence, typed_name: str, now: datetime) -> Ask:
        """One guess, counted before it is looked at, so that racing guesses get no more than one alone."""
        sender, person = record.transfer.sender, record.recipient_key
        rules = self._policy.tries
        terms = TryLimits(per_pair=rules.per_pair, failed_per_recipient=rules.failed_per_recipient, hours=rules.hours)
        number = self._store.begin_try(sender, person, terms=terms, now=now)
        if number is None:
            raise NameRefused((Step.TYPE_HIDDEN_NAME,), self._store.tries_end(sender, person, terms=terms, now=now))
        fits: bool | Unavailable = Unavailable("not compared")
        try:
            fits = self._fits(record, fresh, typed_name, now)
        finally:
            if isinstance(fits, Unavailable):  # nobody said that it was wrong, so it was no guess
                self._store.withdraw_try(number)
        if isinstance(fits, Unavailable):
            raise ConfirmationRefused((Step.CHECK_AGAIN,))
        if not fits:
            raise NameRefused((Step.TYPE_HIDDEN_NAME,), self._store.tries_end(sender, person, terms=terms, now=now))
        self._store.settle_try(number)
        return Ask.RIGHT_NAME

    def _fits(self, record: DecisionRecord, fresh: Evidence, typed_name: str, now: datetime) -> bool | Unavailable:
        """Whether this is the name: compared here where it is known, else by the provider of identities."""
        verified = fresh.recipient.verified_name
        if not isinstance(verified, str):
            return self._gatherer.typed_name_fits(record.transfer.recipient, typed_name)
        self._witness.read(record.transfer, [record.transfer.recipient], "compare_typed_name", at=now)
        return typed_name_fits(typed_name, verified)

    def _name_warranted(self, fresh: Evidence) -> ShownName:
        """The name as the amount warrants, now that the challenge is no longer open."""
        verified = fresh.recipient.verified_name
        if isinstance(verified, Unavailable):  # the sender named the person, and a provider that is match only said that it is so
            return ShownName(level=Disclosure.HIDDEN)
        large = is_large(fresh, self._policy)
        level = extent(self._policy.profile, Outcome.WARN, large=large, match=fresh.name.fit)
        shown = show(verified, level)
        return replace(shown, text=on_screen(shown.text, MAX_VERIFIED))

    def _issue(self, record: DecisionRecord, fresh: Evidence, now: datetime, *, acknowledged: bool, seen: frozenset[str]) -> Receipt:
        from transferguard.receipt import Passed, issue  # noqa: PLC0415 - cryptography loads only where something is signed

        decision = record.decision
        proved = self._state(record) is State.NAME_PROVED
        passed = Passed(
            transfer=record.transfer,
            decision_id=decision.id,
            policy=decision.policy,
            acknowledged=decision.warning_ids() if acknowledged else (),
            identity=fresh.recipient.identity if isinstance(fresh.recipient.identity, str) else "",
            shown_name=(self._name_warranted(fresh) if proved else decision.shown_name).text,
        )
        receipt = issue(passed, self._signing_keys(), now=now, valid_for=timedelta(minutes=self._policy.spans.receipt_minutes))
        confirmation = Confirmation(
            transfer=record.transfer,
            decision_id=decision.id,
            token=receipt.token,
            receipt_id=receipt.id,
            at=now,
            expires_at=receipt.expires_at,
            recipient_key=fresh.recipient.person,
        )
        since = now - timedelta(hours=self._policy.spans.total_hours)
        kept = self._store.confirm_unless_more(confirmation, since=since, seen=seen)
        if kept is None:
            raise ConfirmationRefused((Step.CHECK_AGAIN,))
        return self.receipt_of(kept, record.transfer)
