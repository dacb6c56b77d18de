# SPDX-License-Identifier: Apache-2.0
"""Brothers and sisters share a surname and a character: what tells a copy from them?"""

import pytest

from transferguard.names import MatchKind, compare_names


@pytest.mark.parametrize(
    ("usual", "rare", "original"),
    [
        ("陈建峰", "陈建沣", "陈建丰"),
        ("刘志伟", "刘志韪", "刘志炜"),
        ("李红丹", "李红冄", "李红月"),
    ],
)
def test_a_character_that_people_are_called_by_is_a_sibling_and_one_that_nobody_is_called_by_a_copy(usual, rare, original):
    """The same surname and generation: the rarer the changed character is among given names, the more it says."""
    assert compare_names(usual, original).weight + 4 < compare_names(rare, original).weight


def test_a_reading_that_a_character_seldom_has_makes_a_weaker_homophone():
    """强 is read jiang in one word, 疆 always."""
    assert compare_names("王志强", "王志江").weight < compare_names("王志疆", "王志江").weight


@pytest.mark.parametrize(("name", "other"), [("山本真人", "山本絵子"), ("川崎大夫", "川崎哲也")])
def test_a_japanese_given_name_that_says_real_person_or_doctor_in_chinese_stays_a_name(name, other):
    """山本真人 is Yamamoto Masato, and nobody else of that surname is a copy of him."""
    assert compare_names(name, other).kind is compare_names(other, name).kind is MatchKind.DIFFERENT


def test_old_forms_are_read_as_the_character():
    """巛 is how old books write 川."""
    assert compare_names("白巛博", "白川博").weight > 14


@pytest.mark.parametrize(("seen", "original"), [("石川陸三", "石川陸"), ("山田太郎甲", "山田太郎"), ("薛海甲", "薛海")])
def test_a_numeral_behind_a_name_counts_accounts_in_japan_too(seen, original):
    """三 behind a name of one character may be another name, and weighs by how few are called so."""
    found = compare_names(seen, original)
    assert found.kind is MatchKind.DECORATED
    assert found.weight > 9


@pytest.mark.parametrize("seen", ["Sig. James Anderson", "Pan James Anderson", "Maestro James Anderson"])
def test_titles_that_are_names_elsewhere_stand_before_a_name(seen):
    """Pan is a Chinese surname and a Polish Mr."""
    assert compare_names(seen, "James Anderson").weight > compare_names("Bob James Anderson", "James Anderson").weight


def test_given_names_that_share_all_but_their_last_character_are_common_in_japan():
    """俊斗 and 俊衣 are two people."""
    assert compare_names("俊斗", "俊衣").weight < 7
