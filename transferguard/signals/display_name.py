# SPDX-License-Identifier: Apache-2.0
"""What does the recipient's display name say by itself, without anybody to compare it with?

Two things: tampering that an honest name never has (characters that cannot be seen, scripts mixed within a word), and a title by
which somebody claims to be support, an employer or a relative. Simplified or traditional forms and case are not tampering.

Rule owned here (design, rule 7): a hostile profile is a finding, never an error.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence, earned_payments
from transferguard.model import AccountKind
from transferguard.policy import Policy

_SHARE_OF_BUSINESS: Final = 0.5
"""How much of the policy's bits a title deserves on an account that the host knows as a business: a courier's shop is called after what it
does. Chosen: alone it then warns nobody, with a request for money it does."""


def display_name(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is the name tampered with, and does it claim a role?

    Args:
        evidence: What reading the name gave.
        policy: The most that tampering counts, and what a title weighs.

    Yields:
        `malformed_name` with the tricks found; `role_name` with the kind of title, on an account that is not settled.
    """
    name = evidence.name
    if name.malformed:
        for hypothesis, most in policy.bits(Reason.MALFORMED_NAME).items():
            yield Finding(
                reason=Reason.MALFORMED_NAME,
                hypothesis=hypothesis,
                weight=min(most, name.malformed_bits),
                detail={"tricks": list(name.malformed)},
            )
    if name.role and not _settled(evidence, policy):
        share = _SHARE_OF_BUSINESS if evidence.recipient.kind is AccountKind.BUSINESS else 1.0
        yield from Finding.spread(Reason.ROLE_NAME, policy.bits(Reason.ROLE_NAME), share=share, role=name.role)


def _settled(evidence: Evidence, policy: Policy) -> bool:
    """Whether the sender has known the recipient long enough: a mother may be called 妈妈. One yuan yesterday settles nothing."""
    settling, since = timedelta(days=policy.spans.new_contact_days), evidence.tie.since
    return (isinstance(since, datetime) and evidence.now - since >= settling) or bool(earned_payments(evidence, settling))
