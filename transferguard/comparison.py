# SPDX-License-Identifier: Apache-2.0
"""What may stand side by side on the sender's screen?

Only what the sender sees anyway: remarks, display names, pictures, and where the recipient's differ from the imitated contact's. A
likeness to a verified or former name is never marked, because the marks would tell its characters (design, rule 6).

Names are somebody else's text (rule 7): here they are cut to a length and freed of characters that steer a display. Each is
replaced one for one, so that marks stay in place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from unicodedata import category

from transferguard.circle import Resemblance, SeenAs
from transferguard.decision import Comparison, Finding, Mark, Reason, Region, SeenProfile
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Profile
from transferguard.weigh import Verdict

MAX_ON_SCREEN: Final = 64
"""Code points of a name on the screen; chat apps allow 16 to 64 in a nickname."""

MAX_VERIFIED: Final = 140
"""Code points of a verified name on the screen; the longest of the open payee-name rules."""

_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")
"""Needed inside emoji and Persian, and without power over direction."""


def on_screen(text: str, longest: int = MAX_ON_SCREEN) -> str:
    """The text with each character that could steer a display replaced by U+FFFD.

    Args:
        text: Somebody's name.
        longest: Code points after which it is cut.
    """
    cut = text[:longest]
    safe = "".join(mark if mark in _JOINERS or category(mark) not in _UNSAFE else "\ufffd" for mark in cut)
    return safe + ("…" if len(text) > longest else "")


def compare_on_screen(evidence: Evidence, findings: tuple[Finding, ...], verdict: Verdict) -> Comparison:
    """Whom does the recipient most likely imitate, as far as the sender can see it?"""
    remark = evidence.tie.remark
    recipient = _profile(evidence.recipient.id, evidence.recipient.display_name, remark)
    likeness = _likeliest(evidence, findings, verdict)
    if likeness is None:
        return Comparison(recipient=recipient)
    return Comparison(
        recipient=recipient,
        imitated=_profile(likeness.account, likeness.display_name, likeness.remark),
        marks=_marks(likeness),
        regions=_regions(likeness),
    )


def for_market(profile: Profile, comparison: Comparison) -> Comparison:
    """What of it this market allows: in India no name that somebody chose for himself stands on the screen (UPI), only the sender's own."""
    if profile is not Profile.IN:
        return comparison
    imitated = comparison.imitated
    return replace(
        comparison,
        recipient=replace(comparison.recipient, display_name=""),
        imitated=None if imitated is None else replace(imitated, display_name=""),
        marks=tuple(mark for mark in comparison.marks if mark.field == SeenAs.REMARK),
    )


def _profile(account: str, display_name: str, remark: str | Unavailable) -> SeenProfile:
    return SeenProfile(account=account, display_name=on_screen(display_name), remark=on_screen(remark) if isinstance(remark, str) else "")


def _likeliest(evidence: Evidence, findings: tuple[Finding, ...], verdict: Verdict) -> Resemblance | None:
    if isinstance(evidence.resemblances, Unavailable):
        return None
    visible = {
        finding.imitates
        for finding in findings
        if finding.visible and finding.weight > 0 and finding.reason in {Reason.LOOKALIKE_NAME, Reason.LOOKALIKE_AVATAR}
    }
    by_account = {likeness.account: likeness for likeness in evidence.resemblances if not likeness.same_identity}
    ranked = (by_account.get(strand.imitates) for strand in verdict.strands if strand.imitates and strand.imitates in visible)
    return next((likeness for likeness in ranked if likeness), None)


def _marks(likeness: Resemblance) -> tuple[Mark, ...]:
    name = likeness.name
    if name is None or not name.of.visible:
        return ()
    return tuple(
        Mark(at=trick.at, length=trick.length, trick=trick.kind, field=name.seen.value) for trick in name.tricks if trick.at < MAX_ON_SCREEN
    )


def _regions(likeness: Resemblance) -> tuple[Region, ...]:
    # A picture that the contact no longer wears is not on the sender's screen.
    if likeness.avatar is None or likeness.avatar.former:
        return ()
    return tuple(Region(change=change.kind, recipient=change.recipient, imitated=change.member) for change in likeness.avatar.changes)
