# SPDX-License-Identifier: Apache-2.0
"""Collect everything into one `Evidence`; decide nothing.

Two rounds: the first asks for what the transfer names and whom the sender chose (`surroundings`), the second for what the first made
necessary: the people paid lately, the reporters, the other accounts of the recipient's person. Both see one view of the directory. When it
is closed, a provider is asked for the verified name where the directory has none. What a seam says it cannot give becomes `Unavailable`;
anything else that goes wrong in it is a fault, and is never taken for "no answer" (design, rule 5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, cast

from transferguard.calling import demand, is_id
from transferguard.circle import Look, look_of
from transferguard.enrolment import Enrolment
from transferguard.errors import UnknownAccount
from transferguard.evidence import NOT_HANDED_OVER, DayTotal, Evidence, Party, Payment, Reporter, Tie, forget_written
from transferguard.flow import DONE, WEEK, Flow, flow_of, usual_of
from transferguard.identifying import Identified, Identifying
from transferguard.model import Account, Contact, PastTransfer, Report, Transfer, Unavailable
from transferguard.parties import party_of, read_name, reading_of
from transferguard.policy import Policy
from transferguard.remembered import Remembered
from transferguard.seams import Directory, Identities, KeepsPictures, LeftOut, Store
from transferguard.surroundings import Neighbourhoods, Surroundings, asked
from transferguard.talk import Talk

ACCOUNTS_REMEMBERED: Final = 512
"""Accounts of which is remembered what evidence says about them: senders and recipients of the last checks, a kilobyte each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the first round brought.

    Args:
        sender: The sender's account.
        recipient: The recipient's account.
        around: Whom the sender chose and paid.
        reports: Complaints about the recipient.
        received: Transfers that the recipient took part in.
    """

    sender: Account
    recipient: Account
    around: Surroundings
    reports: tuple[Report, ...] | Unavailable
    received: tuple[PastTransfer, ...] | Unavailable

    @property
    def contact(self) -> Contact | None:
        """The sender's entry for the recipient."""
        return self.around.contact(self.recipient.id)

    @property
    def paid(self) -> tuple[PastTransfer, ...]:
        """Transfers from the sender to the recipient."""
        return self.around.paid.get(self.recipient.id, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that the directory and our own memory know, before a provider of identities is asked.

    Args:
        recipient: The recipient's account, as the provider will be asked about it.
        evidence: Complete but for what the provider knows.
    """

    recipient: Account
    evidence: Evidence


def _lately(facts: Facts, transfer: Transfer, policy: Policy, now: datetime) -> list[PastTransfer]:
    """Transfers of the sender within the policy's hours that moved money in the same currency."""
    sent = facts.around.sent
    since = now - timedelta(hours=policy.spans.total_hours)
    return [
        past
        for past in (() if isinstance(sent, Unavailable) else sent)
        # Few transfers are of today, so this is asked first.
        if isinstance(past.at, datetime)
        and past.at > since
        and past.id != transfer.id
        and past.money.currency == transfer.money.currency
        and past.state in DONE
    ]


class Gatherer:
    """Everything about a transfer, from a directory and a store, as one `Evidence`.

    Args:
        directory: Whom the host knows.
        store: Fingerprints, and what this guard confirmed itself.
        policy: How long a day is.
        secret: Keys the digests of verified names.
        identities: Who knows verified names that the directory does not.
    """

    def __init__(self, directory: Directory, store: Store, *, policy: Policy, secret: bytes, identities: Identities | None = None) -> None:
        self._identifying = Identifying(identities)
        self._directory = directory
        self._keeps_pictures = isinstance(directory, KeepsPictures)
        self._store = store
        self._policy = policy
        self._secret = secret
        self.enrolment = Enrolment(store)
        self._neighbourhoods = Neighbourhoods(directory, self.enrolment)
        self._parties = Remembered(partial(party_of, name_secret=secret), most=ACCOUNTS_REMEMBERED)
        self._looks = Remembered(look_of, most=ACCOUNTS_REMEMBERED)
        self._readings = Remembered(reading_of, most=ACCOUNTS_REMEMBERED)

    def forget_circles(self) -> None:
        """Somebody was erased: whatever is kept between checks is read anew."""
        self._neighbourhoods.clear()
        self.enrolment.clear()
        for remembered in (self._parties, self._looks, self._readings):
            remembered.forget()
        forget_written()

    def evidence(
        self,
        transfer: Transfer,
        now: datetime,
        talk: Talk | Unavailable = NOT_HANDED_OVER,
        *,
        waited_since: datetime | None = None,
        found: Identified | None = None,
    ) -> Evidence:
        """All that is known about this transfer at this moment.

        Args:
            transfer: What the sender is about to confirm.
            now: When.
            talk: As for `gathered`.
            waited_since: As there.
            found: What the provider of identities said, if it was asked already.

        Raises:
            UnknownAccount: The sender or the recipient is unknown.
        """
        with self._directory.reading():
            gathered = self.gathered(transfer, now, talk, waited_since=waited_since)
        return self.identified(gathered, found=found)

    def gathered(
        self, transfer: Transfer, now: datetime, talk: Talk | Unavailable = NOT_HANDED_OVER, *, waited_since: datetime | None = None
    ) -> Gathered:
        """All that is known without the provider of identities; to be called within `reading`.

        Args:
            transfer: What the sender is about to confirm.
            now: When.
            talk: What the recipient spoke of just before.
            waited_since: When the wait began that an earlier decision asked for and the sender has served; None for no wait.

        Raises:
            UnknownAccount: The sender or the recipient is unknown.
        """
        facts = self._facts(transfer.sender, transfer.recipient)
        evidence = self._evidence(facts, transfer, now, talk)
        if waited_since is not None:
            evidence = replace(evidence, waited=True, waiting_since=waited_since)
        return Gathered(recipient=facts.recipient, evidence=evidence)

    @property
    def has_provider(self) -> bool:
        """Whether there is a provider of identities."""
        return self._identifying.has_provider

    def identify(self, account: Account) -> Identified:
        """The account with what the provider of identities knows of it."""
        return self._identifying.recipient(account)

    def identified(self, gathered: Gathered, *, found: Identified | None = None) -> Evidence:
        """With what the provider of identities knows. A bank may take seconds, so no view of the database is held meanwhile."""
        evidence, found = gathered.evidence, found or self.identify(gathered.recipient)
        if found.account is gathered.recipient:  # nobody was asked
            return evidence
        return replace(
            evidence, recipient=party_of(found.account, evidence.recipient.avatar, name_secret=self._secret), name=read_name(found)
        )

    def parties(self, sender: str, recipient: str) -> tuple[Account | None, Account | None]:
        """Both accounts, and nothing about them; None for one that nobody knows."""
        accounts = self._directory.accounts({sender, recipient})
        return accounts.get(sender), accounts.get(recipient)

    def reading(self) -> AbstractContextManager[None]:
        """One consistent view for all that is asked meanwhile."""
        return self._directory.reading()

    def compare(self, sender: str, recipient: str) -> None:
        """Compare the recipient with the sender's circle; the circle remembers the answer for as long as both stay as they are.

        Raises:
            UnknownAccount: One of them is unknown.
        """
        for side, account in (("sender", sender), ("recipient", recipient)):
            if not is_id(demand(account, str, side, remedy="give the id of an account")):
                raise UnknownAccount(f"transfer.{side}")
        with self._directory.reading():
            facts = self._facts(sender, recipient)
            if not isinstance(facts.around.circle, Unavailable):
                facts.around.circle.resembling(self._subject(facts)[0])

    def _evidence(self, facts: Facts, transfer: Transfer, now: datetime, talk: Talk | Unavailable) -> Evidence:
        circle, sent = facts.around.circle, facts.around.sent
        subject, why_not = self._subject(facts)
        return Evidence(
            now=now,
            transfer=transfer,
            sender=self._party(facts.sender, ""),
            recipient=self._party(facts.recipient, why_not),
            tie=_tie(facts),
            name=self._readings(facts.recipient) if _is_light(facts.recipient) else reading_of(facts.recipient),
            circle_size=circle if isinstance(circle, Unavailable) else len(circle),
            resemblances=circle if isinstance(circle, Unavailable) else circle.resembling(subject),
            today=self._today(facts, transfer, now),
            reports=facts.reports if isinstance(facts.reports, Unavailable) else tuple(sorted(facts.reports, key=lambda report: report.id)),
            reporters=self._reporters(facts),
            flow=self._flow(facts, transfer, now),
            usual=sent
            if isinstance(sent, Unavailable)
            else usual_of(sent, sender=transfer.sender, recipient=transfer.recipient, currency=transfer.money.currency, now=now),
            accounts_of_person=self._accounts_of_person(facts),
            last_trace_at=_last_trace(facts, now),
            awake=_awake(facts, now),
            talk=talk,
            picture_digest=subject.digest,
        )

    def _facts(self, sender: str, recipient: str) -> Facts:
        accounts = self._accounts({sender, recipient})
        for side, account in (("sender", sender), ("recipient", recipient)):
            if account not in accounts:
                raise UnknownAccount(f"transfer.{side}")
        return Facts(
            sender=accounts[sender],
            recipient=accounts[recipient],
            around=self._neighbourhoods.of(sender),
            reports=asked(lambda: self._directory.reports(recipient)),
            received=asked(lambda: self._directory.transfers(recipient)),
        )

    def _accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """Without the bytes of pictures, which are large and seldom needed; a provider of identities is handed the whole account."""
        if self._keeps_pictures and not self.has_provider:
            return cast("KeepsPictures", self._directory).accounts_without_pictures(ids)
        return self._directory.accounts(ids)

    def typed_name_fits(self, account: str, typed: str) -> bool | Unavailable:
        """What the provider of identities says about a typed name, where no name is known."""
        known = self._directory.accounts({account})
        return self._identifying.fits(known[account], typed) if account in known else Unavailable("no such account")

    def _reporters(self, facts: Facts) -> tuple[Reporter, ...]:
        """Who complained, as far as the directory knows them; a reporter need not be known."""
        ids = {report.reporter for report in (() if isinstance(facts.reports, Unavailable) else facts.reports)}
        known = asked(lambda: tuple(self._directory.accounts(ids).values())) if ids else ()
        return tuple(
            Reporter(account=account.id, person=person_of(account), created_at=account.created_at)
            for account in sorted(() if isinstance(known, Unavailable) else known, key=lambda account: account.id)
        )

    def _flow(self, facts: Facts, transfer: Transfer, now: datetime) -> Flow | Unavailable:
        if isinstance(facts.received, Unavailable):
            return facts.received
        others = [past for past in facts.received if past.id != transfer.id]
        return flow_of(others, transfer.recipient, transfer.money.currency, now=now)

    def _accounts_of_person(self, facts: Facts) -> int | Unavailable:
        identity = facts.recipient.identity
        if isinstance(identity, Unavailable):
            return identity
        ids = asked(lambda: self._directory.accounts_of(identity))
        return ids if isinstance(ids, Unavailable) else len(set(ids) | {facts.recipient.id})

    def _subject(self, facts: Facts) -> tuple[Look, str]:
        """The recipient as the sender sees it, and why its picture cannot be compared, if so.

        The directory's answer of this moment counts, also for a member of a circle that was read a while ago.
        """
        recipient = facts.recipient
        known = self.enrolment.pictures_left_out([recipient])
        if known is None:  # one of them was never enrolled
            told = self._directory.accounts({recipient.id})
            if recipient.id not in told:
                raise UnknownAccount("transfer.recipient")
            known = self.enrolment.pictures(told.values())
        pictures = known[recipient.id]
        look = self._looks if _is_light(recipient) else look_of
        return look(recipient, facts.contact, facts.paid, pictures=pictures), pictures.why_not

    def _party(self, account: Account, avatar: str) -> Party:
        return self._parties(account, avatar) if _is_light(account) else party_of(account, avatar, name_secret=self._secret)

    def _today(self, facts: Facts, transfer: Transfer, now: datetime) -> DayTotal | Unavailable:
        """What went to the same person today, also by what this guard confirmed and the directory may not know yet."""
        since = now - timedelta(hours=self._policy.spans.total_hours)
        person = person_of(facts.recipient)
        confirmed = self._store.confirmed_since(transfer.sender, person, since)
        in_currency = {id_: money.minor for id_, money in confirmed.items() if money.currency == transfer.money.currency}
        if isinstance(facts.around.sent, Unavailable) and not in_currency:
            return facts.around.sent
        lately = _lately(facts, transfer, self._policy, now)
        people = {facts.recipient.id: facts.recipient}
        if others := {past.recipient for past in lately} - people.keys():
            # Whose accounts these are may be unknown for the moment; what went to this very account still counts.
            answer = asked(lambda: tuple(self._directory.accounts(others).values()))
            people |= {} if isinstance(answer, Unavailable) else {account.id: account for account in answer}
        known = {past.id: past.money.minor for past in lately if past.recipient in people and person_of(people[past.recipient]) == person}
        both = known | {id_: minor for id_, minor in in_currency.items() if id_ != transfer.id}
        return DayTotal(minor=sum(both.values()), count=len(both))


def person_of(account: Account) -> str:
    """Key of the person behind an account: the identity where known, else the account itself."""
    return f"identity:{account.identity}" if isinstance(account.identity, str) else f"account:{account.id}"


def _last_trace(facts: Facts, now: datetime) -> datetime | Unavailable:
    """The latest sign of life of the recipient that is older than a week."""
    traces = [at for at in _traces(facts) if now - at > WEEK]
    return max(traces, default=Unavailable("no earlier sign of life"))


def _awake(facts: Facts, now: datetime) -> bool:
    """Whether the recipient gave a sign of life within the last week."""
    return any(now - at <= WEEK for at in _traces(facts))


def _traces(facts: Facts) -> list[datetime]:
    recipient, contact = facts.recipient, facts.contact
    events = () if isinstance(recipient.security_events, Unavailable) else recipient.security_events
    changes = () if isinstance(recipient.profile_changes, Unavailable) else recipient.profile_changes
    moved = () if isinstance(facts.received, Unavailable) else facts.received
    found = [recipient.last_active_at, contact.last_message_at if contact else Unavailable()]
    found += [event.at for event in events] + [change.at for change in changes] + [past.at for past in moved]
    return [at for at in found if isinstance(at, datetime)]


def _is_light(account: Account) -> bool:
    """Whether this very account may be there again in the next check, and holds no picture: only then is it worth remembering."""
    return isinstance(account.avatar, LeftOut)


def _tie(facts: Facts) -> Tie:
    contact = facts.contact
    return Tie(
        contact=facts.around.contacts if isinstance(facts.around.contacts, Unavailable) else contact is not None,
        since=contact.since if contact else Unavailable("not a contact"),
        remark=contact.remark if contact else Unavailable("not a contact"),
        payments=facts.around.sent
        if isinstance(facts.around.sent, Unavailable)
        else tuple(Payment(money=past.money, at=past.at, state=past.state) for past in sorted(facts.paid, key=lambda past: past.id)),
    )
