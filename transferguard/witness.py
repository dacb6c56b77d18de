# SPDX-License-Identifier: Apache-2.0
"""What is written into the audit record about each thing that the guard does?

    decided           decision, transfer, sender, recipient, outcome, how much of the name, policy, reasons; also for a repeated check
    nothing_told      somebody named an account of which there was nothing to tell
    unknown           somebody asked about an account that nobody knows
    name_read         whose verified names were read, for which transfer where there is one, and why: `purpose`
    confirmed         decision, transfer, receipt; also when the same receipt is handed out again
    not_confirmed     decision, and what was still needed
    cancelled         decision
    redeem            a receipt is about to be marked used; without a `not_redeemed` behind it, it was
    not_redeemed      why
    forget            whose facts are about to be erased
    forgot            how many rows that were
    expired           how many rows had come to the end of their time
    sealed_again      how many values an old secret had sealed

Ids, codes and numbers, never names (design, rule 6). Nothing leaves the guard before its record is on the disk: without it there is
no decision and no receipt. Where a thing cannot be undone, the record is written first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeAlias

from transferguard.decision import Decision, Disclosure
from transferguard.errors import ConfirmationRefused, NameProved
from transferguard.model import Transfer
from transferguard.patience import ask, current
from transferguard.seams import DecisionRecord

Plain: TypeAlias = str | int | bool | Sequence[str] | None
Event: TypeAlias = tuple[str, Mapping[str, Plain]]

MOST_ACCOUNTS: Final = 50
"""Account ids that one record lists; a circle of thousands is told by its owner and its size."""


def names_read() -> frozenset[str]:
    """Accounts whose verified name was read so far in this check."""
    inquiry = current()
    return frozenset() if inquiry is None else frozenset(inquiry.names)


class Log(Protocol):
    """The part of `transferguard.audit.AuditLog` that the guard needs."""

    def append_all(self, events: Sequence[Event], *, at: datetime) -> object:
        """Write down several things that happened at once; durable together when the call returns."""
        ...


class Witness:
    """Writes down what the guard does; without a log, nothing.

    Args:
        log: Where to.
    """

    def __init__(self, log: Log | None) -> None:
        self._log = log

    def decided(self, decision: Decision, transfer: Transfer, *, read: Collection[str], at: datetime) -> None:
        """A decision is about to be handed back."""
        if self._log is None:  # in every check, so what nobody reads is not put together
            return
        shown = decision.shown_name.level
        events: list[Event] = [
            (
                "decided",
                {
                    **_of(transfer),
                    "decision": decision.id,
                    "outcome": decision.outcome.value,
                    "shown": shown.value,
                    "policy": decision.policy,
                    "reasons": list(dict.fromkeys(finding.reason.value for finding in decision.findings)),
                },
            )
        ]
        events += _reading(transfer, read, "decide")
        if shown is not Disclosure.HIDDEN:
            events += _reading(transfer, [transfer.recipient], f"show_{shown.value}")
        self._write(events, at)

    def unknown(self, transfer: Transfer, field: str, *, at: datetime) -> None:
        """An account that nobody knows was asked about."""
        self._write([("unknown", {**_of(transfer), "field": field})], at)

    def nothing_told(self, transfer: Transfer, *, read: Collection[str], at: datetime) -> None:
        """Somebody named an account and is about to be told nothing."""
        self._write([("nothing_told", _of(transfer)), *_reading(transfer, read, "decide")], at)

    def read(self, transfer: Transfer, accounts: Collection[str], purpose: str, *, at: datetime) -> None:
        """Verified names were read."""
        self._write(_reading(transfer, accounts, purpose), at)

    def prepared(self, sender: str, accounts: Collection[str], *, at: datetime) -> None:
        """Verified names were read when a circle was compared ahead of any transfer."""
        self._write([_name_read(sorted(accounts), "prepare", owner=sender)] if accounts else [], at)

    def sealing_again(self, accounts: Collection[str], *, at: datetime) -> None:
        """Sealed values of these accounts are about to be opened and sealed under the new secret."""
        self._write([_name_read(sorted(accounts), "seal_again")], at)

    def confirmed(self, transfer: Transfer, decision_id: str, receipt_id: str, *, read: Collection[str], at: datetime) -> None:
        """A receipt is about to be handed out."""
        event: Event = ("confirmed", {**_of(transfer), "decision": decision_id, "receipt": receipt_id})
        self._write([event, *_reading(transfer, read, "confirm")], at)

    def not_confirmed(self, record: DecisionRecord, refused: ConfirmationRefused, *, read: Collection[str], at: datetime) -> None:
        """A confirmation is about to be refused; the right name is about to be shown."""
        transfer = record.transfer
        needed = [str(one) for one in refused.needed]
        events: list[Event] = [
            ("not_confirmed", {**_of(transfer), "decision": record.decision.id, "needed": needed, "why": type(refused).__name__})
        ]
        events += _reading(transfer, read, "confirm")
        if isinstance(refused, NameProved) and refused.shown_name.text:
            events += _reading(transfer, [transfer.recipient], f"show_{refused.shown_name.level.value}")
        self._write(events, at)

    def note(self, event: str, *, at: datetime, **data: Plain) -> None:
        """Something else happened."""
        self._write([(event, data)], at)

    def _write(self, events: Sequence[Event], at: datetime) -> None:
        log = self._log
        if log is not None and events:
            ask(lambda: log.append_all(events, at=at), "audit.append_all")


def _of(transfer: Transfer) -> dict[str, Plain]:
    return {"transfer": transfer.id, "sender": transfer.sender, "recipient": transfer.recipient}


def _reading(transfer: Transfer, accounts: Collection[str], purpose: str) -> list[Event]:
    if not accounts:
        return []
    parties = [one for one in (transfer.sender, transfer.recipient) if one in accounts]
    others = sorted(set(accounts) - {transfer.sender, transfer.recipient})
    return [_name_read(parties + others, purpose, owner=transfer.sender, transfer=transfer.id)]


def _name_read(accounts: list[str], purpose: str, *, owner: str = "", transfer: str = "") -> Event:
    listed = accounts[:MOST_ACCOUNTS]
    return ("name_read", {"purpose": purpose, "accounts": listed, "count": len(accounts), "for": owner, "transfer": transfer})
