# SPDX-License-Identifier: Apache-2.0
"""Pictures in a terminal."""

import pytest
from PIL import Image

from transferguard.testing.pictures import as_gif, as_jpeg, as_png, as_webp, draw_portrait
from transferguard.ui.half_blocks import COLUMNS, ROWS, half_blocks


@pytest.mark.parametrize("encode", [as_jpeg, as_png, as_webp])
def test_a_picture_becomes_a_square_of_half_blocks(encode):
    """Of every format that an avatar may have."""
    drawn = half_blocks(encode(draw_portrait(3)))

    assert drawn is not None
    assert drawn.plain == "\n".join(["▀" * COLUMNS] * ROWS)


def test_upper_and_lower_pixel_share_a_cell():
    """The upper one is the colour of the letter, the lower one its background."""
    picture = Image.new("RGB", (COLUMNS * 20, 2 * ROWS * 20), (255, 0, 0))
    picture.paste((0, 0, 255), (0, 0, COLUMNS * 20, 20))

    drawn = half_blocks(as_png(picture))

    assert drawn is not None
    style = drawn.spans[0].style
    assert not isinstance(style, str)
    assert style.color is not None
    assert style.bgcolor is not None
    assert style.color.triplet is not None
    assert style.bgcolor.triplet is not None
    assert style.color.triplet.blue > style.color.triplet.red
    assert style.bgcolor.triplet.red > style.bgcolor.triplet.blue


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff" + bytes(50), as_gif([draw_portrait(3)])[:60]])
def test_what_cannot_be_decoded_is_no_picture(data):
    """The card goes on without it."""
    assert half_blocks(data) is None
