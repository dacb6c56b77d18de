# SPDX-License-Identifier: Apache-2.0
"""The campaign plants what it says, and a sample of it runs with every build."""

import ast
import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.mutation.campaign import LAST_TESTS, TOO_LONG, interval, planted, sample, steps_for
from tests.mutation.faults import faults

SOURCE = '''
def outcome(bits: int | None, limit: float = 2.5) -> str:
    """Says `1 < 2` in words that are left alone."""
    if bits is None or not bits:
        return ""
    return str(max(bits - 1, limit))
'''


def changed():
    """What every fault in the source turns into what."""
    return [(fault.before, fault.after) for fault in faults("demo", SOURCE)]


def test_each_fault_changes_one_thing():
    """Comparisons, connectives, signs, numbers, extremes, conditions and results are made wrong one by one."""
    assert {
        ("bits is None", "bits is not None"),
        ("bits is None or not bits", "bits is None and (not bits)"),
        ("not bits", "not not bits"),
        ("bits - 1", "bits + 1"),
        ("1", "2"),
        ("2.5", "3.5"),
        ("max(bits - 1, limit)", "min(bits - 1, limit)"),
        ("if bits is None or not bits:", "if not (bits is None or not bits):"),
        ("return str(max(bits - 1, limit))", "return None"),
    } == set(changed())


def test_annotations_and_sentences_are_left_alone():
    """`int | None` decides nothing at run time, and a docstring is no code."""
    assert not [before for before, _ in changed() if before in {"int | None", "1 < 2"}]


def test_every_fault_is_a_program():
    """A fault that cannot be compiled would count as noticed without any test."""
    for fault in faults("demo", SOURCE):
        ast.parse(fault.source)


def test_the_same_code_gives_the_same_sample():
    """A share of noticed faults can be compared from one day to the next."""
    every = planted(["disclosure"])

    assert sample(every, 5) == sample(reversed(every), 5)
    assert len(sample(every, 5)) == 5


@pytest.mark.slow
def test_tests_notice_a_sample_of_planted_faults():
    """A small sample, asked of a room's own tests only; the campaign itself asks for more."""
    ran = campaign("--near", "--sample", "6", "--asked", "0.6", "protocol", "weigh", "disclosure")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    kept = json.loads((ROOT / "build" / "mutants.json").read_text(encoding="utf-8"))
    assert kept["tried"] == len(kept["faults"]) == 6
    assert all(fault["noticed_by"].startswith(("tests/", TOO_LONG)) for fault in kept["faults"] if fault["noticed_by"])


def test_the_nearest_tests_are_asked_first_and_each_once():
    """A fault is noticed soonest where it is tested; `near` leaves the rules and the cases of the design out."""
    every, near = (steps_for("transferguard.names.mask", near=near) for near in (False, True))

    assert near[0][0] == "tests/names/test_mask.py"
    assert every[: len(near)] == near
    assert {path for step in every for path in step} - {path for step in near for path in step} == set(LAST_TESTS)
    asked = [path for step in every for path in step]
    assert len(asked) == len(set(asked))


def test_an_interval_holds_the_share_and_knows_that_few_say_little():
    """Wilson's: 188 of 224 is 78.6 to 88.2 %, and all of ten is not everything."""
    assert interval(188, 224) == pytest.approx((0.786, 0.882), abs=0.0006)
    assert interval(10, 10) == pytest.approx((0.722, 1.0), abs=0.001)
    assert interval(0, 0) == (0.0, 1.0)


def campaign(*arguments):
    """The campaign as a program of its own: faults are planted before anything of ours is imported."""
    command = [sys.executable, "-m", "tests.mutation.campaign", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
