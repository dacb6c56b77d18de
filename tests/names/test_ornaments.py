# SPDX-License-Identifier: Apache-2.0
"""Letters that are drawings, typed faces and frames beside a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.names import MatchKind, NameIndex, compare_names
from transferguard.names.ornaments import is_drawn, without_drawings, without_frame


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("xX_Maria_Xx", "Maria"),
        ("xX Bob Lee Xx", "Bob Lee"),
        ("×Maria×", "Maria"),
        ("x_Maria_x", "Maria"),
        ("|Maria|", "Maria"),
        ("@Maria", "Maria"),
        ("@lice", "@lice"),
        ("Maria <3", "Maria"),
        ("Maria o_o", "Maria"),
        ("uwu Maria xD", "Maria"),
        ("ʚMariaɞ", "Maria"),
        ("๖ۣۜMaria", "Maria"),
        ("Xavier Maddox", "Xavier Maddox"),
        ("xoxo", "xoxo"),
        ("<3", "<3"),
        ("", ""),
        ("xX Maria", "xX Maria"),
    ],
)
def test_frames_and_faces_are_put_aside(text, left):
    """A name keeps what it would be without them, and is left whole where nothing would be left."""
    assert " ".join(without_frame(text).split()) == left


def test_a_long_name_has_no_frame():
    """What is longer than any framed name is left as it is."""
    text = "xX" + "a" * 200 + "Xx"
    assert without_frame(text) == text


@pytest.mark.parametrize(
    ("folded", "left"),
    [
        ("maria ツ", "maria"),
        ("彡maria彡", "maria"),
        ("ஜmariaஜ", "maria"),
        ("maria ㅋㅋ", "maria"),
        ("maria ζ", "maria"),
        ("maria ω папа", "maria папа"),
        ("maria ೋ", "maria"),
        ("анна ღ", "анна"),
        ("ανна", "ανна"),
        ("李思远彡", "李思远"),
        ("乂李思远乂", "李思远"),
        ("李思远乂", "李思远乂"),
        ("李思远 ღ", "李思远"),
        ("李思远 ω", "李思远"),
        ("김민수 ㅋㅋ", "김민수"),
        ("佐々木", "佐々木"),
        ("nino ნინო", "nino ნინო"),
        ("ღღღღ maria", "maria"),
        ("maria ② x", "maria ② x"),
        ("ミミ", "ミミ"),
        ("ॐ 123", "ॐ 123"),
        ("２", "２"),
    ],
)
def test_letters_that_are_drawings_are_taken_away(folded, left):
    """At the ends of words and by themselves only; a name in a second script stays."""
    assert without_drawings(folded) == left


def test_drawings_are_told_from_letters():
    """The repeated character, styled letters and letters of names are no drawings."""
    assert all(map(is_drawn, ("彡", "ღ", "ʚɞ")))
    assert not any(map(is_drawn, ("々", "ᴴᴰ", "a", "李", "ⓐ")))


@pytest.mark.parametrize(
    "seen", ["☆彡Maria Lopez", "Maria Lopez ღ", "ஜMaria Lopezஜ", "xX Maria Lopez Xx", "<Maria Lopez>", "Maria Lopez :3"]
)
def test_a_decorated_copy_is_a_copy(seen):
    """A friend's name between drawings is found and worth what the name is worth."""
    assert compare_names(seen, "Maria Lopez").weight >= compare_names("Maria Lopez", "Maria Lopez").weight - 0.01
    assert NameIndex([("u1", "Maria Lopez")]).search(seen)[0].kind in {MatchKind.EXACT, MatchKind.LOOK}


def test_a_drawing_is_told_as_a_sign():
    """What was drawn beside the name is told as a sign, where it stands."""
    assert [trick.text for trick in compare_names("李思远彡", "李思远").tricks] == ["Punctuation: 彡 (U+5F61) at 3"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="xX_|@ aツ彡ღʚ李Ωω֍ೋ", max_size=12))
def test_nothing_is_added(text):
    """What is left of a text has letters if the text has, and is no longer than it."""
    for left in (without_drawings(text), without_frame(text)):
        assert len(left) <= len(text)
        assert any(map(str.isalpha, left)) == any(map(str.isalpha, text))


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Đ ặ n g Đ ứ c A n h", "Đặng Đức Anh"),
        ("Nguyễn \\/ăn Hùng", "Nguyễn Văn Hùng"),
        ("₫ặng ₫ức Anh", "Đặng Đức Anh"),
        ("毛利ク美", "毛利久美"),
        ("モ利久美", "毛利久美"),
    ],
)
def test_letters_of_strokes_and_spread_letters_are_read(seen, original):
    """What is drawn with slashes, money signs, kana or spaces between letters is read as the name."""
    assert NameIndex([("u1", original)]).search(seen)[0].weight > 6
