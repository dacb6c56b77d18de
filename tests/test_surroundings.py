# SPDX-License-Identifier: Apache-2.0
"""A circle is read at the least cost, and is the same circle."""

import hashlib
from contextlib import closing
from datetime import timedelta

import pytest

from tests.avatars.drawing import encoded, scene
from transferguard import surroundings
from transferguard.asking import Asking
from transferguard.circle import Circle
from transferguard.enrolment import Enrolment
from transferguard.errors import StoreError
from transferguard.model import Account, Contact, ProfileChange, Unavailable
from transferguard.names import ready
from transferguard.seams import LeftOut
from transferguard.store import SqlStore
from transferguard.surroundings import Neighbourhoods
from transferguard.testing.builders import NOW

PICTURE, FORMER = encoded(scene(1, 96)), encoded(scene(2, 96))
SEEN = NOW - timedelta(days=9)


@pytest.fixture
def store(tmp_path):
    """A store that knows a sender and a friend with two pictures, none of them enrolled."""
    with closing(SqlStore.open(tmp_path / "guard.db", secret=bytes(32))) as opened:
        changes = (ProfileChange(at=SEEN, avatar=FORMER),)
        opened.remember(Account(id="u1", display_name="李思远", avatar=PICTURE, profile_changes=changes), SEEN)
        opened.remember(Contact(owner="me", account="u1", since=SEEN), SEEN)
        yield opened


def circle(store, directory):
    """The sender's circle, read anew."""
    return Neighbourhoods(directory, Enrolment(store)).of("me").circle


class Bringing:
    """A directory as a host writes it: every picture comes with its bytes."""

    def __init__(self, directory):
        self.accounts, self.contacts = directory.accounts, directory.contacts
        self.transfers, self.circle_version = directory.transfers, directory.circle_version


def test_a_circle_that_is_read_without_pictures_looks_the_same(store):
    """Digests say which fingerprints are whose; a picture that was never enrolled is brought and enrolled first."""
    directory = store.directory()
    bare = directory.accounts_without_pictures(["u1", "u2"])
    assert bare["u1"].avatar == LeftOut(hashlib.sha256(PICTURE).hexdigest().encode())
    assert Enrolment(store).pictures_left_out(bare.values()) is None

    first, again, plain = circle(store, directory), circle(store, Asking(directory)), circle(store, Bringing(directory))
    assert isinstance(first, Circle)
    assert first.member("u1") == again.member("u1") == plain.member("u1")
    kept = Enrolment(store).pictures_left_out(bare.values())
    assert kept is not None
    assert len(kept["u1"].fingerprints) == 2
    assert kept == Enrolment(store).pictures(directory.accounts(["u1"]).values())


def test_a_picture_that_is_too_large_to_keep_is_told_as_such(store, monkeypatch):
    """Whether or not the bytes of the others are brought."""
    monkeypatch.setattr("transferguard.store.facts.MAX_PICTURE_BYTES", 10)
    store.remember(Account(id="u2", display_name="毕小川", avatar=b"more than ten bytes"), SEEN)
    directory = store.directory()

    assert directory.accounts_without_pictures(["u2"]) == directory.accounts(["u2"])


def test_pictures_that_cannot_be_brought_leave_no_circle(store):
    """The reason stands in its place, as where the accounts themselves cannot be had."""
    directory = store.directory()

    def fail(ids):
        raise StoreError("away")

    directory.accounts = fail
    assert circle(store, directory) == Unavailable("StoreError")


def test_after_a_large_circle_was_made_everything_is_settled_at_once(store, monkeypatch):
    """The check that reads it takes a second anyway; the next one must not wait for what was put off."""
    settled: list[str] = []
    monkeypatch.setattr(surroundings, "_settle", lambda: settled.append("once"))
    for many, expected in ((100, []), (0, ["once"])):
        monkeypatch.setattr(surroundings, "MANY", many)
        neighbourhoods = Neighbourhoods(Asking(store.directory()), Enrolment(store))
        neighbourhoods.of("me")
        neighbourhoods.of("me")
        assert settled == expected


def test_settling_loads_tables_and_collects(monkeypatch):
    """Both, in this order: what was loaded stays, and is looked through with the rest."""
    done: list[str] = []
    monkeypatch.setattr(ready, "make_ready", lambda: done.append("ready"))
    monkeypatch.setattr(surroundings, "collect_now", lambda: done.append("collected"))
    surroundings._settle()
    assert done == ["ready", "collected"]
