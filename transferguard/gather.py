# SPDX-License-Identifier: Apache-2.0
"""Collect everything into one `Evidence`; decide nothing.

Two rounds: the first asks for what the transfer names (`gather_facts`), the second for what the first made necessary: the circle
(`circle_ids`, a pure function between the two) and the people paid lately. What a seam says it cannot give becomes `Unavailable`;
anything else that goes wrong in it is a fault, and is never taken for "no answer" (design, rule 5).
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from transferguard.circle import Circle, Look, look_of
from transferguard.decision import MatchResult
from transferguard.enrolment import Enrolment
from transferguard.errors import UnknownAccount, WorldError
from transferguard.evidence import NOT_HANDED_OVER, Change, DayTotal, Evidence, NameReading, Party, Payment, Reporter, Tie
from transferguard.flow import WEEK, Flow, flow_of, usual_of
from transferguard.model import Account, Contact, PastTransfer, Report, Transfer, TransferState, Unavailable
from transferguard.policy import Policy
from transferguard.seams import Directory, Store
from transferguard.talk import Talk

T = TypeVar("T")

MAX_CACHED_MEMBERS: Final = 20_000
"""People in all circles that are kept between checks; at up to 24 KB a picture this bounds the cache to about half a gigabyte."""

_FIT_ORDER: Final = (MatchResult.UNAVAILABLE, MatchResult.NO_MATCH, MatchResult.CLOSE_MATCH, MatchResult.MATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the first round brought.

    Args:
        sender: The sender's account.
        recipient: The recipient's account.
        contacts: Whom the sender chose.
        sent: Transfers that the sender took part in.
        reports: Complaints about the recipient.
    """

    sender: Account
    recipient: Account
    contacts: tuple[Contact, ...] | Unavailable
    sent: tuple[PastTransfer, ...] | Unavailable
    reports: tuple[Report, ...] | Unavailable

    def contact(self) -> Contact | None:
        """The sender's entry for the recipient; of several, the one that was first."""
        if isinstance(self.contacts, Unavailable):
            return None
        mine = [contact for contact in self.contacts if contact.owner == self.sender.id and contact.account == self.recipient.id]
        return min(mine, key=lambda contact: (not isinstance(contact.since, datetime), str(contact.since)), default=None)

    def paid(self, account: str) -> tuple[PastTransfer, ...]:
        """Transfers from the sender to this account."""
        if isinstance(self.sent, Unavailable):
            return ()
        return tuple(past for past in self.sent if past.sender == self.sender.id and past.recipient == account)


def gather_facts(directory: Directory, transfer: Transfer) -> Facts:
    """The first round: what the transfer itself names.

    Raises:
        UnknownAccount: The directory does not know the sender or the recipient.
    """
    accounts = directory.accounts({transfer.sender, transfer.recipient})
    for side in ("sender", "recipient"):
        if getattr(transfer, side) not in accounts:
            raise UnknownAccount(f"transfer.{side}")
    return Facts(
        sender=accounts[transfer.sender],
        recipient=accounts[transfer.recipient],
        contacts=asked(lambda: directory.contacts(transfer.sender)),
        sent=asked(lambda: directory.transfers(transfer.sender)),
        reports=asked(lambda: directory.reports(transfer.recipient)),
    )


def asked(question: Callable[[], Sequence[T] | Collection[T] | Unavailable]) -> tuple[T, ...] | Unavailable:
    """The answer of a seam as a tuple, or why there is none."""
    try:
        answer = question()
    except WorldError as error:
        return Unavailable(type(error).__name__)
    return answer if isinstance(answer, Unavailable) else tuple(answer)


def circle_ids(facts: Facts) -> tuple[str, ...] | Unavailable:
    """Which accounts belong to the sender's circle: contacts, and people paid before."""
    if isinstance(facts.contacts, Unavailable) and isinstance(facts.sent, Unavailable):
        return facts.contacts
    contacts = () if isinstance(facts.contacts, Unavailable) else facts.contacts
    sent = () if isinstance(facts.sent, Unavailable) else facts.sent
    chosen = {contact.account for contact in contacts if contact.owner == facts.sender.id}
    paid = {past.recipient for past in sent if past.sender == facts.sender.id and past.state is TransferState.SETTLED}
    return tuple(sorted((chosen | paid) - {facts.sender.id}))


def _lately(facts: Facts, transfer: Transfer, policy: Policy, now: datetime) -> list[PastTransfer]:
    """Transfers of the sender within the policy's hours that moved money in the same currency."""
    if isinstance(facts.sent, Unavailable):
        return []
    since = now - timedelta(hours=policy.spans.total_hours)
    return [
        past
        for past in facts.sent
        if past.sender == transfer.sender
        and past.id != transfer.id
        and past.money.currency == transfer.money.currency
        and past.state in {TransferState.CONFIRMED, TransferState.SETTLED}
        and isinstance(past.at, datetime)
        and past.at > since
    ]


class Gatherer:
    """Everything about a transfer, from a directory and a store, as one `Evidence`.

    Args:
        directory: Whom the host knows.
        store: Fingerprints, and what this guard confirmed itself.
        policy: How long a day is.
        secret: Keys the digests of verified names.
    """

    def __init__(self, directory: Directory, store: Store, *, policy: Policy, secret: bytes) -> None:
        self._directory = directory
        self._store = store
        self._policy = policy
        self._secret = secret
        self._circles = CircleCache()
        self.enrolment = Enrolment(store)

    def evidence(self, transfer: Transfer, now: datetime, talk: Talk | Unavailable = NOT_HANDED_OVER) -> Evidence:
        """All that is known about this transfer at this moment.

        Args:
            transfer: What the sender is about to confirm.
            now: When.
            talk: What the recipient spoke of just before.

        Raises:
            UnknownAccount: The sender or the recipient is unknown.
        """
        facts = gather_facts(self._directory, transfer)
        circle = self._circle(facts, now)
        subject = self._subject(facts, circle, now)
        received = asked(lambda: self._directory.transfers(transfer.recipient))
        return Evidence(
            now=now,
            transfer=transfer,
            sender=_party(facts.sender, "", self._secret),
            recipient=_party(facts.recipient, self.enrolment.why_not(facts.recipient), self._secret),
            tie=_tie(facts),
            name=read_name(facts),
            circle_size=circle if isinstance(circle, Unavailable) else len(circle),
            resemblances=circle if isinstance(circle, Unavailable) else circle.resembling(subject),
            today=self._today(facts, transfer, now),
            reports=facts.reports,
            reporters=self._reporters(facts),
            flow=self._flow(received, transfer, now),
            usual=facts.sent
            if isinstance(facts.sent, Unavailable)
            else usual_of(facts.sent, transfer.sender, transfer.recipient, transfer.money.currency, now=now),
            accounts_of_person=self._accounts_of_person(facts),
            last_trace_at=_last_trace(facts, received, now),
            awake=_awake(facts, received, now),
            talk=talk,
            picture_digest=subject.digest,
        )

    def _reporters(self, facts: Facts) -> tuple[Reporter, ...]:
        """Who complained, as far as the directory knows them; a reporter need not be known."""
        ids = {report.reporter for report in (() if isinstance(facts.reports, Unavailable) else facts.reports)}
        known = self._directory.accounts(ids) if ids else {}
        return tuple(
            Reporter(account=account.id, person=person_of(account), created_at=account.created_at)
            for account in sorted(known.values(), key=lambda account: account.id)
        )

    def _flow(self, received: tuple[PastTransfer, ...] | Unavailable, transfer: Transfer, now: datetime) -> Flow | Unavailable:
        if isinstance(received, Unavailable):
            return received
        return flow_of([past for past in received if past.id != transfer.id], transfer.recipient, transfer.money.currency, now)

    def _accounts_of_person(self, facts: Facts) -> int | Unavailable:
        identity = facts.recipient.identity
        if isinstance(identity, Unavailable):
            return identity
        ids = asked(lambda: self._directory.accounts_of(identity))
        return ids if isinstance(ids, Unavailable) else len(set(ids) | {facts.recipient.id})

    def _circle(self, facts: Facts, now: datetime) -> Circle | Unavailable:
        owner = facts.sender.id
        version = self._directory.circle_version(owner)
        if isinstance(version, Unavailable):
            return self._build(facts, now)
        kept = self._circles.get(owner, version)
        if kept is not None:
            return kept
        built = self._build(facts, now)
        if isinstance(built, Circle):
            self._circles.put(owner, version, built)
        return built

    def _build(self, facts: Facts, now: datetime) -> Circle | Unavailable:
        """Index everybody whom the sender chose; the costly part, kept between checks."""
        ids = circle_ids(facts)
        if isinstance(ids, Unavailable):
            return ids
        try:
            accounts = self._directory.accounts(ids)
        except WorldError as error:
            return Unavailable(type(error).__name__)
        contacts = {
            contact.account: contact
            for contact in reversed(() if isinstance(facts.contacts, Unavailable) else facts.contacts)
            if contact.owner == facts.sender.id
        }
        pictures = self.enrolment.pictures(accounts.values())
        return Circle(
            look_of(account, contacts.get(account.id), facts.paid(account.id), pictures=pictures[account.id], now=now)
            for account in accounts.values()
        )

    def _subject(self, facts: Facts, circle: Circle | Unavailable, now: datetime) -> Look:
        """The recipient as the sender sees it, as a member of the circle where it is one."""
        member = None if isinstance(circle, Unavailable) else circle.member(facts.recipient.id)
        return member or look_of(
            facts.recipient,
            facts.contact(),
            facts.paid(facts.recipient.id),
            pictures=self.enrolment.pictures([facts.recipient])[facts.recipient.id],
            now=now,
        )

    def _today(self, facts: Facts, transfer: Transfer, now: datetime) -> DayTotal | Unavailable:
        """What went to the same person today, also by what this guard confirmed and the directory may not know yet."""
        since = now - timedelta(hours=self._policy.spans.total_hours)
        confirmed = self._store.confirmed_since(transfer.sender, person_of(facts.recipient), since)
        in_currency = {id_: money.minor for id_, money in confirmed.items() if money.currency == transfer.money.currency}
        if isinstance(facts.sent, Unavailable) and not in_currency:
            return facts.sent
        lately = _lately(facts, transfer, self._policy, now)
        people = self._directory.accounts({past.recipient for past in lately})
        known = {
            past.id: past.money.minor
            for past in lately
            if person_of(people.get(past.recipient, facts.recipient)) == person_of(facts.recipient)
        }
        both = known | {id_: minor for id_, minor in in_currency.items() if id_ != transfer.id}
        return DayTotal(minor=sum(both.values()), count=len(both))


class CircleCache:
    """Circles kept between checks, the least recently used given up first; bounded by the people in them."""

    def __init__(self, limit: int = MAX_CACHED_MEMBERS) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, tuple[str, Circle]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, owner: str, version: str) -> Circle | None:
        """The circle of this owner, if it was kept under this version."""
        with self._lock:
            kept = self._kept.get(owner)
            if kept is None or kept[0] != version:
                return None
            self._kept.move_to_end(owner)
            return kept[1]

    def put(self, owner: str, version: str, circle: Circle) -> None:
        """Keep a circle, and give up others when there are too many people."""
        with self._lock:
            self._kept[owner] = (version, circle)
            self._kept.move_to_end(owner)
            while len(self._kept) > 1 and sum(len(one) for _, one in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)


def person_of(account: Account) -> str:
    """Key of the person behind an account: the identity where known, else the account itself."""
    return f"identity:{account.identity}" if isinstance(account.identity, str) else f"account:{account.id}"


def _last_trace(facts: Facts, received: tuple[PastTransfer, ...] | Unavailable, now: datetime) -> datetime | Unavailable:
    """The latest sign of life of the recipient that is older than a week."""
    traces = [at for at in _traces(facts, received) if now - at > WEEK]
    return max(traces, default=Unavailable("no earlier sign of life"))


def _awake(facts: Facts, received: tuple[PastTransfer, ...] | Unavailable, now: datetime) -> bool:
    """Whether the recipient gave a sign of life within the last week."""
    return any(now - at <= WEEK for at in _traces(facts, received))


def _traces(facts: Facts, received: tuple[PastTransfer, ...] | Unavailable) -> list[datetime]:
    recipient, contact = facts.recipient, facts.contact()
    events = () if isinstance(recipient.security_events, Unavailable) else recipient.security_events
    changes = () if isinstance(recipient.profile_changes, Unavailable) else recipient.profile_changes
    moved = () if isinstance(received, Unavailable) else received
    found = [recipient.last_active_at, contact.last_message_at if contact else Unavailable()]
    found += [event.at for event in events] + [change.at for change in changes] + [past.at for past in moved]
    return [at for at in found if isinstance(at, datetime)]


def _party(account: Account, avatar: str, name_secret: bytes) -> Party:
    changes, name = account.profile_changes, account.verified_name
    return Party(
        id=account.id,
        display_name=account.display_name,
        verified_name=name,
        identity=account.identity,
        kind=account.kind,
        real_name_status=account.real_name_status,
        standing=account.standing,
        created_at=account.created_at,
        last_active_at=account.last_active_at,
        changes=changes
        if isinstance(changes, Unavailable)
        else tuple(
            Change(at=change.at, name=change.of_name, avatar=change.of_avatar) for change in sorted(changes, key=lambda change: change.at)
        ),
        events=account.security_events
        if isinstance(account.security_events, Unavailable)
        else tuple(sorted(account.security_events, key=lambda event: (event.at, event.kind))),
        avatar=avatar,
        name_key=hmac.new(name_secret, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest() if isinstance(name, str) else "",
    )


def _tie(facts: Facts) -> Tie:
    contact = facts.contact()
    return Tie(
        contact=facts.contacts if isinstance(facts.contacts, Unavailable) else contact is not None,
        since=contact.since if contact else Unavailable("not a contact"),
        remark=contact.remark if contact else Unavailable("not a contact"),
        payments=facts.sent
        if isinstance(facts.sent, Unavailable)
        else tuple(
            Payment(money=past.money, at=past.at, state=past.state)
            for past in sorted(facts.paid(facts.recipient.id), key=lambda past: past.id)
        ),
    )


def read_name(facts: Facts) -> NameReading:
    """What the recipient's name says by itself, and how it fits the verified one."""
    from transferguard.names import find_role, inspect_name, match_payee  # noqa: PLC0415 - the tables load with the first name

    name, contact = facts.recipient.display_name, facts.contact()
    inspection = inspect_name(name)
    role = find_role(name)
    verified = facts.recipient.verified_name
    seen = [name, contact.remark] if contact else [name]
    fits = [match_payee(one, verified) for one in seen if isinstance(one, str)] if isinstance(verified, str) else []
    return NameReading(
        malformed=tuple(dict.fromkeys(str(trick.kind) for trick in inspection.tricks)) if inspection.malformed else (),
        malformed_bits=float(inspection.weight) if inspection.malformed else 0.0,
        role=str(role.kind) if role else "",
        fit=max(fits, key=_FIT_ORDER.index, default=MatchResult.UNAVAILABLE),
    )
