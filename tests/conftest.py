# SPDX-License-Identifier: Apache-2.0
"""What every test gets: steady random examples, the outside data, and no silent skips where they must not be."""

import os
import signal
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


def hear_ctrl_c() -> None:
    """In a child: listen to Ctrl-C, which a shell tells its background jobs to ignore and they tell their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
