# SPDX-License-Identifier: Apache-2.0
"""What we ask a host for, one small interface each. Implement those that you have; the rest have defaults.

    Directory      accounts, contacts, past transfers, reports: yours, or what `Guard.observe` remembered
    Identities     verified names of accounts whose name the directory does not know: a bank, a registry
    AvatarSource   pictures behind URLs, for enrolment; never asked while a transfer waits
    Store          our own memory: observed facts, fingerprints, decisions, confirmations, redeemed receipts
    Archive        the part of that memory into which one looks back: policies, decisions in order, how they ended
    Keys           signing keys for receipts and the secret that encrypts what must be kept
    Clock          the time

A seam that cannot answer returns `Unavailable(why)` or raises a `WorldError`; either way the policy says what happens then.
Any other exception is a fault of the implementation and is never taken for "no answer" (design, rule 5).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from transferguard.budget import Balance, BudgetTerms, Look, TryLimits
from transferguard.codes import Label
from transferguard.decision import Decision
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.model import Account, Contact, Fact, Money, PastTransfer, Report, Transfer, Unavailable

if TYPE_CHECKING:
    from transferguard.names.enrolled import EnrolledName

T = TypeVar("T")


class Clock(Protocol):
    """What time is it?"""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Directory(Protocol):
    """Whom does the host know? Derive from this class to inherit the defaults."""

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids; an id that nobody knows is left out."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """Entered around everything that one check asks: a directory over a database answers from one consistent view meanwhile."""
        return nullcontext()

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """Everybody whom the owner chose to know, in any order."""
        return Unavailable("not offered by this directory")

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Past transfers that the account sent or received, in any order; the last two years suffice."""
        return Unavailable("not offered by this directory")

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about the account, in any order."""
        return Unavailable("not offered by this directory")

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """Ids of all accounts behind which this real person stands."""
        return Unavailable("not offered by this directory")

    def circle_version(self, owner: str) -> str | Unavailable:
        """A text that changes whenever a contact of the owner, a remark, a profile of theirs or a transfer that the owner sent does.

        With it contacts, past transfers and the comparison index of the owner's circle are kept between checks; without it all of
        them are read each time.
        """
        return Unavailable("not offered by this directory")


class LeftOut(bytes):
    """A picture of which only the digest was brought: SHA-256 in hexadecimal, as ASCII."""


@runtime_checkable
class KeepsPictures(Protocol):
    """A directory that knows the digests of its pictures, so that a circle is read without their bytes. Ours over SQL does."""

    def accounts_without_pictures(self, ids: Collection[str]) -> Mapping[str, Account]:
        """As `Directory.accounts`, with `LeftOut` in the place of pictures."""
        ...


@runtime_checkable
class RemembersNames(Protocol):
    """A directory that keeps what enrolment worked out of names, so that no circle works it out again. Ours over SQL does."""

    def enrolled_names(self, owner: str, accounts: Collection[str]) -> Mapping[str, EnrolledName]:
        """What was worked out of the names of these accounts and of the owner's remarks about them, by name; others may be left out."""
        ...


class Identities(Protocol):
    """Who stands behind an account? Asked about a recipient whose verified name the directory does not know. Derive from this class.

    One that gives names implements `name`; one that only says whether a name fits, as the payee-name schemes do, implements `fits`.
    """

    def name(self, account: Account) -> str | Unavailable:
        """The verified name behind the account."""
        return MATCH_ONLY

    def fits(self, account: Account, name: str) -> IdentityAnswer:
        """Does this name fit the account? Asked about the display name, and about what a sender types where no name is known."""
        return IdentityAnswer(result=IdentityResult.UNAVAILABLE, why="not offered by this provider")


class AvatarSource(Protocol):
    """Where do pictures come from, when all that is known is a URL that somebody else wrote?"""

    def picture(self, url: str) -> bytes | Unavailable:
        """The bytes of the picture, or why there are none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What enrolment computed from one avatar.

    Args:
        fingerprint: Serialised `transferguard.avatars.Fingerprint`, or why there is none.
        wearers: How many distinct identities wear this very picture, at least 1; an account without a known identity counts for nobody.
    """

    fingerprint: bytes | Unavailable = field(repr=False)
    wearers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One decision as it is kept, encrypted where it holds a verified name.

    Args:
        decision: What was decided.
        transfer: For which transfer.
        evidence_digest: Of the evidence that led to it; equal evidence gives the recorded decision again.
        evidence: The evidence as canonical JSON, for replay; features only, never a conversation's text.
        decided_at: When.
        recipient_key: Opaque key of the person paid (identity where known, else account): totals run over it.
    """

    decision: Decision
    transfer: Transfer
    evidence_digest: str
    evidence: bytes = field(repr=False)
    decided_at: datetime
    recipient_key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A transfer that passed the guard.

    Args:
        transfer: What was confirmed.
        decision_id: Under which decision.
        token: The receipt issued for it; confirming again returns the same one.
        receipt_id: The receipt's nonce.
        at: When.
        expires_at: When the receipt loses its worth.
        recipient_key: As in `DecisionRecord`.
    """

    transfer: Transfer
    decision_id: str
    token: str = field(repr=False)
    receipt_id: str
    at: datetime
    expires_at: datetime
    recipient_key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept.

    Args:
        decisions: Decisions with their evidence. Chosen: 180 days, the longest span over which a refund can be asked for (Pix: 80 days
            to contest and 11 to decide), twice.
        confirmations: Confirmations and redemptions, always beyond the receipt's expiry. Chosen: as decisions.
        looks: What budgets and guesses are counted from. Chosen: 2 days; they count over one.
        accounts: Accounts that nobody saw again; None keeps them until they are erased.
    """

    decisions: timedelta = timedelta(days=180)
    confirmations: timedelta = timedelta(days=180)
    looks: timedelta = timedelta(days=2)
    accounts: timedelta | None = None


@runtime_checkable
class Store(Protocol):
    """Our own memory. Every write is durable when the call returns, and idempotent.

    Raises:
        StoreError: From every method, when the database cannot be read or written.
    """

    def together(self, change: Callable[[], T]) -> T:
        """What the change returns; what it wrote through this store becomes durable together.

        Args:
            change: Asks and writes through this store, in this thread. May run more than once, where another program was faster;
                when it raises, a database keeps nothing of it.
        """
        ...

    def remember(self, fact: Fact, at: datetime) -> None:
        """Keep an observed fact, seen at that moment; of two versions of the same thing the later seen wins, in any order of calls.

        An account whose display name or avatar differs from the version seen before gains a `ProfileChange` with the old values.
        """
        ...

    def directory(self) -> Directory:
        """What was remembered, as a directory."""
        ...

    def enrolled(self, digests: Collection[str]) -> Mapping[str, Enrolled]:
        """Fingerprints by SHA-256 (hex) of the picture's bytes; digests never enrolled are left out."""
        ...

    def wearers(self, digests: Collection[str]) -> Mapping[str, int]:
        """`Enrolled.wearers` alone, for fingerprints that are at hand; a picture that nobody wears may be left out."""
        ...

    def enrol(self, digest: str, fingerprint: bytes | Unavailable) -> None:
        """Keep a fingerprint, or why there is none."""
        ...

    def record(self, record: DecisionRecord, *, same_since: datetime) -> DecisionRecord:
        """Keep a decision and return it, or return the one kept already (atomically, also between processes).

        Args:
            record: The new decision.
            same_since: A decision for the same transfer id with an equal `evidence_digest` and `decided_at` not before this
                moment is the same decision: it is returned and nothing is written.
        """
        ...

    def decision(self, decision_id: str) -> DecisionRecord | None:
        """The decision with this id."""
        ...

    def latest_decision(self, transfer_id: str) -> DecisionRecord | None:
        """The newest decision for this transfer."""
        ...

    def confirm(self, confirmation: Confirmation) -> Confirmation:
        """Keep a confirmation, or return the one that this transfer id already has (atomically: only one ever exists)."""
        ...

    def confirmation(self, transfer_id: str) -> Confirmation | None:
        """How this transfer was confirmed, if it was."""
        ...

    def confirmed_since(self, sender: str, recipient_key: str, since: datetime) -> Mapping[str, Money]:
        """Amounts confirmed by this sender towards this person from that moment on, by transfer id."""
        ...

    def confirm_unless_more(self, confirmation: Confirmation, *, since: datetime, seen: Collection[str]) -> Confirmation | None:
        """As `confirm`, but None when more went to this person since that moment than was seen: look again, then confirm.

        Args:
            confirmation: What is to be confirmed.
            since: Beginning of the time over which amounts were added up.
            seen: Transfer ids that were counted.
        """
        ...

    def state(self, decision_id: str) -> str:
        """Where this decided transfer stands; empty when nothing happened since it was decided."""
        ...

    def advance(self, decision_id: str, state: str) -> None:
        """Keep where this decided transfer stands."""
        ...

    def spend(self, sender: str, look: Look, *, terms: BudgetTerms, now: datetime) -> Balance | None:
        """What is left of the budget after this look, or None when it does not suffice; the same look again is free for a while."""
        ...

    def balance(self, sender: str, *, terms: BudgetTerms, now: datetime) -> Balance:
        """What the sender has left."""
        ...

    def give_back(self, sender: str, transfer_id: str, *, terms: BudgetTerms, now: datetime) -> bool:
        """Give back what a settled payment earns, once per transfer; False when it was given before."""
        ...

    def unpaid_looks(self, sender: str, since: datetime, *, besides: str) -> int:
        """At how many persons besides this one the sender looked since that moment without confirming a transfer to them since then."""
        ...

    def begin_try(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> int | None:
        """The number of one more guess at this person's name, counted as failed until `settle_try`; None when there are no more."""
        ...

    def settle_try(self, number: int) -> None:
        """Take note that this guess was right."""
        ...

    def withdraw_try(self, number: int) -> None:
        """Forget this guess: nobody could say whether it was right."""
        ...

    def tries_end(self, sender: str, person: str, *, terms: TryLimits, now: datetime) -> datetime | None:
        """When the next guess will be possible; None when it is possible now."""
        ...

    def redeem(self, receipt_id: str, at: datetime) -> bool:
        """Mark a receipt used; True once, False ever after and for a receipt that was never issued."""
        ...

    def erase(self, account: str, *, now: datetime) -> int:
        """Forget an account at its owner's wish, everywhere; how many facts that were. A confirmation stays until its receipt expired."""
        ...

    def expire(self, terms: Retention, *, now: datetime) -> int:
        """Forget everything whose time is up; how many facts that were."""
        ...

    def close(self) -> None:
        """Give back files and connections; harmless when repeated."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a decided transfer turned out to be.

    Args:
        decision_id: Under which decision.
        label: Honest, or which fraud.
        at: When the host learnt it; of two labels the later one holds.
    """

    decision_id: str
    label: Label
    at: datetime


@runtime_checkable
class Archive(Protocol):
    """A store that can be looked back into: what was decided, under which policy, and how it ended. Ours all can.

    Without it a host's own store still decides; explaining, replaying and calibrating need it.

    Raises:
        StoreError: From every method, as in `Store`.
    """

    def keep_policy(self, digest: str, body: bytes) -> None:
        """Keep the text of a policy under the digest by which decisions name it."""
        ...

    def policy(self, digest: str) -> bytes | None:
        """The text that was kept under this digest."""
        ...

    def count_decisions(self) -> int:
        """How many decisions are kept."""
        ...

    def decisions(self) -> Iterator[DecisionRecord]:
        """Every decision that is kept, the oldest first, a few at a time; other programs go on writing meanwhile."""
        ...

    def label(self, feedback: Feedback) -> bool:
        """Keep what a transfer turned out to be; False when there is no such decision, or a later label holds."""
        ...

    def labels(self) -> Mapping[str, Feedback]:
        """What is known by now, by decision id."""
        ...


class Keys(Protocol):
    """Who signs, and with what is encrypted?"""

    def signing_key(self) -> Mapping[str, str]:
        """The private JWK (OKP, Ed25519, with `kid`) that signs new receipts."""
        ...

    def public_keys(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """The JWKS of every key that may still verify a receipt."""
        ...

    def secret(self) -> bytes:
        """32 bytes that encrypt verified names at rest."""
        ...
