# SPDX-License-Identifier: Apache-2.0
"""A short sample of the benchmark report, so that it cannot rot; it proves nothing about the engines."""

import os
import re
import resource
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks import peers_install, report
from tests.benchmarks.decision_allocation import LEAST_OF_ATTACK, divided, scenes, unknown
from tests.benchmarks.decision_calibration import Answered, calibration, verdict
from tests.benchmarks.report_names_tables import safe
from tests.benchmarks.report_reliability_plot import reliability_plot
from tests.benchmarks.report_statistics import clustered, least_score, share
from tests.conftest import unmeasured
from transferguard.testing.simulate import ATTACKS

pytestmark = pytest.mark.bench


TWO_MINUTES = 120.0
"""Seconds: the promise of the sample. Of processor time, which other work on the machine does not lengthen."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_sample_is_measured_and_written_as_a_page(tmp_path):
    """Every part runs, and they become one page with drawings that says what it cannot show; within two minutes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-m", "tests.benchmarks.report", "--sample", "--out", str(tmp_path)],
        cwd=Path(__file__).parents[2],
        env=unmeasured(os.environ) | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert run.returncode == 0, run.stderr
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "This is a sample run" in page
    assert "What a simulation cannot show" in page
    assert "Not measured in this run" not in page
    drawn = {file.name for file in (tmp_path / "benchmarks").iterdir()}
    assert drawn >= {"names-chinese.svg", "decision-roc.svg", "decision-reliability.svg", "decision-speed.svg", "pictures-photos-roc.svg"}
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < TWO_MINUTES


SPEED = {
    "scale": "full",
    "seed": 1,
    "seconds": 9,
    "machine": "x86_64, CPython 3.11.7",
    "start_ms": {"import transferguard": 21.0},
    "decisions": [
        {"side": side, "size": 1_000, "median_ms": median, "p99_ms": 4 * median, "peak_mb": 90.0, "caught": 0.9, "false_alerts": 0.01}
        for side, median in (("guard", 2.0), ("script", 12.0))
    ],
    "growth": [
        {
            "size": size,
            "first_ms": 30.0 * factor,
            "circle_mb": 5.0 * factor,
            "new_median_ms": 12.0,
            "new_p99_ms": 40.0,
            "new_median_cpu_ms": 11.0,
            "again_median_ms": 2.5,
            "again_p99_ms": 4.0,
            "again_median_cpu_ms": 2.0,
        }
        for size, factor in ((100, 1), (1_000, 10))
    ],
    "throughput": {"size": 1_000, "per_second": 350.0, "processes": 2},
}


def test_speed_stands_beside_the_script_of_an_afternoon(tmp_path):
    """The ratio, memory and detection in one table, what falls short in the summary, and a drawing."""
    report.write({"speed": SPEED | report.provenance()}, tmp_path)
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")

    assert "| 1,000 | transferguard | 2.00 | 8.00 | 6.0 | 90 | 90 | 1.0 |" in page
    assert "| 1,000 | 300 | 12.0 | 40.0 | 2.5 | 4.0 | 2.0 |  |  | 50 |" in page
    assert "350 decisions a second" in page
    summary = report.summary({"speed": SPEED})
    assert "speed below its goals: 6.0 of 10 times faster than the script at 1,000 contacts" in summary
    assert "compared before, median: 2.5 ms at 1,000 contacts (1)" in summary
    for name in ("decision-speed.svg", "decision-growth.svg"):
        assert ET.parse(tmp_path / "benchmarks" / name).getroot().tag.endswith("svg")  # noqa: S314 - our own drawing


def test_a_probability_that_says_what_it_means_lies_on_the_diagonal():
    """One dot per bin, at what was stated and what was true."""
    drawn = reliability_plot([{"stated": 0.5, "true": 0.5, "count": 4}, {"stated": 0.9, "true": 1.0, "count": 1}], skill=0.7)

    assert drawn.count("<circle") == 2
    assert 'cx="240.0" cy="214.0"' in drawn
    assert "Brier skill 0.7" in drawn


def test_a_result_says_where_it_comes_from():
    """Version, commit, machine class and data; never a path or a name of the machine."""
    known = report.provenance()

    assert known.keys() == {"commit", "version", "machine_class", "data"}
    assert re.fullmatch(r"\d+ cores \S+, Python [\d.]+", known["machine_class"])
    assert all("/" not in one for one in known["data"])


def test_a_peer_that_does_not_build_is_named(capsys, monkeypatch):
    """With what is then not compared, and the others are tried all the same."""
    monkeypatch.setattr(peers_install, "_succeeds", lambda _: False)
    peers_install.install()

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(peers_install.OPTIONAL)
    assert lines[0] == "peer pdqhash: does not build here, so not compared: PDQ (pictures)"


def test_the_least_score_lets_no_more_through_than_allowed():
    """One stranger in ten may alert, and no second."""
    scores = [float(number) for number in range(10)] * 10

    assert sum(score >= least_score(scores, allowed=0.1) for score in scores) <= 10
    assert least_score([float("-inf")] * 5, allowed=0.1) == 0.0
    assert least_score([3.0, float("-inf"), float("-inf")], allowed=0.4) == 0.0


def test_an_interval_holds_its_share():
    """Wilson's interval at the edges, and nothing where nothing was tried."""
    assert share(0, 10)["low"] == 0.0
    assert share(10, 10)["high"] == 1.0
    assert share(3, 10)["low"] < 0.3 < share(3, 10)["high"]
    assert share(0, 0)["value"] is None


def test_alerts_about_one_contact_say_less_than_alerts_about_several():
    """The share is the same, and its interval is wider."""
    apart, together = clustered(range(6), 1_000), clustered([1, 1, 1, 2, 2, 2], 1_000)
    assert apart == share(6, 1_000)
    assert together["value"] == apart["value"]
    assert together["low"] < apart["low"] < apart["high"] < together["high"]
    assert clustered([], 1_000) == share(0, 1_000)


def test_a_hostile_name_cannot_disturb_the_page():
    """What has no glyph or turns the line is written as its number."""
    assert safe("a\u202eb|`") == "`a\\u202eb\\u007c\\u0060`"


def test_every_scenario_is_drawn_as_often_as_its_figures_need():
    """No figure is given in vain, every attack has its least number of scenes, and those of all worlds add up."""
    assert not unknown()
    assert all(scenes(attack) >= LEAST_OF_ATTACK for attack in ATTACKS)
    assert all(sum(divided(total, [4, 4, 1, 1, 1])) == total for total in range(60))
    assert divided(1, [4.0]) == [1]


@pytest.mark.parametrize(
    ("low", "high", "worth", "said"),
    [
        (-0.04, 0.03, 50.0, "shown"),
        (-0.04, 0.03, 5.0, "neither"),
        (-0.08, 0.03, 50.0, "neither"),
        (0.06, 0.2, 50.0, "refuted"),
        (-0.2, -0.06, 50.0, "refuted"),
    ],
)
def test_a_promise_is_shown_or_refuted_by_its_interval_alone(low, high, worth, said):
    """And neither where the interval reaches over the border, or where a few scenes agree by chance."""
    assert verdict(low, high, worth) == said


def test_true_probabilities_are_found_to_be_true():
    """Scenes that are attacks as often as was said lie on the diagonal, and both answers to one scene count as one draw."""
    rng = Random(3)
    said = [rng.random() for _ in range(4_000)]
    some = [(value, rng.random() < value) for value in said]
    answered = [
        Answered(scenario="name_alone" if fraud else "repeat_payment", fraud=fraud, heard=(value,), silent=(value,), plain=value)
        for value, fraud in some
    ]
    found = calibration(answered)

    for row in found["bins"]:
        assert row["true_low"] - 0.03 <= row["stated"] <= row["true_high"] + 0.03
        assert row["count"] == 2 * round(row["worth"]) or row["count"] / 2 >= row["worth"]
    assert found["brier_skill"] == found["brier_skill_with_talk"]


def test_scenes_with_one_recipient_are_one_draw():
    """A friend who resembles somebody does so in every scene, so many scenes with few friends prove little."""
    alone = [Answered(scenario="repeat_payment", fraud=False, heard=(0.15,), silent=(0.15,), plain=0.15) for _ in range(40)]
    thieves = [Answered(scenario="name_alone", fraud=True, heard=(0.15,), silent=(0.15,), plain=0.15) for _ in range(40)]
    friends = [replace(one, recipient=f"friend {at % 4}") for at, one in enumerate(alone)]

    (each,), (four,) = (calibration([*honest, *thieves])["bins"] for honest in (alone, friends))

    assert each["true"] == four["true"]
    assert four["worth"] < each["worth"] / 3


def test_bins_that_are_worth_little_are_merged_with_their_neighbours():
    """From the lowest on, until a hundred scenes are together; what is left joins the last, and nothing is left out."""
    stated = [*([0.05] * 300), *([0.15] * 40), *([0.35] * 40), *([0.55] * 40), *([0.95] * 30)]
    answered = [
        Answered(scenario="repeat_payment" if at % 2 else "name_alone", fraud=not at % 2, heard=(one,), silent=(one,), plain=one)
        for at, one in enumerate(stated)
    ]
    found = calibration(answered)["merged"]

    assert [(row["low"], row["high"]) for row in found] == [(0.0, 0.1), (0.1, 1.0)]
    assert sum(row["share"] for row in found) == 1.0
    assert sum(row["count"] for row in found) == 2 * len(stated)
    assert all(row["true_low"] <= row["true"] <= row["true_high"] for row in found)
