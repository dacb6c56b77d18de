# SPDX-License-Identifier: Apache-2.0
"""Does each room keep the branch coverage that it must have?

The pure core decides about money, so there every statement and branch is taken by a test. The shell as a whole has a floor that only
ever rises. Reads the coverage that `make test` has just collected, and names what is missing in every room below its floor.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coverage import Coverage
from coverage.exceptions import CoverageException

CORE = (
    "errors.py",
    "codes.py",
    "model.py",
    "declaring.py",
    "money.py",
    "decision.py",
    "wording.py",
    "names",
    "avatars",
    "circle",
    "flow.py",
    "talk.py",
    "evidence.py",
    "correction.py",
    "policy.py",
    "signals",
    "disclosure.py",
    "weigh.py",
    "comparison.py",
    "canonical.py",
    "remembered.py",
    "assess.py",
    "protocol.py",
)
CORE_FLOOR = 100.0
SHELL_FLOOR = 85.0
"""Percent of statements and branches: of each room of the core, and of everything else together."""

BUILD_TIME = ("names/_generate", "_tables/generate_currencies.py")
"""Scripts whose output is committed and compared instead."""

NOT_YET: frozenset[str] = frozenset()
"""Rooms of the core that do not reach their floor on main yet: reported, not failed. Only ever shrinks."""


def main() -> int:
    """Print what is below its floor; 0 when nothing that counts is."""
    try:
        files = measured()
    except CoverageException as error:
        print(f"coverage: {error}; run the tests first", file=sys.stderr)
        return 1
    rooms: dict[str, list[str]] = defaultdict(list)
    for path in files:
        if not within(path, BUILD_TIME):
            rooms[next((room for room in CORE if within(path, (room,))), "the shell")].append(path)
    failed = 0
    for room, paths in sorted(rooms.items()):
        floor = CORE_FLOOR if room in CORE else SHELL_FLOOR
        reached = percent([files[path]["summary"] for path in paths])
        if reached >= floor:
            continue
        failed += room not in NOT_YET
        print(f"coverage: {room} has {reached:.1f} % of {floor:.0f} %" + (", not yet required" if room in NOT_YET else ""))
        for path in paths:
            lines, branches = files[path]["missing_lines"], files[path]["missing_branches"]
            if lines or branches:
                print(f"    {path}: lines {lines}, branches {[f'{start}->{end}' for start, end in branches]}")
    return 1 if failed else 0


def measured() -> dict[str, Any]:
    """What coverage knows of each file, by its path inside the package."""
    coverage = Coverage()
    # Loaded first: combining adds to what is at hand, and would otherwise put a straggler's data in the place of everybody's.
    coverage.load()
    if any(Path().glob(".coverage.*")):
        coverage.combine()
    with TemporaryDirectory() as folder:
        target = Path(folder, "coverage.json")
        coverage.json_report(outfile=str(target), ignore_errors=True)
        report = json.loads(target.read_text(encoding="utf-8"))
    return {path.partition("transferguard/")[2]: file for path, file in report["files"].items()}


def within(path: str, rooms: tuple[str, ...]) -> bool:
    """True if the file is one of these rooms or lies inside."""
    return any(path == room or path.startswith(f"{room}/") for room in rooms)


def percent(summaries: list[dict[str, int]]) -> float:
    """Statements and branches together, as coverage itself counts them."""
    whole = sum(one["num_statements"] + one["num_branches"] for one in summaries)
    return 100.0 * sum(one["covered_lines"] + one["covered_branches"] for one in summaries) / (whole or 1)


if __name__ == "__main__":
    sys.exit(main())
