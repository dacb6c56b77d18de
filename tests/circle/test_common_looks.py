# SPDX-License-Identifier: Apache-2.0
"""A name and a picture that two unrelated friends share are common; that somebody copied a friend makes neither so."""

from math import log2

import pytest

from tests.strategies import pictures
from transferguard.circle import Circle, look_of
from transferguard.enrolment import Enrolment
from transferguard.model import ProfileChange
from transferguard.store import MemoryStore
from transferguard.testing.builders import account, contact, days_ago


def look(id, name="小鱼儿花开", *, days=None, opened=900, entry=True, **fields):  # noqa: A002 - the word of the model
    """Somebody in the picture that goes around."""
    person = account(id, name, **({"created_at": days_ago(opened), "avatar": pictures()["portrait"]} | fields))
    chosen = contact(id, since=days_ago(days)) if entry and days is not None else None
    return look_of(person, chosen, pictures=Enrolment(MemoryStore()).pictures([person])[id])


CROWD = [look(f"n{number}", f"邻居{number}", days=700, avatar=None) for number in range(6)]
STRANGER = look("x")


def bits(*members):
    """What the stranger's name and picture weigh against the first of these, beside six people who look otherwise."""
    found = {one.account: one for one in Circle([*members, *CROWD]).resembling(STRANGER)}[members[0].account]
    assert found.name
    assert found.avatar
    return found.name.weight, found.avatar.weight


ALONE = bits(look("a", days=300))


def test_two_unrelated_friends_who_share_name_and_picture_make_both_common():
    """Together they weigh what meeting one more of them by chance does, for whichever of the two."""
    first, second = look("a", days=300), look("b", days=100)

    assert bits(first, second) == bits(second, first) == pytest.approx((log2(8) / 2, log2(8) / 2))
    assert min(ALONE) > 3


@pytest.mark.parametrize(
    "copy",
    [
        look("b", days=10, opened=200),
        look("b", days=400, profile_changes=(ProfileChange(at=days_ago(200), avatar=b"x"),)),
        look("b", days=400, profile_changes=(ProfileChange(at=days_ago(200), display_name="旺财"),)),
        look("b", days=400, created_at=None),
        look("b", days=400, profile_changes=None),
        look("b", days=400, identity="p-a"),
        look("b", "王建国", days=400),
        look("b", days=400, avatar=None),
    ],
    ids=["younger", "new picture", "new name", "no birthday", "unknown changes", "same person", "other name", "no picture"],
)
def test_whoever_may_have_copied_the_friend_makes_nothing_common(copy):
    """The look must certainly be older than the day on which the sender chose the friend."""
    assert bits(look("a", days=300), copy) == ALONE


def test_a_flood_of_accepted_copies_makes_nothing_common():
    """However many there are, and although each of them is older than the acceptance of the next."""
    copies = [look(f"b{number}", days=100 - number, opened=200) for number in range(12)]
    friend = look("a", days=300)

    name, avatar = bits(friend, *copies)
    assert name == ALONE[0]
    assert avatar > log2(len(copies)) / 2


def test_a_name_that_is_not_the_real_one_is_a_nickname():
    """Only where the real name is known, and never the label that the sender gave."""
    subject = look("x", "小鱼儿花开", avatar=None)

    def nickname(entry=None, name="小鱼儿花开", **fields):
        person = account("a", name, **fields)
        member = look_of(person, entry or contact("a"), pictures=Enrolment(MemoryStore()).pictures([person])["a"])
        likeness = Circle([member]).resembling(subject)[0].name
        assert likeness
        return likeness.nickname

    assert nickname(verified_name="李思远")
    assert not nickname(verified_name="小鱼儿花开")
    assert not nickname(verified_name=None)
    assert not nickname(contact("a", remark="小鱼儿花开"), name="思远", verified_name="李思远")
