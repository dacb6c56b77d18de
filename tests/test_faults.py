# SPDX-License-Identifier: Apache-2.0
"""Every seam slow, hanging, failing and lying, alone and two at once.

What is unavailable falls back as the policy says, what is broken never does, the check keeps its time, and nothing but the documented
errors reaches the host.
"""

import asyncio
import inspect
import os
import random
import resource
import signal
import sqlite3
import threading
import time
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any, cast

import pytest

from transferguard.asking import MOST_AHEAD, Asking, believed
from transferguard.async_guard import AsyncGuard
from transferguard.audit import AuditLog
from transferguard.decision import Decision, Outcome
from transferguard.errors import (
    ConfirmationRefused,
    KeyUnavailable,
    StoreError,
    TooSlow,
    TransferGuardError,
    WorldError,
    WrongAnswer,
)
from transferguard.guard import Guard
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.keys import StaticKeys
from transferguard.model import (
    Contact,
    Message,
    Money,
    PastTransfer,
    ProfileChange,
    SecurityEvent,
    SecurityEventKind,
    Transfer,
    Unavailable,
)
from transferguard.policy import Policy
from transferguard.receipt import Receipt
from transferguard.seams import Identities
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.broken import BrokenSeam, Failing, Hanging, Lying, Slow, Trouble
from transferguard.testing.builders import FRIEND, NOW, SENDER, account, contact, paid, report
from transferguard.testing.host import InMemoryHost, MovableClock

SECONDS = 1
POLICY = Policy.from_mapping({"spans": {"check_seconds": SECONDS}})
KEYS = StaticKeys.generate()
FUTURE = timedelta(days=4000)
STRANGER = account("stranger")


class BugError(Exception):
    """A fault in a host's own code."""


OPTIONAL = ["contacts", "transfers", "reports", "accounts_of", "circle_version", "name", "fits"]
REQUIRED = ["accounts", "confirmation", "confirmed_since", "spend", "record", "state", "now", "append_all"]
SEAM_OF = {
    **dict.fromkeys(["accounts", *OPTIONAL], "directory"),
    **dict.fromkeys(["name", "fits"], "identities"),
    **dict.fromkeys(["confirmation", "confirmed_since", "spend", "record", "state"], "store"),
    "now": "clock",
    "append_all": "audit",
}
WRONG_TYPE: dict[str, Any] = {
    "accounts": ["friend"],
    "contacts": "friend",
    "transfers": [7],
    "reports": None,
    "accounts_of": [object()],
    "circle_version": 7,
    "name": b"bytes",
    "fits": True,
    "confirmation": "confirmed",
    "confirmed_since": None,
    "spend": 99,
    "record": None,
    "state": None,
    "now": "2026-11-22T10:00:00Z",
}
OF_SOMEBODY_ELSE: dict[str, Any] = {
    "accounts": lambda found: dict.fromkeys(found, STRANGER),
    "contacts": lambda found: [*found, Contact(owner="stranger", account=FRIEND)],
    "transfers": lambda found: [*found, paid("stranger", sender="other")],
    "reports": lambda found: [*found, report("stranger", "other")],
    "record": lambda found: replace(found, transfer=replace(found.transfer, id="another")),
}


@pytest.fixture(scope="module")
def release():
    """Lets everything go that still hangs when the tests are over."""
    released = threading.Event()
    yield released
    released.set()


def stage(tmp_path, trouble: dict[str, Trouble]):
    """A guard whose seams are in trouble, in front of a friend who was paid before and whose name only a provider knows."""
    host = InMemoryHost(
        [
            account(SENDER, verified_name="赵一鸣"),
            account(FRIEND, "李思远", verified_name=None),
            contact(FRIEND),
            paid(FRIEND),
            report(FRIEND, "other"),
        ]
    )
    parts: dict[str, dict[str, Trouble]] = {"directory": {}, "store": {}, "clock": {}, "audit": {}, "identities": {}}
    for question, one in trouble.items():
        parts[SEAM_OF[question]][question] = one
    log = AuditLog(tmp_path / f"{random.getrandbits(60)}.audit", keys=None)
    return Guard(
        directory=cast("InMemoryHost", BrokenSeam(host, **parts["directory"])),
        store=cast("MemoryStore", BrokenSeam(MemoryStore(), **parts["store"])),
        clock=cast("MovableClock", BrokenSeam(MovableClock(), **parts["clock"])),
        audit=cast("AuditLog", BrokenSeam(log, **parts["audit"])),
        identities=cast("Identities", BrokenSeam(Bank(), **parts["identities"])),
        keys=KEYS,
        policy=POLICY,
    )


class Bank(Identities):
    """Is asked for the name, then whether the display name fits: nearly, and here is the name."""

    def fits(self, account, name):
        """A near match, whoever is asked about."""
        return IdentityAnswer(result=IdentityResult.CLOSE_MATCH, name="李思远" if account.id == FRIEND and name else MATCH_ONLY)


def transfer(amount="50.00"):
    return Transfer(id="t-1", sender=SENDER, recipient=FRIEND, money=Money.of(amount, "CNY"))


def ended(guard) -> Decision | Exception:
    """What a check answered or raised; it kept its time either way."""
    began = time.monotonic()
    result: Decision | Exception
    try:
        result = guard.check(transfer())
    except (TransferGuardError, BugError) as error:
        result = error
    assert time.monotonic() - began < SECONDS + 0.5  # the half second is our own work on a busy machine
    return result


@pytest.mark.parametrize("question", [*OPTIONAL, *REQUIRED])
def test_a_slow_seam_changes_nothing(tmp_path, question):
    """As long as the answer comes in time, it counts."""
    assert ended(stage(tmp_path, {question: Slow(seconds=0.03)})) == ended(stage(tmp_path, {}))


@pytest.mark.parametrize("question", OPTIONAL)
@pytest.mark.parametrize("trouble", ["hanging", "failing", "saying so"])
def test_what_is_unavailable_falls_back_as_declared(tmp_path, question, trouble, release):
    """A hanging service and one that says that it is away are the same missing evidence."""
    kinds: dict[str, Trouble] = {
        "hanging": Hanging(release=release),
        "failing": Failing(WorldError("maintenance")),
        "saying so": Lying(lambda _: Unavailable("maintenance")),
    }
    decision = ended(stage(tmp_path, {question: kinds[trouble]}))

    assert isinstance(decision, Decision)
    fact = {"contacts": "contact", "transfers": "payments", "reports": "reports", "fits": "recipient.verified_name"}.get(question)
    assert fact is None or any(one.startswith(f"{fact}: ") for one in decision.unavailable)
    if trouble == "hanging" and fact:
        assert f"{fact}: TooSlow" in decision.unavailable


def test_without_any_circle_the_policy_decides(tmp_path, release):
    """Contacts hang and payments fail: `missing.circle` is what follows."""
    decision = ended(stage(tmp_path, {"contacts": Hanging(release=release), "transfers": Failing(WorldError("down"))}))

    assert isinstance(decision, Decision)
    assert decision.outcome is POLICY.missing.circle


@pytest.mark.parametrize("question", REQUIRED)
def test_what_must_be_answered_ends_the_check_in_time(tmp_path, question, release):
    """A hanging account service, database, clock or audit record gives an error that names it, and the host tries again later."""
    hung = ended(stage(tmp_path, {question: Hanging(release=release)}))
    failed = ended(stage(tmp_path, {question: Failing(StoreError("down"))}))

    assert isinstance(hung, TooSlow)
    assert hung.seam in {f"{SEAM_OF[question]}.{question}", "store.together"}
    assert isinstance(failed, StoreError)


@pytest.mark.parametrize("question", [*OPTIONAL, *REQUIRED])
def test_a_fault_in_a_seam_is_never_taken_for_no_answer(tmp_path, question):
    """Broken code of the host reaches the host as the exception it is."""
    assert isinstance(ended(stage(tmp_path, {question: Failing(BugError())})), BugError)


@pytest.mark.parametrize("question", sorted(WRONG_TYPE))
def test_an_answer_of_another_type_names_the_seam(tmp_path, question):
    """No TypeError of ours from somewhere deep inside, and no decision."""
    error = ended(stage(tmp_path, {question: Lying(lambda _: WRONG_TYPE[question])}))

    assert isinstance(error, WrongAnswer)
    assert error.seam.endswith(question)


@pytest.mark.parametrize("question", sorted(OF_SOMEBODY_ELSE))
def test_an_answer_about_somebody_else_names_the_seam(tmp_path, question):
    """Another person's contacts never become the sender's, another person's account never the recipient's."""
    error = ended(stage(tmp_path, {question: Lying(OF_SOMEBODY_ELSE[question])}))

    assert isinstance(error, WrongAnswer)
    assert error.seam.endswith(question)


def fate(question, trouble):
    """What one trouble leads to: nothing, a fall back, an error of the world, a fault."""
    match trouble:
        case Slow():
            return "nothing"
        case Hanging() | Failing(error=WorldError()):
            return "fall back" if question in OPTIONAL else "world"
    return "fault"


def kinds_of_trouble(question, release) -> list[Trouble]:
    """Everything that can be wrong with one question."""
    found: list[Trouble] = [Slow(seconds=0.02), Hanging(release=release), Failing(StoreError("down")), Failing(BugError())]
    if question in WRONG_TYPE:
        found.append(Lying(lambda _: WRONG_TYPE[question]))
    if question in OF_SOMEBODY_ELSE:
        found.append(Lying(OF_SOMEBODY_ELSE[question]))
    return found


def pairs(release, count):
    """A sample of two troubles at once, the same at every run."""
    every = [(question, trouble) for question in [*OPTIONAL, *REQUIRED] for trouble in kinds_of_trouble(question, release)]
    both = [(one, other) for one, other in combinations(every, 2) if one[0] != other[0]]
    return random.Random(7).sample(both, count)


@pytest.mark.slow
def test_two_troubles_at_once_end_as_the_worse_of_them(tmp_path, release):
    """A decision only where both leave one; else an error that one of them leads to."""
    for one, other in pairs(release, 80):
        result = ended(stage(tmp_path, dict([one, other])))
        fates = {fate(*one), fate(*other)}
        if {one[0], other[0]} == {"fits", "spend"} and isinstance(result, Decision):
            fates.discard("world")  # without the provider's answer there is no name to show, and nothing to pay

        if isinstance(result, Decision):
            assert "world" not in fates, (one, other)
        elif isinstance(result, BugError | WrongAnswer):
            assert "fault" in fates, (one, other)
        else:
            assert isinstance(result, WorldError)
            assert "world" in fates, (one, other)


@pytest.mark.parametrize("question", ["contacts", "reports"])
def test_the_asynchronous_guard_gives_up_a_coroutine_that_hangs(question):
    """And cancels it, so that nothing is left behind on the loop."""
    cancelled = []

    class Host:
        def __init__(self):
            self._real = InMemoryHost([account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)])

        def __getattr__(self, name):
            async def answer(*args):
                if name == question:
                    try:
                        await asyncio.sleep(30)
                    except asyncio.CancelledError:
                        cancelled.append(name)
                        raise
                return getattr(self._real, name)(*args)

            inspect.markcoroutinefunction(answer) if hasattr(inspect, "markcoroutinefunction") else None
            return answer

    async def story():
        guard = AsyncGuard(directory=cast("Any", Host()), policy=POLICY, clock=MovableClock())
        decision = await guard.check(transfer())
        await asyncio.sleep(SECONDS)
        return decision

    assert asyncio.run(story()).outcome >= Outcome.PROCEED
    assert set(cancelled) == {question}


def test_a_date_in_the_future_is_not_known_and_an_event_of_the_future_has_happened():
    """Nobody becomes senior, settled or quiet through a date that has not come."""
    later = NOW + FUTURE
    changes = (ProfileChange(at=later, display_name="旧名"),)
    events = tuple(SecurityEvent(at=at, kind=SecurityEventKind.NEW_DEVICE) for at in (later, NOW - FUTURE / 100))
    person = believed(account(FRIEND, created_at=later, last_active_at=later, profile_changes=changes, security_events=events), NOW)
    past = believed(paid(FRIEND, at=later), NOW)

    assert isinstance(person.created_at, Unavailable)
    assert not isinstance(person.profile_changes, Unavailable)
    assert not isinstance(person.security_events, Unavailable)
    assert isinstance(person.last_active_at, Unavailable)
    assert [change.at for change in person.profile_changes] == [NOW]
    assert [event.at for event in person.security_events] == [NOW, NOW - FUTURE / 100]
    assert isinstance(past, PastTransfer)
    assert isinstance(past.at, Unavailable)
    assert isinstance(believed(contact(FRIEND, since=later), NOW).since, Unavailable)
    assert believed(report(FRIEND, "other", at=later), NOW).at == NOW
    soon = contact(FRIEND, since=NOW + MOST_AHEAD)
    assert believed(soon, NOW) is soon
    assert believed("text", NOW) == "text"
    assert believed(person, None) is person


def test_a_host_whose_dates_lie_in_the_future_gives_no_better_outcome_than_one_without_dates(tmp_path):
    """A payment of next year earns nothing."""
    host = InMemoryHost([account(SENDER), account(FRIEND, created_at=NOW + FUTURE), contact(FRIEND, since=NOW + FUTURE)])
    host.put(paid(FRIEND, at=NOW + FUTURE))
    ahead = Guard(directory=host, clock=MovableClock()).check(transfer("5000.00"))
    host = InMemoryHost([account(SENDER), account(FRIEND, created_at=None), contact(FRIEND, since=None), paid(FRIEND, at=None)])
    undated = Guard(directory=host, clock=MovableClock()).check(transfer("5000.00"))

    assert ahead.outcome == undated.outcome
    assert ahead.probability == undated.probability
    assert "recipient.created_at: lies in the future" in ahead.unavailable


def test_a_clock_that_jumps_back_gives_no_second_budget_no_second_receipt_and_no_shorter_wait():
    """An hour lost is waited twice, and nothing is won by it."""
    clock, keys = MovableClock(), StaticKeys.generate()
    host = InMemoryHost([account(SENDER), account(FRIEND), account("blank", verified_name=None), contact(FRIEND), paid(FRIEND)])
    guard = Guard(directory=host, keys=keys, clock=clock)
    receipt = guard.confirm(guard.check(transfer()).id)
    waiting = guard.check(replace(transfer("5000.00"), id="t-2", recipient="blank"))
    assert waiting.outcome is Outcome.DELAY
    before = guard._store.balance(SENDER, terms=guard._purse._terms, now=clock.now()).tokens
    clock.move(hours=-1)

    assert guard.check(transfer()).id == receipt.decision_id
    assert guard.confirm(receipt.decision_id) == receipt
    with pytest.raises(ConfirmationRefused):
        guard.release(waiting.id)
    assert guard._store.balance(SENDER, terms=guard._purse._terms, now=clock.now()).tokens == before
    with pytest.raises(TransferGuardError, match="not_yet_valid"):
        guard.redeem(receipt.token)
    clock.move(hours=1)
    assert guard.redeem(receipt.token).id == receipt.id


def test_a_locked_database_is_a_store_error_within_the_time_of_a_check(tmp_path):
    """And the check succeeds as soon as the lock is gone."""
    guard = Guard.embedded(tmp_path / "guard.db", clock=MovableClock())
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)):
        guard.observe(fact)
    other = sqlite3.connect(tmp_path / "guard.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    with pytest.raises(StoreError, match="locked"):
        guard.check(transfer())
    assert time.monotonic() - began < guard.policy.spans.check_seconds
    other.execute("ROLLBACK")
    other.close()
    assert guard.check(transfer()).outcome is Outcome.PROCEED
    guard.close()


def in_a_child(act):
    """Whether `act` ends with a StoreError in a process of its own, whose limits it may change."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
        except StoreError:
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_full_disk_is_a_store_error_and_what_was_answered_stays(tmp_path):
    """Nothing half written: with room again, everything is as it was acknowledged."""
    guard = Guard.embedded(tmp_path / "guard.db", clock=MovableClock(), audit=tmp_path / "guard.audit")
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)):
        guard.observe(fact)
    receipt = guard.confirm(guard.check(transfer()).id)
    guard.close()

    def fill():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        full = Guard.embedded(tmp_path / "guard.db", clock=MovableClock(), audit=tmp_path / "guard.audit")
        size = (tmp_path / "guard.audit").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1, size + 1))
        for number in range(50):
            full.check(replace(transfer(), id=f"full-{number}"))

    assert in_a_child(fill)
    guard = Guard.embedded(tmp_path / "guard.db", clock=MovableClock(), audit=tmp_path / "guard.audit")
    assert guard.redeem(receipt.token).id == receipt.id
    assert guard.check(replace(transfer(), id="after")).outcome is Outcome.PROCEED
    guard.close()


def test_a_database_that_cannot_be_written_is_a_store_error(tmp_path):
    """A file that became read-only is a fault of the world, not a decision."""
    keys = StaticKeys.generate()
    store = SqlStore.open(tmp_path / "guard.db", secret=keys.secret())
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)):
        store.remember(fact, NOW)
    store._database.read(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON").close())
    guard = Guard(store=store, keys=keys, clock=MovableClock())

    with pytest.raises(StoreError):
        guard.check(transfer())
    guard.close()


TALK = [Message(sender=FRIEND, text="hello", at=NOW)]


@pytest.mark.parametrize("trouble", ["hanging", "away"])
def test_a_reader_of_conversations_that_is_away_leaves_our_own_patterns(trouble, release):
    """A model service that hangs costs some of the time, and nothing else."""
    kinds: dict[str, Trouble] = {"hanging": Hanging(release=release), "away": Failing(WorldError("down"))}
    reader = cast("Any", BrokenSeam(_Reader(), read=kinds[trouble])).read
    host = InMemoryHost([account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)])
    guard = Guard(directory=host, clock=MovableClock(), policy=POLICY, classifier=reader)

    assert guard.check(transfer(), conversation=TALK).outcome is Outcome.PROCEED


@pytest.mark.parametrize("answer", [None, "money_request", ["no such topic"], [7], [[]]])
def test_a_reader_of_conversations_that_talks_nonsense_is_named(answer):
    """And one with a fault in it is passed on as that fault."""
    host = InMemoryHost([account(SENDER), account(FRIEND)])
    guard = Guard(directory=host, clock=MovableClock(), classifier=lambda _: answer)
    with pytest.raises(WrongAnswer, match="classifier"):
        guard.check(transfer(), conversation=TALK)
    guard = Guard(directory=host, clock=MovableClock(), classifier=_Reader().fail)
    with pytest.raises(BugError):
        guard.check(transfer(), conversation=TALK)


class _Reader:
    """A host's own reader of conversations."""

    def read(self, lines):
        """Finds nothing."""
        return [] if lines else None

    def fail(self, lines):
        """Is broken."""
        raise BugError(len(lines))


@pytest.mark.parametrize("key", [None, {}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "OKP", "crv": "Ed25519", "x": "AA"}, "key"])
def test_keys_that_cannot_sign_are_named_so(key):
    """A key service that answers nonsense gives no receipt and no TypeError."""
    keys = StaticKeys.generate()
    host = InMemoryHost([account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)])
    broken = BrokenSeam(keys, signing_key=Lying(lambda _: key))
    guard = Guard(directory=host, keys=cast("StaticKeys", broken), clock=MovableClock())
    decision = guard.check(transfer())

    with pytest.raises(KeyUnavailable):
        guard.confirm(decision.id)
    broken.trouble.clear()
    assert isinstance(guard.confirm(decision.id), Receipt)


@pytest.mark.parametrize("secret", [None, b"short", "text of thirty-two characters..."])
def test_a_secret_of_another_length_is_named_so(secret):
    """At once, and not at the first name."""
    broken = BrokenSeam(StaticKeys.generate(), secret=Lying(lambda _: secret))

    with pytest.raises(KeyUnavailable, match="32 bytes"):
        Guard(keys=cast("StaticKeys", broken))


def test_names_that_a_directory_remembers_wrongly_name_the_seam():
    """A directory that keeps what was worked out of names must give a mapping."""

    class Remembering(InMemoryHost):
        def enrolled_names(self, owner, accounts):
            return [owner, accounts]

    with pytest.raises(WrongAnswer, match=r"directory\.enrolled_names"):
        Asking(Remembering()).enrolled_names("me", ["u1"])
    assert Asking(InMemoryHost()).enrolled_names("me", ["u1"]) == {}
