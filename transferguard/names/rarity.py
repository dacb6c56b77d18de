# SPDX-License-Identifier: Apache-2.0
"""How rare is a name?

Bits of surprise: -log2 of the share of people who bear the name. A host's own frequencies win; without them published
surname shares and a surname-times-given-name model have to do, corrected for the few names that the model underrates.

Rule owned here: what counts is people, so a flood of accounts by one identity does not make a name common.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from transferguard.names import shares
from transferguard.names.views import NameView, Script, bare_name, cleaned_name, view_of, view_of_core

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

# No name is taken to be rarer than one bearer in the population of the earth (2 ** 33 people).
MOST_BITS = 33.0
_FLOOR_BITS = 2.0
# By how many bits the published model is off, on average (measured on the tune split: about 1),
# and how far off it is taken to be at most.
_MODEL_OFF_BITS, _WRONG_BELOW, _WRONG_ABOVE = 1.0, 8, 30
# Because the mean of what may be large is large, a name of which nobody was counted would be taken for commoner than the model says; of the
# .95 bits that this is, three quarters are taken off (tune split).
_MEAN_OFF_BITS = 0.7
# Pairs of namesakes that the model is believed against what was counted.
_PAIRS_BELIEVED = 2.0
# Han and Hangul stand in blocks of their own, each too large for one.
_FIRST_HAN, _HANGUL_OR_HAN = 0x3400, -1


@runtime_checkable
class Frequencies(Protocol):
    """What a host knows about how common names are."""

    def share(self, name: str) -> float | None:
        """Share of people who bear this name, above 0 and at most 1; None when unknown.

        Asked for the name as it is written, then without the signs, emoji, titles and ordinals that stand beside it, then
        folded, until one of them is known.
        """
        ...


class CountedFrequencies:
    """Frequencies counted over distinct identities and smoothed with the published model.

    A flood of accounts by one identity counts once, so nobody makes a name common by copying it. How often two identities share a name also
    tells where the model takes the names of this population for commoner than they are, writing by writing.

    Args:
        pairs: Name and identity of every account known.
    """

    def __init__(self, pairs: Iterable[tuple[str, Hashable]] = ()) -> None:
        self._bearers: dict[str, set[Hashable]] = {}
        self._identities: set[Hashable] = set()
        # By writing and bits of the model: those who share their name with another, counted both ways, and the shares of all names.
        self._shared: dict[tuple[int, int], int] = {}
        self._modelled: dict[tuple[int, int], float] = {}
        for name, identity in pairs:
            self.add(name, identity)

    def add(self, name: str, identity: Hashable) -> None:
        """Count one identity for a name; the same pair again changes nothing."""
        view = view_of(name)
        bearers = self._bearers.setdefault(view.look, set())
        if identity in bearers:
            return
        if view.look:
            bits = model_bits(view.core)
            kind = _kind_of(name, bits)
            self._shared[kind] = self._shared.get(kind, 0) + 2 * len(bearers)
            self._modelled[kind] = self._modelled.get(kind, 0.0) + 2.0**-bits
        bearers.add(identity)
        self._identities.add(identity)

    def share(self, name: str) -> float | None:
        """Share of distinct identities with this name; the fewer were seen, the nearer to the published model."""
        view = view_of(name)
        seen, total = len(self._bearers.get(view.look, ())), len(self._identities)
        if not total or not view.look:
            return None
        bits = model_bits(view.core)
        corrected = bits + _MEAN_OFF_BITS - math.log2(self._times_commoner(_kind_of(name, bits), total))
        # The name is asked about because somebody bears it, so the first bearer says nothing about how many there are.
        return _learned_share(max(0, seen - 1), total, round(corrected, 1))

    def _times_commoner(self, kind: tuple[int, int], total: int) -> float:
        """How many times commoner names like this turned out to be than the model says; at most once."""
        writing, bits = kind
        near = ((writing, bits + step) for step in (-1, 0, 1))
        shared = modelled = 0.0
        for one in near:
            shared += self._shared.get(one, 0) / 2
            modelled += self._modelled.get(one, 0.0) * (total - 1) / 2
        # Where more share names than it says, it is a few names that many share, and their own counts tell which.
        return min(1.0, (shared + _PAIRS_BELIEVED) / (modelled + _PAIRS_BELIEVED))


def _kind_of(name: str, bits: float) -> tuple[int, int]:
    """The writing of a name, by the block of its first letter, and its bits by twos."""
    first = next((ord(char) for char in name if char.isalpha()), 0)
    return (_HANGUL_OR_HAN if first >= _FIRST_HAN else first >> 7, int(bits / 2))


@lru_cache(maxsize=4096)
def _learned_share(seen: int, total: int, bits: float) -> float:
    """Posterior mean of a share: Poisson counts, and a model that is now and then wrong by many bits (Laplace in bits)."""
    weights, shares_ = [], []
    for step in range(-2 * _WRONG_BELOW, 2 * _WRONG_ABOVE + 1):
        off = step / 2
        share = min(1.0, math.exp2(off - bits))
        expected = total * share
        weights.append(seen * math.log(expected) - expected - abs(off) / _MODEL_OFF_BITS)
        shares_.append(share)
    most = max(weights)
    likely = [math.exp(weight - most) for weight in weights]
    return sum(one * share for one, share in zip(likely, shares_, strict=True)) / sum(likely)


def name_rarity(name: str, *, frequencies: Frequencies | None = None) -> float:
    """How many bits of surprise is this name worth?

    Args:
        name: Any name; decoration and invisible characters do not count.
        frequencies: The host's knowledge; asked first.

    Returns:
        Bits, at most 33. 张伟 is about 12, 王建国 about 14, 李思远 about 20.
    """
    return view_rarity(view_of(name), name, frequencies)


def view_rarity(view: NameView, name: str, frequencies: Frequencies | None = None) -> float:
    """The same for a view that was made before."""
    if frequencies is not None:
        for written in dict.fromkeys((cleaned_name(name), bare_name(name), view.core)):
            share = frequencies.share(written)
            if share is not None and 0 < share <= 1:
                return min(MOST_BITS, -math.log2(share))
    return model_bits(view.core)


@lru_cache(maxsize=4096)
def model_bits(core: str) -> float:
    """Bits of a folded name by the published model."""
    view = view_of_core(core)
    if not view.look:
        return _FLOOR_BITS
    if view.script == Script.HAN:
        bits = shares.han_bits(view.look)
    elif view.script == Script.SYLLABIC:
        bits = shares.syllabic_name_bits(view.words)
    else:
        bits = shares.words_bits(view.words)
    return min(MOST_BITS, max(_FLOOR_BITS, bits))
