# SPDX-License-Identifier: Apache-2.0
"""What the first bytes say, before any decoder sees them."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.avatars.drawing import animation, encoded, scene
from transferguard.avatars.container import MAX_BYTES, MAX_SCANS, Format, exif_orientation, open_container
from transferguard.errors import AvatarError, BrokenPicture, UnsafePicture


@pytest.mark.parametrize(
    ("kind", "options", "found"),
    [
        ("JPEG", {}, Format.JPEG),
        ("JPEG", {"progressive": True}, Format.JPEG),
        ("PNG", {}, Format.PNG),
        ("GIF", {}, Format.GIF),
        ("WEBP", {}, Format.WEBP),
        ("WEBP", {"lossless": True}, Format.WEBP),
    ],
)
def test_the_declared_size_is_read_from_every_allowed_format(kind, options, found):
    """Width and height come from the container itself, before Pillow is asked."""
    container = open_container(encoded(scene(1).resize((70, 50)), kind, **options))

    assert (container.format, container.width, container.height) == (found, 70, 50)


def test_an_extended_webp_declares_its_canvas():
    """An animated WebP has its size in another place."""
    container = open_container(animation([scene(1).resize((70, 50)), scene(2).resize((70, 50))], "WEBP"))

    assert (container.width, container.height) == (70, 50)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PPM", "ICO"])
def test_a_format_off_the_list_is_refused_whatever_it_is_called(kind):
    """Only four decoders are ever reached."""
    with pytest.raises(UnsafePicture, match="format"):
        open_container(encoded(scene(1, 32), kind))


def test_no_bytes_are_no_picture():
    """An empty file is broken, not unsafe."""
    with pytest.raises(BrokenPicture, match="empty"):
        open_container(b"")


def test_too_many_bytes_are_refused_before_they_are_read():
    """Bytes are capped first."""
    with pytest.raises(UnsafePicture, match="bytes"):
        open_container(b"\xff\xd8\xff" + bytes(MAX_BYTES))


def _png_header(width, height):
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize(
    "data",
    [
        _png_header(50_000, 50_000),
        _png_header(4097, 10),
        _png_header(4000, 4000),
        b"GIF89a" + struct.pack("<HHB", 65_535, 65_535, 0),
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\xff\xff\xff\xff\xff\xff",
        b"\xff\xd8\xff\xc0" + struct.pack(">HBHH", 17, 8, 65_535, 65_535),
        b"\xff\xd8\xff\xc2" + struct.pack(">HBHH", 17, 8, 4_000, 4_000),
    ],
)
def test_a_bomb_is_refused_by_what_it_declares(data):
    """Pixels are capped before anything is decoded."""
    with pytest.raises(UnsafePicture, match="pixels"):
        open_container(data)


def test_a_jpeg_of_endless_scans_is_refused():
    """Each scan of a progressive JPEG costs a pass over the whole picture."""
    with pytest.raises(UnsafePicture, match="scans"):
        open_container(b"\xff\xd8\xff\xc2" + struct.pack(">HBHH", 17, 8, 10, 10) + b"\xff\xda" * (MAX_SCANS + 1))


def test_a_picture_without_pixels_is_broken():
    """A width of zero is no picture."""
    with pytest.raises(BrokenPicture, match="no pixels"):
        open_container(_png_header(0, 9))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff\xe0\x00\x04\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"RIFF\0\0\0\0WEBPVP8L",
        b"RIFF\0\0\0\0WEBPnone" + bytes(20),
    ],
)
def test_a_header_that_ends_early_is_broken(data):
    """No index or struct error escapes."""
    with pytest.raises(BrokenPicture):
        open_container(data)


def test_fill_bytes_and_bare_markers_before_a_frame_are_allowed():
    """T.81 allows any number of fill bytes before a marker."""
    container = open_container(b"\xff\xd8\xff\xff\xff\x01\xff\xc0" + struct.pack(">HBHH", 17, 8, 12, 34))

    assert (container.width, container.height) == (34, 12)


def test_text_and_profiles_of_a_png_never_reach_the_decoder():
    """Compressed text may inflate to megabytes; only chunks that make pixels are kept."""
    plain = encoded(scene(1, 32), "PNG")
    chunk = b"zTXt" + b"k\0\0" + zlib.compress(bytes(900_000))
    bomb = plain[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + plain[33:]

    assert open_container(bomb).data == plain


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8"])
)
def test_any_bytes_end_in_a_container_or_a_typed_error(tail, head):
    """Nothing but an AvatarError escapes the header."""
    try:
        container = open_container(head + tail)
    except AvatarError:
        return
    assert container.width >= 1
    assert container.height >= 1


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_read_in_both_byte_orders(order, orientation):
    """Cameras write either."""
    tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IHHHIHH", 8, 1, 0x0112, 3, 1, orientation, 0)

    assert exif_orientation(b"Exif\0\0" + tiff) == orientation
    assert exif_orientation(tiff) == orientation


@pytest.mark.parametrize(
    "exif",
    [
        None,
        "text",
        b"",
        b"Exif\0\0nonsense",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0" + struct.pack("<IH", 8, 9),
        b"II*\0" + struct.pack("<IHHHIHH", 8, 1, 0x0112, 3, 1, 99, 0),
        b"II*\0" + struct.pack("<IHHHIHH", 8, 1, 0x0100, 3, 1, 6, 0),
    ],
)
def test_damaged_exif_counts_as_upright(exif):
    """Metadata never makes a picture undecodable."""
    assert exif_orientation(exif) == 1


def test_pillow_and_we_agree_on_orientation():
    """The reader of our own is checked against the library's."""
    exif = Image.Exif()
    exif[0x0112] = 6

    assert exif_orientation(exif.tobytes()) == 6


def test_a_gif_that_ends_within_a_frame_has_the_size_of_its_screen():
    """A torn descriptor says nothing; the decoder will refuse the rest."""
    torn = b"GIF89a" + struct.pack("<HHB", 20, 10, 0) + b"\0\0" + b"\x2c" + bytes(4)

    assert (open_container(torn).width, open_container(torn).height) == (20, 10)
