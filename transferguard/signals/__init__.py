# SPDX-License-Identifier: Apache-2.0
"""One file = one question = pure functions from evidence and policy to findings.

A signal never imports another, never fetches, and never words anything. `SIGNALS` lists them all in the order in which an
auditor reads them; the order changes nothing.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from transferguard.decision import Finding
from transferguard.evidence import Evidence
from transferguard.policy import Policy
from transferguard.signals.account_age import account_age
from transferguard.signals.acquaintance import acquaintance
from transferguard.signals.amount import purpose_mismatch, unusual_amount
from transferguard.signals.convergence import convergence
from transferguard.signals.display_name import display_name
from transferguard.signals.dormancy import dormancy
from transferguard.signals.flows import flows
from transferguard.signals.history import history
from transferguard.signals.lookalike import lookalike
from transferguard.signals.money_request import money_request
from transferguard.signals.profile_change import profile_change
from transferguard.signals.reported import reported
from transferguard.signals.restless import restless
from transferguard.signals.split_amounts import split_amounts
from transferguard.signals.standing import standing
from transferguard.signals.takeover import recipient_takeover, sender_takeover
from transferguard.signals.verified_name import verified_name

Signal: TypeAlias = Callable[[Evidence, Policy], Iterator[Finding]]

SIGNALS: Final[tuple[Signal, ...]] = (
    standing,
    lookalike,
    display_name,
    verified_name,
    history,
    acquaintance,
    account_age,
    profile_change,
    restless,
    convergence,
    recipient_takeover,
    sender_takeover,
    dormancy,
    flows,
    reported,
    split_amounts,
    unusual_amount,
    purpose_mismatch,
    money_request,
)
"""Every question, asked of every transfer."""
