# SPDX-License-Identifier: Apache-2.0
"""Work spread over processes: a function of many items, in order."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_forked: dict[str, Callable[[Any], Any]] = {}


def _call_forked(item: Any) -> Any:  # carries whatever the function takes and gives
    return _forked["function"](item)


def spread(function: Callable[[A], B], items: Sequence[A], *, jobs: int, apiece: int | None = None) -> list[B]:
    """The function of every item, in order, on several processes; the function may be a closure.

    Args:
        function: What to do with one item.
        items: For each of these.
        jobs: Processes.
        apiece: Items that a process takes at a time; by default so many that all finish together.
    """
    if jobs <= 1 or len(items) <= 1:
        return [function(item) for item in items]
    _forked["function"] = function
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside native threads; the children only compute and end.
        warnings.simplefilter("ignore", DeprecationWarning)
        pool = multiprocessing.get_context("fork").Pool(jobs)
    with pool:
        return pool.map(_call_forked, items, chunksize=apiece or max(1, min(16, len(items) // (4 * jobs))))
