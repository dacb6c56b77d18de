# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Which spellings are one sound?

Nobody follows one system when a name is written in another alphabet: Evgeny, Yevgeniy and Evgenij are one name, and so are
Choi and Choe, Qassem and Kasim. Each function here writes the spellings of one sound alike, for one writing. The rules are those
of the systems in use (BGN/PCGN, ISO 9, passports; McCune-Reischauer and the revised one; Hepburn and Kunrei; Wade-Giles and
Hong Kong), written down for this project. What a bent spelling costs is the question of `cross`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _joining(*rules: tuple[str, str]) -> Callable[[str], str]:
    """A function that writes the spellings of one sound alike, rule after rule."""

    @cache
    def compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
        # Of the many rules most are for writings that a circle does not have: they are compiled when they are first asked.
        return tuple((re.compile(pattern), plain) for pattern, plain in rules)

    @lru_cache(maxsize=1024)
    def joined(text: str) -> str:
        for pattern, plain in compiled():
            text = pattern.sub(plain, text)
        return text

    return joined


_ONCE = (r"(.)\1+", r"\1")

# Letters of no particular writing, for counting how many differ.
loosened = _joining(
    ("oo|ou|wo|eu|eo", "u"), ("ee|ea|ie|ei|yi|ih", "i"), ("ae|ai|ay|ey", "e"), ("aa|ah", "a"), ("oh|au|aw", "o"), ("y", "i"), ("c(?=[aoulrk])|q|g", "k"),
    ("kk", "k"), ("d", "t"), ("b", "p"), ("w", "v"), ("j|zh", "ch"), ("h(?![aeiou])", "h"), (r"(.)\1", r"\1"),
)  # fmt: skip
# A Han name as clerks in Peking, Taipei and Hong Kong write it.
han_loosened = _joining(
    ("tsz|tze", "chi"), ("sze|szu|ssu", "si"), ("hs|sh|x", "s"), ("ts|tz|dz|zh|j|q|z|c(?!h)", "ch"), ("ng", "N"), ("gw|kw", "k"), ("g", "k"), ("b", "p"),
    ("d", "t"), ("ee|ei|ih|ieu(?!n)", "i"), ("ow|ao", "au"), ("ou|aw|oh", "o"), ("yue|yu|oo|ue|ui", "u"), ("eu|oe", "e"), ("um", "am"), ("uan|un", "an"), ("v", "u"),
    ("ien", "ian"), (r"(.)\1", r"\1"),
)  # fmt: skip
# A Hangul name: seong, sung and song, jun and joon, park and bak.
korean = _joining(
    ("x", "ks"), ("tch|ch|j|zh|z", "C"), ("sh", "s"), ("kk|gg|gh|kh|g|q|c(?!h)", "k"), ("b|pp|ph|v|f", "p"), ("d|th", "t"), ("l", "r"),
    ("w(?=oo|u)", ""), ("eui|ui|wi|wee", "wi"), ("yi|ee|ie|ih|ea(?!n)", "i"), ("ae|ay|ai|eh|ey|oe|we", "e"), ("y(?![aeiou])", "i"), ("ah|aa", "a"),
    ("eo|oo|ou|uh|oh|eu|ow|o", "u"), ("iu", "yu"), ("ur(?![aeiouy])", "u"), ("C", "c"), _ONCE,
)  # fmt: skip
# A name in kana: long vowels, syllables by Hepburn and by Kunrei.
japanese = _joining(
    ("tch|cch", "ch"), ("sh|sy|si(?=[auo])", "S"), ("ch|ty|cy", "C"), ("j|zy|jy|dy", "Z"), ("ts", "T"), ("tu", "Tu"), ("ti", "Ci"), ("si", "Si"), ("zi|di", "Zi"), ("du|dzu", "zu"),
    ("([SCZ])y?i?(?=[auo])", r"\1"), ("f", "h"), ("l", "r"), ("v", "b"), ("m(?=[pbm])", "n"), ("oo|ou|oh(?![aeiou])|ow", "o"), ("uu|uh(?![aeiou])", "u"),
    ("aa|ah(?![aeiou])", "a"), ("ii|ee(?=$)", "i"), ("ei|ee", "e"), ("y(?=i)", ""), _ONCE,
)  # fmt: skip
# A name in letters that have vowels: Cyrillic, Greek, Indic, Thai, Georgian, Armenian.
alphabetic = _joining(
    ("shch|sch|shh|sh", "S"), ("tch|tsch|ch|cz", "C"), ("zh", "J"), ("kh|gh|h", "h"), ("tz|ts|c(?=[eiy])", "T"), ("ph|ff", "f"), ("x", "ks"), ("c|q", "k"), ("w", "v"), ("v$|f$", "v"),
    ("th|dh", "t"), ("bh", "b"), ("j(?=[aeiou])", "y"), ("j(?=$)", "i"), ("gu(?=[ei])", "g"), ("^ye|^je", "e"), ("iya|ija|yya|ia|ja|ya", "a"), ("iyu|yu|iu|ju", "u"), ("yo|jo|io", "e"), ("iye|ie|ye|je", "e"),
    ("oy|oo|ou", "u"), ("(?<=[ae])[yij]|ee(?=$)", "i"), ("iy|yi|ii|ij|yy|ee|y", "i"), ("aa|ah", "a"), ("(?<=[dt])r$", "er"), _ONCE,
)  # fmt: skip
# An Indian or Arabic name in Latin letters, as it is heard: Harees and Harish, Teevari and Tiwari.
by_ear = _joining(
    ("chh|ch", "C"), ("c|q", "k"), ("C", "c"), ("x", "ks"), ("sh", "s"), ("ph", "f"), ("(?<=[tdbkgj])h", ""), ("w(?=[aeiou])", "v"), ("z", "j"), ("oo|uu", "u"), ("au|ou|aw|ow", "o"),
    ("ee|ea|ie|y|e(?=[ei])", "i"), ("ae|ai|ay|aii", "e"), ("ah$|aa", "a"), _ONCE,
)  # fmt: skip
# A name of which the consonants are written: h included, so that Mohamed is mhmd and Ahmed hmd; what is drawn out or left out is not.
consonants = _joining(
    (r"^(?:al|el)(?=[^aeiouy]\w{3})", ""), ("kh|ck|gh|qu|q|c(?![eihk])", "k"), ("dj|g(?!h)", "j"), ("sh|ch|th(?=.)", "s"), ("dh", "d"), ("z|c", "s"), ("p", "b"), ("v", "f"),
    (r"(.)\1", r"\1"), ("[aeiouyw']+", ""), ("h$", ""), _ONCE,
)  # fmt: skip
# What is hissed, what stands for it and for a breath until all have been found (no characters, so in no folded name), and a c that is soft.
_HISSED, _A_HISS, _A_BREATH = ("tsch", "tch", "sch", "sh", "ch"), "\ufdd0", "\ufdd1"
_SOFT_C = ("ce", "ci", "cy")
_ONE_LETTER = str.maketrans(
    {"x": "ks", **dict.fromkeys("jz", "s"), **dict.fromkeys("qgc", "k"), "d": "t", "b": "p", "v": "f", **dict.fromkeys("aeiouyw'", "")}
)
_UNHEARD = b"aeiouyw'"
_ASCII_LETTER = bytes(code if chr(code) in "aeiouyw'x" else ord(chr(code).translate(_ONE_LETTER)) for code in range(128)) + bytes(128)


# Words that may be Slavic in the spelling of Prague, Zagreb and of the international standard (ISO 9).
_SLAVIC = re.compile("(?:ov|ova|ev|eva|in|ina|ic|enko|[iyj]|ja)$")
_SLAVIC_C, _SLAVIC_J = re.compile("c(?=[aou]|$)"), re.compile("(?<=[aeioy])j$|(?<=[ilnrt])j(?=a$)")


def slavic(word: str) -> str:
    """A Slavic word with ts and y for the c and j of its own language; other words as they are."""
    if ("c" in word or "j" in word) and _SLAVIC.search(word):
        return _SLAVIC_J.sub("y", _SLAVIC_C.sub("ts", word))
    return word


def sound_class(text: str) -> str:
    """The widest classes, under which names are looked up: what any of the systems above may write for another.

    Every name of a circle is read so, several times: no pattern is searched for, and rules about one letter are one step.
    """
    if "h" in text:
        for spelled in _HISSED:
            text = text.replace(spelled, _A_HISS)
        end = "g" if text.endswith("gh") else ""  # gh at the end is no breath: its g is heard
        text = text.replace("kh", _A_BREATH)
        text = (text[:-2] if end else text).replace("gh", _A_BREATH).replace("h", "").replace(_A_BREATH, "").replace(_A_HISS, "s") + end
    if "c" in text:
        for spelled in _SOFT_C:
            text = text.replace(spelled, "s")
    ascii_ = text.isascii()  # bytes are translated in one look each
    text = text.replace("x", "ks").encode().translate(_ASCII_LETTER, _UNHEARD).decode() if ascii_ else text.translate(_ONE_LETTER)
    text = text.replace("ts", "s")
    return "".join([one for one, behind in pairwise(text) if one != behind]) + text[-1:]
