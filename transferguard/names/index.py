# SPDX-License-Identifier: Apache-2.0
"""Whom of many people does a name copy?

Keys of a name are computed when it is added. A search computes the keys of the seen name, collects the names that share
one, and weighs only those.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transferguard.names.compare import MatchKind, deep_look, match_kind, similarity_of, sound_key, weight_of
from transferguard.names.explain import explain
from transferguard.names.views import NameView, view_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from transferguard.names.rarity import Frequencies
    from transferguard.names.tricks import Trick


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """One person whom the seen name may copy.

    Args:
        id: The id under which the name was added.
        name: Which of the person's names it is; may be a verified name, so it stays out of the repr.
        weight: Bits for "copies this name"; without prior, without the number of contacts.
        similarity: 0 to 1.
        kind: What the names have in common.
        seen: The name that was searched.
    """

    id: Hashable
    name: str = field(repr=False)
    weight: float
    similarity: float
    kind: MatchKind
    seen: str = field(repr=False)

    @property
    def tricks(self) -> tuple[Trick, ...]:
        """What was done to the original, worked out when asked for."""
        return explain(self.seen, self.name)


class NameIndex:
    """Names of many people, searchable by what they look and sound like.

    Args:
        entries: Id and name; an id may stand with several names.
        frequencies: How common names are; published shares without it.
    """

    def __init__(self, entries: Iterable[tuple[Hashable, str]] = (), *, frequencies: Frequencies | None = None) -> None:
        self._frequencies = frequencies
        self._names: dict[tuple[Hashable, str], NameView] = {}
        self._postings: dict[str, dict[tuple[Hashable, str], None]] = {}
        for entry_id, name in entries:
            self.add(entry_id, name)

    def __len__(self) -> int:
        """How many names are held."""
        return len(self._names)

    def add(self, entry_id: Hashable, name: str) -> None:
        """Hold one more name; the same pair again changes nothing."""
        entry = (entry_id, name)
        if entry in self._names:
            return
        view = self._names[entry] = view_of(name)
        for key in _keys(view):
            self._postings.setdefault(key, {})[entry] = None

    def remove(self, entry_id: Hashable, name: str | None = None) -> None:
        """Forget one name of an id, or all of them; an unknown one is no error."""
        for entry in [entry for entry in self._names if entry[0] == entry_id and name in {None, entry[1]}]:
            view = self._names.pop(entry)
            for key in _keys(view):
                self._postings.get(key, {}).pop(entry, None)

    def search(self, name: str) -> tuple[NameHit, ...]:
        """Whom may this name copy? Plausible hits only, best first, one per id."""
        seen = view_of(name)
        found: dict[Hashable, NameHit] = {}
        entries = {entry: None for key in _keys(seen) for entry in self._postings.get(key, ())}
        for entry in entries:
            original = self._names[entry]
            kind = match_kind(seen, original)
            if kind is MatchKind.DIFFERENT:
                continue
            weight = weight_of(kind, original, self._frequencies)
            held = found.get(entry[0])
            if (kind is MatchKind.EXACT or weight > 0) and (held is None or weight > held.weight):
                found[entry[0]] = NameHit(id=entry[0], name=entry[1], weight=weight, similarity=similarity_of(kind), kind=kind, seen=name)
        return tuple(sorted(found.values(), key=lambda hit: (-hit.weight, -hit.similarity, repr(hit.id))))

    def to_bytes(self) -> bytes:
        """The whole index; ids must be what JSON can hold, tuples included."""
        return json.dumps([[_plain(entry_id), name] for entry_id, name in self._names]).encode()

    @classmethod
    def from_bytes(cls, data: bytes, *, frequencies: Frequencies | None = None) -> NameIndex:
        """The index that `to_bytes` wrote."""
        return cls(((_restored(entry_id), name) for entry_id, name in json.loads(data)), frequencies=frequencies)


def _plain(value: object) -> object:
    return {"tuple": [_plain(item) for item in value]} if isinstance(value, tuple) else value


def _restored(value: object) -> Hashable:
    return tuple(_restored(item) for item in value["tuple"]) if isinstance(value, dict) else value  # type: ignore[return-value]  # JSON scalars are hashable


def _keys(view: NameView) -> Iterator[str]:
    if not view.look:
        return
    yield "l" + deep_look(view.look)
    yield "w" + "".join(sorted(view.words))
    yield "s" + sound_key(view)
    if not view.is_han:
        yield from {"d" + view.look[:at] + view.look[at + 1 :] for at in range(min(len(view.look), 24))}
        yield "d" + view.look
