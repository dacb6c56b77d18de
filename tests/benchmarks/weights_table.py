# SPDX-License-Identifier: Apache-2.0
"""The table of weights in docs/evidence.md, written from the default policy.

python -m tests.benchmarks.weights_table --write
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks.fit_weights import JUDGED
from tests.benchmarks.report_names_tables import table
from transferguard.decision import Hypothesis
from transferguard.policy import Policy

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
START, END = "<!-- weights: written by tests.benchmarks.weights_table -->", "<!-- end of weights -->"

SOURCES = {
    "same_person": "a fact about identity, beyond every likeness",
    "known_recipient": "rule 3: beats all circumstances together",
    "malformed_name": "measured by `names.inspect_name`; this is the most that counts",
}
"""Of what is not fitted."""

CHOSEN = {"no_request": "of an imposture chosen on the tune split, and fading out below a warning"}
"""Of hypotheses that the fit leaves alone."""


def rows(policy: Policy) -> list[list[str]]:
    """One row per reason: bits per hypothesis, and where they come from."""
    found = [["*quiet*", *_bits({one: policy.quiet.of(one) for one in Hypothesis}), _source("quiet")]]
    for reason, bits in policy.weights.items():
        found.append([f"`{reason.value}`", *_bits(bits), _source(reason.value)])
    return found


def _bits(bits: dict[Hypothesis, float]) -> list[str]:
    return [f"{bits[one]:+.1f}" if one in bits else "" for one in Hypothesis]


def _source(reason: str) -> str:
    judged = JUDGED.get(reason)
    if judged is None:
        return SOURCES[reason]
    fitted = "fitted, held near " + " / ".join(f"{judged[one.value]:g}" for one in Hypothesis if one.value in judged)
    return f"{fitted}; {CHOSEN[reason]}" if reason in CHOSEN else fitted


def rendered(policy: Policy) -> str:
    """The table between its markers."""
    return f"{START}\n\n{table(['reason', *(one.value for one in Hypothesis), 'source'], rows(policy))}\n\n{END}"


def with_table(page: str, policy: Policy) -> str:
    """The page with the table of this policy in it."""
    before, rest = page.split(START)
    return before + rendered(policy) + rest.split(END)[1]


def main() -> None:
    """Print the table, or put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/evidence.md")
    policy = Policy.default()
    if parser.parse_args().write:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), policy), encoding="utf-8")
    else:
        print(rendered(policy))


if __name__ == "__main__":
    main()
