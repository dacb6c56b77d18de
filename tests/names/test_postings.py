# SPDX-License-Identifier: Apache-2.0
"""Rows under keys: each is found until it is taken out, whether it was added lately or long ago."""

import numpy as np
import pytest

from transferguard.names.postings import _RECENT_PAIRS, Postings


def probes(*keys):
    """Keys to look up."""
    return np.array(keys, dtype=np.uint32)


@pytest.fixture(params=["recent", "settled"])
def postings(request):
    """Three rows, the first under two keys."""
    made = Postings()
    for row, keys in ((0, (7, 9)), (1, (9,)), (2, (11,))):
        made.add(row, keys)
    if request.param == "settled":
        made.settle()
    return made


def test_rows_come_in_the_order_of_their_keys_each_once(postings):
    """The closest disguise is looked up first, and a row under two keys is one row."""
    assert postings.find(probes(11, 9, 7), 10) == [2, 0, 1]
    assert postings.find(probes(7, 9), 10) == [0, 1]
    assert postings.find(probes(8, 10, 12, 0, 2**32 - 1), 10) == []
    assert postings.find(probes(), 10) == []


@pytest.mark.parametrize(("limit", "rows"), [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (9, [0, 1, 2])])
def test_no_more_rows_are_found_than_were_asked_for(postings, limit, rows):
    """And no fewer."""
    assert postings.find(probes(9, 11), limit) == rows


def test_a_row_that_stays_is_found_under_its_new_number(postings):
    """The first row too, whose number is 0; one that goes is found no more."""
    postings.keep(np.array([0, -1, 1], dtype=np.int64))

    assert postings.find(probes(7, 9, 11), 10) == [0, 1]
    assert postings.find(probes(9), 10) == [0]
    keys, rows = postings.columns()
    assert (keys.tolist(), rows.tolist()) == ([7, 9, 11], [0, 0, 1])


def test_old_and_new_rows_are_found_together():
    """What was saved, and what was added since."""
    postings = Postings(probes(9, 7), np.array([4, 5], dtype=np.uint32))
    postings.add(6, (7,))

    assert postings.find(probes(7), 10) == [5, 6]
    assert postings.find(probes(9), 10) == [4]
    assert postings.columns()[0].tolist() == [7, 7, 9]


def test_many_new_rows_are_folded_in_by_themselves():
    """So that a growing index stays small; nothing is lost on the way."""
    postings = Postings()
    for row in range(_RECENT_PAIRS // 2 + 1):
        postings.add(row, (row, 10**6))

    assert not postings._recent
    assert postings.find(probes(0, _RECENT_PAIRS // 2), 10) == [0, _RECENT_PAIRS // 2]
    assert len(postings.find(probes(10**6), 100_000)) == _RECENT_PAIRS // 2 + 1
    assert len(postings.find(probes(10**6), 50)) == 50


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_search_ends_where_its_limit_is_reached(limit):
    """In the long-kept rows and in the new ones: what stands under farther keys is cut, not what stands under the nearest."""
    postings = Postings(probes(1, 2, 3), np.array([10, 20, 30], dtype=np.uint32))
    for row, key in ((11, 1), (21, 2), (31, 3)):
        postings.add(row, (key,))

    assert postings.find(probes(1, 2, 3), limit) == [10, 20, 30][:limit]
    assert postings.find(probes(1, 2, 3), 5) == [10, 20, 30, 11, 21]
