# SPDX-License-Identifier: Apache-2.0
"""One hypothesis as a drawing: bars that fall or rise from the prior to the total, on one axis of bits.

Dashed lines stand where the policy warns and where it stops, so that one sees which bar carried the sum over; 0 bits are even odds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log2
from typing import Final

from transferguard.decision import Hypothesis
from transferguard.policy import Policy
from transferguard.ui.adding_up import CORRECTION, Column, Line
from transferguard.ui.markup import Markup, element, joined

WIDTH: Final = 860
LABELS: Final = 220
NUMBERS: Final = 74
ROW: Final = 26
TOP: Final = 44
BOTTOM: Final = 30
"""Pixels of the drawing's own grid; the page scales it."""

_BAR: Final = 14
_TICKS: Final = 8
"""About so many numbers on the axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """Bits to pixels."""

    low: float
    high: float

    def x(self, bits: float) -> float:
        """Where so many bits stand."""
        reach = WIDTH - LABELS - NUMBERS
        return round(LABELS + reach * (bits - self.low) / (self.high - self.low), 1)


def waterfall_svg(column: Column, policy: Policy) -> Markup:
    """The drawing of one hypothesis.

    Args:
        column: Its sum.
        policy: Whose thresholds are marked.
    """
    counted = [line for line in column.lines if line.counted]
    total = column.total + column.correction
    if column.correction:
        counted.append(Line(reason=CORRECTION, bits=column.correction, before=column.total, after=total, counted=True))
    begins = policy.threshold
    stops = ("challenge", begins.challenge) if column.hypothesis is Hypothesis.IMPOSTURE else ("delay", begins.delay)
    limits = {name: _bits(probability) for name, probability in (("warn", begins.warn), stops)}
    everything = [0.0, column.prior, total, *(line.after for line in counted), *limits.values()]
    axis = _Axis(low=floor(min(everything)) - 1, high=ceil(max(everything)) + 1)
    bottom = TOP + ROW * (len(counted) + 2)
    rows = [_row(TOP, "before any evidence", column.prior, _bar(axis, TOP, (0.0, column.prior), "prior"))]
    for at, line in enumerate(counted, start=1):
        rows.append(_step(axis, TOP + ROW * at, line))
    last = TOP + ROW * (len(counted) + 1)
    rows.append(_row(last, f"total: probability {column.probability:.4f}", total, _bar(axis, last, (0.0, total), "total")))
    return element(
        "svg",
        element("title", f"Bits for {column.hypothesis.value}: from {column.prior:+.1f} to {total:+.1f}"),
        _grid(axis, bottom),
        *(_limit(axis, bits, name, bottom=bottom, row=at) for at, (name, bits) in enumerate(limits.items())),
        *rows,
        viewBox=f"0 0 {WIDTH} {bottom + BOTTOM}",
        role="img",
        class_="waterfall",
    )


def _step(axis: _Axis, top: int, line: Line) -> Markup:
    bar = _bar(axis, top, (line.before, line.after), "against" if line.bits > 0 else "for")
    x = axis.x(line.before)
    link = element("line", x1=x, x2=x, y1=top - (ROW - _BAR) / 2 - 2, y2=top + 6, class_="link")
    return _row(top, line.reason.replace("_", " "), line.bits, joined(link, bar))


def _row(top: int, label: str, bits: float, bar: Markup) -> Markup:
    return joined(
        element("text", label, x=LABELS - 12, y=top + 17, text_anchor="end", class_="label"),
        bar,
        element("text", f"{bits:+.2f}", x=WIDTH - 6, y=top + 17, text_anchor="end", class_="number"),
    )


def _bar(axis: _Axis, top: int, ends: tuple[float, float], kind: str) -> Markup:
    left, right = sorted((axis.x(ends[0]), axis.x(ends[1])))
    return element(
        "rect", x=left, y=top + (ROW - _BAR) / 2, width=max(1.5, round(right - left, 1)), height=_BAR, rx=2, class_=f"bar {kind}"
    )


def _limit(axis: _Axis, bits: float, name: str, *, bottom: int, row: int) -> Markup:
    x = axis.x(bits)
    return joined(
        element("line", x1=x, x2=x, y1=16, y2=bottom, class_="limit"),
        element("text", name, x=x + (6 if row % 2 else -6), y=27, text_anchor="start" if row % 2 else "end", class_="limit-name"),
    )


def _grid(axis: _Axis, bottom: int) -> Markup:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200) if (axis.high - axis.low) / size <= _TICKS)
    ticks = [bits for bits in range(int(axis.low), int(axis.high) + 1) if bits % step == 0]
    return joined(
        *(
            joined(
                element("line", x1=axis.x(bits), x2=axis.x(bits), y1=TOP - 4, y2=bottom, class_="grid" if bits else "grid even"),
                element("text", f"{bits:+d}" if bits else "0 bits", x=axis.x(bits), y=bottom + 16, text_anchor="middle", class_="tick"),
            )
            for bits in ticks
        )
    )


def _bits(probability: float) -> float:
    return log2(probability / (1 - probability))
