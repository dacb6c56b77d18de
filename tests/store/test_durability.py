# SPDX-License-Identifier: Apache-2.0
"""What was acknowledged is kept: four programs on one file, and programs killed in the middle of writing."""

import sqlite3
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT
from tests.store.making import START
from transferguard.store import SqlStore

pytestmark = pytest.mark.slow


def start(path, name, count):
    """One more program that writes to this file."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "tests.store.writer", str(path), name, str(count)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def whole_lines(text):
    """What was acknowledged: a line that was cut off says nothing."""
    return [line.split() for line in text.split("\n")[:-1]]


def assert_kept(path, acknowledged):
    """Everything that was acknowledged is there, and used exactly once."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    store = SqlStore.open(path, secret=b"s" * 32)
    names = [name for name, _, _ in acknowledged]
    found = store.directory().accounts(names)
    assert found.keys() == set(names)
    assert all(one.avatar == name.encode() * 500 and one.verified_name == "毕小川" for name, one in found.items())
    assert {one.account for one in store.directory().contacts("me")} >= set(names)
    for name, _, redeemed in acknowledged:
        assert redeemed == "True"
        assert store.decision(name) is not None
        assert store.confirmation(name) is not None
        assert not store.redeem(name, START)
    assert len({shared for _, shared, _ in acknowledged}) == 1
    changes = store.directory().accounts(["everybodys"])["everybodys"].profile_changes
    assert isinstance(changes, tuple)
    assert len({change.at for change in changes}) == len(changes)
    store.close()


def test_four_programs_share_a_file_that_is_new_to_all_of_them(tmp_path):
    """They open it at the same moment and write side by side; nobody waits in vain and nothing gets lost."""
    path = tmp_path / "guard.db"
    running = [start(path, f"w{number}", 8) for number in range(4)]
    acknowledged = [line for one in running for line in whole_lines(one.communicate(timeout=60)[0])]

    assert [one.returncode for one in running] == [0] * 4
    assert len(acknowledged) == 32
    assert_kept(path, acknowledged)


def test_killing_a_program_in_the_middle_of_writing_loses_nothing_acknowledged(tmp_path):
    """Kill -9 at several moments, while a second program goes on writing: what was acknowledged is there."""
    path = tmp_path / "guard.db"
    SqlStore.open(path, secret=b"s" * 32).close()
    acknowledged = []
    for number, delay in enumerate((0.005, 0.037)):
        victim, survivor = start(path, f"v{number}", 10_000), start(path, f"s{number}", 5)
        first = victim.stdout.readline()
        time.sleep(delay)
        victim.kill()
        rest = victim.communicate(timeout=30)[0]
        acknowledged += whole_lines(first + rest) + whole_lines(survivor.communicate(timeout=60)[0])
        assert (victim.returncode, survivor.returncode) == (-9, 0)

    assert len(acknowledged) >= 12
    assert_kept(path, acknowledged)
