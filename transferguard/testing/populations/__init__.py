# SPDX-License-Identifier: Apache-2.0
"""People with names by published frequencies, in nine cultures.

`population(culture)` can draw a person and state the true chance of any verified name. `draw_people` makes many at once.
`display_name` says what somebody calls himself or herself in a chat. Everything is seeded; nobody real is meant.

The files: `shares` (tables with exact chances), `people` (person, cohort, population), one file of tables per culture, `display`
and `vocabulary` (nicknames), `hangul` and `han_readings` (how names are read).
"""

from functools import cache
from importlib import import_module

from transferguard.testing.populations.display import DisplayKind, display_name, of_kind
from transferguard.testing.populations.people import Culture, Gender, Person, Population
from transferguard.testing.split import Split, seeded, split_of

__all__ = [
    "Culture",
    "DisplayKind",
    "Gender",
    "Person",
    "Population",
    "display_name",
    "draw_people",
    "draw_victims",
    "of_kind",
    "population",
]


@cache
def population(culture: Culture) -> Population:
    """The people of one culture; built once, from packaged tables."""
    build = getattr(import_module(f"{__name__}.{culture.value}"), culture.value)
    built: Population = build()
    return built


def draw_people(culture: Culture, count: int, *, seed: int, split: Split | None = None) -> list[Person]:
    """That many people, drawn by the true frequencies.

    Args:
        culture: Whose names.
        count: How many people; namesakes occur as often as they do in the population.
        seed: The same seed gives the same people.
        split: Keeps the random streams of tune, check and report apart; it does not change the frequencies.
    """
    rng = seeded(split, "people", culture.value, seed)
    source = population(culture)
    return [source.draw(rng) for _ in range(count)]


def draw_victims(culture: Culture, count: int, *, seed: int, split: Split) -> list[Person]:
    """People whose names belong to one split, so that no victim of the report was seen while tuning.

    Args:
        culture: Whose names.
        count: How many people.
        seed: The same seed gives the same people.
        split: The part in which their verified names lie.
    """
    rng = seeded(split, "victims", culture.value, seed)
    source = population(culture)
    found: list[Person] = []
    while len(found) < count:
        person = source.draw(rng)
        if split_of("victim", person.verified_name) is split:
            found.append(person)
    return found
