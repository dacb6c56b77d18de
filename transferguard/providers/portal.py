# SPDX-License-Identifier: Apache-2.0
"""Coroutines for callers that have no event loop: one daemon thread with a loop of its own, started at the first question.

What waits in here can be cut off at any point, also while a name is resolved or a header drips in, which blocking sockets cannot
offer. A process made by fork starts a thread of its own.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from transferguard.closing import Closing

C = TypeVar("C")
T = TypeVar("T")


class Portal(Closing, Generic[C]):
    """One thread with a loop, and one client that lives in it.

    Args:
        make: Makes the client, inside the loop.
        end: Gives back what the client holds.
    """

    def __init__(self, make: Callable[[], C], end: Callable[[C], Coroutine[Any, Any, None]]) -> None:
        self._make = make
        self._end = end
        self._lock = threading.Lock()
        self._owner = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._client: C | None = None

    def run(self, question: Callable[[C], Coroutine[Any, Any, T]]) -> T:
        """What the coroutine returns or raises."""
        loop = self._running()
        return asyncio.run_coroutine_threadsafe(self._asked(question), loop).result()

    async def _asked(self, question: Callable[[C], Coroutine[Any, Any, T]]) -> T:
        if self._client is None:
            self._client = self._make()
        return await question(self._client)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._owner != os.getpid():
                loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=loop.run_forever, name="transferguard-peers", daemon=True)
                self._thread.start()
                self._loop, self._owner, self._client = loop, os.getpid(), None
            return self._loop

    def close(self) -> None:
        """Give everything back; harmless when repeated, and a later question starts anew."""
        with self._lock:
            loop, thread, client = self._loop, self._thread, self._client
            self._loop = self._thread = self._client = None
            if loop is None or thread is None or self._owner != os.getpid():
                return
            if client is not None:
                asyncio.run_coroutine_threadsafe(self._end(client), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
