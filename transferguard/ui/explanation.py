# SPDX-License-Identifier: Apache-2.0
"""Everything that explains one decision, put together for operators: what was decided, how it adds up, whether it replays.

No verified name is in it, shown or not: of the name that the sender saw it keeps the level, and the mask where that was all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from transferguard.decision import Disclosure
from transferguard.errors import InvalidInput
from transferguard.evidence import Evidence
from transferguard.hindsight import Replay, replay
from transferguard.policy import Policy
from transferguard.seams import DecisionRecord, Feedback
from transferguard.ui.adding_up import AddingUp, adding_up
from transferguard.ui.screen_text import drawable
from transferguard.ui.waterfall import Waterfall
from transferguard.wording import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One decision, explained.

    Args:
        record: What was decided, with the evidence.
        evidence: The same evidence, read.
        policy: Under which it was decided.
        sums: How it adds up.
        replayed: Whether it comes out again.
        label: What the transfer turned out to be; None when nobody said.
    """

    record: DecisionRecord = field(repr=False)
    evidence: Evidence = field(repr=False)
    policy: Policy = field(repr=False)
    sums: AddingUp
    replayed: Replay = field(repr=False)
    label: Feedback | None = None

    def people(self) -> tuple[str, ...]:
        """Account ids of the recipient and of whom it resembles most, for their pictures."""
        imitated = self.imitated()
        return (self.record.transfer.recipient, *([imitated] if imitated else []))

    def imitated(self) -> str | None:
        """Whose imposture is likeliest; None when nobody is resembled."""
        compared = self.record.decision.comparison.imitated
        if compared is not None:
            return compared.account
        return next((column.imitates for column in self.sums.columns if column.imitates), None)

    def headline(self) -> str:
        """One line: outcome, amount, and between whom."""
        transfer = self.record.transfer
        parties = f"from {drawable(transfer.sender)} to {drawable(transfer.recipient)}"
        return f"{self.record.decision.outcome.value.upper()}: {money(transfer.money)} {parties}"

    def replay_line(self) -> str:
        """Whether the record replays, in words."""
        if self.replayed.is_same:
            return "replays byte for byte from its recorded evidence"
        fields = ", ".join(self.replayed.differs_in)
        return f"does not replay byte for byte: this version differs in {fields} and says {self.replayed.decision.outcome.value}"

    def shown_name_line(self) -> str:
        """How much of the verified name the sender saw; the mask itself where that was all."""
        shown = self.record.decision.shown_name
        return f"masked, {drawable(shown.text)}" if shown.level is Disclosure.MASKED else shown.level.value

    def for_terminal(self) -> Iterator[RenderableType]:
        """Parts to print with a rich console."""
        decision = self.record.decision
        yield Text(self.headline(), style="bold")
        yield Text(f"transfer {drawable(decision.transfer_id)}, decision {decision.id}, {self.record.decided_at.isoformat()}", style="dim")
        yield Text(f"policy {decision.policy[:19]}, {self.replay_line()}", style="dim")
        if self.label is not None:
            yield Text(f"turned out to be: {self.label.label.value}", style="bold")
        yield Text()
        yield Waterfall(evidence=self.evidence, policy=self.policy, decision=decision)

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values; the text of a name that was shown in full is left out."""
        decision = self.record.decision.to_dict()
        if self.record.decision.shown_name.level is Disclosure.FULL:
            decision["shown_name"] = {"level": Disclosure.FULL.value, "text": ""}
        return {
            "schema": 1,
            "decided_at": self.record.decided_at.isoformat().replace("+00:00", "Z"),
            "decision": decision,
            "sums": self.sums.to_dict(),
            "replay": {"same": self.replayed.is_same, "differs_in": list(self.replayed.differs_in)},
            "label": self.label and self.label.label.value,
        }


def explanation_of(record: DecisionRecord, policy: Policy, *, label: Feedback | None = None) -> Explanation:
    """The explanation of a recorded decision.

    Args:
        record: With its evidence.
        policy: Under which it was decided.
        label: What the transfer turned out to be.

    Raises:
        InvalidInput: The record has no evidence.
    """
    replayed = replay(record, policy)
    if replayed is None:
        raise InvalidInput("record", "was kept without its evidence", "give the guard keys: evidence is only ever kept sealed")
    sums = adding_up(replayed.evidence, policy)
    return Explanation(record=record, evidence=replayed.evidence, policy=policy, sums=sums, replayed=replayed, label=label)
