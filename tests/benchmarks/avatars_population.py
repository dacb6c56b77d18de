# SPDX-License-Identifier: Apache-2.0
"""A circle of contacts, strangers who know none of them, and copies: what the weights are measured on.

The mixture is that of the simulator: mostly photos, a fifth cartoons by forty hands, and a few badges, faces, initials and flags.
Photos are tiles of large photographs and painted ones, at the size at which an app stores them. A part (calibrate or report) has
photographs, seeds and attack parameters of its own.
"""

import io
import multiprocessing
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from tests.benchmarks.avatars_attacks import ATTACKS as OWN_ATTACKS
from tests.benchmarks.avatars_attacks import collage, disguise, saved
from tests.benchmarks.avatars_pictures import chosen, draw_shapes
from transferguard.testing import pictures
from transferguard.testing.picture_attacks import ATTACKS
from transferguard.testing.split import Split

STORED_PX = 160
"""Side of a stored avatar, as in the simulator."""

_ATTACK_SPLITS = {"calibrate": Split.TUNE, "report": Split.REPORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """One picture that somebody wears.

    Args:
        kind: photo or graphic, as it was made.
        source: real for photographs and cartoons of others; else the painter.
        family: Pictures of one family are not unrelated: tiles of one photograph, one flag, one letter on one colour.
        data: The file.
    """

    kind: str
    source: str
    family: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A contact's picture, disguised.

    Args:
        original: Place in the circle.
        attack: What was done.
        data: The file.
    """

    original: int
    attack: str
    data: bytes


Paint = Callable[[int], Image.Image]
_FLAGS = tuple(pictures.FLAGS)


def _stored(picture: Image.Image, side: int = STORED_PX, quality: int = 82) -> bytes:
    target = io.BytesIO()
    picture.convert("RGB").resize((side, side), Image.Resampling.BICUBIC).save(target, "JPEG", quality=quality)
    return target.getvalue()


def _painted(kind: str, painter: Paint, seeds: range, family: Callable[[int], str] | None = None) -> list[Worn]:
    name = painter.__name__
    return [
        Worn(kind=kind, source=name, family=family(seed) if family else f"{name}:{seed}", data=_stored(painter(seed))) for seed in seeds
    ]


def _initials(seed: int) -> Image.Image:
    return pictures.draw_initials(chr(ord("A") + seed % 26), seed // 26 % 12)


def _flag(seed: int) -> Image.Image:
    return pictures.draw_flag(_FLAGS[seed % len(_FLAGS)])


def people(split: str, seed: int, *, circle: int = 1000, strangers: int = 560) -> tuple[list[Worn], list[Worn]]:
    """A circle, and strangers.

    Args:
        split: calibrate or report.
        seed: Another seed paints other pictures.
        circle: Contacts.
        strangers: Strangers.
    """
    base = (1 + zlib.crc32(f"{split} {seed}".encode()) % 900) * 1_000_000
    real = [
        Worn(kind=one.kind, source="real", family=one.family if one.kind == "photo" else one.name, data=_stored(one.picture, 320, 88))
        for one in chosen(split, 0)
    ]
    order = np.random.default_rng(base).permutation(len(real))
    cut = len(real) * 2 // 3
    groups = []
    for size, mine, start in ((circle, order[:cut], base), (strangers, order[cut:], base + 500_000)):
        group = [real[place] for place in mine]
        group += _painted("graphic", pictures.draw_cartoon, range(start, start + size * 19 // 100))
        group += _painted("graphic", pictures.draw_logo, range(start, start + size // 40))
        group += _painted("graphic", pictures.draw_emoji_face, range(start, start + size // 80))
        group += _painted("graphic", draw_shapes, range(start, start + size // 80))
        # Letters and flags are few: the circle has the even ones, strangers the odd ones, so that none is the same picture.
        odd = int(start != base)
        group += _painted("graphic", _initials, range(odd, odd + size // 25, 2), lambda one: f"letter {one % 26}")
        group += _painted("graphic", _flag, range(odd, min(len(_FLAGS), odd + size // 25), 2), lambda one: f"flag {one}")
        group += _painted("photo", pictures.draw_photo, range(start, start + size - len(group)))
        groups.append(group)
    return groups[0], groups[1]


def copies(split: str, seed: int, circle: list[Worn], *, photos: int = 24, graphics: int = 14) -> list[Copy]:
    """Every attack on some of the circle.

    Args:
        split: calibrate or report.
        seed: Another seed disguises others, in other ways.
        circle: From `people`.
        photos: Photos copied, half of them real.
        graphics: Graphics copied, a third of them by others.
    """
    rng = np.random.default_rng([seed, zlib.crc32(split.encode())])
    places: list[int] = []
    for kind, source, count in (
        ("photo", "real", photos // 2),
        ("photo", "draw_photo", photos - photos // 2),
        ("graphic", "real", graphics // 3),
        ("graphic", "draw_cartoon", graphics // 3),
        ("graphic", "draw_logo", graphics - 2 * (graphics // 3)),
    ):
        ours = [place for place, one in enumerate(circle) if one.kind == kind and one.source == source]
        places += rng.permutation(ours)[:count].tolist()
    names = [*ATTACKS, *(f"own {attack}" for attack in OWN_ATTACKS)]
    tasks = [(place, name, circle[place].data, int(rng.integers(1 << 31)), _ATTACK_SPLITS[split]) for place in places for name in names]
    with multiprocessing.get_context("fork").Pool(int(os.environ.get("TRANSFERGUARD_JOBS", "2"))) as pool:
        return pool.map(_copied, tasks, chunksize=20)


def _copied(task: tuple[int, str, bytes, int, Split]) -> Copy:
    """One attack on one picture."""
    place, name, data, seed, split = task
    if name in ATTACKS:
        return Copy(original=place, attack=name, data=ATTACKS[name](data, seed=seed, split=split))
    rng = np.random.default_rng(seed)
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB").resize((400, 400), Image.Resampling.BICUBIC)
    if name == "own collage":
        return Copy(original=place, attack=name, data=saved(collage(picture, rng, pictures.draw_photo(seed, size=400)), rng))
    return Copy(original=place, attack=name, data=disguise(picture, name.removeprefix("own "), rng))
