# SPDX-License-Identifier: Apache-2.0
"""The page about evidence says what the default policy says."""

from tests.benchmarks.fit_weights import JUDGED
from tests.benchmarks.weights_table import PAGE, SOURCES, rendered
from transferguard.policy import Policy


def test_the_page_lists_every_weight_with_its_source():
    """Written by `python -m tests.benchmarks.weights_table --write`."""
    assert rendered(Policy.default()) in PAGE.read_text(encoding="utf-8")


def test_every_weight_is_fitted_or_says_why_not():
    """A number without a source is a guess that nobody admits."""
    reasons = {reason.value for reason in Policy.default().weights}

    assert reasons | {"quiet"} == set(JUDGED) | set(SOURCES)
    assert not set(JUDGED) & set(SOURCES)
