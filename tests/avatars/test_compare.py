# SPDX-License-Identifier: Apache-2.0
"""Are these two the same picture? Small samples of what the benchmark measures."""

from itertools import combinations

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from tests.avatars.drawing import cartoon, encoded, scene
from transferguard.avatars import ChangeKind, compare_avatars, fingerprint_avatar


def _cropped(picture, left, top, right, bottom):
    width, height = picture.size
    return picture.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def _badge(picture):
    picture = picture.copy()
    ImageDraw.Draw(picture).rectangle((150, 160, 256, 256), fill="gold")
    return picture


def _circle(picture):
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, *picture.size), fill=255)
    return Image.composite(picture, Image.new("RGB", picture.size, "white"), mask)


ATTACKS = {
    "recompressed": lambda picture: picture,
    "cropped by a tenth": lambda picture: _cropped(picture, 0.1, 0.1, 0.9, 0.9),
    "cropped off centre": lambda picture: _cropped(picture, 0.0, 0.2, 0.8, 1.0),
    "mirrored": ImageOps.mirror,
    "flipped": ImageOps.flip,
    "turned": lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    "bordered": lambda picture: ImageOps.expand(picture, 26, "goldenrod"),
    "padded": lambda picture: ImageOps.expand(picture, 70, "white"),
    "rotated and cropped": lambda picture: _cropped(picture.rotate(9, resample=2), 0.09, 0.09, 0.91, 0.91),
    "circle": _circle,
    "gray": lambda picture: ImageEnhance.Color(picture).enhance(0.0),
    "dark": lambda picture: ImageEnhance.Brightness(picture).enhance(0.6),
    "badge": _badge,
    "mirrored, cropped, bordered": lambda picture: ImageOps.expand(ImageOps.mirror(_cropped(picture, 0.05, 0.1, 0.95, 0.97)), 16, "black"),
}


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_a_disguised_photo_is_the_same_picture(attack):
    """Each disguise leaves decisive weight on the copy."""
    for seed in range(3):
        original, copy = scene(seed), ATTACKS[attack](scene(seed)).resize((160, 160))
        match = compare_avatars(fingerprint_avatar(encoded(copy, quality=45)), fingerprint_avatar(encoded(original, quality=90)))
        assert match.weight > 6, (attack, seed)
        assert match.changes


def test_unrelated_photos_are_not_the_same_picture():
    """What is not a copy weighs against being one."""
    prints = [fingerprint_avatar(encoded(scene(seed, 160))) for seed in range(100, 108)]
    for one, other in combinations(prints, 2):
        match = compare_avatars(one, other)
        assert match.weight < 0
        assert match.changes == ()


def test_unrelated_graphics_are_not_the_same_picture():
    """Plain shapes on plain ground are nobody's property: a corner that fits is never strong."""
    prints = [fingerprint_avatar(encoded(cartoon(seed, 160))) for seed in range(8)]
    assert max(compare_avatars(one, other).weight for one, other in combinations(prints, 2)) < 8


def test_distance_falls_and_similarity_rises_with_likeness():
    """Both are on a scale from 0 to 1."""
    one, other = fingerprint_avatar(encoded(scene(1))), fingerprint_avatar(encoded(scene(2)))
    same, apart = compare_avatars(one, one), compare_avatars(one, other)

    assert 0 <= same.distance < apart.distance <= 1
    assert same.similarity == pytest.approx(1 - same.distance)
    assert same.weight > apart.weight


def _kinds(copy, original):
    found = compare_avatars(fingerprint_avatar(encoded(copy, quality=80)), fingerprint_avatar(encoded(original, quality=90)))
    return {change.kind: change for change in found.changes}


def test_nothing_done_is_said_to_be_nothing():
    """A picture saved again is the same."""
    assert set(_kinds(scene(1), scene(1))) == {ChangeKind.SAME}


def test_a_mirror_is_named():
    """The screen says so."""
    assert set(_kinds(ImageOps.mirror(scene(1)), scene(1))) == {ChangeKind.MIRRORED}


def test_a_crop_is_named_with_its_box():
    """The box is where the copy lies in the original."""
    change = _kinds(_cropped(scene(2), 0.2, 0.1, 0.95, 0.9), scene(2))[ChangeKind.CROPPED]

    assert (change.box.left, change.box.top, change.box.right, change.box.bottom) == pytest.approx((0.2, 0.1, 0.95, 0.9), abs=0.03)


def test_a_rotation_is_named_with_its_angle():
    """Clockwise on the screen, in degrees."""
    change = _kinds(_cropped(scene(3).rotate(-7, resample=2), 0.1, 0.1, 0.9, 0.9), scene(3))[ChangeKind.ROTATED]

    assert change.angle == pytest.approx(7, abs=1.5)


def test_of_a_mirrored_picture_the_rotation_is_the_one_that_is_seen_afterwards():
    """Mirrored first, as it is listed: a screen that says so in this order can be followed by eye."""
    rotated = ImageOps.mirror(scene(3)).rotate(-7, Image.Resampling.BICUBIC)
    found = _kinds(_cropped(rotated, 0.12, 0.12, 0.88, 0.88), scene(3))

    assert ChangeKind.MIRRORED in found
    assert found[ChangeKind.ROTATED].angle == pytest.approx(7, abs=1.5)


@pytest.mark.parametrize(
    ("turn", "angle"), [(Image.Transpose.ROTATE_90, 270), (Image.Transpose.ROTATE_180, 180), (Image.Transpose.ROTATE_270, 90)]
)
def test_a_quarter_turn_is_named_with_its_angle(turn, angle):
    """Clockwise on the screen, in degrees."""
    assert _kinds(scene(4).transpose(turn), scene(4))[ChangeKind.TURNED].angle == angle


def test_a_frame_is_named_with_its_inside():
    """The box is where the original lies in the copy."""
    change = _kinds(ImageOps.expand(scene(5), 32, "gold"), scene(5))[ChangeKind.FRAMED]

    assert (change.box.left, change.box.top) == pytest.approx((0.1, 0.1), abs=0.03)
    assert (change.box.right, change.box.bottom) == pytest.approx((0.9, 0.9), abs=0.03)


def test_other_colours_are_named():
    """Structure without the colours is recolouring."""
    assert ChangeKind.RECOLOURED in _kinds(ImageOps.grayscale(scene(6)).convert("RGB"), scene(6))


def test_a_badge_is_named_with_its_place():
    """The covered part lies where the badge is."""
    change = _kinds(_badge(scene(7)), scene(7))[ChangeKind.COVERED]

    assert change.box.left > 0.4
    assert change.box.top > 0.4


def test_the_aligned_windows_can_be_laid_side_by_side():
    """Both windows show the same part, as fractions of either picture."""
    change = next(iter(_kinds(_cropped(scene(8), 0.0, 0.0, 0.8, 0.8), scene(8)).values()))

    window, other = change.window, change.other_window
    assert other.right - other.left == pytest.approx(0.8 * (window.right - window.left), abs=0.04)
