# SPDX-License-Identifier: Apache-2.0
"""How long may others keep a check waiting?

Directory, store, keys, clock and audit record are somebody else's, and may be slow or hang. Whatever a check asks them is asked on a
thread of its own, in order, and all the waiting together has an end: `Policy.spans.check_seconds`. A question that may go
unanswered gets half of what is left, so that several hanging services together still leave time for a decision; one that must be
answered gets all of it, and then the check ends with `TooSlow`. Our own work is not counted: its bounds are those of its inputs, and
giving it up would only make the next attempt begin again.

A thread cannot be killed, so a hanging one is left behind. There are never more than `MOST_GIVEN_UP` of them: beyond, nothing is asked
until one of them comes back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import datetime
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from transferguard.errors import TooSlow

T = TypeVar("T")

MOST_GIVEN_UP: Final = 64
"""Threads left behind in services that hang, at most; each holds some tens of kilobytes. Chosen."""

SHARE_FOR_OTHERS: Final = 0.8
"""Of a check's seconds, how much may be spent waiting; the rest is left for our own work. Chosen: a decision takes 0.1 s."""

_given_up = 0
_counting = threading.Lock()


class _Question(Generic[T]):
    """One question on its way, and what came of it."""

    def __init__(self, question: Callable[[], T]) -> None:
        self._question = question
        self._context = copy_context()
        self._turn = threading.Lock()
        self._came = threading.Event()
        self._answer: list[T] = []
        self._error: BaseException | None = None
        self._abandoned = False

    def work(self) -> None:
        """Find the answer, on the thread that does so."""
        with self:
            self._answer.append(self._context.run(_without_inquiry, self._question))
        with self._turn:
            self._came.set()
            if self._abandoned:
                _count_given_up(-1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
        self._error = error  # carried to whoever asked, where it is raised again
        return True

    def has_come(self, seconds: float) -> bool:
        """Whether the answer comes in time; if not, nobody waits for it any more."""
        if self._came.wait(max(0.0, seconds)):
            return True
        with self._turn:
            if self._came.is_set():
                return True
            self._abandoned = True
            _count_given_up(1)
            return False

    def result(self) -> T:
        """The answer, or what was raised instead."""
        if self._error is not None:
            raise self._error
        return self._answer[0]


class _Line:
    """One thread that answers questions in order."""

    def __init__(self) -> None:
        self._questions: SimpleQueue[_Question[Any] | None] = SimpleQueue()
        threading.Thread(target=self._serve, name="transferguard-line", daemon=True).start()

    def put(self, question: _Question[Any]) -> None:
        """Answer this one next."""
        self._questions.put(question)

    def hang_up(self) -> None:
        """No more questions; the thread ends after the last one."""
        self._questions.put(None)

    def _serve(self) -> None:
        while (question := self._questions.get()) is not None:
            question.work()


class Inquiry:
    """Everything that one check asks, and how long it may still wait.

    Args:
        seconds: How long the check may take in all; it may wait for `SHARE_FOR_OTHERS` of it.

    Attributes:
        names: Accounts whose verified name was read.
        now: The present, by the guard's clock; None before it was asked.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds * SHARE_FOR_OTHERS
        self._line: _Line | None = None
        self.names: set[str] = set()
        self.now: datetime | None = None

    @property
    def line(self) -> object:
        """On which thread questions are answered now; another one after a question was given up."""
        return self._line

    def ask(self, question: Callable[[], T], seam: str, *, share: float = 1.0) -> T:
        """The answer.

        Args:
            question: What is asked.
            seam: Whom, for the error.
            share: 0 to 1: how much of the time that is left this question may take.

        Raises:
            TooSlow: It did not come in time.
        """
        if self._line is None:
            if _given_up >= MOST_GIVEN_UP:
                raise TooSlow(seam)
            self._line = _Line()
        asked = _Question(question)
        began = time.monotonic()
        self._line.put(asked)
        in_time = asked.has_come(self._left * share)
        self._left -= time.monotonic() - began
        if not in_time:
            self.hang_up()
            raise TooSlow(seam)
        return asked.result()

    def hang_up(self) -> None:
        """Let the thread go."""
        if self._line is not None:
            self._line.hang_up()
            self._line = None


_CURRENT: Final[ContextVar[Inquiry | None]] = ContextVar("transferguard_inquiry", default=None)


@contextmanager
def within(seconds: float) -> Iterator[Inquiry]:
    """Everything that is asked meanwhile has this long in all.

    Args:
        seconds: How long the check may take.
    """
    inquiry = Inquiry(seconds)
    before = _CURRENT.set(inquiry)
    try:
        yield inquiry
    finally:
        _CURRENT.reset(before)
        inquiry.hang_up()


def current() -> Inquiry | None:
    """The check that asks, if one does."""
    return _CURRENT.get()


def ask(question: Callable[[], T], seam: str, *, share: float = 1.0) -> T:
    """The answer, within the time of the check that asks; outside of a check for as long as it takes.

    Raises:
        TooSlow: It did not come in time.
    """
    inquiry = _CURRENT.get()
    return question() if inquiry is None else inquiry.ask(question, seam, share=share)


def _without_inquiry(question: Callable[[], T]) -> T:
    """A seam that asks another one meanwhile does so on its own thread and time."""
    _CURRENT.set(None)
    return question()


def _count_given_up(one: int) -> None:
    global _given_up  # noqa: PLW0603 - threads that hang belong to the whole program, not to one guard
    with _counting:
        _given_up += one
