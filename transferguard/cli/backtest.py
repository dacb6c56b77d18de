# SPDX-License-Identifier: Apache-2.0
"""`transferguard backtest`: the recorded past under another policy, before anybody is stopped by it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from transferguard.cli.opening import looked_back, looking_back_options, policy_from
from transferguard.cli.terminal import complain, emit, show

if TYPE_CHECKING:
    from rich.console import RenderableType

    from transferguard.hindsight import Backtest
    from transferguard.seams import DecisionRecord
    from transferguard.store import SqlStore

EXCEEDED: Final = 3
"""Exit status: done, and more is stopped than was allowed."""

EPILOG = """\b
Examples:
  transferguard backtest --store guard.db --policy new.toml
  transferguard backtest --store guard.db --policy new.toml --json > difference.json
  transferguard backtest --store guard.db --policy new.toml --most-stopped 0.01

\b
Exit status: 0 done; 1 a fault of ours or of the machine; 2 a mistake in the call or in the policy;
3 done, and a larger share is stopped than --most-stopped allows; 130 interrupted, nothing was changed.
"""


@click.command(epilog=EPILOG)
@looking_back_options
@click.option("--policy", "policy_file", required=True, metavar="FILE", help="The candidate: keys laid over the default policy.")
@click.option("--most-stopped", type=click.FloatRange(0, 1), metavar="SHARE", help="Exit with status 3 when a larger share is stopped.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def backtest(  # noqa: PLR0913 - one keyword per option
    *, store: str, keys: str | None, audit: str | None, policy_file: str, most_stopped: float | None, as_json: bool
) -> None:
    """Judge every recorded transfer again under another policy, and show for whom that changes something.

    Who would newly be stopped, who would be let through, by reason, and the ten cases that tell most: first those that
    contradict what `Guard.feedback` said, then the longest jumps. Stopped is a challenge or more. The database is only read.
    """
    from transferguard.hindsight import Backtesting  # noqa: PLC0415 - `--help` needs none of it

    candidate = policy_from(policy_file)
    with looked_back(store, keys, audit, purpose="backtest") as archive:
        labels = {decision_id: feedback.label for decision_id, feedback in archive.labels().items()}
        backtesting = Backtesting(candidate, labels)
        for record in _with_progress(archive):
            backtesting.take(record)
    result = backtesting.result()
    if as_json:
        emit(json.dumps(result.to_dict(), ensure_ascii=True, sort_keys=True, separators=(",", ":")))
    else:
        show(*_tables(result))
    stopped = result.stopped(result.candidate)
    if most_stopped is not None and stopped > most_stopped:
        raise click.exceptions.Exit(complain(f"{stopped:.4f} of the transfers would be stopped, above {most_stopped:g}", EXCEEDED))


def _with_progress(archive: SqlStore) -> Iterator[DecisionRecord]:
    """Every decision; on a terminal with a bar on standard error."""
    if not sys.stderr.isatty():
        yield from archive.decisions()
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe needs none of it
    from rich.progress import track  # noqa: PLC0415 - the same

    total = archive.count_decisions()
    yield from track(archive.decisions(), "judging again", total=total, console=Console(stderr=True), transient=True)


def _tables(result: Backtest) -> Iterator[RenderableType]:
    from rich.text import Text  # noqa: PLC0415 - JSON needs no rich

    yield Text(f"{result.transfers:,} transfers under the policy {result.policy[:19]}", style="bold")
    if result.without_evidence:
        yield Text(f"{result.without_evidence:,} more decisions were kept without evidence and cannot be judged again", style="dim")
    yield _outcomes(result)
    moved = [direction for direction, reasons in result.moved.items() if reasons]
    if not moved:
        yield Text("nothing changes for anybody", style="bold")
        return
    yield _moved(result)
    yield from _telling(result)


def _outcomes(result: Backtest) -> RenderableType:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    from transferguard.codes import Outcome  # noqa: PLC0415 - as above

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("outcome", "as it was", "candidate", "change"):
        table.add_column(heading, justify="left" if heading == "outcome" else "right")
    for outcome in Outcome:
        before, after = result.live.get(outcome, 0), result.candidate.get(outcome, 0)
        table.add_row(outcome.value, f"{before:,}", f"{after:,}", f"{after - before:+,}" if after != before else "")
    shares = result.stopped(result.live), result.stopped(result.candidate)
    table.add_section()
    table.add_row("share stopped", f"{shares[0]:.3%}", f"{shares[1]:.3%}", f"{shares[1] - shares[0]:+.3%}")
    return table


def _moved(result: Backtest) -> RenderableType:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    table = Table(title="For whom something changes", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("direction", "what speaks loudest", "transfers", "known honest", "known fraud"):
        table.add_column(heading, justify="left" if heading in {"direction", "what speaks loudest"} else "right")
    for direction, reasons in result.moved.items():
        honest, fraud = result.labelled.get(direction, (0, 0))
        for at, (reason, count) in enumerate(reasons.items()):
            known = (f"{honest:,}", f"{fraud:,}") if at == 0 else ("", "")
            table.add_row(direction.value.replace("_", " ") if at == 0 else "", reason, f"{count:,}", *known)
    return table


def _telling(result: Backtest) -> Iterator[RenderableType]:
    from rich.text import Text  # noqa: PLC0415 - as above

    from transferguard.ui.screen_text import drawable  # noqa: PLC0415 - as above

    yield Text("Look at these first, with `transferguard explain`", style="bold")
    for number, case in enumerate(result.telling, start=1):
        jump = f"{case.live.value} > {case.candidate.value}"
        probability = f"p {case.live_probability:.3f} > {case.candidate_probability:.3f}"
        label = f"  turned out: {case.label.value}" if case.label else ""
        yield Text(f"{number:>2}. {jump:<22} {probability:<18} {case.reason}{label}", style="bold red" if case.is_worse else "")
        yield Text(f"    {case.decision_id}  {drawable(case.transfer_id)}", style="dim", overflow="fold")
