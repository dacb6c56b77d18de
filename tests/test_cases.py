# SPDX-License-Identifier: Apache-2.0
"""The readable specification: one folder per situation, a case beside what is expected of it.

`expect.json` says in a sentence what is going on (`says`), and lists the outcomes allowed, reasons that must and must not be found, the
name shown, whom the sender sees beside the recipient (`imitates`, null for nobody), marked characters, warnings and missing facts. What
it leaves out is free. `gap` says why the situation does not end so yet; such a test must fail, so that closing the gap shows.
"""

import json
from io import StringIO
from itertools import permutations
from typing import Any

import jsonschema  # type: ignore[import-untyped] # it ships no types
import pytest
from rich.console import Console

from tests.conftest import ROOT
from transferguard.case import Case, check_case, dump_case, load_case
from transferguard.case.schemas import case_schema, decision_schema
from transferguard.decision import Decision, Reason
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
    "gap",
}


def expected(name):
    """What stands beside the case."""
    return json.loads((FOLDER / name / "expect.json").read_text(encoding="utf-8"))


_GAP = pytest.mark.xfail(strict=True, reason="see `gap` in its expect.json")


@pytest.fixture(scope="module")
def decided():
    """Every case with its decision, each checked once."""
    kept: dict[str, tuple[Case, Decision]] = {}

    def decide(name):
        if name not in kept:
            case = load_case(FOLDER / name / "case.json")
            kept[name] = case, check_case(case)
        return kept[name]

    return decide


@pytest.mark.parametrize("name", [pytest.param(name, marks=[_GAP] if "gap" in expected(name) else []) for name in NAMES])
def test_a_situation_ends_as_it_should(name, decided):
    """Outcome, reasons, shown name and what stands on the sender's screen."""
    expect = expected(name)
    _, decision = decided(name)
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
    if "marks" in expect:
        assert [[mark["at"], mark["length"]] for mark in view["comparison"]["marks"]] == expect["marks"]
    assert warnings == expect.get("warnings", warnings)
    assert not set(expect.get("not_warnings", ())) & set(warnings)
    assert set(expect.get("unavailable", ())) <= set(decision.unavailable)


@pytest.mark.parametrize("name", NAMES)
def test_a_situation_is_well_described(name):
    """A sentence, known keys, known reasons: a misspelt expectation would test nothing."""
    expect = expected(name)

    assert expect["says"].endswith(".")
    assert set(expect) <= KEYS
    assert {"says", "outcome"} <= set(expect)
    for key in ("reasons", "not_reasons"):
        assert set(expect.get(key, ())) <= {reason.value for reason in Reason}


def test_every_case_and_decision_follows_its_schema(decided):
    """What `transferguard schema` prints is true of every file here, and of both views of every decision."""
    case, operator, sender = (
        jsonschema.Draft202012Validator(schema) for schema in (case_schema(), decision_schema(), decision_schema("sender"))
    )
    for name in NAMES:
        case.validate(json.loads((FOLDER / name / "case.json").read_text(encoding="utf-8")))
        _, decision = decided(name)
        operator.validate(decision.to_dict())
        sender.validate(decision.sender_view("ar"))


def test_the_schema_refuses_what_the_codec_refuses():
    """A misspelt field and a wrong value are no case for an editor either."""
    validator = jsonschema.Draft202012Validator(case_schema())
    good = json.loads((FOLDER / NAMES[0] / "case.json").read_text(encoding="utf-8"))

    assert validator.is_valid(good)
    broken: dict[str, Any]
    for broken in ({"acounts": []}, {"now": 5}, {"transfer": good["transfer"] | {"amount": 5.0}}, {"accounts": [{"id": "a"}]}):
        assert not validator.is_valid(good | broken)


@pytest.mark.parametrize("name", NAMES)
def test_no_verified_name_leaves_for_the_senders_screen(name, decided):
    """Beyond what the mask shows: not of the recipient, not of anybody else, in no language (rule 6)."""
    case, decision = decided(name)
    shown = decision.shown_name.text
    for locale in ("en", "zh-Hans", "ar"):
        view = decision.sender_view(locale)
        view["comparison"] = view["comparison"] | {"recipient": None, "imitated": None}  # names that the sender sees anyway
        text = json.dumps(view, ensure_ascii=False).replace(shown, "") if shown else json.dumps(view, ensure_ascii=False)
        secrets = [account.verified_name for account in case.accounts if isinstance(account.verified_name, str)]
        assert not [secret for secret in secrets if secret and secret in text]


@pytest.mark.parametrize("name", NAMES)
def test_no_operators_view_holds_a_verified_name_that_is_not_shown(name, decided):
    """Operators look at decisions too; names stay with the identity provider."""
    case, decision = decided(name)
    plain = decision.to_dict() | {"shown_name": None, "comparison": None}
    text = json.dumps(plain, ensure_ascii=False)

    assert not [
        account.id
        for account in case.accounts
        if isinstance(account.verified_name, str) and len(account.verified_name) > 1 and account.verified_name in text
    ]


@pytest.mark.parametrize(
    "name", ["copied-friend-asks-for-a-loan", "accepted-impostor-never-taints-the-real-friend", "friend-account-taken-over"]
)
def test_the_order_of_facts_does_not_matter(name, decided, tmp_path):
    """Accounts, contacts and transfers in any order give the same decision, byte for byte (rules 2 and 8)."""
    case, decision = decided(name)
    assert isinstance(case.contacts, tuple)
    assert isinstance(case.transfers, tuple)
    for contacts in list(permutations(case.contacts))[:3]:
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


@pytest.mark.parametrize("name", NAMES[::8])
def test_a_case_written_again_decides_the_same(name, decided, tmp_path):
    """Nothing that matters is lost on the way through a file."""
    case, decision = decided(name)

    assert check_case(load_case(dump_case(case, tmp_path / "case.json"))) == decision


@pytest.mark.parametrize("locale", ["en", "zh-Hans", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_every_situation_prints_its_card(name, locale, decided):
    """In colour, with pictures, in every language, on a narrow terminal: and no line is wider than that."""
    case, decision = decided(name)
    pictures = {account.id: account.avatar for account in case.accounts if isinstance(account.avatar, bytes)}
    console = Console(force_terminal=True, color_system="truecolor", width=64, highlight=False, file=StringIO(), legacy_windows=False)

    lines = console.render_lines(Card(view=decision.sender_view(locale), amount=case.transfer.money, locale=locale, pictures=pictures))

    assert all(sum(segment.cell_length for segment in line) <= 64 for line in lines)
    assert len(lines) < 80
