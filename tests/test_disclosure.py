# SPDX-License-Identifier: Apache-2.0
"""One table says how much of the recipient's verified name the sender sees."""

import pytest

from tests.strategies import decide
from transferguard.decision import Disclosure, MatchResult, Outcome, ShownName
from transferguard.disclosure import extent, full_name_due, show
from transferguard.policy import Profile
from transferguard.testing.builders import quiet_world

HIDDEN, MASKED, FULL = Disclosure

ROWS = [
    # The market, the outcome, and the levels for a small and a large total.
    ("cn", "proceed", (MASKED, FULL)),
    ("cn", "warn", (MASKED, FULL)),
    ("cn", "challenge", (MASKED, MASKED)),
    ("cn", "delay", (MASKED, MASKED)),
    ("cn", "refuse", (HIDDEN, HIDDEN)),
    ("in", "proceed", (FULL, FULL)),
    ("in", "warn", (FULL, FULL)),
    ("in", "challenge", (MASKED, MASKED)),
    ("in", "delay", (MASKED, MASKED)),
    ("in", "refuse", (HIDDEN, HIDDEN)),
    ("br", "proceed", (FULL, FULL)),
    ("br", "warn", (FULL, FULL)),
    ("br", "challenge", (MASKED, MASKED)),
    ("br", "delay", (MASKED, MASKED)),
    ("br", "refuse", (HIDDEN, HIDDEN)),
]


@pytest.mark.parametrize(("profile", "outcome", "levels"), ROWS)
@pytest.mark.parametrize("match", MatchResult)
def test_the_table_row_by_row(profile, outcome, levels, match):
    """Markets that show by amount ask no match."""
    assert tuple(extent(Profile(profile), Outcome(outcome), large=large, match=match) for large in (False, True)) == levels


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("match", MatchResult)
@pytest.mark.parametrize("large", [False, True])
def test_in_the_eu_only_a_close_match_shows_the_name(outcome, match, large):
    """A match needs no name, no match gets none (EPC verification of payee), and an open question shows nothing."""
    shown = extent(Profile.EU, outcome, large=large, match=match)

    assert shown is (FULL if match is MatchResult.CLOSE_MATCH and outcome <= Outcome.WARN else HIDDEN)


@pytest.mark.parametrize(("profile", "due"), [("cn", True), ("in", True), ("br", True), ("eu", False)])
def test_where_the_full_name_is_due(profile, due):
    """Large payments need it wherever the market shows full names; small ones nowhere."""
    assert full_name_due(Profile(profile), large=True) is due
    assert not full_name_due(Profile(profile), large=False)


def test_the_text_of_each_level():
    """Nothing, the mask, or the name; a repr tells none of them."""
    assert show("王小明", HIDDEN) == ShownName(level=HIDDEN, text="")
    assert show("王小明", MASKED) == ShownName(level=MASKED, text="*明")
    assert show("王小明", FULL) == ShownName(level=FULL, text="王小明")
    assert "明" not in repr(show("王小明", FULL))


@pytest.mark.parametrize(
    ("currency", "below", "at"),
    [("CNY", "999.99", "1000.00"), ("JPY", "19999", "20000"), ("KWD", "49.999", "50.000"), ("CHF", "999.99", "1000")],
)
def test_the_threshold_is_met_exactly_in_every_currency(currency, below, at):
    """One minor unit decides, with no decimals, two or three."""
    levels = [decide(quiet_world().with_transfer(amount=amount, currency=currency)).shown_name.level for amount in (below, at)]

    assert levels == [MASKED, FULL]


@pytest.mark.parametrize("text", ["王小明\u202e\u0000", "A" * 500])
def test_a_verified_name_is_safe_on_the_screen_too(text):
    """What the identity provider sends is a name of somebody else's as well: cut, and without power over the display."""
    world = quiet_world().with_policy(profile="br").with_recipient(verified_name=text)
    shown = decide(world).shown_name

    assert shown.level is FULL
    assert len(shown.text) <= 141
    assert not {"\u202e", "\u0000"} & set(shown.text)
