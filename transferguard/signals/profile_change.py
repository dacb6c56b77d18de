# SPDX-License-Identifier: Apache-2.0
"""Did the recipient take another name or picture just before?

"Rename, then ask" is how an account that was accepted under one face shows another. The latest change counts, and fades over the
policy's days. Whether the change moved the recipient towards somebody is the question of convergence.
"""

from collections.abc import Iterator
from datetime import timedelta

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy


def profile_change(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """How fresh is the face that the sender sees?

    Args:
        evidence: The recipient's profile changes.
        policy: Bits and days.

    Yields:
        `recent_profile_change` with what changed; nothing for a settled profile or when changes could not be had.
    """
    changes = evidence.recipient.changes
    if isinstance(changes, Unavailable) or not changes:
        return
    latest = max(changes, key=lambda change: change.at)
    share = 1 - (evidence.now - latest.at) / timedelta(days=policy.spans.profile_change_days)
    if share > 0:
        yield from Finding.spread(
            Reason.RECENT_PROFILE_CHANGE,
            policy.bits(Reason.RECENT_PROFILE_CHANGE),
            share=min(1.0, share),
            days=max(0, (evidence.now - latest.at).days),
            name=latest.name,
            avatar=latest.avatar,
        )
