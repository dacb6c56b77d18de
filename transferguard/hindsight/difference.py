# SPDX-License-Identifier: Apache-2.0
"""What would another policy have said about the same evidence, and for whom does that matter?

"Stopped" is a challenge or more: the sender cannot go on by reading a warning. The reason is what speaks loudest in the stricter of
the two decisions, because that is what the sender would be stopped by, or is stopped by today.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from transferguard.codes import Label, Outcome
from transferguard.decision import Decision

STOPPED_FROM: Final = Outcome.CHALLENGE


class Direction(StrEnum):
    """Which way a decision moves."""

    NEWLY_STOPPED = "newly_stopped"
    LET_THROUGH = "let_through"
    NEWLY_WARNED = "newly_warned"
    NO_LONGER_WARNED = "no_longer_warned"
    STRICTER = "stricter"
    MILDER = "milder"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two answers to one question.

    Args:
        decision_id: The recorded decision.
        transfer_id: The transfer it was about.
        live: What was said.
        candidate: What the other policy says.
        live_probability: That something is wrong, as it was stated.
        candidate_probability: As the other policy states it.
        reason: Code of what speaks loudest in the stricter of the two; empty where nothing was found.
        label: What the transfer turned out to be; None when nobody said.
    """

    decision_id: str
    transfer_id: str
    live: Outcome
    candidate: Outcome
    live_probability: float
    candidate_probability: float
    reason: str
    label: Label | None = None

    @property
    def direction(self) -> Direction:
        """Which way the decision moves."""
        return _direction(self.live, self.candidate)

    @property
    def is_worse(self) -> bool:
        """Whether the candidate moves away from what the transfer turned out to be."""
        if self.label is None:
            return False
        return self.candidate < self.live if self.label.is_fraud else self.candidate > self.live

    @property
    def telling(self) -> tuple[bool, bool, int, float, str]:
        """Sort key: what a reader should see first is largest.

        Known mistakes, then who is newly stopped or let through, then long jumps, then large changes of probability.
        """
        crosses = self.direction in {Direction.NEWLY_STOPPED, Direction.LET_THROUGH}
        jump = abs(self.candidate.severity - self.live.severity)
        return self.is_worse, crosses, jump, abs(self.candidate_probability - self.live_probability), self.decision_id


def difference(live: Decision, candidate: Decision, label: Label | None = None) -> Difference:
    """The two decisions side by side.

    Args:
        live: What was said.
        candidate: What the other policy says about the same evidence.
        label: What the transfer turned out to be.
    """
    stricter = candidate if (candidate.outcome.severity, candidate.probability) > (live.outcome.severity, live.probability) else live
    return Difference(
        decision_id=live.id,
        transfer_id=live.transfer_id,
        live=live.outcome,
        candidate=candidate.outcome,
        live_probability=live.probability,
        candidate_probability=candidate.probability,
        reason=loudest(stricter),
        label=label,
    )


def loudest(decision: Decision) -> str:
    """Code of the fact that demands this outcome, else of the strongest finding; empty where nothing speaks against the transfer."""
    demanding = [finding for finding in decision.findings if finding.at_least is decision.outcome and decision.outcome > Outcome.PROCEED]
    speaking = demanding or [finding for finding in decision.findings if finding.weight > 0]
    return speaking[0].reason.value if speaking else ""


def _direction(live: Outcome, candidate: Outcome) -> Direction:
    if candidate is live:
        return Direction.SAME
    if (live >= STOPPED_FROM) is not (candidate >= STOPPED_FROM):
        return Direction.NEWLY_STOPPED if candidate >= STOPPED_FROM else Direction.LET_THROUGH
    if live < STOPPED_FROM:
        return Direction.NEWLY_WARNED if candidate > live else Direction.NO_LONGER_WARNED
    return Direction.STRICTER if candidate > live else Direction.MILDER
