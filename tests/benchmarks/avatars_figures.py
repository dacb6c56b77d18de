# SPDX-License-Identifier: Apache-2.0
"""Draws the figure of docs/avatars.md, what the pipeline does to one pair: python -m tests.benchmarks.avatars_figures."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from transferguard.avatars import Window, compare_avatars, fingerprint_avatar
from transferguard.avatars.first_look import lay_out, look
from transferguard.avatars.pairing import _windows
from transferguard.testing.pictures import draw_portrait

FIGURES = Path(__file__).resolve().parents[2] / "docs" / "avatars"
PANEL = 260
"""Pixels of one panel."""


def _pixels(box: Window, side: int) -> tuple[int, int, int, int]:
    """A window of fractions in pixels of a square picture."""
    return round(box.left * side), round(box.top * side), round(box.right * side), round(box.bottom * side)


def _file(picture):
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=60)
    return target.getvalue()


def _outlined(picture, quads, colours):
    shown = picture.resize((PANEL, PANEL), Image.Resampling.BICUBIC).convert("RGB")
    draw = ImageDraw.Draw(shown)
    for quad, ink in zip(quads, colours, strict=True):
        draw.polygon([(x * PANEL, y * PANEL) for x, y in quad], outline=ink, width=3)
    return shown


def _quad(matrix):
    return [tuple(matrix @ np.array([x, y, 1.0])) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]


def pipeline():
    """Original, disguised copy, the views that met, and the part that both share."""
    original = draw_portrait(7).convert("RGB").resize((400, 400))
    turned = original.rotate(6, Image.Resampling.BICUBIC).crop((40, 50, 350, 360))
    copy = ImageOps.expand(ImageOps.mirror(turned), 30, "goldenrod").resize((160, 160))
    ours, theirs = fingerprint_avatar(_file(copy)), fingerprint_avatar(_file(original))
    query, plane = ours.planes[0], theirs.planes[0]
    found = look(query, lay_out((plane,)), per_plane=3)
    inks = ("deepskyblue", "magenta", "yellow")
    met = [
        _outlined(copy, [_quad(window) for window in _windows([query] * len(found.plane), found.query_view)], inks[: len(found.plane)]),
        _outlined(original, [_quad(window) for window in _windows([plane] * len(found.plane), found.shelf_view)], inks[: len(found.plane)]),
    ]
    change = compare_avatars(ours, theirs).changes[0]
    parts = [
        picture.crop(_pixels(box, picture.width)).resize((PANEL, PANEL))
        for picture, box in ((copy, change.window), (original, change.other_window))
    ]
    sheet = Image.new("RGB", (4 * PANEL + 50, PANEL + 20), "white")
    for place, panel in enumerate([*met, *parts]):
        sheet.paste(panel, (10 + place * (PANEL + 10), 10))
    sheet.save(FIGURES / "pipeline.png", optimize=True)


def main():
    """Draw it."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    pipeline()


if __name__ == "__main__":
    main()
