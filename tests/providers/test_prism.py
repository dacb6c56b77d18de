# SPDX-License-Identifier: Apache-2.0
"""The draft's own description, served by a mock server that others wrote: every example, every error, replies drawn at random.

The server is an npm package; `make peers` puts it into the virtual environment. It shapes its answers by the request's `Prefer` header,
which the dialect of these tests sends along.
"""

import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from transferguard.identity import IdentityResult
from transferguard.model import Account, Standing, Unavailable
from transferguard.providers import BankIdentities, Destination, PeerTerms, ResponderDialect

pytestmark = pytest.mark.slow

ACCOUNT = Account(id="u9", display_name="ШЕВЧЕНКО ТАРАС ГРИГОРОВИЧ")
HOLDER = "ШЕВЧЕНКО ТАРАС ГРИГОРІЙОВИЧ"
DYNAMIC_REPLIES = 500
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def program():
    """The mock server's program; None where it is not installed."""
    found = Path(sys.prefix) / "prism" / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    return found if found.exists() else None


@pytest.fixture(scope="module")
def prism(shared_data, tmp_path_factory):
    """A mock server on a free port of this machine; its URL."""
    node, script = shutil.which("node"), program()
    if node is None or script is None:
        if os.environ.get("TRANSFERGUARD_PEERS"):
            pytest.fail("node or prism is missing, and TRANSFERGUARD_PEERS asks for them: run make peers")
        pytest.skip("the mock server is not installed: make peers (needs node and npm)")
    said = tmp_path_factory.mktemp("prism") / "log"
    command = [node, script, "mock", "-h", "127.0.0.1", "-p", "0", shared_data / "peers" / "vop-responder-api.yaml"]
    with said.open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:  # noqa: S603 - the mock server
        try:
            yield _url(said, server)
        finally:
            server.terminate()


def _url(said, server):
    """Where the server says that it listens."""
    for _ in range(600):
        found = re.search(r"listening on (http://127\.0\.0\.1:\d+)", said.read_text(errors="replace"))
        if found:
            return found[1]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"the mock server did not start: {said.read_text(errors='replace')[-500:]}")


@dataclass(frozen=True, kw_only=True)
class Preferring(ResponderDialect):
    """The draft's dialect, which also says what the mock server should answer."""

    prefer: str

    def headers(self, question):
        """The id, and the wish."""
        return {**super().headers(question), "Prefer": self.prefer}


def ask(prism, prefer, *, times=1, **terms):
    """What the provider says when the server is told what to answer."""
    with BankIdentities(
        prism,
        dialect=Preferring(bic="NBUBUBU1XXX", participant="300001", prefer=prefer),
        whereabouts=lambda _: Destination(number="UA213052990000026007233566001", business=False),
        token="t0",  # noqa: S106 - the server takes any
        tls=NO_AUTHORITIES,
        # The mock server repeats no ids, and draws a new answer to the same question each time.
        terms=PeerTerms(checks_echo=False, cache_seconds=0, attempt_seconds=10, deadline_seconds=30, first_pause_seconds=0.01, **terms),
    ) as provider:
        return [provider.fits(ACCOUNT, ACCOUNT.display_name) for _ in range(times)]


@pytest.mark.parametrize(
    ("example", "result", "name", "standing"),
    [
        ("match", IdentityResult.MATCH, HOLDER, None),
        ("closeMatch", IdentityResult.CLOSE_MATCH, HOLDER, None),
        ("noMatch", IdentityResult.NO_MATCH, None, None),
        ("accountNotFound", IdentityResult.NO_MATCH, None, None),
        ("optedOut", IdentityResult.UNAVAILABLE, None, None),
        ("accountClosed", IdentityResult.NO_MATCH, None, Standing.CLOSED),
    ],
)
def test_every_example_of_the_description_is_read(prism, example, result, name, standing):
    """With the name where there is one, and with what it says about the account."""
    (found,) = ask(prism, f"example={example}")

    assert found.result is result
    assert (found.name if isinstance(found.name, str) else None) == name
    assert (found.standing if isinstance(found.standing, Standing) else None) == standing


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500, 503])
def test_every_error_of_the_description_is_an_error(prism, code):
    """None of them is a match, and each says which it was; a random `Retry-After` may leave no room for a further attempt."""
    (found,) = ask(prism, f"code={code}")

    assert (found.result, found.why) == (IdentityResult.ERROR, f"status {code}")


def test_replies_drawn_at_random_never_give_a_name_without_a_match(prism):
    """Five hundred replies of valid shape and random content: whatever they hold, a name stands beside a match or a near match only."""
    found = ask(prism, "dynamic=true", times=DYNAMIC_REPLIES, breaker_failures=DYNAMIC_REPLIES)
    counted = Counter(answer.result for answer in found)

    assert sum(counted.values()) == DYNAMIC_REPLIES
    assert set(counted) == set(IdentityResult)
    fitting = {IdentityResult.MATCH, IdentityResult.CLOSE_MATCH}
    assert all(isinstance(answer.name, Unavailable) for answer in found if answer.result not in fitting)
    assert not any(answer.why.startswith("status") for answer in found)
