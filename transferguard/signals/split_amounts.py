# SPDX-License-Identifier: Apache-2.0
"""Is one large amount being paid in small pieces?

Pieces each below the full-name threshold that together reach it within a day hide the size of what is going on. How much of the
name is shown follows the total in any case (`disclosure`); this signal only adds what the pattern says about fraud.
"""

from collections.abc import Iterator

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy


def split_amounts(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Do today's small transfers to this person add up to a large one?

    Args:
        evidence: What went to the same person before, within the policy's hours.
        policy: Bits, number of pieces, and the threshold of the full name.

    Yields:
        `split_amounts` with the number of pieces, this one included.
    """
    today = evidence.today
    if isinstance(today, Unavailable):
        return
    threshold = policy.full_name_threshold(evidence.transfer.money.currency).minor
    amount = evidence.transfer.money.minor
    pieces = today.count + 1
    if pieces >= policy.spans.split_count and amount < threshold <= today.minor + amount:
        yield from Finding.spread(Reason.SPLIT_AMOUNTS, policy.bits(Reason.SPLIT_AMOUNTS), pieces=pieces)
