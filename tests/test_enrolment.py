# SPDX-License-Identifier: Apache-2.0
"""Fingerprints are computed once per picture, whoever wears it, and a bad picture is not tried again."""

from dataclasses import replace

from tests.strategies import UNKNOWN, pictures
from transferguard.enrolment import Enrolment, fingerprint_of
from transferguard.model import Account, ProfileChange, Unavailable
from transferguard.store import MemoryStore
from transferguard.testing.builders import account, days_ago


class Counting(MemoryStore):
    """A memory store that knows how often something was enrolled."""

    def __init__(self):
        super().__init__()
        self.enrolments = []

    def enrol(self, digest, fingerprint):
        """Note it, then keep it."""
        self.enrolments.append(digest)
        super().enrol(digest, fingerprint)


def test_a_picture_is_fingerprinted_once_whoever_wears_it():
    """Two accounts in the same picture, asked about twice, cost one decoding; so does a broken picture."""
    store = Counting()
    enrolment = Enrolment(store)
    people = [
        account("a", avatar=pictures()["portrait"]),
        account("b", avatar=pictures()["portrait"]),
        account("c", avatar=pictures()["truncated"]),
    ]
    for _ in range(2):
        found = enrolment.pictures(people)

    assert len(store.enrolments) == 2
    assert found["a"].fingerprints == found["b"].fingerprints
    assert (found["c"].fingerprints, found["c"].has_present, bool(found["c"].why_not)) == ((), False, True)


def test_a_picture_that_the_store_knows_is_not_looked_at_again():
    """Another process, or the same one tomorrow, takes the fingerprint from the store, and how many wear it."""
    store = Counting()
    people = [account(name, avatar=pictures()["portrait"]) for name in ("a", "b")]
    for person in people:
        store.remember(replace(person, identity=f"person-{person.id}"), days_ago(1))
    first = Enrolment(store).pictures(people)
    again = Enrolment(store).pictures(people)

    assert len(store.enrolments) == 1
    assert again["a"].fingerprints == first["a"].fingerprints
    assert again["a"].wearers == 2


def test_how_many_wear_a_picture_is_known_before_anybody_looked_at_it():
    """The first look says of a picture what every later one says, so that the order of checks changes no decision."""
    store = MemoryStore()
    people = [account(name, avatar=pictures()["portrait"], identity=f"person-{name}") for name in ("a", "b", "c")]
    for person in people:
        store.remember(person, days_ago(1))

    first = Enrolment(store).pictures(people[:1])["a"]

    assert first.wearers == 3
    assert first == Enrolment(store).pictures(people[:1])["a"]


def test_the_present_picture_comes_first_and_former_ones_follow_with_their_dates():
    """Latest first, each since when it was worn."""
    changes = (ProfileChange(at=days_ago(9), avatar=pictures()["portrait"]), ProfileChange(at=days_ago(3), avatar=pictures()["other"]))
    person = account("a", avatar=pictures()["copy"], profile_changes=changes, created_at=days_ago(100))
    found = Enrolment(MemoryStore()).pictures([person])["a"]

    assert found.has_present
    assert len(found.fingerprints) == 3
    assert [since.earliest for since in found.since] == [days_ago(3), days_ago(9), days_ago(100)]


def test_who_took_the_picture_off_wears_none_now():
    """A former picture is no present one, and the reason is kept."""
    person = account("a", avatar=UNKNOWN, profile_changes=(ProfileChange(at=days_ago(3), avatar=pictures()["portrait"]),))
    found = Enrolment(MemoryStore()).pictures([person])["a"]

    assert (found.has_present, found.digest, found.why_not) == (False, "", "not given")
    assert len(found.fingerprints) == 1


def test_a_bad_picture_worn_before_leaves_the_dates_in_step():
    """What cannot be compared takes its date with it."""
    changes = (ProfileChange(at=days_ago(9), avatar=pictures()["portrait"]), ProfileChange(at=days_ago(3), avatar=pictures()["empty"]))
    found = Enrolment(MemoryStore()).pictures([account("a", avatar=pictures()["other"], profile_changes=changes)])["a"]

    assert len(found.fingerprints) == len(found.since) == 2


def test_why_there_is_no_fingerprint_is_a_value():
    """A picture that no decoder of ours takes is no error here."""
    assert isinstance(fingerprint_of(pictures()["not a picture"]), Unavailable)
    assert isinstance(fingerprint_of(pictures()["portrait"]), bytes)


def test_few_fingerprints_are_kept_at_hand(monkeypatch):
    """Memory for recent recipients is bounded, and what fell out of it is asked of the store again."""
    monkeypatch.setattr("transferguard.enrolment.MOST_REMEMBERED", 1)
    store = MemoryStore()
    enrolment = Enrolment(store)
    accounts = [Account(id=f"u{number}", display_name="李", avatar=f"not a picture {number}".encode()) for number in range(3)]

    first = [enrolment.pictures([account])[account.id] for account in accounts]

    assert [enrolment.pictures([account])[account.id] for account in accounts] == first
    assert all(pictures.why_not for pictures in first)


def test_of_many_pictures_the_recent_ones_stay_at_hand(monkeypatch):
    """What was asked for last is kept: the oldest falls out first, and one that was asked again counts as new."""
    monkeypatch.setattr("transferguard.enrolment.MOST_REMEMBERED", 2)
    asked = []

    class Asked(MemoryStore):
        def enrolled(self, digests):
            """Count the question."""
            asked.append(len(digests))
            return super().enrolled(digests)

    enrolment = Enrolment(Asked())
    one, two, three = (Account(id=f"u{number}", display_name="李", avatar=f"no picture {number}".encode()) for number in range(3))
    for person in (one, two, one, three):
        enrolment.pictures([person])
    enrolment.pictures([one, three])
    assert asked == [1, 1, 1]
    enrolment.pictures([two])
    assert asked == [1, 1, 1, 1]
    enrolment.clear()
    enrolment.pictures([two, three])
    assert asked == [1, 1, 1, 1, 2]
