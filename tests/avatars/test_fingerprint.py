# SPDX-License-Identifier: Apache-2.0
"""What is remembered of a picture, and how it is kept."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.avatars.drawing import animation, cartoon, encoded, scene
from transferguard.avatars import Fingerprint, PictureKind, compare_avatars, fingerprint_avatar
from transferguard.avatars.container import checksum
from transferguard.errors import AvatarError, BrokenPicture, LowDetail, UnsafePicture

PHOTO = fingerprint_avatar(encoded(scene(1)))


def test_a_fingerprint_survives_being_stored():
    """Bytes out, the same fingerprint in."""
    again = Fingerprint.from_bytes(bytes(PHOTO))

    assert again == PHOTO
    assert hash(again) == hash(PHOTO)
    assert bytes(again) == bytes(PHOTO)
    assert pickle.loads(pickle.dumps(again)) == again  # noqa: S301 - our own bytes, as a worker process passes them


def test_a_fingerprint_is_small_enough_to_keep_for_every_account():
    """At most 24 KB for a still picture."""
    assert len(bytes(PHOTO)) <= 24 * 1024


@pytest.mark.parametrize("frames", [2, 3, 5, 8, 12])
def test_an_animation_takes_no_more_room_than_a_still_picture(frames):
    """Its frames share the room: at most 24 KB, and each is still found."""
    pictures = [scene(seed, 160) for seed in range(frames)]
    found = Fingerprint.from_bytes(bytes(fingerprint_avatar(animation(pictures))))

    assert len(bytes(found)) <= 24 * 1024
    assert len(found.planes) == min(frames, 8)
    assert compare_avatars(fingerprint_avatar(encoded(pictures[1])), found).weight > 6
    assert found.planes[0].thumb.shape == PHOTO.planes[0].thumb.shape


def test_a_record_with_a_wrong_side_is_noticed():
    """A still picture has copies of one size only, an animation none that are too small to mean anything."""
    still, moving = bytes(PHOTO), bytes(fingerprint_avatar(animation([scene(1, 64), scene(2, 64)])))
    for data, side in ((still, 64), (moving, 20), (moving, 200)):
        body = bytearray(data[:-4])
        body[7] = side
        with pytest.raises(AvatarError, match="damaged fingerprint"):
            Fingerprint.from_bytes(bytes(body) + checksum(bytes(body)).to_bytes(4, "little"))


def test_a_plane_of_no_known_kind_is_noticed():
    """The first byte of a plane says photo or graphic, the second how many boxes there are."""
    for place, value in ((48, 9), (49, 200)):
        body = bytearray(bytes(PHOTO)[:-4])
        body[place] = value
        with pytest.raises(AvatarError, match="damaged fingerprint"):
            Fingerprint.from_bytes(bytes(body) + checksum(bytes(body)).to_bytes(4, "little"))


def test_plain_hashes_can_be_exchanged_with_other_systems():
    """As imagehash prints them: 64 and 256 bits."""
    assert (len(PHOTO.phash64), len(PHOTO.phash256)) == (16, 64)


def test_an_old_fingerprint_is_never_misread():
    """Another version is said to be one, whatever its content."""
    data = bytearray(bytes(PHOTO))
    data[4] -= 1

    with pytest.raises(AvatarError, match="old fingerprint"):
        Fingerprint.from_bytes(bytes(data))


@given(st.one_of(st.binary(max_size=80), st.integers(0, len(bytes(PHOTO)) - 1)))
def test_damaged_bytes_are_never_misread(damage):
    """A torn or foreign record is an AvatarError."""
    data = bytes(PHOTO)[:damage] if isinstance(damage, int) else damage
    with pytest.raises(AvatarError, match="damaged fingerprint"):
        Fingerprint.from_bytes(data)


@given(st.integers(5, len(bytes(PHOTO)) - 1), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place, change):
    """What was stored is what is compared."""
    data = bytearray(bytes(PHOTO))
    data[place] ^= change
    with pytest.raises(AvatarError, match="damaged fingerprint"):
        Fingerprint.from_bytes(bytes(data))


@given(st.binary(max_size=400), st.integers(0, 255), st.integers(0, 255))
def test_a_record_with_a_right_checksum_and_wrong_content_is_noticed(tail, kind, planes):
    """The checksum guards against accident; the layout is checked as well."""
    body = b"TGAV" + bytes([bytes(PHOTO)[4], kind, planes, 0]) + bytes(40) + tail
    with pytest.raises(AvatarError, match="damaged fingerprint"):
        Fingerprint.from_bytes(body + checksum(body).to_bytes(4, "little"))


def test_the_same_bytes_give_the_same_fingerprint():
    """Nothing depends on chance or on the clock."""
    assert fingerprint_avatar(encoded(scene(1))) == PHOTO


def test_the_repr_says_little():
    """Twenty kilobytes do not belong in a log."""
    assert len(repr(PHOTO)) < 80


@pytest.mark.parametrize("colour", ["red", "white", "blue"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_flat_picture_has_too_little_detail(colour, kind):
    """Red, blue and white have the same hash: they prove nothing."""
    with pytest.raises(LowDetail):
        fingerprint_avatar(encoded(Image.new("RGB", (200, 200), colour), kind))


def test_a_plain_gradient_has_too_little_detail():
    """Every gradient looks like every other."""
    with pytest.raises(LowDetail):
        fingerprint_avatar(encoded(Image.linear_gradient("L"), "PNG"))


def test_a_single_pixel_has_too_little_detail():
    """The smallest picture is a picture, and flat."""
    with pytest.raises(LowDetail):
        fingerprint_avatar(encoded(Image.new("RGB", (1, 1)), "PNG"))


def test_flat_frames_of_an_animation_are_left_out():
    """A blank frame would resemble everybody's blank frame."""
    blank, picture = Image.new("RGB", (64, 64), "white"), scene(2, 64)
    found = fingerprint_avatar(animation([blank, picture]))

    assert len(found.planes) == 1


def test_kinds_are_told_apart():
    """A cartoon is a graphic, a photo a photo."""
    assert PHOTO.kind is PictureKind.PHOTO
    assert fingerprint_avatar(encoded(cartoon(1), quality=50)).kind is PictureKind.GRAPHIC


def test_transparency_is_remembered_on_white_and_on_black():
    """The copy may have been taken from either screen."""
    picture = scene(3, 128).convert("RGBA")
    picture.putalpha(Image.radial_gradient("L").resize((128, 128)).point(lambda level: 255 * (level < 110)))
    found = fingerprint_avatar(encoded(picture, "PNG"))
    for ground in ("white", "black"):
        shown = Image.alpha_composite(Image.new("RGBA", picture.size, ground), picture).convert("RGB")
        assert compare_avatars(fingerprint_avatar(encoded(shown)), found).weight > 8


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", BrokenPicture), (b"not a picture", BrokenPicture), (b"<svg/>", UnsafePicture), (b"\xff\xd8\xff\xd9", BrokenPicture)],
)
def test_what_is_no_picture_is_a_typed_error(data, error):
    """One family of errors, whatever was uploaded."""
    with pytest.raises(error):
        fingerprint_avatar(data)
