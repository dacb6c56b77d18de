# SPDX-License-Identifier: Apache-2.0
"""The audit record shows every edit, names the first bad record, and survives being killed at any byte."""

import json
import os
import resource
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.store.making import START
from transferguard.audit import CHECKPOINT_EVERY, MAX_LINE_BYTES, AuditLog, Checkpoint, Problem, Verdict, verify
from transferguard.audit.record import BEGINNING, line_of, read_line, record_of
from transferguard.errors import InvalidInput, KeyUnavailable, StoreError
from transferguard.keys import StaticKeys

KEYS = StaticKeys.generate()
OTHER_KEYS = StaticKeys.generate()
PUBLIC = KEYS.public_keys()


def written(path, count, keys=KEYS):
    """A log with so many records of the caller's."""
    log = AuditLog(path, keys=keys)
    for number in range(count):
        log.append("decided", {"transfer": f"t{number}", "findings": ["first_transfer"], "ok": True, "why": None}, at=START)
    return log


@pytest.fixture
def path(tmp_path):
    """Where an audit record may stand."""
    return tmp_path / "guard.audit"


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """The lines of a good record with two signatures in it."""
    path = tmp_path_factory.mktemp("audit") / "good"
    written(path, 2 * CHECKPOINT_EVERY + 30)
    return path.read_bytes().splitlines(keepends=True)


def verdict(path, lines, **more):
    """What is found in these lines."""
    path.write_bytes(b"".join(lines))
    return verify(path, **{"keys": PUBLIC, **more})


def forged(line, **change):
    """The line with other contents, and its own digest right again."""
    record = read_line(line)
    assert record is not None
    fields = {name: getattr(record, name) for name in ("sequence", "at", "event", "data", "previous")} | change
    sequence = fields.pop("sequence")
    return line_of(record_of(sequence, **fields))


def chained(lines):
    """The lines with every link and digest right again: what somebody can do who can write to the file, but has no key."""
    previous, fixed = BEGINNING, []
    for number, line in enumerate(lines):
        fixed.append(forged(line, sequence=number, previous=previous))
        previous = json.loads(fixed[-1])["digest"]
    return fixed


def test_what_was_written_is_good(path):
    """Every record is there, in order, chained, with a signature after each hundred; the file is its owner's."""
    written(path, 250)
    records = [read_line(line) for line in path.read_bytes().splitlines(keepends=True)]

    assert verify(path, keys=PUBLIC) == Verdict(records=253)
    assert [record.event for record in records if record and record.event != "decided"] == ["begin", "checkpoint", "checkpoint"]
    assert [record.sequence for record in records if record] == list(range(253))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_append_returns_what_it_wrote(path):
    """The caller can keep number and digest elsewhere."""
    log = AuditLog(path, keys=KEYS)
    first, second = (log.append("decided", {"n": number}, at=START) for number in (1, 2))

    assert (first.sequence, second.sequence, second.previous, second.at) == (1, 2, first.digest, START)
    assert dict(second.data) == {"n": 2}


def test_another_program_goes_on_where_the_last_one_stopped(path):
    """Opening again begins no new chain, and two writers take turns."""
    one, other = written(path, 3), AuditLog(path, keys=KEYS)
    for log in (other, one, other, other, one):
        log.append("decided", {}, at=START)

    assert verify(path, keys=PUBLIC) == Verdict(records=9)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_is_found_and_the_record_named(path, lines, data):
    """Whatever byte of whatever record is changed, the verdict names that record and trusts all before it."""
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 2))
    flip = data.draw(st.integers(1, 255))
    changed = lines[number][:place] + bytes([lines[number][place] ^ flip]) + lines[number][place + 1 :]

    found = verdict(path, [*lines[:number], changed, *lines[number + 1 :]])
    assert not found.is_good
    assert found.first_bad == number
    assert found.records == number


@pytest.mark.parametrize("number", [0, 1, 57, 99, 100, 101, 229])
def test_a_removed_record_is_found_and_named(path, lines, number):
    """Also when the numbers after it are set right, and when all digests are too: then the next signature is wrong."""
    rest = lines[:number] + lines[number + 1 :]

    found = verdict(path, rest)
    if number < len(rest):
        assert (found.problem, found.first_bad) == (Problem.OUT_OF_ORDER, number)
    if number < 2 * CHECKPOINT_EVERY:
        assert not verdict(path, chained(rest)).is_good


@pytest.mark.parametrize(("one", "other"), [(1, 2), (5, 150), (100, 101), (228, 229)])
def test_records_that_changed_places_are_found(path, lines, one, other):
    """The first place where another record stands is named."""
    swapped = list(lines)
    swapped[one], swapped[other] = swapped[other], swapped[one]

    assert verdict(path, swapped) == Verdict(records=one, problem=Problem.OUT_OF_ORDER, first_bad=one)


def test_a_record_that_was_written_anew_with_a_right_digest_is_found(path, lines):
    """The record after it still holds the old digest."""
    changed = forged(lines[42], data={"transfer": "another"})

    assert verdict(path, [*lines[:42], changed, *lines[43:]]) == Verdict(records=43, problem=Problem.EDITED, first_bad=42)


def test_a_line_that_says_the_same_in_other_bytes_is_an_edit(path, lines):
    """There is one spelling: a space, another order of keys or a double line end is a change."""
    spaced = lines[7].replace(b'":', b'": ', 1)
    reordered = json.dumps(dict(reversed(json.loads(lines[7]).items())), separators=(",", ":")).encode() + b"\n"
    for other in (spaced, reordered, b" " + lines[7], lines[7][:-1] + b"\r\n"):
        assert verdict(path, [*lines[:7], other, *lines[8:]]) == Verdict(records=7, problem=Problem.EDITED, first_bad=7)
    assert verdict(path, [*lines[:7], lines[7], b"\n", *lines[8:]]).first_bad == 8


def test_a_whole_new_history_needs_the_key(path, lines):
    """Who chains everything anew is stopped by the first signature; who leaves the signatures out, by their absence."""
    edited = [*lines[:42], forged(lines[42], data={}), *lines[43:]]
    assert verdict(path, chained(edited)) == Verdict(records=100, problem=Problem.BAD_SIGNATURE, first_bad=100)
    assert verdict(path, chained(edited), keys=None) == Verdict(records=230 + 3)

    plain = [line for line in lines if b'"checkpoint"' not in line]
    assert verdict(path, chained(plain)) == Verdict(records=100, problem=Problem.UNSIGNED, first_bad=100)
    unsigned = [forged(plain[0], data={"log": "x", "signed": False}), *plain[1:]]
    assert verdict(path, chained(unsigned)) == Verdict(records=0, problem=Problem.UNSIGNED, first_bad=0)


def test_signatures_of_another_key_are_refused(path):
    """A file that somebody else began and signed is not ours."""
    written(path, 150, keys=OTHER_KEYS)

    assert verify(path, keys=PUBLIC) == Verdict(records=100, problem=Problem.BAD_SIGNATURE, first_bad=100)
    both = {"keys": [*PUBLIC["keys"], *OTHER_KEYS.public_keys()["keys"]]}
    assert verify(path, keys=both).is_good
    renamed = {"keys": [{**PUBLIC["keys"][0], "kid": OTHER_KEYS.signing_key()["kid"]}]}
    assert verify(path, keys=renamed).problem is Problem.BAD_SIGNATURE


@pytest.mark.parametrize("cut", [1, 30, 130, 232])
def test_a_cut_tail_is_found_against_a_checkpoint_kept_outside(path, cut):
    """Nothing inside a file tells that its end is missing; what was kept elsewhere does."""
    log = written(path, 230)
    kept = Checkpoint.from_json(log.checkpoint().to_json())
    lines = path.read_bytes().splitlines(keepends=True)
    assert verdict(path, lines, checkpoints=[kept]).is_good

    assert verdict(path, lines[:-cut]).is_good
    assert verdict(path, lines[:-cut], checkpoints=[kept]) == Verdict(
        records=len(lines) - cut, problem=Problem.CUT_TAIL, first_bad=len(lines) - cut
    )


def test_a_forged_tail_is_found_against_a_checkpoint_kept_outside(path):
    """The newest records carry no signature yet; the checkpoint from outside covers them."""
    log = written(path, 50)
    kept = log.checkpoint()
    lines = path.read_bytes().splitlines(keepends=True)
    changed = chained([*lines[:30], forged(lines[30], data={}), *lines[31:]])

    assert verdict(path, changed).is_good
    assert verdict(path, changed, checkpoints=[kept]) == Verdict(records=50, problem=Problem.OTHER_HISTORY, first_bad=50)


def test_a_checkpoint_of_another_file_or_key_is_noticed(path, tmp_path):
    """What was kept belongs to one file, and is signed."""
    log = written(path, 5)
    kept = log.checkpoint()
    elsewhere = written(tmp_path / "other", 5).checkpoint()
    unsigned = Checkpoint(log=kept.log, sequence=kept.sequence, digest="0" * 64, key_id=kept.key_id, signature=kept.signature)

    assert verify(path, keys=PUBLIC, checkpoints=[elsewhere]).problem is Problem.OTHER_HISTORY
    assert verify(path, keys=PUBLIC, checkpoints=[unsigned]).problem is Problem.BAD_SIGNATURE
    assert verify(path, keys=OTHER_KEYS.public_keys(), checkpoints=[kept]).problem is Problem.BAD_SIGNATURE
    assert verify(path, keys=None, checkpoints=[kept]).is_good


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[" * 50_000, '{"log":1}', '{"digest":"","key_id":"","log":"","sequence":"7","signature":""}']
)
def test_what_is_no_checkpoint_is_the_callers_mistake(text):
    """The message says what to give."""
    with pytest.raises(InvalidInput, match="checkpoint"):
        Checkpoint.from_json(text)


def test_a_file_cut_at_any_byte_loses_only_what_was_not_acknowledged(path, lines):
    """After a kill in the middle of a line, the whole lines are good, the piece is reported, and the next writer goes on behind them."""
    whole = b"".join(lines[:98])
    tail = b"".join(lines[98:102])
    for length in range(0, len(tail), 5):
        path.write_bytes(whole + tail[:length])
        kept = 98 + tail[:length].count(b"\n")
        assert verify(path, keys=PUBLIC) == Verdict(records=kept, unfinished=not path.read_bytes().endswith(b"\n"))

        if length % 65 == 0:  # each append waits for the disk
            AuditLog(path, keys=KEYS).append("decided", {}, at=START)
            assert verify(path, keys=PUBLIC) == Verdict(records=kept + (2 if kept == CHECKPOINT_EVERY else 1))


def test_a_file_cut_within_its_first_line_is_begun_anew(path, lines):
    """A kill during the very first record leaves nothing to keep."""
    for length in range(0, len(lines[0]), 13):
        path.write_bytes(lines[0][:length])
        AuditLog(path, keys=KEYS).append("decided", {}, at=START)
        assert verify(path, keys=PUBLIC) == Verdict(records=2)


@pytest.mark.slow
def test_killed_programs_and_programs_side_by_side_lose_nothing_acknowledged(path, tmp_path):
    """Three programs write to one file, one of them is killed; every record that was acknowledged is there."""
    keys = tmp_path / "keys"
    from transferguard.keys import LocalKeys  # noqa: PLC0415 - only here

    public = LocalKeys.open(keys).public_keys()
    command = [sys.executable, "-m", "tests.audit.writer", str(path), str(keys)]
    running = [
        subprocess.Popen([*command, name, count], cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
        for name, count in [("a", "120"), ("b", "120"), ("victim", "100000")]
    ]
    assert running[2].stdout is not None
    first = running[2].stdout.readline()
    time.sleep(0.1)
    running[2].kill()
    outputs = [one.communicate(timeout=60)[0] for one in running]
    outputs[2] = first + outputs[2]
    acknowledged = {tuple(line.split()) for text in outputs for line in text.split("\n")[:-1]}

    assert [one.returncode for one in running] == [0, 0, -9]
    kept = {(str(record.sequence), record.digest) for line in path.read_bytes().splitlines(True) if (record := read_line(line))}
    assert acknowledged <= kept
    assert verify(path, keys=public).is_good


def test_threads_share_a_log(path):
    """Forty threads, forty records, one chain."""
    log = AuditLog(path, keys=KEYS)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda number: log.append("decided", {"n": number}, at=START).sequence, range(40)))

    assert sorted(numbers) == list(range(1, 41))
    assert verify(path, keys=PUBLIC) == Verdict(records=41)


@pytest.mark.parametrize("end", [b"nonsense\n", b"{}\n", b"x" * (2 * MAX_LINE_BYTES + 1)])
def test_a_damaged_end_is_not_written_behind(path, end):
    """Going on would hide the damage."""
    written(path, 1)
    path.write_bytes(path.read_bytes() + end)
    before = path.read_bytes()

    with pytest.raises(StoreError, match="damaged"):
        AuditLog(path, keys=KEYS).append("decided", {}, at=START)
    assert path.read_bytes() == before
    assert verify(path, keys=PUBLIC).problem is Problem.UNREADABLE


def test_a_damaged_beginning_is_not_written_behind(path):
    """Without its id nothing more can be signed for this file."""
    written(path, 1)
    path.write_bytes(b"x" + path.read_bytes()[1:])

    with pytest.raises(StoreError, match="damaged"):
        AuditLog(path, keys=KEYS).append("decided", {}, at=START)


def test_a_file_that_does_not_begin_with_its_beginning_is_bad(path, lines):
    """The first record names the file."""
    assert verdict(path, chained(lines[1:3])) == Verdict(records=0, problem=Problem.EDITED, first_bad=0)


def test_an_empty_or_missing_file_proves_nothing(path):
    """An empty record is no record; a missing one is an error of the world."""
    path.touch()
    assert verify(path, keys=PUBLIC) == Verdict(records=0, problem=Problem.EMPTY, first_bad=0)
    path.unlink()
    with pytest.raises(StoreError, match="No such file"):
        verify(path, keys=PUBLIC)
    with pytest.raises(StoreError, match="empty"):
        AuditLog(path, keys=KEYS).checkpoint()
    with pytest.raises(StoreError, match="No such file"):
        AuditLog(path.parent / "missing" / "x", keys=KEYS).append("decided", {}, at=START)


def test_a_log_without_keys_is_a_chain_without_signatures(path):
    """It still shows edits by people who do not know how it works, and says that it is unsigned."""
    log = written(path, 150, keys=None)

    assert verify(path, keys=None) == Verdict(records=151)
    assert verify(path, keys=PUBLIC) == Verdict(records=0, problem=Problem.UNSIGNED, first_bad=0)
    with pytest.raises(KeyUnavailable):
        log.checkpoint()


@pytest.mark.parametrize(
    ("event", "data", "at", "field"),
    [
        ("begin", {}, START, "event"),
        ("checkpoint", {}, START, "event"),
        ("", {}, START, "event"),
        ("e", {}, datetime(2026, 1, 1), "at"),  # noqa: DTZ001 - naive on purpose
        ("e", {"x": 1.5}, START, "data"),
        ("e", {"x": {}}, START, "data"),
        ("e", {"x": [1]}, START, "data"),
        ("e", {"x": b""}, START, "data"),
        ("e", {"x": "y" * MAX_LINE_BYTES}, START, "data"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(path, event, data, at, field):
    """Reserved events, naive times, nested or endless data."""
    with pytest.raises(InvalidInput, match=field):
        AuditLog(path, keys=KEYS).append(event, data, at=at)
    assert not path.exists()


def test_hostile_text_in_data_cannot_break_a_line(path):
    """Line ends, quotes, NUL and surrogates stay inside their record."""
    data = {"name": 'a\n{"sequence":7}\r\x00\u2028"', "lone": "\ud800\udc00", "keys\n": ["\n"]}
    AuditLog(path, keys=KEYS).append("decided", data, at=START)

    assert path.read_bytes().count(b"\n") == 2
    assert verify(path, keys=PUBLIC) == Verdict(records=2)


def test_a_full_disk_is_a_store_error_and_leaves_a_good_record(path):
    """Half a line is taken back at once."""
    log = written(path, 3)
    size = path.stat().st_size
    child = os.fork()
    if child == 0:  # pragma: no cover - the child measures nothing
        import signal  # noqa: PLC0415 - only here

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50, size + 50))
        code = 1
        try:
            log.append("decided", {"filler": "x" * 200}, at=START)
        except StoreError:
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert path.stat().st_size == size
    assert verify(path, keys=PUBLIC) == Verdict(records=4)
