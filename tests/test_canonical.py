# SPDX-License-Identifier: Apache-2.0
"""Values are written as the JSON that `json.dumps` writes of their plain form, and nothing else is written."""

import json
from dataclasses import dataclass, field
from datetime import UTC
from enum import Enum, StrEnum
from json.encoder import encode_basestring_ascii
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.canonical import Canonical
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.store.codec import to_bytes, to_plain, written


class _Colour(StrEnum):
    RED = "red"


class _Level(Enum):
    LOW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    """Something with every kind of field; the names stand in no order."""

    z: Any
    a: tuple[Any, ...] = ()
    m: dict[str, Any] = field(default_factory=dict)


TEXTS = st.text(st.characters(codec=None), max_size=6)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXTS,
    st.binary(max_size=8),
    st.sampled_from([_Colour.RED, _Level.LOW]),
    st.datetimes(timezones=st.just(UTC)),
    st.builds(Unavailable, TEXTS),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(_Thing, z=inner, a=st.lists(inner, max_size=3).map(tuple), m=st.dictionaries(TEXTS, inner, max_size=3)),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_a_record_is_written_as_its_plain_form_is(value):
    """Byte for byte, whatever text it holds."""
    assert written(value) == to_bytes(to_plain(value))


def test_members_make_up_the_object():
    """In order of their names, so that one can be left out."""
    canonical = Canonical(text=encode_basestring_ascii, moment=str)
    thing = _Thing(z="é", a=(1,))
    members = canonical.members(thing)

    assert canonical.joined(members) == canonical.write(thing) == json.dumps({"a": [1], "m": {}, "z": "é"}, separators=(",", ":"))
    del members["m"]
    assert canonical.joined(members) == '{"a":[1],"z":"\\u00e9"}'


@pytest.mark.parametrize("value", [b"bytes", object()], ids=["bytes", "object"])
def test_what_nobody_said_how_to_write_is_not_written(value):
    """A fault of ours, and not a silent guess."""
    with pytest.raises(TypeError):
        Canonical(text=encode_basestring_ascii, moment=str).write(value)


def test_no_two_fields_of_evidence_are_told_apart_by_case():
    """Names of fields need no escaping and are written as they are."""
    assert all(name.isascii() and name.isidentifier() for name in Evidence.__dataclass_fields__)
