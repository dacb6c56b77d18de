# SPDX-License-Identifier: Apache-2.0
"""Two small drawings as SVG text: curves over a logarithmic axis, and bars by name.

Written by hand so that the report needs no plotting library and a changed number changes one line of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

_COLOURS = ("#0b6e4f", "#d1495b", "#edae49", "#3d5a80", "#8d6a9f", "#6b705c")
_INK, _GRID = "#222222", "#dddddd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One named curve: points (rate above 0, share 0..1)."""

    name: str
    points: Sequence[tuple[float, float]]


def _text(x: float, y: float, words: str, *, anchor: str = "middle", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{_INK}">{escape(words)}</text>'


def _page(wide: int, high: int, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" font-family="sans-serif">'
    return "\n".join([head, f'<rect width="{wide}" height="{high}" fill="#ffffff"/>', *parts, "</svg>"]) + "\n"


def curves(title: str, lines: Sequence[Line], *, lowest: float = 1e-6, highest: float = 1e-1) -> str:
    """Recall against false alerts per pair, the latter on a logarithmic axis."""
    wide, high, left, top, right, bottom = 720, 420, 70, 44, 180, 56
    across, down = wide - left - right, high - top - bottom

    def at(rate: float, share: float) -> tuple[float, float]:
        place = (log10(rate) - log10(lowest)) / (log10(highest) - log10(lowest))
        return left + across * place, top + down * (1 - share)

    parts = [_text(left, 24, title, anchor="start", size=16)]
    for step in range(6):
        y = top + down * step / 5
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + across}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(_text(left - 8, y + 4, f"{100 - 20 * step} %", anchor="end"))
    for exponent in range(round(log10(lowest)), round(log10(highest)) + 1):
        x, _ = at(10.0**exponent, 0)
        parts.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + down}" stroke="{_GRID}"/>')
        parts.append(_text(x, top + down + 18, f"1e{exponent}"))
    parts.append(_text(left + across / 2, high - 14, "false alerts per unrelated pair"))
    for place, line in enumerate(lines):
        colour = _COLOURS[place % len(_COLOURS)]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(rate, share) for rate, share in line.points))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{3 if place == 0 else 1.8}"/>')
        start, level = left + across + 14, top + 14 + 22 * place
        parts.append(f'<rect x="{start}" y="{level - 6}" width="24" height="4" fill="{colour}"/>')
        parts.append(_text(start + 30, level, line.name, anchor="start"))
    return _page(wide, high, parts)


def bars(title: str, rows: Sequence[tuple[str, Sequence[float]]], names: Sequence[str]) -> str:
    """For every row one bar per name, shares 0..1."""
    thick, gap, left, top = 7, 7, 210, 64
    each = thick * len(names) + gap
    wide, high = 760, top + each * len(rows) + 20
    across = wide - left - 60
    parts = [_text(16, 24, title, anchor="start", size=16)]
    for place, name in enumerate(names):
        start = left + 130 * place
        parts.append(f'<rect x="{start}" y="38" width="12" height="12" fill="{_COLOURS[place % len(_COLOURS)]}"/>')
        parts.append(_text(start + 18, 48, name, anchor="start"))
    for step in range(6):
        x = left + across * step / 5
        parts.append(f'<line x1="{x:.1f}" y1="{top - 4}" x2="{x:.1f}" y2="{high - 16}" stroke="{_GRID}"/>')
    for row, (label, shares) in enumerate(rows):
        line = top + each * row
        parts.append(_text(left - 8, line + each / 2, label.replace("_", " "), anchor="end"))
        for place, share in enumerate(shares):
            colour = _COLOURS[place % len(_COLOURS)]
            parts.append(
                f'<rect x="{left}" y="{line + thick * place}" width="{max(1.0, across * share):.1f}" height="{thick}" fill="{colour}"/>'
            )
        parts.append(_text(left + across * max(shares) + 6, line + thick, f"{100 * shares[0]:.0f} %", anchor="start", size=10))
    return _page(wide, high, parts)
