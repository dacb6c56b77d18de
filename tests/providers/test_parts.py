# SPDX-License-Identifier: Apache-2.0
"""The small parts of a conversation with a peer, each by itself: time is an argument, so none of these tests waits."""

import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from transferguard.providers.breaker import Breaker
from transferguard.providers.cache import ExpiringCache
from transferguard.providers.dialect_vop import TABLE, ResponderDialect
from transferguard.providers.exchange import seconds_to_wait
from transferguard.providers.portal import Portal

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3),
        (" 120 ", 120),
        ("", 0),
        ("-1", 0),
        ("soon", 0),
        ("1.5", 0),
        ("٣", 0),
        ("9" * 40, 999_999_999),
        (format_datetime(NOW + timedelta(seconds=30), usegmt=True), 30),
        (format_datetime(NOW - timedelta(seconds=30), usegmt=True), 0),
        ("Sun, 22 Nov 2026 10:00:30", 0),
        ("Sun, 99 Nov 2026 10:00:30 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_anything_else_is_nothing(header, seconds):
    """A date in the past, without a zone, or none at all asks for no pause."""
    assert seconds_to_wait(header, NOW) == seconds


def test_the_breaker_opens_after_failures_in_a_row_and_lets_one_try():
    """A success between failures starts the count anew; whoever tries after the rest decides for all."""
    breaker = Breaker(2, 30)
    breaker.failed(0)
    breaker.succeeded()
    breaker.failed(1)
    assert breaker.lets_through(1)
    breaker.failed(1)

    assert not breaker.lets_through(30.9)
    assert breaker.lets_through(31)
    assert not breaker.lets_through(31)
    breaker.gave_up()
    assert breaker.lets_through(32)
    breaker.succeeded()
    assert breaker.lets_through(32)


def test_the_cache_forgets_the_old_and_the_least_used():
    """Never more than its entries, never beyond its time, and nothing at all where it has none."""
    cache: ExpiringCache[str] = ExpiringCache(10, 2)
    for key in (b"a", b"b"):
        cache.put(key, key.decode(), 0)
    assert cache.get(b"a", 9.9) == "a"
    cache.put(b"c", "c", 5)

    assert (cache.get(b"b", 5), cache.get(b"a", 5), len(cache)) == (None, "a", 2)
    assert cache.get(b"a", 10) is None
    none: ExpiringCache[str] = ExpiringCache(0, 2)
    none.put(b"a", "a", 0)
    assert none.get(b"a", 0) is None


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # newer Pythons warn of just what is tested here
def test_a_portal_works_for_a_while_and_again_after_a_fork():
    """The child starts a thread of its own, and the parent's goes on."""

    async def pid(client):
        return client, os.getpid()

    async def end(_):
        return None

    with Portal(object, end) as portal:
        first, parent = portal.run(pid)
        child = os.fork()
        if child == 0:  # pragma: no cover - another process
            other, own = portal.run(pid)
            os._exit(0 if own == os.getpid() and other is not first else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert portal.run(pid) == (first, parent)


def test_every_pair_of_codes_of_the_draft_has_a_meaning():
    """And a pair that is not there, or a code that is no text, is an error."""
    statuses, reasons = {status for status, _ in TABLE}, {reason for _, reason in TABLE}
    assert TABLE.keys() == {(status, reason) for status in statuses for reason in reasons}
    dialect = ResponderDialect(bic="NBUBUBU1XXX", participant="300001")
    odd: list[Any] = [{}, None, [], "MATCH", {"matchStatus": "MATCH"}, {"matchStatus": 1, "reasonCode": "ANNM"}]
    for result in odd:
        assert not dialect.read({"result": result}).result.told
    assert dialect.echo({"requestId": 7}, {}) == ""
