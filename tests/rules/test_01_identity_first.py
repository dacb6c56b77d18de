# SPDX-License-Identifier: Apache-2.0
"""Rule 1: an account is never a lookalike of itself, and one verified identity is one person."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import avatars, decide, worlds
from transferguard.decision import Hypothesis, Outcome, Reason
from transferguard.testing.builders import FRIEND, account, days_ago, quiet_world, report


def reasons(decision):
    """Which reasons a decision has, each once."""
    return {finding.reason for finding in decision.findings}


@given(worlds())
@settings(max_examples=24)
def test_an_account_is_never_a_lookalike_of_itself(world):
    """Whatever a recipient is called and wears, it does not copy itself."""
    assert all(finding.imitates != world.recipient.id for finding in decide(world).findings)


@given(st.sampled_from(["李思远", "张伟", "Alice Brown"]), avatars(), st.integers(1, 400))
@settings(max_examples=16)
def test_a_friends_second_account_is_no_impostor_of_the_friend(name, avatar, age_days):
    """The same verified person, under the same name and picture, is nobody's copy, however new the account is."""
    friend = quiet_world().recipient
    world = quiet_world().with_recipient(display_name=name, avatar=avatar)
    person = {"verified_name": friend.verified_name, "identity": friend.identity}
    second = account("second", name, avatar=avatar, created_at=days_ago(age_days), **person)
    decision = decide(world.to(second))

    assert decision.outcome is Outcome.PROCEED
    assert decision.comparison.imitated is None


def test_one_verified_person_speaks_against_imposture_of_that_person_only():
    """A friend's second account that also wears another friend's name is measured against the other one."""
    world = quiet_world().with_friend(account("li", "李明丽华", verified_name="李明丽华"))
    second = account("second", "李明丽华", identity=world.recipient.identity, verified_name="李思远")
    decision = decide(world.with_recipient(display_name="李明丽华").to(second))

    same = [finding for finding in decision.findings if finding.reason is Reason.SAME_PERSON]
    assert [(finding.imitates, finding.hypothesis) for finding in same] == [(FRIEND, Hypothesis.IMPOSTURE)]
    assert decision.outcome >= Outcome.WARN


@given(st.sampled_from(["reports", "standing", "status"]))
def test_being_the_same_person_excuses_nothing_else(trouble):
    """A friend's second account may still be reported, frozen or unverified."""
    friend = quiet_world().recipient
    world = quiet_world().to(account("second", friend.display_name, identity=friend.identity, verified_name=friend.verified_name))
    if trouble == "reports":
        decision = decide(world.with_reports(*(report("second", f"x{number}") for number in range(40))))
        assert decision.outcome >= Outcome.WARN
    else:
        changed = {"standing": {"standing": "frozen"}, "status": {"real_name_status": "unverified"}}[trouble]
        assert decide(world.with_recipient(**changed)).outcome is Outcome.REFUSE
