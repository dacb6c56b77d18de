# SPDX-License-Identifier: Apache-2.0
"""Writes `roman.txt` (letters of other scripts in ASCII), `cantonese.txt` and `nicknames.txt`."""

from __future__ import annotations

import csv
import re
import unicodedata
from importlib.resources import files

from anyascii import anyascii

from transferguard.names import tables
from transferguard.names._generate.sources import UNICODE_SOURCE, package, unihan, write_table

_MADE_BY = "sound_tables.py"
# Greek to Georgian, Hebrew, Arabic, the Indic scripts, Thai, Lao, Tibetan left out, kana.
_BLOCKS = ((0x0370, 0x058F), (0x05D0, 0x06FF), (0x0900, 0x0EFF), (0x10A0, 0x10FF), (0x3041, 0x30FE))
_INITIALS = (("gw", "kw"), ("g", "k"), ("z", "ch"), ("c", "ch"), ("j", "y"))
_FINALS = (
    ("aau", "au"), ("aai", "ai"), ("aam", "am"), ("aan", "an"), ("aang", "ang"), ("aap", "ap"), ("aat", "at"), ("aak", "ak"), ("aa", "a"),
    ("au", "au"), ("ai", "ai"), ("am", "am"), ("an", "an"), ("ang", "ang"), ("ap", "ap"), ("at", "at"), ("ak", "ak"),
    ("eoi", "ui"), ("eon", "un"), ("eot", "ut"), ("oeng", "eung"), ("oek", "euk"), ("oe", "euh"),
    ("yun", "uen"), ("yut", "uet"), ("yu", "u"),
    ("ing", "ing"), ("ik", "ik"), ("iu", "iu"), ("im", "im"), ("in", "in"), ("ip", "ip"), ("it", "it"), ("i", "i"),
    ("ung", "ung"), ("uk", "uk"), ("ui", "ui"), ("un", "un"), ("ut", "ut"), ("u", "u"),
    ("ou", "o"), ("oi", "oi"), ("on", "on"), ("ong", "ong"), ("ot", "ot"), ("ok", "ok"), ("o", "o"),
    ("ei", "ei"), ("eng", "eng"), ("ek", "ek"), ("e", "e"), ("m", "m"), ("ng", "ng"),
)  # fmt: skip


def main() -> None:
    """Write the three tables."""
    letters: dict[str, list[str]] = {}
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            char = chr(code)
            if unicodedata.category(char)[0] in "LM" and char == char.casefold():
                plain = re.sub("[^a-z]", "", anyascii(char).casefold())
                letters.setdefault(plain, []).append(char)
    write_table(
        "roman.txt",
        [(key, "".join(chars)) for key, chars in sorted(letters.items())],
        made_by=_MADE_BY,
        sources=[package("anyascii", "ISC")],
    )
    _write_cantonese()
    _write_nicknames()


def _write_cantonese() -> None:
    """Hong Kong spelling of the Cantonese reading, for the forms that names are folded to."""
    common = {char for char, _ in unihan("OtherMappings", "kTGH")}
    rows: dict[str, list[str]] = {}
    done = set()
    for char, value in unihan("Readings", "kCantonese"):
        folded = char.translate(tables.variants())
        if folded in common and (folded == char or folded not in done):
            if folded != char and folded in done:
                continue
            done.add(folded)
            rows.setdefault(_hong_kong(value.split()[0].rstrip("123456")), []).append(folded)
    write_table(
        "cantonese.txt",
        [(key, "".join(dict.fromkeys(chars))) for key, chars in sorted(rows.items())],
        made_by=_MADE_BY,
        sources=[UNICODE_SOURCE],
    )


def _hong_kong(jyutping: str) -> str:
    found = re.fullmatch("(gw|kw|ng|[bpmfdtnlgkhwzcsj])?(.*)", jyutping)
    initial, final = (found.group(1) or "", found.group(2)) if found else ("", jyutping)
    if not final:
        initial, final = "", initial
    return dict(_INITIALS).get(initial, initial) + dict(_FINALS).get(final, final)


def _write_nicknames() -> None:
    """Given name and its short forms."""
    rows: dict[str, list[str]] = {}
    with files("nicknames").joinpath("names.csv").open(encoding="utf-8") as lines:
        for entry in csv.DictReader(lines):
            rows.setdefault(entry["name1"], []).append(entry["name2"])
    write_table(
        "nicknames.txt",
        [(name, " ".join(sorted(set(short)))) for name, short in sorted(rows.items())],
        made_by=_MADE_BY,
        sources=[package("nicknames", "Apache-2.0")],
    )


if __name__ == "__main__":
    main()
