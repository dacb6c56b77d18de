# SPDX-License-Identifier: Apache-2.0
"""From findings to one probability.

    log-odds(imposture of c) = prior + quiet - log2(N) + name + avatar + circumstances, for each senior contact c of a circle of N
    log-odds(takeover), (mule), (scam) = prior + quiet + circumstances
    p = 1 - product(1 - p_h), and then the policy's correction of what such sums turned out to mean

`quiet` is what the silence of all signals weighs: most fraud shows in some of them. A finding's weight takes it back.

Dependent findings stand in one group: of what speaks for fraud the strongest in the group counts, and so does the strongest of
what speaks against it; across groups they add (Fellegi and Sunter 1969, with groups in place of conditional independence).

Rule owned here (design, rule 4): more evidence for fraud never lowers the result. A finding about imposture that names nobody
applies to every contact who is resembled, and to nobody when none is. That nobody asks for money makes a chance likeness of a faint
one, and is no alibi for a clear one, because a thief can ask by voice: it fades out where a warning begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import expm1, inf, log1p, log2
from typing import Final

from transferguard.decision import Finding, Hypothesis, Reason
from transferguard.policy import Policy

GROUP_OF_REASON: Final[Mapping[Reason, str]] = {
    Reason.LOOKALIKE_NAME: "name",
    Reason.MALFORMED_NAME: "name",
    Reason.STRANGER: "acquaintance",
    Reason.NEW_CONTACT: "acquaintance",
    Reason.FIRST_TRANSFER: "acquaintance",
    Reason.NEW_ACCOUNT: "freshness",
    Reason.RECENT_PROFILE_CHANGE: "freshness",
    Reason.CONVERGING_PROFILE: "freshness",
    Reason.RECIPIENT_TAKEOVER: "sign-in",
    Reason.DORMANT_AWAKENED: "sign-in",
    Reason.SPLIT_AMOUNTS: "amount",
    Reason.UNUSUAL_AMOUNT: "amount",
    Reason.MONEY_REQUEST: "talk",
    Reason.PURPOSE_MISMATCH: "talk",
}
"""Which findings say the same thing twice; a reason that stands nowhere is a group of its own."""


_HYPOTHESES: Final = tuple(Hypothesis)
_WITHOUT_VICTIM: Final = tuple(one for one in Hypothesis if one is not Hypothesis.IMPOSTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One hypothesis, weighed.

    Args:
        hypothesis: Which.
        imitates: Whose imposture; None for the other hypotheses.
        prior: Bits before any finding: the prior, what silence weighs, and the size of the circle taken off.
        counted: Findings that count, one or two per group.
        log_odds: Bits in all.
        correction: Bits by which such a sum turned out to mean more, or less.
    """

    hypothesis: Hypothesis
    imitates: str | None
    prior: float
    counted: tuple[Finding, ...]
    log_odds: float
    correction: float = 0.0

    @property
    def probability(self) -> float:
        """Of this hypothesis alone, 0 to 1."""
        return probability_of(self.log_odds + self.correction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All hypotheses, weighed.

    Args:
        strands: Likeliest first.
        log_odds: Bits of all strands together.
        correction: Bits by which such a sum turned out to mean more, or less.
        probability: That something is wrong, 0 to 1.
    """

    strands: tuple[Strand, ...]
    log_odds: float
    correction: float
    probability: float

    def of(self, *hypotheses: Hypothesis) -> float:
        """The largest probability among these hypotheses."""
        return max((strand.probability for strand in self.strands if strand.hypothesis in hypotheses), default=0.0)


def weigh(findings: Iterable[Finding], circle_size: int, policy: Policy) -> Verdict:
    """How likely is it that something is wrong?

    Args:
        findings: Any order; facts weigh nothing.
        circle_size: Number of people the sender chose; at least 1 is used.
        policy: The priors.
    """
    evidence = [finding for finding in findings if finding.hypothesis]
    resembled = sorted({finding.imitates for finding in evidence if finding.imitates})
    per_person = policy.prior.imposture + policy.quiet.imposture - log2(max(1, circle_size))
    strands = [_without_alibi(_strand(Hypothesis.IMPOSTURE, account, per_person, evidence), policy) for account in resembled]
    strands += [_strand(other, None, policy.prior.of(other) + policy.quiet.of(other), evidence) for other in _WITHOUT_VICTIM]
    strands.sort(key=lambda strand: (-strand.log_odds, strand.hypothesis, strand.imitates or ""))
    # In logarithms, so that a thousand tiny probabilities neither vanish nor add up to more than one.
    nothing_wrong = sum(log1p(-strand.probability) if strand.probability < 1 else -inf for strand in strands)
    # Where a double can hold neither the doubt nor the rest of it, the likeliest strand speaks for all.
    log_odds = log2(expm1(-nothing_wrong)) if -_CERTAIN_BITS < nothing_wrong < 0 else strands[0].log_odds
    start = prior_together(policy)
    more = policy.correction.at(log_odds - start)
    return Verdict(
        strands=tuple(_corrected(strand, policy.correction.at(strand.log_odds - start)) for strand in strands),
        log_odds=log_odds,
        correction=more,
        probability=probability_of(log_odds + more) if more else -expm1(nothing_wrong),
    )


def _corrected(strand: Strand, bits: float) -> Strand:
    return replace(strand, correction=bits) if bits else strand


def prior_together(policy: Policy) -> float:
    """Log2 odds of all hypotheses together before any evidence: the sum from which a correction counts."""
    return log2(sum(2 ** policy.prior.of(hypothesis) for hypothesis in _HYPOTHESES))


def _strand(hypothesis: Hypothesis, imitates: str | None, prior: float, evidence: Iterable[Finding]) -> Strand:
    concerned = [finding for finding in evidence if finding.hypothesis is hypothesis and finding.imitates in {None, imitates}]
    counted = _strongest_per_group(concerned)
    return Strand(
        hypothesis=hypothesis,
        imitates=imitates,
        prior=prior,
        counted=counted,
        log_odds=prior + sum(finding.weight for finding in counted),
    )


def _without_alibi(strand: Strand, policy: Policy) -> Strand:
    """The strand with as much of the silence of the talk as leaves every warning where it is."""
    silence = next((finding for finding in strand.counted if finding.reason is Reason.NO_REQUEST), None)
    if silence is None:
        return strand
    heard = strand.log_odds - silence.weight
    start = prior_together(policy)
    warned = policy.correction.undone(log2(policy.threshold.warn / (1 - policy.threshold.warn)) - start) + start
    room = warned - heard
    faded = -min(-silence.weight, max(0.0, room / _FADING))
    counted = (replace(finding, weight=faded) if finding is silence else finding for finding in strand.counted)
    return replace(strand, counted=tuple(sorted(counted, key=_strongest_first)), log_odds=heard + faded)


_FADING: Final = 2.0
"""Bits of room below the least warning for each bit that silence may take: above 1 it keeps the order of likenesses."""


def _strongest_first(finding: Finding) -> tuple[float, str]:
    return -finding.weight, finding.reason


def _strongest_per_group(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    strongest: dict[tuple[str, bool], Finding] = {}
    groups: defaultdict[tuple[str, bool], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[GROUP_OF_REASON.get(finding.reason, finding.reason.value), finding.weight > 0].append(finding)
    for group, members in groups.items():
        strongest[group] = max(members, key=lambda finding: (abs(finding.weight), finding.reason))
    return tuple(sorted(strongest.values(), key=_strongest_first))


def probability_of(log_odds: float) -> float:
    """The probability that these odds mean.

    Args:
        log_odds: Bits (log2).
    """
    if log_odds >= 0:
        return float(1 / (1 + 2**-log_odds)) if log_odds < _CERTAIN_BITS else 1.0
    return float(2**log_odds / (1 + 2**log_odds))


_CERTAIN_BITS: Final = 53
"""Bits of a double's mantissa: beyond them 1 - p is lost."""
