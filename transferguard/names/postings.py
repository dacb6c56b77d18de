# SPDX-License-Identifier: Apache-2.0
"""Keys and the rows that stand under them, in nine bytes a pair.

Two sorted columns hold what was added long ago, a dictionary what was added since. The dictionary is folded in when it
has grown to a share of the columns, so adding one name never rebuilds and a large index never pays for it twice. Most keys
of a seen name stand nowhere: a bit for every few keys says so before the columns are searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transferguard.names.key_sums import Keys

# Recent pairs that are folded in at once, at least, and as a share of the columns.
_RECENT_PAIRS, _RECENT_SHARE = 20_000, 0.1
# Bits that are kept a key, at least, and of a key the bits that tell which: one key in six that stands nowhere is searched for.
_BITS_A_KEY, _KEY_BITS, _FEWEST_BITS = 4, 32, 6
_BIT = np.array([1 << at for at in range(8)], dtype=np.uint8)
_THREE, _SEVEN = np.int64(3), np.int64(7)


class Postings:
    """Which rows stand under a key?"""

    __slots__ = ("_keys", "_known", "_recent", "_recent_pairs", "_rows", "_shift")

    def __init__(self, keys: Keys | None = None, rows: npt.NDArray[np.uint32] | None = None) -> None:
        self._keys: npt.NDArray[np.uint32] = np.empty(0, dtype=np.uint32)
        self._rows: npt.NDArray[np.uint32] = np.empty(0, dtype=np.uint32)
        self._recent: dict[int, list[int]] = {}
        self._recent_pairs = 0
        self._mark()
        if keys is not None and rows is not None:
            self._absorb(keys, rows)

    def add(self, row: int, keys: Iterable[int]) -> None:
        """Put a row under its keys."""
        for key in keys:
            self._recent.setdefault(key, []).append(row)
            self._recent_pairs += 1
        if self._recent_pairs > max(_RECENT_PAIRS, _RECENT_SHARE * len(self._keys)):
            self.settle()

    def find(self, probes: Keys, limit: int) -> list[int]:
        """Rows under any of the keys, each once, those of the first keys first; at most so many."""
        found: dict[int, None] = {}
        likely = self._likely(probes)
        if len(likely):
            starts, ends = self._keys.searchsorted(likely), self._keys.searchsorted(likely, side="right")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                if start < end:
                    found.update(dict.fromkeys(self._rows[start : min(end, start + limit)].tolist()))
                    if len(found) >= limit:
                        return list(found)[:limit]
        if self._recent:
            recent = self._recent
            for probe in probes.tolist():
                if probe in recent:
                    found.update(dict.fromkeys(recent[probe]))
                    if len(found) >= limit:
                        break
        return list(found)[:limit]

    def _likely(self, probes: Keys) -> Keys:
        """The keys that may stand in the columns."""
        marks = (probes >> self._shift).astype(np.int64)  # as places are counted: converted once and not for each look
        found: Keys = probes[(self._known[marks >> _THREE] & _BIT[marks & _SEVEN]).nonzero()]
        return found

    def _mark(self) -> None:
        """Note which keys stand in the columns."""
        bits = min(_KEY_BITS, max(_FEWEST_BITS, (_BITS_A_KEY * len(self._keys) - 1).bit_length()))
        self._shift = np.uint32(_KEY_BITS - bits)
        marked = np.zeros(1 << bits, dtype=np.bool_)
        marked[self._keys >> self._shift] = True
        self._known = np.packbits(marked, bitorder="little")

    def settle(self) -> None:
        """Fold what is recent into the columns."""
        if not self._recent:
            return
        counts = [len(rows) for rows in self._recent.values()]
        keys = np.repeat(np.fromiter(self._recent, dtype=np.uint32, count=len(counts)), counts)
        rows = np.fromiter((row for rows in self._recent.values() for row in rows), dtype=np.uint32, count=self._recent_pairs)
        self._recent, self._recent_pairs = {}, 0
        self._absorb(keys, rows)

    def _absorb(self, keys: Keys, rows: npt.NDArray[np.uint32]) -> None:
        keys, rows = np.concatenate([self._keys, keys]), np.concatenate([self._rows, rows])
        order = np.argsort(keys, kind="stable")
        self._keys, self._rows = keys[order], rows[order]
        self._mark()

    def keep(self, renumbered: npt.NDArray[np.int64]) -> None:
        """Drop rows and renumber the others.

        Args:
            renumbered: New number of each row; below 0 for those that go.
        """
        self.settle()
        new = renumbered[self._rows]
        kept = new >= 0
        self._keys, self._rows = self._keys[kept], new[kept].astype(np.uint32)
        self._mark()

    def columns(self) -> tuple[Keys, npt.NDArray[np.uint32]]:
        """Both columns, with everything folded in."""
        self.settle()
        return self._keys, self._rows
