# SPDX-License-Identifier: Apache-2.0
"""The store in memory keeps the contract of every store."""

import subprocess
import sys

import pytest

from tests.store.contract import StoreContract
from transferguard.store import MemoryStore


class TestMemoryStore(StoreContract):
    """The contract, over dictionaries."""

    @pytest.fixture
    def fresh(self):
        """Opens empty stores."""
        return MemoryStore


def test_the_memory_store_does_without_a_database():
    """`transferguard check` does not pay for SQLAlchemy."""
    code = "import sys, transferguard.store; transferguard.store.MemoryStore(); sys.exit('sqlalchemy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter


def test_an_unknown_name_of_the_room_is_an_attribute_error():
    """The lazy import invents nothing."""
    import transferguard.store as room  # noqa: PLC0415 - the module object itself is tested

    with pytest.raises(AttributeError, match="NoSuchStore"):
        room.NoSuchStore  # noqa: B018 - the access is the test
