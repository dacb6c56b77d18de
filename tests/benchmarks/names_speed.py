# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table row and a list of hostile names stay whole
"""How fast does the names engine look up, build, save and load, beside rapidfuzz on the same names in one run?

    python -m tests.benchmarks.names_speed [--sizes 1000 10000 1000000]

Times are processor time of this process, so that a busy machine does not count; the clock is the same for the peer.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tracemalloc
from time import process_time

from rapidfuzz import fuzz, process

from transferguard.names import NameIndex
from transferguard.testing.populations import Culture, draw_people
from transferguard.testing.split import Split

_LOOKED_UP, _WARMED_UP, _PEER_LOOKED_UP = 2_000, 300, 40
_LONGEST_INPUT = 10_000
_FORGOTTEN_AFTER = 5_000


def main() -> None:
    """Print one row a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    print(
        "| names | culture | median µs | p99 µs | rapidfuzz extractOne µs | build µs/name | bytes/name | add µs | remove µs | save ms | load ms |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for size in parser.parse_args().sizes:
        for culture in (Culture.CHINESE, Culture.LATIN):
            print(_row(size, culture))
    print(f"longest of hostile inputs of {_LONGEST_INPUT} code points: {_hostile_ms():.2f} ms")


def _row(size: int, culture: Culture) -> str:
    names = [person.verified_name for person in draw_people(culture, size, seed=1, split=Split.REPORT)]
    seen = [person.verified_name for person in draw_people(culture, _LOOKED_UP, seed=2, split=Split.REPORT)]
    NameIndex(enumerate(names[:500]))  # tables are read and caches filled once a process
    start = process_time()
    index = NameIndex(enumerate(names))
    build = (process_time() - start) / size
    for name in seen[:_WARMED_UP]:
        index.search(name)
    times = sorted(_timed(index.search, name) for name in seen)
    peer = statistics.median(
        _timed(lambda name: process.extractOne(name, names, scorer=fuzz.ratio), name) for name in seen[:_PEER_LOOKED_UP]
    )
    added = statistics.median(_timed(lambda name: index.add("new", name), name) for name in seen[:200])
    removed = statistics.median(_timed(lambda name: index.remove("new", name), name) for name in seen[:200])
    start = process_time()
    data = index.to_bytes()
    saved = process_time() - start
    start = process_time()
    NameIndex.from_bytes(data)
    loaded = process_time() - start
    others = [person.verified_name for person in draw_people(culture, _FORGOTTEN_AFTER, seed=3, split=Split.REPORT)]
    held = _bytes_per_name(names[: min(size, 20_000)], others)
    cells = [
        f"{size:,}", culture.value, f"{statistics.median(times) * 1e6:.0f}", f"{times[int(0.99 * len(times))] * 1e6:.0f}", f"{peer * 1e6:.0f}",
        f"{build * 1e6:.0f}", f"{held:.0f}", f"{added * 1e6:.0f}", f"{removed * 1e6:.0f}", f"{saved * 1e3:.0f}", f"{loaded * 1e3:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _timed(call: object, name: str) -> float:
    start = process_time()
    call(name)  # type: ignore[operator]  # a bound method or a lambda of one name
    return process_time() - start


def _bytes_per_name(names: list[str], others: list[str]) -> float:
    """Memory that an index keeps, its names included: what is free again when it goes. Caches of the process stay."""
    tracemalloc.start()
    copies = ["".join(list(name)) for name in names]
    index = NameIndex(enumerate(copies))
    count = max(1, len(index))
    del copies
    NameIndex(enumerate(others))  # caches let go of the names that they were last asked
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    del index
    gc.collect()
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (held - left) / count


def _hostile_ms() -> float:
    """The longest time that a hostile name takes, in milliseconds."""
    index = NameIndex(enumerate(["李思远", "Alice Brown", "김철수"]))
    length = _LONGEST_INPUT
    hostile = [
        "李" * length, "a" * length, "a " * (length // 2), "\u200b" * length, "李\u0301" * (length // 2), "\u202e" * length, "木子" * (length // 2), "𝓐" * length,
        "ʇ" * length, "\ud800" * length, "가" * length, "é\u0327" * (length // 2), "A1" * (length // 2), "👨\u200d" * (length // 2), "مح" * (length // 2),
    ]  # fmt: skip
    for name in hostile:
        index.search(name)
    return max(min(_timed(index.search, name + str(attempt)) for attempt in range(3)) for name in hostile) * 1e3


if __name__ == "__main__":
    main()
