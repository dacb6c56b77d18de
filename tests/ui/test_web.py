# SPDX-License-Identifier: Apache-2.0
"""What the web component is given and told, without a browser."""

import json
import re
from datetime import UTC, datetime

import pytest

from transferguard import wording
from transferguard.decision import Disclosure, Outcome, ShownName, Step
from transferguard.errors import ConfirmationRefused, NameProved, NameRefused
from transferguard.keys import StaticKeys
from transferguard.testing.builders import NOW, quiet_world
from transferguard.ui import web


@pytest.fixture(scope="module")
def view():
    """A sender's view of a quiet payment."""
    return quiet_world().decide().sender_view()


def test_a_sheet_is_plain_json_made_of_the_senders_view(view):
    """With amount, words, direction and time beside it."""
    made = web.sheet(view, amount=quiet_world().transfer.money, locale="ar-EG", now=NOW)

    assert json.loads(json.dumps(made)) == made
    assert made["view"] == view
    assert (made["lang"], made["dir"], made["now"]) == ("ar", "rtl", "2026-11-22T10:00:00Z")


def test_only_pictures_of_the_two_profiles_leave(view):
    """A host may hand over all that it has."""
    recipient = view["comparison"]["recipient"]["account"]
    made = web.sheet(view, amount=quiet_world().transfer.money, pictures={recipient: "/a", "somebody-else": "/b"})

    assert made["pictures"] == {recipient: "/a"}


def test_looks_take_turns(view):
    """By the host's count, or else by the decision: the same decision looks the same whenever it is drawn."""
    money = quiet_world().transfer.money
    counted = [web.sheet(view, amount=money, seen=seen)["variant"] for seen in range(4)]

    assert counted == [0, 1, 2, 0]
    assert web.sheet(view, amount=money)["variant"] == web.sheet(view, amount=money)["variant"] in range(web.LOOKS)


@pytest.mark.parametrize("tag", wording.locales())
def test_the_component_speaks_from_the_same_catalogues(tag):
    """Every message but the warnings, which come with the view; a count has the plurals of its language."""
    words = web.words(tag)

    assert words["label.i_read"] == wording.say("label.i_read", tag)
    assert words["label.minutes_left"] == wording.plurals("label.minutes_left", tag)
    assert not [message for message in words if message.startswith("warning.")]
    assert {f"headline.{outcome.value}" for outcome in Outcome} <= words.keys()


def test_the_component_uses_no_word_that_is_not_there():
    """Whatever stands in the module as a message id is in the catalogues."""
    module = (web.assets() / "transfer-confirmation.js").read_text(encoding="utf-8")
    used = set(re.findall(r'"((?:label|step|action|headline)\.[a-z_.]+)"', module))
    used |= {f"action.{action}" for action in re.findall(r'#(?:button|unfolding)\("(\w+)"', module)}

    assert len(used) > 20
    assert used <= web.words("en").keys()


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        (
            NameProved([Step.ACKNOWLEDGE], ShownName(level=Disclosure.FULL, text="毕小川")),
            {"status": "name_proved", "shown_name": {"level": "full", "text": "毕小川"}},
        ),
        (
            NameRefused([Step.TYPE_HIDDEN_NAME], datetime(2026, 11, 23, tzinfo=UTC)),
            {"status": "name_refused", "retry_at": "2026-11-23T00:00:00Z"},
        ),
        (ConfirmationRefused([Step.CHECK_AGAIN]), {"status": "needed", "needed": ["check_again"], "retry_at": None}),
    ],
    ids=["proved", "refused", "needed"],
)
def test_what_confirm_says_is_passed_on(told, answer):
    """Names only where the guard showed them."""
    assert web.answer(told) == answer


def test_a_receipt_stays_with_the_host():
    """The screen learns that it is done; the token is for the payment backend."""
    world = quiet_world()
    guard = world.guard(keys=StaticKeys.generate())
    receipt = guard.confirm(guard.check(world.transfer).id)

    assert web.answer(receipt) == {"status": "confirmed"}
