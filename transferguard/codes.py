# SPDX-License-Identifier: Apache-2.0
"""The codes in which an answer is given: outcomes, reasons, hypotheses, match results, levels of disclosure, steps.

Hosts store and compare them, so a code keeps its name and meaning for ever. What a code means for a person is wording, and stands in
`transferguard.wording`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What the guard asks for; compared by severity."""

    PROCEED = "proceed"
    WARN = "warn"
    CHALLENGE = "challenge"
    DELAY = "delay"
    REFUSE = "refuse"

    @property
    def severity(self) -> int:
        """0 for PROCEED to 4 for REFUSE; more is stricter."""
        return _SEVERITY[self]

    def __lt__(self, other: str) -> bool:
        return self.severity < Outcome(other).severity

    def __le__(self, other: str) -> bool:
        return self.severity <= Outcome(other).severity

    def __gt__(self, other: str) -> bool:
        return self.severity > Outcome(other).severity

    def __ge__(self, other: str) -> bool:
        return self.severity >= Outcome(other).severity


_SEVERITY: Final = {outcome: severity for severity, outcome in enumerate(Outcome)}


class Reason(StrEnum):
    """Why: one code per kind of finding. Codes keep their names and meanings for ever."""

    # Person
    LOOKALIKE_NAME = "lookalike_name"
    LOOKALIKE_AVATAR = "lookalike_avatar"
    CONVERGING_PROFILE = "converging_profile"
    ROLE_NAME = "role_name"
    MALFORMED_NAME = "malformed_name"
    SAME_PERSON = "same_person"
    KNOWN_RECIPIENT = "known_recipient"
    DISPLACED_CONTACT = "displaced_contact"
    # Account
    UNVERIFIED = "unverified"
    SENDER_UNVERIFIED = "sender_unverified"
    SENDER_FROZEN = "sender_frozen"
    SENDER_CLOSED = "sender_closed"
    SENDER_DOWNGRADED = "sender_downgraded"
    DOWNGRADED = "downgraded"
    RECEIPTS_RESTRICTED = "receipts_restricted"
    FROZEN = "frozen"
    CLOSED = "closed"
    VERIFIED_NAME_MISMATCH = "verified_name_mismatch"
    VERIFIED_NAME_MATCH = "verified_name_match"
    NEW_ACCOUNT = "new_account"
    DORMANT_AWAKENED = "dormant_awakened"
    MANY_ACCOUNTS = "many_accounts"
    REPORTED = "reported"
    # Behaviour
    STRANGER = "stranger"
    NEW_CONTACT = "new_contact"
    FIRST_TRANSFER = "first_transfer"
    RECENT_PROFILE_CHANGE = "recent_profile_change"
    RECIPIENT_TAKEOVER = "recipient_takeover"
    SENDER_TAKEOVER = "sender_takeover"
    PASS_THROUGH_FLOW = "pass_through_flow"  # noqa: S105 - a reason code
    COLLECTING_ACCOUNT = "collecting_account"
    SPLIT_AMOUNTS = "split_amounts"
    MONEY_REQUEST = "money_request"
    NO_REQUEST = "no_request"
    UNUSUAL_AMOUNT = "unusual_amount"
    PURPOSE_MISMATCH = "purpose_mismatch"
    # What could not be had
    REAL_NAME_STATUS_MISSING = "real_name_status_missing"
    NAME_NOT_SHOWN = "name_not_shown"
    CIRCLE_MISSING = "circle_missing"


class Hypothesis(StrEnum):
    """What a finding speaks about; each competes with "honest"."""

    IMPOSTURE = "imposture"
    TAKEOVER = "takeover"
    MULE = "mule"
    SCAM = "scam"


class MatchResult(StrEnum):
    """Does the name that the sender sees fit the verified name? (EPC VoP: MTCH, CMTC, NMTC, NOAP)"""

    MATCH = "match"
    CLOSE_MATCH = "close_match"
    NO_MATCH = "no_match"
    UNAVAILABLE = "unavailable"


class Disclosure(StrEnum):
    """How much of the verified name is shown."""

    HIDDEN = "hidden"
    MASKED = "masked"
    FULL = "full"

    @property
    def extent(self) -> int:
        """0 for HIDDEN to 2 for FULL; more shows more."""
        return _EXTENT[self]


_EXTENT: Final = {level: extent for extent, level in enumerate(Disclosure)}


class Step(StrEnum):
    """What the sender must do before a receipt is issued, in this order."""

    ACKNOWLEDGE = "acknowledge"
    TYPE_HIDDEN_NAME = "type_hidden_name"
    WAIT = "wait"
    CHECK_AGAIN = "check_again"
    APPEAL = "appeal"


class Label(StrEnum):
    """What a decided transfer turned out to be, as a host learns it afterwards."""

    HONEST = "honest"
    FRAUD = "fraud"
    IMPOSTURE = "imposture"
    TAKEOVER = "takeover"
    MULE = "mule"
    SCAM = "scam"

    @property
    def is_fraud(self) -> bool:
        """Everything but honest; `FRAUD` where the kind is not known."""
        return self is not Label.HONEST
