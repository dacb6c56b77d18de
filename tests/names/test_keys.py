# SPDX-License-Identifier: Apache-2.0
"""Under which keys a name is looked for."""

import pytest

from transferguard.names.keys import probe_keys, stored_keys
from transferguard.names.views import view_of


def probed(name, *, wide):
    """The keys of a seen name."""
    return set(probe_keys(view_of(name), name, wide=wide).tolist())


def stored(name):
    """The keys of a known name."""
    return set(stored_keys(view_of(name), name))


def test_among_many_people_only_names_of_two_characters_are_looked_for_less_widely():
    """One character alike and the other by sound is chance there; three characters that agree so far are not."""
    assert probed("季伟", wide=False) < probed("季伟", wide=True)
    assert probed("季思远", wide=False) == probed("季思远", wide=True)
    assert probed("Alice", wide=False) == probed("Alice", wide=True)


@pytest.mark.parametrize(
    ("seen", "original"),
    [
        ("李思远", "李思远"),
        ("李斯远", "李思远"),
        ("远思李", "李思远"),
        ("季思远", "李思远"),
        ("季斯远", "李思远"),
        ("思远", "李思远"),
        ("李思", "李思远"),
        ("李思远啊", "李思远"),
        ("北京李思远建材", "李思远"),
        ("木子思远", "李思远"),
        ("远远", "李思远"),
        ("长明", "常明"),
        ("Brown Alice", "Alice Brown"),
        ("Alise Brown", "Alice Brown"),
        ("AliceBrown", "Alice Brown"),
        ("A. Brown", "Alice Brown"),
        ("Bob Brown", "Robert Brown"),
        ("the real Alice Brown here", "Alice Brown"),
        ("Maria Lopez", "Maria García Lopez"),
        ("Kim Chul-soo", "김철수"),
        ("김철슈", "김철수"),
    ],
)
def test_a_disguise_and_its_original_meet_under_a_key(seen, original):
    """Whatever is compared afterwards: what shares no key is never looked at, however many people there are."""
    assert probed(seen, wide=False) & stored(original)


def test_a_name_that_shows_nothing_has_no_keys():
    """Neither to be kept under nor to be looked for."""
    assert stored("\u200b") == probed("\u200b", wide=True) == set()


def test_a_stranger_shares_no_key():
    """Or every search would read everybody."""
    assert not probed("王建国", wide=True) & stored("李思远")
    assert not probed("Robert Miller", wide=True) & stored("Alice Brown")
