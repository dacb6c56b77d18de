# SPDX-License-Identifier: Apache-2.0
"""What is worked out of a name when it is told serves as well as what is worked out when it is searched for."""

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.names.strategies import ANY_TEXT, NAMES
from transferguard.names import NameIndex, enrolled, respelling
from transferguard.names.enrolled import enrol_names, enrolled_name, read_enrolled

SAMPLE = (
    "李思远",
    "歐陽娜娜",
    "Alice Brown",
    "Иван Петров",
    "김철수",
    "さとう はなこ",
    "محمد القحطاني",
    "Nguyễn Văn An",
    "4lice_8rown 🌸",
    "",
    "\ud800",
)


@settings(max_examples=60)
@given(st.lists(st.one_of(NAMES, ANY_TEXT), max_size=6), st.integers(min_value=0, max_value=6))
def test_an_index_of_enrolled_names_is_the_index_of_the_names(names, known):
    """Byte for byte, whichever of the names were enrolled before."""
    entries = [(str(at), name) for at, name in enumerate(names)]

    assert NameIndex(entries, enrolled=read_enrolled(enrol_names(names[:known]))).to_bytes() == NameIndex(entries).to_bytes()


def test_what_is_enrolled_survives_json_and_the_order_of_bytes_of_another_machine(monkeypatch):
    """A database may be carried from one machine to another."""
    here = json.loads(json.dumps(enrol_names(SAMPLE)))
    wanted = {name: enrolled_name(name) for name in SAMPLE}
    assert read_enrolled(here) == wanted

    monkeypatch.setattr(sys, "byteorder", "big" if sys.byteorder == "little" else "little")
    there = json.loads(json.dumps(enrol_names(SAMPLE)))
    assert there["names"]["李思远"] != here["names"]["李思远"]
    assert read_enrolled(there) == wanted


def test_what_other_tables_made_is_not_read():
    """It is worked out anew, as if nothing had been enrolled."""
    assert read_enrolled(enrol_names(SAMPLE) | {"version": "0 9.0.0"}) == {}


@pytest.mark.parametrize("plain", [{}, {"version": enrolled.ENROLLED_VERSION, "names": {"a": ["a", "!"]}}])
def test_what_was_not_enrolled_by_us_is_an_error(plain):
    """Whoever keeps it knows best what a damaged record is."""
    with pytest.raises((ValueError, KeyError)):
        read_enrolled(plain)


@given(st.one_of(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=16), ANY_TEXT.map(lambda text: text.replace("\n", " "))))
def test_the_sound_class_in_one_step_is_that_of_one_rule_after_the_other(text):
    """The fast way against the rules as they are written down."""
    rules = [("tsch|tch|sch|sh|ch", "s"), ("kh|gh(?=.)|h", ""), ("qu|ck|q|g|c(?![eiy])", "k"), ("x", "ks"), ("[jzc]", "s"), ("d", "t")]
    rules += [("b", "p"), ("v", "f"), ("[aeiouyw']+", ""), ("ts", "s"), (r"(.)\1+", r"\1")]

    assert respelling.sound_class(text) == respelling._joining(*rules)(text)
