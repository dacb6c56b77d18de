# SPDX-License-Identifier: Apache-2.0
"""What is decided in the written cases changes on purpose only."""

import json

import pytest

from tests.avatars.test_steady import alike
from tests.steady import CASES, said, written

BEFORE = {line["case"]: line for line in written()}


def test_every_case_is_written_down():
    """A new case says what it decides, and no line outlives its case."""
    assert list(BEFORE) == sorted(case.parent.name for case in CASES.glob("*/case.json"))


@pytest.mark.parametrize("case", BEFORE)
def test_every_case_is_decided_as_was_last_written_down(case):
    """Outcomes, probabilities, findings with their weights, steps, names and sentences; after a change on purpose, read the diff."""
    now = json.loads(json.dumps(said(case)))

    assert alike(BEFORE[case], now), "run `python -m tests.steady`, and commit it if it was meant so"
