# SPDX-License-Identifier: Apache-2.0
"""Rule 2: only people the sender chose are compared against, and of two who look alike the one who came first is the original."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import UNKNOWN, decide, names, pictures, settled_worlds, worlds
from transferguard.decision import Outcome, Reason
from transferguard.model import ProfileChange
from transferguard.testing.builders import FRIEND, account, contact, days_ago, paid, quiet_world

LOOK = {"display_name": "欧阳若曦"}
"""A rare name, so that a copy of it is beyond doubt."""


def copied_world(**impostor):
    """A friend of five years, and an accepted impostor of last week with the same name and picture; the friend is paid."""
    avatar = pictures()["portrait"]
    copy = account("copy", LOOK["display_name"], avatar=avatar, created_at=days_ago(60), **impostor)
    world = quiet_world().with_recipient(**LOOK, avatar=avatar).with_contacts(contact(FRIEND, remark=UNKNOWN))
    return world.with_friend(copy, since=days_ago(7))


@given(worlds(), names())
@settings(max_examples=16)
def test_an_account_that_the_sender_never_chose_changes_nothing(world, name):
    """Whoever merely exists, looks like anybody and writes to everybody, is no reference for anything."""
    decision = decide(world)
    crowd = [account(f"z{number}", name, avatar=world.recipient.avatar) for number in range(3)]
    also = replace(world.with_accounts(*crowd), contacts=(*world.contacts, *(contact(one.id, owner=one.id, account="me") for one in crowd)))

    assert decide(also).to_json() == decision.to_json()


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=16)
def test_the_order_in_which_facts_are_listed_is_irrelevant(world, random):
    """The same contacts, transfers, reports and changes in another order give the same bytes."""
    shuffled = {}
    for listed in ("contacts", "transfers", "reports"):
        facts = list(getattr(world, listed))
        random.shuffle(facts)
        shuffled[listed] = tuple(facts)
    accounts = list(world.accounts.items())
    random.shuffle(accounts)

    assert decide(replace(world, accounts=dict(accounts), **shuffled)).to_json() == decide(world).to_json()


def test_an_impostor_who_was_accepted_is_still_the_copy():
    """Acceptance makes nobody the original: paying the impostor is stopped, paying the friend is not."""
    world = copied_world()

    assert decide(world.to("copy")).outcome >= Outcome.CHALLENGE
    assert decide(world).outcome is Outcome.PROCEED


@given(settled_worlds())
@settings(max_examples=24)
def test_an_accepted_impostor_never_makes_the_real_friend_look_like_the_copy(world):
    """Whatever later contacts are called and wear, the friend who was there first copies none of them."""
    friend = world.recipient
    for number in range(2):
        world = world.with_friend(
            account(f"copy{number}", friend.display_name, avatar=friend.avatar, created_at=days_ago(90)), since=days_ago(5 + number)
        )
    decision = decide(world)

    assert not {finding.imitates for finding in decision.findings} - {None}
    assert decision.outcome is Outcome.PROCEED


@pytest.mark.parametrize("decorated", ["欧阳若曦🎄", "欧阳 若曦", "欧阳若曦", "歐陽若曦"])
def test_a_friend_who_decorates_the_name_after_it_was_copied_is_still_the_original(decorated):
    """The friend has looked like this all along; a new flourish does not make the impostor senior."""
    world = copied_world()
    world = world.with_recipient(
        display_name=decorated, profile_changes=(ProfileChange(at=days_ago(2), display_name=LOOK["display_name"]),)
    )

    assert decide(world.to("copy")).outcome >= Outcome.CHALLENGE
    assert not [finding for finding in decide(world).findings if finding.imitates]


def test_a_friend_who_saves_the_picture_again_after_it_was_copied_is_still_the_original():
    """A picture that the friend wore before, in another size or format, dates from then."""
    world = copied_world()
    world = world.with_recipient(avatar=pictures()["copy"], profile_changes=(ProfileChange(at=days_ago(2), avatar=pictures()["portrait"]),))

    assert decide(world.to("copy")).outcome >= Outcome.CHALLENGE
    assert not [finding for finding in decide(world).findings if finding.imitates]


def test_a_friend_who_takes_the_own_verified_name_as_display_name_is_still_the_original():
    """A name that was the friend's all along, on the identity document, is not new on the screen."""
    world = copied_world()
    world = world.with_recipient(verified_name=LOOK["display_name"], profile_changes=(ProfileChange(at=days_ago(2), display_name="若曦"),))

    assert decide(world.to("copy")).outcome >= Outcome.CHALLENGE


@pytest.mark.parametrize("flood", [0, 1, 4, 16])
def test_a_flood_of_near_copies_neither_hides_nor_dilutes_the_copy(flood):
    """However many accounts look alike, accepted or not, the next one is still recognised, as surely as the first."""
    world, avatar = copied_world(), pictures()["portrait"]
    for number in range(flood):
        world = world.with_friend(
            account(f"flood{number}", LOOK["display_name"], avatar=avatar, created_at=days_ago(30)), since=days_ago(3)
        )
    fresh = account("fresh", LOOK["display_name"], avatar=avatar, created_at=days_ago(1))
    decision = decide(world.to(fresh))
    hits = {(finding.reason, finding.imitates): finding.weight for finding in decision.findings}
    alone = {(finding.reason, finding.imitates): finding.weight for finding in decide(copied_world().to(fresh)).findings}

    assert decision.outcome >= Outcome.CHALLENGE
    for reason in (Reason.LOOKALIKE_NAME, Reason.LOOKALIKE_AVATAR):
        assert hits[reason, FRIEND] >= alone[reason, FRIEND]


def test_without_dates_the_weight_is_lower_and_says_so():
    """Two contacts who look alike, and nobody knows who was first: less is claimed, and the finding tells why."""
    world = copied_world()
    dated = next(one for one in decide(world.to("copy")).findings if one.reason is Reason.LOOKALIKE_NAME)
    undated_world = world.with_contacts(contact(FRIEND, since=UNKNOWN, remark=UNKNOWN), contact("copy", since=UNKNOWN))
    undated_world = undated_world.with_accounts(
        *(replace(undated_world.accounts[one], created_at=UNKNOWN) for one in (FRIEND, "copy"))
    ).without_history()
    undated = next(one for one in decide(undated_world.to("copy")).findings if one.reason is Reason.LOOKALIKE_NAME)

    assert undated.weight < dated.weight
    assert (dated.detail["order"], undated.detail["order"]) == ("recipient_later", "undated")


@pytest.mark.parametrize("missing", ["friend", "copy", "both"])
def test_a_missing_date_of_acceptance_never_makes_the_older_friend_the_copy(missing):
    """Where the day of acceptance is lost, the age of the accounts and the payments still tell who was first."""
    world = copied_world()
    if missing in {"friend", "both"}:
        world = world.with_contacts(contact(FRIEND, since=UNKNOWN, remark=UNKNOWN))
    if missing in {"copy", "both"}:
        world = world.with_contacts(contact("copy", since=UNKNOWN))

    assert decide(world).outcome is Outcome.PROCEED
    assert decide(world.to("copy")).outcome >= Outcome.WARN


def test_the_sender_is_no_member_of_the_own_circle():
    """A sender who stands in the own contact list is not somebody to be imitated."""
    world = quiet_world().with_contacts(contact("me")).with_transfers(paid("me"))
    decision = decide(world.with_recipient(display_name=world.sender.display_name))

    assert not [finding for finding in decision.findings if finding.imitates]
