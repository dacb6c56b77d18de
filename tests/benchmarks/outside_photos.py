# SPDX-License-Identifier: Apache-2.0
"""Photographs of others as profile pictures for simulated people: tiles of Debian's mate-backgrounds, where installed.

Painted portraits are all by one painter and resemble each other as no two photographs do; a decision measured with them alone would say
little. The tiles are read in place, cut to the size in which apps store pictures, and written to a temporary folder.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from tests.benchmarks import pictures_data
from transferguard.testing import pictures
from transferguard.testing.simulate.wardrobe import SIDE_PX
from transferguard.testing.split import Split


def write_photos(folder: Path, *, split: Split, count: int = 1_500) -> int:
    """Fill a folder with photographs of one split, in mixed order.

    Args:
        folder: Exists and is empty.
        split: Photographs of the report are kept apart from all others, as in the picture benchmark.
        count: At most so many.

    Returns:
        How many there are; none where the package is not installed.
    """
    paths = [path for path in pictures_data.photographs() if _kept_for_report(path) is (split is Split.REPORT)]
    found = pictures_data.distinct([tile for path in paths for tile in pictures_data._tiles(path)])  # of the same benchmark
    Random(7).shuffle(found)  # an order, not a secret
    for number, specimen in enumerate(found[:count]):
        with Image.open(BytesIO(specimen.data)) as image:
            small = image.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
        (folder / f"{number:05}.jpg").write_bytes(pictures.as_jpeg(small, quality=82))
    return min(count, len(found))


def _kept_for_report(path: Path) -> bool:
    return pictures_data._held_back(path.stem.rsplit("-", 1)[0])  # the rule of the picture benchmark
