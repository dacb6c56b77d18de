# SPDX-License-Identifier: Apache-2.0
"""Thai and Japanese names in Latin letters: found by consonants and by readings, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.names import MatchKind, NameIndex, compare_names
from transferguard.names.enrolled import enrolled_name
from transferguard.names.japanese import consonants_of, consonants_of_readings, plain_sound, readings_of
from transferguard.names.thai import is_spelling, latin_classes, thai_classes, thai_words

_SPELLED = [
    ("Somchai Suwannarat", "สมชาย สุวรรณรัตน์"),
    ("Thongchai Kritsana", "กฤษณะ ทองชัย"),
    ("Surasak Watthanadi", "สุรศักดิ์ วัฒนดี"),
    ("Chanphen Suksi", "จันทร์เพ็ญ สุขศรี"),
    ("Siriphon Thonggun", "ศิริพร ทองกุล"),
    ("Khamdi Mahasuk", "คำดี มหาสุข"),
    ("Wichai Saengsuk", "วิชัย แสงสุข"),
    ("Kenichi Yamada", "山田健一"),
    ("Keniti Yamada", "山田健一"),
    ("SASAKI Mayumi", "佐々木真由美"),
    ("Hasegawa Yui", "長谷川結衣"),
    ("Takahashi Shiniti", "高橋慎一"),
    ("Miura Hiromi", "三浦ひろみ"),
]


@pytest.mark.parametrize(("seen", "original"), _SPELLED)
def test_a_name_is_found_by_how_it_sounds(seen, original):
    """Whoever writes the name of a Thai or Japanese contact in Latin letters, by any usual system and in either order, is found."""
    assert compare_names(seen, original).kind is MatchKind.ROMANISED
    assert compare_names(original, seen).kind is MatchKind.ROMANISED
    assert [hit.kind for hit in NameIndex([(1, original)]).search(seen)] == [MatchKind.ROMANISED]


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Kaeodi Prayun", "ประยูร แก้ววัฒน์"),
        ("Watthanangam Adisak", "อดิศักดิ์ ทองงาม"),
        ("Somchai", "สมชาย สุวรรณรัตน์"),
        ("Somchai Suwannarat", "สุวรรณรัตน์"),
        ("Kenichi Yamamoto", "山田健一"),
        ("Taro", "山田太郎"),
        ("Ng", "ๆ"),
        ("1234", "山田健一"),
    ],
)
def test_another_sound_is_another_name(seen, original):
    """Classes of consonants only find a name; whether the spelling is its own is read letter by letter."""
    assert compare_names(seen, original).kind is MatchKind.DIFFERENT


@pytest.mark.parametrize(("seen", "original"), _SPELLED[:1] + _SPELLED[-1:])
def test_names_that_are_read_by_sound_are_found_however_they_came_into_the_index(seen, original):
    """Told at first, added later, loaded, or worked out before: a name is found, beside names that need no such keys."""
    latin = ("other", "Alice Brown")
    added = NameIndex([latin])
    added.add("one", original)
    loaded = NameIndex.from_bytes(added.to_bytes())
    enrolled = NameIndex([latin, ("one", original)], enrolled={original: enrolled_name(original)})
    for index in (added, loaded, enrolled):
        assert [hit.id for hit in index.search(seen)] == ["one"]


def test_a_letter_of_a_reading_may_be_wrong_and_costs():
    """A reading that is off by a letter is a likeness of less weight."""
    right, wrong = (compare_names(seen, "山田健一").weight for seen in ("Kenichi Yamada", "Kenichi Yamara"))
    assert 0 < wrong < right


def test_a_chinese_name_has_no_japanese_readings():
    """What begins with a Chinese surname and no Japanese one, and what no table reads, is left to Mandarin."""
    assert not readings_of("李明远")
    assert not readings_of("王")
    assert not readings_of("山田龘龘美")
    assert not consonants_of_readings("李明远")


def test_readings_are_bounded_whatever_the_name():
    """A name has a few dozen keys and a few hundred sounds at most."""
    assert len(consonants_of_readings("長谷川小百合")) <= 32
    assert len(readings_of("佐々木真由美")) <= 256


def test_systems_and_voices_are_one_sound():
    """Hepburn and Kunrei, voiced and unvoiced, long and short come out alike."""
    assert plain_sound("Keniti".casefold()) == plain_sound("kenichi")
    assert plain_sound("shoutarou") == plain_sound("syotaro")
    assert consonants_of("matsushita") == consonants_of("matusita")
    assert (latin_classes("thongchai"),) in thai_classes("ทองชัย")


@given(st.text(alphabet="กขงจตนรวยสหอมญไใาิ์ ", max_size=60), st.text(alphabet="abcdghijkmnorstuwy", max_size=60))
def test_any_thai_word_is_compared_with_any_latin_one(thai, latin):
    """No word of either writing raises."""
    assert is_spelling(latin, thai) in {True, False}
    assert len(thai_words(thai)) <= 4


@given(st.text(alphabet="佐藤田中ーっゃんッ翔太ゝ・々ァ", max_size=8), st.text(alphabet="abcdhikmnorstuwy ", max_size=20))
def test_kana_that_sound_as_nothing_alone_are_read_too(japanese, latin):
    """A long mark, a small letter, a point between words: any of them may stand anywhere in what a stranger calls himself."""
    assert compare_names(latin, japanese).similarity == compare_names(japanese, latin).similarity


@pytest.mark.parametrize("seen", ["Prasert Phetthong", "Prasoet Phetthong", "Prahsert Petchthong"])
def test_an_r_that_is_written_in_latin_letters_alone_is_looked_up(seen: str) -> None:
    """The r of เสริ is not heard, and most bearers write it."""
    assert NameIndex([("x", "ประเสริฐ เพชรทอง")]).search(seen)


@pytest.mark.parametrize("seen", ["Phimjahi Lahmduan", "Phimjai Lamduan"])
def test_a_thai_a_may_be_written_ah(seen: str) -> None:
    """Also where the vowel stands before the consonant."""
    assert NameIndex([("x", "พิมพ์ใจ ลำดวน")]).search(seen)


@pytest.mark.parametrize("seen", ["สายฝน คกุล", "สายฝน คกำุล"])
def test_a_thai_vowel_of_two_characters_is_one_letter(seen: str) -> None:
    """The fold takes sara am apart."""
    assert NameIndex([("x", "สายฝน คำกุล")]).search(seen)
