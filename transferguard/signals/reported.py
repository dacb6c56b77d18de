# SPDX-License-Identifier: Apache-2.0
"""Have others complained about the recipient?

Distinct reporters count, each once with the latest complaint; every complaint loses half its weight per span of the policy. The
tenth reporter adds less than the first: complaints come in crowds, also organised ones.

Rule owned here (design, rule 6): a sender never learns that there are reports.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import log2

from transferguard.decision import Finding, Reason
from transferguard.evidence import Evidence
from transferguard.model import Report, ReportKind, Unavailable
from transferguard.policy import Policy


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
    fresh: dict[str, float] = {}
    for report in evidence.reports:
        if report.kind is not ReportKind.HARASSMENT:
            fresh[report.reporter] = max(fresh.get(report.reporter, 0.0), _freshness(report, evidence, policy))
    if fresh:
        share = log2(1 + sum(fresh.values()))
        for finding in Finding.spread(Reason.REPORTED, policy.bits(Reason.REPORTED), share=share, reporters=len(fresh)):
            yield Finding(reason=finding.reason, hypothesis=finding.hypothesis, weight=finding.weight, detail=finding.detail, visible=False)


def _freshness(report: Report, evidence: Evidence, policy: Policy) -> float:
    """1 for a complaint of today, half per span; an undated one counts as one span old."""
    span = timedelta(days=policy.spans.report_days)
    age = evidence.now - report.at if isinstance(report.at, datetime) else span
    return float(2 ** -(max(timedelta(0), age) / span))
