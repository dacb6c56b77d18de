# SPDX-License-Identifier: Apache-2.0
"""Beside the decisions: how each question went, a candidate policy in the shadow of the live one, and an alarm when too many or too
few transfers are stopped.

Nothing here changes a decision, and nothing here can fail it: the decision is made and recorded before anybody here looks at it, and
whatever an observer or a candidate policy raises ends here, as one line of the log that names the kind of error and no value.

The alarm counts over the last transfers that one guard decided in this process; a transfer that is checked again counts once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from transferguard.assess import assess
from transferguard.codes import Disclosure, Outcome
from transferguard.hindsight.difference import Difference, difference
from transferguard.providers.terms import PeerCall, Tell

if TYPE_CHECKING:
    from transferguard.decision import Decision
    from transferguard.evidence import Evidence
    from transferguard.policy import AlarmRules, Policy

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowed:
    """What a candidate policy says beside the live one.

    Args:
        difference: Both answers; `.direction` is `same` for most.
        decision: The candidate's whole decision, for operators; never for a sender's screen.
    """

    difference: Difference
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The share of stopped transfers left its band, or came back into it.

    Args:
        share: Of stopped transfers in the window, 0 to 1.
        transfers: How many the window holds.
        least: Lower edge of the band.
        most: Upper edge.
        over: Whether the share is within the band again.
    """

    share: float
    transfers: int
    least: float
    most: float
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """That a question to the guard was answered; holds no name and no id.

    Args:
        question: check, release, confirm or redeem.
        seconds: How long it took, wall clock.
        error: Name of the error's class where it ended in one; a refusal to confirm is one too.
        outcome: Of the decision; None where there was none.
        reasons: Codes of its findings, strongest first.
        missing: Which facts could not be had, without the reasons.
        over_budget: Whether less of a name was shown because the sender's budget is spent.
    """

    question: str
    seconds: float
    error: str = ""
    outcome: Outcome | None = None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    over_budget: bool = False


class Observer:
    """Who is told. Derive from this class and override what you want to hear of; what you raise is logged and goes no further.

    Called in the thread that decides, after the decision was recorded: be quick, or hand it on.
    """

    def answered(self, seen: Answered) -> None:
        """A question was answered, or ended in an error."""

    def called(self, call: PeerCall) -> None:
        """A peer was asked; reaches who gave `telling(observer)` to a provider. Called in the provider's thread."""

    def shadowed(self, seen: Shadowed) -> None:
        """A candidate policy has judged the same evidence."""

    def alarmed(self, alarm: Alarm) -> None:
        """The share of stopped transfers left its band, or came back."""

    def shadow_failed(self, kind: str) -> None:
        """A candidate policy could not judge; `kind` is the name of the error's class."""


class Watch:
    """Looks at every decision after it was made.

    Args:
        observer: Who is told; without one nobody looks.
        shadow: The candidate policy, if there is one.
        rules: The alarm's numbers.
    """

    def __init__(self, observer: Observer | None, shadow: Policy | None, rules: AlarmRules) -> None:
        self._observer = observer
        self._shadow = shadow
        self._rules = rules
        self._lock = threading.Lock()
        self._stopped: OrderedDict[str, bool] = OrderedDict()
        self._count = 0
        self._outside = False

    @contextmanager
    def asked(self, question: str) -> Iterator[None]:
        """Measure a question, and tell how it ended; what it raises goes on as it is."""
        if self._observer is None:
            yield
            return
        observer, began, error = self._observer, time.monotonic(), ""
        before = _DECIDED.set([])
        try:
            yield
        except Exception as raised:
            error = type(raised).__name__
            raise
        finally:
            decided = _DECIDED.get()
            _DECIDED.reset(before)
            _told(lambda: observer.answered(_answered(question, time.monotonic() - began, error=error, decided=decided)))

    def decided(self, evidence: Evidence, decision: Decision) -> None:
        """Take note of a decision; never raises."""
        if self._observer is None:
            return
        _DECIDED.get([]).append((evidence, decision))
        if self._shadow is not None:
            self._compare(self._observer, self._shadow, evidence, decision)
        alarm = self._counted(decision)
        if alarm is not None:
            observer = self._observer
            _told(lambda: observer.alarmed(alarm))

    def _compare(self, observer: Observer, shadow: Policy, evidence: Evidence, decision: Decision) -> None:
        try:
            other = assess(evidence, shadow)
            seen = Shadowed(difference=difference(decision, other), decision=other)
        except Exception as fault:  # noqa: BLE001 - a candidate must not stop a payment, whatever is wrong with it
            kind = type(fault).__name__
            _LOG.error("the shadow policy failed: %s", kind)
            _told(lambda: observer.shadow_failed(kind))
            return
        _told(lambda: observer.shadowed(seen))

    def _counted(self, decision: Decision) -> Alarm | None:
        """The alarm that this decision sets off, if it does."""
        rules = self._rules
        with self._lock:
            self._count -= self._stopped.pop(decision.transfer_id, False)
            self._stopped[decision.transfer_id] = stopped = decision.outcome >= rules.stopped_from
            self._count += stopped
            while len(self._stopped) > rules.window_transfers:
                _, oldest = self._stopped.popitem(last=False)
                self._count -= oldest
            transfers, share = len(self._stopped), self._count / len(self._stopped)
            outside = not rules.least_share <= share <= rules.most_share
            if transfers < rules.least_transfers or outside is self._outside:
                return None
            self._outside = outside
        return Alarm(share=share, transfers=transfers, least=rules.least_share, most=rules.most_share, over=not outside)


_DECIDED: Final[ContextVar[list[tuple[Evidence, Decision]]]] = ContextVar("transferguard_decided")
"""What was decided while the question at hand was answered."""


def _answered(question: str, seconds: float, *, error: str, decided: list[tuple[Evidence, Decision]]) -> Answered:
    if not decided:
        return Answered(question=question, seconds=seconds, error=error)
    evidence, decision = decided[-1]
    return Answered(
        question=question,
        seconds=seconds,
        error=error,
        outcome=decision.outcome,
        reasons=tuple(dict.fromkeys(finding.reason.value for finding in decision.findings)),
        missing=tuple(fact.partition(":")[0] for fact in decision.unavailable),
        over_budget=evidence.may_show is not Disclosure.FULL,
    )


def telling(observer: Observer) -> Tell:
    """What a provider takes as `tell`: the observer hears of each call, and its failures go no further.

    Args:
        observer: Who is told.
    """
    return lambda call: _told(lambda: observer.called(call))


class Observers(Observer):
    """Several observers as one; each is told whatever happens to the others.

    Args:
        observers: Whom to tell, in this order.
    """

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def answered(self, seen: Answered) -> None:
        """As `Observer.answered`."""
        self._each(lambda one: one.answered(seen))

    def called(self, call: PeerCall) -> None:
        """As `Observer.called`."""
        self._each(lambda one: one.called(call))

    def shadowed(self, seen: Shadowed) -> None:
        """As `Observer.shadowed`."""
        self._each(lambda one: one.shadowed(seen))

    def alarmed(self, alarm: Alarm) -> None:
        """As `Observer.alarmed`."""
        self._each(lambda one: one.alarmed(alarm))

    def shadow_failed(self, kind: str) -> None:
        """As `Observer.shadow_failed`."""
        self._each(lambda one: one.shadow_failed(kind))

    def _each(self, tell: Callable[[Observer], None]) -> None:
        for one in self._observers:
            _told(partial(tell, one))


def _told(tell: Callable[[], None]) -> None:
    try:
        tell()
    except Exception as fault:  # noqa: BLE001 - the observer is the host's own code, and a payment does not wait for it
        _LOG.error("an observer failed: %s", type(fault).__name__)
