# SPDX-License-Identifier: Apache-2.0
"""Where `transferguard/avatars/weights.json` comes from.

    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.avatars_calibrate --fresh --write
    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.avatars_calibrate --split report --seed 7

The first writes the table that is shipped, from Debian's mate-backgrounds, the outside cartoons and painted pictures. It measures the
calibration split twice, with pictures painted from two seeds; each kind of picture is fitted on one of them (`avatars_model`), and its
bits and thresholds are set on the other. The second reports on the other split with these thresholds, which are kept in the temporary
folder. What was measured is kept there, too, so that fitting again costs nothing; `--fresh` measures anew, in six and four minutes of
processor time. One thread, because sums in another order end in other last digits. Further free photographs may be named in
`TRANSFERGUARD_PHOTOS`; the shipped table was made without.

The bits are lowered by MARGIN_BITS, so that hardly a stranger meets STRONG_BITS.
"""

import argparse
import json
import multiprocessing
import os
import pickle
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.avatars_model import MISSED, Model, fitted, table_of_bits
from tests.benchmarks.avatars_population import Copy, Worn, copies, people
from transferguard.avatars import verification
from transferguard.avatars.fingerprint import Fingerprint, fingerprint_avatar
from transferguard.avatars.first_look import Shelf, lay_out
from transferguard.avatars.verification import FEATURES, FIRST_FEATURES, Effort, verify
from transferguard.avatars.weights import held_back
from transferguard.errors import AvatarError

TABLE = Path(__file__).resolve().parents[2] / "transferguard" / "avatars" / "weights.json"
KINDS = ("photo", "graphic")
RATES = (1e-3, 1e-4, 1e-5)
SEARCH = Effort(looked=320, per_plane=8, rough=16, exact=16, exact_per_plane=16, promising=-1e9, rounds=1)
"""As a circle is searched, but everything that was aligned roughly is compared exactly."""

STRONG_BITS = 10.0
"""Bits that outweigh by themselves the size of a circle of 1,000."""

MARGIN_BITS = {"photo": ((9.0, 12.0), (3.0, 1.5)), "graphic": ((0.0, 1.0), (2.7, 2.7))}
"""Bits taken off the table, by what was measured: of photos less where more was, because blurred strangers meet the lower ones. A
ratio of 1,000 is met by some strangers in a hundred among 1,000 contacts, and circles hold families of one hand; with these, STRONG_BITS
are met by fewer than one stranger in 200 of pictures that were not fitted on."""

MOST_PHOTO_BITS = 13.0
"""What the same photo weighs: people share pictures, and nothing else being odd it shall not stop a transfer by itself."""

FITTED_ON = {"photo": 0, "graphic": 1}
"""Which population a kind is fitted on; its bits are set on the other. Graphics fitted on the first are found by 70 % of their copies
at one false pair in 10,000 of the check part, on the second by 89 %: its siblings are more telling (chosen on the check part)."""

KEPT_COPIES = 0.99
"""Share of the copies that will be found whose best candidate the promise must keep."""

JOBS = int(os.environ.get("TRANSFERGUARD_JOBS", "2"))
"""Processes."""

_shelf: list[Shelf] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One candidate of one search.

    Args:
        query: Number of the query.
        place: Of the candidate in the circle.
        kind: As the engine takes the pair.
        features: As the likeness reads them.
        first: As the promise reads them.
    """

    query: int
    place: int
    kind: str
    features: np.ndarray
    first: np.ndarray


def print_of(data: bytes) -> Fingerprint | None:
    """The fingerprint, or None where there is too little to see."""
    try:
        return fingerprint_avatar(data)
    except AvatarError:
        return None


def searched(task: tuple[int, Fingerprint | None]) -> list[Row]:
    """Every candidate in the circle for one query."""
    number, query = task
    return [
        Row(query=number, place=int(found.plane[at]), kind=found.kind[at].value, features=found.features[at], first=found.first[at])
        for plane in (query.planes if query else ())
        for found in verify(plane, _shelf[0], SEARCH)
        for at in range(len(found.plane))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one split gave.

    Args:
        circle: Contacts whose pictures have a fingerprint.
        strangers: The same of strangers.
        copies: Disguised pictures of the circle.
        told: What the engine takes the circle, and the strangers, for.
        of_strangers: Candidates of strangers.
        of_copies: Candidates of copies.
    """

    circle: list[Worn]
    strangers: list[Worn]
    copies: list[Copy]
    told: tuple[list[str], list[str]]
    of_strangers: list[Row]
    of_copies: list[Row]

    def unrelated(self, row: Row) -> bool:
        """Whether this stranger and this contact have nothing to do with each other."""
        return self.strangers[row.query].family != self.circle[row.place].family

    def pairs(self, kind: str) -> int:
        """How many pairs of stranger and contact the engine takes for this kind."""
        circle, strangers = (sum(told == "graphic" for told in part) for part in self.told)
        graphic = circle * strangers
        return graphic if kind == "graphic" else len(self.circle) * len(self.strangers) - graphic


def _weigh_nothing() -> None:
    """What is measured may not depend on the table that is made of it, which may even have other columns."""
    vars(verification).update(
        promise_of=lambda first: np.zeros(len(first), np.float32), likeness_of=lambda features, _kind: np.zeros(len(features), np.float32)
    )


def measured(split: str, seed: int, *, part: int, originals: int) -> Measured:
    """Search strangers and copies in the circle, one of so many (`part`) strangers, and of so many `originals`."""
    _weigh_nothing()
    circle, strangers = people(split, seed, strangers=560 // part)
    with multiprocessing.get_context("fork").Pool(JOBS) as pool:
        prints = [pool.map(print_of, [one.data for one in part], chunksize=20) for part in (circle, strangers)]
    circle = [one for one, made in zip(circle, prints[0], strict=True) if made]
    strangers = [one for one, made in zip(strangers, prints[1], strict=True) if made]
    known = [[made for made in part if made] for part in prints]
    disguised = copies(split, seed, circle, photos=24 // originals, graphics=14 // originals)
    _shelf[:] = [lay_out(tuple(made.planes[0] for made in known[0]))]
    with multiprocessing.get_context("fork").Pool(JOBS) as pool:
        found = pool.map(searched, enumerate(known[1]), chunksize=10)
        made = pool.map(print_of, [one.data for one in disguised], chunksize=20)
        met = pool.map(searched, enumerate(made), chunksize=10)
    return Measured(
        circle=circle,
        strangers=strangers,
        copies=disguised,
        told=([made.kind.value for made in known[0]], [made.kind.value for made in known[1]]),
        of_strangers=[row for rows in found for row in rows],
        of_copies=[row for rows in met for row in rows],
    )


def kept(split: str, seed: int, *, fresh: bool, part: int = 1, originals: int = 1) -> Measured:
    """The same, from the temporary folder where it was measured before."""
    path = Path(tempfile.gettempdir()) / f"transferguard-avatars-{split}-{seed}.pickle"
    if fresh or not path.exists():
        path.write_bytes(pickle.dumps(measured(split, seed, part=part, originals=originals)))
    data: Measured = pickle.loads(path.read_bytes())  # noqa: S301 - written by ourselves
    return data


Likeness = dict[str, Model]


def likeness_of(rows: list[Row], models: Likeness | None) -> np.ndarray:
    """Likeness of each row; before there is a model, how well blocks and details agree."""
    if not models:
        wanted = [FEATURES.index(name) for name in ("fine_mean", "coarse_mean", "detail_whole")]
        return np.array([row.features[wanted].sum() for row in rows])
    value = np.empty(len(rows))
    for kind in KINDS:
        ours = [at for at, row in enumerate(rows) if row.kind == kind]
        if ours:
            features = np.array([rows[at].features for at in ours])
            value[ours] = models[kind](features)
            if kind == "graphic":
                value[ours] = held_back(value[ours].astype(np.float32), features[:, FEATURES.index("detail_amount")])
    return value


def best_rows(rows: list[Row], value: np.ndarray) -> list[int]:
    """Of each query and contact the most alike row."""
    best: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        pair = row.query, row.place
        if pair not in best or value[at] > value[best[pair]]:
            best[pair] = at
    return list(best.values())


def fit(data: Measured) -> tuple[Likeness, Model]:
    """Likeness per kind, and promise."""
    models: Likeness = {}
    copied_rows, rows = data.of_copies, [row for row in data.of_strangers if data.unrelated(row)]
    ours = [row.place == data.copies[row.query].original for row in copied_rows]
    for _ in range(3):  # which candidate of a pair is the true one is known better each time
        mine = best_rows(copied_rows, likeness_of(copied_rows, models))
        other = best_rows(rows, likeness_of(rows, models))
        copied = [copied_rows[at] for at in mine if ours[at]]
        unrelated = [rows[at] for at in other] + [copied_rows[at] for at in mine if not ours[at]]
        models = {
            kind: fitted(
                np.array([row.features for row in copied if row.kind == kind]),
                np.array([row.features for row in unrelated if row.kind == kind]),
                FEATURES,
            )
            for kind in KINDS
        }
    value = likeness_of(copied_rows, models)
    good = [row.first for row, own, one in zip(copied_rows, ours, value, strict=True) if own and one > 0]
    return models, fitted(np.array(good), np.array([row.first for row in rows]), FIRST_FEATURES, strangers_count=1.0)


def of_copies(data: Measured, values: np.ndarray) -> dict[str, dict[str, list[tuple[float, str]]]]:
    """Best likeness to the original, by true kind and attack; MISSED where it was not even a candidate."""
    best: dict[int, tuple[float, str]] = {}
    for row, value in zip(data.of_copies, values, strict=True):
        if row.place == data.copies[row.query].original and value > best.get(row.query, (MISSED, ""))[0]:
            best[row.query] = float(value), row.kind
    found: dict[str, dict[str, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    for number, one in enumerate(data.copies):
        kind = data.circle[one.original].kind
        found[kind][one.attack].append(best.get(number, (MISSED, kind)))
    return found


def of_strangers(data: Measured, values: np.ndarray) -> list[tuple[Row, float]]:
    """Every unrelated pair that was verified, with its likeness."""
    kept_rows = [at for at, row in enumerate(data.of_strangers) if data.unrelated(row)]
    rows, value = [data.of_strangers[at] for at in kept_rows], values[kept_rows]
    return [(rows[at], float(value[at])) for at in best_rows(rows, value)]


def table(data: Measured, models: Likeness, kind: str) -> dict[str, list[float]]:
    """Bits for this kind; `data` are pictures that its model has not seen."""
    copied = of_copies(data, likeness_of(data.of_copies, models))
    strangers = of_strangers(data, likeness_of(data.of_strangers, models))
    found = [value for attacks in copied.values() for each in attacks.values() for value, as_kind in each if as_kind == kind]
    unrelated = [value for row, value in strangers if row.kind == kind]
    made = table_of_bits(np.array(found), np.array(unrelated), data.pairs(kind))
    bits = np.array(made["bits"])
    most = MOST_PHOTO_BITS if kind == "photo" else np.inf
    lowered = np.minimum(bits - np.interp(bits, *MARGIN_BITS[kind]), most + 0.02 * np.arange(-1, len(bits) - 1))
    return made | {"bits": [round(float(one), 3) for one in lowered]}


def tables(first: Measured, second: Measured) -> tuple[Likeness, Model, dict[str, Any]]:
    """All that the engine reads. Each kind is fitted on the population named in FITTED_ON, and its bits are set on the other."""
    parts = (first, second)
    fits = [fit(data) for data in parts]
    models = {kind: fits[FITTED_ON[kind]][0][kind] for kind in KINDS}
    promise = fits[0][1]
    made = {
        "source": "python -m tests.benchmarks.avatars_calibrate --fresh --write; calibration split, seeds 1 and 2",
        "likeness": {"promise": promise.as_json(), **{kind: models[kind].as_json() for kind in KINDS}, "similarity_scale": 1.5},
        "bits": {**{kind: table(parts[1 - FITTED_ON[kind]], models, kind) for kind in KINDS}, "slope_beyond": 0.05},
    }
    return models, promise, made


def promising(data: Measured, models: Likeness, promise: Model) -> float:
    """The promise that keeps KEPT_COPIES of the copies that will be found."""
    best: dict[int, float] = {}
    values = promise(np.array([row.first for row in data.of_copies]))
    for row, value, one in zip(data.of_copies, values, likeness_of(data.of_copies, models), strict=True):
        if row.place == data.copies[row.query].original and one > 0:
            best[row.query] = max(best.get(row.query, -99.0), float(value))
    limit = float(np.quantile(list(best.values()), 1 - KEPT_COPIES))
    firsts = promise(np.array([row.first for row in data.of_strangers]))
    going = np.bincount([row.query for row, value in zip(data.of_strangers, firsts, strict=True) if value >= limit], minlength=1)
    print(f"promise {limit:.2f} keeps {KEPT_COPIES:.1%}; {going.sum() / len(data.strangers):.2f} candidates per stranger go on,")
    print(f"    {1 - (going > 0).sum() / len(data.strangers):.0%} of strangers end there")
    return limit


def thresholds(data: Measured, models: Likeness) -> dict[str, dict[float, float]]:
    """Likeness at which so many unrelated pairs alert, by true kind of the stranger."""
    limits: dict[str, dict[float, float]] = {}
    strangers = of_strangers(data, likeness_of(data.of_strangers, models))
    for kind in KINDS:
        values = np.sort([value for row, value in strangers if data.strangers[row.query].kind == kind])[::-1]
        pairs = sum(one.kind == kind for one in data.strangers) * len(data.circle)
        limits[kind] = {rate: float(values[min(len(values) - 1, int(rate * pairs))]) for rate in RATES}
    return limits


def report(data: Measured, models: Likeness, limits: dict[str, dict[float, float]], made: dict[str, Any], *, kind: str) -> None:
    """Recall by attack, false alerts that happened, and what the weights claim beside what happened."""
    strangers = of_strangers(data, likeness_of(data.of_strangers, models))
    copied = of_copies(data, likeness_of(data.of_copies, models))

    def bits(value: float, as_kind: str) -> float:
        return float(np.interp(value, made["bits"][as_kind]["likeness"], made["bits"][as_kind]["bits"]))

    means: dict[str, list[list[float]]] = defaultdict(list)
    for attack, found in sorted(copied[kind].items()):
        shares = [100 * float(np.mean([value > limits[kind][rate] for value, _ in found])) for rate in RATES]
        strong = 100 * float(np.mean([bits(value, as_kind) >= STRONG_BITS for value, as_kind in found]))
        means["own" if attack.startswith("own") else "testing"].append([*shares, strong])
        print(f"  {kind} {attack:32s} n={len(found)}", "  ".join(f"{share:5.1f}" for share in [*shares, strong]))
    for group, all_shares in [*means.items(), ("all", [one for part in means.values() for one in part])]:
        print(f"{kind} mean of {group}", "  ".join(f"{share:5.2f}" for share in np.mean(all_shares, axis=0)))
    asked = [number for number, one in enumerate(data.strangers) if one.kind == kind]
    pairs = len(asked) * len(data.circle)
    mine = [(row, value) for row, value in strangers if data.strangers[row.query].kind == kind]
    print(f"{kind} false", "  ".join(f"{sum(value > limits[kind][rate] for _, value in mine) / pairs:.1e}" for rate in RATES))
    for least in (4.0, 6.0, 8.0, 10.0, 12.0):
        alarmed: dict[str, set[int]] = defaultdict(set)
        for row, value in mine:
            if bits(value, row.kind) >= least:
                alarmed[data.strangers[row.query].source].add(row.query)
        total = sum(map(len, alarmed.values()))
        by_source = ", ".join(
            f"{source} {len(alarmed[source])}/{sum(data.strangers[number].source == source for number in asked)}"
            for source in sorted({data.strangers[number].source for number in asked})
        )
        print(f"    strangers with {least:.0f} bits or more: {total / len(asked):.2%} ({by_source})")
    weights = [bits(value, told) for part in copied.values() for found in part.values() for value, told in found if told == kind]
    ours, theirs = np.array(weights), np.array([bits(value, kind) for row, value in strangers if row.kind == kind])
    for low, high in ((-6, 0), (0, 4), (4, 8), (8, 10), (10, 12), (12, 99)):
        share, rate = ((ours >= low) & (ours < high)).mean(), ((theirs >= low) & (theirs < high)).sum() / data.pairs(kind)
        ratio = np.log2((share + 1e-9) / (rate + 1e-9))
        print(f"    {kind} {low:3d}..{high:2d} bits: copies {share:.4f} unrelated {rate:.2e} ratio {ratio:.1f}")


def main() -> None:
    """Measure, fit, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", choices=("calibrate", "report"), default="calibrate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=int, default=1, help="one of so many strangers and originals, for a quicker look")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    fitted_path = Path(tempfile.gettempdir()) / "transferguard-avatars-fitted.pickle"
    data = {kind: kept(asked.split, asked.seed, fresh=asked.fresh, part=asked.part, originals=asked.part) for kind in KINDS[:1]}
    if asked.split == "calibrate":
        # Half of the originals: bits and thresholds need strangers more than copies.
        parts = data["photo"], kept("calibrate", asked.seed + 1, fresh=asked.fresh, part=asked.part, originals=2 * asked.part)
        models, promise, made = tables(*parts)
        promising(parts[1], models, promise)
        data = {kind: parts[1 - FITTED_ON[kind]] for kind in KINDS}
        limits = {kind: thresholds(data[kind], models)[kind] for kind in KINDS}
        fitted_path.write_bytes(pickle.dumps((models, limits, made)))
        if asked.write:
            TABLE.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    models, limits, made = pickle.loads(fitted_path.read_bytes())  # noqa: S301 - written by ourselves
    for kind in KINDS:
        report(data.get(kind, data["photo"]), models, limits, made, kind=kind)


if __name__ == "__main__":
    # Through the module's own name, so that what is pickled can be read by other scripts.
    from tests.benchmarks.avatars_calibrate import main as run

    run()
