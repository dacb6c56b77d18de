# SPDX-License-Identifier: Apache-2.0
"""A program that writes to a store until it is stopped, and says on standard output what it was told is kept.

python -m tests.store.writer PATH NAME COUNT
"""

import sys

from tests.store.making import LONG_AGO, START, account, confirmation, day, record
from transferguard.model import Contact
from transferguard.store import SqlStore


def main(path, name, count):
    """Write accounts, contacts, decisions, confirmations and redemptions, one after the other."""
    store = SqlStore.open(path, secret=b"s" * 32, patience=30)
    for number in range(int(count)):
        mine = f"{name}-{number}"
        store.remember(account(mine, avatar=mine.encode() * 500, verified_name="毕小川"), day(number))
        store.remember(account("everybodys", display_name=mine), day(number))
        store.remember(Contact(owner="me", account=mine), START)
        store.record(record(mine, transfer_id=mine), same_since=LONG_AGO)
        store.confirm(confirmation(mine, receipt=mine))
        redeemed = store.redeem(mine, START)
        # Acknowledged: from here on nothing of it may get lost.
        print(mine, store.confirm(confirmation("shared", receipt=f"shared-{mine}")).receipt_id, redeemed, flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(*sys.argv[1:])
