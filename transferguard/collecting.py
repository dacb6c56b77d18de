# SPDX-License-Identifier: Apache-2.0
"""When does Python's collector of garbage only cost time? While objects are made by the hundred thousand and all of them stay.

So it is when modules are loaded and when a circle is indexed: to look for garbage meanwhile takes a tenth of the one and a third of the
other (measured), and finds none.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector rest.

    The switch belongs to the whole process, so nobody is waited for meanwhile. Of two who let it rest at once the first to end turns it on
    again, which costs the other one time and nothing else; who had turned it off finds it off.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def collect_now() -> None:
    """Let the collector look through everything while somebody waits anyway; not where a host has turned it off.

    After a large circle was made it would do so within the next check or two, and take as long as the check itself.
    """
    if gc.isenabled():
        gc.collect()
