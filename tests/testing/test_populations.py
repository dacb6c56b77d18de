# SPDX-License-Identifier: Apache-2.0
"""People with names by published frequencies, whose true chances are known."""

from collections import Counter
from math import log2
from random import Random
from unicodedata import name

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.testing.populations import Culture, DisplayKind, display_name, draw_people, draw_victims, of_kind, population
from transferguard.testing.populations.hangul import romanise
from transferguard.testing.populations.shares import Joined, Listed, Mixed, even, ranked, with_tail
from transferguard.testing.split import Split, split_of

cultures = pytest.mark.parametrize("culture", list(Culture))


@cultures
def test_the_same_seed_gives_the_same_people(culture):
    """A world can be made again from its seed."""
    assert draw_people(culture, 20, seed=7) == draw_people(culture, 20, seed=7)
    assert draw_people(culture, 20, seed=7) != draw_people(culture, 20, seed=8)


@cultures
def test_the_stated_chance_of_a_name_is_the_chance_of_drawing_it(culture):
    """Names that are frequent in one sample are together as frequent in a fresh one as stated, within four standard deviations."""
    frequent = [whole for whole, _ in Counter(person.verified_name for person in draw_people(culture, 3000, seed=3)).most_common(300)]
    fresh = Counter(person.verified_name for person in draw_people(culture, 6000, seed=4))

    expected = 6000 * sum(population(culture).probability(whole) for whole in frequent)

    assert sum(fresh[whole] for whole in frequent) == pytest.approx(expected, abs=4 * expected**0.5)


@cultures
def test_every_drawn_name_has_a_chance_above_zero(culture):
    """Whatever can be drawn has a true rarity, and it never contradicts the population."""
    for person in draw_people(culture, 200, seed=11):
        assert 0 < person.probability < 0.05
        assert person.probability == population(culture).probability(person.verified_name)
        assert person.verified_name == population(culture).write(person.family, person.given)


@cultures
def test_every_person_has_a_latin_name(culture):
    """A passport can be written for everybody: the Latin form is never empty and holds Latin letters only."""
    for person in draw_people(culture, 200, seed=12):
        assert person.latin.strip() == person.latin
        assert len(person.latin.split()) >= 2
        assert all(sign.isascii() or name(sign).startswith("LATIN") for sign in person.latin if sign.isalpha())


@cultures
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(DisplayKind))
@settings(max_examples=30)
def test_every_kind_of_display_name_can_be_made_for_everybody(culture, seed, kind):
    """No combination of culture and kind fails or leaves a placeholder behind."""
    (person,) = draw_people(culture, 1, seed=seed)

    shown = of_kind(person, kind, Random(seed))

    assert shown.strip()
    assert "{" not in shown


@cultures
def test_display_names_are_of_many_kinds(culture):
    """Not everybody shows a real name."""
    rng = Random(1)
    kinds = {display_name(person, rng)[1] for person in draw_people(culture, 400, seed=5)}

    assert {DisplayKind.REAL, DisplayKind.EMOJI, DisplayKind.POETIC, DisplayKind.BUSINESS} <= kinds


@pytest.mark.parametrize(("whole", "bits"), [("张伟", 12.2), ("李思远", 20.4), ("王秀英", 12.5)])
def test_known_rarities_of_chinese_names(whole, bits):
    """The model meets the published counts of whole names, and stays near the usual rarity of an ordinary one."""
    assert -log2(population(Culture.CHINESE).probability(whole)) == pytest.approx(bits, abs=0.5)


def test_two_strangers_share_a_chinese_surname_as_often_as_published():
    """About 2.7 % of pairs, which fixes how steep the surname table is."""
    shares = Counter(person.family for person in draw_people(Culture.CHINESE, 4000, seed=2))

    assert sum((count / 4000) ** 2 for count in shares.values()) == pytest.approx(0.027, abs=0.004)


def test_victims_of_different_splits_never_share_a_name():
    """A name that was disguised while tuning is not disguised again in the report."""
    for culture in (Culture.CHINESE, Culture.KOREAN):
        drawn = {split: draw_victims(culture, 60, seed=1, split=split) for split in Split}
        for split, people in drawn.items():
            assert all(split_of("victim", person.verified_name) is split for person in people)


def test_korean_names_are_romanised_syllable_by_syllable():
    """Revised Romanisation and the older letters."""
    assert romanise("철수") == "cheolsu"
    assert romanise("철수", older=True, between="-") == "ch'ol-su"
    assert romanise("a철") == "acheol"


@given(st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=2, max_size=30, unique=True), st.floats(0.05, 0.4))
@settings(max_examples=50)
def test_ranked_shares_fall_and_add_up(texts, top):
    """Shares by rank never rise, and give the published sum."""
    shares = list(ranked(texts, top=top, total=0.9).values())

    assert sum(shares) == pytest.approx(0.9)
    assert shares == sorted(shares, reverse=True)


def test_shares_of_composed_tables_add_up_to_one():
    """Over every text that can be drawn, listed, composed or mixed."""
    table = with_tail({"ab": 0.5, "c": 0.2}, [("a b", "b c"), ("c", "d")])
    texts = {a + b for a in ("a", "b", "c") for b in ("b", "c", "d")} | {"c"}

    assert sum(table.share(text) for text in texts) == pytest.approx(1.0)
    assert {table.draw(Random(seed)) for seed in range(200)} <= texts


def test_a_separator_is_part_of_the_name():
    """Two given names stand apart; a text without the separator cannot have been drawn."""
    table = Mixed((1.0, Joined(first=Listed(even("ab")), second=Listed(even("cd")), separator=" ")))

    assert table.share("a c") == pytest.approx(0.25)
    assert table.share("ac") == 0.0
    assert Listed(even("ab")).texts() == ("a", "b")


@cultures
def test_strangers_seldom_invent_the_same_nickname(culture):
    """Among two thousand nicknames of one culture hardly any two are equal: false alerts must not come from a small vocabulary."""
    rng = Random(3)
    invented = [of_kind(person, DisplayKind.POETIC, rng) for person in draw_people(culture, 2_000, seed=8)]

    assert len(set(invented)) > 1_900
