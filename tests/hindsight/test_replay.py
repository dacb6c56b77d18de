# SPDX-License-Identifier: Apache-2.0
"""A recorded decision is made again from recorded evidence, byte for byte."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.hindsight.past import decided, scenes
from tests.strategies import familiar_store, worlds
from transferguard.decision import Outcome
from transferguard.errors import CallerError, PolicyMissing
from transferguard.hindsight import body_of, policy_of, replay
from transferguard.policy import NO_CORRECTION, Policy
from transferguard.store import SqlStore


def judged(record, policy):
    """A record that has evidence, judged again."""
    again = replay(record, policy)
    assert again is not None
    return again


@given(worlds())
@settings(max_examples=25)
def test_any_decision_replays_byte_for_byte_from_what_the_store_holds(world):
    """The policy comes from the archive too, so nothing but the store is needed (rule 8)."""
    store = familiar_store()
    decision = world.guard(store=store).check(world.transfer)
    record = store.decision(decision.id)

    again = judged(record, policy_of(decision.policy, store.policy))

    assert again.is_same
    assert again.decision.to_json() == decision.to_json()


def test_a_database_keeps_all_that_a_replay_needs(tmp_path):
    """Sealed, reopened, and under a policy that is not the default."""
    strict = Policy.from_mapping({"threshold": {"warn": 0.01}})
    path = tmp_path / "guard.db"
    store = decided(SqlStore.open(path, secret=b"s" * 32), policy=strict)
    told = [record.decision.to_json() for record in store.decisions()]
    store.close()

    reopened = SqlStore.open(path, secret=b"s" * 32)
    records = list(reopened.decisions())
    replayed = [judged(record, policy_of(record.decision.policy, reopened.policy)) for record in records]
    reopened.close()

    assert len(records) == len(scenes())
    assert [one.decision.to_json() for one in replayed] == told
    assert all(one.is_same for one in replayed)


def test_another_policy_says_in_what_it_differs():
    """Id and policy always do; the outcome when it matters."""
    store = decided()
    record = next(one for one in store.decisions() if one.transfer.id == "copied")

    again = judged(record, Policy.from_mapping({"threshold": {"warn": 0.999997, "challenge": 0.999998, "delay": 0.999998}}))

    assert not again.is_same
    assert {"id", "policy"} <= set(again.differs_in)


def test_a_record_without_evidence_cannot_be_replayed(tmp_path):
    """A store without a secret keeps none."""
    store = decided(SqlStore.open(tmp_path / "guard.db", secret=None))

    assert all(replay(record, Policy.default()) is None for record in store.decisions())
    store.close()


def test_what_a_store_kept_of_a_name_does_not_count_as_a_difference():
    """Where the shown name was left out, its level is what is compared."""
    store = decided()
    record = next(iter(store.decisions()))
    bare = replace(record, decision=replace(record.decision, shown_name=replace(record.decision.shown_name, text="")))

    assert judged(bare, Policy.default()).is_same
    assert record.decision.outcome is Outcome.PROCEED


def test_a_policy_is_found_by_its_digest():
    """Given, default or archived; a policy that this version reads differently is given back all the same."""
    strict, default = Policy.from_mapping({"threshold": {"warn": 0.01}}), Policy.default()
    kept = {strict.digest: body_of(strict), "sha256:old": body_of(strict)}

    assert policy_of(default.digest, kept.get) is default
    assert policy_of(strict.digest, lambda _: None, given=strict) is strict
    assert policy_of(strict.digest, kept.get) == strict
    assert policy_of("sha256:old", kept.get) == strict
    assert policy_of("sha256:unknown", kept.get, given=strict) is strict
    with pytest.raises(PolicyMissing, match="--policy") as missing:
        policy_of("sha256:unknown", kept.get)
    assert isinstance(missing.value, CallerError)
    assert json.loads(body_of(strict)) == strict.to_mapping()


def test_what_was_decided_before_there_were_corrections_replays_byte_for_byte():
    """The archive's text of such a policy has no correction: it keeps its digest, and today's knots do not reach into the past."""
    before = Policy.from_mapping({"correction": NO_CORRECTION})
    plain = {key: table for key, table in before.to_mapping().items() if key != "correction"}
    body = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    store = decided(policy=before)

    restored = policy_of(digest, {digest: body}.get)

    assert before.digest == digest == restored.digest
    assert restored.correction.sums == ()
    assert all(judged(record, restored).is_same for record in store.decisions())
