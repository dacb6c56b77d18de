# SPDX-License-Identifier: Apache-2.0
"""How the evidence adds up, in bits, for operators: one column of numbers per hypothesis, from the prior to the probability.

The same functions that decided add it up again from the recorded evidence, so what stands here is what happened. Never for the
sender's screen: weights and other people's accounts are in it (design, rule 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transferguard.decision import Decision
from transferguard.evidence import Evidence
from transferguard.policy import Policy
from transferguard.ui.adding_up import CORRECTION, LEAST_LIKELY, AddingUp, Column, adding_up
from transferguard.ui.screen_text import drawable

BAR_CELLS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The sum behind a decision; print it with a rich console.

    Args:
        evidence: What the guard knew.
        policy: The numbers in force.
        decision: What came of it.
    """

    evidence: Evidence = field(repr=False)
    policy: Policy = field(repr=False)
    decision: Decision

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        sums = adding_up(self.evidence, self.policy)
        yield Text(f"How it adds up, in bits (log2 of a Bayes factor); a circle of {sums.circle_size}", style="bold")
        yield from _table(sums)
        for reason, outcome in sums.facts:
            yield Text(f"fact: {reason}, so at least {outcome.value}", style="bold")
        for missing in self.decision.unavailable:
            yield Text(f"not known: {drawable(missing)}", style="dim")
        yield self._end(sums)

    def _end(self, sums: AddingUp) -> RenderableType:
        at = self.policy.threshold
        limits = f"warn {at.warn:g}, challenge {at.challenge:g}, delay {at.delay:g} for takeover, mule or scam"
        stated = f"probability that something is wrong: {sums.probability:.4f}   outcome: {self.decision.outcome.value}"
        together = f"all hypotheses together {sums.total:+.2f} bits"
        if sums.correction:
            together += f", {CORRECTION} {sums.correction:+.2f}"
        lines = (Text(together, style="dim"), Text(stated, style="bold"), Text(f"thresholds: {limits}", style="dim"))
        return Padding(Group(*lines), (1, 0, 0, 0))


def _table(sums: AddingUp) -> Iterator[RenderableType]:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("evidence")
    table.add_column("bits", justify="right")
    table.add_column("sum", justify="right")
    table.add_column("", width=BAR_CELLS)
    for column in sums.columns:
        _add_column(table, column)
        table.add_section()
    yield table
    if sums.left_out:
        yield Text(f"{sums.left_out} more below {LEAST_LIKELY:.2%}", style="dim")


def _add_column(table: Table, column: Column) -> None:
    whom = f" of {drawable(column.imitates)}" if column.imitates else ""
    table.add_row(Text(f"{column.hypothesis.value}{whom}", style="bold"))
    sums = [column.prior, *(line.after for line in column.lines)]
    low, high = min(*sums, 0.0), max(*sums, 0.0)
    table.add_row("  before any evidence", f"{column.prior:+.2f}", f"{column.prior:+.2f}")
    for line in column.lines:
        if not line.counted:
            table.add_row(Text(f"  {line.reason}, said already", style="dim"), Text(f"({line.bits:+.2f})", style="dim"))
            continue
        left, right = sorted((line.before - low, line.after - low))
        bar = Bar(high - low, left, right, width=BAR_CELLS, color="red" if line.bits > 0 else "green", bgcolor="default")
        table.add_row(f"  {line.reason}", f"{line.bits:+.2f}", f"{line.after:+.2f}", bar)
    if column.correction:
        table.add_row(f"  {CORRECTION}", f"{column.correction:+.2f}", f"{column.total + column.correction:+.2f}")
    table.add_row(Text("  probability", style="bold"), "", Text(f"{column.probability:.4f}", style="bold"))
