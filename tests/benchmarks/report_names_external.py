# SPDX-License-Identifier: Apache-2.0
"""External truth about names, read in place from `TRANSFERGUARD_SHARED`: `name_bench.csv` and the transliteration lists.

`name_bench.csv` holds pairs of names that people judged to be the same person or not. Its question is nearer to the payee match
(does what the sender wrote fit the verified name?) than to disguises. Peers get their best threshold on the very rows, which
favours them; `match_payee` has no threshold.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.peers_names import NamePeer, Pair
from tests.benchmarks.report_statistics import least_score, share
from transferguard.decision import MatchResult
from transferguard.names import MatchKind, compare_names, match_payee
from transferguard.testing.split import seeded

_ALLOWED_RANDOM = 0.01
"""Share of unrelated pairs of one list that may match, as the published comparison of peers had it."""


def folder() -> Path:
    """Where outside data lies."""
    return Path(os.environ.get("TRANSFERGUARD_SHARED", Path(__file__).resolve().parents[2].parent / "shared")) / "data" / "names"


def external(asked: Sequence[NamePeer], *, small: bool) -> dict[str, Any]:
    """Both comparisons; empty where the data is absent."""
    if not folder().is_dir():
        return {"absent": "set TRANSFERGUARD_SHARED to the folder with the outside data"}
    return {"name_bench": _name_bench(asked, small=small), "transliteration": _transliteration(asked, small=small)}


def _rows(*, small: bool) -> list[tuple[Pair, bool]]:
    with (folder() / "name_bench.csv").open(encoding="utf-8", newline="") as file:
        found = [((row["name1"], row["name2"]), row["is_match"] == "true") for row in csv.DictReader(file) if row["schema"] == "Person"]
    return found[::10] if small else found


def _name_bench(asked: Sequence[NamePeer], *, small: bool) -> list[dict[str, Any]]:
    rows = _rows(small=small)
    truth = [same for _, same in rows]
    answers = [match_payee(one, other) for (one, other), _ in rows]
    close = {MatchResult.MATCH, MatchResult.CLOSE_MATCH}
    table = [
        {"peer": "transferguard match_payee, match or close", **_f1([answer in close for answer in answers], truth)},
        {"peer": "transferguard match_payee, match alone", **_f1([answer is MatchResult.MATCH for answer in answers], truth)},
    ]
    for peer in asked:
        scores = peer.compare([pair for pair, _ in rows])
        best = max(
            (_f1([score >= limit for score in scores], truth) | {"threshold": limit} for limit in sorted(set(scores))),
            key=lambda row: row["f1"],
        )
        table.append({"peer": peer.name, **best})
    return table


def _f1(said: Sequence[bool], truth: Sequence[bool]) -> dict[str, Any]:
    right = sum(yes and same for yes, same in zip(said, truth, strict=True))
    precision = right / sum(said) if any(said) else 0.0
    recall = right / sum(truth) if any(truth) else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"f1": round(f1, 3), "precision": round(precision, 3), "recall": round(recall, 3), "rows": len(truth)}


def _ours(pairs: Sequence[Pair]) -> list[float]:
    found = (compare_names(native, latin) for latin, native in pairs)
    return [comparison.similarity if comparison.kind is not MatchKind.DIFFERENT else 0.0 for comparison in found]


def _transliteration(asked: Sequence[NamePeer], *, small: bool) -> list[dict[str, Any]]:
    """Recall of one name in two scripts, at the score that lets one unrelated pair in a hundred through."""
    table = []
    for file in sorted((folder() / "transliteration").glob("*.tsv")):
        rows = [line.split("\t")[:2] for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line]
        pairs = [(row[0].title(), row[1]) for row in rows][:: 30 if small else 3]
        rng = seeded(None, "shuffled", file.stem)
        natives = [native for _, native in pairs]
        rng.shuffle(natives)
        unrelated = [(latin, native) for (latin, own), native in zip(pairs, natives, strict=True) if native != own]
        entry: dict[str, Any] = {"list": file.stem}
        for name, compare in [("transferguard", _ours), *((peer.name, peer.compare) for peer in asked if not peer.rule)]:
            limit = max(1e-6, least_score(compare(unrelated), allowed=_ALLOWED_RANDOM))
            scores = compare(pairs)
            entry[name] = share(sum(score >= limit for score in scores), len(scores))
        table.append(entry)
    return table
