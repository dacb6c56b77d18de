# SPDX-License-Identifier: Apache-2.0
"""Is this a round picture, and where?"""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.avatars.drawing import encoded, scene
from transferguard.avatars import AvatarIndex, fingerprint_avatar
from transferguard.avatars.disc import Disc, disc_of
from transferguard.avatars.overlay import uncovered

SIDE = 256


def _round(picture, ground, *, reach=1.0):
    """Cut to a disc on one colour."""
    side = picture.width
    mask = Image.new("L", (2 * side, 2 * side))
    margin = side * (1 - reach)
    ImageDraw.Draw(mask).ellipse((margin, margin, 2 * side - 1 - margin, 2 * side - 1 - margin), fill=255)
    page = Image.new("RGB", picture.size, ground)
    page.paste(picture, mask=mask.reduce(2))
    return page


def _on_page(picture, page, *, at, side):
    """Shown on a page, with a line of text above."""
    shown = Image.new("RGB", (SIDE, SIDE), page)
    shown.paste(picture.resize((side, side)), at)
    ImageDraw.Draw(shown).text((10, 6), "10:24", fill=(120, 120, 120))
    return shown


def _plane(picture, quality=80):
    return fingerprint_avatar(encoded(picture, quality=quality)).planes[0]


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (200, 30, 90)])
@pytest.mark.parametrize("reach", [0.94, 1.0])
def test_a_round_picture_is_found(ground, reach):
    """Whatever the colour of its corners, to a pixel or two."""
    disc = disc_of(_plane(_round(scene(3), ground, reach=reach), quality=40))

    assert disc is not None
    assert disc.x == pytest.approx(0.5, abs=0.02)
    assert disc.y == pytest.approx(0.5, abs=0.02)
    assert disc.radius == pytest.approx(reach / 2, abs=0.02)


@pytest.mark.parametrize(
    ("ground", "page"), [((255, 255, 255), (17, 17, 17)), ((17, 17, 17), (17, 17, 17)), ((255, 255, 255), (237, 237, 237))]
)
def test_a_round_picture_on_a_page_is_found(ground, page):
    """With a square of another colour around it, or none."""
    disc = disc_of(_plane(_on_page(_round(scene(5), ground), page, at=(50, 60), side=150)))

    assert disc is not None
    assert disc.x == pytest.approx(125 / SIDE, abs=0.03)
    assert disc.y == pytest.approx(135 / SIDE, abs=0.03)
    assert disc.radius == pytest.approx(75 / SIDE, abs=0.03)


@pytest.mark.parametrize("seed", range(8))
def test_other_pictures_hold_no_disc(seed):
    """Neither a photo as it is nor a square one on a page."""
    assert disc_of(_plane(scene(seed))) is None
    assert disc_of(_plane(_on_page(scene(seed), (237, 237, 237), at=(50, 60), side=150))) is None


def test_a_disc_of_the_colour_of_its_ground_is_not_found():
    """A ray that never meets anything else says nothing."""
    page = Image.new("RGB", (SIDE, SIDE), (200, 200, 200))
    page.paste(scene(2).resize((60, 60)), (20, 100))

    assert disc_of(_plane(page)) is None


def test_corners_of_several_colours_are_no_ground():
    """Neither in brightness nor in colour alone."""
    for colours in (((255, 255, 255), (90, 90, 90)), ((200, 60, 60), (60, 139, 60))):
        picture = _round(scene(3), colours[0])
        picture.paste(_round(scene(3), colours[1]).crop((0, 0, SIDE // 2, SIDE)), (0, 0))
        assert disc_of(_plane(picture)) is None


def test_what_lies_beyond_is_drawn_from_the_edge():
    """And nothing inside changes."""
    disc = Disc(x=0.5, y=0.5, radius=0.4)
    luma = np.where(disc.beyond(96, 1.0), 0, 200).astype(np.float32)

    assert (disc.filled(luma, 0.95) == 200).all()
    assert disc.box() == pytest.approx((0.1, 0.1, 0.9, 0.9))
    assert Disc(x=0.5, y=0.5, radius=0.6).box() == (0.0, 0.0, 1.0, 1.0)


def test_nothing_beyond_a_disc_is_asked():
    """Its corners are hidden, and its own windows stand among those of the picture; on a page the grid stays as it was."""
    plane = _plane(_round(scene(7), (255, 255, 255)))
    seen, hidden = uncovered(plane)

    assert hidden is not None
    assert hidden[0, 0]
    assert not hidden[48, 48]
    assert len(seen.boxes) == len(plane.boxes) + 3

    plane = _plane(_on_page(_round(scene(7), (17, 17, 17)), (17, 17, 17), at=(50, 60), side=150))
    seen, hidden = uncovered(plane)
    assert hidden is not None
    assert (seen.codes[: len(plane.codes)] == plane.codes).all()


def test_a_cropped_and_recoloured_disc_is_found():
    """Alone and on a page, among others."""
    index = AvatarIndex((seed, fingerprint_avatar(encoded(scene(seed)))) for seed in range(24))
    for seed in range(4):
        copy = _round(scene(seed).crop((20, 40, 220, 240)).convert("L").convert("RGB").resize((SIDE, SIDE)), (237, 237, 237))
        pages = [copy, _on_page(copy, (17, 17, 17), at=(40, 50), side=170)]
        for page in pages:
            assert index.search(fingerprint_avatar(encoded(page)))[0].id == seed
