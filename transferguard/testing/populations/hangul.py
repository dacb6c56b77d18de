# SPDX-License-Identifier: Apache-2.0
"""How is Hangul written in Latin letters?

Revised Romanisation syllable by syllable (National Institute of Korean Language, 2000), the older McCune-Reischauer letters, and
the habitual spellings that people put into passports. Assimilation between syllables is left out: names are usually spelled
syllable by syllable.
"""

from transferguard.testing.populations.shares import words

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_VOWEL_COUNT, _FINAL_COUNT = 21, 28


def _letters(text: str) -> list[str]:
    return ["" if letter == "-" else letter for letter in words(text)]


_INITIAL = _letters("g kk n d tt r m b pp s ss - j jj ch k t p h")
_VOWEL = words("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINAL = _letters("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
_INITIAL_MR = _letters("k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h")
_VOWEL_MR = words("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i")

_HABITUAL_SURNAMES = {
    "김": "Kim",
    "이": "Lee",
    "박": "Park",
    "최": "Choi",
    "정": "Jung",
    "강": "Kang",
    "조": "Cho",
    "윤": "Yoon",
    "임": "Lim",
    "오": "Oh",
    "서": "Seo",
    "신": "Shin",
    "권": "Kwon",
    "안": "Ahn",
    "유": "Yoo",
    "고": "Ko",
    "문": "Moon",
    "손": "Son",
    "배": "Bae",
    "백": "Baek",
    "허": "Heo",
    "노": "Noh",
    "곽": "Kwak",
    "우": "Woo",
    "구": "Koo",
    "주": "Joo",
    "장": "Jang",
}


def parts(syllable: str) -> tuple[int, int, int] | None:
    """Positions of initial, vowel and final of one Hangul syllable; `None` for anything else."""
    code = ord(syllable)
    if not _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return None
    offset = code - _FIRST_SYLLABLE
    return offset // (_VOWEL_COUNT * _FINAL_COUNT), offset // _FINAL_COUNT % _VOWEL_COUNT, offset % _FINAL_COUNT


def romanise(text: str, *, older: bool = False, between: str = "") -> str:
    """Hangul in small Latin letters; other characters stay as they are.

    Args:
        text: The name or part of a name.
        older: McCune-Reischauer instead of Revised Romanisation.
        between: What to write between syllables: nothing or a hyphen.
    """
    initials, vowels = (_INITIAL_MR, _VOWEL_MR) if older else (_INITIAL, _VOWEL)
    found = [(sign, parts(sign)) for sign in text]
    return between.join(sign if cut is None else initials[cut[0]] + vowels[cut[1]] + _FINAL[cut[2]] for sign, cut in found)


def romanise_surname(surname: str) -> str:
    """The spelling of a surname that most bearers use."""
    return _HABITUAL_SURNAMES.get(surname) or romanise(surname).capitalize()
