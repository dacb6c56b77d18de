# SPDX-License-Identifier: Apache-2.0
"""The confirmation card."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from transferguard.decision import Decision, Outcome
from transferguard.model import Money
from transferguard.testing.builders import World, quiet_world
from transferguard.testing.pictures import as_jpeg, draw_portrait
from transferguard.ui.card import Card
from transferguard.wording import say


def printed(card, *, width=80, colour=None):
    """The card as a terminal shows it; plain text unless a colour system is named."""
    file = StringIO()
    Console(file=file, width=width, force_terminal=colour is not None, color_system=colour, highlight=False, legacy_windows=False).print(
        card
    )
    return file.getvalue()


def card_of(decision: Decision, **given):
    """The card of a decision about CNY 50.00, unless another amount is given."""
    locale = given.pop("locale", "en")
    return Card(view=decision.sender_view(locale), amount=given.pop("amount", Money.of("50.00", "CNY")), locale=locale, **given)


@pytest.fixture(scope="module")
def copy_world() -> World:
    """A stranger with the rare name of a friend, one letter changed."""
    world = quiet_world()
    friend = replace(world.recipient, display_name="欧阳海棠", verified_name="欧阳海棠")
    return world.with_accounts(friend).with_stranger(display_name="欧阳海堂", verified_name="毕小川")


@pytest.fixture(scope="module")
def copied(copy_world) -> Decision:
    """What the guard says about it."""
    decided: Decision = copy_world.decide()
    assert decided.comparison.imitated is not None
    return decided


def test_a_quiet_payment_has_a_quiet_card():
    """Amount, masked name, whom: nothing else to read before paying."""
    text = printed(card_of(quiet_world().decide()))

    assert "Ready to pay" in text
    assert "CN¥50.00" in text
    assert "*远  partly hidden" in text
    assert "[ Pay ]" in text
    assert "!" not in text
    assert "What to do" not in text


def test_a_copy_stands_beside_the_person_whom_it_copies(copied):
    """With the differing character marked, and a main action that protects."""
    text = printed(card_of(copied))
    sides = next(line for line in text.splitlines() if "欧阳海堂" in line)

    assert sides.index("欧阳海堂") < sides.index("欧阳海棠")
    assert "      ^^" in text
    assert "The person you know" in text
    assert "[ Call the person you know first ]" in text or "[ Open my chat with the person I know ]" in text


def test_differences_are_told_in_words_too(copied):
    """For names from right to left, and for ears; a kind of change that has no sentence yet is a small change."""
    regions = [
        {"change": change, "recipient": [0, 0, 1, 1], "imitated": [0, 0, 1, 1]} for change in ("same", "mirrored", "dyed", "mirrored")
    ]
    view = copied.sender_view()
    view["comparison"] |= {"regions": regions}

    text = " ".join(printed(Card(view=view, amount=Money.of("50.00", "CNY"))).replace("┃", " ").split())

    assert "1 character differs. The picture is mirrored. The picture was changed a little." in text


def test_on_a_narrow_terminal_the_profiles_stand_one_above_the_other(copied):
    """Nothing is cut."""
    lines = printed(card_of(copied), width=44).splitlines()

    assert [number for number, line in enumerate(lines) if "欧阳海堂" in line] < [
        number for number, line in enumerate(lines) if "欧阳海棠" in line
    ]


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("locale", ["en", "zh-Hans", "ar"])
def test_every_outcome_has_a_headline_and_two_actions(copied, outcome, locale):
    """In every language, with and without somebody to compare with."""
    for comparison in (copied.comparison, replace(copied.comparison, imitated=None)):
        text = printed(card_of(replace(copied, outcome=outcome, comparison=comparison), locale=locale), width=200)
        assert say(f"headline.{outcome.value}", locale) in text
        assert "[ " in text


def test_a_wait_says_until_when():
    """In words of ours, with the zone."""
    world = quiet_world()
    unknown = world.with_recipient(verified_name=quiet_world().sender.avatar).with_transfer(amount="5000.00").decide()
    assert unknown.outcome is Outcome.DELAY

    assert "Wait until November 22, 2026, 12:00 UTC." in printed(card_of(unknown))
    assert say("step.wait_open") in printed(card_of(replace(unknown, retry_at=None)))


def test_pictures_are_drawn_only_where_the_terminal_has_colours(copied):
    """And only of the two profiles on the card."""
    seen = {copied.comparison.recipient.account: as_jpeg(draw_portrait(3)), "somebody-else": b"never looked at"}
    card = card_of(copied, pictures=seen)

    assert printed(card).count("▀") == 0
    assert printed(card, colour="truecolor").count("▀") == 22 * 11
    assert printed(card, colour="standard").count("▀") == 0


def test_the_card_never_prints_more_than_the_senders_view(copy_world, copied):
    """No probability, no weight, no verified name of anybody (rule 6)."""
    text = printed(card_of(copied))

    for secret in ("毕小川", "赵一鸣", "p-friend", str(copied.probability), "bits", "lookalike_name"):
        assert secret not in text
    assert "毕" not in repr(card_of(copied)) or copied.shown_name.text in repr(card_of(copied))


def test_the_amount_and_the_labels_speak_one_language(copied):
    """No English is left on a Chinese card."""
    text = printed(card_of(copied, locale="zh-Hans"))

    assert "¥50.00" in text
    assert not [line for line in text.splitlines() if any("a" <= letter <= "z" for letter in line.lower())]
