# SPDX-License-Identifier: Apache-2.0
"""The statistics and the short sample of the picture benchmark, so that it cannot rot."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.benchmarks import pictures_data
from tests.benchmarks.pictures_plot import Line, bars, curves
from tests.benchmarks.pictures_report import Scale, markdown, measure, plots, timings
from tests.benchmarks.pictures_statistics import by_picture, curve, false_alerts, stranger_alerts, threshold
from tests.benchmarks.spreading import spread
from transferguard.testing.pictures import as_jpeg, draw_photo
from transferguard.testing.split import Split

TINY = Scale(name="tiny", photos=14, graphics=10, photo_originals=1, graphic_originals=1, honest_pairs=1, cost_rounds=1, circles=(20,))


def scores(seed, size=60):
    """Scores of unrelated pairs, some of them not even plausible."""
    values = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    values[values < -1] = -np.inf
    return values, ~np.eye(size, dtype=bool)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.1, 0.01, 1e-3, 1e-5]))
def test_a_threshold_never_alerts_more_often_than_allowed(seed, rate):
    """On its own pairs the realised rate is at most the rate asked for, and nearly as high."""
    values, pairs = scores(seed)
    realised = (values[pairs] >= threshold(values, pairs, rate)).mean()

    assert realised <= rate
    assert realised >= min(rate, np.isfinite(values[pairs]).mean()) - 2 / pairs.sum()


def test_where_almost_nothing_is_plausible_every_plausible_pair_alerts():
    """A threshold never sinks to "not plausible"."""
    values, pairs = scores(1)
    values[:] = -np.inf
    values[0, 1] = 5

    assert np.isfinite(threshold(values, pairs, 0.1))
    assert (values[pairs] >= threshold(values, pairs, 0.1)).sum() == 1


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(-1, 3))
def test_intervals_hold_their_value(seed, least):
    """The measured rate lies inside its own interval."""
    values, pairs = scores(seed)
    rng = np.random.default_rng(seed)

    for rate in (false_alerts(values, pairs, least, rng=rng), stranger_alerts(values, pairs, least, rng=rng)):
        assert rate.low - 0.02 <= rate.value <= rate.high + 0.02
        assert 0 <= rate.low <= rate.high <= 1


def test_finding_everything_is_not_certainty():
    """Twenty of twenty found means at least 85 %, by the rule of three; none found means at most 15 %."""
    rng = np.random.default_rng(1)

    assert by_picture(np.ones((20, 3), dtype=bool), rng).low == pytest.approx(0.85)
    assert by_picture(np.zeros((20, 3), dtype=bool), rng).high == pytest.approx(0.15)
    assert by_picture(np.zeros((0, 3), dtype=bool), rng).high == 1


def test_recall_rises_along_the_curve():
    """Laxer thresholds never find less."""
    values, pairs = scores(3)
    recalls = [recall for _, recall in curve(values, pairs, values[:5] + 1)]

    assert recalls == sorted(recalls)


def test_near_identical_pictures_are_dropped():
    """A picture, its mirror and its quarter turn count once."""
    picture = draw_photo(5, size=96)
    turned = [
        picture,
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        picture.transpose(Image.Transpose.ROTATE_90),
        draw_photo(6, size=96),
    ]
    found = pictures_data.distinct([pictures_data.Specimen(source=str(place), data=as_jpeg(one)) for place, one in enumerate(turned)])

    assert [one.source for one in found] == ["0", "3"]


def test_the_parts_share_no_picture():
    """What sets a threshold is not what is reported."""
    check, report = ({one.source for one in pictures_data.graphics(split, 30)} for split in (Split.CHECK, Split.REPORT))

    assert not check & report


def test_neighbours_in_one_photograph_are_not_unrelated():
    """Pictures of one shoot do not count as unrelated pairs; painted ones always do."""
    one, other = (pictures_data.Specimen(source=str(place), data=b"", shoot="dune") for place in range(2))
    painted = pictures_data.Specimen(source="painted", data=b"")

    assert not one.unrelated_to(other)
    assert one.unrelated_to(painted)
    assert painted.unrelated_to(one)
    assert not painted.unrelated_to(painted)


def test_work_is_spread_in_order():
    """One process or two give the results in the order of the items."""
    assert spread(lambda item: item * 2, [3, 1, 2], jobs=1) == [6, 2, 4]
    assert spread(lambda item: item * 2, [3, 1, 2], jobs=2) == [6, 2, 4]


@pytest.mark.parametrize(
    "drawing", [curves("a < b", [Line(name="x & y", points=[(1e-5, 0.2), (1e-2, 0.9)])]), bars("t", [("a_b", [0.5, 1])], ["x", "y"])]
)
def test_drawings_are_well_formed(drawing):
    """Names are escaped, and the file is XML."""
    assert ET.fromstring(drawing).tag.endswith("svg")  # noqa: S314  # our own text


@pytest.mark.slow
@pytest.mark.bench
def test_the_whole_picture_benchmark_runs_on_a_handful_of_pictures():
    """Measure, tables and drawings hold together, and the result is plain JSON."""
    measured, enrolled = measure(TINY)
    result = json.loads(json.dumps(measured | timings(enrolled, TINY)))

    assert {row["peer"] for row in result["recall"]} >= {"transferguard", "phash", "dhash"}
    assert "transferguard" in markdown(result)
    assert len(plots(result)) == 4
    assert all(ET.fromstring(drawing).tag.endswith("svg") for drawing in plots(result).values())  # noqa: S314  # our own text
