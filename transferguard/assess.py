# SPDX-License-Identifier: Apache-2.0
"""The one pure entry: evidence and policy in, decision out. Nothing is fetched, no clock is read, nothing is random.

The steps, in order; each is repeated as a comment beside its code:

    1. Ask every signal.
    2. Weigh the findings into one probability.
    3. The outcome is the strictest of: what the facts demand, and what the probability reaches.
    4. A challenge needs a name to compare with; without one the transfer waits instead.
    5. Grant as much of the verified name as the table allows.
    6. A large payment is never made blind: when the full name is due and cannot be shown, the transfer waits; where a provider can
       say whether a name is the account's, the sender types it instead.
    7. Say what the sender must do, and put side by side what the sender may see.
    8. Derive the id from all of it.

Rules owned here (design): 8, the same evidence, policy and clock give a byte-identical decision; 11, evidence leads to DELAY at
most and facts alone refuse; 12, step 6.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from transferguard.comparison import MAX_VERIFIED, compare_on_screen, for_market, on_screen
from transferguard.decision import Decision, Disclosure, Finding, Hypothesis, Outcome, Reason, ShownName, Step
from transferguard.disclosure import extent, full_name_due, show
from transferguard.evidence import Evidence, Written, missing_facts, wait_is_served
from transferguard.model import RealNameStatus, Unavailable
from transferguard.policy import Policy
from transferguard.signals import SIGNALS
from transferguard.weigh import Verdict, weigh

STEPS_OF_OUTCOME: Final[dict[Outcome, tuple[Step, ...]]] = {
    Outcome.PROCEED: (),
    Outcome.WARN: (Step.ACKNOWLEDGE,),
    Outcome.CHALLENGE: (Step.ACKNOWLEDGE, Step.TYPE_HIDDEN_NAME),
    Outcome.DELAY: (Step.ACKNOWLEDGE, Step.WAIT, Step.CHECK_AGAIN),
    Outcome.REFUSE: (Step.APPEAL,),
}
"""What the sender must do, in order."""

WEIGHT_DECIMALS: Final = 2
PROBABILITY_DECIMALS: Final = 4


def assess(evidence: Evidence, policy: Policy, *, written: Written | None = None) -> Decision:
    """Should this transfer go on, and what must the sender see and do first?

    Args:
        evidence: Everything that is known; gathered beforehand.
        policy: Every number that a host may turn.
        written: The evidence as it is kept, if somebody needs it anyway: to write it costs a tenth of a decision.
    """
    # 1. Ask every signal.
    findings = list(find(evidence, policy))
    # 2. Weigh.
    verdict = weigh(findings, _size(evidence), policy)
    # 3. Facts demand, evidence reaches; 4. a challenge needs a name.
    demanded = max((finding.at_least for finding in findings), default=Outcome.PROCEED)
    waited = wait_is_served(evidence)
    reached = outcome_of(verdict, policy, waited=waited)
    outcome = max(answerable(demanded, evidence, waited=False), answerable(reached, evidence, waited=waited))
    # 5. Disclosure.
    shown = _shown(evidence, policy, outcome)
    # 6. Never blind.
    if blind := _blind(evidence, policy):
        findings.append(blind)
        outcome = max(outcome, blind.at_least)
        shown = _shown(evidence, policy, outcome)
    # 7. What to do, what to see.
    ranked = ranked_findings(findings)
    return Decision(
        id=_decision_id(written.clocked if written else evidence.digest(with_clock=True), policy),
        transfer_id=evidence.transfer.id,
        outcome=outcome,
        probability=round(verdict.probability, PROBABILITY_DECIMALS),
        shown_name=shown,
        findings=ranked,
        steps=STEPS_OF_OUTCOME[outcome],
        retry_at=_retry_at(evidence, policy, outcome),
        unavailable=missing_facts(evidence),
        policy=policy.digest,
        comparison=for_market(policy.profile, compare_on_screen(evidence, ranked if outcome > Outcome.PROCEED else (), verdict)),
        binding=binding_of(evidence),
    )


def find(evidence: Evidence, policy: Policy) -> list[Finding]:
    """What every signal has to say, and whether the circle could be compared at all."""
    findings = [finding for signal in SIGNALS for finding in signal(evidence, policy)]
    if isinstance(evidence.resemblances, Unavailable) and policy.missing.circle > Outcome.PROCEED:
        findings.append(Finding.fact(Reason.CIRCLE_MISSING, policy.missing.circle))
    return findings


def outcome_of(verdict: Verdict, policy: Policy, *, waited: bool = False) -> Outcome:
    """Which outcome does the probability reach? At most DELAY.

    Typing the name exposes an impostor, because the mule's name is another. It does not expose a hijacked friend, a mule or a
    seller of worthless courses, whose names fit: for those a wait is what helps.

    Args:
        verdict: Probabilities per hypothesis and in all.
        policy: The thresholds.
        waited: Whether the sender has served that wait already.
    """
    if not waited and verdict.of(Hypothesis.TAKEOVER, Hypothesis.MULE, Hypothesis.SCAM) >= policy.threshold.delay:
        return Outcome.DELAY
    if verdict.probability >= policy.threshold.challenge:
        return Outcome.CHALLENGE
    if verdict.probability >= policy.threshold.warn:
        return Outcome.WARN
    return Outcome.PROCEED


def answerable(outcome: Outcome, evidence: Evidence, *, waited: bool) -> Outcome:
    """The outcome itself; in place of a challenge that has no name to compare with a wait, or a warning once that was served."""
    named = evidence.name.checkable or not isinstance(evidence.recipient.verified_name, Unavailable)
    if outcome is not Outcome.CHALLENGE or named:
        return outcome
    return Outcome.WARN if waited else Outcome.DELAY


def ranked_findings(findings: list[Finding]) -> tuple[Finding, ...]:
    """Strongest first, weights rounded for the reader; ties in an order that never changes."""
    rounded = [_with_weight(finding, round(finding.weight, WEIGHT_DECIMALS) + 0.0) for finding in findings]
    return tuple(
        sorted(
            rounded,
            key=lambda finding: (
                -finding.weight,
                -finding.at_least.severity,
                finding.reason,
                finding.hypothesis or "",
                finding.imitates or "",
            ),
        )
    )


def _with_weight(finding: Finding, weight: float) -> Finding:
    """The finding itself where it weighs so much already; minus nothing is nothing."""
    return finding if finding.weight == weight != 0 and isinstance(finding.weight, float) else replace(finding, weight=weight)


def _size(evidence: Evidence) -> int:
    return 1 if isinstance(evidence.circle_size, Unavailable) else evidence.circle_size


def is_large(evidence: Evidence, policy: Policy) -> bool:
    """Whether today's total towards this person, this transfer included, reaches the full-name threshold."""
    before = 0 if isinstance(evidence.today, Unavailable) else evidence.today.minor
    return before + evidence.transfer.money.minor >= policy.full_name_threshold(evidence.transfer.money.currency).minor


def _shown(evidence: Evidence, policy: Policy, outcome: Outcome) -> ShownName:
    name = evidence.recipient.verified_name
    if isinstance(name, Unavailable):
        return ShownName(level=Disclosure.HIDDEN)
    granted = extent(policy.profile, outcome, large=is_large(evidence, policy), match=evidence.name.fit)
    shown = show(name, min(granted, evidence.may_show, key=lambda level: level.extent))
    text = on_screen(shown.text, MAX_VERIFIED)
    return shown if text == shown.text else replace(shown, text=text)


def _blind(evidence: Evidence, policy: Policy) -> Finding | None:
    """The fact that the full name is due and cannot be had, or the budget forbids it; a host without real names has none to show."""
    recipient = evidence.recipient
    forbidden = evidence.may_show is not Disclosure.FULL
    absent = isinstance(recipient.verified_name, Unavailable) and recipient.real_name_status is not RealNameStatus.NOT_OFFERED
    if not (forbidden or absent) or not full_name_due(policy.profile, large=is_large(evidence, policy)):
        return None
    # A provider that is match only can say whether the name that the sender types is the account's: then nobody pays blindly.
    asks = evidence.name.checkable and not forbidden
    return Finding.fact(Reason.NAME_NOT_SHOWN, Outcome.CHALLENGE if asks else policy.missing.full_name)


def _retry_at(evidence: Evidence, policy: Policy, outcome: Outcome) -> datetime | None:
    if outcome is not Outcome.DELAY:
        return None
    waited = evidence.now + timedelta(minutes=policy.spans.delay_minutes)
    return max(waited, evidence.affordable_at) if isinstance(evidence.affordable_at, datetime) else waited


def binding_of(evidence: Evidence) -> str:
    """Digest of what an acknowledgement is about: the pair, the names and the picture (rule 10)."""
    recipient, remark = evidence.recipient, evidence.tie.remark
    parts = (
        evidence.transfer.sender,
        recipient.id,
        recipient.display_name,
        remark if isinstance(remark, str) else "",
        recipient.name_key,
        evidence.picture_digest,
    )
    # Lengths keep ("ab", "c") apart from ("a", "bc"); surrogatepass because a hostile name may hold lone surrogates.
    joined = b"".join(len(raw).to_bytes(8, "big") + raw for raw in (part.encode("utf-8", "surrogatepass") for part in parts))
    return "sha256:" + hashlib.sha256(joined).hexdigest()


def _decision_id(evidence_digest: str, policy: Policy) -> str:
    # 8. Derived from all of it: the same question about the same facts has the same id.
    digest = hashlib.sha256(f"{evidence_digest} {policy.digest}".encode("ascii")).hexdigest()
    return f"d-{digest[:32]}"
