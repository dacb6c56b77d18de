# SPDX-License-Identifier: Apache-2.0
"""What the engine says about names changes on purpose only."""

from tests.names.steady import MORE_SAID, known_pairs, more_today, today, written


def test_every_comparison_says_what_was_last_written_down():
    """Kinds, weights, tricks, matches, masks, rarities, roles and hits of some hundred pairs; after a change on purpose, read the diff."""
    before = written()
    now = today(known_pairs())

    changed = [(old, new) for old, new in zip(before, now, strict=True) if old != new]
    assert not changed, f"{len(changed)} of {len(before)} lines; run `python -m tests.steady`, and commit it if it was meant so"


def test_further_pairs_and_the_keys_of_names_are_as_was_last_written_down():
    """A copy is found only where it is looked for: keys of stored names change together with `KEYS_VERSION`, or saved indexes break."""
    before = written(MORE_SAID)
    now = more_today()

    changed = [(old, new) for old, new in zip(before, now, strict=True) if old != new]
    assert not changed, f"{len(changed)} of {len(before)} lines; run `python -m tests.steady`, and commit it if it was meant so"
