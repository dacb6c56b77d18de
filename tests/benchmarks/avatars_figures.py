# SPDX-License-Identifier: Apache-2.0
"""Draws the figures of docs/avatars.md: what the pipeline does to one pair, and the curves of the last calibration run.

python -m tests.benchmarks.avatars_figures --split calibrate --seed 2    (what avatars_calibrate measured last)
"""

import argparse
import io
import pickle
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from tests.benchmarks.avatars_calibrate import KINDS, kept, likeness_of, of_copies, of_strangers
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


def curve(strangers, pairs, copies):
    """(false-positive rate, recall) along falling thresholds."""
    ranks = np.unique(np.geomspace(1, len(strangers), 60).astype(int))
    return [(rank / pairs, float(np.mean(copies > strangers[rank - 1]))) for rank in ranks]


def as_svg(lines, title):
    """One plot: false positives per unrelated pair (logarithmic) against recall."""
    width, height, left, bottom = 560, 360, 60, 50
    across = lambda rate: left + (np.log10(max(rate, 1e-6)) + 6) / 4 * (width - left - 20)  # noqa: E731 - one expression
    up = lambda recall: height - bottom - recall * (height - bottom - 30)  # noqa: E731 - one expression
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/><text x="{width / 2}" y="18" text-anchor="middle">{title}</text>',
    ]
    for power in range(-6, -1):
        x = across(10.0**power)
        parts.append(f'<line x1="{x:.0f}" y1="30" x2="{x:.0f}" y2="{height - bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{height - bottom + 18}" text-anchor="middle">1e{power}</text>')
    for tenth in range(0, 11, 2):
        y = up(tenth / 10)
        parts.append(f'<line x1="{left}" y1="{y:.0f}" x2="{width - 20}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{tenth * 10} %</text>')
    parts.append(f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">false positives per unrelated pair</text>')
    for place, (name, ink, points) in enumerate(lines):
        path = " ".join(f"{across(rate):.1f},{up(recall):.1f}" for rate, recall in points if rate <= 1e-2)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts.append(f'<text x="{width - 200}" y="{height - bottom - 40 + 16 * place}" fill="{ink}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def curves(split, seed):
    """Recall along the false positives of the same part, by kind; the models were fitted on another."""
    data = kept(split, seed, fresh=False)
    fitted = Path(tempfile.gettempdir()) / "transferguard-avatars-fitted.pickle"
    models, _, _ = pickle.loads(fitted.read_bytes())  # noqa: S301 - written by ourselves
    strangers = of_strangers(data, likeness_of(data.of_strangers, models))
    copied = of_copies(data, likeness_of(data.of_copies, models))
    lines = []
    for kind, ink in zip(KINDS, ("#0a5", "#c30"), strict=True):
        pairs = sum(one.kind == kind for one in data.strangers) * len(data.circle)
        unrelated = np.sort([value for row, value in strangers if data.strangers[row.query].kind == kind])[::-1]
        values = np.array([value for found in copied[kind].values() for value, _ in found])
        lines.append((f"{kind}s, {len(values)} copies", ink, curve(unrelated, pairs, values)))
    (FIGURES / "roc.svg").write_text(as_svg(lines, "Copies found among 1,000 contacts, 67 attacks together"), "utf-8")


def main():
    """Draw everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", choices=("calibrate", "report"), default="report")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    FIGURES.mkdir(parents=True, exist_ok=True)
    pipeline()
    curves(asked.split, asked.seed)


if __name__ == "__main__":
    main()
