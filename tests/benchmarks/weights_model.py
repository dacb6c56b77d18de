# SPDX-License-Identifier: Apache-2.0
"""The sum of `transferguard.weigh` over thousands of scenes at once, as arrays, with its slope in every weight.

Findings are asked for once, under weights of one bit each; what is tried later is how many bits a unit of each reason has. Of every
group the strongest counts, as in `weigh`, so the sum has kinks; the slope is that of the findings that count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, log2
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.benchmarks.decision_evidence import Known
from transferguard.assess import find
from transferguard.decision import Finding, Hypothesis
from transferguard.evidence import NOT_HANDED_OVER, Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.testing.simulate import ATTACKS, HONEST_SITUATIONS
from transferguard.weigh import GROUP_OF_REASON

Key: TypeAlias = tuple[str, str]
"""Reason and hypothesis; `quiet` stands for what silence weighs."""

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int64]

_LN2: Final = log(2)
MISHEARD: Final = 1 / 3
"""How much an honest line counts that is taken for a request: a sixth of all Chinese lines of the tune split, and one of forty in all."""

_CAP_BITS: Final = 50.0
"""Log-odds beyond which a double cannot tell 1 - p from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One scene as one host sees it, ready for the sum.

    Attributes:
        fraud: Whether somebody is cheating.
        share: Of the set rebalanced to half attacks: each attack equally often, honest situations by their assumed share.
        heard: Whether the host hands over the talk.
        findings: Under weights of one bit.
        size: Of the circle.
    """

    fraud: bool
    share: float
    heard: bool
    findings: Sequence[Finding]
    size: int


def prepare(known: Iterable[Known], judged: Mapping[str, Mapping[str, float]]) -> list[Case]:
    """Ask every signal once; later only bits change. Every scene counts with its talk and without: half of the hosts hand it over."""
    scenes = list(known)
    counts = Counter(scene.scenario for scene in scenes)
    policy = _of_one_bit(judged)
    return [case for scene in scenes for case in _heard_and_not(scene, counts[scene.scenario], policy)]


def _heard_and_not(scene: Known, alike: int, policy: Policy) -> Iterator[Case]:
    whole = 1 / len(ATTACKS) if scene.attack else HONEST_SITUATIONS[scene.scenario].share
    for evidence in (scene.evidence, replace(scene.evidence, talk=NOT_HANDED_OVER)):
        yield Case(
            fraud=scene.attack,
            # A half for the kind, and a half for whether the talk is handed over.
            share=whole / alike / 4 * (MISHEARD if evidence is scene.evidence and scene.misheard else 1.0),
            heard=not isinstance(evidence.talk, Unavailable),
            findings=tuple(one for one in find(evidence, policy) if one.hypothesis),
            size=_size(evidence),
        )


def _size(evidence: Evidence) -> int:
    return evidence.circle_size if isinstance(evidence.circle_size, int) else 1


def _of_one_bit(judged: Mapping[str, Mapping[str, float]]) -> Policy:
    """The default policy, where every judged weight is one bit of its sign."""
    units = {reason: {one: 1.0 if bits > 0 else -1.0 for one, bits in row.items()} for reason, row in judged.items() if reason != "quiet"}
    # It fades out near a warning (`weigh`), which a sum of weights cannot do: it is chosen after the fit.
    units["no_request"] = {**units.get("no_request", {}), "imposture": 0.0}
    return Policy.from_mapping({"weights": units})


class Sums:
    """All strands of all cases.

    Args:
        cases: Prepared under the same judgements.
        keys: What may move, in the order of the arrays handed in later.
        unseen: Odds, at even odds, of an attack that shows in nothing at all: without it the few that do not show make every
            quiet transfer suspicious.
    """

    def __init__(self, cases: Sequence[Case], keys: Sequence[Key], *, unseen: float = 0.0) -> None:
        self._keys, self._unseen = keys, unseen
        self._number = {key: at for at, key in enumerate(keys)}
        self._reasons = {reason for reason, _ in keys}
        policy = Policy.default()
        self._to_even = -log2(sum(2 ** policy.prior.of(one) for one in Hypothesis))
        self.fraud = np.array([case.fraud for case in cases], dtype=np.float64)
        self.share = np.array([case.share for case in cases])
        rows: list[tuple[int, int, int, float, float]] = []
        strands: list[tuple[int, float, int]] = []
        for at, case in enumerate(cases):
            for hypothesis, imitates in _strands(case):
                prior = policy.prior.of(hypothesis) - (log2(max(1, case.size)) if imitates else 0.0)
                rows += self._rows(case, hypothesis, imitates, strand=len(strands))
                strands.append((at, prior, self._number["quiet", hypothesis.value]))
        self._case, self._prior, self._quiet = (np.array(column) for column in zip(*strands, strict=True))
        strand, group, number, unit, fixed = (np.array(column) for column in zip(*rows, strict=True))
        self._strand, self._key, self._unit, self._fixed = strand, number, unit, fixed
        # A group of a strand is one run of rows; of each run one finding counts.
        self._runs = np.flatnonzero(np.diff(strand, prepend=-1) | np.diff(group, prepend=-1))
        self._run_of = np.repeat(np.arange(len(self._runs)), np.diff(np.append(self._runs, len(strand))))
        self._first = np.flatnonzero(np.diff(self._case, prepend=-1))

    def _rows(
        self, case: Case, hypothesis: Hypothesis, imitates: str | None, *, strand: int
    ) -> Iterator[tuple[int, int, int, float, float]]:
        groups: defaultdict[tuple[str, bool], list[Finding]] = defaultdict(list)
        for finding in case.findings:
            if finding.hypothesis is hypothesis and finding.imitates in {None, imitates}:
                groups[GROUP_OF_REASON.get(finding.reason, finding.reason.value), finding.weight > 0].append(finding)
        for group, members in enumerate(groups.values()):
            for one in members:
                free = one.reason.value in self._reasons
                number = self._number[one.reason.value, hypothesis.value] if free else -1
                yield strand, group, number, one.weight if free else 0.0, 0.0 if free else one.weight

    def _odds(self, bits: Floats) -> tuple[Floats, Floats, Numbers]:
        """Log-odds of every case at even odds; of every strand the probability; and which rows count."""
        weights = self._fixed + self._unit * np.append(bits, 0.0)[self._key]
        strongest = np.maximum.reduceat(np.abs(weights), self._runs)
        candidates = np.flatnonzero(np.abs(weights) >= strongest[self._run_of])
        counted = candidates[np.unique(self._run_of[candidates], return_index=True)[1]]
        odds = self._prior + bits[self._quiet] + np.bincount(self._strand[counted], weights[counted], minlength=len(self._prior))
        each = 1 / (1 + np.exp2(-np.minimum(odds, _CAP_BITS)))
        nothing_wrong = np.add.reduceat(np.log1p(-each), self._first)
        return (np.log(-np.expm1(nothing_wrong)) - nothing_wrong) / _LN2 + self._to_even, each, counted

    def stated(self, bits: Floats) -> Floats:
        """What would be stated of every case if every second transfer were fraud."""
        return np.asarray(1 / (1 + np.exp2(-self._odds(bits)[0])), dtype=np.float64)

    def surprise(self, bits: Floats) -> tuple[float, Floats]:
        """Nats of surprise at what happened, in the mean, and their slope in every weight."""
        odds, each, counted = self._odds(bits)
        seen = np.exp2(odds)
        raised = np.log(seen + self._unseen)
        value = float(self.share @ (np.logaddexp(0.0, raised) - self.fraud * raised))
        pull = self.share * (1 / (1 + np.exp(-raised)) - self.fraud) * _LN2 * seen / (seen + self._unseen)
        by_case = pull * (1 + np.exp2(self._to_even - odds))
        by_strand = by_case[self._case] * each
        slope = np.bincount(self._quiet, by_strand, minlength=len(self._keys))
        free = counted[self._key[counted] >= 0]
        slope += np.bincount(self._key[free], by_strand[self._strand[free]] * self._unit[free], minlength=len(self._keys))
        return value, np.asarray(slope, dtype=np.float64)


def _strands(case: Case) -> list[tuple[Hypothesis, str | None]]:
    resembled = sorted({one.imitates for one in case.findings if one.imitates})
    return [(Hypothesis.IMPOSTURE, account) for account in resembled] + [
        (one, None) for one in Hypothesis if one is not Hypothesis.IMPOSTURE
    ]
