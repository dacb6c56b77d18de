# SPDX-License-Identifier: Apache-2.0
"""Which pictures the avatar benchmarks look at, and into which split each falls.

Photos are tiles of large photographs found on this machine (Debian's mate-backgrounds, and any folder
named in `TRANSFERGUARD_PHOTOS`), and pictures painted by `transferguard.testing.pictures`. Graphics are the cartoons in the
outside data and painted ones. All tiles of one photograph fall into the same split, so that no scene is both tuned and reported.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from transferguard.testing import pictures

SIDE = 400
"""Pixels of every original."""

_FOLDERS = ("/usr/share/backgrounds/mate/nature", "/usr/share/backgrounds/mate/abstract")
_PAINTERS = {
    "photo": ("draw_portrait", "draw_landscape", "draw_city", "draw_flower", "draw_pet", "draw_still_life", "draw_group"),
    "graphic": ("draw_cartoon", "draw_emoji_face", "draw_logo", "draw_shapes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One picture that somebody might wear.

    Args:
        name: Where it comes from.
        kind: photo or graphic, as we sorted it.
        split: calibrate or report.
        family: Pictures of one family come from one photograph or one painter.
        picture: RGB, SIDE square.
    """

    name: str
    kind: str
    split: str
    family: str
    picture: Image.Image


def draw_shapes(seed: int) -> Image.Image:
    """A sign of few plain shapes: any corner of it fits many other corners."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (SIDE, SIDE), _ink(rng))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(2, 9))):
        x, y = rng.uniform(-0.1, 0.8, 2) * SIDE
        wide, high = rng.uniform(0.08, 0.6, 2) * SIDE
        way = rng.integers(4)
        if way == 0:
            draw.ellipse((x, y, x + wide, y + high), fill=_ink(rng))
        elif way == 1:
            draw.rectangle((x, y, x + wide, y + high), fill=_ink(rng))
        elif way == 2:
            draw.polygon([(x, y), (x + wide, y), (x + wide / 2, y + high)], fill=_ink(rng))
        else:
            draw.line((x, y, x + wide, y + high), fill=_ink(rng), width=int(rng.integers(6, 40)))
    return picture


def _ink(rng: np.random.Generator) -> tuple[int, ...]:
    return tuple(int(level) for level in rng.integers(0, 256, 3))


def _split_of(family: str) -> str:
    return "calibrate" if zlib.crc32(family.encode()) % 2 else "report"


def _photographs() -> Iterator[Path]:
    folders = [*_FOLDERS, *filter(None, os.environ.get("TRANSFERGUARD_PHOTOS", "").split(os.pathsep))]
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix.lower() in {".jpg", ".png", ".webp"} and "3840" not in path.name and "5640" not in path.name:
                yield path


def _tiles(path: Path) -> Iterator[tuple[str, Image.Image]]:
    """Cut a photograph into tiles that do not overlap."""
    with Image.open(path) as opened:
        opened.draft("RGB", (2560, 2560))
        whole = opened.convert("RGB")
    whole.thumbnail((2560, 2560))
    columns, rows = max(1, round(whole.width / 560)), max(1, round(whole.height / 560))
    width, height = whole.width / columns, whole.height / rows
    side = min(width, height)
    for row in range(rows):
        for column in range(columns):
            left, top = column * width + (width - side) / 2, row * height + (height - side) / 2
            tile = whole.resize((SIDE, SIDE), Image.Resampling.BICUBIC, (left, top, left + side, top + side))
            if np.asarray(tile.convert("L").resize((16, 16), Image.Resampling.BOX)).std() > 9:
                yield f"{path.name}:{column},{row}", tile


def _painter(name: str) -> Callable[[int], Image.Image]:
    return draw_shapes if name == "draw_shapes" else getattr(pictures, name)


def _originals(painted: int) -> Iterator[Original]:
    for path in _photographs():
        family = path.stem.rsplit("-", 1)[0]
        for name, tile in _tiles(path):
            yield Original(name=name, kind="photo", split=_split_of(family), family=family, picture=tile)
    for kind, painters in _PAINTERS.items():
        for painter in painters:
            for number in range(painted):
                split = "calibrate" if number % 2 else "report"
                drawn = _painter(painter)(70_000 + number).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
                yield Original(name=f"{painter}:{number}", kind=kind, split=split, family=painter, picture=drawn)
    cartoons = Path(os.environ.get("TRANSFERGUARD_SHARED", "../shared")) / "data" / "avatars" / "cartoons"
    for path in sorted(cartoons.glob("*.png")):
        with Image.open(path) as opened:
            layered = opened.convert("RGBA").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        shown = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
        yield Original(name=path.name, kind="graphic", split=_split_of(path.stem), family=path.stem.split("_")[0], picture=shown)


@lru_cache(maxsize=2)
def originals(painted: int = 30) -> tuple[Original, ...]:
    """All pictures.

    Args:
        painted: Pictures per painter.
    """
    return tuple(_originals(painted))


_TOO_ALIKE = 0.96
"""Correlation of 24 x 24 gray copies, in any orientation, from which two pictures are one."""

_LEAST_STRUCTURED = 0.2
"""Share of blocks with structure: below it a tile is plain sky. Blurred grounds, which people do wear, lie between 0.2 and 0.45."""

_REPETITIVE = ("Grey", "string", "ColorfulCups", "page", "text", "Elephants")
"""Photographs whose tiles repeat each other, and one of which another size belongs to the report."""


def chosen(split: str, painted: int) -> list[Original]:
    """The pictures of one split that somebody might wear: enough to see, and no two nearly the same.

    Args:
        split: calibrate or report.
        painted: Pictures per painter.
    """
    kept: list[Original] = []
    seen: list[np.ndarray] = []
    for one in originals(painted):
        if one.split != split or one.name.startswith(_REPETITIVE) or (one.kind == "photo" and _plain(one.picture)):
            continue
        gray = np.asarray(one.picture.convert("L").resize((24, 24), Image.Resampling.BOX), dtype=float)
        turned = [_unit(np.rot90(side, turns)) for side in (gray, gray.T) for turns in range(4)]
        if seen and (np.stack(seen) @ np.stack(turned).T).max() > _TOO_ALIKE:
            continue
        seen.append(turned[0])
        kept.append(one)
    return kept


def _unit(values: np.ndarray) -> np.ndarray:
    flat = (values - values.mean()).ravel()
    unit: np.ndarray = flat / (np.linalg.norm(flat) + 1e-6)
    return unit


def _plain(picture: Image.Image) -> bool:
    gray = np.asarray(picture.convert("L").resize((128, 128), Image.Resampling.BOX), dtype=float)
    return bool((gray.reshape(8, 16, 8, 16).std(axis=(1, 3)) > 5).mean() < _LEAST_STRUCTURED)
