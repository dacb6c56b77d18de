# SPDX-License-Identifier: Apache-2.0
"""What a name shows by itself."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings

from tests.names.strategies import ANY_TEXT, NAMES
from transferguard.names import TrickKind, compare_names, inspect_name


@pytest.mark.parametrize(
    ("name", "kind", "malformed"),
    [
        ("李\u200b明", TrickKind.INVISIBLE, True),
        ("李\u202e明", TrickKind.BIDI, True),
        ("李明\ufe00", TrickKind.VARIATION, False),
        ("李\ud800明", TrickKind.LONE_SURROGATE, True),
        ("李\x00明", TrickKind.CONTROL, True),
        ("\u200b\u3164", TrickKind.EMPTY, True),
        ("李明" * 5000, TrickKind.TOO_LONG, True),
        ("Аlice", TrickKind.MIXED_SCRIPT, False),
        ("Pаypal", TrickKind.MIXED_SCRIPT, False),
    ],
)
def test_tampering_is_found_without_any_comparison(name, kind, malformed):
    """Each kind of tampering is evidence by itself."""
    found = inspect_name(name)

    assert kind in {trick.kind for trick in found.tricks}
    assert found.malformed is malformed
    assert found.weight > 0


@pytest.mark.parametrize(
    "name",
    [
        "Иван Петров",
        "李明 Mike",
        "👨‍👩‍👧 家",
        "❤️李明",
        "1️⃣",
        "محمد علي",
        "क्‍ष राम",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Harry",
        "Müller",
        "山田エリ",
        "Γιώργος",
        "DJ-Вова",
        "α-team",
    ],
)
def test_honest_writing_is_not_tampering(name):
    """Emoji sequences, whole foreign names and joiners of a script have their reasons."""
    found = inspect_name(name)

    assert (found.malformed, found.weight) == (False, 0.0)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_every_string_gets_a_bounded_answer(name):
    """No string raises; the cleaned name is bounded and clean."""
    found = inspect_name(name)

    assert found.weight >= 0
    assert len(found.cleaned) <= 128
    assert len(found.tricks) <= 32
    assert not any(unicodedata.category(char) in {"Cs", "Cc"} for char in found.cleaned)
    assert inspect_name(found.cleaned).cleaned == found.cleaned


@settings(max_examples=20, deadline=None)
@given(NAMES)
def test_a_clean_name_stays_as_it_is(name):
    """Cleaning takes nothing from an honest name."""
    assert inspect_name(name).cleaned == " ".join(unicodedata.normalize("NFC", name).split()) or inspect_name(name).cleaned == name


@pytest.mark.slow
def test_every_inkless_code_point_of_unicode_is_stripped():
    """Exhaustive sweep: default-ignorable, bidi, variation and tag characters never separate two names."""
    from transferguard.names import tables  # noqa: PLC0415 - a white-box look at the property table

    bidi = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.bidirectional(chr(code)) in {"LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI", "LRO"}
    }
    format_characters = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
    shown = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    for code in sorted((tables.ignorable() | bidi | format_characters) - shown - {0x202E}):
        name = f"李{chr(code)}思远"
        assert compare_names(name, "李思远").similarity == 1.0, hex(code)
