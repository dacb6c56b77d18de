# SPDX-License-Identifier: Apache-2.0
"""A peer on a socket of this machine that does what no honest server does: it hangs, drips, resets, lies about lengths."""

import contextlib
import json
import socket
import struct
import threading
import time


class SocketPeer:
    """Answers each request as the test says, and remembers what it was asked.

    Args:
        behave: Called with the connection and the request for every request; sends what it likes, and says with True that the
            connection stays open.
        host: Address to listen at.
        port: Where; any free one by default.
        tls: Context of a server, for https.
    """

    def __init__(self, behave, *, host="127.0.0.1", port=0, tls=None):
        self.behave = behave
        self._tls = tls
        self.requests = []
        self.connections = 0
        self._socket = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._over = threading.Event()
        self.host, self.port = self._socket.getsockname()[:2]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self):
        """Where it listens."""
        return f"{'https' if self._tls else 'http'}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def _listen(self):
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += not self._over.is_set()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain):
        with contextlib.suppress(OSError), self._tls.wrap_socket(plain, server_side=True) if self._tls else plain as connection:
            while not self._over.is_set():
                request = read_request(connection)
                if request is None:
                    return
                self.requests.append(request)
                if not self.behave(connection, request):
                    return

    def wait(self, seconds):
        """Wait as a hanging server would, but not beyond the end of the test."""
        self._over.wait(seconds)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._over.set()
        # A thread that waits in accept keeps the port open until somebody comes.
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), timeout=1).close()
        self._socket.close()


class Request:
    """What was asked: the first line, headers in lower case, and the body."""

    def __init__(self, line, headers, body):
        self.line, self.headers, self.body = line, headers, body

    @property
    def json(self):
        """The body."""
        return json.loads(self.body)


def read_request(connection):
    """The next request on a connection; None when it was closed."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        more = connection.recv(65_536)
        if not more:
            return None
        raw += more
    head, _, body = raw.partition(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): told.strip() for name, _, told in (one.partition(":") for one in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65_536)
    return Request(line, headers, body)


def answer(connection, body=b"", *, status="200 OK", length=None, **headers):
    """Send one whole answer; True, so that the connection stays open."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {told}" for name, told in headers.items()]
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    return True


def says(plain):
    """Answers every request with this JSON, which may be made from the request."""

    def behave(connection, request):
        told = plain(request) if callable(plain) else plain
        return answer(connection, json.dumps(told).encode())

    return behave


def one_after_the_other(*behaviours):
    """Each request meets the next behaviour; the last one stays."""
    left = list(behaviours)

    def behave(connection, request):
        return (left.pop(0) if len(left) > 1 else left[0])(connection, request)

    return behave


def status(text, **headers):
    """Answers every request with this status."""
    return lambda connection, _: answer(connection, b'{"error": {"code": "X", "message": "Y"}}', status=text, **headers)


def hangs(connection, _):
    """Takes the request and says nothing until the other side goes."""
    with contextlib.suppress(OSError):
        connection.recv(1)


def drips_headers(connection, _):
    """A header a byte at a time, each within any sensible read timeout, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X")
        time.sleep(0.02)


def drips_body(connection, _):
    """A promised body that comes a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n{")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def resets(connection, _):
    """Ends the connection with RST, as a crashed or hostile box does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def closes(connection, _):
    """Ends the connection without a word."""


def endless(connection, _):
    """A hundred megabytes of JSON that never ends, in chunks."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    block = b'"' + b"a" * 99_998 + b'"'
    for _at in range(1000):
        connection.sendall(b"%x\r\n" % len(block) + block + b"\r\n")


def large(connection, _):
    """A hundred megabytes, announced."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
    for _at in range(1000):
        connection.sendall(b" " * 100_000)


def too_short(connection, _):
    """Less than was promised, and then the end."""
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"requestId": "')


def garbage(connection, _):
    """Not HTTP at all."""
    connection.sendall(b"\x16\x03\x01 hello \x00\xff\r\n\r\n")
