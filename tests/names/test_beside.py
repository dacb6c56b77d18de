# SPDX-License-Identifier: Apache-2.0
"""What stands at a name without being part of it: markup, assurances, ordinals, marks, and what families share."""

import pytest

from transferguard.names import MatchKind, compare_names
from transferguard.names.views import view_of


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("[Алла Лужарова](http://x.example)", "Алла Лужарова"),
        ("%sИнна Иванова", "Инна Иванова"),
        ("Инна Иванова\x1b[2K safe", "Инна Иванова"),
        ("<b>김은희</b>", "김은희"),
        ("&lt;Günter Brandt&gt;", "Günter Brandt"),
        ("Анна ИвановаII", "Анна Иванова"),
        ("신미정II", "신미정"),
        ("林文1号", "林文"),
        ("是我杨莎东", "杨莎东"),
        ("新李荔文", "李荔文"),
        ("AAEric Smith", "Eric Smith"),
        ("AAAÉmile Zola", "AAAÉmile Zola"),
        ("Ashley Newha™™m", "Ashley Newham"),
        ("Ro6ert0 Fonero", "Roberto Fonero"),
        ("Mor6an Freema", "Morgan Freema"),
        ("ɪǫʙᴀʟ ᴋᴜᴍᴀʀ", "Iqbal Kumar"),
        ("ꓟꓮꓲ Phạm", "Mai Phạm"),
        ("حسين ٱلجبوري", "حسين الجبوري"),
        ("शयाम खान", "श्याम ख़ान"),
        ("นี่คือมานะ นครวัฒน์", "มานะ นครวัฒน์"),
        ("สวัสดีครับผมมานะ นครวัฒน์", "มานะ นครวัฒน์"),
        ("มานะ นครวัฒน์พูดครับ", "มานะ นครวัฒน์"),
        ("김민수라고합니다", "김민수"),
        ("Nguyễn Văn Quân chính chủ", "Nguyễn Văn Quân"),
        ("木易莎东", "杨莎东"),
        ("徐王㐱小", "徐珍小"),
        ("桑衡云", "桑峰云"),
    ],
)
def test_what_stands_at_a_name_does_not_hide_it(seen, original):
    """A name is read through what a program would obey and a reader would skip."""
    found = compare_names(seen, original)
    assert found.kind is not MatchKind.DIFFERENT
    assert found.weight > 5


@pytest.mark.parametrize(
    ("seen", "honest", "original"),
    [
        ("[Алла Лужарова](http://x)", "Алла Лужарова!", "Алла Лужарова"),
        ("김지현̅", "김지현.", "김지현"),
        ("エ藤明", "工藤明!", "工藤明"),
        ("حسين ٱلجبوري", "حسين الجبوري.", "حسين الجبوري"),
        ("Алла Лужарова проверено", "Алла Лужарова.", "Алла Лужарова"),
    ],
)
def test_what_no_honest_namesake_writes_adds_weight(seen, honest, original):
    """Markup, assurances, foreign marks and letters of other writings speak for a copy; a full stop does not."""
    assert compare_names(seen, original).weight > compare_names(honest, original).weight


def test_a_name_that_ends_like_a_particle_stays_whole():
    """มานะ is a name although นะ is a particle, with and without what stands before it."""
    assert view_of("อาจารย์มานะ").core == view_of("มานะ").core


@pytest.mark.parametrize("name", ["Aaron Smith", "AAron Smith", "HawaIIan", "Anna_www", "50% off"])
def test_honest_names_keep_what_looks_like_company(name):
    """Two letters A, two letters I and a sign of percent are part of what people write."""
    assert view_of(name).core == view_of(name.replace("www", "www")).core
    assert compare_names(name, name).kind is MatchKind.EXACT


@pytest.mark.parametrize(("brother", "disguise", "original"), [("袁士浩", "袁士澔", "袁士皓"), ("郑颖珊", "郑颖奇", "郑颖琦")])
def test_brothers_and_sisters_weigh_less_than_a_disguise(brother, disguise, original):
    """Who shares surname, generation character and a component is of the family more often than a thief."""
    assert compare_names(brother, original).weight < compare_names(disguise, original).weight


def test_a_rare_surname_and_a_shared_character_are_owed_to_the_family():
    """The rarer the surname, the likelier that two who share it and a generation character are related: the weight stays bounded."""
    assert compare_names("薄小淳", "薄小军").weight < 17
    assert compare_names("诸葛晶平", "诸葛晶萍").weight < 17


@pytest.mark.parametrize(
    ("apart", "joined", "original"),
    [
        ("هشام عوض (النورس)", "هشام عوض النورس", "هشام عوض"),
        ("هشام عوض - النورس", "هشام عوض النورس", "هشام عوض"),
        ("सुनीता चौहान | टाटास्काई", "सुनीता चौहान टाटास्काई", "सुनीता चौहान"),
        ("النورس @ هشام عوض", "النورس هشام عوض", "هشام عوض"),
    ],
)
def test_what_a_line_or_bracket_sets_apart_from_a_long_name_is_an_employer(apart, joined, original):
    """Fathers' names stand in a row with the name."""
    assert compare_names(apart, original).weight > compare_names(joined, original).weight + 1.5


@pytest.mark.parametrize(
    ("apart", "original"),
    [
        ("هشام عوض (الكندي)", "هشام عوض"),
        ("هشام (عوض النورس)", "هشام عوض"),
        ("هشام عوض (النورس)", "هشام عوض (الصقر)"),
    ],
)
def test_a_name_in_brackets_is_no_employer(apart, original):
    """A family name behind a line, or half of the name, tells of another person."""
    assert compare_names(apart, original).weight < compare_names("هشام عوض (النورس)", "هشام عوض").weight - 1.5
