# SPDX-License-Identifier: Apache-2.0
"""Write `han_readings.tsv`: how common Han characters are read in Mandarin.

Run at build time only: `python -m transferguard.testing.populations.generate_readings`. Characters: the first level of GB 2312
(3,755 in daily use, taken from Python's own codec) and every character of our name tables. Readings: pypinyin (MIT), the most
common one of each character. The table is kept apart from the tables of the engine, so that the judge does not copy the judged.
"""

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from transferguard.testing.populations import chinese

_FIRST_ROW, _LAST_ROW = 0xB0, 0xD7


def _characters() -> set[str]:
    level_one = {
        bytes((row, cell)).decode("gb2312")
        for row in range(_FIRST_ROW, _LAST_ROW + 1)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (_LAST_ROW, 0xFA)
    }
    named = {sign for value in vars(chinese).values() if isinstance(value, str) for sign in value if "\u4e00" <= sign <= "\u9fff"}
    tables = (chinese._CHARACTERS, chinese._WHOLE_GIVEN)  # noqa: SLF001  the generator and the table are one idea
    named |= {sign for table in tables for text in table.values() for sign in text if sign != " "}
    return level_one | named | set(chinese._MILLIONS_OF_BEARERS)  # noqa: SLF001  the same


def table() -> str:
    """The whole table as text."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  a build-time package

    by_reading: dict[str, list[str]] = defaultdict(list)
    for sign in sorted(_characters()):
        reading = pinyin(sign, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)[0][0]
        if reading != sign:
            by_reading[reading].append(sign)
    lines = [f"# pypinyin {version('pypinyin')} (MIT): reading with tone number, then the characters read so"]
    lines += [f"{reading}\t{''.join(signs)}" for reading, signs in sorted(by_reading.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table beside this file."""
    Path(__file__).with_name("han_readings.tsv").write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
