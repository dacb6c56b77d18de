# SPDX-License-Identifier: Apache-2.0
"""The speed part of the report for readers, from the measured rows alone."""

from __future__ import annotations

from collections.abc import Callable
from math import log10
from typing import Any

from tests.benchmarks.report_names_tables import table

Result = dict[str, Any]

GOAL_FACTOR = 10.0
"""How many times faster than the script a decision against 1,000 contacts should be."""

GOALS = (
    (1_000, "again_median_ms", "compared before, median", 1.0),
    (1_000, "again_p99_ms", "compared before, p99", 5.0),
    (1_000, "new_median_ms", "new recipient, median", 30.0),
    (5_000, "new_p99_ms", "new recipient, p99", 120.0),
)
"""Contacts, figure, what it is, and milliseconds that it should not exceed."""


def markdown(result: Result) -> str:
    """The speed part of `docs/benchmarks.md`."""
    rows = []
    for row in result["decisions"]:
        script = _script(result, row["size"])
        rows.append(
            [
                f"{row['size']:,}",
                {"guard": "transferguard", "script": "afternoon script"}[row["side"]],
                f"{row['median_ms']:.2f}",
                f"{row['p99_ms']:.2f}",
                f"{script['median_ms'] / row['median_ms']:.1f}",
                f"{row['peak_mb']:.0f}",
                f"{100 * row['caught']:.0f}",
                f"{100 * row['false_alerts']:.1f}",
            ]
        )
    head = ["contacts", "", "median, ms", "p99, ms", "times faster", "peak memory, MB", "copies caught, %", "false alerts, %"]
    starts = [[what, f"{milliseconds:.0f}"] for what, milliseconds in result["start_ms"].items()]
    return (
        "## What one decision costs\n\nOne run, the same people on both sides, checked in turn: honest newcomers and copies of contacts, "
        "none of them compared before, small first transfers. The guard's time is the whole `check` on a SQLite file, the script's its "
        "loop alone; both have their hashes computed ahead. Caught: an alert names the copied contact. "
        f"{result['machine']}, seed {result['seed']}, {result['seconds']} s.\n\n"
        + table(head, rows)
        + "\n\n"
        + table(["in a fresh process", "ms"], starts)
        + "\n\n"
        + _growth(result)
    )


def _growth(result: Result) -> str:
    rows = [
        [
            f"{row['size']:,}",
            f"{row['first_ms']:.0f}",
            f"{row['new_median_ms']:.1f}",
            f"{row['new_p99_ms']:.1f}",
            f"{row['again_median_ms']:.1f}",
            f"{row['again_p99_ms']:.1f}",
            f"{row['again_median_cpu_ms']:.1f}",
            f"{row['memory_median_ms']:.2f}" if "memory_median_ms" in row else "",
            f"{row['memory_p99_ms']:.1f}" if "memory_p99_ms" in row else "",
            f"{row['circle_mb']:.0f}",
        ]
        for row in result["growth"]
    ]
    head = ["contacts", "first check of a sender, ms", "new recipient: median, ms", "p99, ms"]
    head += ["compared before: median, ms", "p99, ms", "of it processor, ms"]
    head += ["the same without a file: median, ms", "p99, ms", "cached circle, MB"]
    made = result["throughput"]
    return (
        "### How it grows\n\nA running process per circle. New: a recipient whom nobody compared with the circle yet. Compared before: by "
        "an earlier check, or ahead by `Guard.prepare`; what is left is asking the SQLite file, deciding, and keeping it durably. "
        "Without a file: the same where directory and store answer from memory, as the script's do. The first "
        "contacts wear paintings, the others fingerprints mixed from these.\n\n"
        + table(head, rows)
        + f"\n\n{made['processes']} processes on one file, recipients compared before, {made['size']:,} contacts: "
        f"{made['per_second']:,.0f} decisions a second.\n"
    )


def shortfalls(result: Result) -> list[str]:
    """Promises that this run does not keep."""
    found = []
    for row in result["decisions"]:
        factor = _script(result, row["size"])["median_ms"] / row["median_ms"]
        if row["side"] == "guard" and factor < GOAL_FACTOR:
            found.append(f"{factor:.1f} of {GOAL_FACTOR:g} times faster than the script at {row['size']:,} contacts")
    for row in result["growth"]:
        found += [
            f"{what}: {row[key]:.1f} ms at {row['size']:,} contacts ({goal:g})"
            for size, key, what, goal in GOALS
            if row["size"] == size and row[key] > goal
        ]
    return found


def _script(result: Result, size: int) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in result["decisions"] if row["side"] == "script" and row["size"] == size)
    return found


_WIDE, _LEFT, _ROW = 720, 190, 34


def plots(result: Result) -> dict[str, str]:
    """One drawing: median and 99th percentile of either side, on a logarithmic axis of milliseconds."""
    rows = result["decisions"]
    low = min(0.1, *(row["median_ms"] for row in rows))
    high = max(1_000.0, *(row["p99_ms"] for row in rows))

    def at(milliseconds: float) -> float:
        return _LEFT + (_WIDE - _LEFT - 30) * (log10(milliseconds) - log10(low)) / (log10(high) - log10(low))

    tall = 60 + _ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {tall}" width="{_WIDE}" height="{tall}" font-family="sans-serif">',
        f'<rect width="{_WIDE}" height="{tall}" fill="#ffffff"/>',
        '<text x="20" y="28" font-size="16" fill="#222222">One decision: median (dot) to 99th percentile</text>',
    ]
    for milliseconds in (0.1, 1.0, 10.0, 100.0, 1_000.0):
        if low <= milliseconds <= high:
            x = at(milliseconds)
            parts.append(f'<line x1="{x:.1f}" y1="46" x2="{x:.1f}" y2="{tall - 36}" stroke="#dddddd"/>')
            parts.append(f'<text x="{x:.1f}" y="{tall - 16}" font-size="12" text-anchor="middle" fill="#222222">{milliseconds:g} ms</text>')
    for place, row in enumerate(rows):
        y = 66 + _ROW * place
        colour = "#0b6e4f" if row["side"] == "guard" else "#d1495b"
        label = f"{'transferguard' if row['side'] == 'guard' else 'script'}, {row['size']:,}"
        parts.append(f'<text x="{_LEFT - 14}" y="{y + 4}" font-size="13" text-anchor="end" fill="#222222">{label}</text>')
        ends = f'x1="{at(row["median_ms"]):.1f}" x2="{at(row["p99_ms"]):.1f}" y1="{y}" y2="{y}"'
        parts.append(f'<line {ends} stroke="{colour}" stroke-width="5" stroke-linecap="round" opacity="0.45"/>')
        parts.append(f'<circle cx="{at(row["median_ms"]):.1f}" cy="{y}" r="6" fill="{colour}"/>')
    return {"decision-speed.svg": "\n".join([*parts, "</svg>"]) + "\n", "decision-growth.svg": _growth_plot(result)}


_LINES = (
    ("first_ms", "first check of a sender", "#7d5ba6"),
    ("new_p99_ms", "new recipient, p99", "#d1495b"),
    ("new_median_ms", "new recipient, median", "#edae49"),
    ("again_median_ms", "compared before, median", "#0b6e4f"),
)
_TALL, _TOP, _BOTTOM, _RIGHT = 420, 50, 50, 190


def _growth_plot(result: Result) -> str:
    """Milliseconds over contacts, both on logarithmic axes."""
    rows = result["growth"]
    values = [row[key] for row in rows for key, _, _ in _LINES]
    across, up = _scale([row["size"] for row in rows], 70, _WIDE - _RIGHT), _scale(values, _TALL - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_TALL}" width="{_WIDE}" height="{_TALL}" font-family="sans-serif">',
        f'<rect width="{_WIDE}" height="{_TALL}" fill="#ffffff"/>',
        '<text x="20" y="28" font-size="16" fill="#222222">One decision, by contacts in the circle</text>',
    ]
    for milliseconds in (1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0):
        if min(values) <= milliseconds <= max(values):
            y = up(milliseconds)
            parts.append(f'<line x1="70" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
            parts.append(f'<text x="62" y="{y + 4:.1f}" font-size="12" text-anchor="end" fill="#222222">{milliseconds:,g} ms</text>')
    for row in rows:
        x = across(row["size"])
        parts.append(f'<text x="{x:.1f}" y="{_TALL - 24}" font-size="12" text-anchor="middle" fill="#222222">{row["size"]:,}</text>')
    for key, label, colour in _LINES:
        points = " ".join(f"{across(row['size']):.1f},{up(row[key]):.1f}" for row in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(f'<text x="{_WIDE - _RIGHT + 10}" y="{up(rows[-1][key]) + 4:.1f}" font-size="12" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _scale(values: list[float], start: float, end: float) -> Callable[[float], float]:
    """Where a value lies between the two ends of a logarithmic axis."""
    low, high = log10(min(values)), log10(max(values))
    return lambda value: start + (end - start) * (log10(value) - low) / (high - low)
