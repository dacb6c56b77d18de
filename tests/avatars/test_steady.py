# SPDX-License-Identifier: Apache-2.0
"""What the engine says about pictures changes on purpose only."""

from typing import Any

from tests.avatars.steady import today, written

TOLERANCE = 0.05
"""Bits, degrees and fractions: the last digits depend on how a processor adds up."""


def alike(old: Any, new: Any) -> bool:
    """Whether two values are the same but for the last digits."""
    if isinstance(old, float) and isinstance(new, int | float):
        return abs(old - new) <= TOLERANCE
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(alike, old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(alike(old[name], new[name]) for name in old)
    return bool(old == new)


def test_every_comparison_says_what_was_last_written_down():
    """Weights, distances, changes and hits of every attack once; after a change on purpose, read the diff."""
    for old, new in zip(written(), today(), strict=True):
        assert alike(old, new), f"{old} is now {new}; run `python -m tests.steady`, and commit it if it was meant so"
