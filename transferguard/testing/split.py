# SPDX-License-Identifier: Apache-2.0
"""Which part of the data may be looked at while tuning, and which is kept for the report?

Every table entry, list of names and generator parameter falls, by a stable hash of what it is, into one of three parts:
*tune* (build and fit on it), *check* (choose a threshold on it) and *report* (look once, publish). The hash knows neither the
order of a table nor the version of Python, so that adding an entry moves no other entry.

What is divided is left to the caller: populations divide the people who are victims, disguises divide the entries of their
tables, the simulator divides its seeds.

Rule owned here: nothing that stood in the tune part of a table can appear in the report part of the same table.
"""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T", str, int)

_SHARES_PERCENT = (40, 20, 40)
"""Tune, check, report. Our choice: the report wants as many entries as tuning, a threshold needs fewer."""


class Split(StrEnum):
    """One of the three parts, in the order in which they are used."""

    TUNE = "tune"
    CHECK = "check"
    REPORT = "report"


def stable_number(*key: str | int) -> int:
    """Which 64-bit number belongs to this key on every machine and in every run?"""
    text = "\x1f".join(str(part) for part in key)
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def split_of(*key: str | int) -> Split:
    """Into which part does this entry or parameter fall?

    Args:
        key: The table or generator first, then whatever identifies the entry in it.

    Returns:
        The same part on every machine and in every run.
    """
    place = stable_number(*key) % 100
    tune, check, _ = _SHARES_PERCENT
    if place < tune:
        return Split.TUNE
    return Split.CHECK if place < tune + check else Split.REPORT


def part_of(table: str, entries: Iterable[T], split: Split | None) -> tuple[T, ...]:
    """Which entries of a table may be used for this part?

    Args:
        table: The name of the table; two tables divide the same entry independently.
        entries: All entries, in any order.
        split: The part wanted; `None` keeps everything (demonstrations, never a measurement).

    Returns:
        The entries of that part in their given order; possibly none, where a table is very small.
    """
    return tuple(entry for entry in entries if split is None or split_of(table, entry) is split)


def seeded(split: Split | None, *key: str | int) -> Random:
    """A random generator of its own for this part and key, so that no two parts ever share a draw."""
    return Random(stable_number(str(split), *key))
