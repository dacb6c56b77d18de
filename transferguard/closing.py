# SPDX-License-Identifier: Apache-2.0
"""`with` for everything that has something to give back."""

from __future__ import annotations

from typing import Self


class Closing:
    """Closed at the end of a `with` block, whatever happens in it. A class derived from this one says in `close` what that means."""

    __slots__ = ()

    def close(self) -> None:
        """Give back what is held."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
