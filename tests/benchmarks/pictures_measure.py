# SPDX-License-Identifier: Apache-2.0
"""What is measured about pictures, apart from cost: recall by attack, false alerts by situation, honesty of the weights.

The order is always the same: thresholds from unrelated pairs of the *check* part; recall and realised false alerts on the
*report* part, whose pictures and attack parameters are others. Every peer sees the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from tests.benchmarks.peers_pictures import OURS, Kept, Peer, keep_all
from tests.benchmarks.pictures_data import Specimen
from tests.benchmarks.pictures_statistics import RATES, Mask, Rate, Scores, by_picture, curve, false_alerts, stranger_alerts, threshold
from tests.benchmarks.spreading import spread
from transferguard.avatars import popularity_bits
from transferguard.testing.picture_attacks import ATTACKS, SITUATIONS
from transferguard.testing.split import Split, stable_number

ALL_ATTACKS = "mean of all"
NOT_OURS, OURS_PAINTED = "mean, photographs and cartoons of others", "mean, painted by ourselves"
MEANS = (ALL_ATTACKS, NOT_OURS, OURS_PAINTED)
"""Rows that are not one attack."""

READ_AT = 1e-4
"""The rate of the tables by attack and by situation."""

_STRONG_BITS = 10.0
"""More than log2(1000): a likeness that outweighs by itself the size of a circle of 1,000."""

ASKED_EVERY = 2
"""A threshold needs a million pairs, not each of them twice: of the check part, every second picture is looked up."""

_MANY_WEARERS = 1_000
"""For the column that shows what learned popularity takes away."""

_WEIGHT_EDGES = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 32.0)

_PHOTO_SITUATIONS = frozenset({"popular_sunset", "couple", "relatives", "same_pose"})
"""Read at the threshold for photos; the others at the one for graphics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSet:
    """The pictures of one kind: for thresholds, for the report, and those of the latter that are copied."""

    name: str
    check: list[Specimen]
    report: list[Specimen]
    originals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Copies of the first pictures of a report set."""

    attacks: tuple[str, ...]
    originals: tuple[int, ...]
    data: list[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """A set without the pictures that our engine declines as too flat, and what it keeps of the others."""

    pictures: PictureSet
    declined: int
    check: list[Kept]
    report: list[Kept]


def usable(pictures: PictureSet, *, jobs: int) -> Usable:
    """Leave out, for every peer, what our engine declines."""
    parts = []
    for part in (pictures.check, pictures.report):
        kept = spread(lambda one: OURS.keep(one.data), part, jobs=jobs)
        parts.append([(specimen, known) for specimen, known in zip(part, kept, strict=True) if known is not None])
    check, report = ([specimen for specimen, _ in part] for part in parts)
    return Usable(
        pictures=PictureSet(name=pictures.name, check=check, report=report, originals=pictures.originals),
        declined=len(pictures.check) + len(pictures.report) - len(check) - len(report),
        check=[known for _, known in parts[0]],
        report=[known for _, known in parts[1]],
    )


def _evenly(pictures: PictureSet, *, painted: bool) -> list[int]:
    """Places of originals in the report set: half of the number wanted from our own pictures, half from those of others."""
    places = [place for place, specimen in enumerate(pictures.report) if specimen.painted is painted]
    return places[:: max(1, len(places) * 2 // max(1, pictures.originals))][: (pictures.originals + 1) // 2]


def copied(pictures: PictureSet, *, seed: int, jobs: int, one_attack_of: int = 1) -> Copies:
    """Every attack, or one of so many, on each of some originals, with parameters of the report part."""
    originals = tuple(place for painted in (False, True) for place in _evenly(pictures, painted=painted))
    attacks = tuple(ATTACKS)[::one_attack_of]

    def copy(task: tuple[int, str]) -> bytes:
        place, attack = task
        source = pictures.report[place]
        return ATTACKS[attack](source.data, seed=stable_number(seed, source.source), split=Split.REPORT)

    tasks = [(place, attack) for place in originals for attack in attacks]
    return Copies(attacks=attacks, originals=originals, data=spread(copy, tasks, jobs=jobs))


def _scores(peer: Peer, contacts: list[Kept | None], queries: list[Kept | None], *, jobs: int) -> Scores:
    """One row per query, one column per contact."""
    corpus = peer.corpus(contacts)
    nothing = np.full(len(contacts), -np.inf, dtype=np.float32)
    rows = spread(lambda kept: nothing if kept is None else corpus.likeness(kept), queries, jobs=jobs)
    return np.stack(rows).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All scores of one peer on one set.

    Attributes:
        check: Every second picture for thresholds against every other.
        report: The same for the report.
        copies: Every copy (original by original, attack by attack) against every picture of the report.
        own: Score of each copy (row = original, column = attack) against its original.
    """

    check: Scores
    report: Scores
    copies: Scores
    own: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What one peer keeps of everything that is compared."""

    check: list[Kept | None]
    report: list[Kept | None]
    copies: list[Kept | None]


def remembered(peers: Sequence[Peer], ready: Usable, copies: Copies, *, jobs: int) -> dict[str, Remembered]:
    """What each peer keeps, by its name; every picture is opened once for all of them but ours, who kept those of the set before."""
    others = [peer for peer in peers if peer is not OURS]
    own = Remembered(check=list(ready.check), report=list(ready.report), copies=spread(OURS.keep, copies.data, jobs=jobs))
    parts = ([one.data for one in ready.pictures.check], [one.data for one in ready.pictures.report], copies.data)
    check, report, copied = (spread(lambda data: keep_all(others, data), part, jobs=jobs) for part in parts)
    found = {
        peer.name: Remembered(
            check=[one[peer.name] for one in check], report=[one[peer.name] for one in report], copies=[one[peer.name] for one in copied]
        )
        for peer in others
    }
    return {OURS.name: own, **found}


def scored(peer: Peer, kept: Remembered, copies: Copies, *, jobs: int) -> Scored:
    """Let one peer look at everything."""
    check, report = kept.check, kept.report
    rows = _scores(peer, report, kept.copies, jobs=jobs)
    places = np.repeat(np.asarray(copies.originals), len(copies.attacks))
    own = rows[np.arange(len(rows)), places].reshape(len(copies.originals), len(copies.attacks))
    asked = check[::ASKED_EVERY]
    return Scored(check=_scores(peer, check, asked, jobs=jobs), report=_scores(peer, report, report, jobs=jobs), copies=rows, own=own)


def unrelated(specimens: list[Specimen]) -> Mask:
    """Which pairs of pictures have nothing to do with each other?"""
    shoots: dict[str, int] = {"": 0}
    shoot = np.array([shoots.setdefault(one.shoot, len(shoots)) for one in specimens], dtype=int)
    alone = (shoot == 0)[:, None] | (shoot[:, None] != shoot[None, :])
    return np.asarray(alone & ~np.eye(len(specimens), dtype=bool))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One peer on one set, with everything that the tables read."""

    peer: Peer
    pictures: PictureSet
    copies: Copies
    found: Scored
    check_pairs: Mask
    report_pairs: Mask
    limits: dict[float, float] = field(default_factory=dict)

    def limit(self, rate: float) -> float:
        """The threshold of the check part at this rate."""
        if rate not in self.limits:
            self.limits[rate] = threshold(self.found.check, self.check_pairs, rate)
        return self.limits[rate]

    def row(self, **cells: object) -> dict[str, Any]:
        """A row of any table about this peer and set."""
        return {"set": self.pictures.name, "peer": self.peer.name, **cells}


def recall_rows(subject: Subject, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Recall at each rate: the mean over all attacks first, then attack by attack."""
    rows = []
    for rate in RATES:
        hits = subject.found.own >= subject.limit(rate)
        rows.append(subject.row(rate=rate, attack=ALL_ATTACKS, kind="", **by_picture(hits, rng).as_json()))
        painted = np.array([subject.pictures.report[place].painted for place in subject.copies.originals])
        rows.append(subject.row(rate=rate, attack=NOT_OURS, kind="", **by_picture(hits[~painted], rng).as_json()))
        rows.append(subject.row(rate=rate, attack=OURS_PAINTED, kind="", **by_picture(hits[painted], rng).as_json()))
        for column, name in enumerate(subject.copies.attacks):
            rows.append(subject.row(rate=rate, attack=name, kind=ATTACKS[name].kind.value, **by_picture(hits[:, [column]], rng).as_json()))
    return rows


def alert_rows(subject: Subject, rng: np.random.Generator) -> list[dict[str, Any]]:
    """What the thresholds of the check part cost on the report part: per pair, per stranger, per disguised stranger."""
    rows = []
    found, pairs = subject.found, subject.report_pairs
    places = np.repeat(np.asarray(subject.copies.originals), len(subject.copies.attacks))
    neighbours = ~pairs & ~np.eye(len(pairs), dtype=bool)
    for rate in RATES:
        least = subject.limit(rate)
        disguised = ((found.copies >= least) & pairs[places]).reshape(len(subject.copies.originals), -1)
        rates: list[tuple[str, Rate]] = [
            ("unrelated pair", false_alerts(found.report, pairs, least, rng=rng)),
            ("stranger against 1,000 contacts", stranger_alerts(found.report, pairs, least, rng=rng)),
            ("pair with a disguised stranger", by_picture(disguised, rng)),
        ]
        if neighbours.any():
            rates.append(("pair of neighbours in one photograph", false_alerts(found.report, neighbours, least, rng=rng)))
        rows += [subject.row(rate=rate, threshold=round(least, 3), per=per, **share.as_json()) for per, share in rates]
    if subject.peer is OURS:
        strong = stranger_alerts(found.report, pairs, _STRONG_BITS, rng=rng)
        rows.append(subject.row(rate=None, threshold=_STRONG_BITS, per="stranger against 1,000 contacts", **strong.as_json()))
    return rows


def curve_row(subject: Subject) -> dict[str, Any]:
    """Recall over all attacks against false alerts, both on the report part."""
    points = curve(subject.found.report, subject.report_pairs, subject.found.own)
    return subject.row(points=[[float(f"{rate:.3g}"), round(recall, 4)] for rate, recall in points])


def weight_rows(subject: Subject) -> list[dict[str, Any]]:
    """Do the weights say what they claim? Claimed bits beside the measured log2 of copy over unrelated."""
    found, pairs = subject.found, subject.found.report[subject.report_pairs]
    rows = []
    for low, high in pairwise(_WEIGHT_EDGES):
        in_copies, in_pairs = (((scores > low) & (scores <= high)) for scores in (found.own, pairs))
        copies, strangers = int(in_copies.sum()), int(in_pairs.sum())
        bits = float(np.log2(((copies + 0.5) / found.own.size) / ((strangers + 0.5) / pairs.size)))
        claimed = float(found.own[in_copies].mean()) if copies else None
        row: dict[str, Any] = {"set": subject.pictures.name, "over": low, "to": high, "copies": copies, "unrelated": strangers}
        rows.append({**row, "claimed_bits": None if claimed is None else round(claimed, 1), "measured_bits": round(bits, 1)})
    return rows


def situation_rows(peers: Sequence[Peer], limits: dict[tuple[str, str], float], *, pairs: int, jobs: int) -> list[dict[str, Any]]:
    """How often does each honest situation alert, at the threshold that allows one unrelated pair in 10,000?

    Args:
        peers: Whom to ask.
        limits: Threshold by set and peer.
        pairs: Pairs of honest people per situation.
        jobs: Processes.
    """
    rows: list[dict[str, Any]] = []
    rng = np.random.default_rng(0)

    def compare(task: tuple[str, int]) -> list[float | None]:
        kept = [keep_all(peers, data) for data in SITUATIONS[task[0]](task[1], split=Split.REPORT)]
        ours, theirs = ([one[peer.name] for peer in peers] for one in kept)
        couples = zip(peers, ours, theirs, strict=True)
        return [None if one is None or other is None else float(peer.corpus([one]).likeness(other)[0]) for peer, one, other in couples]

    for name, situation in SITUATIONS.items():
        group = "photos" if name in _PHOTO_SITUATIONS else "graphics"
        compared = spread(compare, [(name, seed) for seed in range(pairs)], jobs=jobs)
        for peer, scores in zip(peers, zip(*compared, strict=True), strict=True):
            known = np.array([score for score in scores if score is not None])
            alarmed = np.array([score is not None and score >= limits[group, peer.name] for score in scores])
            row: dict[str, Any] = {
                "situation": name,
                "same_picture": situation.same_picture,
                "description": situation.description,
                "peer": peer.name,
            }
            row |= {"unavailable": round(1 - len(known) / pairs, 3), **by_picture(alarmed[:, None], rng).as_json()}
            if peer is OURS:
                worn = known - popularity_bits(_MANY_WEARERS)
                row["strong"] = round(float((known >= _STRONG_BITS).sum()) / pairs, 3)
                row["when_popular"] = round(float((worn >= limits[group, peer.name]).sum()) / pairs, 3)
            rows.append(row)
    return rows
