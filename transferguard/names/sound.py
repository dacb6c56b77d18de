# SPDX-License-Identifier: Apache-2.0

"""How a Han name sounds.

Syllables are read in Mandarin: with tone, without tone, and as a class of syllables that ears, accents and input methods
take for one another (zh/z/j, sh/s/x, n/l, k/g, an/ang, f/h, and 王/黄 and 吴/胡, which are one in the south). A character may have several
readings. How letters sound is the question of `roman`.
"""

from __future__ import annotations

import re
from functools import cache

from transferguard.names import tables

_NEAR = (
    (re.compile("^zh"), "z"),
    (re.compile("^ch"), "c"),
    (re.compile("^sh"), "s"),
    (re.compile("^j"), "z"),
    (re.compile("^q"), "c"),
    (re.compile("^x"), "s"),
    (re.compile("v"), "u"),
    (re.compile("^yu(?=$|a|e|n)"), "yu"),
    (re.compile("(?<=[aei])ng$"), "n"),
    (re.compile("^hong$"), "fen"),
    (re.compile("^(?:wan|huan|fuan)$"), "wan"),
    (re.compile("^hui$"), "fei"),
    (re.compile("^hun$"), "fen"),
    (re.compile("^hu(?=.)"), "f"),
    (re.compile("^h(?=an|en|ei|ou)"), "f"),
    (re.compile("^(?:hu|fu)$"), "wu"),
    (re.compile("^k(?=.)"), "g"),
    (re.compile("^[nr](?=.)"), "l"),
)
# Characters that are read differently as a surname.
_SURNAME_READINGS = dict(
    item.split(":")
    for item in [
        "单:shan4",
        "仇:qiu2",
        "解:xie4",
        "曾:zeng1",
        "查:zha1",
        "区:ou1",
        "朴:piao2",
        "盖:ge3",
        "任:ren2",
        "华:hua4",
        "覃:qin2",
        "员:yun4",
        "缪:miao4",
        "翟:zhai2",
        "尉:yu4",
        "洗:xian3",
        "冼:xian3",
        "乐:yue4",
        "繁:po2",
        "种:chong2",
        "黑:he4",
        "秘:bi4",
        "折:she2",
        "召:shao4",
        "燕:yan1",
        "宁:ning4",
        "纪:ji3",
        "应:ying1",
        "葛:ge3",
        "石:shi2",
        "万:wan4",
        "沈:shen3",
        "长:zhang3",
        "车:che1",
        "晁:chao2",
        "逄:pang2",
        "郇:xun2",
        "谌:chen2",
        "哈:ha3",
        "钻:zuan1",
        "牟:mou2",
        "柏:bai3",
        "仉:zhang3",
    ]
)


@cache
def syllables(char: str) -> tuple[str, ...]:
    """The syllables with tone that a character is read as in names, the usual one first; itself when it has none."""
    first = tables.readings().get(char)
    surname = _SURNAME_READINGS.get(char)
    found = dict.fromkeys(one for one in (first, *tables.further_readings().get(char, ())[:1], surname) if one)
    return tuple(found) or (char,)


@cache
def plain_syllables(char: str) -> frozenset[str]:
    """The same without tone."""
    return frozenset(map(toneless, syllables(char)))


@cache
def near_syllables(char: str) -> frozenset[str]:
    """The classes of syllables that a character belongs to."""
    return frozenset(near_syllable(syllable) for syllable in plain_syllables(char))


def toneless(syllable: str) -> str:
    """A syllable without its tone."""
    return syllable[:-1] if syllable[-1:].isdigit() else syllable


@cache
def near_syllable(syllable: str) -> str:
    """The class of toneless syllables that are easily taken for one another."""
    for pattern, merged in _NEAR:
        syllable = pattern.sub(merged, syllable)
    return syllable


@cache
def first_syllable(char: str, *, surname: bool = False) -> str:
    """The toneless syllable that a character has in a name, as a surname where it stands first."""
    if surname and char in _SURNAME_READINGS:
        return toneless(_SURNAME_READINGS[char])
    return toneless(syllables(char)[0])


@cache
def syllable_number(syllable: str) -> int:
    """A number for a syllable class, stable over runs; other text gets a number above all code points."""
    number = 0
    for char in syllable:
        number = (number * 131 + ord(char)) & 0x3FFFFFFF
    return number + 0x200000


@cache
def near_number(char: str, *, surname: bool = False) -> int:
    """The number of the class of a character's usual syllable."""
    return syllable_number(near_syllable(first_syllable(char, surname=surname)))


@cache
def other_near_numbers(char: str, *, surname: bool = False) -> tuple[int, ...]:
    """The numbers of the classes of a character's other readings, at most two."""
    usual = near_number(char, surname=surname)
    numbers = dict.fromkeys(syllable_number(near_syllable(toneless(one))) for one in syllables(char))
    return tuple(number for number in numbers if number != usual)[:2]
