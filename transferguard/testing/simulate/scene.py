# SPDX-License-Identifier: Apache-2.0
"""One transfer about to be confirmed in a world, with the truth about it.

A `Draft` starts from a world and is changed by the functions of `honest`, `copies` and `other_attacks`: a stranger comes, a friend
renames, somebody writes. `Draft.finish` freezes it. A scene can be asked like a host's directory, without copying the circle, or
written as a case file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from transferguard.case import Case
from transferguard.model import (
    Account,
    AccountKind,
    Channel,
    Contact,
    Message,
    Money,
    PastTransfer,
    ProfileChange,
    Report,
    ReportKind,
    SecurityEvent,
    SecurityEventKind,
    Transfer,
    TransferState,
    Unavailable,
)
from transferguard.seams import Directory
from transferguard.testing.populations import Person, population
from transferguard.testing.simulate.world import SENDER, Member, World, account_of, money
from transferguard.testing.split import Split, split_of, stable_number

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What the generator knows and the guard must find out.

    Attributes:
        scenario: Name of the honest situation or attack.
        attack: Whether somebody is cheating.
        imitates: Account id of the copied contact; empty when nobody is copied.
        first_payment: Whether the sender never paid this account before.
        tags: What the report groups by: disguise, picture attack, stage, rarity in bits, picture kind.
    """

    scenario: str
    attack: bool
    imitates: str = ""
    first_payment: bool = True
    tags: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A transfer, what is known around it, and the truth.

    Attributes:
        world: The circle that it stands in.
        truth: What really happens.
        transfer: What the sender is about to confirm.
        accounts: Accounts that are new or differ from the world's, by id.
        contacts: Entries that are new or differ, by account id.
        transfers: Earlier transfers beside those of the circle.
        reports: Complaints.
        conversation: The talk just before.
    """

    world: World = field(repr=False)
    truth: Truth
    transfer: Transfer
    accounts: Mapping[str, Account] = field(repr=False)
    contacts: Mapping[str, Contact] = field(repr=False)
    transfers: Sequence[PastTransfer] = field(repr=False)
    reports: Sequence[Report] = ()
    conversation: Sequence[Message] = ()

    def all_accounts(self) -> dict[str, Account]:
        """Everybody who is spoken of, the sender first."""
        circle = {member.account.id: member.account for member in self.world.members}
        return {SENDER: self.world.sender} | circle | dict(self.accounts)

    def all_contacts(self) -> tuple[Contact, ...]:
        """The sender's entries, changed ones in their changed form."""
        return tuple(({member.contact.account: member.contact for member in self.world.members} | dict(self.contacts)).values())

    def all_transfers(self) -> tuple[PastTransfer, ...]:
        """Everything paid before."""
        return tuple(payment for member in self.world.members for payment in member.payments) + tuple(self.transfers)

    def case(self) -> Case:
        """The scene as one case."""
        return Case(
            now=self.world.now,
            accounts=tuple(self.all_accounts().values()),
            contacts=self.all_contacts(),
            transfers=self.all_transfers(),
            reports=tuple(self.reports),
            conversation=tuple(self.conversation),
            transfer=self.transfer,
        )


class SceneDirectory(Directory):
    """A scene, asked as a host's directory is asked.

    The circle keeps its version as long as the scene does not change it, so that a guard may keep its index between scenes.

    Args:
        scene: Which.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._accounts = scene.all_accounts()

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """The accounts with these ids."""
        return {known: self._accounts[known] for known in ids if known in self._accounts}

    def contacts(self, owner: str) -> Sequence[Contact] | Unavailable:
        """The sender's contacts; nobody else's are simulated."""
        return self._scene.all_contacts() if owner == SENDER else ()

    def transfers(self, account: str) -> Sequence[PastTransfer] | Unavailable:
        """Earlier transfers of this account."""
        return tuple(past for past in self._scene.all_transfers() if account in {past.sender, past.recipient})

    def reports(self, account: str) -> Sequence[Report] | Unavailable:
        """Complaints about this account."""
        return tuple(report for report in self._scene.reports if report.account == account)

    def accounts_of(self, identity: str) -> Collection[str] | Unavailable:
        """All accounts of one person."""
        return frozenset(account.id for account in self._accounts.values() if account.identity == identity)

    def circle_version(self, owner: str) -> str | Unavailable:
        """The world, and what the scene changed in its circle."""
        scene = self._scene
        chosen = {member.account.id for member in scene.world.members} | set(scene.contacts)
        paid = {past.recipient for past in scene.transfers if past.sender == SENDER}
        changed = sorted((chosen & set(scene.accounts)) | set(scene.contacts) | paid)
        return f"{owner} {scene.world.culture} {scene.world.seed} {scene.world.split} " + (f"{id(scene)} {changed}" if changed else "")


class Draft:
    """A scene in the making.

    Args:
        world: Where it plays.
        scenario: Its name.
        rng: Source of all choices.
        again: Another source of what might as well have been otherwise among the same people; by default it is drawn with the rest.
        wanted: Who is met where the scenario asks for somebody of the circle; drawn by default.
    """

    def __init__(self, *, world: World, scenario: str, rng: Random, again: Random | None = None, wanted: Member | None = None) -> None:
        self.world, self.scenario, self.rng, self._again, self._wanted = world, scenario, rng, again, wanted
        self.accounts: dict[str, Account] = {}
        self.contacts: dict[str, Contact] = {}
        self.transfers: list[PastTransfer] = []
        self.reports: list[Report] = []
        self.conversation: list[Message] = []
        self.tags: dict[str, Any] = {}

    @property
    def split(self) -> Split | None:
        """Which part of all tables may be used."""
        return self.world.split

    def chance(self, draw: Callable[[Random], T]) -> T:
        """What differs when the same people play the scene again: amounts, lines of talk, and how old accounts and acquaintances are.

        The first source is asked in any case, so that whatever is drawn from it later stays the same.
        """
        first = draw(self.rng)
        return first if self._again is None else draw(self._again)

    def between(self, low: float, high: float) -> float:
        """Days or hours that may as well be others when the scene is played again: evenly between two ends."""
        return self.chance(lambda rng: rng.uniform(low, high))

    def ago(self, **span: float) -> datetime:
        """A moment before now: `ago(days=3)`."""
        return self.world.now - timedelta(**span)

    def person(self) -> Person:
        """Somebody new from the population."""
        return population(self.world.culture).draw(self.rng)

    def member(self, *, paid: bool | None = None, named: bool = False) -> Member:
        """Somebody of the circle; victims come from the part of the population that belongs to the split.

        Args:
            paid: Whether the sender paid this person before; `None` for either.
            named: Whether only people who show their real name are wanted.
        """
        if self._wanted is not None:
            return self._wanted
        circle = list(self.world.members)
        self.rng.shuffle(circle)
        fits = [member for member in circle if paid is None or bool(member.payments) is paid]
        fits = [member for member in fits if not named or member.account.display_name == member.person.verified_name] or fits or circle
        split = self.split
        mine = (member for member in fits if split is None or split_of("victim", member.person.verified_name) is split)
        return next(mine, fits[0])

    def stranger(  # noqa: PLR0913 - one account has that many independent facts, all named
        self,
        id_: str = "x1",
        *,
        person: Person | None = None,
        shown: str | None = None,
        picture: bytes | None = None,
        age_days: float | None = None,
        kind: AccountKind = AccountKind.PERSON,
        identity: str | None = None,
        bare: bool = False,
    ) -> Account:
        """Somebody whom the sender did not choose; ordinary where nothing is said: an old account and a picture of one's own."""
        person = person or self.person()
        worn = picture if picture is not None or bare else self.world.wardrobe.choose(self.rng)[1]
        usual = (
            self.chance(lambda rng: rng.lognormvariate(6.9, 1.1)) if age_days is None else age_days
        )  # median 1,000 days, a fortieth below 90
        account = account_of(
            id_,
            person,
            person.verified_name if shown is None else shown,
            picture=worn,
            created=self.ago(days=min(usual, 5000)),
            active=self.ago(minutes=self.rng.randint(1, 600)),
            identity=identity,
            kind=kind,
        )
        self.accounts[id_] = account
        return account

    def changed(self, account: Account, **fields: Any) -> Account:  # noqa: ANN401 - any field of the account
        """The same account with other facts."""
        self.accounts[account.id] = replace(account, **fields)
        return self.accounts[account.id]

    def renamed(self, account: Account, *, at: datetime, shown: str | None = None, picture: bytes | None = None) -> Account:
        """The same account after a change of name, picture or both; the old values stay known."""
        change = ProfileChange(
            at=at,
            display_name=account.display_name if shown is not None else Unavailable("unchanged"),
            avatar=account.avatar if picture is not None else Unavailable("unchanged"),
        )
        known = () if isinstance(account.profile_changes, Unavailable) else account.profile_changes
        fields: dict[str, Any] = {"profile_changes": (*known, change)}
        if shown is not None:
            fields["display_name"] = shown
        if picture is not None:
            fields["avatar"] = picture
        return self.changed(account, **fields)

    def event(self, account: Account, kind: SecurityEventKind, at: datetime) -> Account:
        """The same account after something happened to its sign-in."""
        known = () if isinstance(account.security_events, Unavailable) else account.security_events
        return self.changed(account, security_events=(*known, SecurityEvent(at=at, kind=kind)))

    def accept(self, account: str, since: datetime, *, remark: str | None = None) -> None:
        """The sender makes somebody a contact."""
        self.contacts[account] = Contact(
            owner=SENDER,
            account=account,
            since=since,
            last_message_at=since,
            remark=Unavailable("none given") if remark is None else remark,
        )

    def pay(self, sender: str, recipient: str, *, dollars: float, at: datetime) -> None:
        """An earlier settled transfer."""
        number = len(self.transfers) + 1
        self.transfers.append(
            PastTransfer(
                id=f"seen-{number}",
                sender=sender,
                recipient=recipient,
                money=money(dollars, self.world.currency),
                at=at,
                state=TransferState.SETTLED,
            )
        )

    def crowd(self, recipient: str, *, count: int, within: timedelta, dollars: float) -> list[str]:
        """Many people who pay an account for the first time."""
        ids = []
        for number in range(count):
            account = self.stranger(f"c{number}", bare=True)
            at = self.world.now - within * self.rng.random()
            self.pay(account.id, recipient, dollars=dollars * self.rng.uniform(0.8, 1.2), at=at)
            ids.append(account.id)
        return ids

    def report(self, account: str, kind: ReportKind, *, at: datetime, reporter: str) -> None:
        """A complaint."""
        self.reports.append(Report(id=f"r{len(self.reports) + 1}", reporter=reporter, account=account, kind=kind, at=at))

    def say(self, sender: str, text: str, *, minutes_ago: float = 3.0) -> None:
        """A line of the conversation."""
        self.conversation.append(Message(sender=sender, at=self.ago(minutes=minutes_ago), text=text))

    def finish(  # noqa: PLR0913 - the transfer's own facts, all named
        self,
        recipient: str,
        amount: Money,
        *,
        attack: bool = False,
        imitates: str = "",
        channel: Channel = Channel.CHAT,
        purpose: str | None = None,
        usual_dollars: float | None = None,
    ) -> Scene:
        """The scene, frozen.

        Args:
            recipient: Account id.
            amount: What the sender is about to pay.
            attack: Whether somebody is cheating.
            imitates: Whom the recipient copies.
            channel: Where the account comes from.
            purpose: As the host knows it.
            usual_dollars: The going price of the same thing, where the host knows one.
        """
        usual = None if usual_dollars is None else self.world.money(usual_dollars)
        paid = any(past.recipient == recipient and past.sender == SENDER for past in self.transfers) or any(
            member.payments for member in self.world.members if member.account.id == recipient
        )
        return Scene(
            world=self.world,
            truth=Truth(scenario=self.scenario, attack=attack, imitates=imitates, first_payment=not paid, tags=dict(self.tags)),
            transfer=Transfer(
                id=f"t-{stable_number(self.scenario, self.rng.randrange(2**48)) % 10**9}",
                sender=SENDER,
                recipient=recipient,
                money=amount,
                channel=channel,
                purpose=Unavailable("not said") if purpose is None else purpose,
                usual_amount=Unavailable("no going price") if usual is None else str(usual.decimal),
            ),
            accounts=self.accounts,
            contacts=self.contacts,
            transfers=tuple(self.transfers),
            reports=tuple(self.reports),
            conversation=tuple(self.conversation),
        )
