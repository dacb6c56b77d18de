# SPDX-License-Identifier: Apache-2.0
"""Fifty ways to fake a display name, each of them seeded, divided, and free of the judged engine."""

import ast
from pathlib import Path
from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transferguard.testing.disguises as room
from transferguard.testing.disguises import DISGUISES, DisguiseClass, Known, drift, flood
from transferguard.testing.disguises.han import visual_sibling
from transferguard.testing.disguises.sound import cantonese, near_readings, pinyin, wade_giles
from transferguard.testing.populations import Culture, draw_people, draw_victims
from transferguard.testing.split import Split

LI_MING = Known(display_name="李明", family="李", given="明", latin="Ming Li", culture=Culture.CHINESE)
CHEN_JIANGUO = Known(display_name="陈建国", family="陈", given="建国", latin="Jianguo Chen", culture=Culture.CHINESE)
ALICE = Known(display_name="Alice Brown", family="Brown", given="Alice", latin="Alice Brown", culture=Culture.LATIN)


def known(person):
    """A victim of whom everything is known."""
    return Known.of(person, remark="王总", former_name="追风", group_nickname="二班家长")


def test_every_number_of_the_list_has_a_disguise():
    """All fifty ways stand in the registry."""
    assert {entry.number for entry in DISGUISES.values()} >= set(range(1, 51))


def test_the_judge_reads_nothing_from_the_engine():
    """No file of this room imports the names room."""
    for file in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "transferguard.names" not in ast.dump(node)


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_every_disguise_works_somewhere_on_the_report_split(name):
    """No part of a table is empty where it counts."""
    disguise = DISGUISES[name]
    for split in (Split.TUNE, Split.REPORT):
        found = 0
        for culture in sorted(disguise.cultures):
            people = draw_victims(culture, 40, seed=1, split=split)
            found += sum(disguise(known(person), Random(2), split=split) is not None for person in people)
        assert found > 0


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_a_disguise_is_seeded_and_changes_something(name):
    """The same seed gives the same name, and what is no plain copy differs from the victim's name."""
    disguise = DISGUISES[name]
    for culture in sorted(disguise.cultures):
        for person in draw_people(culture, 10, seed=3):
            first, again = (disguise(known(person), Random(4)) for _ in range(2))
            assert first == again
            assert disguise.kind is DisguiseClass.COPY or first != person.verified_name


def test_a_disguise_answers_nothing_outside_its_scripts():
    """No Pinyin of an English name."""
    assert DISGUISES["pinyin"](ALICE, Random(1)) is None


def test_table_entries_used_for_tuning_never_occur_in_the_report():
    """The same character is replaced by other siblings in each part."""
    seen = {split: {visual_sibling(LI_MING, Random(seed), split) for seed in range(200)} - {None} for split in Split}

    assert seen[Split.TUNE].isdisjoint(seen[Split.REPORT])
    assert seen[Split.CHECK].isdisjoint(seen[Split.REPORT])


@pytest.mark.parametrize("name", ["width", "mathematical", "enclosed"])
def test_alphabets_of_unicode_normalise_back_to_the_name(name):
    """Full-width and mathematical letters are the same letters to NFKC; enclosed ones at least hold their letters."""
    letters = {
        letter for seed in range(30) for letter in normalize("NFKC", DISGUISES[name](ALICE, Random(seed)) or "").lower() if letter.isascii()
    }

    assert letters >= set("alicebrown")


def test_readings_of_a_chinese_name():
    """Pinyin, Wade-Giles and Hong Kong spelling of one name."""
    assert {pinyin(LI_MING, Random(seed), None) for seed in range(60)} >= {"Li Ming", "LiMing", "Ming Li", "li ming"}
    assert {wade_giles(CHEN_JIANGUO, Random(seed), None) for seed in range(60)} >= {"Ch'en Chien-kuo", "Chen Chien-kuo"}
    assert {cantonese(CHEN_JIANGUO, Random(seed), None) for seed in range(60)} >= {"Chan Kin Kwok"}
    assert pinyin(Known(display_name="追风", culture=Culture.CHINESE), Random(1), None) is None
    assert wade_giles(Known(display_name="追风", culture=Culture.CHINESE), Random(1), None) is None


@pytest.mark.parametrize(("spoken", "near"), [("nan", "lan"), ("zhang", "zang"), ("zan", "zhan"), ("fang", "fan"), ("lin", "ling")])
def test_near_readings_follow_dialects(spoken, near):
    """N and l, zh and z, an and ang are not kept apart, in both directions."""
    assert near in near_readings(spoken, None)


def test_near_readings_change_no_other_initial():
    """Zh is not taken for a z followed by h, and ang not for an an followed by g."""
    assert "zhhang" not in near_readings("zhang", None)
    assert "lang" not in near_readings("ling", None)


@given(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6), st.integers(1, 8))
@settings(max_examples=50)
def test_a_drift_ends_at_the_wanted_name(old, wanted, steps):
    """As many renames as asked for, the last one complete."""
    names = drift(old, wanted, steps=steps)

    assert len(names) == steps
    assert names[-1] == wanted


def test_a_flood_has_the_size_asked_for():
    """Many near copies, hardly any twice."""
    names = flood(CHEN_JIANGUO, Random(1), count=100)

    assert len(names) == 100
    assert len(set(names)) > 60


@given(
    seed=st.integers(0, 100_000),
    name=st.sampled_from(sorted(DISGUISES)),
    shown=st.text(min_size=1, max_size=8),
    culture=st.sampled_from(Culture),
)
@settings(max_examples=200)
def test_no_name_breaks_a_disguise(seed, name, shown, culture):
    """Victims have odd names, too: the answer is a name or none, never an error."""
    victim = Known(
        display_name=shown, family=shown[:1], given=shown[1:] or shown, latin=shown, remark=shown, former_name=shown, culture=culture
    )

    answer = DISGUISES[name](victim, Random(seed), split=None)

    assert answer is None or answer
