# SPDX-License-Identifier: Apache-2.0
"""May this money move at all?

Facts only: the real-name status and the standing of both parties. Nothing here is a matter of likelihood, so these findings weigh
0 bits and carry the mildest outcome that they allow. Whether the account belongs to the person whom the sender has in mind is the
question of `signals.verified_name`.

Rule owned here (design, rules 5 and 11): an unverified party never passes; facts refuse. A status that could not be had warns at
least; a host without a real-name system (`not_offered`) has the gate off, and `missing_facts` says so.
"""

from collections.abc import Iterator
from typing import Final

from transferguard.decision import Finding, Outcome, Reason
from transferguard.evidence import Evidence, Party
from transferguard.model import RealNameStatus, Standing, Unavailable
from transferguard.policy import Policy

_REFUSED_STANDING: Final = {
    ("recipient", Standing.RECEIPTS_RESTRICTED): Reason.RECEIPTS_RESTRICTED,
    ("recipient", Standing.FROZEN): Reason.FROZEN,
    ("recipient", Standing.CLOSED): Reason.CLOSED,
    ("sender", Standing.FROZEN): Reason.SENDER_FROZEN,
    ("sender", Standing.CLOSED): Reason.SENDER_CLOSED,
}
"""A sender whose receipts are restricted may still pay."""

_UNVERIFIED: Final = {"recipient": Reason.UNVERIFIED, "sender": Reason.SENDER_UNVERIFIED}
_DOWNGRADED: Final = {"recipient": Reason.DOWNGRADED, "sender": Reason.SENDER_DOWNGRADED}


def standing(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Which facts forbid or restrict this transfer?

    Args:
        evidence: Facts gathered beforehand; nothing is fetched here.
        policy: Outcomes for downgraded parties and missing facts.

    Yields:
        One finding per fact, weight 0 bits.

    Source: real-name rule of WeChat Pay, August 2018; Alipay's three account measures, July 2022.
    """
    for side, party in (("recipient", evidence.recipient), ("sender", evidence.sender)):
        yield from _of_standing(side, party, policy)
        yield from _of_real_name(side, party, evidence, policy)


def _of_standing(side: str, party: Party, policy: Policy) -> Iterator[Finding]:
    if isinstance(party.standing, Unavailable):
        if policy.missing.standing > Outcome.PROCEED:
            yield Finding.fact(Reason.REAL_NAME_STATUS_MISSING, policy.missing.standing, party=side, fact="standing")
    elif reason := _REFUSED_STANDING.get((side, party.standing)):
        yield Finding.fact(reason, Outcome.REFUSE)


def _of_real_name(side: str, party: Party, evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    match party.real_name_status:
        case RealNameStatus.UNVERIFIED:
            yield Finding.fact(_UNVERIFIED[side], Outcome.REFUSE)
        case RealNameStatus.DOWNGRADED:
            rules = policy.standing
            milder = rules.downgraded if side == "recipient" else rules.sender_downgraded
            above_cap = evidence.transfer.money.minor > _cap(evidence, policy)
            yield Finding.fact(_DOWNGRADED[side], Outcome.REFUSE if above_cap else milder, above_cap=above_cap)
        case Unavailable():
            yield Finding.fact(Reason.REAL_NAME_STATUS_MISSING, policy.missing.real_name_status, party=side, fact="real_name_status")


def _cap(evidence: Evidence, policy: Policy) -> int:
    """Minor units above which a downgraded party is refused."""
    return policy.full_name_threshold(evidence.transfer.money.currency).minor * policy.standing.downgraded_cap_factor
