# SPDX-License-Identifier: Apache-2.0
"""Labelled transfers whose likelihood ratios are known, because they were drawn from them."""

import random
from dataclasses import replace
from datetime import timedelta
from functools import cache

from transferguard.assess import assess
from transferguard.codes import Label
from transferguard.flow import Flow
from transferguard.hindsight import body_of
from transferguard.hindsight.calibration import Case
from transferguard.seams import DecisionRecord, Feedback
from transferguard.talk import Talk, Topic
from transferguard.testing.builders import NOW, account, quiet_world

SHARES = {"new_account": (0.8, 0.3), "request": (0.7, 0.1), "passes": (0.3, 0.02)}
"""How often each is seen among frauds and among honest transfers."""


@cache
def _stranger():
    return quiet_world().to(account("stranger", "旺财数码", verified_name="陈小红")).evidence()


def case(number, *, fraud, rng):
    """One transfer to a stranger."""
    seen = {name: rng.random() < shares[not fraud] for name, shares in SHARES.items()}
    stranger = _stranger()
    return Case(
        fraud=fraud,
        evidence=replace(
            stranger,
            transfer=replace(stranger.transfer, id=f"t{number}"),
            sender=replace(stranger.sender, id=f"s{number}"),
            recipient=replace(stranger.recipient, created_at=NOW - timedelta(days=1 if seen["new_account"] else 900)),
            talk=Talk(topics=(Topic.BORROW,) if seen["request"] else ()),
            flow=Flow(passes=3, received=1_000, passed_on=1_000) if seen["passes"] else Flow(),
        ),
    )


def cases(honest, fraud, *, seed=1):
    """So many of each."""
    rng = random.Random(seed)
    return [case(number, fraud=number >= honest, rng=rng) for number in range(honest + fraud)]


def keep(store, some, policy):
    """Put cases into a store as a guard and its host would have: decided, then labelled."""
    store.keep_policy(policy.digest, body_of(policy))
    for one in some:
        decision = assess(one.evidence, policy)
        record = DecisionRecord(
            decision=decision,
            transfer=one.evidence.transfer,
            evidence_digest=one.evidence.digest(),
            evidence=one.evidence.to_json(),
            decided_at=NOW,
            recipient_key="identity:p",
        )
        store.record(record, same_since=NOW)
        store.label(Feedback(decision_id=decision.id, label=Label.SCAM if one.fraud else Label.HONEST, at=NOW + timedelta(days=9)))
