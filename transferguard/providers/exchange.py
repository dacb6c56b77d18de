# SPDX-License-Identifier: Apache-2.0
"""One question to a peer, and its answer or the reason why there is none, within the deadline whatever the peer does.

    1. A peer that failed again and again, or asked for a rest, is left alone.
    2. Each attempt has its time, all of them together have the deadline.
    3. What may pass is tried again: no connection, no answer, 429 and 5xx. A pause is jittered, and never shorter than the peer's
       `Retry-After`; where the deadline leaves no room for it, there is no further attempt.
    4. What will not pass is not: any other status, an answer that is too large or is no JSON.

Nothing here raises because of what a peer does.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from transferguard.providers.breaker import Breaker
from transferguard.providers.terms import PeerTerms

LONGEST_REST_SECONDS: Final = 300.0
"""How long a peer's `Retry-After` keeps us away at most; a wrong date must not do so for ever. Chosen."""

_PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""Statuses that may be another one in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a question.

    Args:
        json: The answer; None when there is none.
        headers: Of the answer, names in lower case.
        why: Why there is none, machine-readable.
        attempts: Requests that were sent.
    """

    json: Mapping[str, Any] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    why: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """One request: the body that came, or why none did, whether another may fare better, and how long to wait for that."""

    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    why: str = ""
    passing: bool = False
    retry_after: float = 0.0


class Exchange:
    """Questions to one peer; lives in one event loop.

    Args:
        client: Connections, kept open between questions.
        terms: How long, how often, how much.
        chance: Draws from 0 to 1, for the jitter.
    """

    def __init__(self, client: httpx.AsyncClient, terms: PeerTerms, *, chance: Callable[[], float] = random.random) -> None:
        self._client = client
        self._terms = terms
        self._chance = chance
        self._breaker = Breaker(terms.breaker_failures, terms.breaker_seconds)
        self._rests_until = 0.0

    async def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """The answer to one question."""
        ends = time.monotonic() + self._terms.deadline_seconds
        sent, last = 0, _Attempt(why="left alone")
        while sent < self._terms.attempts and self._may_ask():
            last = await self._within(ends, path, headers, body)
            sent += 1
            if not last.passing:
                break
            pause = self._pause(sent, last.retry_after)
            if time.monotonic() + pause >= ends:
                break
            await asyncio.sleep(pause)
        if last.why:
            return Reply(why=last.why, attempts=sent)
        found = read_json(last.body)
        return Reply(json=found, headers=last.headers, why="" if found is not None else "no JSON object", attempts=sent)

    def _may_ask(self) -> bool:
        now = time.monotonic()
        return now >= self._rests_until and self._breaker.lets_through(now)

    def _pause(self, sent: int, retry_after: float) -> float:
        if retry_after:
            return retry_after + self._chance() * self._terms.first_pause_seconds
        return float(self._terms.first_pause_seconds * 2 ** (sent - 1) * (1 + self._chance()) / 2)

    async def _within(self, ends: float, path: str, headers: Mapping[str, str], body: bytes) -> _Attempt:
        seconds = min(self._terms.attempt_seconds, ends - time.monotonic())
        try:
            async with asyncio.timeout(seconds):
                attempt = await self._once(path, headers, body)
        except TimeoutError:
            attempt = _Attempt(why="no answer in time", passing=True)
        except asyncio.CancelledError:
            self._breaker.gave_up()
            raise
        except (httpx.TransportError, ssl.SSLError) as error:  # a refusal of TLS 1.3 comes with the first read, past httpx
            attempt = _Attempt(why=type(error).__name__, passing=True)
        now = time.monotonic()
        if attempt.retry_after:
            self._rests_until = now + min(attempt.retry_after, LONGEST_REST_SECONDS)
        if attempt.passing:
            self._breaker.failed(now)
        else:
            self._breaker.succeeded()
        return attempt

    async def _once(self, path: str, headers: Mapping[str, str], body: bytes) -> _Attempt:
        most = self._terms.answer_bytes
        async with self._client.stream("POST", path, headers=dict(headers), content=body) as response:
            if response.status_code != httpx.codes.OK:
                return _Attempt(
                    why=f"status {response.status_code}",
                    passing=response.status_code in _PASSING,
                    retry_after=seconds_to_wait(response.headers.get("retry-after", ""), datetime.now(UTC)),
                )
            if response.headers.get("content-encoding", "identity") != "identity":
                return _Attempt(why="compressed, which was not asked for")
            found = bytearray()
            async for chunk in response.aiter_raw():
                found += chunk
                if len(found) > most:
                    return _Attempt(why="answer too large")
            return _Attempt(body=bytes(found), headers={name.lower(): told for name, told in response.headers.items()})


def seconds_to_wait(retry_after: str, now: datetime) -> float:
    """What `Retry-After` asks for, in seconds or as a date; 0 when it asks for nothing that can be understood.

    Args:
        retry_after: The header's text.
        now: When it came.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return 0.0
    if until.utcoffset() is None:
        return 0.0
    return max(0.0, (until - now).total_seconds())


def read_json(body: bytes) -> Mapping[str, Any] | None:
    """The JSON object in these bytes; None for anything else: two values for one key, NaN, nesting without end."""
    try:
        found = json.loads(body, object_pairs_hook=_once_each, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a key stands twice"
        raise ValueError(msg)
    return found


def _refused(constant: str) -> float:
    msg = f"{constant} is no JSON"
    raise ValueError(msg)
