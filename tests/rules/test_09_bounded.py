# SPDX-License-Identifier: Apache-2.0
"""Rule 9: any input of any size ends in a result or a typed error, in bounded time and memory."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.strategies import decide, pictures
from transferguard.decision import Decision
from transferguard.errors import InvalidInput
from transferguard.model import Message, Money, ProfileChange, SecurityEvent, SecurityEventKind
from transferguard.testing.builders import FRIEND, account, days_ago, paid, quiet_world, report

SECONDS = 20
"""Generous: each of these takes well under a second on an idle machine."""

LARGE = {
    "name of a million code points": lambda: quiet_world().with_stranger(display_name="李" * 1_000_000),
    "many combining marks": lambda: quiet_world().with_stranger(display_name="e" + "\u0301" * 200_000),
    "many words": lambda: quiet_world().with_stranger(display_name="李 " * 100_000),
    "many profile changes": lambda: quiet_world().with_recipient(
        profile_changes=tuple(ProfileChange(at=days_ago(number / 24), display_name=f"name {number}") for number in range(5_000))
    ),
    "many different pictures worn before": lambda: quiet_world().with_recipient(
        avatar=pictures()["portrait"],
        profile_changes=tuple(
            ProfileChange(at=days_ago(number), avatar=pictures()["other"] + bytes([number % 256, number // 256])) for number in range(600)
        ),
    ),
    "many events": lambda: quiet_world().with_recipient(
        security_events=tuple(SecurityEvent(at=days_ago(number / 24), kind=SecurityEventKind.NEW_DEVICE) for number in range(5_000))
    ),
    "many reports": lambda: quiet_world().with_reports(*(report(FRIEND, f"x{number}") for number in range(5_000))),
    "many payments": lambda: quiet_world().with_transfers(*(paid(FRIEND, days=1 + number / 100) for number in range(5_000))),
    "many namesakes": lambda: _with_namesakes(600),
    "the largest amount": lambda: (
        quiet_world()
        .with_transfer(money=Money(2**63 - 1, "CNY"))
        .with_transfers(*(paid(FRIEND, days=0.1, id=f"l{number}", money=Money(2**63 - 1, "CNY")) for number in range(5)))
    ),
}


def _with_namesakes(count):
    world = quiet_world().with_stranger(display_name="李思远")
    people = [account(f"n{number}", "李思远") for number in range(count)]
    from transferguard.testing.builders import contact  # noqa: PLC0415 - beside its only use

    return world.with_accounts(*people).with_contacts(*(contact(one.id, since=days_ago(50)) for one in people))


@pytest.mark.parametrize("what", sorted(LARGE))
def test_a_large_input_ends_in_a_decision_in_time(what):
    """However much a profile or a history holds, the screen is not kept waiting."""
    world = LARGE[what]()
    began = time.perf_counter()
    decision = decide(world)
    decision.sender_view("zh-Hans")

    assert time.perf_counter() - began < SECONDS
    assert len(decision.to_json()) < 2_000_000


def test_a_long_conversation_is_read_in_part():
    """Fifty lines are enough to hear a request."""
    world = quiet_world()
    lines = [Message(sender=FRIEND, at=days_ago(0), text="借我五千" * 5_000)] * 2_000
    began = time.perf_counter()
    world.guard().check(world.transfer, conversation=lines)

    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize("now", [datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("trouble", [{}, {"verified_name": None}])
def test_a_clock_at_either_end_of_time_gives_a_result_or_a_typed_error(now, trouble):
    """A host whose clock is broken gets an answer or a clear error, never an overflow."""
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    world = replace(quiet_world().with_transfer(amount="5000.00").with_recipient(**trouble), now=now)
    with suppress(InvalidInput):
        assert isinstance(decide(world), Decision)
