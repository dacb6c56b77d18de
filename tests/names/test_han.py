# SPDX-License-Identifier: Apache-2.0
"""How one Han name could have been made from another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.names import NameIndex
from transferguard.names.han import match_han, plainly_different

LOOKS = st.text(alphabet="李季王玉明朋思远運小阿哥张章伟a4", min_size=1, max_size=4)


@settings(max_examples=400)
@given(LOOKS, LOOKS)
def test_what_is_put_aside_at_first_sight_has_no_match(seen, original):
    """The quick look before the comparison never loses a likeness."""
    assert not plainly_different(seen, original) or match_han(seen, original) is None


@pytest.mark.parametrize(
    ("seen", "original", "plain"),
    [
        ("李思远", "李思花", True),
        ("李思远", "季思远", False),
        ("李思远", "李花草", False),
        ("李思", "李思远", False),
        ("小明", "王明", False),
        ("李a", "李思", True),
        ("李思", "李a", False),
    ],
)
def test_one_character_that_nothing_explains_is_another_name(seen, original, plain):
    """Two such characters, a shorter name, a pet name and letters are looked at whole."""
    assert plainly_different(seen, original) is plain


def test_a_name_told_apart_at_first_sight_hides_nobody_beside_it():
    """A name without likeness under a shared key, and a sibling under the same one."""
    index = NameIndex([(1, "李思花"), (2, "季思远")])

    assert [hit.id for hit in index.search("李思远")] == [2]
