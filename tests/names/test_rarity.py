# SPDX-License-Identifier: Apache-2.0
"""How rare a name is."""

import math

import pytest
from hypothesis import given, settings

from tests.names.strategies import ANY_TEXT
from transferguard.names import CountedFrequencies, Frequencies, name_rarity
from transferguard.names.rarity import _learned_share


class Known:
    """Frequencies of one name."""

    def share(self, name):
        """One in a thousand is called 王小明."""
        return 0.001 if name == "王小明" else None


@pytest.mark.parametrize(
    ("name", "low", "high"), [("张伟", 12.0, 12.5), ("王建国", 14, 17), ("李思远", 19, 22), ("欧阳思远", 23, 28), ("John Smith", 11, 15)]
)
def test_published_names_have_published_rarity(name, low, high):
    """The model is right to a bit or two for names whose number of bearers is known."""
    assert low <= name_rarity(name) <= high


def test_a_host_knows_better():
    """The host's frequencies win where it knows a name."""
    known: Frequencies = Known()

    assert name_rarity("王小明", frequencies=known) == pytest.approx(-math.log2(0.001))
    assert name_rarity("李思远", frequencies=known) == name_rarity("李思远")


def test_a_flood_of_copies_by_one_identity_does_not_make_a_name_common():
    """Ten thousand accounts of one person are one person."""
    people = [(f"名{number}", number) for number in range(1000)]
    flooded = CountedFrequencies([*people, *[("李思远", "thief")] * 10_000])

    assert name_rarity("李思远", frequencies=flooded) > name_rarity("李思远") - 1.5


def test_counts_over_many_identities_are_believed():
    """A name that one in ten bears is common, whatever the model says."""
    counted = CountedFrequencies((("李思远" if number % 10 == 0 else f"名{number}"), number) for number in range(5000))

    assert name_rarity("李思远", frequencies=counted) == pytest.approx(-math.log2(0.1), abs=0.5)


def test_no_counts_are_no_knowledge():
    """Before anybody was counted the model answers."""
    assert name_rarity("李思远", frequencies=CountedFrequencies()) == name_rarity("李思远")


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_every_string_has_finite_bits(name):
    """Never below 0, never above one person on earth."""
    assert 0 <= name_rarity(name) <= 33


@pytest.mark.parametrize(
    ("seen", "total", "bits", "learned"),
    [
        (0, 1, 12.0, 11.12),
        (0, 1_000, 12.0, 11.9),
        (0, 10**6, 12.0, 18.92),
        (0, 10**6, 20.0, 20.41),
        (0, 10**7, 2.0, 10.0),
        (1, 10, 33.0, 17.37),
        (5, 1_000, 20.0, 8.13),
        (50, 1_000, 20.0, 4.4),
        (10**5, 10**6, 2.0, 3.5),
    ],
)
def test_what_was_seen_and_what_was_published_meet(seen, total, bits, learned):
    """Few bearers among many move the model a little, many decide; where nobody bears a common name among millions it is rare there."""
    assert -math.log2(_learned_share(seen, total, bits)) == pytest.approx(learned, abs=0.01)


@pytest.mark.parametrize(("bearers", "bits"), [(1, 20.34), (2, 17.39), (5, 11.93), (20, 9.15), (200, 5.6)])
def test_the_first_bearer_says_nothing_and_each_further_one_more(bearers, bits):
    """Among ten thousand people: a name is asked about because somebody bears it."""
    counted = CountedFrequencies(("李思远" if number < bearers else f"x{number}", number) for number in range(10_000))

    assert name_rarity("李思远", frequencies=counted) == pytest.approx(bits, abs=0.02)


def test_where_fewer_share_names_than_the_model_says_all_such_names_are_taken_for_rarer():
    """Nobody of two thousand has another's whole name, where the model expects dozens of pairs."""
    endings = [first + second for first in "аеиоу" for second in "бвгджзклмнпрст"]
    alone = CountedFrequencies((f"Иван {chr(0x0410 + number % 30)}{endings[number // 30]}", number) for number in range(2_100))

    assert name_rarity("Иван Жур", frequencies=alone) > name_rarity("Иван Жур") + 0.5
    assert name_rarity("李思远", frequencies=alone) == pytest.approx(name_rarity("李思远"), abs=1.0)
    alone.add("Иван Жур", 7)
    alone.add("\u200b", 8)
    alone.add("42", 9)
    assert alone.share("\u200b") is None
