# SPDX-License-Identifier: Apache-2.0
"""Rule 8: the same evidence, policy and clock give a byte-identical decision, and a recorded decision can be replayed."""

import json
import os
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.strategies import decide, familiar_store, worlds
from transferguard.assess import assess
from transferguard.evidence import NOT_HANDED_OVER, Evidence
from transferguard.model import Message
from transferguard.policy import Policy
from transferguard.testing.builders import FRIEND, days_ago, quiet_world
from transferguard.testing.host import MovableClock


@given(worlds())
@settings(max_examples=24)
def test_the_same_world_gives_the_same_bytes(world):
    """Asked twice, of two guards, everything down to the id is equal."""
    assert decide(world).to_json() == decide(world).to_json()


@given(worlds())
@settings(max_examples=24)
def test_recorded_evidence_replays_to_the_very_same_decision(world):
    """What was recorded is enough to come to the same bytes again, missing facts and hostile names included."""
    store, policy = familiar_store(), Policy.from_mapping(world.policy)
    decision = world.guard(store=store).check(world.transfer)
    recorded = Evidence.from_json(store.decision(decision.id).evidence)

    assert assess(recorded, policy).to_json() == decision.to_json()
    assert recorded.to_json() == store.decision(decision.id).evidence
    assert recorded.digest() == Evidence.from_json(recorded.to_json()).digest()


@given(worlds())
@settings(max_examples=12)
def test_a_kept_circle_decides_like_a_fresh_one(world):
    """A guard that has answered before knows nothing else than one that has not."""
    guard = world.guard(store=familiar_store())
    guard.check(world.with_transfer(id="earlier").transfer)

    assert guard.check(world.transfer, conversation=world.conversation or NOT_HANDED_OVER).to_json() == decide(world).to_json()


@given(worlds(), st.integers(1, 590))
@settings(max_examples=12)
def test_the_same_evidence_a_little_later_gives_the_recorded_decision_again(world, seconds):
    """A screen that is opened twice within the policy's minutes shows one decision, also where dates are missing."""
    clock = MovableClock(world.now)
    guard = world.guard(store=familiar_store(), clock=clock)
    first = guard.check(world.transfer)
    clock.move(seconds=seconds)

    if guard._gatherer.evidence(world.transfer, clock.now()).digest() == guard._gatherer.evidence(world.transfer, world.now).digest():
        assert guard.check(world.transfer).to_json() == first.to_json()


def test_missing_dates_do_not_make_every_question_a_new_one():
    """Where the day of acceptance was lost, a minute changes no evidence."""
    from tests.rules.test_02_senior_is_original import copied_world  # noqa: PLC0415 - the one world of that file
    from transferguard.testing.builders import contact  # noqa: PLC0415 - beside its only use

    world = copied_world().with_contacts(contact(FRIEND, since=None), contact("copy", since=None)).to("copy")
    clock = MovableClock(world.now)
    guard = world.guard(store=familiar_store(), clock=clock)
    first = guard.check(world.transfer)
    clock.move(minutes=1)

    assert guard.check(world.transfer).id == first.id


@given(worlds())
@settings(max_examples=16)
def test_weights_and_probability_are_rounded_for_the_reader_only_once(world):
    """Weights have two decimals, the probability four, and neither is minus zero."""
    told = json.loads(decide(world).to_json())

    assert told["probability"] == round(told["probability"], 4)
    for finding in told["findings"]:
        assert finding["weight"] == round(finding["weight"], 2)
        assert str(finding["weight"]) != "-0.0"


def test_another_process_with_another_hash_seed_decides_the_same():
    """Nothing depends on the order of sets or on addresses."""
    code = "from tests.rules.test_08_deterministic import probe; print(probe())"
    told = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert told == {probe() + "\n"}


def probe():
    """One decision with several findings, as JSON."""
    from tests.rules.test_02_senior_is_original import copied_world  # noqa: PLC0415 - the one world of that file

    return copied_world().to("copy").decide().to_json()


def test_recorded_evidence_never_holds_the_text_of_a_conversation():
    """What was said is read and forgotten; only topics are kept."""
    store, world = familiar_store(), quiet_world()
    lines = (Message(sender=FRIEND, at=days_ago(0), text="急用，先借我五千，暗号蓝鲸"),)
    decision = world.guard(store=store).check(world.transfer, conversation=lines)
    kept = repr(store.__dict__) + store.decision(decision.id).evidence.decode() + decision.to_json()

    assert "蓝鲸" not in kept.encode().decode("unicode_escape", "surrogatepass") + kept
    assert "money_request" in {finding.reason for finding in decision.findings}
