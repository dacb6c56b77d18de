# SPDX-License-Identifier: Apache-2.0
"""Latin spellings of names in other letters, read letter by letter; and short forms of Cyrillic names."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.names import MatchKind, NameIndex, compare_names, name_rarity
from transferguard.names.japanese import readings_of
from transferguard.names.korean import lost_in_spelling, spellings_of, unsure_bits
from transferguard.names.short_forms import short_forms
from transferguard.names.spelled import spelling_bits
from transferguard.names.thai import is_spelling


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("дмитрий", "dmitriy"),
        ("дмитрий", "dmitry"),
        ("дмитрий", "dmitrij"),
        ("кузнецов", "kuznecov"),
        ("кузнецов", "kouznetsov"),
        ("юлия", "julia"),
        ("александр", "alexander"),
        ("محمد", "mohamed"),
        ("محمد", "muhammad"),
        ("العتيبي", "alotaibi"),
        ("العتيبي", "otaibi"),
        ("عبدالرحمن", "abdurrahman"),
        ("إيمان", "iman"),
        ("सुनीता", "suneeta"),
        ("खनना", "khanna"),
        ("सिंह", "singh"),
        ("শর্মা", "sharma"),
    ],
)
def test_the_usual_spellings_of_a_word_fit_it(word, latin):
    """Passports, clerks and habit write one name in many ways."""
    assert spelling_bits(word, latin) is not None


@pytest.mark.parametrize(
    ("word", "latin"),
    [("яна", "anna"), ("منى", "iman"), ("شيماء", "sami"), ("баранова", "barenova"), ("ж1", "zh"), ("م1", "m"), ("क1", "k"), ("abc", "abc")],
)
def test_what_sounds_alike_and_does_not_fit_is_another_word(word, latin):
    """Consonants alone make neighbours of Mona and Iman; letter by letter they are none. Signs have no spelling."""
    assert spelling_bits(word, latin) is None


@settings(max_examples=60, deadline=None)
@given(st.text("абвгьяюعوياةلпри", max_size=40), st.text("aeiouwyhkl", max_size=40))
def test_hostile_words_are_read_in_bounded_time(word, latin):
    """No word makes the reading try everything."""
    before = process_time()
    spelling_bits(word, latin)
    is_spelling(latin, word)
    assert process_time() - before < 0.05


def _lost(name: str, words: tuple[str, ...]) -> float:
    found = lost_in_spelling(name, words)
    assert found is not None
    return found


def test_a_korean_spelling_speaks_for_the_syllables_that_are_written_so():
    """Minsu is 민수 almost surely; Chun may be 준, 전 or 천, and says less."""
    assert _lost("김민수", ("minsu", "kim")) < 1.0
    assert _lost("김민수", ("kim", "min", "soo")) < 1.0
    assert _lost("김준호", ("chun", "ho", "kim")) > _lost("김준호", ("jun", "ho", "kim")) + 1.0
    assert _lost("김병철", ("byowoong", "chwool", "kim")) > _lost("김병철", ("byoung", "chul", "kim"))
    assert lost_in_spelling("김민수", ("ivan", "petrov")) is None
    assert lost_in_spelling("김민수", ("jwoo", "petrov")) is None
    assert lost_in_spelling("김민수", ("kimminsu",)) is None
    assert lost_in_spelling("김민", ("min", "kim")) is not None
    assert lost_in_spelling("김민수", ("a" * 20, "kim")) is None
    assert unsure_bits("뷁", "bwelk", surname=False) is None


def test_the_spellings_of_a_syllable_share_its_bearers():
    """Shares of spellings add up to one, but for those too rare to be looked at."""
    for syllable, surname in (("김", True), ("영", False), ("수", False)):
        assert 0.8 < sum(spellings_of(syllable, surname=surname).values()) <= 1.0 + 1e-9


def test_common_given_names_are_no_sum_of_their_syllables():
    """Whole names that registers list are commoner than syllables make them."""
    assert name_rarity("이순자") < name_rarity("이순차") - 2
    assert name_rarity("田中達也") < name_rarity("田中達之") - 1


@pytest.mark.parametrize(
    ("seen", "original"), [("Вова Комаров", "Владимир Комаров"), ("Таня Белачёва", "Татьяна Белачёва"), ("Дмитрий Ситачёв", "Дима Ситачёв")]
)
def test_a_short_form_of_a_cyrillic_name_is_found(seen, original):
    """Who goes by Вова is Владимир, both ways."""
    assert [hit.kind for hit in NameIndex([(1, original)]).search(seen)] == [MatchKind.NICKNAME]


def test_one_short_form_may_be_of_several_names():
    """Слава is Вячеслав, Станислав, Ярослав."""
    assert len(short_forms()[next(word for word, full in short_forms().items() if len(full) > 2 and not word.isascii())]) > 2


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("เพชรทอง", "phetthong"),
        ("บุญงาม", "bunngam"),
        ("บุญงาม", "bungam"),
        ("เจริญธานี", "charoenthani"),
        ("รุ่งนภา", "rungnapha"),
        ("เอกชัย", "ekachai"),
        ("กฤษณะ", "kritsana"),
        ("ไพโรจน์", "phairot"),
        ("แพรวา", "praewa"),
        ("สมอาจ", "somat"),
        ("เกรียง", "kriang"),
        ("แปลก", "plaek"),
    ],
)
def test_thai_compounds_are_read_with_their_vowels(word, latin):
    """An r that is not heard, letters that are doubled in spelling, and vowels written before their consonant."""
    assert is_spelling(latin, word)


@pytest.mark.parametrize(("word", "latin"), [("แก้วเจริญ", "ketnon"), ("ประเสริฐศักดิ์", "panyasuk"), ("สมชาย", "somsak")])
def test_thai_words_with_other_vowels_are_other_words(word, latin):
    """Consonants alone would make them one."""
    assert not is_spelling(latin, word)


@pytest.mark.parametrize(
    ("name", "reading"),
    [("林明日香", "hayasiasuka"), ("田池大翔", "taikehiroto"), ("川島瞳", "kawasimahitomi"), ("木下直樹", "kinositanaoki")],
)
def test_japanese_surnames_that_are_put_together_are_read(name, reading):
    """Surnames that no list has are read when their characters are those of surnames."""
    assert reading in readings_of(name)
    assert not readings_of("李明")


@pytest.mark.parametrize(
    ("seen", "original", "less"),
    [("池田直平", "柴田直平", "沼田直平"), ("酒井絵彦", "絵彦", "絵彦")],
)
def test_a_neighbouring_japanese_name_weighs_little(seen, original, less):
    """Ikeda and Shibata sound alike in Chinese alone, and a whole name is its bearer's own."""
    assert compare_names(seen, original).weight <= compare_names(less, original).weight + 12.0
    assert compare_names(seen, original).weight < 9.0


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("김민수 지점장님", "김민수"),
        ("giám đốc Trần Văn Hiếu", "Trần Văn Hiếu"),
        ("Trần Văn Hiếu bác sĩ", "Trần Văn Hiếu"),
        ("ทนายสมชาย ใจดี", "สมชาย ใจดี"),
    ],
)
def test_a_title_of_several_words_is_put_aside(seen, original):
    """A branch manager, a director, a physician and a lawyer bear the names that stand beside their titles."""
    assert compare_names(seen, original).similarity > 0.95


def test_a_rare_form_of_a_japanese_character_is_no_chance_neighbour():
    """秌 is in no honest name, so it says more of its maker than a surname that sounds alike in Chinese."""
    assert compare_names("秌山涼介", "秋山涼介").weight > 9.0
