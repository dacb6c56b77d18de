# SPDX-License-Identifier: Apache-2.0
"""The sum behind a decision."""

import re
from io import StringIO

import pytest
from rich.console import Console

from transferguard.case.check import examine_case
from transferguard.model import Unavailable
from transferguard.testing.builders import quiet_world
from transferguard.ui.waterfall import Waterfall


def explained(world):
    """The waterfall of a world, as operators read it, and the decision."""
    examined = examine_case(world.case())
    file = StringIO()
    waterfall = Waterfall(evidence=examined.evidence, policy=world.case().effective_policy(), decision=examined.decision)
    Console(file=file, width=100, highlight=False).print(waterfall)
    return file.getvalue(), examined.decision


@pytest.fixture(scope="module")
def copied():
    """A stranger with a friend's name."""
    world = quiet_world()
    return explained(world.with_stranger(display_name=world.recipient.display_name, verified_name="毕小川"))


def test_the_numbers_add_up(copied):
    """Prior and bits in the first column sum to what stands beside the last one, line by line."""
    text, _ = copied
    total = None
    for line in text.splitlines():
        found = re.match(r"\s+([\w ]+?)\s+([+-]\d+\.\d\d)\s+([+-]\d+\.\d\d)", line)
        if not found:
            continue
        bits, after = float(found[2]), float(found[3])
        if found[1] == "before any evidence":
            assert bits == after
        else:
            assert total is not None
            assert total + bits == pytest.approx(after, abs=0.011)  # both are rounded to 0.01 bit
        total = after
    assert total is not None


def test_what_such_sums_turned_out_to_mean_is_a_row_of_its_own():
    """Where the policy corrects a sum the row before the probability says so, and the end says it of all hypotheses together."""
    world = quiet_world().with_stranger().with_policy(correction={"sums": [-40.0, 40.0], "bits": [-1.5, -1.5]})
    text, decision = explained(world)
    sums = [found for line in text.splitlines() if len(found := re.findall(r"[+-]\d+\.\d\d", line)) == 2]
    at = next(place for place, (bits, _) in enumerate(sums) if bits == "-1.50")
    total, corrected = sums[at - 1][1], sums[at][1]

    assert "  what such sums turned out to mean  " in text
    assert float(total) - 1.5 == pytest.approx(float(corrected), abs=0.011)
    assert "what such sums turned out to mean -1.50" in text.split("all hypotheses together")[1]
    assert f"{decision.probability:.4f}" in text


def test_where_nothing_is_corrected_nothing_is_said_about_it():
    """A policy without knots adds no row, and no words to the end."""
    text, _ = explained(quiet_world().with_stranger().with_policy(correction={"sums": [], "bits": []}))

    assert "what such sums turned out to mean" not in text
    assert "all hypotheses together" in text


def test_it_ends_with_what_was_decided(copied):
    """The probability recomputed from the evidence is the decision's own."""
    text, decision = copied

    assert f"probability that something is wrong: {decision.probability:.4f}   outcome: {decision.outcome.value}" in text
    assert "thresholds: warn" in text


def test_what_counts_once_is_shown_once(copied):
    """A finding that says the same again stands in brackets."""
    text, _ = copied

    assert re.search(r"first_transfer, said already\s+\(\+\d+\.\d\d\)", text)


def test_facts_and_gaps_are_told():
    """A refusal has no bits, and what was not known is listed."""
    world = quiet_world().with_recipient(real_name_status="unverified", created_at=Unavailable("host is down"))

    text, _ = explained(world)

    assert "fact: unverified, so at least refuse" in text
    assert "not known: recipient.created_at: host is down" in text


def test_no_verified_name_is_in_it(copied):
    """Operators see weights, not names (rule 6)."""
    text, _ = copied

    assert not [name for name in ("毕小川", "赵一鸣", "李思远") if name in text]
