# SPDX-License-Identifier: Apache-2.0
"""How a value is declared: fields that check themselves, null that becomes a reason, complaints without the value.

`value` makes a frozen class of its field declarations; the annotations `Id`, `Text`, `Instant`, `Picture` and `Maybe` say what a field
takes, in Python and in JSON alike. What there is to declare stands in `transferguard.model`.

Rule owned here (design, rule 5): missing is a value. Rule 6: a complaint names field and remedy, and never repeats what it complains about.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass as plain_dataclass
from dataclasses import field
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias, TypeVar, dataclass_transform

import pydantic.dataclasses
from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import ValidationError, core_schema

from transferguard.calling import MAX_ID_CODE_POINTS, is_id
from transferguard.errors import InvalidInput

T = TypeVar("T")


@plain_dataclass(frozen=True, slots=True)
class Unavailable:
    """A fact that could not be had, and why. Weighs nothing, and the policy says per kind what happens then."""

    why: str = "not given"

    def __bool__(self) -> bool:
        """False, so that `name or fallback` does what it says."""
        return False

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "null"}


RECORDED: Final = {"recorded": True}
"""Context of writing and reading our own records: there an Unavailable keeps its reason, so that a replay says the same."""

_REASON: Final = "unavailable"


class _OrUnavailable:
    """Reads None as Unavailable and writes Unavailable as None; everything else is left to the inner type.

    A record of ours (`RECORDED`) holds `{"unavailable": why}` instead. A host cannot write that: only null means Unavailable there.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:  # noqa: ANN401 - pydantic's own signature
        inner = handler.generate_schema(source.__args__[0])

        def read(value: object, validate: core_schema.ValidatorFunctionWrapHandler, info: core_schema.ValidationInfo) -> object:
            if value is None:
                return Unavailable("null")
            if info.context == RECORDED and isinstance(value, dict) and value.keys() == {_REASON}:
                return Unavailable(value[_REASON])
            return value if isinstance(value, Unavailable) else validate(value)

        def write(value: object, serialize: core_schema.SerializerFunctionWrapHandler, info: core_schema.SerializationInfo) -> object:
            if not isinstance(value, Unavailable):
                return serialize(value)
            return {_REASON: value.why} if info.context == RECORDED else None

        return core_schema.with_info_wrap_validator_function(
            read, inner, serialization=core_schema.wrap_serializer_function_ser_schema(write, info_arg=True, schema=inner)
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), {"type": "null"}]}


Maybe: TypeAlias = Annotated[T | Unavailable, _OrUnavailable()]
"""A value, or `Unavailable(why)`; null in JSON."""


def _text(value: object) -> str:
    """Any string at all: a hostile profile must reach the signals, lone surrogates included."""
    if not isinstance(value, str):
        msg = "must be text"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        msg = "must be the bytes of a picture; read the file first"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    return value


def _identifier(value: object) -> str:
    text = _text(value)
    if not is_id(text):
        msg = f"must be 1 to {MAX_ID_CODE_POINTS} code points without control characters"
        raise ValueError(msg)
    return text


def _instant(value: object) -> datetime:
    """An aware moment, as UTC. A naive one is refused: nobody knows which clock it was read from."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            msg = "must be an ISO 8601 time with a zone, such as 2026-11-22T10:00:00Z"
            raise ValueError(msg) from None
    if not isinstance(value, datetime):
        msg = "must be an ISO 8601 time with a zone, such as 2026-11-22T10:00:00Z"
        raise ValueError(msg)  # noqa: TRY004 - pydantic collects ValueError only
    if value.utcoffset() is None:
        msg = "has no time zone; give an aware time, such as 2026-11-22T10:00:00Z"
        raise ValueError(msg)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        msg = "lies outside the years 1 to 9999"
        raise ValueError(msg) from None


Text: TypeAlias = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
"""Text that its owner chose; nothing about it is trusted, not even that it is valid Unicode."""

Id: TypeAlias = Annotated[
    str, PlainValidator(_identifier), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_ID_CODE_POINTS})
]
"""An opaque id of the host's."""

Instant: TypeAlias = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(lambda at: at.isoformat().replace("+00:00", "Z"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An aware datetime in UTC; ISO 8601 text is accepted."""

Picture: TypeAlias = Annotated[
    bytes,
    PlainValidator(_bytes),
    WithJsonSchema({"type": "string", "description": "path of a picture, relative to the case file", "maxLength": 4096}),
]
"""The bytes of a picture as its owner uploaded it, or its path in a case file."""


def _path_of(location: Sequence[int | str]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step[:80]}" if path else step[:80]
    return path


_PLAIN_WORDS: Final = {
    "missing": ("is missing", "give it a value"),
    "missing_argument": ("is missing", "give it a value"),
    "missing_keyword_only_argument": ("is missing", "give it a value"),
    "unexpected_keyword_argument": ("is not a field", ""),
    "unexpected_positional_argument": ("must be given by name", ""),
    "extra_forbidden": ("is not a field", ""),
    "is_instance_of": ("has the wrong type", ""),
}


def invalid_input(error: ValidationError, fields: Sequence[str] = ()) -> InvalidInput:
    """Turn the first complaint of a validation into our own error, without the value that caused it.

    Args:
        error: What pydantic raised.
        fields: Known field names, to suggest the nearest one for an unknown field.
    """
    first = error.errors(include_input=False, include_url=False, include_context=True)[0]
    path = _path_of([step for step in first["loc"] if step != "function-wrap[read()]"])
    kind = first["type"]
    if kind in _PLAIN_WORDS:
        problem, remedy = _PLAIN_WORDS[kind]
        if problem == "is not a field":
            remedy = _nearest(path, fields)
        return InvalidInput(path or "value", problem, remedy)
    if kind == "enum":
        return InvalidInput(path, "is not a known value", f"use one of {first['ctx']['expected']}")
    message = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    problem, _, remedy = message.partition("; ")
    if first["msg"].startswith("Input should be "):
        problem = f"should be {problem}"
    return InvalidInput(path or "value", problem, remedy)


def _nearest(path: str, fields: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    unknown = path.rpartition(".")[2]
    nearest = get_close_matches(unknown, fields, n=1)
    return f"did you mean {nearest[0]}?" if nearest else "remove it or see `transferguard schema case`"


_CONFIG: Final = ConfigDict(extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a frozen, keyword-only value whose constructor checks its fields and raises `InvalidInput`."""
    made = pydantic.dataclasses.dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)(cls)
    checked = made.__init__

    @functools.wraps(checked)
    def __init__(self: T, *args: object, **kwargs: object) -> None:  # noqa: N807 - it replaces the constructor
        try:
            checked(self, *args, **kwargs)
        except ValidationError as error:
            raise invalid_input(error, tuple(made.__pydantic_fields__)) from None

    made.__init__ = __init__  # type: ignore[method-assign, assignment]  # a constructor that translates errors
    return made  # type: ignore[return-value]  # pydantic types its decorator as a function
