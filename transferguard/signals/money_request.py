# SPDX-License-Identifier: Apache-2.0
"""Did the recipient ask for money just before?

Off unless the host hands the conversation over: then a request speaks for fraud, and that nobody asks speaks a little against a scam or a
hijacked friend, who mostly ask in writing, and against likenesses too faint for a warning. It is no alibi for somebody who looks like a
friend: a thief can ask by voice (`weigh`). Only topics are in the evidence; the lines were read and forgotten.
"""

from collections.abc import Iterator
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.talk import Topic

_SHARE_OF_TOPIC: Final = {Topic.BORROW: 0.8, Topic.CODE: 0.5, Topic.NEW_ACCOUNT: 0.4, Topic.NO_CALLS: 0.3, Topic.URGENT: 0.2}
"""How much of the policy's bits a topic deserves; together they may reach one and a half: a script, not a chat. Chosen."""

_MOST: Final = 1.5


def money_request(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Does the talk sound like the script of a request for money?

    Args:
        evidence: Topics of the talk.
        policy: Bits for a plain request.

    Yields:
        `money_request` with the topics, or `no_request` (negative); urgency alone is neither.
    """
    if isinstance(evidence.talk, Unavailable):
        return
    topics = evidence.talk.topics
    if set(topics) - {Topic.URGENT}:
        share = min(_MOST, sum(_SHARE_OF_TOPIC[topic] for topic in topics))
        yield from Finding.spread(
            Reason.MONEY_REQUEST, policy.bits(Reason.MONEY_REQUEST), share=share, topics=[topic.value for topic in topics]
        )
    elif not topics:
        yield from Finding.spread(Reason.NO_REQUEST, policy.bits(Reason.NO_REQUEST))
