# SPDX-License-Identifier: Apache-2.0
"""Is one name the other in another script?

Li Ming for 李明, Chan Kin Kwok for 陳建國, Kim Chul-soo for 김철수, Ivan for Иван. Which spellings are one sound is the question of
`respelling`; here a name is compared with its spellings, whole or word by word. Sounds lose what letters keep, so the weight counts
the rarity of the sound, not of the characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from transferguard.names import japanese, korean, respelling, roman, shared_sounds, shares, spelled, thai
from transferguard.names.listed_spellings import ANUSVARA, listed_bits
from transferguard.names.matching import Match, MatchKind
from transferguard.names.romanisations import spelt
from transferguard.names.views import NameView, Script, bare_name

# -log2 of how often a thief writes a name in another alphabet rather than as it is, less how seldom honest bearers do (one in
# eight, our assumption); and the same for a Han name, of which more than one spelling is in use.
_OTHER_ALPHABET, _WRITTEN_OUT, _OTHER_ORDER = 3.5, 2.0, 1.0
# What a seen name costs besides that is in the letters of its language, as seven honest bearers in eight write, where the contact is not.
_AS_MOST_WRITE = 2.8
# What a spelling costs that bends the rules of its system, a letter of difference, the most of that, a wrong letter, and a sound
# that agrees in its consonants alone.
_BENT, _PER_LETTER_BENT, _MOST_BENT, _MISSPELLED, _CONSONANTS_ALONE = 0.5, 0.7, 3.0, 4.5, 1.0
# Bits by which the sound of a Japanese name is commoner than its characters (our assumption: eight writings a sound).
_READ_OTHERWISE = 3.0
# What a name costs that has the sound of another and cannot be read as its spelling letter by letter.
_NO_SPELLING = 3.0
# Arabic and Indian names have the surname last in either alphabet: one honest bearer in sixteen turns them round, one impostor in eight.
_SURNAME_FIRST = -1.5
# A listed name in a spelling that no list has: one honest bearer in sixteen, two impostors in five (our assumption).
_ODDLY_SPELLED = -2.5
# Letters from which one may be wrong, and consonants from which one may be.
_LETTERS_OF_A_SPELLING, _CONSONANTS_OF_A_WORD = 6, 4
# Hebrew and Arabic leave most vowels out, Indic letters and Thai some.
_UNVOWELLED = re.compile("[\u0590-\u06ff\u0900-\u0eff]")
# Our table of letters writes c for what Indic names spell ch.
_INDIC, _INDIC_C = re.compile("[\u0900-\u0dff]"), re.compile("c(?!h)")
# A flapped letter is spelled r as often as d (Arora), and what ends in av is spelled ao (Rao).
_FLAP, _AO = re.compile("[\u095c\u095d]|[\u0921\u0922]\u093c"), re.compile("ाव(?!\\w)")
_HANGUL, _KANA = re.compile("[\uac00-\ud7a3]"), re.compile("[\u3041-\u30ff]")
_SPELLED = re.compile("[\u0400-\u052f\u0600-\u06ff\u0900-\u0d7f]")
_CYRILLIC, _NO_LETTER = re.compile("[\u0400-\u052f]"), re.compile("[^\u0400-\u052f]+")
_YA_WITHOUT_DOTS, _ALIFS = "\u0649", "أإآ"
_FOLDED_ARABIC = re.compile(f"[{_ALIFS}{_YA_WITHOUT_DOTS}]")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
# Юлия is Yulia and Julia, Ян is Jan.
_GLIDES = str.maketrans({"ю": "ју", "я": "ја"})
_GLIDED = re.compile(r"\b[юяЮЯ]")
# Letters that are spelled otherwise in Cairo than in Baghdad: Gamal and Jamal, Osman and Othman.
_AS_IN_CAIRO = str.maketrans("جثذظ", "gszz")
# The article in Latin letters, also where it has become like the letter after it; it is written with the word or apart.
_ARTICLES = frozenset({"al", "el", "ul", "as", "ash", "an", "ar", "ad", "az", "at"})


class _Writing(NamedTuple):
    """How names of one writing are compared with their spellings.

    Attributes:
        sound: Writes the spellings of one sound alike.
        whole: Syllables are joined and parted at will, so names are compared in one piece.
    """

    sound: Callable[[str], str]
    whole: bool


_HAN_WRITING = _Writing(respelling.han_loosened, whole=True)
_HANGUL_WRITING = _Writing(respelling.korean, whole=True)
_KANA_WRITING = _Writing(respelling.japanese, whole=True)
_ABJAD, _ALPHABET = _Writing(respelling.consonants, whole=False), _Writing(respelling.alphabetic, whole=False)


def spellings(view: NameView, name: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a name is written in Latin letters, each as words, surname first where it is known."""
    if view.script == Script.HAN or not name.isascii():
        return _written_out(view, name)
    return spelt(view.words)


@lru_cache(maxsize=1024)
def _written_out(view: NameView, name: str) -> tuple[tuple[str, ...], ...]:
    """The same for a name that is not in plain Latin letters."""
    if view.script == Script.HAN:
        return tuple(roman.han_spellings(view.look, shares.surname_length(view.look)))
    if view.script == Script.SYLLABIC and (korean := roman.korean_spellings(view.words, name)):
        return tuple(korean)
    if _INDIC.search(name):
        nasal = name.translate(ANUSVARA).replace("नह", "नघ")
        heard = (roman.romanised(one) for one in dict.fromkeys((nasal, name, _FLAP.sub("र", _AO.sub("ाओ", nasal)))))
        return tuple(dict.fromkeys(tuple(_INDIC_C.sub("ch", word) for word in words) for words in heard if words))
    bare = _ARABIC_ARTICLE.sub("", name)
    other = _glided(name) if _GLIDED.search(name) else bare.translate(_AS_IN_CAIRO)
    found = dict.fromkeys(roman.romanised(one) for one in dict.fromkeys((bare, other)))
    return tuple(words for words in found if words)


def _glided(name: str) -> str:
    """The name with ju and ja at the heads of its words."""
    return _GLIDED.sub(lambda found: found.group().casefold().translate(_GLIDES), name)


def match_across(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """How the one could be the other's romanisation; None when it could not."""
    if (native := thai.thai_words(seen_name + " " + original_name)) and (seen.look.isascii() or original.look.isascii()):
        return _match_thai(native, seen.words if seen.look.isascii() else original.words)
    by_letters = _match_korean(seen, original) or _match_fitted(seen, original, seen_name=seen_name, original_name=original_name)
    if by_letters is not None:
        return by_letters
    kanji = _match_japanese(seen, original, seen_name=seen_name, original_name=original_name)
    if seen.is_han and shares.is_japanese(seen.look):
        return kanji
    writing = _writing_of(seen, original)
    compared = _whole_cost if writing.whole else _words_cost
    best: float | None = None
    for ours in spellings(seen, seen_name):
        for theirs in spellings(original, original_name):
            cost = compared(ours, theirs, writing)
            if cost is not None and (best is None or cost < best):
                best = cost
    if best is None or (kanji is not None and kanji.cost < best):
        return kanji
    if writing is _HAN_WRITING:
        changes = 1 if best <= _OTHER_ORDER else 2
        lost = _WRITTEN_OUT + _lost_in_sound(original if original.script == Script.HAN else seen)
        return Match(kind=MatchKind.ROMANISED, cost=best + lost, changes=changes)
    best += _NO_SPELLING * _words_amiss(seen, original, seen_name=seen_name, original_name=original_name)
    other = _OTHER_ALPHABET + (0.0 if writing is _KANA_WRITING else _as_most_write(seen))
    lost = other + (_lost_in_class(original, writing) if best > _OTHER_ORDER else 0.0)
    changes = 1 if best < _MISSPELLED else 2
    # A namesake who writes in the other alphabet is as common there as here.
    return Match(kind=MatchKind.ROMANISED, cost=best + lost, changes=changes, made=best + other)


def _words_amiss(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> int:
    """Words in other letters that no Latin word spells, at least one; none where names are not read letter by letter."""
    if not _SPELLED.search(seen_name + original_name):
        return 1 if _HANGUL.search(seen_name + original_name) and _writing_of(seen, original) is not _KANA_WRITING else 0
    native, name, latin = (original, original_name, seen.words) if seen.look.isascii() else (seen, seen_name, original.words)
    amiss = (all(spelled.spelling_bits(word, one) is None for one in latin) for word in _native_words(native, name))
    return max(1, sum(amiss))


def _as_most_write(seen: NameView) -> float:
    """Bits that the alphabet of the seen name costs."""
    return 0.0 if seen.look.isascii() else _AS_MOST_WRITE


def _match_korean(seen: NameView, original: NameView) -> Match | None:
    """A Hangul name beside a usual spelling of each of its syllables."""
    if seen.look.isascii():
        lost = korean.lost_in_spelling(original.look, seen.words)
    else:
        lost = korean.lost_in_spelling(seen.look, original.words) if original.look.isascii() else None
    if lost is None:
        return None
    cost = _OTHER_ALPHABET + lost + _as_most_write(seen)
    # What a spelling may stand for is counted in the cost already; how common a name in Hangul is, its own rarity says best.
    return Match(kind=MatchKind.ROMANISED, cost=cost, changes=1, made=None if seen.look.isascii() else cost)


def _match_fitted(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """A Cyrillic, Arabic or Indic name beside a spelling that fits it letter by letter, in any order."""
    native, latin = ((original, original_name), seen) if seen.look.isascii() else ((seen, seen_name), original)
    if not latin.look.isascii() or not _SPELLED.search(native[1]):
        return None
    words, spelled_words = _native_words(*native), without_articles(latin.words)
    bits = _fitted_bits(words, spelled_words)
    if bits is None:
        return None
    made = _OTHER_ALPHABET + min(_MOST_BENT, bits) + _as_most_write(seen)
    if (
        latin is seen
        and _UNVOWELLED.search(native[1])
        and len(words) > 1
        and spelled.spelling_bits(words[-1], spelled_words[0]) is not None
    ):
        made += _SURNAME_FIRST
    if latin is seen and any(map(_is_odd, words, spelled_words)):
        made += _ODDLY_SPELLED
    return Match(kind=MatchKind.ROMANISED, cost=made, changes=1, made=made)


@lru_cache(maxsize=4096)
def _is_odd(word: str, latin: str) -> bool:
    """Is this Latin word in no list, where the word that it may spell is?"""
    return not shares.is_known_word(latin) and listed_bits(word) is not None


@lru_cache(maxsize=1024)
def _native_words(view: NameView, name: str) -> tuple[str, ...]:
    """The words of a name in its own letters: the fold has read Cyrillic ones, and some Arabic ones, as what they look like."""
    if _FOLDED_ARABIC.search(name):
        written = bare_name(name).split()
        return tuple(map(_as_written, view.words, written)) if len(written) == len(view.words) else view.words
    if not _CYRILLIC.search(name):
        return view.words
    kept = (word for word in _NO_LETTER.split(bare_name(name).casefold()) if word)
    return tuple(kept)


def _as_written(word: str, written: str) -> str:
    """A folded Arabic word with the hamzas of its alifs, and the ya at its end: without dots it is an a oftener than an i (منى, مصطفى)."""
    if len(word) != len(written):
        return word
    kept = "".join(one if one in _ALIFS else plain for plain, one in zip(word, written, strict=True))
    return kept[:-1] + _YA_WITHOUT_DOTS if written[-1] == _YA_WITHOUT_DOTS else kept


def _fitted_bits(words: tuple[str, ...], latin: tuple[str, ...]) -> float | None:
    """Bits of the spellings of words, each of another Latin word; in one piece where they are cut otherwise."""
    if len(words) != len(latin):
        bits = spelled.spelling_bits("".join(words), "".join(latin))
        return None if bits is None else bits + _BENT
    left, found, turned = list(latin), 0.0, False
    for at, word in enumerate(words):
        options = ((bits, place != 0, place) for place, one in enumerate(left) if (bits := spelled.spelling_bits(word, one)) is not None)
        best = min(options, default=None)
        if best is None:
            return None
        found, turned = found + best[0], turned or left[best[2]] != latin[at]
        del left[best[2]]
    return found + (_BENT if turned else 0.0)


def _match_japanese(seen: NameView, original: NameView, *, seen_name: str, original_name: str) -> Match | None:
    """A Japanese name in Han characters or kana beside Latin letters, by any of its readings, in either order."""
    if seen.look.isascii():
        latin, native, native_name = seen, original, original_name
    else:
        latin, native, native_name = original, seen, seen_name
    if not latin.words or not latin.look.isascii() or not (native.is_han or _KANA.search(native_name)):
        return None
    words = tuple(f"{word[:-2]}ei" if word.endswith("ee") else word for word in latin.words)
    sounds = [japanese.plain_sound(one) for one in dict.fromkeys(("".join(words), "".join((*words[1:], *words[:1]))))]
    if any(japanese.is_reading(plain, native_name) for plain in sounds):
        best = _BENT
    elif latin is seen and any(_is_misread(plain, native_name) for plain in sounds):
        best = _MISSPELLED
    else:
        return None
    made, changes = _OTHER_ALPHABET + best, 1 if best == _BENT else 2
    if latin is seen:
        return Match(kind=MatchKind.ROMANISED, cost=made + _READ_OTHERWISE, changes=changes, made=made)
    # The seen characters may be read in many ways, and one of them is the contact's name.
    cost = made + max(_READ_OTHERWISE, japanese.bits_of_readings(seen_name))
    return Match(kind=MatchKind.ROMANISED, cost=cost, changes=changes, made=made + _READ_OTHERWISE)


def _is_misread(plain: str, name: str) -> bool:
    """Is this one letter from a reading of the name?"""
    if len(plain) < _LETTERS_OF_A_SPELLING:
        return False
    return any(OSA.distance(plain, other, score_cutoff=1) <= 1 for other in japanese.readings_of(name))


def _match_thai(written: tuple[str, ...], words: tuple[str, ...]) -> Match | None:
    """Thai words beside Latin ones, by their consonants, in any order."""
    spelled = list(words)
    if len(spelled) != len(written):
        return None
    turned = False
    for word in written:
        at = next((at for at, one in enumerate(spelled) if thai.is_spelling(one, word)), None)
        if at is None:
            return None
        turned = turned or at > 0
        del spelled[at]
    made = _OTHER_ALPHABET + _BENT + (_OTHER_ORDER if turned else 0.0)
    return Match(kind=MatchKind.ROMANISED, cost=made + _CONSONANTS_ALONE * len(written), changes=1, made=made)


def _writing_of(seen: NameView, original: NameView) -> _Writing:
    """By which rules are these two compared? By those of the one that is not in Latin letters."""
    both = original.look + seen.look
    if Script.HAN in {seen.script, original.script}:
        return _HAN_WRITING
    if _HANGUL.search(both):
        return _HANGUL_WRITING
    if _KANA.search(both):
        return _KANA_WRITING
    return _ABJAD if _UNVOWELLED.search(both) else _ALPHABET


def _whole_cost(ours: tuple[str, ...], theirs: tuple[str, ...], writing: _Writing) -> float | None:
    """Bits between two spellings in one piece, the surname first or last."""
    best: float | None = None
    for turned, wanted in ((0.0, "".join(theirs)), (_OTHER_ORDER, "".join((*theirs[1:], *theirs[:1])))):
        for one in dict.fromkeys(("".join(ours), "".join((*ours[1:], *ours[:1])))):
            cost = 0.0 if one == wanted else _bent_cost(one, wanted, writing)
            if cost is not None and (best is None or turned + cost < best):
                best = turned + cost
    return best


def _bent_cost(one: str, wanted: str, writing: _Writing) -> float | None:
    """A name is spelled by one of a few systems, and each is bent a little."""
    plain, other = writing.sound(one), writing.sound(wanted)
    if plain == other:
        # Honest bearers bend the rules of Hangul too, and what their name loses is counted by its sound.
        most = _MOST_BENT if writing is _HAN_WRITING else _BENT
        return _BENT + min(most, _PER_LETTER_BENT * OSA.distance(one, wanted))
    if min(len(plain), len(other)) < _LETTERS_OF_A_SPELLING or OSA.distance(plain, other, score_cutoff=1) > 1:
        return None
    return _MISSPELLED + min(_MOST_BENT, _PER_LETTER_BENT * OSA.distance(one, wanted))


def _words_cost(ours: tuple[str, ...], theirs: tuple[str, ...], writing: _Writing) -> float | None:
    """Bits between two spellings word by word, in any order; in one piece where the words are cut otherwise."""
    ours, theirs = without_articles(ours), without_articles(theirs)
    if len(ours) != len(theirs):
        cost = _word_cost("".join(ours), "".join(theirs), writing)
        return None if cost is None else cost + _BENT
    left = list(ours)
    cost, turned = 0.0, False
    for at, word in enumerate(theirs):
        best: tuple[float, bool, int] | None = None
        for place, other in enumerate(left):
            found = _word_cost(other, word, writing)
            if found is not None and (best is None or (found, ours[at] != other, place) < best):
                best = (found, ours[at] != other, place)
        if best is None:
            return None
        cost, turned = cost + best[0], turned or best[1]
        del left[best[2]]
    return cost + (_OTHER_ORDER if turned else 0.0)


@lru_cache(maxsize=4096)
def _word_cost(one: str, wanted: str, writing: _Writing) -> float | None:
    """Bits between two spellings of one word."""
    if one == wanted:
        return 0.0
    plain, other = writing.sound(one), writing.sound(wanted)
    if plain == other:
        if writing is _ABJAD:
            # One consonant is shared by chance: Rao and Iyer.
            return None if not plain else _BENT if len(plain) > 1 else _MOST_BENT
        return _BENT
    off = OSA.distance(plain, other)
    if writing is _ABJAD:
        return _MISSPELLED if off == 1 and min(len(plain), len(other)) >= _CONSONANTS_OF_A_WORD else None
    if respelling.sound_class(one) == respelling.sound_class(wanted) and off <= max(1, max(len(plain), len(other)) // 4):
        return _CONSONANTS_ALONE + 2 * _PER_LETTER_BENT * off
    return _MISSPELLED if off == 1 and min(len(plain), len(other)) >= _LETTERS_OF_A_SPELLING else None


def without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without articles that stand apart."""
    if _ARTICLES.isdisjoint(words):
        return words
    kept = tuple(word for word in words if word not in _ARTICLES)
    return kept if len(kept) < len(words) and kept else words


def _lost_in_sound(view: NameView) -> float:
    """Bits by which the sound of a Han name is commoner than its characters."""
    cut = shares.surname_length(view.look)
    return sum(
        max(0.0, shares.char_bits(char, surname=at < cut) - shares.sound_bits(char, surname=at < cut)) for at, char in enumerate(view.look)
    )


def _lost_in_class(view: NameView, writing: _Writing) -> float:
    """Bits by which the sound of a name, spelled at will, is commoner than its letters, as far as lists of names tell."""
    if writing is _HANGUL_WRITING:
        look = view.look if shares.is_korean_name(view.look) else ""
        return sum(shared_sounds.lost_in_syllable(char, surname=not at) for at, char in enumerate(look))
    return sum(map(shared_sounds.lost_without_vowels, view.words)) if writing is _ABJAD else 0.0
