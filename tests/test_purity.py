# SPDX-License-Identifier: Apache-2.0
"""Everything from `assess` inwards decides and does nothing else.

import-linter keeps modules out that could do more; here an audit hook, which sees every file, socket and process that the
interpreter touches, watches the core at work in a process of its own. Run by hand: `python -m tests.test_purity`.
"""

import ast
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import chain

from tests.conftest import ROOT

CORE = (
    "assess.py",
    "comparison.py",
    "weigh.py",
    "signals",
    "disclosure.py",
    "policy.py",
    "evidence.py",
    "circle",
    "names",
    "avatars",
    "decision.py",
    "wording.py",
    "codes.py",
    "model.py",
    "declaring.py",
    "money.py",
    "errors.py",
)

CLOCKS = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today"})

HARMLESS = (
    "object.__getattr__",
    "object.__setattr__",
    "object.__delattr__",
    "array.__new__",
    "sys._getframe",
    "code.__new__",
    "builtins.id",
    "marshal.",
    "gc.",
)
"""Events that touch nothing outside the process."""


def core_files():
    """The Python files of the pure core; generators are build-time scripts and stand outside."""
    for room in CORE:
        path = ROOT / "transferguard" / room
        yield from (file for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path]) if "_generate" not in file.parts)


def test_the_core_reads_no_clock():
    """The present moment is always an argument; nothing in the core asks for it."""
    calls = chain.from_iterable(
        ((file, node) for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for file in core_files()
    )

    assert not [f"{file.relative_to(ROOT)}:{node.lineno}" for file, node in calls if ast.unparse(node.func) in CLOCKS]


def test_the_core_touches_nothing_outside_its_arguments():
    """Names, pictures, circle and decision come about without one file, socket, process or fresh import."""
    ran = subprocess.run([sys.executable, "-m", "tests.test_purity"], cwd=ROOT, check=False, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.split() == ["touched", "nothing"]


def probe():
    """Use the core once, then again under an audit hook with values it has not seen; print what the hook saw."""
    first, second = (scene(seed) for seed in (1, 2))
    decide(*first)  # packaged data is read and modules are imported once, here
    touched = []
    watching = False

    read = set()

    def hook(event, arguments):
        if not watching or event.startswith(HARMLESS):
            return
        if event == "open" and is_packaged(*arguments[:2]) and arguments[0] not in read:
            read.add(arguments[0])  # a table that the first scene did not need; once is allowed
            return
        touched.append(f"{event} {arguments[:1]}")

    sys.addaudithook(hook)
    watching = True
    decide(*second)
    watching = False
    print(*touched or ["touched nothing"], sep="\n")  # noqa: T201 - this is what the test reads
    return 1 if touched else 0


def is_packaged(path, mode):
    """True for reading a data file that ships inside the package."""
    return mode == "r" and str(path).startswith(str(ROOT / "transferguard")) and not str(path).endswith((".py", ".pyc"))


NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def scene(seed):
    """A friend and somebody who copies name and picture, as the core gets them: values and bytes."""
    from transferguard.model import Account, Contact, Money, ProfileChange, RealNameStatus, Standing, Transfer  # noqa: PLC0415 - the parent process needs none
    from transferguard.testing.pictures import as_jpeg, draw_portrait  # noqa: PLC0415 - the same

    picture = as_jpeg(draw_portrait(seed))
    name = ("李思远", "欧阳明静")[seed - 1]
    friend = Account(id="u1", display_name=name, avatar=picture, verified_name=name, identity="p1", created_at=NOW - timedelta(days=2000))
    copy = Account(
        id="u9",
        display_name=name[:-1] + "\u200b" + name[-1],
        avatar=as_jpeg(draw_portrait(seed).crop((10, 10, 300, 300)), quality=60),
        verified_name="毕小川",
        identity="p9",
        real_name_status=RealNameStatus.VERIFIED,
        standing=Standing.NORMAL,
        created_at=NOW - timedelta(days=20),
        profile_changes=(ProfileChange(at=NOW - timedelta(days=2), display_name="旺财数码"),),
    )
    contact = Contact(owner="me", account="u1", remark="思远", since=NOW - timedelta(days=1800))
    me = Account(id="me", display_name="小赵", real_name_status=RealNameStatus.VERIFIED, standing=Standing.NORMAL)
    transfer = Transfer(id=f"t{seed}", sender="me", recipient="u9", money=Money.of("5000.00", "CNY"))
    return me, friend, contact, copy, transfer


def decide(me, friend, contact, copy, transfer):
    """All of the core: fingerprints, circle, evidence, decision and both views."""
    from transferguard.assess import assess  # noqa: PLC0415 - the parent process needs none of these
    from transferguard.avatars import fingerprint_avatar  # noqa: PLC0415 - as above
    from transferguard.circle import Circle, Pictures, look_of  # noqa: PLC0415 - as above
    from transferguard.decision import MatchResult, Outcome  # noqa: PLC0415 - as above
    from transferguard.evidence import Change, DayTotal, Evidence, NameReading, Party, Tie  # noqa: PLC0415 - as above
    from transferguard.model import Unavailable  # noqa: PLC0415 - as above
    from transferguard.names import find_role, inspect_name, match_payee  # noqa: PLC0415 - as above
    from transferguard.policy import Policy  # noqa: PLC0415 - as above

    def party(account, changes=()):
        fields = ("id", "display_name", "verified_name", "identity", "kind", "real_name_status", "standing", "created_at", "last_active_at")
        return Party(**{field: getattr(account, field) for field in fields}, changes=changes, events=(), avatar="")

    def pictures(account):
        return Pictures(fingerprints=(fingerprint_avatar(account.avatar),), has_present=True, digest=account.id, wearers=1)

    circle = Circle([look_of(friend, contact, pictures=pictures(friend))])
    inspection, role = inspect_name(copy.display_name), find_role(copy.display_name)
    evidence = Evidence(
        now=NOW,
        transfer=transfer,
        sender=party(me),
        recipient=party(copy, changes=tuple(Change(at=change.at, name=True, avatar=False) for change in copy.profile_changes)),
        tie=Tie(contact=False, since=Unavailable("no contact"), remark=Unavailable("no contact"), payments=()),
        name=NameReading(
            malformed=tuple(str(trick.kind) for trick in inspection.tricks) if inspection.malformed else (),
            malformed_bits=inspection.weight,
            role=str(role.kind) if role else "",
            fit=match_payee(copy.display_name, copy.verified_name),
        ),
        circle_size=len(circle),
        resemblances=circle.resembling(look_of(copy, None, pictures=pictures(copy))),
        today=DayTotal(minor=0, count=0),
        reports=(),
    )
    evidence.to_json()
    decision = assess(evidence, Policy.default())
    decision.to_json()
    for locale in ("en", "zh-Hans", "ar"):
        decision.sender_view(locale)
    # A probe that compared nothing would prove nothing.
    if decision.outcome < Outcome.CHALLENGE or evidence.name.fit is not MatchResult.NO_MATCH:
        raise SystemExit(f"the probe does not exercise the core: {decision!r}")


if __name__ == "__main__":
    sys.exit(probe())
