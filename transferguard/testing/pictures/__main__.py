# SPDX-License-Identifier: Apache-2.0
"""A contact sheet of all painters: `python -m transferguard.testing.pictures sheet.png`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from transferguard.testing import pictures

_COLUMNS, _THUMBNAIL_PX = 8, 160


def contact_sheet(first_seed: int = 0) -> Image.Image:
    """One row per painter, one seed per column."""
    painters = (
        pictures.draw_portrait,
        pictures.draw_group,
        pictures.draw_landscape,
        pictures.draw_city,
        pictures.draw_still_life,
        pictures.draw_flower,
        pictures.draw_pet,
        pictures.draw_cartoon,
        pictures.draw_logo,
        pictures.draw_emoji_face,
    )
    page = Image.new("RGB", (_COLUMNS * _THUMBNAIL_PX, len(painters) * _THUMBNAIL_PX))
    for row, painter in enumerate(painters):
        for column in range(_COLUMNS):
            tile = painter(first_seed + column).resize((_THUMBNAIL_PX, _THUMBNAIL_PX), Image.Resampling.LANCZOS)
            page.paste(tile, (column * _THUMBNAIL_PX, row * _THUMBNAIL_PX))
    return page


if __name__ == "__main__":
    contact_sheet().save(Path(sys.argv[1] if len(sys.argv) > 1 else "pictures.png"))
