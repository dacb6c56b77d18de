# SPDX-License-Identifier: Apache-2.0
"""A likeness becomes findings: name, picture, who was paid before, and who is one person."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signals.asking import RESEMBLANCE, ask
from tests.strategies import UNKNOWN
from transferguard.circle import AvatarLikeness, NameLikeness, Order, PictureChange, Resemblance, SeenAs, Trick
from transferguard.signals.convergence import convergence
from transferguard.signals.lookalike import beside_chance, lookalike
from transferguard.testing.builders import days_ago, quiet_world

EVIDENCE = quiet_world().evidence()
NAME = NameLikeness(
    seen=SeenAs.DISPLAY_NAME,
    of=SeenAs.DISPLAY_NAME,
    weight=20.0,
    similarity=0.98,
    kind="look",
    tricks=(Trick(kind="letter", at=1, length=1, honest=False),),
)
AVATAR = AvatarLikeness(weight=15.0, distance=0.05, changes=(PictureChange(kind="mirrored", recipient=(0, 0, 1, 1), member=(0, 0, 1, 1)),))


def _alike(name=NAME, avatar=None, **fields):
    """Evidence of one likeness."""
    given: dict[str, Any] = {
        "account": "c1", "display_name": "x", "remark": UNKNOWN, "order": Order.RECIPIENT_LATER, "began_at": days_ago(2),
        "side_by_side_since": UNKNOWN, "same_identity": False, "paid": False, "name": name, "avatar": avatar, "other_picture": False,
    }  # fmt: skip
    return replace(EVIDENCE, resemblances=(Resemblance(**(given | fields)),))


def found(name=NAME, avatar=None, **fields):
    """Findings by reason, for one likeness."""
    return {one.reason.value: one for one in ask(lookalike, _alike(name, avatar, **fields))}


@pytest.mark.parametrize(
    ("fields", "weight"),
    [
        ({}, 20.0),
        ({"order": Order.UNDATED}, 17.0),
        ({"order": Order.RECIPIENT_PROBABLY_EARLIER}, 12.0),
        ({"other_picture": True}, 18.0),
        ({"side_by_side_since": days_ago(180)}, 20.0),
        ({"side_by_side_since": days_ago(360)}, 16.0),
        ({"side_by_side_since": days_ago(720)}, 12.0),
        ({"side_by_side_since": days_ago(-5)}, 20.0),
    ],
)
def test_a_likeness_weighs_less_without_dates_with_another_picture_and_after_years(fields, weight):
    """What the names room measured, less what the circumstances take off."""
    assert found(**fields)["lookalike_name"].weight == pytest.approx(weight)


def test_a_nickname_that_somebody_else_bears_weighs_no_more_than_such_nicknames_are_rare():
    """Who shares a chosen name follows the same fashion; who bears a friend's real name does not."""
    policy = {"resemblance": RESEMBLANCE | {"shared_nickname_bits": 10.0}}
    real, chosen = (next(iter(ask(lookalike, _alike(replace(NAME, nickname=one)), **policy))).weight for one in (False, True))

    assert real == pytest.approx(20.0)
    assert chosen == pytest.approx(beside_chance(20.0, 10.0))


def test_name_and_picture_are_two_findings_and_what_is_taken_off_is_taken_off_once():
    """From the part that speaks loudest."""
    both = found(avatar=AVATAR, order=Order.UNDATED)
    louder_picture = found(name=replace(NAME, weight=5.0), avatar=AVATAR, order=Order.UNDATED)

    assert [both[reason].weight for reason in ("lookalike_name", "lookalike_avatar")] == [17.0, 15.0]
    assert [louder_picture[reason].weight for reason in ("lookalike_name", "lookalike_avatar")] == [5.0, 12.0]
    assert found(name=None, avatar=AVATAR).keys() == {"lookalike_avatar"}
    assert found(name=None, avatar=AVATAR)["lookalike_avatar"].detail["changes"][0]["kind"] == "mirrored"


def test_a_faint_likeness_is_left_out():
    """Below the policy's bits it would only frighten people."""
    assert found(name=replace(NAME, weight=2.9)) == {}


@pytest.mark.parametrize(
    ("of", "visible"), [(SeenAs.DISPLAY_NAME, True), (SeenAs.REMARK, True), (SeenAs.VERIFIED_NAME, False), (SeenAs.FORMER_NAME, False)]
)
def test_only_a_likeness_to_what_the_sender_sees_may_be_told(of, visible):
    """Towards any other name neither places nor the displaced contact are told."""
    told = found(name=replace(NAME, of=of), paid=True)

    assert [told[reason].visible for reason in ("lookalike_name", "displaced_contact")] == [visible, visible]
    assert ("at" in told["lookalike_name"].detail["tricks"][0]) is visible
    assert found(name=replace(NAME, of=of), avatar=AVATAR, paid=True)["displaced_contact"].visible


def test_one_person_is_the_same_person_and_displaces_nobody():
    """Even when the recipient came first."""
    same = found(same_identity=True, paid=True)

    assert same.keys() == {"same_person", "lookalike_name"}
    assert same["same_person"].weight < -40
    assert found(same_identity=True, order=Order.RECIPIENT_EARLIER).keys() == {"same_person"}


def test_without_a_circle_nothing_is_claimed():
    """A circle that could not be had resembles nobody."""
    assert ask(lookalike, replace(EVIDENCE, resemblances=UNKNOWN)) == []
    assert ask(convergence, replace(EVIDENCE, resemblances=UNKNOWN)) == []


def converging(**fields):
    """Findings about a profile that moved, for one likeness."""
    given: dict[str, Any] = {
        "account": "c1", "display_name": "x", "remark": UNKNOWN, "order": Order.RECIPIENT_LATER, "began_at": days_ago(2),
        "side_by_side_since": UNKNOWN, "same_identity": False, "paid": False, "name": NAME, "avatar": None, "other_picture": False,
        "converged_at": days_ago(60), "convergence_steps": 2,
    }  # fmt: skip
    return ask(convergence, replace(EVIDENCE, resemblances=(Resemblance(**(given | fields)),)))


def test_a_profile_that_moved_towards_somebody_is_told_with_its_steps():
    """It fades four times as slowly as a plain change, because a drift takes its time."""
    (one,) = converging()

    assert (one.imitates, one.detail, one.weight) == ("c1", {"steps": 2, "days": 60}, pytest.approx(1.5))


@pytest.mark.parametrize(
    "fields", [{"same_identity": True}, {"order": Order.RECIPIENT_EARLIER}, {"converged_at": UNKNOWN}, {"converged_at": days_ago(120)}]
)
def test_no_drift_is_held_against_one_person_the_senior_or_somebody_long_settled(fields):
    """Nor where nothing moved."""
    assert converging(**fields) == []


def test_what_honest_people_share_bounds_a_likeness_of_one_kind_only():
    """However exact a copy, an idol's picture is worn by others; the two ways to be alike add up, and nothing jumps."""
    shared = {"resemblance": RESEMBLANCE | {"shared_picture_bits": 15.0, "shared_name_bits": 20.0}}
    likeness: dict[str, Any] = {
        "account": "c1",
        "display_name": "x",
        "remark": UNKNOWN,
        "order": Order.RECIPIENT_LATER,
        "began_at": days_ago(2),
    }
    both = Resemblance(
        **likeness, side_by_side_since=UNKNOWN, same_identity=False, paid=False, other_picture=False, name=NAME, avatar=AVATAR
    )
    bits = {one.reason.value: one.weight for one in ask(lookalike, replace(EVIDENCE, resemblances=(both,)), **shared)}

    assert bits == pytest.approx({"lookalike_name": 19.0, "lookalike_avatar": 14.0})
    assert beside_chance(60.0, 15.0) == pytest.approx(15.0)
    assert beside_chance(5.0, 15.0) == pytest.approx(5.0, abs=0.01)


@given(st.floats(-50, 100), st.floats(0, 20), st.floats(-100, 100))
def test_more_likeness_never_weighs_less(weight, more, shared):
    """Beside any share of honest pairs."""
    assert beside_chance(weight + more, shared) >= beside_chance(weight, shared)
