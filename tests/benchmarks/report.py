# SPDX-License-Identifier: Apache-2.0
"""The driver of the benchmark report: names, pictures, the whole decision, speed; writes `docs/benchmarks.md` and its drawings.

`python -m tests.benchmarks.report --install` is the full run of `make bench`, within twenty minutes on two idle cores; `--sample`
proves within two minutes that the benchmark still runs and writes nothing unless `--out` says where.

Two parts at a time run beside each other, each on half of the cores. Whatever is timed comes afterwards, alone.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import time
from concurrent.futures import Future, ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks import (
    decision_report,
    decision_speed,
    names_report,
    peers_install,
    pictures_data,
    pictures_report,
    report_decision_tables,
    report_names_tables,
    report_speed_tables,
)

_DOCS = Path("docs")
_RESULTS = Path("build/bench")
PARTS = ("decision", "names", "pictures", "speed")
"""In the order of the page."""

LIMITS = """## What a simulation cannot show

* Whether thieves behave so. Disguises and stages are those that are published or that we could think of; the next thief has
  another one.
* How often anything happens. The shares of honest situations, of pictures, of nicknames and of attacks are assumptions, written
  as named numbers in `transferguard/testing/simulate` and `populations`. Rates over "all honest transfers" are only as good as
  these shares.
* Whether people heed a warning. Nobody read these screens.
* Real photographs of real people. Portraits are painted; photographs are landscapes and things with free licences.
* Conversations. The lines of talk were written by the author of the simulator, a few per language, and say nothing about how well
  requests are found in real talk.
* Names as they are. Shares come from published heads of name lists; tails are composed, and outside China, Korea and the census
  countries the order is common usage. A population that mixes cultures, or that writes names in two scripts, has collisions that
  are not simulated.
* Correlation. Real thieves choose rich, trusting or busy victims, and real friends share jokes, jobs and holidays; here
  everything is drawn independently unless a situation says otherwise.
* The judge and the judged come from one project. Tables are kept apart by file, author and split, but both were written from the
  same list of fifty ways.
"""


def main() -> None:
    """Measure everything, write the page and print where it is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--sample", action="store_true", help="within two minutes; proves only that the benchmark runs")
    parser.add_argument("--brief", action="store_true", help="a third of the decision scenes, for a busy machine")
    parser.add_argument("--seed", type=int, default=1, help="of people, attacks, scenes and intervals")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--parts", default=",".join(PARTS), help="only these, separated by commas; the others are kept from the last run")
    parser.add_argument("--out", type=Path, help="folder for benchmarks.md and its drawings; by default docs/, and nowhere for a sample")
    parser.add_argument("--install", action="store_true", help="install peers and photographs that are missing, where that is allowed")
    parser.add_argument("--reuse", action="store_true", help="write the page from the results of the last run in build/bench")
    asked = parser.parse_args()
    if asked.install:
        peers_install.install()
    if not asked.reuse:
        _measure(asked)
    results = _kept(sample=asked.sample)
    out = asked.out or (None if asked.sample else _DOCS)
    if out is not None:
        write(results, out)
        print(f"written: {out / 'benchmarks.md'}")
    print(summary(results))


def _measure(asked: argparse.Namespace) -> None:
    """Each part that is asked for, in two lanes; then what is timed, alone; a part is kept as soon as it is whole."""
    start, parts, apiece = time.perf_counter(), set(asked.parts.split(",")), max(1, asked.jobs // 2)
    names, pictures, decision = _scales(asked)

    def keep(part: str, result: dict[str, Any]) -> None:
        result |= provenance() | {"scale": result.get("scale", "sample" if asked.sample else "full")}
        _file(part, sample=asked.sample).parent.mkdir(parents=True, exist_ok=True)
        _file(part, sample=asked.sample).write_text(json.dumps(result, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
        print(f"{part}: {result['seconds']} s, {time.perf_counter() - start:.0f} s since the start", flush=True)

    with ProcessPoolExecutor(max_workers=min(2, asked.jobs), mp_context=multiprocessing.get_context("spawn")) as lanes:
        # The longest first, so that both lanes end together.
        work: dict[str, Future[Any]] = {}
        if "pictures" in parts:
            work["pictures"] = lanes.submit(pictures_report.measure, pictures, seed=asked.seed, jobs=apiece, install=asked.install)
        if "decision" in parts:
            work["decision"] = lanes.submit(decision_report.measure, decision, seed=asked.seed, jobs=apiece)
        if "names" in parts:
            work["names"] = lanes.submit(names_report.measure, names, seed=asked.seed)
        if "speed" in parts:
            work["speed"] = lanes.submit(decision_speed.build_all, sample=asked.sample, anew=True)
    done = {part: one.result() for part, one in work.items()}
    if "decision" in done:
        keep("decision", done["decision"])
    if "names" in done:
        keep("names", done["names"] | names_report.timings(names))
    if "pictures" in done:
        result, photographs = done["pictures"]
        keep("pictures", result | pictures_report.timings(photographs, pictures))
    if "speed" in done:
        keep("speed", decision_speed.measure_all(sample=asked.sample))


def _scales(asked: argparse.Namespace) -> tuple[names_report.Scale, pictures_report.Scale, decision_report.Scale]:
    """How much of names, of pictures and of decisions is measured."""
    if asked.sample:
        return names_report.SAMPLE, pictures_report.SAMPLE, decision_report.SAMPLE
    return names_report.FULL, pictures_report.FULL, decision_report.BRIEF if asked.brief else decision_report.FULL


def provenance() -> dict[str, Any]:
    """Where a result comes from: which code, which data, what kind of machine."""
    shared = Path(os.environ.get("TRANSFERGUARD_SHARED", "../shared")) / "data"
    data = sorted(f"{folder.name} ({sum(1 for file in folder.rglob('*') if file.is_file())} files)" for folder in shared.glob("*"))
    photographs = pictures_data.photographs()
    data += [f"{', '.join(pictures_data.PACKAGES)} ({len(photographs)} photographs)"] if photographs else []
    return {
        "commit": _commit(),
        "version": version("transferguard"),
        "machine_class": f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}",
        "data": data or ["simulated only"],
    }


def _file(part: str, *, sample: bool) -> Path:
    return _RESULTS / f"report-{part}{'-sample' if sample else ''}.json"


def _kept(*, sample: bool) -> dict[str, dict[str, Any]]:
    files = {part: _file(part, sample=sample) for part in PARTS}
    return {part: json.loads(file.read_text(encoding="utf-8")) for part, file in files.items() if file.exists()}


def write(results: dict[str, dict[str, Any]], out: Path) -> None:
    """The page and its drawings.

    Args:
        results: By part; a part that is missing is left out and named.
        out: The folder.
    """
    writers = {
        "decision": report_decision_tables,
        "names": report_names_tables,
        "pictures": pictures_report,
        "speed": report_speed_tables,
    }
    drawings = out / "benchmarks"
    drawings.mkdir(parents=True, exist_ok=True)
    parts = [_head(results)]
    for part, writer in writers.items():
        if part not in results:
            parts.append(f"## {part.capitalize()}\n\nNot measured in this run.\n")
            continue
        parts.append(writer.markdown(results[part]))
        for name, drawing in writer.plots(results[part]).items():
            (drawings / name).write_text(drawing, encoding="utf-8")
            parts.append(f"![{name.removesuffix('.svg').replace('-', ' ')}](benchmarks/{name})\n")
    parts += [_peers(results), LIMITS]
    (out / "benchmarks.md").write_text("\n".join(parts), encoding="utf-8")


def _head(results: dict[str, dict[str, Any]]) -> str:
    commits, seeds = ({result.get(key) for part, result in results.items() if part != "speed"} for key in ("commit", "seed"))
    whole = len(commits) == len(seeds) == 1 and all(result["scale"] == "full" for result in results.values())
    apart = "`tests.benchmarks.report` from runs that were reduced, or made apart from each other"
    made = f"Written by {'`make bench`' if whole else apart}"
    rows = [
        f"| {part} | {result['scale']} | {result['seed']} | `{result.get('commit', 'unknown')}` | {result.get('version', '')} "
        f"| {result.get('machine_class', '')} | {result['seconds']} |"
        for part, result in results.items()
    ]
    data = sorted({one for result in results.values() for one in result.get("data", [])})
    return (
        f"# Benchmarks\n\n{made}. Nothing here was typed in by hand, and everything can be made again from the seeds.\n\n"
        "| part | run | seed | commit | version | machine | seconds |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\nOutside data: {'; '.join(data) or 'none'}.\n\n"
        "Recall stands beside the false alerts at which it was read, and peers are asked in the same run about the same people. "
        "Every simulated share is an assumption; what follows from that stands at the end of the page.\n"
    )


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607 - git of the developer
    return asked.stdout.strip() or "unknown"


def _peers(results: dict[str, dict[str, Any]]) -> str:
    lines = ["## Peers and where their rules come from", ""]
    for part in ("names", "decision"):
        lines += [f"* {part}: {peer['name']}: {peer['source']}." for peer in results.get(part, {}).get("peers", [])]
    lines.append("* pictures: see the picture part.")
    return "\n".join(lines) + "\n"


def summary(results: dict[str, dict[str, Any]]) -> str:
    """What falls short, in a few lines for the terminal."""
    lines = []
    if "names" in results:
        weak = report_names_tables.shortfalls(results["names"])
        lines.append(f"names below their goals: {len(weak)}; " + "; ".join(weak[:12]))
    if "pictures" in results:
        pairs = max(one["unrelated_pairs"] for one in results["pictures"]["sets"])
        lines.append(f"pictures: {pairs:,} unrelated pairs in the larger set")
    for part, tables in (("decision", report_decision_tables), ("speed", report_speed_tables)):
        if part in results:
            lines.append(f"{part} below its goals: " + ("; ".join(tables.shortfalls(results[part])) or "nothing"))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
