# SPDX-License-Identifier: Apache-2.0
"""A picture in a terminal: two pixels per character, the upper one as the colour of `▀`, the lower one as its background.

Decoding is `transferguard.avatars`' business, caps included; a picture that cannot be decoded is no picture here.
"""

from __future__ import annotations

from typing import Final

from rich.color import Color
from rich.style import Style
from rich.text import Text

from transferguard.errors import AvatarError

COLUMNS: Final = 22
"""Terminal cells; two pictures of this width and their margins fit into 72."""

ROWS: Final = 11
"""Terminal lines: a cell is about twice as high as wide, so the picture is square."""


def half_blocks(picture: bytes) -> Text | None:
    """The picture as 11 lines of 22 cells; None when it cannot be decoded."""
    from PIL import Image  # noqa: PLC0415 - only a colour terminal needs it

    from transferguard.avatars.decode import decode_frames  # noqa: PLC0415 - the same

    try:
        upright = decode_frames(picture)[0].pictures[0]
    except AvatarError:
        return None
    pixels = upright.resize((COLUMNS, 2 * ROWS), Image.Resampling.BOX).convert("RGB").tobytes()

    def colour(column: int, row: int) -> Color:
        at = 3 * (row * COLUMNS + column)
        return Color.from_rgb(*pixels[at : at + 3])

    drawn = Text(no_wrap=True)
    for line in range(ROWS):
        for column in range(COLUMNS):
            drawn.append("▀", Style(color=colour(column, 2 * line), bgcolor=colour(column, 2 * line + 1)))
        drawn.append("\n" if line < ROWS - 1 else "")
    return drawn
