# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one or two characters, a given name too
"""Under which keys is a Han name kept, and under which is it looked for?

Its look, its sound, its characters in any order and with one less. It is looked for as it stands, as it would be read otherwise, with any
character replaced by a sibling and the others by sound, in parts, and with parts put together. Letters are the question of `keys`.

Every person who is asked about passes here: sums are shared between the keys, and what siblings add to them is kept by character and place.
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

from transferguard.names import shapes, shares, sound
from transferguard.names.han import joined_parts, pet_stem
from transferguard.names.key_sums import (
    ANY_ORDER,
    GIVEN,
    LOOK,
    MASK,
    OF_PLACE,
    OF_PLACE_ARRAY,
    SHORTER,
    SOUND,
    Keys,
    as_keys,
    keys_with_one_less,
    number_key,
    text_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 6


@cache
def _heard(char: str, surname: bool) -> tuple[int, tuple[int, ...]]:  # noqa: FBT001  a cache is asked by place
    """The number of a character's usual sound, and those of its others."""
    return sound.near_number(char, surname=surname), sound.other_near_numbers(char, surname=surname)


def _near_numbers(look: str) -> list[int]:
    cut = shares.surname_length(look)
    return [_heard(char, at < cut)[0] for at, char in enumerate(look)]


def han_keys(look: str) -> list[int]:
    """The keys under which a Han name is kept."""
    keys = [text_key(LOOK, look), number_key(SOUND, _near_numbers(look)), text_key(ANY_ORDER, "".join(sorted(look)))]
    if 3 <= len(look) <= _LONGEST:
        keys.extend(keys_with_one_less(SHORTER, list(map(ord, look)), len(look)))
    given = look[shares.surname_length(look) :]
    if given:
        keys.append(text_key(GIVEN, given))
        if len(given) == 2:
            keys.append(text_key(GIVEN, given[-1]))
    return keys


def han_probes(look: str, *, wide: bool) -> Keys:
    """The keys under which a Han name is looked for.

    Args:
        look: Its look, or that of a part of it.
        wide: Whether one of two characters is replaced and the other taken by its sound.
    """
    size, codes, cut = len(look), list(map(ord, look)), shares.surname_length(look)
    heard = [_heard(char, at < cut) for at, char in enumerate(look)]
    numbers = [number for number, _ in heard]
    usual, usual_sound = LOOK + sum(map(mul, codes, OF_PLACE)), number_key(SOUND, numbers)
    less = keys_with_one_less(LOOK, codes, size) if size >= 3 else []
    simple = [usual, usual_sound, text_key(ANY_ORDER, "".join(sorted(look)))]
    replaced: list[Keys] = []
    starts: list[int] = []
    if size <= _LONGEST:
        for at, (number, others) in enumerate(heard):
            simple.extend((usual_sound + (other - number) * OF_PLACE[at]) & MASK for other in others)
        by_sound = wide or size > 2
        for at, char in enumerate(look):
            by_code, by_ear = _replaced(char, at, at < cut)
            if len(by_code):
                replaced.append(by_code)
                starts.append(usual - codes[at] * OF_PLACE[at])
                if by_sound:
                    replaced.append(by_ear)
                    starts.append((usual_sound - numbers[at] * OF_PLACE[at]) & MASK)
        simple.append(usual - LOOK + SHORTER)
    simple.extend(_part_probes(codes, numbers, less))
    if size >= 3:
        simple.extend(_split_probes(look))
    before = len(simple)
    simple.extend(_given_probes(look))
    if 3 <= size <= _LONGEST:
        # Any one character replaced: whether it is by one of its kin is seen when the names are compared.
        simple.extend(SHORTER - LOOK + key for key in less)
    return _in_a_row(as_keys(simple), before, replaced, starts)


def _in_a_row(plain: Keys, before: int, replaced: list[Keys], starts: list[int]) -> Keys:
    """So many of the plain keys, those with a character replaced, and the other plain ones."""
    if not replaced:
        return plain
    found: Keys = np.concatenate([plain[:before], *replaced, plain[before:]])
    found[before : len(found) - len(plain) + before] += as_keys(starts).repeat(list(map(len, replaced)))
    return found


@lru_cache(maxsize=8192)
def _replaced(char: str, at: int, surname: bool) -> tuple[Keys, Keys]:  # noqa: FBT001  a cache is asked by place
    """What the siblings of a character add to a key at this place, and what their sounds do."""
    of_place = OF_PLACE_ARRAY[at]
    return shapes.sibling_codes(char) * of_place, shapes.sibling_sounds(char, surname=surname) * of_place


def _given_probes(look: str) -> Iterator[int]:
    """The name as a given name alone, and as a pet name of one."""
    if len(look) <= 3:
        for one in (look, pet_stem(look)):
            if one and len(one) <= 2:
                yield text_key(GIVEN, one)


def _part_probes(codes: list[int], numbers: list[int], less: list[int]) -> Iterator[int]:
    """A shorter name within a longer one: 李明远建材, 小李明远."""
    count = len(codes)
    if count == 3:  # the two parts are the name with one character less
        yield less[2]
        yield less[0]
        yield less[1]
        return
    for size in range(min(count - 1, 4), 1, -1):
        for at in range(min(count - size + 1, 12)):
            yield LOOK + sum(map(mul, codes[at : at + size], OF_PLACE))
            if size > 2:
                yield number_key(SOUND, numbers[at : at + size])
    if count <= 8:
        yield from less


def _split_probes(look: str) -> Iterator[int]:
    """Parts put together again: 木子明 is looked up as 李明."""
    for whole in joined_parts(look):
        yield text_key(LOOK, whole)
        yield number_key(SOUND, _near_numbers(whole))
