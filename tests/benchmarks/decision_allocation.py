# SPDX-License-Identifier: Apache-2.0
"""How many scenes of which situation does the decision benchmark draw?

Each attack counts equally and each honest situation by its share, however many scenes are drawn of it, so scenes go where they tell
most. The rates of warnings need the usual first payments. Whether a stated probability of 10 to 90 % is true is decided by the few
situations whose answers lie there: of these many are drawn, of those that are always sure few (Neyman 1934: as many as share times
spread over the root of the cost asks for), and their people play again with other amounts, lines and ages, the more often the less it
matters who they are. Spreads are those over the bins between 10 and 90 % in nine worlds of the tune and nine of the check split.

A repeated payment stands for three quarters of honest life, and whether its answer is sure depends on who is paid: nearly everybody's is,
but one friend whose picture resembles another's would swing a bin if drawn several times. So everybody who was paid before is met once in
every world, and all count alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS, Scene, World, draw_scene

LEAST_OF_ATTACK: Final = 32
"""Scenes of each attack in a full run: a rate of 97 % is then known to about 10 points."""

LEAST_OF_HONEST: Final = 16
"""The same of each honest situation."""

PLAYED: Final = 12
"""How often the people of a scene play it at most, with other amounts, lines and ages: comparing them with a circle costs, and is done
once. Of a probability that is one draw, and a surer one. What is always sure is played once."""

EACH_ONCE: Final = "repeat_payment"
"""Where everybody who fits is met once in every world."""

OFTEN: Final[Mapping[str, tuple[int, int]]] = {
    "first_to_friend": (240, 6),
    "shop": (480, 1),
    "second_hand_seller": (280, 4),
    "large_gift": (220, 3),
    "street_vendor": (120, 2),
    "new_year_rename": (90, 2),
    "new_phone": (110, 3),
    "traveller": (90, 2),
    "tutor": (80, 4),
    "landlord": (60, 12),
    "honest_loan": (60, 6),
    "class_treasurer": (60, 1),
    "new_to_the_app": (50, 12),
    "popular_picture": (50, 6),
    "returned_friend": (50, 3),
    "same_surname_family": (40, 6),
    "default_picture": (40, 6),
    "shared_dinner": (40, 1),
    "family_photo": (40, 1),
    "organiser": (36, 3),
    "second_account": (32, 3),
    "generation_siblings": (24, 1),
    "namesake": (20, 1),
    "hijacked_quietly": (420, 12),
    "photo_alone": (160, 6),
    "paid_course": (170, 12),
    "name_alone": (140, 6),
    "disguised_name_alone": (140, 12),
    "blocks_afterwards": (130, 3),
    "several_impostors": (70, 12),
    "split_amounts": (70, 12),
    "disguised_name_and_photo": (40, 1),
    "lending_stranger": (40, 12),
    "remark_copied": (40, 1),
}
"""Scenes in a full run of what needs more than the least, and how often each is played: a divisor of `PLAYED`."""


def scenes(scenario: str) -> int:
    """How many scenes of it a full run draws."""
    return OFTEN.get(scenario, (LEAST_OF_ATTACK if scenario in ATTACKS else LEAST_OF_HONEST, 1))[0]


def played(scenario: str) -> int:
    """How often the same people play it."""
    return 4 if scenario == EACH_ONCE else OFTEN.get(scenario, (0, 1))[1]


def drawings(world: World, scenario: str, *, count: int, part: float = 1.0) -> Iterator[Callable[..., Scene]]:
    """Scenes of one situation in one world, each still to be drawn: called with another `again`, the same people play it again.

    Args:
        world: Where it plays.
        scenario: Which situation or attack.
        count: How many, where they are drawn.
        part: Of all who fit, where each is met once; at least one.
    """
    everybody = [member for member in world.members if member.payments] if scenario == EACH_ONCE else []
    for number, member in enumerate(everybody[: max(1, round(part * len(everybody)))]):
        yield partial(draw_scene, world, scenario, number=number, member=member)
    for number in range(0 if everybody else count):
        yield partial(draw_scene, world, scenario, number=number)


def divided(total: int, parts: Sequence[float]) -> list[int]:
    """So many scenes over worlds in these proportions; they add up."""
    ends = [round(total * sum(parts[: number + 1]) / sum(parts)) for number in range(len(parts))]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def unknown() -> set[str]:
    """Names that are no scenario: none, or a figure above was given in vain."""
    return {*OFTEN, EACH_ONCE} - HONEST_SITUATIONS.keys() - ATTACKS.keys()
