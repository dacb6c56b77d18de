# SPDX-License-Identifier: Apache-2.0
"""Who lives in a generated world, and how rare is each name there?

A population is a mixture of cohorts (country, gender, generation); each cohort draws a family name and a given name
independently. The most frequent whole names of a country do not follow that independence (parents choose 伟 for a 张), so a
table of published whole-name counts may override it. `Population.probability` is exact under this model.

Left to others: the tables of each culture (one file each), how people call themselves in a chat (`display`), and what they
do (`transferguard.testing.simulate`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from random import Random

from transferguard.testing.populations.shares import Shares


class Culture(StrEnum):
    """Nine ways of writing names that a chat app meets."""

    CHINESE = "chinese"
    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    KOREAN = "korean"
    JAPANESE = "japanese"
    VIETNAMESE = "vietnamese"
    INDIAN = "indian"
    THAI = "thai"


class Gender(StrEnum):
    """The gender whose names a person bears."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person. Every field is drawn; nobody real is meant.

    Attributes:
        culture: Which population the person belongs to.
        country: ISO 3166 code of the cohort.
        gender: The gender whose names the person bears.
        born: Decade of birth, as a year.
        family: Family name as written in `verified_name`.
        given: Given name as written in `verified_name`.
        verified_name: The name on the identity document.
        latin: The name as a passport would write it in Latin letters, given name first.
        probability: True chance that a random person of the population bears exactly this verified name.
    """

    culture: Culture
    country: str
    gender: Gender
    born: int
    family: str
    given: str
    verified_name: str
    latin: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """People of one country, gender and generation."""

    weight: float
    country: str
    gender: Gender
    born: int
    family: Shares
    given: Shares


def _no_latin(family: str, given: str) -> str:
    return f"{given} {family}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A mixture of cohorts that writes names in one way.

    Attributes:
        culture: Whose names these are.
        cohorts: Their weights need not add up to one.
        family_first: Whether the family name is written first.
        separator: What stands between family and given name.
        whole_names: Published shares of whole names that independence gets wrong; (family, given) to share, 0..1.
        to_latin: Family and given name in Latin letters, given name first.
    """

    culture: Culture
    cohorts: Sequence[Cohort]
    family_first: bool
    separator: str = " "
    whole_names: Mapping[tuple[str, str], float] = field(default_factory=dict)
    to_latin: Callable[[str, str], str] = _no_latin
    _weights: tuple[float, ...] = field(init=False, repr=False)
    _scale: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        total = sum(cohort.weight for cohort in self.cohorts)
        object.__setattr__(self, "_weights", tuple(accumulate(cohort.weight / total for cohort in self.cohorts)))
        left = 1.0 - sum(self.whole_names.values())
        free = 1.0 - sum(sum(self._independent(*pair)) for pair in self.whole_names)
        object.__setattr__(self, "_scale", left / free)

    def draw(self, rng: Random) -> Person:
        """One person, drawn by the true frequencies."""
        cohort, (family, given) = self._draw_name(rng)
        name = self.write(family, given)
        return Person(
            culture=self.culture,
            country=cohort.country,
            gender=cohort.gender,
            born=cohort.born,
            family=family,
            given=given,
            verified_name=name,
            latin=self.to_latin(family, given),
            probability=self.probability(name),
        )

    def write(self, family: str, given: str) -> str:
        """The whole name, as people of this culture write it."""
        first, second = (family, given) if self.family_first else (given, family)
        return f"{first}{self.separator}{second}"

    def probability(self, name: str) -> float:
        """The chance that a random person of this population bears exactly this verified name, 0..1."""
        pairs = self._readings(name)
        for pair in pairs:
            if pair in self.whole_names:
                return self.whole_names[pair]
        return self._scale * sum(sum(self._independent(family, given)) for family, given in pairs)

    def _draw_name(self, rng: Random) -> tuple[Cohort, tuple[str, str]]:
        """A whole name of the published table by its share, else independent parts that are not in that table."""
        if self.whole_names and rng.random() < sum(self.whole_names.values()):
            (pair,) = rng.choices(list(self.whole_names), weights=list(self.whole_names.values()))
            (cohort,) = rng.choices(self.cohorts, weights=[share + 1e-12 for share in self._independent(*pair)])
            return cohort, pair
        while True:
            (cohort,) = rng.choices(self.cohorts, cum_weights=self._weights)
            pair = (cohort.family.draw(rng), cohort.given.draw(rng))
            if pair not in self.whole_names:
                return cohort, pair

    def _readings(self, name: str) -> list[tuple[str, str]]:
        """All ways to cut a name into family and given name."""
        width = len(self.separator)
        cuts = [(name[:at], name[at + width :]) for at in range(1, len(name) - width) if name[at : at + width] == self.separator]
        return cuts if self.family_first else [(second, first) for first, second in cuts]

    def _independent(self, family: str, given: str) -> list[float]:
        """What each cohort adds to the chance of this name when its parts are independent."""
        total = sum(cohort.weight for cohort in self.cohorts)
        families = [(cohort, cohort.weight / total * cohort.family.share(family)) for cohort in self.cohorts]
        return [share * cohort.given.share(given) if share else 0.0 for cohort, share in families]
