# SPDX-License-Identifier: Apache-2.0
"""What a likeness weighs: data with a source, monotone, per kind of picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.avatars import PictureKind
from transferguard.avatars.verification import FEATURES
from transferguard.avatars.weights import MOST_WITHOUT_COLOUR, _table, bits, likeness_of, similarity_of

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
    assert tuple(_table()["features"]) == FEATURES
    for kind in PictureKind:
        assert len(_table()["likeness"][kind.value]["slopes"]) == len(FEATURES)
        assert sorted(_table()["bits"][kind.value]["bits"]) == _table()["bits"][kind.value]["bits"]


def test_similarity_is_a_fraction():
    """0 to 1, whatever comes in."""
    assert similarity_of(-1e6) == pytest.approx(0)
    assert similarity_of(1e6) == pytest.approx(1)


def test_a_graphic_in_other_colours_stays_weak():
    """Flags, logos and emoji share shapes: without the colours the name has to decide."""
    alike = dict.fromkeys(FEATURES, 0.0) | {"coarse_96": 1.0, "fine_96": 1.0, "coarse_91": 1.0, "fine_70": 1.0, "colour": 0.9, "whole": 1.0}
    other = alike | {"colour": 0.1, "colour_gap": 0.5}
    rows = np.array([[values[name] for name in FEATURES] for values in (alike, other)], np.float32)
    strong, weak = likeness_of(rows, PictureKind.GRAPHIC)

    assert bits(float(weak), PictureKind.GRAPHIC) < 8 < bits(float(strong), PictureKind.GRAPHIC)
    assert float(weak) > MOST_WITHOUT_COLOUR
