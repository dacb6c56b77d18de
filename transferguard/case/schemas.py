# SPDX-License-Identifier: Apache-2.0
"""JSON Schemas (2020-12) of what goes in and what comes out: case, decision, policy.

Those of case and policy are generated from the types themselves; only what JSON writes differently is put right here: money as
`amount` and `currency`, null for Unavailable, and the sentences of the docstrings as descriptions. The decision's two views are
written by hand-made functions (`Decision.to_dict`, `Decision.sender_view`), so their schema is written by hand and held to them by tests.
"""

from __future__ import annotations

import inspect
import re
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from transferguard.case.world import Case
from transferguard.decision import SCHEMA_VERSION, Disclosure, Hypothesis, Outcome, Reason, Step
from transferguard.model import Money, Unavailable
from transferguard.policy import Policy

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_AMOUNT: Final = {"type": "string", "pattern": r"^\+?[0-9]{1,40}(\.[0-9]{1,40})?$", "description": 'Major units as text: "5000.00".'}
_PICTURE: Final = {
    "type": ["string", "null"],
    "default": None,
    "description": "Path of a picture, relative to the case file, or `data:;base64,` and the picture itself.",
}
_CURRENCY: Final = {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code."}


def case_schema() -> dict[str, Any]:
    """The schema of a case file, the policy's keys included."""
    whole = TypeAdapter(Case).json_schema(schema_generator=_Generator)
    keys = policy_schema()
    whole["$defs"] |= keys.pop("$defs")
    whole["properties"]["policy"] = {key: part for key, part in keys.items() if key not in {"$schema", "title"}}
    return _named("transferguard case", whole)


def policy_schema() -> dict[str, Any]:
    """The schema of a policy file and of a case's `policy`: any part of the effective policy, the rest keeps its default."""
    whole = TypeAdapter(Policy).json_schema(schema_generator=_Generator)
    for part in (whole, *whole.get("$defs", {}).values()):
        part.pop("required", None)
    return _named("transferguard policy", whole)


def decision_schema(view: str = "operator") -> dict[str, Any]:
    """The schema of a decision.

    Args:
        view: `operator` for `Decision.to_dict`, `sender` for `Decision.sender_view`.
    """
    shared = {
        "schema": {"const": SCHEMA_VERSION},
        "transfer_id": _TEXT,
        "outcome": _enum(Outcome),
        "shown_name": _object(level=_enum(Disclosure), text=_TEXT),
        "steps": {"type": "array", "items": _enum(Step)},
        "retry_at": _or_null(_TIME),
        "comparison": {"$ref": "#/$defs/Comparison"},
    }
    parts = shared | (_OPERATOR if view == "operator" else _SENDER)
    return _named(f"transferguard decision, {view}'s view", _object(**parts) | {"$defs": _DEFINITIONS})


def _named(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": title} | {key: part for key, part in schema.items() if key != "title"}


class _Generator(GenerateJsonSchema):
    """Schemas as a case file is written."""

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Unavailable is null."""
        return None if isinstance(dft, Unavailable) else super().encode_default(dft)

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchemaValue:
        """Money stands in two fields of its owner, see `dataclass_schema`."""
        reads_money = schema["function"]["function"].__qualname__.startswith(Money.__name__)
        return {} if reads_money else super().function_plain_schema(schema)

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Fields with the sentences of their docstring; `money` as amount and currency."""
        made = super().dataclass_schema(schema)
        sentence, of_field = _documented(schema["cls"])
        for name, part in made["properties"].items():
            part.pop("title", None)
            if name in of_field or name == "from":
                part.setdefault("description", of_field.get(name, of_field.get("sender", "")))
        if "avatar" in made["properties"]:
            made["properties"]["avatar"] = _PICTURE
        if "money" in made["properties"]:
            made["properties"] = {
                shown: part
                for name, kept in made["properties"].items()
                for shown, part in ((("amount", _AMOUNT), ("currency", _CURRENCY)) if name == "money" else ((name, kept),))
            }
            made["required"] = [shown for name in made["required"] for shown in (("amount", "currency") if name == "money" else (name,))]
        made.pop("title", None)
        return made | {"description": sentence}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """The values are the text."""
        made = super().enum_schema(schema)
        made.pop("title", None)
        return made


_FIELD_LINE: Final = re.compile(r"^    (\w+): (.+)$")


def _documented(owner: type) -> tuple[str, dict[str, str]]:
    """First sentence of a class, and the sentence of each field, from its Google-style docstring."""
    lines = inspect.cleandoc(owner.__doc__ or "").splitlines()
    fields = {found[1]: found[2] for line in lines if (found := _FIELD_LINE.match(line))}
    return lines[0] if lines else "", fields


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _enum(kind: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [member.value for member in kind]}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_TEXT: Final[dict[str, Any]] = {"type": "string"}
_TIME: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
_DIGEST: Final[dict[str, Any]] = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_BOX: Final[dict[str, Any]] = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}

_OPERATOR: Final[dict[str, Any]] = {
    "id": _TEXT,
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
    "findings": {"type": "array", "items": {"$ref": "#/$defs/Finding"}, "description": "Strongest first."},
    "unavailable": {"type": "array", "items": _TEXT, "description": "Facts that could not be had, as `fact: why`."},
    "policy": _DIGEST,
    "binding": _DIGEST,
}
_SENDER: Final[dict[str, Any]] = {
    "decision_id": _TEXT,
    "warnings": {"type": "array", "items": {"$ref": "#/$defs/Warning"}, "description": "Strongest first, at most three."},
}
_DEFINITIONS: Final[dict[str, Any]] = {
    "Finding": _object(
        reason=_enum(Reason),
        hypothesis=_or_null(_enum(Hypothesis)),
        imitates=_or_null(_TEXT),
        weight={"type": "number", "description": "Bits; positive speaks for fraud."},
        at_least=_enum(Outcome),
        detail={"type": "object", "description": "Machine-readable circumstances; never a verified name."},
    ),
    "Warning": _object(id=_TEXT, text=_TEXT, params={"type": "object"}),
    "Profile": _object(account=_TEXT, display_name=_TEXT, remark=_TEXT),
    "Comparison": _object(
        recipient={"$ref": "#/$defs/Profile"},
        imitated=_or_null({"$ref": "#/$defs/Profile"}),
        marks={"type": "array", "items": _object(at=_COUNT, length=_COUNT, trick=_TEXT, field={"enum": ["display_name", "remark"]})},
        regions={"type": "array", "items": _object(change=_TEXT, recipient=_BOX, imitated=_BOX)},
    ),
}
