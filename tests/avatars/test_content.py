# SPDX-License-Identifier: Apache-2.0
"""Where is the picture inside the picture?"""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.avatars.drawing import scene
from transferguard.avatars.content import MAX_BOXES, content_boxes

SIDE = 128


def _boxes(picture):
    small = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    colour = np.asarray(small, dtype=np.float32)
    return content_boxes(colour, colour @ np.array([0.299, 0.587, 0.114], np.float32))


def _page(place, *, dark=False, round_=False):
    """A chat with a bar, bubbles that touch the picture, and lines of text."""
    page = Image.new("RGB", (400, 400), (22, 22, 26) if dark else (237, 237, 240))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 400, 36), fill=(200, 60, 80))
    for top in (150, 330):
        draw.rounded_rectangle((10, top, 330, top + 22), 9, fill=(60, 150, 80))
        draw.line((20, top + 10, 90, top + 10), fill=(20, 20, 20), width=3)
    left, upper, right, _ = place
    side = right - left
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, side - 1, side - 1), side // 2 if round_ else 4, fill=255)
    page.paste(scene(3, side), (left, upper), mask)
    return page


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("round_", [False, True])
@pytest.mark.parametrize("place", [(40, 60, 260, 280), (150, 90, 350, 290)])
def test_a_picture_on_a_page_is_found_beside_bars_and_bubbles(place, dark, round_):
    """A screenshot of a chat, light or dark, square or round."""
    wanted = [edge / 400 for edge in place]
    found = _boxes(_page(place, dark=dark, round_=round_))

    assert min(max(abs(one - other) for one, other in zip(box, wanted, strict=True)) for box in found) < 0.04


def test_a_plain_border_is_trimmed():
    """What is left of a frame is the picture."""
    framed = Image.new("RGB", (300, 300), "gold")
    framed.paste(scene(1, 240), (30, 30))

    assert any(box == pytest.approx((0.1, 0.1, 0.9, 0.9), abs=0.02) for box in _boxes(framed))


def test_a_picture_without_ground_has_no_box():
    """Nothing to trim, nothing to cut out."""
    assert _boxes(scene(2, 256)) == ()


def test_there_are_few_boxes():
    """A page full of pictures does not make a fingerprint large."""
    page = Image.new("RGB", (400, 400), "white")
    for left in (20, 210):
        for top in (20, 210):
            page.paste(scene(left + top, 160), (left, top))

    assert 1 <= len(_boxes(page)) <= MAX_BOXES


def test_a_page_without_a_picture_has_no_box():
    """Bubbles and bars alone are nothing to compare."""
    page = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(page)
    for top in range(20, 400, 60):
        draw.rectangle((20, top, 300, top + 20), fill=(60, 150, 80))

    assert all(min(box[2] - box[0], box[3] - box[1]) > 0.5 for box in _boxes(page))


def test_the_two_largest_pictures_of_a_page_are_kept_largest_first():
    """Behind the trimmed window; a third is not worth a hash."""
    page = Image.new("RGB", (400, 400), "white")
    for left, top, side in ((20, 20, 120), (160, 20, 200), (20, 240, 140)):
        page.paste(scene(side, side), (left, top))
    found = [box for box in _boxes(page) if box[2] - box[0] < 0.6]

    assert [round(box[2] - box[0], 1) for box in found] == [0.5, 0.3 if len(found) > 1 and found[1][2] - found[1][0] < 0.33 else 0.4]
    assert len(found) == 2


@pytest.mark.parametrize(("width", "kept"), [(60, False), (120, True), (150, True)])
def test_a_box_is_kept_from_a_quarter_of_the_page_on(width, kept):
    """Smaller ones are thumbnails and stickers."""
    page = Image.new("RGB", (400, 400), "white")
    page.paste(scene(3, width), (100, 100))

    assert any(abs((box[2] - box[0]) - width / 400) < 0.04 for box in _boxes(page)) is kept


@pytest.mark.parametrize(("border", "trimmed"), [(0, False), (40, True), (110, True), (140, True)])
def test_a_border_is_trimmed_up_to_four_tenths_of_the_side(border, trimmed):
    """From each edge; a picture without a border has no window of its own."""
    framed = Image.new("RGB", (400, 400), "gold")
    framed.paste(scene(1, 400 - 2 * border), (border, border))
    wanted = (border / 400, border / 400, 1 - border / 400, 1 - border / 400)

    assert any(box == pytest.approx(wanted, abs=0.02) for box in _boxes(framed)) is trimmed
