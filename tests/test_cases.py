# SPDX-License-Identifier: Apache-2.0
"""The readable specification: one folder per situation, a case beside what is expected of it.

`expect.json` says in a sentence what is going on (`says`), and lists the outcomes allowed, reasons that must and must not be found, the
name shown, whom the sender sees beside the recipient (`imitates`, null for nobody), the display name there, marked characters, warnings
and missing facts. What it leaves out is free. `gap` says why the situation does not end so yet; such a test must fail, so that closing
the gap shows.
"""

import json
from functools import cache
from io import StringIO
from itertools import permutations
from typing import Any

import jsonschema  # type: ignore[import-untyped] # it ships no types
import pytest
from rich.console import Console

from tests.conftest import ROOT
from transferguard.case import Case, check_case, dump_case, load_case
from transferguard.case.schemas import case_schema, decision_schema
from transferguard.decision import Reason
from transferguard.ui.card import Card

FOLDER = ROOT / "tests" / "cases"
NAMES = sorted(expect.parent.name for expect in FOLDER.glob("*/expect.json"))
KEYS = {
    "says",
    "outcome",
    "reasons",
    "not_reasons",
    "shown_name",
    "imitates",
    "marks",
    "warnings",
    "not_warnings",
    "unavailable",
    "display_name",
    "gap",
}


def expected(name):
    """What stands beside the case."""
    return json.loads((FOLDER / name / "expect.json").read_text(encoding="utf-8"))


_GAP = pytest.mark.xfail(strict=True, reason="see `gap` in its expect.json")


@pytest.mark.parametrize("name", [pytest.param(name, marks=[_GAP] if "gap" in expected(name) else []) for name in NAMES])
def test_a_situation_ends_as_it_should(name):
    """As expected; by the schemas; without a verified name that is not shown; and with a card in every language.

    One test per case, because deciding is what takes the time.
    """
    case = load_case(FOLDER / name / "case.json")
    decision = check_case(case)

    ends_as_expected(decision, expected(name))
    follows_the_schemas(name, decision)
    keeps_names_to_itself(case, decision)
    prints_its_card(case, decision)


def ends_as_expected(decision, expect):
    """Outcome, reasons, shown name and what stands on the sender's screen."""
    view = decision.sender_view()
    reasons = {finding.reason.value for finding in decision.findings}
    warnings = [warning["id"] for warning in view["warnings"]]
    imitated = view["comparison"]["imitated"]

    assert decision.outcome.value in expect["outcome"], expect["says"]
    assert set(expect.get("reasons", ())) <= reasons
    assert not set(expect.get("not_reasons", ())) & reasons
    assert view["shown_name"] == expect.get("shown_name", view["shown_name"])
    if "imitates" in expect:
        assert (imitated and imitated["account"]) == expect["imitates"]
    if "display_name" in expect:
        assert view["comparison"]["recipient"]["display_name"] == expect["display_name"]
    if "marks" in expect:
        assert [[mark["at"], mark["length"]] for mark in view["comparison"]["marks"]] == expect["marks"]
    assert warnings == expect.get("warnings", warnings)
    assert not set(expect.get("not_warnings", ())) & set(warnings)
    assert set(expect.get("unavailable", ())) <= set(decision.unavailable)


def follows_the_schemas(name, decision):
    """What `transferguard schema` prints is true of the file and of both views of the decision."""
    validator("case").validate(json.loads((FOLDER / name / "case.json").read_text(encoding="utf-8")))
    validator("operator").validate(decision.to_dict())
    validator("sender").validate(decision.sender_view("ar"))


@cache
def validator(what):
    """One validator per schema; making the case's takes a moment."""
    return jsonschema.Draft202012Validator(case_schema() if what == "case" else decision_schema(what))


def keeps_names_to_itself(case, decision):
    """No verified name leaves beyond what is shown: not for the sender, in no language, and not for operators (rule 6)."""
    secrets = [account.verified_name for account in case.accounts if isinstance(account.verified_name, str)]
    views = [decision.sender_view(locale) for locale in ("en", "zh-Hans", "ar")] + [decision.to_dict()]
    for view in views:
        # What is shown, and what the sender sees anyway.
        text = json.dumps(view | {"shown_name": None, "comparison": None}, ensure_ascii=False)
        assert not [secret for secret in secrets if len(secret) > 1 and secret in text]


def prints_its_card(case, decision):
    """In colour, with pictures, in every language, on a narrow terminal: and no line is wider than that."""
    pictures = {account.id: account.avatar for account in case.accounts if isinstance(account.avatar, bytes)}
    console = Console(force_terminal=True, color_system="truecolor", width=64, highlight=False, file=StringIO(), legacy_windows=False)
    for locale in ("en", "zh-Hans", "ar"):
        lines = console.render_lines(Card(view=decision.sender_view(locale), amount=case.transfer.money, locale=locale, pictures=pictures))
        assert all(sum(segment.cell_length for segment in line) <= 64 for line in lines)
        assert len(lines) < 80


@pytest.mark.parametrize("name", NAMES)
def test_a_situation_is_well_described(name):
    """A sentence, known keys, known reasons: a misspelt expectation would test nothing."""
    expect = expected(name)

    assert expect["says"].endswith(".")
    assert set(expect) <= KEYS
    assert {"says", "outcome"} <= set(expect)
    for key in ("reasons", "not_reasons"):
        assert set(expect.get(key, ())) <= {reason.value for reason in Reason}


def test_the_schema_refuses_what_the_codec_refuses():
    """A misspelt field and a wrong value are no case for an editor either."""
    validate = validator("case")
    good = json.loads((FOLDER / NAMES[0] / "case.json").read_text(encoding="utf-8"))

    assert validate.is_valid(good)
    broken: dict[str, Any]
    for broken in (
        {"acounts": []},
        {"now": 5},
        {"transfer": good["transfer"] | {"amount": 5.0}},
        {"accounts": [{"id": "a"}]},
        {"policy": {"profil": "cn"}},
        {"policy": {"threshold": {"warn": "low"}}},
    ):
        assert not validate.is_valid(good | broken)
    assert validate.is_valid(good | {"policy": {"threshold": {"warn": 0.2}, "weights": {"stranger": {"scam": 3.0}}}})


def test_the_schema_says_that_what_is_absent_is_unavailable():
    """An absent scalar is null, not a value of ours; an absent list is empty."""
    defaults = [
        part["default"] for kind in ("Account", "Contact", "Transfer", "PastTransfer", "Report", "Message") for part in parts_of(kind)
    ]

    assert defaults
    assert [default for default in defaults if default not in (None, [], "")] == []


def parts_of(kind):
    """Properties of one of the types that have a default."""
    return [part for part in case_schema()["$defs"][kind]["properties"].values() if "default" in part]


@pytest.mark.parametrize(
    "name", ["copied-friend-asks-for-a-loan", "accepted-impostor-never-taints-the-real-friend", "friend-account-taken-over"]
)
def test_the_order_of_facts_does_not_matter(name):
    """Accounts, contacts and transfers in any order give the same decision, byte for byte (rules 2 and 8)."""
    case = load_case(FOLDER / name / "case.json")
    decision = check_case(case)
    assert isinstance(case.contacts, tuple)
    assert isinstance(case.transfers, tuple)
    for contacts in list(permutations(case.contacts))[1:3]:
        shuffled = Case(
            now=case.now,
            accounts=case.accounts[::-1],
            transfer=case.transfer,
            contacts=contacts,
            transfers=case.transfers[::-1],
            reports=case.reports,
            conversation=case.conversation,
            policy=case.policy,
        )
        assert check_case(shuffled).to_json() == decision.to_json()


@pytest.mark.parametrize("name", NAMES[::12])
def test_a_case_written_again_decides_the_same(name, tmp_path):
    """Nothing that matters is lost on the way through a file."""
    case = load_case(FOLDER / name / "case.json")

    assert check_case(load_case(dump_case(case, tmp_path / "case.json"))) == check_case(case)
