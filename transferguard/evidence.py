# SPDX-License-Identifier: Apache-2.0
"""All facts of one assessment, in one frozen value.

Everything was gathered before; the core reads this and nothing else. A fact that could not be had is `Unavailable(why)`. A
conversation is here as features, never as text, and pictures are here as what comparing them gave. The one secret inside is the
recipient's verified name, because somebody may have to be shown it: a store keeps recorded evidence encrypted.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from pydantic import TypeAdapter

from transferguard.canonical import Canonical
from transferguard.circle import EVER, Resemblance
from transferguard.decision import Disclosure, MatchResult
from transferguard.flow import Flow, Usual
from transferguard.model import (
    RECORDED,
    AccountKind,
    Id,
    Instant,
    Maybe,
    Money,
    RealNameStatus,
    Report,
    SecurityEvent,
    Standing,
    Text,
    Transfer,
    TransferState,
    Unavailable,
)
from transferguard.remembered import Remembered
from transferguard.talk import Talk

NOT_GATHERED: Final = Unavailable("not gathered")
NOT_HANDED_OVER: Final = Unavailable("not handed over")
"""The conversation is the host's to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """That a profile changed, without the old values.

    Args:
        at: When.
        name: Whether the display name did.
        avatar: Whether the picture did.
    """

    at: Instant
    name: bool
    avatar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of the transfer.

    Args:
        id: Account id.
        display_name: As its owner chose it.
        verified_name: The real name; never printed.
        identity: Opaque id of the real person.
        kind: Person or business.
        real_name_status: What the real-name system says.
        standing: Measure taken against the account.
        created_at: When it was opened.
        last_active_at: When its owner last did anything.
        changes: Profile changes.
        events: Security events.
        avatar: Why the picture cannot be compared; empty when it can.
        name_key: Keyed digest of the verified name, so that ids and bindings can depend on it without telling it.
    """

    id: Id
    display_name: Text
    verified_name: Maybe[Text] = field(repr=False)
    identity: Maybe[Id] = field(repr=False)
    kind: Maybe[AccountKind]
    real_name_status: Maybe[RealNameStatus]
    standing: Maybe[Standing]
    created_at: Maybe[Instant]
    last_active_at: Maybe[Instant]
    changes: Maybe[tuple[Change, ...]]
    events: Maybe[tuple[SecurityEvent, ...]]
    avatar: str
    name_key: str = ""

    @property
    def person(self) -> str:
        """Key of the person: the identity where known, else the account; totals and budgets run over it."""
        return f"identity:{self.identity}" if isinstance(self.identity, str) else f"account:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One earlier transfer, as far as it matters.

    Args:
        money: How much.
        at: When.
        state: What became of it.
    """

    money: Money
    at: Maybe[Instant]
    state: Maybe[TransferState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What links the sender with the recipient.

    Args:
        contact: Whether the sender chose the recipient as a contact.
        since: When; Unavailable also for somebody who is not a contact.
        remark: The sender's label.
        payments: Earlier transfers from the sender to this account.
    """

    contact: Maybe[bool]
    since: Maybe[Instant]
    remark: Maybe[Text]
    payments: Maybe[tuple[Payment, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReading:
    """What the recipient's display name says by itself.

    Args:
        malformed: Tampering that an honest name never has, machine-readable; empty for an ordinary name.
        malformed_bits: What that weighs, bits, 0 or more.
        role: Kind of title claimed; empty for none.
        fit: How the name fits the verified name.
        checkable: Whether a typed name can be put to a provider of identities although no name is known.
    """

    malformed: tuple[str, ...]
    malformed_bits: float
    role: str
    fit: MatchResult
    checkable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """What went from the sender to the same person within the policy's hours, this transfer left out.

    Args:
        minor: Minor units of the transfer's currency.
        count: Number of transfers.
    """

    minor: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Somebody who complained.

    Args:
        account: Account id.
        person: Key of the person behind it; several accounts of one person complain once.
        created_at: When the account was opened.
    """

    account: Id
    person: str = field(repr=False)
    created_at: Maybe[Instant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All facts of one assessment.

    Args:
        now: When the question was asked.
        transfer: What the sender is about to confirm.
        sender: Who pays.
        recipient: Who is paid.
        tie: What links them.
        name: What the recipient's name says by itself.
        circle_size: How many people the sender chose.
        resemblances: Members of the circle whom the recipient resembles.
        today: Earlier transfers of the same day.
        reports: Complaints about the recipient.
        reporters: Who complained, where something is known about them.
        flow: How money moves around the recipient.
        usual: What the sender usually pays.
        accounts_of_person: How many accounts the recipient's verified person has.
        last_trace_at: The latest sign of life of the recipient that is older than a week.
        awake: Whether there was a sign of life within the last week.
        talk: What the recipient spoke of just before.
        picture_digest: SHA-256 of the recipient's present picture; empty when there is none.
        may_show: How much of a name the sender's budget allows.
        affordable_at: When the budget will allow more; Unavailable when it allows all, or never will.
        waited: Whether the sender has served the wait that evidence asked for.
        waiting_since: When that wait began; what happened since then was not waited for.
    """

    now: Instant
    transfer: Transfer
    sender: Party
    recipient: Party
    tie: Tie
    name: NameReading
    circle_size: Maybe[int]
    resemblances: Maybe[tuple[Resemblance, ...]]
    today: Maybe[DayTotal]
    reports: Maybe[tuple[Report, ...]]
    reporters: tuple[Reporter, ...] = ()
    flow: Maybe[Flow] = NOT_GATHERED
    usual: Maybe[Usual] = NOT_GATHERED
    accounts_of_person: Maybe[int] = NOT_GATHERED
    last_trace_at: Maybe[Instant] = NOT_GATHERED
    awake: bool = False
    talk: Maybe[Talk] = NOT_HANDED_OVER
    picture_digest: str = ""
    may_show: Disclosure = Disclosure.FULL
    affordable_at: Maybe[Instant] = NOT_GATHERED
    waited: bool = False
    waiting_since: Maybe[Instant] = NOT_GATHERED

    def to_json(self) -> bytes:
        """Canonical JSON: equal evidence gives equal bytes."""
        return self.written().json

    @classmethod
    def from_json(cls, recorded: bytes) -> Evidence:
        """The evidence that `to_json` wrote, for replay."""
        return _adapter().validate_python(json.loads(recorded), context=RECORDED)

    def digest(self, *, with_clock: bool = False) -> str:
        """SHA-256 (hex): is the same question asked about the same facts?

        Verified names are left out, their keyed digests stand for them: a digest must not let anybody try names.

        Args:
            with_clock: Whether `now` counts.
        """
        written = self.written()
        return written.clocked if with_clock else written.digest

    def written(self) -> Written:
        """`to_json` and both digests at once, for about what one of them costs."""
        sides = {side: _written_party(getattr(self, side)) for side in _SIDES}
        facts = {name: f'"{name}":{sides[name][0] if name in sides else _written(name, getattr(self, name))}' for name in _FACTS}
        whole = _object(facts).encode("ascii")
        for side, (_, nameless) in sides.items():
            facts[side] = f'"{side}":{nameless}'
        clocked = _sha256(_object(facts))
        del facts["now"]
        return Written(json=whole, digest=_sha256(_object(facts)), clocked=clocked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Evidence as it is kept.

    Args:
        json: As `Evidence.to_json`.
        digest: As `Evidence.digest`.
        clocked: The same with the clock.
    """

    json: bytes = field(repr=False)
    digest: str
    clocked: str


def _object(members: dict[str, str]) -> str:
    """The JSON object of these members, names included."""
    return "{" + ",".join(members.values()) + "}"


def _written(name: str, fact: Any) -> str:  # noqa: ANN401 - any of the fields
    """One fact as it stands in the JSON object. A recipient may resemble many, and the circle gives the same answer again and again."""
    if name == "resemblances" and not isinstance(fact, Unavailable):
        return _written_likenesses(fact)
    return _CANONICAL.write(fact)


def _party_and_nameless(party: Party) -> tuple[str, str]:
    """A party as it stands in the JSON object, and without its verified name. The gathering hands the same one out again and again."""
    members = _CANONICAL.members(party)
    whole = _CANONICAL.joined(members)
    del members["verified_name"]
    return whole, _CANONICAL.joined(members)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def forget_written() -> None:
    """Keep nothing of what was written before: somebody was erased."""
    _written_likenesses.forget()
    _written_party.forget()


_SIDES: Final = ("sender", "recipient")
_FACTS: Final = tuple(sorted(item.name for item in fields(Evidence)))
_CANONICAL: Final = Canonical(text=encode_basestring_ascii, moment=lambda at: f'"{at.isoformat().replace("+00:00", "Z")}"')

_MOST_WRITTEN: Final = 256
"""Answers of circles whose text is kept; a stranger who resembles everybody of a large circle fills some 80 KB."""

_written_party: Final = Remembered(_party_and_nameless, most=_MOST_WRITTEN)
_written_likenesses: Final = Remembered(_CANONICAL.write, most=_MOST_WRITTEN)


@functools.cache
def _adapter() -> TypeAdapter[Evidence]:
    return TypeAdapter(Evidence)


def earned_payments(evidence: Evidence, settling: timedelta) -> tuple[Payment, ...]:
    """Which payments speak for the recipient (design, rule 3)?

    Only settled ones that went well for longer than `settling`, and only those made before the recipient's last profile change and
    last security event and before any resemblance to somebody else began: later ones prove nothing, however many.

    Args:
        evidence: What went from the sender to this account, and what happened to it.
        settling: How old a payment must be; the first yuan of yesterday was a test.
    """
    payments, recipient = evidence.tie.payments, evidence.recipient
    if isinstance(payments, Unavailable) or isinstance(recipient.changes, Unavailable) or isinstance(recipient.events, Unavailable):
        return ()
    ends = [evidence.now - settling]
    ends += [max(one.at for one in happened) for happened in (recipient.changes, recipient.events) if happened]
    for likeness in () if isinstance(evidence.resemblances, Unavailable) else evidence.resemblances:
        if not likeness.same_identity:
            ends.append(likeness.began_at if isinstance(likeness.began_at, datetime) else EVER)
    end = min(ends)
    return tuple(paid for paid in payments if paid.state is TransferState.SETTLED and isinstance(paid.at, datetime) and paid.at < end)


def wait_is_served(evidence: Evidence) -> bool:
    """Whether the sender has waited for all that is known: an event, change or complaint since the wait began asks for another."""
    if not evidence.waited or isinstance(evidence.waiting_since, Unavailable):
        return evidence.waited
    dated: list[object] = []
    for facts in (evidence.recipient.changes, evidence.recipient.events, evidence.sender.events, evidence.reports):
        dated += [] if isinstance(facts, Unavailable) else [fact.at for fact in facts]
    return not any(isinstance(at, datetime) and at > evidence.waiting_since for at in dated)


def missing_facts(evidence: Evidence) -> tuple[str, ...]:
    """Which facts could not be had, as `fact: why`, sorted; also that a host offers no real-name system."""
    facts: dict[str, object] = {
        "circle": evidence.resemblances,
        "reports": evidence.reports,
        "today": evidence.today,
        "payments": evidence.tie.payments,
        "contact": evidence.tie.contact,
    }
    for side, party in (("recipient", evidence.recipient), ("sender", evidence.sender)):
        facts |= {f"{side}.real_name_status": party.real_name_status, f"{side}.standing": party.standing}
    party = evidence.recipient
    facts |= {
        "recipient.verified_name": party.verified_name,
        "recipient.identity": party.identity,
        "recipient.created_at": party.created_at,
        "recipient.profile_changes": party.changes,
        "recipient.security_events": party.events,
    }
    found = [f"{fact}: {state.why}" for fact, state in facts.items() if isinstance(state, Unavailable)]
    found += [
        f"{side}.real_name_status: not offered by this host"
        for side, one in (("recipient", evidence.recipient), ("sender", evidence.sender))
        if one.real_name_status is RealNameStatus.NOT_OFFERED
    ]
    if party.avatar:
        found.append(f"recipient.avatar: {party.avatar}")
    return tuple(sorted(found))
