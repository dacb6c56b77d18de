# SPDX-License-Identifier: Apache-2.0
"""Rule 10: an acknowledgement binds to the pair, the names and the picture shown; any change reopens the question."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import UNKNOWN, familiar_store, names, pictures, worlds
from transferguard.assess import binding_of
from transferguard.errors import ConfirmationRefused
from transferguard.keys import StaticKeys
from transferguard.model import Money
from transferguard.testing.builders import FRIEND, account, contact, quiet_world
from transferguard.testing.host import MovableClock

CHANGES = {
    "display name": lambda world: world.with_recipient(display_name="别人"),
    "picture": lambda world: world.with_recipient(avatar=pictures()["other"]),
    "picture taken off": lambda world: world.with_recipient(avatar=UNKNOWN),
    "verified name": lambda world: world.with_recipient(verified_name="毕小川"),
    "remark": lambda world: world.with_contacts(contact(FRIEND, remark="老李")),
}


def wearing():
    """The quiet world, whose friend wears a picture."""
    return quiet_world().with_recipient(avatar=pictures()["portrait"])


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_whatever_the_sender_saw_and_now_differs_changes_the_binding(what):
    """Each of them is part of what was acknowledged."""
    assert binding_of(CHANGES[what](wearing()).evidence()) != binding_of(wearing().evidence())


def test_another_pair_has_another_binding():
    """What one sender acknowledged holds for nobody else, nor for another recipient who looks the same."""
    world = wearing()
    twin = replace(world.recipient, id="twin")
    other_sender = world.with_accounts(account("you")).with_transfer(sender="you")
    bindings = {binding_of(one.evidence()) for one in (world, other_sender, world.to(twin))}

    assert len(bindings) == 3


@given(names(), names(), names(), names())
@settings(max_examples=24)
def test_no_two_pairs_of_name_and_remark_share_a_binding(name, remark, other_name, other_remark):
    """Letters moved from the name into the remark are a change too."""
    one, other = (
        quiet_world().with_recipient(display_name=shown).with_contacts(contact(FRIEND, remark=label))
        for shown, label in ((name, remark), (other_name, other_remark))
    )

    assert (binding_of(one.evidence()) == binding_of(other.evidence())) is ((name, remark) == (other_name, other_remark))


@given(worlds(), st.integers(1, 10**9))
@settings(max_examples=10)
def test_an_edited_amount_alone_keeps_what_was_acknowledged(world, minor):
    """The sender acknowledged a person, not a sum."""
    assert binding_of(world.with_transfer(money=Money(minor, "CNY")).evidence()) == binding_of(world.evidence())


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_a_change_between_check_and_confirm_reopens_the_question(what):
    """A recipient who takes another face while the screen is open is not confirmed as the one who was seen."""
    world = wearing()
    host = world.host()
    guard = world.guard(host=host, store=familiar_store(), keys=StaticKeys.generate())
    decision = guard.check(world.transfer)
    changed = CHANGES[what](world)
    host.put(*changed.facts())

    with pytest.raises(ConfirmationRefused) as caught:
        guard.confirm(decision.id, acknowledged=True)
    assert caught.value.needed == ("check_again",)


def test_a_decision_is_not_good_for_ever():
    """After the policy's minutes the question is asked again."""
    clock, world = MovableClock(), wearing()
    guard = world.guard(store=familiar_store(), keys=StaticKeys.generate(), clock=clock)
    decision = guard.check(world.transfer)
    clock.move(minutes=11)

    with pytest.raises(ConfirmationRefused, match="check_again"):
        guard.confirm(decision.id)
