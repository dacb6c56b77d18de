# SPDX-License-Identifier: Apache-2.0
"""Vietnamese words with their accents: which people are called, which are slips, and which are spelled by ear."""

import pytest

from transferguard.names import NameIndex, compare_names, name_rarity
from transferguard.names.matching import MatchKind
from transferguard.names.slips import slip_of_one_word
from transferguard.names.vietnamese import by_ear
from transferguard.names.vietnamese_accents import is_called, is_vietnamese, other_names
from transferguard.names.views import view_of


@pytest.mark.parametrize("word", ["Ân", "an", "Hoà", "Hòa"])
def test_people_are_called_some_words(word: str) -> None:
    """Where the tone is written makes no difference."""
    assert is_called(word)


@pytest.mark.parametrize("word", ["ăn", "Duyê"])
def test_people_are_not_called_others(word: str) -> None:
    """Nobody is called to eat."""
    assert not is_called(word)


def test_a_name_without_accents_is_not_known_to_be_vietnamese() -> None:
    """Linh Mai may be anybody."""
    assert is_vietnamese(["Trần", "Mai"])
    assert not is_vietnamese(["Tran", "Mai"])
    assert not is_vietnamese(["Trần", "Smith"])


@pytest.mark.parametrize(
    ("seen", "original", "count"),
    [
        ("Trần Thành", "Trần Thanh", 1),
        ("Trần Thănh", "Trần Thanh", 0),
        ("Tran Thanh", "Trần Thành", 0),
        ("Thành Thanh Trần", "Trần Thanh Thành", 0),
        ("Thánh Trần", "Trần Thanh Hùng", 1),
        ("Trân Thành Hưng", "Trần Thanh Hùng", 2),
    ],
)
def test_words_that_are_other_names_by_their_accents_are_counted(seen: str, original: str, count: int) -> None:
    """In place where the words are the same, else wherever they stand; two at most."""
    assert other_names(seen.split(), original.split()) == count


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Hoàng ăn Dũng", "Hoàng Văn Dũng"),
        ("Nguyễn Thị ai", "Nguyễn Thị Mai"),
        ("Trần Thị Duyê", "Trần Thị Duyên"),
        ("John mith", "John Smith"),
    ],
)
def test_a_slip_that_nobody_is_called_weighs_nearly_as_the_name(seen: str, original: str) -> None:
    """A capital that went with its letter, or accents of no name."""
    assert compare_names(seen, original).weight > compare_names(original, original).weight - 2.0


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Hoàng Ân Dũng", "Hoàng Văn Dũng"),
        ("Hoang Van Dung", "Hoàng Văn Dũng An"),
        ("Anh", "An"),
        ("Hoang Vn Dung", "Hoàng Văn Dũng"),
        ("Minh Ánh Dũng", "Hoàng Văn Dũng"),
        ("Jôn Smith", "John Smith"),
        ("Hoàng-Vă Dũng", "Hoàng Văn-Dũng"),
        ("Hoàng Vă Dũng", "Hoàng Văn-Dũng"),
    ],
)
def test_what_may_be_a_name_or_is_more_than_one_edit_is_no_slip(seen: str, original: str) -> None:
    """Without accents nothing is known; a joined pair of words is not one word."""
    assert slip_of_one_word(view_of(seen), view_of(original), seen_name=seen, original_name=original) is None


def test_two_names_that_differ_by_a_tone_weigh_little() -> None:
    """Thanh and Thành are two people's names, in any order and beside other words."""
    assert compare_names("Lê Thành Đức", "Lê Thanh Đức").weight < compare_names("Lê Thanh Đức", "Lê Thanh Đức").weight - 5.0
    assert compare_names("Thúy Quỳnh", "Quỳnh Thủy").weight < compare_names("Thủy Quỳnh", "Quỳnh Thủy").weight - 5.0


@pytest.mark.parametrize(
    ("seen", "original"), [("Nguin Thi Dung", "Nguyễn Thị Dung"), ("Li Thi Tran", "Trần Thị Ly"), ("Huinh Van Vu", "Huỳnh Văn Vũ")]
)
def test_a_name_by_ear_is_found(seen: str, original: str) -> None:
    """Y is written i, and what is left of uye is read."""
    hits = NameIndex([("x", original)]).search(seen)
    assert hits
    assert hits[0].kind is MatchKind.SOUND
    assert hits[0].weight > 3.0


def test_a_word_by_ear_that_is_another_name_costs_as_one() -> None:
    """Si and Sy are both names."""
    assert by_ear("si") == by_ear("sy")
    assert compare_names("Trần Văn Si", "Trần Văn Sỹ").weight < compare_names("Tran Van Sy", "Trần Văn Sỹ").weight - 4.0


def test_vietnamese_names_are_no_korean_ones() -> None:
    """Trung and Trọng would be one Korean syllable."""
    assert compare_names("Tran Trong Nam", "Tran Trung Nam").weight < 9.0


@pytest.mark.parametrize(
    ("slip", "name", "original"),
    [
        ("Pan Ngọc Lan", "Phan Ngọc La", "Phan Ngọc Lan"),
        ("Pan Thanh Giang", "Pham Thanh Giang", "Phan Thanh Giang"),
        ("Tần Văn Trí", "Trần Vân Trí", "Trần Văn Trí"),
    ],
)
def test_what_is_no_surname_in_the_place_of_one_is_a_slip(slip: str, name: str, original: str) -> None:
    """A hundred families bear all Vietnamese names, so hardly anybody is called otherwise."""
    assert compare_names(slip, original).weight > compare_names(name, original).weight + 4.0


def test_a_usual_middle_name_makes_no_rare_name() -> None:
    """Duy and Quỳnh stand between surname and given name as often as Hoài."""
    assert name_rarity("Duy Kiên") < name_rarity("Hoài Kiên") + 1.0
    assert name_rarity("Quỳnh Liên") < name_rarity("Hoài Liên") + 2.0
