# SPDX-License-Identifier: Apache-2.0
"""How the evidence adds up, in bits, for operators: one column of numbers per hypothesis, from the prior to the probability.

The same functions that decided add it up again from the recorded evidence, so what stands here is what happened. Never for the
sender's screen: weights and other people's accounts are in it (design, rule 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transferguard.assess import find
from transferguard.decision import Decision, Finding, Outcome
from transferguard.evidence import Evidence
from transferguard.model import Unavailable
from transferguard.policy import Policy
from transferguard.ui.screen_text import drawable
from transferguard.weigh import Strand, Verdict, weigh

LEAST_LIKELY: Final = 0.0001
"""Probability below which a hypothesis is not worth a table: as small as the prior of theft, about 1 in 10,000."""

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
        findings = find(self.evidence, self.policy)
        size = 1 if isinstance(self.evidence.circle_size, Unavailable) else self.evidence.circle_size
        verdict = weigh(findings, size, self.policy)
        yield Text(f"How it adds up, in bits (log2 of a Bayes factor); a circle of {size}", style="bold")
        yield from self._table(verdict, findings)
        yield from self._facts(findings)
        yield self._end(verdict)

    def _table(self, verdict: Verdict, findings: list[Finding]) -> Iterator[RenderableType]:
        worth = [strand for strand in verdict.strands if strand.probability >= LEAST_LIKELY] or list(verdict.strands[:1])
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("evidence")
        table.add_column("bits", justify="right")
        table.add_column("sum", justify="right")
        table.add_column("", width=BAR_CELLS)
        for strand in worth:
            _add_strand(table, strand, findings)
            table.add_section()
        yield table
        if rest := len(verdict.strands) - len(worth):
            yield Text(f"{rest} more below {LEAST_LIKELY:.2%}", style="dim")

    def _facts(self, findings: list[Finding]) -> Iterator[RenderableType]:
        facts = [finding for finding in findings if finding.hypothesis is None and finding.at_least > Outcome.PROCEED]
        for finding in facts:
            yield Text(f"fact: {finding.reason.value}, so at least {finding.at_least.value}", style="bold")
        for missing in self.decision.unavailable:
            yield Text(f"not known: {drawable(missing)}", style="dim")

    def _end(self, verdict: Verdict) -> RenderableType:
        at = self.policy.threshold
        limits = f"warn {at.warn:g}, challenge {at.challenge:g}, delay {at.delay:g} for takeover, mule or scam"
        return Padding(
            Group(
                Text(
                    f"probability that something is wrong: {verdict.probability:.4f}   outcome: {self.decision.outcome.value}", style="bold"
                ),
                Text(f"thresholds: {limits}", style="dim"),
            ),
            (1, 0, 0, 0),
        )


def _add_strand(table: Table, strand: Strand, findings: list[Finding]) -> None:
    whom = f" of {drawable(strand.imitates)}" if strand.imitates else ""
    table.add_row(Text(f"{strand.hypothesis.value}{whom}", style="bold"))
    sums = list(accumulate((finding.weight for finding in strand.counted), initial=strand.prior))
    low, high = min(*sums, 0.0), max(*sums, 0.0)
    table.add_row("  before any evidence", f"{strand.prior:+.2f}", f"{strand.prior:+.2f}")
    for finding, (before, after) in zip(strand.counted, pairwise(sums), strict=True):
        colour = "red" if finding.weight > 0 else "green"
        bar = Bar(high - low, min(before, after) - low, max(before, after) - low, width=BAR_CELLS, color=colour, bgcolor="default")
        table.add_row(f"  {finding.reason.value}", f"{finding.weight:+.2f}", f"{after:+.2f}", bar)
    for finding in findings:
        if finding.hypothesis is strand.hypothesis and finding.imitates in {None, strand.imitates} and finding not in strand.counted:
            table.add_row(Text(f"  {finding.reason.value}, said already", style="dim"), Text(f"({finding.weight:+.2f})", style="dim"))
    table.add_row(Text("  probability", style="bold"), "", Text(f"{strand.probability:.4f}", style="bold"))
