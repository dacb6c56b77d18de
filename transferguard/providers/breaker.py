# SPDX-License-Identifier: Apache-2.0
"""Is it worth asking this peer at all?

Closed: everybody may ask. After so many failures in a row it opens, and nobody asks for a while. Then one request goes through; its
success closes the breaker, its failure opens it again. Time is an argument, so that a test needs none.
"""

from __future__ import annotations


class Breaker:
    """Counts failures in a row; to be used from one event loop.

    Args:
        failures: After how many it opens.
        seconds: For how long.
    """

    def __init__(self, failures: int, seconds: float) -> None:
        self._most = failures
        self._seconds = seconds
        self._failed = 0
        self._open_until = 0.0
        self._trying = False

    def lets_through(self, now: float) -> bool:
        """Whether a request may be sent; whoever is told yes says how it went.

        Args:
            now: Seconds of a clock that never goes back.
        """
        if self._failed < self._most:
            return True
        if now < self._open_until or self._trying:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        """The peer answered."""
        self._failed = 0
        self._trying = False

    def failed(self, now: float) -> None:
        """The peer did not answer, or said that it cannot."""
        self._failed += 1
        self._trying = False
        self._open_until = now + self._seconds

    def gave_up(self) -> None:
        """Whoever asked went away before there was an answer: that says nothing about the peer."""
        self._trying = False
