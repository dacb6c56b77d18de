# SPDX-License-Identifier: Apache-2.0
"""Everything that can go wrong, drawn as a tree.

    TransferGuardError
    ├── CallerError                  the caller's mistake: fix the call and try again
    │   ├── InvalidInput             a field of a value, case file or policy is not acceptable; names field and remedy
    │   │   └── InvalidPolicy        the same, for a policy key
    │   ├── UnknownAccount           an id that neither the directory nor the store knows
    │   ├── UnknownDecision          a decision id that was never issued
    │   ├── TransferConflict         a confirmed transfer id came again with other content
    │   ├── PolicyMissing            the policy of an old decision is not kept; give its file
    │   ├── TooFewLabels             not enough outcomes are known to refit a policy
    │   └── WrongAnswer              a seam of the host answered what its interface does not allow; `.seam` says which
    ├── WorldError                   the world's fault: nothing in the call is wrong
    │   ├── AvatarError              a picture that cannot be fingerprinted; `.reason` is machine-readable
    │   │   ├── LowDetail            a flat picture: it looks like any other flat picture, so it proves nothing
    │   │   ├── UnsafePicture        too many bytes or pixels, or a format that is not on the allow-list
    │   │   └── BrokenPicture        not a picture, truncated, or the decoder refused it
    │   ├── StoreError               the database cannot be read or written
    │   ├── TooSlow                  a seam did not answer within the time that a check has; `.seam` says which
    │   ├── VaultError               a secret could not be opened: wrong key or altered text
    │   └── KeyUnavailable           no usable key where one is needed
    └── NotAllowed                   the guard says no, with what is still needed
        ├── ConfirmationRefused      `confirm` before the required steps were taken
        │   ├── NameRefused          the typed name is not the name we know; nothing more is told
        │   └── NameProved           the typed name is right: show the name, and let the sender confirm once more
        └── ReceiptRefused           a receipt that does not prove what it should; `.reason` says why

A message names the field and the remedy, and never repeats a value: values may be verified names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from transferguard.decision import ShownName


class TransferGuardError(Exception):
    """Root of every error that this package raises on purpose."""


class CallerError(TransferGuardError):
    """The caller's mistake."""


class InvalidInput(CallerError):
    """A field is not acceptable.

    Args:
        field: Path of the field, as the caller wrote it: `accounts[2].standing`.
        problem: What is wrong, without the value.
        remedy: What to do instead; may be empty when the problem says it.
    """

    def __init__(self, field: str, problem: str, remedy: str = "") -> None:
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem}" + (f"; {remedy}" if remedy else ""))

    def within(self, prefix: str) -> InvalidInput:
        """The same error, seen from the outside of a larger value."""
        joint = "" if self.field.startswith("[") or not prefix or not self.field else "."
        return type(self)(f"{prefix}{joint}{self.field}", self.problem, self.remedy)


class InvalidPolicy(InvalidInput):
    """A policy key is unknown, of the wrong type, or contradicts another."""


class UnknownAccount(CallerError):
    """An account id that nobody knows.

    Args:
        field: Which field named it: `transfer.recipient`.
    """

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"{field}: no such account; observe the account first, or plug in a directory that knows it")


class UnknownDecision(CallerError):
    """A decision id that was never issued by this store."""

    def __init__(self) -> None:
        super().__init__("decision_id: no such decision; pass the `.id` of a decision that `check` returned")


class TransferConflict(CallerError):
    """A confirmed transfer id came again with other content."""

    def __init__(self, field: str = "transfer.id") -> None:
        self.field = field
        super().__init__(f"{field}: already confirmed with other content; use a new transfer id")


class PolicyMissing(CallerError):
    """The policy of a decision is neither in the archive nor the default of today.

    Args:
        digest: As the decision names it.
    """

    def __init__(self, digest: str) -> None:
        super().__init__(f"--policy: the store does not hold the policy {digest[:_SHORT]} of this decision; give its file")


_SHORT: Final = 19
"""Characters of a digest that people compare: `sha256:` and twelve."""


class TooFewLabels(CallerError):
    """Not enough is known to learn from.

    Args:
        honest: How many labelled transfers turned out honest.
        fraud: How many turned out fraud.
        enough: How many of each are needed.
    """

    def __init__(self, honest: int, fraud: int, enough: int) -> None:
        self.missing_honest, self.missing_fraud = max(0, enough - honest), max(0, enough - fraud)
        super().__init__(
            f"labels: {honest} honest and {fraud} fraud are too few to learn from; {self.missing_honest} honest and "
            f"{self.missing_fraud} fraud are missing (of {enough} each); tell them with Guard.feedback"
        )


class WrongAnswer(CallerError):
    """A seam that the host plugged in answered what its interface does not allow. Never taken for "no answer".

    Args:
        seam: Which question to which seam: `directory.contacts`.
        problem: What is wrong, without the value.
    """

    def __init__(self, seam: str, problem: str) -> None:
        self.seam = seam
        super().__init__(f"{seam}: the answer {problem}; mend the implementation of this seam")


class WorldError(TransferGuardError):
    """The world's fault: the call was right."""


class AvatarError(WorldError):
    """A picture that cannot be fingerprinted.

    Args:
        reason: Short and machine-readable, in words: `low detail`, `too many bytes`, `truncated`.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"avatar: {reason}")


class LowDetail(AvatarError):
    """A flat picture: its hash equals that of every other flat picture."""

    def __init__(self, reason: str = "low detail") -> None:
        super().__init__(reason)


class UnsafePicture(AvatarError):
    """Beyond our caps, or of a format that we do not decode."""


class BrokenPicture(AvatarError):
    """Bytes that no decoder of ours can turn into a picture."""


class StoreError(WorldError):
    """The database cannot be read or written."""


class TooSlow(WorldError):
    """A seam did not answer within the time that a check has (`Policy.spans.check_seconds`). Nothing was decided; try again.

    Args:
        seam: Which question to which seam: `directory.accounts`.
    """

    def __init__(self, seam: str) -> None:
        self.seam = seam
        super().__init__(f"{seam}: no answer in time; nothing was decided")


class VaultError(WorldError):
    """A secret could not be opened: wrong key, or altered text."""


class KeyUnavailable(WorldError):
    """No usable key where one is needed."""


class NotAllowed(TransferGuardError):
    """The guard says no."""


class ConfirmationRefused(NotAllowed):
    """`confirm` came before everything that the decision asks for was done.

    Args:
        needed: What is still missing (values of `decision.Step`), in the order in which to do it.
        retry_at: When trying again makes sense; None when time alone changes nothing.
    """

    def __init__(self, needed: Sequence[str], retry_at: datetime | None = None) -> None:
        self.needed = tuple(needed)
        self.retry_at = retry_at
        super().__init__("not confirmed; still needed: " + ", ".join(needed))


class NameRefused(ConfirmationRefused):
    """The typed name is not the name we know, or there are no tries left; the sender learns no more than this."""


class NameProved(ConfirmationRefused):
    """The typed name is right. The name may be shown now as far as the amount warrants, and the sender confirms once more.

    Args:
        needed: ACKNOWLEDGE.
        shown_name: What to show.
    """

    def __init__(self, needed: Sequence[str], shown_name: ShownName) -> None:
        self.shown_name = shown_name
        super().__init__(needed)


class ReceiptReason(StrEnum):
    """Why a receipt was refused."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    OTHER_TRANSFER = "other_transfer"
    REDEEMED = "redeemed"
    UNKNOWN_RECEIPT = "unknown_receipt"


class ReceiptRefused(NotAllowed):
    """A receipt that does not prove what it should.

    Args:
        reason: Why, for the ledger's log.
        field: The claim at fault, where there is one.
    """

    def __init__(self, reason: ReceiptReason, field: str = "") -> None:
        self.reason = reason
        self.field = field
        super().__init__(f"receipt refused: {reason.value}" + (f" ({field})" if field else ""))
