# SPDX-License-Identifier: Apache-2.0
"""Spellings that no rule about single letters joins, in both directions, through the index."""

import pytest

from transferguard.names import MatchKind, NameIndex, compare_names
from transferguard.names.cross import _native_words
from transferguard.names.korean import is_respelled, lost_in_spelling, unsure_bits
from transferguard.names.listed_spellings import listed_bits, written_names
from transferguard.names.respelling import slavic
from transferguard.names.romanisations import may_be_japanese, may_be_thai, spelt, unleet
from transferguard.names.russian import is_surname_like
from transferguard.names.vietnamese import has_surname, name_bits
from transferguard.names.views import view_of


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Kuznecov Dmitrij", "Дмитрий Кузнецов"),
        ("Dmitri Kuznecov", "Dmitri Kuznetsov"),
        ("Mohammed Alotaibi", "محمد العتيبي"),
        ("محمد العتيبي", "Mohammed Al-Otaibi"),
        ("w4ng we1", "王伟"),
        ("W4ng Wei", "王伟"),
        ("Wang W3i", "王伟"),
        ("Muhammad Salem", "Mohamed Salem"),
        ("Sergei Ivanov", "Sergey Ivanov"),
        ("Chung Min Ho", "Jeong Minho"),
        ("Chung Minho", "정민호"),
        ("สมชาย เพชรทอง", "Somchai Phetthong"),
        ("山田健一", "Kenichi Yamada"),
        ("山田健一", "Yamada Kenichi"),
        ("やまだけんいち", "Kenichi Yamada"),
        ("ヤマダ ケンイチ", "Kenichi Yamada"),
        ("김민수", "Minsu Kim"),
        ("Дмитрий Кузнецов", "Dmitry Kuznetsov"),
        ("सुनीता सिंह", "Sunita Singh"),
        ("An Tran Van", "Trần Văn An"),
        ("An Tran Van", "Tran Van An"),
    ],
)
def test_a_name_is_found_by_another_spelling(seen, original):
    """In another alphabet or system, whichever of the two the contact shows."""
    hit = NameIndex([(1, original), (2, "Somebody Else")]).search(seen)[0]

    assert hit.id == 1
    assert hit.weight == compare_names(seen, original).weight > 0


@pytest.mark.parametrize(
    ("seen", "original"),
    [("Jongho Lee", "Jeongho Lee"), ("Sangeeta Patil", "Sangeeta Patel"), ("Mai Huyen", "My Huyen"), ("Lee Minho", "Kim Minho")],
)
def test_two_names_that_are_written_alike_stay_two(seen, original):
    """Less than a spelling of one name would weigh."""
    assert compare_names(seen, original).weight < 9


def test_an_order_that_nobody_uses_weighs_more_than_the_name_itself():
    """Vietnamese show the surname first; two given names that change places are two people's."""
    plain = compare_names("Trần Văn An", "Trần Văn An").weight

    assert compare_names("An Trần Văn", "Trần Văn An").weight > plain
    assert compare_names("Trần An Văn", "Trần Văn An").weight < plain - 5
    assert compare_names("Hoa Thu", "Thu Hoa").weight < compare_names("Thu Hoa", "Thu Hoa").weight - 5


def test_a_surname_beside_a_middle_and_a_given_name_is_somebody_else():
    """Also where the surname is spelled as a title."""
    whole = compare_names("Ngọc Nguyệt", "Ngọc Nguyệt").weight

    assert compare_names("Phan Ngọc Nguyệt", "Ngọc Nguyệt").weight < whole - 6
    assert compare_names("Chu Văn An", "Văn An").weight < compare_names("Văn An", "Văn An").weight - 6


def test_a_slip_of_a_listed_name_is_nobodys_name():
    """Sacin is in no list and Sachin is; Deepa and Deepak are both."""
    assert compare_names("Sacin Devi", "Sachin Devi").weight > compare_names("Deepa Devi", "Deepak Devi").weight + 5
    assert compare_names("Sacin Devi", "Sachin Devi").kind is MatchKind.EDIT


def test_indian_and_arabic_surnames_first_are_told():
    """In Latin letters as in their own the surname stands last."""
    assert compare_names("Singh Sunita", "सुनीता सिंह").weight > compare_names("Sunita Singh", "सुनीता सिंह").weight


@pytest.mark.parametrize(
    ("word", "plain"),
    [("kuznecov", "kuznetsov"), ("dmitrij", "dmitriy"), ("natalja", "natalya"), ("marcus", "marcus"), ("jana", "jana"), ("li", "li")],
)
def test_slavic_words_are_written_as_in_english(word, plain):
    """C and j of Prague and Zagreb; other words stay."""
    assert slavic(word) == plain


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ()),
        (("lv", "na"), (("lu", "na"),)),
        (("omar", "alotaibi"), (("omar", "alotaibi"), ("omar", "otaibi"))),
        (("alexander",), (("alexander",),)),
        (("wanda",), (("wanda",), ("vanda",))),
    ],
)
def test_words_stand_as_they_are_and_as_another_system_has_them(words, found):
    """An article goes where the rest is a name, and not where the whole is one."""
    assert spelt(words) == found


def test_digits_are_read_as_letters_only_where_there_are_some():
    """And not in other writings."""
    assert unleet(view_of("Wang Wei")) is None
    assert unleet(view_of("王4小")) is None
    letters = unleet(view_of("w4ng we1"))
    assert letters is not None
    assert letters.words == ("wang", "wei")


def test_names_that_may_be_thai_or_japanese_are_stored_by_their_sound():
    """No others, because each key is eight bytes."""
    assert may_be_japanese(("kenichi", "yamada"))
    assert not may_be_japanese(("alice", "brown"))
    assert not may_be_japanese(("kenichi",))
    assert may_be_thai(("somchai", "phetthong"))
    assert not may_be_thai(("robert", "smith"))
    assert not may_be_thai(("somchai",))
    assert not may_be_thai(("bo", "phetthong"))


def test_a_word_that_no_list_has_is_as_common_as_the_listed_name_that_it_writes():
    """In Arabic letters and in those of India."""
    assert listed_bits("भण्डारी") is not None
    assert listed_bits("العتيبي") is not None
    assert listed_bits("قسقسقسقس") is None
    assert listed_bits("bhandari") is None
    assert listed_bits("Жуков") is None
    assert written_names("muhammad") & written_names("mohamed")
    assert not written_names("brown")


def test_syllables_that_no_list_has_are_read_by_their_spelling():
    """Rare ones are the less likely meant."""
    assert unsure_bits("뷁", "bwek", surname=False) == pytest.approx(0.0, abs=0.01)
    assert unsure_bits("쥰", "jyun", surname=False) == pytest.approx(0.0, abs=0.01)
    assert unsure_bits("민", "kim", surname=False) is None
    assert lost_in_spelling("강희모", ("kang", "hee", "mo")) is not None


@pytest.mark.parametrize(
    ("seen", "original", "same"),
    [
        (("kim", "minsoo"), ("kim", "min", "su"), True),
        (("minsoo", "kim"), ("gim", "minsu"), True),
        (("kim", "minsu"), ("minsu", "kim"), True),
        (("jongho", "lee"), ("jeongho", "lee"), False),
        (("kim", "minsoo"), ("park", "minsu"), False),
        (("kim", "minsoo"), ("kim", "jihun"), False),
        (("kim",), ("kim", "minsu"), False),
        (("smith", "john"), ("kim", "minsu"), False),
    ],
)
def test_two_spellings_of_one_korean_name_are_told(seen, original, same):
    """By the surname and the sounds of the rest; what two names are by the book are two."""
    assert is_respelled(seen, original) is same


def test_vietnamese_words_are_counted_where_they_stand():
    """In any order of the whole; a middle and a given name may stand alone."""
    assert name_bits(("nguyen", "van", "an")) == name_bits(("an", "nguyen", "van")) == name_bits(("an", "van", "nguyen"))
    assert name_bits(("nguyen",)) is None
    assert name_bits(("nguyen", "smith")) is None
    assert (name_bits(("ngoc", "an")) or 0) < (name_bits(("ngoc", "nguyet")) or 0)
    assert has_surname(("nguyen", "an"))
    assert has_surname(("mai", "van", "an"))
    assert not has_surname(("thach", "an"))
    assert not has_surname(("nguyet", "an"))


@pytest.mark.parametrize(("word", "like"), [("зubar", False), ("zimanov", True), ("smith", False), ("lev", False)])
def test_russian_surnames_are_told_by_their_endings(word, like):
    """Short words are none."""
    assert is_surname_like(word) is like


@pytest.mark.parametrize(("seen", "original"), [("Harees Malhotra", "Harish Malhotra"), ("Mukesh Teevari", "Mukesh Tiwari")])
def test_an_indian_name_by_ear_weighs_nearly_as_the_name(seen: str, original: str) -> None:
    """Few honest bearers write a listed name as no list has it."""
    assert compare_names(seen, original).weight > compare_names(original, original).weight - 4.0


def test_a_name_by_ear_that_is_another_name_costs_as_one() -> None:
    """Jose and Joshi: an honest bearer is the likelier story."""
    assert compare_names("Raj Josi", "Raj Joshi").weight > compare_names("Raj Jose", "Raj Joshi").weight + 2.0


@pytest.mark.parametrize(
    ("odd", "usual", "original"), [("Veekas Kumar", "Vikas Kumar", "विकास कुमार"), ("Mohamed Darwich", "Mohamed Darwish", "محمد درويش")]
)
def test_a_listed_name_in_a_spelling_of_no_list_weighs_more(odd: str, usual: str, original: str) -> None:
    """Namesakes write their names as others do."""
    assert compare_names(odd, original).weight > compare_names(usual, original).weight


@pytest.mark.parametrize(
    ("seen", "original"), [("Mona El-Basri", "منى البصري"), ("Mostafa Farag", "مصطفى فرج"), ("Salma Alali", "سلمى العلي")]
)
def test_a_ya_without_dots_is_read_as_an_a(seen: str, original: str) -> None:
    """The fold takes it for the letter that it looks like."""
    assert compare_names(seen, original).weight > compare_names(original, original).weight - 5.0


def test_a_name_with_a_ya_without_dots_beside_a_title_is_read() -> None:
    """Where words were left out, the folded ones have to do."""
    assert _native_words(view_of("دكتور منى البصري"), "منى") == view_of("دكتور منى البصري").words
