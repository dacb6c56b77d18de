# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one or two characters, a given name too
"""Under which keys is a name found?

A key is 32 bits: a kind of view and a sum of code points, each times a constant of its place. Sums make the keys of near
names cheap: to exchange one character is one addition, so the siblings of a Han name cost one array operation a place.
Names that share a key by chance are told apart when they are compared.

Rule owned here: what a name needs to be found is worked out when it is added, never when another name is searched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from transferguard.names import japanese, respelling, shapes, shares, sound, thai
from transferguard.names.bounds import readable
from transferguard.names.cross import spellings, without_articles
from transferguard.names.deep import deep_look, drawn_as_cyrillic
from transferguard.names.han import joined_parts, pet_stem
from transferguard.names.jamo import as_jamo
from transferguard.names.romanisations import may_be_japanese, may_be_thai, unleet
from transferguard.names.short_forms import short_forms
from transferguard.names.views import NameView, Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Keys = npt.NDArray[np.uint32]

# Changes whenever keys of stored names would come out differently.
KEYS_VERSION = 19
_MASK = 0xFFFFFFFF
_PLACES = 72
_EDITED_LETTERS = 24
_MOST_WORDS = 4
_MOST_PIECES = 3
# Words of a seen name that are read: a name may stand in a sentence.
_READ_WORDS = 7
_PAIR = 2
# Readings of a seen Japanese name that are looked up, the usual ones first.
_READINGS_PROBED = 4
# Letters that are read as two, and two that are read as one (`deep`).
_READ_AS_TWO, _READ_AS_ONE = "mwd", "rn"
# Letters from which one edit is looked for.
_SHORTEST_EDITED = 3


def _constants(count: int, seed: int) -> list[int]:
    """Odd 32-bit numbers without pattern (SplitMix64)."""
    found = []
    for step in range(1, count + 1):
        value = (seed + step * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        found.append(((value ^ (value >> 31)) & _MASK) | 1)
    return found


_OF_PLACE = _constants(_PLACES, seed=1)
(
    _LOOK,
    _SOUND,
    _SHORTER,
    _ANY_ORDER,
    _GIVEN,
    _SKELETON,
    _EDIT,
    _INITIAL,
    _FEWER,
    _DRAWN,
    _THAI,
    _JAPANESE,
    _THAI_IN_LATIN,
    _JAPANESE_IN_LATIN,
    _SYLLABLES,
    _SYLLABLES_LESS,
) = _constants(16, seed=2)
_THAI_LETTERS = re.compile("[\u0e01-\u0e2e]")
_READ_BY_SOUND = re.compile("[\u0e01-\u0e2e\u3005\u3041-\u30fe\u3400-\u9fff]")
_CYRILLIC, _KANA = re.compile("[\u0400-\u052f]"), re.compile("[\u3041-\u30fa]")
_OF_PLACE_ARRAY = np.array(_OF_PLACE, dtype=np.uint32)


def _key(kind: int, numbers: Iterable[int]) -> int:
    return int(kind + sum(map(mul, numbers, _OF_PLACE))) & _MASK


def _text_key(kind: int, text: str) -> int:
    return int(kind + sum(map(mul, map(ord, text), _OF_PLACE))) & _MASK


def stored_keys(view: NameView, name: str) -> list[int]:
    """The keys under which a name is stored.

    Args:
        view: Its view.
        name: As it arrived, for readings that the fold does not keep.
    """
    if not view.look:
        return []
    keys = _han_keys(view.look) if view.is_han else _letter_keys(view)
    keys.extend(_spelled_keys(view, name))
    if _CYRILLIC.search(name):
        keys.append(_text_key(_DRAWN, drawn_as_cyrillic(readable(name))))
    elif view.is_han:
        keys.extend(_japanese_keys(name))
    elif _THAI_LETTERS.search(name):
        keys.extend(_thai_keys(name))
    elif view.look.isascii():
        keys.extend(_keys_of_other_letters(view.words))
    return list(dict.fromkeys(keys))


def _thai_keys(name: str, kind: int = _THAI) -> Iterator[int]:
    """The consonants of a Thai name, word by word in any order."""
    yield from (sum(_word_key(word, kind) for word in classes) & _MASK for classes in thai.thai_classes(readable(name)))


def _japanese_keys(name: str, *readings: int, kind: int = _JAPANESE) -> Iterator[int]:
    """The consonants of the readings of a Japanese name."""
    yield from (_text_key(kind, one) for one in japanese.consonants_of_readings(readable(name), *readings))


def _keys_of_other_letters(words: tuple[str, ...]) -> Iterator[int]:
    """The same of a name in Latin letters that may be a Japanese or Thai one."""
    if may_be_japanese(words):
        yield from (_text_key(_JAPANESE_IN_LATIN, japanese.consonants_of("".join(one))) for one in (words, words[::-1]))
    if may_be_thai(words):
        yield sum(_word_key(thai.latin_classes(word), _THAI_IN_LATIN) for word in words) & _MASK


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
        probes = [
            _han_probes(view.look, wide=wide),
            *(_han_probes(piece, wide=wide) for piece in view.pieces[:_MOST_PIECES] if len(piece) < len(view.look) and len(piece) <= 6),
        ]
        if read := list(_japanese_keys(name, _READINGS_PROBED, kind=_JAPANESE_IN_LATIN)):
            probes.append(np.array(read, dtype=np.uint32))
        return np.concatenate(probes) if len(probes) > 1 else probes[0]
    return np.array(list(dict.fromkeys(_letter_probes(view, name, by_sound=by_sound))), dtype=np.uint32)


def _near_numbers(look: str) -> list[int]:
    cut = shares.surname_length(look)
    return [sound.near_number(char, surname=at < cut) for at, char in enumerate(look)]


def _han_keys(look: str) -> list[int]:
    keys = [_text_key(_LOOK, look), _key(_SOUND, _near_numbers(look)), _text_key(_ANY_ORDER, "".join(sorted(look)))]
    if 3 <= len(look) <= 6:
        keys.extend(_text_key(_SHORTER, look[:at] + look[at + 1 :]) for at in range(len(look)))
    given = look[shares.surname_length(look) :]
    if given:
        keys.append(_text_key(_GIVEN, given))
        if len(given) == 2:
            keys.append(_text_key(_GIVEN, given[-1]))
    return keys


def _han_probes(look: str, *, wide: bool) -> Keys:
    simple = [_text_key(_LOOK, look)]
    arrays: list[Keys] = []
    numbers = _near_numbers(look)
    simple.append(_key(_SOUND, numbers))
    simple.append(_text_key(_ANY_ORDER, "".join(sorted(look))))
    cut = shares.surname_length(look)
    if len(look) <= 6:
        simple.extend(_other_reading_probes(look, numbers, cut))
        arrays.extend(_sibling_probes(look, numbers, cut, by_sound=wide or len(look) > 2))
        simple.append(_text_key(_SHORTER, look))
    simple.extend(_part_probes(look, numbers))
    simple.extend(_split_probes(look))
    stem = pet_stem(look) if len(look) <= 3 else None
    last = [_text_key(_GIVEN, one) for one in (look, stem) if one and len(one) <= 2]
    if 3 <= len(look) <= 6:
        # Any one character replaced: whether it is by one of its kin is seen when the names are compared.
        last.extend(_text_key(_SHORTER, look[:at] + look[at + 1 :]) for at in range(len(look)))
    return np.concatenate([np.array(simple, dtype=np.uint32), *arrays, np.array(last, dtype=np.uint32)])


def _other_reading_probes(look: str, numbers: list[int], cut: int) -> Iterator[int]:
    """One character read otherwise."""
    usual = _key(_SOUND, numbers)
    for at, char in enumerate(look):
        for other in sound.other_near_numbers(char, surname=at < cut):
            yield (usual + (other - numbers[at]) * _OF_PLACE[at]) & _MASK


def _sibling_probes(look: str, numbers: list[int], cut: int, *, by_sound: bool) -> Iterator[Keys]:
    """One character replaced by a sibling, the others the same or homophones."""
    usual, usual_sound = _text_key(_LOOK, look), _key(_SOUND, numbers)
    for at, char in enumerate(look):
        codes = _sibling_codes(char, at)
        if len(codes):
            yield codes + np.uint32((usual - ord(char) * _OF_PLACE[at]) & _MASK)
            if by_sound:
                yield _sibling_sounds(char, at, at < cut) + np.uint32((usual_sound - numbers[at] * _OF_PLACE[at]) & _MASK)


@lru_cache(maxsize=8192)
def _sibling_codes(char: str, at: int) -> Keys:
    """What the siblings of a character add to a key at this place."""
    found: Keys = shapes.sibling_codes(char) * _OF_PLACE_ARRAY[at]
    return found


@lru_cache(maxsize=8192)
def _sibling_sounds(char: str, at: int, surname: bool) -> Keys:  # noqa: FBT001  a cache is asked by place
    """The same of their sounds."""
    found: Keys = shapes.sibling_sounds(char, surname=surname) * _OF_PLACE_ARRAY[at]
    return found


def _part_probes(look: str, numbers: list[int]) -> Iterator[int]:
    """A shorter name within a longer one: 李明远建材, 小李明远."""
    longest = min(len(look) - 1, 4)
    for size in range(longest, 1, -1):
        for at in range(min(len(look) - size + 1, 12)):
            yield _text_key(_LOOK, look[at : at + size])
            if size > 2:
                yield _key(_SOUND, numbers[at : at + size])
    if 3 <= len(look) <= 8:
        for at in range(len(look)):
            yield _text_key(_LOOK, look[:at] + look[at + 1 :])


def _split_probes(look: str) -> Iterator[int]:
    """Parts put together again: 木子明 is looked up as 李明."""
    if len(look) < 3:
        return
    for whole in joined_parts(look):
        yield _text_key(_LOOK, whole)
        yield _key(_SOUND, _near_numbers(whole))


def _edits(text: str) -> list[int]:
    """The text and every text with one character less."""
    codes = list(map(ord, text[: _PLACES - 1]))
    found = [_key(_EDIT, codes)]
    # What stands behind the character that goes moves one place to the front.
    rest = _EDIT + sum(map(mul, codes[1:], _OF_PLACE))
    found.append(rest & _MASK)
    for at in range(min(len(codes), _EDITED_LETTERS) - 1):
        rest += (codes[at] - codes[at + 1]) * _OF_PLACE[at]
        found.append(rest & _MASK)
    return found


def _syllable_edits(text: str, whole: int, less: int) -> Iterator[int]:
    """A Hangul word, and with one syllable less.

    What is stored whole is looked up with one less, and the other way round: who has another syllable in the place of one is
    another person, and most names of a circle have such neighbours.
    """
    yield _text_key(whole, text)
    yield from (_text_key(less, text[:at] + text[at + 1 :]) for at in range(min(len(text), _EDITED_LETTERS)))


def _edits_of_joined(look: str) -> Iterator[int]:
    """The text with one letter less that is read as two, or that is read with the next as one: the deep look changes by more than one."""
    for at, char in enumerate(look[:_EDITED_LETTERS]):
        if char in _READ_AS_TWO or _READ_AS_ONE in look[max(0, at - 1) : at + 2]:
            yield _text_key(_EDIT, deep_look(look[:at] + look[at + 1 :]))


def _word_key(word: str, kind: int = _ANY_ORDER) -> int:
    """A number for one word; those of several words are added, so their order does not matter."""
    number = _text_key(kind, word)
    return ((number ^ (number >> 15)) * _OF_PLACE[0]) & _MASK


def _letter_keys(view: NameView) -> list[int]:
    words = [deep_look(word) for word in view.words[:_MOST_WORDS]]
    look = as_jamo(deep_look(view.look))
    numbers = [_word_key(word) for word in words]
    whole = sum(numbers)
    keys = [_text_key(_LOOK, look), whole & _MASK]
    if len(look) > _SHORTEST_EDITED:
        keys.extend(_edits(look))
        keys.extend(_edits_of_joined(view.look))
    if len(words) > 1:
        keys.append(_text_key(_LOOK, "".join((*words[1:], words[0]))))
        keys.extend((_FEWER + whole - number) & _MASK for number in numbers)
        keys.extend(_initial_keys(words, numbers))
    if view.script == Script.SYLLABIC and len(words) == 1:
        keys.append(_text_key(_ANY_ORDER, "".join(sorted(view.look))))
        keys.extend(_edits(view.look) if look == view.look else _syllable_edits(view.look, _SYLLABLES, _SYLLABLES_LESS))
    if len(words) > _PAIR:
        keys.extend(((_FEWER + numbers[0]) & _MASK, (_FEWER + numbers[0] + numbers[-1]) & _MASK))
    return keys


def _initial_keys(words: list[str], numbers: list[int]) -> Iterator[int]:
    """Any word in full and any other by its initial; the first letter of every word."""
    for at, number in enumerate(numbers):
        for other in (*words[:at], *words[at + 1 :]):
            yield (_INITIAL + number + ord(other[0]) * _OF_PLACE[1]) & _MASK
    yield _text_key(_INITIAL, "".join(word[0] for word in words))


def _letter_probes(view: NameView, name: str, *, by_sound: bool) -> list[int]:
    plain = view.words[:_READ_WORDS]
    words = [deep_look(word) for word in plain]
    numbers = [_word_key(word) for word in words]
    look = as_jamo(deep_look(view.look))
    found = [_text_key(_LOOK, look), sum(numbers) & _MASK, (_FEWER + sum(numbers)) & _MASK]
    if view.script == Script.SYLLABIC and len(words) == 1:
        found.append(_text_key(_ANY_ORDER, "".join(sorted(view.look))))
        found.extend(_edits(view.look) if look == view.look else _syllable_edits(view.look, _SYLLABLES_LESS, _SYLLABLES))
    if len(look) > _SHORTEST_EDITED:
        found.extend(_edits(look))
        found.extend(_edits_of_joined(view.look))
    if len(words) > 1:
        turned = as_jamo("".join((*words[1:], words[0])))
        found.append(_text_key(_LOOK, turned))
        if len(look) > _SHORTEST_EDITED:
            found.extend(_edits(turned))
        found.extend(_fewer_words(words, numbers))
        # A name in syllables is one word, and may stand in a sentence.
        found.extend(number & _MASK for word, number in zip(words, numbers, strict=True) if len(word) > 1 and not word.isascii())
    found.extend(_nickname_probes(plain, numbers))
    found.extend(_spelled_keys(view, name))
    if by_sound and view.look.isascii():
        found.append(sum(_word_key(thai.latin_classes(word), _THAI) for word in plain) & _MASK)
        found.extend(_text_key(_JAPANESE, japanese.consonants_of("".join(one))) for one in (plain, (*plain[1:], *plain[:1])))
    if not view.look.isascii():
        found.extend(
            _thai_keys(name, _THAI_IN_LATIN)
            if _THAI_LETTERS.search(name)
            else _japanese_keys(name, _READINGS_PROBED, kind=_JAPANESE_IN_LATIN)
            if _KANA.search(name)
            else ()
        )
    found.append(_text_key(_DRAWN, drawn_as_cyrillic(readable(name))))
    if (letters := unleet(view)) is not None:
        found.extend(_spelled_keys(letters, letters.core))
    if view.playful:
        whole = deep_look("".join(view.playful))
        found.append(_text_key(_LOOK, whole))
        found.extend(_edits(whole))
    return found


def _fewer_words(words: list[str], numbers: list[int]) -> Iterator[int]:
    """The name among other words: every word but one, and each run of two or three words."""
    whole = sum(numbers)
    yield from ((whole - number) & _MASK for number in numbers[:_MOST_WORDS])
    for size in (_PAIR, _PAIR + 1):
        if len(words) > size + 1:
            yield from (sum(numbers[at : at + size]) & _MASK for at in range(len(words) - size + 1))
    for initial in words:
        if len(initial) == 1:
            letter = _INITIAL + ord(initial) * _OF_PLACE[1]
            yield from ((letter + number) & _MASK for word, number in zip(words, numbers, strict=True) if word is not initial)


def _nickname_probes(plain: tuple[str, ...], numbers: list[int]) -> Iterator[int]:
    """Each word by the names that it is short or long for."""
    whole, nicknames = sum(numbers), short_forms()
    for word, number in zip(plain, numbers, strict=True):
        for other in nicknames.get(word, ()):
            yield (whole - number + _word_key(deep_look(other))) & _MASK


def _spelled_keys(view: NameView, name: str) -> Iterator[int]:
    """The sound of every spelling: in one piece, and word by word in any order."""
    for words in spellings(view, name):
        few = without_articles(words[:_MOST_WORDS])
        yield _text_key(_SKELETON, respelling.sound_class("".join(few)))
        if view.script != Script.LETTERS:
            yield _text_key(_SKELETON, respelling.sound_class("".join((*few[1:], *few[:1]))))
        if len(few) > 1 and not view.is_han:
            yield sum(_word_key(respelling.sound_class(word), _SKELETON) for word in few) & _MASK
