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
_STOP_T = "t th d dh"
_SPELLED = {
    "กขฃคฅฆ": ("k kh g gh q c", "k kh g gh q c"), "ง": ("ng n", "ng n"), "จ": ("ch j c ts", f"{_STOP_T} ch c j"), "ฉชฌ": ("ch sh c j", f"{_STOP_T} ch j"),
    "ซศษส": ("s z", f"{_STOP_T} s"), "ญ": ("y n", "n"), "ดฎ": ("d t", _STOP_T), "ตฏทธถฐฑฒ": (_STOP_T, _STOP_T), "นณ": ("n", "n"), "บ": ("b p", "p ph b bh"),
    "ปผพภ": ("p ph b bh", "p ph b bh"), "ฝฟ": ("f ph", "p ph f b"), "มำ": ("m", "m"), "ล": ("l r", "n l r"), "ฬ": ("l r", "n l r"), "รฤ": ("r l", "n r"),
    "ว": ("w v u", "w v u o"), "ย": ("y i", "y i"),
}  # fmt: skip
_SPELLING_OF = {letter: (head.split(), end.split()) for letters, (head, end) in _SPELLED.items() for letter in letters}
_HALF_VOWELS = "วย"
_ANY_VOWEL, _MOST_VOWELS = frozenset("aeiouyhw"), 5
# Vowels that are written before the consonant that they are heard behind, at the end of a syllable.
_OPEN_VOWELS = frozenset("ใไ")
# What may be heard behind a consonant: by the vowel written before it, by the one behind it, and where none is written.
_VOWELS_BEFORE = {"แ": frozenset("aeh"), "โ": frozenset("ohwu"), "ใ": frozenset("aiyeh"), "ไ": frozenset("aiyeh")}
_VOWELS_BEHIND = {
    "า": frozenset("aheoiyw"), "ะ": frozenset("auh"), "ั": frozenset("auhio"), "ิ": frozenset("iey"), "ี": frozenset("ieyah"), "ึ": frozenset("uei"), "ื": frozenset("ueia"), "ุ": frozenset("uo"),
    "ู": frozenset("uoh"), "ำ": frozenset("auh"),
}  # fmt: skip
_E_BEFORE, _E_ALONE = "เ", frozenset("eohy")
_E_WITH = {"า": frozenset("aow"), "ิ": frozenset("oeru"), "ี": frozenset("iaey"), "ื": frozenset("ueai")}
_SPOKEN_BEHIND = frozenset("ะัาีึืูำ")
_UNWRITTEN, _TONES, _CARRIER, _VOCAL_R = frozenset("aouhwr"), re.compile("[็-์]"), "อ", "ฤ"
_DOUBLE_R = re.compile("รร(?![ะ-ู])|ห(?=[งญนมยรลวณ])")
_NOT_THAI = re.compile("[^ก-๎]+")
# An r that ends a word of Sanskrit is not heard within a longer word either: เพชร in เพชรทอง.
_R_AFTER_S = re.compile("(เส)ร(?=ิ)")
_R_WITHIN = re.compile("(?<=[ตทชดก])ร(?=[ก-ฮ])")
_LONGEST_WORD, _LONGEST_SPELLING, _MOST_WORDS = 24, 28, 4


def thai_classes(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a Thai name by the classes of their consonants, in one way to four; words without any are left out."""
    words = thai_words(name)
    # The r of เสริ is not heard, and written in Latin letters all the same: Prasoet, Prasert.
    spoken = tuple(_R_AFTER_S.sub(r"\1ฤ", word) for word in words)
    heard = (words, *(tuple(_R_WITHIN.sub("", word) for word in one) for one in (words, spoken)), spoken)
    found = (tuple(kind for word in one if (kind := _classes_of(word))) for one in heard)
    return tuple(dict.fromkeys(one for one in found if one))


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


@lru_cache(maxsize=2048)
def is_spelling(latin: str, word: str) -> bool:
    """Can this folded Latin word be a spelling of this Thai word?"""
    latin = _ONCE.sub(r"\1", latin[:_LONGEST_SPELLING])
    reached = {0}
    for spellings, optional, vowels in _steps_of(word[:_LONGEST_WORD]):
        reached |= {at + len(one) for at in reached for one in spellings if latin.startswith(one, at)} if optional else set()
        if not optional:
            reached = {at + len(one) for at in reached for one in spellings if latin.startswith(one, at)}
        if not reached:
            return False
        reached = _behind_vowels(latin, reached, vowels)
    return len(latin) in reached


def _behind_vowels(latin: str, reached: set[int], vowels: frozenset[str]) -> set[int]:
    """The places that are reached when such vowels may be read on."""
    found = set(reached)
    for start in reached:
        for at in range(start, min(start + _MOST_VOWELS, len(latin))):
            if latin[at] not in vowels:
                break
            found.add(at + 1)
    return found


@lru_cache(maxsize=512)
def _steps_of(word: str) -> tuple[tuple[tuple[str, ...], bool, frozenset[str]], ...]:
    """For each consonant of a Thai word its spellings, whether it may be left out, and what vowels may be heard behind it."""
    heard = _TONES.sub("", _DOUBLE_R.sub("", _SILENT.sub("", word)))
    found: list[tuple[tuple[str, ...], bool, frozenset[str]]] = []
    if heard[:1] == _CARRIER or (heard[1:2] == _CARRIER and heard[0] in (_E_BEFORE, *_VOWELS_BEFORE)):
        found.append((("",), False, _ANY_VOWEL))
    before, first = "", True
    for at, letter in enumerate(heard):
        head, end = _SPELLING_OF.get(letter, ((), ()))
        if not head:
            continue
        kind, last, behind_open = _CLASS_OF[ord(letter)], at == len(heard) - 1, heard[at - 1 : at] in _OPEN_VOWELS
        if first or (last and behind_open):
            spellings = dict.fromkeys(head)
        elif last:
            spellings = dict.fromkeys(end)
        elif heard[at - 1] in (_E_BEFORE, *_VOWELS_BEFORE) or heard[at + 1] in _SPOKEN_BEHIND:
            spellings = dict.fromkeys((*head, *(one + other for one in end for other in head if one[-1] != other[0])))
        else:
            # A consonant that ends one syllable is often the head of the next: รัตน is rat-ta-na.
            spellings = dict.fromkeys((*head, *end, *(one + other for one in end for other in head if one[-1] != other[0])))
        # Before ng an n is written once or twice: Bungam, Bunngam.
        left_out = letter in _HALF_VOWELS or (letter == "ร" and bool(before)) or (kind == "n" and heard[at + 1 : at + 2] == "ง")
        closed = last and letter not in _HALF_VOWELS and not behind_open
        found.append((tuple(spellings), not first and (left_out or kind == before), frozenset() if closed else _vowels_at(heard, at)))
        before, first = (before if left_out else kind), False
    return tuple(found)


def _vowels_at(heard: str, at: int) -> frozenset[str]:
    """What vowels may be heard behind the consonant at this place of a word."""
    behind = heard[at + 1 : at + 2]
    if behind == _CARRIER or heard[at] == _VOCAL_R:
        return _ANY_VOWEL
    if at and heard[at - 1] in _VOWELS_BEFORE:
        return _VOWELS_BEFORE[heard[at - 1]]
    if at and heard[at - 1] == _E_BEFORE:
        return _ANY_VOWEL if behind == "ร" else _E_WITH.get(behind, _E_ALONE)
    if at > 1 and heard[at - 2] in (_E_BEFORE, *_VOWELS_BEFORE):
        return _ANY_VOWEL  # of two consonants that are spoken as one the second has it
    return _VOWELS_BEHIND.get(behind, _UNWRITTEN if heard[at] not in _HALF_VOWELS else _ANY_VOWEL)
