# SPDX-License-Identifier: Apache-2.0
"""Does the name on the screen fit the verified name of the account?

The question that every payee-name scheme asks. It speaks only about imposture, and only together with a likeness: many honest
people use a nickname, and many thieves tell the victim the mule's true name.

Rule owned here (design, rule 6): these findings never reach the sender's view, and what the sender wrote (the remark) has no part in
them: a remark that changed the outcome when it fits would let the sender try names until it does.
"""

from collections.abc import Iterator
from typing import Final

from transferguard.decision import Finding, MatchResult, Reason
from transferguard.evidence import Evidence
from transferguard.policy import Policy

_REASON_OF_FIT: Final = {
    MatchResult.MATCH: Reason.VERIFIED_NAME_MATCH,
    MatchResult.NO_MATCH: Reason.VERIFIED_NAME_MISMATCH,
}
"""A close match and an unavailable one say too little either way."""


def verified_name(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is the name that the sender sees the real one?

    Args:
        evidence: The match, made beforehand.
        policy: Bits for a match (negative) and a mismatch.

    Yields:
        At most one reason; nothing for a close match or when there is no verified name.
    """
    reason = _REASON_OF_FIT.get(evidence.name.fit)
    # A name that was tampered with earns nothing, or adding an invisible character to it would pay (design, rule 5).
    if reason and not (reason is Reason.VERIFIED_NAME_MATCH and evidence.name.malformed):
        yield from Finding.spread(reason, policy.bits(reason), visible=False)
