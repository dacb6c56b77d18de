# SPDX-License-Identifier: Apache-2.0
"""What is decided in the written cases changes on purpose only."""

import json

from tests.avatars.test_steady import alike
from tests.steady import today, written


def test_every_case_is_decided_as_was_last_written_down():
    """Outcomes, probabilities, findings with their weights, steps, names and sentences; after a change on purpose, read the diff."""
    before, now = written(), json.loads(json.dumps(today()))

    changed = [new["case"] for old, new in zip(before, now, strict=True) if not alike(old, new)]
    assert not changed, f"{changed}; run `python -m tests.steady`, and commit it if it was meant so"
