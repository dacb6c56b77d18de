# SPDX-License-Identifier: Apache-2.0
"""How could the seen name have been made from the original?

One dispatch over the families of rules: Han beside Han, letters beside letters, and one script written in another. The
weight is the rarity of the original less what the difference costs; names that do not match weigh against imposture.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import OSA

from transferguard.names import cross, han, letters, shares, vietnamese, vietnamese_accents
from transferguard.names.bounds import readable
from transferguard.names.characters import is_disguise
from transferguard.names.deep import drawn_as_cyrillic
from transferguard.names.fold import fold_table
from transferguard.names.korean import is_respelled
from transferguard.names.matching import Match, MatchKind
from transferguard.names.rarity import Frequencies, view_rarity
from transferguard.names.romanisations import unleet
from transferguard.names.signs import as_seen
from transferguard.names.slips import slip_of_one_word
from transferguard.names.views import NameView, bare_name, claims_more, fold_words, kana_read_as_han

# A name, read and as it arrived.
Named = tuple[NameView, str]
# Letters of scripts other than Latin.
_NOT_LATIN = re.compile("[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
# Letters that the fold reads as the Latin ones they look like: how such a word sounds, the folded word does not tell.
_READ_AS_LATIN = re.compile("[\u0370-\u052f\u1f00-\u1fff]")
_CYRILLIC, _LATIN = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-z]")
# Letters from which a drawn name is no chance.
_FEWEST_DRAWN = 5
# log2 P(this exact copy | impostor): half of all thieves change nothing.
COPY_BITS = 1.0
_GRAPHEME_JOINER = "\u034f"  # stands among the accents and leaves no ink
# log2 of how much oftener a thief than an honest person writes with such characters: one honest display name in a thousand
# has some (our assumption), one impostor in fifty.
_DISGUISED = 4.0
# What another spelling of a Korean name costs: families spell one syllable in three ways and more.
_KOREAN_RESPELLED = 4.0
# And with digits for the letters of another alphabet.
_DIGIT_FOR_LETTER = 2.0
# And with accents that are in no alphabet of theirs.
_STRANGE = 2.0
# The same for a word like "new account": one honest name in a few hundred, one impostor in twenty.
_CLAIM = 3.0
# An accent that is another one, and the part of a name that is read for them.
_OTHER_ACCENT, _ACCENTED_CHARS = 2.5, 256
# In Vietnamese another accent is another name: one that people are called, on two thirds of all syllables.
_OTHER_TONE = 7.0
_WORDS_COMPARED = frozenset({MatchKind.EDIT, MatchKind.DECORATED, MatchKind.REORDERED, MatchKind.PART, MatchKind.SOUND})
_VIETNAMESE_LETTERS = re.compile("[\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
# Latin letters with marks that transliterate inscriptions, and marks that no letter takes.
_STRANGE_ACCENTED = re.compile(
    "[\u01cd-\u01dc\u01de-\u01e3\u01f0\u0200-\u0217\u021e\u021f\u0226-\u0233\u1e00-\u1e9b]|[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9][\u0300-\u034e\u0350-\u036f]"
)
# The same on letters that have no such marks at all, and signs that may stand for Han characters.
_MARKED = re.compile("[\u0621-\u064a\u0900-\u0eff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3][\u0300-\u034e\u0350-\u036f]")
_SYLLABLE_SIGN = re.compile("[\u1100-\u11ff\u3041-\u318f]")
# What sets the company of a name apart from it, and what that costs; writings whose names are so long that a word more may belong to them.
_APART, _EMPLOYER = re.compile(r"[()\[\]{}|｜/@•·:（）【】–—]|\s-+\s|,"), 2.0
_LONG_NAMES = re.compile("[\u0600-\u06ff\u0900-\u0dff]")
# The signs that turn letters of the other direction round, and these.
_OVERRIDES = (("\u202e", re.compile("")), ("\u202d", re.compile("[\u0590-\u08ff\ufb1d-\ufeff]")))
_NATIONAL_LETTERS = frozenset("áàâãäåçéèêëíìîïñóòôõöøúùûüýßÁÀÂÃÄÅÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØÚÙÛÜÝąćęłńśźżčěřšžğış")
# Of a hundred impostors two have a name that has nothing in common with the person they play.
DIFFERENT_BITS = -5.6


def match_views(  # noqa: PLR0911  one family of rules a line
    seen: NameView, original: NameView, *, seen_name: str, original_name: str
) -> Match | None:
    """The cheapest way from the original to the seen name; None when there is none.

    Args:
        seen: View of the seen name.
        original: View of the original.
        seen_name: The seen name as it arrived, for readings that the fold does not keep.
        original_name: The same for the original.
    """
    if not seen.look or not original.look:
        return None
    if seen.core == original.core:
        if seen_name == original_name:
            return Match(kind=MatchKind.EXACT, cost=0.0, changes=0)
        clash = marks_cost(seen_name, original_name)
        gain = disguise_bits(seen_name, original_name) or (_CLAIM if claims_more(seen_name, original_name) else 0.0)
        if strange_accents(seen_name, original_name):
            gain = max(gain, _STRANGE)
        return Match(kind=MatchKind.LOOK if clash else MatchKind.EXACT, cost=clash - gain, changes=1 if clash else 0)
    if seen.is_han and original.is_han:
        found = han.match_han(seen.look, original.look, seen.pieces)
        return cheapest(found, han.match_split(seen.look, original.look)) if len(seen.look) > len(original.look) else found
    other_script = bool(_NOT_LATIN.search(seen_name)) != bool(_NOT_LATIN.search(original_name))
    found = None if seen.is_han or original.is_han else _match_letters(seen, original, seen_name=seen_name, original_name=original_name)
    if found is not None and found.kind is MatchKind.LOOK:
        return found
    if _CYRILLIC.search(original_name) and _LATIN.search(seen_name) and (drawn := _drawn(seen_name, original_name)):
        return drawn
    if not other_script:
        latin = seen.look.isascii() and original.look.isascii() and not all(map(vietnamese.is_vietnamese, original.words))
        korean = latin and is_respelled(seen.words, original.words)
        return cheapest(found, Match(kind=MatchKind.SOUND, cost=_KOREAN_RESPELLED, changes=1, made=_KOREAN_RESPELLED)) if korean else found
    return cheapest(found, _match_across(seen, original, seen_name=seen_name, original_name=original_name))


def _match_across(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """One script written in another, also with digits for letters: w4ng."""
    found = cross.match_across(seen, original, seen_name=seen_name, original_name=original_name)
    plain = unleet(seen)
    if plain is None:
        return found
    read = cross.match_across(plain, original, seen_name=plain.core, original_name=original_name)
    return cheapest(found, read and read._replace(cost=read.cost - _DIGIT_FOR_LETTER))


def _drawn(seen: str, original: str) -> Match | None:
    """A Cyrillic name that is drawn with Latin letters and digits, as far as some are at hand: Hukuta for Никита."""
    wanted = drawn_as_cyrillic(readable(original))
    if len(wanted) < _FEWEST_DRAWN or drawn_as_cyrillic(readable(seen)) != wanted:
        return None
    return Match(kind=MatchKind.LOOK, cost=-_DISGUISED / 2, changes=1)


def _match_letters(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """Letters beside letters, also with digits read as the letters that they may stand for."""
    heard = (seen_name.isascii() and original_name.isascii()) or not (
        _READ_AS_LATIN.search(seen_name) or _READ_AS_LATIN.search(original_name)
    )
    found = letters.match_letters(seen.words, original.words, heard=heard)
    if seen.playful:
        found = cheapest(found, letters.match_letters(seen.playful, original.words, heard=heard))
    if found is not None and found.kind is MatchKind.DECORATED and _LONG_NAMES.search(original_name):
        found = cheapest(found, _set_apart(seen_name, original, original_name))
    found = cheapest(found, slip_of_one_word(seen, original, seen_name=seen_name, original_name=original_name))
    if found is None or found.kind not in _WORDS_COMPARED or seen_name.isascii() or not all(map(vietnamese.is_vietnamese, original.words)):
        return found
    # The words were compared without their accents.
    lost = _OTHER_TONE * vietnamese_accents.other_names(bare_name(seen_name).split(), bare_name(original_name).split())
    return found._replace(cost=found.cost + lost, made=None if found.made is None else found.made + lost) if lost else found


def _set_apart(seen_name: str, original: NameView, original_name: str) -> Match | None:
    """An Arabic or Indian name beside words in brackets or behind a line: an employer. The next word in a row may be a father's name."""
    parts = [words for part in _APART.split(seen_name[:_ACCENTED_CHARS]) if (words := fold_words(part))]
    if len(parts) == 1 or original.words not in parts or _APART.search(original_name):
        return None
    others = (word for words in parts if words != original.words for word in words)
    if any(map(shares.is_known_word, others)):
        return None
    return Match(kind=MatchKind.DECORATED, cost=_EMPLOYER, changes=1, made=_EMPLOYER)


def cheapest(*options: Match | None) -> Match | None:
    """The cheapest of several ways; None when there is none."""
    return min((one for one in options if one is not None), key=lambda one: one.cost, default=None)


def marks_cost(seen: str, original: str) -> float:
    """Bits lost because both names carry accents, and different ones: Thùy and Thủy are two people."""
    if seen.isascii():
        return 0.0
    if original.isascii():
        # A given name alone is written with accents in one language and without them in the next.
        return _OTHER_ACCENT if original.isalpha() and set(seen) - set(original) <= _NATIONAL_LETTERS else 0.0
    ours, theirs = _accents(seen, original), _accents(original, original)
    if not ours or not theirs or ours == theirs or strange_accents(seen, original):
        return 0.0
    if vietnamese_accents.is_vietnamese(wanted := bare_name(original).split()):
        return _OTHER_TONE * vietnamese_accents.other_names(bare_name(seen).split(), wanted)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return _OTHER_ACCENT * min(2, max(len(ours), len(theirs)) - shared)


def strange_accents(seen: str, original: str) -> bool:
    """Does the seen name carry accents that the language of the original does not have?"""
    if seen.isascii() or seen == original:
        return False
    text = unicodedata.normalize("NFC", seen[:_ACCENTED_CHARS])
    if any(char not in original for char in _STRANGE_ACCENTED.findall(text)):
        return True
    if any(char not in original for char in _MARKED.findall(text)):
        return True
    if not _VIETNAMESE_LETTERS.search(original):
        return False
    return any(map(vietnamese_accents.is_no_syllable, set(text.split()) - set(original.split())))


def disguise_bits(seen: str, original: str) -> float:
    """Bits gained because the letters are the same only to the eye: honest namesakes do not write so."""
    if seen.isascii():
        return 0.0
    table = fold_table()
    strange = sum(1 for char in seen[:_ACCENTED_CHARS] if char not in original and is_disguise(char, table[ord(char)]))
    overridden = any(sign in seen and sign not in original and letters.search(seen) for sign, letters in _OVERRIDES)
    return _DISGUISED if strange or overridden or _syllables_for_han(seen, original) else 0.0


def _syllables_for_han(seen: str, original: str) -> bool:
    """Does a kana, bopomofo or jamo stand where the original has the Han character that it looks like?"""
    if not _SYLLABLE_SIGN.search(seen):
        return False
    read_as = kana_read_as_han()
    return any(ord(char) in read_as and char not in original and read_as[ord(char)] in original for char in seen[:_ACCENTED_CHARS])


def _accents(name: str, original: str) -> tuple[str, ...]:
    """The accents of the words that are the original's but for accents, each with its letter."""
    table = fold_table()
    wanted = set(original.translate(table).split())
    found: list[str] = []
    for word in as_seen(name[:_ACCENTED_CHARS]).split():
        if wanted.isdisjoint(word.translate(table).strip("0123456789").split()):
            continue
        letter = ""
        for char in unicodedata.normalize("NFD", word):
            if "\u0300" <= char <= "\u036f" and char != _GRAPHEME_JOINER:
                found.append(letter + char)
            else:
                letter = char.casefold()
    return tuple(found)


@lru_cache(maxsize=4096)
def likeness(seen: str, original: str) -> float:
    """Likeness of two looks, 0 to 1, the same in both directions."""
    return float(OSA.normalized_similarity(seen, original))


def similarity_of(found: Match | None, seen: NameView, original: NameView) -> float:
    """How alike two names are: 1 when equal once cleaned, above 0.7 for every match, below it for none."""
    if found is None:
        return 0.7 * likeness(seen.look, original.look)
    if not found.changes:
        return 1.0 if found.kind is MatchKind.EXACT else 0.99
    return max(0.71, 0.98 - 0.04 * found.changes - 0.015 * min(found.cost, 12.0))


def weight_of(found: Match | None, *, seen: Named, original: Named, frequencies: Frequencies | None) -> float:
    """Bits for "the seen name copies this original": no more than the seen name is worth itself, less its making.

    Args:
        found: How they match.
        seen: View and text of the seen name.
        original: The same of the original.
        frequencies: The host's knowledge.
    """
    if found is None:
        return DIFFERENT_BITS
    weight = view_rarity(*original, frequencies) - COPY_BITS - found.cost
    if found.made is not None and weight > DIFFERENT_BITS:
        weight = min(weight, most_bits(found, seen, frequencies))
    return max(DIFFERENT_BITS, weight)


def most_bits(found: Match, seen: Named, frequencies: Frequencies | None) -> float:
    """Bits that the seen name is worth itself, less its making: a match weighs no more, whatever it copies."""
    return math.inf if found.made is None else view_rarity(*seen, frequencies) - COPY_BITS - found.made
