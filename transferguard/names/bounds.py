# SPDX-License-Identifier: Apache-2.0
"""How much of a name is read?

Rule owned here (design, rule 9): a name of any length costs no more than a long name. What leaves no ink is taken away
before the cut, so that a name cannot be pushed out of sight by ten thousand invisible characters in front of it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transferguard.names import tables

# Code points that are looked at, at all; and code points with ink that are read.
_LOOKED_AT_CHARS, READ_CHARS = 12_000, 320
# Overrides turn the order round; they are obeyed later, not dropped here.
_OVERRIDES = frozenset({0x202C, 0x202D, 0x202E})


@lru_cache(maxsize=64)
def _shortened(name: str) -> str:
    return _inkless().sub("", name[:_LOOKED_AT_CHARS])[:READ_CHARS]


def readable(name: str) -> str:
    """The part of a name that is read: itself, unless it is longer than any name."""
    return name if len(name) <= READ_CHARS else _shortened(name)


def with_ink(text: str) -> str:
    """The text without what leaves no ink."""
    return _inkless().sub("", text)


@cache
def _inkless() -> re.Pattern[str]:
    """Runs of code points without ink: default-ignorable, controls but spaces, surrogates."""
    codes = sorted(tables.ignorable() - _OVERRIDES)
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    members = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[{members}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u2800]+")
