# SPDX-License-Identifier: Apache-2.0
"""The command line: what it prints, where, and how it ends."""

import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tomllib

import jsonschema  # type: ignore[import-untyped] # it ships no types
import pytest
from rich.cells import cell_len

from tests.conftest import INTERRUPTED, ROOT, hearing_ctrl_c
from tests.test_case import SMALL
from transferguard import cli
from transferguard.case import check_case, load_case
from transferguard.case.files import to_json
from transferguard.errors import StoreError

COMMANDS = [
    [],
    ["audit"],
    ["audit", "checkpoint"],
    ["audit", "verify"],
    ["backtest"],
    ["calibrate"],
    ["check"],
    ["explain"],
    ["keys"],
    ["keys", "new"],
    ["keys", "rotate"],
    ["keys", "public"],
    ["policy"],
    ["policy", "show"],
    ["schema"],
    ["simulate"],
]
ESCAPE = "\x1b"
COLOURED = re.compile(rf"{ESCAPE}\[[0-9;]*(3[0-7]|4[0-7]|38|48)[;m]")


@pytest.fixture
def case_file(tmp_path):
    """A small case on disk."""
    file = tmp_path / "case.json"
    file.write_text(to_json(SMALL), encoding="utf-8")
    return file


def program(*arguments, **environment):
    """Run the real command in a fresh process."""
    inherited = {key: kept for key, kept in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "transferguard", *map(str, arguments)],
        env=inherited | environment,
        capture_output=True,
        check=False,
        timeout=60,
        cwd=ROOT,
    )


def test_a_case_gives_a_card_and_status_zero(case_file, capsys):
    """Whatever the outcome: the decision is the answer, not an error."""
    assert cli.run(["check", str(case_file)]) == 0

    card = capsys.readouterr().out
    assert "CN¥5,000.00" in card
    assert "李思远" in card
    assert ESCAPE not in card


def test_json_is_the_operators_view_by_default(case_file, capsys):
    """Byte for byte what `Decision.to_json` gives."""
    assert cli.run(["check", str(case_file), "--json"]) == 0

    assert capsys.readouterr().out.strip() == check_case(load_case(case_file)).to_json()


@pytest.mark.parametrize("arguments", [["--json", "--view", "sender"], ["--view", "sender"]])
def test_the_senders_view_is_json_in_the_senders_language(case_file, capsys, arguments):
    """Everything in it may leave for the sender's screen."""
    assert cli.run(["check", str(case_file), *arguments, "--locale", "zh-Hans"]) == 0

    printed = capsys.readouterr().out
    assert json.loads(printed) == check_case(load_case(case_file)).sender_view("zh-Hans")
    assert "probability" not in printed


def test_the_card_speaks_the_senders_language(case_file, capsys):
    """Labels, sentences and amounts."""
    assert cli.run(["check", str(case_file), "--locale", "zh-Hans"]) == 0

    assert "¥5,000.00" in capsys.readouterr().out


def test_explain_adds_the_waterfall_for_operators(case_file, capsys):
    """From the prior to the probability, and never without being asked."""
    assert cli.run(["check", str(case_file), "--explain"]) == 0

    printed = capsys.readouterr().out
    assert "before any evidence" in printed
    assert "probability that something is wrong" in printed
    assert cli.run(["check", str(case_file), "--explain", "--json"]) == 2


def test_a_bad_case_is_one_line_and_status_two(case_file, capsys):
    """The line names the field and the remedy; nothing is printed to standard output."""
    case_file.write_text(to_json(SMALL | {"acounts": []}), encoding="utf-8")

    assert cli.run(["check", str(case_file)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "transferguard: acounts: is not a field; did you mean accounts?\n"


def test_a_hostile_field_name_cannot_steer_the_terminal(case_file, capsys):
    """An escape sequence in a key is printed as an escape."""
    case_file.write_text(json.dumps(SMALL | {"\x1b[2J\u202e\ud800\nnow": 1}), encoding="utf-8")

    assert cli.run(["check", str(case_file)]) == 2

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "\\x1b[2J\\u202e\\ud800\\nnow" in line


@pytest.mark.parametrize(
    "arguments", [["check"], ["chek"], ["check", "a", "b"], ["check", "x", "--view", "all"], ["schema", "world"], ["--what"]]
)
def test_a_usage_mistake_is_status_two(arguments, capsys):
    """One line on standard error."""
    assert cli.run(arguments) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("transferguard: ")
    assert printed.err.count("\n") == 1


def test_without_a_command_the_help_is_shown(capsys):
    """And that is no success: nothing was done."""
    assert cli.run([]) == 2

    assert "Usage: transferguard" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_an_example(command, capsys):
    """People copy an example sooner than they read a grammar."""
    assert cli.run([*command, "--help"]) == 0

    assert re.search(r"Examples?:\s+transferguard ", capsys.readouterr().out)


def test_the_version_is_printed(capsys):
    """For bug reports."""
    assert cli.run(["--version"]) == 0

    assert re.fullmatch(r"transferguard \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


def broken(_case):
    """Stand in for code of ours that is broken."""
    raise ZeroDivisionError("赵一鸣")


def test_a_fault_of_ours_is_one_line_without_values(case_file, capsys, monkeypatch):
    """It says where, not with what: the message of another library may hold a verified name."""
    monkeypatch.setattr("transferguard.case.check.examine_case", broken)

    assert cli.run(["check", str(case_file)]) == 1

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "ZeroDivisionError" in line
    assert "--debug" in line
    assert "赵一鸣" not in line


def test_debug_shows_the_traceback(case_file, capsys, monkeypatch):
    """Wherever the option stands."""
    monkeypatch.setattr("transferguard.case.check.examine_case", broken)

    assert cli.run(["check", str(case_file), "--debug"]) == 1

    assert "Traceback" in capsys.readouterr().err


def test_a_fault_of_the_world_is_status_one(case_file, capsys, monkeypatch):
    """A full disk is not the caller's mistake."""

    def full(_case):
        raise StoreError("database: disk is full")

    monkeypatch.setattr("transferguard.case.check.examine_case", full)

    assert cli.run(["check", str(case_file)]) == 1
    assert capsys.readouterr().err == "transferguard: database: disk is full\n"


def test_a_fault_of_the_machine_names_what_it_refuses(case_file, capsys, monkeypatch):
    """A folder on a full or read-only disk is nothing to report to us; the traceback stands behind --debug."""

    def full(_case):
        raise OSError(errno.ENOSPC, "No space left on device", "worlds/case.json")

    monkeypatch.setattr("transferguard.case.check.examine_case", full)

    assert cli.run(["check", str(case_file)]) == 1
    assert capsys.readouterr().err == "transferguard: worlds/case.json: cannot be read or written: no space left on device\n"
    assert cli.run(["check", str(case_file), "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_closed_output_is_a_fault_of_the_machine(case_file, capsys, monkeypatch):
    """`transferguard check case.json >&-` says so, in one line."""
    monkeypatch.setattr("sys.stdout", None)

    assert cli.run(["check", str(case_file), "--json"]) == 1
    assert capsys.readouterr().err == "transferguard: cannot be read or written: standard output is closed\n"


def test_an_interrupt_is_status_130(case_file, capsys, monkeypatch):
    """Quietly, without a traceback."""

    def interrupt(_case):
        raise KeyboardInterrupt

    monkeypatch.setattr("transferguard.case.check.examine_case", interrupt)

    assert cli.run(["check", str(case_file)]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_leaves_ends_the_program_quietly(case_file):
    """`transferguard schema case | head -1` prints no complaint."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "transferguard", "check", str(case_file), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        assert child.stderr.read() == b""
    assert child.returncode == 141


def test_ctrl_c_in_a_real_process_is_status_130(tmp_path):
    """Whoever waits for a case file that never comes can leave without a traceback."""
    os.mkfifo(tmp_path / "case.json")
    waiting = [sys.executable, "-m", "transferguard", "check", str(tmp_path / "case.json")]
    with (
        hearing_ctrl_c(waiting, stderr=subprocess.PIPE) as child,
        (tmp_path / "case.json").open("wb"),  # opens as soon as the program reads, however slow the machine
    ):
        child.send_signal(signal.SIGINT)
        assert b"Traceback" not in child.stderr.read()
    assert child.returncode in INTERRUPTED


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_the_card_reaches_a_terminal_of_any_encoding(case_file, encoding):
    """What it cannot hold is written as an escape; a decision must reach its reader."""
    ended = program("check", case_file, "--explain", PYTHONIOENCODING=encoding)

    assert ended.returncode == 0, ended.stderr
    shown = ended.stdout.decode(encoding)
    assert ("李思远" if encoding == "gbk" else "\\u674e\\u601d\\u8fdc") in shown


def test_no_color_is_obeyed_where_colour_would_be_possible(case_file, capsys, monkeypatch):
    """A pipe gets plain text anyway."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert cli.run(["check", str(case_file)]) == 0
    assert ESCAPE not in capsys.readouterr().out

    monkeypatch.setenv("FORCE_COLOR", "1")
    assert cli.run(["check", str(case_file)]) == 0
    assert COLOURED.search(capsys.readouterr().out)

    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.run(["check", str(case_file)]) == 0
    assert not COLOURED.search(capsys.readouterr().out)


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_the_card_fits_a_terminal_of_any_width(case_file, columns, capsys, monkeypatch):
    """No line is longer than the terminal, none wider than people read."""
    monkeypatch.setenv("COLUMNS", str(columns))

    assert cli.run(["check", str(case_file)]) == 0

    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= min(columns, 78)


@pytest.mark.parametrize("what", ["case", "decision", "policy"])
def test_a_schema_is_valid(what, capsys):
    """JSON Schema 2020-12, by the reference implementation's own check."""
    assert cli.run(["schema", what]) == 0

    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_policy_is_shown_with_units_and_sources(capsys, tmp_path):
    """The printed file is itself a policy file, and one laid over the default shows."""
    assert cli.run(["policy", "show"]) == 0
    default = capsys.readouterr().out
    assert "# bits" in default
    ours = tmp_path / "ours.toml"
    ours.write_text('profile = "eu"\n', encoding="utf-8")

    assert cli.run(["policy", "show", "--policy", str(ours)]) == 0

    assert tomllib.loads(capsys.readouterr().out) == tomllib.loads(default) | {"profile": "eu"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'profil = "eu"', "transferguard: profil: is not a policy key; did you mean profile?\n"),
        (b"profile = ", "transferguard: policy: is not TOML"),
        (b"\xff", "transferguard: --policy: cannot be read (not UTF-8 text)"),
    ],
)
def test_a_bad_policy_file_is_status_two(text, line, capsys, tmp_path):
    """One line that names the key."""
    file = tmp_path / "ours.toml"
    file.write_bytes(text)

    assert cli.run(["policy", "show", "--policy", str(file)]) == 2
    assert capsys.readouterr().err.startswith(line)
    assert cli.run(["policy", "show", "--policy", str(tmp_path / "none.toml")]) == 2


def test_keys_are_made_once_and_published_without_their_secret(tmp_path, capsys):
    """A ledger gets the public half; nothing overwrites a key file."""
    file = tmp_path / "guard.db.keys"
    assert cli.run(["keys", "public", str(file)]) == 2
    assert cli.run(["keys", "new", str(file)]) == 0
    made = json.loads(capsys.readouterr().out)

    assert cli.run(["keys", "public", str(file)]) == 0

    assert json.loads(capsys.readouterr().out) == made
    assert all("d" not in key for key in made["keys"])
    assert file.stat().st_mode & 0o077 == 0
    assert cli.run(["keys", "new", str(file)]) == 2


def test_rotated_keys_still_verify_what_the_old_one_signed(tmp_path, capsys):
    """The new key signs; the old one stays among the public keys."""
    file = tmp_path / "guard.db.keys"
    assert cli.run(["keys", "rotate", str(file)]) == 2
    assert cli.run(["keys", "new", str(file)]) == 0
    old = json.loads(capsys.readouterr().out)["keys"]

    assert cli.run(["keys", "rotate", str(file)]) == 0

    both = json.loads(capsys.readouterr().out)["keys"]
    assert len(both) == 2
    assert old[0] in both


def test_a_key_file_that_others_can_read_is_status_one(tmp_path, capsys):
    """The line says so and shows no key."""
    file = tmp_path / "guard.db.keys"
    assert cli.run(["keys", "new", str(file)]) == 0
    file.chmod(0o644)
    capsys.readouterr()

    assert cli.run(["keys", "public", str(file)]) == 1
    assert capsys.readouterr().err.startswith("transferguard: ")


def test_simulate_writes_where_it_is_told(tmp_path, capsys, monkeypatch):
    """Seed, folder and size reach the simulator, and standard error says what was done; what it writes has tests of its own."""

    def simulator(seed, out, progress, *, contacts):
        out.mkdir()
        (out / "world.json").write_text(f"{seed} {contacts}", encoding="utf-8")
        progress(1, 1)
        return {"world.json": {}}

    monkeypatch.setattr("transferguard.testing.simulate.simulate", simulator)

    assert cli.run(["simulate", "--seed", "3", "--contacts", "25", "--out", str(tmp_path / "worlds")]) == 0

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"1 cases and truth.json are in {tmp_path / 'worlds'}\n")
    assert (tmp_path / "worlds" / "world.json").read_text(encoding="utf-8") == "3 25"
    assert cli.run(["simulate", "--contacts", "19", "--out", str(tmp_path)]) == 2
    assert cli.run(["simulate", "--out", str(tmp_path / "worlds" / "world.json")]) == 2
    assert cli.run(["simulate", "--seed", "-1", "--out", str(tmp_path)]) == 2


def test_help_loads_nothing_that_a_decision_needs():
    """So it answers at once: measured 0.06 s of processor time, allowed 0.3 s."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "transferguard", "--help"],
        env={key: kept for key, kept in os.environ.items() if not key.startswith("COV")},
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ended.stderr.decode().splitlines()}
    assert not loaded & {"numpy", "PIL", "pydantic", "rich", "sqlalchemy", "babel", "cryptography", "rapidfuzz", "httpx"}
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3
