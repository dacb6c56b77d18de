# SPDX-License-Identifier: Apache-2.0
"""Which parts of which pictures might show the same? The fast way against a slow one that anybody can read."""

import numpy as np
import pytest

from tests.avatars.drawing import cartoon, encoded, scene
from transferguard.avatars import fingerprint_avatar, first_look
from transferguard.avatars.first_look import FAR, FAR_FIRST, Hypotheses, for_many_looks, lay_out, look
from transferguard.avatars.views import KEY_BITS, KEYS

PLANES = tuple(fingerprint_avatar(encoded(picture)).planes[0] for picture in (*(scene(seed, 96) for seed in range(4)), cartoon(1, 96)))


def _differing(one, other):
    return int(np.bitwise_count(one ^ other).sum())


def _keys(code):
    bits = sum(int(word) << 64 * place for place, word in enumerate(code))
    return [bits >> KEY_BITS * key & (1 << KEY_BITS) - 1 for key in range(KEYS)]


def _slowly(query, planes):
    """All pairs of upright or mirrored views that meet by a key, one after the other."""
    codes, views, orientations = first_look._asked(query)
    found = set()
    for place, plane in enumerate(planes):
        for number, theirs in enumerate(plane.codes):
            for code, view, orientation in zip(codes, views, orientations, strict=True):
                by_key = [(a ^ b).bit_count() for a, b in zip(_keys(code), _keys(theirs), strict=True)]
                meets = any(own <= 1 and sum(by_key) - own <= FAR_FIRST for own in by_key)
                if meets and theirs.any() and _differing(code, theirs) <= FAR:
                    found.add((place, int(view), number, int(orientation)))
    return found


def _looked(query, planes):
    found = look(query, lay_out(planes), per_plane=1_000_000)
    columns = found.plane.tolist(), found.query_view.tolist(), found.shelf_view.tolist(), found.orientation.tolist()
    return set(zip(*columns, strict=True))


@pytest.mark.slow
def test_the_fast_way_finds_what_the_slow_way_finds():
    """Sorting by keys leaves nobody out and invents nobody."""
    copy = fingerprint_avatar(encoded(scene(2, 96).crop((6, 4, 90, 88)))).planes[0]

    assert _looked(copy, PLANES[1:3]) == _slowly(copy, PLANES[1:3])


def test_what_is_found_of_a_picture_does_not_depend_on_the_others():
    """A small shelf has fewer buckets than a large one, and the same hypotheses."""
    alone, among = _looked(PLANES[2], PLANES[2:3]), _looked(PLANES[2], PLANES * 3)

    assert {tuple(rest) for _, *rest in alone} == {tuple(rest) for place, *rest in among if place == 2}


def test_hypotheses_come_best_first_and_few_of_each_picture():
    """The nearest windows are aligned first."""
    found = look(PLANES[2], lay_out(PLANES), per_plane=3)

    assert sorted(found.distance.tolist()) == found.distance.tolist()
    assert np.bincount(found.plane).max() <= 3
    assert found.plane[0] == 2


def test_an_empty_shelf_has_no_hypotheses():
    """Nobody is known."""
    assert len(look(PLANES[0], lay_out(()), per_plane=5).plane) == 0


def test_a_crowd_of_plain_views_is_cut_at_the_commonest_keys(monkeypatch):
    """The work is bounded, and rare keys are asked first."""
    monkeypatch.setattr(first_look, "PAIRS", 50)
    found = look(PLANES[0], lay_out(PLANES), per_plane=400)

    assert 0 < len(found.plane) <= 50 * KEYS


@pytest.mark.parametrize("pairs", [first_look.PAIRS, 50])
def test_a_shelf_that_is_sorted_tells_what_one_that_is_read_through_tells(pairs, monkeypatch):
    """Also where so many views meet that the commonest keys are left out."""
    monkeypatch.setattr(first_look, "PAIRS", pairs)
    shelf = lay_out(PLANES)
    once, often = look(PLANES[1], shelf, per_plane=400), look(PLANES[1], for_many_looks(shelf), per_plane=400)

    assert all((getattr(once, name) == getattr(often, name)).all() for name in Hypotheses.__slots__)
    assert len(once.plane)
