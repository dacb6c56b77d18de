# SPDX-License-Identifier: Apache-2.0
"""The picture part of the report for readers: tables in Markdown and drawings in SVG, from the measured rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.benchmarks.pictures_measure import ALL_ATTACKS, MEANS, READ_AT
from tests.benchmarks.pictures_plot import Line, bars, curves
from tests.benchmarks.pictures_statistics import RATES

Result = dict[str, Any]

_OURS = "transferguard"
_ANY = -1e9
"""Below every likeness: unrelated pairs were plausible less often than allowed, so that every hit alerts."""

_WANTED_PHOTOS, _WANTED_GRAPHICS = 0.95, 0.85
"""Recall per attack at one false pair in 10,000 that we promise ourselves."""


def _percent(row: dict[str, Any], *, interval: bool = True) -> str:
    if not row["trials"]:
        return "-"
    text = f"{100 * row['value']:.0f}"
    return f"{text} ({100 * row['low']:.0f}-{100 * row['high']:.0f})" if interval else text


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join("" if cell is None else str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _only(rows: list[dict[str, Any]], **wanted: object) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def markdown(result: Result) -> str:
    """The picture part of `docs/benchmarks.md`."""
    parts = [_head(result)]
    for pictures in result["sets"]:
        parts += [_means(result, pictures["set"]), _attacks(result, pictures["set"])]
    parts += [_weak_spots(result), _alerts(result), _situations(result), _weights(result), _cost(result), _limits()]
    return "\n\n".join(parts) + "\n"


def _head(result: Result) -> str:
    machine = result["machine"]
    lines = ["## Pictures: recall by attack, false alerts by situation, cost", ""]
    lines.append(
        f"Run `{result['scale']}`, seed {result['seed']}, version {result['version']}, {machine['cores']} cores {machine['architecture']}, "
        f"Python {machine['python']}, numpy {machine['numpy']}, Pillow {machine['pillow']}, {result['seconds']} s. "
        "Thresholds are set on the check part and read on the report part; pictures and attack parameters of the two parts are disjoint. "
        "Intervals (95 %) come from resampling pictures."
    )
    if result["scale"] != "full":
        lines += ["", "**This is a sample run: it shows that the benchmark works, and nothing about the engine.**"]
    lines.append("")
    for pictures in result["sets"]:
        sources = ", ".join(f"{name} {count}" for name, count in sorted(pictures["sources"].items(), key=lambda item: -item[1]))
        lines.append(
            f"* {pictures['set']}: {pictures['check']} for thresholds, {pictures['report']} for the report "
            f"({pictures['unrelated_pairs']:,} unrelated pairs), {pictures['originals']} of them copied by every attack; "
            f"{pictures['declined_as_flat']} declined as too flat and left out for everybody. Report part: {sources}. "
            f"The engine takes {pictures['seen_as_photo']} of them for photos."
        )
    return "\n".join(lines)


def _peers(result: Result) -> list[str]:
    return list(dict.fromkeys(row["peer"] for row in result["recall"]))


def _means(result: Result, pictures: str) -> str:
    rows = []
    for peer in _peers(result):
        for mean in MEANS if peer == _OURS else (ALL_ATTACKS,):
            found = _only(result["recall"], set=pictures, peer=peer, attack=mean)
            rows.append([peer, mean, *(_percent(row) for row in found)])
    head = ["recall, %", "", *(f"at {rate:.0e} per pair" for rate in RATES)]
    return f"### {pictures.capitalize()}: mean over all attacks\n\n" + _table(head, rows)


def _attacks(result: Result, pictures: str) -> str:
    names = _peers(result)
    ours = {rate: {row["attack"]: row for row in _only(result["recall"], set=pictures, peer=_OURS, rate=rate)} for rate in RATES}
    others = {peer: {row["attack"]: row for row in _only(result["recall"], set=pictures, peer=peer, rate=READ_AT)} for peer in names[1:]}
    rows = []
    for attack, row in ours[READ_AT].items():
        if attack not in MEANS:
            cells = [_percent(ours[RATES[0]][attack], interval=False), _percent(row), _percent(ours[RATES[2]][attack], interval=False)]
            rows.append(
                [attack.replace("_", " "), row["kind"], *cells, *(_percent(others[peer][attack], interval=False) for peer in names[1:])]
            )
    head = ["attack", "class", *(f"ours at {rate:.0e}" for rate in RATES), *(f"{peer} at 1e-04" for peer in names[1:])]
    return f"### {pictures.capitalize()}: attack by attack, recall in %\n\n" + _table(head, rows)


def _weak_spots(result: Result) -> str:
    lines = ["### Where it falls short", ""]
    for pictures, wanted in (("photos", _WANTED_PHOTOS), ("graphics", _WANTED_GRAPHICS)):
        found = [
            row
            for row in _only(result["recall"], set=pictures, peer=_OURS, rate=READ_AT)
            if row["value"] < wanted and row["attack"] not in MEANS
        ]
        spots = ", ".join(
            f"{row['attack'].replace('_', ' ')} {100 * row['value']:.0f}" for row in sorted(found, key=lambda row: row["value"])
        )
        lines.append(f"* {pictures}, below {100 * wanted:.0f} % at one false pair in 10,000: {spots or 'none'}.")
    return "\n".join(lines)


def _alerts(result: Result) -> str:
    rows = []
    for row in result["alerts"]:
        if row["peer"] != _OURS and row["rate"] != READ_AT:
            continue
        wanted = "10 bits" if row["rate"] is None else f"{row['rate']:.0e}"
        share = f"{100 * row['value']:.2f} % ({100 * row['low']:.2f}-{100 * row['high']:.2f})"
        if "pair" in row["per"]:
            share = f"{row['value']:.1e} ({row['low']:.0e}-{row['high']:.0e})"
        least = row["threshold"] if row["threshold"] > _ANY else "any hit"
        rows.append([row["set"], row["peer"], wanted, least, row["per"], share])
    text = (
        "### False alerts that came true on the report part\n\n"
        "A disguised stranger wears somebody else's picture with the same frame, screenshot or badge as an attack has. "
        "Neighbours in one photograph share light, colour and texture and not one pixel; they count neither as copies nor as unrelated.\n\n"
    )
    return text + _table(["set", "peer", "threshold set for", "least score", "per", "share that alerts"], rows)


def _situations(result: Result) -> str:
    names = _peers(result)
    rows = []
    for situation in dict.fromkeys(row["situation"] for row in result["situations"]):
        found = {row["peer"]: row for row in _only(result["situations"], situation=situation)}
        ours = found[_OURS]
        cells = [f"{100 * ours[key]:.0f}" for key in ("unavailable", "strong", "when_popular")]
        cells.insert(1, _percent(ours))
        rows.append(
            [
                situation.replace("_", " "),
                "yes" if ours["same_picture"] else "no",
                *cells,
                *(_percent(found[peer], interval=False) for peer in names[1:]),
            ]
        )
    head = [
        "situation",
        "one picture",
        "ours: too flat",
        "ours: alerts",
        "ours: 10 bits or more",
        "ours: with 1,000 known wearers",
        *names[1:],
    ]
    text = "### Honest situations: share of pairs that alert, in %, at one false pair in 10,000\n\n"
    return text + _table(head, rows)


def _weights(result: Result) -> str:
    rows = [
        [row["set"], f"{row['over']:.0f}-{row['to']:.0f}", row["copies"], row["unrelated"], row["claimed_bits"], row["measured_bits"]]
        for row in result["weights"]
    ]
    text = (
        "### Do the weights say what they claim?\n\n"
        "Measured: log2 of the share of copies over the share of unrelated pairs in this band. "
        "Where no unrelated pair fell into a band, it is a lower bound.\n\n"
    )
    return text + _table(["set", "band, bits", "copies", "unrelated pairs", "claimed, mean", "measured"], rows)


def _cost(result: Result) -> str:
    sizes = [key for key in result["cost"][0] if key.startswith("search_")]
    rows = [[row["peer"], row["enrol_ms"], row.get("kept_bytes"), *(row.get(key) for key in sizes)] for row in result["cost"]]
    head = ["peer", "enrol a 640 px JPEG, ms", "bytes kept", *(f"search {key.split('_')[1]} contacts, ms" for key in sizes)]
    used = result["decode_memory_mb"]
    memory = "A PNG of 2,800 x 2,800 pixels " + ("was refused." if used is None else f"took {used} MB above baseline to fingerprint.")
    return f"### Cost (medians of wall time, nothing else running)\n\n{_table(head, rows)}\n\n{memory}"


def _limits() -> str:
    return (
        "### What this cannot show\n\n"
        "The photographs are few and of nature; portraits are painted, and painted portraits resemble each other more than real ones "
        "and are smoother. Attacks are ours: a thief may find another. Another photo of the same person is not seen by any of these "
        "methods, and is not measured."
    )


def plots(result: Result) -> dict[str, str]:
    """Drawings by file name."""
    drawings = {}
    names = _peers(result)
    for pictures in result["sets"]:
        kind = pictures["set"]
        lines = [
            Line(name=row["peer"], points=[(rate, share) for rate, share in row["points"]]) for row in _only(result["curves"], set=kind)
        ]
        drawings[f"pictures-{kind}-roc.svg"] = curves(f"{kind.capitalize()}: recall over all attacks", lines)
        shown = [names[0], *(name for name in names[1:] if name in {"phash", "PDQ, 8 orientations"})]
        found = {
            peer: {row["attack"]: row["value"] for row in _only(result["recall"], set=kind, peer=peer, rate=READ_AT)} for peer in shown
        }
        rows = [(attack, [found[peer][attack] for peer in shown]) for attack in found[_OURS] if attack not in MEANS[1:]]
        drawings[f"pictures-{kind}-attacks.svg"] = bars(f"{kind.capitalize()}: recall by attack at one false pair in 10,000", rows, shown)
    return drawings
