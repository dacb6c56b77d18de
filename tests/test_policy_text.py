# SPDX-License-Identifier: Apache-2.0
"""An effective policy is written into the default file line by line."""

import tomllib

import pytest

from transferguard.policy_text import render

DEFAULT = """\
# what this file is
profile = "cn"

[spans]  # times
hours = 24      # hours; a day
bare = 1

[weights.scam]
stranger = 1.5  # bits; fitted
"""
TABLES = {"profile": "cn", "spans": {"hours": 24, "bare": 1}, "weights": {"scam": {"stranger": 1.5}}}


def test_the_same_values_give_the_same_text():
    """Comments, columns and blank lines stay where they are."""
    assert render(DEFAULT, TABLES) == DEFAULT


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ('profile = "cn"', {"profile": "eu"}),
        ("hours = 24      # hours; a day", {"spans": {"hours": 36, "bare": 1}}),
        ("bare = 1", {"spans": {"hours": 24, "bare": 9}}),
        ("stranger = 1.5  # bits; fitted", {"weights": {"scam": {"stranger": 2.5}}}),
    ],
)
def test_one_value_changes_one_line(line, changed):
    """The number alone: with a comment behind it or without, in a table, in a nested one or before the first."""
    tables = TABLES | changed
    before, after = DEFAULT.splitlines(), render(DEFAULT, tables).splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]

    assert [old for old, _ in different] == [line]
    assert different[0][1].partition("#")[1:] == line.partition("#")[1:]
    assert different[0][1].find("#") == line.find("#")
    assert tomllib.loads("\n".join(after)) == tables


def test_a_long_value_pushes_its_comment_and_loses_none_of_it():
    """One blank stays between the two."""
    text = render(DEFAULT, TABLES | {"spans": {"hours": 123_456_789, "bare": 1}})

    assert "hours = 123456789 # hours; a day\n" in text


def test_a_key_that_is_not_the_tables_own_is_left_alone():
    """A value of one table never lands on a line of another."""
    text = render("[a]\nkey = 1\n\n[b]\nkey = 2\n", {"a": {"key": 5}, "b": {}})

    assert text == "[a]\nkey = 5\n\n[b]\nkey = 2\n"


def test_new_keys_end_their_table():
    """Before the blank line behind it; before the first table, and at the end of the file, likewise."""
    text = render(
        DEFAULT,
        {"profile": "cn", "extra": 7, "spans": {"hours": 24, "bare": 1, "more": 8}, "weights": {"scam": {"stranger": 1.5, "last": 9}}},
    )

    assert text == DEFAULT.replace('"cn"\n', '"cn"\nextra = 7\n').replace("bare = 1\n", "bare = 1\nmore = 8\n") + "last = 9\n"
    assert render("", {"only": 1}) == "only = 1\n"
