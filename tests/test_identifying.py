# SPDX-License-Identifier: Apache-2.0
"""Where the directory knows no verified name, a provider of identities is asked: for the name, or whether one fits."""

import threading
from dataclasses import replace

import pytest

from tests.providers.peer import SocketPeer, hangs, says
from transferguard.decision import Disclosure, MatchResult, Outcome, Reason, Step
from transferguard.errors import ConfirmationRefused, KeyUnavailable, NameProved, NameRefused, WrongAnswer
from transferguard.guard import Guard
from transferguard.identity import MATCH_ONLY, IdentityAnswer, IdentityResult
from transferguard.keys import LocalKeys
from transferguard.model import Money, Standing, Unavailable
from transferguard.providers import BankIdentities, Destination, PeerTerms, ResponderDialect
from transferguard.seams import Identities
from transferguard.store import SqlStore
from transferguard.testing.builders import FRIEND, quiet_world
from transferguard.testing.host import MovableClock
from transferguard.testing.registry import InMemoryRegistry


def paying(world, amount):
    """The same with another amount."""
    return replace(world, transfer=replace(world.transfer, money=Money.of(amount, "CNY")))


def nameless(display_name="思远", *, amount="50.00"):
    """A friend whose verified name the directory does not know."""
    return paying(quiet_world().with_recipient(display_name=display_name, verified_name=None), amount)


def registry(*, match_only, away=None):
    """A provider that knows the friend's name."""
    made = InMemoryRegistry({FRIEND: "李思远"}, match_only=match_only)
    made.away = away
    return made


@pytest.fixture
def keys(tmp_path):
    """Signing keys."""
    return LocalKeys.open(tmp_path / "keys")


def decide(world, identities):
    """What the guard says with this provider."""
    return world.guard(identities=identities).check(world.transfer)


def test_a_provider_that_gives_names_is_as_good_as_a_directory_that_knows_them():
    """The same decision as if the name had been there; the mask below the threshold, the whole name above it."""
    for amount, shown in (("50.00", "*远"), ("5000.00", "李思远")):
        known = paying(quiet_world(), amount)
        asked, told = decide(nameless(amount=amount), registry(match_only=False)), known.decide()

        assert asked.shown_name.text == shown
        assert (asked.outcome, asked.shown_name, asked.findings) == (told.outcome, told.shown_name, told.findings)


def test_the_directory_comes_first():
    """A name that is known is not asked for."""
    provider = registry(match_only=False)
    decide(quiet_world(), provider)

    assert provider.asked == []


def test_a_provider_that_is_match_only_is_asked_about_the_display_name_and_never_about_the_remark():
    """What the sender wrote must not become a way to try names."""
    provider = registry(match_only=True)
    decision = decide(nameless("李思远"), provider)

    assert provider.asked == [(FRIEND, "李思远")]
    assert decision.shown_name.level is Disclosure.HIDDEN
    assert Reason.VERIFIED_NAME_MATCH in {finding.reason for finding in decision.findings}
    assert "recipient.verified_name: match only" in decision.unavailable


@pytest.mark.parametrize(
    ("answer", "name", "fit", "standing"),
    [
        (IdentityAnswer(result=IdentityResult.MATCH, name="李思远"), "李思远", MatchResult.MATCH, Standing.NORMAL),
        (IdentityAnswer(result=IdentityResult.CLOSE_MATCH, name="李思远"), "李思远", MatchResult.CLOSE_MATCH, Standing.NORMAL),
        (IdentityAnswer(result=IdentityResult.NO_MATCH, name="李思远"), MATCH_ONLY, MatchResult.NO_MATCH, Standing.NORMAL),
        (IdentityAnswer(result=IdentityResult.NO_MATCH, standing=Standing.CLOSED), MATCH_ONLY, MatchResult.NO_MATCH, Standing.CLOSED),
        (
            IdentityAnswer(result=IdentityResult.ERROR, name="李思远", why="status 500"),
            Unavailable("error: status 500"),
            MatchResult.UNAVAILABLE,
            Standing.NORMAL,
        ),
        (IdentityAnswer(result=IdentityResult.UNAVAILABLE), Unavailable("unavailable"), MatchResult.UNAVAILABLE, Standing.NORMAL),
    ],
)
def test_each_of_the_five_answers_becomes_evidence(answer, name, fit, standing):
    """Names come with a match or a near match only, a bank's word about a closed account counts, and an error matches nothing."""
    world = nameless()
    guard = world.guard(identities=registry(match_only=True, away=answer))
    evidence = guard._gatherer.evidence(world.transfer, world.now)

    assert (evidence.recipient.verified_name, evidence.name.fit, evidence.recipient.standing) == (name, fit, standing)
    assert evidence.name.checkable is answer.result.told


def test_a_measure_of_the_host_is_not_taken_back_by_the_provider():
    """A frozen account stays frozen whatever a bank says of it."""
    world = nameless().with_recipient(standing="frozen")
    answer = IdentityAnswer(result=IdentityResult.MATCH, standing=Standing.CLOSED)

    assert Reason.FROZEN in {one.reason for one in decide(world, registry(match_only=True, away=answer)).findings}


@pytest.mark.parametrize("match_only", [True, False])
@pytest.mark.parametrize("away", [KeyUnavailable("down"), Unavailable("down")])
def test_a_provider_that_is_away_leaves_the_name_unknown(match_only, away):
    """A small transfer goes as policy says, a large one waits: the name is due and nobody can tell it."""
    provider = registry(match_only=match_only, away=away)

    assert decide(nameless(), provider).shown_name.level is Disclosure.HIDDEN
    assert decide(nameless(amount="5000.00"), provider).outcome is Outcome.DELAY


def test_no_provider_and_a_provider_that_is_away_decide_alike():
    """Failing is no way to a milder outcome."""
    without = nameless(amount="5000.00").decide()

    assert decide(nameless(amount="5000.00"), registry(match_only=True, away=Unavailable("down"))).outcome is without.outcome


@pytest.mark.parametrize("question", ["name", "fits"])
def test_a_provider_that_answers_nonsense_is_a_fault_and_not_no_answer(question):
    """Broken code is not taken for an unreachable service."""

    class Broken(Identities):
        def name(self, account):  # noqa: ARG002 - the same to everybody
            return b"bytes" if question == "name" else MATCH_ONLY

        def fits(self, account, name):  # noqa: ARG002 - the same to everybody
            return True

    with pytest.raises(WrongAnswer, match=f"identities.{question}"):
        decide(nameless(), Broken())


def test_a_provider_that_implements_nothing_is_no_help():
    """The interface's own answers: match only, and not offered."""

    class Nothing(Identities):
        pass

    assert "recipient.verified_name: unavailable: not offered by this provider" in decide(nameless(), Nothing()).unavailable


def test_a_large_payment_with_a_match_only_provider_is_not_blind_because_the_sender_names_the_person(keys):
    """The typed name is put to the provider: a wrong one is refused, the right one leads to the receipt, and no name is ever shown."""
    world, provider = nameless(amount="5000.00"), registry(match_only=True)
    guard = world.guard(identities=provider, keys=keys)
    decision = guard.check(world.transfer)
    assert (decision.outcome, decision.steps) == (Outcome.CHALLENGE, (Step.ACKNOWLEDGE, Step.TYPE_HIDDEN_NAME))

    with pytest.raises(NameRefused):
        guard.confirm(decision.id, acknowledged=True, typed_name="毕小川")
    with pytest.raises(NameProved) as proved:
        guard.confirm(decision.id, acknowledged=True, typed_name="李思远")
    assert proved.value.shown_name.level is Disclosure.HIDDEN

    receipt = guard.confirm(decision.id, acknowledged=True)
    assert receipt.transfer_id == world.transfer.id
    assert {name for _, name in provider.asked} == {"思远", "毕小川", "李思远"}


def test_a_near_match_is_not_the_name(keys):
    """Who types nearly the name has not named the person."""
    world = nameless(amount="5000.00")
    guard = world.guard(identities=InMemoryRegistry({FRIEND: "Alexander Brown"}, match_only=True), keys=keys)
    decision = guard.check(world.transfer)

    with pytest.raises(NameRefused):
        guard.confirm(decision.id, acknowledged=True, typed_name="Alexandre Brown")


def test_a_provider_that_goes_away_says_nothing_about_the_typed_name(keys):
    """It is not called wrong and costs no try, however often it happens: all three are left when the provider is back."""
    world, provider, away = nameless(amount="5000.00"), registry(match_only=True), threading.Event()

    class Forgetful(Identities):
        def fits(self, account, name):
            if away.is_set() and name != account.display_name:
                raise KeyUnavailable("down")
            return provider.fits(account, name)

    guard = world.guard(identities=Forgetful(), keys=keys)
    decision = guard.check(world.transfer)
    away.set()
    for _ in range(5):
        with pytest.raises(ConfirmationRefused) as refused:
            guard.confirm(decision.id, acknowledged=True, typed_name="李思远")
        assert not isinstance(refused.value, NameRefused)
        assert refused.value.needed == (Step.CHECK_AGAIN,)

    away.clear()
    for _ in range(2):
        with pytest.raises(NameRefused):
            guard.confirm(decision.id, acknowledged=True, typed_name="毕小川")
    with pytest.raises(NameProved):
        guard.confirm(decision.id, acknowledged=True, typed_name="李思远")


def test_a_fault_of_the_provider_costs_no_try_either(keys):
    """It reaches the host as the fault it is, and the sender has all three tries left."""
    world, provider, broken = nameless(amount="5000.00"), registry(match_only=True), threading.Event()

    class Broken(Identities):
        def fits(self, account, name):
            return None if broken.is_set() and name != account.display_name else provider.fits(account, name)

    guard = world.guard(identities=Broken(), keys=keys)
    decision = guard.check(world.transfer)
    broken.set()
    for _ in range(4):
        with pytest.raises(WrongAnswer):
            guard.confirm(decision.id, acknowledged=True, typed_name="李思远")
    broken.clear()
    with pytest.raises(NameProved):
        guard.confirm(decision.id, acknowledged=True, typed_name="李思远")


def test_no_view_of_the_database_is_held_while_a_bank_answers(tmp_path, keys):
    """Neither a transaction nor a connection: a slow bank holds up nobody else."""
    world = nameless(amount="5000.00")
    store = SqlStore.open(tmp_path / "guard.db", secret=keys.secret())
    for fact in world.facts():
        store.remember(fact, world.now)
    connections_waiting = []

    class Looking(Identities):
        def fits(self, account, name):
            connections_waiting.append(len(store._database._connections._waiting))
            return registry(match_only=True).fits(account, name)

    guard = Guard(store=store, keys=keys, clock=MovableClock(world.now), identities=Looking())
    decision = guard.check(world.transfer)
    with pytest.raises(NameProved):
        guard.confirm(decision.id, acknowledged=True, typed_name="李思远")
    guard.confirm(decision.id, acknowledged=True)
    guard.public_answer(world.transfer)
    guard.close()

    assert connections_waiting == [1] * 5  # there is only one, and nobody has it


def bank(peer, **terms):
    """A real provider in front of a peer on a socket."""
    return BankIdentities(
        peer.url,
        dialect=ResponderDialect(bic="NBUBUBU1XXX", participant="300001"),
        whereabouts=lambda _: Destination(number="UA213052990000026007233566001"),
        terms=PeerTerms(**terms),
    )


def test_a_real_bank_stands_behind_the_guard():
    """Over HTTP: the bank's near match brings the holder's name, which the sender sees masked."""
    near = says(
        lambda request: {
            "requestId": request.json["requestId"],
            "result": {"matchStatus": "CLOSE_MATCH", "reasonCode": "MBAM", "verifiedName": "李思远"},
        }
    )
    with SocketPeer(near) as peer, bank(peer) as identities:
        world = nameless()
        guard = world.guard(identities=identities)
        first, again = guard.check(world.transfer), guard.check(world.transfer)

    assert first.shown_name.text == "*远"
    assert first == again
    assert len(peer.requests) == 1


def test_a_bank_that_hangs_does_not_hold_the_check_up():
    """The check decides without it within its own deadline, from several threads at once."""
    with SocketPeer(hangs) as peer, bank(peer, deadline_seconds=0.5) as identities:
        world, found = nameless(amount="5000.00"), []
        guard = world.guard(identities=identities)
        threads = [threading.Thread(target=lambda: found.append(guard.check(world.transfer).outcome)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)

    assert found == [Outcome.DELAY] * 4
