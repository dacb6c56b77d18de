# SPDX-License-Identifier: Apache-2.0
"""Answers remembered for a while, the least recently used given up first. In memory only; time is an argument."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class ExpiringCache(Generic[T]):
    """What was answered lately; to be used from one event loop.

    Args:
        seconds: How long an answer is good for; 0 remembers nothing.
        entries: How many are remembered.
    """

    def __init__(self, seconds: float, entries: int) -> None:
        self._seconds = seconds
        self._entries = entries
        self._kept: OrderedDict[bytes, tuple[float, T]] = OrderedDict()

    def get(self, key: bytes, now: float) -> T | None:
        """What is remembered; None when there is nothing, or it is too old.

        Args:
            key: What was asked.
            now: Seconds of a clock that never goes back.
        """
        kept = self._kept.get(key)
        if kept is None:
            return None
        if now >= kept[0]:
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def put(self, key: bytes, answer: T, now: float) -> None:
        """Remember an answer."""
        if self._seconds > 0 and self._entries > 0:
            self._kept[key] = (now + self._seconds, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > self._entries:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)
