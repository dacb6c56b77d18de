# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Which Hangul syllables can this Latin spelling stand for, and how surely?

Koreans spell their names at will: 영 is young, yeong, yong and yung; so each syllable has a share of people for each of its spellings, and a
spelling speaks for the syllables that are written so. What a name loses when it is spelled is how unsure its syllables then are: -log2
P(syllable | spelling). So Kim Minsu costs 김민수 little, and Song-ho costs 성호 what 송호 and 성호 have in common.

The shares of spellings are our estimate, from the revised romanisation, McCune-Reischauer without its signs, and what passports are seen to have.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from transferguard.names import ranks, respelling, shares

_FIRST = 0xAC00
# A spelling and its share in percent, by letter.
_LEADS = "k60 g40|kk60 g20 k20|n100|d80 t20|tt50 d30 t20|r70 l20 n10|m100|b75 p25|pp50 b30 p20|s96 sh4|ss60 s40|100|j84 ch14 z2|jj60 j40|ch92 c4 tch4|k100|t95 th5|p95 ph5|h100"
_VOWELS = (
    "a96 ah4|ae75 e10 ai8 ay7|ya100|yae70 ye30|eo50 u26 o16 uh4 eu4|e85 ae8 ay7|yeo36 you18 yu30 yo13 yeu3|ye92 yae4 yeh4|o93 oh7|wa100|wae90 we10|oe60 we20 oi20|yo100|u52 oo42 woo6|wo60 weo30 won10|we100"
    "|wi85 wee8 ui7|yu60 yoo30 you10|eu64 u26 oo6 ewoo4|ui25 ee40 i15 eui10 y10|i74 ee20 yi4 ie2"
)
_TAILS = "100|k80 g15 c5|k90 g10|k100|n100|n100|n100|t90 d10|l90 r10|k100|m100|l100|l100|l100|p100|l100|m100|p85 b15|p100|t100|t100|ng100|t100|t100|k100|t100|p100|t100"
# Spellings of surnames that no rule gives, with their share in percent; what is left goes by the rules.
_SURNAMES = {
    "김": "kim97 gim2", "이": "lee90 yi4 rhee3 i2 yee1", "박": "park93 pak4 bak2", "최": "choi93 choe5 choy1", "정": "jung50 jeong30 chung17 cheong1", "강": "kang95", "조": "cho70 jo28",
    "윤": "yoon70 yun28", "장": "jang75 chang23", "임": "lim62 im25 rim5 yim6", "한": "han98", "오": "oh88 o10", "서": "seo70 suh20 so4 su3", "신": "shin90 sin9", "권": "kwon90 gwon8",
    "황": "hwang98", "안": "ahn65 an33", "송": "song98", "전": "jeon50 jun20 chun14 jeun2 chon3", "홍": "hong98", "유": "yoo60 yu25 you8 ryu5", "류": "ryu75 yoo8 lyu5 ryoo8", "고": "ko75 go20 koh4", "문": "moon85 mun13",
    "양": "yang97", "손": "son80 sohn18", "배": "bae85 pae5 bai5", "백": "baek65 paik12 back6 baik10 paek4", "허": "heo50 hur30 huh17", "남": "nam99", "심": "shim85 sim13", "노": "noh45 no20 roh30", "하": "ha97", "곽": "kwak80 gwak15",
    "성": "sung60 seong30", "차": "cha98", "주": "joo60 ju30 chu5", "우": "woo85 wu8 u5", "구": "koo60 gu20 ku12 goo6", "민": "min99", "나": "na65 ra25 la5", "진": "jin85 chin12", "지": "ji85 jee10 chi4",
}  # fmt: skip
_PART = re.compile(r"([a-z]*)(\d+)")
# How rare a spelling may be that is still looked at, and what `woo` costs where the rules have a u.
_LEAST_SHARE = 0.004
_LONGEST_GIVEN, _MOST_LATIN_WORDS = 16, 3
_WOO, _WRITTEN_SO = "woo", 1.0
# A surname and a syllable of given names that no list has.
_UNLISTED_SURNAME, _UNLISTED_SYLLABLE = 14.0, 12.0

Spelled = tuple[tuple[str, float], ...]


@cache
def _letters(table: str) -> tuple[Spelled, ...]:
    return tuple(_row(row) for row in table.split("|"))


def _row(row: str) -> Spelled:
    return tuple((text, int(percent) / 100) for text, percent in _PART.findall(row))


@lru_cache(maxsize=512)
def spellings_of(syllable: str, *, surname: bool) -> dict[str, float]:
    """Spellings of a Hangul syllable and their shares."""
    rest = ord(syllable) - _FIRST
    found: dict[str, float] = {}
    known = _row(_SURNAMES.get(syllable, "")) if surname else ()
    left = 1.0 - sum(share for _, share in known)
    for lead, first in _letters(_LEADS)[rest // 588]:
        for vowel, middle in _letters(_VOWELS)[rest % 588 // 28]:
            for tail, last in _letters(_TAILS)[rest % 28]:
                text, share = lead + vowel + tail, first * middle * last
                if share >= _LEAST_SHARE:
                    found[text] = found.get(text, 0.0) + share * left
    for text, share in known:
        found[text] = found.get(text, 0.0) + share
    return found


@cache
def _shares_of_spellings(*, surname: bool) -> dict[str, float]:
    """How many people spell a syllable of their names so, whatever the syllable."""
    found: dict[str, float] = {}
    for syllable, bits in ranks.ranked("korean_surname" if surname else "korean_syllable").items():
        for text, share in spellings_of(syllable, surname=surname).items():
            found[text] = found.get(text, 0.0) + share * 2.0**-bits
    return found


@lru_cache(maxsize=2048)
def unsure_bits(syllable: str, spelled: str, *, surname: bool) -> float | None:
    """-log2 P(this syllable | this spelling); None when it is not spelled so."""
    share = spellings_of(syllable, surname=surname).get(spelled)
    if not share:
        return None
    listed = ranks.ranked("korean_surname" if surname else "korean_syllable")
    bits = listed.get(syllable, _UNLISTED_SURNAME if surname else _UNLISTED_SYLLABLE)
    mine = share * 2.0**-bits
    others = _shares_of_spellings(surname=surname).get(spelled, 0.0)
    return -math.log2(mine / (others if syllable in listed else others + mine))


@lru_cache(maxsize=1024)
def lost_in_spelling(name: str, words: tuple[str, ...]) -> float | None:
    """Bits that a Hangul name loses in this spelling, the surname first or last; None when it is no spelling of it.

    Args:
        name: Folded Hangul, a surname of one syllable first.
        words: Folded Latin words.
    """
    if len(words) < 2 or not 2 <= len(name) <= 3 or not all("\uac00" <= char <= "\ud7a3" for char in name):  # noqa: PLR2004 - a name has two parts
        return None
    found = _lost_in_words(name, words)
    if found is None and any(_WOO in word for word in words):
        # Who writes Woo for 우 writes Jwoon for 준 too.
        found = _lost_in_words(name, tuple(word.replace(_WOO, "u") for word in words))
        return None if found is None else found + _WRITTEN_SO
    return found


@lru_cache(maxsize=512)
def _surnames_of(spelled: str) -> frozenset[str]:
    """Surnames that are spelled so."""
    return frozenset(syllable for syllable in ranks.ranked("korean_surname") if spelled in spellings_of(syllable, surname=True))


def is_respelled(seen: tuple[str, ...], original: tuple[str, ...]) -> bool:
    """Are these two spellings of one Korean name in Latin letters: Chung Min Ho and Minho Jeong?"""
    if not (1 < len(seen) <= _MOST_LATIN_WORDS and 1 < len(original) <= _MOST_LATIN_WORDS):
        return False
    for surname, given in _in_either_order(seen):
        if not (families := _surnames_of(surname)):
            continue
        for other, rest in _in_either_order(original):
            if _is_one_given(given, rest) and not families.isdisjoint(_surnames_of(other)):
                return True
    return False


@lru_cache(maxsize=1024)
def _is_one_given(seen: str, original: str) -> bool:
    """Are these two spellings of one given name? Two that are written by the book are two names: Jongho and Jeongho."""
    if seen == original:
        return True
    if respelling.korean(seen) != respelling.korean(original):
        return False
    return not (shares.is_korean_by_the_book(seen) and shares.is_korean_by_the_book(original))


def _in_either_order(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The surname and the rest, which stands in one piece."""
    return (words[0], "".join(words[1:])), (words[-1], "".join(words[:-1]))


def _lost_in_words(name: str, words: tuple[str, ...]) -> float | None:
    """The same for these very letters."""
    best: float | None = None
    for surname, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        family = unsure_bits(name[0], surname, surname=True)
        rest = _given_bits(name[1:], "".join(given)) if family is not None else None
        if family is not None and rest is not None and (best is None or family + rest < best):
            best = family + rest
    return best


def _given_bits(name: str, spelled: str) -> float | None:
    """The same for a given name of one or two syllables, spelled in one piece."""
    if len(name) == 1 or len(spelled) > _LONGEST_GIVEN:
        return unsure_bits(name, spelled, surname=False) if len(name) == 1 else None
    best: float | None = None
    for at in range(1, len(spelled)):
        one = unsure_bits(name[0], spelled[:at], surname=False)
        other = unsure_bits(name[1:], spelled[at:], surname=False) if one is not None else None
        if one is not None and other is not None and (best is None or one + other < best):
            best = one + other
    return best
