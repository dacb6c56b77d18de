# SPDX-License-Identifier: Apache-2.0
"""The picture part of the benchmark report.

`measure` gives everything as one JSON-ready value, `markdown` its tables, `plots` its drawings; the report driver calls
these three. Alone: `python -m tests.benchmarks.pictures_report [--sample] [--out DIR]`.

The engine's authors do not write the attacks, and the attacks' author does not read the engine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from tests.benchmarks import pictures_data, pictures_measure
from tests.benchmarks.peers_pictures import OURS, Kept, peers
from tests.benchmarks.pictures_cost import cost_rows, decode_memory_mb
from tests.benchmarks.pictures_measure import ASKED_EVERY, READ_AT, PictureSet, Subject, Usable
from tests.benchmarks.pictures_tables import markdown, plots
from transferguard.avatars import Fingerprint, PictureKind
from transferguard.testing.split import Split

__all__ = ["FULL", "SAMPLE", "Scale", "markdown", "measure", "plots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured: numbers of pictures, of photos for thresholds where those are fewer, and of attacks of which one is tried."""

    name: str
    photos: int
    graphics: int
    photo_originals: int
    graphic_originals: int
    honest_pairs: int
    cost_rounds: int
    circles: tuple[int, ...]
    check_photos: int | None = None
    one_attack_of: int = 1


FULL = Scale(
    name="full",
    photos=1_500,
    graphics=400,
    photo_originals=40,
    graphic_originals=32,
    honest_pairs=40,
    cost_rounds=15,
    circles=(1_000, 5_000),
    check_photos=1_200,
)
"""1,500 photos make more than a million unrelated pairs, also when some are declined and neighbours do not count. Of 1,200 every second is
asked, so that the seven nearest pairs set the threshold at 1e-5. Eight minutes of one core."""

CIRCLE = 1_000
"""Pictures of the report that fill the circles in which searches are timed."""

Enrolled = dict[str, list[Kept | None]]
"""What each peer keeps of the same pictures, by its name."""

SAMPLE = Scale(
    name="sample",
    photos=24,
    graphics=16,
    photo_originals=1,
    graphic_originals=1,
    honest_pairs=1,
    cost_rounds=2,
    circles=(100,),
    one_attack_of=4,
)
"""Ten seconds: proves that the benchmark runs, and nothing about the engine."""


def measure(scale: Scale = FULL, *, seed: int = 1, jobs: int = 1, install: bool = False) -> tuple[dict[str, Any], Enrolled]:
    """Measure everything about pictures but what they cost.

    Args:
        scale: How much.
        seed: Of attacks and intervals; pictures are the same for every seed.
        jobs: Processes.
        install: Whether Debian's photographs may be installed when they are missing.

    Returns:
        Rows by table name, with what is needed to repeat the run; and what is kept of the photographs of the report, which `timings` takes.
    """
    start = perf_counter()
    rng = np.random.default_rng(seed)
    asked = peers()
    result: dict[str, Any] = {"benchmark": "pictures", "schema": 1, "scale": scale.name, "seed": seed, "version": version("transferguard")}
    result |= {"machine": machine_class(), "sets": [], "recall": [], "alerts": [], "curves": [], "weights": []}
    limits: dict[tuple[str, str], float] = {}
    enrolled: Enrolled = {}
    for pictures in _sets(scale, install=install, jobs=jobs):
        ready = pictures_measure.usable(pictures, jobs=jobs)
        copies = pictures_measure.copied(ready.pictures, seed=seed, jobs=jobs, one_attack_of=scale.one_attack_of)
        result["sets"].append(_described(ready, len(copies.originals)))
        masks = [pictures_measure.unrelated(part) for part in (ready.pictures.check, ready.pictures.report)]
        masks[0] = masks[0][::ASKED_EVERY]
        kept = pictures_measure.remembered(asked, ready, copies, jobs=jobs)
        enrolled = enrolled or {name: one.report[:CIRCLE] for name, one in kept.items()}
        for peer in asked:
            scores = pictures_measure.scored(peer, kept[peer.name], copies, jobs=jobs)
            subject = Subject(peer=peer, pictures=ready.pictures, copies=copies, found=scores, check_pairs=masks[0], report_pairs=masks[1])
            limits[pictures.name, peer.name] = subject.limit(READ_AT)
            result["recall"] += pictures_measure.recall_rows(subject, rng)
            result["alerts"] += pictures_measure.alert_rows(subject, rng)
            result["curves"].append(pictures_measure.curve_row(subject))
            result["weights"] += pictures_measure.weight_rows(subject) if peer is OURS else []
    result["situations"] = pictures_measure.situation_rows(asked, limits, pairs=scale.honest_pairs, jobs=jobs)
    result["seconds"] = round(perf_counter() - start)
    return result, enrolled


def timings(enrolled: Enrolled, scale: Scale = FULL) -> dict[str, Any]:
    """What pictures cost; timed, and so measured while nothing else runs.

    Args:
        enrolled: To fill circles with.
        scale: How much.
    """
    with tempfile.TemporaryDirectory() as folder:
        memory = decode_memory_mb(folder)
    return {"cost": cost_rows(peers(), enrolled, rounds=scale.cost_rounds, sizes=scale.circles), "decode_memory_mb": memory}


def _sets(scale: Scale, *, install: bool, jobs: int) -> list[PictureSet]:
    wanted = {Split.CHECK: scale.check_photos or scale.photos, Split.REPORT: scale.photos}
    check, report = (pictures_data.photos(split, count, install=install, jobs=jobs) for split, count in wanted.items())
    flat = [pictures_data.graphics(split, scale.graphics, jobs=jobs) for split in (Split.CHECK, Split.REPORT)]
    return [
        PictureSet(name="photos", check=check, report=report, originals=scale.photo_originals),
        PictureSet(name="graphics", check=flat[0], report=flat[1], originals=scale.graphic_originals),
    ]


def _described(ready: Usable, originals: int) -> dict[str, Any]:
    """What a set consists of, for the head of the report."""
    pictures = ready.pictures
    sources: dict[str, int] = {}
    for specimen in pictures.report:
        source = specimen.source.split("/")[0]
        sources[source] = sources.get(source, 0) + 1
    pairs = int(pictures_measure.unrelated(pictures.report).sum()) // 2
    counts = {"set": pictures.name, "check": len(pictures.check), "report": len(pictures.report), "unrelated_pairs": pairs}
    return {**counts, "originals": originals, "declined_as_flat": ready.declined, "seen_as_photo": _photos_among(ready), "sources": sources}


def _photos_among(ready: Usable) -> int:
    """How many pictures of the report part does our engine itself take for photos, rather than graphics?"""
    return sum(Fingerprint.from_bytes(kept).kind is PictureKind.PHOTO for kept in ready.report)


def machine_class() -> dict[str, Any]:
    """What kind of machine measured, without naming it."""
    versions = {name: version(name) for name in ("numpy", "pillow", "imagehash")}
    return {"cores": os.cpu_count(), "architecture": platform.machine(), "python": platform.python_version(), **versions}


def main() -> None:
    """Measure, print the tables, and keep JSON and drawings."""
    parser = argparse.ArgumentParser(description="Measure the picture engine beside other tools.")
    parser.add_argument("--sample", action="store_true", help="ten seconds instead of some minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--out", type=Path, help="folder for pictures.json and the drawings")
    options = parser.parse_args()
    scale = SAMPLE if options.sample else FULL
    result, enrolled = measure(scale, seed=options.seed, jobs=options.jobs, install=not options.sample)
    result |= timings(enrolled, scale)
    print(markdown(result))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "pictures.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for name, drawing in plots(result).items():
            (options.out / name).write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
