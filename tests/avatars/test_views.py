# SPDX-License-Identifier: Apache-2.0
"""The view hash, against a slow reference that anybody can read."""

import numpy as np
import pytest

from tests.avatars.drawing import scene
from transferguard.avatars.grid import Grid, rotated_matrix, the_grid
from transferguard.avatars.views import (
    FREQUENCIES,
    LUMA_SIDE,
    ORIENTATIONS,
    blank,
    box_coefficients,
    grid_coefficients,
    orientation_matrix,
    oriented,
    pack,
)


def _luma(seed):
    return np.asarray(scene(seed, LUMA_SIDE).convert("L"), dtype=np.float32)


def _slow_coefficient(luma, box, row, column, fine=8):
    """One cosine coefficient of a window that fades out towards its edges, summed over finely divided pixels."""
    left, top, right, bottom = box
    cells = LUMA_SIDE * fine
    middle = (np.arange(cells) + 0.5) / cells
    large = luma.repeat(fine, axis=0).repeat(fine, axis=1)
    across, down = (middle - left) / (right - left), (middle - top) / (bottom - top)
    fade_x = np.where((across > 0) & (across < 1), np.sin(np.pi * across), 0)
    fade_y = np.where((down > 0) & (down < 1), np.sin(np.pi * down), 0)
    mean = fade_y @ large @ fade_x / (fade_y.sum() * fade_x.sum())
    found = (fade_y * np.cos(np.pi * row * down)) @ (large - mean) @ (fade_x * np.cos(np.pi * column * across))
    return found / cells**2 * np.pi**2 / (right - left) / (bottom - top)


def test_coefficients_are_those_of_the_window_alone():
    """All windows at once give what one window at a time gives."""
    luma, grid = _luma(1), the_grid()
    fast = grid_coefficients(luma)
    for view in (0, 7, 60, 200, len(grid.upright) - 1):
        for row, column in ((0, 1), (3, 2), (7, 7), (12, 4)):
            assert fast[view, row, column] == pytest.approx(_slow_coefficient(luma, grid.upright[view], row, column), rel=0.03, abs=1.0)


def test_a_box_is_hashed_like_a_view_of_the_grid():
    """Content windows and grid windows are comparable."""
    luma, grid = _luma(2), the_grid()

    assert np.allclose(box_coefficients(luma, grid.upright[5:9]), grid_coefficients(luma)[5:9], atol=1e-2)


def test_no_boxes_give_no_coefficients():
    """A picture without a frame has grid views only."""
    assert box_coefficients(_luma(2), ()).shape == (0, FREQUENCIES, FREQUENCIES)


@pytest.mark.parametrize("number", range(8))
def test_turning_a_hash_is_hashing_the_turned_picture(number):
    """Mirrors and quarter turns cost nothing but signs and order."""
    luma = _luma(3)
    swap, flip_x, flip_y = ORIENTATIONS[number]
    turned = luma[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
    turned = turned.T if swap else turned
    direct, derived = pack(grid_coefficients(np.ascontiguousarray(turned)))[0], oriented(pack(grid_coefficients(luma))[:1], number)[0]

    assert int(np.bitwise_count(direct ^ derived).sum()) <= 1


@pytest.mark.parametrize("number", range(8))
def test_the_map_of_an_orientation_says_where_its_pixels_come_from(number):
    """The geometry and the hash speak of the same turn."""
    swap, flip_x, flip_y = ORIENTATIONS[number]
    picture = np.arange(16).reshape(4, 4)
    turned = picture[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
    turned = turned.T if swap else turned
    matrix = orientation_matrix(number)
    for row in range(4):
        for column in range(4):
            x, y = matrix @ np.array([(column + 0.5) / 4, (row + 0.5) / 4, 1])
            assert picture[int(y * 4), int(x * 4)] == turned[row, column]


def test_a_rotated_view_shows_what_the_rotated_crop_shows():
    """A view at +6 degrees is the upright view of the picture turned back."""
    picture, grid = scene(4, 512), the_grid()
    view = len(grid.upright) + next(place for place, (angle, _) in enumerate(grid.rotated) if angle == 6)
    side = grid.rotated[view - len(grid.upright)][1]
    margin = 512 * (1 - side) / 2
    crop = picture.rotate(6, resample=2).crop((margin, margin, 512 - margin, 512 - margin)).resize((LUMA_SIDE, LUMA_SIDE), 4)
    whole = np.asarray(picture.convert("L").resize((LUMA_SIDE, LUMA_SIDE), 4), dtype=np.float32)
    cut = np.asarray(crop.convert("L"), dtype=np.float32)
    distance = int(np.bitwise_count(pack(grid_coefficients(whole))[view] ^ pack(grid_coefficients(cut))[0]).sum())

    assert distance < 40


def test_the_grid_holds_the_whole_picture_first_and_stays_inside():
    """Upright and rotated windows cover only the picture."""
    grid = the_grid()
    assert isinstance(grid, Grid)
    assert grid.upright[0] == (0.0, 0.0, 1.0, 1.0)
    corners = grid.matrices @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]], np.float32)
    assert corners.min() >= -0.01
    assert corners.max() <= 1.01
    assert np.allclose(rotated_matrix(0, 1.0), [[1, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize(("amplitude", "plain"), [(0.0, True), (1.75, True), (2.15, False), (40.0, False)])
def test_a_view_with_less_contrast_than_three_gray_levels_is_blank(amplitude, plain):
    """Waves over the whole picture: a plain wall has no hash, a faint pattern has one."""
    step = (np.arange(LUMA_SIDE) + 0.5) / LUMA_SIDE
    luma = (128 + amplitude * np.cos(3 * np.pi * step)[:, None] * np.sqrt(2) * np.cos(4 * np.pi * step)[None, :]).astype(np.float32)
    whole = grid_coefficients(luma)[:1]

    assert bool(blank(whole)[0]) is plain
    assert bool(pack(whole).any()) is not plain
