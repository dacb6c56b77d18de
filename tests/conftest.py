# SPDX-License-Identifier: Apache-2.0
"""What every test gets: steady random examples, the outside data, and no silent skips where they must not be."""

import os
import signal
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every run, so that a red build is never luck. Look for new ones with --hypothesis-profile=explore.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile("steady")


def pytest_addoption(parser):
    """Add the options with which the build refuses to skip a test for want of outside data or of a browser."""
    for what in ("shared", "browser"):
        parser.addoption(f"--require-{what}", action="store_true", help=f"a test marked `{what}` that is skipped counts as failed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn the skip of a test that reads outside data or needs a browser into a failure where the build asks for it."""
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and any(item.get_closest_marker(what) and item.config.getoption(f"--require-{what}") for what in ("shared", "browser"))
    ):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped here: {why}"
    return report


@pytest.fixture(scope="session")
def shared_data():
    """The folder of outside data; a test that asks for it is marked `shared`."""
    folder = Path(os.environ.get("TRANSFERGUARD_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("no outside data: set TRANSFERGUARD_SHARED to the folder that holds it")
    return folder


def unmeasured(environment):
    """The environment without what makes a child's coverage be measured."""
    return {name: value for name, value in environment.items() if not name.startswith("COV")}


INTERRUPTED = {130, -signal.SIGINT}
"""How a program ends after Ctrl-C; a shell says 130 of either. Python ends by the signal where it struck inside an `exec` (a dataclass)."""


@contextmanager
def hearing_ctrl_c(command, **options):
    """A program that can be interrupted and is gone when the block ends, whatever happened.

    A shell tells its background jobs to ignore Ctrl-C, and they tell their children, so it is restored. The program's coverage is not
    measured: the tracer takes a lock in Python (`Collector.lock_data`), and an interrupt just then leaves it taken for ever.
    """
    options["env"] = unmeasured(options.get("env", os.environ))
    child = subprocess.Popen(  # noqa: S603 - our own programs
        command,
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - it takes no lock
        **options,
    )
    watchdog = threading.Timer(60, child.kill)
    watchdog.start()
    try:
        with child:
            yield child
    finally:
        watchdog.cancel()
