# SPDX-License-Identifier: Apache-2.0
"""A drawing of stated against true shares: on the diagonal a probability says what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

_SIDE, _LEFT, _TOP = 340, 70, 44
_ALLOWED = 0.05
"""Points by which a bin may miss: the promise of the decision, as a band."""


def reliability_plot(bins: Sequence[Mapping[str, Any]], *, skill: float) -> str:
    """One dot per bin, as large as the bin is full, with the band within which it should lie.

    Args:
        bins: Rows with `stated`, `true` and `count`.
        skill: Brier skill over the base rate.
    """

    def at(stated: float, true: float) -> tuple[float, float]:
        return _LEFT + _SIDE * stated, _TOP + _SIDE * (1 - true)

    wide, high = _LEFT + _SIDE + 40, _TOP + _SIDE + 60
    corners = [at(0, 0), at(0, _ALLOWED), at(1 - _ALLOWED, 1), at(1, 1), at(1, 1 - _ALLOWED), at(_ALLOWED, 0)]
    band = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" font-family="sans-serif">',
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="26" font-size="16" fill="#222222">Half attacks: Brier skill {skill}</text>',
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#dddddd"/>',
        f'<polygon points="{band}" fill="#0b6e4f" opacity="0.12"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = at(tenth / 10, tenth / 10)
        label = f'font-size="12" fill="#222222">{10 * tenth} %</text>'
        parts.append(f'<text x="{x:.1f}" y="{_TOP + _SIDE + 18}" text-anchor="middle" {label}')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" {label}')
    most = max((row["count"] for row in bins), default=1)
    for row in bins:
        x, y = at(row["stated"], row["true"])
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 9 * sqrt(row["count"] / most):.1f}" fill="#d1495b" opacity="0.8"/>')
    middle = _LEFT + _SIDE / 2
    parts.append(f'<text x="{middle}" y="{high - 18}" font-size="12" text-anchor="middle" fill="#222222">stated probability</text>')
    turned = f'transform="rotate(-90 18 {_TOP + _SIDE / 2})"'
    parts.append(
        f'<text x="18" y="{_TOP + _SIDE / 2}" font-size="12" text-anchor="middle" fill="#222222" {turned}>true share of attacks</text>'
    )
    return "\n".join([*parts, "</svg>"]) + "\n"
