# SPDX-License-Identifier: Apache-2.0
"""Where the parameters of an attack come from: a grid of values per parameter, divided over tune, check and report.

A parameter runs over a range in `STEPS` equal steps, and every step belongs to exactly one part (`testing.split`). So an
angle, margin or quality that the report uses never occurred while anything was tuned, and all parts cover the range.
Choices with few alternatives (which way to turn, which app's colours) are not divided: there is nothing to hold back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from transferguard.testing.split import Split, part_of, seeded

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

STEPS = 64
"""Steps of a range; fine enough for angles of a quarter of a degree."""


@lru_cache(maxsize=1024)
def _steps(attack: str, parameter: str, split: Split | None) -> tuple[int, ...]:
    return part_of(f"picture attack {attack} {parameter}", range(STEPS), split)


class Draws:
    """The parameters of one attack on one picture, drawn in turn.

    Args:
        attack: Name of the attack.
        seed: Which of many attacks of this name; any integer.
        split: The part of the data that may be used; None is for demonstrations.
    """

    def __init__(self, attack: str, seed: int, split: Split | None) -> None:
        self._attack = attack
        self._split = split
        self._rng = seeded(split, "picture attack", attack, seed)

    def between(self, parameter: str, low: float, high: float) -> float:
        """A value from low to high, on this part's own steps."""
        return low + (high - low) * self._rng.choice(_steps(self._attack, parameter, self._split)) / (STEPS - 1)

    def signed(self, parameter: str, low: float, high: float) -> float:
        """A value from low to high, and as often its negative."""
        return self.between(parameter, low, high) * self._rng.choice((-1, 1))

    def one_of(self, choices: Sequence[T]) -> T:
        """Any of a few alternatives."""
        return self._rng.choice(choices)

    def colour(self) -> tuple[int, int, int]:
        """Any colour."""
        return self._rng.randrange(256), self._rng.randrange(256), self._rng.randrange(256)

    def number(self) -> int:
        """A seed for something that is painted into the picture."""
        return self._rng.getrandbits(48)
