# SPDX-License-Identifier: Apache-2.0
"""Does the recipient's account collect money, or only pass it on?

A mule's account fills from many people who never paid it before, and empties within minutes. A class treasurer collects too, and a
shop does nothing else: businesses are left out, collecting alone weighs less than passing on, and small change weighs less than
amounts for which the full name would nearly be due.

Rule owned here (design, rule 6): a sender never learns about the flow of money around somebody else.
"""

from collections.abc import Iterator
from math import log2
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.flow import Flow
from transferguard.model import AccountKind, Unavailable
from transferguard.policy import Policy

_CROWD: Final = 4
"""New payers within a day from which on an account collects; birthdays and shared bills stay below, chosen."""

_SMALL_CHANGE: Final = 16.0
"""Part of the full-name threshold (CNY 1,000 by default) below which a first payment is small change: a class fee, a snack. Chosen."""

_SHARE_OF_SMALL_CHANGE: Final = 0.1
"""How much of the policy's bits a crowd deserves that brings small change: fruit vendors and class treasurers; unknown amounts deserve as
much. Chosen on the tune split: at two fifths a vendor without any other sign was stated at 22 to 33 %, and none was a mule."""

_SHARE_OF_ONE_PASS: Final = 0.5
"""How much of the policy's bits one payment deserves that was passed on at once: a friend pays the bill for two. Chosen."""

_MOST_OF_IT: Final = 0.7
"""Share of what came in that left within the hour, from which on an account passes money on, chosen."""


def flows(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Do many new people pay the recipient, and does the money leave at once?

    Args:
        evidence: The flow around the recipient.
        policy: Bits.

    Yields:
        `collecting_account` with the number of new payers, `pass_through_flow` with the share passed on, `many_accounts`.
    """
    if not isinstance(evidence.accounts_of_person, Unavailable) and evidence.accounts_of_person > policy.spans.usual_accounts:
        share = min(1.0, log2(evidence.accounts_of_person / policy.spans.usual_accounts))
        yield from Finding.spread(
            Reason.MANY_ACCOUNTS, policy.bits(Reason.MANY_ACCOUNTS), share=share, visible=False, accounts=evidence.accounts_of_person
        )
    flow = evidence.flow
    if isinstance(flow, Unavailable) or evidence.recipient.kind is AccountKind.BUSINESS:
        return
    if flow.new_payers_today >= _CROWD:
        share = min(1.0, log2(flow.new_payers_today / (_CROWD / 2)) / 2) * _share_of_size(flow, evidence, policy)
        yield from Finding.spread(
            Reason.COLLECTING_ACCOUNT, policy.bits(Reason.COLLECTING_ACCOUNT), share=share, visible=False, payers=flow.new_payers_today
        )
    if flow.passes and flow.share_passed_on >= _MOST_OF_IT:
        share = _SHARE_OF_ONE_PASS if flow.passes == 1 else 1.0
        yield from Finding.spread(
            Reason.PASS_THROUGH_FLOW, policy.bits(Reason.PASS_THROUGH_FLOW), share=share, visible=False, passes=flow.passes
        )


def _share_of_size(flow: Flow, evidence: Evidence, policy: Policy) -> float:
    """A tenth for small change, all from a quarter of the full-name threshold on; evenly between, by doublings."""
    threshold = policy.full_name_threshold(evidence.transfer.money.currency).minor
    average = flow.new_money_today / flow.new_payers_today
    doublings = log2(max(1.0, _SMALL_CHANGE * average / max(1, threshold)))
    return min(1.0, _SHARE_OF_SMALL_CHANGE + (1 - _SHARE_OF_SMALL_CHANGE) * doublings / 2)
