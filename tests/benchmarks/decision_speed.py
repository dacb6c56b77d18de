# SPDX-License-Identifier: Apache-2.0
"""How long does one decision take, beside the script that an engineer would write in an afternoon?

One run, one machine, the same people on both sides, checked in turn so that other load falls on both alike. The guard's time is the
whole `check` on a SQLite file: gather, compare names and pictures, decide, keep the decision durably. The script's time is its loop
alone. Both have their hashes computed ahead. Detection stands beside the times, because a fast check that sees nothing is no achievement.

Run: `python -m tests.benchmarks.decision_speed [--sample]`; what it builds stays in build/bench and is used again.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks import decision_growth
from tests.benchmarks.afternoon import alerts, read_people, remembered
from tests.benchmarks.speed_world import SEED, Somebody, circle, copies, strangers

if TYPE_CHECKING:
    from transferguard import Account, Decision, Transfer
    from transferguard.store import SqlStore

FOLDER = Path("build/bench")
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LIKE = frozenset({"lookalike_name", "lookalike_avatar"})
IMPORT_RUNS = 9
FIRST_CHECK_RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one side did with one circle.

    Args:
        side: guard or script.
        size: Contacts in the circle.
        median_ms: Half of the checks took less.
        p99_ms: All but one in a hundred took less.
        peak_mb: Most memory that a process of its own held, above a bare interpreter.
        caught: Share of copies that raised an alert naming the right contact, 0 to 1.
        false_alerts: Share of honest newcomers for whom there was an alert, 0 to 1.
    """

    side: str
    size: int
    median_ms: float
    p99_ms: float
    peak_mb: float
    caught: float
    false_alerts: float


def database(size: int) -> Path:
    """The guard's own file for a circle of that size."""
    return FOLDER / f"circle-{size}.db"


def people_file(size: int, newcomers: int, attackers: int) -> Path:
    """What the script remembers, and which recipients both sides are asked about."""
    return FOLDER / f"circle-{size}-{newcomers}-{attackers}.json"


def build(size: int, newcomers: int, attackers: int) -> None:
    """Let the guard and the script get to know everybody, unless an earlier run did."""
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - children that measure import times come here without it
    from transferguard.store import SqlStore  # noqa: PLC0415 - likewise

    done = people_file(size, newcomers, attackers)
    if done.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    store = SqlStore.open(database(size), secret=LocalKeys.open(f"{database(size)}.keys").secret())
    rows: dict[str, list[dict[str, str]]] = {"contacts": [], "strangers": [], "copies": []}
    store.remember(_sender(), NOW)
    for kind, people in (("contacts", circle(size)), ("strangers", strangers(newcomers)), ("copies", copies(attackers, size))):
        while some := list(islice(people, BATCH)):
            rows[kind] += _introduce(store, some, chosen=kind == "contacts")
            if sys.stderr.isatty():
                print(f"\rbuilding a circle of {size:,}: {kind} {len(rows[kind]):,} ", end="", file=sys.stderr, flush=True)
    store.close()
    done.write_text(json.dumps(rows))
    print(f"\rbuilt a circle of {size:,} in {time.perf_counter() - started:.0f} s".ljust(60), file=sys.stderr)


def _sender() -> Account:
    from transferguard.model import Account, RealNameStatus, Standing  # noqa: PLC0415 - as above

    return Account(id="me", display_name="小赵", real_name_status=RealNameStatus.VERIFIED, standing=Standing.NORMAL)


BATCH = 250
"""Accounts that are told in one transaction: a host that moves in does not wait for the disk after each."""


def _introduce(store: SqlStore, people: list[Somebody], *, chosen: bool) -> list[dict[str, str]]:
    from transferguard.enrolment import Enrolment  # noqa: PLC0415 - as above
    from transferguard.model import Account, Contact, RealNameStatus, Standing  # noqa: PLC0415 - as above

    opened = NOW - timedelta(days=2_500 if chosen else 300)
    accounts = [
        Account(
            id=somebody.id,
            display_name=somebody.display_name,
            avatar=somebody.picture,
            verified_name=somebody.verified_name,
            identity=f"person-{somebody.id}",
            real_name_status=RealNameStatus.VERIFIED,
            standing=Standing.NORMAL,
            created_at=opened,
        )
        for somebody in people
    ]
    since = opened + timedelta(days=100)
    contacts = [Contact(owner="me", account=somebody.id, since=since) for somebody in people] if chosen else []
    store.remember_all([*((account, opened) for account in accounts), *((contact, since) for contact in contacts)])
    Enrolment(store).pictures(accounts)
    hashed = [remembered(somebody.id, somebody.display_name, somebody.picture) for somebody in people]
    return [
        {"id": one.id, "name": one.display_name, "phash": str(kept.phash), "copies": one.copies}
        for one, kept in zip(people, hashed, strict=True)
    ]


def transfer_to(recipient: str) -> Transfer:
    """A small first transfer, so that only likeness can raise an alarm."""
    from transferguard import Money, Transfer  # noqa: PLC0415 - as above

    return Transfer(id=f"bench-{recipient}-{time.time_ns()}", sender="me", recipient=recipient, money=Money.of("200.00", "CNY"))


def measure(size: int, newcomers: int, attackers: int) -> list[Figures]:
    """Both sides with the same people, in turn."""
    from transferguard import Guard  # noqa: PLC0415 - as above

    people = read_people(people_file(size, newcomers, attackers))
    contacts = [contact for contact, _ in people["contacts"]]
    guard = Guard.embedded(database(size))
    guard.check(transfer_to("s0"))  # reads and indexes the circle, as the first check of a sender does
    times: dict[str, list[float]] = {"guard": [], "script": []}
    right, false = Counter[str](), Counter[str]()
    for recipient, imitated in people["strangers"] + people["copies"]:
        decision, took = timed(partial(guard.check, transfer_to(recipient.id)))
        times["guard"].append(took)
        alerted, took = timed(partial(alerts, recipient, contacts))
        times["script"].append(took)
        for side, named in (("guard", alerts_of(decision)), ("script", set(alerted))):
            right[side] += bool(imitated) and imitated in named
            false[side] += not imitated and bool(named)
    guard.close()
    return [
        Figures(
            side=side,
            size=size,
            median_ms=statistics.median(times[side]),
            p99_ms=statistics.quantiles(times[side], n=100)[98],
            peak_mb=peak_mb(side, size, newcomers, attackers),
            caught=right[side] / attackers,
            false_alerts=false[side] / newcomers,
        )
        for side in ("guard", "script")
    ]


def alerts_of(decision: Decision) -> set[str]:
    """Whom the guard's alert names: nobody when the transfer may go on without a word, "" when it is about something else."""
    from transferguard import Outcome  # noqa: PLC0415 - as above

    if decision.outcome is Outcome.PROCEED:
        return set()
    return {finding.imitates or "" for finding in decision.findings if finding.reason in LIKE and finding.weight > 0} or {""}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gave, and how many milliseconds it took."""
    started = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started) * 1000


def peak_mb(side: str, size: int, newcomers: int, attackers: int) -> float:
    """Peak memory of a process that does nothing but this side's checks, in MB above a bare interpreter."""
    module, files = "tests.benchmarks.decision_memory", (str(database(size)), str(people_file(size, newcomers, attackers)))
    return (float(child("-m", module, side, *files)) - float(child("-m", module, "nothing", *files))) / 1024


def child(*arguments: str) -> str:
    """Standard output of a fresh interpreter, which may keep compiled code as it does for an installed package."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, env=env).stdout.strip()  # noqa: S603 - our own code


def fresh(statement: str, runs: int) -> float:
    """Median milliseconds of a fresh interpreter that runs the statement, above one that does nothing; the code is compiled before."""
    child("-c", statement)
    both = [(timed(lambda: child("-c", statement))[1], timed(lambda: child("-c", "pass"))[1]) for _ in range(runs)]
    return statistics.median(one for one, _ in both) - statistics.median(bare for _, bare in both)


def first_check(size: int) -> str:
    """A program that does one check in a process of its own and ends."""
    return (
        "from transferguard import Guard, Money, Transfer; import time;"
        f"guard = Guard.embedded({str(database(size))!r});"
        "guard.check(Transfer(id=f'first-{time.time_ns()}', sender='me', recipient='s1', money=Money.of('200.00', 'CNY')))"
    )


def show(figures: Iterable[Figures], start: dict[str, float]) -> None:
    """Print the tables."""
    table = Table(title="One decision", title_justify="left")
    for heading in ("contacts", "side", "median ms", "p99 ms", "faster", "peak MB", "copies caught", "false alerts"):
        table.add_column(heading, justify="right")
    rows = list(figures)
    for row in rows:
        script = next(other for other in rows if other.side == "script" and other.size == row.size)
        table.add_row(
            f"{row.size:,}",
            row.side,
            f"{row.median_ms:.2f}",
            f"{row.p99_ms:.2f}",
            f"{script.median_ms / row.median_ms:.1f} x",
            f"{row.peak_mb:.0f}",
            f"{row.caught:.0%}",
            f"{row.false_alerts:.1%}",
        )
    console = Console(width=110)
    console.print(table)
    console.print("caught: an alert names the copied contact; false alerts: over honest newcomers, first payment of CNY 200.")
    for what, milliseconds in start.items():
        console.print(f"{what}: {milliseconds:.0f} ms")


FULL, SAMPLE = ((1_000, 10_000), 200, 200), ((60,), 20, 20)
"""Contacts in the circles, honest newcomers, impostors."""


def build_all(*, sample: bool, anew: bool = False) -> None:
    """Let both sides get to know everybody; minutes, and no timing is taken.

    Args:
        sample: The small run.
        anew: Whether what an earlier run built is thrown away: it may come from earlier code.
    """
    sizes, newcomers, attackers = SAMPLE if sample else FULL
    for size in sizes:
        if anew:
            for old in FOLDER.glob(f"circle-{size}[.-]*"):
                old.unlink()
        build(size, newcomers, attackers)
    decision_growth.build(decision_growth.SAMPLE if sample else decision_growth.FULL)


def measure_all(*, sample: bool) -> dict[str, Any]:
    """Everything that is timed, as JSON values; kept in build/bench too."""
    started = time.perf_counter()
    sizes, newcomers, attackers = SAMPLE if sample else FULL
    figures = [row for size in sizes for row in measure(size, newcomers, attackers)]
    start = {
        "import transferguard": fresh("import transferguard", IMPORT_RUNS),
        f"first check in a fresh process, {sizes[0]:,} contacts": fresh(first_check(sizes[0]), FIRST_CHECK_RUNS),
    }
    machine = f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}"
    kept: dict[str, Any] = {"machine": machine, "seed": SEED, "decisions": [asdict(row) for row in figures], "start_ms": start}
    kept |= decision_growth.measure(decision_growth.SAMPLE if sample else decision_growth.FULL)
    kept["seconds"] = round(time.perf_counter() - started)
    (FOLDER / f"decision_speed{'-sample' if sample else ''}.json").write_text(json.dumps(kept, indent=2) + "\n")
    return kept


def main() -> None:
    """Build what is missing, measure, print, and keep the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="a small run, so that the benchmark cannot rot")
    sample = parser.parse_args().sample
    build_all(sample=sample)
    kept = measure_all(sample=sample)
    show([Figures(**row) for row in kept["decisions"]], kept["start_ms"])


if __name__ == "__main__":
    main()
