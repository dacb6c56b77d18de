# SPDX-License-Identifier: Apache-2.0
"""All facts of one assessment in one frozen value that can be written, read and compared."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter

from tests.signals.asking import recipient, tie
from tests.strategies import UNKNOWN, worlds
from transferguard import evidence as evidence_module
from transferguard.evidence import Change, Evidence, earned_payments, missing_facts, wait_is_served
from transferguard.model import RECORDED, SecurityEvent, SecurityEventKind, Unavailable
from transferguard.testing.builders import FRIEND, days_ago, paid, quiet_world, report

EVIDENCE = quiet_world().evidence()


@given(worlds())
@settings(max_examples=24)
def test_evidence_is_written_as_its_declarations_say(world):
    """What is written directly is what pydantic would write, byte for byte: old records and new ones are one form."""
    evidence = world.evidence()
    plain = TypeAdapter(Evidence).dump_python(evidence, mode="json", context=RECORDED)
    nameless = plain | {
        side: {name: fact for name, fact in plain[side].items() if name != "verified_name"} for side in ("sender", "recipient")
    }
    clockless = {name: fact for name, fact in nameless.items() if name != "now"}
    json_of = partial(json.dumps, ensure_ascii=True, sort_keys=True, separators=(",", ":"))

    assert evidence.to_json() == json_of(plain).encode("ascii")
    assert evidence.digest(with_clock=True) == sha256(json_of(nameless).encode("ascii")).hexdigest()
    assert evidence.digest() == sha256(json_of(clockless).encode("ascii")).hexdigest()


@given(worlds())
@settings(max_examples=24)
def test_evidence_survives_being_written_and_read(world):
    """Whatever people are called and whatever is missing, with the reasons why."""
    evidence = world.evidence()
    again = Evidence.from_json(evidence.to_json())

    assert again == evidence
    assert again.to_json() == evidence.to_json()
    assert missing_facts(again) == missing_facts(evidence)


def test_the_canonical_form_is_plain_json_in_ascii():
    """Sorted keys and no spaces, so that equal evidence gives equal bytes."""
    written = EVIDENCE.to_json()

    assert written.isascii()
    assert json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode() == written


def test_the_digest_leaves_verified_names_and_on_request_the_clock_out():
    """A digest must not let anybody try names, and a second later the facts are the same."""
    later = replace(EVIDENCE, now=EVIDENCE.now + timedelta(seconds=1))
    renamed = recipient(EVIDENCE, verified_name="another")

    assert EVIDENCE.digest() == later.digest() == renamed.digest()
    assert EVIDENCE.digest(with_clock=True) != later.digest(with_clock=True)
    assert EVIDENCE.digest() != recipient(EVIDENCE, name_key="another").digest()
    assert EVIDENCE.digest() != recipient(EVIDENCE, standing=Unavailable("maintenance")).digest()


def test_why_a_fact_is_missing_is_part_of_the_evidence():
    """Two reasons are two pieces of evidence, because operators read them."""
    one, other = (recipient(EVIDENCE, standing=Unavailable(why)) for why in ("maintenance", "not offered"))

    assert one.digest() != other.digest()


def test_a_repr_of_evidence_tells_no_verified_name():
    """Logs may hold evidence; names may not be in them."""
    evidence = quiet_world().with_recipient(verified_name="鑫淼焱垚").with_sender(verified_name="鑫淼焱垚").evidence()

    assert "鑫" not in repr(evidence)


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ({"resemblances": UNKNOWN}, "circle: not given"),
        ({"reports": UNKNOWN}, "reports: not given"),
        ({"today": UNKNOWN}, "today: not given"),
    ],
)
def test_what_could_not_be_had_is_listed_with_its_reason(fact, told):
    """Operators see what a decision lacked."""
    assert told in missing_facts(replace(EVIDENCE, **fact))


@pytest.mark.parametrize("field", ["real_name_status", "standing", "verified_name", "identity", "created_at", "changes", "events"])
def test_what_is_not_known_of_the_recipient_is_listed(field):
    """By the name that the host gives it."""
    told = {"changes": "profile_changes", "events": "security_events"}.get(field, field)

    assert f"recipient.{told}: not given" in missing_facts(recipient(EVIDENCE, **{field: UNKNOWN}))


def test_a_picture_that_cannot_be_compared_is_listed():
    """With the reason that decoding gave."""
    assert "recipient.avatar: truncated" in missing_facts(recipient(EVIDENCE, avatar="truncated"))


def test_payments_are_earned_only_before_anything_happened_and_long_enough_ago():
    """One test per way in which a payment stops counting stands in tests/signals/test_history.py; here is the border."""
    world = quiet_world().without_history().with_transfers(paid(FRIEND, days=30.001), paid(FRIEND, days=29.999))

    assert [payment.at for payment in earned_payments(world.evidence(), timedelta(days=30))] == [days_ago(30.001)]


def test_a_persons_key_is_the_identity_where_it_is_known():
    """Totals and budgets run over people, not accounts."""
    assert EVIDENCE.recipient.person == f"identity:p-{FRIEND}"
    assert recipient(EVIDENCE, identity=UNKNOWN).recipient.person == f"account:{FRIEND}"


def test_nothing_in_evidence_can_be_changed():
    """Decisions are made about one moment."""
    with pytest.raises(AttributeError):
        EVIDENCE.now = days_ago(1)  # type: ignore[misc]  # the mistake is the point


def test_evidence_is_written_and_digested_at_once_as_it_is_apart():
    """What is kept beside a decision names the same evidence as the decision does."""
    both = EVIDENCE.written()

    assert (both.json, both.digest) == (EVIDENCE.to_json(), EVIDENCE.digest())
    assert both.digest != EVIDENCE.digest(with_clock=True)


SINCE = days_ago(1)
AFTER, BEFORE = days_ago(0.5), days_ago(2)


@pytest.mark.parametrize(
    "happened",
    [
        lambda at: recipient(EVIDENCE, changes=(Change(at=at, name=True, avatar=False),)),
        lambda at: recipient(EVIDENCE, events=(SecurityEvent(at=at, kind=SecurityEventKind.NEW_DEVICE),)),
        lambda at: replace(EVIDENCE, sender=replace(EVIDENCE.sender, events=(SecurityEvent(at=at, kind=SecurityEventKind.SIM_CHANGED),))),
        lambda at: replace(EVIDENCE, reports=(report(FRIEND, "x", at=at),)),
    ],
)
def test_whatever_happens_during_a_wait_asks_for_another(happened):
    """A new name, a sign-in on either side, a complaint; what was known when the wait began does not."""
    for at, expected in ((AFTER, False), (SINCE, True), (BEFORE, True)):
        assert wait_is_served(replace(happened(at), waited=True, waiting_since=SINCE)) is expected
    assert wait_is_served(replace(happened(AFTER), waited=False, waiting_since=SINCE)) is False
    assert wait_is_served(replace(happened(AFTER), waited=True, waiting_since=UNKNOWN)) is True


def test_a_wait_ends_also_where_facts_cannot_be_had():
    """What is unavailable has no date; an undated complaint is no news."""
    nothing = recipient(replace(EVIDENCE, reports=UNKNOWN), changes=UNKNOWN, events=UNKNOWN)

    assert wait_is_served(replace(nothing, waited=True, waiting_since=SINCE)) is True
    assert wait_is_served(replace(EVIDENCE, reports=(report(FRIEND, "x", at=UNKNOWN),), waited=True, waiting_since=SINCE)) is True


def test_payments_are_earned_up_to_the_moment_before():
    """Before the last change, the last event and any resemblance, and older than the settling time; at the moment itself no more."""
    settling = timedelta(days=30)
    old, at_the_border, young = (paid(FRIEND, days=days) for days in (31, 30, 29))
    evidence = quiet_world().without_history().with_transfers(old, at_the_border, young).evidence()
    changed = recipient(evidence, changes=tuple(Change(at=days_ago(days), name=True, avatar=False) for days in (31, 90)))
    signed_in = recipient(evidence, events=(SecurityEvent(at=days_ago(30.5), kind=SecurityEventKind.NEW_DEVICE),))

    assert [one.at for one in earned_payments(evidence, settling)] == [days_ago(31)]
    assert earned_payments(changed, settling) == ()
    assert len(earned_payments(signed_in, settling)) == 1


@pytest.mark.parametrize(
    "evidence", [tie(EVIDENCE, payments=UNKNOWN), recipient(EVIDENCE, changes=UNKNOWN), recipient(EVIDENCE, events=UNKNOWN)]
)
def test_nothing_is_earned_where_it_is_not_known_what_happened(evidence):
    """No payments, rather than no answer: whoever counts them counts none."""
    assert earned_payments(evidence, timedelta(days=1)) == ()


def test_what_was_written_before_is_forgotten_on_request():
    """Somebody was erased: no text about them is kept, and the next is written anew, the same."""
    before = EVIDENCE.written()
    assert EVIDENCE.written() == before
    evidence_module.forget_written()
    assert not evidence_module._written_party._kept
    assert not evidence_module._written_likenesses._kept
    assert EVIDENCE.written() == before
