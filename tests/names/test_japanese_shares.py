# SPDX-License-Identifier: Apache-2.0
"""How common the parts of Japanese names are."""

import pytest

from transferguard.names import MatchKind, compare_names
from transferguard.names import japanese_shares as parts


def test_a_surname_that_is_put_together_as_none_is_nobodys():
    """A listed surname is common, one of usual parts rarer, and 亮橋 is nobody's."""
    (common, known), (composed, like_one), (nobody, unheard) = map(parts.likeliest_bits, ("佐藤健一", "梅津健一", "亮橘健一"))
    assert common < composed < nobody
    assert (known, like_one, unheard) == (False, False, True)


def test_a_name_is_cut_where_it_is_commonest():
    """吉甲葵 has no surname of two characters that anybody has, and with the surname 吉 a character that is in nobody's name."""
    assert parts.likeliest_bits("吉甲葵") > (parts.NOBODY_BITS, True)
    assert parts.likeliest_bits("林健一") < parts.likeliest_bits("甲田健一")


@pytest.mark.parametrize(("name", "japanese"), [("美優", True), ("翔太", True), ("思远", False), ("李明", False), ("美優子", False)])
def test_a_given_name_alone_is_known_by_its_characters(name, japanese):
    """Two characters that Japanese given names have oftener than Chinese ones."""
    assert parts.is_japanese_given(name) is japanese


@pytest.mark.parametrize(
    ("seen", "original"),
    [("佑藤健一", "佐藤健一"), ("鈴本美咲", "鈴木美咲"), ("山田桔衣", "山田結衣"), ("告田陽菜", "吉田陽菜"), ("髙槗直樹", "高橋直樹")],
)
def test_a_look_alike_in_a_japanese_name_weighs_what_nobody_is_called(seen, original):
    """A replaced character that no surname and no given name has is hardly an honest person's."""
    assert compare_names(seen, original).weight > 6


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("弘奈", "弘乃"),
        ("安崎弘美", "安池弘美"),
        ("西部明", "西部萌"),
        ("新林達也", "林達也"),
        ("平沢明日香", "平沢明"),
        ("関橋優一", "関橋優"),
    ],
)
def test_two_japanese_people_are_two_people(seen, original):
    """Sounds of another language, given names in 一 and surnames that begin with 新 make no copy."""
    found = compare_names(seen, original)
    assert found.kind is MatchKind.DIFFERENT or found.weight < 14


def test_a_surname_of_three_characters_may_lose_one():
    """佐々本 is no listed surname, and what stands behind it is counted for the part that is compared."""
    assert compare_names("佐々本健一", "佐々木健一").weight > 5
