# SPDX-License-Identifier: Apache-2.0
"""Of which names that are listed in Latin letters is this the writing?

Lists of Arabic and Indian names are long in Latin letters and short in their own, and India has a dozen scripts: a word in one of these
that no list has is as common as the listed name that it is read as, letter by letter (`spelled`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transferguard.names import respelling, roman, spelled
from transferguard.names.ranks import ranked
from transferguard.names.tables import rows

_ARABIC, _INDIC = re.compile("[\u0600-\u06ff]"), re.compile("[\u0900-\u0d7f]")
# Our table of letters writes c for what Indic names spell ch.
_INDIC_C = re.compile("c(?!h)")
_OF_ARABIC = (
    "arabic_latin", "arabic_latin_women", "arabic_latin_family", "arabic_latin_more", "arabic_latin_women_more", "arabic_latin_family_more"
)  # fmt: skip
_OF_INDIC = ("indian", "indian_more", "indian_family_more")
# A nasal that is spelled n or ng: Singh, Sanjay.
ANUSVARA = {0x0902: "न"}
# A listed name is written in several ways, and this is one of them.
_ONE_WAY = 0.5


@cache
def _by_sound(sections: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Listed Latin words and their bits, by what a search would take for them."""
    found: dict[str, dict[str, float]] = {}
    for section in sections:
        for word, bits in ranked(section).items():
            alike = found.setdefault(respelling.sound_class(word), {})
            alike[word] = min(bits, alike.get(word, bits))
    return found


# Indic letters have all their vowels: spellings that differ in one are two names, Patil and Patel.
_IN_OWN_LETTERS = (
    "arabic", "arabic_women", "arabic_family", "arabic_more", "arabic_women_more", "arabic_family_more", "russian_given", "russian_surname"
)  # fmt: skip


@cache
def _own_by_sound() -> dict[str, list[str]]:
    """Listed words in their own letters, by what a search would take for them."""
    found: dict[str, list[str]] = {}
    for name, _, _, words in rows("words.txt"):
        if name in _IN_OWN_LETTERS:
            for word in words.split():
                latin = "".join(roman.romanised(word.removeprefix("ال")))
                found.setdefault(respelling.sound_class(latin), []).append(word)
    return found


@lru_cache(maxsize=4096)
def written_names(latin: str) -> frozenset[str]:
    """The listed Arabic and Russian names that a folded Latin word is a spelling of: Muhammad and Mohamed are one."""
    latin = respelling.slavic(latin)
    alike = _own_by_sound().get(respelling.sound_class(latin), ())
    return frozenset(word for word in alike if spelled.spelling_bits(word, latin) is not None)


@lru_cache(maxsize=4096)
def listed_bits(word: str) -> float | None:
    """Bits of a folded Arabic or Indic word by the commonest listed name that it writes; None when it writes none."""
    if word.isascii():
        return None
    if _ARABIC.search(word):
        alike = _by_sound(_OF_ARABIC).get(respelling.sound_class("".join(roman.romanised(word.removeprefix("ال")))), {})
    elif _INDIC.search(word):
        heard = "".join(roman.romanised(word.translate(ANUSVARA)))
        alike = _by_sound(_OF_INDIC).get(respelling.sound_class(_INDIC_C.sub("ch", heard)), {})
    else:
        return None
    read = (bits + fit for latin, bits in alike.items() if (fit := spelled.spelling_bits(word, latin)) is not None)
    best = min(read, default=None)
    return None if best is None else best + _ONE_WAY


@lru_cache(maxsize=4096)
def is_by_ear(seen: str, original: str) -> bool:
    """Is this folded Latin word another by ear, which is listed among the Arabic or Indian names: Harees, Harish?"""
    if not any(original in ranked(section) for section in (*_OF_INDIC, *_OF_ARABIC)):
        return False
    return seen.isascii() and respelling.by_ear(seen) == respelling.by_ear(original)
