# SPDX-License-Identifier: Apache-2.0
"""Does the recorded evidence give the recorded decision again?

Rule owned here (design, rule 8): under the same policy and the same version of this package every byte is the same. A version that
judges otherwise is not an error but an answer, and it says in which fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from transferguard.assess import assess
from transferguard.decision import Decision
from transferguard.evidence import Evidence
from transferguard.policy import Policy
from transferguard.seams import DecisionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A decision made once more.

    Args:
        evidence: What was known then.
        decision: As it comes out today.
        differs_in: Names of the fields of the operator's view that are not what was recorded, sorted; empty when every byte is the same.
    """

    evidence: Evidence = field(repr=False)
    decision: Decision
    differs_in: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every byte is the same."""
        return not self.differs_in


def replay(record: DecisionRecord, policy: Policy) -> Replay | None:
    """The recorded evidence, judged again; None for a record without evidence, as a store without a secret keeps it.

    Args:
        record: What was decided.
        policy: Under which it was decided, or another to see what it would have said.
    """
    if not record.evidence:
        return None
    evidence, recorded = Evidence.from_json(record.evidence), record.decision
    again = assess(evidence, policy)
    if not recorded.shown_name.text and again.shown_name.level is recorded.shown_name.level:
        again = replace(again, shown_name=recorded.shown_name)
    if again.to_json() == recorded.to_json():
        return Replay(evidence=evidence, decision=again, differs_in=())
    now, then = again.to_dict(), recorded.to_dict()
    return Replay(evidence=evidence, decision=again, differs_in=tuple(sorted(name for name in now if now[name] != then[name])))
