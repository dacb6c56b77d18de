# SPDX-License-Identifier: Apache-2.0
"""Throws random strings at every public function of the names room.

    python -m tests.benchmarks.names_fuzz [--inputs 1000000] [--seed 1]

Fails on the first exception, on a weight that is not finite, and on an input that takes longer than the bound.
"""

from __future__ import annotations

import argparse
import math
import random
from time import process_time

from transferguard.names import NameIndex, compare_names, find_role, inspect_name, mask_name, match_payee, name_rarity

_HELD = [
    "李思远",
    "张伟",
    "欧阳建国",
    "Alice Brown",
    "Jürgen Müller",
    "김철수",
    "Иван Петров",
    "محمد علي",
    "佐藤太郎",
    "Nguyễn Văn Anh",
    "राम कुमार",
    "สมชาย ใจดี",
]
_PIECES = [
    *_HELD,
    "Somchai Chaidi",
    "Sato Tarou",
    "](http://x",
    "</b>",
    "&lt;",
    "%s",
    "™",
    "II",
    "Ro6ert0",
    "木子",
    "\u200b",
    "\u202e",
    "\u202c",
    "\ufe0f",
    "\ud800",
    "\x00",
    " ",
    "·",
    "(新号)",
    "🌸",
    "ʇ",
    "𝓐",
    "A\u0337",
    "ⓐ",
    "🇦",
    "エ",
    "木子",
    "1",
    "@",
    "老师",
    "Mr ",
    "\n",
]
# A name takes under a millisecond a function; this leaves room for a collection of garbage and catches what grows faster than the name.
_SLOWEST_SECONDS = 0.25
_BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x52F),
    (0x590, 0x6FF),
    (0x900, 0xE7F),
    (0x1D00, 0x2BFF),
    (0x3040, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xD800, 0xDFFF),
    (0xF900, 0xFFFF),
    (0x1F000, 0x1FAFF),
    (0, 0x10FFFF),
)


def main() -> None:
    """Run and print how many inputs went through and how long the slowest took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(run(asked.inputs, seed=asked.seed))


def run(inputs: int, *, seed: int) -> str:
    """Fuzz with so many inputs; one line about how it went."""
    chance = random.Random(seed)
    index = NameIndex(enumerate(_HELD))
    for name in _HELD:  # tables are read once a process
        _ask(index, name, name, full=True)
    slowest, worst = 0.0, ""
    for number in range(inputs):
        name, other = _text(chance), chance.choice(_HELD)
        start = process_time()
        _ask(index, name, other, full=number % 4 == 0)
        taken = process_time() - start
        if taken > slowest:
            slowest, worst = taken, name
    assert slowest < _SLOWEST_SECONDS, ascii(worst)
    return f"{inputs:,} inputs, seed {seed}: no exception, slowest {slowest * 1e3:.1f} ms for all functions together"


def _ask(index: NameIndex, name: str, other: str, *, full: bool) -> None:
    for hit in index.search(name):
        assert math.isfinite(hit.weight), ascii(name)
        assert all(trick.text for trick in hit.tricks), ascii(name)
    if full:
        there, back = compare_names(name, other), compare_names(other, name)
        assert there.similarity == back.similarity, ascii(name)
        assert math.isfinite(there.weight), ascii(name)
        assert inspect_name(name).weight >= 0
        assert "*" in mask_name(name)
        match_payee(name, other)
        find_role(name)
        assert 0 <= name_rarity(name) < 64, ascii(name)


def _text(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(0, 6)):
        if chance.random() < 0.6:
            parts.append(chance.choice(_PIECES))
        else:
            first, last = chance.choice(_BLOCKS)
            parts.append("".join(chr(chance.randint(first, last)) for _ in range(chance.randint(1, 5))))
    text = "".join(parts)
    return text * chance.randint(20, 200) if chance.random() < 0.002 else text


if __name__ == "__main__":
    main()
