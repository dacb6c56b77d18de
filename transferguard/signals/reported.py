# SPDX-License-Identifier: Apache-2.0
"""Have others complained about the recipient?

Distinct people count, each once with the strongest complaint; every complaint loses half its weight per span of the policy. The
tenth reporter adds less than the first: complaints come in crowds, also organised ones.

Rule owned here (design, rule 6): a sender never learns that there are reports.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import log2
from typing import Final

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence, Reporter
from transferguard.model import Report, ReportKind, Unavailable
from transferguard.policy import Policy

_CREDIT_OF_KIND: Final = {ReportKind.BLOCKED_AFTER_PAYMENT: 1.5}
"""Taking the money and blocking whoever paid is the end of nearly every fraud and of few honest sales, chosen."""

_SETTLED: Final = timedelta(days=30)
"""Age from which on an account that complains is taken for a person, chosen."""


def reported(evidence: Evidence, policy: Policy) -> Iterator[Finding]:
    """How many people have reported this account, and how lately?

    Args:
        evidence: Complaints about the recipient.
        policy: Bits for one fresh report; days in which it loses half.

    Yields:
        `reported` with the number of distinct reporters; harassment is no sign of fraud and is left out.
    """
    if isinstance(evidence.reports, Unavailable):
        return
    known = {reporter.account: reporter for reporter in evidence.reporters}
    fresh: dict[str, float] = {}
    for report in evidence.reports:
        if report.kind is not ReportKind.HARASSMENT:
            reporter = known.get(report.reporter)
            person = reporter.person if reporter else report.reporter
            credit = _CREDIT_OF_KIND.get(report.kind, 1.0) * _credit_of(reporter, report)
            fresh[person] = max(fresh.get(person, 0.0), credit * _freshness(report, evidence, policy))
    if fresh:
        share = log2(1 + sum(fresh.values()))
        yield from Finding.spread(Reason.REPORTED, policy.bits(Reason.REPORTED), share=share, visible=False, reporters=len(fresh))


def _credit_of(reporter: Reporter | None, report: Report) -> float:
    """1 for an ordinary reporter, a quarter for an account opened just before it complained: brigades are made of those."""
    if reporter and isinstance(reporter.created_at, datetime) and isinstance(report.at, datetime):
        return 1.0 if report.at - reporter.created_at >= _SETTLED else 0.25
    return 1.0


def _freshness(report: Report, evidence: Evidence, policy: Policy) -> float:
    """1 for a complaint of today, half per span; an undated one counts as one span old."""
    span = timedelta(days=policy.spans.report_days)
    age = evidence.now - report.at if isinstance(report.at, datetime) else span
    return float(2 ** -(max(timedelta(0), age) / span))
