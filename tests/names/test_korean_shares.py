# SPDX-License-Identifier: Apache-2.0
"""How common a Korean name is, by its list, by the places of its syllables, and by its length."""

import pytest

from transferguard.names import name_rarity
from transferguard.names.korean_shares import given_bits, name_bits
from transferguard.names.match import COPY_BITS, match_views, weight_of
from transferguard.names.views import view_of


@pytest.mark.parametrize(("usual", "turned"), [("미숙", "숙미"), ("은자", "자은"), ("지혁", "혁지")])
def test_a_syllable_is_common_at_its_place(usual: str, turned: str) -> None:
    """자 and 숙 end names and hardly begin them."""
    assert given_bits(turned) > given_bits(usual) + 1.0


def test_a_listed_name_is_as_common_as_the_list_says() -> None:
    """영숙 is the commonest name of its generation, whatever its syllables say."""
    assert given_bits("영숙") < given_bits("숙영") - 2.0


def test_a_surname_with_one_syllable_is_rarer_where_the_syllable_stands_alone_in_no_name() -> None:
    """김철 is a name, 김지 is what is left of one."""
    assert name_rarity("김지") > name_rarity("김철") + 3.0


def test_two_syllables_are_oftener_a_given_name_alone_than_a_surname_with_one_syllable() -> None:
    """정호 is Jeongho, hardly Mr Jeong Ho."""
    assert name_rarity("정호") < name_rarity("김호")


@pytest.mark.parametrize("word", ["희정", "김", "김가나다라"])
def test_what_begins_with_no_surname_or_is_too_short_or_long_is_no_whole_name(word: str) -> None:
    """희 is no surname."""
    assert name_bits(word) is None


def test_four_syllables_count_by_their_syllables() -> None:
    """A given name of three is as rare as its syllables."""
    assert (name_bits("김하늘별") or 0.0) > (name_bits("김하늘") or 0.0)


@pytest.mark.parametrize(("seen", "original"), [("김지", "김지영"), ("영지김", "김영지"), ("김순말", "김말순")])
def test_an_edit_of_a_common_name_weighs_what_the_edited_name_is_worth(seen: str, original: str) -> None:
    """Bearers of a common name do not write it with a syllable less or out of place, so its being common takes nothing away."""
    found = match_views(view_of(seen), view_of(original), seen_name=seen, original_name=original)
    assert found is not None
    weight = weight_of(found, seen=(view_of(seen), seen), original=(view_of(original), original), frequencies=None)
    assert weight > name_rarity(original) - COPY_BITS


def test_a_surname_put_last_behind_a_syllable_that_is_none_weighs_as_the_name() -> None:
    """미 is no surname, so nobody is called 미진강; the weight is that of 강미진."""
    seen, original = "미진강", "강미진"
    found = match_views(view_of(seen), view_of(original), seen_name=seen, original_name=original)
    assert found is not None
    assert weight_of(found, seen=(view_of(seen), seen), original=(view_of(original), original), frequencies=None) > 11.0
