# SPDX-License-Identifier: Apache-2.0
"""What must happen once happens once, and what is bounded stays bounded, however many programs or threads try at the same moment."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import ROOT
from tests.store.making import START, day
from transferguard.errors import NotAllowed
from transferguard.guard import Guard
from transferguard.model import Account, Contact, Money, PastTransfer, RealNameStatus, Standing, Transfer, TransferState
from transferguard.store import SqlStore


@pytest.mark.slow
def test_eight_programs_racing_get_no_more_than_one(tmp_path):
    """One confirmation, one redemption, three guesses, five looks, and a total that stops at the threshold: over all of them together."""
    path = tmp_path / "guard.db"
    command = [sys.executable, "-m", "tests.store.racer", str(path)]
    running = [
        subprocess.Popen([*command, f"p{number}"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
        for number in range(8)
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    got = [one.communicate(timeout=120)[0].split() for one in running]

    assert [one.returncode for one in running] == [0] * 8
    assert len({receipt for receipt, *_ in got}) == 1
    assert [sum(int(row[column]) for row in got) for column in range(1, 5)] == [1, 3, 5, 3]
    store = SqlStore.open(path, secret=b"s" * 32)
    assert sum(money.minor for money in store.confirmed_since("me", "p", START).values()) == 90_000
    store.close()


class Noon:
    """A clock that stands still, so that all duplicates are the same question."""

    def now(self):
        """The same moment always."""
        return day(20)


def friends(path):
    """A guard that knows two old friends who have paid each other before."""
    guard = Guard.embedded(path, clock=Noon())
    for name, real in (("me", "赵一鸣"), ("u9", "李思远")):
        guard.observe(
            Account(
                id=name,
                display_name=real,
                verified_name=real,
                identity=f"p-{name}",
                real_name_status=RealNameStatus.VERIFIED,
                standing=Standing.NORMAL,
                created_at=day(-900),
            ),
            at=day(0),
        )
    guard.observe(Contact(owner="me", account="u9", since=day(-800)), at=day(0))
    for number in range(5):
        money = Money.of("100.00", "CNY")
        past = PastTransfer(id=f"old{number}", sender="me", recipient="u9", money=money, at=day(-100 - number), state=TransferState.SETTLED)
        guard.observe(past, at=day(0))
    return guard


def test_a_hundred_simultaneous_duplicates_are_one_decision_and_one_receipt(tmp_path):
    """A sender who presses a hundred times, on two servers, pays once."""
    transfer = Transfer(id="t9", sender="me", recipient="u9", money=Money.of("50.00", "CNY"))
    with friends(tmp_path / "guard.db") as one, Guard.embedded(tmp_path / "guard.db", clock=Noon()) as other:

        def press(number):
            guard = (one, other)[number % 2]
            decision = guard.check(transfer)
            return decision.id, guard.confirm(decision.id).token

        def redeem(token):
            try:
                return one.redeem(token).transfer_id
            except NotAllowed:
                return None

        with ThreadPoolExecutor(16) as pool:
            pressed = list(pool.map(press, range(100)))
            redeemed = list(pool.map(redeem, [token for _, token in pressed]))

    assert len(set(pressed)) == 1
    assert [found for found in redeemed if found] == ["t9"]
