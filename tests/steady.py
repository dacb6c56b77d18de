# SPDX-License-Identifier: Apache-2.0
"""What is decided today in every written case, to be read as a diff whenever something else is decided.

No line is right because it stands here: what must and must not come out stands beside each case, and how well it is judged is measured by
the benchmarks. But no weight, step or sentence changes by accident. After a change on purpose:

    python -m tests.steady      writes this file and those of names and pictures (`tests.names.steady`, `tests.avatars.steady`)
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.avatars import steady as steady_pictures
from tests.names import steady as steady_names
from transferguard.case import check_case, load_case

CASES = Path(__file__).with_name("cases")
FILE = CASES / "steady.jsonl"


def said(name: str) -> dict[str, Any]:
    """The operator's view and the sender's, without what depends on the policy's text."""
    decision = check_case(load_case(CASES / name / "case.json"))
    whole, screen = decision.to_dict(), decision.sender_view("en")
    return {
        "case": name,
        "operator": {key: whole[key] for key in sorted(whole) if key not in {"id", "policy", "schema"}},
        "sender": {key: screen[key] for key in sorted(screen) if key not in {"decision_id", "schema"}},
    }


def today() -> list[dict[str, Any]]:
    """Every case."""
    return [said(case.parent.name) for case in sorted(CASES.glob("*/case.json"))]


def written() -> list[dict[str, Any]]:
    """What stands in the file."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Write all files."""
    for file, lines in (
        (FILE, today()),
        (steady_pictures.FILE, [*steady_pictures.today()]),
        (steady_pictures.MEASURED, [*steady_pictures.measured()]),
        (steady_names.FILE, steady_names.today(steady_names.known_pairs())),
        (steady_names.MORE_SAID, steady_names.more_today()),
    ):
        file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        print(f"{len(lines)} lines written to {file.name}")  # noqa: T201 - a program's answer


if __name__ == "__main__":
    main()
