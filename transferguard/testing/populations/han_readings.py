# SPDX-License-Identifier: Apache-2.0
"""How is a Han character read in Mandarin, and which characters are read alike?

One generated table (`han_readings.tsv`, see `generate_readings`) and the few surnames that are read otherwise than the same
character elsewhere.
"""

from functools import cache
from importlib import resources

_SURNAME_READINGS = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "翟": "zhai",
    "区": "ou",
    "任": "ren",
    "盖": "gai",
    "冼": "xian",
    "覃": "qin",
    "尉迟": "yuchi",
    "令狐": "linghu",
    "朴": "piao",
    "缪": "miao",
    "乐": "yue",
    "华": "hua",
}


@cache
def _characters_by_reading() -> dict[str, str]:
    text = resources.files(__package__).joinpath("han_readings.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@cache
def _reading_by_character() -> dict[str, str]:
    return {sign: reading for reading, signs in _characters_by_reading().items() for sign in signs}


def reading(sign: str) -> str:
    """The most common reading with its tone number (`li3`), or an empty text where the table has none."""
    return _reading_by_character().get(sign, "")


def syllables(text: str) -> list[str]:
    """The readings of every character without tones; `ü` is written `v`, a character without reading is left out."""
    return [found[:-1] for sign in text if (found := reading(sign))]


def surname_reading(surname: str) -> str:
    """How a surname is read, without tones."""
    return _SURNAME_READINGS.get(surname) or "".join(syllables(surname))


def read_as(pinyin: str) -> str:
    """All characters with exactly this reading and tone (`li3`), in code-point order."""
    return _characters_by_reading().get(pinyin, "")


def all_readings() -> tuple[str, ...]:
    """Every reading of the table, with tone numbers."""
    return tuple(_characters_by_reading())
