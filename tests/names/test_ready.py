# SPDX-License-Identifier: Apache-2.0
"""What takes long to load is there after it was made ready."""

from transferguard.names import shares, tables
from transferguard.names.ready import make_ready


def test_the_large_tables_are_loaded():
    """The first name that needs them does not wait for them."""
    make_ready()

    assert tables.splits.cache_info().currsize == 1
    assert shares._known_words.cache_info().currsize == 1
