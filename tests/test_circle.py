# SPDX-License-Identifier: Apache-2.0
"""How people look to the sender, since when, and whom a recipient resembles."""

from dataclasses import fields
from datetime import UTC, datetime
from math import log2

import pytest

from tests.strategies import pictures
from transferguard.circle import EVER, NEVER, NEVER_CHANGED, SOME_DAY, Circle, Moment, Order, Pictures, Resemblance, SeenAs, look_of, worn
from transferguard.circle.convergence import FAR, SLIGHT, _rises
from transferguard.circle.members import MAX_ANSWERS
from transferguard.enrolment import Enrolment
from transferguard.model import ProfileChange, Unavailable
from transferguard.store import MemoryStore
from transferguard.testing.builders import FRIEND, account, contact, days_ago, paid, quiet_world


def look(id, name="", entry=None, payments=(), **fields):  # noqa: A002 - the word of the model
    """How an account looks to the sender."""
    person = account(id, name, **fields)
    return look_of(person, entry, payments, pictures=Enrolment(MemoryStore()).pictures([person])[id])


def test_every_name_of_a_person_is_known_once_visible_ones_first():
    """Display name, remark, verified name, former names; the same string is one name."""
    changes = (ProfileChange(at=days_ago(9), display_name="旺财"), ProfileChange(at=days_ago(3), display_name="思远"))
    person = look("a", "思远", contact("a", remark="老李"), verified_name="李思远", profile_changes=changes)

    assert list(person.names()) == [
        (SeenAs.DISPLAY_NAME, "思远"), (SeenAs.REMARK, "老李"), (SeenAs.VERIFIED_NAME, "李思远"), (SeenAs.FORMER_NAME, "旺财"),
    ]  # fmt: skip
    assert "思远" not in repr(look("a", verified_name="思远"))


def test_what_was_worn_is_dated_by_the_changes():
    """The present name since the last change, each former one since the change before it, the first since the account was opened."""
    changes = (
        ProfileChange(at=days_ago(3), display_name="b"),
        ProfileChange(at=days_ago(9), display_name="a"),
        ProfileChange(at=days_ago(1), avatar=b"x"),
    )
    person = account("x", "c", created_at=days_ago(90), profile_changes=changes)

    assert worn(person, "display_name") == (("c", Moment.at(days_ago(3))), ("b", Moment.at(days_ago(9))), ("a", Moment.at(days_ago(90))))
    assert [since.earliest for _, since in worn(person, "avatar")] == [days_ago(1), days_ago(90)]


def test_a_name_that_came_back_counts_since_the_first_time():
    """Who returns to the old name is no newcomer to it."""
    changes = (ProfileChange(at=days_ago(9), display_name="a"), ProfileChange(at=days_ago(3), display_name="b"))

    assert worn(account("x", "a", created_at=days_ago(90), profile_changes=changes), "display_name")[0] == ("a", Moment.at(days_ago(90)))


def test_a_change_whose_old_value_was_lost_is_a_change_all_the_same():
    """The date counts, and nothing is known to have been worn before."""
    lost = ProfileChange(at=days_ago(3), display_name=Unavailable("null"))

    assert worn(account("x", "c", profile_changes=(lost,)), "display_name") == (("c", Moment.at(days_ago(3))),)


def test_unknown_changes_leave_the_date_open():
    """Some day between the birth of the account and now; without a birthday, some day."""
    for created, earliest in ((days_ago(90), days_ago(90)), (None, EVER)):
        assert worn(account("x", created_at=created, profile_changes=None), "display_name")[0][1] == Moment(earliest, SOME_DAY)


@pytest.mark.parametrize(
    ("entry", "payments", "entered"),
    [
        ({"since": days_ago(9)}, (), Moment.at(days_ago(9))),
        ({"since": days_ago(9)}, (paid("a", days=20),), Moment.at(days_ago(20))),
        (None, (), Moment.at(NEVER)),
        (None, (paid("a", days=20), paid("a", days=5)), Moment.at(days_ago(20))),
        (None, (paid("a", days=20, state="returned"),), Moment.at(NEVER)),
        (None, (paid("a", days=20), paid("a", at=None, id="lost")), Moment(days_ago(2_200), days_ago(20))),
        ({"since": None, "last_message_at": None}, (), Moment(days_ago(2_200), SOME_DAY)),
        ({"since": None, "last_message_at": days_ago(4)}, (), Moment(days_ago(2_200), days_ago(4))),
        ({"since": None, "last_message_at": days_ago(3_000)}, (), Moment(days_ago(3_000), days_ago(3_000))),
    ],
)
def test_somebody_is_chosen_by_being_accepted_or_paid_whichever_came_first(entry, payments, entered):
    """Where the day was lost it lies between the birth of the account and the first trace of an acquaintance."""
    assert look("a", entry=entry and contact("a", **entry), payments=payments).entered == entered


def resemblance(subject, member):
    """What comparing these two gave, if anything."""
    return next(iter(Circle([member]).resembling(subject)), None)


def test_the_older_account_is_probably_the_original_where_dates_are_missing():
    """And it is undated where not even the age tells."""
    lost = contact("x", since=None, last_message_at=None)
    older, younger, ageless = (
        look(name, "欧阳若曦", lost, created_at=created) for name, created in (("o", days_ago(900)), ("y", days_ago(90)), ("u", None))
    )

    assert resemblance(older, younger).order is Order.RECIPIENT_PROBABLY_EARLIER
    assert resemblance(younger, older).order is Order.UNDATED
    assert resemblance(ageless, older).order is resemblance(older, ageless).order is Order.UNDATED
    assert resemblance(younger, older).side_by_side_since == Unavailable("undated")


def test_the_senior_resembles_nobody_and_one_person_always_does():
    """Certainly first is no copy; one verified identity is told whatever the order."""
    senior, junior = look("s", "欧阳若曦", contact("s")), look("j", "欧阳若曦", contact("j", since=days_ago(3)))
    twin = look("t", "欧阳若曦", contact("t", since=days_ago(3)), identity="p-s")

    assert resemblance(senior, junior) is None
    assert resemblance(junior, senior).order is Order.RECIPIENT_LATER
    assert resemblance(senior, twin).same_identity
    assert resemblance(senior, twin).order is Order.RECIPIENT_EARLIER


def test_name_and_picture_are_dated_apart():
    """A thief who took the name last week is found, although the friend took on a picture only yesterday that the thief wore before."""
    old = {"avatar": pictures()["portrait"], "created_at": days_ago(900)}
    thief = look(
        "t", "欧阳若曦", contact("t", since=days_ago(800)), profile_changes=(ProfileChange(at=days_ago(7), display_name="x"),), **old
    )
    friend = look("f", "欧阳若曦", contact("f", since=days_ago(850)), profile_changes=(ProfileChange(at=days_ago(1), avatar=b"x"),), **old)
    found = resemblance(thief, friend)

    assert found.order is Order.RECIPIENT_LATER
    assert found.name
    assert found.avatar is None
    assert found.other_picture is False


def test_the_clearer_of_two_likenesses_says_who_came_later():
    """Nobody knows when the thief was accepted, so the picture is undated; the name was taken last week, and that is enough."""
    worn_by_both = {"avatar": pictures()["portrait"]}
    renamed = (ProfileChange(at=days_ago(7), display_name="x"),)
    lost = contact("t", since=None, last_message_at=None)
    thief = look("t", "欧阳若曦", lost, profile_changes=renamed, created_at=days_ago(900), **worn_by_both)
    friend = look("f", "欧阳若曦", contact("f", since=days_ago(850)), created_at=days_ago(890), **worn_by_both)
    found = resemblance(thief, friend)

    assert found.name
    assert found.avatar
    assert found.order is Order.RECIPIENT_LATER


def test_a_remark_dates_a_likeness_only_where_the_chosen_names_are_not_dated():
    """A label that a deceived sender gave yesterday makes no thief senior."""
    friend = look("f", "欧阳若曦", contact("f", since=days_ago(100)))
    renamed = (ProfileChange(at=days_ago(3), display_name="x"),)
    thief = look("t", "欧阳若曦", contact("t", since=days_ago(900), remark="欧阳若曦"), profile_changes=renamed)
    labelled = look("t", "x", contact("t", since=days_ago(900), remark="欧阳若曦"), profile_changes=None)

    assert resemblance(thief, friend).order is Order.RECIPIENT_LATER
    assert resemblance(friend, labelled).order is Order.RECIPIENT_LATER


def test_a_picture_that_the_member_no_longer_wears_is_a_former_one():
    """A thief may copy the friend's old picture."""
    changes = (ProfileChange(at=days_ago(9), avatar=pictures()["portrait"]),)
    friend = look("f", "李", contact("f"), avatar=pictures()["other"], profile_changes=changes)
    found = resemblance(look("t", "王", avatar=pictures()["copy"]), friend)

    assert found.avatar.former
    assert resemblance(look("t", "王", avatar=pictures()["flat"]), friend) is None


def test_the_same_question_is_answered_from_memory_and_memory_is_bounded():
    """A crowd of recipients does not grow the circle without end."""
    world = quiet_world()
    circle = Circle([look_of(world.recipient, world.contacts[0], pictures=Pictures())])
    first = look("x0", "李思远")

    assert circle.resembling(first) is circle.resembling(first)
    for number in range(MAX_ANSWERS + 1):
        circle.resembling(look_of(account(f"y{number}"), None, pictures=Pictures()))
    assert len(circle._asked) <= MAX_ANSWERS
    assert circle.member(FRIEND) is not None
    assert circle.member("nobody") is None


def test_the_ends_of_time_stand_in_order():
    """Ever, every fact, some unknown day, never."""
    assert EVER < datetime(1970, 1, 1, tzinfo=UTC) < SOME_DAY < NEVER


def test_former_pictures_date_only_a_likeness_that_the_present_one_has():
    """Somebody who resembles a picture that the recipient took off is not resembled."""
    changes = (ProfileChange(at=days_ago(9), avatar=pictures()["other"]),)
    thief = look("t", "王", avatar=pictures()["copy"], profile_changes=changes)
    victim, bystander = (
        look("v", "李", contact("v"), avatar=pictures()["portrait"]),
        look("b", "赵", contact("b"), avatar=pictures()["other"]),
    )

    assert [one.account for one in Circle([victim, bystander]).resembling(thief)] == ["v"]


def test_a_profile_that_came_from_afar_is_told_by_how_many_changes():
    """Name and picture both moved; one that was always like this did not."""
    changes = (ProfileChange(at=days_ago(9), display_name="旺财数码", avatar=pictures()["other"]),)
    friend = look("f", "欧阳若曦", contact("f"), avatar=pictures()["portrait"])
    drifted = resemblance(look("t", "欧阳若曦", avatar=pictures()["copy"], profile_changes=changes), friend)

    assert (drifted.convergence_steps, drifted.converged_at) == (2, days_ago(9))
    assert resemblance(look("t", "欧阳若曦", avatar=pictures()["copy"]), friend).convergence_steps == 0


def test_a_circle_knows_whether_it_is_still_the_same():
    """The very same looks need no new index."""
    members = [look("a"), look("b")]

    assert Circle(members).consists_of(members[::-1])
    assert not Circle(members).consists_of(members[:1])


def crowd(name, *days):
    """People who took a name on these days, each somebody else, among a hundred others."""
    named = [
        look(f"n{number}", name, contact(f"n{number}", since=days_ago(day)), identity=f"p{number}", created_at=days_ago(3000))
        for number, day in enumerate(days)
    ]
    others = [look(f"o{number}", f"somebody {number}", contact(f"o{number}", since=days_ago(900))) for number in range(100)]
    return Circle([*named, *others])


def test_a_name_that_many_people_bear_says_little():
    """Who is called like several friends of many years is a further one; a rare name says more, and a family is no crowd."""
    stranger = look("s", "静待花开", created_at=days_ago(500))
    alone, family, many = (
        crowd("静待花开", *days).resembling(stranger)[0].name.weight for days in ((900,), (900, 500), (2000, 1500, 1000, 500))
    )

    assert many < 6 < alone
    assert family == alone


def test_decorations_make_no_other_name():
    """静待花开, 静待花开🌸 and 静待花开2 are borne by one crowd: what several write in several ways is as common."""
    stranger, days = look("s", "静待花开", created_at=days_ago(500)), (2000, 1500, 1000, 500)
    decorated = [
        look(f"n{number}", f"静待花开{sign}", contact(f"n{number}", since=days_ago(day)), identity=f"p{number}", created_at=days_ago(3000))
        for number, (day, sign) in enumerate(zip(days, ("", "🌸", "2", "·"), strict=True))
    ]
    others = [look(f"o{number}", f"somebody {number}", contact(f"o{number}", since=days_ago(900))) for number in range(100)]

    found = {one.account: one.name.weight for one in Circle([*decorated, *others]).resembling(stranger) if one.name}

    assert max(found.values()) <= log2(104 / 3)


def test_a_wave_of_copies_makes_no_name_common():
    """However many take a friend's name within weeks, the likeness to the friend weighs what it did (rule 2)."""
    stranger = look("s", "静待花开", created_at=days_ago(500))

    flooded = {one.account: one.name.weight for one in crowd("静待花开", 900, *range(1, 60)).resembling(stranger)}

    assert flooded["n0"] == crowd("静待花开", 900).resembling(stranger)[0].name.weight


def test_a_picture_that_several_people_wear_says_little():
    """In a circle of a hundred, a face that four wear meets a stranger by chance; a couple is no crowd, and no wearer is lost."""
    prints = Enrolment(MemoryStore()).pictures([account("x", avatar=pictures()["portrait"])])["x"]
    others = [look(f"o{number}", f"somebody {number}", contact(f"o{number}")) for number in range(96)]

    def bits(wearers):
        worn_by = [look_of(account(f"w{at}", f"w {at}", identity=f"p{at}"), contact(f"w{at}"), pictures=prints) for at in range(wearers)]
        found = Circle([*worn_by, *others]).resembling(look("t", "王", avatar=pictures()["copy"]))
        assert {one.account for one in found} == {f"w{at}" for at in range(wearers)}
        return max(one.avatar.weight for one in found if one.avatar)

    assert bits(4) <= log2(100 / 3) < bits(2) == bits(1)
    assert bits(3) <= log2(99 / 2)


@pytest.mark.parametrize("bearers", [3, 4, 6])
def test_what_several_are_called_is_also_the_name_of_one_stranger_in_so_many(bearers):
    """Of N people k bear it, so one stranger in N / (k - 1) does: that many bits and no more."""
    stranger = look("s", "静待花开", created_at=days_ago(500))
    days = [200 * at + 10 for at in range(bearers)]

    assert crowd("静待花开", *days).resembling(stranger)[0].name.weight == pytest.approx(log2((100 + bearers) / (bearers - 1)), abs=0.01)


def test_a_likeness_that_nobody_dated_has_not_moved():
    """What is not said of a resemblance is: never changed, in no steps; of pictures: none, worn by its owner alone."""
    found = resemblance(look("t", "欧阳若曦"), look("f", "欧阳若曦", contact("f")))
    bare = Resemblance(**{one.name: getattr(found, one.name) for one in fields(found) if not one.name.startswith("converge")})

    assert (bare.convergence_steps, bare.converged_at) == (0, NEVER_CHANGED)
    assert (Pictures().wearers, Pictures().has_present, Pictures().fingerprints) == (1, False, ())


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ((1.0,), 0),
        ((0.2, 0.9), 1),
        ((0.9, 0.9), 0),
        ((0.9, 0.2), 0),
        ((0.1, 0.5, 0.9), 2),
        ((0.5, 0.1, 0.9), 1),
        ((0.5, 0.9, 0.1), 0),
        ((0.9 - FAR, 0.9), 1),
        ((0.9 - FAR + 0.01, 0.9), 0),
        ((0.1, 0.1 + SLIGHT, 0.9), 1),
        ((0.1, 0.11 + SLIGHT, 0.9), 2),
    ],
)
def test_a_path_counts_its_rises_when_it_comes_far(path, steps):
    """A change that hardly moves is no step, and a profile that was always alike took none."""
    assert _rises(path) == steps
