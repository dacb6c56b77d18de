# SPDX-License-Identifier: Apache-2.0
"""The driver of the benchmark report: names, pictures, the whole decision; writes `docs/benchmarks.md` and its drawings.

`python -m tests.benchmarks.report` is the full run of `make bench`; `--sample` proves within a minute that the benchmark still
runs and writes nothing unless `--out` says where.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks import decision_report, names_report, pictures_report, report_decision_tables, report_names_tables
from tests.benchmarks.peers_names import install_outside

_DOCS = Path("docs")
_RESULTS = Path("build/bench")

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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="about a minute; proves only that the benchmark runs")
    parser.add_argument("--brief", action="store_true", help="a third of the decision scenes, for a busy machine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="folder for benchmarks.md and its drawings; by default docs/, and nowhere for a sample")
    parser.add_argument("--install", action="store_true", help="install peers and photographs that are missing, where that is allowed")
    parser.add_argument("--reuse", action="store_true", help="write the page from the results of the last run in build/bench")
    asked = parser.parse_args()
    results = _kept(sample=asked.sample) if asked.reuse else _measured(asked)
    out = asked.out or (None if asked.sample else _DOCS)
    if out is not None:
        write(results, out)
        print(f"written: {out / 'benchmarks.md'}")
    print(summary(results))


def _measured(asked: argparse.Namespace) -> dict[str, dict[str, Any]]:
    names, pictures, decision = names_report, pictures_report, decision_report
    sample, seed = asked.sample, asked.seed
    if asked.install:
        print("names: peers with packages of their own " + ("are there" if install_outside() else "cannot be installed here"))
    start = time.perf_counter()
    results: dict[str, dict[str, Any]] = {}
    results["names"] = names.measure(names.SAMPLE if sample else names.FULL, seed=seed)
    print(f"names: {time.perf_counter() - start:.0f} s", flush=True)
    scale = pictures.SAMPLE if sample else pictures.FULL
    results["pictures"] = pictures.measure(scale, seed=seed, jobs=os.cpu_count() or 1, install=asked.install)
    print(f"pictures: {time.perf_counter() - start:.0f} s", flush=True)
    extent = decision.SAMPLE if sample else decision.BRIEF if asked.brief else decision.FULL
    results["decision"] = decision.measure(extent, seed=seed)
    print(f"decision: {time.perf_counter() - start:.0f} s", flush=True)
    for part, result in results.items():
        result["commit"] = _commit()
        _file(part, sample=sample).parent.mkdir(parents=True, exist_ok=True)
        _file(part, sample=sample).write_text(json.dumps(result, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
    return results


def _file(part: str, *, sample: bool) -> Path:
    return _RESULTS / f"report-{part}{'-sample' if sample else ''}.json"


def _kept(*, sample: bool) -> dict[str, dict[str, Any]]:
    parts = ("names", "pictures", "decision")
    return {
        part: json.loads(_file(part, sample=sample).read_text(encoding="utf-8")) for part in parts if _file(part, sample=sample).exists()
    }


def write(results: dict[str, dict[str, Any]], out: Path) -> None:
    """The page and its drawings.

    Args:
        results: By part: names, pictures, decision; a part that is missing is left out and named.
        out: The folder.
    """
    writers = {"decision": report_decision_tables, "names": report_names_tables, "pictures": pictures_report}
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
    seeds = ", ".join(f"{part} seed {result['seed']} at commit `{result.get('commit', 'unknown')}`" for part, result in results.items())
    whole = all(result["scale"] == "full" for result in results.values())
    made = (
        "Written by `make bench`"
        if whole
        else "Written by `tests.benchmarks.report` from reduced runs that were made apart from each other"
    )
    return (
        "# Benchmarks\n\n"
        f"{made}; version {version('transferguard')}, {os.cpu_count()} cores {platform.machine()}, Python "
        f"{platform.python_version()}; {seeds}. Nothing here was typed in by hand, and everything can be made again from the seeds.\n\n"
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
    if "decision" in results:
        lines.append("decision below its goals: " + ("; ".join(report_decision_tables.shortfalls(results["decision"])) or "nothing"))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
