# SPDX-License-Identifier: Apache-2.0
"""The median and the largest channel, against numpy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from transferguard.avatars.middle import largest_channel, middle


@given(arrays(np.float32, array_shapes(max_dims=2, max_side=9), elements=st.floats(-255, 255, width=32)))
def test_the_middle_is_the_median_of_numpy(values):
    """To the last bit: fingerprints depend on it."""
    assert middle(values).tolist() == np.median(values, axis=-1).tolist()


@given(arrays(np.float32, (4, 5, 3), elements=st.floats(-255, 255, width=32)))
def test_the_largest_channel_is_the_maximum_of_three(colour):
    """One value for each pixel."""
    assert largest_channel(colour).tolist() == colour.max(axis=2).tolist()
