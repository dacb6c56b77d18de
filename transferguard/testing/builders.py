# SPDX-License-Identifier: Apache-2.0
"""Worlds to ask a guard about, built in a line each.

`quiet_world()` is the dullest there is: a verified sender pays a verified friend of many years a small amount. Every method of
`World` gives another world with one thing changed, so that a test or a demo says only what matters:

    from transferguard.testing.builders import account, quiet_world
    world = quiet_world().with_stranger(display_name="李思远", verified_name="毕小川", identity="p-9")
    world.decide().outcome

The short functions (`account`, `contact`, `paid`, `report`) make facts with dates on which nothing is new. A world can be written as
a case file (`world.case()`), put into a host (`world.host()`) or asked at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from transferguard.model import Account, Channel, Contact, Fact, Message, Money, PastTransfer, Report, ReportKind, Transfer, TransferState
from transferguard.policy import Policy
from transferguard.testing.host import InMemoryHost, MovableClock

if TYPE_CHECKING:
    from transferguard.case import Case
    from transferguard.decision import Decision
    from transferguard.evidence import Evidence
    from transferguard.guard import Guard
    from transferguard.seams import Identities, Keys, Store

NOW: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""When the sender of a built world opens the confirmation screen."""

SENDER: Final = "me"
FRIEND: Final = "friend"
STRANGER: Final = "stranger"


def days_ago(days: float) -> datetime:
    """A moment that many days before `NOW`."""
    return NOW - timedelta(days=days)


def account(id: str, display_name: str = "", /, **fields: Any) -> Account:  # noqa: A002, ANN401 - the words and types of `Account`
    """A settled account: verified, in good standing, six years old, with a real person of its own.

    Args:
        id: Account id.
        display_name: By default the id.
        fields: Of `transferguard.model.Account`, to replace what is settled.
    """
    settled: dict[str, Any] = {
        "display_name": display_name or id,
        "verified_name": f"Verified {id}",
        "identity": f"p-{id}",
        "kind": "person",
        "real_name_status": "verified",
        "standing": "normal",
        "created_at": days_ago(2_200),
        "last_active_at": days_ago(1),
    }
    return Account(id=id, **(settled | fields))


def contact(id: str, /, **fields: Any) -> Contact:  # noqa: A002, ANN401 - as above
    """A contact of the sender since five years.

    Args:
        id: Account id of whom the sender chose.
        fields: Of `transferguard.model.Contact`.
    """
    given: dict[str, Any] = {"owner": SENDER, "account": id, "since": days_ago(1_800), "last_message_at": days_ago(2)}
    return Contact(**(given | fields))


def paid(id: str, /, days: float = 400, amount: str = "200.00", **fields: Any) -> PastTransfer:  # noqa: A002, ANN401 - as above
    """A settled payment of the sender.

    Args:
        id: Account id of who was paid.
        days: How many days ago.
        amount: In CNY, unless `money` is given.
        fields: Of `transferguard.model.PastTransfer`.
    """
    given: dict[str, Any] = {"id": f"past-{id}-{days}", "sender": SENDER, "recipient": id, "at": days_ago(days)}
    return PastTransfer(**(given | {"state": TransferState.SETTLED, "money": Money.of(amount, "CNY")} | fields))


def report(id: str, reporter: str, /, **fields: Any) -> Report:  # noqa: A002, ANN401 - as above
    """A complaint of yesterday about fraud.

    Args:
        id: Account id complained about.
        reporter: Who complained.
        fields: Of `transferguard.model.Report`.
    """
    given: dict[str, Any] = {
        "id": f"report-{id}-{reporter}",
        "reporter": reporter,
        "account": id,
        "kind": ReportKind.FRAUD,
        "at": days_ago(1),
    }
    return Report(**(given | fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A whole small world around one transfer.

    Args:
        accounts: Everybody, by account id.
        contacts: The sender's and others'.
        transfers: What was paid before.
        reports: Complaints.
        transfer: What the sender is about to confirm.
        conversation: What is on the sender's screen.
        policy: Keys of the policy file that differ from the default.
        now: When the question is asked.
    """

    accounts: Mapping[str, Account] = field(repr=False)
    contacts: tuple[Contact, ...] = ()
    transfers: tuple[PastTransfer, ...] = ()
    reports: tuple[Report, ...] = ()
    transfer: Transfer
    conversation: tuple[Message, ...] = ()
    policy: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = NOW

    @property
    def sender(self) -> Account:
        """Who pays."""
        return self.accounts[self.transfer.sender]

    @property
    def recipient(self) -> Account:
        """Who is paid."""
        return self.accounts[self.transfer.recipient]

    def facts(self) -> tuple[Fact, ...]:
        """All that `Guard.observe` could be told."""
        return (*self.accounts.values(), *self.contacts, *self.transfers, *self.reports)

    # Change one thing

    def with_accounts(self, *accounts: Account) -> World:
        """Add accounts, or replace those with the same id."""
        return replace(self, accounts={**self.accounts, **{one.id: one for one in accounts}})

    def with_sender(self, **fields: Any) -> World:  # noqa: ANN401 - the types of `Account`
        """Change fields of the sender's account."""
        return self.with_accounts(replace(self.sender, **fields))

    def with_recipient(self, **fields: Any) -> World:  # noqa: ANN401 - as above
        """Change fields of the recipient's account."""
        return self.with_accounts(replace(self.recipient, **fields))

    def with_transfer(self, **fields: Any) -> World:  # noqa: ANN401 - as above
        """Change fields of the transfer; `amount` alone keeps the currency."""
        if "amount" in fields:
            fields = {"money": Money.of(fields.pop("amount"), fields.pop("currency", self.transfer.money.currency)), **fields}
        return replace(self, transfer=replace(self.transfer, **fields))

    def with_contacts(self, *contacts: Contact) -> World:
        """Add contacts, or replace those between the same two."""
        replaced = {(one.owner, one.account) for one in contacts}
        return replace(self, contacts=(*(one for one in self.contacts if (one.owner, one.account) not in replaced), *contacts))

    def with_friend(self, friend: Account, **fields: Any) -> World:  # noqa: ANN401 - the types of `Contact`
        """Add an account that the sender has chosen as a contact; `fields` are those of the contact."""
        return self.with_accounts(friend).with_contacts(contact(friend.id, **fields))

    def with_transfers(self, *transfers: PastTransfer) -> World:
        """Add past transfers."""
        return replace(self, transfers=(*self.transfers, *transfers))

    def with_reports(self, *reports: Report) -> World:
        """Add complaints."""
        return replace(self, reports=(*self.reports, *reports))

    def with_policy(self, **keys: Any) -> World:  # noqa: ANN401 - JSON values
        """Lay these tables of the policy over the ones that differ already."""
        return replace(self, policy={**self.policy, **keys})

    def to(self, recipient: Account | str) -> World:
        """Pay somebody else; an account is added."""
        if isinstance(recipient, Account):
            return self.with_accounts(recipient).with_transfer(recipient=recipient.id)
        return self.with_transfer(recipient=recipient)

    def with_stranger(self, **fields: Any) -> World:  # noqa: ANN401 - the types of `Account`
        """Pay somebody whom the sender never chose and never paid."""
        return self.to(account(STRANGER, **fields))

    def without_history(self) -> World:
        """Nothing was ever paid."""
        return replace(self, transfers=())

    # Ask

    def host(self) -> InMemoryHost:
        """A host that knows all of it."""
        return InMemoryHost(self.facts())

    def guard(
        self,
        *,
        host: InMemoryHost | None = None,
        store: Store | None = None,
        keys: Keys | None = None,
        clock: MovableClock | None = None,
        identities: Identities | None = None,
    ) -> Guard:
        """A guard in front of such a host, or of the one given, with a clock that stands at `now`."""
        from transferguard.guard import Guard  # noqa: PLC0415 - the guard loads both engines, which building a world does not need

        effective = Policy.from_mapping(self.policy)
        stopped = clock or MovableClock(self.now)
        return Guard(directory=host or self.host(), store=store, policy=effective, keys=keys, clock=stopped, identities=identities)

    def decide(self) -> Decision:
        """What does the guard say about this world? A world without a talk hands none over."""
        from transferguard.evidence import NOT_HANDED_OVER  # noqa: PLC0415 - as above

        return self.guard().check(self.transfer, conversation=self.conversation or NOT_HANDED_OVER)

    def evidence(self) -> Evidence:
        """What does the guard know when it says so?"""
        from transferguard.gather import Gatherer  # noqa: PLC0415 - as above
        from transferguard.store import MemoryStore  # noqa: PLC0415 - as above

        store = MemoryStore()
        return Gatherer(self.host(), store, policy=Policy.from_mapping(self.policy), secret=bytes(32)).evidence(self.transfer, self.now)

    def case(self) -> Case:
        """The same world as a case, for `transferguard.case.dump_case`."""
        from transferguard.case import Case  # noqa: PLC0415 - as above

        return Case(
            now=self.now,
            accounts=tuple(self.accounts.values()),
            transfer=self.transfer,
            contacts=self.contacts,
            transfers=self.transfers,
            reports=self.reports,
            conversation=self.conversation,
            policy=dict(self.policy),
        )


def quiet_world() -> World:
    """A verified sender pays a verified friend of five years, paid before, CNY 50.00."""
    people = (account(SENDER, "小赵", verified_name="赵一鸣"), account(FRIEND, "思远", verified_name="李思远"))
    return World(
        accounts={one.id: one for one in people},
        contacts=(contact(FRIEND, remark="李思远"),),
        transfers=(paid(FRIEND),),
        transfer=Transfer(id="t-1", sender=SENDER, recipient=FRIEND, money=Money.of("50.00", "CNY"), channel=Channel.CHAT),
    )
