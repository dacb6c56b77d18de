# SPDX-License-Identifier: Apache-2.0
"""The demo, as a newcomer runs it."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import INTERRUPTED, ROOT, hearing_ctrl_c

DEMO = [sys.executable, "-m", "examples.demo"]

OUTCOMES = [
    # one per scene, in order: the copied friend in four guises, then honest people, then facts
    {"challenge", "delay"},
    {"challenge", "delay"},
    {"challenge", "delay"},
    {"challenge", "delay"},
    {"proceed"},
    {"proceed"},
    {"proceed", "warn"},
    {"proceed", "warn"},
    {"proceed", "warn"},
    {"proceed", "warn"},
    {"refuse"},
    {"refuse"},
    {"refuse"},
]


@pytest.mark.slow
def test_the_demo_stops_the_copies_and_lets_honest_people_through():
    """Thirteen cards, in the order in which they are told, within the patience of a newcomer."""
    ended = subprocess.run(DEMO, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - our own program

    assert ended.returncode == 0, ended.stderr
    found = re.findall(r"^ {2}(proceed|warn|challenge|delay|refuse), p = ", ended.stdout, re.MULTILINE)
    assert len(found) == len(OUTCOMES)
    assert [number for number, outcome in enumerate(found, 1) if outcome not in OUTCOMES[number - 1]] == []
    assert "沈慕白  in full" in ended.stdout
    assert "*川  partly hidden" in ended.stdout
    assert "Try next" in ended.stdout
    assert "\x1b" not in ended.stdout


@pytest.mark.slow
def test_ctrl_c_ends_the_demo_without_a_traceback(tmp_path):
    """Status 130, one word, and no files left behind."""
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with hearing_ctrl_c(DEMO, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment) as child:
        while not any(tmp_path.iterdir()) and child.poll() is None:  # libraries that are being imported may swallow an interrupt
            time.sleep(0.1)
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        complaint = child.stderr.read()
    assert child.returncode in INTERRUPTED
    assert complaint.strip() == "stopped"
    assert list(tmp_path.iterdir()) == []
