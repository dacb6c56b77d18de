# SPDX-License-Identifier: Apache-2.0
"""Honest people whose pictures resemble each other: what a picture comparison must not take for theft.

Each situation gives the pictures of two people who did not copy each other, saved as an app saves them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image

from transferguard.testing import pictures
from transferguard.testing.picture_attacks.draws import Draws
from transferguard.testing.picture_attacks.registry import resaved
from transferguard.testing.split import Split, seeded

Pair = tuple[Image.Image, Image.Image]


@dataclass(frozen=True, slots=True, kw_only=True)
class HonestSituation:
    """Two honest people with pictures that are alike.

    Attributes:
        name: Its key in `SITUATIONS`.
        description: One sentence for the report.
        same_picture: True where both wear literally one picture, so that only popularity or context can tell.
        draw: Paints both.
    """

    name: str
    description: str
    same_picture: bool
    draw: Callable[[Random], Pair]

    def __call__(self, seed: int, *, split: Split | None = None) -> tuple[bytes, bytes]:
        """The avatars of the two people as bytes; another seed is another two people."""
        one, other = self.draw(seeded(split, "honest situation", self.name, seed))
        return tuple(_worn(picture, Draws(f"honest {self.name} {place}", seed, split)) for place, picture in enumerate((one, other)))  # type: ignore[return-value]  # two in, two out


def _worn(picture: Image.Image, draws: Draws) -> bytes:
    """As an app serves it: 128 to 320 pixels, saved once."""
    side = round(draws.between("side", 128, 320))
    return resaved(picture.resize((side, side), Image.Resampling.LANCZOS), draws)


def _initials(rng: Random, *, same: bool) -> Pair:
    letters, colour = rng.sample("ABCDEFGHIJKLMNOPQRSTUVWXYZ李王张刘陈杨赵黄", 2), rng.randrange(12)
    return pictures.draw_initials(letters[0], colour), pictures.draw_initials(letters[0] if same else letters[1], colour)


def _flags(rng: Random, *, same: bool) -> Pair:
    names = rng.sample(pictures.FLAGS, 2)
    return pictures.draw_flag(names[0]), pictures.draw_flag(names[0] if same else names[1])


def _one_hand(rng: Random) -> Pair:
    artist = rng.randrange(pictures.TEMPLATES)
    return pictures.draw_cartoon(rng.getrandbits(40), template=artist), pictures.draw_cartoon(rng.getrandbits(40), template=artist)


def _one_league(rng: Random) -> Pair:
    league = rng.randrange(500)
    return pictures.draw_logo(rng.getrandbits(40), league=league), pictures.draw_logo(rng.getrandbits(40), league=league)


def _one_club(rng: Random) -> Pair:
    badge = pictures.draw_logo(rng.getrandbits(40))
    return badge, badge


def _default(rng: Random) -> Pair:  # noqa: ARG001  # all situations are drawn alike
    return pictures.draw_default_avatar(), pictures.draw_default_avatar()


def _sunset(rng: Random) -> Pair:  # noqa: ARG001  # all situations are drawn alike
    return pictures.popular_sunset(), pictures.popular_sunset()


def _emoji(rng: Random) -> Pair:
    return pictures.draw_emoji_face(rng.getrandbits(40)), pictures.draw_emoji_face(rng.getrandbits(40))


def _pose(rng: Random) -> Pair:
    return pictures.draw_portrait(rng.getrandbits(40)), pictures.draw_portrait(rng.getrandbits(40))


def _situation(name: str, description: str, draw: Callable[[Random], Pair], *, same: bool = False) -> HonestSituation:
    return HonestSituation(name=name, description=description, same_picture=same, draw=draw)


_TABLE: tuple[HonestSituation, ...] = (
    _situation("default_avatar", "both kept the app's grey silhouette", _default, same=True),
    _situation("same_initials", "the app drew the same letter on the same colour", lambda rng: _initials(rng, same=True), same=True),
    _situation("other_initials", "the app drew different letters on the same colour", lambda rng: _initials(rng, same=False)),
    _situation("same_flag", "both wear the flag of one country", lambda rng: _flags(rng, same=True), same=True),
    _situation("other_flags", "each wears a flag of their own", lambda rng: _flags(rng, same=False)),
    _situation("template_family", "two cartoons by one artist", _one_hand),
    _situation("same_club", "both wear the badge of one club", _one_club, same=True),
    _situation("one_league", "badges of two clubs of one league", _one_league),
    _situation("emoji_faces", "two round yellow faces", _emoji),
    _situation("popular_sunset", "both chose the sunset that everybody has", _sunset, same=True),
    _situation("couple", "a couple's matching halves", lambda rng: pictures.draw_couple(rng.getrandbits(40))),
    _situation("relatives", "two relatives cropped one family photo", lambda rng: pictures.draw_relatives(rng.getrandbits(40)), same=True),
    _situation("same_pose", "two portraits in front of a similar wall", _pose),
)

SITUATIONS: dict[str, HonestSituation] = {situation.name: situation for situation in _TABLE}
"""Every honest situation by its name."""
