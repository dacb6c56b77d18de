# SPDX-License-Identifier: Apache-2.0
"""How rare is a name?

Bits of surprise: -log2 of the share of people who bear the name. A host's own frequencies win; without them published
surname shares and a surname-times-given-name model have to do, corrected for the few names that the model underrates.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from transferguard.names import tables
from transferguard.names.views import NameView, view_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

# No name is taken to be rarer than one bearer in the population of the earth (2 ** 33 people).
MOST_BITS = 33.0
_FLOOR_BITS = 2.0


@runtime_checkable
class Frequencies(Protocol):
    """What a host knows about how common names are."""

    def share(self, name: str) -> float | None:
        """Share of people who bear this name, above 0 and at most 1; None when unknown."""
        ...


class CountedFrequencies:
    """Frequencies counted over distinct identities.

    A flood of accounts by one identity counts once, so nobody can make a name common. Names that were seen less than
    `trusted_from` times stay unknown, because one sighting says little.

    Args:
        pairs: Name and identity of every account known.
        trusted_from: Distinct identities from which a count is believed.
    """

    def __init__(self, pairs: Iterable[tuple[str, Hashable]] = (), *, trusted_from: int = 3) -> None:
        self._bearers: dict[str, set[Hashable]] = {}
        self._identities: set[Hashable] = set()
        self._trusted_from = trusted_from
        for name, identity in pairs:
            self.add(name, identity)

    def add(self, name: str, identity: Hashable) -> None:
        """Count one identity for a name; the same pair again changes nothing."""
        self._bearers.setdefault(view_of(name).look, set()).add(identity)
        self._identities.add(identity)

    def share(self, name: str) -> float | None:
        """Share of distinct identities with this name, mixed with the published model by how much was seen."""
        bearers = len(self._bearers.get(view_of(name).look, ()))
        if bearers < self._trusted_from:
            return None
        return bearers / len(self._identities)


def name_rarity(name: str, *, frequencies: Frequencies | None = None) -> float:
    """How many bits of surprise is this name worth?

    Args:
        name: Any name; decoration and invisible characters do not count.
        frequencies: The host's knowledge; asked first.

    Returns:
        Bits, at least 2 and at most 33. 张伟 is about 12, 王建国 about 16, 李思远 about 20.
    """
    return view_rarity(view_of(name), frequencies)


def view_rarity(view: NameView, frequencies: Frequencies | None = None) -> float:
    """The same for a view that was made before."""
    if frequencies is not None:
        share = frequencies.share(view.core)
        if share is not None and share > 0:
            return min(MOST_BITS, max(0.0, -math.log2(share)))
    if not view.look:
        return _FLOOR_BITS
    if view.is_han:
        return min(MOST_BITS, _han_bits(view.look))
    return min(MOST_BITS, max(_FLOOR_BITS, sum(_word_bits(word) for word in view.words)))


def _han_bits(name: str) -> float:
    known = tables.top_names().get(name)
    if known is not None:
        return known
    surnames, given = tables.surname_bits(), tables.given_bits()
    length = 2 if len(name) >= 3 and name[:2] in surnames else 1
    surname = surnames.get(name[:length], 14.0)
    rest = name[length:]
    # Four in five given names have two characters, one in seven has one (household register, 2010s).
    shape = 0.3 if len(rest) == 2 else 2.8 if len(rest) == 1 else 6.0
    return surname + shape + sum(given.get(char, 13.0) for char in rest) if rest else max(_FLOOR_BITS, surname)


def _word_bits(word: str) -> float:
    known = tables.latin_bits().get(word)
    return known if known is not None else min(17.0, 4.0 + 1.6 * len(word))
