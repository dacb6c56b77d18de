# SPDX-License-Identifier: Apache-2.0
"""Whom of many people does a name copy?

A search looks up the keys of the seen name, compares it with the few names that share one, and keeps what is plausible.
What a hit means for a transfer is weighed elsewhere.

Rule owned here (design, rule 2): names beside the original, however many, neither hide a hit nor slow the search; a name
equal once cleaned is always among the hits.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from transferguard.calling import demand, demand_pairs
from transferguard.names import saved
from transferguard.names.bounds import readable
from transferguard.names.compare import told_kind
from transferguard.names.enrolled import EnrolledName, enrolled_name
from transferguard.names.explain import explain
from transferguard.names.han import plainly_different
from transferguard.names.keys import probe_keys, read_by_sound, stored_keys
from transferguard.names.letters import plainly_apart
from transferguard.names.match import match_views, most_bits, similarity_of, weight_of
from transferguard.names.matching import MatchKind
from transferguard.names.postings import Postings
from transferguard.names.reading_order import readings
from transferguard.names.views import view_of, view_of_core

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from transferguard.names.match import Named
    from transferguard.names.matching import Match
    from transferguard.names.rarity import Frequencies
    from transferguard.names.tricks import Trick

_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Names compared in one search. Those under the closest keys come first, so what is cut is the faintest likeness.
_MOST_COMPARED = 96
# Names up to which the widest net is cast.
_WIDE = 3_000
# Bits below which a likeness is not worth telling; a name equal once folded and a pet name always are.
_PLAUSIBLE_BITS = 0.5
_ALWAYS_TOLD = frozenset({MatchKind.EXACT, MatchKind.NICKNAME})
# Dead rows from which an index is made compact.
_DEAD_ROWS, _DEAD_SHARE = 1_000, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """One person whom the seen name may copy.

    Args:
        id: The id under which the name was added.
        name: Which of the person's names it is; may be a verified name, so it stays out of the repr.
        weight: Bits for "copies this name"; without prior, without the number of people searched.
        similarity: 0 to 1.
        kind: What the names have in common.
        seen: The name that was searched.
        match: How the one could have been made from the other.
    """

    id: Hashable
    name: str = field(repr=False)
    weight: float
    similarity: float
    kind: MatchKind
    seen: str = field(repr=False)
    match: Match = field(repr=False)

    @property
    def tricks(self) -> tuple[Trick, ...]:
        """What was done to the original, worked out when asked for."""
        return explain(self.seen, self.name, self.match)


class NameIndex:
    """Names of many people, searchable by what they look and sound like.

    Args:
        entries: Id and name; an id may stand with several names.
        frequencies: How common names are; published shares without it.
        enrolled: What was worked out of names before (`names.enrolled`); the others are worked out now.
    """

    __slots__ = ("_by_sound", "_cores", "_dead", "_frequencies", "_ids", "_names", "_postings")

    def __init__(
        self,
        entries: Iterable[tuple[Hashable, str]] = (),
        *,
        frequencies: Frequencies | None = None,
        enrolled: Mapping[str, EnrolledName] | None = None,
    ) -> None:
        self._frequencies = frequencies
        self._ids: list[Hashable] = []
        self._names: list[str | None] = []
        self._cores: list[str | None] = []
        self._dead = 0
        self._by_sound = False
        keys, rows = array("I"), array("I")
        known = enrolled or {}
        for row, (entry_id, name) in enumerate(dict.fromkeys(demand_pairs(entries, str, "name"))):
            found = known.get(name) or enrolled_name(name)
            self._hold(entry_id, name, found)
            keys.frombytes(found.keys)
            rows.extend([row] * (len(keys) - len(rows)))
        self._postings = Postings(np.array(keys, dtype=np.uint32), np.array(rows, dtype=np.uint32))

    def __len__(self) -> int:
        """How many names are held."""
        return len(self._ids) - self._dead

    def add(self, entry_id: Hashable, name: str) -> None:
        """Hold one more name; the same pair again changes nothing."""
        if self._rows_of(entry_id, demand(name, str, "name")):
            return
        found = enrolled_name(name)
        self._hold(entry_id, name, found)
        self._postings.add(len(self._ids) - 1, array("I", found.keys))

    def _hold(self, entry_id: Hashable, name: str, found: EnrolledName) -> None:
        """Keeps a name in the next row."""
        self._ids.append(entry_id)
        self._names.append(name)
        self._cores.append(found.core)
        self._by_sound = self._by_sound or read_by_sound(name)

    def remove(self, entry_id: Hashable, name: str | None = None) -> None:
        """Forget one name of an id, or all of them; an unknown one is no error."""
        rows = self._rows_of(entry_id, name) if name is not None else [row for row, held in enumerate(self._ids) if held == entry_id]
        for row in rows:
            if self._names[row] is not None:
                self._names[row] = None
                self._dead += 1
        if self._dead > max(_DEAD_ROWS, _DEAD_SHARE * len(self._ids)):
            self._compact()

    def _rows_of(self, entry_id: Hashable, name: str) -> list[int]:
        """Living rows that hold exactly this name for this id."""
        view = view_of(name)
        if not view.look:
            return [row for row, held in enumerate(self._ids) if held == entry_id and self._names[row] == name]
        first = np.array(stored_keys(view, name)[:1], dtype=np.uint32)
        return [row for row in self._postings.find(first, len(self._ids)) if self._names[row] == name and self._ids[row] == entry_id]

    def search(self, name: str) -> tuple[NameHit, ...]:
        """Whom may this name copy?

        Args:
            name: The seen name; any string.

        Returns:
            Plausible hits only, best first, one per id.
        """
        best: dict[Hashable, tuple[float, int, Match]] = {}
        for reading in readings(readable(demand(name, str, "name"))):
            self._search_reading(reading, best)
        # Namesakes share one match: what is told of it is worked out once.
        told: dict[int, tuple[float, MatchKind]] = {}
        ranked = []
        for weight, row, found in best.values():
            if id(found) not in told:
                told[id(found)] = self._told(name, row, found)
            similarity, kind = told[id(found)]
            ranked.append((-weight, -similarity, repr(self._ids[row]), row, kind, found))
        if len(ranked) > 1:
            ranked.sort(key=itemgetter(0, 1, 2, 3))
        ids, names = self._ids, self._names
        return tuple(
            NameHit(id=ids[row], name=names[row] or "", weight=-weight, similarity=-similarity, kind=kind, seen=name, match=found)
            for weight, similarity, _, row, kind, found in ranked
        )

    def _search_reading(self, name: str, best: dict[Hashable, tuple[float, int, Match]]) -> None:
        """Adds to the best match of each id what one reading of the seen name finds."""
        known: dict[str, tuple[float, Match] | None] = {}
        view = view_of(name)
        probes = probe_keys(view, name, wide=len(self) <= _WIDE, by_sound=self._by_sound)
        names, ids = self._names, self._ids
        # Most names of a circle that share a sound with a Han or Hangul name are other names at a glance.
        glance = plainly_different if view.is_han and len(view.pieces) <= 1 else plainly_apart if _HANGUL.fullmatch(view.look) else None
        for row in self._postings.find(probes, _MOST_COMPARED):
            original_name = names[row]
            if original_name is None:
                continue
            if original_name not in known:
                core = self._core(row, original_name)
                apart = glance is not None and glance(view.look, core)
                known[original_name] = None if apart else self._weighed((view, name), (view_of_core(core), original_name))
            weighed = known[original_name]
            if weighed is not None:
                held = best.get(ids[row])
                if held is None or weighed[0] > held[0]:
                    best[ids[row]] = (weighed[0], row, weighed[1])

    def _core(self, row: int, name: str) -> str:
        """The core of a held name."""
        core = self._cores[row]
        return name.casefold() if core is None else core

    def _weighed(self, seen: Named, original: Named) -> tuple[float, Match] | None:
        """Weight and match of one held name, when it is plausible."""
        found = match_views(seen[0], original[0], seen_name=seen[1], original_name=original[1])
        if found is None:
            return None
        if found.made is not None and found.kind not in _ALWAYS_TOLD and most_bits(found, seen, self._frequencies) < _PLAUSIBLE_BITS:
            return None
        weight = weight_of(found, seen=seen, original=original, frequencies=self._frequencies)
        return (weight, found) if weight >= _PLAUSIBLE_BITS or found.kind in _ALWAYS_TOLD else None

    def _told(self, name: str, row: int, found: Match) -> tuple[float, MatchKind]:
        """Similarity and kind of a hit, which namesakes share."""
        original = self._names[row] or ""
        similarity = similarity_of(found, view_of(name), view_of_core(self._core(row, original)))
        kind = told_kind(found, name, original)
        if kind is MatchKind.LOOK and not found.changes:
            similarity = min(similarity, 0.99)
        return similarity, kind

    def _compact(self) -> None:
        """Leave out dead rows."""
        living = [row for row, name in enumerate(self._names) if name is not None]
        renumbered = np.full(len(self._ids), -1, dtype=np.int64)
        renumbered[living] = np.arange(len(living))
        self._postings.keep(renumbered)
        self._ids = [self._ids[row] for row in living]
        self._names = [self._names[row] for row in living]
        self._cores = [self._cores[row] for row in living]
        self._dead = 0

    def to_bytes(self) -> bytes:
        """The whole index, keys included; ids must be text, numbers, None, or tuples of these.

        Raises:
            InvalidInput: An id is of another type.
        """
        self._compact()
        keys, rows = self._postings.columns()
        return saved.packed(self._ids, [name or "" for name in self._names], self._cores, keys=keys, rows=rows)

    @classmethod
    def from_bytes(cls, data: bytes, *, frequencies: Frequencies | None = None) -> NameIndex:
        """The index that `to_bytes` wrote.

        Args:
            data: What `to_bytes` returned. Written by other tables than ours, its keys are worked out anew.
            frequencies: As for the constructor.

        Raises:
            InvalidInput: The bytes are not a saved index, or were altered.
        """
        ids, names, cores, columns = saved.unpacked(data)
        if columns is None:
            return cls(zip(ids, names, strict=True), frequencies=frequencies)
        index = cls(frequencies=frequencies)
        index._ids, index._names = ids, list(names)
        index._cores = cores
        index._by_sound = any(map(read_by_sound, names))
        index._postings = Postings(*columns)
        return index
