# SPDX-License-Identifier: Apache-2.0
"""The campaign plants what it says, and a sample of it runs with every build."""

import ast
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.mutation.campaign import planted, sample
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


def campaign(*arguments):
    """The campaign as a program of its own: faults are planted before anything of ours is imported."""
    command = [sys.executable, "-m", "tests.mutation.campaign", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
