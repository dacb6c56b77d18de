# SPDX-License-Identifier: Apache-2.0
"""Is a word spelled as no name is?

A slip of the finger makes what no language writes: Nguynễ, أححمد, Thhanh. Nobody is called so, and who shows it wants another
name read. A Vietnamese word is one of a closed set of syllables; a Korean, Chinese or Japanese name in Latin letters is put
together from such; elsewhere a word is unheard of when it has letters side by side that no name of our lists has. A word that
is in a list is never unheard of. What that is worth is the question of `letters`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transferguard.names import shares

# Letters side by side by which words are told, and in ASCII, where nearly every pair of letters stands in some name.
_RUN, _ASCII_RUN = 2, 3
_END = "."
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
# The syllables of Vietnamese without accents: what they begin with, and what they rhyme on (textbook phonology).
_VIETNAMESE_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi?|h|kh?|l|m|ngh?|nh?|ph?|r|s|t[hr]?|v|x)?"
    "(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|ch|m|n|ng|nh|o|p|t|u)?|i(?:a|c|ch|e[cmnptu]|eng|m|n|nh|p|t|u)?"
    "|o(?:a|a[cimnopty]|ach|ang|anh|c|e|e[not]|i|m|n|ng|ong|p|t)?|u(?:a|an|ang|at|ay|c|e|ech|enh|i|m|n|ng|o|o[cimnptu]|ong|p|t|u|y|ya|ych|yen|yet|ynh|yt|yu)?"
    "|y)|ye[mntu]|yn|qu(?:a(?:c|ch|i|m|n|ng|nh|o|t|u|y)?|e(?:n|nh|o|t)?|i(?:t|nh)?|oc|o|y(?:[nt]|nh|e[nt])?)"
)
# What Japanese names in Latin letters are made of, by whatever system.
_JAPANESE_SYLLABLES = re.compile("(?:(?:[kgsztdnhbpmrfjw]y?|[cs]h|ts|y)?(?:[aeiou]h?|ou|oo|uu)|n|m(?=[bp])|([kstp])(?=\\1)|t(?=ch))+")


@cache
def _runs() -> frozenset[str]:
    """Letters side by side in the names of our lists, with their ends."""
    return frozenset(run for word in shares.known_words() for run in _runs_of(word))


def _runs_of(word: str) -> list[str]:
    size = _ASCII_RUN if word.isascii() else _RUN
    marked = f"{_END}{word}{_END}"
    return [marked[at : at + size] for at in range(len(marked) - size + 1)]


@lru_cache(maxsize=2048)
def is_unheard(word: str, *, vietnamese: bool) -> bool:
    """Is this folded word no name, and spelled as none is?

    Args:
        word: The word.
        vietnamese: Whether it stands where a Vietnamese word is expected.
    """
    if shares.is_known_word(word) or _HANGUL.search(word):
        return False  # any two Hangul syllables may stand side by side
    if vietnamese:
        return not _VIETNAMESE_SYLLABLE.fullmatch(word)
    if word.isascii() and (shares.is_in_syllables(word) or _JAPANESE_SYLLABLES.fullmatch(word)):
        return False
    return not _runs().issuperset(_runs_of(word))
