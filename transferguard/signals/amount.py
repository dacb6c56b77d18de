# SPDX-License-Identifier: Apache-2.0
"""Is this amount, or what it is for, out of the ordinary?

Compared with the largest amount that ever went to this recipient and with what the sender usually pays; and, where the host knows a
going price, with that. A large gift is out of the ordinary too, which is why this weighs little by itself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import log2
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence, earned_payments
from transferguard.model import Unavailable
from transferguard.policy import Policy

_PLAIN_RATIO: Final = 1.5
"""Times the usual up to which nothing is unusual, chosen on the tune split: nine of ten payments of a sender lie below one."""

_FULL_RATIO: Final = 4.0
"""Times the usual at which the policy's bits are reached. Beyond, a first payment to a friend is as often a theft whatever the amount,
because rents and presents are as large: from 2.5 times the usual on three in four are, from there to 30 times. Spread up to 8 times, such
thefts stood anywhere between 10 and 70 % stated. Chosen on the tune split."""

_PRICE_RATIO: Final = 5.0
"""Times the going price up to which a seller is merely expensive, chosen."""

_FULL_PRICE_RATIO: Final = 100.0
"""Times the going price at which the policy's bits are reached: reported paid-course frauds sell at about a hundred times."""

_SHARE_OF_LOAN: Final = 0.5
"""How much of the policy's bits a loan to a stranger deserves, chosen: it happens, a price a hundred times the usual one hardly does."""

_LOANS: Final = frozenset({"loan", "borrow", "lend", "借款", "借钱"})


def unusual_amount(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """How far above the usual is this amount?

    Args:
        evidence: What the sender usually pays, and has paid this recipient.
        policy: Bits at four times the usual.

    Yields:
        `unusual_amount` with the ratio; nothing without enough payments to speak of "usual".
    """
    if isinstance(evidence.usual, Unavailable) or not evidence.usual.high:
        return
    ratio = evidence.transfer.money.minor / max(evidence.usual.high, evidence.usual.pair_high)
    if ratio > _PLAIN_RATIO:
        share = min(1.0, log2(ratio / _PLAIN_RATIO) / log2(_FULL_RATIO / _PLAIN_RATIO))
        yield from Finding.spread(Reason.UNUSUAL_AMOUNT, policy.bits(Reason.UNUSUAL_AMOUNT), share=share, ratio=round(ratio, 1))


def purpose_mismatch(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """Does the purpose fit the people and the price?

    Args:
        evidence: Purpose and going price of the transfer, and the tie.
        policy: Bits.

    Yields:
        `purpose_mismatch` for a loan to a stranger or to a contact of a few days, or a price many times the usual one.
    """
    usual = evidence.transfer.usual_money
    share = 0.0
    if usual is not None:
        ratio = evidence.transfer.money.minor / usual.minor
        share = log2(ratio / _PRICE_RATIO) / log2(_FULL_PRICE_RATIO / _PRICE_RATIO) if ratio > _PRICE_RATIO else 0.0
    if _is_loan(evidence):
        share = max(share, _SHARE_OF_LOAN * _newness(evidence, policy))
    if share > 0:
        yield from Finding.spread(Reason.PURPOSE_MISMATCH, policy.bits(Reason.PURPOSE_MISMATCH), share=min(1.0, share))


def _is_loan(evidence: Evidence) -> bool:
    purpose = evidence.transfer.purpose
    return isinstance(purpose, str) and purpose.strip().casefold() in _LOANS


def _newness(evidence: Evidence, policy: Policy) -> float:
    """How new is the recipient to the sender, 0 to 1? All for a stranger, less with every day after acceptance."""
    tie = evidence.tie
    settling = timedelta(days=policy.spans.new_contact_days)
    if earned_payments(evidence, settling):
        return 0.0
    if tie.contact is False:
        return 1.0
    return max(0.0, min(1.0, 1 - (evidence.now - tie.since) / settling)) if isinstance(tie.since, datetime) else 0.0
