# SPDX-License-Identifier: Apache-2.0
"""A program that races others for everything that must happen once or within a bound, and says what it got.

python -m tests.store.racer PATH NAME
"""

import sys
import time

from tests.store.making import START, confirmation
from transferguard.budget import BudgetTerms, Look, TryLimits
from transferguard.store import SqlStore

THRESHOLD = 100_000
"""Minor units: up to here a mask suffices."""


def confirm_within_threshold(store, name):
    """Confirm transfers of 300.00 to one person as long as their total stays at or below the threshold; how many that were."""
    confirmed = 0
    for number in range(20):
        while True:
            seen = store.confirmed_since("me", "p", START)
            if sum(money.minor for money in seen.values()) + 30_000 > THRESHOLD:
                return confirmed
            mine = confirmation(f"{name}-{number}", receipt=f"{name}-{number}", person="p", amount="300.00")
            if store.confirm_unless_more(mine, since=START, seen=seen.keys()) is not None:
                confirmed += 1
                break
    return confirmed


def main(path, name):
    """Wait for the start, then race."""
    store = SqlStore.open(path, secret=b"s" * 32, patience=60)
    print("ready", flush=True)  # noqa: T201 - its output
    sys.stdin.readline()
    time.sleep(0.05)
    receipt = store.confirm(confirmation("same", receipt=f"same-{name}", sender="other")).receipt_id
    redeemed = sum(store.redeem(receipt, START) for _ in range(3))
    tries = sum(store.begin_try("me", "p", terms=TryLimits(), now=START) is not None for _ in range(3))
    looks = sum(
        store.spend("me", Look(person=f"{name}{one}", extent="full", cost=20), terms=BudgetTerms(), now=START) is not None
        for one in range(3)
    )
    print(receipt, redeemed, tries, looks, confirm_within_threshold(store, name), flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(*sys.argv[1:])
