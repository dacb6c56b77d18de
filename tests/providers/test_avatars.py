# SPDX-License-Identifier: Apache-2.0
"""A URL that somebody else wrote brings a picture or a reason, and leads nowhere else: not one request reaches a forbidden address.

127.0.0.2 plays the Internet here, and 127.0.0.1 the network behind the firewall, with a server on the very same port.
"""

import asyncio
import contextlib
import gzip
import ssl
import time
from ipaddress import ip_address

import pytest

from tests.avatars.drawing import cartoon, encoded
from tests.providers import peer as peers
from tests.providers.certificates import certificate, serving
from tests.providers.peer import SocketPeer, answer, one_after_the_other
from transferguard.errors import InvalidInput
from transferguard.model import Unavailable
from transferguard.providers import FetchTerms, PeerCall, PictureFetcher
from transferguard.providers.addresses import is_public, read_address
from transferguard.providers.avatars import AsyncPictureFetcher

PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.1"
HOSTS = ("pictures.test", "deep.pictures.test", "inner.test", "rebinding.test", "both.test", "nowhere.test")


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Contexts of the server, whose certificate holds for all our hosts, and of a client that trusts it."""
    folder = tmp_path_factory.mktemp("tls")
    authority = certificate(folder, "authority")
    server = certificate(folder, "server", issuer=authority[:2], hosts=HOSTS[:-1])
    return serving(*server[2:]), ssl.create_default_context(cafile=authority[2])


class Stage:
    """A server on the Internet, one behind the firewall on the same port, and a fetcher."""

    def __init__(self, tls, behave, **terms):
        self.inside = SocketPeer(says_picture(), host=PRIVATE, tls=tls[0])
        self.outside = SocketPeer(behave, host=PUBLIC, port=self.inside.port, tls=tls[0])
        self.port, self.resolved = self.inside.port, []
        self.addresses = {
            "pictures.test": [PUBLIC],
            "deep.pictures.test": [PUBLIC],
            "inner.test": [PRIVATE],
            "both.test": [PUBLIC, PRIVATE],
        }
        self.calls: list[PeerCall] = []
        self.fetcher = PictureFetcher(
            hosts=[f".test:{self.port}", f"{PRIVATE}:{self.port}", f"localhost:{self.port}"],
            terms=FetchTerms(**{"deadline_seconds": 10} | terms),
            tls=tls[1],
            resolve=self.resolve,
            may_connect=lambda address: address == ip_address(PUBLIC),
            tell=self.calls.append,
        )

    async def resolve(self, host):
        """What a name server says, at each question what the test wants."""
        self.resolved.append(host)
        if host == "rebinding.test":
            return [PUBLIC] if self.resolved.count(host) == 1 else [PRIVATE]
        if host not in self.addresses:
            raise OSError(host)
        return self.addresses[host]

    def url(self, path="/a.png", host="pictures.test"):
        """A URL that is fine."""
        return f"https://{host}:{self.port}{path}"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.fetcher.close()
        self.outside.__exit__()
        self.inside.__exit__()
        assert self.inside.connections == 0, "something went behind the firewall"


PICTURE = encoded(cartoon(1, 64), "PNG")


def says_picture(body=PICTURE, **headers):
    """Answers with a picture."""
    told = {"Content_Type": "image/png", "ETag": '"v1"'} | headers

    def behave(connection, request):
        if request.headers.get("if-none-match") == '"v1"':
            return answer(connection, status="304 Not Modified")
        lines = [f"{name.replace('_', '-')}: {text}" for name, text in told.items()]
        connection.sendall("\r\n".join(["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *lines]).encode() + b"\r\n\r\n" + body)
        return True

    return behave


def leads_to(location):
    """Redirects, to what may be made from the port."""
    return lambda connection, _: answer(connection, status="302 Found", Location=location, Set_Cookie="a=b")


def why(stage, url=None):
    """The reason for which there is no picture."""
    found = stage.fetcher.fetch(url or stage.url())
    assert found.picture is None
    return found.why


def test_a_picture_comes_with_its_etag_and_is_not_sent_twice(tls):
    """The second time the host only says that nothing changed."""
    with Stage(tls, says_picture()) as stage:
        first = stage.fetcher.fetch(stage.url())
        again = stage.fetcher.fetch(stage.url(), etag=first.etag)

        assert (first.picture, first.etag) == (PICTURE, '"v1"')
        assert (again.picture, again.unchanged, again.etag) == (None, True, '"v1"')
        assert [call.result for call in stage.calls] == ["fetched", "unchanged"]
        assert stage.fetcher.picture(stage.url()) == PICTURE
    asked = stage.outside.requests[0]
    assert asked.line == "GET /a.png HTTP/1.1"
    assert asked.headers["host"] == f"pictures.test:{stage.port}"
    assert asked.headers["accept-encoding"] == "identity"
    assert "cookie" not in asked.headers


def test_the_connection_goes_to_the_address_that_was_checked(tls):
    """A name that resolves to something else a moment later gains nothing: it is asked once, and the address is kept."""
    with Stage(tls, says_picture()) as stage:
        assert stage.fetcher.fetch(stage.url(host="rebinding.test")).picture == PICTURE
        assert stage.resolved == ["rebinding.test"]
        assert why(stage, stage.url(host="rebinding.test")) == "address not public"


@pytest.mark.parametrize("host", ["inner.test", "both.test", PRIVATE])
def test_a_host_with_an_address_behind_the_firewall_is_not_asked(tls, host):
    """Also where only one of several addresses is inside, or the address stands in the URL."""
    with Stage(tls, says_picture()) as stage:
        assert why(stage, stage.url(host=host)) == "address not public"


@pytest.mark.parametrize(
    "location",
    [
        "https://inner.test:{port}/a.png",
        "https://127.0.0.1:{port}/",
        "https://127.1:{port}/",
        "https://2130706433:{port}/",
        "https://0x7f000001:{port}/",
        "https://[::1]:{port}/",
        "https://[::ffff:127.0.0.1]:{port}/",
        "https://[::ffff:7f00:1]:{port}/",
        "https://localhost:{port}/",
        "https://0.0.0.0:{port}/",
        "https://169.254.169.254/latest/meta-data/",
        "//inner.test:{port}/x",
        "https://pictures.test@127.0.0.1:{port}/",
        "https://me:pw@pictures.test:{port}/",
        "http://pictures.test:{port}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "data:image/png;base64,AAAA",
        "https://evil.example/",
        "https://pictures.test.evil.example:{port}/",
        "https://pictures.test:22/",
        "https://both.test:{port}/",
        "",
        "https://[::",
        "x" * 3000,
    ],
)
def test_a_redirect_leads_nowhere_that_the_url_itself_could_not(tls, location):
    """Loopback in all spellings, other schemes, other hosts, other ports: each hop is checked from the start."""
    with Stage(tls, peers.closes) as stage:
        stage.outside.behave = leads_to(location.format(port=stage.port))
        assert why(stage)
        assert len(stage.outside.requests) == 1


def test_redirects_within_the_list_are_followed_three_times(tls):
    """Relative ones too, without cookies; a fourth is one too many."""
    hops = [leads_to("/b.png"), leads_to("c.png"), leads_to("?d")]
    with Stage(tls, one_after_the_other(*hops, says_picture())) as stage:
        assert stage.fetcher.fetch(stage.url()).picture == PICTURE
        assert [request.line.split()[1] for request in stage.outside.requests] == ["/a.png", "/b.png", "/c.png", "/c.png?d"]
        assert not any("cookie" in request.headers for request in stage.outside.requests)

        stage.outside.behave = leads_to("/again.png")
        assert why(stage) == "too many redirects"
        assert len(stage.outside.requests) == 8


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (says_picture(b"<html>", Content_Type="text/html"), "not a picture"),
        (says_picture(b"<svg onload=alert(1)>", Content_Type="image/svg+xml"), "not a picture"),
        (says_picture(b"#!/bin/sh", Content_Type="image/png"), "not a picture"),
        (says_picture(b""), "not a picture"),
        (says_picture(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip"), "compressed, which was not asked for"),
        (peers.large, "not a picture"),
        (peers.status("404 Not Found"), "status 404"),
        (peers.status("304 Not Modified"), "status 304"),
        (peers.resets, "ReadError"),
        (peers.closes, "RemoteProtocolError"),
        (peers.garbage, "RemoteProtocolError"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(tls, behave, reason):
    """Wrong types, archives, errors, broken servers."""
    with Stage(tls, behave) as stage:
        assert why(stage) == reason


def endless(connection, _):
    """A picture that never ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n")
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"186a0\r\n" + b"\x89PNG\r\n\x1a\n" + bytes(99_992) + b"\r\n")


def announced(connection, _):
    """A picture of a hundred megabytes, as it says."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100000000\r\n\r\n")


@pytest.mark.parametrize("behave", [endless, announced])
def test_no_more_bytes_are_read_than_decoding_takes(tls, behave):
    """An endless body ends at the cap, an announced one before it begins."""
    with Stage(tls, behave, picture_bytes=300_000) as stage:
        assert why(stage) == "too many bytes"


@pytest.mark.parametrize("behave", [peers.hangs, peers.drips_headers, peers.drips_body])
def test_one_deadline_holds_for_everything(tls, behave):
    """Hanging and dripping ends when the time is up, however lively each single byte."""

    def picture_type(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n")
        behave(connection, request)

    with Stage(tls, picture_type if behave is peers.drips_body else behave, deadline_seconds=0.5) as stage:
        started = time.monotonic()
        assert why(stage) == "not in time"
        assert time.monotonic() - started < 2


def test_resolving_counts_as_well(tls):
    """A name server that never answers holds nobody up."""

    async def never(host):
        await asyncio.sleep(60)
        return [host]

    with Stage(tls, says_picture(), deadline_seconds=0.3) as stage:
        stage.fetcher.close()
        stage.fetcher = PictureFetcher(hosts=[".test"], resolve=never, tls=tls[1], terms=FetchTerms(deadline_seconds=0.3))
        assert stage.fetcher.picture("https://pictures.test/a.png") == Unavailable("not in time")


def test_the_certificate_must_be_the_hosts(tls):
    """The connection goes to an address, and the name is checked all the same."""
    with Stage(tls, says_picture()) as stage:
        stage.addresses["nowhere.test"] = [PUBLIC]
        assert why(stage, stage.url(host="nowhere.test")) == "ConnectError"
        assert why(stage, stage.url(host="unknown.test")) == "host not found"
        stage.addresses["unknown.test"] = []
        assert why(stage, stage.url(host="unknown.test")) == "host not found"
        stage.addresses["unknown.test"] = ["fe80::1%eth0"]
        assert why(stage, stage.url(host="unknown.test")) == "address not public"


@pytest.mark.parametrize(
    "url", ["", "no url", "https://", "https://[::", "https://a b/", "https://x" + "x" * 3000, "https://a:99999999/", "\x00"]
)
def test_what_is_no_url_is_refused(tls, url):
    """A profile may hold anything."""
    with Stage(tls, says_picture()) as stage:
        assert why(stage, url or "x")
        assert not stage.resolved


@pytest.mark.parametrize("hosts", [[], "cdn.example", ["*"], [""], ["cdn.example:x"], ["https://cdn.example"]])
def test_a_list_of_hosts_that_is_none_is_refused(hosts):
    """Without a list nothing is fetched, and a star is no list."""
    with pytest.raises(InvalidInput, match="hosts"):
        PictureFetcher(hosts=hosts)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00::1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
    ],
)
def test_addresses_that_are_not_public_are_known(address):
    """Loopback, private, link-local, shared, documentation, multicast, reserved, and each of them wrapped in IPv6."""
    found = read_address(address)

    assert found is not None
    assert not is_public(found)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"])
def test_public_addresses_are_known(address):
    """Also wrapped ones."""
    found = read_address(address)

    assert found is not None
    assert is_public(found)


def test_the_system_is_asked_where_nobody_says_otherwise():
    """And localhost is not public."""

    async def work():
        fetcher = AsyncPictureFetcher(hosts=["localhost"])
        found = await fetcher.fetch("https://localhost/a.png")
        await fetcher.close()
        return found.why

    assert asyncio.run(work()) == "address not public"
