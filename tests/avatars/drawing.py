# SPDX-License-Identifier: Apache-2.0
"""Small pictures for the tests of this room, drawn from a seed so that no test reads outside data."""

import io

import numpy as np
from PIL import Image, ImageDraw


def scene(seed, side=256):
    """A photo-like picture: light, blurred shapes at three scales, and grain."""
    rng = np.random.default_rng(seed)
    total = np.zeros((side, side, 3))
    for cells, strength in ((3, 90), (7, 60), (17, 40), (40, 20)):
        coarse = rng.normal(0, 1, (cells, cells, 3)) @ np.array([[1, 0.7, 0.5], [0.3, 0.5, 0.3], [0.1, 0.2, 0.5]])
        layer = [Image.fromarray(coarse[:, :, band].astype(np.float32)).resize((side, side), Image.Resampling.BICUBIC) for band in range(3)]
        total += strength * np.stack([np.asarray(each) for each in layer], axis=2)
    total += rng.normal(0, 4, (side, side, 1))
    return Image.fromarray(np.clip(120 + 0.5 * total, 0, 255).astype(np.uint8), "RGB")


def cartoon(seed, side=256):
    """A graphic: plain shapes in few colours on plain ground."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (side, side), tuple(rng.integers(150, 255, 3).tolist()))
    draw = ImageDraw.Draw(picture)
    for _ in range(7):
        x, y = rng.uniform(0.05, 0.7, 2) * side
        width, height = rng.uniform(0.1, 0.5, 2) * side
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + width, y + height), fill=tuple(rng.integers(0, 255, 3).tolist()))
    return picture


def encoded(picture, kind="JPEG", **options):
    """The picture as a file."""
    target = io.BytesIO()
    picture.save(target, kind, **({"quality": 60} | options if kind in {"JPEG", "WEBP"} else options))
    return target.getvalue()


def animation(pictures, kind="GIF", **options):
    """Several pictures as one animated file."""
    target = io.BytesIO()
    pictures[0].save(target, kind, save_all=True, append_images=pictures[1:], duration=options.pop("duration", 100), loop=0, **options)
    return target.getvalue()
