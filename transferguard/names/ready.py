# SPDX-License-Identifier: Apache-2.0
"""What the first look at a name of some script would load, loaded ahead.

Tables are loaded when they are first needed, so that a short program never waits for all of them. A program that keeps a large circle
has waited for a second anyway, and its next check should not wait for a tenth of one again.
"""

from transferguard.names import tables
from transferguard.names.shares import word_bits


def make_ready() -> None:
    """Load the tables of words and of characters in parts, the two that take longest (50 ms each, measured)."""
    tables.splits()
    word_bits("unlisted")
