# SPDX-License-Identifier: Apache-2.0
"""What stands side by side on the sender's screen: only what the sender sees anyway."""

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import UNKNOWN, decide, pictures
from transferguard.comparison import MAX_ON_SCREEN, on_screen
from transferguard.model import ProfileChange
from transferguard.testing.builders import FRIEND, account, contact, days_ago, quiet_world


def friend_with(**fields):
    """A friend without a remark."""
    return quiet_world().with_recipient(**fields).with_contacts(contact(FRIEND, remark=UNKNOWN))


@given(st.text(alphabet=st.characters(codec=None)))
def test_marks_stay_in_place_because_letters_are_replaced_one_for_one(text):
    """What is unsafe becomes U+FFFD; everything else stays where it was."""
    shown = on_screen(text)

    assert len(shown) == min(len(text), MAX_ON_SCREEN + 1)
    assert all(mark in {given_mark, "\ufffd"} for mark, given_mark in zip(shown[:MAX_ON_SCREEN], text, strict=False))


def test_emoji_families_and_persian_keep_their_joiners():
    """Joiners have no power over direction, and without them the text falls apart."""
    assert on_screen("👨\u200d👩\u200d👧 می\u200cخواهم") == "👨\u200d👩\u200d👧 می\u200cخواهم"


def test_an_honest_recipient_stands_alone():
    """Without a warning nobody else is on the screen."""
    comparison = decide(quiet_world()).comparison

    assert comparison.imitated is None
    assert comparison.recipient.remark == "李思远"
    assert comparison.marks == comparison.regions == ()


def test_a_copied_name_and_picture_are_shown_beside_the_friend_with_marks_and_regions():
    """The sender sees whom the recipient resembles, which letters differ and which part of the picture is the same."""
    world = friend_with(display_name="Alexandra Brown", avatar=pictures()["portrait"])
    decision = decide(world.with_stranger(display_name="Alexandrа Brown", avatar=pictures()["copy"]))

    assert decision.comparison.imitated.account == FRIEND
    assert [(mark.at, mark.length, mark.field) for mark in decision.comparison.marks] == [(8, 1, "display_name")]
    assert all(0 <= edge <= 1 for region in decision.comparison.regions for edge in (*region.recipient, *region.imitated))


def test_a_picture_that_the_friend_no_longer_wears_is_not_marked():
    """Regions point at what is on the screen."""
    changes = (ProfileChange(at=days_ago(300), avatar=pictures()["portrait"]),)
    world = friend_with(display_name="Alexandra Brown", avatar=pictures()["other"], profile_changes=changes)
    decision = decide(world.with_stranger(display_name="Alexandra Brown", avatar=pictures()["portrait"]))

    assert decision.comparison.imitated.account == FRIEND
    assert decision.comparison.regions == ()


def test_of_several_the_likeliest_is_shown():
    """The comparison is about the contact whom the recipient imitates most."""
    world = friend_with(display_name="欧阳若曦", avatar=pictures()["portrait"]).with_friend(
        account("namesake", "欧阳若曦", avatar=pictures()["other"])
    )
    decision = decide(world.with_stranger(display_name="欧阳若曦", avatar=pictures()["copy"]))

    assert decision.comparison.imitated.account == FRIEND


def test_without_a_circle_there_is_nobody_to_compare_with():
    """A warning without a comparison is still a warning."""
    from transferguard.model import Unavailable  # noqa: PLC0415 - beside its only use

    host = quiet_world().host()
    host.away |= dict.fromkeys(("contacts", "transfers"), Unavailable("down"))

    assert quiet_world().guard(host=host).check(quiet_world().transfer).comparison.imitated is None


def test_marks_beyond_the_cut_are_left_out():
    """A mark points at a letter that is shown."""
    long = "李思远" * 30
    decision = decide(friend_with(display_name=long).with_stranger(display_name=long + "\u200b"))

    assert all(mark.at < MAX_ON_SCREEN for mark in decision.comparison.marks)
