# SPDX-License-Identifier: Apache-2.0
"""How a picture becomes bytes, the only form in which anything else may see it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def as_jpeg(image: Image.Image, quality: int = 85) -> bytes:
    """The picture as JPEG; quality 1..95, transparency falls on white."""
    out = BytesIO()
    on_white(image).save(out, "JPEG", quality=quality)
    return out.getvalue()


def as_webp(image: Image.Image, quality: int = 80) -> bytes:
    """The picture as lossy WebP; quality 1..100, transparency is kept."""
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


def as_png(image: Image.Image) -> bytes:
    """The picture as PNG, without loss."""
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def as_gif(frames: list[Image.Image], *, milliseconds: int = 300) -> bytes:
    """The pictures as an endless animation; every frame is shown for so long."""
    first, *rest = [on_white(frame).quantize(128) for frame in frames]
    out = BytesIO()
    first.save(out, "GIF", save_all=True, append_images=rest, duration=milliseconds, loop=0)
    return out.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """The picture in plain RGB, as a chat with a white background shows it."""
    if image.mode == "RGB":
        return image
    clear = image.convert("RGBA")
    ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, clear).convert("RGB")
