# SPDX-License-Identifier: Apache-2.0
"""What a name says by itself, and whether it is the verified one."""

from dataclasses import replace

import pytest

from tests.signals.asking import ask, details, tie, weights
from tests.strategies import UNKNOWN
from transferguard.circle import AvatarLikeness, NameLikeness, Order, Resemblance, SeenAs
from transferguard.decision import MatchResult
from transferguard.model import AccountKind
from transferguard.signals.display_name import display_name
from transferguard.signals.verified_name import verified_name
from transferguard.testing.builders import STRANGER, days_ago, paid, quiet_world

STRANGE = quiet_world().with_stranger().evidence()


def reading(evidence, **fields):
    """The same evidence with another reading of the name."""
    return replace(evidence, name=replace(evidence.name, **fields))


@pytest.mark.parametrize(("bits", "scam", "imposture"), [(3.0, 3.0, 3.0), (6.0, 6.0, 4.0), (20.0, 8.0, 4.0)])
def test_tampering_weighs_what_was_measured_up_to_the_policys_most(bits, scam, imposture):
    """And says with which tricks."""
    evidence = reading(STRANGE, malformed=("invisible", "bidi"), malformed_bits=bits)

    assert weights(display_name, evidence) == {"scam": scam, "imposture": imposture}
    assert details(display_name, evidence) == {"tricks": ["invisible", "bidi"]}


def test_a_title_counts_only_on_an_account_that_is_not_settled():
    """A mother may be called 妈妈; a stranger, a contact of last week and somebody paid yesterday may not."""
    titled = reading(STRANGE, role="kinship")
    yesterday = reading(quiet_world().with_stranger().with_transfers(paid(STRANGER, days=1)).evidence(), role="kinship")

    assert details(display_name, titled) == {"role": "kinship"}
    assert weights(display_name, tie(titled, contact=True, since=days_ago(7))) == {"scam": 6.0}
    assert weights(display_name, yesterday) == {"scam": 6.0}
    assert ask(display_name, tie(titled, contact=True, since=days_ago(30))) == []
    assert ask(display_name, reading(quiet_world().evidence(), role="kinship")) == []
    assert weights(display_name, tie(titled, contact=True, since=UNKNOWN)) == {"scam": 6.0}


def test_a_business_is_called_after_what_it_does():
    """A courier's shop earns half the bits of a stranger who claims to be a courier."""
    titled = reading(STRANGE, role="authority")
    shop = replace(titled, recipient=replace(titled.recipient, kind=AccountKind.BUSINESS))

    assert weights(display_name, titled) == {"scam": 6.0}
    assert weights(display_name, shop) == {"scam": 3.0}


def test_an_ordinary_name_says_nothing():
    """Most names are just names."""
    assert ask(display_name, STRANGE) == []


@pytest.mark.parametrize(
    ("fit", "malformed", "told"),
    [
        (MatchResult.MATCH, (), {"imposture": -1.0}),
        (MatchResult.NO_MATCH, (), {"imposture": 0.7}),
        (MatchResult.CLOSE_MATCH, (), {}),
        (MatchResult.UNAVAILABLE, (), {}),
        (MatchResult.MATCH, ("invisible",), {}),
        (MatchResult.NO_MATCH, ("invisible",), {"imposture": 0.7}),
    ],
)
def test_the_verified_name_speaks_about_imposture_only_and_to_operators_only(fit, malformed, told):
    """A match speaks against it, unless the name was tampered with; a close match says too little either way."""
    evidence = reading(STRANGE, fit=fit, malformed=malformed)

    assert weights(verified_name, evidence) == told
    assert not any(finding.visible for finding in ask(verified_name, evidence))


def test_a_true_name_speaks_against_the_copy_of_a_name_more_than_against_that_of_a_picture():
    """A namesake bears the name; a thief in a copied photo may as well show the mule's own."""
    world = quiet_world().with_stranger()
    alike = replace(reading(world.evidence(), fit=MatchResult.MATCH), resemblances=(likeness(name=True), likeness("c2", name=False)))

    assert {finding.imitates: finding.weight for finding in ask(verified_name, alike)} == {None: -1.0, "c1": -4.0}
    assert {finding.imitates for finding in ask(verified_name, replace(alike, resemblances=UNKNOWN))} == {None}


def likeness(account="c1", *, name):
    """Somebody who is resembled, in name or only in picture."""
    return Resemblance(
        account=account,
        display_name="x",
        remark=UNKNOWN,
        order=Order.RECIPIENT_LATER,
        began_at=UNKNOWN,
        side_by_side_since=UNKNOWN,
        same_identity=False,
        paid=False,
        name=NameLikeness(seen=SeenAs.DISPLAY_NAME, of=SeenAs.DISPLAY_NAME, weight=20.0, similarity=1.0, kind="exact") if name else None,
        avatar=None if name else AvatarLikeness(weight=9.0, distance=1.0),
        other_picture=False,
    )
