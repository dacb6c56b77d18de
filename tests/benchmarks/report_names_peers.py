# SPDX-License-Identifier: Apache-2.0
"""Ask one peer everything about one culture, in one call: some peers take seconds to start.

Namesakes are left out of its false alerts, and equal names count as found, exactly as for our own engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.peers_names import NamePeer, Pair
from tests.benchmarks.report_statistics import least_score, share
from transferguard.testing.disguises import DISGUISES
from transferguard.testing.populations import Culture, Person

_NONE = float("-inf")
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAround:
    """A thousand ordinary contacts and the strangers who are looked up among them, by display name."""

    names: tuple[str, ...]
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Victims of one culture, and by disguise the victims with the names that thieves show."""

    culture: Culture
    victims: tuple[str, ...]
    found: Mapping[str, tuple[tuple[Person, str], ...]]


def ask_peer(
    peer: NamePeer, copies: Copies, *, circles: tuple[PeopleAround, PeopleAround], allowed: float, sample: tuple[int, int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the tables of alerts and of recall.

    Args:
        peer: Whom to ask.
        copies: Disguised names.
        circles: Of the check and of the report split.
        allowed: Share of strangers who may alert, for the threshold.
        sample: How many strangers, and how many victims per disguise.
    """
    strangers, victims = sample
    if strangers == 0:
        return [], []
    blocks = [block for around in circles for block in _lookups(around, strangers)]
    names = list(copies.found)
    shown = [copies.found[name][:victims] for name in names]
    blocks += [[(text, person.verified_name) for person, text in found] for found in shown]
    scores = _in_blocks(peer, blocks)
    check, report, disguised = scores[:strangers], scores[strangers : 2 * strangers], scores[2 * strangers :]
    limit = 1.0 if peer.rule else max(_EPSILON, least_score([max(row, default=_NONE) for row in check], allowed=allowed))
    wrong = sum(max(row, default=_NONE) >= limit for row in report)
    alerts = {"culture": copies.culture.value, "peer": peer.name, "threshold": round(limit, 4), "alike": share(wrong, len(report))}
    rows = zip(names, shown, disguised, strict=True)
    recall = [_row(peer, name, copies.culture, rate=share(_caught(found, row, limit), len(found))) for name, found, row in rows]
    return [alerts], recall


def _lookups(around: PeopleAround, strangers: int) -> list[list[Pair]]:
    chosen = around.strangers[:strangers]
    return [[(seen, contact) for contact in around.names if seen.lower() != contact.lower()] for seen in chosen]


def _in_blocks(peer: NamePeer, blocks: list[list[Pair]]) -> list[list[float]]:
    """One call for all pairs, the answers cut back into blocks."""
    flat = iter(peer.compare([pair for block in blocks for pair in block]))
    return [[next(flat) for _ in block] for block in blocks]


def _caught(found: tuple[tuple[Person, str], ...], scores: list[float], limit: float) -> int:
    return sum(score >= limit or text.lower() == person.verified_name.lower() for score, (person, text) in zip(scores, found, strict=True))


def _row(peer: NamePeer, name: str, culture: Culture, *, rate: dict[str, Any]) -> dict[str, Any]:
    return {"disguise": name, "number": DISGUISES[name].number, "culture": culture.value, "peer": peer.name, "recall": rate}
