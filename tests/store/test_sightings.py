# SPDX-License-Identifier: Apache-2.0
"""What is known after many looks: the fold itself, apart from where looks are kept."""

import pytest

from tests.store.making import account, day
from transferguard.model import ProfileChange
from transferguard.store.sightings import MAX_ENTRIES, MAX_SIGHTINGS, Kind, fact_of, fold, pictures_of, sight, summed_up, tells_the_circle


def looks(count):
    """So many looks at an account that is renamed every day."""
    return [sight(account(display_name=f"名{number}"), day(number))[0] for number in range(count)]


def test_looks_are_kept_apart_up_to_a_hundred():
    """Only beyond that the older half becomes one look, at the moment of its last."""
    assert summed_up(looks(MAX_SIGHTINGS)) is None
    many = looks(MAX_SIGHTINGS + 1)
    found = summed_up(many)
    assert found is not None

    count, total = found
    assert count == 50
    assert (total.at, total.key, total.kind) == (many[49].at, ("u1",), Kind.ACCOUNT)
    assert fold([total, *many[50:]]) == fold(many)


@pytest.mark.parametrize(("at", "told"), [(0, False), (1, True), (3, True), (5, True), (6, False)])
def test_a_listed_change_tells_what_was_seen_from_the_last_look_to_the_first(at, told):
    """A change that we noticed between day 1 and day 5 is the listed one, if that lies there too, ends included."""
    listed = (ProfileChange(at=day(at), display_name="旺财"),)
    before, after = account(display_name="旺财"), account(display_name="李思远", profile_changes=listed)
    known = fold([sight(before, day(1))[0], sight(after, day(5))[0]])

    assert len(known["profile_changes"]) == (1 if told else 2)


def test_only_so_many_changes_are_kept_and_they_are_the_newest():
    """An account with ten thousand listed changes has two hundred."""
    changes = tuple(ProfileChange(at=day(number), display_name="x") for number in reversed(range(10_000)))
    known = fold([sight(account(profile_changes=changes), day(0))[0]])

    assert len(known["profile_changes"]) == MAX_ENTRIES
    assert known["profile_changes"][-1]["at"] == sight(account(), day(9_999))[0].at


def test_pictures_of_an_account_are_those_worn_and_those_worn_before():
    """Both are compared, so both are kept."""
    change = ProfileChange(at=day(1), avatar=b"old")
    sighting, pictures = sight(account(avatar=b"new", profile_changes=(change,)), day(2))
    known = fold([sighting])

    assert pictures_of(known) == pictures.keys()
    assert set(pictures.values()) == {b"old", b"new"}
    assert fact_of(Kind.ACCOUNT, known, pictures) == account(avatar=b"new", profile_changes=(change,))
    assert pictures_of(fold([sight(account(), day(1))[0]])) == frozenset()


def test_being_active_is_no_news_to_a_circle():
    """Everything else is, and the first look is."""
    first = fold([sight(account(), day(1))[0]])

    assert tells_the_circle({}, first)
    assert not tells_the_circle(first, {**first, "last_active_at": 7})
    assert tells_the_circle(first, {**first, "standing": "frozen"})
    assert tells_the_circle({**first, "standing": "frozen"}, first)
