# SPDX-License-Identifier: Apache-2.0
"""Where do two pictures meet in one?"""

import numpy as np
import pytest

from tests.avatars.drawing import encoded, scene
from transferguard.avatars import AvatarIndex, fingerprint_avatar
from transferguard.avatars.fingerprint import THUMB_SIDE
from transferguard.avatars.overlay import uncovered
from transferguard.avatars.seam import MOST, seams


def _collage(one, other, *, lying):
    """The middle of the first fills one half, the second the other."""
    page, side = other.copy(), one.width
    half, start = side // 2, side // 5
    page.paste(one.crop((0, start, side, start + half)) if lying else one.crop((start, 0, start + half, side)), (0, 0))
    return page


def _luma(picture):
    return fingerprint_avatar(encoded(picture, quality=80)).planes[0].thumb.astype(np.float32)


@pytest.mark.parametrize("seed", range(4))
def test_the_line_between_two_halves_is_found(seed):
    """Lying, and upright once the picture is turned."""
    darker = scene(seed + 10).point(lambda level: level * 0.6)

    assert any(abs(row - THUMB_SIDE // 2) <= 1 for row in seams(_luma(_collage(scene(seed), darker, lying=True))))
    assert any(abs(row - THUMB_SIDE // 2) <= 1 for row in seams(_luma(_collage(scene(seed), darker, lying=False)).T))


@pytest.mark.parametrize("seed", range(8))
def test_a_picture_without_a_line_has_none(seed):
    """Shapes and grain are no line from edge to edge."""
    assert seams(_luma(scene(seed))) == ()


def test_lines_are_apart_and_away_from_the_edges():
    """A frame is no seam, and an edge two rows wide is one line."""
    luma = np.full((THUMB_SIDE, THUMB_SIDE), 100.0, np.float32)
    luma[:5] = 0
    luma[40:] = 160
    assert seams(luma) == (40,)


def test_more_lines_than_a_few_are_stripes():
    """And stripes are the picture."""
    luma = np.full((THUMB_SIDE, THUMB_SIDE), 100.0, np.float32)
    for number in range(MOST + 1):
        luma[14 + 18 * number :] += 30 * (-1) ** number
    assert seams(luma) == ()


def test_each_half_is_a_window_of_its_own():
    """Nothing is hidden, and the hashes of the grid stay as they are."""
    plane = fingerprint_avatar(encoded(_collage(scene(1), scene(2).point(lambda level: level * 0.5), lying=False), quality=80)).planes[0]
    seen, hidden = uncovered(plane)

    assert hidden is None
    assert any(box[0] == 0 and box[1] == 0 and box[3] == 1 and abs(box[2] - 0.5) < 0.02 for box in seen.boxes)
    assert (seen.codes[: len(plane.codes)] == plane.codes).all()


def test_half_of_a_picture_beside_another_is_found():
    """Lying and upright, beside a picture that nobody wears."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(scene(seed)))) for seed in range(24))
    for seed in range(4):
        for lying in (True, False):
            copy = _collage(scene(seed), scene(100 + seed), lying=lying)
            assert seed in [hit.id for hit in index.search(fingerprint_avatar(encoded(copy)))]
