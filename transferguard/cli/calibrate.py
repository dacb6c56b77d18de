# SPDX-License-Identifier: Apache-2.0
"""`transferguard calibrate`: weights from a host's own labelled transfers, with what that changes, before anything is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from transferguard.cli.opening import looked_back, looking_back_options, policy_from, write_text
from transferguard.cli.terminal import complain, emit, show
from transferguard.errors import InvalidInput

if TYPE_CHECKING:
    from rich.console import RenderableType

    from transferguard.hindsight.calibration import Calibration
    from transferguard.hindsight.quality import Quality
    from transferguard.policy import Policy
    from transferguard.seams import Feedback
    from transferguard.store import SqlStore

NO_BETTER: Final = 3
"""Exit status: done, and what was learnt does not hold for others."""

EPILOG = """\b
Examples:
  transferguard calibrate --store guard.db
  transferguard calibrate --store guard.db --out new.toml
  transferguard calibrate --store guard.db --policy ours.toml --out new.toml --json

\b
Exit status: 0 done; 1 a fault of ours or of the machine; 2 a mistake in the call, or too few labels;
3 done, and the refitted policy is no better, so nothing was written; 130 interrupted.
"""


@click.command(epilog=EPILOG)
@looking_back_options
@click.option("--policy", "policy_file", metavar="FILE", help="The policy to refit.  [default: the one of the newest labelled decision]")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the refitted policy here, as keys laid over the default."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was learnt as JSON.")
def calibrate(  # noqa: PLR0913 - one keyword per option
    *, store: str, keys: str | None, audit: str | None, policy_file: str | None, out: Path | None, as_json: bool
) -> None:
    """Refit the policy's weights from what `Guard.feedback` said of past transfers.

    The bits of each group of findings are scaled by a bounded factor (0.5 to 2); hard facts, thresholds, priors and what was measured
    about names and pictures stay as they are. Before and after are compared on senders from whom nothing was learnt, on a set
    rebalanced to half frauds. With fewer than 200 labels of either kind it refuses and says how many are missing. Try the result
    with `transferguard backtest` before using it.
    """
    from transferguard.hindsight.calibration import calibrate as refit  # noqa: PLC0415 - `--help` needs no numpy
    from transferguard.hindsight.calibration import cases_of  # noqa: PLC0415 - the same
    from transferguard.hindsight.policy_file import policy_file as text_of  # noqa: PLC0415 - the same

    given = None if policy_file is None else policy_from(policy_file)
    with looked_back(store, keys, audit, purpose="calibrate") as archive:
        labels = archive.labels()
        before = given or _policy_of_newest(archive, labels)
        cases = cases_of(archive.decisions(), labels)
    learnt = refit(cases, before)
    if as_json:
        emit(json.dumps(learnt.to_dict(), ensure_ascii=True, sort_keys=True, separators=(",", ":")))
    else:
        show(*_tables(learnt))
    if not learnt.is_better:
        raise click.exceptions.Exit(complain("the refitted policy is no better on other senders; nothing was written", NO_BETTER))
    if out is not None:
        newest = max(feedback.at for feedback in labels.values())
        write_text(out, text_of(learnt, before, learnt_at=newest.date().isoformat()), "--out")
        if not as_json:
            emit(f"wrote {out}; try it: transferguard backtest --store {store} --policy {out}")


def _policy_of_newest(archive: SqlStore, labels: Mapping[str, Feedback]) -> Policy:
    from transferguard.hindsight import policy_of  # noqa: PLC0415 - as above
    from transferguard.policy import Policy  # noqa: PLC0415 - as above

    if not labels:
        return Policy.default()
    newest = max(labels.values(), key=lambda feedback: (feedback.at, feedback.decision_id))
    record = archive.decision(newest.decision_id)
    if record is None:  # pragma: no cover - labels go with their decisions
        raise InvalidInput("--policy", "is missing", "name the policy to refit")
    return policy_of(record.decision.policy, archive.policy)


def _tables(learnt: Calibration) -> Iterator[RenderableType]:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - JSON needs no rich
    from rich.table import Table  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    yield Text(f"{learnt.honest:,} honest and {learnt.fraud:,} fraudulent transfers, rebalanced to half each", style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("on senders not learnt from", "before", "after"):
        table.add_column(heading, justify="left" if heading.startswith("on") else "right")
    before, after = learnt.before, learnt.after
    table.add_row("Brier (0 is perfect, 0.25 a constant answer)", f"{before.brier:.4f}", f"{after.brier:.4f}")
    table.add_row("Brier skill over the base rate", f"{before.skill:.3f}", f"{after.skill:.3f}")
    table.add_row("surprise, bits per transfer", f"{before.surprise:.3f}", f"{after.surprise:.3f}")
    yield table
    yield _reliability(before, after)
    factors = Table(title="What the bits are multiplied by", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("group of findings", "factor", "counted in"):
        factors.add_column(heading, justify="left" if heading.startswith("group") else "right")
    for group, factor in learnt.factors.items():
        factors.add_row(group, f"{factor:.2f}" if factor != 1 else "as it was", f"{learnt.counted[group]:,}")
    factors.add_section()
    factors.add_row("quiet: bits when nothing is found", f"{learnt.shift:+.2f}" if learnt.shift else "as it was", "")
    yield factors


def _reliability(before: Quality, after: Quality) -> RenderableType:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    table = Table(title="Is the stated probability true?", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("stated", "before: transfers", "mean stated", "true", "after: transfers", "mean stated", "true"):
        table.add_column(heading, justify="left" if heading == "stated" else "right")
    sides = [{one.low: one for one in side.bins} for side in (before, after)]
    for low in sorted(sides[0].keys() | sides[1].keys()):
        cells = []
        for side in sides:
            one = side.get(low)
            cells += [f"{one.count:,}", f"{one.stated:.3f}", f"{one.true:.3f}"] if one else ["", "", ""]
        table.add_row(f"{low:.1f} to {low + 0.1:.1f}", *cells)
    return table
