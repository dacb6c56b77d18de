# SPDX-License-Identifier: Apache-2.0
"""What operators do with marked names: import, shadow, explain, replay, backtest, calibrate. Looked for everywhere: zero hits."""

import csv
import traceback
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tests.test_canary import IDENTITIES, NAMES, TWIN, _files, hits, overheard, run_every_feature, to
from transferguard import cli
from transferguard.codes import Label, Outcome
from transferguard.errors import TransferGuardError
from transferguard.guard import Guard
from transferguard.hindsight import policy_of, replay
from transferguard.keys import LocalKeys
from transferguard.observing import Logbook
from transferguard.policy import Policy
from transferguard.seams import Feedback
from transferguard.store import SqlStore
from transferguard.testing.builders import FRIEND, NOW
from transferguard.testing.host import MovableClock
from transferguard.watching import Observer, Observers

__all__ = ["overheard"]

STRICT = "[threshold]\nwarn = 0.0001\nchallenge = 0.0002\n"


class Everything(Observer):
    """Keeps every word of whatever an observer is handed."""

    def __init__(self):
        self.told = []

    def _keep(self, seen):
        self.told.append(repr(seen))
        self.told += [repr(getattr(seen, item.name)) for item in fields(seen)]

    answered = called = alarmed = _keep

    def shadowed(self, seen):
        """The candidate's whole decision is handed over too."""
        self._keep(seen)
        self.told.append(seen.decision.to_json() if seen.decision.shown_name.level != "full" else "")


@pytest.fixture
def past(tmp_path, monkeypatch):
    """A database in which everything happened with marked names, under a shadow and its observers, and what these were told."""
    monkeypatch.chdir(tmp_path)
    everything, path = Everything(), tmp_path / "guard.db"
    told: list[str] = []
    keys = LocalKeys.open(f"{path}.keys")
    store = SqlStore.open(path, secret=keys.secret(), secrets=keys.all_secrets)
    watched = Observers(everything, Logbook())
    shadow = Policy.from_toml(STRICT)
    with Guard(store=store, keys=keys, clock=MovableClock(), shadow=shadow, observer=watched) as guard:
        run_every_feature(guard, guard._clock, told)
    (tmp_path / "strict.toml").write_text(STRICT, encoding="utf-8")
    return path, everything


def many_labelled(path):
    """Two hundred honest and two hundred frauds with marked names, so that a calibration has something to learn from."""
    keys = LocalKeys.open(f"{path}.keys")
    store = SqlStore.open(path, secret=keys.secret())
    record = store.latest_decision("t-2")
    assert record is not None

    def change():
        for number in range(400):
            decision = replace(record.decision, id=f"d-{number}", transfer_id=f"many-{number}")
            transfer = replace(record.transfer, id=f"many-{number}")
            store.record(replace(record, decision=decision, transfer=transfer, evidence_digest=str(number)), same_since=NOW)
            label = Label.SCAM if number % 2 else Label.HONEST
            store.label(Feedback(decision_id=decision.id, label=label, at=NOW + timedelta(days=9)))

    store.together(change)
    store.close()


def quiet(tmp_path, overheard, capsys):
    """Nothing of a marked name in what was printed, logged, or written anywhere."""
    printed = capsys.readouterr()
    assert not hits((printed.out + printed.err).encode("utf-8", "surrogatepass"))
    assert not hits("\n".join(overheard).encode("utf-8", "surrogatepass"))
    assert not {name: hits(data) for name, data in _files(tmp_path).items() if hits(data)}
    return printed


def test_a_shadow_policy_and_its_observers_hear_no_name(past, overheard, capsys, tmp_path):
    """Neither what they are handed nor what they write about it."""
    _, everything = past

    assert len(everything.told) > 20
    assert any("Shadowed" in one for one in everything.told)
    assert not hits("\n".join(everything.told).encode("utf-8", "surrogatepass"))
    quiet(tmp_path, overheard, capsys)


@pytest.mark.parametrize(
    "command",
    [
        ["explain", "t-1"],
        ["explain", "t-2", "--json"],
        ["explain", "t-5"],
        ["explain", "t-5", "--json"],
        ["explain", "t-2", "--html", "why.html"],
        ["explain", "nobody-knows"],
        ["backtest", "--policy", "strict.toml"],
        ["backtest", "--policy", "strict.toml", "--json"],
        ["calibrate"],
    ],
    ids=" ".join,
)
def test_looking_back_shows_no_name(past, command, overheard, capsys, tmp_path):
    """Of a masked name and of one that was shown in full: on the screen, in the page it writes, in JSON and in what it complains about."""
    path, _ = past
    status = cli.run([*command, "--store", str(path)])
    printed = quiet(tmp_path, overheard, capsys)

    assert status == (2 if command in (["explain", "nobody-knows"], ["calibrate"]) else 0), printed.err


def test_calibrating_on_marked_names_writes_none(past, overheard, capsys, tmp_path):
    """With labels enough to learn from, the policy that comes out and what is said about it hold none."""
    path, _ = past
    many_labelled(path)
    out = tmp_path / "learnt.toml"
    assert cli.run(["calibrate", "--store", str(path), "--out", str(out), "--json"]) in {0, 3}

    quiet(tmp_path, overheard, capsys)


def test_a_replay_says_no_more_than_the_decision(past):
    """Nor does its repr, under the policy of that time or another."""
    path, _ = past
    keys = LocalKeys.open(f"{path}.keys")
    store = SqlStore.open(path, secret=keys.secret())
    told: list[str] = []
    for record in store.decisions():
        for policy in (policy_of(record.decision.policy, store.policy), Policy.from_toml(STRICT)):
            again = replay(record, policy)
            assert again is not None
            told += [repr(again), repr(again.decision), repr(again.evidence), repr(record)]
            told.append(again.decision.to_json() if again.decision.shown_name.level != "full" else "")
    store.close()

    assert len(told) > 20
    assert not hits("\n".join(told).encode("utf-8", "surrogatepass"))


def test_importing_marked_names_leaves_them_in_the_file_they_came_in(tmp_path, overheard, capsys):
    """Rows that are wrong are listed by number, column and reason; the database seals the rest; nothing else is left behind."""
    source = tmp_path / "in" / "accounts.csv"
    source.parent.mkdir()
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "display_name", "verified_name", "identity", "standing", "avatar"))
        for at, one in enumerate(NAMES):
            writer.writerow((one, "小赵", NAMES[one], IDENTITIES[one], "normal", NAMES[one] if at == 0 else ""))
        writer.writerow(("bad-1", "小赵", NAMES[TWIN], IDENTITIES[TWIN], NAMES[TWIN], ""))
        writer.writerow((NAMES[TWIN] * 200, "小赵", NAMES[TWIN], IDENTITIES[TWIN], "normal", ""))
        writer.writerow(("bad-3", "", NAMES[TWIN]))
    away = source.read_bytes()
    (tmp_path / "pictures").mkdir()
    options = ["--store", str(tmp_path / "guard.db"), "--pictures", str(tmp_path / "pictures"), "--bad-rows", str(tmp_path / "bad.csv")]
    assert cli.run(["import", "accounts", str(source), *options, "--jobs", "1"]) == 3

    assert hits(away)
    source.unlink()
    quiet(tmp_path, overheard, capsys)
    listed = (tmp_path / "bad.csv").read_text(encoding="utf-8")
    assert "standing" in listed
    assert "avatar" in listed
    with Guard.embedded(tmp_path / "guard.db", clock=MovableClock()) as guard:
        assert guard._store.directory().accounts([FRIEND])[FRIEND].verified_name == NAMES[FRIEND]


def test_a_candidate_policy_that_fails_tells_no_name(tmp_path, overheard):
    """Its fault is one line with the kind of error, whatever stood in the frames around it."""

    class Broken(Everything):
        def answered(self, seen):
            raise RuntimeError(NAMES[TWIN], repr(seen))

    told: list[str] = []
    with Guard.embedded(tmp_path / "guard.db", clock=MovableClock()) as first:
        keys, store = first._confirming._keys, first._store
        guard = Guard(store=store, keys=keys, clock=MovableClock(), observer=Broken(), shadow=None)
        try:
            run_every_feature(guard, guard._clock, told)
            assert guard.check(to(FRIEND, id_="t-9")).outcome is Outcome.PROCEED
        except TransferGuardError as error:  # pragma: no cover - tells what went wrong
            pytest.fail("".join(traceback.format_exception(error)))

    assert any("an observer failed: RuntimeError" in line for line in overheard)
    assert not hits("\n".join([*told, *overheard]).encode("utf-8", "surrogatepass"))
