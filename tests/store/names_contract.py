# SPDX-License-Identifier: Apache-2.0
"""What enrolment works out of names, kept by a store over SQL; run over SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.store.making import HOSTILE_NAMES, START, account
from transferguard.errors import StoreError
from transferguard.model import Contact, ProfileChange, Unavailable
from transferguard.names.enrolled import enrolled_name

LATER = START + timedelta(days=1)


def enrolled(store, *accounts, owner="me"):
    """What is kept of the names by which this owner knows these accounts."""
    return store.directory().enrolled_names(owner, accounts)


def wanted(*names):
    """What must be kept of these names."""
    return {name: enrolled_name(name) for name in names}


def do(store, statement, **values):
    """Change a store as another program might."""
    store._database.write(lambda connection: connection.execute(text(statement), values))


class NamesContract:
    """Needs the fixture `store`, a store over SQL."""

    def test_every_name_of_an_account_is_enrolled_when_it_is_told(self, store):
        """Display name, verified name and former names; what nobody told is not there."""
        changes = [ProfileChange(at=START, display_name="旺财数码"), ProfileChange(at=START, avatar=b"red")]
        store.remember(account("u1", "李思远", verified_name="毕小川", profile_changes=changes), START)

        assert enrolled(store, "u1", "u2") == wanted("李思远", "毕小川", "旺财数码")
        assert enrolled(store) == {}

    def test_a_remark_is_the_owners_alone(self, store):
        """Another sender does not come across it."""
        store.remember(account("u1", "李思远"), START)
        store.remember(Contact(owner="me", account="u1", remark="思远哥"), START)
        store.remember(Contact(owner="you", account="u1"), START)

        assert enrolled(store, "u1") == wanted("李思远", "思远哥")
        assert enrolled(store, "u1", owner="you") == wanted("李思远")

    def test_names_of_now_are_enrolled(self, store):
        """After a change of name or remark, whatever else was told meanwhile."""
        store.remember(account("u1", "李思远"), START)
        store.remember(Contact(owner="me", account="u1", remark="思远哥"), START)
        store.remember(account("u1", "李思源", last_active_at=LATER), LATER)
        store.remember(Contact(owner="me", account="u1", remark="老李", last_message_at=LATER), LATER)
        store.remember(account("u1", "李思源", last_active_at=LATER + timedelta(hours=1)), LATER + timedelta(hours=1))

        assert enrolled(store, "u1") == wanted("李思源", "李思远", "老李")

    def test_who_is_erased_leaves_nothing(self, store):
        """Neither the account's names nor what others call it."""
        store.remember(account("u1", "李思远", verified_name="毕小川"), START)
        store.remember(Contact(owner="me", account="u1", remark="思远哥"), START)
        store.erase("u1", now=START)

        assert enrolled(store, "u1") == {}
        assert store._database.read(lambda connection: connection.execute(text("SELECT count(*) FROM name_keys")).scalar()) == 0

    def test_hostile_names_are_enrolled(self, store):
        """Nothing that somebody calls himself stops it."""
        for at, name in enumerate(HOSTILE_NAMES):
            store.remember(account(f"u{at}", name), START)

        assert enrolled(store, *(f"u{at}" for at in range(len(HOSTILE_NAMES)))) == wanted(*filter(None, HOSTILE_NAMES))

    def test_names_of_an_older_database_are_enrolled_by_steps(self, store, monkeypatch):
        """Each once, also when there are more than one step takes; a second run finds nothing to do."""
        monkeypatch.setattr("transferguard.store.name_keys.BATCH", 2)
        for at in range(5):
            store.remember(account(f"u{at}", f"名{at}", verified_name="毕小川"), START)
            store.remember(Contact(owner="me", account=f"u{at}", remark="友" if at else Unavailable()), START)
        do(store, "DELETE FROM name_keys WHERE thing = :thing", thing='["u1"]')
        do(store, "UPDATE name_keys SET version = '0 9.0.0' WHERE thing != :thing", thing='["u3"]')

        assert store.enrol_names() == 8
        assert enrolled(store, *(f"u{at}" for at in range(5))) == wanted(*(f"名{at}" for at in range(5)), "毕小川", "友")
        assert store.enrol_names() == 0

    def test_a_damaged_row_is_a_store_error(self, store):
        """It is never taken for keys."""
        store.remember(account("u1", "李思远"), START)
        do(store, "UPDATE name_keys SET body = :body", body=store._sealing.seal_body({}, 'names/["u1"]'))

        with pytest.raises(StoreError):
            enrolled(store, "u1")
