# SPDX-License-Identifier: Apache-2.0
"""Which other spellings does a name in Latin letters have that no rule about single letters joins?

Slavic languages in Latin letters write c for ts and j for y (Kuznecov, Dmitrij), Arabic names are written with their article in one word
(Alotaibi), Warsaw writes w for v, and thieves write digits for letters (w4ng). And which names in Latin letters may be Japanese or Thai
ones, so that they are worth looking for when a name in those letters is seen? What a likeness is worth is the question of `cross`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transferguard.names import respelling, shares
from transferguard.names.views import NameView, view_of_core

# Keyboards without ü write Lv and Nv.
_LV = (" lv", " nv")
# The article with a word of four letters and more that no list has as one.
_ARTICLE_WITHIN = re.compile("^(?:al|el)(?=[a-z]{4})")
_LEET = str.maketrans("0134578926", "oieastbgzb")
# What Japanese names in Latin letters are made of, by whatever system, and Thai ones.
_JAPANESE = re.compile("(?:(?:[kgsztdnhbpmrfjw]y?|[cs]h|ts|y)?(?:[aeiou]h?|ou|oo|uu)|n|m(?=[bp])|([kstp])(?=\\1)|t(?=ch))+")
_THAI = re.compile(
    "(?:(?:[kptc]h|ng|[kptc]|[bdfghjlmnrsvwy])?[lrw]?[aeiouy]{1,3}[iwyrh]?(?:ng|[kptcgdbslnmr])?(?![aeiou]))+(?:[st]|th|ch|rn|ph)?"
)
_FEWEST_LETTERS, _PAIR = 4, 2


def spelt(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words as they stand, and as another system would have them."""
    plain, together = words, f" {' '.join(words)}"
    if any(start in together for start in _LV):
        plain = tuple("".join((word[0], "u", word[2:])) if f" {word}".startswith(_LV) else word for word in words)
    found = [plain] if plain else []
    if "w" in together:
        # Warsaw and Berlin write w for the letter that London writes v for.
        found.append(tuple(word.replace("w", "v") for word in plain))
    other = tuple(map(_otherwise, plain))
    if other != plain:
        found.append(other)
    return tuple(found)


@lru_cache(maxsize=4096)
def _otherwise(word: str) -> str:
    """One word without its article, or with ts and y for c and j."""
    if word.startswith(("al", "el")) and _ARTICLE_WITHIN.match(word) and (shares.is_listed(word[2:]) or not shares.is_listed(word)):
        return word[2:]
    return respelling.slavic(word)


def unleet(view: NameView) -> NameView | None:
    """A name in Latin letters with the letters that its digits stand for; None where it has no digits."""
    if view.look.isalpha() or not view.look.isascii():
        return None
    return view_of_core(" ".join(view.playful or view.words).translate(_LEET))


def may_be_japanese(words: tuple[str, ...]) -> bool:
    """May this be a Japanese name in Latin letters?"""
    return len(words) == _PAIR and all(len(word) > 1 and _JAPANESE.fullmatch(word) for word in words)


def may_be_thai(words: tuple[str, ...]) -> bool:
    """May this be a Thai name in Latin letters? No two families share one, so no list has it."""
    return (
        len(words) == _PAIR
        and min(map(len, words)) >= _FEWEST_LETTERS
        and not shares.is_listed(words[1])
        and all(map(_THAI.fullmatch, words))
    )
