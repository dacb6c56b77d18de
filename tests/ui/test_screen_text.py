# SPDX-License-Identifier: Apache-2.0
"""Somebody else's text on our screen."""

from io import StringIO
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from transferguard.ui.screen_text import MAX_ON_LINE, caret_line, drawable, name_line, one_line, right_to_left

anything = st.text(st.characters(), max_size=100) | st.text(
    st.sampled_from("a李\u202e\u2066\x00\x1b\ud800\u0301\u200d\ufe0f👩א"), max_size=100
)


@given(anything)
def test_nothing_that_steers_a_display_is_drawn(text):
    """Controls, bidi marks, line separators, unassigned characters and lone surrogates become visible; joiners stay."""
    drawn = drawable(text)

    assert not [character for character in drawn if category(character) in {"Cc", "Cs", "Cn", "Zl", "Zp"}]
    assert {character for character in drawn if category(character) == "Cf"} <= {"\u200c", "\u200d"}
    drawn.encode("utf-8")


@given(anything)
def test_characters_keep_their_places(text):
    """One for one, so that a mark set before still points at the right character; longer names end in an ellipsis."""
    drawn = drawable(text)

    assert len(drawn) == len(text) if len(text) <= MAX_ON_LINE else len(drawn) == MAX_ON_LINE + 1
    assert drawable(drawn) == drawn or len(text) > MAX_ON_LINE


@given(anything)
def test_one_line_is_one_line(text):
    """An error message cannot move the cursor, whatever key of a file it quotes."""
    assert "\n" not in one_line(text)
    one_line(text).encode("utf-8")


def test_ordinary_names_are_drawn_as_they_are():
    """In any script, vocalised or accented, with emoji."""
    for name in ("李思远", "Müller", "Nguyễn", "مُحَمَّد", "שרה", "👩\u200d👧 Mia", "मीरा", "کیان\u200cپور"):
        assert drawable(name) == name


def test_marks_do_not_pile_up():
    """A tower of accents would cover the line above."""
    assert drawable("a" + "\u0301" * 9).count("\u0301") == 2


def test_marked_characters_stand_out():
    """By style, and by a caret below for eyes and terminals without colour."""
    assert name_line("李思远", {1}).plain == "李思远"
    assert [span.style for span in name_line("李思远", {1}).spans if span.start == 1] == ["bold red underline"]
    carets = caret_line("李a远", {1, 2})
    assert carets is not None
    assert carets.plain == "  ^^^"
    assert cell_len(carets.plain) == cell_len("李a远")


@pytest.mark.parametrize(("name", "marked"), [("李思远", set()), ("李思远", {7}), ("שרה", {1})])
def test_where_a_caret_would_point_nowhere_there_is_none(name, marked):
    """Nothing marked, a mark beyond the end, or a name whose cells only the terminal knows."""
    assert caret_line(name, marked) is None


def test_a_gap_is_pointed_at():
    """Where a letter was left out, one caret stands under what follows, or behind the end."""
    assert [carets_of("李远", set(), {1}), carets_of("李远", set(), {2}), carets_of("李远", {0}, {1})] == ["  ^", "    ^", "^^^"]


def carets_of(name, marked, gaps=()):
    """The carets as text."""
    line = caret_line(name, marked, gaps)
    return line and line.plain


def test_an_accent_is_pointed_at_under_its_letter():
    """It takes no cell of its own."""
    assert carets_of("Rene\u0301", {4}) == "   ^"


def test_a_joiner_that_deceives_is_seen():
    """Inside an emoji it is left out, so that every terminal agrees about the width; marked it becomes visible."""
    assert name_line("李\u200d思", {1}).plain == "李\ufffd思"
    assert carets_of("李\u200d思", {1}) == "  ^"
    assert name_line("👩\u200d👧").plain == "👩👧"


@given(st.text(st.sampled_from("ab 李👩👦\u200d\ufe0f❤\u0301"), max_size=40), st.integers(4, 30))
def test_no_character_is_lost_when_the_line_is_broken(name, width):
    """A name wraps; nothing of it disappears from the card."""
    file = StringIO()
    Console(file=file, width=width, highlight=False).print(name_line(name))

    assert [one for one in file.getvalue() if one in "ab李👩👦❤"] == [one for one in name if one in "ab李👩👦❤"]


def test_a_name_from_right_to_left_is_isolated():
    """So that it cannot reorder what stands beside it."""
    assert right_to_left("a שרה")
    assert name_line("שרה").plain == "\u2068שרה\u2069"
    assert name_line("Sarah").plain == "Sarah"
