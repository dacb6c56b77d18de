# SPDX-License-Identifier: Apache-2.0
"""A source of pictures, and the database behind it, slow, hanging, failing and lying, alone and both at once.

A picture that cannot be had is a row without its picture; what is broken reaches whoever imports, and nothing is half kept.
"""

import threading
from datetime import timedelta
from itertools import product
from typing import Any, cast

import pytest

from tests.avatars.drawing import cartoon, encoded
from tests.test_faults import BugError
from transferguard.asking import AskingPictures
from transferguard.bulk import Bringing, Portraits, open_rows
from transferguard.bulk import portraits as module
from transferguard.errors import StoreError, TransferGuardError, WorldError, WrongAnswer
from transferguard.keys import StaticKeys
from transferguard.model import Unavailable
from transferguard.seams import AvatarSource
from transferguard.store import SqlStore
from transferguard.testing.broken import BrokenSeam, Failing, Hanging, Lying, Slow, Trouble
from transferguard.testing.builders import NOW

PICTURE = encoded(cartoon(1), "PNG")
SECONDS = 1.0


class Album(AvatarSource):
    """Has the same picture behind every URL."""

    def picture(self, url):
        """The picture."""
        return PICTURE if url else Unavailable("no URL")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """An import waits a second for a picture."""
    monkeypatch.setattr(module, "PICTURE_SECONDS", SECONDS)


@pytest.fixture(scope="module")
def release():
    """Lets everything go that still hangs when the tests are over."""
    released = threading.Event()
    yield released
    released.set()


def source_troubles(release) -> dict[str, Trouble]:
    """What can be wrong with a source of pictures."""
    return {
        "slow": Slow(seconds=SECONDS / 20),
        "hanging": Hanging(release=release),
        "away": Failing(WorldError("maintenance")),
        "saying so": Lying(lambda _: Unavailable("gone")),
        "broken": Failing(BugError()),
        "of another type": Lying(lambda _: "a text"),
        "no picture": Lying(lambda _: b"no picture at all"),
    }


WITHOUT = {"hanging": "TooSlow", "away": "WorldError", "saying so": "gone"}
FAULTS = {"broken": BugError, "of another type": WrongAnswer}
STORE_TROUBLES: dict[str, Trouble] = {
    "well": Slow(seconds=0),
    "slow": Slow(seconds=0.02),
    "down": Failing(StoreError("down")),
    "broken": Failing(BugError()),
}


def brought(tmp_path, source: Trouble, store: Trouble):
    """Import three accounts by URL through troubled seams: what it was, or how it failed; and how many accounts are kept."""
    file = tmp_path / "accounts.csv"
    lines = "".join(f"u{number},a,https://cdn.example/{number}\n" for number in range(3))
    file.write_text("id,display_name,avatar_url\n" + lines, encoding="utf-8")
    kept = SqlStore.open(tmp_path / "guard.db", secret=StaticKeys.generate().secret())
    album = cast("Any", BrokenSeam(Album(), picture=source))
    result: Any
    with Portraits(source=album) as portraits:
        seam = cast("Any", BrokenSeam(kept, together=store))
        bringing = Bringing(seam, portraits=portraits, source=file, kind="accounts", seen_at=NOW, bad_rows=tmp_path / "bad.csv")
        try:
            result = bringing.run(open_rows(file), lambda _: None)
        except (TransferGuardError, BugError) as error:
            result = error
    count = len(kept.directory().accounts(["u0", "u1", "u2"]))
    kept.close()
    return result, count


@pytest.mark.parametrize(("source", "store"), list(product(source_troubles(threading.Event()), STORE_TROUBLES)))
def test_every_pair_of_troubles_ends_as_the_worse_of_them(tmp_path, source, store, release):
    """Without a picture where it cannot be had, with the error where something is broken, and never with half a batch."""
    result, count = brought(tmp_path, source_troubles(release)[source], STORE_TROUBLES[store])

    if source in FAULTS:
        assert isinstance(result, FAULTS[source])
        assert count == 0
    elif store in {"down", "broken"}:
        assert isinstance(result, StoreError if store == "down" else BugError)
        assert count == 0
    else:
        listed = (tmp_path / "bad.csv").read_text(encoding="utf-8").count(WITHOUT[source]) if source in WITHOUT else 0
        assert (result.kept, result.pictures, result.without) == ((3, 0, 3) if source in WITHOUT else (3, 3, 0))
        assert (count, listed) == (3, 3 if source in WITHOUT else 0)


def test_a_source_that_says_of_itself_that_it_ends_is_asked_at_once():
    """Our own fetcher keeps a deadline of its own, and a thread for each picture would be one too many."""

    class Sure(Album):
        never_hangs = True

        def picture(self, url):
            return threading.current_thread().name.encode() + url.encode()

    here = threading.current_thread().name.encode()
    assert AskingPictures(Sure(), seconds=1).picture("") == here
    assert AskingPictures(cast("Any", BrokenSeam(Sure())), seconds=timedelta(seconds=1).total_seconds()).picture("") != here
