# SPDX-License-Identifier: Apache-2.0
"""Whom of many people a name copies."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.names.strategies import ANY_TEXT, NAMES
from transferguard.errors import InvalidInput
from transferguard.names import CountedFrequencies, MatchKind, NameIndex, compare_names

PEOPLE = [
    (("u1", "display", 0), "李思远"),
    (("u1", "remark", 1), "思远哥"),
    ("u2", "Alice Brown"),
    ("u3", "张伟"),
    ("u4", "Robert Smith"),
    ("u5", "김철수"),
    ("u6", "陈建国"),
    ("u7", "Иван Петров"),
]


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [
        ("李思远", ("u1", "display", 0)),
        ("季思远", ("u1", "display", 0)),
        ("李思源", ("u1", "display", 0)),
        ("木子思远", ("u1", "display", 0)),
        ("Li Siyuan", ("u1", "display", 0)),
        ("我是李思远", ("u1", "display", 0)),
        ("李思远-腾讯", ("u1", "display", 0)),
        ("AIice Brown", "u2"),
        ("Alcie Brown", "u2"),
        ("Alice Brown Official", "u2"),
        ("hi its Alice Brown", "u2"),
        ("nʍoɹq ǝɔᴉlɐ", "u2"),
        ("4lice 8rown", "u2"),
        ("Bob Smith", "u4"),
        ("R. Smith", "u4"),
        ("Kim Cheol-su", "u5"),
        ("陳建國", "u6"),
        ("Chen Jianguo", "u6"),
        ("Ivan Petrov", "u7"),
    ],
)
def test_a_disguised_name_finds_its_original(seen, wanted):
    """The person whom the name copies comes first."""
    assert NameIndex(PEOPLE).search(seen)[0].id == wanted


def test_a_stranger_finds_nobody():
    """An unrelated name has no hits."""
    index = NameIndex(PEOPLE)

    assert [index.search(name) for name in ("毕小川", "Zoltan Varga", "", "🌸", "\ud800")] == [()] * 5


def test_every_id_comes_once_with_its_best_name():
    """A person who stands with several names is one hit."""
    index = NameIndex([("u1", "李思远"), ("u1", "李思源"), ("u1", "思远")])

    (hit,) = index.search("李思远")

    assert (hit.id, hit.name, hit.kind) == ("u1", "李思远", MatchKind.EXACT)


def test_a_hit_does_not_print_the_name_that_it_found():
    """The name may be a verified one, so it stays out of the repr."""
    (hit,) = NameIndex([("u1", "李思远")]).search("李思源")

    assert "李思远" not in repr(hit)


@settings(max_examples=100, deadline=None)
@given(NAMES)
def test_an_equal_name_is_always_found_even_if_it_is_common(name):
    """Rarity lowers the weight of a copy, it never hides it."""
    everybody = CountedFrequencies((name, person) for person in range(50))

    (hit, *_) = NameIndex([("u1", name)], frequencies=everybody).search(name)

    assert hit.kind is MatchKind.EXACT
    assert hit.weight < 2


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, max_size=8), ANY_TEXT, st.randoms(use_true_random=False))
def test_the_order_in_which_names_were_added_changes_nothing(names, seen, chance):
    """The hits and their weights depend on who is known, not on when they were added."""
    entries = list(enumerate(names))
    shuffled = list(entries)
    chance.shuffle(shuffled)

    assert NameIndex(entries).search(seen) == NameIndex(shuffled).search(seen)


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES)
def test_a_hit_weighs_what_the_comparison_says(seen, original):
    """The index is a faster way to the same answer."""
    for hit in NameIndex([(1, original)]).search(seen):
        found = compare_names(seen, original)
        assert (hit.weight, hit.kind, hit.tricks) == (found.weight, found.kind, found.tricks)


def test_adding_and_removing_are_undone_by_each_other():
    """One name may come and go without touching the others."""
    index = NameIndex(PEOPLE)
    index.add("u9", "李思源")
    index.add("u9", "李思源")
    assert len(index) == len(PEOPLE) + 1
    assert index.search("李思源")[0].id == "u9"

    index.remove("u9", "李思源")
    index.remove("u9")
    index.remove("nobody", "李思源")
    assert len(index) == len(PEOPLE)
    assert index.search("李思源")[0].id == ("u1", "display", 0)


def test_removing_an_id_removes_all_its_names():
    """Without a name, every name of the id goes."""
    index = NameIndex([("u1", "李思远"), ("u1", "Alice Brown"), ("u2", "\u200b")])
    index.add("u2", "\u200b")
    index.remove("u1")

    assert (len(index), index.search("李思远"), index.search("Alice Brown")) == (1, (), ())


def test_many_names_come_and_go_without_being_lost():
    """Growth and compaction keep what is held."""
    names = [f"{first}{second}{third}" for first in "李王张刘陈" for second in "思建志文明" for third in "远国强伟华"]
    index = NameIndex()
    chance = random.Random(7)
    for round_ in range(20):
        for at, name in enumerate(names):
            index.add((round_, at), name)
        for at in range(len(names)):
            if chance.random() < 0.9:
                index.remove((round_, at), names[at])
    held = {hit.id for name in names for hit in index.search(name)}

    assert 0 < len(index) < 20 * len(names)
    assert held


def test_a_saved_index_finds_the_same():
    """What was saved is loaded with its keys, ids of any depth included."""
    index = NameIndex([*PEOPLE, ((1, ("a", None)), "王小明")])
    loaded = NameIndex.from_bytes(index.to_bytes())

    assert len(loaded) == len(index)
    for seen in ("季思远", "王晓明", "Bob Smith"):
        assert loaded.search(seen) == index.search(seen)


@pytest.mark.parametrize("data", [b"", b"TGNI", b"x" * 100, NameIndex(PEOPLE).to_bytes()[:-1], NameIndex(PEOPLE).to_bytes() + b"x"])
def test_bytes_that_are_no_saved_index_are_refused(data):
    """A cut, foreign or altered file is the caller's mistake, not a crash."""
    with pytest.raises(InvalidInput):
        NameIndex.from_bytes(data)


def test_an_id_that_cannot_be_saved_is_named():
    """Ids of other types work in memory and are refused when saving."""
    index = NameIndex([(frozenset({1}), "李思远")])

    assert index.search("李思远")
    with pytest.raises(InvalidInput, match="id"):
        index.to_bytes()


def test_a_thousand_near_copies_neither_hide_the_original_nor_multiply_the_work():
    """The original still comes first, and the number of hits is bounded."""
    copies = [(f"c{number}", f"李思{chr(0x6E90 + number)}") for number in range(1000)]
    index = NameIndex([*copies, ("u1", "李思远")])

    hits = index.search("李思远")

    assert hits[0].id == "u1"
    assert len(hits) <= 200


def test_a_thousand_people_of_one_name_are_all_namesakes():
    """Equal names are equal hits, whatever their number, within the bound of one search."""
    hits = NameIndex([(number, "李思远") for number in range(1000)]).search("季思远")

    assert 0 < len(hits) <= 1000
    assert len({hit.weight for hit in hits}) == 1


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_any_string_can_be_added_searched_and_removed(name):
    """No string raises or gets lost."""
    index = NameIndex([(1, name)])
    index.search(name)
    index.add(2, name)
    index.remove(1)
    index.remove(2, name)

    assert len(index) == 0


@pytest.mark.parametrize(
    ("people", "gone", "compact"), [(4_000, 1_001, False), (4_000, 1_200, False), (4_000, 1_202, True), (1_500, 999, False)]
)
def test_an_index_that_lost_many_names_is_made_compact(people, gone, compact):
    """When more than a thousand rows, and three tenths of all, are dead: memory follows the number of names, not its past."""
    index = NameIndex((number, f"人{chr(0x4E00 + number)}") for number in range(people))
    for number in range(gone):
        index.remove(number)

    assert len(index) == people - gone
    assert (len(index._names) < people) is compact
    assert [hit.id for hit in index.search(f"人{chr(0x4E00 + people - 1)}")][:1] == [people - 1]


def test_a_name_is_found_among_seven_words_of_a_sentence():
    """The first seven words of a seen name are read."""
    index = NameIndex([("a", "Zebulon Quackenbush")])

    assert [hit.id for hit in index.search("one two three four five Zebulon Quackenbush")] == ["a"]
    assert index.search("one two three four five six seven Zebulon Quackenbush") == ()
