# SPDX-License-Identifier: Apache-2.0
"""Picture attacks and honest situations."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from transferguard.testing.picture_attacks import ATTACKS, SITUATIONS
from transferguard.testing.picture_attacks.draws import STEPS, Draws
from transferguard.testing.picture_attacks.registry import opened
from transferguard.testing.pictures import as_jpeg, as_png, draw_cartoon, draw_photo
from transferguard.testing.split import Split

ORIGINAL = as_jpeg(draw_photo(3, size=160))


@pytest.mark.parametrize("name", ATTACKS)
def test_a_copy_is_small_saved_again_and_reproducible(name):
    """Every copy has 96 to 320 pixels, is a picture of an allowed format, and is the same for the same seed."""
    copy = ATTACKS[name](ORIGINAL, seed=4, split=Split.REPORT)

    with Image.open(BytesIO(copy)) as image:
        assert image.format in {"JPEG", "WEBP", "PNG", "GIF"}
        assert 96 <= image.width == image.height <= 320
    assert copy == ATTACKS[name](ORIGINAL, seed=4, split=Split.REPORT)
    assert copy != ATTACKS[name](ORIGINAL, seed=5, split=Split.REPORT)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_without_a_part_uses_all_parameters(name):
    """For demonstrations no part has to be named."""
    assert ATTACKS[name](ORIGINAL, seed=1)


@pytest.mark.parametrize("attack", [ATTACKS["crop_off_centre"], ATTACKS["crop_corner"], ATTACKS["stretched"], ATTACKS["collage_halves"]])
def test_crops_stay_inside_the_picture(attack):
    """No draw asks for pixels outside: Pillow would refuse the box."""
    for seed in range(60):
        attack(ORIGINAL, seed=seed)


@pytest.mark.parametrize(
    "data", [as_png(draw_cartoon(1, size=80)), as_jpeg(Image.new("L", (40, 90), 90)), as_png(Image.new("RGBA", (9, 9)))]
)
def test_any_picture_can_be_attacked(data):
    """Mode and shape of the original do not matter; it is brought to a square first."""
    assert opened(data).size == (320, 320)
    assert ATTACKS["mirror_crop_border_colour"](data, seed=1)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=12), st.floats(-50, 50), st.floats(0.01, 90))
def test_no_parameter_value_occurs_in_two_parts(parameter, low, width):
    """Tune, check and report share no step of any range, and all steps lie inside it."""
    values = {split: {Draws("x", seed, split).between(parameter, low, low + width) for seed in range(40)} for split in Split}

    assert not values[Split.TUNE] & values[Split.REPORT]
    assert not values[Split.CHECK] & values[Split.REPORT]
    assert not values[Split.TUNE] & values[Split.CHECK]
    assert all(low - 1e-9 <= value <= low + width + 1e-9 for found in values.values() for value in found)
    assert all(found for found in values.values())


def test_every_part_covers_the_range():
    """The report is neither milder nor harder than tuning: each part reaches near both ends."""
    for split in Split:
        values = [Draws("rotated", seed, split).between("degrees", 0, 1) for seed in range(400)]

        assert min(values) < 8 / STEPS
        assert max(values) > 1 - 8 / STEPS


def test_a_mirrored_copy_is_the_mirror():
    """The copy, mirrored back, resembles the original."""
    with Image.open(BytesIO(ATTACKS["mirrored"](ORIGINAL, seed=2))) as image:
        back = np.asarray(image.convert("L").resize((32, 32)), dtype=float)[:, ::-1].ravel()
    original = np.asarray(opened(ORIGINAL).convert("L").resize((32, 32)), dtype=float).ravel()

    assert np.corrcoef(back, original)[0, 1] > 0.97


def test_an_animation_hides_the_copy_among_other_frames():
    """A GIF has four to six frames."""
    with Image.open(BytesIO(ATTACKS["animated"](ORIGINAL, seed=0))) as image:
        assert getattr(image, "n_frames", 1) in {4, 5, 6}


def test_a_transparent_copy_has_clear_corners():
    """The ground around the disc is clear."""
    with Image.open(BytesIO(ATTACKS["transparent"](ORIGINAL, seed=0))) as image:
        assert np.asarray(image.getchannel("A"))[0, 0] == 0


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_honest_situation_gives_two_avatars(name):
    """Both are pictures as an app serves them, and the same seed gives the same two."""
    situation = SITUATIONS[name]
    one, other = situation(3, split=Split.REPORT)

    for data in (one, other):
        with Image.open(BytesIO(data)) as image:
            assert 128 <= image.width == image.height <= 320
    assert (one, other) == situation(3, split=Split.REPORT)


def test_names_and_descriptions_are_complete():
    """The registries are keyed by name, and each entry says in words what it is."""
    for registry in (ATTACKS, SITUATIONS):
        assert all(name == entry.name and entry.description for name, entry in registry.items())
