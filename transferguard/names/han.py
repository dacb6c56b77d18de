# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one or two characters, a given name too
"""Is one Han name a disguise of another?

Names of one length are read side by side: each character is the same, a homophone, a near homophone or a shape sibling,
and each difference costs bits: what the replaced character was worth, less what the replacement says about its maker.
A character may also be added, dropped, moved, or be a title of courtesy. Whatever is left over is no match.
"""

from __future__ import annotations

import math
from functools import lru_cache

from transferguard.names import japanese_shares, shapes, shares, sound, tables
from transferguard.names.han_change import change
from transferguard.names.matching import Change, Match, MatchKind
from transferguard.names.views import beside_words

# -log2 P(this change | impostor). Orders of magnitude, refined on the tune split of the benchmark.
_SWAPPED, _REORDERED, _DOUBLED, _DOUBLED_NAME, _TITLED, _ADDED, _DROPPED = 3.0, 3.0, 1.0, 2.5, 1.0, 7.0, 5.0
_GIVEN_ONLY, _PET_NAME, _SPLIT, _BESIDE = 4.0, 4.5, 2.0, 1.5
# A Chinese name of two characters has neighbours of three more often than the two shares say: families and generations share both.
_DROPPED_NAME = 0.5
# Two surnames or two given names of one sound are everywhere: among names of two characters the last false alert for a sound bought a
# fifth of the copies that one for a character left out did (tune split), so the one costs more and the other less.
_SHORT_SOUND = 1.6
# Given names alone that sound alike are all of one generation: parents choose the characters.
_GIVEN_SOUND = 2.0
# Japanese given names of two characters end in the same few (太, 斗, 夫, 央).
_GIVEN_LOOK = 1.5
# One alert for a look-alike in a name of three characters bought five times as many copies.
_LONG_LOOK = 2.0
# What any likeness costs at least.
_LEAST = 0.5
# A given name alone, turned round, is the given name of somebody else.
_TURNED_GIVEN = 8.0
# A Japanese name of five characters is oftener a name than a shorter one with a word behind it.
_LONGEST_JAPANESE = 5
# Differences in one name beyond which a likeness is chance.
_MOST_CHANGES = 2
# Looks that are tried with parts put together.
_MOST_JOINED = 16
_PET_PREFIXES, _PET_SUFFIXES = "小阿老", "子宝哥姐儿仔妹弟总工董叔姨老师"
_TITLES_BEFORE = frozenset("老小阿大新真")
_TITLES_AFTER = frozenset("氏殿卿嬢总董哥姐叔姨工局处科院校厂队行老君样爷嫂婶伯舅兄弟妹仔爸妈爹娘公婆")
# A numeral at the end says which of several accounts it is: 李明二.
ORDINALS = frozenset("一二三四五六七八九十壹贰叁甲乙丙丁")
# Behind a Japanese given name of one character a numeral may make another one (茂三), borne as its characters say; 一 ends too many.
_ORDINAL, _ORDINAL_CHOICE, _ORDINAL_OR_NAME, _ENDS_MOST = 2.0, 3.0, 3.0, "一"
_FIRST_HAN = "\u3400"
# What stands before or after a whole name of three characters and more: few honest names are so long.
_WHOLE_NAME, _LONGEST_SURNAME = 4.5, 3
# Bits of a character beside a name: of a title, of a word, and of a word where a surname would stand.
_TITLE_CHOICE, _WORD_CHAR, _JAPANESE_SURNAME_BITS = 4.0, 3.0, 11.0
# One recipient in sixteen is of the family of some contact, a contact being one of a thousand (our assumption): what a shared
# surname and given character are worth beyond that, they owe to the family.
_FAMILY_BITS, _FAMILY_SOUND_BITS = 14.0, 11.0
# A generation shares the first of the given characters. How many bits surname and that are worth at most where the last ones sound the
# same, nearly so, or look alike: on the tune split few of those whom it joins alert then, and most copies still do.
_GENERATION_SAME, _GENERATION_NEAR, _GENERATION_LOOK = 8.75, 10.0, 9.75
# How many bits the replaced character must say for a thief before the family is ruled out: what it says less, it loses twice, because
# brothers and sisters are called by the characters that people are called by, and a thief takes what the keyboard offers (tune split).
_SURE_SAME, _SURE_NEAR, _SURE_LOOK = 5.25, 4.5, 4.5
# What a homophone costs that is none in Japanese, what one that is, and another surname of two characters, listed or like one: Ikeda and
# Shibata are neighbours by chance.
_OF_ANOTHER_LANGUAGE, _OF_ONE_READING, _STILL_A_SURNAME, _LIKE_A_SURNAME, _NEW_SURNAME = 8.0, 3.0, 3.0, 2.0, 6.0
# Readings of a character that its bearers use.
_USUAL_READINGS = 3
# What a replaced character of a Japanese name may gain at most by being in nobody's name.
_NOBODY_IN_JAPAN = 6.0
# What brothers and sisters choose the last character by: a component in common (浩 and 海, 珊 and 琦).
_FAMILY_COMPONENT, _FAMILY_LIKENESS = 5.0, 0.15


def match_han(seen: str, original: str, pieces: tuple[str, ...] = ()) -> Match | None:
    """How the seen name could have been made from the original; None when it could not.

    Args:
        seen: Look of the seen name.
        original: Look of the original.
        pieces: The parts of the seen name between signs and spaces.
    """
    if seen == original:
        return Match(kind=MatchKind.EXACT, cost=0.0, changes=0)
    found = _side_by_side(seen, original) if len(seen) == len(original) else None
    if len(original) > (1 if len(pieces) > 1 else 2):
        beside = [_side_by_side(piece, original) for piece in pieces if len(piece) == len(original)]
        inner = min((one for one in beside if one is not None), key=lambda one: one.cost, default=None)
        if inner is not None:
            kind = inner.kind if inner.changes else MatchKind.DECORATED
            return Match(kind=kind, cost=inner.cost + _BESIDE, changes=inner.changes + 1)
    other = (
        None
        if found is not None and found.changes == 1  # of one character that is another no order makes the same
        else _moved(seen, original)
        if len(seen) == len(original)
        else _longer(seen, original)
        if len(seen) > len(original)
        else _shorter(seen, original)
    )
    pet = _pet_name(seen, original)
    if pet is None and (found is None or other is None):
        return other if found is None else found
    return min((one for one in (found, other, pet) if one is not None), key=lambda one: one.cost)


def _side_by_side(seen: str, original: str) -> Match | None:
    """The same length: every character equal or replaced."""
    spread = shares.surname_length(original)
    replaced: list[Change] = []
    for at, char in enumerate(seen):
        if char != original[at]:
            found = change(char, original[at], at < spread)
            if found is None:
                return None
            replaced.append(found)
    changes = len(replaced)
    if not changes:
        return Match(kind=MatchKind.EXACT, cost=0.0, changes=0)
    sounds_only = all(one.kind is MatchKind.SOUND for one in replaced)
    if changes > _MOST_CHANGES and not sounds_only:
        return None
    japanese = shares.is_japanese(original) or (len(original) == 2 and japanese_shares.is_japanese_given(original))
    made = sum(one.made for one in replaced) + (_lost_in_japanese(seen, original, replaced) if japanese else 0.0)
    # Japanese names have characters of their own: there the choice of the thief is all that is known.
    cost = made - _nobody_in_japan(seen, original) if japanese else sum(one.cost for one in replaced)
    if changes == 1 and not japanese and len(original) == spread + 2 and seen[:spread] == original[:spread]:
        cost += _in_the_family(seen, original, spread, replaced[0].made)
    usual = _of_its_length(seen, original, sounds=sounds_only, japanese=japanese) if changes == 1 else 0.0
    if usual:
        cost, made = max(_LEAST, cost + usual), max(_LEAST, made + usual)
    return Match(kind=MatchKind.SOUND if sounds_only else MatchKind.LOOK, cost=cost, changes=changes, made=made)


def _of_its_length(seen: str, original: str, *, sounds: bool, japanese: bool) -> float:
    """Bits that one likeness costs more or less because of how long the name is."""
    if len(original) > 2:
        return 0.0 if sounds or japanese else -_LONG_LOOK
    if not sounds:
        return _GIVEN_LOOK if japanese else 0.0
    given = 0.0 if original[0] in shares.surname_bits() else _GIVEN_SOUND
    if japanese:
        return given + _GIVEN_LOOK
    return given if any(map(shapes.grade, seen, original)) else given + _SHORT_SOUND


def plainly_different(seen: str, original: str) -> bool:
    """Does one character differ, and nothing make it out of the other? Most names that share a key do so."""
    last = len(seen) - 1
    if len(original) != last + 1 or last < 0:
        return False
    at = 0
    while at < last and seen[at] == original[at]:
        at += 1
    if seen[at] == original[at] or seen[at + 1 :] != original[at + 1 :] or original[at] < _FIRST_HAN:
        return False
    return change(seen[at], original[at], not at or at < shares.surname_length(original)) is None and pet_stem(seen) is None


def _lost_in_japanese(seen: str, original: str, replaced: list[Change]) -> float:
    """Bits that likenesses lose which say little in Japanese: sounds, which parents choose characters by, and a neighbouring surname."""
    pairs = [(one, other) for one, other in zip(seen, original, strict=True) if one != other]
    sounds = [pair for found, pair in zip(replaced, pairs, strict=True) if found.kind is MatchKind.SOUND]
    lost = sum(_sound_in_japanese(*pair) for pair in sounds)
    if len(seen) < 3 or seen[:2] == original[:2]:
        return lost
    return lost + (
        _STILL_A_SURNAME if japanese_shares.is_listed_surname(seen[:2]) else _LIKE_A_SURNAME if shares.looks_japanese(seen[:2]) else 0.0
    )


def _nobody_in_japan(seen: str, original: str) -> float:
    """Bits gained because hardly a Japanese is called as the replaced character says: 佑藤 is no surname, 桔 in no given name."""
    if len(seen) < 3:
        return 0.0
    before, _ = japanese_shares.likeliest_bits(original)
    bits, unheard = japanese_shares.likeliest_bits(seen)
    return max(0.0, min(_NOBODY_IN_JAPAN, bits - before)) if unheard else 0.0


def _sound_in_japanese(one: str, other: str) -> float:
    """Bits that a likeness by sound costs more in Japanese; a character that no Japanese name has is no neighbour by chance."""
    readings = tables.japanese_readings()
    ours, theirs = readings.get(one), readings.get(other)
    if ours is None or theirs is None:
        return 0.0
    apart = set(ours[:_USUAL_READINGS]).isdisjoint(theirs[:_USUAL_READINGS])
    return _OF_ANOTHER_LANGUAGE if apart else _OF_ONE_READING


def _in_the_family(seen: str, original: str, spread: int, made: float) -> float:
    """Bits that one character of difference loses where brothers and sisters differ so: 陈建国 and 陈建军, 陈建浩 and 陈建海."""
    at = spread if seen[spread] != original[spread] else spread + 1
    shared = original[spread] if at > spread else original[-1]
    surname = shares.char_bits(original[0], surname=True) if spread == 1 else shares.SURNAME_FLOOR_BITS
    worth = surname + shares.char_bits(shared, surname=False)
    one, other = seen[at], original[at]
    gained = shares.char_bits(one, surname=False) - made
    if not sound.near_syllables(one).isdisjoint(sound.near_syllables(other)):
        if at == spread:
            return max(0.0, worth - _FAMILY_SOUND_BITS)
        same = not sound.plain_syllables(one).isdisjoint(sound.plain_syllables(other))
        most, sure = (_GENERATION_SAME, _SURE_SAME) if same else (_GENERATION_NEAR, _SURE_NEAR)
        return max(0.0, worth - most) + max(0.0, sure - gained)
    lost = max(0.0, worth - _FAMILY_BITS) if at == spread else max(0.0, worth - _GENERATION_LOOK) + max(0.0, _SURE_LOOK - gained)
    grade = shapes.grade(seen[at], original[at])
    return lost + (_FAMILY_LIKENESS * (9 - grade) if grade else _FAMILY_COMPONENT)


def _moved(seen: str, original: str) -> Match | None:
    """The same characters in another order: the surname last, or two neighbours exchanged."""
    if sorted(seen) != sorted(original):
        return None
    cut = shares.surname_length(original)
    if seen == original[cut:] + original[:cut]:
        turned = _REORDERED + (_TURNED_GIVEN if len(original) == 2 and original[0] not in shares.surname_bits() else 0.0)
        return Match(kind=MatchKind.REORDERED, cost=turned, changes=1, made=turned)
    swapped = _SWAPPED + math.log2(max(2, len(seen) - 1))
    return Match(kind=MatchKind.EDIT, cost=swapped, changes=1, made=swapped)


def _longer(seen: str, original: str) -> Match | None:
    """The original stands in the seen name, with a title, a doubled or another character beside it."""
    extra = len(seen) - len(original)
    if extra <= 0 or len(original) < 2:
        return None
    if extra == 1:
        for at in range(len(seen)):
            if seen[:at] + seen[at + 1 :] == original:
                return _one_more(seen, at)
    best: Match | None = None
    for at in range(extra + 1):
        part = seen[at : at + len(original)]
        inner = Match(kind=MatchKind.EXACT, cost=0.0, changes=0) if part == original else _side_by_side(part, original)
        if inner is None:
            continue
        before, after = seen[:at], seen[at + len(original) :]
        known = all(not piece or piece in beside_words() for piece in (before, after))
        # Unknown company costs what it says about an honest, longer name.
        whole = len(original) > 2 and extra > 1 and not (before and after) and (not before or len(before) > _LONGEST_SURNAME)
        whole = whole and (len(seen) > _LONGEST_JAPANESE or not shares.is_japanese(seen))
        cost = inner.cost + (_TITLED if known else _WHOLE_NAME if whole else _ADDED + min(extra, 4) * 0.5)
        company = _TITLE_CHOICE if known else _company_bits(before) + _WORD_CHAR * len(after)
        if best is None or cost < best.cost:
            kind = MatchKind.DECORATED if not inner.changes else inner.kind
            # A name of three characters beside a title is that name, whatever the whole is worth as a text.
            plain = (whole and not inner.changes and not shares.is_japanese(seen)) or (known and len(original) > 2)
            # A thief who copies a given name seldom puts a surname before it; its honest bearers all have one.
            surname = _NEW_SURNAME if len(before) == 2 and not after and shares.is_japanese(seen) else 0.0
            made = None if plain else (inner.made or 0.0) + _TITLED + company + surname
            best = Match(kind=kind, cost=cost, changes=inner.changes + 1, made=made)
    return best


def _one_more(seen: str, at: int) -> Match:
    """One character more than the original, at this place: doubled, a title, an ordinal, or another one."""
    char, last = seen[at], len(seen) - 1
    if char in {seen[at - 1] if at else "", seen[at + 1] if at < last else ""}:
        honest = last == 2 and seen[-1] == seen[-2]  # 婷婷 is a given name
        return Match(kind=MatchKind.EDIT, cost=_DOUBLED + (_DOUBLED_NAME if honest else 0.0), changes=1, made=_DOUBLED + math.log2(last))
    if (not at and char in _TITLES_BEFORE and not japanese_shares.has_japanese_name(seen)) or (at == last and char in _TITLES_AFTER):
        return Match(kind=MatchKind.DECORATED, cost=_TITLED + 1.0, changes=1, made=_TITLED + _TITLE_CHOICE if last == 2 else None)
    may_be_name = at == last and char in ORDINALS and _may_end_japanese(seen)
    if at == last and char in ORDINALS and not (may_be_name and char == _ENDS_MOST):
        doubt = _ORDINAL_OR_NAME if may_be_name else 0.0
        return Match(kind=MatchKind.DECORATED, cost=_ORDINAL + doubt, changes=1, made=_ORDINAL + _ORDINAL_CHOICE + doubt)
    if at == last > 2 and not shares.is_japanese(seen):
        return Match(kind=MatchKind.DECORATED, cost=_WHOLE_NAME, changes=1)
    made = _ADDED + shares.char_bits(char, surname=not at)
    return Match(kind=MatchKind.EDIT, cost=_ADDED + (3.0 if last == 2 else 0.0), changes=1, made=made)


def _may_end_japanese(seen: str) -> bool:
    """May the numeral at the end belong to a Japanese given name, as in 修三? Behind two characters of one it does not: 健太三."""
    return shares.is_japanese(seen) and japanese_shares.is_name_char(seen[-1]) and len(seen) - max(2, shares.surname_length(seen)) < 3


def _company_bits(before: str) -> float:
    """Bits of what stands before a name: one or two characters may be the surname of an honest bearer."""
    if not before:
        return 0.0
    if len(before) > 2:
        return _WORD_CHAR * len(before)
    return min(_JAPANESE_SURNAME_BITS, sum(shares.char_bits(char, surname=True) for char in before))


def _shorter(seen: str, original: str) -> Match | None:
    """One character of the original is missing."""
    if len(seen) != len(original) - 1 or len(seen) < 2:
        return None
    cut = shares.surname_length(original)
    if seen == original[cut:]:
        lost = shares.char_bits(original[0], surname=True) if cut == 1 else 8.0
        return Match(kind=MatchKind.PART, cost=_GIVEN_ONLY + lost, changes=1, made=_GIVEN_ONLY)
    for at in range(len(original)):
        if original[:at] + original[at + 1 :] == seen:
            # The shorter name is itself an honest name; what was dropped proves nothing.
            lost = max(0.0, shares.han_bits(original) - shares.han_bits(seen))
            neighbours = 0.0 if shares.is_japanese(original) else _DROPPED_NAME
            return Match(kind=MatchKind.EDIT, cost=_DROPPED + lost + neighbours, changes=1, made=_DROPPED)
    return None


def _pet_name(seen: str, original: str) -> Match | None:
    """小明, 阿明, 明哥, 明明 for 李明 or 王小明."""
    stem = pet_stem(seen) if len(seen) <= 3 else None
    if stem is None or len(original) < 2 or shares.is_japanese(seen):
        return None
    given = original[shares.surname_length(original) :]
    if stem == given or (len(given) == 2 and stem == given[-1]):
        lost = sum(shares.char_bits(char, surname=not at) for at, char in enumerate(original[: -len(stem)]))
        return Match(kind=MatchKind.NICKNAME, cost=_PET_NAME + lost, changes=1, made=_PET_NAME)
    return None


def pet_stem(seen: str) -> str | None:
    """The part of a given name that a pet name is made from: 明 of 小明, 阿明, 明哥 and 明明."""
    if len(seen) >= 2 and seen[0] in _PET_PREFIXES:
        return seen[1:]
    if len(seen) >= 2 and seen[-1] in _PET_SUFFIXES:
        return seen[:-1]
    if len(seen) == 2 and seen[0] == seen[1]:
        return seen[0]
    return None


def match_split(seen: str, original: str) -> Match | None:
    """木子明 for 李明: parts of a character written side by side."""
    best: Match | None = None
    for whole in joined_parts(seen):
        inner = match_han(whole, original) if len(whole) == len(original) else None
        if inner is not None and inner.changes <= 1 and (best is None or inner.cost < best.cost):
            best = Match(kind=MatchKind.LOOK, cost=inner.cost, changes=inner.changes + 1)
    return best and Match(kind=best.kind, cost=best.cost + _SPLIT, changes=best.changes)


@lru_cache(maxsize=1024)
def joined_parts(look: str) -> tuple[str, ...]:
    """The looks that come out when neighbouring parts are put together, at most a few."""
    splits, pending = tables.splits(), [look]
    found: dict[str, None] = {}
    while pending and len(found) < _MOST_JOINED:
        text = pending.pop(0)
        parts = text.translate(tables.PART_FORMS)
        for at in range(min(len(text) - 1, 7)):
            for size in (2, 3):
                for char in splits.get(parts[at : at + size], "")[:3] if at + size <= len(text) else "":
                    whole = text[:at] + char + text[at + size :]
                    if len(whole) > 1 and whole not in found:
                        found[whole] = None
                        pending.append(whole)
    return tuple(found)[:_MOST_JOINED]
