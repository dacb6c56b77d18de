# SPDX-License-Identifier: Apache-2.0
"""A circle that changed step by step answers like one that was indexed anew."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from transferguard.avatars import Fingerprint, fingerprint_avatar
from transferguard.circle import Circle, Pictures, look_of
from transferguard.circle.index import MOST_CHANGED
from transferguard.testing.builders import account, contact
from transferguard.testing.pictures import as_jpeg, draw_landscape, draw_portrait

NAMES = ("李思远", "季思远", "王建国", "Alice Brown", "A1ice Brown", "张伟")


@cache
def picture(number: int) -> Fingerprint:
    drawn = draw_portrait(number) if number else draw_landscape(number)
    return fingerprint_avatar(as_jpeg(drawn, 80))


def look(number: int, name: int, face: int | None):
    worn = Pictures() if face is None else Pictures(fingerprints=(picture(face),), has_present=True, digest=f"d{face}")
    return look_of(account(f"u{number}", NAMES[name]), contact(f"u{number}"), pictures=worn)


people = st.dictionaries(st.integers(0, 7), st.tuples(st.integers(0, len(NAMES) - 1), st.sampled_from([None, 0, 1])), max_size=8).map(
    lambda drawn: [look(number, *worn) for number, worn in drawn.items()]
)

SUBJECTS = [look_of(account("x", name), None, pictures=Pictures(fingerprints=(picture(1),), has_present=True)) for name in NAMES[:2]]


@settings(max_examples=20, deadline=None)
@given(st.lists(people, min_size=1, max_size=4))
def test_changing_a_circle_gives_the_answers_of_indexing_it_anew(steps):
    """Whoever joins, leaves, or takes another name or picture, the layer on top changes no answer."""
    circle = Circle(steps[0])
    for members in steps[1:]:
        circle = circle.changed_to(members)

    for subject in SUBJECTS:
        assert circle.resembling(subject) == Circle(steps[-1]).resembling(subject)


def test_a_change_that_concerns_neither_name_nor_picture_indexes_nobody():
    """A first payment makes somebody paid, and leaves both indexes as they are."""
    before = [look(1, 0, None), look(2, 1, None)]
    circle = Circle(before)
    after = [look_of(account("u1", NAMES[0]), contact("u1", remark=None), pictures=Pictures()), before[1]]

    assert circle.changed_to(after)._index is circle._index


def test_a_layer_that_has_grown_too_large_is_given_up():
    """After many changes everything is indexed anew, and the search is single again."""
    crowd = [look(number, 0, None) for number in range(MOST_CHANGED + 2)]
    renamed = [look(number, 1, None) for number in range(MOST_CHANGED + 2)]

    assert Circle(crowd).changed_to(renamed)._index._under is None
