# SPDX-License-Identifier: Apache-2.0
"""Everything is collected, nothing is decided: what the seams say becomes one piece of evidence."""

import gc

import pytest

from tests.strategies import familiar_store
from transferguard.decision import MatchResult
from transferguard.errors import StoreError
from transferguard.evidence import DayTotal
from transferguard.gather import Gatherer
from transferguard.model import Money, ProfileChange, SecurityEvent, SecurityEventKind, Unavailable
from transferguard.policy import Policy
from transferguard.store import MemoryStore
from transferguard.testing.builders import FRIEND, SENDER, account, contact, days_ago, paid, quiet_world, report
from transferguard.testing.host import InMemoryHost


def gatherer(host, **policy):
    """A gatherer in front of a host."""
    return Gatherer(host, familiar_store(), policy=Policy.from_mapping(policy), secret=bytes(32))


def gathered(world):
    """The evidence about a world."""
    return gatherer(world.host()).evidence(world.transfer, world.now)


def test_the_circle_holds_contacts_and_people_paid_and_nobody_else():
    """Not who wrote to the sender, not who was paid by others, not whom a payment never reached, not the sender."""
    world = quiet_world().with_accounts(*(account(f"a{at}") for at in range(5)))
    world = world.with_contacts(contact("a0"), contact(SENDER), contact(SENDER, owner="a1"))
    world = world.with_transfers(paid("a2"), paid("a3", state="cancelled"), paid("a4", sender="a1"), paid(SENDER, sender="a1"))

    assert gathered(world).circle_size == len({FRIEND, "a0", "a2"})


def test_a_contact_that_the_directory_does_not_know_is_left_out():
    """An id without an account cannot be compared."""
    assert gathered(quiet_world().with_contacts(contact("gone"))).circle_size == 1


def test_of_two_entries_for_one_account_the_first_counts():
    """A host that lists a contact twice does not make the friend newer."""

    class Twice(InMemoryHost):
        def contacts(self, owner):
            return [contact(FRIEND, since=days_ago(3)), contact(FRIEND, since=days_ago(900)), contact(FRIEND, since=None, owner=owner)]

    assert gatherer(Twice(quiet_world().facts())).evidence(quiet_world().transfer, quiet_world().now).tie.since == days_ago(900)


def test_the_total_of_the_day_runs_over_the_person():
    """Other accounts of the same identity count; strangers, other currencies, other states and yesterday do not."""
    world = quiet_world().with_accounts(account("second", identity=f"p-{FRIEND}"), account("other"))
    world = world.with_transfers(
        paid(FRIEND, days=0.1, amount="1.00"),
        paid("second", days=0.2, amount="2.00", state="confirmed"),
        paid("other", days=0.3, amount="4.00"),
        paid(FRIEND, days=0.4, money=Money(800, "USD")),
        paid(FRIEND, days=0.5, amount="16.00", state="returned"),
        paid(FRIEND, days=1.5, amount="32.00"),
        paid(FRIEND, days=0.6, amount="64.00", at=None),
        paid("unknown-account", days=0.7, amount="128.00"),
        paid(FRIEND, days=0.8, amount="256.00", sender="other"),
        paid(FRIEND, days=0.9, amount="512.00", id=world.transfer.id),
    )

    assert (gathered(world).today.minor, gathered(world).today.count) == (300, 2)


def test_without_identities_the_total_runs_over_the_account():
    """What is not known to be one person is not added up."""
    world = quiet_world().with_recipient(identity=None).with_accounts(account("second", identity=None))
    world = world.with_transfers(paid("second", days=0.1, amount="1.00"), paid(FRIEND, days=0.1, amount="2.00"))

    assert gathered(world).today.minor == 200


@pytest.mark.parametrize(
    ("name", "fit"), [("李思远", MatchResult.MATCH), ("毕小川", MatchResult.NO_MATCH), ("", MatchResult.UNAVAILABLE), ("思远", None)]
)
def test_the_display_name_is_matched_with_the_verified_one(name, fit):
    """An empty name fits nothing, and the remark has no part in it."""
    found = gathered(quiet_world().with_recipient(display_name=name)).name.fit

    assert fit is None or found is fit
    assert gathered(quiet_world().with_recipient(verified_name=None)).name.fit is MatchResult.UNAVAILABLE


def test_changes_events_reports_and_payments_come_in_one_order():
    """Whatever the order in which the host lists them."""
    changes = tuple(ProfileChange(at=days_ago(at), display_name=f"n{at}") for at in (3, 9, 6))
    world = quiet_world().with_recipient(profile_changes=changes).with_reports(report(FRIEND, "b"), report(FRIEND, "a"))
    world = world.with_transfers(paid(FRIEND, days=7, id="b"), paid(FRIEND, days=8, id="a"))
    evidence = gathered(world)

    assert [change.at for change in evidence.recipient.changes] == [days_ago(9), days_ago(6), days_ago(3)]
    assert [one.reporter for one in evidence.reports] == ["a", "b"]
    assert len(evidence.tie.payments) == 3


def test_a_circle_is_kept_as_long_as_the_host_says_that_nothing_changed():
    """A new contact is seen at the next check, whether or not the host numbers its circles."""
    for versioned in (True, False):
        world = quiet_world()
        host = InMemoryHost(world.facts(), versioned=versioned)
        asking = gatherer(host)
        before = asking.evidence(world.transfer, world.now)
        host.put(account("new"), contact("new"))

        assert before.circle_size == 1
        assert asking.evidence(world.transfer, world.now).circle_size == 2


def test_many_circles_do_not_grow_the_memory_without_end():
    """The least recently used is given up, and read again when it is asked for."""
    from transferguard.enrolment import Enrolment  # noqa: PLC0415 - beside its only use
    from transferguard.surroundings import Neighbourhoods  # noqa: PLC0415 - as above

    world = quiet_world().with_accounts(account("you")).with_contacts(contact(FRIEND, owner="you"))
    kept = Neighbourhoods(world.host(), Enrolment(familiar_store()), limit=1)
    first = kept.of(SENDER)
    assert kept.of(SENDER) is first
    kept.of("you")

    assert kept.of(SENDER) is not first
    assert kept.of(SENDER).contact(FRIEND)


@pytest.mark.parametrize("collected", [True, False])
def test_reading_a_circle_leaves_the_collector_of_garbage_as_it_was(collected):
    """It rests while the circle is indexed, not while the host is waited for; who had turned it off finds it off, also after a fault."""
    from transferguard.enrolment import Enrolment  # noqa: PLC0415 - beside its only use
    from transferguard.surroundings import Neighbourhoods  # noqa: PLC0415 - as above

    asked_while: list[bool] = []

    class WatchedHost(InMemoryHost):
        def accounts(self, ids):
            asked_while.append(gc.isenabled())
            return super().accounts(ids)

    class Faulty(Enrolment):
        def pictures_left_out(self, accounts):
            asked_while.append(gc.isenabled())
            raise RuntimeError(len(accounts))

    host = WatchedHost([account(FRIEND), contact(FRIEND)])
    (gc.enable if collected else gc.disable)()
    try:
        with pytest.raises(RuntimeError):
            Neighbourhoods(host, Faulty(familiar_store())).of(SENDER)
        assert (asked_while, gc.isenabled()) == ([collected, False], collected)
    finally:
        gc.enable()


@pytest.mark.parametrize("question", ["contacts", "transfers", "reports", "accounts_of"])
def test_what_a_seam_cannot_give_is_unavailable_with_its_reason(question):
    """Each by itself, and the rest is still gathered."""
    world = quiet_world()
    host = world.host()
    host.away[question] = Unavailable("maintenance")
    evidence = gatherer(host).evidence(world.transfer, world.now)
    found = {
        "contacts": evidence.tie.contact,
        "transfers": evidence.tie.payments,
        "reports": evidence.reports,
        "accounts_of": evidence.accounts_of_person,
    }

    assert found[question] == Unavailable("maintenance")
    assert evidence.circle_size == 1


def test_half_a_circle_is_compared_when_the_other_half_is_away():
    """Contacts without payments, or payments without contacts, are better than nobody."""
    world = quiet_world()
    for away in ("contacts", "transfers"):
        host = world.host()
        host.away[away] = Unavailable("down")
        assert gatherer(host).evidence(world.transfer, world.now).circle_size == 1
    host.away |= {"contacts": Unavailable("down"), "transfers": Unavailable("down too")}
    assert gatherer(host).evidence(world.transfer, world.now).circle_size == Unavailable("down")


def test_a_blank_verified_name_counts_as_none():
    """What shows nothing can be neither compared nor disclosed."""
    evidence = gathered(quiet_world().with_recipient(verified_name=" \u200b"))

    assert evidence.recipient.verified_name == Unavailable("blank")
    assert evidence.recipient.name_key == ""


def test_the_key_of_a_name_depends_on_the_secret():
    """Two guards with different secrets tell different digests of the same name."""
    world = quiet_world()
    keys = {
        Gatherer(world.host(), familiar_store(), policy=Policy.default(), secret=secret)
        .evidence(world.transfer, world.now)
        .recipient.name_key
        for secret in (bytes(32), b"1" * 32)
    }

    assert len(keys) == 2


class Forgetful(InMemoryHost):
    """A host whose account table fails for some people."""

    def __init__(self, facts, lost):
        super().__init__(facts)
        self.lost = lost

    def accounts(self, ids):
        """Fails when it is asked about them."""
        if self.lost & set(ids):
            raise StoreError("accounts")
        return super().accounts(ids)


def test_reporters_who_cannot_be_looked_up_still_complained():
    """The complaint counts as that of somebody unknown."""
    world = quiet_world().with_accounts(account("y")).with_reports(report(FRIEND, "y"))

    evidence = gatherer(Forgetful(world.facts(), {"y"})).evidence(world.transfer, world.now)

    assert evidence.reporters == ()
    assert evidence.reports == world.reports


def test_a_total_whose_other_recipients_cannot_be_looked_up_still_holds_this_one():
    """What went to this very account today needs no look-up."""
    world = quiet_world().with_accounts(account("second", identity=f"p-{FRIEND}"))
    world = world.with_transfers(paid(FRIEND, days=0.1, amount="1.00"), paid("second", days=0.2, amount="2.00"))
    host = Forgetful(world.facts(), {"second"})

    assert gathered(world).today == DayTotal(minor=300, count=2)
    assert gatherer(host).evidence(world.transfer, world.now).today == DayTotal(minor=100, count=1)


@pytest.mark.parametrize(("hours", "minor"), [(23.9, 700), (24.1, 0)])
def test_what_was_confirmed_here_counts_for_a_day(hours, minor):
    """To the same person, before the directory knows of it; yesterday's does not, nor another currency, nor this very transfer."""
    world = quiet_world()
    asked_since = []

    class Confirmed(MemoryStore):
        def confirmed_since(self, sender, person, since):
            """As a store answers: what was confirmed since then."""
            asked_since.append((sender, person))
            made = {"here": Money(700, "CNY"), "dollars": Money(900, "USD"), world.transfer.id: Money(5, "CNY")}
            return made if since <= days_ago(hours / 24) else {}

    today = Gatherer(world.host(), Confirmed(), policy=Policy.default(), secret=bytes(32)).evidence(world.transfer, world.now).today

    assert today == DayTotal(minor=minor, count=bool(minor))
    assert asked_since == [(SENDER, f"identity:p-{FRIEND}")]


SIGNS = {
    "activity": lambda world, at: world.with_recipient(last_active_at=at),
    "message": lambda world, at: world.with_contacts(contact(FRIEND, last_message_at=at)),
    "new name": lambda world, at: world.with_recipient(profile_changes=(ProfileChange(at=at, display_name="x"),)),
    "sign-in": lambda world, at: world.with_recipient(security_events=(SecurityEvent(at=at, kind=SecurityEventKind.NEW_DEVICE),)),
    "payment": lambda world, at: world.with_accounts(account("payer")).with_transfers(paid(FRIEND, sender="payer", at=at)),
}
"""What shows that somebody is there."""


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(("days", "awake"), [(0, True), (6.99, True), (7, True), (7.01, False), (300, False)])
def test_each_sign_of_life_wakes_for_a_week_and_is_a_trace_afterwards(sign, days, awake):
    """To the moment: what is older than a week tells since when there was silence."""
    silent = quiet_world().without_history().with_recipient(last_active_at=None).with_contacts(contact(FRIEND, last_message_at=None))
    evidence = gathered(SIGNS[sign](silent, days_ago(days)))

    assert evidence.awake is awake
    assert evidence.last_trace_at == (Unavailable("no earlier sign of life") if awake else days_ago(days))


def test_the_latest_trace_counts():
    """Of those older than a week."""
    world = quiet_world().with_recipient(last_active_at=days_ago(1)).with_contacts(contact(FRIEND, last_message_at=days_ago(90)))
    evidence = gathered(world)

    assert (evidence.awake, evidence.last_trace_at) == (True, days_ago(90))
