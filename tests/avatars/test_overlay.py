# SPDX-License-Identifier: Apache-2.0
"""Which part of a picture lies under a band of writing?"""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.avatars.drawing import encoded, scene
from transferguard.avatars import AvatarIndex, fingerprint_avatar
from transferguard.avatars.fingerprint import THUMB_SIDE
from transferguard.avatars.overlay import clear_windows, covered, half_clear, uncovered
from transferguard.avatars.seam import seams

SIDE = 256


def _banded(picture, top, bottom, *, word="SALE", fill=(200, 30, 60)):
    """A band of one colour across the picture, with a word in its middle."""
    marked, side = picture.copy(), picture.width
    pen = ImageDraw.Draw(marked)
    pen.rectangle((0, top * side, side, bottom * side), fill=fill)
    font = ImageFont.load_default(size=(bottom - top) * side * 0.6)
    pen.text((side / 2, (top + bottom) / 2 * side), word, fill=(255, 255, 255), font=font, anchor="mm")
    return marked


def _plane(picture):
    return fingerprint_avatar(encoded(picture, quality=80)).planes[0]


@pytest.mark.parametrize(("top", "bottom"), [(0.0, 0.2), (0.35, 0.65), (0.7, 1.0)])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_band_is_found_to_the_line(top, bottom, seed):
    """At the top, in the middle and at the bottom, and a little beyond its edge."""
    hidden = covered(_plane(_banded(scene(seed), top, bottom)))

    assert hidden is not None
    lines = np.flatnonzero(hidden.all(axis=1)) / THUMB_SIDE
    assert abs(lines[0] - top) < 0.05
    assert abs(lines[-1] + 1 / THUMB_SIDE - bottom) < 0.05


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_without_a_band_is_seen_whole(seed):
    """Nothing is left out of it, and its hashes stay as they are."""
    plane = _plane(scene(seed))

    assert covered(plane) is None
    assert uncovered(plane) == (plane, None)


def test_a_plain_part_without_writing_is_no_band():
    """It may be sky, or a wall, and belongs to the picture."""
    assert covered(_plane(_banded(scene(3), 0.6, 0.9, word=""))) is None


def test_stripes_over_most_of_a_picture_are_the_picture():
    """A flag is not hidden by its own colours."""
    flag = scene(4)
    for top, fill in ((0.0, (200, 30, 60)), (0.33, (30, 60, 200)), (0.66, (20, 120, 40))):
        flag = _banded(flag, top, top + 0.3, fill=fill)

    assert covered(_plane(flag)) is None


def test_windows_lie_beside_the_band():
    """All of what is left, squares and oblongs in it, nothing of the band; a strip that is too thin gives none."""
    hidden = np.zeros((THUMB_SIDE, THUMB_SIDE), np.bool_)
    hidden[20:50] = True
    windows = clear_windows(hidden)

    assert windows[0] == (0.0, 50 / THUMB_SIDE, 1.0, 1.0)
    assert all(top >= 50 / THUMB_SIDE and 0 <= left < right <= 1 for left, top, right, _ in windows)
    assert len(windows) == 7


def test_a_cropped_picture_under_a_band_is_found():
    """A third of it hidden, in the middle or at an edge."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(scene(seed)))) for seed in range(24))
    places = [(0.0, 0.33), (0.66, 1.0), (0.36, 0.64)]
    copies = [_banded(scene(seed).crop((30, 30, 226, 226)).convert("L").convert("RGB"), *places[seed % 3]) for seed in range(6)]
    found = [index.search(fingerprint_avatar(encoded(copy))) for copy in copies]

    assert [hits[0].id for hits in found if hits] == [0, 1, 2, 3, 4, 5]


def _veiled(picture, top, bottom, *, word="SALE", left=0.4):
    """A band through which the picture shows, with letters through which it does not."""
    veiled = Image.blend(_banded(picture, top, bottom, word="", fill=(255, 250, 140)), picture, left)
    font = ImageFont.load_default(size=(bottom - top) * SIDE * 0.6)
    ImageDraw.Draw(veiled).text((SIDE / 2, (top + bottom) / 2 * SIDE), word, fill=(20, 20, 20), font=font, anchor="mm")
    return veiled


@pytest.mark.parametrize(("top", "bottom"), [(0.0, 0.25), (0.35, 0.65), (0.7, 1.0)])
def test_a_band_that_is_half_clear_is_found(top, bottom):
    """Its letters are what the colours around it do not explain."""
    plane = _plane(_veiled(scene(0), top, bottom))
    luma = plane.thumb.astype(np.float32)
    hidden = half_clear(luma, seams(luma))

    assert covered(plane) is None
    assert hidden is not None
    lines = np.flatnonzero(hidden.all(axis=1)) / THUMB_SIDE
    assert abs(lines[0] - top) < 0.05
    assert abs(lines[-1] + 1 / THUMB_SIDE - bottom) < 0.05
    left_out = uncovered(plane)[1]
    assert left_out is not None
    assert np.array_equal(left_out, hidden)


def test_a_part_darker_than_the_rest_is_no_band_without_writing():
    """Nor is another picture, of which none shows through."""
    veiled = _plane(_veiled(scene(0), 0.7, 1.0, word="")).thumb.astype(np.float32)
    assert half_clear(veiled, seams(veiled)) is None

    pasted = scene(2)
    pasted.paste(scene(9).crop((0, 0, SIDE, 80)).point(lambda level: level * 0.5), (0, SIDE - 80))
    luma = _plane(pasted).thumb.astype(np.float32)
    assert half_clear(luma, (int(THUMB_SIDE * (SIDE - 80) / SIDE),)) is None
