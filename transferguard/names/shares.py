# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one or two characters, a given name too

"""Which share of people bears a surname, a given name, a character of one?

Published shares where there are some, a law of rank below the first places, and a floor for what no list knows. Everything
is in bits: -log2 of a share.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from transferguard.names import korean_shares, ranks, roman, russian, sound, tables
from transferguard.names.listed_spellings import listed_bits
from transferguard.names.ranks import by_rank, folded_entry, ranked
from transferguard.names.short_forms import short_forms
from transferguard.names.vietnamese import name_bits

if TYPE_CHECKING:
    from collections.abc import Iterable

# A surname or a given-name character that no list knows.
SURNAME_FLOOR_BITS, CHAR_FLOOR_BITS = 13.0, 13.5
# The commonest character of given names, all listed ones, and how steeply the shares fall between: chosen, so that some 400 characters
# are nine tenths of all.
_FIRST_CHAR, _LISTED_CHARS, _CHARS_FALL = 0.02, 0.985, 1.75
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Four in five Chinese given names have two characters, one in six has one (name report of 2020 and household registers).
_SHAPE_BITS = {1: 2.6, 2: 0.3}
_LONG_SHAPE_BITS = 6.0
# A word that no list knows: longer words are rarer. The ceiling is low on purpose: what is not known may be common where
# the sender lives, and the mean of a share that may be large is large (a quarter of unknown words turn out to be common).
_UNKNOWN_BASE_BITS, _UNKNOWN_BITS_PER_LETTER, _UNKNOWN_MOST_BITS = 5.0, 0.6, 10.5
# Both characters of a given name are of one generation and one gender: the second is about four times likelier once the
# first is known.
_SAME_GENERATION_BITS = 2.0
# One display name in twenty begins or ends like a pet name.
# A name of several words that no list of names has is made of words of a language, and those are shared.
_NO_NAME_BITS, _UNKNOWN_SYLLABIC_BITS = 20.0, 12.0
# One Korean in eight writes the name in Latin letters in a messenger (our assumption).
_LATIN_AMONG_KOREANS_BITS = 3.0
# Small words that say little: one Arabic name in two has an article.
_PARTICLES, _PARTICLE_BITS = (
    frozenset({"al", "el", "ul", "bin", "ibn", "bint", "abu", "de", "da", "do", "dos", "van", "von", "der", "la", "di"}),
    1.0,
)
# One display name in sixteen is a given name alone.
_GIVEN_ONLY_BITS, _GIVEN_ONLY_MOST_BITS = 4.0, 10.0
# A given name that a list of nicknames has, and no list by rank.
_LISTED_NAME_BITS = 10.0
# One bearer of a Cyrillic given name in six shows a short form of it (our assumption).
_SHORT_FORM_BITS = 2.5
_PET_BITS, _PET_PREFIXES, _PET_SUFFIXES = 4.3, "小老阿大", "哥姐叔姨总弟妹"
# Four characters and more are words, not a name: running text has about three bits a character beyond the first words.
_TEXT_BASE_BITS, _TEXT_BITS_PER_CHAR, _LONGEST_TEXT_BITS = 6.0, 3.0, 24.0
_LATIN_PART = re.compile("[a-z]+")
_JAPANESE_SURNAME_FLOOR_BITS, _JAPANESE_CHAR_FLOOR_BITS = 15.0, 9.0
_USUAL_JAPANESE_BITS, _ANY_BITS = 11.0, 64.0
# One that is put together from the parts of known ones: the thousandth Japanese surname is borne by one person in five thousand.
JAPANESE_COMPOSED_BITS = 12.5
_JAPANESE_MOST_BITS = 24.0
# The characters of a Japanese given name make a name together by their readings, so few go with few.
_READ_TOGETHER_BITS = 3.5


@cache
def surname_bits() -> dict[str, float]:
    """Chinese surname to bits."""
    found: dict[str, float] = {}
    for item in tables.rows("surnames_han.txt")[0][1].split():
        name = item.rstrip("0123456789.")
        found.setdefault(folded_entry(name), -math.log2(float(item[len(name) :]) / 100))
    return found


@cache
def given_bits() -> dict[str, float]:
    """Character of a Chinese given name to bits."""
    return by_rank(list(dict.fromkeys(map(folded_entry, tables.rows("given_han.txt")[0][1]))), _FIRST_CHAR, _LISTED_CHARS, fall=_CHARS_FALL)


@cache
def char_bits(char: str, *, surname: bool) -> float:
    """Bits of one character at its place in a Chinese name, by itself."""
    return surname_bits().get(char, SURNAME_FLOOR_BITS) if surname else given_bits().get(char, CHAR_FLOOR_BITS)


@lru_cache(maxsize=4096)
def is_japanese(name: str) -> bool:
    """Does this Han name begin with a Japanese surname that is no Chinese one, or with what looks like one?"""
    japanese = ranked("japanese_surname")
    if name[:2] in surname_bits():
        return False
    # What begins with a Chinese surname is Chinese unless the Japanese one is common.
    most = _USUAL_JAPANESE_BITS if len(name) == 3 and name[0] in surname_bits() else _ANY_BITS
    if any(len(name) > size and japanese.get(name[:size], math.inf) <= most for size in (2, 3)):
        return True
    if len(name) < 3 or not looks_japanese(name[:2]):
        return False
    # Four characters are no Chinese name with a surname of one.
    return len(name) > 3 or (name[0] not in surname_bits() and name[2] in ranked("japanese_char"))


@lru_cache(maxsize=4096)
def surname_length(name: str) -> int:
    """How many characters of a Han name are its surname."""
    if len(name) >= 3 and name[:2] in surname_bits():
        return 2
    japanese = ranked("japanese_surname")
    if (len(name) >= 3 and name[0] not in surname_bits()) or (len(name) >= 4 and name[:2] in japanese):
        return next((length for length in (3, 2) if len(name) > length and name[:length] in japanese), 1)
    return 1


@lru_cache(maxsize=4096)
def han_bits(name: str) -> float:
    """Bits of a Han name: the likelier of a Chinese and a Japanese reading."""
    known = tables.top_names().get(name)
    if known is not None:
        return known
    if found := _LATIN_PART.search(name):
        return word_bits(found.group()) + max(2.0, han_bits(_LATIN_PART.sub("", name) or "〇"))
    if (pet := _pet_bits(name)) is not None:
        return pet
    if len(name) == 1:
        return surname_bits().get(name, CHAR_FLOOR_BITS - 2.0)
    chinese = min(_chinese_bits(name), _given_only_bits(name))
    listed = ranked("japanese_surname")
    known_surname = [length for length in (1, 2, 3) if length < len(name) and name[:length] in listed]
    if not known_surname and is_japanese(name):
        known_surname = [2]
    foreign = len(name) >= 4 or name[0] not in surname_bits()
    if not known_surname and not foreign:
        return chinese
    lengths = known_surname or ([2] if foreign and 3 <= len(name) <= 5 else [])
    if known_surname and len(name) >= 4 and chinese >= _TEXT_BASE_BITS + _TEXT_BITS_PER_CHAR * len(name):
        # What looks like a Japanese name is no running text, however rare it is.
        chinese = _JAPANESE_MOST_BITS
    return min([chinese, *(_japanese_bits(name, length) for length in lengths)])


def _given_only_bits(name: str) -> float:
    """Bits of a name that may be a given name without its surname: 宇航."""
    japanese = ranked("japanese_char")
    if (whole := ranked("japanese_given").get(name)) is not None and len(name) > 1:
        return min(_GIVEN_ONLY_BITS + whole, _given_only_chinese(name))
    if len(name) in {2, 3} and name[-1] in japanese and name[0] in japanese:
        found = _GIVEN_ONLY_BITS + sum(japanese.get(char, _JAPANESE_CHAR_FLOOR_BITS) for char in name) - _READ_TOGETHER_BITS
        return min(found, _given_only_chinese(name))
    return _given_only_chinese(name)


def _given_only_chinese(name: str) -> float:
    if len(name) != 2:
        return math.inf
    return _GIVEN_ONLY_BITS + sum(min(_GIVEN_ONLY_MOST_BITS, char_bits(char, surname=False)) for char in name) - _SAME_GENERATION_BITS


def _pet_bits(name: str) -> float | None:
    """Bits of 小吴, 阿明, 英姐 and 明明; None for other names."""
    if len(name) not in {2, 3}:
        return None
    if name[0] in _PET_PREFIXES:
        stem = name[1:]
    elif name[-1] in _PET_SUFFIXES or (len(name) == 2 and name[0] == name[1]):
        stem = name[:-1]
    else:
        return None
    return _PET_BITS + sum(min(char_bits(char, surname=False), char_bits(char, surname=True)) for char in stem)


def _chinese_bits(name: str) -> float:
    cut = 2 if len(name) >= 3 and name[:2] in surname_bits() else 1
    surname, rest = name[:cut], name[cut:]
    if len(rest) > 2 and not (cut == 2 and len(rest) == 2):
        return min(_LONGEST_TEXT_BITS, _TEXT_BASE_BITS + _TEXT_BITS_PER_CHAR * len(name))
    shape = _SHAPE_BITS.get(len(rest), _LONG_SHAPE_BITS)
    related = _SAME_GENERATION_BITS if len(rest) > 1 else 0.0
    return surname_bits().get(surname, SURNAME_FLOOR_BITS) + shape + sum(char_bits(char, surname=False) for char in rest) - related


def _japanese_bits(name: str, length: int) -> float:
    chars = ranked("japanese_char")
    composed = JAPANESE_COMPOSED_BITS if looks_japanese(name[:length]) else _JAPANESE_SURNAME_FLOOR_BITS
    surname = ranked("japanese_surname").get(name[:length], composed)
    given = [chars.get(char, _JAPANESE_CHAR_FLOOR_BITS) for char in name[length:]]
    made_up = sum(given) - (_READ_TOGETHER_BITS if len(given) > 1 else 0.0)
    return surname + min(made_up, ranked("japanese_given").get(name[length:], made_up))


def looks_japanese(surname: str) -> bool:
    """Is this put together as Japanese surnames of two characters are?"""
    first, second = ranks.parts_of_japanese_surnames()
    return len(surname) == 2 and surname[0] in first and surname[1] in second


def _unfolded(section: str) -> dict[str, float]:
    """A ranked list by its words as written."""
    words = next(row[3] for row in tables.rows("words.txt") if row[0] == section).split()
    bits = ranked(section)
    return {word: bits[folded_entry(word)] for word in words}


@cache
def _known_words() -> dict[str, float]:
    """Folded word to bits, the commonest reading of each."""
    sections = [
        "english_given",
        "english_surname",
        "latin_given",
        "latin_given_more",
        "arabic_latin",
        "arabic_latin_women",
        "arabic_latin_family",
        "latin_surname",
        "vietnamese",
        "vietnamese_middle",
        "vietnamese_given",
        "vietnamese_given_more",
        "indian",
        "indian_more",
        "indian_family_more",
        "indian_devanagari",
        "arabic",
        "arabic_more",
        "arabic_women_more",
        "arabic_family_more",
        "arabic_latin_more",
        "arabic_latin_women_more",
        "arabic_latin_family_more",
        "arabic_women",
        "arabic_family",
        "russian_given",
        "russian_surname",
        "thai",
        "pinyin_surname",
        "japanese_kana",
    ]
    found: dict[str, float] = {}
    for section in sections:
        for word, bits in ranked(section).items():
            found[word] = min(bits, found.get(word, bits))
    for section in ("russian_given", "russian_surname"):
        for word, bits in _unfolded(section).items():
            for plain in (roman.romanised(word), roman.romanised(word + "а")):
                found.setdefault("".join(plain), bits + 0.5)
    for word, full in short_forms().items():
        # Many a bearer of a common name goes by its short form.
        known = _LISTED_NAME_BITS if word.isascii() else min(found.get(name, _LISTED_NAME_BITS) for name in full) + _SHORT_FORM_BITS
        found.setdefault(word, known)
    for word, bits in ranked("russian_surname").items():
        found[word + folded_entry("а")] = bits  # the feminine form
    return found


def known_words() -> Iterable[str]:
    """The folded words of all published name lists."""
    return _known_words()


def is_listed(word: str) -> bool:
    """Is this folded word in some published name list as it stands?"""
    return word in _known_words()


def is_known_word(word: str) -> bool:
    """Is this a word of some published name list?"""
    return word in _known_words() or is_korean_name(word)


@lru_cache(maxsize=4096)
def is_korean_name(word: str) -> bool:
    """Is this a Hangul surname with a given name?"""
    if not _HANGUL.fullmatch(word) or not 2 <= len(word) <= 4:
        return False
    syllables = ranked("korean_syllable")
    return word[0] in ranked("korean_surname") and all(char in syllables for char in word[1:])


@lru_cache(maxsize=4096)
def word_bits(word: str) -> float:
    """Bits of one folded word of a name."""
    known = _PARTICLE_BITS if word in _PARTICLES else _known_words().get(word)
    if known is None:
        known = listed_bits(word)
    if known is not None:
        return known
    unknown = min(_UNKNOWN_MOST_BITS, _UNKNOWN_BASE_BITS + _UNKNOWN_BITS_PER_LETTER * len(word))
    if russian.is_surname_like(word):
        return russian.UNLISTED_BITS
    return (
        min(unknown, 1.0 + _by_syllables(word, _korean_sounds()), 1.0 + _by_syllables(word, _chinese_sounds()))
        if word.isascii()
        else unknown
    )


def _by_syllables(word: str, bits: dict[str, float]) -> float:
    """Bits of a given name of one or two romanised syllables."""
    whole = bits.get(word, math.inf)
    cuts = (bits[word[:at]] + bits[word[at:]] for at in range(1, len(word)) if word[:at] in bits and word[at:] in bits)
    return min(whole, min(cuts, default=math.inf) - _SAME_GENERATION_BITS)


def is_in_syllables(word: str) -> bool:
    """May this word in Latin letters be a Korean surname, or a Korean or Chinese given name of one or two syllables?"""
    return word in _korean_surnames() or min(_by_syllables(word, _korean_sounds()), _by_syllables(word, _chinese_sounds())) < math.inf


def is_korean_by_the_book(word: str) -> bool:
    """Is this a Korean given name of one or two syllables by the revised romanisation?"""
    return _by_syllables(word, _korean_sounds()) < math.inf


@cache
def _korean_sounds() -> dict[str, float]:
    """Romanised syllable of Korean given names to bits."""
    return {"".join(roman.romanised(char)): bits for char, bits in reversed(ranked("korean_syllable").items())}


@cache
def _korean_surnames() -> dict[str, float]:
    """Romanised Korean surname, by the book and as families write it, to bits."""
    found: dict[str, float] = {}
    for char, bits in ranked("korean_surname").items():
        for spelled in (*roman.KOREAN_SURNAMES.get(char, ()), "".join(roman.romanised(char))):
            found.setdefault(spelled, bits)
    return found


@cache
def _chinese_sounds() -> dict[str, float]:
    """Toneless syllable of Chinese given names to bits."""
    return {syllable: -math.log2(share) for syllable, share in _sound_shares(surname=False).items()}


def _korean_latin_bits(words: tuple[str, ...]) -> float:
    """Bits of a Korean name in Latin letters: Kim Ji Eun, Jieun Kim; infinite when it is none."""
    sounds = _korean_sounds()
    for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        bits = _by_syllables("".join(given), sounds)
        if surname in _korean_surnames() and bits < math.inf:
            return _korean_surnames()[surname] + bits + _LATIN_AMONG_KOREANS_BITS
    return math.inf


def words_bits(words: tuple[str, ...]) -> float:
    """Bits of a name of several words; those after the third say less, because they go with the others."""
    ordered = sorted((word_bits(word) for word in words), reverse=True)
    bits = sum(ordered[:3]) + 0.3 * sum(ordered[3:])
    if (vietnamese := name_bits(words)) is not None:
        bits = vietnamese
    if 1 < len(words) <= 3:
        bits = min(bits, _korean_latin_bits(words))
    return bits if any(map(is_known_word, words)) or len(words) == 1 else min(bits, _NO_NAME_BITS)


@lru_cache(maxsize=4096)
def syllabic_bits(word: str) -> float:
    """Bits of a Hangul or kana word."""
    if not _HANGUL.fullmatch(word):
        return word_bits(word)
    if (name := korean_shares.name_bits(word)) is not None:
        return name
    syllables = ranked("korean_syllable")
    return min(_UNKNOWN_SYLLABIC_BITS, sum(syllables.get(char, 8.0) for char in word) + 1.0)


@cache
def _sound_shares(*, surname: bool) -> dict[str, float]:
    """Share of people by toneless syllable at one place of a Chinese name."""
    found: dict[str, float] = {}
    for char, bits in (surname_bits() if surname else given_bits()).items():
        if len(char) == 1:
            syllable = sound.first_syllable(char, surname=surname)
            found[syllable] = found.get(syllable, 0.0) + 2.0**-bits
    return found


@cache
def sound_bits(char: str, *, surname: bool) -> float:
    """Bits of the toneless syllable of a character at its place in a Chinese name."""
    share = _sound_shares(surname=surname).get(sound.first_syllable(char, surname=surname), 0.0)
    return -math.log2(share + 2.0**-CHAR_FLOOR_BITS)


def syllabic_name_bits(words: tuple[str, ...]) -> float:
    """Bits of a Hangul or kana name; the surname may stand apart."""
    if len(words) == 2 and len(words[0]) == 1:
        return syllabic_bits("".join(words))
    return min(sum(map(syllabic_bits, words)), _NO_NAME_BITS)
