# SPDX-License-Identifier: Apache-2.0
"""What the picture engine says today about some drawn pictures and their copies, to be read as a diff whenever it says something else.

No line is right because it stands here: how well the engine finds copies is measured by the benchmarks. But no line changes by
accident. After a change on purpose: `python -m tests.steady`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from transferguard.avatars import AvatarIndex, Fingerprint, compare_avatars, fingerprint_avatar
from transferguard.avatars.first_look import lay_out
from transferguard.avatars.verification import ONE_PAIR, verify
from transferguard.errors import AvatarError
from transferguard.testing import pictures
from transferguard.testing.picture_attacks import ATTACKS
from transferguard.testing.split import Split

FILE = Path(__file__).with_name("steady.jsonl")

MEASURED = Path(__file__).with_name("measured.jsonl")
"""What the weights are made of."""

SIDE_PX = 160
DRAWN = (
    pictures.draw_photo,
    pictures.draw_cartoon,
    pictures.draw_portrait,
    pictures.draw_graphic,
    pictures.draw_landscape,
    pictures.draw_pet,
)
"""Kinds of originals."""


@cache
def originals() -> dict[str, bytes]:
    """Two of each kind."""
    return {f"{draw.__name__} {seed}": pictures.as_png(draw(seed, size=SIDE_PX)) for draw in DRAWN for seed in (1, 2)}


@cache
def copies() -> dict[str, tuple[str, bytes]]:
    """Each attack once, on one original after the other."""
    known = originals()
    names = list(known) * len(ATTACKS)
    return {
        name: (of, ATTACKS[name](known[of], seed=5, split=Split.TUNE))
        for name, of in zip(ATTACKS, islice(names, len(ATTACKS)), strict=True)
    }


def said(name: str, copy: Fingerprint, original: Fingerprint) -> dict[str, Any]:
    """What the engine says about a pair."""
    found = compare_avatars(copy, original)
    return {
        "pair": name,
        "weight": round(found.weight, 2),
        "similarity": round(found.similarity, 3),
        "distance": round(found.distance, 3),
        "changes": [
            [str(change.kind), round(change.angle, 1), *(round(edge, 2) for edge in _edges(change.window)), *_edges(change.box)]
            for change in found.changes
        ],
    }


def _edges(window: Any) -> list[float]:
    return [] if window is None else [round(one, 2) for one in (window.left, window.top, window.right, window.bottom)]


@cache
def printed(data: bytes) -> Fingerprint | str:
    """The fingerprint, or why there is none."""
    try:
        return fingerprint_avatar(data)
    except AvatarError as error:
        return error.reason


def today() -> Iterator[dict[str, Any]]:
    """Copies, strangers, and what an index over all originals finds."""
    known = {name: printed(data) for name, data in originals().items()}
    prints = {name: one for name, one in known.items() if isinstance(one, Fingerprint)}
    for name, one in known.items():
        yield {"original": name, "print": one if isinstance(one, str) else len(bytes(one))}
    index = AvatarIndex(list(prints.items()))
    for name, (of, data) in copies().items():
        copy = printed(data)
        if isinstance(copy, str) or of not in prints:
            yield {"pair": name, "print": str(copy)}
            continue
        yield said(f"{name} of {of}", copy, prints[of])
        yield {"searched": name, "hits": [[hit.id, round(hit.weight, 2)] for hit in index.search(copy)[:3]]}
    for (one, a), (other, b) in pairwise(prints.items()):
        yield said(f"{one} and {other}", a, b)


def measured() -> Iterator[dict[str, Any]]:
    """The numbers behind the likeness of each copy: after rough alignment and after the exact one."""
    for name, (of, data) in copies().items():
        copy, original = printed(data), printed(originals()[of])
        if isinstance(copy, Fingerprint) and isinstance(original, Fingerprint):
            rounds = verify(copy.planes[0], lay_out(original.planes), ONE_PAIR)
            best = [(found, int(found.weight.argmax())) for found in rounds[:1]]
            yield {
                "pair": f"{name} of {of}",
                "rows": [[[round(float(number), 3) for number in part[at]] for part in (one.first, one.features)] for one, at in best],
                "tried": [sorted(found.plane.tolist()) for found in rounds],
            }


def written(file: Path = FILE) -> list[dict[str, Any]]:
    """What stands in the file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
