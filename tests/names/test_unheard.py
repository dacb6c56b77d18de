# SPDX-License-Identifier: Apache-2.0
"""A word that is spelled as no name is was made from another: a slip, or a copy with one."""

import pytest

from transferguard.names import MatchKind, NameIndex, compare_names, name_rarity
from transferguard.names.keys import stored_keys
from transferguard.names.unheard import is_unheard
from transferguard.names.views import view_of
from transferguard.names.word_change import edit_cost


@pytest.mark.parametrize("word", ["nguyne", "thhanh", "vvan", "ngyen", "tmai"])
def test_what_is_no_vietnamese_syllable_is_unheard_of(word):
    """The syllables of the language are a closed set."""
    assert is_unheard(word, vietnamese=True)


@pytest.mark.parametrize("word", ["nguyen", "quynh", "khuong", "nghiem", "y", "yen", "quyen", "thuy", "xuyen", "giang"])
def test_a_vietnamese_syllable_may_be_a_name(word):
    """Whether or not a list has it."""
    assert not is_unheard(word, vietnamese=True)


@pytest.mark.parametrize("word", ["علىييي", "xqzt", "bbrown"])
def test_letters_side_by_side_that_no_name_has_are_unheard_of(word):
    """In any script that is written in letters."""
    assert is_unheard(word, vietnamese=False)


@pytest.mark.parametrize("word", ["brown", "yeonyeong", "weixiang", "katsumitsu", "hattori", "김민수", "ohno"])
def test_names_and_what_is_put_together_from_their_syllables_are_not(word):
    """A name of a list; Korean, Chinese and Japanese ones in Latin letters; Hangul, whose syllables stand in any order."""
    assert not is_unheard(word, vietnamese=False)


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Nguyễn Văn Đứức", "Nguyễn Văn Đức"),
        ("محمد حسسن", "محمد حسن"),
        ("김김지영", "김지영"),
    ],
)
def test_a_slip_that_nobody_has_in_his_name_weighs_more_than_a_namesake(seen, original):
    """Honest bearers of a common name are many, and hardly one writes it so."""
    assert compare_names(seen, original).weight > compare_names(original, original).weight


def test_a_slip_that_is_another_name_weighs_less():
    """محمود for محمد is another person."""
    other = compare_names("محمود حسن", "محمد حسن")
    slip = compare_names("محممد حسن", "محمد حسن")
    assert other.weight < slip.weight


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("Timothy Holbur", "Timothy Holburn"),
        ("Hannah Glenha", "Hannah Glenham"),
        ("Cristiane Machado Fernanddes", "Cristiane Machado Fernandes"),
        ("Guilherme Santos Areo", "Guilherme Santos Aredo"),
        ("Hannah Glenahm", "Hannah Glenham"),
    ],
)
def test_a_letter_that_is_read_as_two_is_one_edit(seen, original):
    """M is read as rn, d as cl: to leave one out is found all the same."""
    assert [hit.kind for hit in NameIndex([("a", original), ("b", "Peter Miller")]).search(seen)] == [MatchKind.EDIT]


def test_a_name_without_such_letters_has_no_further_keys():
    """Memory is spent where it finds something."""
    assert len(stored_keys(view_of("Elisa Keats"), "Elisa Keats")) < len(stored_keys(view_of("Elida Kemts"), "Elida Kemts"))


def test_the_second_of_a_name_with_tones_is_that_name():
    """What says "the second" takes no tone away."""
    name = "Trần Văn Hiếu"
    assert compare_names(name + "II", name).weight >= compare_names(name, name).weight


def test_a_given_name_that_stands_alone_is_no_whole_name():
    """Đào Duy Phúc has a surname, and Duy Phúc left his out: two people."""
    assert compare_names("Đào Duy Phúc", "Duy Phúc").weight < compare_names("Shop Trần Duy Phúc", "Trần Duy Phúc").weight


def test_two_letters_that_may_be_a_name_are_no_edit_of_three():
    """Jo is not Joe with a letter dropped."""
    assert edit_cost("jo", "joe") is None
    assert edit_cost("xq", "xqi") is not None


def test_what_is_left_of_a_shortened_name_weighs_by_how_few_are_called_so():
    """\uc6b0\ud0dc has a syllable less than most Korean names; \uc9c0\uc740 is a given name that many show alone."""
    short = compare_names("\uc6b0\ud0dc", "\uc6b0\uc815\ud0dc")
    given = compare_names("\uc9c0\uc740", "\uc784\uc9c0\uc740")
    assert short.kind is MatchKind.EDIT
    assert short.weight > given.weight


def test_two_given_syllables_that_change_places_are_another_name():
    """\ubbfc\uc9c0 and \uc9c0\ubbfc are two girls."""
    assert compare_names("\ubbfc\uc9c0", "\uc9c0\ubbfc").weight < compare_names("\uc9c0\ubbfc", "\uc9c0\ubbfc").weight - 4


def test_a_dropped_character_of_a_japanese_name_is_found():
    """\u5b89\u85e4\u614e for \u5b89\u85e4\u614e\u4ecb: what is left is a surname and one character, which few have."""
    assert (
        compare_names("\u5b89\u85e4\u614e", "\u5b89\u85e4\u614e\u4ecb").weight > compare_names("\u674e\u798f", "\u674e\u798f\u5bb6").weight
    )


def test_brothers_named_by_sound_are_owed_to_the_family():
    """What a rare surname and a shared character are worth does not make brothers look like thieves."""
    rare = name_rarity("\u9a6c\u8bed\u4fe1") - compare_names("\u9a6c\u8bed\u614e", "\u9a6c\u8bed\u4fe1").weight
    common = name_rarity("\u738b\u5efa\u4fe1") - compare_names("\u738b\u5efa\u614e", "\u738b\u5efa\u4fe1").weight
    assert rare > common + 1
