# SPDX-License-Identifier: Apache-2.0
"""Every feature is run with names that no other text contains, and then they are looked for everywhere: zero hits."""

import asyncio
import base64
import contextlib
import json
import logging
import tempfile
import traceback
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from transferguard import cli
from transferguard.async_guard import AsyncGuard
from transferguard.audit import AuditLog
from transferguard.decision import Outcome
from transferguard.errors import InvalidInput, NameProved, NameRefused, TransferGuardError
from transferguard.evidence import Evidence
from transferguard.guard import Guard
from transferguard.keys import LocalKeys, forget_retired_secrets, rotate, rotate_secret
from transferguard.model import Account, Money, Transfer
from transferguard.policy import Policy
from transferguard.receipt import verify
from transferguard.store import SqlStore
from transferguard.testing.builders import FRIEND, SENDER, account, contact, days_ago, paid, report
from transferguard.testing.host import InMemoryHost, MovableClock

TWIN, BLANK = "twin", "blank"
NAMES = {SENDER: "鑫淼焱垚", FRIEND: "犇骉羴猋", TWIN: "Zyxwvut Qponmlk", "other": "龘靐齉爨"}
IDENTITIES = {one: f"identity-canary-{at:04}" for at, one in enumerate(NAMES)}
GUESS = "鱻麤灥飍"
"""What a sender types and is wrong about: perhaps somebody's name."""


def spellings(text):
    """The ways in which a text may stand in a file or a line."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), text.encode("utf-16-be"), json.dumps(text)[1:-1].encode(), repr(text)[1:-1].encode())
    yield from (json.dumps(text)[1:-1].upper().replace("\\U", "\\u").encode(), base64.b64encode(plain)[:-4], plain.hex().encode())
    yield "".join(f"%{byte:02X}" for byte in plain).encode()


SECRETS = [secret for text in (*NAMES.values(), GUESS, *IDENTITIES.values()) for secret in spellings(text)]


def hits(data):
    """Which of the secrets stand in these bytes."""
    return [secret for secret in SECRETS if secret in data]


class Lines(logging.Handler):
    """Keeps every line that anybody logs, with tracebacks."""

    def __init__(self):
        super().__init__(level=0)
        self.lines = []

    def emit(self, record):
        """Keep one line."""
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture
def overheard(monkeypatch, tmp_path):
    """Everything that is logged, SQL echo at its loudest included, and temporary files in a folder of their own."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    lines, root = Lines(), logging.getLogger()
    loud = [root, logging.getLogger("sqlalchemy"), logging.getLogger("sqlalchemy.engine"), logging.getLogger("transferguard")]
    before = [logger.level for logger in loud]
    root.addHandler(lines)
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    yield lines.lines
    root.removeHandler(lines)
    for logger, level in zip(loud, before, strict=True):
        logger.setLevel(level)


def facts():
    """A world in which everybody's verified name and identity is a canary."""
    known = {one: {"verified_name": NAMES[one], "identity": IDENTITIES[one]} for one in NAMES}
    return [
        account(SENDER, "小赵", **known[SENDER]),
        account(FRIEND, "李思远", **known[FRIEND]),
        account(TWIN, "李思远", **known[TWIN], created_at=days_ago(9), avatar=b"no picture at all"),
        account("other", "老王", **known["other"]),
        account(BLANK, "空", verified_name=None, identity=None),
        contact(FRIEND),
        contact("other"),
        paid(FRIEND),
        report(TWIN, "other"),
    ]


def to(recipient, amount="50.00", id_="t-1"):
    return Transfer(id=id_, sender=SENDER, recipient=recipient, money=Money.of(amount, "CNY"))


def refused(act, told):
    """Do what is refused, and keep everything that the error tells."""
    with pytest.raises(TransferGuardError) as caught:
        act()
    told.append("".join(traceback.format_exception(caught.value)))
    told.append(repr(caught.value))
    told.append(str(vars(caught.value)))
    return caught.value


def run_every_feature(guard, clock, told):
    """Check, confirm, guess, wait, cancel, redeem, label, look up, forget, expire; `told` gets what any of it told."""
    for fact in facts():
        guard.observe(fact)
    calm = guard.check(to(FRIEND))
    told += [repr(calm), calm.to_json(), json.dumps(calm.sender_view("zh-Hans"), ensure_ascii=False)]
    receipt = guard.confirm(calm.id)
    told += [repr(receipt), receipt.token, repr(verify(receipt.token, to(FRIEND), guard.public_keys(), now=clock.now()))]
    told.append(base64.urlsafe_b64decode(receipt.token.split(".")[1] + "==").decode())
    guard.redeem(receipt.token)
    refused(lambda: guard.redeem(receipt.token), told)
    challenged = guard.check(to(TWIN, "5000.00", "t-2"))
    assert challenged.outcome >= Outcome.CHALLENGE
    told += [repr(challenged), challenged.to_json()]
    if challenged.outcome is Outcome.CHALLENGE:
        assert isinstance(refused(lambda: guard.confirm(challenged.id, typed_name=GUESS), told), NameRefused)
        with pytest.raises(NameProved) as proved:
            guard.confirm(challenged.id, typed_name=NAMES[TWIN])
        told.append(repr(proved.value))
        guard.confirm(challenged.id, acknowledged=True)
    waiting = guard.check(to(BLANK, "5000.00", "t-3"))
    refused(lambda: guard.confirm(waiting.id, acknowledged=True), told)
    refused(lambda: guard.release(waiting.id), told)
    clock.move(hours=3)
    guard.release(waiting.id)
    guard.cancel(guard.check(to("other", "70.00", "t-4")).id)
    full = guard.check(to(FRIEND, "9000.00", "t-5"))
    told.append(repr(full))
    guard.feedback(full.id, "honest")
    told += [json.dumps(guard.public_answer(to(one))) for one in (TWIN, BLANK, "nobody")]
    refused(lambda: guard.check(to("nobody")), told)
    refused(lambda: guard.observe(account(FRIEND), at=clock.now() + timedelta(days=9)), told)
    told += [repr(guard), repr(guard._store), repr(guard._gatherer), repr(guard._confirming)]


def test_no_name_and_no_identity_stands_anywhere(tmp_path, overheard, capsys):
    """Neither logs, reprs, tracebacks, SQL echo, audit, database, keys nor temporary files hold one, before and after a rotation."""
    told: list[str] = []
    clock = MovableClock()
    path = tmp_path / "guard.db"
    guard = Guard.embedded(path, clock=clock, audit=tmp_path / "guard.audit")
    run_every_feature(guard, clock, told)
    record = guard._store.latest_decision("t-2")
    assert record is not None
    told += [repr(record), repr(Evidence.from_json(record.evidence)), repr(guard._store.confirmation("t-1"))]
    stored = _files(tmp_path)
    _rotate(path)
    guard.forget(TWIN)
    guard.expire()
    guard.close()
    printed = capsys.readouterr()

    assert not hits("\n".join(told).encode("utf-8", "surrogatepass"))
    assert not hits("\n".join(overheard).encode("utf-8", "surrogatepass"))
    assert len(overheard) > 100
    assert any("SELECT" in line for line in overheard)
    assert not hits((printed.out + printed.err).encode())
    assert not {name: hits(data) for name, data in {**stored, **_files(tmp_path)}.items() if hits(data)}
    assert {"guard.db", "guard.audit", "guard.db.keys"} <= {name.rpartition("/")[2] for name in stored}


def _rotate(path):
    """Fresh keys and a fresh secret, under which everything is sealed again; the old ones are dropped."""
    keys = LocalKeys.open(f"{path}.keys")
    rotate(f"{path}.keys")
    rotate_secret(f"{path}.keys")
    store = SqlStore.open(path, secret=keys.secret(), secrets=keys.all_secrets)
    guard = Guard(store=store, keys=keys, clock=MovableClock(), audit=AuditLog(f"{path}.again", keys=keys))
    while guard.seal_again():
        pass
    forget_retired_secrets(f"{path}.keys")
    assert store.directory().accounts([FRIEND])[FRIEND].verified_name == NAMES[FRIEND]
    store.close()


def _files(folder):
    """The bytes of every file, logs and shared memory of the database and temporary files included."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_without_a_secret_nothing_of_a_name_is_kept(tmp_path, overheard):
    """The guard decides, shows and forgets."""
    clock, host = MovableClock(), InMemoryHost(facts())
    guard = Guard(directory=host, store=SqlStore.open(tmp_path / "bare.db", secret=None), clock=clock)
    assert guard.check(to(FRIEND)).shown_name.text == "*猋"
    guard.check(to(FRIEND, "9000.00", "t-2"))
    guard.close()

    assert not {name: hits(data) for name, data in _files(tmp_path).items() if hits(data)}
    assert not hits("\n".join(overheard).encode())


def test_the_asynchronous_guard_tells_no_more(tmp_path, overheard):
    """Nor do its tracebacks, which cross threads."""
    told: list[str] = []

    async def story():
        async with AsyncGuard.embedded(tmp_path / "guard.db", clock=MovableClock(), audit=tmp_path / "guard.audit") as guard:
            for fact in facts():
                await guard.observe(fact)
            decision = await guard.check(to(TWIN, "5000.00"))
            told.append(repr(decision))
            for recipient in ("nobody", TWIN):
                with contextlib.suppress(TransferGuardError):
                    try:
                        await guard.confirm((await guard.check(to(recipient, "5000.00", "t-2"))).id, typed_name=GUESS)
                    except TransferGuardError as error:
                        told.append("".join(traceback.format_exception(error)))
                        raise

    asyncio.run(story(), debug=False)

    assert len(told) == 3
    assert not hits("\n".join([*told, *overheard]).encode())
    assert not {name: hits(data) for name, data in _files(tmp_path).items() if hits(data)}


@pytest.mark.parametrize("field", ["standing", "created_at", "identity", "kind", "avatar", "security_events", "nonsense"])
def test_a_name_in_the_wrong_field_is_not_repeated(field):
    """Neither by the model, nor by a policy, a case file or money."""
    told: list[str] = []
    for wrong in (NAMES[FRIEND], [NAMES[FRIEND]], {NAMES[FRIEND]: 1}):
        fields: dict[str, Any] = {field: [wrong, 7.5j]}
        refused(partial(Account, id="a", display_name="b", **fields), told)
    for key, odd in (("threshold", {"warn": NAMES[FRIEND]}), ("prior", NAMES[FRIEND]), ("profile", NAMES[FRIEND])):
        refused(partial(Policy.from_mapping, {key: odd}), told)
    for amount, currency in ((NAMES[FRIEND], "CNY"), ("1.00", NAMES[FRIEND])):
        with pytest.raises(InvalidInput) as caught:
            Money.of(amount, currency)
        told.append("".join(traceback.format_exception(caught.value)))

    assert not hits("\n".join(told).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("options", [[], ["--json"], ["--json", "--view", "sender"], ["--explain"], ["--debug"]])
def test_the_command_line_shows_the_mask_and_nothing_more(tmp_path, capsys, overheard, options):
    """The card, both views and the waterfall of a challenged transfer; a broken case names the field."""
    case: dict[str, Any] = {
        "now": "2026-11-22T10:00:00Z",
        "accounts": [
            {"id": "me", "display_name": "小赵", "verified_name": NAMES[SENDER], "real_name_status": "verified", "standing": "normal"},
            {"id": "u1", "display_name": "李思远", "verified_name": NAMES[FRIEND], "real_name_status": "verified", "standing": "normal"},
            {"id": "u9", "display_name": "李思远", "verified_name": NAMES[TWIN], "real_name_status": "verified", "standing": "normal"},
        ],
        "contacts": [{"owner": "me", "account": "u1", "since": "2019-04-01T00:00:00Z"}],
        "transfer": {"id": "t9", "sender": "me", "recipient": "u9", "amount": "5000.00", "currency": "CNY"},
    }
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert cli.run(["check", str(file), *options]) == 0
    case["accounts"][1]["standing"] = NAMES["other"]
    file.write_text(json.dumps(case), encoding="utf-8")
    assert cli.run(["check", str(file), *options]) == 2
    printed = capsys.readouterr()

    assert not hits((printed.out + printed.err).encode())
    assert not hits("\n".join(overheard).encode())
    assert not list((tmp_path / "tmp").iterdir())
