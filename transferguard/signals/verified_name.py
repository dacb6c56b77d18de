# SPDX-License-Identifier: Apache-2.0
"""Does the name on the screen fit the verified name of the account?

The question that every payee-name scheme asks. It speaks only about imposture, and only together with a likeness: many honest
people use a nickname, and many thieves tell the victim the mule's true name.

Rule owned here (design, rule 6): these findings never reach the sender's view, and what the sender wrote (the remark) has no part in
them: a remark that changed the outcome when it fits would let the sender try names until it does.

A match speaks against a *copied name*: an honest namesake bears it. Whoever copies a picture may well show a true name beside it, so
there it weighs a part only.
"""

from collections.abc import Iterator
from typing import Final

from transferguard.decision import Finding, MatchResult, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy

_SHARE_BESIDE_A_PICTURE: Final = 0.25
"""How much of the policy's bits a match deserves where no name is alike, chosen: a thief in a copied photo needs no false name."""


def verified_name(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Is the name that the sender sees the real one?

    Args:
        evidence: The match, made beforehand.
        policy: Bits for a match (negative) and a mismatch.

    Yields:
        `verified_name_mismatch` once; or `verified_name_match`, in part for everybody and whole for each contact whose name is alike.
        Nothing for a close match or when there is no verified name.
    """
    fit = evidence.name.fit
    if fit is MatchResult.NO_MATCH:
        yield from Finding.spread(Reason.VERIFIED_NAME_MISMATCH, policy.bits(Reason.VERIFIED_NAME_MISMATCH), visible=False)
    # A name that was tampered with earns nothing, or adding an invisible character to it would pay (design, rule 5).
    if fit is MatchResult.MATCH and not evidence.name.malformed:
        bits = policy.bits(Reason.VERIFIED_NAME_MATCH)
        yield from Finding.spread(Reason.VERIFIED_NAME_MATCH, bits, share=_SHARE_BESIDE_A_PICTURE, visible=False)
        for likeness in () if isinstance(evidence.resemblances, Unavailable) else evidence.resemblances:
            if likeness.name:
                yield from Finding.spread(Reason.VERIFIED_NAME_MATCH, bits, imitates=likeness.account, visible=False)
