# SPDX-License-Identifier: Apache-2.0
"""Refit a policy's weights from what a host's own transfers turned out to be.

What may move: the bits of `weights.*`, by a factor per group of findings that say the same thing, and `quiet`, the bits that silence
weighs. What never moves: hard facts and outcomes, thresholds, priors, what the engines measured about names and pictures, and the
findings on which rules of the design rest (`same_person`, `known_recipient`). The correction of sums stays as well: the fit looks through
it, so that it is counted once.

Priors stay because labels are no fair sample: frauds are reported and honest transfers are not. Weights survive such a sample, the
share of fraud in it says nothing (Prentice and Pyke 1979), so everything is judged on a set rebalanced to half frauds.

"Before" and "after" are measured on transfers of senders whose labels were not used for the fit, in five rounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Final

import numpy as np

from transferguard.assess import find
from transferguard.codes import Label, Reason
from transferguard.errors import TooFewLabels
from transferguard.evidence import Evidence
from transferguard.hindsight.fit import Fitted, Sums, fit
from transferguard.hindsight.quality import Quality, balanced, quality
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.seams import DecisionRecord, Feedback
from transferguard.weigh import GROUP_OF_REASON, Verdict, prior_together, weigh

ENOUGH: Final = 200
"""Labels of either kind that are needed: ten for each of about twenty groups (Peduzzi and others 1996: ten events per fitted number)."""

ENOUGH_OF_GROUP: Final = 20
"""Labelled transfers in which a group must have counted before its factor may move. Chosen."""

ROUNDS: Final = 5
"""Parts into which senders are divided; each is judged by what the others taught."""

KEPT: Final = frozenset({Reason.SAME_PERSON, Reason.KNOWN_RECIPIENT})
"""Reasons whose bits are rules (design, rules 1 and 3), not estimates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One labelled transfer.

    Args:
        evidence: What was known when it was decided.
        fraud: What it turned out to be.
    """

    evidence: Evidence
    fraud: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was learnt.

    Args:
        policy: The refitted policy.
        honest: Labelled transfers that turned out honest.
        fraud: And fraud.
        factors: By group: what its bits are multiplied by.
        counted: By group: in how many labelled transfers it counted.
        shift: Bits added to `quiet`.
        before: Of the policy as it was, on all labelled transfers.
        after: Of what the other senders taught, likewise.
    """

    policy: Policy
    honest: int
    fraud: int
    factors: Mapping[str, float]
    counted: Mapping[str, int]
    shift: float
    before: Quality
    after: Quality

    @property
    def is_better(self) -> bool:
        """Whether what was learnt holds for senders from whom it was not learnt."""
        return self.after.brier < self.before.brier and self.after.surprise <= self.before.surprise

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "schema": 1,
            "policy": self.policy.digest,
            "labels": {"honest": self.honest, "fraud": self.fraud},
            "factors": {group: round(factor, 3) for group, factor in self.factors.items()},
            "counted": dict(self.counted),
            "quiet_shift": round(self.shift, 2),
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "better": self.is_better,
        }


def cases_of(records: Iterable[DecisionRecord], labels: Mapping[str, Feedback]) -> list[Case]:
    """The labelled transfers among these records: each once, by its last labelled decision; those without evidence are left out."""
    found: dict[str, Case] = {}
    for record in records:
        feedback = labels.get(record.decision.id)
        if feedback is not None and record.evidence:
            found[record.transfer.id] = Case(evidence=Evidence.from_json(record.evidence), fraud=feedback.label is not Label.HONEST)
    return list(found.values())


def calibrate(cases: Sequence[Case], policy: Policy) -> Calibration:
    """Refit the weights of this policy.

    Args:
        cases: Labelled transfers.
        policy: Whose weights.

    Raises:
        TooFewLabels: Fewer than `ENOUGH` of either kind.
    """
    fraud = [case.fraud for case in cases]
    if min(sum(fraud), len(fraud) - sum(fraud)) < ENOUGH:
        raise TooFewLabels(len(fraud) - sum(fraud), sum(fraud), ENOUGH)
    groups = _groups(policy)
    learnt = _learn(cases, policy, groups)
    rounds = [_round(case) for case in cases]
    stated: list[float] = [0.0] * len(cases)
    for number in range(ROUNDS):
        others = [case for case, own in zip(cases, rounds, strict=True) if own != number]
        taught = _refitted(policy, groups, _learn(others, policy, groups)) if _both_kinds(others) else policy
        for at, own in enumerate(rounds):
            if own == number:
                stated[at] = stated_at_even_odds(cases[at].evidence, taught)
    counted = _counted(cases, policy, groups)
    return Calibration(
        policy=_refitted(policy, groups, learnt),
        honest=len(fraud) - sum(fraud),
        fraud=sum(fraud),
        factors=dict(zip(groups, learnt.factors, strict=True)),
        counted=dict(zip(groups, counted, strict=True)),
        shift=learnt.shift,
        before=quality([stated_at_even_odds(case.evidence, policy) for case in cases], fraud),
        after=quality(stated, fraud),
    )


def stated_at_even_odds(evidence: Evidence, policy: Policy) -> float:
    """The probability that the policy would state if every second transfer were fraud."""
    verdict = _verdict(evidence, policy)
    inside = min(1 - _SURE, max(_SURE, verdict.probability))
    return float(1 / (1 + 2 ** -(log2(inside / (1 - inside)) - prior_together(policy))))


_SURE: Final = 2.0**-50
"""As near to 0 and 1 as log-odds are computed."""


def _verdict(evidence: Evidence, policy: Policy) -> Verdict:
    size = 1 if isinstance(evidence.circle_size, Unavailable) else evidence.circle_size
    return weigh(find(evidence, policy), size, policy)


def _group(reason: Reason) -> str:
    return GROUP_OF_REASON.get(reason, reason.value)


def _groups(policy: Policy) -> tuple[str, ...]:
    """Groups whose bits are the policy's to give, sorted."""
    return tuple(sorted({_group(reason) for reason in policy.weights if reason not in KEPT}))


def _round(case: Case) -> int:
    """To which part a sender belongs: always the same, and all transfers of one sender together."""
    return hashlib.sha256(case.evidence.sender.id.encode("utf-8")).digest()[0] % ROUNDS


def _both_kinds(cases: Sequence[Case]) -> bool:
    return len({case.fraud for case in cases}) > 1


def _learn(cases: Sequence[Case], policy: Policy, groups: Sequence[str]) -> Fitted:
    counted = _counted(cases, policy, groups)
    return fit(_sums(cases, policy, groups), free=[count >= ENOUGH_OF_GROUP for count in counted], shift="quiet" in policy.to_mapping())


def _sums(cases: Sequence[Case], policy: Policy, groups: Sequence[str]) -> Sums:
    column = {group: at for at, group in enumerate(groups)}
    constant, transfer, rows = [], [], []
    for at, case in enumerate(cases):
        for strand in _verdict(case.evidence, policy).strands:
            bits = np.zeros(len(groups))
            rest = strand.prior
            for finding in strand.counted:
                if finding.reason in policy.weights and finding.reason not in KEPT:
                    bits[column[_group(finding.reason)]] += finding.weight
                else:
                    rest += finding.weight
            constant.append(rest)
            transfer.append(at)
            rows.append(bits)
    fraud = [case.fraud for case in cases]
    return Sums(
        constant=np.array(constant),
        bits=np.array(rows),
        transfer=np.array(transfer, dtype=np.int64),
        fraud=np.array(fraud, dtype=np.float64),
        weight=np.array(balanced(fraud)) * len(cases),
        to_even=-prior_together(policy),
        knots=(policy.correction.sums, policy.correction.bits),
    )


def _counted(cases: Sequence[Case], policy: Policy, groups: Sequence[str]) -> list[int]:
    """In how many transfers each group counted for any hypothesis."""
    seen = [
        {_group(one.reason) for strand in _verdict(case.evidence, policy).strands for one in strand.counted if one.reason not in KEPT}
        for case in cases
    ]
    return [sum(group in found for found in seen) for group in groups]


def _refitted(policy: Policy, groups: Sequence[str], learnt: Fitted) -> Policy:
    """The policy with the factors and the shift in its numbers, rounded to 0.01 bit."""
    factor = dict(zip(groups, learnt.factors, strict=True))
    tables = policy.to_mapping()
    tables["weights"] = {
        reason.value: {
            hypothesis.value: bits if reason in KEPT else round(bits * factor[_group(reason)], 2) for hypothesis, bits in weights.items()
        }
        for reason, weights in policy.weights.items()
    }
    if "quiet" in tables:
        tables["quiet"] = {name: round(bits + learnt.shift, 2) for name, bits in tables["quiet"].items()}
    return Policy.from_mapping(tables)
