# SPDX-License-Identifier: Apache-2.0
"""Under which keys is a name found?

A key is 32 bits (`key_sums`). The keys of Han names are the question of `han_keys`, those of names in letters are worked out here.
Names that share a key by chance are told apart when they are compared.

Rule owned here: what a name needs to be found is worked out when it is added, never when another name is searched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from transferguard.names import japanese, respelling, thai
from transferguard.names.bounds import readable
from transferguard.names.cross import spellings, without_articles
from transferguard.names.deep import deep_look, drawn_as_cyrillic, joined_letters, taken_apart
from transferguard.names.han_keys import han_keys, han_probes
from transferguard.names.jamo import as_jamo
from transferguard.names.key_sums import (
    ANY_ORDER,
    DRAWN,
    EDIT,
    FEWER,
    INITIAL,
    JAPANESE,
    JAPANESE_IN_LATIN,
    LOOK,
    MASK,
    OF_PLACE,
    PLACES,
    SKELETON,
    SYLLABLES,
    SYLLABLES_LESS,
    THAI,
    THAI_IN_LATIN,
    Keys,
    as_keys,
    keys_with_one_less,
    number_key,
    text_key,
)
from transferguard.names.romanisations import may_be_japanese, may_be_thai, unleet
from transferguard.names.short_forms import short_forms
from transferguard.names.views import NameView, Script

if TYPE_CHECKING:
    from collections.abc import Iterator

# Changes whenever keys of stored names would come out differently.
KEYS_VERSION = 23
_EDITED_LETTERS = 24
_MOST_WORDS = 4
_MOST_PIECES = 3
# Words of a seen name that are read: a name may stand in a sentence.
_READ_WORDS = 7
_PAIR = 2
# Readings of a seen Japanese name that are looked up, the usual ones first.
_READINGS_PROBED = 4
# Letters that are read as two, and two that are read as one (`deep`).
_READ_AS_TWO, _READ_AS_ONE, _READ_OTHERWISE = "mwd", "rn", re.compile("[mwd]|rn")
# Letters from which one edit is looked for.
_SHORTEST_EDITED = 3
# The longest Han part of a name that is looked for by itself.
_LONGEST_PIECE = 6
_THAI_LETTERS = re.compile("[\u0e01-\u0e2e]")
_READ_BY_SOUND = re.compile("[\u0e01-\u0e2e\u3005\u3041-\u30fe\u3400-\u9fff]")
_CYRILLIC, _KANA = re.compile("[\u0400-\u052f]"), re.compile("[\u3041-\u30fa]")


def stored_keys(view: NameView, name: str) -> list[int]:
    """The keys under which a name is stored.

    Args:
        view: Its view.
        name: As it arrived, for readings that the fold does not keep.
    """
    if not view.look:
        return []
    keys = han_keys(view.look) if view.is_han else _letter_keys(view)
    keys.extend(_spelled_keys(view, name))
    if _CYRILLIC.search(name):
        keys.append(text_key(DRAWN, drawn_as_cyrillic(readable(name))))
    elif view.is_han:
        keys.extend(_japanese_keys(name))
    elif _THAI_LETTERS.search(name):
        keys.extend(_thai_keys(name))
    elif view.look.isascii():
        keys.extend(_keys_of_other_letters(view.words))
    return list(dict.fromkeys([key & MASK for key in keys]))


def _thai_keys(name: str, kind: int = THAI) -> Iterator[int]:
    """The consonants of a Thai name, word by word in any order."""
    yield from (sum(_word_key(word, kind) for word in classes) & MASK for classes in thai.thai_classes(readable(name)))


def _japanese_keys(name: str, *readings: int, kind: int = JAPANESE) -> Iterator[int]:
    """The consonants of the readings of a Japanese name."""
    yield from (text_key(kind, one) for one in japanese.consonants_of_readings(readable(name), *readings))


def _keys_of_other_letters(words: tuple[str, ...]) -> Iterator[int]:
    """The same of a name in Latin letters that may be a Japanese or Thai one."""
    if may_be_japanese(words):
        yield from (text_key(JAPANESE_IN_LATIN, japanese.consonants_of("".join(one))) for one in (words, words[::-1]))
    if may_be_thai(words):
        yield sum(_word_key(thai.latin_classes(word), THAI_IN_LATIN) for word in words) & MASK


def read_by_sound(name: str) -> bool:
    """May this name be stored under keys of its sound alone, as Thai and Japanese names are?"""
    return bool(_READ_BY_SOUND.search(name))


def probe_keys(view: NameView, name: str, *, wide: bool = True, by_sound: bool = True) -> Keys:
    """The keys to look up for a seen name, the closest disguises first.

    Args:
        view: Its view.
        name: As it arrived.
        wide: Whether a two-character Han name is also looked up with one character replaced and the other by sound: among
            tens of thousands of people that is chance.
        by_sound: Whether any name is stored under keys of its sound alone.
    """
    if not view.look:
        return np.empty(0, dtype=np.uint32)
    if view.is_han:
        probes = [han_probes(view.look, wide=wide)]
        if view.pieces:
            most = min(_LONGEST_PIECE, len(view.look) - 1)
            probes.extend(han_probes(piece, wide=wide) for piece in view.pieces[:_MOST_PIECES] if len(piece) <= most)
        if read := list(_japanese_keys(name, _READINGS_PROBED, kind=JAPANESE_IN_LATIN)):
            probes.append(as_keys(read))
        return np.concatenate(probes) if len(probes) > 1 else probes[0]
    return as_keys(_letter_probes(view, name, by_sound=by_sound))


def _edits(text: str) -> list[int]:
    """The text and every text with one character less."""
    codes = list(map(ord, text[: PLACES - 1]))
    return [number_key(EDIT, codes), *keys_with_one_less(EDIT, codes, _EDITED_LETTERS)]


def _syllable_edits(text: str, whole: int, less: int) -> Iterator[int]:
    """A Hangul word, and with one syllable less.

    What is stored whole is looked up with one less, and the other way round: who has another syllable in the place of one is
    another person, and most names of a circle have such neighbours.
    """
    yield text_key(whole, text)
    yield from (text_key(less, text[:at] + text[at + 1 :]) for at in range(min(len(text), _EDITED_LETTERS)))


def _edits_of_joined(look: str) -> list[int]:
    """The text with one letter less that is read as two, or that is read with the next as one: the deep look changes by more than one."""
    found: list[int] = []
    if not _READ_OTHERWISE.search(look):
        return found
    joined = joined_letters(look)
    for at, char in enumerate(look[:_EDITED_LETTERS]):
        if char in _READ_AS_TWO or look[at : at + 2] == _READ_AS_ONE or (at and look[at - 1 : at + 1] == _READ_AS_ONE):
            found.append(text_key(EDIT, taken_apart(joined[:at] + joined[at + 1 :])))
    return found


def _word_key(word: str, kind: int = ANY_ORDER) -> int:
    """A number for one word; those of several words are added, so their order does not matter."""
    number = text_key(kind, word)
    return ((number ^ (number >> 15)) * OF_PLACE[0]) & MASK


# Names of a circle and of those who are asked about share most of their words.
@lru_cache(maxsize=4096)
def _deep_word(word: str) -> tuple[str, int]:
    """The deep look of a word, and its number."""
    deep = deep_look(word)
    return deep, _word_key(deep)


@lru_cache(maxsize=4096)
def _sound_of_word(word: str) -> int:
    """The number of what a spelled word sounds like."""
    return _word_key(respelling.sound_class(word), SKELETON)


@lru_cache(maxsize=2048)
def _short_forms_of(word: str) -> tuple[int, ...]:
    """The numbers of the names that a word is short or long for."""
    return tuple(_deep_word(other)[1] for other in short_forms().get(word, ()))


def _letter_keys(view: NameView) -> list[int]:
    deep = [_deep_word(word) for word in view.words[:_MOST_WORDS]]
    words, numbers = [word for word, _ in deep], [number for _, number in deep]
    look = as_jamo(deep_look(view.look))
    whole = sum(numbers)
    keys = [text_key(LOOK, look), whole]
    if len(look) > _SHORTEST_EDITED:
        keys.extend(_edits(look))
        keys.extend(_edits_of_joined(view.look))
    if len(words) > 1:
        keys.append(text_key(LOOK, "".join((*words[1:], words[0]))))
        keys.extend(FEWER + whole - number for number in numbers)
        keys.extend(_initial_keys(words, numbers))
    if view.script == Script.SYLLABIC and len(words) == 1:
        keys.append(text_key(ANY_ORDER, "".join(sorted(view.look))))
        keys.extend(_edits(view.look) if look == view.look else _syllable_edits(view.look, SYLLABLES, SYLLABLES_LESS))
    if len(words) > _PAIR:
        keys.extend((FEWER + numbers[0], FEWER + numbers[0] + numbers[-1]))
    return keys


def _initial_keys(words: list[str], numbers: list[int]) -> Iterator[int]:
    """Any word in full and any other by its initial; the first letter of every word."""
    letters = [ord(word[0]) * OF_PLACE[1] for word in words]
    for at, number in enumerate(numbers):
        for letter in (*letters[:at], *letters[at + 1 :]):
            yield INITIAL + number + letter
    yield text_key(INITIAL, "".join(word[0] for word in words))


def _letter_probes(view: NameView, name: str, *, by_sound: bool) -> list[int]:
    plain = view.words[:_READ_WORDS]
    deep = [_deep_word(word) for word in plain]
    words, numbers = [word for word, _ in deep], [number for _, number in deep]
    look, whole = as_jamo(deep_look(view.look)), sum(numbers)
    found = [text_key(LOOK, look), whole, FEWER + whole]
    if view.script == Script.SYLLABIC and len(words) == 1:
        found.append(text_key(ANY_ORDER, "".join(sorted(view.look))))
        found.extend(_edits(view.look) if look == view.look else _syllable_edits(view.look, SYLLABLES_LESS, SYLLABLES))
    if len(look) > _SHORTEST_EDITED:
        found.extend(_edits(look))
        found.extend(_edits_of_joined(view.look))
    if len(words) > 1:
        turned = as_jamo("".join((*words[1:], words[0])))
        found.append(text_key(LOOK, turned))
        if len(look) > _SHORTEST_EDITED:
            found.extend(_edits(turned))
        found.extend(_fewer_words(words, numbers))
        if not look.isascii():  # a name in syllables is one word, and may stand in a sentence
            found.extend(number for word, number in deep if len(word) > 1 and not word.isascii())
    found.extend(whole - number + other for word, number in zip(plain, numbers, strict=True) for other in _short_forms_of(word))
    found.extend(_spelled_keys(view, name))
    if by_sound and view.look.isascii():
        found.append(sum(_word_key(thai.latin_classes(word), THAI) for word in plain) & MASK)
        found.extend(text_key(JAPANESE, japanese.consonants_of("".join(one))) for one in (plain, (*plain[1:], *plain[:1])))
    if not view.look.isascii():
        found.extend(
            _thai_keys(name, THAI_IN_LATIN)
            if _THAI_LETTERS.search(name)
            else _japanese_keys(name, _READINGS_PROBED, kind=JAPANESE_IN_LATIN)
            if _KANA.search(name)
            else ()
        )
    found.append(text_key(DRAWN, drawn_as_cyrillic(readable(name))))
    if (letters := unleet(view)) is not None:
        found.extend(_spelled_keys(letters, letters.core))
    if view.playful:
        played = deep_look("".join(view.playful))
        found.append(text_key(LOOK, played))
        found.extend(_edits(played))
    return found


def _fewer_words(words: list[str], numbers: list[int]) -> Iterator[int]:
    """The name among other words: every word but one, and each run of two or three words."""
    whole = sum(numbers)
    yield from (whole - number for number in numbers[:_MOST_WORDS])
    for size in (_PAIR, _PAIR + 1):
        if len(words) > size + 1:
            yield from (sum(numbers[at : at + size]) for at in range(len(words) - size + 1))
    for initial in words:
        if len(initial) == 1:
            letter = INITIAL + ord(initial) * OF_PLACE[1]
            yield from (letter + number for word, number in zip(words, numbers, strict=True) if word != initial)


def _spelled_keys(view: NameView, name: str) -> Iterator[int]:
    """The sound of every spelling: in one piece, and word by word in any order."""
    for words in spellings(view, name):
        few = without_articles(words[:_MOST_WORDS])
        yield text_key(SKELETON, respelling.sound_class("".join(few)))
        if view.script != Script.LETTERS:
            yield text_key(SKELETON, respelling.sound_class("".join((*few[1:], *few[:1]))))
        if len(few) > 1 and not view.is_han:
            yield sum(map(_sound_of_word, few))
