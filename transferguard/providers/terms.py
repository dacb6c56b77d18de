# SPDX-License-Identifier: Apache-2.0
"""How long, how often and how much: the numbers of a conversation with a peer, and what is told of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from transferguard.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTerms:
    """What we grant a peer.

    Args:
        deadline_seconds: For one answer in all, retries and pauses included. EU Verification of Payee: 5 s at most.
        attempt_seconds: For one attempt, so that a hanging connection leaves time for another. The EU's aim is 1 s; twice that.
        attempts: Requests for one answer: the first and two retries, as integrators expect.
        first_pause_seconds: Before the first retry, doubled for each further one, each drawn between half and the whole. Chosen.
        breaker_failures: Answers missed one after the other, after which the peer is left alone. Chosen.
        breaker_seconds: For how long, before one request tries again. Chosen.
        cache_seconds: How long an answer that compared the names is kept; 0 keeps none. As long as a decision holds: 10 minutes.
        cache_answers: Answers kept at most. Chosen: at about 500 bytes each this is 5 MB.
        answer_bytes: Largest answer that is read; the draft's longest example has under 1 KB. Chosen.
        checks_echo: Whether an answer must carry the id of the question. Off only for mock servers, which do not listen.
    """

    deadline_seconds: float = 5.0
    attempt_seconds: float = 2.0
    attempts: int = 3
    first_pause_seconds: float = 0.1
    breaker_failures: int = 5
    breaker_seconds: float = 30.0
    cache_seconds: float = 600.0
    cache_answers: int = 10_000
    answer_bytes: int = 65_536
    checks_echo: bool = True

    def __post_init__(self) -> None:
        for name in ("deadline_seconds", "attempt_seconds", "attempts", "breaker_failures", "answer_bytes"):
            if getattr(self, name) <= 0:
                raise InvalidInput(name, "is not above zero")
        for name in ("first_pause_seconds", "breaker_seconds", "cache_seconds", "cache_answers"):
            if getattr(self, name) < 0:
                raise InvalidInput(name, "is below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerCall:
    """That a peer was asked, for whoever watches; holds no name and no id of an account.

    Args:
        peer: Which: the host's name for it.
        result: What came of it: one of `IdentityResult`, or `fetched`, `unchanged`, `refused`.
        why: Machine-readable reason, where there is one.
        seconds: How long the answer took.
        attempts: Requests that were sent; 0 for an answer that was remembered, or a peer that is left alone.
        cached: Whether the answer was remembered.
    """

    peer: str
    result: str
    why: str = ""
    seconds: float = 0.0
    attempts: int = 0
    cached: bool = False


Tell: TypeAlias = Callable[[PeerCall], None]
"""Who is told of each call; `transferguard.watching.telling` makes one of an observer, whose failures go no further."""


def nobody(call: PeerCall) -> None:
    """Tell nobody."""
    del call
