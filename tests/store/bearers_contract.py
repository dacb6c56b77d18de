# SPDX-License-Identifier: Apache-2.0
"""How many persons bear a name, by a store over SQL; run over SQLite and PostgreSQL."""

from datetime import timedelta

from sqlalchemy import text

from tests.store.making import HOSTILE_NAMES, START, account


def bring(store, *shown):
    """Accounts with these names and identities."""
    for number, (name, person) in enumerate(shown):
        store.remember(account(f"u{number}", name, identity=person), START)


class BearersContract:
    """Needs the fixture `store`, a store over SQL."""

    def test_persons_are_counted_and_not_accounts(self, store):
        """Ten accounts of one person bear a name once; whoever is nobody's known person does not count."""
        bring(store, *[("张伟", "p1")] * 10, ("张伟", "p2"), ("张伟", None), ("李思远", "p3"))

        assert store.bearers(["张伟", "李思远", "欧阳思远"]) == {"张伟": 2, "李思远": 1, "欧阳思远": 0}
        assert store.bearers([]) == {}

    def test_a_name_is_one_name_however_it_is_written(self, store):
        """Width, case, tradition and what leaves no ink make no other name."""
        bring(store, ("Alice Brown", "p1"), ("ＡＬＩＣＥ ＢＲＯＷＮ", "p2"), ("alice\u200b brown", "p3"), ("张伟", "p4"), ("張偉", "p5"))

        assert store.bearers(["alice brown", "张伟"]) == {"alice brown": 3, "张伟": 2}

    def test_the_name_of_now_counts(self, store):
        """Who renames bears the new name, and no longer the old one; who is erased bears none."""
        bring(store, ("张伟", "p1"), ("张伟", "p2"))
        store.remember(account("u0", "李思远", identity="p1"), START + timedelta(days=1))
        assert store.bearers(["张伟", "李思远"]) == {"张伟": 1, "李思远": 1}

        store.erase("u0", now=START)
        assert store.bearers(["张伟", "李思远"]) == {"张伟": 1, "李思远": 0}

    def test_hostile_names_are_counted_or_left_out(self, store):
        """Nothing that somebody calls himself stops the counting."""
        bring(store, *((name, f"p{at}") for at, name in enumerate(HOSTILE_NAMES)))

        counted = store.bearers(HOSTILE_NAMES)
        assert set(counted) == set(HOSTILE_NAMES)
        assert all(count <= len(HOSTILE_NAMES) for count in counted.values())
        assert counted["\u200b"] == 0

    def test_names_of_an_older_database_are_brought_in_by_steps(self, store, monkeypatch):
        """Each once, also when there are more than one step takes; a second run finds nothing to do."""
        monkeypatch.setattr("transferguard.store.bearers.BATCH", 2)
        bring(store, *((f"名{at}", f"p{at}") for at in range(5)), ("\u200b", "p9"))
        store._database.write(lambda connection: connection.execute(text("UPDATE accounts SET name_digest = NULL")))
        assert store.bearers(["名3"]) == {"名3": 0}

        assert store.count_names() == 5
        assert store.bearers(["名3"]) == {"名3": 1}
        assert store.count_names() == 0
