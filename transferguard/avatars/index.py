# SPDX-License-Identifier: Apache-2.0
"""Whose picture is this?

Many fingerprints side by side, searched at once. Building happens at enrolment; a search costs the same whatever the
pictures show. Popularity is the host's knowledge and is subtracted by whoever has it (`popularity`).

Rule owned here (design, rule 2): hits are weighed alone, so that adding lookalike entries neither hides nor lowers a hit.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from transferguard.avatars.compare import AvatarMatch
from transferguard.avatars.explanation import changes_between
from transferguard.avatars.fingerprint import Fingerprint
from transferguard.avatars.first_look import Shelf, for_many_looks, lay_out
from transferguard.avatars.verification import A_CIRCLE, Candidates, verify
from transferguard.avatars.weights import similarity_of
from transferguard.calling import demand, demand_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarHit(AvatarMatch):
    """An entry whose picture plausibly is the one searched for.

    Args:
        id: As the host gave it.
    """

    id: Hashable


REMEMBERED = 256
"""Answers kept: more recipients than that are not compared with one circle before it changes."""

READ_ONCE = 1_500
"""Pictures up to which a shelf is sorted for the second search only. The second then waits up to a tenth of a second for what the first was
spared; at 5,000 pictures it would be half a second."""


class AvatarIndex:
    """Fingerprints of many pictures, by id.

    Args:
        entries: (id, fingerprint); an id may stand with several fingerprints.
    """

    def __init__(self, entries: Iterable[tuple[Hashable, Fingerprint]] = ()) -> None:
        self._pictures: dict[Hashable, dict[Fingerprint, None]] = {}
        self._shelf: tuple[Shelf, list[Hashable]] | None = None
        self._searched: dict[Fingerprint, tuple[AvatarHit, ...]] = {}
        for key, fingerprint in demand_pairs(entries, Fingerprint, "fingerprint"):
            self.add(key, fingerprint)

    def __len__(self) -> int:
        """How many ids are in the index."""
        return len(self._pictures)

    def add(self, id: Hashable, fingerprint: Fingerprint) -> None:  # noqa: A002 - the word that hosts use
        """Put a picture in; the same picture under the same id twice counts once."""
        self._pictures.setdefault(id, {})[demand(fingerprint, Fingerprint, "fingerprint")] = None
        self._forget()

    def remove(self, id: Hashable) -> None:  # noqa: A002 - the word that hosts use
        """Take all pictures of an id out; an unknown id is no error."""
        self._pictures.pop(id, None)
        self._forget()

    def _forget(self) -> None:
        self._shelf = None
        self._searched.clear()

    def search(self, fingerprint: Fingerprint) -> tuple[AvatarHit, ...]:
        """Whose picture is this?

        Args:
            fingerprint: The picture in question.

        Returns:
            Plausible entries only (weight above 0), best first, one per id. Asked again while nothing was added or removed, the
            answer costs nothing.
        """
        if demand(fingerprint, Fingerprint, "fingerprint") not in self._searched:
            if len(self._searched) >= REMEMBERED:
                self._searched.clear()
            self._searched[fingerprint] = self._search(fingerprint)
        return self._searched[fingerprint]

    def _search(self, fingerprint: Fingerprint) -> tuple[AvatarHit, ...]:
        shelf, owners = self._laid_out()
        best: dict[Hashable, tuple[float, Candidates, int]] = {}
        for found in (tried for plane in fingerprint.planes for tried in verify(plane, shelf, A_CIRCLE)):
            for at, place in enumerate(found.plane.tolist()):
                key, weight = owners[place], float(found.weight[at])
                if weight > 0 and (key not in best or weight > best[key][0]):
                    best[key] = weight, found, at
        hits = [
            AvatarHit(id=key, weight=weight, similarity=similarity_of(float(found.likeness[at])), changes=changes_between(found, at))
            for key, (weight, found, at) in best.items()
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.weight))

    def _laid_out(self) -> tuple[Shelf, list[Hashable]]:
        if self._shelf is None:
            planes = [(key, plane) for key, pictures in self._pictures.items() for fingerprint in pictures for plane in fingerprint.planes]
            shelf = lay_out(tuple(plane for _, plane in planes))
            self._shelf = for_many_looks(shelf) if len(planes) > READ_ONCE else shelf, [key for key, _ in planes]
        elif not self._shelf[0].buckets:
            self._shelf = for_many_looks(self._shelf[0]), self._shelf[1]
        return self._shelf
