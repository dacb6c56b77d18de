# SPDX-License-Identifier: Apache-2.0
"""A seam in front of the real one that is slow, hangs, fails or lies, so that a host sees what its guard does then.

host = BrokenSeam(InMemoryHost(facts), reports=Hanging(), contacts=Failing(WorldError("maintenance")))
guard = Guard(directory=host)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """Answers rightly, later.

    Args:
        seconds: How much later.
    """

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """Does not answer until `release.set()`.

    Args:
        release: Ends the wait.
    """

    release: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Failing:
    """Raises.

    Args:
        error: What; a `WorldError` says that there is no answer, anything else is a fault of the seam.
    """

    error: Exception


@dataclass(frozen=True, slots=True)
class Lying:
    """Answers something else.

    Args:
        answer: Makes the wrong answer out of the right one.
    """

    answer: Callable[[Any], Any]


Trouble: TypeAlias = Slow | Hanging | Failing | Lying


class BrokenSeam:
    """Any seam, with trouble at some of its questions.

    Args:
        seam: The real one.
        trouble: What is wrong, by the name of the question.
    """

    def __init__(self, seam: object, **trouble: Trouble) -> None:
        self._seam = seam
        self.trouble: dict[str, Trouble] = dict(trouble)

    def __getattr__(self, question: str) -> Any:  # noqa: ANN401 - whatever the real one has
        real = getattr(self._seam, question)
        trouble = self.trouble.get(question)
        return real if trouble is None else lambda *args, **named: _troubled(trouble, lambda: real(*args, **named))


def _troubled(trouble: Trouble, answer: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
    match trouble:
        case Slow(seconds=seconds):
            time.sleep(seconds)
        case Hanging(release=release):
            release.wait()
        case Failing(error):
            raise error
        case Lying(lie):
            return lie(answer())
    return answer()
