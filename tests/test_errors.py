# SPDX-License-Identifier: Apache-2.0
"""Every error stands in one tree, says what it means, and can be told apart without reading its text."""

import ast
import inspect
import re
from datetime import UTC, datetime

import pytest

from tests.conftest import ROOT
from transferguard import errors
from transferguard.decision import Disclosure, ShownName, Step

TREE = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)}


def test_the_drawing_at_the_head_of_the_file_is_the_tree():
    """Somebody who reads only the docstring knows every error and its parent."""
    drawn = {}
    parents: list[tuple[int, str]] = []
    for line in errors.__doc__.splitlines():
        if found := re.match(r"^([ │├└─]*)([A-Z]\w+)(?:  |$)", line):
            depth = len(found[1])
            parents = [(at, name) for at, name in parents if at < depth]
            drawn[found[2]] = parents[-1][1] if parents else "Exception"
            parents.append((depth, found[2]))

    assert drawn == {kind.__name__: kind.__bases__[0].__name__ for kind in TREE}


def test_an_invalid_field_names_path_problem_and_remedy():
    """A host reads the message once and knows what to change."""
    error = errors.InvalidInput("standing", "is not a known value", "use one of normal, frozen")

    assert str(error) == "standing: is not a known value; use one of normal, frozen"
    assert str(errors.InvalidInput("id", "is missing")) == "id: is missing"
    assert str(error.within("accounts[2]")) == "accounts[2].standing: is not a known value; use one of normal, frozen"
    assert errors.InvalidInput("[3]", "is missing").within("accounts").field == "accounts[3]"
    assert errors.InvalidInput("", "is missing").within("case").field == "case"
    assert errors.InvalidInput("id", "is missing").within("").field == "id"
    assert type(errors.InvalidPolicy("threshold.warn", "is too high").within("policy")) is errors.InvalidPolicy


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (errors.UnknownAccount("transfer.recipient"), errors.CallerError, "transfer.recipient"),
        (errors.UnknownDecision(), errors.CallerError, "decision_id"),
        (errors.TransferConflict(), errors.CallerError, "transfer.id"),
        (errors.LowDetail(), errors.AvatarError, "low detail"),
        (errors.UnsafePicture("too many bytes"), errors.WorldError, "too many bytes"),
        (errors.BrokenPicture("truncated"), errors.WorldError, "truncated"),
        (errors.StoreError("locked"), errors.WorldError, "locked"),
        (errors.ReceiptRefused(errors.ReceiptReason.EXPIRED), errors.NotAllowed, "expired"),
        (errors.ReceiptRefused(errors.ReceiptReason.OTHER_TRANSFER, "amount"), errors.NotAllowed, "(amount)"),
    ],
)
def test_an_error_is_told_by_its_branch(error, kind, says):
    """The caller's mistake, the world's fault and a refusal are three different excepts."""
    assert isinstance(error, kind)
    assert isinstance(error, errors.TransferGuardError)
    assert says in str(error)


def test_a_refused_confirmation_says_what_is_still_needed():
    """A host shows the missing steps from fields, without parsing a sentence."""
    later = datetime(2026, 11, 22, 12, tzinfo=UTC)
    error = errors.ConfirmationRefused([Step.ACKNOWLEDGE, Step.WAIT], later)

    assert error.needed == ("acknowledge", "wait")
    assert error.retry_at == later
    assert str(error) == "not confirmed; still needed: acknowledge, wait"


def test_a_proved_name_travels_beside_the_message():
    """The name that may be shown now is a field, and stands in neither message nor repr."""
    error = errors.NameProved([Step.ACKNOWLEDGE], ShownName(level=Disclosure.FULL, text="毕小川"))

    assert error.shown_name.text == "毕小川"
    assert "毕小川" not in f"{error} {error!r} {error.shown_name!r}"


def test_the_package_raises_nothing_of_its_own_outside_the_tree():
    """Every exception that a host can meet has its place in the drawing; a private one never leaves its module."""
    defined = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in (ROOT / "transferguard").rglob("*.py")
        if file.name != "errors.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and node.name[0] != "_"
        and any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
    ]

    assert not defined


@pytest.mark.parametrize(("honest", "fraud", "missing"), [(0, 0, (200, 200)), (199, 200, (1, 0)), (500, 50, (0, 150))])
def test_too_few_labels_say_how_many_are_missing(honest, fraud, missing):
    """Of each kind, never fewer than none, in the sentence as well."""
    error = errors.TooFewLabels(honest, fraud, 200)

    assert (error.missing_honest, error.missing_fraud) == missing
    assert f"{missing[0]} honest and {missing[1]} fraud are missing (of 200 each)" in str(error)


def test_a_policy_is_named_by_as_much_of_its_digest_as_people_compare():
    """`sha256:` and twelve digits, as `transferguard policy` prints them, and where to get the rest from."""
    error = errors.PolicyMissing("sha256:" + "0123456789abcdef" * 4)

    assert str(error) == "--policy: the store does not hold the policy sha256:0123456789ab of this decision; give its file"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (errors.ReceiptRefused(errors.ReceiptReason.EXPIRED), "receipt refused: expired"),
        (errors.ReceiptRefused(errors.ReceiptReason.OTHER_TRANSFER, "amount"), "receipt refused: other_transfer (amount)"),
    ],
)
def test_a_refused_receipt_says_why_and_which_claim(error, says):
    """The whole sentence, and the same in fields."""
    assert str(error) == says
    assert says.startswith(f"receipt refused: {error.reason}")


def test_only_time_or_nothing_is_said_of_when_to_try_again():
    """Where waiting changes nothing there is no time."""
    assert errors.ConfirmationRefused([Step.ACKNOWLEDGE]).retry_at is None
    assert errors.NameProved([Step.ACKNOWLEDGE], ShownName(level=Disclosure.FULL)).retry_at is None
