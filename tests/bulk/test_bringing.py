# SPDX-License-Identifier: Apache-2.0
"""A host's accounts with their pictures come into the database by one call, which goes on where it was interrupted."""

import csv
import hashlib
import json
import signal
import subprocess
import sys
import time

import pytest

from tests.avatars.drawing import cartoon, encoded
from transferguard import cli
from transferguard.bulk import Portraits
from transferguard.bulk.bringing import BATCH
from transferguard.bulk.reading import Read
from transferguard.keys import LocalKeys
from transferguard.model import Unavailable
from transferguard.seams import AvatarSource
from transferguard.store import SqlStore


def table(path, *lines):
    """A CSV of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def accounts(path, count, *, picture=""):
    """A CSV of so many accounts."""
    return table(
        path, ("id", "display_name", "avatar", "created_at"), *((f"u{n}", f"名{n}", picture, "2020-01-01T00:00:00Z") for n in range(count))
    )


@pytest.fixture
def database(tmp_path):
    """Reads what is in the database of the command line."""
    path = tmp_path / "guard.db"

    def ask(question):
        with_secret = LocalKeys.open(f"{path}.keys").secret()
        store = SqlStore.open(path, secret=with_secret)
        try:
            return question(store)
        finally:
            store.close()

    return path, ask


def bring(*arguments):
    """Run the command; its exit status."""
    return cli.run(["import", *map(str, arguments)])


def test_accounts_come_with_their_pictures_and_wrong_rows_are_listed(tmp_path, database, capsys):
    """Number, column and reason of each wrong row, never its content; an account whose picture is missing is kept without it."""
    path, ask = database
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    picture = encoded(cartoon(1), "PNG")
    (pictures / "a.png").write_bytes(picture)
    (pictures / "flat.png").write_bytes(b"GIF89a broken")
    (tmp_path / "secret.png").write_bytes(picture)
    file = table(
        tmp_path / "accounts.csv",
        ("id", "display_name", "verified_name", "identity", "avatar", "kind"),
        ("u1", "李思远", "李思远", "p1", "a.png", "person"),
        ("u2", "b", "", "", "gone.png", ""),
        ("u3", "c", "", "", "../secret.png", ""),
        ("u4", "d", "", "", "flat.png", "SECRET"),
        ("u5", "e", "", "", "flat.png", ""),
        ("", "f", "", "", "", ""),
        ("u7", "g"),
    )

    assert bring("accounts", file, "--store", path, "--pictures", pictures, "--jobs", "1") == 3
    with (tmp_path / "accounts.csv.bad.csv").open(encoding="utf-8") as noted:
        assert list(csv.reader(noted)) == [
            ["row", "column", "reason"],
            ["2", "avatar", "no such file"],
            ["3", "avatar", "outside the folder"],
            ["4", "kind", "is not a known value"],
            ["6", "id", "is missing"],
            ["7", "", "the row has 2 cells and the header 6"],
        ]
    found = ask(lambda store: store.directory().accounts([f"u{n}" for n in range(1, 8)]))
    assert sorted(found) == ["u1", "u2", "u3", "u5"]
    assert (found["u1"].verified_name, found["u1"].avatar) == ("李思远", picture)
    assert isinstance(found["u3"].avatar, Unavailable)
    said = capsys.readouterr().out
    assert "4 accounts, 2 pictures, 3 bad rows and 2 without their picture" in said
    assert not (tmp_path / "accounts.csv.progress").exists()


def test_contacts_and_transfers_come_in_too(tmp_path, database):
    """From JSON Lines, with money as amount and currency; all rows right is exit status 0."""
    path, ask = database
    contacts, transfers = tmp_path / "c.jsonl", tmp_path / "t.jsonl"
    contacts.write_text(json.dumps({"owner": "me", "account": "u1", "remark": "妈妈", "since": "2020-01-01T00:00:00Z"}))
    transfers.write_text(
        json.dumps(
            {
                "id": "t1",
                "sender": "me",
                "recipient": "u1",
                "amount": "1.50",
                "currency": "CNY",
                "at": "2026-01-01T00:00:00Z",
                "state": "settled",
            }
        )
    )

    assert bring("contacts", contacts, "--store", path) == 0
    assert bring("transfers", transfers, "--store", path, "--seen-at", "2026-02-01T00:00:00Z") == 0
    (contact,) = ask(lambda store: store.directory().contacts("me"))
    (past,) = ask(lambda store: store.directory().transfers("me"))
    assert (contact.remark, past.money.minor) == ("妈妈", 150)


def test_pictures_are_fingerprinted_in_other_processes_and_once_each(tmp_path, database):
    """A decision finds them in the store, and the same file worn by many is read once."""
    path, ask = database
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "a.png").write_bytes(encoded(cartoon(3), "PNG"))
    file = accounts(tmp_path / "accounts.csv", 5, picture="a.png")

    assert bring("accounts", file, "--store", path, "--pictures", pictures, "--jobs", "2") == 0
    digest = ask(lambda store: store.directory().accounts(["u0"])["u0"].avatar)
    assert isinstance(ask(lambda store: store.enrolled([hashlib.sha256(digest).hexdigest()])).popitem()[1].fingerprint, bytes)


@pytest.mark.slow
def test_a_killed_import_goes_on_where_it_stopped(tmp_path, database, capsys):
    """Killed at some batch, run again: every account is there, seen once, and the rows that were done are not done again."""
    path, ask = database
    file = accounts(tmp_path / "accounts.csv", 20 * BATCH)
    command = [sys.executable, "-m", "transferguard", "import", "accounts", str(file), "--store", str(path)]
    with subprocess.Popen(command) as running:  # noqa: S603 - our own program
        for _ in range(600):
            if (tmp_path / "accounts.csv.progress").exists():
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGKILL)
    done = json.loads((tmp_path / "accounts.csv.progress").read_text())["rows"]
    assert 0 < done < 20 * BATCH

    assert bring("accounts", file, "--store", path) == 0
    assert f"{done:,} rows were done before" in capsys.readouterr().out
    found = ask(lambda store: store.directory().accounts([f"u{n}" for n in range(20 * BATCH)]))
    assert len(found) == 20 * BATCH
    assert not any(one.profile_changes for one in found.values())


def test_another_file_or_database_is_not_taken_for_the_interrupted_one(tmp_path, database, capsys):
    """What was done is remembered of this very file into this very database."""
    path, _ = database
    file = accounts(tmp_path / "accounts.csv", 3)
    (tmp_path / "accounts.csv.progress").write_text(json.dumps({"what": "else", "rows": 2, "seen_at": "2026-01-01T00:00:00+00:00"}))
    assert bring("accounts", file, "--store", path) == 0
    (tmp_path / "accounts.csv.progress").write_text("{broken")
    assert bring("accounts", file, "--store", path) == 0

    assert "done before" not in capsys.readouterr().out


class Web(AvatarSource):
    """Pictures by URL, in memory."""

    def picture(self, url):
        """The bytes, or why not."""
        return b"picture" if url.endswith("a.png") else Unavailable("status 404")


def test_pictures_come_by_url_where_hosts_are_named(tmp_path):
    """And without a folder or a host a picture cannot be had."""
    rows = [Read(number=1, fields={}, url="https://cdn.example/a.png"), Read(number=2, fields={}, url="https://cdn.example/b.png")]
    with Portraits(source=Web()) as portraits:
        assert portraits.of(rows) == {1: b"picture", 2: Unavailable("status 404")}
    with Portraits() as portraits:
        assert portraits.of([*rows[:1], Read(number=3, fields={}, path="a.png")]) == {
            1: Unavailable("no host of pictures was named"),
            3: Unavailable("no folder of pictures was named"),
        }
    (tmp_path / "large.png").write_bytes(bytes(6_000_000))
    (tmp_path / "link.png").symlink_to("/etc/hostname")
    with Portraits(folder=tmp_path) as portraits:
        odd = [Read(number=n, fields={}, path=path) for n, path in enumerate(["large.png", "link.png", "a\x00b", "/etc/hostname", "."])]
        assert portraits.of(odd) == {
            0: Unavailable("too many bytes"),
            1: Unavailable("outside the folder"),
            2: Unavailable("no such file"),
            3: Unavailable("outside the folder"),
            4: Unavailable("no such file"),
        }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--seen-at", "yesterday"], "--seen-at: is not a time with a zone"),
        (["--seen-at", "2026-01-01"], "--seen-at: is not a time with a zone"),
        (["--picture-host", "*"], "hosts: holds something that is no host"),
        (["--keys", "gone"], "--store: is not there"),
    ],
)
def test_a_wrong_call_is_refused_by_name(tmp_path, database, capsys, arguments, told):
    """Before anything is brought in."""
    path, _ = database

    assert bring("accounts", accounts(tmp_path / "a.csv", 1), "--store", path, *arguments) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "a.csv.progress").exists()
