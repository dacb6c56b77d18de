# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one to three characters
"""How is a Japanese name in Han characters read?

Most characters have several readings, and which one a name has its bearer alone knows; so a name stands for all of them, at
most a few dozen. Voicing within a name (rendaku: 田 is ta and da) and the lengths of vowels are left out on both sides.
What a likeness is worth is the question of `cross`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from operator import itemgetter

from transferguard.names import ranks, respelling, roman, shares, tables
from transferguard.names.fold import fold_table

# Readings of a whole name that are kept, and of a character in longer names.
_MOST_SPELLINGS, _MOST_CLASSES, _MOST_IN_LONG, _LONG = 256, 32, 4, 4
_LONGEST, _LONGEST_KANA, _LONGEST_LATIN = 6, 12, 40
_UNVOICED = str.maketrans("gzZSdCTbp", "ksssttthh")
_CONSONANT_OF = str.maketrans("gzjdclv", "ksstsrh", "aeiouyw'-")
_NO_CLASS = re.compile("[^kstnmr]+")
_PAIRS = (("ch", "t"), ("sh", "s"), ("ts", "t"))
_ONCE = re.compile(r"(.)\1+")
_KANA, _ALL_KANA = re.compile("[\u3041-\u30fe\u3005]"), re.compile("[\u3041-\u30fe]+")
_ALL_HAN = re.compile(f"[\u4e00-\u9fff]{{1,{2 * _LONGEST_LATIN}}}")
_HAN_OR_KANA = re.compile("[\u3005\u3041-\u30fe\u3400-\u9fff\uf900-\ufaff]+")


@lru_cache(maxsize=1024)
def plain_sound(latin: str) -> str:
    """A spelling in Latin letters without what systems and voices differ in."""
    return _ONCE.sub(r"\1", respelling.japanese(latin[:_LONGEST_LATIN]).translate(_UNVOICED))


@lru_cache(maxsize=2048)
def consonants_of(latin: str) -> str:
    """The classes of consonants of a spelling, under which readings are looked up."""
    for spelled, kind in _PAIRS:
        if spelled in latin:
            latin = latin.replace(spelled, kind)
    return _ONCE.sub(r"\1", _NO_CLASS.sub("", latin.translate(_CONSONANT_OF)))


@lru_cache(maxsize=512)
def readings_of(name: str) -> frozenset[str]:
    """The plain sounds of a name, surname first; none when it is no Japanese name."""
    return frozenset(_ONCE.sub(r"\1", one) for one in _usual_first(_options(name), _MOST_SPELLINGS) if one)


def is_reading(plain: str, name: str) -> bool:
    """Can a Japanese name, surname first, be read so? Asked of one plain sound at a time, which is quicker than all readings."""
    reached = {0}
    for parts in _options(name):
        ahead = {at + len(part) for at in reached for part in parts if plain.startswith(part, at)}
        # Letters that meet at a seam are written once.
        ahead |= {
            at + len(part) - 1 for at in reached if at for part in parts if part[:1] == plain[at - 1] and plain.startswith(part[1:], at)
        }
        reached = ahead
    return len(plain) in reached


def bits_of_readings(name: str) -> float:
    """log2 of the number of ways in which a name may be read."""
    return sum(math.log2(len(parts)) for parts in _options(name))


def consonants_of_readings(name: str, most: int = _MOST_CLASSES) -> tuple[str, ...]:
    """The classes of consonants of the readings of a name, at most a few dozen; none when it is no Japanese name."""
    options = _options(name)
    if not options:
        return ()
    classes = [tuple(dict.fromkeys(map(consonants_of, spelled))) for spelled in options]
    found = (_ONCE.sub(r"\1", one) for one in _usual_first(classes, 2 * most) if one)
    return tuple(dict.fromkeys(found))[:most]


def _usual_first(options: list[tuple[str, ...]], most: int) -> list[str]:
    """One of each, run together: those whose parts stand first in their lists before the others."""
    reached: list[tuple[int, str]] = [(0, "")]
    for parts in options:
        ahead = [(rank + place, text + part) for rank, text in reached for place, part in enumerate(parts)]
        ahead.sort(key=itemgetter(0))
        reached = ahead[:most]
    return [text for _, text in reached] if options else []


@lru_cache(maxsize=1024)
def _options(name: str) -> list[tuple[str, ...]]:
    """The readings of each part of a Japanese name; none for other names."""
    text = name
    if not _ALL_HAN.fullmatch(name):
        text = "".join(_HAN_OR_KANA.findall(unicodedata.normalize("NFKC", name[: 2 * _LONGEST_LATIN])))
    if not 2 <= len(text) <= (_LONGEST_KANA if _ALL_KANA.fullmatch(text) else _LONGEST) or not _is_japanese(text):
        return []
    known = tables.japanese_readings()
    options: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        size = next((size for size in (3, 2) if len(text) >= at + size and text[at : at + size] in known), 1)
        part = text[at : at + size]
        if part == "々" and at:
            options.append(options[-1])
        elif part in known:
            found = known[part][:_MOST_IN_LONG] if len(text) >= _LONG else known[part]
            options.append(found if size == 1 else (*found, "".join(known[char][0] for char in part if char in known)))
        elif _KANA.match(part):
            options.append((plain_sound("".join(roman.romanised(part))),))
        else:
            return []
        at += size
    return options


def _is_japanese(text: str) -> bool:
    """Kana, a Japanese surname or what looks like one, or no Chinese surname and a character that Japanese names end in."""
    folded = text.translate(fold_table())
    if _KANA.search(text) or shares.is_japanese(folded):
        return True
    if len(folded) <= 2:
        return False
    if len(folded) >= _LONG:
        return folded[:2] not in shares.surname_bits()  # a Chinese name of four characters has a surname of two
    first, second = ranks.parts_of_japanese_surnames()
    if folded[0] in first and folded[1] in second:
        return True
    return folded[-1] in ranks.ranked("japanese_char") and folded[0] not in shares.surname_bits()
