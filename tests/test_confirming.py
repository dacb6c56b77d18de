# SPDX-License-Identifier: Apache-2.0
"""From decision to receipt, by way of the public guard: every outcome, every refusal, over both stores."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.twins import FRIEND, TWIN, twins
from transferguard.decision import Disclosure, Outcome, Step
from transferguard.errors import (
    ConfirmationRefused,
    InvalidInput,
    KeyUnavailable,
    NameProved,
    NameRefused,
    ReceiptReason,
    ReceiptRefused,
    TransferConflict,
    UnknownDecision,
)
from transferguard.guard import Guard
from transferguard.keys import KEPT_SIGNING_KEYS, StaticKeys, rotate
from transferguard.model import Money, Transfer
from transferguard.policy import Policy
from transferguard.receipt import verify
from transferguard.store import MemoryStore, SqlStore
from transferguard.testing.builders import SENDER, account, contact, paid
from transferguard.testing.host import InMemoryHost, MovableClock


@pytest.fixture(params=["memory", "sql"])
def stage(request, tmp_path):
    """A host with a friend, the friend's copied twin, and a guard over it."""
    clock = MovableClock()
    keys = StaticKeys.generate()
    store = MemoryStore() if request.param == "memory" else SqlStore.open(tmp_path / "guard.db", secret=keys.secret())
    host = InMemoryHost(twins())
    guard = Guard(directory=host, store=store, keys=keys, clock=clock)
    yield guard, host, clock
    guard.close()


def to(recipient, amount="50.00", id_="t-1"):
    return Transfer(id=id_, sender=SENDER, recipient=recipient, money=Money.of(amount, "CNY"))


def needed(guard, decision, **given):
    with pytest.raises(ConfirmationRefused) as refused:
        guard.confirm(decision.id, **given)
    return refused.value


def test_a_quiet_friend_is_confirmed_at_once_and_the_receipt_verifies_alone(stage):
    """PROCEED needs nothing, and the receipt proves this very transfer."""
    guard, _, clock = stage
    transfer = to(FRIEND)
    decision = guard.check(transfer)

    receipt = guard.confirm(decision.id)

    assert decision.outcome is Outcome.PROCEED
    assert verify(receipt.token, transfer, guard.public_keys(), now=clock.now()) == receipt
    assert guard.confirm(decision.id) == receipt


def test_a_receipt_is_redeemed_once(stage):
    """The second booking of the same receipt is refused."""
    guard, _, _ = stage
    receipt = guard.confirm(guard.check(to(FRIEND)).id)

    assert guard.redeem(receipt.token).id == receipt.id
    with pytest.raises(ReceiptRefused) as refused:
        guard.redeem(receipt.token)
    assert refused.value.reason is ReceiptReason.REDEEMED


def test_a_receipt_is_not_redeemed_for_another_transfer(stage):
    """A ledger that books another amount gets no."""
    guard, _, _ = stage
    receipt = guard.confirm(guard.check(to(FRIEND)).id)

    with pytest.raises(ReceiptRefused) as refused:
        guard.redeem(receipt.token, to(FRIEND, "51.00"))
    assert refused.value.reason is ReceiptReason.OTHER_TRANSFER
    with pytest.raises(ReceiptRefused) as refused:
        guard.redeem(receipt.token, to(FRIEND, id_="t-unknown"))
    assert refused.value.reason is ReceiptReason.UNKNOWN_RECEIPT


def test_a_challenge_wants_both_steps_then_shows_the_name_then_one_more_confirmation(stage):
    """Right name first, then the name as the amount warrants, then the receipt."""
    guard, _, _ = stage
    decision = guard.check(to(TWIN, "5000.00"))
    assert decision.outcome is Outcome.CHALLENGE

    assert needed(guard, decision).needed == (Step.ACKNOWLEDGE, Step.TYPE_HIDDEN_NAME)
    assert needed(guard, decision, acknowledged=True).needed == (Step.TYPE_HIDDEN_NAME,)
    proved = needed(guard, decision, acknowledged=True, typed_name="毕小川")
    assert isinstance(proved, NameProved)
    assert (proved.shown_name.level, proved.shown_name.text) == (Disclosure.FULL, "毕小川")
    assert needed(guard, decision).needed == (Step.ACKNOWLEDGE,)
    assert guard.confirm(decision.id, acknowledged=True).transfer_id == "t-1"


def test_the_victims_belief_is_the_wrong_name_and_three_tries_are_all(stage):
    """Whoever types the friend's name learns only that it is not the one; after three tries a day must pass."""
    guard, _, clock = stage
    decision = guard.check(to(TWIN, "5000.00"))

    for _ in range(3):
        refused = needed(guard, decision, typed_name="李思远")
        assert isinstance(refused, NameRefused)
        assert "毕" not in str(refused)
    exhausted = needed(guard, decision, typed_name="毕小川")

    assert isinstance(exhausted, NameRefused)
    assert exhausted.retry_at == clock.now().replace(day=clock.now().day + 1)


def test_a_hundred_senders_together_get_no_more_than_the_cap_of_tries(stage):
    """Failed guesses are counted per recipient over all senders."""
    guard, host, _ = stage
    tried = 0
    for number in range(20):
        sender = f"s{number}"
        host.put(account(sender), contact(FRIEND, owner=sender))
        decision = guard.check(Transfer(id=f"g{number}", sender=sender, recipient=TWIN, money=Money.of("5000.00", "CNY")))
        assert decision.outcome is Outcome.CHALLENGE
        refused = needed(guard, decision, typed_name="猜一猜")
        tried += 1
        if refused.retry_at is not None:
            break

    assert tried == Policy.default().tries.failed_per_recipient


def test_a_change_of_name_between_reading_and_confirming_reopens_the_question(stage):
    """An acknowledgement is about what was seen."""
    guard, host, _ = stage
    decision = guard.check(to(FRIEND))
    host.put(account(FRIEND, "王思远", verified_name="李思远"))

    assert needed(guard, decision).needed == (Step.CHECK_AGAIN,)


def test_an_edited_amount_gives_a_new_decision_and_outdates_the_old_one(stage):
    """Only the newest decision of a transfer can be confirmed."""
    guard, _, _ = stage
    old = guard.check(to(FRIEND, "50.00"))
    new = guard.check(to(FRIEND, "60.00"))

    assert needed(guard, old).needed == (Step.CHECK_AGAIN,)
    assert guard.confirm(new.id).decision_id == new.id


def test_a_decision_does_not_last_for_ever(stage):
    """After the policy's minutes everything is looked at again."""
    guard, _, clock = stage
    decision = guard.check(to(FRIEND))
    clock.move(minutes=11)

    assert needed(guard, decision).needed == (Step.CHECK_AGAIN,)


def test_a_confirmed_transfer_id_with_other_content_is_a_conflict(stage):
    """The same id cannot mean two transfers."""
    guard, _, _ = stage
    decision = guard.check(to(FRIEND))
    guard.confirm(decision.id)

    assert guard.check(to(FRIEND)) == decision
    with pytest.raises(TransferConflict):
        guard.check(to(FRIEND, "51.00"))
    with pytest.raises(TransferConflict):
        guard.cancel(decision.id)


def test_a_cancelled_transfer_must_be_checked_again(stage):
    """Cancelling closes the decision; checking again opens it."""
    guard, _, _ = stage
    decision = guard.check(to(FRIEND))
    guard.cancel(decision.id)

    assert needed(guard, decision).needed == (Step.CHECK_AGAIN,)
    assert guard.confirm(guard.check(to(FRIEND)).id).transfer_id == "t-1"


def test_a_wait_can_be_released_only_when_it_is_over_and_everything_is_checked_again(stage):
    """DELAY is served, not argued away; afterwards the sender may go on, knowing."""
    guard, host, clock = stage
    host.put(account(FRIEND, "李思远", standing="normal"))
    decision = guard.check(replace(to(FRIEND, "5000.00")))
    host.put(account(FRIEND, "李思远", verified_name=None))
    decision = guard.check(to(FRIEND, "5000.00", id_="t-2"))
    assert decision.outcome is Outcome.DELAY

    assert needed(guard, decision, acknowledged=True).needed == (Step.ACKNOWLEDGE, Step.WAIT, Step.CHECK_AGAIN)
    with pytest.raises(ConfirmationRefused) as early:
        guard.release(decision.id)
    assert early.value.retry_at == decision.retry_at
    clock.move(minutes=121)
    host.put(account(FRIEND, "李思远", verified_name="李思远"))
    released = guard.release(decision.id)

    assert released.outcome is Outcome.PROCEED
    assert guard.confirm(released.id).transfer_id == "t-2"


def test_a_wait_ends_at_its_minute_and_a_decision_lasts_to_the_end_of_its_last(stage):
    """What the screen counts down to is the moment that counts."""
    guard, host, clock = stage
    kept = guard.check(to(FRIEND))
    host.put(account(FRIEND, "李思远", verified_name=None))
    delayed = guard.check(to(FRIEND, "5000.00", id_="t-2"))
    host.put(account(FRIEND, "李思远", verified_name="李思远"))
    clock.move(minutes=guard.policy.spans.decision_minutes)
    assert guard.confirm(kept.id).transfer_id == "t-1"
    clock.show(delayed.retry_at - timedelta(microseconds=1))
    with pytest.raises(ConfirmationRefused):
        guard.release(delayed.id)
    clock.show(delayed.retry_at)

    assert guard.release(delayed.id).outcome is Outcome.PROCEED


def test_only_a_wait_can_be_released(stage):
    """There is nothing to release about a decision that asks for something else, or was cancelled."""
    guard, host, clock = stage
    proceed = guard.check(to(FRIEND))
    host.put(account(FRIEND, "李思远", verified_name=None))
    delayed = guard.check(to(FRIEND, "5000.00", id_="t-2"))
    guard.cancel(delayed.id)
    clock.move(minutes=121)

    for decision in (proceed, delayed):
        with pytest.raises(ConfirmationRefused) as refused:
            guard.release(decision.id)
        assert refused.value.needed == (Step.CHECK_AGAIN,)


def test_two_transfers_that_together_are_large_cannot_both_be_confirmed_unseen(stage):
    """The second one is due the full name, so its earlier decision no longer carries."""
    guard, _, _ = stage
    first = guard.check(to(FRIEND, "600.00", id_="a"))
    second = guard.check(to(FRIEND, "600.00", id_="b"))
    assert first.shown_name.level is second.shown_name.level is Disclosure.MASKED

    guard.confirm(first.id)

    assert needed(guard, second).needed == (Step.CHECK_AGAIN,)
    again = guard.check(to(FRIEND, "600.00", id_="b"))
    assert again.shown_name.level is Disclosure.FULL
    assert guard.confirm(again.id).transfer_id == "b"


def test_a_sender_who_scans_for_names_runs_dry_and_a_large_payment_waits_then(stage):
    """The budget hides names; what is due in full is not paid blind."""
    guard, host, _ = stage
    host.put(*(account(f"r{number}") for number in range(120)))
    shown = [guard.check(to(f"r{number}", id_=f"scan-{number}")).shown_name.level for number in range(120)]
    large = guard.check(to("r119", "5000.00", id_="large"))

    assert shown.count(Disclosure.MASKED) == Policy.default().budget.capacity
    assert (large.outcome, large.shown_name.level) == (Outcome.DELAY, Disclosure.HIDDEN)


def test_names_go_off_for_whoever_looks_at_three_people_without_paying_where_the_policy_says_so():
    """The rule of Romania's SANB, as an option."""
    host = InMemoryHost([account(SENDER), *(account(f"r{number}") for number in range(5))])
    policy = Policy.from_mapping({"budget": {"unpaid_persons": 3}})
    guard = Guard(directory=host, policy=policy, clock=MovableClock())

    levels = [guard.check(to(f"r{number}", id_=f"s-{number}")).shown_name.level for number in range(5)]
    again = [guard.check(to(f"r{number}", id_=f"again-{number}")).shown_name.level for number in range(5)]

    assert levels == [Disclosure.MASKED] * 3 + [Disclosure.HIDDEN] * 2
    assert again == levels


@pytest.mark.parametrize("rotations", [1, 2, 3])
def test_a_rotated_key_verifies_until_it_is_retired_and_then_says_so(tmp_path, rotations):
    """During the overlap an old receipt is handed out again and redeemed; after it, it is refused by name and nothing breaks."""
    guard = Guard.embedded(tmp_path / "guard.db", clock=MovableClock())
    for fact in (account(SENDER), account(FRIEND), contact(FRIEND), paid(FRIEND)):
        guard.observe(fact)
    decision = guard.check(to(FRIEND))
    receipt = guard.confirm(decision.id)
    for _ in range(rotations):
        rotate(tmp_path / "guard.db.keys")

    if rotations < KEPT_SIGNING_KEYS:
        assert guard.confirm(decision.id) == receipt
        assert guard.redeem(receipt.token) == receipt
    else:
        for act in (lambda: guard.confirm(decision.id), lambda: guard.redeem(receipt.token)):
            with pytest.raises(ReceiptRefused) as refused:
                act()
            assert refused.value.reason is ReceiptReason.UNKNOWN_KEY
    assert guard.confirm(guard.check(to(FRIEND, id_="t-2")).id).key_id != receipt.key_id
    guard.close()


def test_without_keys_nothing_is_confirmed_and_an_unknown_decision_is_named_so():
    """Both are errors of ours, with a remedy."""
    host = InMemoryHost([account(SENDER), account(FRIEND), contact(FRIEND)])
    guard = Guard(directory=host, clock=MovableClock())

    with pytest.raises(UnknownDecision):
        guard.confirm("d-unknown")
    with pytest.raises(KeyUnavailable):
        guard.confirm(guard.check(to(FRIEND)).id)


def test_a_sighting_from_the_future_is_refused_because_it_would_outrank_everything_until_then(stage):
    """A host whose clock is a year ahead must not freeze what the guard believes."""
    guard, _, clock = stage

    with pytest.raises(InvalidInput, match="future"):
        guard.observe(account(FRIEND), at=clock.now() + timedelta(days=2))


def test_a_store_without_a_secret_keeps_no_name_and_still_shows_it(tmp_path):
    """What is not kept can be shown all the same, because it was just gathered."""
    host = InMemoryHost([account(SENDER), account(FRIEND, verified_name="李思远"), contact(FRIEND), paid(FRIEND)])
    guard = Guard(directory=host, store=SqlStore.open(tmp_path / "bare.db", secret=None), clock=MovableClock())

    assert [guard.check(to(FRIEND)).shown_name.text for _ in range(2)] == ["*远", "*远"]


def test_a_challenge_is_asked_again_when_the_total_became_large_meanwhile(stage):
    """What the typed name would uncover is more than the screen promised, so the screen must be asked for again."""
    guard, host, _ = stage
    first = guard.check(to(TWIN, "900.00"))
    assert first.outcome is Outcome.CHALLENGE
    host.put(paid(TWIN, amount="900.00", days=0.01, id="meanwhile"))

    refused = needed(guard, first, acknowledged=True, typed_name="毕小川")
    assert refused.needed == (Step.CHECK_AGAIN,)
    assert not isinstance(refused, NameProved)
