# SPDX-License-Identifier: Apache-2.0
"""How long does PostgreSQL take to say who else wears a picture or bears a name, among a million accounts?

Run by hand: `python -m tests.benchmarks.scale_popularity [ACCOUNTS]`. A server of our own, the store's own tables, rows made by the
database. What is measured are medians over the same connection, warm, with fsync off: reading is not touched by that. Results stand in
docs/scale.md.
"""

from __future__ import annotations

import functools
import hashlib
import statistics
import sys
import time
from collections.abc import Callable

from sqlalchemy import create_engine, text

from tests.avatars.drawing import encoded, scene
from tests.store.server import running_server
from transferguard.avatars import fingerprint_avatar
from transferguard.store import SqlStore
from transferguard.store.bearers import look_of_name

POPULAR, RARE = "张伟", "Alice Brown"

MADE = "encode(sha256(('picture' || {0})::bytea), 'hex')"

FILL = (
    # 1 in 1,000 accounts wears one of ten popular pictures, the others their own; one person in ten has two accounts.
    # Three in a thousand bear one of ten popular names, as one in 330 Chinese is called 张伟 or the like; the others one of 200,000.
    f"""INSERT INTO accounts (id, identity_digest, avatar, name_digest, body)
        SELECT 'u' || n, sha256(('person' || n - n % 10 / 9)::bytea),
               {MADE.format("CASE WHEN n % 1000 = 0 THEN n / 1000 % 10 ELSE n END")},
               sha256(('name' || CASE WHEN n % 1000 < 3 THEN n / 1000 % 10 ELSE n % 200000 END)::bytea), '{{}}'::bytea
        FROM generate_series(1, :accounts) AS n""",  # noqa: S608 - constants of this file
    # The names that are asked about have the digests of this database.
    "UPDATE accounts SET name_digest = :popular WHERE name_digest = sha256('name7')",
    "UPDATE accounts SET name_digest = :rare WHERE name_digest = sha256('name4711')",
    "INSERT INTO wardrobe (picture, account) SELECT avatar, id FROM accounts",
    # A fingerprint of the usual size for every hundredth picture, as random as real ones.
    """INSERT INTO fingerprints (picture, fingerprint)
       SELECT avatar, decode((SELECT string_agg(encode(sha256((avatar || part)::bytea), 'hex'), '')
                              FROM generate_series(1, 200) AS part), 'hex')
       FROM (SELECT DISTINCT avatar FROM accounts WHERE substr(id, 2)::int % 100 = 1) AS worn""",
    # A hash of 256 fair bits for every picture: unrelated pictures are about 128 bits apart.
    """CREATE TABLE hashes (picture varchar(64) PRIMARY KEY, hash bit(256) NOT NULL)""",
    """INSERT INTO hashes SELECT picture, ('x' || encode(sha256(picture::bytea), 'hex'))::bit(256)
       FROM (SELECT DISTINCT avatar AS picture FROM accounts) AS worn""",
    # A copy of the first popular picture that differs in 12 bits, worn by one account.
    f"""INSERT INTO hashes SELECT 'copy', hash # (B'111111111111' || repeat('0', 244)::bit(244))::bit(256)
        FROM hashes WHERE picture = {MADE.format(0)}""",  # noqa: S608 - as above
    "INSERT INTO accounts (id, identity_digest, avatar, body) VALUES ('thief', sha256('thief'), 'copy', '{}'::bytea)",
    "VACUUM ANALYZE",
)

LIKE = f"""SELECT count(DISTINCT a.identity_digest) FROM hashes AS h JOIN accounts AS a ON a.avatar = h.picture
           WHERE bit_count(h.hash # (SELECT hash FROM hashes WHERE picture = {MADE.format(0)})) <= 40"""  # noqa: S608 - as above


def median_ms(question: Callable[[], object], *, runs: int) -> float:
    """Median wall time, milliseconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        question()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main(accounts: int) -> None:
    """Fill and measure."""
    with running_server(options="-c shared_buffers=1GB") as url:
        store = SqlStore.from_url(url, secret=bytes(32))
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            digests = {name: store._sealing.digest("name", look_of_name(name)) for name in (POPULAR, RARE)}
            given = {"accounts": accounts, "popular": digests[POPULAR], "rare": digests[RARE]}
            started = time.perf_counter()
            for statement in FILL:
                connection.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})
            print(f"{accounts:,} accounts made in {time.perf_counter() - started:.0f} s")
            size = connection.execute(text("SELECT pg_size_pretty(pg_total_relation_size('accounts'))")).scalar()
            popular = hashlib.sha256(b"picture0").hexdigest()
            rare = [hashlib.sha256(f"picture{number}".encode()).hexdigest() for number in range(11, 27)]
            print(f"table accounts: {size}; wearers of the popular picture: {store.wearers([popular])[popular]:,}")
            print(f"the same picture, popular, SqlStore.wearers: {median_ms(lambda: store.wearers([popular]), runs=50):.2f} ms")
            print(f"the same pictures, 16 of one person each, SqlStore.wearers: {median_ms(lambda: store.wearers(rare), runs=200):.2f} ms")
            for name in (POPULAR, RARE):
                asked_name = functools.partial(store.bearers, [name])
                print(f"bearers of a name: {store.bearers([name])[name]:,}, SqlStore.bearers: {median_ms(asked_name, runs=50):.2f} ms")
            sixteen = [f"{RARE}{letter}" for letter in "abcdefghijklmnop"]
            print(f"16 names that nobody bears, SqlStore.bearers: {median_ms(lambda: store.bearers(sixteen), runs=100):.2f} ms")
            print(f"pictures like it (bit_count <= 40): {connection.execute(text(LIKE)).scalar():,} persons")
            print(f"pictures like it, two workers: {median_ms(lambda: connection.execute(text(LIKE)).scalar(), runs=5):.0f} ms")
            connection.execute(text("SET max_parallel_workers_per_gather = 0"))
            print(f"pictures like it, one worker: {median_ms(lambda: connection.execute(text(LIKE)).scalar(), runs=5):.0f} ms")
            count = connection.execute(text("SELECT count(*) FROM fingerprints")).scalar_one()
            asked = functools.partial(store.wearers_like, bytes(fingerprint_avatar(encoded(scene(1)))), within=40)
            print(f"pictures like it, SqlStore.wearers_like over {count:,} fingerprints of 6.4 KB: {median_ms(asked, runs=5):.0f} ms")
        engine.dispose()
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
