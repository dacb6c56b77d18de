# SPDX-License-Identifier: Apache-2.0
"""The median, and the largest of three channels: as numpy has them, and faster where a picture is enrolled or first searched."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Real = TypeVar("Real", bound=np.floating[Any])


def middle(values: NDArray[Real]) -> NDArray[Real]:
    """The median along the last axis; of an even number the mean of the two in the middle.

    `numpy.median` gives the same, and loads numpy.ma first: a third of the time of the first search in a process.
    """
    ordered, count = np.sort(values, axis=-1), values.shape[-1]
    return np.asarray((ordered[..., (count - 1) // 2] + ordered[..., count // 2]) / 2, values.dtype)


def largest_channel(colour: NDArray[Real]) -> NDArray[Real]:
    """The maximum along an axis of three; `.max(axis=2)` gives the same and takes several times as long."""
    return np.asarray(np.maximum(np.maximum(colour[..., 0], colour[..., 1]), colour[..., 2]), colour.dtype)
