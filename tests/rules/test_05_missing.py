# SPDX-License-Identifier: Apache-2.0
"""Rule 5: missing is a value, and hiding never pays."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import UNKNOWN, decide, hostile_names, pictures, worlds
from transferguard.decision import Outcome, Reason
from transferguard.errors import InvalidPolicy, StoreError, UnknownAccount, WorldError
from transferguard.model import Account, RealNameStatus, Standing, Unavailable
from transferguard.names import inspect_name
from transferguard.policy import Policy
from transferguard.testing.builders import account, days_ago, quiet_world
from transferguard.testing.host import InMemoryHost

REFUSING = [
    ("with_recipient", {"real_name_status": RealNameStatus.UNVERIFIED}),
    ("with_recipient", {"standing": Standing.FROZEN}),
    ("with_recipient", {"standing": Standing.CLOSED}),
    ("with_recipient", {"standing": Standing.RECEIPTS_RESTRICTED}),
    ("with_sender", {"real_name_status": RealNameStatus.UNVERIFIED}),
    ("with_sender", {"standing": Standing.FROZEN}),
    ("with_sender", {"standing": Standing.CLOSED}),
]
LOSABLE = [one.name for one in fields(Account) if one.name not in {"id", "display_name"}]
QUESTIONS = ["contacts", "transfers", "reports", "accounts_of", "circle_version"]


@given(worlds(), st.sampled_from(REFUSING), st.sets(st.sampled_from(LOSABLE)), st.sets(st.sampled_from(QUESTIONS)))
@settings(max_examples=40)
def test_a_hard_refusal_stays_one_when_evidence_goes_missing(world, fact, lost, away):
    """No outage and no absent field turns a refusal into anything else."""
    method, given_facts = fact
    world = world.with_recipient(**dict.fromkeys(lost, UNKNOWN)).with_sender(**dict.fromkeys(lost, UNKNOWN))
    world = getattr(world, method)(**given_facts)
    host = world.host()
    host.away.update(dict.fromkeys(away, Unavailable("maintenance")))

    assert world.guard(host=host).check(world.transfer).outcome is Outcome.REFUSE


@given(worlds(), st.sampled_from(["with_sender", "with_recipient"]))
@settings(max_examples=24)
def test_a_party_without_a_real_name_status_never_passes_silently(world, method):
    """Where nobody can say whether a party is verified, the sender is warned at least, and told so."""
    decision = decide(getattr(world, method)(real_name_status=UNKNOWN))

    assert decision.outcome >= Outcome.WARN
    assert Reason.REAL_NAME_STATUS_MISSING in {finding.reason for finding in decision.findings}


def test_a_host_without_a_real_name_system_has_the_gate_off_and_the_decision_says_so():
    """`not_offered` is no fault of the account; operators see that nothing was checked."""
    world = quiet_world().with_sender(real_name_status="not_offered").with_recipient(real_name_status="not_offered", verified_name=UNKNOWN)
    decision = decide(world)

    assert decision.outcome is Outcome.PROCEED
    assert [fact for fact in decision.unavailable if "not offered" in fact] == [
        "recipient.real_name_status: not offered by this host",
        "sender.real_name_status: not offered by this host",
    ]


def thief_with_a_friends_name(**fields):
    """Somebody outside the circle who wears a friend's rare name."""
    world = quiet_world().with_recipient(display_name="欧阳若曦", avatar=pictures()["portrait"])
    return world.to(account("thief", "欧阳若曦", **({"created_at": days_ago(20)} | fields)))


@pytest.mark.parametrize("hidden", ["flat", "truncated", "not a picture", "empty"])
@given(world=worlds())
@settings(max_examples=10)
def test_a_picture_that_cannot_be_read_is_no_better_than_none(hidden, world):
    """A thief gains nothing by uploading a broken picture."""
    broken, absent = (world.with_recipient(avatar=avatar) for avatar in (pictures()[hidden], UNKNOWN))

    assert decide(broken).outcome >= decide(absent).outcome
    assert decide(broken).probability >= decide(absent).probability


@given(worlds(), hostile_names())
@settings(max_examples=32)
def test_a_malformed_name_is_no_better_than_an_honest_empty_one(world, name):
    """Nor by a name that cannot be read."""
    if not inspect_name(name).malformed:
        return
    malformed, empty = decide(world.with_recipient(display_name=name)), decide(world.with_recipient(display_name=""))

    assert malformed.outcome >= empty.outcome
    assert malformed.probability >= empty.probability


@pytest.mark.parametrize("name", ["毕\u200b小川", "毕小川\u202e", "\x00毕小川"])
def test_tampering_with_the_own_verified_name_earns_nothing(name):
    """A thief who copies a picture does not improve matters by adding an invisible character to the mule's true name."""
    world = thief_with_a_friends_name(avatar=pictures()["portrait"], verified_name="毕小川")
    tampered, empty = (decide(world.with_recipient(display_name=shown)) for shown in (name, ""))

    assert tampered.probability >= empty.probability


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("answer", [Unavailable("maintenance"), WorldError("the directory is down"), StoreError("no disk")])
def test_a_service_that_is_away_is_missing_evidence_and_nothing_else(question, answer):
    """Whether it says so or raises, the decision still comes, and says what it lacked."""
    world = quiet_world()
    host = world.host()
    host.away[question] = answer
    decision = world.guard(host=host).check(world.transfer)

    expected = {"contacts": "contact", "transfers": "payments", "reports": "reports"}.get(question)
    assert expected is None or any(fact.startswith(f"{expected}: ") for fact in decision.unavailable)


def test_without_any_circle_the_sender_is_warned():
    """When neither contacts nor payments can be had, nobody can be compared, and the sender is told to take care."""
    host = quiet_world().host()
    host.away |= {"contacts": Unavailable("down"), "transfers": Unavailable("down")}
    decision = quiet_world().guard(host=host).check(quiet_world().transfer)

    assert decision.outcome is Outcome.WARN
    assert "circle_missing" in decision.warning_ids()


def test_bad_data_from_a_directory_is_never_taken_for_no_answer():
    """Only unavailability falls back: a directory that breaks is a fault that the host sees."""

    class BrokenHost(InMemoryHost):
        def contacts(self, owner):
            raise ZeroDivisionError(owner)

    with pytest.raises(ZeroDivisionError):
        quiet_world().guard(host=BrokenHost(quiet_world().facts())).check(quiet_world().transfer)


@pytest.mark.parametrize("side", ["sender", "recipient"])
def test_an_unknown_account_is_an_error_that_names_the_field(side):
    """A transfer between people whom nobody knows is not checked in part."""
    world = quiet_world()
    guard = world.guard()

    with pytest.raises(UnknownAccount, match=f"transfer.{side}"):
        guard.check(world.with_transfer(**{side: "nobody"}).transfer)


@pytest.mark.parametrize(
    ("key", "value"), [("real_name_status", "proceed"), ("full_name", "proceed"), ("full_name", "warn"), ("full_name", "challenge")]
)
def test_no_policy_lets_an_unverified_party_or_a_blind_payment_pass(key, value):
    """A host may be stricter than these rules, not milder."""
    with pytest.raises(InvalidPolicy, match=f"missing.{key}"):
        Policy.from_mapping({"missing": {key: value}})


@pytest.mark.parametrize("standing", ["challenge", "delay", "refuse"])
def test_a_missing_standing_follows_the_policy(standing):
    """A host decides what an unknown standing means."""
    world = quiet_world().with_policy(missing={"standing": standing}).with_accounts(replace(quiet_world().recipient, standing=UNKNOWN))

    assert decide(world).outcome == Outcome(standing)
