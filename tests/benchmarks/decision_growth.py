# SPDX-License-Identifier: Apache-2.0
"""How does the cost of one decision grow with the circle, and how many decisions do two cores make?

Circles from 10 to 50,000 contacts of one population, each asked about in a process of its own: the first check of a sender, checks of
recipients that were never compared with the circle, checks of recipients that were, and what the circle holds in memory meanwhile. The
first contacts wear a painting each. Painting 50,000 would take an hour, so a further fingerprint takes each of its view hashes from
another painting: as hard to tell apart at first look, and like nobody as a whole.

Run: `python -m tests.benchmarks.decision_growth [--sample]`.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.benchmarks.speed_world import PICTURE_PX, SEED, Drawn, drawn_people
from transferguard.testing.pictures import as_jpeg, draw_photo

if TYPE_CHECKING:
    from transferguard import Guard
    from transferguard.avatars import Fingerprint
    from transferguard.model import Account, Contact
    from transferguard.store import MemoryStore, SqlStore

MODULE = "tests.benchmarks.decision_growth"
FOLDER = Path("build/bench")
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BATCH = 500
"""People who are told in one transaction."""

AGAIN = 5
"""How often each newcomer is checked once it was compared."""

MOST_IN_MEMORY = 10_000
"""Contacts up to which a guard without a file is measured as well; more people than that need a database anyway."""

WORKERS = 2
"""Processes at once when throughput is measured: one per core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured.

    Args:
        sizes: Contacts in the circles; a larger circle begins with the smaller ones.
        painted: Contacts who wear a painting of their own.
        newcomers: Recipients asked about: first never compared, then compared.
        throughput_size: Contacts in the circle among which throughput is measured.
        seconds: How long throughput is measured.
    """

    sizes: tuple[int, ...]
    painted: int
    newcomers: int
    throughput_size: int
    seconds: float

    @property
    def database(self) -> Path:
        """One file for all circles."""
        return FOLDER / f"growth-{self.sizes[-1]}.db"


FULL = Scale(sizes=(10, 100, 1_000, 5_000, 10_000, 50_000), painted=300, newcomers=100, throughput_size=1_000, seconds=8.0)
SAMPLE = Scale(sizes=(10, 60), painted=30, newcomers=8, throughput_size=60, seconds=1.0)


def build(scale: Scale) -> None:
    """Everybody, once; and one sender per circle, who chose the first so many of them."""
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - the children that measure come without it
    from transferguard.store import SqlStore  # noqa: PLC0415 - likewise

    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{scale.database.name}*"):
        old.unlink()
    store = SqlStore.open(scale.database, secret=LocalKeys.open(f"{scale.database}.keys").secret())
    store.remember_all((_account(f"me-{size}", "小赵"), NOW) for size in scale.sizes)
    contacts = zip(drawn_people("c", scale.sizes[-1]), _prints(scale.sizes[-1], scale.painted), strict=True)
    newcomers = zip(drawn_people("s", scale.newcomers), _paintings(1_000_000, scale.newcomers), strict=True)
    everybody = itertools.chain(
        (("c", person, print_) for person, print_ in contacts), (("s", person, print_) for person, print_ in newcomers)
    )
    while some := list(islice(everybody, BATCH)):
        store.together(partial(_introduce, store, some, scale))
    store.close()


def _introduce(store: SqlStore, people: list[tuple[str, Drawn, Fingerprint]], scale: Scale) -> None:
    for prefix, person, print_ in people:
        store.enrol(hashlib.sha256(_picture(prefix, person)).hexdigest(), bytes(print_))
    store.remember_all(fact for prefix, person, _ in people for fact in _facts(prefix, person, scale))


def _facts(prefix: str, person: Drawn, scale: Scale) -> Iterator[tuple[Account | Contact, datetime]]:
    from transferguard.model import Contact  # noqa: PLC0415 - as above

    opened = NOW - timedelta(days=2_500 if prefix == "c" else 300)
    yield _account(f"{prefix}{person.number}", person.display_name, picture=_picture(prefix, person), created_at=opened), opened
    since = opened + timedelta(days=100)
    for size in scale.sizes:
        if prefix == "c" and person.number < size:
            yield Contact(owner=f"me-{size}", account=f"c{person.number}", since=since), since


def _account(id_: str, name: str, *, picture: bytes | None = None, created_at: datetime | None = None) -> Account:
    from transferguard.model import Account, RealNameStatus, Standing, Unavailable  # noqa: PLC0415 - as above

    return Account(
        id=id_,
        display_name=name,
        avatar=picture or Unavailable("none"),
        identity=f"person-{id_}",
        created_at=created_at or Unavailable(),
        real_name_status=RealNameStatus.VERIFIED,
        standing=Standing.NORMAL,
    )


def _picture(prefix: str, person: Drawn) -> bytes:
    """Stands for the file; its fingerprint is enrolled, so nobody decodes it."""
    return f"picture of {prefix}{person.number}".encode()


def _paintings(first: int, count: int) -> Iterator[Fingerprint]:
    from transferguard.avatars import fingerprint_avatar  # noqa: PLC0415 - as above

    for number in range(first, first + count):
        yield fingerprint_avatar(as_jpeg(draw_photo(number, size=PICTURE_PX), quality=85))


def _prints(count: int, painted: int) -> Iterator[Fingerprint]:
    """One fingerprint per contact: those of paintings, then mixtures of them."""
    made = list(_paintings(0, min(count, painted)))
    yield from made
    rng = np.random.default_rng(SEED)
    length = statistics.mode(len(one.data) for one in made)
    alike = [one for one in made if len(one.data) == length]
    views = np.stack([one.planes[0].codes for one in alike])
    for _ in range(count - len(made)):
        base = alike[int(rng.integers(len(alike)))]
        yield _with_codes(base, views[rng.integers(len(alike), size=views.shape[1]), np.arange(views.shape[1])])


def _with_codes(base: Fingerprint, codes: np.ndarray[Any, Any]) -> Fingerprint:
    """The fingerprint with other view hashes; they stand at its end, before the checksum."""
    from transferguard.avatars import Fingerprint  # noqa: PLC0415 - as above
    from transferguard.avatars.container import checksum  # noqa: PLC0415 - as above

    written = codes.astype("<u8").tobytes()
    body = base.data[: -4 - len(written)] + written
    return Fingerprint.from_bytes(body + checksum(body).to_bytes(4, "little"))


def ask(size: int, scale: Scale) -> dict[str, float]:
    """What this process needs for the circle of that size."""
    from transferguard import Guard  # noqa: PLC0415 - the parent has no need of it

    with Guard.embedded(scale.database) as guard:
        _check(guard, f"me-{next(one for one in scale.sizes if one != size)}", "s0")  # what is loaded once is loaded now
        before = resident_mb()
        first = _timed(lambda: _check(guard, f"me-{size}", "s0"))
        held = resident_mb() - before
        new = [_timed(partial(_check, guard, f"me-{size}", f"s{to}")) for to in range(1, scale.newcomers)]
        again = [_timed(partial(_check, guard, f"me-{size}", f"s{to}")) for to in range(1, scale.newcomers) for _ in range(AGAIN)]
    figures = {"size": size, "first_ms": first[0], "circle_mb": held} | _figures("new", new) | _figures("again", again)
    return figures if size > MOST_IN_MEMORY else figures | _figures("memory", _ask_in_memory(size, scale))


def _ask_in_memory(size: int, scale: Scale) -> list[tuple[float, float]]:
    """What recipients cost who were compared before, where the host's own directory answers at once and nothing is written to a disk."""
    from transferguard import Guard  # noqa: PLC0415 - as above

    sender, newcomers = f"me-{size}", [f"s{to}" for to in range(1, scale.newcomers)]
    with Guard(store=_in_memory(sender, newcomers, scale)) as guard:
        for one in newcomers:
            _check(guard, sender, one)
        return [_timed(partial(_check, guard, sender, one)) for one in newcomers for _ in range(AGAIN)]


def _in_memory(sender: str, newcomers: list[str], scale: Scale) -> MemoryStore:
    """The same people without a file."""
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - as above
    from transferguard.store import MemoryStore, SqlStore  # noqa: PLC0415 - likewise

    memory = MemoryStore()
    file = SqlStore.open(scale.database, secret=LocalKeys.open(f"{scale.database}.keys").secret())
    contacts = file.directory().contacts(sender)
    accounts = file.directory().accounts([sender, *newcomers, *(contact.account for contact in contacts)])
    digests = [hashlib.sha256(one.avatar).hexdigest() for one in accounts.values() if isinstance(one.avatar, bytes)]
    for digest, enrolled in file.enrolled(digests).items():
        memory.enrol(digest, enrolled.fingerprint)
    memory.remember_all([*((account, NOW) for account in accounts.values()), *((contact, NOW) for contact in contacts)])
    file.close()
    return memory


def _figures(what: str, times: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = ([one[side] for one in times] for side in (0, 1))
    return {
        f"{what}_median_ms": statistics.median(wall),
        f"{what}_p99_ms": statistics.quantiles(wall, n=100)[98],
        f"{what}_median_cpu_ms": statistics.median(cpu),
    }


def keep_asking(worker: int, scale: Scale) -> int:
    """How many decisions this process makes in the time it has, for recipients that were compared."""
    from transferguard import Guard  # noqa: PLC0415 - as above

    sender = f"me-{scale.throughput_size}"
    with Guard.embedded(scale.database) as guard:
        for to in range(scale.newcomers):
            _check(guard, sender, f"s{to}")
        print("ready", flush=True)
        sys.stdin.readline()
        made, end = 0, time.perf_counter() + scale.seconds
        while time.perf_counter() < end:
            _check(guard, sender, f"s{(made + worker * 17) % scale.newcomers}")
            made += 1
    return made


def throughput(scale: Scale) -> float:
    """Decisions per second of `WORKERS` processes on one file, each with the circle in its cache."""
    arguments = [sys.executable, "-m", MODULE, *(["--sample"] if scale == SAMPLE else [])]
    workers = [
        subprocess.Popen([*arguments, "--worker", str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code
        for number in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    return sum(int(worker.communicate("go\n")[0]) for worker in workers) / scale.seconds


def measure(scale: Scale) -> dict[str, Any]:
    """Everything, as JSON values."""
    sample = ["--sample"] if scale == SAMPLE else []
    rows = [
        json.loads(
            subprocess.run(  # noqa: S603 - our own code
                [sys.executable, "-m", MODULE, "--size", str(size), *sample], check=True, capture_output=True, text=True
            ).stdout
        )
        for size in scale.sizes
    ]
    return {
        "growth": rows,
        "throughput": {"size": scale.throughput_size, "per_second": throughput(scale), "processes": WORKERS},
    }


def resident_mb() -> float:
    """Memory that this process holds now."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


_numbers = itertools.count()


def _check(guard: Guard, sender: str, recipient: str) -> None:
    from transferguard import Money, Transfer  # noqa: PLC0415 - as above

    id_ = f"growth-{time.time_ns()}-{next(_numbers)}"
    guard.check(Transfer(id=id_, sender=sender, recipient=recipient, money=Money.of("200.00", "CNY")))


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor time, milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def main() -> None:
    """Build, measure and print; with `--size` or `--worker` one process's share of that."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="a small run, so that the benchmark cannot rot")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    scale = SAMPLE if asked.sample else FULL
    if asked.size is not None:
        print(json.dumps(ask(asked.size, scale)))
    elif asked.worker is not None:
        print(keep_asking(asked.worker, scale))
    else:
        build(scale)
        print(json.dumps(measure(scale), indent=1))


if __name__ == "__main__":
    main()
