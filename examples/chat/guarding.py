# SPDX-License-Identifier: Apache-2.0
"""The guard's part of the app: what to call when the confirmation screen opens, when the sender goes on, and after a wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from transferguard import Decision, Guard, Message, Transfer
from transferguard.errors import ConfirmationRefused
from transferguard.ui.web import answer, sheet

Book = Callable[[str, Transfer], None]
"""Hands a receipt to the payment backend."""


def open_screen(guard: Guard, transfer: Transfer, talk: Sequence[Message]) -> Decision:
    """The confirmation screen opens, or its amount or somebody's profile changed: check."""
    return guard.check(transfer, conversation=talk)


def drawn(decision: Decision, transfer: Transfer, *, locale: str, pictures: Mapping[str, str], seen: int) -> dict[str, Any]:
    """What goes to the sender's screen, and nothing else of the decision does."""
    return sheet(decision.sender_view(locale), amount=transfer.money, locale=locale, pictures=pictures, seen=seen)


def go_on(guard: Guard, decision_id: str, transfer: Transfer, *, asked: Mapping[str, Any], book: Book) -> dict[str, Any]:
    """The sender goes on: a receipt for the payment backend, or what is still needed."""
    try:
        receipt = guard.confirm(decision_id, acknowledged=asked.get("acknowledged") is True, typed_name=asked.get("typed_name"))
    except ConfirmationRefused as refusal:
        return answer(refusal)
    book(receipt.token, transfer)
    return answer(receipt)


def after_waiting(guard: Guard, decision_id: str, talk: Sequence[Message]) -> Decision:
    """The wait is over: everything is checked again."""
    return guard.release(decision_id, conversation=talk)
