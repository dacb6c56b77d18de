# SPDX-License-Identifier: Apache-2.0
"""Is there one change of light and colours that turns one picture into the other?"""

import numpy as np
import pytest

from transferguard.avatars.consistency import NAMES, colour_consistency, tone_consistency

POINTS = 48 * 48
FEW = 16 * 16


def _surface(seed, side, low=40, high=210):
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(low, high, (6, 6)).astype(np.float32)
    return coarse.repeat(side // 6 + 1, axis=0).repeat(side // 6 + 1, axis=1)[:side, :side].reshape(1, -1)


def _tones(still, moving, both=None):
    row = tone_consistency(still, moving, np.ones((1, POINTS), np.float32) if both is None else both)[0]
    return dict(zip(NAMES[: len(row)], row.tolist(), strict=True))


@pytest.mark.parametrize(
    "change",
    [
        lambda level: 0.5 * level + 20,
        lambda level: 255 * (level / 255) ** 1.5,
        lambda level: level * (1 + 0.08 * np.linspace(-1, 1, POINTS)),
    ],
)
def test_light_that_changes_everywhere_alike_leaves_nothing_unexplained(change):
    """Darker, another gamma, or light that falls off to one side."""
    still = _surface(1, 48)
    found = _tones(still, change(still).astype(np.float32))

    assert found["tone_there_92"] < 0.1
    assert found["tone_back_92"] < 0.15


def test_other_areas_in_other_tones_are_no_change_of_light():
    """The outlines are the same, and hair and coat are others."""
    found = _tones(_surface(1, 48), _surface(2, 48))

    assert found["tone_there_50"] > 0.3
    assert found["tone_back_bad"] > 0.5


def test_a_badge_spoils_only_the_blocks_that_it_covers():
    """The middle block is explained, the worst are not."""
    still = _surface(1, 48)
    moving = still.reshape(48, 48).copy()
    moving[30:, 30:] = 255 - moving[30:, 30:]
    found = _tones(still, moving.reshape(1, -1))

    assert found["tone_there_50"] < 0.1
    assert 0.02 < found["tone_there_bad"] < 0.3


def test_nothing_shared_says_the_worst():
    """Where no point lies in both pictures nothing is explained."""
    found = _tones(_surface(1, 48), _surface(1, 48), np.zeros((1, POINTS), np.float32))

    assert found["tone_there_50"] == 1
    assert found["tone_there_bad"] == 0


def _colours(still, moving):
    row = colour_consistency(still, moving, np.ones((1, FEW), np.float32))[0]
    return dict(zip(NAMES[8:], row.tolist(), strict=True))


def _painted(seed):
    return tuple(_surface(seed + place, 16, low, high) for place, (low, high) in enumerate(((40, 210), (-60, 60), (-60, 60))))


def test_colours_that_change_everywhere_alike_leave_nothing_unexplained():
    """A faded or tinted picture."""
    gray, blue, red = _painted(1)
    found = _colours((gray, blue, red), (gray, 0.5 * blue + 6, 0.5 * red - 9))

    assert found["colours_there_92"] < 0.1
    assert found["colours_there_bad"] == 0


def test_other_areas_in_other_colours_are_no_tint():
    """Each area has a colour of its own."""
    found = _colours(_painted(1), (_painted(1)[0], *_painted(7)[1:]))

    assert found["colours_there_80"] > 0.25
    assert found["colours_there_bad"] > 0.2


def test_gray_explains_no_colours():
    """A map onto gray explains everything, and the way back says so."""
    gray, blue, red = _painted(1)
    found = _colours((gray, blue, red), (gray, 0 * blue, 0 * red))

    assert found["colours_there_spread"] < 0.01
    assert found["colours_back_spread"] > 0.5
    assert found["colours_back_80"] > 0.25
