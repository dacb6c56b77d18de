# SPDX-License-Identifier: Apache-2.0
"""A prepared statement gives what SQLAlchemy gives, and only ever binds values."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import bindparam, insert, select

from tests.store.making import START, account
from transferguard.errors import StoreError
from transferguard.store import SqlStore, schema
from transferguard.store.prepared import Prepared

ACCOUNTS = schema.accounts.c
IDS = select(ACCOUNTS.id, ACCOUNTS.identity_digest).where(ACCOUNTS.id.in_(bindparam("these", expanding=True))).order_by(ACCOUNTS.id)


@pytest.fixture
def store(tmp_path):
    """A store with a few accounts."""
    with closing(SqlStore.open(tmp_path / "guard.db", secret=b"s" * 32)) as opened:
        for name in ("u1", "u2", "'; DROP TABLE accounts; --"):
            opened.remember(account(name, identity="p1"), START)
        yield opened


@pytest.mark.parametrize("these", [[], ["u1"], ["u2", "u1", "u9"], ["'; DROP TABLE accounts; --", "?", "__[POSTCOMPILE_these]"]])
def test_a_list_is_bound_value_by_value(store, these):
    """Whatever stands in it, and also when it is empty."""
    prepared = Prepared(IDS)
    for _ in range(2):
        found = store._database.read(lambda connection: prepared.rows(connection, {"these": these}))
        wanted = store._database.read(lambda connection: connection.execute(IDS, {"these": these}).all())
        assert [tuple(row) for row in found] == [tuple(row) for row in wanted]


def test_values_of_the_statement_itself_are_bound_too(store):
    """A limit, or a comparison with something known."""
    prepared = Prepared(select(ACCOUNTS.id).where(ACCOUNTS.id != "u1").order_by(ACCOUNTS.id.desc()).limit(1))

    assert store._database.read(lambda connection: prepared.scalars(connection, {})) == ["u2"]
    assert store._database.read(lambda connection: prepared.scalar(connection, {})) == "u2"


def test_no_row_has_no_scalar(store):
    """The same as a row whose column is NULL."""
    assert store._database.read(lambda connection: Prepared(IDS).scalar(connection, {"these": []})) is None


def test_what_the_driver_says_is_a_store_error(store):
    """Without values; wrong SQL stays a fault of ours."""
    row = {"picture": "d", "account": "a"}
    prepared = Prepared(insert(schema.wardrobe), columns=list(row))
    store._database.write(lambda connection: prepared.change(connection, row))

    with pytest.raises(StoreError, match="SQLITE_CONSTRAINT"):
        store._database.write(lambda connection: prepared.change(connection, row))
    with pytest.raises(sqlite3.ProgrammingError):
        store._database.write(lambda connection: prepared.change(connection, row | {"account": ["a"]}))
