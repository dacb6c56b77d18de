# SPDX-License-Identifier: Apache-2.0
"""A database is of today, is brought there, or is refused; never anything in between."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Column, Integer, Table

from tests.store.making import START, account, record
from transferguard.codes import Label
from transferguard.errors import StoreError
from transferguard.seams import Feedback
from transferguard.store import SqlStore, migrations, schema

SECRET = b"s" * 32


@pytest.fixture
def path(tmp_path):
    """Where a store may stand."""
    return tmp_path / "guard.db"


def change(path, statement, *values):
    """Do to the file what another program might."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


def version(path):
    """The version that the file says it has."""
    with sqlite3.connect(path) as connection:
        ((value,),) = connection.execute("SELECT value FROM about WHERE name = 'version'").fetchall()
    connection.close()
    return value


def test_a_new_file_has_the_tables_of_today(path):
    """All of them, under today's version."""
    SqlStore.open(path, secret=SECRET).close()
    with sqlite3.connect(path) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        }
    connection.close()

    assert tables == set(schema.METADATA.tables)
    assert version(path) == str(migrations.VERSION).encode()


def test_a_file_of_a_later_version_is_refused_and_left_alone(path):
    """What we do not understand we do not write to."""
    SqlStore.open(path, secret=SECRET).close()
    change(path, "UPDATE about SET value = ? WHERE name = 'version'", b"99")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="upgrade the package"):
        SqlStore.open(path, secret=SECRET)
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", ["DELETE FROM about WHERE name = 'version'", "UPDATE about SET value = X'FF' WHERE name = 'version'"])
def test_a_file_without_a_version_is_not_ours(path, statement):
    """Somebody else's table of the same name is not written over."""
    SqlStore.open(path, secret=SECRET).close()
    change(path, statement)

    with pytest.raises(StoreError, match="not a database of transferguard"):
        SqlStore.open(path, secret=SECRET)


def test_each_missing_step_is_taken_once_and_in_order(path, monkeypatch):
    """A file two versions back takes two steps; the next opening takes none."""
    SqlStore.open(path, secret=SECRET).close()
    today, taken = migrations.VERSION, []
    steps = {today + number: lambda _, number=number: taken.append(number) for number in (1, 2)}
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, **steps})
    monkeypatch.setattr(migrations, "VERSION", today + 2)

    for _ in range(2):
        SqlStore.open(path, secret=SECRET).close()
    assert taken == [1, 2]
    assert version(path) == str(today + 2).encode()


def test_a_step_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    """Half a migration does not exist: tables made before the failure are gone, the version is the old one."""
    SqlStore.open(path, secret=SECRET).close()
    today, before = migrations.VERSION, version(path)

    def fail(connection):
        Table("half", schema.METADATA.__class__(), Column("id", Integer)).create(connection)
        raise StoreError("no space")

    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, today + 1: fail})
    monkeypatch.setattr(migrations, "VERSION", today + 1)

    with pytest.raises(StoreError, match="no space"):
        SqlStore.open(path, secret=SECRET)
    assert version(path) == before
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    connection.close()


def test_a_file_of_the_first_version_gains_what_looking_back_needs(path):
    """The tables of version 2 are there afterwards, and what stood in the file stays."""
    with closing(SqlStore.open(path, secret=SECRET)) as store:
        store.record(record(), same_since=START)
    for table in ("labels", "policies"):
        change(path, f"DROP TABLE {table}")
    change(path, "UPDATE about SET value = ? WHERE name = 'version'", b"1")

    with closing(SqlStore.open(path, secret=SECRET)) as store:
        assert store.label(Feedback(decision_id="d1", label=Label.FRAUD, at=START))
        store.keep_policy("sha256:0", b"{}")
    assert version(path) == str(migrations.VERSION).encode()


def test_a_file_of_the_second_version_counts_names_after_one_call(path):
    """The column and its index come with the migration, the digests with `count_names`; what is told meanwhile is counted at once."""
    with closing(SqlStore.open(path, secret=SECRET)) as store:
        store.remember(account("u1", "李思远", identity="p1"), START)
    change(path, "DROP INDEX ix_accounts_name_digest")
    change(path, "ALTER TABLE accounts DROP COLUMN name_digest")
    change(path, "UPDATE about SET value = ? WHERE name = 'version'", b"2")

    with closing(SqlStore.open(path, secret=SECRET)) as store:
        store.remember(account("u2", "李思远", identity="p2"), START)
        assert store.bearers(["李思远"]) == {"李思远": 1}
        assert store.count_names() == 1
        assert store.bearers(["李思远"]) == {"李思远": 2}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'ix_accounts_name_digest'").fetchall()
    connection.close()


def test_a_file_of_the_third_version_enrols_names_after_one_call(path):
    """The table comes with the migration, what stood in the file with `enrol_names`; what is told meanwhile is enrolled at once."""
    with closing(SqlStore.open(path, secret=SECRET)) as store:
        store.remember(account("u1", "李思远"), START)
    change(path, "DROP TABLE name_keys")
    change(path, "UPDATE about SET value = ? WHERE name = 'version'", b"3")

    with closing(SqlStore.open(path, secret=SECRET)) as store:
        store.remember(account("u2", "毕小川"), START)
        assert set(store.directory().enrolled_names("me", ["u1", "u2"])) == {"毕小川"}
        assert store.enrol_names() == 1
        assert set(store.directory().enrolled_names("me", ["u1", "u2"])) == {"李思远", "毕小川"}
