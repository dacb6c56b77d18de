# SPDX-License-Identifier: Apache-2.0
"""The package is cheap to import and offers exactly the names that it promises."""

import statistics
import subprocess
import sys
import time
from importlib import import_module

import pytest

import transferguard

HEAVY = ("numpy", "PIL", "pydantic", "sqlalchemy", "scipy", "httpx", "rich", "babel")

IMPORT_LIMIT_MS = 150
"""Design target for `import transferguard` beyond a bare interpreter."""


def modules_after(statement):
    """Top-level modules that a fresh interpreter holds after the statement."""
    code = f"import sys; {statement}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - our own code


def milliseconds(statement, *, runs=5):
    """Median wall time of a fresh interpreter that runs the statement and ends."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)  # noqa: S603 - our own code
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def test_importing_the_package_loads_nothing_heavy():
    """A host that embeds the guard pays for a dependency when it is used, not at import."""
    assert not set(HEAVY) & set(modules_after("import transferguard"))


def test_importing_the_errors_loads_nothing_heavy():
    """An `except TransferGuardError` in a host's request path costs nothing."""
    assert not set(HEAVY) & set(modules_after("from transferguard import TransferGuardError"))


def test_checking_a_receipt_loads_neither_pictures_nor_a_database():
    """A payment backend that only verifies receipts does not carry the rest of the guard."""
    assert not {"numpy", "PIL", "pydantic", "sqlalchemy", "scipy", "rich", "babel"} & set(modules_after("import transferguard.receipt"))


def test_importing_the_package_takes_less_than_150_ms():
    """Import time is measured against a bare interpreter, as the median of five fresh processes each."""
    assert milliseconds("import transferguard") - milliseconds("pass") < IMPORT_LIMIT_MS


@pytest.mark.parametrize("name", transferguard.__all__)
def test_every_public_name_is_there(name):
    """What `__all__` lists can be imported, and is the very object of its own module."""
    home = import_module(f"transferguard.{transferguard._HOME_OF_NAME[name]}")

    assert getattr(transferguard, name) is getattr(home, name)


def test_the_lazy_table_and_the_public_list_agree():
    """A name is added in one place and forgotten in the other only until this test runs."""
    assert transferguard.__all__ == sorted(transferguard._HOME_OF_NAME)
    assert set(transferguard.__all__) <= set(dir(transferguard))


def test_an_unknown_name_is_an_attribute_error():
    """A misspelt import fails as for any other module."""
    with pytest.raises(AttributeError, match="no attribute 'Gard'"):
        getattr(transferguard, "Gard")  # noqa: B009 - the test is about getattr
