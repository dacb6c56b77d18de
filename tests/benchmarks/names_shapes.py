# SPDX-License-Identifier: Apache-2.0
"""Is the shipped Han shape table still what the typefaces say?

    python -m tests.benchmarks.names_shapes [--chars 200]

Draws a sample of characters again and compares their nearest neighbours with the shipped table. Another version of FreeType
or of the fonts moves a few grades; more than a tenth of the closest siblings missing means that the table is out of date.
"""

from __future__ import annotations

import argparse

import numpy as np

from transferguard.names import shapes, tables
from transferguard.names._generate import shape_table
from transferguard.names._generate.sources import unihan

# Cosine from which two characters must stand in the table, and the share of such pairs that may be missing.
_SURELY_ALIKE, _MOST_MISSING = 0.90, 0.1


def main() -> None:
    """Print the share of surely alike pairs that the shipped table lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=200)
    listed, total = check(parser.parse_args().chars)
    print(f"{listed} of {total} surely alike pairs are listed")
    if total - listed > _MOST_MISSING * total:
        raise SystemExit("the shape table is out of date: run python -m transferguard.names._generate.shape_table")


def check(count: int) -> tuple[int, int]:
    """How many of the surely alike pairs of a sample are in the shipped table, and how many there are."""
    common = [char for char, _ in unihan("OtherMappings", "kTGH") if "\u4e00" <= char <= "\u9fff"]  # the block that is drawn
    step = max(1, len(common) // count)
    sample = common[::step][:count]
    total = np.zeros((len(sample), len(common)), dtype=np.float32)
    for font in shape_table.FONT_FILES:
        likeness = shape_table.drawn(sample, font, boxed=False) @ shape_table.drawn(common, font, boxed=False).T
        total += likeness / len(shape_table.FONT_FILES)
    fold = tables.variants()
    pairs = {
        (sample[row].translate(fold), common[column].translate(fold))
        for row, column in zip(*np.nonzero(total >= _SURELY_ALIKE), strict=True)
        if sample[row] != common[column]
    }
    pairs = {(one, other) for one, other in pairs if one != other}
    return sum(1 for one, other in pairs if shapes.grade(one, other)), len(pairs)


if __name__ == "__main__":
    main()
