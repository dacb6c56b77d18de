# SPDX-License-Identifier: Apache-2.0
"""What the engine says about pictures changes on purpose only."""

from typing import Any

from tests.avatars.steady import MEASURED, measured, today, written

TOLERANCE = 0.05
"""Bits, degrees and fractions: the last digits depend on how a processor adds up."""


MEASURED_TOLERANCE = 0.03
"""Of what is measured before it is weighed (correlations, shares, log2 of areas): one block of thirty-six may fall on the other side."""


def alike(old: Any, new: Any, tolerance: float = TOLERANCE) -> bool:
    """Whether two values are the same but for the last digits."""
    if isinstance(old, float) and isinstance(new, int | float):
        return abs(old - new) <= tolerance
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(alike(one, other, tolerance) for one, other in zip(old, new, strict=True))
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(alike(old[name], new[name], tolerance) for name in old)
    return bool(old == new)


def test_every_comparison_says_what_was_last_written_down():
    """Weights, distances, changes and hits of every attack once; after a change on purpose, read the diff."""
    for old, new in zip(written(), today(), strict=True):
        assert alike(old, new), f"{old} is now {new}; run `python -m tests.steady`, and commit it if it was meant so"


def test_every_copy_measures_as_was_last_written_down():
    """Blocks that correlate, colours that fit, areas and angles: the weights were fitted to these numbers and to no others."""
    for old, new in zip(written(MEASURED), measured(), strict=True):
        assert alike(old, new, MEASURED_TOLERANCE), f"{old['pair']} measures otherwise; run `python -m tests.steady` if it was meant so"
