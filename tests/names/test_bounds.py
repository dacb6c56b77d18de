# SPDX-License-Identifier: Apache-2.0
"""How much of an overlong name is read."""

import pytest

from transferguard.names.bounds import READ_CHARS, readable, with_ink


@pytest.mark.parametrize("name", ["", "李\u200b思远", "a" * READ_CHARS, "\u200b" * READ_CHARS, "a" * (READ_CHARS - 1) + "\u200b"])
def test_a_name_of_ordinary_length_is_read_as_it_is(name):
    """What cannot be seen included: that it stands there is a trick worth telling."""
    assert readable(name) == name


def test_of_a_longer_one_the_first_letters_with_ink_are_read():
    """Filling a name with what nobody sees pushes nothing out of sight, up to some thousand code points."""
    assert READ_CHARS == 320
    assert readable("a" * 321) == "a" * 320
    assert readable("\u200b" * 11_000 + "Alice") == "Alice"
    assert readable("\u200b" * 12_001 + "Alice") == ""
    assert readable("b" + "\u200b" * 500 + "a" * 400) == "b" + "a" * 319


@pytest.mark.parametrize("char", ["\u200b", "\u00ad", "\x00", "\x08", "\x0e", "\x7f", "\x86", "\ud800", "\u2800", "\u2060", "\U000e0041"])
def test_what_leaves_no_ink_is_taken_out(char):
    """Format characters, controls, halves of surrogates, an empty braille cell."""
    assert with_ink(f"A{char}{char}b") == "Ab"


@pytest.mark.parametrize("char", [" ", "\t", "\n", "\x85", "\u202e", "\u202d", "\u202c", "a", "\u0301", "\u3000", "\u2801"])
def test_what_leaves_ink_room_or_another_order_stays(char):
    """Blanks part words, and overrides are obeyed later."""
    assert with_ink(f"A{char}b") == f"A{char}b"
