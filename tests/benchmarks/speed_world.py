# SPDX-License-Identifier: Apache-2.0
"""The people among whom speed is measured: one sender's circle, honest newcomers, and copies of contacts.

Names are drawn by published frequencies and written as people write them in chats; pictures are painted. The first thousand contacts
wear a painting each; further ones wear blurred patches of colour, all different, because what they look like matters for nothing but speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import NamedTuple

import numpy as np
from PIL import Image

from transferguard.testing.disguises import DISGUISES, Known, Target
from transferguard.testing.picture_attacks import ATTACKS
from transferguard.testing.pictures import as_jpeg, draw_photo
from transferguard.testing.populations import Culture, DisplayKind, Person, display_name, draw_people
from transferguard.testing.split import Split, seeded

SEED = 20261122
PICTURE_PX = 256
WHOLE_PICTURES = 1_000

PATCHES = 12
"""Patches a side; with fewer a picture has too little detail to be compared."""

PATCH_PICTURE_PX = 128

SHARE_CHINESE = 0.7
"""Of the circle; the rest bears Latin names. Our choice, for a messaging app in China."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One account.

    Args:
        id: Account id.
        display_name: As its owner writes it.
        verified_name: As the identity document has it.
        picture: Bytes of the avatar.
        copies: Id of the contact who is imitated; empty for an honest person.
    """

    id: str
    display_name: str
    verified_name: str = field(repr=False)
    picture: bytes = field(repr=False)
    copies: str = ""


def circle(size: int) -> Iterator[Somebody]:
    """The sender's contacts; a larger circle begins with the smaller one."""
    return (_somebody(drawn, "c", first_picture=0) for drawn in drawn_people("c", size))


def strangers(count: int) -> Iterator[Somebody]:
    """Honest newcomers, drawn from the same population, with pictures of their own."""
    return (_somebody(drawn, "s", first_picture=1_000_000) for drawn in drawn_people("s", count))


def copies(count: int, size: int) -> Iterator[Somebody]:
    """Impostors: each takes name and picture of a contact who goes by the real name, both disguised by a random trick.

    Args:
        count: How many.
        size: Of the circle; only contacts with a whole picture are copied.
    """
    victims = [drawn for drawn in drawn_people("c", min(size, WHOLE_PICTURES)) if drawn.kind is DisplayKind.REAL]
    mules = draw_people(Culture.CHINESE, count, seed=SEED + 9, split=Split.REPORT)
    for number in range(count):
        rng = seeded(Split.REPORT, "copies", SEED, number)
        drawn = rng.choice(victims)
        victim = _somebody(drawn, "c", first_picture=0)
        attack = ATTACKS[rng.choice(sorted(ATTACKS))]
        yield Somebody(
            id=f"i{number}",
            display_name=_disguised(drawn.person, rng),
            verified_name=mules[number].verified_name,
            picture=attack(victim.picture, seed=number, split=Split.REPORT),
            copies=victim.id,
        )


class Drawn(NamedTuple):
    """Somebody before the picture is painted.

    Args:
        number: In the order of drawing.
        person: Who it is.
        display_name: As written in a chat.
        kind: How the display name came about.
    """

    number: int
    person: Person
    display_name: str
    kind: DisplayKind


def _disguised(person: Person, rng: Random) -> str:
    """The name after the first random trick that applies to it."""
    known = Known.of(person)
    for name in rng.sample(sorted(DISGUISES), len(DISGUISES)):
        disguise = DISGUISES[name]
        if disguise.target is Target.DISPLAY_NAME and (changed := disguise(known, rng, split=Split.REPORT)):
            return changed
    return person.verified_name


def drawn_people(prefix: str, count: int) -> Iterator[Drawn]:
    """People of the population with their display names, before any picture is painted; more of them begin with the same ones."""
    rng = seeded(Split.REPORT, "circle", prefix, SEED)
    people = {
        culture: iter(draw_people(culture, count, seed=SEED + ord(prefix), split=Split.REPORT))
        for culture in (Culture.CHINESE, Culture.LATIN)
    }
    for number in range(count):
        person = next(people[Culture.CHINESE if rng.random() < SHARE_CHINESE else Culture.LATIN])
        name, kind = display_name(person, rng)
        yield Drawn(number, person, name, kind)


def _somebody(drawn: Drawn, prefix: str, *, first_picture: int) -> Somebody:
    return Somebody(
        id=f"{prefix}{drawn.number}",
        display_name=drawn.display_name,
        verified_name=drawn.person.verified_name,
        picture=_picture(first_picture, drawn.number),
    )


def _picture(first: int, number: int) -> bytes:
    if number < WHOLE_PICTURES:
        return _painted(first + number)
    colours = np.random.default_rng([SEED, first, number]).integers(0, 256, (PATCHES, PATCHES, 3), dtype=np.uint8)
    return as_jpeg(Image.fromarray(colours).resize((PATCH_PICTURE_PX, PATCH_PICTURE_PX), Image.Resampling.BICUBIC), quality=85)


@cache
def _painted(seed: int) -> bytes:
    """Painting is the slow part, and circles of every size begin with the same people."""
    return as_jpeg(draw_photo(seed, size=PICTURE_PX), quality=85)
