# SPDX-License-Identifier: Apache-2.0
"""Names of a package that are imported when they are first asked for."""

import subprocess
import sys

import pytest

import transferguard
from transferguard import avatars, names, providers

PACKAGES = (transferguard, names, avatars, providers)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_public_name_is_there(package):
    """Whatever `__all__` promises can be imported."""
    assert [name for name in package.__all__ if not hasattr(package, name)] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_name_that_there_is_not_is_an_attribute_error(package):
    """So that `hasattr` and a misspelt import say what they always say."""
    with pytest.raises(AttributeError, match="has no attribute 'Nonsense'"):
        _ = package.Nonsense


def test_a_name_is_looked_up_once():
    """After its first use it stands in the package, and costs what any name costs."""
    program = (
        "import transferguard.avatars as room; before = 'AvatarIndex' in vars(room); "
        "room.AvatarIndex; print(before, 'AvatarIndex' in vars(room))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own code

    assert found.stdout == "False True\n"
