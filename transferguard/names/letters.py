# SPDX-License-Identifier: Apache-2.0
"""Is a name in letters or syllables a disguise of another?

Words are paired: equal, alike in many typefaces, one edit apart, alike in sound, short for one another, an initial. What
is left over on either side costs. A change costs what a thief's choice among all such changes takes away, unless the
changed word is itself a common name: then an honest bearer is the likelier story, and the cost says so.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from transferguard.names import shares, vietnamese
from transferguard.names.deep import deep_look
from transferguard.names.jamo import as_jamo
from transferguard.names.matching import Change, Match, MatchKind
from transferguard.names.respelling import loosened
from transferguard.names.roman import romanised_word, skeleton
from transferguard.names.short_forms import short_forms
from transferguard.names.unheard import is_unheard
from transferguard.names.views import titles_before, trade_words

# log2 P(this change | impostor): orders of magnitude, refined on the tune split of the benchmark.
_ALIKE, _REORDERED, _RUN_TOGETHER, _DOUBLED, _TRANSPOSED, _DROPPED, _SUBSTITUTED, _ADDED = 1.0, 2.0, 0.5, 3.0, 3.0, 4.0, 4.5, 5.0
_RESPELLED, _NICKNAME, _INITIAL, _EXTRA_WORD, _EXTRA_WORDS, _MISSING_WORD, _STILL_A_NAME, _COMPANY, _TITLE = (
    3.5,
    3.0,
    4.0,
    6.0,
    8.0,
    4.5,
    4.0,
    2.0,
    1.0,
)
# Where names are long, a word that no list has is a name more often than company.
_UNKNOWN_NAME, _LONG_NAMES = 5.0, re.compile("[\u0600-\u06ff\u0900-\u0dff]")
# Another name among those of the original: honest longer names have it far oftener than impostors put it there.
_ANOTHER_NAME = 9.0
# A word between two names that no list has: where names are long, it is a father's.
_BETWEEN_NAMES = 2.5
# One namesake in twenty shows a shop or trade beside the name, one impostor in five thousand (our assumption).
_IN_BUSINESS = 8.0
# Eight Vietnamese in a hundred put the surname last, one impostor in eight changes the order.
_REORDERED_OUT_OF_USE = -1.0
_LETTERS = 26
# A Hangul syllable of a given name, on average (Statistics Korea's lists of given names).
_SYLLABLE_BITS = 6.0
# What is left of a shortened Korean name is oftener another's given name than the shares of both say.
_DROPPED_SYLLABLE = 2.0
_LONGEST_HANGUL_NAME, _PAIR = 3, 2
_MOST_WORDS = 7
# The kind that a match of several words is told as: the weightiest difference first.
_WEIGHTIEST = (
    MatchKind.PART,
    MatchKind.NICKNAME,
    MatchKind.SOUND,
    MatchKind.EDIT,
    MatchKind.DECORATED,
    MatchKind.REORDERED,
    MatchKind.LOOK,
    MatchKind.EXACT,
)
# Words that no list of names has are words of a language: nicknames share them by chance, and more is needed.
_NO_NAME, _NO_NAME_TURNED = 7.0, 1.0
_LOOSE_KINDS = frozenset({MatchKind.REORDERED, MatchKind.PART, MatchKind.DECORATED, MatchKind.SOUND, MatchKind.EDIT})
# Bits of the word that stands beside a single given name: a surname says that another person bears the name.
_SURNAME_BESIDE = 6.0
# The same where it is a known surname, and contacts often show a middle and a given name alone: one thief in sixteen adds it.
_FAMILY_NAME = 4.0
# Lucia and Luda are alike to the eye, and two people.
_BOTH_NAMES = 6.0
# What a word costs that sounds like the original and is a name itself.
_ANOTHER_SOUND = 6.0
# What a word may gain at most that is one edit from a common name and is none itself.
_NOBODYS_NAME = 3.0
# One honest name in many thousand has a word that is spelled as no name is (our assumption), and what a bearer who writes so for
# play leaves of it: one namesake in 500 doubles, drops or moves a letter, one impostor in thirty.
_UNHEARD_BITS, _PLAYED = 15.0, -3.0
# The same of a word that is in no list of names and one slip from one that is: of the slips of our lists one in fifty is a listed name
# itself, so few of the others are names (our assumption: one in twenty, of one person in a thousand each).
_UNLISTED_BITS = 13.0
# What each changed letter of a respelling costs, and each that changes the sound.
_PER_LETTER, _PER_SOUND = 0.7, 1.5
# What a digit in the place of a letter adds: honest people do not write so.
_DIGIT_FOR_LETTER = 2.0
# Letters from which one edit is a likeness; below it is another word.
_EDITED_LETTERS = 4
# And letters of what is left at least, where nobody is called so.
_FEWEST_LETTERS = 2
# Where the looks agree, the seen name has no rarity of its own.
_SEEN_AS_IT_IS = frozenset({MatchKind.EXACT, MatchKind.LOOK})
# A word of which this much is lost is no likeness any more.
_WORST_WORD = 2.0


_SAME = Change(0.0, MatchKind.EXACT, 0.0)


def match_letters(seen: tuple[str, ...], original: tuple[str, ...], *, heard: bool = True) -> Match | None:
    """How the seen words could have been made from the original ones; None when they could not.

    Args:
        seen: Folded words of the seen name.
        original: Folded words of the original.
        heard: Whether the folded words sound as the name does; Cyrillic letters fold to what they look like.
    """
    seen, original = seen[:_MOST_WORDS], original[:_MOST_WORDS]
    if seen == original:
        return Match(kind=MatchKind.EXACT, cost=0.0, changes=0)
    if sorted(seen) == sorted(original):
        turned_round = any(seen == (*original[at:], *original[:at]) for at in range(len(original))) or seen == original[::-1]
        no_name = _NO_NAME if not turned_round else 0.0 if any(map(shares.is_known_word, original)) else _NO_NAME_TURNED
        made = _turned_cost(seen, original)
        return Match(kind=MatchKind.REORDERED, cost=made + no_name, changes=1, made=made)
    look, wanted = "".join(seen), "".join(original)
    if look == wanted:
        return Match(kind=MatchKind.LOOK, cost=_RUN_TOGETHER, changes=1)
    if deep_look(look) == deep_look(wanted):
        pairs = zip(seen, original, strict=True) if len(seen) == len(original) else [(look, wanted)]
        return Match(kind=MatchKind.LOOK, cost=max(_alike_cost(*pair) for pair in pairs if pair[0] != pair[1]), changes=1)
    paired = _paired(seen, original, heard=heard)
    if paired is not None and paired.kind in _LOOSE_KINDS and not any(map(shares.is_known_word, original)):
        paired = Match(kind=paired.kind, cost=paired.cost + _NO_NAME, changes=paired.changes, made=paired.made)
    joined = _joined(look, wanted, original)
    turned = "".join((*seen[1:], seen[0])) if len(seen) > 1 else look
    rotated = (
        Match(kind=MatchKind.REORDERED, cost=_REORDERED + 1.0, changes=1, made=_REORDERED)
        if turned == wanted or _turned(look, original)
        else None
    )
    return min((one for one in (paired, joined, rotated) if one is not None), key=lambda one: one.cost, default=None)


def _turned_cost(seen: tuple[str, ...], original: tuple[str, ...]) -> float:
    """Bits of another order: where a language has one order, few honest bearers show the other, and two given names are two people's."""
    if not all(map(vietnamese.is_vietnamese, original)):
        return _REORDERED
    if not _has_surname(original):
        return _REORDERED + _STILL_A_NAME
    return _REORDERED + _STILL_A_NAME if seen[0] == original[0] else _REORDERED_OUT_OF_USE


def _alike_cost(seen: str, original: str) -> float:
    """Bits between two texts that are alike in many typefaces; below 0 where digits stand for letters."""
    digits = sum(map(str.isdigit, seen)) - sum(map(str.isdigit, original))
    if digits > 0:
        return _ALIKE - _DIGIT_FOR_LETTER
    return _BOTH_NAMES if shares.is_known_word(seen) and shares.is_known_word(original) else _ALIKE


def _turned(look: str, original: tuple[str, ...]) -> bool:
    """Run together with the last word first?"""
    return len(original) > 1 and look in {"".join((*original[1:], original[0])), "".join((original[-1], *original[:-1]))}


def _joined(look: str, wanted: str, original: tuple[str, ...]) -> Match | None:
    """One edit between the names run together: the words may be cut elsewhere."""
    if min(len(as_jamo(look)), len(as_jamo(wanted))) < _EDITED_LETTERS:
        return None
    cost = _syllable_cost(look, wanted) if not look.isascii() and len(original) == 1 else None
    if cost is not None:
        # What is left of a shortened name is as rare as it is.
        made = _DROPPED + _DROPPED_SYLLABLE if len(look) < len(wanted) else cost
        return Match(kind=MatchKind.EDIT, cost=cost, changes=1, made=made)
    edited = edit_cost(look, wanted, within=len(original) == 1)
    if edited is None or (len(original) > 1 and min(len(look), len(wanted)) < 2 * _EDITED_LETTERS - 1):
        return None
    cut_elsewhere = 2.0 if len(original) > 1 else 0.0
    return Match(kind=MatchKind.EDIT, cost=edited.cost + cut_elsewhere, changes=1, made=edited.made + cut_elsewhere)


def _syllable_cost(seen: str, original: str) -> float | None:
    """One Hangul or kana syllable doubled, dropped or moved."""
    if not all("\u3041" <= char <= "\ud7a3" for char in seen + original):
        return None
    if sorted(seen) == sorted(original):
        if len(seen) >= _LONGEST_HANGUL_NAME and seen in {original[1:] + original[0], original[2:] + original[:2]}:
            return _REORDERED - 1.0  # the surname last
        # Two syllables that change places are another given name.
        return _REORDERED + (1.0 if len(seen) > _PAIR else _STILL_A_NAME)
    longer, shorter = (seen, original) if len(seen) > len(original) else (original, seen)
    if len(longer) != len(shorter) + 1:
        return None
    at = next((at for at in range(len(longer)) if longer[:at] + longer[at + 1 :] == shorter), None)
    if at is None:
        return None
    doubled = longer[at] in {longer[at - 1] if at else "", longer[at + 1 : at + 2]}
    return _more_cost(longer, doubled=doubled) if longer == seen else _less_cost(original, at, doubled=doubled)


def _more_cost(seen: str, *, doubled: bool) -> float:
    """A syllable more than the original has."""
    if doubled and len(seen) > _LONGEST_HANGUL_NAME:
        return _PLAYED  # honest names are not so long
    return _DOUBLED + (0.5 if doubled else _SYLLABLE_BITS)


def _less_cost(original: str, at: int, *, doubled: bool) -> float:
    """The syllable at this place is missing."""
    if at and len(original) == _LONGEST_HANGUL_NAME and shares.is_korean_name(original):
        return _DROPPED + _DROPPED_SYLLABLE  # what is left begins with the surname
    return _DROPPED + (0.5 if doubled else _SYLLABLE_BITS)


def _paired(seen: tuple[str, ...], original: tuple[str, ...], *, heard: bool) -> Match | None:
    """Every original word with its likest seen word; the order may have changed."""
    left = list(seen)
    cost, made, changes, kinds, matched = 0.0, 0.0, 0, set(), 0.0
    missing: list[str] = []
    places: list[int] = []
    for word in sorted(original, key=len, reverse=True):
        best: tuple[Change, str] | None = None
        for other in left:
            found = word_match(other, word, heard=heard)
            if found is not None and (best is None or found < best[0]):
                best = (found, other)
        if best is None:
            missing.append(word)
            continue
        change, other = best
        left.remove(other)
        places.append(seen.index(other) - original.index(word))
        cost, made = cost + change.cost, made + change.made
        changes += change.kind is not MatchKind.EXACT
        kinds.add(change.kind)
        matched += shares.word_bits(word) - change.cost
    if not kinds or matched <= _WORST_WORD:
        return None
    match = Match(kind=MatchKind.LOOK, cost=cost, changes=changes, made=made)
    # Hangul names are written in one word, surname and all.
    whole_name = _has_surname(original) if len(original) > 1 else len(original[0]) > _PAIR and shares.is_korean_name(original[0])
    return _settled(left, missing, places=places, found=match, kinds=kinds, whole_name=whole_name)


def _has_surname(words: tuple[str, ...]) -> bool:
    """Is there a surname among these words? Vietnamese middle and given names often stand without one."""
    return not all(map(vietnamese.is_vietnamese, words)) or vietnamese.has_surname(words)


def _settled(  # noqa: PLR0913  the state of one pairing
    left: list[str], missing: list[str], *, places: list[int], found: Match, kinds: set[MatchKind], whole_name: bool
) -> Match | None:
    """Adds what the words left over on both sides cost."""
    if left and missing:
        return None  # a word was replaced by a stranger: another person
    cost, made, changes = found.cost, found.made or 0.0, found.changes
    if any(places) and len(set(places)) > 1 and not left and not missing:
        cost, made, changes = cost + _REORDERED, made + _REORDERED, changes + 1
        kinds.add(MatchKind.REORDERED)
    if left:
        lost, chosen = _beside_cost(left, places, whole_name=whole_name)
        cost, made = cost + lost, made + chosen
        kinds.add(MatchKind.DECORATED)
    for word in missing:
        # What is left of a long name may be the whole of another.
        dropped = _MISSING_WORD + (_STILL_A_NAME if len(places) > 1 else 0.0)
        cost, made = cost + dropped + shares.word_bits(word), made + dropped
        kinds.add(MatchKind.PART)
    capped = made if kinds - _SEEN_AS_IT_IS else None
    return Match(
        kind=next(kind for kind in _WEIGHTIEST if kind in kinds), cost=cost, changes=changes + len(left) + len(missing), made=capped
    )


def _beside_cost(  # noqa: PLR0911  one kind of company a line
    left: list[str], places: list[int], *, whole_name: bool
) -> tuple[float, float]:
    """Bits of the words beside the name: against the rarity of the original, and of their choice."""
    chosen = _COMPANY + sum(map(shares.word_bits, filter(shares.is_known_word, left)))
    if len(set(places)) == 1:
        if places[0] == len(left) and titles_before().issuperset(left) and (whole_name or not vietnamese.is_surname(left[0])):
            return _TITLE, _TITLE
        if not trade_words().isdisjoint(left):
            return _IN_BUSINESS, _IN_BUSINESS
        if not whole_name and max(map(len, left)) > 1 and len(places) <= len(left) + 1:
            # One name and a word: an honest full name.
            family = _FAMILY_NAME if len(left) == 1 and vietnamese.is_surname(left[0]) else 0.0
            return _SURNAME_BESIDE + family + 1.0 * (len(left) - 1), chosen + family
        if places[0] in {0, len(left)} and not any(map(shares.is_known_word, left)):
            if len(left) == 1 and len(left[0]) > 1 and _LONG_NAMES.search(left[0]):
                return _UNKNOWN_NAME, chosen
            return _COMPANY, _COMPANY  # the whole name, in one piece, beside words that no name has
    if all(len(word) == 1 for word in left):
        return 2.0, chosen
    if any(map(shares.is_known_word, left)):
        return _ANOTHER_NAME, chosen  # a father's name, a second surname: another person
    extra = _EXTRA_WORD + (_BETWEEN_NAMES if _LONG_NAMES.search(left[0]) else 0.0)
    return min(extra + 1.0 * (len(left) - 1), max(extra, _EXTRA_WORDS)), chosen


@lru_cache(maxsize=2048)
def word_match(seen: str, original: str, *, heard: bool = True) -> Change | None:
    """What one word costs in place of another, and as what."""
    if seen == original:
        return _SAME
    if deep_look(seen) == deep_look(original):
        return Change(_alike_cost(seen, original), MatchKind.LOOK, 0.0)
    worth = shares.word_bits(original)
    if len(seen) == 1 or len(original) == 1:
        return Change(_INITIAL + worth - 4.0, MatchKind.NICKNAME, _INITIAL) if seen[0] == original[0] else None
    options: list[Change] = []
    edited = edit_cost(seen, original)
    if edited is not None:
        options.append(edited)
    if seen in short_forms().get(original, ()):
        cost = _NICKNAME + max(0.0, worth - shares.word_bits(seen)) + 1.0
        options.append(Change(cost, MatchKind.NICKNAME, _NICKNAME))
    sounded = sound_cost(seen, original) if heard else None
    if sounded is not None:
        options.append(sounded)
    return min(options, default=None)


def edit_cost(seen: str, original: str, *, within: bool = True) -> Change | None:
    """Bits that one edit costs; None when there is more than one.

    Args:
        seen: Folded word of the seen name, or several run together.
        original: The same of the original.
        within: Whether both are one word.
    """
    one, other = as_jamo(seen), as_jamo(original)
    shortest = min(len(one), len(other))
    if shortest < _FEWEST_LETTERS or abs(len(one) - len(other)) > 1 or OSA.distance(one, other, score_cutoff=1) > 1:
        return None
    made = _choices(one, other)
    lost = made
    slipped = within and made < _SUBSTITUTED + math.log2(len(other))
    nobodys = _nobodys_bits(seen, original) if slipped else 0.0
    if nobodys:
        # Nobody is called so: an honest bearer is one who plays with the letters of his own name.
        lost = max(_PLAYED, made - max(0.0, nobodys - shares.word_bits(original)))
        made -= max(0.0, nobodys - shares.word_bits(seen))
    elif shortest < _EDITED_LETTERS - 1:
        return None
    elif shares.is_known_word(seen):
        # An honest bearer of this very name is the other story.
        lost = max(lost, _SUBSTITUTED + math.log2(_LETTERS * len(other)) + shares.word_bits(original) - shares.word_bits(seen))
    elif shares.is_known_word(original):
        # Nobody is called so: the commoner the word that it was made from, the likelier that it was made.
        lost -= min(_NOBODYS_NAME, max(0.0, shares.word_bits(seen) - shares.word_bits(original)))
    return Change(lost + (2.0 if shortest < _EDITED_LETTERS else 0.0), MatchKind.EDIT, made)


def _nobodys_bits(seen: str, original: str) -> float:
    """Bits of a slip that is no name; 0 where it may be one."""
    if is_unheard(seen, vietnamese=vietnamese.is_vietnamese(original)):
        return _UNHEARD_BITS
    return _UNLISTED_BITS if shares.is_listed(original) and not shares.is_known_word(seen) else 0.0


def _choices(seen: str, original: str) -> float:
    """Bits for the kind of edit and the number of edits of this kind that a thief could have made."""
    places = math.log2(len(original))
    if len(seen) == len(original):
        return _TRANSPOSED + places - 1.0 if sorted(seen) == sorted(original) else _SUBSTITUTED + places
    if len(seen) > len(original):
        at = next((at for at, (one, other) in enumerate(zip(seen, original, strict=False)) if one != other), len(original))
        doubled = at and seen[at] == seen[at - 1]
        return _DOUBLED + places - 1.0 if doubled else _ADDED + places + 1.0
    return _DROPPED + places - 1.0


def sound_cost(seen: str, original: str) -> Change | None:
    """Bits that a respelling costs; None when the words sound different."""
    one, other = romanised_word(seen), romanised_word(original)
    if not one or not other or skeleton(one) != skeleton(other):
        return None
    distance = OSA.distance(one, other)
    longest = max(len(one), len(other))
    if distance > 1 + longest // 3 or (one[0] != other[0] and skeleton(one[0]) != skeleton(other[0])):
        return None
    # Letters that are written for one another are a respelling, another vowel is nearly another name.
    made = _RESPELLED + _PER_LETTER * distance + _PER_SOUND * OSA.distance(loosened(one), loosened(other))
    lost = made
    if shares.is_known_word(seen):
        lost = max(lost, _RESPELLED + _ANOTHER_SOUND + shares.word_bits(original) - shares.word_bits(seen))
    return Change(lost, MatchKind.SOUND, made)
