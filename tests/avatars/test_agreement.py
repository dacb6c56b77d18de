# SPDX-License-Identifier: Apache-2.0
"""Do two pictures, laid on each other, show the same?"""

import numpy as np
import pytest

from transferguard.avatars.agreement import BLOCKS, COARSE, COLOUR, FAINT_NAMES, FINE, _spread_out, agreement, rough_agreement
from transferguard.avatars.alignment import Pairing
from transferguard.avatars.consistency import NAMES

SIDE = 96
WHOLE = np.array([[[1, 0, 0], [0, 1, 0]]], np.float32)
STAY = np.eye(3, dtype=np.float32)[None]


def _waves(strength):
    """Two slow waves across each other: a blurred ground."""
    across = np.linspace(0, 2 * np.pi, SIDE, dtype=np.float32)
    return 120 + np.float32(strength) * (np.sin(across)[None, :] + np.cos(2 * across)[:, None])


def _laid(still, moving):
    return Pairing(
        still=still[None],
        moving=moving[None],
        which=np.zeros(1, np.intp),
        copy=np.zeros(1, np.intp),
        still_window=WHOLE,
        moving_window=WHOLE,
    )


def _halved(picture):
    return picture.reshape(SIDE // 2, 2, SIDE // 2, 2).mean(axis=(1, 3))


def _compared(still, moving):
    gray = np.full((2, COLOUR, COLOUR), 128, np.float32)
    return agreement(_laid(still, moving), _laid(_halved(still), _halved(moving)), STAY, chroma=(gray, gray[None]))


def test_a_blurred_ground_agrees_by_its_faint_structure():
    """No block has structure enough to prove anything, and all of them agree."""
    found = rough_agreement(_laid(_waves(7), _waves(7) * 0.9), STAY)

    assert np.isnan(found.plain).all()
    assert np.nanmin(found.faint) > 0.5
    assert found.contrast[0] < 10


def test_another_blurred_ground_disagrees_by_it():
    """The same amount of structure, elsewhere."""
    found = rough_agreement(_laid(_waves(7), _waves(7)[::-1, ::-1].T), STAY)

    assert np.nanmean(found.faint) < 0.4


def test_what_is_left_unexplained_is_told_in_halvings():
    """A copy with some noise explains more than another ground does."""
    noise = np.random.default_rng(1).normal(0, 1, (SIDE, SIDE)).astype(np.float32)
    copied = dict(zip(FAINT_NAMES, _compared(_waves(20), _waves(20) + noise).faint[0].tolist(), strict=True))
    other = dict(zip(FAINT_NAMES, _compared(_waves(20), _waves(20).T + noise).faint[0].tolist(), strict=True))

    assert copied["unexplained"] > 4 > other["unexplained"]
    assert copied["mean"] > 0.8 > other["mean"]
    assert copied["bad"] == 0 < other["bad"]
    assert copied["good"] > 0.9 > other["good"]


def test_light_is_not_asked_where_one_picture_is_plain():
    """A banner over a third of a picture is another matter than another light."""
    rng = np.random.default_rng(2)
    still = rng.uniform(30, 220, (12, 12)).astype(np.float32).repeat(8, 0).repeat(8, 1)
    covered = still.copy()
    covered[64:] = 250
    found = dict(zip(NAMES, _compared(still, covered).consistency[0].tolist(), strict=True))

    assert found["tone_there_92"] < 0.05
    assert found["tone_there_bad"] == 0


@pytest.mark.parametrize("count", [FINE, COARSE, COLOUR])
def test_what_is_said_of_a_block_is_said_of_its_points(count):
    """Also where the points are no multiple of the blocks."""
    said = np.zeros((1, BLOCKS, BLOCKS), np.bool_)
    said[0, 0, -1] = True
    points = _spread_out(said, count).reshape(count, count)

    assert points[0, -1] == 1
    assert points[-1, 0] == 0
    assert points.mean() == pytest.approx(1 / BLOCKS**2, rel=0.3)
