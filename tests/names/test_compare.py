# SPDX-License-Identifier: Apache-2.0
"""What two names have in common, and what it is worth."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.names.strategies import ANY_TEXT, INKLESS, NAMES
from transferguard.names import MatchKind, TrickKind, compare_names


@pytest.mark.parametrize(
    ("seen", "original", "kind", "trick"),
    [
        ("李思远", "李思远", MatchKind.EXACT, None),
        ("李\u200b思远", "李思远", MatchKind.EXACT, TrickKind.INVISIBLE),
        ("李思\u202a远", "李思远", MatchKind.EXACT, TrickKind.BIDI),
        ("李思远\ufe00", "李思远", MatchKind.EXACT, TrickKind.VARIATION),
        ("Ａｌｉｃｅ Brown", "Alice Brown", MatchKind.LOOK, TrickKind.WIDTH),
        ("𝓐𝓵𝓲𝓬𝓮 Brown", "Alice Brown", MatchKind.LOOK, TrickKind.STYLED),
        ("🅰🅻🅸🅲🅴 Brown", "Alice Brown", MatchKind.LOOK, TrickKind.ENCLOSED),
        ("🇦🇱🇮🇨🇪 Brown", "Alice Brown", MatchKind.LOOK, TrickKind.REGIONAL),
        ("ᴀʟɪᴄᴇ Brown", "Alice Brown", MatchKind.LOOK, TrickKind.SMALL_CAPITAL),
        ("Аlice Brown", "Alice Brown", MatchKind.LOOK, TrickKind.CONFUSABLE),
        ("A̷l̷ice Brown", "Alice Brown", MatchKind.LOOK, TrickKind.OVERLAY),
        ("Alíce Brown", "Alice Brown", MatchKind.LOOK, TrickKind.DIACRITIC),
        ("ALICE brown", "Alice Brown", MatchKind.EXACT, TrickKind.CASE),
        ("A1ice Br0wn", "Alice Brown", MatchKind.LOOK, TrickKind.ASCII_LOOKALIKE),
        ("李國强", "李国强", MatchKind.LOOK, TrickKind.TRADITIONAL),
        ("⾦明远", "金明远", MatchKind.LOOK, TrickKind.COMPATIBILITY),
        ("エ藤明", "工藤明", MatchKind.LOOK, TrickKind.KANA_FOR_HAN),
        ("季思远", "李思远", MatchKind.LOOK, TrickKind.HAN_SIBLING),
        ("李思源", "李思远", MatchKind.SOUND, TrickKind.HOMOPHONE),
        ("黄建国", "王建国", MatchKind.SOUND, TrickKind.NEAR_HOMOPHONE),
        ("Li Siyuan", "李思远", MatchKind.ROMANISED, TrickKind.ROMANISED),
        ("Ivan Petrov", "Иван Петров", MatchKind.ROMANISED, TrickKind.ROMANISED),
        ("Kim Chul-soo", "김철수", MatchKind.ROMANISED, TrickKind.ROMANISED),
        ("Chan Kin Kwok", "陳建國", MatchKind.ROMANISED, TrickKind.ROMANISED),
        ("Brown Alice", "Alice Brown", MatchKind.REORDERED, TrickKind.REORDERED),
        ("木子思远", "李思远", MatchKind.LOOK, TrickKind.SPLIT),
        ("耳东思远", "陈思远", MatchKind.LOOK, TrickKind.SPLIT),
        ("弓长张思远", "张思远", MatchKind.LOOK, TrickKind.SPLIT),
        ("Alcie Brown", "Alice Brown", MatchKind.EDIT, TrickKind.TRANSPOSED),
        ("李远思", "李思远", MatchKind.EDIT, TrickKind.TRANSPOSED),
        ("李思远二", "李思远", MatchKind.DECORATED, TrickKind.DIGITS),
        ("Alie Brown", "Alice Brown", MatchKind.EDIT, TrickKind.DROPPED),
        ("Alicce Brown", "Alice Brown", MatchKind.EDIT, TrickKind.DOUBLED),
        ("Alyce Brown", "Alice Brown", MatchKind.SOUND, TrickKind.RESPELLED),
        ("Bob Brown", "Robert Brown", MatchKind.NICKNAME, TrickKind.NICKNAME),
        ("阿明", "李明", MatchKind.NICKNAME, TrickKind.NICKNAME),
        ("李思远老师", "李思远", MatchKind.LOOK, TrickKind.TITLE),
        ("李思远🌸", "李思远", MatchKind.EXACT, TrickKind.EMOJI),
        ("\u202enworB ecilA", "Alice Brown", MatchKind.LOOK, TrickKind.BIDI),
    ],
)
def test_each_family_of_disguise_is_recognised_and_named(seen, original, kind, trick):
    """The kind says what they have in common, a trick says what was done."""
    found = compare_names(seen, original)

    assert found.kind is kind
    assert trick is None or trick in {one.kind for one in found.tricks}


def test_a_trick_reads_as_one_stable_line():
    """Operators read what stands for what, with code points and the place."""
    (trick,) = compare_names("明季思远"[1:], "李思远").tricks

    assert trick.text == "Han sibling: 季 (U+5B63) for 李 (U+674E) at 0"
    assert (trick.at, trick.seen, trick.original, trick.honest) == (0, "季", "李", True)


def test_case_and_traditional_forms_are_honest_and_zero_width_is_not():
    """An honest person may write a name in capitals, nobody types a zero-width space."""
    (case,) = compare_names("ALICE", "alice").tricks[:1]
    (hidden,) = compare_names("ali\u200bce", "alice").tricks

    assert case.honest
    assert not hidden.honest


def test_a_rare_name_weighs_more_than_a_common_one():
    """张伟 alone is little; 李思远 is much."""
    rare, common = compare_names("李思远", "李思远"), compare_names("张伟", "张伟")

    assert 17 < rare.weight < 21
    assert 10 < common.weight < 12


def test_a_disguise_weighs_less_than_a_copy():
    """A homophone, a sibling and an edit cost bits."""
    copy = compare_names("李思远", "李思远").weight

    assert all(compare_names(seen, "李思远").weight < copy for seen in ("李思源", "季思远", "思远", "Li Siyuan"))


def test_two_people_with_different_names_are_different():
    """Different names weigh against imposture."""
    found = compare_names("王伟", "李思远")

    assert (found.kind, found.tricks) == (MatchKind.DIFFERENT, ())
    assert found.weight < 0


def test_two_accents_that_differ_are_two_names():
    """Thùy and Thủy are two people; Thuy may be either."""
    assert compare_names("Phan Ngọc Thùy", "Phan Ngọc Thủy").weight < compare_names("Phan Ngoc Thuy", "Phan Ngọc Thủy").weight


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_similarity_is_symmetric_and_weights_are_finite(one, other):
    """Whatever the strings: no exception, the same likeness both ways, a finite weight."""
    there, back = compare_names(one, other), compare_names(other, one)

    assert there.similarity == back.similarity
    assert 0.0 <= there.similarity <= 1.0
    assert math.isfinite(there.weight)
    assert all(trick.text and 0 <= trick.at <= len(one) for trick in there.tricks)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.lists(st.tuples(st.integers(0, 20), st.sampled_from(INKLESS)), max_size=6))
def test_what_leaves_no_ink_never_lowers_the_weight(name, additions):
    """Hiding characters between the letters of a copy buys nothing."""
    seen = name
    for at, char in additions:
        seen = seen[:at] + char + seen[at:]

    assert compare_names(seen, name).weight >= compare_names(name, name).weight


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_a_name_equals_itself(name):
    """The similarity of a name with itself is 1, unless nothing of it is left."""
    found = compare_names(name, name)

    assert found.kind is MatchKind.DIFFERENT or found.similarity == 1.0


@pytest.mark.parametrize("seen", ["张 伟", "李·明伟 伟", "Tom 伟"])
def test_a_single_character_beside_others_is_nobodys_name(seen):
    """Whoever is kept as 伟 alone is not copied by everybody who has that character."""
    assert compare_names(seen, "伟").kind is MatchKind.DIFFERENT


def test_a_reading_that_is_rare_for_both_makes_no_homophone():
    """冉 and 石 may both be read dan, and hardly anybody reads either so."""
    assert compare_names("冉思远", "石思远").kind is MatchKind.DIFFERENT


@pytest.mark.parametrize(
    ("seen", "original", "kind"),
    [
        ("R on Hill", "Ron Hill", MatchKind.EXACT),
        ("R Kelly", "Ron Kelly", MatchKind.NICKNAME),
        ("Я Вова Петров", "Вова Петров", MatchKind.LOOK),
        ("я Вова Петров", "Вова Петров", MatchKind.LOOK),
        ("Вова Я", "Ирина Петрова", MatchKind.DIFFERENT),
    ],
)
def test_the_russian_for_i_is_no_latin_initial(seen, original, kind):
    """Я before a Cyrillic name says who is writing; an R before a Latin one is a letter of it."""
    assert compare_names(seen, original).kind is kind
