# SPDX-License-Identifier: Apache-2.0
"""Which Hangul syllables and words are one letter apart, and which are plainly others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from transferguard.names import NameIndex, compare_names
from transferguard.names.jamo import as_jamo, is_one_letter
from transferguard.names.letters import plainly_apart

_SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(_SYLLABLES, _SYLLABLES)
def test_one_letter_is_one_edit_of_the_letters(one: str, other: str) -> None:
    """The fast rule says what the distance of the letters says."""
    assert is_one_letter(one, other) is (OSA.distance(as_jamo(one), as_jamo(other)) == 1)


def test_other_characters_may_be_one_letter_apart() -> None:
    """Nothing is known of what is no syllable."""
    assert is_one_letter("A", "김")


@pytest.mark.parametrize(("seen", "original"), [("김영숙", "김용식"), ("김영숙", "김영호"), ("김영숙", "박지훈")])
def test_whole_names_with_other_syllables_are_other_names(seen: str, original: str) -> None:
    """Also where their consonants are the same."""
    assert plainly_apart(seen, original)
    assert compare_names(seen, original).weight < 0.0


@pytest.mark.parametrize(
    ("seen", "original"),
    [("김영숙", "김영속"), ("김영숙", "김숙영"), ("김영숙", "김영"), ("뷁영숙", "뷁용식"), ("Kim", "김영숙"), ("김영숙", "Kim")],
)
def test_what_may_be_a_likeness_is_compared(seen: str, original: str) -> None:
    """A letter, an order, a syllable less, a sound of what is no Korean name, another alphabet."""
    assert not plainly_apart(seen, original)


@pytest.mark.parametrize("seen", ["김숙", "김영영숙", "숙김영", "김영속", "김영숙숙"])
def test_names_with_a_syllable_less_more_or_elsewhere_are_looked_up(seen: str) -> None:
    """What is stored whole is looked up with a syllable less, and the other way round."""
    assert NameIndex([("x", "김영숙")]).search(seen)
