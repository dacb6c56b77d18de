# SPDX-License-Identifier: Apache-2.0
"""How a name sounds.

Han names are read syllable by syllable in Mandarin, first with tone, then merged the way ears and input methods merge
them (zh/z, n/l, an/ang). Other names are reduced to a key of consonants and vowel classes.
"""

from __future__ import annotations

import re
from functools import cache

from transferguard.names import tables

_NEAR = (
    (re.compile("^zh"), "z"),
    (re.compile("^ch"), "c"),
    (re.compile("^sh"), "s"),
    (re.compile("^n(?!$|g)"), "l"),
    (re.compile("^h(?=u)"), "f"),
    (re.compile("^r"), "l"),
    (re.compile("(?<=[aei])ng$"), "n"),
    (re.compile("uang$"), "uan"),
    (re.compile("^(?:wang|huang|fuang)$"), "wan"),
    (re.compile("v"), "u"),
)


@cache
def tone_syllables() -> dict[str, str]:
    """Han character to its syllable with tone."""
    return tables.readings()


def plain_syllable(char: str) -> str:
    """Syllable without tone; a character without reading sounds like itself."""
    reading = tables.readings().get(char)
    return reading[:-1] if reading else char


@cache
def near_syllable(syllable: str) -> str:
    """The class of syllables that are easily taken for one another."""
    for pattern, merged in _NEAR:
        syllable = pattern.sub(merged, syllable)
    return syllable


_LATIN = (
    (re.compile("ph"), "f"),
    (re.compile("gh"), "g"),
    (re.compile("ck|q|c(?=[aoukrlt])"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("sch|sh|ch|tch|cz|sz|ts|zh"), "x"),
    (re.compile("z"), "s"),
    (re.compile("th|dh"), "t"),
    (re.compile("w"), "v"),
    (re.compile("h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=.)[aeiouyj]+"), "a"),
    (re.compile("(?<=.)a$"), ""),
    (re.compile("^[aeiouyj]"), "a"),
)


@cache
def _latin_key(word: str) -> str:
    for pattern, merged in _LATIN:
        word = pattern.sub(merged, word)
    return word


def word_key(word: str) -> str:
    """The phonetic key of one folded word."""
    return _latin_key(word) if len(word) <= 24 else word
