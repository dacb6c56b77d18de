# SPDX-License-Identifier: Apache-2.0
"""A short sample of the benchmark report, so that it cannot rot; it proves nothing about the engines."""

import json

import pytest

from tests.benchmarks import decision_report, names_report, report
from tests.benchmarks.report_names_tables import safe
from tests.benchmarks.report_statistics import brier_skill, least_score, reliability, share

pytestmark = pytest.mark.bench


@pytest.mark.slow
def test_the_sample_is_measured_and_written_as_a_page(tmp_path):
    """Both parts run, survive JSON, and become one page with drawings that says what it cannot show."""
    results = {"names": names_report.measure(names_report.SAMPLE), "decision": decision_report.measure(decision_report.SAMPLE)}

    report.write(json.loads(json.dumps(results)), tmp_path)

    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "This is a sample run" in page
    assert "What a simulation cannot show" in page
    assert "Not measured in this run" in page
    assert {file.name for file in (tmp_path / "benchmarks").iterdir()} >= {"names-chinese.svg", "decision-roc.svg"}
    assert report.summary(results)


def test_a_constant_answer_has_no_skill():
    """Brier skill is measured over the base rate."""
    assert brier_skill([0.5, 0.5], [True, False]) == pytest.approx(0.0)
    assert brier_skill([1.0, 0.0], [True, False]) == pytest.approx(1.0)


def test_the_least_score_lets_no_more_through_than_allowed():
    """One stranger in ten may alert, and no second."""
    scores = [float(number) for number in range(10)] * 10

    assert sum(score >= least_score(scores, allowed=0.1) for score in scores) <= 10
    assert least_score([float("-inf")] * 5, allowed=0.1) == 0.0
    assert least_score([3.0, float("-inf"), float("-inf")], allowed=0.4) == 3.0


def test_an_interval_holds_its_share():
    """Wilson's interval at the edges, and nothing where nothing was tried."""
    assert share(0, 10)["low"] == 0.0
    assert share(10, 10)["high"] == 1.0
    assert share(3, 10)["low"] < 0.3 < share(3, 10)["high"]
    assert share(0, 0)["value"] is None


def test_reliability_counts_every_answer_once():
    """Certainty belongs to the last bin."""
    rows = reliability([0.05, 1.0, 0.95], [False, True, True], [1.0, 1.0, 1.0])

    assert sum(row["count"] for row in rows) == 3
    assert rows[-1]["true"] == 1.0


def test_a_hostile_name_cannot_disturb_the_page():
    """What has no glyph or turns the line is written as its number."""
    assert safe("a\u202eb|`") == "`a\\u202eb\\u007c\\u0060`"
