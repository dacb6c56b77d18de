# SPDX-License-Identifier: Apache-2.0
"""Whoever names an account learns a name that may be shown, or nothing at all: not even why."""

import asyncio
import time
from typing import cast

import pytest

from transferguard.async_guard import AsyncGuard
from transferguard.audit import AuditLog
from transferguard.errors import UnknownAccount, UnknownDecision
from transferguard.guard import Guard
from transferguard.identity import IdentityAnswer, IdentityResult
from transferguard.keys import StaticKeys
from transferguard.model import Money, Standing, Transfer
from transferguard.policy import Policy
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.broken import BrokenSeam, Slow
from transferguard.testing.builders import FRIEND, SENDER, account, contact, paid
from transferguard.testing.host import InMemoryHost, MovableClock
from transferguard.testing.registry import InMemoryRegistry

SPENT = "spent"
SILENT = ["unknown", "frozen", "closed", "restricted", "unverified", "nameless"]


@pytest.fixture(params=["memory", "sql"])
def guard(request, tmp_path):
    """A guard in front of accounts of every kind."""
    host = InMemoryHost(
        [
            account(SENDER),
            account(SPENT),
            account(FRIEND, "李思远", verified_name="李思远"),
            contact(FRIEND),
            paid(FRIEND),
            account("frozen", standing="frozen"),
            account("closed", standing="closed"),
            account("restricted", standing="receipts_restricted"),
            account("unverified", real_name_status="unverified"),
            account("nameless", verified_name=None),
            *(account(f"r{at}") for at in range(110)),
        ]
    )
    keys = StaticKeys.generate()
    store = MemoryStore() if request.param == "memory" else SqlStore.open(tmp_path / "guard.db", secret=keys.secret())
    guard = Guard(directory=host, store=store, keys=keys, clock=MovableClock())
    yield guard
    guard.close()


def asking(recipient, sender=SENDER, amount="50.00"):
    return Transfer(id="look", sender=sender, recipient=recipient, money=Money.of(amount, "CNY"))


def left(guard, sender=SENDER):
    return guard._store.balance(sender, terms=guard._purse._terms, now=guard._now()).tokens


def shape(value):
    """The names and types of an answer, without its values."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(inner) for inner in value[:1]] if isinstance(value, list) else type(value).__name__


def test_a_name_that_may_be_shown_is_and_nothing_can_be_confirmed_with_the_answer(guard):
    """The sender's view without a decision."""
    answer = guard.public_answer(asking(FRIEND))

    assert answer["shown_name"] == {"level": "masked", "text": "*远"}
    assert answer["decision_id"] == ""
    assert answer.keys() == guard.check(asking(FRIEND)).sender_view().keys()
    with pytest.raises(UnknownDecision):
        guard.confirm(answer["decision_id"])


def test_unknown_blocked_unverifiable_and_exhausted_have_one_answer(guard):
    """Byte for byte, whatever the reason, in every language."""
    while left(guard, SPENT):
        guard.public_answer(asking(f"r{left(guard, SPENT)}", SPENT))
    for locale in ("en", "zh-Hans", "ar"):
        answers = [guard.public_answer(asking(one), locale=locale) for one in SILENT]
        answers.append(guard.public_answer(asking(FRIEND, SPENT), locale=locale))
        for one, answer in zip([*SILENT, FRIEND], answers, strict=True):
            answer["comparison"]["recipient"]["account"] = answer["comparison"]["recipient"]["account"].replace(one, "x")

        assert all(answer == answers[0] for answer in answers)
    assert shape(answers[0]).keys() == shape(guard.public_answer(asking(FRIEND))).keys()


def test_a_miss_costs_as_the_policy_says_whatever_the_reason(guard):
    """Five in a row empty the purse; a hit costs one, a full name five, and asking again is free."""
    prices = []
    for one in [FRIEND, "unknown", "frozen", "nameless", "unverified", FRIEND, "unknown"]:
        before = left(guard)
        guard.public_answer(asking(one))
        prices.append(before - left(guard))
    before = left(guard)
    guard.public_answer(asking(FRIEND, amount="5000.00"))

    rules = guard.policy.budget
    assert prices == [rules.masked, *[rules.miss] * 4, 0, 0]
    assert before - left(guard) == rules.full
    guard.public_answer(asking("closed"))
    assert left(guard) == 0


def test_checking_somebody_whom_nobody_knows_is_a_miss_too(guard):
    """Who scans through `check` pays the same."""
    with pytest.raises(UnknownAccount):
        guard.check(asking("unknown"))
    with pytest.raises(UnknownAccount, match="sender"):
        guard.public_answer(asking(FRIEND, "nobody"))

    assert left(guard) == guard.policy.budget.capacity - guard.policy.budget.miss


def test_the_rule_of_three_recipients_holds_here_too():
    """The fourth person tells nothing, the third does so again."""
    host = InMemoryHost([account(SENDER), *(account(f"r{at}") for at in range(5))])
    guard = Guard(directory=host, policy=Policy.from_mapping({"budget": {"unpaid_persons": 3}}), clock=MovableClock())
    levels = [guard.public_answer(asking(f"r{at}"))["shown_name"]["level"] for at in (0, 1, 2, 3, 2)]

    assert levels == ["masked"] * 3 + ["hidden", "masked"]


@pytest.mark.parametrize("recipient", [FRIEND, "nameless"])
def test_a_name_that_only_a_provider_knows_is_told_as_one_that_the_directory_knows(recipient):
    """For one question, at the same price; a near match of a bank that gives none otherwise counts too."""
    names = {FRIEND: "李思远"}
    nameless = [account(FRIEND, "李思远", verified_name=None), account("nameless", verified_name=None)]
    registry = InMemoryRegistry(names)
    guard = Guard(directory=InMemoryHost([account(SENDER), *nameless, contact(FRIEND)]), clock=MovableClock(), identities=registry)
    before = left(guard)
    answer = guard.public_answer(asking(recipient))

    assert answer["shown_name"]["text"] == ("*远" if recipient == FRIEND else "")
    assert registry.asked == ([(FRIEND, "")] if recipient == FRIEND else [("nameless", ""), ("nameless", "nameless")])
    assert before - left(guard) == (1 if recipient == FRIEND else 20)


def test_a_provider_that_says_that_an_account_is_closed_ends_in_silence():
    """Whatever name it gives beside."""
    registry = InMemoryRegistry({FRIEND: "李思远"}, match_only=True)
    registry.away = IdentityAnswer(result=IdentityResult.MATCH, name="李思远", standing=Standing.CLOSED)
    host = InMemoryHost([account(SENDER), account(FRIEND, verified_name=None)])
    guard = Guard(directory=host, clock=MovableClock(), identities=registry)

    assert guard.public_answer(asking(FRIEND))["shown_name"]["level"] == "hidden"


def test_silence_takes_as_long_as_a_provider_takes_whatever_the_reason():
    """Else the time would tell which account exists: unknown, blocked and exhausted ones wait as long as the unverifiable one did."""
    host = InMemoryHost([account(SENDER), account(SPENT), account("nameless", verified_name=None), account("frozen", standing="frozen")])
    slow = BrokenSeam(InMemoryRegistry({}), fits=Slow(seconds=0.06))
    policy = Policy.from_mapping({"budget": {"free_hours": 0}})
    guard = Guard(directory=host, clock=MovableClock(), identities=cast("InMemoryRegistry", slow), policy=policy)
    while left(guard, SPENT):
        guard.public_answer(asking("nobody", SPENT))
    took = {}
    asked = {
        "unverifiable": ("nameless", SENDER),
        "unknown": ("nobody", SENDER),
        "blocked": ("frozen", SENDER),
        "exhausted": ("nameless", SPENT),
    }
    for kind, (recipient, sender) in asked.items():
        began = time.monotonic()
        guard.public_answer(asking(recipient, sender))
        took[kind] = time.monotonic() - began

    assert min(took.values()) >= 0.06


def test_every_public_answer_is_on_record(tmp_path):
    """Also the one about nobody."""
    log = tmp_path / "guard.audit"
    guard = Guard(directory=InMemoryHost([account(SENDER), account(FRIEND)]), clock=MovableClock(), audit=AuditLog(log, keys=None))
    for one in (FRIEND, "unknown"):
        guard.public_answer(asking(one))

    text = log.read_text(encoding="ascii")
    assert text.count('"event":"decided"') == text.count('"event":"nothing_told"') == 1
    assert text.count('"purpose":"show_masked"') == 1


def test_the_asynchronous_guard_answers_the_same():
    """With the same words."""

    async def story():
        guard = AsyncGuard(directory=InMemoryHost([account(SENDER)]), clock=MovableClock())
        return await guard.public_answer(asking("unknown"))

    assert asyncio.run(story())["shown_name"]["level"] == "hidden"
