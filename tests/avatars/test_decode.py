# SPDX-License-Identifier: Apache-2.0
"""Bytes to pixels, without trusting them."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from tests.avatars.drawing import animation, cartoon, encoded, scene
from transferguard.avatars.decode import KEPT_SIDE, MAX_FRAMES, WALKED_FRAMES, decode_frames
from transferguard.errors import AvatarError, BrokenPicture, UnsafePicture

FILES = {
    "jpeg": encoded(scene(1, 64)),
    "progressive": encoded(scene(1, 64), progressive=True),
    "png": encoded(scene(1, 48), "PNG"),
    "gif": animation([scene(1, 40), scene(2, 40)]),
    "webp": encoded(scene(1, 64), "WEBP"),
    "animated webp": animation([scene(1, 40), scene(2, 40)], "WEBP"),
}


def _pixels(frame, background=0):
    return np.asarray(frame.pictures[background]).astype(float)


def _apart(one, other):
    return np.abs(one - np.asarray(other.convert("RGB").resize((KEPT_SIDE, KEPT_SIDE), Image.Resampling.BOX)).astype(float)).mean()


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "CMYK", "1", "I;16"])
def test_every_mode_of_pixels_becomes_the_same_picture(mode):
    """Gray, palette, alpha, CMYK and 16 bits are one picture."""
    picture = scene(3, 192)
    gray = picture.convert("L")
    if mode == "I;16":
        stored = Image.fromarray(np.asarray(gray).astype(np.uint16) * 257)
    elif mode == "1":
        stored = gray.point(lambda level: 255 * (level > 127)).convert("1")
    else:
        stored = picture.convert(mode)
    (frame,) = decode_frames(encoded(stored, "JPEG" if mode == "CMYK" else "PNG", **({"quality": 95} if mode == "CMYK" else {})))

    expected = stored if mode not in {"I;16", "CMYK"} else (gray if mode == "I;16" else picture)
    assert _apart(_pixels(frame), expected) < (12 if mode == "CMYK" else 3)


def test_sixteen_bits_are_scaled_and_not_clipped():
    """A dark 16-bit picture is dark, not white."""
    values = np.tile(np.linspace(0, 65_535, 64), (64, 1)).astype(np.uint16)
    (frame,) = decode_frames(encoded(Image.fromarray(values), "PNG"))

    assert 100 < _pixels(frame).mean() < 155


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_as_exif_says(orientation):
    """A phone's sideways pixels are turned before they are hashed."""
    picture = scene(5, 192)
    exif = Image.Exif()
    exif[0x0112] = orientation
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture.transpose(undo[orientation]) if orientation in undo else picture
    (frame,) = decode_frames(encoded(stored, quality=95, exif=exif.tobytes()))

    assert _apart(_pixels(frame), picture) < 5


def test_transparency_is_shown_on_white_and_on_black():
    """A screen may be light or dark."""
    picture = Image.new("RGBA", (64, 64), (200, 30, 30, 0))
    picture.paste((10, 200, 10, 255), (16, 16, 48, 48))
    (frame,) = decode_frames(encoded(picture, "PNG"))

    assert [_pixels(frame, background)[0, 0].tolist() for background in (0, 1)] == [[255, 255, 255], [0, 0, 0]]


def test_an_opaque_alpha_channel_is_one_picture():
    """Nothing shows through, so one background is enough."""
    (frame,) = decode_frames(encoded(scene(1, 64).convert("RGBA"), "PNG"))

    assert len(frame.pictures) == 1


def test_a_palette_with_transparency_is_shown_without_a_warning():
    """Its transparent colours become the screen's; warnings are errors in these tests."""
    stored = scene(2, 64).quantize(16)
    (frame,) = decode_frames(encoded(stored, "PNG", transparency=bytes([0, 128] + [255] * 14)))

    assert len(frame.pictures) == 2
    assert _apart(_pixels(frame), frame.pictures[1]) > 1


def test_the_frames_that_a_viewer_sees_longest_are_kept():
    """Flicker in front of the copied picture does not hide it."""
    flicker, copied = [cartoon(seed, 48) for seed in range(20)], scene(9, 48)
    frames = decode_frames(animation([*flicker, copied], duration=[20] * 20 + [5_000]))

    assert len(frames) == MAX_FRAMES
    assert _apart(_pixels(frames[0]), copied.resize((KEPT_SIDE, KEPT_SIDE), Image.Resampling.BILINEAR)) < 12


def test_equal_frames_count_once():
    """A still picture saved as an animation stays one picture."""
    assert len(decode_frames(animation([scene(1, 48)] * 3 + [scene(2, 48)] * 3, "WEBP", lossless=True))) == 2


def test_a_frame_that_comes_again_counts_once():
    """A blinking picture is two pictures, however often it blinks."""
    assert len(decode_frames(animation([scene(1, 48), scene(2, 48)] * 3))) == 2


def test_an_animation_torn_in_the_middle_is_what_was_shown_so_far():
    """A viewer shows the frames that arrived."""
    whole = animation([scene(seed, 64) for seed in range(6)])

    assert 1 <= len(decode_frames(whole[: len(whole) * 2 // 3])) < 6


def test_a_long_animation_is_walked_only_so_far():
    """The number of frames that a file declares is never read."""
    frames = [scene(seed, 16) for seed in range(WALKED_FRAMES + 6)]
    last = Image.new("RGB", (16, 16), "magenta")
    found = decode_frames(animation([*frames, last], duration=[20] * len(frames) + [60_000]))

    assert len(found) == MAX_FRAMES
    assert all(_apart(_pixels(frame), last) > 20 for frame in found)


def test_an_animation_whose_first_frame_is_damaged_is_broken():
    """Nothing was shown, so there is nothing to compare."""
    data = bytearray(animation([scene(1, 48), scene(2, 48)], "PNG"))
    start = data.index(b"IDAT")
    data[start + 4 : start + 40] = bytes(36)

    with pytest.raises(BrokenPicture):
        decode_frames(bytes(data))


def test_a_second_header_that_grows_the_picture_is_refused():
    """What the decoder makes of a file is measured again before pixels are decoded."""
    data = encoded(scene(1, 48), "PNG")
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))

    with pytest.raises(UnsafePicture):
        decode_frames(data[:33] + chunk + data[33:])


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_broken(name, part):
    """Half a picture is no picture: what would be compared is the decoder's filling."""
    data = FILES[name]

    with pytest.raises(BrokenPicture):
        decode_frames(data[: int(len(data) * part)])


def test_the_bytes_decide_and_not_what_follows_them():
    """A polyglot is what its signature says."""
    data = FILES["png"] + FILES["gif"]

    assert len(decode_frames(data)) == 1


def test_a_large_jpeg_is_decoded_at_reduced_scale():
    """The picture is the same, in a fraction of the memory."""
    picture = scene(4, 2400)
    (frame,) = decode_frames(encoded(picture, quality=80))

    assert _apart(_pixels(frame), picture) < 4


def test_a_large_png_is_thinned_first():
    """The picture is the same, in a fraction of the memory."""
    picture = scene(4, 1500)
    (frame,) = decode_frames(encoded(picture, "PNG", compress_level=1))

    assert _apart(_pixels(frame), picture) < 4


def test_no_global_of_pillow_is_changed():
    """An SDK must not decide for its host how other pictures are loaded."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    decode_frames(FILES["gif"])

    assert before == (ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS)


@settings(max_examples=300)
@given(
    name=st.sampled_from(sorted(FILES)),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12),
    cut=st.one_of(st.none(), st.integers(0, 10_000)),
)
def test_any_mutated_file_ends_in_frames_or_a_typed_error(name, flips, cut):
    """Nothing but an AvatarError escapes the decoder; the benchmark repeats this a million times."""
    data = bytearray(FILES[name])
    for place, value in flips:
        data[place % len(data)] = value
    mutated = bytes(data[: cut % len(data)] if cut is not None else data)
    try:
        frames = decode_frames(mutated)
    except AvatarError:
        return
    assert 1 <= len(frames) <= MAX_FRAMES


def test_a_file_that_needs_seeking_back_is_read_from_memory():
    """Only bytes are taken: no path, no file object."""
    with pytest.raises(AvatarError):
        decode_frames(io.BytesIO(b"not a path").getvalue())


def _lines(width, height=64):
    """Black and white columns of one pixel each."""
    columns = np.tile(np.array([0, 255], np.uint8), width)[:width]
    return Image.fromarray(np.repeat(columns[None, :], height, axis=0), "L")


@pytest.mark.parametrize(("width", "gray"), [(1024, True), (1025, False), (1600, False)])
def test_a_picture_is_thinned_from_a_thousand_and_twenty_four_pixels_on(width, gray):
    """Up to there every pixel counts; beyond, whole columns go, and lines of one pixel with them."""
    (frame,) = decode_frames(encoded(_lines(width), "PNG"))
    shown = np.asarray(frame.pictures[0].convert("L"), np.float32)

    assert bool(abs(shown.mean() - 127.5) < 5) is gray
    assert gray or min(shown.mean(), 255 - shown.mean()) < 64


@pytest.mark.parametrize(("size", "band"), [((1500, 900), 0.5), ((900, 1500), 0.5), ((4000, 30), 0.5), ((30, 4000), 0.5)])
def test_thinning_keeps_the_proportions(size, band):
    """A picture that is white on its upper left quarter stays so, however long and narrow."""
    picture = Image.new("L", size, 0)
    picture.paste(255, (0, 0, int(size[0] * band), int(size[1] * band)))
    (frame,) = decode_frames(encoded(picture, "PNG"))
    shown = np.asarray(frame.pictures[0].convert("L"), np.float32)

    assert frame.pictures[0].size == (192, 192)
    assert [float(part.mean()) for part in (shown[:80, :80], shown[:80, 112:], shown[112:, :80], shown[112:, 112:])] == pytest.approx(
        [255, 0, 0, 0], abs=10
    )


@pytest.mark.parametrize(("alpha", "shown"), [(249, 2), (250, 1), (255, 1), (0, 2)])
def test_a_picture_is_opaque_where_nobody_sees_through_it(alpha, shown):
    """Down to 250 of 255; below, it looks different on white and on black."""
    picture = scene(1, 64).convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, alpha))
    (frame,) = decode_frames(encoded(picture, "PNG"))

    assert len(frame.pictures) == shown


def test_a_frame_without_a_duration_is_shown_for_a_tenth_of_a_second():
    """As browsers do: it stays before a frame of less and behind one of more."""
    quick, none, slow = (scene(seed, 64) for seed in (1, 2, 3))

    def order(*durations):
        frames = decode_frames(animation([quick, none, slow], "WEBP", duration=list(durations), lossless=True))
        return [min((1, 2, 3), key=lambda seed: _apart(_pixels(frame), scene(seed, 64))) for frame in frames]

    assert order(90, 0, 110) == [3, 2, 1]
    assert order(110, 0, 90) == [1, 2, 3]
    assert order(100, 100, 100) == [1, 2, 3]
