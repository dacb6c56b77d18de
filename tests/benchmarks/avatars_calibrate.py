# SPDX-License-Identifier: Apache-2.0
"""Where `transferguard/avatars/weights.json` comes from.

    TRANSFERGUARD_PHOTOS=folder:folder python -m tests.benchmarks.avatars_calibrate --write

Measures on the calibration split, writes the table, and reports on the other split with the thresholds of the first. Features
are kept in the temporary folder, so that fitting again costs nothing; `--fresh` measures anew.

The likeness is a logistic model per kind of picture, its signs held to what each number can mean (a block that agrees better never
lowers it). Bits are log2 of two densities: of copies, all attacks counting the same, and of unrelated pairs, whose tail is
continued as an exponential where it is too thin to count.
"""

import argparse
import io
import json
import pickle
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from scipy.optimize import minimize

from tests.benchmarks.avatars_attacks import ATTACKS, collage, disguise, saved
from tests.benchmarks.avatars_pictures import chosen
from transferguard.avatars.fingerprint import fingerprint_avatar
from transferguard.avatars.first_look import lay_out
from transferguard.avatars.verification import FEATURES, ONE_PAIR, Effort, verify
from transferguard.avatars.weights import held_back
from transferguard.errors import AvatarError

TABLE = Path(__file__).resolve().parents[2] / "transferguard" / "avatars" / "weights.json"
KINDS = ("photo", "graphic")
RATES = (1e-3, 1e-4, 1e-5)
SEARCH = Effort(looked=320, per_plane=8, rough=40, exact=20, exact_per_plane=3)

_RISING = {
    "fine_82",
    "fine_91",
    "fine_96",
    "coarse_91",
    "coarse_96",
    "fine_mean",
    "coarse_mean",
    "whole",
    "colour",
    "hash",
    "still_area",
    "moving_area",
}
_FALLING = {"fine_0", "fine_20", "coarse_0", "coarse_20", "skew", "colour_gap", "tone_gap"}


def print_of(data):
    """The fingerprint, or None where there is too little to see."""
    try:
        return fingerprint_avatar(data)
    except AvatarError:
        return None


def best_of(query, shelf, effort):
    """(plane, kind, features) of every verified candidate."""
    for plane in query.planes:
        for found in verify(plane, shelf, effort):
            for at in range(len(found.plane)):
                yield int(found.plane[at]), found.kind[at].value, found.features[at], float(found.likeness[at])


def measured_copies(pictures, prints, per_attack, rng):
    """One row per attacked copy: attack, true kind, and the features of its best candidate against the original."""
    rows = []
    for kind, count in zip(KINDS, per_attack, strict=True):
        ours = [number for number, one in enumerate(pictures) if one.kind == kind and prints[number] is not None]
        for attack in ATTACKS:
            for number in rng.permutation(ours)[:count].tolist():
                if attack == "collage":
                    other = pictures[int(rng.choice(ours))].picture
                    data = saved(collage(pictures[number].picture, rng, other), rng)
                else:
                    data = disguise(pictures[number].picture, attack, rng)
                copy = print_of(data)
                found = [] if copy is None else list(best_of(copy, lay_out(prints[number].planes), ONE_PAIR))
                rows.append((attack, kind, found))
    return rows


def measured_strangers(pictures, prints):
    """One row per pair of unrelated pictures that a search verified: true kinds, and the features."""
    known = [number for number, one in enumerate(prints) if one is not None]
    shelf = lay_out(tuple(prints[number].planes[0] for number in known))
    rows = []
    for number in known:
        for place, kind, features, value in best_of(prints[number], shelf, SEARCH):
            other = known[place]
            one, two = pictures[number], pictures[other]
            if other == number or (one.kind == two.kind == "photo" and one.family == two.family and not one.family.startswith("draw")):
                continue
            rows.append((number, other, one.kind if one.kind == two.kind else "mixed", kind, features, value))
    return rows


def measure(asked):
    """Everything that the fit and the report read, for both splits."""
    rng, result = np.random.default_rng(asked.seed), {}
    for split in ("calibrate", "report"):
        pictures = chosen(split, asked.painted)
        prints = [print_of(saved_well(one.picture)) for one in pictures]
        strangers = measured_strangers(pictures, prints)
        copies = measured_copies(pictures, prints, (asked.photos, asked.graphics), rng)
        told = [(one.kind, None if made is None else made.kind.value) for one, made in zip(pictures, prints, strict=True)]
        result[split] = {"strangers": strangers, "copies": copies, "told": told}
        print(split, {kind: sum(one.kind == kind for one in pictures) for kind in KINDS}, len(strangers), len(copies), flush=True)
    return result


def saved_well(picture):
    """The original as an app keeps it."""
    target = io.BytesIO()
    picture.resize((320, 320), Image.Resampling.BICUBIC).save(target, "JPEG", quality=88)
    return target.getvalue()


def fitted(copies, strangers, kind, ridge=3e-4):
    """Slopes and intercept of the logistic model.

    A block that is plain on one side never speaks for a copy of a photo. Between graphics it may: thieves pad and cover, while
    siblings of one template lie on each other line by line.
    """
    falling = _FALLING | ({"one_sided"} if kind == "photo" else set())
    weight_of_strangers = 3.0  # a false alert is worse than a miss, and there are many more strangers
    rows = np.concatenate([copies, strangers]).astype(float)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    scaled, sign = (rows - mean) / spread, np.r_[np.ones(len(copies)), -np.ones(len(strangers))]
    share = np.r_[np.full(len(copies), 1 / len(copies)), np.full(len(strangers), weight_of_strangers / len(strangers))]

    def loss(slopes):
        odds = scaled @ slopes[1:] + slopes[0]
        pull = -sign / (1 + np.exp(np.clip(sign * odds, -50, 50))) * share
        total = (share * np.logaddexp(0, -sign * odds)).sum() + ridge * (slopes[1:] ** 2).sum()
        return total, np.r_[pull.sum(), scaled.T @ pull + 2 * ridge * slopes[1:]]

    bounds = [(None, None)] + [(0, None) if name in _RISING else (None, 0) if name in falling else (None, None) for name in FEATURES]
    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x
    slopes = found[1:] / spread
    return slopes, found[0] - float((mean * slopes).sum())


def table_of_bits(copies, strangers, pairs):
    """Knots of log2 density ratio, rising.

    Args:
        copies: Likeness of copies, one per attacked picture.
        strangers: Likeness of the verified unrelated pairs.
        pairs: How many unrelated pairs there were in all; those that were not verified are less alike.
    """
    strangers, copies = np.sort(strangers)[::-1], np.sort(copies)
    # The tail of strangers, from one in 300 to the tenth pair, is an exponential: log survival falls with likeness.
    ranks = np.arange(1, len(strangers) + 1)
    tail = (ranks >= 10) & (ranks <= max(40, pairs / 300))
    slope, start = np.polyfit(strangers[tail], np.log(ranks[tail] / pairs), 1)
    knots = np.arange(np.floor(np.quantile(copies, 0.005)), np.quantile(copies, 0.9) + 0.5, 0.5)
    width = max(0.6, 0.25 * copies.std())
    density = np.array([np.exp(-0.5 * ((copies - knot) / width) ** 2).mean() / (width * np.sqrt(2 * np.pi)) for knot in knots])
    unrelated = -slope * np.exp(start + slope * knots)
    bits = np.log2((density + 1e-4) / np.maximum(unrelated, 1e-7))
    bits = np.minimum(np.maximum.accumulate(bits), 16.0) + 0.02 * np.arange(len(knots))
    low = float(knots[0] - 6.0)
    return {"likeness": [low, *knots.round(3).tolist()], "bits": [round(float(min(bits[0] - 4.0, -6.0)), 3), *bits.round(3).tolist()]}


def likeness(features, as_kind, models):
    """What the engine will make of one row with these models."""
    value = features @ models[as_kind][0] + models[as_kind][1]
    return float(held_back(np.array([value]), features[None])[0]) if as_kind == "graphic" else float(value)


def scored(rows, models):
    """Best likeness per copy, -20 where nothing was found."""
    out: dict[Any, Any] = {}
    for attack, kind, found in rows:
        values = [(likeness(features, as_kind, models), as_kind) for _, as_kind, features, _ in found]
        out.setdefault((kind, attack), []).append(max(values, default=(-20.0, kind)))
    return out


def strangers_scored(rows, models, kind):
    """Best likeness per unrelated pair of one true kind."""
    best: dict[Any, Any] = {}
    for one, other, true_kind, as_kind, features, _ in rows:
        if true_kind == kind:
            value = likeness(features, as_kind, models)
            best[one, other] = max(best.get((one, other), -20.0), value)
    return np.sort(np.array(list(best.values())))[::-1]


def main():
    """Measure, fit, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--painted", type=int, default=30)
    parser.add_argument("--photos", type=int, default=12)
    parser.add_argument("--graphics", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    cache = Path(tempfile.gettempdir()) / f"transferguard-avatars-{asked.painted}-{asked.photos}-{asked.graphics}-{asked.seed}.pickle"
    if asked.fresh or not cache.exists():
        cache.write_bytes(pickle.dumps(measure(asked)))
    data = pickle.loads(cache.read_bytes())  # noqa: S301 - written by ourselves
    models, table = fit_all(data["calibrate"])
    report(data, models, table)
    if asked.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


def fit_all(data):
    """Models and table from one split."""
    models, bits = {}, {}
    for kind in KINDS:
        # Which of a copy's candidates is the true one is not marked: the most alike under the present table stands for it.
        tops = [max(found, key=lambda one: one[3]) for _, _, found in data["copies"] if found]
        copies = np.array([features for _, as_kind, features, _ in tops if as_kind == kind])
        strangers = np.array([row[4] for row in data["strangers"] if row[3] == kind])
        models[kind] = fitted(copies, strangers, kind)
    for kind in KINDS:
        values = [value for found in scored(data["copies"], models).values() for value, as_kind in found if as_kind == kind]
        number = sum(1 for true_kind, _ in data["told"] if true_kind == kind)
        bits[kind] = table_of_bits(np.array(values), strangers_scored(data["strangers"], models, kind), number * (number - 1))
    table = {
        "source": "tests/benchmarks/avatars_calibrate.py, calibration split; attacks of tests/benchmarks/avatars_attacks.py",
        "features": list(FEATURES),
        "likeness": {
            **{kind: {"slopes": models[kind][0].round(4).tolist(), "intercept": round(models[kind][1], 4)} for kind in KINDS},
            "similarity_scale": 1.5,
        },
        "bits": {**bits, "slope_beyond": 0.05},
    }
    return models, table


def report(data, models, table):
    """Recall on the report split at thresholds of the calibration split, and what the weights claim against what happened."""
    for kind in KINDS:
        print(kind, {name: round(float(slope), 1) for name, slope in zip(FEATURES, models[kind][0], strict=True) if abs(slope) > 0.05})
        numbers = {split: sum(1 for true_kind, _ in data[split]["told"] if true_kind == kind) for split in data}
        tail = strangers_scored(data["calibrate"]["strangers"], models, kind)
        limits = {rate: tail[int(rate * numbers["calibrate"] * (numbers["calibrate"] - 1))] for rate in RATES}
        copies = {
            attack: [value for value, _ in found] for (of, attack), found in scored(data["report"]["copies"], models).items() if of == kind
        }
        other = strangers_scored(data["report"]["strangers"], models, kind)
        pairs = numbers["report"] * (numbers["report"] - 1)
        for attack, values in copies.items():
            print(f"  {attack:28s}", "  ".join(f"{100 * np.mean(np.array(values) > limits[rate]):5.1f}" for rate in RATES))
        means = [100 * np.mean([np.mean(np.array(values) > limits[rate]) for values in copies.values()]) for rate in RATES]
        happened = [(other > limits[rate]).sum() / pairs for rate in RATES]
        print(f"{kind} mean", "  ".join(f"{mean:5.2f}" for mean in means), " false", "  ".join(f"{rate:.1e}" for rate in happened))
        knots = table["bits"][kind]
        weights = np.interp(other, knots["likeness"], knots["bits"])
        flat = np.interp([value for values in copies.values() for value in values], knots["likeness"], knots["bits"])
        for low, high in ((-6, 0), (0, 4), (4, 8), (8, 10), (10, 12), (12, 99)):
            seen = ((flat >= low) & (flat < high)).mean(), ((weights >= low) & (weights < high)).sum() / pairs
            ratio = np.log2((seen[0] + 1e-9) / (seen[1] + 1e-9))
            print(f"    {low:3d}..{high:2d} bits: copies {seen[0]:.4f} strangers {seen[1]:.2e} ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
