# SPDX-License-Identifier: Apache-2.0
"""Who changes names all day makes transfers wait, so that nobody learns a name by watching what a guess does."""

import pytest

from tests.signals.asking import recipient
from transferguard.decision import Outcome, Reason
from transferguard.evidence import Change
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.signals.restless import restless
from transferguard.testing.builders import days_ago, quiet_world

EVIDENCE = quiet_world().evidence()


def found(changes, **policy):
    """What the signal says about these changes."""
    return list(restless(recipient(EVIDENCE, changes=changes), Policy.from_mapping(policy)))


def renames(*days):
    """Changes of the name, so many days ago."""
    return tuple(Change(at=days_ago(one), name=True, avatar=False) for one in days)


@pytest.mark.parametrize(("days", "delays"), [((), False), ((0.1, 0.2), False), ((0.1, 0.2, 0.9), True), ((0.1, 0.2, 1.0), False)])
def test_the_third_name_of_a_day_makes_the_transfer_wait(days, delays):
    """Two may be a correction of the first."""
    facts = found(renames(*days))

    assert bool(facts) is delays
    assert all((fact.reason, fact.at_least, fact.weight) == (Reason.RECENT_PROFILE_CHANGE, Outcome.DELAY, 0.0) for fact in facts)


def test_new_pictures_are_no_guesses_at_a_name():
    """And what is not known is not counted."""
    assert not found(tuple(Change(at=days_ago(0.1), name=False, avatar=True) for _ in range(9)))
    assert not found(Unavailable("down"))
    assert not found(renames(0.1, 0.2, 0.3), spans={"restless_renames": 4})


def test_the_outcome_no_longer_tells_whether_the_guess_was_right():
    """The hidden name of a contact and any other name look the same to whoever renamed an account three times."""
    world = quiet_world().with_recipient(display_name="阳光", verified_name="王小明")
    views = []
    for guess in ("王小明", "李大山"):
        stranger = world.with_stranger(display_name=guess, verified_name="毕大川", profile_changes=_changed(3))
        view = stranger.decide().sender_view()
        views.append({name: value for name, value in view.items() if name not in {"decision_id", "comparison"}})

    assert views[0] == views[1]
    assert views[0]["outcome"] == "delay"


def _changed(count):
    from transferguard.model import ProfileChange  # noqa: PLC0415 - beside its only use

    return tuple(ProfileChange(at=days_ago(0.1 * at + 0.1), display_name=f"n{at}") for at in range(count))
