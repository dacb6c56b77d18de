# SPDX-License-Identifier: Apache-2.0
"""What may hold somebody's name, an identity, a picture, a token or words of a talk is no part of any repr."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import transferguard

HIDDEN = {
    "Account.avatar",
    "Account.identity",
    "Account.verified_name",
    "Checkpoint.signature",
    "Confirmation.recipient_key",
    "Confirmation.token",
    "DecisionRecord.evidence",
    "DecisionRecord.recipient_key",
    "Destination.number",
    "Destination.reference",
    "Enrolled.fingerprint",
    "Fetched.picture",
    "IdentityAnswer.name",
    "Look.person",
    "Look.pictures",
    "Look.verified_name",
    "Message.text",
    "NameHit.match",
    "NameHit.name",
    "NameHit.seen",
    "Party.identity",
    "Party.verified_name",
    "Passed.identity",
    "Passed.shown_name",
    "Pictures.fingerprints",
    "ProfileChange.avatar",
    "Question.name",
    "Read.fields",
    "Receipt.token",
    "Replay.evidence",
    "Reply.headers",
    "Reply.json",
    "Reporter.person",
    "Row.fields",
    "ShownName.text",
    "Written.json",
}
"""Fields that a repr leaves out. Whoever adds one to a type adds it here; nobody takes one away without saying why."""

ELSEWHERE = ("__main__", "._generate", ".testing", ".ui", ".observing.otel")
"""What holds no facts of a host, and what needs an extra."""


def modules():
    """Every module that may declare a type."""
    for found in pkgutil.walk_packages(transferguard.__path__, "transferguard."):
        if not any(part in found.name for part in ELSEWHERE):
            yield importlib.import_module(found.name)


def left_out():
    """Class and field of everything that is kept out of a repr."""
    types = [
        kind for module in modules() for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__
    ]
    return {f"{kind.__name__}.{field.name}" for kind in types if is_dataclass(kind) for field in fields(kind) if not field.repr}


def test_what_is_secret_is_no_part_of_a_repr():
    """Neither one field less, nor one more that nobody wrote down here."""
    assert {name for name in left_out() if not name.startswith("_")} == HIDDEN
