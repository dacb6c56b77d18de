# SPDX-License-Identifier: Apache-2.0
"""The median. `numpy.median` gives the same and loads numpy.ma first, a third of the time of the first search in a process."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Real = TypeVar("Real", bound=np.floating[Any])


def middle(values: NDArray[Real]) -> NDArray[Real]:
    """The median along the last axis; of an even number the mean of the two in the middle."""
    ordered, count = np.sort(values, axis=-1), values.shape[-1]
    return np.asarray((ordered[..., (count - 1) // 2] + ordered[..., count // 2]) / 2, values.dtype)
