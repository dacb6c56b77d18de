# SPDX-License-Identifier: Apache-2.0
"""The generated tables of the simulator are what their generators write."""

from importlib import resources

import pytest

from transferguard.testing.disguises import generate_variants
from transferguard.testing.populations import generate_readings


def body(text):
    """The table without its first line, which names the version of the source."""
    return text.split("\n", 1)[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "generator", "name"),
    [("pypinyin", generate_readings, "han_readings.tsv"), ("opencc", generate_variants, "han_variants.tsv")],
)
def test_a_generated_table_is_up_to_date(package, generator, name):
    """Where the build-time package is installed, generating again changes nothing."""
    pytest.importorskip(package)
    kept = resources.files(generator.__spec__.parent).joinpath(name).read_text(encoding="utf-8")

    assert body(generator.table()) == body(kept)
