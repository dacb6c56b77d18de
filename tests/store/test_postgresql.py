# SPDX-License-Identifier: Apache-2.0
"""The store over PostgreSQL keeps the same contract, on a real server that these tests start for themselves."""

import itertools
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import pytest
from sqlalchemy import create_engine, text

from tests.store.bearers_contract import BearersContract
from tests.store.contract import StoreContract
from tests.store.likeness_contract import LikenessContract
from tests.store.making import START, account, confirmation, day, record
from tests.store.names_contract import NamesContract
from tests.store.server import programs, running_server
from transferguard.budget import BudgetTerms, Look
from transferguard.codes import Label
from transferguard.errors import StoreError
from transferguard.seams import Feedback
from transferguard.store import SqlStore

pytestmark = pytest.mark.slow

SECRET = b"s" * 32


MISSING = [
    told
    for told, is_there in (
        ("its client: pip install transferguard[postgres]", find_spec("psycopg") is not None),
        ("its server: apt-get install postgresql", programs() is not None),
    )
    if not is_there
]
if MISSING and os.environ.get("TRANSFERGUARD_POSTGRES"):
    pytest.fail(f"TRANSFERGUARD_POSTGRES asks for PostgreSQL, and this is not installed: {', '.join(MISSING)}", pytrace=False)
if MISSING:
    pytest.skip(f"PostgreSQL is not installed here: {', '.join(MISSING)}", allow_module_level=True)


@pytest.fixture(scope="session")
def server():
    """A server of our own on a socket of its own; the URL of its database."""
    with running_server() as url:
        yield url


_NUMBERS = itertools.count()


@pytest.fixture
def fresh(server):
    """Opens empty stores, each in a schema of its own."""
    engine, opened, making = create_engine(server), [], threading.Lock()

    def open_one(schema=None):
        name = schema or f"s{next(_NUMBERS)}"
        with making, engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {name}"))
        opened.append(SqlStore.from_url(f"{server}&options=-csearch_path%3D{name}", secret=SECRET))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
    engine.dispose()


class TestPostgresqlStore(StoreContract, LikenessContract, BearersContract, NamesContract):
    """The contract, over PostgreSQL."""

    @pytest.fixture
    def fresh(self, fresh):
        """Opens empty stores."""
        return fresh


def test_two_servers_of_a_host_share_one_database(fresh):
    """What one process was told, another knows, and a new table is made by one of those who start together."""
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(fresh, ["shared"] * 4))
    stores[0].remember(account("u1", verified_name="李思远"), START)

    assert {store.directory().accounts(["u1"])["u1"].verified_name for store in stores} == {"李思远"}
    assert len({store.directory().circle_version("me") for store in stores}) == 1


def test_transactions_that_lose_a_race_are_tried_again(fresh):
    """Threads on several connections that all look at one account at once leave every change behind."""
    stores = [fresh("race") for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: stores[number % 4].remember(account("u1", f"name{number}"), day(number)), range(24)))
        kept = {
            one.receipt_id for one in pool.map(lambda number: stores[number % 4].confirm(confirmation(receipt=f"r{number}")), range(24))
        }

    changes = stores[0].directory().accounts(["u1"])["u1"].profile_changes
    assert [change.display_name for change in changes] == [f"name{number}" for number in range(23)]
    assert len(kept) == 1


def test_budgets_and_receipts_hold_across_pools(fresh):
    """Eight threads on four pools: a budget for four looks gives four, and a receipt moves money once."""
    stores = [fresh("budget") for _ in range(4)]
    stores[0].confirm(confirmation())
    terms = BudgetTerms(capacity=100, per_minute=0)
    with ThreadPoolExecutor(8) as pool:
        looks = pool.map(
            lambda n: stores[n % 4].spend("me", Look(person=f"p{n}", extent="full", cost=25), terms=terms, now=START), range(16)
        )
        redeemed = pool.map(lambda n: stores[n % 4].redeem("r1", START), range(16))

        assert sum(look is not None for look in looks) == 4
        assert sum(redeemed) == 1


def test_a_database_of_the_first_version_is_brought_forward_with_what_it_holds(fresh, server):
    """Several processes that open it at once take each step once, and what stood there stays."""
    old = fresh("old")
    old.remember(account("u1", verified_name="李思远"), START)
    old.record(record(), same_since=START)
    engine = create_engine(f"{server}&options=-csearch_path%3Dold")
    with engine.begin() as connection:
        for statement in ("DROP TABLE labels", "DROP TABLE policies", "UPDATE about SET value = '1' WHERE name = 'version'"):
            connection.execute(text(statement))
    engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(fresh, ["old"] * 4))
    assert stores[0].label(Feedback(decision_id="d1", label=Label.FRAUD, at=START))
    assert stores[1].directory().accounts(["u1"])["u1"].verified_name == "李思远"
    assert stores[2].count_decisions() == 1


def test_erasing_and_expiring_work_there_too(fresh):
    """The same statements, another database."""
    store = fresh()
    store.remember(account("u1", avatar=b"red"), START)
    store.confirm(confirmation("t1", sender="u1"))

    assert store.erase("u1", now=day(1)) == 5
    assert store.directory().accounts(["u1"]) == {}
    assert store.seal_again(print) == 0


def test_a_server_that_is_gone_is_a_store_error_without_values(fresh, server):
    """The message names the kind of error, and nothing that was to be written."""
    with pytest.raises(StoreError) as caught:
        SqlStore.from_url(server.replace("host=", "host=%2Fnowhere"), secret=SECRET)
    assert "OperationalError" in str(caught.value)
    assert "nowhere" not in str(caught.value)
