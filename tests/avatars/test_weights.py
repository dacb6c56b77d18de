# SPDX-License-Identifier: Apache-2.0
"""What a likeness weighs: data with a source, monotone, per kind of picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.avatars import PictureKind
from transferguard.avatars.verification import FEATURES, FIRST_FEATURES
from transferguard.avatars.weights import _table, bits, held_back, likeness_of, promise_of, similarity_of

LIKENESS = st.floats(-60, 60)


@given(LIKENESS, LIKENESS, st.sampled_from(PictureKind))
def test_more_likeness_never_weighs_less(one, other, kind):
    """The table is monotone and continuous beyond its ends."""
    low, high = sorted((one, other))
    assert bits(low, kind) <= bits(high, kind)
    assert similarity_of(low) <= similarity_of(high)


def test_the_table_names_its_source_and_its_features():
    """Numbers without a source are not data."""
    assert _table()["source"]
    assert tuple(_table()["likeness"]["promise"]["curves"]) == FIRST_FEATURES
    for kind in PictureKind:
        assert tuple(_table()["likeness"][kind.value]["curves"]) == FEATURES
        assert sorted(_table()["bits"][kind.value]["bits"]) == _table()["bits"][kind.value]["bits"]


@pytest.mark.parametrize("kind", list(PictureKind))
@pytest.mark.parametrize(
    ("name", "falling"), [("fine_mean", False), ("coarse_96", False), ("detail_best", False), ("skew", True), ("detail_against", True)]
)
def test_blocks_that_agree_better_never_lower_the_likeness(kind, name, falling):
    """A curve rises, or falls, where a number can mean only one thing."""
    heights = _table()["likeness"][kind.value]["curves"][name]["log_odds"]

    assert sorted(heights, reverse=falling) == heights


def test_a_likeness_is_the_sum_of_its_curves():
    """Anybody can read off what each number was worth."""
    model = _table()["likeness"]["photo"]
    row = np.linspace(0, 1, len(FEATURES), dtype=np.float32)
    curves = zip(row.tolist(), model["curves"].values(), strict=True)
    expected = model["intercept"] + sum(np.interp(value, curve["at"], curve["log_odds"]) for value, curve in curves)

    assert likeness_of(row[None], PictureKind.PHOTO)[0] == pytest.approx(expected, abs=1e-3)
    assert promise_of(np.zeros((2, len(FIRST_FEATURES)), np.float32)).shape == (2,)


def test_graphics_of_little_detail_stay_weak():
    """A silhouette, a letter and three stripes are drawn by many: then the name has to decide."""
    little, much = held_back(np.full(2, 6.0, np.float32), np.array([1.0, 4.0], np.float32)).tolist()

    assert bits(little, PictureKind.GRAPHIC) < 8 < bits(much, PictureKind.GRAPHIC)
    assert held_back(np.array([-4.0], np.float32), np.array([0.1], np.float32))[0] == -4.0


def test_similarity_is_a_fraction():
    """0 to 1, whatever comes in."""
    assert similarity_of(-1e6) == pytest.approx(0)
    assert similarity_of(1e6) == pytest.approx(1)
