# SPDX-License-Identifier: Apache-2.0
"""The room loads only when it is entered."""

import subprocess
import sys

import pytest

import transferguard.avatars


def test_importing_the_room_loads_neither_numpy_nor_pillow():
    """A host that never looks at a picture pays nothing."""
    script = "import sys, transferguard.avatars; sys.exit('numpy' in sys.modules or 'PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603 - our own script


def test_every_public_name_is_there():
    """What is promised can be had, and nothing else."""
    for name in transferguard.avatars.__all__:
        assert getattr(transferguard.avatars, name).__name__ == name
    assert dir(transferguard.avatars) == sorted(transferguard.avatars.__all__)
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        transferguard.avatars.nothing_of_ours  # noqa: B018 - the access is the test
