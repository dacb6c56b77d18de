# SPDX-License-Identifier: Apache-2.0
"""What does one transfer ask of PostgreSQL: how many statements on which tables, and how many bytes stay?

Run by hand: `python -m tests.benchmarks.scale_statements [TRANSFERS]`. A server of our own, a sender with 50 contacts, every transfer to
another one of them: check, confirm, redeem. Results stand in docs/scale.md.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from tests.store.server import running_server
from transferguard.guard import Guard
from transferguard.keys import StaticKeys
from transferguard.model import Contact, Money, Transfer
from transferguard.store import SqlStore
from transferguard.testing.builders import NOW, account, days_ago
from transferguard.testing.host import MovableClock

CONTACTS = 50
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN) (\w+)")


def main(transfers: int) -> None:
    """Run and count."""
    with running_server() as url:
        keys = StaticKeys.generate()
        store, clock = SqlStore.from_url(url, secret=keys.secret()), MovableClock()
        guard = Guard(store=store, keys=keys, clock=clock)
        for at, name in enumerate(("me", *(f"c{number}" for number in range(CONTACTS)))):
            # Far apart in the table of characters, so that nobody resembles anybody.
            holder = chr(0x4E10 + 311 * at) + chr(0x5A10 + 197 * at)
            guard.observe(account(name, holder, verified_name=holder), at=NOW)
            guard.observe(Contact(owner="me", account=name, since=days_ago(900)), at=NOW)
        counted: dict[str, Counter[str]] = {"check": Counter(), "confirm": Counter(), "redeem": Counter()}
        seconds: Counter[str] = Counter()
        asking = "check"

        def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            counted[asking][", ".join(dict.fromkeys(_TABLE.findall(statement))) or statement.split(maxsplit=1)[0]] += 1

        event.listen(Engine, "before_cursor_execute", count)
        for number in range(transfers):
            transfer = Transfer(id=f"t{number}", sender="me", recipient=f"c{number % CONTACTS}", money=Money.of("5.00", "CNY"))
            clock.move(minutes=5)
            receipt = decision = None
            for asking in counted:
                began = time.perf_counter()
                if asking == "check":
                    decision = guard.check(transfer)
                elif asking == "confirm" and decision is not None:
                    receipt = guard.confirm(decision.id, acknowledged=True)
                elif receipt is not None:
                    guard.redeem(receipt.token)
                seconds[asking] += time.perf_counter() - began  # type: ignore[assignment]  # a Counter of seconds
        event.remove(Engine, "before_cursor_execute", count)
        for asking, tables in counted.items():
            print(f"{asking}: {sum(tables.values()) / transfers:.1f} statements, {seconds[asking] / transfers * 1000:.1f} ms wall")
            print("   ", ", ".join(f"{table} {times / transfers:.1f}" for table, times in tables.most_common()))
        with create_engine(url).connect() as connection:
            for table in ("decisions", "confirmations", "redemptions", "looks", "progress", "tries"):
                size = connection.execute(text(f"SELECT pg_total_relation_size('{table}'), count(*) FROM {table}")).one()  # noqa: S608 - as listed
                print(f"{table}: {size[0] / transfers:.0f} bytes a transfer with indexes, {size[1] / transfers:.1f} rows")
        guard.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
