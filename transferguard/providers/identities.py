# SPDX-License-Identifier: Apache-2.0
"""Does this name fit this account? Asked of a bank or a registry over HTTP.

The conversation is the same for all schemes (`providers.exchange`), what is written and how an answer is read is the dialect's. An
answer that compared the names is remembered for a while; an error never is, and never counts as a match. These providers are *match
only*: asked for a name they give none, and a name that stands beside a match or a near match is taken along.
"""

from __future__ import annotations

import hashlib
import json
import random
import ssl
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self, TypeAlias

import httpx

from transferguard.closing import Closing
from transferguard.errors import InvalidInput
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Account, Unavailable
from transferguard.providers.cache import ExpiringCache
from transferguard.providers.dialect import MAX_NAME_CODE_POINTS, Destination, Dialect, Question, broken
from transferguard.providers.exchange import Exchange, Reply
from transferguard.providers.portal import Portal
from transferguard.providers.terms import PeerCall, PeerTerms, Tell, nobody
from transferguard.seams import Identities

MOST_CONNECTIONS: Final = 20
"""Open at once to one peer, kept for the next question. Chosen: at the EU's 1 s an answer this is 20 questions a second."""

Whereabouts: TypeAlias = Callable[[Account], Destination | None]
"""Which bank account stands behind an account of the host's; None when there is none."""

Token: TypeAlias = str | Callable[[], str] | None
"""A bearer token, or what gives the present one; it must answer at once."""


class AsyncBankIdentities:
    """The coroutine behind `BankIdentities`; lives in one event loop.

    Args:
        url: The peer's base URL; https, except on this machine.
        dialect: Its messages.
        whereabouts: Which bank account to ask about; it must answer at once.
        token: Bearer token, if it wants one.
        tls: Client certificate and trusted authorities, see `mutual_tls`; by default those of certifi.
        terms: How long, how often, how much.
        tell: Who is told of each call.
    """

    def __init__(  # noqa: PLR0913 - one keyword per thing that a host decides
        self,
        url: str,
        *,
        dialect: Dialect,
        whereabouts: Whereabouts,
        token: Token = None,
        tls: ssl.SSLContext | None = None,
        terms: PeerTerms | None = None,
        tell: Tell = nobody,
    ) -> None:
        self._terms = terms or PeerTerms()
        self._dialect = dialect
        self._whereabouts = whereabouts
        self._token = token
        self._tell = tell
        self._client = httpx.AsyncClient(
            base_url=_secure(url),
            verify=tls if tls is not None else True,
            # Deadlines are kept around the whole conversation; a timeout for each read would let a drip go on for ever.
            timeout=None,  # noqa: S113 - see the line above
            limits=httpx.Limits(max_connections=MOST_CONNECTIONS),
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json"},
            follow_redirects=False,
            trust_env=False,
        )
        self._exchange = Exchange(self._client, self._terms, chance=random.random)
        self._cache: ExpiringCache[IdentityAnswer] = ExpiringCache(self._terms.cache_seconds, self._terms.cache_answers)

    async def name(self, account: Account) -> str | Unavailable:
        """As `Identities.name`: these peers give none."""
        del account
        return MATCH_ONLY

    async def fits(self, account: Account, name: str) -> IdentityAnswer:
        """As `Identities.fits`."""
        return await self.ask(self._whereabouts(account), name)

    async def ask(self, destination: Destination | None, name: str) -> IdentityAnswer:
        """Does this name fit this bank account?

        Args:
            destination: Which; None when there is none behind the account.
            name: As somebody wrote it.
        """
        started, asked = time.monotonic(), name.strip()
        if destination is None:
            return IdentityAnswer(result=IdentityResult.UNAVAILABLE, why="no bank account")
        if not asked or len(asked) > MAX_NAME_CODE_POINTS or not asked.isprintable():
            return IdentityAnswer(result=IdentityResult.UNAVAILABLE, why="not a name that can be asked about")
        key = hashlib.sha256(json.dumps([destination.number, destination.reference, asked]).encode()).digest()
        if kept := self._cache.get(key, started):
            self._told(kept, started, cached=True)
            return kept
        question = Question(id=str(uuid.uuid4()), at=datetime.now(UTC), name=asked, destination=destination)
        reply = await self._exchange.post(self._dialect.path, self._headers(question), json.dumps(self._dialect.body(question)).encode())
        answer = self._read(question, reply)
        if answer.result is not IdentityResult.ERROR:
            self._cache.put(key, answer, time.monotonic())
        self._told(answer, started, attempts=reply.attempts)
        return answer

    def _headers(self, question: Question) -> Mapping[str, str]:
        token = self._token() if callable(self._token) else self._token
        return {**self._dialect.headers(question), **({"Authorization": f"Bearer {token}"} if token else {})}

    def _read(self, question: Question, reply: Reply) -> IdentityAnswer:
        if reply.json is None:
            return broken(reply.why)
        if self._terms.checks_echo and self._dialect.echo(reply.json, reply.headers).lower() != question.id:
            return broken("an answer to another question")
        return self._dialect.read(reply.json)

    def _told(self, answer: IdentityAnswer, started: float, *, attempts: int = 0, cached: bool = False) -> None:
        seconds = time.monotonic() - started
        self._tell(PeerCall(peer="identities", result=answer.result, why=answer.why, seconds=seconds, attempts=attempts, cached=cached))

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()


class BankIdentities(Closing, Identities):
    """A bank or registry that says whether a name fits: `Guard(identities=BankIdentities(...))`. For any number of threads.

    Args:
        url: As for `AsyncBankIdentities`.
        dialect: As there.
        whereabouts: As there; called in the thread that asks.
        token: As there.
        tls: As there.
        terms: As there.
        tell: As there.
    """

    def __init__(  # noqa: PLR0913 - as above
        self,
        url: str,
        *,
        dialect: Dialect,
        whereabouts: Whereabouts,
        token: Token = None,
        tls: ssl.SSLContext | None = None,
        terms: PeerTerms | None = None,
        tell: Tell = nobody,
    ) -> None:
        _secure(url)
        self._whereabouts = whereabouts
        self._portal = Portal(
            lambda: AsyncBankIdentities(url, dialect=dialect, whereabouts=whereabouts, token=token, tls=tls, terms=terms, tell=tell),
            AsyncBankIdentities.close,
        )

    def fits(self, account: Account, name: str) -> IdentityAnswer:
        """As `Identities.fits`."""
        destination = self._whereabouts(account)
        return self._portal.run(lambda bank: bank.ask(destination, name))

    def close(self) -> None:
        """Give back thread and connections; harmless when repeated."""
        self._portal.close()


def mutual_tls(certificate: str | Path, key: str | Path, *, authorities: str | Path | None = None) -> ssl.SSLContext:
    """A TLS context that shows a client certificate.

    Args:
        certificate: PEM file of the certificate and its chain.
        key: PEM file of its private key.
        authorities: PEM file of whom to trust; by default the system's.
    """
    context = ssl.create_default_context(cafile=authorities)
    context.load_cert_chain(certificate, key)
    return context


def _secure(url: str) -> str:
    """The URL, if what is sent there stays secret.

    Raises:
        InvalidInput: It is no URL, or one without TLS that leads off this machine.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise InvalidInput("url", "is not a URL") from None
    if not parsed.host or parsed.scheme not in {"http", "https"} or parsed.userinfo:
        raise InvalidInput("url", "is not an https URL", "give scheme and host, and the token apart")
    if parsed.scheme == "http" and not _is_loopback(parsed.host):
        raise InvalidInput("url", "has no TLS", "names and tokens travel over it: use https")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
