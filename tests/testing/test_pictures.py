# SPDX-License-Identifier: Apache-2.0
"""Pictures painted by ourselves."""

from __future__ import annotations

import time
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from transferguard.testing import pictures
from transferguard.testing.pictures.__main__ import contact_sheet
from transferguard.testing.pictures.canvas import hsv

PHOTOS = ["draw_portrait", "draw_group", "draw_landscape", "draw_city", "draw_still_life", "draw_flower", "draw_pet", "draw_photo"]
GRAPHICS = ["draw_cartoon", "draw_logo", "draw_emoji_face", "draw_graphic"]


def difference(one, other):
    """Mean absolute difference of two pictures, in grey levels."""
    return float(np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int)).mean())


@pytest.mark.parametrize("painter", PHOTOS + GRAPHICS)
def test_the_same_seed_paints_the_same_pixels_and_another_seed_does_not(painter):
    """A picture is decided by its painter and seed alone."""
    paint = getattr(pictures, painter)

    assert paint(5, size=96).tobytes() == paint(5, size=96).tobytes()
    assert difference(paint(5, size=96), paint(6, size=96)) > 2


@pytest.mark.parametrize("painter", PHOTOS + GRAPHICS)
@pytest.mark.parametrize("seed", [0, -1, 2**80])
def test_any_integer_is_a_seed(painter, seed):
    """No seed is refused, and every picture is a plain RGB square."""
    image = getattr(pictures, painter)(seed, size=64)

    assert (image.mode, image.size) == ("RGB", (64, 64))


@pytest.mark.parametrize("painter", PHOTOS)
def test_photos_have_the_texture_of_photos(painter):
    """Hardly any two neighbouring pixels are equal, unlike in flat graphics."""
    for seed in range(5):
        pixels = np.asarray(getattr(pictures, painter)(seed).convert("L"), dtype=int)

        assert (np.diff(pixels, axis=1) == 0).mean() < 0.35


@pytest.mark.parametrize("painter", ["draw_cartoon", "draw_logo", "draw_emoji_face"])
def test_graphics_are_flat(painter):
    """Most neighbouring pixels of a graphic are equal."""
    for seed in range(5):
        pixels = np.asarray(getattr(pictures, painter)(seed).convert("L"), dtype=int)

        assert (np.diff(pixels, axis=1) == 0).mean() > 0.6


def test_many_seeds_give_truly_different_photos():
    """Among 150 photos no two are near each other once reduced to 8 x 8."""
    small = np.stack([np.asarray(pictures.draw_photo(seed, size=64).resize((8, 8)), dtype=float).ravel() for seed in range(150)])
    small -= small.mean(axis=1, keepdims=True)
    small /= np.linalg.norm(small, axis=1, keepdims=True)
    likeness = small @ small.T
    np.fill_diagonal(likeness, 0)

    assert likeness.max() < 0.99


def test_one_artist_keeps_one_hand():
    """Cartoons of one template are nearer to each other than cartoons of different templates, on average."""
    same = [difference(pictures.draw_cartoon(seed, template=3), pictures.draw_cartoon(seed + 1, template=3)) for seed in range(8)]
    other = [
        difference(pictures.draw_cartoon(seed, template=seed), pictures.draw_cartoon(seed + 1, template=seed + 9)) for seed in range(8)
    ]

    assert np.mean(same) < np.mean(other)


def test_initials_depend_on_text_and_colour():
    """Letters, characters without a bundled font, and an empty name are all drawn."""
    drawn = [pictures.draw_initials(text, 1, size=64).tobytes() for text in ("A", "AB", "李", "小明", "")]

    assert len(set(drawn)) == len(drawn)
    assert pictures.draw_initials("A", 2, size=64).tobytes() not in drawn


def test_every_flag_is_another_picture():
    """Each country in the list has its own square."""
    assert len({pictures.draw_flag(name, size=48).tobytes() for name in pictures.FLAGS}) == len(pictures.FLAGS)


def test_badges_of_one_league_share_their_form():
    """A league decides form and ground, the seed decides the rest."""
    badges = {pictures.draw_logo(seed, league=4, size=64).tobytes() for seed in range(6)}

    assert len(badges) == 6


@pytest.mark.parametrize("draw", [pictures.draw_couple, pictures.draw_relatives])
def test_couples_and_relatives_wear_two_different_squares(draw):
    """Matching is not equal: each of the two has a picture of their own."""
    for seed in range(4):
        one, other = draw(seed, size=96)

        assert one.size == other.size == (96, 96)
        assert difference(one, other) > 1


def test_default_avatar_and_popular_sunset_never_change():
    """What everybody wears is one picture."""
    assert pictures.draw_default_avatar(size=64).tobytes() == pictures.draw_default_avatar(size=64).tobytes()
    assert pictures.popular_sunset(size=64).tobytes() == pictures.popular_sunset(size=64).tobytes()


@pytest.mark.parametrize(("encode", "name"), [(pictures.as_jpeg, "JPEG"), (pictures.as_webp, "WEBP"), (pictures.as_png, "PNG")])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_pictures_become_bytes_of_the_named_format(encode, name, mode):
    """Every encoder takes every mode."""
    with Image.open(BytesIO(encode(pictures.draw_cartoon(1, size=48).convert(mode)))) as image:
        assert image.format == name
        assert image.size == (48, 48)


def test_an_animation_has_all_its_frames():
    """A GIF of three pictures has three frames."""
    frames = [pictures.draw_cartoon(seed, size=48) for seed in range(3)]

    with Image.open(BytesIO(pictures.as_gif(frames))) as image:
        assert getattr(image, "n_frames", 1) == 3


def test_transparency_falls_on_white_in_a_jpeg():
    """JPEG has no alpha: what is clear becomes white."""
    clear = Image.new("RGBA", (16, 16), (255, 0, 0, 0))

    with Image.open(BytesIO(pictures.as_jpeg(clear))) as image:
        assert np.asarray(image).min() > 250


@pytest.mark.parametrize("painter", PHOTOS + GRAPHICS)
def test_painting_is_fast(painter):
    """A picture of 320 pixels takes far less than a second, also on a busy machine (aim: 60 ms)."""
    paint = getattr(pictures, painter)
    paint(0)
    start = time.process_time()
    for seed in range(3):
        paint(seed)

    assert (time.process_time() - start) / 3 < 0.4


def test_the_contact_sheet_shows_every_painter():
    """One page to look at."""
    assert contact_sheet().size == (8 * 160, 10 * 160)


@pytest.mark.parametrize("hue", [0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.3, -0.3])
def test_hues_go_round(hue):
    """A hue may leave 0..1 and comes round again; colours stay in 0..1."""
    assert hsv(hue, 0.5, 0.8) == pytest.approx(hsv(hue + 1, 0.5, 0.8))
    assert all(0 <= part <= 1 for part in hsv(hue, 1, 1))


def test_everything_public_is_named():
    """`__all__` is sorted and true."""
    assert pictures.__all__ == sorted(pictures.__all__)
    assert all(hasattr(pictures, name) for name in pictures.__all__)
