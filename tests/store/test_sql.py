# SPDX-License-Identifier: Apache-2.0
"""The store over SQLite keeps the contract, keeps names sealed, and tells its troubles in one kind of error."""

import itertools
import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from tests.store.bearers_contract import BearersContract
from tests.store.contract import StoreContract, everything
from tests.store.likeness_contract import LikenessContract
from tests.store.making import LONG_AGO, START, account, confirmation, day, decision, past, record
from tests.store.names_contract import NamesContract
from transferguard.budget import BudgetTerms, Look, TryLimits
from transferguard.decision import ShownName
from transferguard.errors import InvalidInput, KeyUnavailable, StoreError, VaultError
from transferguard.model import Contact, Unavailable
from transferguard.store import SqlStore, recollection
from transferguard.store.file_connections import MOST_WAITING

SECRET = b"s" * 32


@pytest.fixture
def fresh(tmp_path):
    """Opens empty stores, each in a file of its own."""
    numbers = itertools.count()
    opened = []

    def open_one(**options):
        opened.append(SqlStore.open(tmp_path / f"{next(numbers)}.db", **{"secret": SECRET, **options}))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def path(tmp_path):
    """Where a store may stand."""
    return tmp_path / "guard.db"


def bytes_of(path):
    """All bytes of a database, its log included."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


class TestSqlStore(StoreContract, LikenessContract, BearersContract, NamesContract):
    """The contract, over SQLite."""

    @pytest.fixture
    def fresh(self, fresh):
        """Opens empty stores."""
        return fresh


def fill(store):
    """Tell a store one of everything."""
    store.remember(account("u1", "旺财", avatar=b"red", verified_name="毕小川", identity="person-nine"), day(1))
    store.remember(account("u1", "思远", avatar=b"blue", verified_name="毕小川", identity="person-nine"), day(2))
    store.remember(Contact(owner="me", account="u1", remark="r"), day(1))
    store.remember(past("t1"), day(1))
    store.record(record(), same_since=LONG_AGO)
    store.confirm(confirmation())
    store.spend("me", Look(person="identity:person-nine", extent="full", cost=5), terms=BudgetTerms(), now=START)
    store.begin_try("me", "identity:person-nine", terms=TryLimits(), now=START)
    store.give_back("me", "t1", terms=BudgetTerms(), now=START)


def test_what_was_told_survives_closing(path):
    """Opened again, the file tells the same."""
    store = SqlStore.open(path, secret=SECRET)
    fill(store)
    before, version = everything(store), store.directory().circle_version("me")
    store.close()
    again = SqlStore.open(path, secret=SECRET)

    assert everything(again) == before
    assert again.directory().circle_version("me") == version
    assert again.confirmation("t9") == confirmation()
    again.close()


def test_the_files_hold_no_verified_name_and_no_identity(path):
    """Whoever copies the database, open or closed, finds neither a name, nor an identity, nor what was shown of the name."""
    store = SqlStore.open(path, secret=SECRET)
    fill(store)
    store.record(
        replace(record("d2", evidence="毕小川"), decision=decision("d2", text="毕小川"), evidence="毕小川".encode()), same_since=day(9)
    )
    open_bytes = bytes_of(path)
    store.close()

    for data in (open_bytes, bytes_of(path)):
        for secret in ("毕小川", "person-nine", "identity:p-9", "*川", 'verified_name":"'):
            assert secret.encode() not in data
            assert secret.encode("utf-16-le") not in data
            assert secret.encode("unicode_escape") not in data or secret.isascii()


def test_without_a_secret_no_name_and_no_identity_is_kept_at_all(path):
    """A guard without keys still works; what it may not keep is Unavailable, not lost by accident."""
    store = SqlStore.open(path, secret=None)
    fill(store)
    found = store.directory().accounts(["u1"])["u1"]

    assert (found.verified_name, found.identity) == (Unavailable(), Unavailable())
    assert isinstance(store.directory().accounts_of("person-nine"), Unavailable)
    kept = store.decision("d1")
    assert kept is not None
    assert (kept.decision.shown_name, kept.evidence) == (ShownName(level=record().decision.shown_name.level, text=""), b"")
    assert store.record(record("d2"), same_since=LONG_AGO).decision.id == "d1"
    assert store.confirm(confirmation()) == store.confirmation("t9")
    assert list(store.confirmed_since("me", "identity:p-9", LONG_AGO)) == ["t9"]
    store.close()
    for secret in ("毕小川", "person-nine", "identity:p-9", "*川"):
        assert secret.encode() not in bytes_of(path)


def test_a_secret_can_come_later_but_not_go_away(path):
    """A database that was begun without a secret accepts one; one that holds sealed names is not opened without it."""
    store = SqlStore.open(path, secret=None)
    fill(store)
    store.close()
    sealed = SqlStore.open(path, secret=SECRET)
    assert [sealed.confirmation("t9") is None, sealed.decision("d1") is None] == [False, False]
    sealed.remember(account("u2", verified_name="毕小川"), START)
    assert sealed.directory().accounts(["u2"])["u2"].verified_name == "毕小川"
    sealed.close()

    with pytest.raises(KeyUnavailable, match="written with a secret"):
        SqlStore.open(path, secret=None)


def test_another_secret_opens_nothing(path):
    """A wrong key is noticed when the database is opened, not when a name is needed."""
    SqlStore.open(path, secret=SECRET).close()

    with pytest.raises(VaultError):
        SqlStore.open(path, secret=b"x" * 32)
    with pytest.raises(KeyUnavailable, match="32 bytes"):
        SqlStore.open(path, secret=b"short")


def test_a_sealed_name_that_was_moved_to_another_account_does_not_open(path):
    """Somebody who can write to the file cannot give a mule the name of an honest person."""
    store = SqlStore.open(path, secret=SECRET)
    store.remember(account("honest", verified_name="李思远"), START)
    store.remember(account("mule", verified_name="毕小川"), START)
    with sqlite3.connect(path) as connection:
        (body,) = connection.execute("SELECT body FROM accounts WHERE id = 'honest'").fetchone()
        connection.execute("UPDATE accounts SET body = ? WHERE id = 'mule'", (body.replace(b'"honest"', b'"mule"'),))
    connection.close()

    with pytest.raises(VaultError, match="moved"):
        store.directory().accounts(["mule"])
    store.close()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xff", b"[]", b'{"id":1}', b'{"id":"u1"}', b'{"id":"u1","display_name":"x","created_at":"y"}']
)
def test_a_damaged_record_is_a_store_error(path, body):
    """What the file holds instead of a record is not taken for "no such account"."""
    store = SqlStore.open(path, secret=SECRET)
    store.remember(account("u1"), START)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE accounts SET body = ?", (body,))
    connection.close()

    with pytest.raises(StoreError, match="damaged"):
        store.directory().accounts(["u1"])
    store.close()


def test_the_file_is_for_its_owner_only(path):
    """Nobody else on the machine reads whom a user knows."""
    store = SqlStore.open(path, secret=SECRET)
    fill(store)

    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("guard.db*")} == {0o600}
    store.close()


def test_many_facts_are_kept_together_or_not_at_all(path):
    """A bad fact in the middle of many leaves nothing half written."""
    store = SqlStore.open(path, secret=SECRET)
    bad: Any = "nonsense"
    with pytest.raises(InvalidInput):
        store.remember_all([(account("u1"), START), (bad, START)])
    assert store.directory().accounts(["u1"]) == {}

    store.remember_all([(account("u1"), START), (account("u2"), START)])
    assert len(store.directory().accounts(["u1", "u2"])) == 2
    store.close()


def test_more_ids_than_fit_one_statement_are_found(path):
    """A thousand and more friends are no more difficult than two."""
    store = SqlStore.open(path, secret=None)
    names = [f"u{number}" for number in range(1_100)]
    store.remember_all((account(name), START) for name in names)

    assert len(store.directory().accounts(names)) == 1_100
    store.close()


def test_a_database_locked_by_another_program_is_a_store_error(path):
    """Waiting has an end, and the end says why."""
    store = SqlStore.open(path, secret=SECRET, patience=0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked"):
        store.remember(account(), START)
    assert store.directory().accounts(["u1"]) == {}  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    store.remember(account(), START)
    store.close()


def test_a_writer_that_waits_too_long_inside_the_process_is_told(path):
    """Threads of one process queue, but not for ever."""
    store = SqlStore.open(path, secret=SECRET, patience=0.1)
    with store._database._turn, ThreadPoolExecutor(1) as pool, pytest.raises(StoreError, match="busy"):
        pool.submit(store.remember, account(), START).result()
    store.close()


def test_threads_that_write_while_they_read_one_view_do_not_wait_for_each_other(path):
    """Thirty checks at once, each reading one view and enrolling a picture meanwhile."""
    store = SqlStore.open(path, secret=SECRET, patience=30)
    store.remember(account("u1"), START)
    everybody = threading.Barrier(30)

    def check(number):
        directory = store.directory()
        with directory.reading():
            assert "u1" in directory.accounts(["u1"])
            everybody.wait(timeout=30)
            store.enrol(f"{number:064}", b"print")
            return directory.circle_version("me")

    with ThreadPoolExecutor(30) as pool:
        assert len(set(pool.map(check, range(30)))) == 1
    assert len(store.enrolled([f"{number:064}" for number in range(30)])) == 30
    store.close()


def test_one_view_does_not_see_what_is_written_meanwhile(path):
    """Everything that one check asks belongs to one moment, also when views are entered twice."""
    store = SqlStore.open(path, secret=SECRET)
    directory = store.directory()
    with directory.reading(), directory.reading():
        assert directory.accounts(["u1"]) == {}
        store.remember(account("u1"), START)
        assert directory.accounts(["u1"]) == {}
    assert directory.accounts(["u1"]).keys() == {"u1"}
    store.close()


def test_a_read_only_database_is_a_store_error(path):
    """It can be read; writing says what is wrong and changes nothing."""
    SqlStore.open(path, secret=SECRET).close()

    with pytest.raises(StoreError, match="readonly"):
        SqlStore.from_url(f"sqlite:///file:{path}?mode=ro&uri=true", secret=SECRET)


def test_a_full_disk_is_a_store_error_and_leaves_what_was_there(path):
    """The fact that did not fit is not there, everything before it is."""
    store = SqlStore.open(path, secret=SECRET)
    store.remember(account("u1"), START)
    pages = store._database.read(lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar())
    store._database.read(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar())

    with pytest.raises(StoreError, match="full"):
        store.remember(account("u2", avatar=b"x" * 1_000_000), START)
    assert list(store.directory().accounts(["u1", "u2"])) == ["u1"]
    store.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be one" * 100])
def test_a_file_of_something_else_is_refused(path, content):
    """A text file stays a text file."""
    path.write_bytes(content)

    with pytest.raises(StoreError):
        SqlStore.open(path, secret=SECRET)
    assert path.read_bytes() == content


def test_a_folder_that_is_missing_is_a_store_error(tmp_path):
    """The message says what the system says."""
    with pytest.raises(StoreError, match="No such file"):
        SqlStore.open(tmp_path / "missing" / "guard.db", secret=SECRET)


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", ""])
def test_only_known_databases_are_opened(url):
    """Another database is the caller's mistake, told with the remedy."""
    with pytest.raises(InvalidInput, match="url"):
        SqlStore.from_url(url, secret=SECRET)


def test_a_store_in_memory_is_another_class(tmp_path, monkeypatch):
    """SQLite's special file name would give each thread a database of its own."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput, match="MemoryStore"):
        SqlStore.open(":memory:", secret=SECRET)


def test_a_closed_store_says_so(path):
    """Using a store after closing it is an error of its own."""
    store = SqlStore.open(path, secret=SECRET)
    store.close()

    with pytest.raises(StoreError, match="closed"):
        store.directory().contacts("me")


def test_a_receipt_id_that_stands_twice_is_a_store_error(path):
    """Two transfers never share a receipt; nothing is confirmed then."""
    store = SqlStore.open(path, secret=SECRET)
    store.confirm(confirmation("t1", receipt="r"))

    with pytest.raises(StoreError, match="UNIQUE"):
        store.confirm(confirmation("t2", receipt="r"))
    assert store.confirmation("t2") is None
    store.close()


def test_errors_quote_no_values(path):
    """Neither the message nor its causes repeat what was to be written."""
    store = SqlStore.open(path, secret=SECRET)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE accounts")
    connection.close()

    with pytest.raises(StoreError) as caught:
        store.remember(account("secret-id", "secret-name", verified_name="毕小川"), START)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "secret" not in str(caught.value)
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_opens_connections_of_its_own(path):
    """A web server that forks its workers after start shares a file, never a connection."""
    store = SqlStore.open(path, secret=SECRET)
    store.remember(account("u1"), START)
    child = os.fork()
    if child == 0:  # pragma: no cover - the child measures nothing
        code = 1
        try:
            store.remember(account("u2"), START)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert len(store.directory().accounts(["u1", "u2"])) == 2
    store.close()


def test_a_change_that_fails_leaves_no_transaction_open(fresh):
    """Neither of the driver nor of SQLAlchemy: the connection waits for the next question, and nothing of the change is kept."""
    store = fresh()

    def fail():
        store.remember(account("u1"), START)
        raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            store.together(fail)
        assert not store.directory().accounts(["u1"])
    (waiting,) = store._database._connections._waiting
    assert not waiting.in_transaction()
    store.remember(account("u1"), START)
    assert store.directory().accounts(["u1"])


def test_more_connections_than_may_wait_are_closed(fresh):
    """A burst of threads leaves no file open behind it, and a connection that comes back after the end is closed."""
    store, together = fresh(), threading.Barrier(20)

    def read():
        with store.directory().reading():
            together.wait(timeout=30)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: read(), range(20)))
    assert len(store._database._connections._waiting) == MOST_WAITING
    with store.directory().reading():
        store.close()
    assert not store._database._connections._waiting


def test_an_account_that_was_read_before_is_read_anew_when_it_changed(path):
    """Whoever changed it; what did not change is not built again."""
    store, other = SqlStore.open(path, secret=SECRET), SqlStore.open(path, secret=SECRET)
    store.remember(account("u1", "旺财", avatar=b"red"), day(1))
    directory = store.directory()
    first = directory.accounts_without_pictures(["u1"])["u1"]
    assert directory.accounts_without_pictures(["u1"])["u1"] is first
    other.remember(account("u1", "思远"), day(2))
    assert directory.accounts_without_pictures(["u1"])["u1"].display_name == "思远"
    store.erase("u1", now=day(3))
    assert not directory.accounts_without_pictures(["u1"])
    assert not store._recollection._kept
    store.close()
    other.close()


def test_only_so_many_accounts_are_at_hand(fresh, monkeypatch):
    """The least recently read are given up; a whole circle is never kept."""
    monkeypatch.setattr(recollection, "MOST_ACCOUNTS", 2)
    store = fresh()
    store.remember_all((account(f"u{number}"), START) for number in range(20))
    directory = store.directory()
    for ids in (["u1"], ["u2"], ["u1"], ["u3"]):
        directory.accounts_without_pictures(ids)
    assert list(store._recollection._kept) == ["u1", "u3"]
    directory.accounts_without_pictures([f"u{number}" for number in range(4, 20)] + ["u1"])
    assert list(store._recollection._kept) == ["u3", "u1"]


def test_an_interrupt_within_a_statement_stays_an_interrupt(fresh):
    """Whoever presses Ctrl-C is not told of a closed database; nothing of the change is kept, and the store goes on."""
    store = fresh()
    store.remember(account("li"), START)
    engine = store._database._engine

    @event.listens_for(engine, "do_execute")
    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.together(lambda: store.remember(account("wang"), START))
    event.remove(engine, "do_execute", interrupt)

    assert set(store.directory().accounts({"li", "wang"})) == {"li"}
