# SPDX-License-Identifier: Apache-2.0
"""Everything that the guard does is in the audit record before it leaves the guard, with purposes and without names."""

import json
import os
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT
from tests.twins import FRIEND, TWIN, twins
from transferguard.audit import AuditLog, verify
from transferguard.decision import Outcome
from transferguard.errors import InvalidInput, NameProved, NameRefused, ReceiptRefused, StoreError, UnknownAccount
from transferguard.guard import Guard
from transferguard.keys import LocalKeys, StaticKeys, rotate_secret
from transferguard.model import Money, Transfer
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.builders import SENDER, account, contact
from transferguard.testing.host import InMemoryHost, MovableClock

KEYS = StaticKeys.generate()


@pytest.fixture
def log(tmp_path):
    """Where the record stands."""
    return tmp_path / "guard.audit"


@pytest.fixture
def guard(log):
    """A guard that writes down what it does, before a host with a friend and the friend's copy."""
    host = InMemoryHost(twins())
    return Guard(directory=host, store=MemoryStore(), keys=KEYS, clock=MovableClock(), audit=AuditLog(log, keys=KEYS))


def to(recipient, amount="50.00", id_="t-1"):
    return Transfer(id=id_, sender=SENDER, recipient=recipient, money=Money.of(amount, "CNY"))


def recorded(log):
    """What stands in the record, without its beginning and signatures."""
    lines = [json.loads(line) for line in log.read_text(encoding="ascii").splitlines()] if log.exists() else []
    return [(line["event"], line["data"]) for line in lines if line["event"] not in {"begin", "checkpoint"}]


def events(log):
    """The codes of what was recorded, with the purpose of each reading."""
    return [data.get("purpose", event) for event, data in recorded(log)]


def test_a_decision_is_recorded_with_its_reasons_and_every_name_that_was_read(guard, log):
    """Who was looked at, for whom, why, and how much of the name went to the screen."""
    decision = guard.check(to(FRIEND))

    (_, decided), (_, read), (_, shown) = recorded(log)
    assert events(log) == ["decided", "decide", "show_masked"]
    assert (decided["decision"], decided["outcome"], decided["policy"]) == (decision.id, "proceed", guard.policy.digest)
    assert "known_recipient" in decided["reasons"]
    assert set(read["accounts"]) == {SENDER, FRIEND}
    assert (shown["accounts"], shown["for"], shown["transfer"]) == ([FRIEND], SENDER, "t-1")


def test_a_receipt_its_repetition_and_its_redemption_are_recorded(guard, log):
    """No receipt leaves the guard without a line, also when it is handed out again."""
    receipt = guard.confirm(guard.check(to(FRIEND)).id)
    guard.confirm(guard.check(to(FRIEND)).id)
    guard.redeem(receipt.token)
    with pytest.raises(ReceiptRefused):
        guard.redeem(receipt.token)

    assert [data["receipt"] for event, data in recorded(log) if event == "confirmed"] == [receipt.id] * 2
    assert events(log)[-3:] == ["redeem", "redeem", "not_redeemed"]
    assert recorded(log)[-1][1]["reason"] == "redeemed"


def test_guesses_refusals_and_the_name_that_a_right_guess_uncovers_are_recorded(guard, log):
    """Comparing with the typed name is a reading, showing the name another; the typed text stands nowhere."""
    decision = guard.check(to(TWIN, "5000.00"))
    assert decision.outcome is Outcome.CHALLENGE
    with pytest.raises(NameRefused):
        guard.confirm(decision.id, typed_name="李思远")
    with pytest.raises(NameProved):
        guard.confirm(decision.id, typed_name="毕小川")
    guard.confirm(decision.id, acknowledged=True)
    guard.cancel(guard.check(to(TWIN, "70.00", id_="t-2")).id)

    found = [one for one in events(log) if one not in {"decide", "show_masked", "decided"}]
    wrong = ["compare_typed_name", "not_confirmed", "confirm"]
    assert found == [*wrong, *wrong, "show_full", "confirmed", "confirm", "cancelled"]
    assert [data["why"] for event, data in recorded(log) if event == "not_confirmed"] == ["NameRefused", "NameProved"]
    text = log.read_text(encoding="ascii").encode().decode("unicode_escape")
    assert not [name for name in ("赵一鸣", "李思远", "毕小川", "小赵") if name in text]


def test_asking_about_somebody_whom_nobody_knows_is_recorded(guard, log):
    """Who scans for accounts leaves a trail."""
    with pytest.raises(UnknownAccount):
        guard.check(to("nobody"))

    assert recorded(log)[-1] == ("unknown", {"transfer": "t-1", "sender": SENDER, "recipient": "nobody", "field": "transfer.recipient"})


def test_erasure_and_expiry_are_recorded_before_and_after(guard, log):
    """Also who was erased, because the line holds an id and no name."""
    guard.observe(account("leaving"))
    assert guard.forget("leaving") > 0
    guard.expire()

    assert events(log)[-3:] == ["forget", "forgot", "expired"]
    assert recorded(log)[-2][1]["accounts"] == ["leaving"]


def test_what_is_read_ahead_of_any_transfer_is_recorded(guard, log):
    """Whose circle, and whose names."""
    guard.prepare(SENDER, FRIEND)

    ((event, data),) = recorded(log)
    assert (event, data["purpose"], data["for"], data["transfer"]) == ("name_read", "prepare", SENDER, "")
    assert set(data["accounts"]) == {SENDER, FRIEND}


def test_values_that_a_rotation_opens_are_recorded_before_they_are(tmp_path, log):
    """With the accounts whose names may stand in them; a second run opens nothing and says so."""
    path, clock = tmp_path / "guard.db", MovableClock()
    with Guard.embedded(path, clock=clock) as guard:
        for fact in (account(SENDER, verified_name="赵一鸣"), account(FRIEND, verified_name="李思远"), contact(FRIEND)):
            guard.observe(fact)
        guard.check(to(FRIEND))
    rotate_secret(f"{path}.keys")
    keys = LocalKeys.open(f"{path}.keys")
    store = SqlStore.open(path, secret=keys.secret(), secrets=keys.all_secrets)
    with Guard(store=store, keys=keys, clock=clock, audit=AuditLog(log, keys=keys)) as guard:
        changed = guard.seal_again()
        assert guard.seal_again() == 0

    assert changed == 8
    assert events(log) == ["seal_again"] * 4 + ["sealed_again"] * 2
    assert all(set(data["accounts"]) == {SENDER, FRIEND} for _, data in recorded(log)[:4])
    assert [data["values"] for _, data in recorded(log)[4:]] == [8, 0]


def test_a_store_that_seals_nothing_has_nothing_to_seal_again():
    """A plain dictionary holds no sealed value."""
    with pytest.raises(InvalidInput, match="seals nothing"):
        Guard(store=MemoryStore(), keys=KEYS).seal_again()


def test_a_record_that_cannot_be_written_stops_the_answer(guard, log):
    """No decision, no receipt and no redemption without its line; what was kept meanwhile is handed out, and recorded, at the next try."""
    receipt = guard.confirm(guard.check(to(FRIEND)).id)
    other = guard.check(to(FRIEND, id_="t-2"))
    kept = log.read_bytes()
    log.unlink()
    log.mkdir()
    for act in (lambda: guard.check(to(FRIEND, id_="t-3")), lambda: guard.confirm(other.id), lambda: guard.redeem(receipt.token)):
        with pytest.raises(StoreError, match="audit record"):
            act()
    log.rmdir()
    log.write_bytes(kept)

    assert guard.redeem(receipt.token).id == receipt.id
    assert guard.confirm(other.id).transfer_id == "t-2"
    assert [data["transfer"] for event, data in recorded(log) if event == "confirmed"] == ["t-1", "t-2"]


def test_a_circle_of_many_is_told_by_its_size(log):
    """A record stays short, however many contacts were compared."""
    host = InMemoryHost([account(SENDER), *(account(f"c{at}") for at in range(80)), *(contact(f"c{at}") for at in range(80))])
    guard = Guard(directory=host, clock=MovableClock(), audit=AuditLog(log, keys=None))
    guard.check(to("c1"))

    read = next(data for event, data in recorded(log) if event == "name_read")
    assert (read["count"], len(read["accounts"])) == (81, 50)
    assert read["accounts"][:2] == [SENDER, "c1"]


def test_the_embedded_guard_signs_its_record_with_its_own_keys(tmp_path):
    """One argument turns the record on, and the published keys verify it."""
    guard = Guard.embedded(tmp_path / "guard.db", audit=tmp_path / "guard.audit")
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND)):
        guard.observe(fact)
    for at in range(60):
        guard.check(to(FRIEND, id_=f"t-{at}"))
    checkpoint = AuditLog(tmp_path / "guard.audit", keys=KEYS)

    assert verify(tmp_path / "guard.audit", keys=guard.public_keys()).records > 100
    assert verify(tmp_path / "guard.audit", keys=guard.public_keys()).is_good
    assert not verify(tmp_path / "guard.audit", keys=guard.public_keys(), checkpoints=[checkpoint.checkpoint()]).is_good
    guard.close()


@pytest.mark.slow
def test_a_guard_that_is_killed_loses_no_record_of_what_it_answered(tmp_path):
    """Whatever the program had told its caller stands in the record, and the record is whole."""
    for attempt in range(2):
        path = tmp_path / f"{attempt}.db"
        answered = _until_killed(path, seconds=1.2 + 0.17 * attempt)
        log = path.with_suffix(".audit")
        done = {(event, data.get("transfer")) for event, data in recorded_up_to_the_kill(log)}

        assert verify(log, keys=None).is_good
        assert answered
        assert {("decided", one) for one in answered} <= done
        assert {("confirmed", one) for one in answered} <= done


def _until_killed(path, *, seconds):
    """Ids of transfers that a guard in another program said it had confirmed, before it was killed."""
    command = [sys.executable, "-m", "tests.witness_writer", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as program:  # noqa: S603 - our own program
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        time.sleep(seconds)
        program.kill()
        said = program.stdout.read()
    return said[: said.rfind("\n") + 1].split()


def recorded_up_to_the_kill(log):
    """What stands in whole lines."""
    whole = log.read_bytes()
    lines = [json.loads(line) for line in whole[: whole.rfind(b"\n") + 1].splitlines()]
    return [(line["event"], line["data"]) for line in lines]
