# SPDX-License-Identifier: Apache-2.0
"""A declared value checks itself, keeps why a fact is missing, and complains without repeating what it was given."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from transferguard.declaring import RECORDED, Id, Instant, Maybe, Picture, Text, Unavailable, value
from transferguard.errors import InvalidInput


@value
class Inner:
    """A part."""

    number: int


@value
class Sample:
    """One field of each kind."""

    id: Id
    text: Maybe[Text] = Unavailable()
    at: Maybe[Instant] = Unavailable()
    picture: Maybe[Picture] = Unavailable()
    parts: Maybe[tuple[Inner, ...]] = ()


ADAPTER = TypeAdapter(Sample)


def complaint(**fields):
    """What a constructor says of these fields."""
    with pytest.raises(InvalidInput) as caught:
        Sample(**{"id": "x"} | fields)
    return caught.value


def test_a_value_is_frozen_and_has_no_room_for_more():
    """What was checked stays what it is."""
    made = Sample(id="x")

    with pytest.raises(FrozenInstanceError):
        setattr(made, "id", "y")  # noqa: B010 - a type checker would not let it through
    assert not hasattr(made, "__dict__")
    assert not made.text


def test_a_value_is_built_by_name_only():
    """Two texts in the wrong order would be two wrong facts."""
    build: Any = Sample
    with pytest.raises(InvalidInput):
        build("x")


@pytest.mark.parametrize(("length", "accepted"), [(0, False), (1, True), (256, True), (257, False)])
def test_an_id_has_one_to_256_code_points(length, accepted):
    """The schema says so, and so does the constructor."""
    if accepted:
        assert len(Sample(id="x" * length).id) == length
    else:
        assert complaint(id="x" * length).field == "id"


@pytest.mark.parametrize("forbidden", ["\x00", "\x1f", "\x7f", "\ud800"])
def test_an_id_holds_no_control_character(forbidden):
    """First, last and between; its neighbours are allowed."""
    assert complaint(id=f"a{forbidden}").field == "id"
    assert Sample(id="a \u0080\ue000").id == "a \u0080\ue000"


def test_a_record_keeps_why_a_fact_is_missing():
    """Our own records are read back as they were; a host's JSON knows only null, and cannot write a reason."""
    made = Sample(id="x", text=Unavailable("too slow"))
    record = ADAPTER.dump_python(made, mode="json", context=RECORDED)

    assert record["text"] == {"unavailable": "too slow"}
    assert ADAPTER.validate_python(record, context=RECORDED) == made
    assert ADAPTER.dump_python(made, mode="json")["text"] is None
    assert ADAPTER.validate_python({"id": "x", "text": None}).text == Unavailable("null")
    with pytest.raises(ValueError, match="must be text"):
        ADAPTER.validate_python(record)
    with pytest.raises(ValueError, match="must be text"):
        ADAPTER.validate_python({"id": "x", "text": {"unavailable": "a", "more": "b"}}, context=RECORDED)


def test_a_record_of_known_facts_has_no_reasons():
    """A value is written as itself, in a record and outside."""
    made = Sample(id="x", text="hello", at=datetime(2026, 11, 22, 2, tzinfo=UTC), parts=(Inner(number=3),))

    for context in (RECORDED, None):
        plain = ADAPTER.dump_python(made, mode="json", context=context)
        assert (plain["text"], plain["at"], plain["parts"]) == ("hello", "2026-11-22T02:00:00Z", [{"number": 3}])


def test_the_schema_says_that_null_is_allowed_and_more_fields_are_not():
    """A host's tool that checks a case against the schema agrees with us."""
    schema = ADAPTER.json_schema()
    fields = schema["properties"]

    assert fields["id"] == {"type": "string", "minLength": 1, "maxLength": 256, "title": "Id"}
    assert fields["text"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
    assert fields["at"]["anyOf"] == [{"type": "string", "format": "date-time"}, {"type": "null"}]
    assert fields["picture"]["anyOf"][0]["maxLength"] == 4096
    assert schema["required"] == ["id"]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"id": 5}, "id: must be text"),
        ({"picture": "li.jpg"}, "picture: must be the bytes of a picture; read the file first"),
        ({"parts": ({"number": 1}, {"number": "one"})}, "parts[1].number: should be a valid integer, unable to parse string as an integer"),
        ({"parts": [{}]}, "parts[0].number: is missing; give it a value"),
        ({"parts": [{"number": 1, "numbre": 2}]}, "parts[0].numbre: is not a field; did you mean"),
        ({"txet": "hello"}, "txet: is not a field; did you mean text?"),
        ({"zzzzz": "hello"}, "zzzzz: is not a field; remove it or see `transferguard schema case`"),
    ],
)
def test_a_complaint_says_where_what_and_how(fields, says):
    """The path as the caller wrote it, the problem, and the remedy."""
    assert str(complaint(**fields)).startswith(says.removesuffix(" did you mean"))


def test_a_complaint_bounds_the_name_of_an_unknown_field():
    """A field of a thousand code points is named by its beginning."""
    assert complaint(**{"q" * 1_000: 1}).field == "q" * 80


def test_only_one_field_is_suggested_and_it_is_the_nearest():
    """Somebody who mistyped reads one name."""
    assert complaint(picturee=b"").remedy == "did you mean picture?"


def test_a_missing_fact_says_that_it_was_not_given():
    """Unless somebody knows better; it is false, so that `name or fallback` works."""
    assert Unavailable().why == "not given"
    assert bool(Unavailable()) is False
    assert TypeAdapter(Unavailable).json_schema() == {"type": "null"}
    assert TypeAdapter(Unavailable).validate_python(Unavailable("x")) == Unavailable("x")
