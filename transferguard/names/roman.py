# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the numbers are the code points that bound a Unicode block
# ruff: noqa: E501 - a table reads better with its rows whole
"""How a name is written in Latin letters, and how that sounds.

Every script has its romanisations: pinyin, Wade-Giles and Hong Kong spelling for Han, the revised one for Hangul, Hepburn
for kana, letter by letter for the rest. Because nobody follows one system, romanised names are compared by a skeleton of
consonant classes first and by their letters second.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from transferguard.names import sound, tables
from transferguard.names.bounds import readable

_HAN = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
# Letters of a word that are read for its sound.
_LONGEST_WORD = 32
_LEADS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]
_TAILS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_SMALL_Y = re.compile("i(?:ゃ|ャ)|i(?:ゅ|ュ)|i(?:ょ|ョ)")
# Hepburn writes sha, cha and ja.
_SOFT_Y = re.compile("(sh|ch|j)y(?=[auo])")
# Spellings that Korean families chose against every system.
KOREAN_SURNAMES = {
    "이": ("lee", "yi", "rhee", "i"), "박": ("park", "pak"), "최": ("choi",), "임": ("lim", "rim"), "유": ("yoo", "ryu", "you"), "류": ("ryu", "yoo", "lyu"), "노": ("roh", "noh"),
    "우": ("woo", "wu"), "나": ("ra", "na"), "라": ("ra", "na"), "여": ("yeo", "lyuh"), "양": ("yang", "ryang"), "백": ("paik", "baek", "back"), "오": ("oh", "o"), "허": ("hur", "heo"),
    "안": ("ahn", "an"), "심": ("shim",), "신": ("shin",), "전": ("jun", "chun"), "정": ("jung", "chung"), "조": ("cho",), "김": ("kim",), "문": ("moon",), "윤": ("yoon",), "서": ("suh", "seo"),
    }  # fmt: skip
# Spellings that Hong Kong, Malaysian and Singaporean families write for their surnames, whatever the reading table says.
_HONG_KONG_SURNAMES = {
    "李": "lee li", "周": "chow", "邹": "chow", "曹": "cho tso", "罗": "law lo", "顾": "koo ku", "谢": "tse", "蔡": "choi tsoi", "徐": "tsui chui",
    "崔": "tsui chui", "曾": "tsang", "何": "ho", "高": "ko go", "胡": "wu woo", "苏": "so", "萧": "siu", "肖": "siu", "卢": "lo", "石": "shek",
    "沈": "shum sum", "岑": "shum", "余": "yu", "孙": "suen sun", "冼": "sin", "潘": "poon pun", "区": "au", "柯": "or", "古": "koo ku", "邵": "siu shiu",
    "施": "sze si", "关": "kwan", "郭": "kwok", "傅": "fu foo", "符": "foo", "庄": "chong", "蒋": "cheung tseung", "姜": "keung geung", "龚": "kung",
    "毛": "mo", "杜": "to", "董": "tung", "邓": "tang", "丁": "ting", "白": "pak", "鲍": "pau", "谭": "tam", "戴": "tai", "成": "shing", "盛": "shing",
    "尚": "sheung", "司": "sze", "翁": "yung", "瞿": "kui", "向": "heung", "吴": "ng wu", "黄": "wong", "王": "wong", "方": "fong", "冯": "fung", "叶": "yip",
    "邱": "yau", "丘": "yau", "尤": "yau", "游": "yau", "欧": "au", "赵": "chiu chao", "朱": "chu", "钟": "chung", "张": "cheung chang", "陈": "chan chen",
    "郑": "cheng", "程": "ching", "梁": "leung", "林": "lam lim", "刘": "lau", "廖": "liu", "杨": "yeung yang", "许": "hui hsu", "洪": "hung", "江": "kong",
    "邝": "kwong", "黎": "lai", "麦": "mak", "莫": "mok", "伍": "ng", "温": "wan", "袁": "yuen", "阮": "yuen", "姚": "yiu", "俞": "yu",
}  # fmt: skip
_WADE_GILES = (
    ("^yan$", "yen"), ("^zhi$", "chih"), ("^chi$", "chih"), ("^shi$", "shih"), ("^ri$", "jih"), ("^zi$", "tzu"), ("^ci$", "tzu"), ("^si$", "ssu"),
    ("^(?:zh|j|q)", "ch"), ("^x", "hs"), ("^(?:z|c(?!h))", "ts"), ("^b", "p"), ("^d", "t"), ("^g", "k"), ("^r", "j"), ("(?<=k)e$", "o"), ("^he$", "ho"), ("^e$", "o"),
    ("ian$", "ien"), ("ie$", "ieh"), ("ue$", "ueh"), ("ong$", "ung"), ("(?<=[kh])uo$", "uo"), ("(?<![kghs])uo$", "o"), ("^you$", "yu"), ("^yi$", "i"), ("v", "u"),
)  # fmt: skip


def romanised(name: str) -> tuple[str, ...]:
    """The words of a name in ASCII letters, by its usual romanisation; letters without one are left out."""
    text = unicodedata.normalize("NFC", readable(name).casefold())
    if not text.isascii():
        text = _SMALL_Y.sub(
            lambda found: {"ゃ": "ya", "ャ": "ya", "ゅ": "yu", "ュ": "yu", "ょ": "yo", "ョ": "yo"}[found.group()[-1]], _in_letters(text)
        )
        text = _SOFT_Y.sub(r"\1", text)
    return tuple(re.findall("[a-z]+", text.replace("'", "")))


def _in_letters(text: str) -> str:
    table, looks, ignorable = tables.roman(), tables.looks(), tables.ignorable()
    found = []
    for char in text:
        code = ord(char)
        if _HANGUL_FIRST <= code <= _HANGUL_LAST:
            rest = code - _HANGUL_FIRST
            found.append(_LEADS[rest // 588] + _VOWELS[rest % 588 // 28] + _TAILS[rest % 28])
        elif code < 128 or char in "ゃャゅュょョ":
            found.append(char)
        elif char in "っッ":
            continue  # the next consonant is doubled, and doubled letters are read once
        elif code in table:
            found.append(table[code])
        elif code in looks:
            found.append(looks[code])
        elif unicodedata.category(char)[0] in "ZP":
            found.append(" ")
        elif code not in ignorable and (plain := unicodedata.normalize("NFKD", char)[:1]).isascii():
            found.append(plain)
    return "".join(found)


@cache
def wade_giles(syllable: str) -> str:
    """A toneless pinyin syllable in Wade-Giles, without apostrophes."""
    for pattern, plain in _WADE_GILES:
        syllable = re.sub(pattern, plain, syllable)
    return syllable


def han_spellings(look: str, surname_length: int) -> list[tuple[str, str]]:
    """Surname and given name of a Han name, run together, in each romanisation."""
    latin = "".join(re.findall("[a-z]+", look))
    look = "".join(_HAN.findall(look))
    if latin:
        return [(sound.first_syllable(look[-1], surname=True), latin)] if len(look) == 1 else []
    cut = surname_length
    pinyin = [sound.first_syllable(char, surname=at < cut).replace("v", "u") for at, char in enumerate(look)]
    spelled = [pinyin, [wade_giles(one) for one in pinyin], [tables.cantonese().get(char, "") for char in look]]
    cantonese = spelled[2]
    spelled.extend([family, *cantonese[1:]] for family in _HONG_KONG_SURNAMES.get(look[:1], "").split() if cut == 1)
    return list(dict.fromkeys(("".join(one[:cut]), "".join(one[cut:])) for one in spelled if all(part.isascii() and part for part in one)))


def korean_spellings(words: tuple[str, ...], name: str) -> list[tuple[str, str]]:
    """Surname and given name of a Hangul name: the revised romanisation and what families write instead."""
    look = "".join(char for char in name if _HANGUL_FIRST <= ord(char) <= _HANGUL_LAST)
    if not 2 <= len(look) <= 4 or len(words) > 2:
        return []
    given = "".join(romanised(look[1:]))
    return [(surname, given) for surname in dict.fromkeys((*KOREAN_SURNAMES.get(look[0], ()), "".join(romanised(look[0]))))]


# Spellings of one class of consonants; vowels, w, y and h have no class.
_CLASS_OF = {
    **dict.fromkeys(("ph", "v", "f"), "f"),
    **dict.fromkeys(("sch", "sh", "ss", "ts", "tz", "dz", "sz", "hs", "z", "s"), "s"),
    **dict.fromkeys(("tsch", "tch", "ch", "zh", "dzh", "dj", "cz", "j", "x"), "x"),
    **dict.fromkeys(("kh", "ck", "gh", "qu", "k", "c", "q", "g"), "k"),
    **dict.fromkeys(("th", "dh", "t", "d"), "t"),
    **dict.fromkeys(("b", "p"), "p"),
    **{letter: letter for letter in "lmnr"},
}
_SPELLINGS = re.compile(
    "|".join([*sorted((one for one in _CLASS_OF if len(one) > 1), key=lambda one: (-len(one), one)), "c(?=[eiy])", "[bcdfgjklmnpqrstvxz]"])
)
_CLASS_OF_SOFT_C = "s"


def _class_of(found: re.Match[str]) -> str:
    spelling = found.group()
    if spelling == "c" and found.string[found.end() : found.end() + 1] in {"e", "i", "y"}:
        return _CLASS_OF_SOFT_C
    return _CLASS_OF[spelling]


@lru_cache(maxsize=2048)
def skeleton(word: str) -> str:
    """The consonant classes of romanised letters; the first vowel alone where there is no consonant."""
    found: list[str] = []
    for piece in _SPELLINGS.finditer(word[:_LONGEST_WORD]):
        kind = _class_of(piece)
        if not found or found[-1] != kind:
            found.append(kind)
    return "".join(found) or word[:1]


@lru_cache(maxsize=2048)
def romanised_word(word: str) -> str:
    """One folded word in ASCII letters; empty when it has none."""
    return word if word.isascii() else "".join(romanised(word))
