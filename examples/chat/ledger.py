# SPDX-License-Identifier: Apache-2.0
"""The payment backend: it books a transfer when a receipt proves that it passed the guard, once, and not otherwise."""

from __future__ import annotations

from typing import Any

from examples.chat.rooms import Rooms
from transferguard import Guard, Transfer
from transferguard.model import PastTransfer, TransferState
from transferguard.seams import Clock


class Ledger:
    """Balances and bookings.

    Args:
        rooms: Where bookings are kept.
        guard: Redeems receipts; a backend elsewhere checks them with `transferguard.receipt.verify` and the public keys first.
        clock: What time it is.
    """

    def __init__(self, rooms: Rooms, guard: Guard, clock: Clock) -> None:
        self._rooms = rooms
        self._guard = guard
        self._clock = clock

    def book(self, token: str, transfer: Transfer) -> None:
        """Move the money.

        Raises:
            ReceiptRefused: The receipt does not prove this very transfer, or was used before.
        """
        receipt = self._guard.redeem(token, transfer)
        self._rooms.write(
            "INSERT INTO bookings (transfer, sender, recipient, minor, currency, receipt) VALUES (?, ?, ?, ?, ?, ?)",
            transfer.id,
            transfer.sender,
            transfer.recipient,
            transfer.money.minor,
            transfer.money.currency,
            receipt.id,
        )
        # What was paid is history from now on, and earns trust as history does.
        self._guard.observe(
            PastTransfer(
                id=transfer.id,
                sender=transfer.sender,
                recipient=transfer.recipient,
                money=transfer.money,
                at=self._clock.now(),
                state=TransferState.SETTLED,
            )
        )

    def bookings(self) -> list[dict[str, Any]]:
        """Everything that was booked, newest first."""
        return self._rooms.read("SELECT transfer, sender, recipient, minor, currency, receipt FROM bookings ORDER BY rowid DESC")
