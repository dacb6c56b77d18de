# SPDX-License-Identifier: Apache-2.0
"""The commands that look back: what they print, what they write, and how they end."""

import json
import re
import signal
import subprocess
import sys

import pytest

from tests.conftest import INTERRUPTED, hearing_ctrl_c
from tests.hindsight.labelled import cases, keep
from tests.hindsight.past import scenes
from tests.hindsight.test_calibration import WRONG
from tests.strategies import pictures
from transferguard import Guard, cli
from transferguard.audit import AuditLog, verify
from transferguard.embedded import embedded_parts
from transferguard.keys import LocalKeys
from transferguard.policy import Policy
from transferguard.testing.builders import NOW, account, quiet_world
from transferguard.testing.host import InMemoryHost, MovableClock

BLIND = "[threshold]\nwarn = 0.999997\nchallenge = 0.999998\ndelay = 0.999998\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A database in which a guard has decided a handful of transfers, and learnt how two of them ended."""
    path = tmp_path_factory.mktemp("guard") / "guard.db"
    for name, world in scenes().items():
        with Guard.embedded(path, directory=InMemoryHost(world.facts()), clock=MovableClock(NOW)) as guard:
            decision = guard.check(world.transfer, conversation=world.conversation)
            if name in {"friend", "copied"}:
                guard.feedback(decision.id, "honest" if name == "friend" else "imposture")
    return path


@pytest.fixture
def policy(tmp_path):
    """A candidate policy that stops nobody for what is merely likely."""
    file = tmp_path / "new.toml"
    file.write_text(BLIND, encoding="utf-8")
    return file


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    """Exit status, output and complaint of one command."""
    status = cli.run([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.parametrize("command", ["explain", "backtest", "calibrate"])
def test_who_looks_back_is_on_record_before_anything_is_read(database, policy, tmp_path, capsys, command):
    """Recorded decisions hold verified names, so that reading them is a reading too; a record that is not there is not made."""
    log = tmp_path / "guard.audit"
    options = {"explain": ["copied"], "backtest": ["--policy", policy], "calibrate": []}[command]
    status, _, complaint = run(capsys, command, *options, "--store", database, "--audit", log)
    assert (status, "--audit: is not there" in complaint) == (2, True)

    keys = LocalKeys.open(f"{database}.keys")
    AuditLog(log, keys=keys).append("decided", {}, at=NOW)
    run(capsys, command, *options, "--store", database, "--audit", log)
    newest = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    assert newest["event"] == "name_read"
    assert newest["data"] == {"purpose": command, "decision": "copied" if command == "explain" else "all"}
    assert verify(log, keys=keys.public_keys()).is_good


def test_explain_prints_the_sum_and_whether_it_replays(database, capsys):
    """By the id of the transfer or of the decision alike."""
    status, text, _ = run(capsys, "explain", "copied", "--store", database)
    decision = re.findall(r"d-[0-9a-f]{32}", text)[0]

    assert status == 0
    assert text.startswith("CHALLENGE: CN¥50.00 from me to u-copied\n")
    assert "replays byte for byte" in " ".join(text.split())
    assert "turned out to be: imposture" in text
    assert "before any evidence" in text
    assert run(capsys, "explain", decision, "--store", database)[1] == text


def test_explain_as_json_has_sums_and_replay(database, capsys):
    """For a dashboard of the host's own; no verified name is in it."""
    status, text, _ = run(capsys, "explain", "copied", "--store", database, "--json")
    told = json.loads(text)

    assert status == 0
    assert told["replay"] == {"same": True, "differs_in": []}
    assert told["label"] == "imposture"
    assert told["sums"]["hypotheses"][0]["imitates"] == "friend"
    assert told["sums"]["probability"] == told["decision"]["probability"]
    assert "毕小川" not in json.dumps(told, ensure_ascii=False)


def test_the_page_holds_pictures_of_database_and_caller(tmp_path, capsys):
    """Also the picture that was compared, when its owner has changed it since."""
    path, page = tmp_path / "guard.db", tmp_path / "why.html"
    world = quiet_world().with_recipient(avatar=pictures()["portrait"]).to(account("u", "思远", avatar=pictures()["copy"]))
    with Guard.embedded(path, clock=MovableClock(NOW)) as guard:
        for fact in world.facts():
            guard.observe(fact, at=NOW)
        guard.check(world.transfer)
        guard.observe(account("u", "思远", avatar=pictures()["other"]), at=NOW)
    assert run(capsys, "explain", "t-1", "--store", path, "--html", page) == (0, f"wrote {page}\n", "")
    with_both = page.read_text(encoding="utf-8")

    assert with_both.count("data:image/png;base64,") == 2
    assert "This is the picture of today" not in with_both

    given = tmp_path / "given.jpg"
    given.write_bytes(pictures()["other"])
    assert run(capsys, "explain", "t-1", "--store", path, "--html", page, "--picture", f"u={given}")[0] == 0
    assert "This is the picture of today" in page.read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".new"] == []


def test_a_policy_that_the_database_does_not_hold_can_be_given(database, policy, capsys):
    """Then it is said that the record does not come out again under it."""
    status, text, _ = run(capsys, "explain", "copied", "--store", database, "--policy", policy)

    assert status == 0
    assert "replays byte for byte" in " ".join(text.split())  # the one that decided is known, and it wins


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["explain", "nothing", "--store", "DATABASE"], "DECISION: is not in this database"),
        (["explain", "copied", "--store", "missing.db"], "--store: is not there"),
        (["explain", "copied", "--store", "DATABASE", "--keys", "missing.keys"], "--keys: is not there"),
        (["explain", "copied", "--store", "postgresql+psycopg://localhost/guard"], "--keys: is missing"),
        (["explain", "copied", "--store", "DATABASE", "--html", "x.html", "--picture", "u9"], "--picture: is not ACCOUNT=FILE"),
        (["explain", "copied", "--store", "DATABASE", "--html", "x.html", "--picture", "u9=missing.jpg"], "--picture: cannot be read"),
        (["explain", "copied", "--store", "DATABASE", "--html", "no/such/folder.html"], "--html: cannot be written"),
        (["backtest", "--store", "DATABASE", "--policy", "missing.toml"], "--policy: cannot be read"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(database, capsys, elsewhere, arguments, complaint):
    """It names the option, and nothing is created that was not there."""
    status, text, error = run(capsys, *(database if one == "DATABASE" else one for one in arguments))

    assert (status, text) == (2, "")
    assert error.startswith(f"transferguard: {complaint}")
    assert list(elsewhere.iterdir()) == []


def test_a_decision_without_evidence_says_what_is_missing(tmp_path, capsys):
    """A database that was written without a secret keeps none."""
    from transferguard.store import SqlStore  # noqa: PLC0415 - beside its only use

    path, world = tmp_path / "guard.db", quiet_world()
    store = SqlStore.open(path, secret=None)
    world.guard(store=store).check(world.transfer)
    store.close()
    assert run(capsys, "keys", "new", f"{path}.keys")[0] == 0

    status, _, error = run(capsys, "explain", "t-1", "--store", path)

    assert status == 2
    assert "was kept without its evidence" in error


def test_backtest_shows_for_whom_something_changes(database, policy, capsys):
    """By direction and reason, the case that contradicts a label first."""
    status, text, error = run(capsys, "backtest", "--store", database, "--policy", policy)

    assert (status, error) == (0, "")
    assert "6 transfers under the policy sha256:" in text
    assert re.search(r"let through\s+lookalike_name\s+1\s+0\s+1", text)
    assert re.search(r"1\. challenge > warn\s+p \S+ > \S+\s+lookalike_name\s+turned out: imposture|1\. challenge > proceed", text)


def test_backtest_as_json(database, policy, capsys):
    """Everything that the tables say, and whole ids."""
    status, text, _ = run(capsys, "backtest", "--store", database, "--policy", policy, "--json")
    told = json.loads(text)

    assert status == 0
    assert told["transfers"] == 6
    assert told["stopped_share"]["candidate"] < told["stopped_share"]["live"]
    assert re.fullmatch(r"d-[0-9a-f]{32}", told["telling"][0]["decision_id"])


def test_the_same_policy_changes_nothing(database, tmp_path, capsys):
    """And says so."""
    same = tmp_path / "same.toml"
    same.write_text("", encoding="utf-8")

    assert "nothing changes for anybody" in run(capsys, "backtest", "--store", database, "--policy", same)[1]


def test_a_limit_that_is_exceeded_is_status_three(database, policy, capsys):
    """So that a pipeline can refuse a policy; what was found is printed all the same."""
    status, text, error = run(capsys, "backtest", "--store", database, "--policy", policy, "--most-stopped", "0.01")

    assert status == 3
    assert "share stopped" in text
    assert "would be stopped, above 0.01" in error
    assert run(capsys, "backtest", "--store", database, "--policy", policy, "--most-stopped", "1")[0] == 0


def test_on_a_terminal_there_is_a_bar(database, policy, capsys, monkeypatch):
    """On standard error, so that the result can be piped."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    status, text, _ = run(capsys, "backtest", "--store", database, "--policy", policy, "--json")

    assert status == 0
    assert json.loads(text)["transfers"] == 6


def test_interrupting_a_backtest_is_status_130_and_harmless(database, policy, tmp_path):
    """Ctrl-C in the middle: one line, and the database as it was."""
    pause = "import time, transferguard.hindsight.backtest as b; b.replay = lambda *_: (print('judging', flush=True), time.sleep(60))"
    program = f"{pause}; import sys; from transferguard import cli; sys.exit(cli.run(sys.argv[1:]))"
    before = database.read_bytes()
    command = [sys.executable, "-c", program, "backtest", "--store", str(database), "--policy", str(policy)]
    with hearing_ctrl_c(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"judging\n"
        running.send_signal(signal.SIGINT)
        _, error = running.communicate()

    assert running.returncode in INTERRUPTED
    assert error.decode().endswith("transferguard: interrupted\n")
    assert database.read_bytes() == before


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """A database with 200 labelled transfers of either kind, decided under a policy that over-weighs new accounts."""
    path = tmp_path_factory.mktemp("labelled") / "guard.db"
    store, _ = embedded_parts(path)
    policy = Policy.from_mapping(WRONG)
    keep(store, cases(200, 200), policy)
    store.close()
    return path


def test_calibrate_writes_a_policy_that_policy_show_accepts(labelled, tmp_path, capsys):
    """With what it changes, before and after; then it can be tried on the past."""
    out = tmp_path / "new.toml"
    status, text, error = run(capsys, "calibrate", "--store", labelled, "--out", out)

    assert (status, error) == (0, "")
    assert "200 honest and 200 fraudulent transfers" in text
    assert re.search(r"Brier .*0\.\d{4}\s+0\.\d{4}", text)
    assert re.search(r"freshness\s+0\.\d\d", text)
    assert re.search(r"role_name\s+as it was", text)
    shown, policy, _ = run(capsys, "policy", "show", "--policy", out)
    assert shown == 0
    assert Policy.from_toml(policy) == Policy.from_toml(out.read_text(encoding="utf-8")) != Policy.default()
    assert run(capsys, "backtest", "--store", labelled, "--policy", out)[0] == 0


def test_calibrate_as_json(labelled, capsys):
    """For a dashboard; without --out nothing is written."""
    status, text, _ = run(capsys, "calibrate", "--store", labelled, "--json")
    told = json.loads(text)

    assert status == 0
    assert told["labels"] == {"honest": 200, "fraud": 200}
    assert told["better"] is True
    assert told["after"]["brier"] < told["before"]["brier"]


def test_calibrate_refuses_with_too_few_labels(database, capsys, tmp_path):
    """One line that says how many are missing, and no file."""
    out = tmp_path / "new.toml"

    status, text, error = run(capsys, "calibrate", "--store", database, "--out", out)

    assert (status, text) == (2, "")
    assert "1 honest and 1 fraud are too few to learn from; 199 honest and 199 fraud are missing" in error
    assert not out.exists()


def test_a_policy_that_is_no_better_is_not_written(labelled, tmp_path, capsys, monkeypatch):
    """Labels that teach nothing: done, status 3, no file."""
    out = tmp_path / "new.toml"
    monkeypatch.setattr("transferguard.hindsight.calibration.Calibration.is_better", False)

    status, _, error = run(capsys, "calibrate", "--store", labelled, "--out", out)

    assert status == 3
    assert "no better" in error
    assert not out.exists()
