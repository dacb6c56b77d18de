# SPDX-License-Identifier: Apache-2.0
"""The pictures that the benchmark of the picture engine runs on.

*Photos* are crops of the photographs in Debian's mate-backgrounds (tiles that do not overlap, so that no two are crops of
each other) and painted pictures of photographic texture. *Graphics* are the cartoons of the outside data and painted
cartoons, badges and faces. Whatever is near-identical to an earlier picture, in any of eight orientations, is dropped.

All tiles of a photograph fall into one part by the hash of its name; painted pictures fall by seed.
gnome-backgrounds holds no photographs in Debian 12, only textures and drawings whose tiles repeat each other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.benchmarks.spreading import spread
from transferguard.testing import pictures
from transferguard.testing.pictures.encode import on_white
from transferguard.testing.split import Split, split_of, stable_number

PACKAGES = ("mate-backgrounds",)
"""Debian packages with photographs: GPL-2+, read in place where they are installed and never copied into this repository."""

_FOLDER = Path("/usr/share/backgrounds/mate")
_PAINTING = "Elephants_5640x3172.jpg"
_PAINTING_SHARE = (0.145, 0.85)
"""Left and right of these shares of its width the painting repeats itself in a mirror (measured)."""

_TILE_PX = 320
"""The side of the largest copies: nothing is blown up, which would make a photograph softer than an avatar is."""

_TILES_APIECE = 12
"""A small set opens no more photographs than it needs for a mixture: one for every so many pictures, and three at least."""

_TILES_AT_MOST = 75
"""No photograph gives more, or the largest would speak for all."""

_LEAST_CONTRAST = 10.0
"""Grey levels (standard deviation): a tile of plain sky or blur is nobody's avatar."""

_TOO_ALIKE = 0.96
"""Correlation at 16 x 16 above which two tiles count as one picture; neighbours in one blurred ground reach 0.99."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One picture: where it comes from, and its bytes as an app would store them.

    Attributes:
        source: The file or painter, then the place or seed.
        data: The bytes.
        shoot: Pictures of one shoot are neighbours in one photograph: not copies, and not unrelated either.
    """

    source: str
    data: bytes
    shoot: str = ""

    @property
    def painted(self) -> bool:
        """Whether the picture is ours, rather than somebody else's photograph or cartoon."""
        return self.source.startswith("draw_")

    def unrelated_to(self, other: Specimen) -> bool:
        """Whether the two have nothing to do with each other."""
        return self is not other and (not self.shoot or self.shoot != other.shoot)


def photographs(*, install: bool = False) -> list[Path]:
    """The photographs of the Debian package; an empty list where it is not installed and may not be."""
    if not _FOLDER.is_dir() and install and os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        subprocess.run([apt, "install", "-y", "-qq", "--no-install-recommends", *PACKAGES], check=False, capture_output=True, timeout=300)  # noqa: S603  # a fixed command
    return sorted([*_FOLDER.glob("nature/*.jpg"), *_FOLDER.glob(f"abstract/{_PAINTING}")])


def photos(split: Split, count: int, *, install: bool = False, jobs: int = 1) -> list[Specimen]:
    """Pictures of photographic texture for one part: tiles of its photographs, half of the set at most, and painted ones."""
    paths = [path for path in photographs(install=install) if _held_back(path.stem.rsplit("-", 1)[0]) is (split is Split.REPORT)]
    paths = sorted(paths, key=lambda path: stable_number("photograph", path.name))[: max(3, count // _TILES_APIECE)]
    tiles = distinct([tile for some in spread(_tiles, paths, jobs=jobs, apiece=1) for tile in some])
    tiles = sorted(tiles, key=lambda specimen: stable_number("tile", specimen.source))[: count // 2]
    wanted = count - len(tiles)
    seeds = _seeds("photo", split, wanted + wanted // 50)
    return distinct([*tiles, *spread(lambda seed: _painted("draw_photo", seed), seeds, jobs=jobs)], count)


def graphics(split: Split, count: int, *, jobs: int = 1) -> list[Specimen]:
    """Flat pictures for one part: the outside cartoons among painted ones."""
    folder = Path(os.environ.get("TRANSFERGUARD_SHARED", "../shared")) / "data" / "avatars" / "cartoons"
    found = [
        Specimen(source=f"cartoon/{path.name}", data=path.read_bytes())
        for path in sorted(folder.glob("*.png"))
        if _held_back(path.stem) is (split is Split.REPORT)
    ]
    found += spread(lambda seed: _painted("draw_graphic", seed), _seeds("graphic", split, count), jobs=jobs)
    return distinct(sorted(found, key=lambda specimen: stable_number("graphic", specimen.source)), count)


def _held_back(name: str) -> bool:
    """Whether a picture of others is kept for the report.

    The rule is that of the engine's own calibration (`avatars_pictures`), so that nothing it was calibrated on is reported.
    """
    return zlib.crc32(name.encode()) % 2 == 0


def _seeds(kind: str, split: Split, count: int) -> list[int]:
    """Seeds of one part; the parts share none."""
    seeds: list[int] = []
    seed = 0
    while len(seeds) < count:
        if split_of(f"painted {kind}", seed) is split:
            seeds.append(seed)
        seed += 1
    return seeds


def _painted(painter: str, seed: int) -> Specimen:
    return Specimen(source=f"{painter}/{seed}", data=pictures.as_jpeg(getattr(pictures, painter)(seed), 88))


def _tiles(path: Path) -> list[Specimen]:
    """Square tiles of one photograph that do not overlap."""
    with Image.open(path) as image:
        whole = image.convert("RGB")
    if path.name == _PAINTING:
        whole = whole.crop((int(whole.width * _PAINTING_SHARE[0]), 0, int(whole.width * _PAINTING_SHARE[1]), whole.height))
    found = []
    for top in range(0, whole.height - _TILE_PX + 1, _TILE_PX):
        for left in range(0, whole.width - _TILE_PX + 1, _TILE_PX):
            tile = whole.crop((left, top, left + _TILE_PX, top + _TILE_PX))
            if np.asarray(tile.convert("L"), dtype=float).std() >= _LEAST_CONTRAST:
                data = pictures.as_jpeg(tile, 90)
                found.append(Specimen(source=f"{path.name}/{left},{top}", data=data, shoot=path.name))
    return sorted(found, key=lambda specimen: stable_number("tile", specimen.source))[:_TILES_AT_MOST]


@lru_cache(maxsize=4_000)
def _small(data: bytes) -> npt.NDArray[np.float32]:
    """The picture at 16 x 16, without brightness and contrast, in colour; kept, because tiles are compared among themselves first."""
    with Image.open(BytesIO(data)) as image:
        levels = np.asarray(on_white(image).resize((16, 16), Image.Resampling.BOX), dtype=float)
    levels -= levels.mean()
    return np.asarray(levels / max(float(np.linalg.norm(levels)), 1e-9), np.float32)


def distinct(specimens: list[Specimen], wanted: int | None = None) -> list[Specimen]:
    """The same pictures without those that are near-identical to an earlier one in any orientation; the first so many, if that is asked."""
    kept: list[Specimen] = []
    rows = np.zeros((len(specimens), 16 * 16 * 3), dtype=np.float32)
    for specimen in specimens:
        if len(kept) == wanted:
            break
        small = _small(specimen.data)
        # All orientations in one product, which reads the rows once.
        turned = np.stack([np.rot90(side, quarter).ravel() for side in (small, small[:, ::-1]) for quarter in range(4)], axis=1)
        if kept and float((rows[: len(kept)] @ turned).max()) > _TOO_ALIKE:
            continue
        rows[len(kept)] = small.ravel()
        kept.append(specimen)
    return kept
