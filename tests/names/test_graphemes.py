# SPDX-License-Identifier: Apache-2.0
"""What a reader sees as one character stays one, so that a mask never shows half of it and never two."""

import pytest

from transferguard.names.graphemes import graphemes


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("\u0301a", ["\u0301", "a"]),
        ("👩\u200d💻x", ["👩\u200d💻", "x"]),
        ("a\u200d💻", ["a\u200d", "💻"]),
        ("👩\u200da", ["👩\u200d", "a"]),
        ("👍🏿🏻a", ["👍🏿🏻", "a"]),
        ("👍🏾", ["👍🏾"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("🇩🇪🇫", ["🇩🇪", "🇫"]),
        ("🇦🇿a🇿", ["🇦🇿", "a", "🇿"]),
        ("🏴\U000e0067\U000e007fx", ["🏴\U000e0067\U000e007f", "x"]),
        ("🏴\U000e0020x\U000e001fy", ["🏴\U000e0020", "x", "\U000e001f", "y"]),
        ("क्षम", ["क्ष", "म"]),
        ("क्a", ["क्", "a"]),
        ("\u1100\u1161\u11a8\u1100", ["\u1100\u1161\u11a8", "\u1100"]),
        ("\u1100\u1160\u11ff", ["\u1100\u1160\u11ff"]),
        ("\u1161\u115f", ["\u1161", "\u115f"]),
        ("\ua960\u1161", ["\ua960\u1161"]),
        ("\ua97c\u1161\ud7cb", ["\ua97c\u1161\ud7cb"]),
        ("\ud7b0\ud7fb", ["\ud7b0\ud7fb"]),
        ("\ud7afa", ["\ud7af", "a"]),
        ("가각", ["가", "각"]),
    ],
)
def test_a_cluster_is_what_a_reader_calls_one_character(text, clusters):
    """Marks, sequences of emoji, flags in pairs, conjuncts and old Hangul; letters beside them are others."""
    assert graphemes(text) == clusters


@pytest.mark.parametrize(("marks", "kept"), [(9, 10), (10, 10), (50, 10)])
def test_a_stack_of_marks_is_cut_at_ten_code_points(marks, kept):
    """No writing stacks more; what is beyond is left out and does not become a character."""
    assert [len(cluster) for cluster in graphemes("e" + "\u0301" * marks + "x")] == [kept, 1]
