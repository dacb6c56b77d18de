# SPDX-License-Identifier: Apache-2.0
"""What may be told to whoever names an account, before it is known whether there is one?

Where a name may be shown, the sender's view. Where not, one and the same answer: nobody learns from it whether the account is unknown,
blocked, beyond the sender's budget, or without a verified name. The way there is the same too: both accounts are looked up, a miss is paid
for, and nothing is compared, so that neither time nor tokens tell what the words do not. Where the directory knows no name, a provider of
identities is asked, and that takes its time: whoever is told nothing without it waits as long as it took the last time it had no name.

A recipient who may receive small amounts only (downgraded) is refused later than these, and can be told from them by the time.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from transferguard import wording
from transferguard.assess import assess
from transferguard.decision import SCHEMA_VERSION, Decision, Disclosure, Outcome, Reason, Step
from transferguard.errors import UnknownAccount
from transferguard.evidence import Evidence
from transferguard.gather import person_of
from transferguard.identifying import Identified
from transferguard.model import Account, RealNameStatus, Standing, Transfer
from transferguard.policy import Policy
from transferguard.purse import Purse
from transferguard.seams import Store
from transferguard.witness import Witness, names_read

if TYPE_CHECKING:
    from transferguard.gather import Gatherer

_BLOCKED: Final = frozenset({Standing.FROZEN, Standing.CLOSED, Standing.RECEIPTS_RESTRICTED})


def is_open(account: Account) -> bool:
    """Whether nothing forbids to tell the name of this account."""
    return account.standing not in _BLOCKED and account.real_name_status is not RealNameStatus.UNVERIFIED


class Public:
    """Answers whoever names an account.

    Args:
        store: Keeps the budget.
        gatherer: Collects the facts.
        purse: What answers cost.
        policy: Every number.
        witness: Writes down what was answered.
    """

    def __init__(self, store: Store, gatherer: Gatherer, *, purse: Purse, policy: Policy, witness: Witness) -> None:
        self._store = store
        self._gatherer = gatherer
        self._purse = purse
        self._policy = policy
        self._witness = witness
        self._provider_seconds = 0.0

    def answer(self, transfer: Transfer, now: datetime, *, locale: str) -> dict[str, Any]:
        """The sender's view where there is something to tell, without a decision to confirm."""
        sender, recipient = self._gatherer.parties(transfer.sender, transfer.recipient)
        if sender is None:
            raise UnknownAccount("transfer.sender")
        person = person_of(recipient) if recipient else f"account:{transfer.recipient}"
        allowed = self._purse.allows(sender.id, person, now)
        found = self._named(None if allowed is Disclosure.HIDDEN else recipient)
        if found is not None:
            evidence = replace(self._gatherer.evidence(transfer, now, found=found), may_show=allowed)
            decision = self._store.together(partial(self._decide, evidence))
            if decision is not None:
                self._witness.decided(decision, transfer, read=names_read(), at=now)
                return {**decision.sender_view(locale), "decision_id": ""}
        else:
            self._store.together(lambda: self._purse.miss(sender.id, person, now))
        self._witness.nothing_told(transfer, read=names_read(), at=now)
        return nothing_to_tell(transfer, locale)

    def _named(self, recipient: Account | None) -> Identified | None:
        """The recipient with a verified name, where there is one to tell; else None, and no sooner for one reason than for another.

        Args:
            recipient: None for an account that nobody knows, and where the budget forbids every name.
        """
        if recipient is not None and is_open(recipient):
            began = time.monotonic()
            found = self._gatherer.identify(recipient)
            if isinstance(found.account.verified_name, str):
                return found if is_open(found.account) else None
            self._provider_seconds = time.monotonic() - began
        elif self._gatherer.has_provider:
            time.sleep(self._provider_seconds)
        return None

    def _decide(self, evidence: Evidence) -> Decision | None:
        """The decision, paid for; None where it refuses, or where another look was faster with the last token."""
        decision = assess(evidence, self._policy)
        if decision.outcome is Outcome.REFUSE:
            self._purse.miss(evidence.transfer.sender, evidence.recipient.person, evidence.now)
            return None
        return decision if self._purse.spend(evidence, decision.shown_name.level) is None else None


def nothing_to_tell(transfer: Transfer, locale: str) -> dict[str, Any]:
    """The answer that tells nothing, in the shape of `Decision.sender_view`.

    It names no decision, so nothing can be confirmed with it: whoever really goes on is checked.
    """
    return {
        "schema": SCHEMA_VERSION,
        "decision_id": "",
        "transfer_id": transfer.id,
        "outcome": Outcome.DELAY.value,
        "shown_name": {"level": Disclosure.HIDDEN.value, "text": ""},
        "steps": [step.value for step in _STEPS],
        "retry_at": None,
        "warnings": [wording.warning(Reason.NAME_NOT_SHOWN.value, locale)],
        "comparison": {
            "recipient": {"account": transfer.recipient, "display_name": "", "remark": ""},
            "imitated": None,
            "marks": [],
            "regions": [],
        },
    }


_STEPS: Final = (Step.WAIT, Step.CHECK_AGAIN)
