# SPDX-License-Identifier: Apache-2.0
"""Whose picture is this?"""

import pytest
from PIL import ImageOps

from tests.avatars.drawing import animation, cartoon, encoded, scene
from transferguard.avatars import AvatarIndex, DefaultAvatars, compare_avatars, fingerprint_avatar
from transferguard.avatars import index as avatar_index

PRINTS = {seed: fingerprint_avatar(encoded(scene(seed, 160))) for seed in range(12)}


def _copy(seed):
    return fingerprint_avatar(encoded(ImageOps.mirror(scene(seed, 160)).crop((8, 12, 150, 152)).resize((128, 128)), quality=50))


def test_a_copy_is_found_among_others_with_the_weight_of_its_pair():
    """Searching and comparing agree."""
    index = AvatarIndex(PRINTS.items())
    (hit,) = index.search(_copy(5))

    assert hit.id == 5
    assert hit.weight == pytest.approx(compare_avatars(_copy(5), PRINTS[5]).weight, abs=1.0)
    assert hit.changes
    assert 0 <= hit.distance < 0.5 < hit.similarity <= 1


def test_a_stranger_has_no_hit():
    """Only plausible hits are returned."""
    assert AvatarIndex(PRINTS.items()).search(fingerprint_avatar(encoded(scene(99, 160)))) == ()


def test_an_empty_index_has_no_hit():
    """Nobody is known, nobody is copied."""
    assert AvatarIndex().search(PRINTS[1]) == ()


def test_one_id_is_one_hit_however_many_pictures_it_has():
    """A friend's old and new picture are one friend; the better one counts."""
    index = AvatarIndex([(("u", 1), PRINTS[1]), (("u", 1), PRINTS[2]), (("u", 1), _copy(1))])
    hits = index.search(PRINTS[1])

    assert [hit.id for hit in hits] == [("u", 1)]
    assert hits[0].weight == pytest.approx(compare_avatars(PRINTS[1], PRINTS[1]).weight, abs=0.5)


def test_entries_come_and_go():
    """The length counts ids, and a removed id is not found."""
    index = AvatarIndex(PRINTS.items())
    index.add(5, PRINTS[5])
    index.add(5, PRINTS[6])
    assert len(index) == len(PRINTS)
    assert index.search(_copy(5))[0].id == 5

    index.remove(5)
    index.remove("nobody")
    assert len(index) == len(PRINTS) - 1
    assert index.search(_copy(5)) == ()


def test_hits_come_best_first():
    """The likeliest victim stands on top."""
    index = AvatarIndex([("copy", _copy(3)), ("same", PRINTS[3])])
    hits = index.search(PRINTS[3])

    assert [hit.id for hit in hits] == ["same", "copy"]
    assert hits[0].weight >= hits[1].weight


def test_lookalikes_neither_hide_nor_dilute_a_hit():
    """An attacker gains nothing by filling the circle with copies."""
    alone = AvatarIndex([("victim", PRINTS[2])]).search(_copy(2))
    crowd = [(f"fake {number}", fingerprint_avatar(encoded(scene(2, 150 + number), quality=70 - number))) for number in range(40)]
    among = AvatarIndex([*crowd, ("victim", PRINTS[2])]).search(_copy(2))

    assert {hit.id: hit.weight for hit in among}["victim"] == pytest.approx(alone[0].weight, abs=1.0)


def test_any_frame_of_an_animation_counts():
    """The copied picture may come second."""
    moving = fingerprint_avatar(animation([cartoon(5, 128), scene(4, 128), scene(50, 128)]))

    assert AvatarIndex(PRINTS.items()).search(moving)[0].id == 4


def test_a_default_avatar_is_known_again():
    """A host names the pictures that it hands out itself."""
    defaults = DefaultAvatars([fingerprint_avatar(encoded(cartoon(1)))])

    assert fingerprint_avatar(encoded(cartoon(1), quality=85)) in defaults
    assert PRINTS[1] not in defaults


def test_few_answers_are_remembered(monkeypatch):
    """The same recipient costs nothing again, and a crowd of recipients does not fill the memory."""
    monkeypatch.setattr(avatar_index, "REMEMBERED", 2)
    index = AvatarIndex(PRINTS.items())
    first = index.search(_copy(1))

    assert index.search(_copy(1)) is first
    index.search(_copy(2))
    assert index.search(_copy(1)) is first
    for seed in (2, 3):
        index.search(_copy(seed))
    again = index.search(_copy(1))
    assert again is not first
    assert [hit.id for hit in again] == [1]


@pytest.mark.parametrize("read_once", [0, len(PRINTS) - 1, len(PRINTS)])
def test_a_large_circle_is_sorted_before_it_is_first_asked(monkeypatch, read_once):
    """Then no later search waits for it; a small one is sorted when it is asked again, and all find the same."""
    monkeypatch.setattr(avatar_index, "READ_ONCE", read_once)
    index = AvatarIndex(PRINTS.items())

    hits = [index.search(_copy(seed))[0] for seed in (5, 6)]

    assert [hit.id for hit in hits] == [5, 6]
    assert hits[0] == AvatarIndex(PRINTS.items()).search(_copy(5))[0]
