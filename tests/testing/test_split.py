# SPDX-License-Identifier: Apache-2.0
"""Nothing that was tuned on may be reported on."""

from hypothesis import given
from hypothesis import strategies as st

from transferguard.testing.split import Split, part_of, seeded, split_of, stable_number


@given(st.lists(st.text(max_size=5), unique=True, max_size=50), st.text(max_size=5))
def test_every_entry_lies_in_exactly_one_part(entries, table):
    """The three parts of a table are disjoint and lose nothing."""
    parts = [part_of(table, entries, split) for split in Split]

    assert sorted(entry for part in parts for entry in part) == sorted(entries)


@given(st.lists(st.text(max_size=5), unique=True, max_size=20), st.text(max_size=5))
def test_an_added_entry_moves_no_other_entry(entries, added):
    """Tables may grow without moving anything from the report into tuning."""
    for split in Split:
        before, after = part_of("t", entries, split), part_of("t", [added, *entries], split)
        assert [entry for entry in after if entry != added] == [entry for entry in before if entry != added]


def test_without_a_split_everything_is_kept():
    """Demonstrations may use whole tables."""
    assert part_of("t", ("a", "b", "c"), None) == ("a", "b", "c")


def test_the_parts_are_as_large_as_stated():
    """About 40, 20 and 40 of 100 entries."""
    found = [split_of("numbers", number) for number in range(10_000)]

    assert [round(found.count(split) / 10_000, 1) for split in Split] == [0.4, 0.2, 0.4]


def test_the_hash_is_the_same_everywhere():
    """A known value, so that a change of the hash is noticed: it would move every entry of every table."""
    assert stable_number("victim", "李明") == 18129337950925702532
    assert stable_number("a", 1) != stable_number("a1")


def test_random_streams_of_two_parts_differ():
    """The same seed never draws the same people for tuning and for the report."""
    assert seeded(Split.TUNE, "people", 1).random() != seeded(Split.REPORT, "people", 1).random()
    assert seeded(Split.TUNE, "people", 1).random() == seeded(Split.TUNE, "people", 1).random()


def test_hostile_text_can_be_hashed():
    """A lone surrogate is a name, too."""
    assert split_of("victim", "\ud800") in set(Split)
