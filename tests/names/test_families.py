# SPDX-License-Identifier: Apache-2.0
"""Each way to change a name, beside its neighbours: what it is told as, and that it weighs more or less than they do."""

import json
import struct
import zlib

import numpy as np
import pytest

from transferguard import names
from transferguard.decision import MatchResult
from transferguard.errors import InvalidInput
from transferguard.names import (
    MatchKind,
    NameIndex,
    Trick,
    TrickKind,
    compare_names,
    find_role,
    fold,
    inspect_name,
    match_payee,
    name_rarity,
    ranks,
)
from transferguard.names.characters import kind_of_pair
from transferguard.names.graphemes import graphemes
from transferguard.names.holders import holders
from transferguard.names.keys import KEYS_VERSION
from transferguard.names.letters import match_letters
from transferguard.names.postings import Postings


@pytest.mark.parametrize(
    ("seen", "original", "kind"),
    [
        ("李思远-腾讯", "李思远", MatchKind.LOOK),
        ("张三-李思源", "李思远", MatchKind.SOUND),
        ("张三-李思远", "李思远", MatchKind.DECORATED),
        ("思远李", "李思远", MatchKind.REORDERED),
        ("李李思远", "李思远", MatchKind.EDIT),
        ("陈婷婷", "陈婷", MatchKind.EDIT),
        ("李琴思远", "李思远", MatchKind.EDIT),
        ("小李思远", "李思远", MatchKind.DECORATED),
        ("李思远总", "李思远", MatchKind.DECORATED),
        ("李明总", "李明", MatchKind.DECORATED),
        ("李思远工程队", "李思远", MatchKind.DECORATED),
        ("黑森林李思远", "李思远", MatchKind.DECORATED),
        ("黑李思远", "思远", MatchKind.DECORATED),
        ("明哥", "李明", MatchKind.NICKNAME),
        ("木子木子明", "李李明", MatchKind.LOOK),
        ("杏思远", "李思远", MatchKind.LOOK),
        ("叁明远", "三明远", MatchKind.SOUND),
        ("佐藤太朗", "佐藤太郎", MatchKind.SOUND),
        ("明明明", "明", MatchKind.DIFFERENT),
        ("杨伟", "王芳", MatchKind.DIFFERENT),
        ("AliceBrown", "Alice Brown", MatchKind.EXACT),
        ("Alice Smith", "Alice Brown", MatchKind.DIFFERENT),
        ("Alice Mary Brown", "Alice Brown", MatchKind.DECORATED),
        ("A Alice Brown", "Alice Brown", MatchKind.DECORATED),
        ("Mary Alicce Brown", "Alice Brown Mary", MatchKind.EDIT),
        ("Esra Yildirim", "Esra", MatchKind.DECORATED),
        ("Anh Nguyễn Văn Hùng", "Nguyễn Văn Hùng", MatchKind.DECORATED),
        ("sunny rain", "rain sunny day", MatchKind.REORDERED),
        ("cloudd rain", "cloud rain", MatchKind.EDIT),
        ("김철수수", "김철수", MatchKind.EDIT),
        ("김수철", "김철수", MatchKind.EDIT),
        ("김수", "김철수", MatchKind.EDIT),
        ("김 철수", "김철수", MatchKind.EXACT),
        ("영민", "김철수", MatchKind.DIFFERENT),
        ("Lv Yumei", "吕玉梅", MatchKind.ROMANISED),
        ("Tse Tsz Wah", "謝子華", MatchKind.ROMANISED),
        ("Kim Ji Eun", "김지은", MatchKind.ROMANISED),
        ("これはAnuha", "Алина", MatchKind.DIFFERENT),
        ("Anuha", "Алина", MatchKind.LOOK),
        ("Βrown 𝐀lice", "Alice Brown", MatchKind.REORDERED),
        ("це я Alice Brown", "Alice Brown", MatchKind.LOOK),
        ("Alice Brown it's me", "Alice Brown", MatchKind.LOOK),
        ("Alice BrownII", "Alice Brown", MatchKind.LOOK),
        ("Antônia", "Antonia", MatchKind.LOOK),
        ("李思远琴", "李思远", MatchKind.DECORATED),
        ("小林思远", "林思远", MatchKind.DECORATED),
        ("琴林思远", "林思远", MatchKind.EDIT),
        ("白山愛子", "白山愛字", MatchKind.SOUND),
        ("小林太子", "小林大子", MatchKind.LOOK),
        ("李思远李思远", "李思远", MatchKind.DECORATED),
        ("大大王白", "太犬玉日", MatchKind.DIFFERENT),
        ("太犬玉曰", "大太王日", MatchKind.DIFFERENT),
        ("我是李思远", "李思远", MatchKind.LOOK),
        ("Alice Brown x", "Alice Brown", MatchKind.DECORATED),
        ("Alice Brown Mary", "Alice Brown", MatchKind.DECORATED),
        ("Ich bin Alice Brown", "Alice Brown", MatchKind.LOOK),
        ("Brown x Alice", "Alice Brown", MatchKind.DECORATED),
        ("Andrey Mary Brown", "Audrey Brown", MatchKind.DECORATED),
        ("Alice Brown " + "z " * 200, "Alice Brown", MatchKind.DECORATED),
    ],
)
def test_a_change_is_told_as_what_it_is(seen, original, kind):
    """One example for each rule that pairs two names."""
    assert compare_names(seen, original).kind is kind


@pytest.mark.parametrize(
    ("likelier", "less_likely", "original"),
    [
        ("李思远(新号)", "李思远老师", "李思远"),
        ("小杰李", "小杰", "李小杰"),
        ("李思远总", "李思远琴", "李思远"),
        ("A1ice Brown", "Alicf Brown", "Alice Brown"),
        ("Alice Brown (Acme)", "Alice Mary Brown", "Alice Brown"),
        ("杏思远", "李思进", "李思远"),
        ("Chan Kin Kwok", "Chen Jinguo", "陳建國"),
        ("Lucia Rossi", "Luda Rossi", "Lucia Rossi"),
    ],
)
def test_the_likelier_disguise_weighs_more(likelier, less_likely, original):
    """What no honest bearer would have counts for more than what many have."""
    assert compare_names(likelier, original).weight > compare_names(less_likely, original).weight


def test_an_honest_bearer_of_the_seen_name_is_the_other_story():
    """However rare the original, a seen name that many people have says little."""
    common, rare = compare_names("小杰", "少杰"), compare_names("孝杰", "笑杰")

    assert common.weight < rare.weight


def test_two_real_names_that_look_alike_are_two_people():
    """Audrey and Andrey differ by strokes that the eye joins, and both are in the lists."""
    assert compare_names("Andrey Rossi", "Audrey Rossi").weight < compare_names("Axudrey Rossi", "Axndrey Rossi").weight


class _Written:
    """A host that knows people by their names as they are written."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def share(self, name: str) -> float | None:
        self.asked.append(name)
        return 0.25 if name == "Alice Brown" else None


@pytest.mark.parametrize("name", ["Alice Brown", "Alice Brown 🌸", "Dr. Alice  Brown", "Alice Brown 2"])
def test_a_host_is_asked_for_the_name_as_it_is_written(name):
    """Frequencies that a host keeps by written names answer, whatever stands beside the name."""
    assert name_rarity(name, frequencies=_Written()) == 2.0


def test_a_host_that_knows_nothing_is_asked_for_every_form():
    """Then the published model answers."""
    host = _Written()

    assert name_rarity("Bella Brown ⭐", frequencies=host) == name_rarity("Bella Brown")
    assert host.asked == ["Bella Brown ⭐", "Bella Brown", "bella brown"]


@pytest.mark.parametrize(
    ("name", "found"),
    [("我的妈妈", True), ("my mum", True), ("二叔", True), ("旺财财务", True), ("小客服装店", False), ("我的天", False), ("我明", False)],
)
def test_a_title_is_a_title_alone_or_as_mine(name, found):
    """A title within another word is none."""
    assert (find_role(name) is not None) is found


@pytest.mark.parametrize(
    ("trick", "text"),
    [
        (Trick(kind=TrickKind.DROPPED, at=1, seen="", original="思"), "Dropped: nothing for 思 (U+601D) at 1"),
        (Trick(kind=TrickKind.EMPTY, at=0, seen="", original=""), "Empty at 0"),
        (Trick(kind=TrickKind.TITLE, at=3, seen="老师", original=""), "Title: 老师 at 3"),
        (Trick(kind=TrickKind.INVISIBLE, at=3, seen="\u200b" * 14, original=""), "Invisible: (" + "U+200B " * 12 + "…) at 3"),
    ],
)
def test_a_trick_is_told_in_one_line(trick, text):
    """Whatever is missing, added or cannot be seen."""
    assert trick.text == text


def test_what_the_tables_do_not_have_is_empty():
    """A list that nobody wrote has no entries."""
    assert ranks.ranked("klingon") == {}


def test_a_hangul_surname_may_stand_apart():
    """김 철수 is as rare as 김철수, and what is no Korean name is rarer."""
    assert name_rarity("김 철수") == name_rarity("김철수")
    assert name_rarity("뷁쉙꿹") > name_rarity("김지은")


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("👩\u200d💻a", ["👩\u200d💻", "a"]),
        ("🇨🇳🇺🇸", ["🇨🇳", "🇺🇸"]),
        ("a" + "\u0301" * 20, ["a" + "\u0301" * 9]),
        ("क्ष", ["क्ष"]),
    ],
)
def test_what_the_eye_takes_for_one_character_is_one(text, clusters):
    """Joined emoji, flags, stacked marks and conjuncts."""
    assert graphemes(text) == clusters


def test_an_empty_side_of_a_trading_name_is_no_holder():
    """Nothing stands before the first trading word."""
    assert holders("t/a Bergs Backstube") == ["t/a Bergs Backstube", "Bergs Backstube"]


def test_an_index_of_many_people_casts_a_narrower_net():
    """Two changes in a two-character name are chance among thousands of people."""
    index = NameIndex((str(at), chr(0x4E00 + at % 2000) + chr(0x5E00 + at // 2000) + "明") for at in range(3_100))
    index.add("u1", "李明")

    assert index.search("李明")[0].id == "u1"
    assert index.search("季明")[0].id == "u1"


def test_the_house_lists_its_public_names():
    """What may be imported is what is documented."""
    assert dir(names) == sorted(names.__all__)


def test_a_letter_with_a_tail_is_a_letter_with_a_mark():
    """Latin letters that fold alike differ by a mark."""
    assert kind_of_pair("ŋ", "n") is TrickKind.DIACRITIC


def test_the_fold_forgets_what_it_has_no_room_for(monkeypatch):
    """A full table still answers."""
    monkeypatch.setattr(fold, "_CACHED_MAX", 0)

    assert "A".translate(fold.FoldTable()) == "a"


def test_no_more_tricks_are_told_than_fit_a_page():
    """Forty invisible characters are told as thirty-two."""
    assert len(inspect_name("a" + "\u200b" * 40).tricks) == 32


def test_words_that_are_the_same_are_no_change():
    """The letters alone, without views."""
    found = match_letters(("alice",), ("alice",))

    assert found is not None
    assert not found.changes


def test_a_company_that_is_one_letter_off_is_close():
    """A slip in the name of a company."""
    assert match_payee("Acme Tradng GmbH", "Acme Trading GmbH") is MatchResult.CLOSE_MATCH


def test_an_index_written_for_other_keys_is_worked_out_anew():
    """A saved index outlives a change of the tables."""
    data = NameIndex([("u1", "李思远")]).to_bytes()
    older = data[:6] + b"\x00\x00" + data[8:]

    assert NameIndex.from_bytes(older).search("季思远")[0].id == "u1"


def test_an_id_of_an_unknown_type_is_refused():
    """What was altered with care is still not believed."""
    text = json.dumps([[{"a": 1}], ["Alice"]]).encode()
    data = struct.pack("<4sHHQQI", b"TGNI", 1, KEYS_VERSION, len(text), 0, zlib.crc32(text)) + text

    with pytest.raises(InvalidInput):
        NameIndex.from_bytes(data)


def test_many_names_that_are_added_one_by_one_are_settled():
    """What is recent is folded into the columns when it has grown."""
    postings = Postings()
    for row in range(201):
        postings.add(row, range(row * 100, row * 100 + 100))

    assert postings.find(np.array([20_050], dtype=np.uint32), 5) == [200]


def test_a_japanese_given_name_alone_is_a_name():
    """Its characters are those of given names."""
    assert 5 < name_rarity("真美") < 20


@pytest.mark.parametrize(
    ("seen", "original"),
    [("احمد الكندي", "أحمد الكندي"), ("إيمان بوزيد", "ايمان بوزيد"), ("ادم القرشي", "آدم القرشي"), ("\ufe83حمد الكندي", "احمد الكندي")],
)
def test_a_hamza_over_an_alif_is_put_aside(seen, original):
    """Most people leave it out when they type: the name is the same."""
    found = compare_names(seen, original)

    assert found.kind in {MatchKind.EXACT, MatchKind.LOOK}
    assert found.weight >= name_rarity(original) - 1.5


def test_the_shapes_of_arabic_letters_and_the_sign_that_turns_them_are_disguises():
    """Keyboards have neither: even at a name that many bear."""
    plain = compare_names("محمد حسن", "محمد حسن").weight

    assert compare_names("\ufee3\ufea4\ufee4\ufeaa \ufea3\ufeb4\ufee6", "محمد حسن").weight == plain + 4.0
    assert compare_names("\u202dنسح دمحم", "محمد حسن").weight == plain + 4.0
    assert compare_names("\u202dAnna Smith", "Anna Smith").weight == compare_names("Anna Smith", "Anna Smith").weight


@pytest.mark.parametrize(
    ("family", "stranger", "original"),
    [
        ("سميرة بدر السوسي", "بدر أحمد السوسي", "بدر السوسي"),
        ("Samira Badr Al-Sousi", "Badr Ahmed Al-Sousi", "Badr Al-Sousi"),
    ],
)
def test_a_child_of_a_contact_weighs_less_than_another_with_a_name_more(family, stranger, original):
    """Arabic children have the names of their father behind their own."""
    assert compare_names(family, original).weight + 2.5 < compare_names(stranger, original).weight


def test_the_father_of_a_contact_weighs_less_than_what_is_left_of_the_name():
    """The name without its first word is the father's, without the second it is short for the contact's own."""
    father, short = (compare_names("مروان التونسي", name).weight for name in ("مصطفى مروان التونسي", "مروان مصطفى التونسي"))

    assert father < short
