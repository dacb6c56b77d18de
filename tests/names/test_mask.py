# SPDX-License-Identifier: Apache-2.0
"""How a verified name is written when it may be shown in part only."""

import unicodedata

import pytest
from hypothesis import given, settings

from tests.names.strategies import ANY_TEXT
from transferguard.names import mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "*明"),
        ("欧阳明", "*明"),
        ("李明", "*明"),
        ("明", "*"),
        ("迪丽热巴·迪力木拉提", "*提"),
        ("김철수", "*수"),
        ("さとうはなこ", "*こ"),
        ("John Everett", "J*** E***"),
        ("Anna Maria van Berg", "A*** B***"),
        ("Mary", "M***"),
        ("X", "*"),
        ("", "*"),
        ("\u200b\u202e", "*"),
        ("  \n ", "*"),
        ("क्षितिज शर्मा", "क्षि*** श***"),
        ("Smith, John", "S*** J***"),
        ("王\u200b小\u202e明\x00", "*明"),
        ("\ud800李明\ud800", "*明"),
        ("王小明 (1)", "*1"),
        ("é\u0301mile Zola", "é\u0301*** Z***"),
    ],
)
def test_the_mask_shows_what_the_table_says_and_no_more(name, masked):
    """One glyph and the last grapheme for east-asian names; first graphemes of the first and last word for others."""
    assert mask_name(name) == masked


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_no_name_leaks_more_than_two_graphemes_or_its_length(name):
    """Whatever the name, the mask has at most two visible clusters besides its glyphs."""
    masked = mask_name(name)
    visible = [char for char in masked if char not in "* " and unicodedata.category(char)[0] != "M" and char != "\u200d"]

    assert "*" in masked
    assert len(masked) <= 2 * (10 + 3) + 1
    assert len(visible) <= 20


def test_names_of_different_length_have_masks_of_the_same_length():
    """The mask does not tell how long the name is."""
    assert mask_name("Al Bo") == "A*** B***"
    assert mask_name("Alexander Bogdanovich") == "A*** B***"


def test_a_very_long_name_shows_its_own_first_and_last_word():
    """A long name is bounded without inventing a last word."""
    assert mask_name("Anna " + "x" * 100_000 + " Berg") == "A*** B***"


def test_an_overlong_name_is_looked_at_from_both_ends_only():
    """What stands in the middle of thousands of invisible characters is nobody's name, and costs nothing to leave out."""
    unseen = "\u200b"

    assert mask_name("Alice" + unseen * 6_500 + " Bob" + unseen * 6_500) == "A***"
    assert mask_name("Alice" + unseen * 6_500 + " Bob" + unseen * 5_990) == "A*** B***"
    assert mask_name("Alice " + unseen * 5_000 + "Bob") == "A*** B***"
