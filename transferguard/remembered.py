# SPDX-License-Identifier: Apache-2.0
"""What was worked out of these very values before?

By identity, not by equality: to compare two accounts or two lists of resemblances costs as much as what is spared. The values are held
beside the answer, so that their identity stays taken. Only for values that never change.
"""

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
V = TypeVar("V")


class Remembered(Generic[P, V]):
    """A pure function that remembers its last answers.

    Args:
        work: The function.
        most: How many answers are kept; beyond, all are given up.
    """

    __slots__ = ("_kept", "_most", "_work")

    def __init__(self, work: Callable[P, V], *, most: int) -> None:
        self._work = work
        self._most = most
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], V]] = {}

    def __call__(self, *values: P.args, **named: P.kwargs) -> V:
        """The answer for these values."""
        key = tuple(map(id, (*values, *named.values())))
        kept = self._kept.get(key)
        if kept is not None:
            return kept[1]
        answer = self._work(*values, **named)
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (*values, *named.values()), answer
        return answer

    def forget(self) -> None:
        """Keep nothing."""
        self._kept.clear()
