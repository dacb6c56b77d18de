# SPDX-License-Identifier: Apache-2.0
"""What we hand back: an outcome, why, how much of the name, and what the sender must do.

Wording is not here: a finding carries a reason code, and `transferguard.wording` has the sentences. Two views leave this file:
`Decision.to_json` for operators, and `Decision.sender_view` for the sender's screen.

Rule owned here (design, rule 6): the sender's view holds what the sender already sees, our own words, and the mask. No
probability, weight, verified name of anybody else, linked account, report, takeover or flow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from transferguard import wording
from transferguard.calling import demand
from transferguard.codes import Disclosure, Hypothesis, MatchResult, Outcome, Reason, Step

__all__ = [
    "MAX_WARNINGS",
    "SCHEMA_VERSION",
    "Comparison",
    "Decision",
    "Disclosure",
    "Finding",
    "Hypothesis",
    "Mark",
    "MatchResult",
    "Outcome",
    "Reason",
    "Region",
    "SeenProfile",
    "ShownName",
    "Step",
]

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer of one signal.

    Args:
        reason: Code of what was found.
        hypothesis: What it speaks about; None for a hard fact, which speaks for itself.
        imitates: Account id of the senior contact concerned; None where the finding is about nobody else.
        weight: Bits; positive speaks for fraud. 0 for a hard fact.
        detail: Machine-readable circumstances; never a verified name.
        at_least: The mildest outcome that this fact allows; PROCEED for evidence.
        visible: Whether it rests only on what the sender sees anyway; False for one that rests on a verified name.
    """

    reason: Reason
    hypothesis: Hypothesis | None = None
    imitates: str | None = None
    weight: float = 0.0
    detail: Mapping[str, Any] = field(default_factory=dict)
    at_least: Outcome = Outcome.PROCEED
    visible: bool = True

    @classmethod
    def fact(cls, reason: Reason, at_least: Outcome, **detail: Any) -> Self:  # noqa: ANN401 - JSON values
        """A finding that is certain: it weighs nothing and has a floor of its own."""
        return cls(reason=reason, at_least=at_least, detail=detail)

    @classmethod
    def spread(
        cls,
        reason: Reason,
        weights: Mapping[Hypothesis, float],
        *,
        share: float = 1.0,
        imitates: str | None = None,
        visible: bool = True,
        **detail: Any,  # noqa: ANN401 - JSON values
    ) -> Iterator[Self]:
        """One finding per hypothesis that the policy gives this reason bits for.

        Args:
            reason: What was found.
            weights: Bits per hypothesis, from the policy.
            share: 0 to 1: how much of those bits this case deserves.
            imitates: The senior contact concerned, if any.
            visible: Whether it rests only on what the sender sees anyway.
            detail: Machine-readable circumstances.
        """
        for hypothesis, bits in weights.items():
            if bits * share:
                yield cls(reason=reason, hypothesis=hypothesis, imitates=imitates, weight=bits * share, detail=detail, visible=visible)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownName:
    """How much of the recipient's verified name the sender sees.

    Args:
        level: Hidden, masked or full.
        text: What to show; empty when hidden.
    """

    level: Disclosure
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenProfile:
    """A profile as the sender's own screen shows it.

    Args:
        account: Account id.
        display_name: Chosen by its owner, isolated and length-bounded.
        remark: The sender's own label; empty when there is none.
    """

    account: str
    display_name: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters of the recipient's name that differ from the imitated one.

    Args:
        at: First code point, counted in `SeenProfile.display_name` (or remark, when `field` says so).
        length: How many code points; 0 where something was left out.
        trick: Machine-readable kind of change.
        field: Which of the recipient's names: display_name or remark.
    """

    at: int
    length: int
    trick: str
    field: str = "display_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Which part of the recipient's picture shows which part of the imitated one.

    Args:
        change: Machine-readable kind of change: mirrored, cropped, framed.
        recipient: Left, top, right, bottom as fractions 0 to 1 of the recipient's picture.
        imitated: The same in the imitated contact's picture.
    """

    change: str
    recipient: tuple[float, float, float, float]
    imitated: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Whom the recipient resembles, side by side.

    Args:
        recipient: Who is about to be paid.
        imitated: The contact who is resembled; None when only facts that the sender does not see point at somebody.
        marks: Where the names differ.
        regions: Where the pictures agree.
    """

    recipient: SeenProfile
    imitated: SeenProfile | None = None
    marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The guard's answer for one transfer.

    Args:
        id: Derived from evidence and policy: the same evidence gives the same id.
        transfer_id: The host's id.
        outcome: What is asked for.
        probability: That something is wrong, 0 to 1, all hypotheses together; rounded to 4 decimals.
        shown_name: How much of the verified name.
        findings: Strongest first.
        steps: What the sender must do, in order.
        retry_at: When a wait ends; None when time changes nothing.
        unavailable: Facts that could not be had, as `fact: why`.
        policy: Digest of the policy applied.
        comparison: What the sender may see side by side.
        binding: Digest of pair, names and pictures; an acknowledgement holds for this and nothing else.
    """

    id: str
    transfer_id: str
    outcome: Outcome
    probability: float
    shown_name: ShownName
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    retry_at: datetime | None
    unavailable: tuple[str, ...]
    policy: str
    comparison: Comparison
    binding: str

    def to_dict(self) -> dict[str, Any]:
        """The operator's whole view as plain JSON values, schema 1."""
        return {
            "schema": SCHEMA_VERSION,
            "id": self.id,
            "transfer_id": self.transfer_id,
            "outcome": self.outcome.value,
            "probability": self.probability,
            "shown_name": {"level": self.shown_name.level.value, "text": self.shown_name.text},
            "findings": [_finding_view(finding) for finding in self.findings],
            "steps": [step.value for step in self.steps],
            "retry_at": _instant_view(self.retry_at),
            "unavailable": list(self.unavailable),
            "policy": self.policy,
            "comparison": _comparison_view(self.comparison),
            "binding": self.binding,
        }

    def to_json(self) -> str:
        """The operator's whole view; the same decision gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))

    def sender_view(self, locale: str = "en") -> dict[str, Any]:
        """All that may leave for the sender's screen.

        Args:
            locale: BCP 47 tag, such as "zh-Hans"; an unknown one falls back to English.

        Returns:
            Plain JSON values. `warnings` are our own sentences (`id`, `text`, `params`), strongest first; names stand only in
            `comparison`, as separate fields.
        """
        demand(locale, str, "locale", remedy="give a BCP 47 tag such as zh-Hans")
        return {
            "schema": SCHEMA_VERSION,
            "decision_id": self.id,
            "transfer_id": self.transfer_id,
            "outcome": self.outcome.value,
            "shown_name": {"level": self.shown_name.level.value, "text": self.shown_name.text},
            "steps": [step.value for step in self.steps],
            "retry_at": _instant_view(self.retry_at),
            "warnings": [wording.warning(message, locale) for message in self.warning_ids()],
            "comparison": _comparison_view(self.comparison),
        }

    def warning_ids(self) -> tuple[str, ...]:
        """Which of our sentences the sender should read, strongest first; none under PROCEED."""
        if self.outcome is Outcome.PROCEED:
            return ()
        # A refusal rests on facts alone: whatever else is odd would only blur why.
        mildest = Outcome.REFUSE if self.outcome is Outcome.REFUSE else Outcome.PROCEED
        speakable = dict.fromkeys(
            finding.reason.value
            for finding in sorted(self.findings, key=lambda finding: -finding.at_least.severity)
            if finding.at_least >= mildest
            and finding.reason in _SPEAKABLE
            and (finding.weight > 0 or finding.at_least > Outcome.PROCEED)
            and finding.visible
        )
        return tuple(speakable)[:MAX_WARNINGS] or ("take_care",)


def _finding_view(finding: Finding) -> dict[str, Any]:
    return {
        "reason": finding.reason.value,
        "hypothesis": finding.hypothesis and finding.hypothesis.value,
        "imitates": finding.imitates,
        "weight": finding.weight,
        "at_least": finding.at_least.value,
        "detail": dict(finding.detail),
    }


def _instant_view(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def _comparison_view(comparison: Comparison) -> dict[str, Any]:
    def profile(seen: SeenProfile) -> dict[str, str]:
        return {"account": seen.account, "display_name": seen.display_name, "remark": seen.remark}

    return {
        "recipient": profile(comparison.recipient),
        "imitated": comparison.imitated and profile(comparison.imitated),
        "marks": [{"at": mark.at, "length": mark.length, "trick": mark.trick, "field": mark.field} for mark in comparison.marks],
        "regions": [
            {"change": region.change, "recipient": list(region.recipient), "imitated": list(region.imitated)}
            for region in comparison.regions
        ],
    }


MAX_WARNINGS: Final = 3
"""Sentences on one screen; people stop reading long before (33 % of people say they read bank warnings)."""

_SPEAKABLE: Final = frozenset(
    {
        Reason.LOOKALIKE_NAME,
        Reason.LOOKALIKE_AVATAR,
        Reason.DISPLACED_CONTACT,
        Reason.ROLE_NAME,
        Reason.MALFORMED_NAME,
        Reason.UNVERIFIED,
        Reason.SENDER_UNVERIFIED,
        Reason.SENDER_FROZEN,
        Reason.SENDER_CLOSED,
        Reason.SENDER_DOWNGRADED,
        Reason.DOWNGRADED,
        Reason.RECEIPTS_RESTRICTED,
        Reason.FROZEN,
        Reason.CLOSED,
        Reason.STRANGER,
        Reason.NEW_CONTACT,
        Reason.FIRST_TRANSFER,
        Reason.RECENT_PROFILE_CHANGE,
        Reason.SPLIT_AMOUNTS,
        Reason.MONEY_REQUEST,
        Reason.PURPOSE_MISMATCH,
        Reason.UNUSUAL_AMOUNT,
        Reason.REAL_NAME_STATUS_MISSING,
        Reason.NAME_NOT_SHOWN,
        Reason.CIRCLE_MISSING,
    }
)
"""Reasons that may be told to the sender. Verified names, linked identities, reports, takeover and flow never are (rule 6)."""
