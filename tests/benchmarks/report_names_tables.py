# SPDX-License-Identifier: Apache-2.0
"""The names part of the report for readers, from the measured rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.benchmarks.pictures_plot import bars

Result = dict[str, Any]

OURS = "transferguard"
MAIN = ("chinese", "latin")

GOALS: dict[str, float] = {
    **dict.fromkeys(("same_string", "zero_width", "bidi_marks", "bidi_reversed", "variation_selectors", "tags", "odd_spaces"), 0.995),
    **dict.fromkeys(("width", "mathematical", "overlays", "other_form", "case", "compatibility_forms"), 0.995),
    **dict.fromkeys(("one_foreign_letter", "whole_script", "radicals_and_compatibility", "kana_for_han"), 0.98),
    **dict.fromkeys(("enclosed", "small_capitals", "diacritics", "without_diacritics", "ascii_lookalikes", "emoji", "punctuation"), 0.97),
    **dict.fromkeys(("titles", "digits", "doubled", "dropped", "transposed", "reordered", "pinyin"), 0.97),
    "homophone": 0.97,
    "near_homophone": 0.90,
    "visual_sibling": 0.85,
    "split_characters": 0.90,
    "respelling": 0.80,
    **dict.fromkeys(("wade_giles", "cantonese", "korean_romanisation", "latin_spelling"), 0.75),
    "western_nickname": 0.60,
    "chinese_nickname": 0.50,
    "two_tricks": 0.60,
}
"""What the names engine promised itself per disguise; homophones for names of three characters, 小明 as returned at any weight."""

_LONG_ONLY = frozenset({"homophone", "near_homophone"})
_RETURNED_ONLY = frozenset({"chinese_nickname"})


def percent(row: dict[str, Any] | None, *, digits: int = 0, interval: bool = True) -> str:
    """A share with its interval, in per cent."""
    if row is None or row["value"] is None:
        return ""
    text = f"{100 * row['value']:.{digits}f}"
    return f"{text} ({100 * row['low']:.{digits}f}-{100 * row['high']:.{digits}f})" if interval else text


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join("" if cell is None else str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def safe(name: str) -> str:
    """A name as text that cannot disturb the page: what has no glyph or turns the line is written as its number."""
    shown = "".join(
        sign if sign.isprintable() and sign not in "|`<>\\" and not "\u0590" <= sign <= "\u08ff" else f"\\u{ord(sign):04x}" for sign in name
    )
    return f"`{shown}`"


def measured(row: dict[str, Any]) -> dict[str, Any]:
    """The share to which the promise of this disguise applies."""
    if row["disguise"] in _LONG_ONLY:
        found: dict[str, Any] = row["long_names"]
    else:
        found = row["returned"] if row["disguise"] in _RETURNED_ONLY else row["recall"]
    return found


def markdown(result: Result) -> str:
    """The names part of `docs/benchmarks.md`."""
    parts = [
        _head(result),
        _recall(result),
        _cultures(result),
        _alerts(result),
        _rarity(result),
        _roles(result),
        _speed(result),
        _external(result),
    ]
    return "\n\n".join(parts) + "\n"


def shortfalls(result: Result) -> list[str]:
    """Disguises below their goal, worst first, over the two main cultures and where only others apply over those."""
    found = []
    for row in result["recall"]:
        goal = GOALS.get(row["disguise"])
        rate = measured(row) if goal and row["peer"] == OURS else None
        if goal and rate and rate["value"] is not None and rate["value"] < goal:
            found.append(
                (
                    rate["value"] - goal,
                    f"{row['disguise'].replace('_', ' ')} ({row['culture']}) {100 * rate['value']:.0f} of {100 * goal:g}",
                )
            )
    return [text for _, text in sorted(found)]


def _head(result: Result) -> str:
    lines = [
        "## Names: recall by disguise, false alerts by script",
        "",
        (
            f"Run `{result['scale']}`, seed {result['seed']}, {result['seconds']} s. A circle has 1,000 contacts with the display names "
            f"that people show "
            "(real names, nicknames, English names, shops). For us and for every peer with a score, the threshold per culture is the "
            "one at which on the "
            "check split at most 0.5 % (Chinese), 0.2 % (Latin) or 0.3 % (others) of ordinary strangers raise a finding about a name "
            "that is not simply equal (ours at 0.45 and 0.13 %, so that what is promised holds for fresh people too; so is the ideal "
            "reader's); "
            "recall and false alerts are then read on the report split: other people, other entries of every disguise table. A "
            "name that is equal "
            "once cleaned counts as found whatever its weight, for us as for the peers. Intervals are 95 % (Wilson); those of our "
            "false alerts are widened where several strangers resemble one contact."
        ),
    ]
    if result["scale"] == "sample":
        lines += ["", "**This is a sample run: it shows that the benchmark works, and nothing about the engine.**"]
    elif result["scale"] != "full":
        lines += ["", "**This is a reduced run: few scenes or names, so the intervals are wide. Read them, not the shares.**"]
    return "\n".join(lines)


def _peers(result: Result) -> list[str]:
    return [peer["name"] for peer in result["peers"]]


def _rows(result: Result, culture: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Disguise to peer to row."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in result["recall"]:
        if row["culture"] in {culture, "any"}:
            found.setdefault(row["disguise"], {})[row["peer"]] = row
    return found


def _recall(result: Result) -> str:
    parts = []
    for culture in MAIN:
        lines = []
        for name, by_peer in sorted(_rows(result, culture).items(), key=lambda item: item[1][OURS]["number"]):
            ours = by_peer[OURS]
            goal = GOALS.get(name)
            rate = measured(ours) if "returned" in ours else ours["recall"]
            missed = ours.get("missed")
            lines.append(
                [
                    ours["number"] or "",
                    name.replace("_", " ") + _which(ours),
                    "" if goal is None else f"{100 * goal:g}",
                    percent(rate),
                    _ceiling(ours),
                    _two(ours),
                    *(percent(by_peer[peer]["recall"], interval=False) if peer in by_peer else "" for peer in _peers(result)),
                    f"{safe(missed['seen'])} of {safe(missed['of'])}" if missed else "",
                ]
            )
        head = ["no.", "disguise", "goal", "ours, %", "can be told, %", "bits common/rare", *_peers(result), "one that was missed"]
        parts.append(f"### {culture.capitalize()} names, recall in %\n\n" + table(head, lines))
    weak = shortfalls(result)
    parts.append("### Where names fall short of the goals\n\n" + ("; ".join(weak) + "." if weak else "Nowhere on this run."))
    return "\n\n".join(parts)


def _which(row: dict[str, Any]) -> str:
    """Whose recall stands in the line, where the promise is about names of three characters alone, and that of the shorter ones."""
    if row["disguise"] not in _LONG_ONLY or "short_names" not in row:
        return ""
    return f", three characters and more (two: {percent(row['short_names'], interval=False)} %)"


def _ceiling(row: dict[str, Any]) -> str:
    """What an ideal reader tells, where natural namesakes leave less than everything."""
    found = row.get("ceiling")
    # That reader has one threshold for all disguises: where ours do better, it forbids nothing.
    if found is None or found["value"] is None or not row["recall"]["value"] <= found["value"] < _ALL:
        return ""
    return percent(found, interval=False)


_ALL = 0.985
"""From here on nothing worth telling is forbidden."""


def _two(row: dict[str, Any]) -> str:
    if row.get("bits_common") is None:
        return ""
    return f"{row['bits_common']} / {row['bits_rare']}"


def _cultures(result: Result) -> str:
    cultures = list(dict.fromkeys(row["culture"] for row in result["recall"] if row["culture"] not in {*MAIN, "any"}))
    names = list(dict.fromkeys(row["disguise"] for row in result["recall"] if row["peer"] == OURS and row["culture"] in cultures))
    ours = {(row["disguise"], row["culture"]): row for row in result["recall"] if row["peer"] == OURS}
    lines = [
        [
            name.replace("_", " "),
            *(_of_ceiling(ours[name, culture]) if (name, culture) in ours else "" for culture in cultures),
        ]
        for name in names
    ]
    text = (
        'Behind "of" stands what an ideal reader tells at the same false alerts, where that is less than 98 %: one who knows how often '
        "every name is shown, and whose name a disguise was made from (`tests/benchmarks/names_ceiling.py`). The rest is forbidden "
        "by namesakes. Nothing stands there where that reader, with one threshold for all disguises, tells fewer than we do.\n\n"
    )
    return "### The other seven cultures, our recall in %\n\n" + text + table(["disguise", *cultures], lines)


def _of_ceiling(row: dict[str, Any]) -> str:
    most = _ceiling(row)
    return percent(row["recall"], interval=False) + (f" of {most}" if most else "")


def _alerts(result: Result) -> str:
    lines = [
        [
            row["culture"],
            row["peer"],
            row["threshold"],
            percent(row["alike"], digits=2),
            f"{percent(row['romanised'], digits=2)} at {row['romanised_threshold']:g}" if "romanised" in row else "",
            percent(row["strong"], digits=2) if "strong" in row else "",
            percent(row["namesake"], digits=1, interval=False) if "namesake" in row else "",
        ]
        for row in result["alerts"]
    ]
    text = (
        "### False alerts that came true\n\nShare of ordinary strangers, against 1,000 contacts, who raise a look or sound finding "
        "at the threshold; one about a name in another alphabet at its own (a namesake who writes in the other alphabet is no copy, and "
        "is held apart as a bearer of the very name is); a "
        "finding of any kind at the strong tier (set to 0.05 % on the check split); and who simply bear a name that a contact shows "
        "(first names alone, "
        "English names, 张伟): no name engine can tell those from a copy, only their small weight says so.\n\n"
    )
    head = ["culture", "who", "least score", "look or sound, %", "other alphabet, %", "strong tier, %", "namesakes, %"]
    weights = [
        [culture, *(percent(row["any"], digits=2, interval=False) for row in result["weights"] if row["culture"] == culture)]
        for culture in dict.fromkeys(row["culture"] for row in result["weights"])
    ]
    bits = list(dict.fromkeys(row["weight"] for row in result["weights"]))
    siblings = result["siblings"]
    return (
        text
        + table(head, lines)
        + "\n\nStrangers with any hit of at least so many bits, in %:\n\n"
        + table(["culture", *(f"{weight:g} bits" for weight in bits)], weights)
        + f"\n\nSame surname, same first given character (陈建国, 陈建军), a pair: weak {percent(siblings['weak'], digits=2)} %, "
        f"strong {percent(siblings['strong'], digits=2)} %."
    )


def _rarity(result: Result) -> str:
    rows = [row for row in result["calibration"] if "bin" in row]
    kinds = list(rows[0]["ratio"])
    lines = [[row["culture"], row["bin"], row["true_bits"], *(row["ratio"][kind] for kind in kinds)] for row in rows]
    floods = ", ".join(f"{row['culture']} {row['flood_bits_lost']}" for row in result["calibration"] if "flood_bits_lost" in row)
    return (
        "### Is the stated rarity true?\n\nStated divided by true chance that a random person bears the name, in five bins from "
        "common to rare "
        "(1 is perfect; the goal is within 1.5 with true frequencies and within 3 with learned counts). The truth is that of the "
        "generator.\n\n"
        + table(["culture", "bin", "true bits", *kinds], lines)
        + f"\n\nA thousand more accounts of one identity under a victim's name cost it so many bits: {floods}."
    )


def _roles(result: Result) -> str:
    roles = result["roles"]
    lines = [
        [row["language"], percent(row["found"]), " ".join(safe(title) for title in row["missed"][:8])]
        for row in roles["languages"]
        if row["found"]["trials"]
    ]
    wrong = " ".join(safe(name) for name in roles["wrong"])
    return (
        "### Roles and titles\n\n"
        + table(["language", "found, %", "missed"], lines)
        + f"\n\nOrdinary display names taken for a role: {percent(roles['ordinary'], digits=2)} %. {wrong}"
    )


def _speed(result: Result) -> str:
    keys = ("culture", "size", "median_us", "p99_us", "build_us_per_name", "bytes_per_name", "rapidfuzz_extract_one_us")
    lines = [[row[key] for key in keys] for row in result["speed"]]
    head = ["culture", "contacts", "median, µs", "p99, µs", "build per name, µs", "bytes per name", "rapidfuzz extractOne, µs"]
    return "### Speed of a look-up, in one run\n\n" + table(head, lines)


def _external(result: Result) -> str:
    external = result["external"]
    if "absent" in external:
        return f"### External truth\n\nNot measured: {external['absent']}."
    bench = [
        [row["peer"], row["f1"], row["precision"], row["recall"], row["rows"], "" if "threshold" not in row else round(row["threshold"], 3)]
        for row in external["name_bench"]
    ]
    lists = [
        [row["list"], *(percent(rate, interval=False) for name, rate in row.items() if name != "list")]
        for row in external["transliteration"]
    ]
    peers = [name for name in external["transliteration"][0] if name != "list"]
    return (
        "### External truth\n\n`name_bench.csv`, the rows about persons, every row counted. Peers have the threshold that is best "
        "on these very rows.\n\n"
        + table(["who", "F1", "precision", "recall", "rows", "threshold"], bench)
        + "\n\nOne name in two scripts (transliteration lists), recall in % at a score that one unrelated pair in a hundred reaches:\n\n"
        + table(["list", *peers], lists)
    )


def plots(result: Result) -> dict[str, str]:
    """Drawings by file name."""
    drawn = {}
    for culture in MAIN:
        rows = _rows(result, culture)
        shown = [peer for peer in (OURS, "rapidfuzz WRatio", "ICU skeleton") if any(peer in by_peer for by_peer in rows.values())]
        data = [
            (name, [by_peer[peer]["recall"]["value"] or 0.0 if peer in by_peer else 0.0 for peer in shown])
            for name, by_peer in sorted(rows.items(), key=lambda item: item[1][OURS]["number"])
        ]
        drawn[f"names-{culture}.svg"] = bars(f"{culture.capitalize()} names: recall by disguise", data, shown)
    return drawn
