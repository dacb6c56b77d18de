# SPDX-License-Identifier: Apache-2.0
"""What the eye reads where the text in memory runs, or stands, otherwise."""

import pytest

from transferguard.names.reading_order import readings, upright, visual_order


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Alice", "Alice"),
        ("\u202eecilA", "Alice"),
        ("a\u202ecb\u202cd", "abcd"),
        ("\u202eba\u202edc", "abcd"),
        ("\u202eb\u0301a", "ab\u0301"),
        ("\u202e\u0301a", "a\u0301"),
        ("\u202e远思李", "李思远"),
        ("\u202dAlice\u202c", "Alice"),
        ("\u202dהלא\u202c", "אלה"),
        ("\u202dכרמ x", "x מרכ"),
        ("\u202dab\u202dcd", "abcd"),
        ("\u202dab\u202eba", "abab"),
    ],
)
def test_an_override_is_obeyed(text, seen):
    """Marks stay with their letters; an override from left to right turns only what runs the other way by itself."""
    assert visual_order(text) == seen


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Alice", ("Alice",)),
        ("李思远", ("李思远",)),
        ("\u202eecilA", ("\u202eecilA", "ecilA")),
        ("\u202dAlice", ("\u202dAlice", "Alice")),
        ("张セ", ("张セ", "张也")),
        ("セ", ("セ",)),
        ("田中セ", ("田中セ", "田中也")),
    ],
)
def test_what_else_the_eye_may_read_stands_behind_the_name(name, found):
    """Where no override is obeyed, and where kana stand among Han characters."""
    assert readings(name) == found


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Alice", "Alice"),
        ("ǝɔᴉlɐ", "alice"),
        ("uʍoɹq", "brown"),
        ("ʇɹǝqoɹ", "robert"),
        ("ǝ", "ǝ"),
        ("Səidə", "Səidə"),
        ("Müller", "Müller"),
    ],
)
def test_a_name_upside_down_is_read_with_the_head_turned(text, seen):
    """From two turned letters on; one alone is an ordinary letter of somebody's alphabet."""
    assert upright(text) == seen
