# SPDX-License-Identifier: Apache-2.0
"""How often does each part of a name occur, and how are parts put together?

Three small tables that can both draw a text and state the exact chance of drawing it. That chance is what makes calibration
judgeable: the true rarity of every generated name is known. What the entries are, and where their shares were published, is
left to the file of each culture.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Protocol


class Shares(Protocol):
    """Texts with known shares that add up to one."""

    def draw(self, rng: Random) -> str:
        """One text, drawn by its share."""

    def share(self, text: str) -> float:
        """The chance of drawing exactly this text, 0..1."""


class Listed:
    """Texts that stand in a table, each with its weight."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        total = sum(weights.values())
        self._shares = {text: weight / total for text, weight in weights.items()}
        self._texts = list(self._shares)
        self._cumulative = list(accumulate(self._shares.values()))

    def draw(self, rng: Random) -> str:
        """One text, drawn by its share."""
        return rng.choices(self._texts, cum_weights=self._cumulative)[0]

    def share(self, text: str) -> float:
        """The chance of drawing exactly this text, 0..1."""
        return self._shares.get(text, 0.0)

    def texts(self) -> tuple[str, ...]:
        """Every text of the table, in its order."""
        return tuple(self._texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Independent parts written one after the other: two characters of a given name, or a stem and an ending."""

    first: Shares
    second: Shares
    separator: str = ""

    def draw(self, rng: Random) -> str:
        """One text, drawn by its share."""
        return self.first.draw(rng) + self.separator + self.second.draw(rng)

    def share(self, text: str) -> float:
        """The chance of drawing exactly this text, 0..1, over all ways to cut it in two."""
        width = len(self.separator)
        cuts = (at for at in range(1, len(text) - width) if text[at : at + width] == self.separator)
        firsts = ((at, self.first.share(text[:at])) for at in cuts)
        return sum(share * self.second.share(text[at + width :]) for at, share in firsts if share)


class Mixed:
    """One of several tables, each chosen with its weight."""

    def __init__(self, *weighted: tuple[float, Shares]) -> None:
        total = sum(weight for weight, _ in weighted)
        self._weighted = [(weight / total, table) for weight, table in weighted]
        self._cumulative = list(accumulate(weight for weight, _ in self._weighted))

    def draw(self, rng: Random) -> str:
        """One text, drawn by its share."""
        ((_, table),) = rng.choices(self._weighted, cum_weights=self._cumulative)
        return table.draw(rng)

    def share(self, text: str) -> float:
        """The chance of drawing exactly this text, 0..1."""
        return sum(weight * table.share(text) for weight, table in self._weighted)


def ranked(texts: Iterable[str], *, top: float, total: float = 1.0) -> dict[str, float]:
    """Which shares do texts have, of which only the order, the first share and their sum are published?

    The shares fall as a power of the rank; the exponent is the one that gives the published sum.

    Args:
        texts: Most frequent first; a text that stands twice counts at its first place.
        top: Share of the first text, 0..1.
        total: Sum over all texts, 0..1, at least `top`.

    Returns:
        The share of every text, 0..1.
    """
    ordered = list(dict.fromkeys(texts))
    flat, steep = 0.0, 8.0
    for _ in range(40):  # halving 8.0 forty times leaves an error below 1e-11
        exponent = (flat + steep) / 2
        if sum(top * rank**-exponent for rank in range(1, len(ordered) + 1)) > total:
            flat = exponent
        else:
            steep = exponent
    raw = {text: top * rank**-steep for rank, text in enumerate(ordered, start=1)}
    scale = total / sum(raw.values())
    return {text: share * scale for text, share in raw.items()}


def even(texts: Iterable[str], *, total: float = 1.0) -> dict[str, float]:
    """The same share for every text: what is left where only a long tail is known."""
    ordered = list(dict.fromkeys(texts))
    return {text: total / len(ordered) for text in ordered}


def with_tail(head: Mapping[str, float], tail: Sequence[tuple[str, str]]) -> Shares:
    """A published head, and the rest of the people under names composed of stems and endings.

    Args:
        head: Shares, 0..1; what they leave of 1 goes to the tail.
        tail: Pairs of (stems, endings), each a text of words separated by spaces.

    Returns:
        One table over both.
    """
    rest = 1.0 - sum(head.values())
    composed: list[tuple[float, Shares]] = [
        (rest / len(tail), Joined(first=Listed(even(stems.split())), second=Listed(even(endings.split())))) for stems, endings in tail
    ]
    return Mixed((1.0 - rest, Listed(head)), *composed)


def words(text: str) -> list[str]:
    """The words of a table, which reads better than a list of a hundred quoted strings."""
    return text.split()


def phrases(text: str) -> list[str]:
    """The entries of a table of phrases, which are separated by bars."""
    return text.split("|")
