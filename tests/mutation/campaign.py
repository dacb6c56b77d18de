# SPDX-License-Identifier: Apache-2.0
"""Plant faults in the pure core one at a time, run the tests that should notice, and list those that none did.

`make mutants` runs a sample, `python -m tests.mutation.campaign --sample 40 weigh disclosure` a part of it, without options everything.
Libraries are loaded once and every fault gets forked processes of its own, in which the module is imported from the changed source; no
file is touched. A fault is noticed when a test fails, or when the tests use many times the processor time that they need: what the clock
says on a busy machine proves nothing. The test that noticed is kept, so that anybody can judge whether it was right to fail.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.mutation.faults import Fault, faults

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "transferguard"

ROOMS = (
    *("codes", "money", "model", "errors", "identity", "declaring", "decision", "policy", "policy_text", "wording"),
    *("names", "avatars", "circle", "talk", "flow", "evidence", "signals", "comparison", "disclosure", "weigh", "assess"),
    *("protocol", "confirming", "receipt", "keys", "vault", "audit", "budget", "purse", "public", "witness"),
    *("patience", "forgetting", "identifying", "enrolment", "gather"),
)
"""The pure core, and the protocol around it."""

LEFT_OUT = "_generate"
"""Folder of programs that write tables when we build; what they write is compared, not they."""

MORE_TESTS = {
    "codes": ("tests/test_decision.py", "tests/test_disclosure.py", "tests/test_wording.py"),
    "money": ("tests/test_model.py",),
    "identity": ("tests/test_identifying.py", "tests/test_public.py"),
    "declaring": ("tests/test_evidence.py", "tests/test_decision.py", "tests/test_bad_input.py"),
    "policy_text": ("tests/test_policy.py",),
    "purse": ("tests/test_public.py", "tests/test_confirming.py"),
    "confirming": ("tests/test_witness.py", "tests/test_protocol.py"),
    "public": ("tests/test_witness.py",),
    "witness": ("tests/test_public.py",),
    "forgetting": ("tests/test_forget.py",),
    "patience": ("tests/test_async_guard.py",),
}
"""Tests that speak of a room under another name."""

LAST_TESTS = ("tests/rules", "tests/test_cases.py")
"""Asked when a room's own tests noticed nothing: the rules of the design and the written cases."""

PATIENCE_SECONDS = 180
"""Processor time after which a fault counts as noticed. The tests as they are need a fraction of it, however busy the machine."""

STUCK_SECONDS = 1800
"""Time by the clock after which tests that wait for ever are given up."""

TOO_LONG = "ran too long"
"""Said of a fault that was noticed because the tests did not come to an end."""

KILLED_SHARE = 0.85
"""What the project asks of itself."""


def planted(rooms: Sequence[str]) -> list[Fault]:
    """Every fault of these rooms."""
    found: list[Fault] = []
    for room in rooms:
        path = PACKAGE / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]:
            if LEFT_OUT in file.parts:
                continue
            dotted = ".".join(("transferguard", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
            found += faults(dotted, file.read_text(encoding="utf-8"))
    return found


def sample(every: Iterable[Fault], count: int) -> list[Fault]:
    """That many of them, the same ones as long as the code is the same."""
    key = "{0.module} {0.line} {0.before} {0.after}".format
    return sorted(every, key=lambda fault: blake2b(key(fault).encode(), digest_size=8).digest())[:count]


def of_each(every: Iterable[Fault], count: int, *, after: int = 0) -> list[Fault]:
    """That many of each module, after those that an earlier sample took."""
    by_module: dict[str, list[Fault]] = {}
    for fault in every:
        by_module.setdefault(fault.module, []).append(fault)
    return [fault for some in by_module.values() for fault in sample(some, after + count)[after:]]


def tests_of(module: str) -> list[list[str]]:
    """Which tests should notice a fault in this module, the nearest first: each step is a process of its own."""
    parts = module.split(".")[1:]
    room = parts[0]
    near = [f"tests/{room}/test_{parts[-1]}.py", f"tests/{room}/test_steady.py", f"tests/test_{room}.py", f"tests/{room}"]
    own = [path for path in (*near, *MORE_TESTS.get(room, ()), "tests/test_steady.py") if (ROOT / path).exists()]
    first = [path for path in own if path in near[:3]]
    steps = [first, [path for path in own if path not in first], *([path] for path in LAST_TESTS if (ROOT / path).exists())]
    return [step for step in steps if step]


def noticed_by(fault: Fault, *, near: bool = False) -> str:
    """The test that failed with this fault, "" when none did; only the room's own are asked when `near`."""
    return next((found for tests in steps_for(fault.module, near=near) if (found := _failing(fault, tests))), "")


def steps_for(module: str, *, near: bool) -> list[list[str]]:
    """The tests to ask, all of them or only the room's own."""
    return [step for step in tests_of(module) if not near or step[0] not in LAST_TESTS]


def _failing(fault: Fault, tests: list[str], *, all_of_them: bool = False) -> str:
    """What failed first, or each on a line of its own."""
    listening, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listening)
        _run_tests(fault, tests, telling, *(() if all_of_them else ("-x",)))
    os.close(telling)
    with open(listening, encoding="utf-8", errors="replace") as told:  # noqa: PTH123 - a pipe has no path
        failing = told.read().strip()
    _, status = os.waitpid(child, 0)
    if status == 0 or os.waitstatus_to_exitcode(status) == NOTHING_TO_RUN:
        return ""
    return failing or "could not be run"


NOTHING_TO_RUN = 5
"""Pytest's answer when every test of a file is a slow one."""


def _run_tests(fault: Fault, tests: list[str], telling: int, *options: str) -> None:
    """Never returns: the process ends with pytest's answer."""
    import pytest  # noqa: PLC0415 - loaded by the parent already

    def give_up(*_: object) -> None:
        os.write(telling, TOO_LONG.encode())
        os._exit(1)

    signal.signal(signal.SIGPROF, give_up)
    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE_SECONDS)
    signal.alarm(STUCK_SECONDS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, _Planter(fault))
    # Libraries were loaded before pytest could rewrite their assertions; only that warning is no fault.
    # Slow tests are not asked: what only they would notice counts as unnoticed. The clock's time-out of a test is the machine's, not ours.
    quiet = ("-q", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", "-p", "no:timeout")
    ours = (
        "-o",
        "addopts=",
        "-o",
        "timeout=0",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "-W",
        "ignore::pytest.PytestConfigWarning",
    )
    os._exit(pytest.main([*quiet, *ours, *options, *tests], plugins=[_Telling(telling)]))


class _Telling:
    """A plugin that names each test that failed, and each file that could not be read, to the parent."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A test."""
        self._tell(report)

    def pytest_collectreport(self, report: Any) -> None:
        """A file of tests."""
        self._tell(report)

    def _tell(self, report: Any) -> None:
        if report.failed:
            os.write(self.pipe, f"{report.nodeid}\n".encode())


class _Planter(MetaPathFinder, Loader):
    """Imports one module from its changed source."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        """Answer for the one module only."""
        if fullname != self.fault.module:
            return None
        folder = PACKAGE.joinpath(*fullname.split(".")[1:])
        spec = ModuleSpec(fullname, self, origin=str(folder), is_package=folder.is_dir())
        if folder.is_dir():
            spec.submodule_search_locations = [str(folder)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        module.__file__ = str(PACKAGE.joinpath(*self.fault.module.split(".")[1:]))
        exec(compile(self.fault.source, self.fault.module, "exec"), module.__dict__)  # noqa: S102 - our own source, changed by us


def unsound(chosen: Sequence[Fault], *, near: bool = False) -> str:
    """Tests that fail without any fault: with them every fault would seem to be noticed."""
    paths = {path: None for fault in chosen for step in steps_for(fault.module, near=near) for path in step}
    source = (PACKAGE / "errors.py").read_text(encoding="utf-8")
    nothing = Fault(module="transferguard.errors", line=0, before="", after="", text=source, place=None)
    return _failing(nothing, [*paths], all_of_them=True)


def warm_up() -> None:
    """Load once what every test process needs, and nothing of ours. Small matrices are slower on several threads, which wait busily."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for library in (
        "pytest",
        "hypothesis",
        "numpy",
        "PIL.Image",
        "pydantic",
        "sqlalchemy",
        "babel",
        "click",
        "rich.console",
        "cryptography",
    ):
        importlib.import_module(library)


def run(chosen: Sequence[Fault], *, near: bool) -> list[Result]:
    """Try each, and say at once which were not noticed."""
    results: list[Result] = []
    started = time.perf_counter()
    for number, fault in enumerate(chosen, 1):
        results.append(Result(fault=fault, by=noticed_by(fault, near=near)))
        if not results[-1].by:
            print(f"unnoticed: {fault.module}:{fault.line}  {fault.before}  ->  {fault.after}", flush=True)
        if number % 25 == 0:
            took = time.perf_counter() - started
            print(f"{number} of {len(chosen)} faults, {sum(bool(one.by) for one in results)} noticed, {took:.0f} s", flush=True)
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a fault.

    Args:
        fault: The fault.
        by: The test that noticed it; "" when none did.
    """

    fault: Fault
    by: str


def interval(noticed_faults: int, tried: int) -> tuple[float, float]:
    """Between which shares the true one lies, at 95 % (Wilson's interval)."""
    if not tried:
        return 0.0, 1.0
    z, share = 1.96, noticed_faults / tried
    middle = share + z * z / (2 * tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return (middle - half) / (1 + z * z / tried), (middle + half) / (1 + z * z / tried)


def main() -> int:
    """Run the campaign, print the table, keep it as JSON; 0 when enough was noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM", help="by default the whole core")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many faults, always the same ones")
    parser.add_argument("--each", type=int, metavar="N", help="so many faults of each module, always the same ones")
    parser.add_argument("--after", type=int, default=0, metavar="N", help="leave out the first N of each: another sample")
    parser.add_argument("--asked", type=float, default=KILLED_SHARE, metavar="SHARE", help="how many must be noticed, 0 to 1")
    parser.add_argument("--trusting", action="store_true", help="do not ask first whether the tests pass as the code is")
    parser.add_argument("--near", action="store_true", help="ask a room's own tests only")
    arguments = parser.parse_args()
    every = planted(arguments.rooms)
    chosen = of_each(every, arguments.each, after=arguments.after) if arguments.each else every
    chosen = sample(chosen, arguments.sample) if arguments.sample else chosen
    warm_up()
    if not arguments.trusting and (failing := unsound(chosen, near=arguments.near)):
        print("these tests fail as the code is, so nothing can be measured:", failing, sep="\n", file=sys.stderr)
        return 2
    results = run(chosen, near=arguments.near)
    survivors = [result.fault for result in results if not result.by]
    tried, unnoticed = (Counter(fault.module for fault in some) for some in (chosen, survivors))
    for module in sorted(tried):
        print(f"{module:44} {tried[module] - unnoticed[module]:4} of {tried[module]:4}")
    share = 1 - len(survivors) / (len(chosen) or 1)
    low, high = interval(len(chosen) - len(survivors), len(chosen))
    print(f"{share:.1%} of {len(chosen)} faults noticed, 95 % interval {low:.1%} to {high:.1%}; {len(every)} can be planted;", end=" ")
    print(f"asked for: {arguments.asked:.0%}")
    print(f"{sum(result.by == TOO_LONG for result in results)} of them because the tests did not come to an end")
    target = ROOT / "build" / "mutants.json"
    target.parent.mkdir(exist_ok=True)
    rows = [
        {"module": one.module, "line": one.line, "before": one.before, "after": one.after, "noticed_by": result.by}
        for result in results
        for one in [result.fault]
    ]
    target.write_text(json.dumps({"tried": len(chosen), "noticed": share, "faults": rows}, indent=2) + "\n", encoding="utf-8")
    return 0 if share >= arguments.asked else 1


if __name__ == "__main__":
    sys.exit(main())
