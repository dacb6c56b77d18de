# SPDX-License-Identifier: Apache-2.0
"""Fetch a picture from a URL that somebody else wrote, without being sent anywhere.

    1. https, a host on the list, its port, no name or password in the URL.
    2. The host is resolved once, and every address found must be public (`providers.addresses`).
    3. The connection goes to the address that was checked, not to the name: who answers otherwise a moment later gains nothing.
       The certificate must be the host's all the same.
    4. No cookies, no proxies of the environment. A redirect is followed by hand, at most three times, from step 1 each time.
    5. No compression, only the four formats that we decode, no more bytes than decoding takes, all within one deadline.

Pictures are fetched when accounts are enrolled, never while a transfer waits. What is inside the bytes is the question of
`transferguard.avatars`.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import httpx

from transferguard.closing import Closing
from transferguard.errors import InvalidInput
from transferguard.model import Unavailable
from transferguard.providers.addresses import Address, is_public, read_address
from transferguard.providers.portal import Portal
from transferguard.providers.terms import PeerCall, Tell, nobody
from transferguard.seams import AvatarSource

Resolve: TypeAlias = Callable[[str], Awaitable[Collection[str]]]
"""The addresses of a host."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_UNCHANGED: Final = 304
_SIGNATURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_MOST_ETAG: Final = 256
"""Characters of an ETag that is kept; the long ones of large CDNs have about 60. Chosen."""

_MOST_URL: Final = 2_000
"""Characters of a URL, chosen: what browsers and proxies agree on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTerms:
    """What we grant a host of pictures.

    Args:
        deadline_seconds: For one picture in all, redirects included. Chosen.
        redirects: Followed at most (FACTS: at most 3).
        picture_bytes: Largest picture (FACTS: 5 MB before opening).
        connections: At once. Chosen.
    """

    deadline_seconds: float = 10.0
    redirects: int = 3
    picture_bytes: int = 5 * 1024 * 1024
    connections: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a URL gave.

    Args:
        picture: The bytes; None when there are none, or they are unchanged.
        etag: To be sent along next time; empty when the host gave none.
        unchanged: Whether the host said that the picture with our ETag is still the one.
        why: Why there is none, machine-readable; never the URL.
    """

    picture: bytes | None = field(default=None, repr=False)
    etag: str = ""
    unchanged: bool = False
    why: str = ""


class _RefusedError(Exception):
    """Not fetched; the message is the reason."""


class AsyncPictureFetcher:
    """The coroutine behind `PictureFetcher`; lives in one event loop.

    Args:
        hosts: Whose pictures are fetched: `cdn.example`, `.example` for all names below it, `cdn.example:8443` for another port.
        terms: How long, how much.
        tls: Trusted authorities; by default those of certifi.
        resolve: How hosts are resolved; by default by the system.
        may_connect: Which addresses may be connected to. Anything but the default opens your network to whoever writes URLs.
        tell: Who is told of each fetch.
    """

    def __init__(  # noqa: PLR0913 - one keyword per thing that a host decides
        self,
        *,
        hosts: Collection[str],
        terms: FetchTerms | None = None,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
        may_connect: Callable[[Address], bool] = is_public,
        tell: Tell = nobody,
    ) -> None:
        self._hosts = _checked(hosts)
        self._terms = terms or FetchTerms()
        self._resolve = resolve or _system
        self._may_connect = may_connect
        self._tell = tell
        # A connection is verified for one host, and the pool knows only the address: it is not used twice.
        limits = httpx.Limits(max_connections=self._terms.connections, max_keepalive_connections=0)
        self._transport = httpx.AsyncHTTPTransport(verify=tls if tls is not None else True, trust_env=False, limits=limits, retries=0)

    async def fetch(self, url: str, *, etag: str = "") -> Fetched:
        """The picture behind a URL.

        Args:
            url: As somebody wrote it.
            etag: Of the picture that is at hand; it is then not sent again.
        """
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._terms.deadline_seconds):
                found = await self._followed(url, etag)
        except TimeoutError:
            found = Fetched(why="not in time")
        except _RefusedError as refused:
            found = Fetched(why=str(refused))
        except (httpx.TransportError, ssl.SSLError) as error:  # a refusal of TLS 1.3 comes with the first read, past httpx
            found = Fetched(why=type(error).__name__)
        result = "fetched" if found.picture is not None else "unchanged" if found.unchanged else "refused"
        self._tell(PeerCall(peer="pictures", result=result, why=found.why, seconds=time.monotonic() - started, attempts=1))
        return found

    async def _followed(self, url: str, etag: str) -> Fetched:
        here = _read_url(url)
        for _ in range(self._terms.redirects + 1):
            response = await self._asked(here, etag)
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._read(response, etag)
                here = _next(here, response.headers.get("location", ""))
            finally:
                await response.aclose()
        raise _RefusedError("too many redirects")

    async def _asked(self, url: httpx.URL, etag: str) -> httpx.Response:
        """The head of the answer from the address that was checked."""
        self._on_the_list(url)
        address = await self._address(url.host)
        there = url.copy_with(host=f"[{address}]" if address.version == 6 else str(address), fragment=None)  # noqa: PLR2004 - IP version
        headers = {"Host": url.netloc.decode("ascii"), "Accept": "image/*", "Accept-Encoding": "identity", "Connection": "close"}
        if etag:
            headers["If-None-Match"] = etag
        # With an address for a host, the certificate is checked against the name given here.
        request = httpx.Request("GET", there, headers=headers, extensions={"sni_hostname": url.host})
        return await self._transport.handle_async_request(request)

    def _on_the_list(self, url: httpx.URL) -> None:
        if url.scheme != "https":
            raise _RefusedError("not https")
        if url.userinfo:
            raise _RefusedError("name or password in the URL")
        port = url.port or 443
        names = {url.host, *(url.host[at:] for at, letter in enumerate(url.host) if letter == ".")}
        if not any((name, port) in self._hosts for name in names):
            raise _RefusedError("host not on the list")

    async def _address(self, host: str) -> Address:
        """The first of the host's addresses, if we may connect to all of them."""
        literal = read_address(host)
        try:
            texts = [host] if literal else list(await self._resolve(host))
        except OSError:
            raise _RefusedError("host not found") from None
        found = [read_address(text) for text in texts]
        if not found:
            raise _RefusedError("host not found")
        if not all(address is not None and self._may_connect(address) for address in found):
            raise _RefusedError("address not public")
        return next(address for address in found if address is not None)

    async def _read(self, response: httpx.Response, etag: str) -> Fetched:
        if response.status_code == _UNCHANGED and etag:
            return Fetched(etag=etag, unchanged=True)
        if response.status_code != httpx.codes.OK:
            raise _RefusedError(f"status {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _RefusedError("compressed, which was not asked for")
        if not response.headers.get("content-type", "").lower().startswith("image/"):
            raise _RefusedError("not a picture")
        most, found = self._terms.picture_bytes, bytearray()
        if _announced(response.headers.get("content-length", "")) > most:
            raise _RefusedError("too many bytes")
        async for chunk in response.stream:  # type: ignore[union-attr]  # the transport is asynchronous, and so is its stream
            found += chunk
            if len(found) > most:
                raise _RefusedError("too many bytes")
        if not _is_picture(found):
            raise _RefusedError("not a picture")
        given = response.headers.get("etag", "")
        return Fetched(picture=bytes(found), etag=given if len(given) <= _MOST_ETAG and given.isprintable() else "")

    async def close(self) -> None:
        """Give back the connections."""
        await self._transport.aclose()


class PictureFetcher(Closing, AvatarSource):
    """Fetches pictures by URL; for any number of threads.

    Args:
        hosts: As for `AsyncPictureFetcher`.
        terms: As there.
        tls: As there.
        resolve: As there.
        may_connect: As there.
        tell: As there.
    """

    never_hangs = True

    def __init__(  # noqa: PLR0913 - as above
        self,
        *,
        hosts: Collection[str],
        terms: FetchTerms | None = None,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
        may_connect: Callable[[Address], bool] = is_public,
        tell: Tell = nobody,
    ) -> None:
        _checked(hosts)
        self._portal = Portal(
            lambda: AsyncPictureFetcher(hosts=hosts, terms=terms, tls=tls, resolve=resolve, may_connect=may_connect, tell=tell),
            AsyncPictureFetcher.close,
        )

    def fetch(self, url: str, *, etag: str = "") -> Fetched:
        """As `AsyncPictureFetcher.fetch`."""
        return self._portal.run(lambda fetcher: fetcher.fetch(url, etag=etag))

    def picture(self, url: str) -> bytes | Unavailable:
        """As `AvatarSource.picture`."""
        found = self.fetch(url)
        return Unavailable(found.why or "no picture") if found.picture is None else found.picture

    def close(self) -> None:
        """Give back thread and connections; harmless when repeated."""
        self._portal.close()


async def _system(host: str) -> Collection[str]:
    """What the system says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _checked(hosts: Collection[str]) -> frozenset[tuple[str, int]]:
    """Each host with its port.

    Raises:
        InvalidInput: Nothing is on the list, or something that is no host.
    """
    if isinstance(hosts, str) or not hosts:
        raise InvalidInput("hosts", "is not a list of hosts", "name the hosts whose pictures may be fetched")
    read = set()
    for host in hosts:
        name, _, port = host.partition(":")
        if not name or not set(name.lower()) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-") or (port and not port.isdigit()):
            raise InvalidInput("hosts", "holds something that is no host", "write cdn.example, .example or cdn.example:8443")
        read.add((name.lower(), int(port or 443)))
    return frozenset(read)


def _read_url(url: str) -> httpx.URL:
    if len(url) > _MOST_URL:
        raise _RefusedError("not a URL")
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise _RefusedError("not a URL") from None


def _next(here: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads."""
    if not location or len(location) > _MOST_URL:
        raise _RefusedError("redirect to nowhere")
    try:
        return here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise _RefusedError("redirect to nowhere") from None


def _announced(length: str) -> int:
    """How many bytes are to come; 0 when nobody says."""
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


def _is_picture(found: bytearray) -> bool:
    """Whether the first bytes are those of a format that we decode."""
    return found.startswith(_SIGNATURES) or (found[:4] == b"RIFF" and found[8:12] == b"WEBP")
