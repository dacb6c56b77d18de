# SPDX-License-Identifier: Apache-2.0
"""The whole-decision part of the report for readers, from the measured rows alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.decision_calibration import POINTS_OFF
from tests.benchmarks.pictures_plot import Line, curves
from tests.benchmarks.report_names_tables import percent, table
from tests.benchmarks.report_reliability_plot import reliability_plot

Result = dict[str, Any]

ATTACK_GOALS = (
    ("name_and_photo", "challenge", 0.97),
    ("name_and_photo", "warn", 0.99),
    ("name alone, distinctive name, with the context", "warn", 0.90),
    ("photo alone, a photo, with the context", "warn", 0.90),
    ("hijacked_friend", "warn", 0.90),
    ("mule_passes_through", "warn", 0.90),
    ("mule_collects", "warn", 0.90),
    ("mule_with_true_name", "warn", 0.90),
    ("rented_account", "warn", 0.90),
)
"""What the decision promised itself: at which outcome, and how often."""


def markdown(result: Result) -> str:
    """The decision part of `docs/benchmarks.md`."""
    parts = [
        _head(result),
        _headline(result),
        _beside(result),
        _attacks(result),
        _groups(result),
        _honest(result),
        _cultures(result),
        _calibration(result),
    ]
    return "\n\n".join(parts) + "\n"


def shortfalls(result: Result) -> list[str]:
    """Promises that this run does not keep."""
    rows = {row["scenario"]: row for row in result["attacks"]} | {row["group"]: row for row in result["groups"]}
    found = []
    for name, outcome, goal in ATTACK_GOALS:
        rate = rows.get(name, {}).get(outcome, {}).get("value")
        if rate is not None and rate < goal:
            found.append(f"{name.replace('_', ' ')} {100 * rate:.0f} of {100 * goal:.0f} at {outcome}")
    first, every = result["headline"]["first payments"], result["headline"]["all honest transfers"]
    limits = (
        (first["warn"], 0.01, "first payments warned"),
        (first["challenge"], 0.001, "first payments challenged"),
        (every["warn"], 0.001, "honest transfers interrupted"),
    )
    found += [
        f"stated {100 * row['stated']:.0f} %, true {100 * row['true']:.0f} % ({100 * row['true_low']:.0f}-{100 * row['true_high']:.0f}, "
        f"{'so the promise is refuted' if row['promise'] == 'refuted' else 'which neither shows nor refutes the promise'})"
        for row in result["calibration"]["bins"]
        if abs(row["stated"] - row["true"]) > POINTS_OFF
    ]
    found += [f"{what} {100 * rate['value']:.2f} % of at most {100 * limit:g} %" for rate, limit, what in limits if rate["value"] > limit]
    return found


def _peers(result: Result) -> list[str]:
    return [peer["name"] for peer in result["peers"]]


def _peer_cells(row: dict[str, Any], peers: list[str]) -> list[str]:
    return ["" if row["peers"][peer] is None else f"{100 * row['peers'][peer]:.1f}" for peer in peers]


def _head(result: Result) -> str:
    lines = [
        "## The whole decision: honest life and attacks",
        "",
        (
            f"Run `{result['scale']}`, seed {result['seed']}, policy `{result['policy'][:19]}`, {result['scenes']} scenes against "
            f"circles of {result['contacts']:,} "
            f"contacts, {result['seconds']} s. The default policy, the report split. Check: median {result['speed']['median_ms']} ms of "
            f"processor time, p99 {result['speed']['p99_ms']} ms, "
            f"recipients never compared before, index building included. {result['photos']} photographs of others among painted pictures."
        ),
    ]
    if result["scale"] == "sample":
        lines += ["", "**This is a sample run: it shows that the benchmark works, and nothing about the guard.**"]
    elif result["scale"] != "full":
        lines += ["", "**This is a reduced run: few scenes or names, so the intervals are wide. Read them, not the shares.**"]
    return "\n".join(lines)


def _headline(result: Result) -> str:
    peers = _peers(result)
    rows = []
    for name in ("first payments", "all honest transfers"):
        row = result["headline"][name]
        cells = [f"{100 * row['peers'][peer]:.1f}" for peer in peers]
        ours = [percent(row[said], digits=2) for said in ("warn", "challenge", "warn_without_talk")]
        rows.append([name, *ours, row["warn"]["scenes"], *cells])
    quiet = result["headline"]["unchanged recipients with history"]["warn"]
    return (
        "### Honest people disturbed, in %\n\nSituations are weighed by their assumed share of honest life; the interval is that "
        "of as many equal trials as the "
        "weighted scenes are worth. Goals: 1.0 % warned and 0.1 % challenged of first payments, 0.1 % interrupted of all.\n\n"
        + table(["honest transfers", "WARN or more", "CHALLENGE or more", "WARN without the talk", "scenes", *peers], rows)
        + f"\n\nUnchanged recipients with earned history: {percent(quiet, digits=2)} % of {quiet['trials']} interrupted (goal: none)."
        + ("\n\nShort of its goals on this run: " + "; ".join(shortfalls(result)) + "." if shortfalls(result) else "")
    )


def _attacks(result: Result) -> str:
    peers = _peers(result)
    rows = [
        [
            row["family"],
            row["scenario"].replace("_", " "),
            percent(row["warn"]),
            percent(row["challenge"]),
            percent(row["warn_without_talk"]),
            row["median_probability"],
            ", ".join(row["strongest"]),
            *_peer_cells(row, peers),
        ]
        for row in result["attacks"]
    ]
    head = [
        "family",
        "attack",
        "WARN or more, %",
        "CHALLENGE or more, %",
        "WARN without the talk, %",
        "median p",
        "strongest finding",
        *peers,
    ]
    return "### Attacks stopped\n\n" + table(head, rows)


def _groups(result: Result) -> str:
    rows = [
        [row["group"].replace("_", " "), row["count"], percent(row["warn"]), percent(row["challenge"]), row["median_probability"]]
        for row in result["groups"]
        if row["count"]
    ]
    said = "The context that most such attacks have: a young or renamed account, no payment before, and a request in the talk."
    return f"### Copies by circumstance\n\n{said}\n\n" + table(
        ["group", "scenes", "WARN or more, %", "CHALLENGE or more, %", "median p"], rows
    )


def _honest(result: Result) -> str:
    peers = _peers(result)
    rows = [
        [
            row["scenario"].replace("_", " "),
            f"{100 * row['share']:.2f}",
            row["count"],
            percent(row["warn"], digits=1),
            percent(row["challenge"], digits=1),
            ", ".join(row["strongest"]),
            *_peer_cells(row, peers),
        ]
        for row in result["honest"]
    ]
    head = ["situation", "assumed share, %", "scenes", "WARN or more, %", "CHALLENGE or more, %", "strongest finding", *peers]
    return "### Honest situations\n\n" + table(head, rows)


def _cultures(result: Result) -> str:
    rows = [
        [row["culture"], percent(row["first_warn"], digits=2), percent(row["copies_warn"]), percent(row["copies_challenge"])]
        for row in result["cultures"]
    ]
    head = ["culture", "honest first payments warned, %", "copies at WARN or more, %", "copies at CHALLENGE or more, %"]
    return "### By culture\n\n" + table(head, rows)


def _beside(result: Result) -> str:
    keys = ("copies", "attacks", "first_payments", "honest")
    rows = [[row["name"], *(percent(row[key], digits=1) for key in keys)] for row in result["beside"]]
    heading = [
        "who",
        "copies caught, %",
        "all attacks caught, %",
        "honest first payments disturbed, %",
        "all honest transfers disturbed, %",
    ]
    return "### Beside other tools\n\nThe same scenes; attacks equally often, honest situations by their share.\n\n" + table(heading, rows)


def _calibration(result: Result) -> str:
    calibration = result["calibration"]
    heading = [
        "stated",
        "answers",
        "scenes of equal weight",
        "mean stated, %",
        "true share of attacks, %",
        "true - stated, points",
        "promise",
    ]
    tables = []
    for key in ("bins", "merged"):
        sides = (
            [{row["low"]: row["true"] for row in calibration[f"{key}_{kind}_talk"]} for kind in ("with", "without")]
            if key == "bins"
            else []
        )
        rows = [
            [*_reliability(row), *(f"{100 * side[row['low']]:.1f}" if row["low"] in side else "" for side in sides)]
            for row in calibration[key]
        ]
        tables.append(table([*heading, *(["true with talk, %", "true without, %"] if sides else [])], rows))
    return (
        "### Is the stated probability true?\n\nOn a set rebalanced to half attacks (each attack equally often, honest situations by their "
        "share), with the stated odds moved from the policy's prior to even odds; every scene counts with its talk and without, because "
        "half of the hosts are assumed to hand it over, and is played up to twelve times by the same people with other amounts, lines and "
        "ages. Goal: within 5 points in every bin; it is *shown* where the 95 % interval of true minus stated lies within, *refuted* where "
        "it lies without, and *neither* otherwise or where a bin is worth fewer than ten "
        "scenes. Intervals are bootstrapped by recipient, all answers about one together, "
        "within every scenario. Brier skill over the base rate: "
        f"{calibration['brier_skill']}; with the talk {calibration['brier_skill_with_talk']}, without "
        f"{calibration['brier_skill_without_talk']} "
        f"(a constant answer: {calibration['brier_skill_constant']}; the stated probabilities as they are: "
        f"{calibration['brier_skill_unshifted']}). "
        "The mixture of attacks is ours: another mixture gives other figures.\n\n"
        + tables[0]
        + "\n\nThe same, with neighbouring bins merged from the lowest on until they are worth 100 scenes of equal weight:\n\n"
        + tables[1]
    )


def _reliability(row: Mapping[str, Any]) -> list[str | int]:
    return [
        f"{row['low']:.1f}-{row['high']:.1f}",
        row["count"],
        f"{row['worth']:.0f}",
        f"{100 * row['stated']:.1f}",
        f"{100 * row['true']:.1f} ({100 * row['true_low']:.0f}-{100 * row['true_high']:.0f})",
        f"{100 * (row['true'] - row['stated']):+.1f} ({100 * row['off_low']:+.1f} to {100 * row['off_high']:+.1f})",
        row["promise"],
    ]


def plots(result: Result) -> dict[str, str]:
    """Drawings by file name."""
    points = [(max(1e-5, point["false"]), point["caught"]) for point in result["roc"] if point["false"] > 0]
    drawing = curves(
        "All attacks: caught against honest first payments disturbed", [Line(name="transferguard", points=points)], lowest=1e-5, highest=1.0
    )
    calibration = result["calibration"]
    return {
        "decision-roc.svg": drawing.replace("false alerts per unrelated pair", "share of honest first payments disturbed"),
        "decision-reliability.svg": reliability_plot(calibration["bins"], skill=calibration["brier_skill"]),
    }
