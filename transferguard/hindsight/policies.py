# SPDX-License-Identifier: Apache-2.0
"""Under which policy was this decided?

A decision names its policy by digest; an archive keeps the text. A policy that this version reads with another digest (because it has
learnt new keys since) is given back all the same: what it changes is seen when the decision is replayed.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from transferguard.errors import PolicyMissing
from transferguard.policy import NO_CORRECTION, Policy


def body_of(policy: Policy) -> bytes:
    """A policy as an archive keeps it; equal policies give equal bytes."""
    return json.dumps(policy.to_mapping(), ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def policy_of(digest: str, kept: Callable[[str], bytes | None], *, given: Policy | None = None) -> Policy:
    """The policy with this digest.

    Args:
        digest: As a decision names it.
        kept: `Archive.policy`.
        given: A policy that the caller says it was.

    Raises:
        PolicyMissing: Nobody has it.
    """
    for candidate in (given, Policy.default()):
        if candidate is not None and candidate.digest == digest:
            return candidate
    body = kept(digest)
    if body is not None:
        # What was decided before sums were corrected is judged without that, not with today's knots.
        return Policy.from_mapping({"correction": NO_CORRECTION} | json.loads(body))
    if given is not None:
        return given
    raise PolicyMissing(digest)
