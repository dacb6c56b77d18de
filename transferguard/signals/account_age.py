# SPDX-License-Identifier: Apache-2.0
"""How old is the recipient's account?

Thieves open accounts for the purpose and use them soon. The weight is full on the first day and fades evenly to nothing over the
policy's days, so that no single day decides.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.policy import Policy


def account_age(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Was the account opened lately?

    Args:
        evidence: When the recipient's account was opened.
        policy: Bits and days.

    Yields:
        `new_account`; nothing for a settled account or an unknown date.
    """
    created = evidence.recipient.created_at
    if isinstance(created, datetime):
        share = 1 - (evidence.now - created) / timedelta(days=policy.spans.new_account_days)
        if share > 0:
            days = max(0, (evidence.now - created).days)
            yield from Finding.spread(Reason.NEW_ACCOUNT, policy.bits(Reason.NEW_ACCOUNT), share=min(1.0, share), days=days)
