# SPDX-License-Identifier: Apache-2.0
"""What looking at pictures costs: time to enrol, time to search, bytes kept, memory above baseline.

All peers in one run on one machine, one process; times are medians of the clock on the wall, measured in three turns while nothing else
runs: processor time would count the threads in which a linear algebra library waits for its next product, which doubles what enrolment
seems to cost.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

from PIL import Image

from tests.benchmarks.peers_pictures import Kept, Peer, crop_resistant_cost
from transferguard.testing.pictures import as_jpeg, as_png, draw_logo, draw_photo

A = TypeVar("A")

_ENROLLED_PX = 640

_TURNS = 3
"""How often everything is timed, peer after peer: a virtual machine is slow for half a minute at a time, so one burst tells little."""

_LARGEST_PX = 2_800
"""About the largest square that the engine takes: it declines more than 8 megapixels (found by trying)."""

_MEMORY = """
import sys
from transferguard.avatars import fingerprint_avatar
from transferguard.testing.pictures import as_png, draw_photo

def peak_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

fingerprint_avatar(as_png(draw_photo(1)))
with open(sys.argv[1], "rb") as file:
    data = file.read()
with open("/proc/self/clear_refs", "w") as reset:
    reset.write("5")
before = peak_kb()
fingerprint_avatar(data)
print((peak_kb() - before) / 1024)
"""
"""The kernel's own high-water mark, reset first: `ru_maxrss` of a child starts at its parent's."""


def _timed_ms(function: Callable[[A], object], items: Sequence[A]) -> list[float]:
    times = []
    for item in items:
        start = perf_counter()
        function(item)
        times.append((perf_counter() - start) * 1_000)
    return times


def _median(turns: Iterable[list[float]]) -> float:
    return round(statistics.median(chain.from_iterable(turns)), 2)


def _kept_bytes(kept: Kept) -> int:
    return len(kept) if isinstance(kept, bytes) else sum(view.nbytes for view in kept)


def cost_rows(
    peers: Sequence[Peer], enrolled: Mapping[str, Sequence[Kept | None]], *, rounds: int, sizes: Sequence[int]
) -> list[dict[str, Any]]:
    """Milliseconds and bytes of every peer.

    Args:
        peers: Whom to ask.
        enrolled: What each keeps of distinct pictures, by its name; a circle that is larger than their number holds some of them
            again under other ids.
        rounds: Pictures, each of which is timed in every turn.
        sizes: Contacts in the circle.
    """
    avatars = [as_jpeg(draw_photo(seed, size=_ENROLLED_PX), 88) for seed in range(90_000, 90_000 + rounds)]
    turns = [[_turn(peer, enrolled[peer.name], avatars, sizes) for peer in peers] for _ in range(_TURNS)]
    rows: list[dict[str, Any]] = []
    for place, peer in enumerate(peers):
        own = [turn[place] for turn in turns]
        kept = [_kept_bytes(entry) for entry in enrolled[peer.name] if entry is not None]
        row: dict[str, Any] = {
            "peer": peer.name,
            "enrol_ms": _median(turn.enrol for turn in own),
            "kept_bytes": round(statistics.median(kept)),
        }
        rows.append(row | {f"search_{size}_ms": _median(turn.search[size] for turn in own) for size in sizes})
    rows.append({"peer": "crop-resistant hash", "enrol_ms": _median([_timed_ms(crop_resistant_cost, avatars[:3])])})
    return rows


class _Turn(NamedTuple):
    """Milliseconds of one peer in one turn: of each picture, and of each query by the size of the circle."""

    enrol: list[float]
    search: dict[int, list[float]]


def _turn(peer: Peer, enrolled: Sequence[Kept | None], avatars: Sequence[bytes], sizes: Sequence[int]) -> _Turn:
    peer.keep(avatars[0])
    enrol = _timed_ms(peer.keep, avatars)
    kept = [entry for entry in enrolled if entry is not None]
    queries = [entry for entry in map(peer.keep, avatars) if entry is not None]
    search = {}
    for size in sizes:
        corpus = peer.corpus([kept[place % len(kept)] for place in range(size)])
        corpus.likeness(queries[0])
        search[size] = _timed_ms(corpus.likeness, queries)
    return _Turn(enrol, search)


def decode_memory_mb(folder: str) -> float | None:
    """Peak memory above baseline while a PNG of the largest size is fingerprinted, in a fresh process; None if it is refused."""
    path = Path(folder) / "largest.png"
    path.write_bytes(as_png(draw_logo(1).resize((_LARGEST_PX, _LARGEST_PX), Image.Resampling.NEAREST)))
    run = subprocess.run([sys.executable, "-c", _MEMORY, str(path)], check=False, capture_output=True, text=True, timeout=120)  # noqa: S603  # our own code
    return round(float(run.stdout), 1) if run.returncode == 0 else None
