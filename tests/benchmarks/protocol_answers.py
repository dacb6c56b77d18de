# SPDX-License-Identifier: Apache-2.0
"""Does the time of a public answer tell why it tells nothing?

Unknown, blocked, exhausted and unverifiable recipients are asked about in turns, so that whatever else the machine does meets all of them
alike; the medians must lie within 5 % of each other.

    python -m tests.benchmarks.protocol_answers --calls 10000
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from transferguard.guard import Guard
from transferguard.keys import StaticKeys
from transferguard.model import Money, Transfer
from transferguard.policy import Policy
from transferguard.store import SqlStore
from transferguard.testing.builders import SENDER, account, contact, paid
from transferguard.testing.host import InMemoryHost, MovableClock

ALLOWED = 0.05
"""Share by which the medians may differ (issue: disclosure budget)."""

WARM_UP = 50
"""Calls of each kind that are not counted: tables load, statements are built."""

FRIENDS = 50
RECIPIENT = {"unknown": "nobody", "blocked": "frozen", "exhausted": "open", "unverifiable": "nameless"}


def stage(folder: Path) -> tuple[Guard, MovableClock]:
    """A guard over a database, in front of a sender with friends and one with an empty purse."""
    host = InMemoryHost([account(SENDER), account("spent"), account("open"), account("frozen", standing="frozen")])
    host.put(account("nameless", verified_name=None))
    for sender in (SENDER, "spent"):
        for at in range(FRIENDS):
            host.put(account(f"c{at}"), contact(f"c{at}", owner=sender), paid(f"c{at}", sender=sender, id=f"{sender}-{at}"))
    keys, clock = StaticKeys.generate(), MovableClock()
    # The purse of the one is bottomless, of the other empty: what is measured is the answer, not the budget.
    policy = Policy.from_mapping({"budget": {"capacity": 1_000_000, "per_minute": 0, "full": 1_000_000, "free_hours": 0}})
    guard = Guard(directory=host, store=SqlStore.open(folder / "guard.db", secret=keys.secret()), keys=keys, clock=clock, policy=policy)
    guard.public_answer(asking("open", "spent", amount="5000.00"))
    return guard, clock


def asking(recipient: str, sender: str, amount: str = "50.00") -> Transfer:
    """Somebody types an account."""
    return Transfer(id="look", sender=sender, recipient=recipient, money=Money.of(amount, "CNY"))


def measure(calls: int) -> dict[str, dict[str, float]]:
    """Medians by kind, in milliseconds of wall and of processor time, and the answers' bytes."""
    wall: dict[str, list[int]] = {kind: [] for kind in RECIPIENT}
    work: dict[str, list[int]] = {kind: [] for kind in RECIPIENT}
    with tempfile.TemporaryDirectory() as folder:
        guard, clock = stage(Path(folder))
        for number in range(calls + WARM_UP):
            for kind, recipient in RECIPIENT.items():
                clock.move(seconds=1)
                question = asking(recipient, "spent" if kind == "exhausted" else SENDER)
                began, worked = time.perf_counter_ns(), time.process_time_ns()
                answer = guard.public_answer(question)
                ended, done = time.perf_counter_ns(), time.process_time_ns()
                if answer["shown_name"]["level"] != "hidden":
                    msg = f"{kind} was told a name"
                    raise AssertionError(msg)
                if number >= WARM_UP:
                    wall[kind].append(ended - began)
                    work[kind].append(done - worked)
        guard.close()
    return {
        kind: {"wall_ms": round(statistics.median(wall[kind]) / 1e6, 4), "processor_ms": round(statistics.median(work[kind]) / 1e6, 4)}
        for kind in RECIPIENT
    }


def spread(medians: dict[str, dict[str, float]], what: str = "wall_ms") -> float:
    """How far the slowest median lies above the fastest, as a share."""
    values = [found[what] for found in medians.values()]
    return max(values) / min(values) - 1


def main() -> int:
    """Print the medians as JSON; 1 when they differ by more than is allowed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--calls", type=int, default=10_000, help="of each kind")
    calls = options.parse_args().calls
    medians = measure(calls)
    print(json.dumps({"calls": calls, "medians": medians, "spread": round(spread(medians), 4)}, indent=2))
    return int(spread(medians) > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
