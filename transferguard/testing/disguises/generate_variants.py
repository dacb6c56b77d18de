# SPDX-License-Identifier: Apache-2.0
"""Write `han_variants.tsv`: traditional, Taiwanese, Hong Kong and Japanese forms of common characters.

Run at build time only: `python -m transferguard.testing.disguises.generate_variants`. Source: OpenCC (Apache-2.0), one character at
a time, for the characters of `populations/han_readings.tsv`. Kept apart from the tables of the engine.
"""

from importlib.metadata import version
from pathlib import Path

from transferguard.testing.populations.han_readings import all_readings, read_as

_CONVERSIONS = ("s2t", "s2tw", "s2hk", "t2jp")


def table() -> str:
    """The whole table as text."""
    from opencc import OpenCC  # noqa: PLC0415  a build-time package

    to_traditional, to_japanese = OpenCC("s2t"), OpenCC("t2jp")
    converters = [OpenCC(name) for name in _CONVERSIONS[:3]]
    lines = [f"# OpenCC {version('OpenCC')} (Apache-2.0): character, then its forms elsewhere"]
    for sign in sorted({sign for reading in all_readings() for sign in read_as(reading)}):
        forms = {converter.convert(sign) for converter in converters}
        forms.add(to_japanese.convert(to_traditional.convert(sign)))
        forms = {form for form in forms if len(form) == 1 and form != sign}
        if forms:
            lines.append(f"{sign}\t{''.join(sorted(forms))}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table beside this file."""
    Path(__file__).with_name("han_variants.tsv").write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
