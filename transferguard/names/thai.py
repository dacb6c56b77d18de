# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""How does a Thai name sound in Latin letters, as far as its consonants tell?

Thai is written without cuts between syllables, and a consonant at the end of one sounds otherwise than at its head: ส is s
and t, ร is r and n. Here both are one class, vowels are left out, and letters that are written and not spoken go. The same
classes are read off a spelling in Latin letters, whatever its system, and find the name; whether the spelling is one of this
name is then read letter by letter. What a likeness is worth is the question of `cross`.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A letter that the sign of silence stands on, with what goes with it: จันทร์, ศักดิ์, ลักษณ์.
_SILENT = re.compile("(?:ท(?=ร)|ต(?=ร)|ด(?=ร)|ษ(?=ณ)|ก(?=ษ))?[ก-ฮ][ิุ]?์")
# Letters that are not heard where they stand: รร, the r after s, the h before a low consonant, and at the end of a word.
_UNHEARD = re.compile("รร|(?<=[ศส])ร(?=[ีิ])|(?<=เส)ร(?=ิ)|ห(?=[งญนมยรลวณ])|(?<=[ตทชด])ร$")
_NOT_CONSONANTS = re.compile("[^ก-ฮำ]+")
_CLASSES = {"k": "กขฃคฅฆ", "nk": "ง", "n": "ญณนรฤลฬ", "t": "จฉชซฌฎฏฐฑฒดตถทธศษส", "p": "บปผฝพฟภ", "m": "มำ", "": "ยวหอฮ"}
_CLASS_OF = {ord(letter): kind for kind, letters in _CLASSES.items() for letter in letters}
_LATIN_CLASS_OF = str.maketrans("gcqxrldsjzbf", "kkkknnttttpp", "aeiouywvh'-")
_LATIN_PAIRS = (("ch", "t"), ("sh", "t"), ("x", "k"))
_ONCE = re.compile(r"(.)\1+")
# How a consonant is spelled at the head of a syllable and at its end, double letters written once.
_STOP = "[td]h?"
_SPELLED = {
    "กขฃคฅฆ": ("[kgq]h?|c(?!h)", "[kgq]h?|c(?!h)"), "ง": ("ng?", "ng?"), "จ": ("ch|j|c|ts", "[td]h?|ch?|j"), "ฉชฌ": ("ch|sh|c|j", "[td]h?|ch|j"),
    "ซศษส": ("s|z", "[td]h?|s"), "ญ": ("y|n", "n"), "ดฎ": ("d|t", _STOP), "ตฏทธถฐฑฒ": (_STOP, _STOP), "นณ": ("n", "n"), "บ": ("[bp]", "[pb]h?"),
    "ปผพภ": ("[pb]h?", "[pb]h?"), "ฝฟ": ("f|ph", "[pfb]h?"), "มำ": ("m", "m"), "ล": ("[lr]", "[nlr]"), "ฬ": ("[lr]", "[nlr]"), "รฤ": ("[rl]", "[nr]"),
}  # fmt: skip
_SPELLING_OF = {letter: spelled for letters, spelled in _SPELLED.items() for letter in letters}
_HALF_VOWELS = "วย"
_SPELLING_OF |= {"ว": ("[wvu]", "[wvuo]"), "ย": ("[yi]", "[yi]")}
# Nothing is tried twice (possessive and atomic), so a hostile word costs no more than a name.
_VOWELS = "[aeiouyh]{0,5}+"
# Vowels that are written before the consonant that they are heard behind, at the end of a syllable.
_OPEN_VOWELS = frozenset("ใไ")
_VOWEL_SIGNS, _DOUBLE_R = frozenset("ะัาิีึืุูเแโใไ"), re.compile("รร|ห(?=[งญนมยรลวณ])")
_NOT_THAI = re.compile("[^ก-๎]+")
_LONGEST_WORD, _MOST_WORDS = 40, 4


def thai_classes(name: str) -> tuple[str, ...]:
    """The words of a Thai name by the classes of their consonants; words without any are left out."""
    return tuple(kind for word in thai_words(name) if (kind := _classes_of(word)))


def thai_words(name: str) -> tuple[str, ...]:
    """The words of a name that have Thai consonants, without what stands at them."""
    words = (_NOT_THAI.sub("", word[:_LONGEST_WORD]) for word in name.split())
    return tuple(word for word in words if _NOT_CONSONANTS.sub("", word))[:_MOST_WORDS]


@lru_cache(maxsize=1024)
def _classes_of(word: str) -> str:
    heard = _UNHEARD.sub("", _SILENT.sub("", word))
    return _ONCE.sub(r"\1", _NOT_CONSONANTS.sub("", heard).translate(_CLASS_OF))


@lru_cache(maxsize=2048)
def latin_classes(word: str) -> str:
    """The same for a folded word in Latin letters."""
    for spelled, kind in _LATIN_PAIRS:
        if spelled in word:
            word = word.replace(spelled, kind)
    return _ONCE.sub(r"\1", word.translate(_LATIN_CLASS_OF))


def is_spelling(latin: str, word: str) -> bool:
    """Can this folded Latin word be a spelling of this Thai word?"""
    return bool(_pattern_of(word[:_LONGEST_WORD]).fullmatch(_ONCE.sub(r"\1", latin[:_LONGEST_WORD])))


@lru_cache(maxsize=512)
def _pattern_of(word: str) -> re.Pattern[str]:
    """What the spellings of a Thai word look like."""
    heard = _DOUBLE_R.sub("", _SILENT.sub("", word))
    found, before = [_VOWELS], ""
    for at, letter in enumerate(heard):
        head, end = _SPELLING_OF.get(letter, ("", ""))
        if not head:
            before = "" if letter in _VOWEL_SIGNS else before
            continue
        kind = _CLASS_OF[ord(letter)]
        if letter == "ง" and heard[at + 1 : at + 2] in set("กขค"):
            head = end = "n(?:g(?=[kgq]))?"
        if len(found) == 1:
            found.append(f"(?>{head})")
        elif at == len(heard) - 1:
            found.append(f"(?>{head})" if heard[at - 1] in _OPEN_VOWELS else f"(?>{end})")
        else:
            # A consonant that ends one syllable is often the head of the next: รัตน is rat-ta-na.
            found.append(f"(?>(?:{end})?(?:{head})|{end})")
        dropped = letter in _HALF_VOWELS or (letter == "ร" and before)
        first = len(found) <= len((_VOWELS, head))
        if not first and (dropped or kind == before):
            found[-1] += "?+"
        before = before if dropped else kind
        found.append(_VOWELS)
    if heard[-1:] in _SPELLING_OF and heard[-1] not in _HALF_VOWELS and heard[-2:-1] not in _OPEN_VOWELS:
        del found[-1]
    return re.compile("".join(found))
