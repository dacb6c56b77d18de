# SPDX-License-Identifier: Apache-2.0
"""What the engine says about names changes on purpose only."""

from tests.names.steady import known_pairs, today, written


def test_every_comparison_says_what_was_last_written_down():
    """Kinds, weights, tricks, matches, masks, rarities, roles and hits of some hundred pairs; after a change on purpose, read the diff."""
    before = written()
    now = today(known_pairs())

    changed = [(old, new) for old, new in zip(before, now, strict=True) if old != new]
    assert not changed, f"{len(changed)} of {len(before)} lines; run `python -m tests.steady`, and commit it if it was meant so"
