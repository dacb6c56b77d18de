# SPDX-License-Identifier: Apache-2.0
"""How many scenes of which situation does the decision benchmark draw?

Each attack counts equally and each honest situation by its share, however many scenes are drawn of it, so scenes go where they tell
most. The rates of warnings need the usual first payments. Whether a stated probability of 10 to 90 % is true is decided by the few
situations whose answers lie there: of these many are drawn, of those that are always sure few (Neyman 1934: as many as share times
spread asks for, here by the spread over the bins between 10 and 90 % in five worlds of the tune and check splits), and their people play
again with other amounts, lines and ages. One repeated payment counts as much as a hundred strangers: so many are drawn that nearly
everybody who was paid before is met, and none swings a bin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS

LEAST_OF_ATTACK: Final = 32
"""Scenes of each attack in a full run: a rate of 97 % is then known to about 10 points."""

LEAST_OF_HONEST: Final = 16
"""The same of each honest situation."""

PLAYED: Final = 6
"""How often the people of a scene play it, with other amounts, lines and ages: comparing them with a circle costs, and is done once. Of a
probability that is one draw, and a surer one. What is always sure is played once."""

OFTEN: Final[Mapping[str, int]] = {
    "repeat_payment": 1400,
    "first_to_friend": 300,
    "shop": 220,
    "traveller": 60,
    "large_gift": 110,
    "second_hand_seller": 110,
    "street_vendor": 90,
    "tutor": 60,
    "landlord": 60,
    "honest_loan": 60,
    "second_account": 50,
    "popular_picture": 50,
    "new_phone": 80,
    "same_surname_family": 50,
    "new_to_the_app": 45,
    "shared_dinner": 40,
    "new_year_rename": 40,
    "default_picture": 40,
    "class_treasurer": 30,
    "organiser": 30,
    "returned_friend": 30,
    "hijacked_quietly": 390,
    "photo_alone": 300,
    "name_alone": 230,
    "several_impostors": 200,
    "paid_course": 180,
    "disguised_name_alone": 120,
    "split_amounts": 60,
    "disguised_name_and_photo": 40,
    "lending_stranger": 40,
    "blocks_afterwards": 40,
    "remark_copied": 40,
}
"""Scenes in a full run of what needs more than the least."""


def scenes(scenario: str) -> int:
    """How many scenes of it a full run draws."""
    return OFTEN.get(scenario, LEAST_OF_ATTACK if scenario in ATTACKS else LEAST_OF_HONEST)


def played(scenario: str) -> int:
    """How often the same people play it."""
    return PLAYED if scenario in OFTEN else 1


def divided(total: int, parts: Sequence[float]) -> list[int]:
    """So many scenes over worlds in these proportions; they add up."""
    ends = [round(total * sum(parts[: number + 1]) / sum(parts)) for number in range(len(parts))]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def unknown() -> set[str]:
    """Names that are no scenario: none, or a figure above was given in vain."""
    return OFTEN.keys() - HONEST_SITUATIONS.keys() - ATTACKS.keys()
