# SPDX-License-Identifier: Apache-2.0
"""Is a name in letters or syllables a disguise of another?

Words are paired: equal, alike in many typefaces, one edit apart, alike in sound, short for one another, an initial. What
is left over on either side costs. A change costs what a thief's choice among all such changes takes away, unless the
changed word is itself a common name: then an honest bearer is the likelier story, and the cost says so.
"""

from __future__ import annotations

import re

from transferguard.names import shares, vietnamese
from transferguard.names.deep import deep_look
from transferguard.names.jamo import as_jamo, is_one_letter
from transferguard.names.matching import Change, Match, MatchKind
from transferguard.names.roman import romanised_word, skeleton
from transferguard.names.views import titles_before, trade_words
from transferguard.names.word_change import DOUBLED, DROPPED, EDITED_LETTERS, PLAYED, alike_cost, edit_cost, word_match

# log2 P(this change | impostor): orders of magnitude, refined on the tune split of the benchmark.
_REORDERED, _RUN_TOGETHER, _EXTRA_WORD, _EXTRA_WORDS, _MISSING_WORD, _STILL_A_NAME, _COMPANY, _TITLE = (
    2.0,
    0.5,
    6.0,
    8.0,
    4.5,
    4.0,
    2.0,
    1.0,
)
# Where names are long, a word that no list has is a name more often than company.
_UNKNOWN_NAME, _LONG_NAMES = 5.0, re.compile("[\u0600-\u06ff\u0900-\u0dff]")
# A name in front of the whole of an Arabic or Indian one, or gone from there: a child of that man, or a father.
_CHILD, _FATHER = 3.0, 2.0
# Another name among those of the original: honest longer names have it far oftener than impostors put it there.
_ANOTHER_NAME = 9.0
# A word between two names that no list has: where names are long, it is a father's.
_BETWEEN_NAMES = 2.5
# One namesake in twenty shows a shop or trade beside the name, one impostor in five thousand (our assumption).
_IN_BUSINESS = 8.0
# Eight Vietnamese in a hundred put the surname last, one impostor in eight changes the order.
_REORDERED_OUT_OF_USE = -1.0
# A Hangul syllable of a given name, on average (Statistics Korea's lists of given names).
_SYLLABLE_BITS = 6.0
# What is left of a shortened Korean name is oftener another's given name than the shares of both say.
_DROPPED_SYLLABLE = 2.0
# Two syllables of a given name that change places often make another (우진, 진우).
_ANOTHER_GIVEN = 2.0
_LONGEST_HANGUL_NAME, _PAIR = 3, 2
_MOST_WORDS = 7
_ARTICLES = frozenset({"al", "el"})
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
# Where the looks agree, the seen name has no rarity of its own.
_SEEN_AS_IT_IS = frozenset({MatchKind.EXACT, MatchKind.LOOK})
# A word of which this much is lost is no likeness any more.
_WORST_WORD = 2.0


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
    if len(seen) == len(original) == 1 and plainly_apart(seen[0], original[0], heard=heard):
        return None
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
        return Match(kind=MatchKind.LOOK, cost=max(alike_cost(*pair) for pair in pairs if pair[0] != pair[1]), changes=1)
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


def plainly_apart(seen: str, original: str, *, heard: bool = True) -> bool:
    """Are these two Hangul words with as many syllables that have neither letters nor consonants in common, but for one?"""
    if len(seen) != len(original) or not ("\uac00" <= seen[0] <= "\ud7a3" and "\uac00" <= original[0] <= "\ud7a3"):
        return False
    other = [pair for pair in zip(seen, original, strict=True) if pair[0] != pair[1]]
    if is_one_letter(*other[0]) if len(other) == 1 else sorted(seen) == sorted(original):
        return False
    # A whole Korean name that only sounds a little like another is a name of its own.
    return not heard or shares.is_korean_name(seen) or skeleton(romanised_word(seen)) != skeleton(romanised_word(original))


def _turned_cost(seen: tuple[str, ...], original: tuple[str, ...]) -> float:
    """Bits of another order: where a language has one order, few honest bearers show the other, and two given names are two people's."""
    if not all(map(vietnamese.is_vietnamese, original)):
        return _REORDERED
    if not _has_surname(original):
        return _REORDERED + _STILL_A_NAME
    return _REORDERED + _STILL_A_NAME if seen[0] == original[0] else _REORDERED_OUT_OF_USE


def _turned(look: str, original: tuple[str, ...]) -> bool:
    """Run together with the last word first?"""
    return len(original) > 1 and look in {"".join((*original[1:], original[0])), "".join((original[-1], *original[:-1]))}


def _joined(look: str, wanted: str, original: tuple[str, ...]) -> Match | None:
    """One edit between the names run together: the words may be cut elsewhere."""
    if min(len(as_jamo(look)), len(as_jamo(wanted))) < EDITED_LETTERS:
        return None
    cost = _syllable_cost(look, wanted) if not look.isascii() and len(original) == 1 else None
    if cost is not None:
        # What is left of a shortened name is as rare as it is.
        made = DROPPED + _DROPPED_SYLLABLE if len(look) < len(wanted) else cost
        if len(look) == len(wanted) >= _LONGEST_HANGUL_NAME and not shares.is_korean_name(look):
            made = PLAYED  # nobody is called so, with the surname last
        return Match(kind=MatchKind.EDIT, cost=PLAYED if _keeps_surname(look, wanted) else cost, changes=1, made=made)
    edited = edit_cost(look, wanted, within=len(original) == 1)
    if edited is None or (len(original) > 1 and min(len(look), len(wanted)) < 2 * EDITED_LETTERS - 1):
        return None
    cut_elsewhere = 2.0 if len(original) > 1 else 0.0
    return Match(kind=MatchKind.EDIT, cost=edited.cost + cut_elsewhere, changes=1, made=edited.made + cut_elsewhere)


def _keeps_surname(seen: str, original: str) -> bool:
    """Is this a whole Korean name of which syllables behind the surname moved or went? Its bearers do not write themselves so."""
    return (
        len(original) == _LONGEST_HANGUL_NAME
        and len(seen) <= len(original)
        and shares.is_korean_name(original)
        and (seen[0] == original[0] or len(seen) == len(original))
    )


def _syllable_cost(seen: str, original: str) -> float | None:
    """One Hangul or kana syllable doubled, dropped or moved."""
    if not all("\u3041" <= char <= "\ud7a3" for char in seen + original):
        return None
    if sorted(seen) == sorted(original):
        if len(seen) >= _LONGEST_HANGUL_NAME and seen in {original[1:] + original[0], original[2:] + original[:2]}:
            return _REORDERED - 1.0  # the surname last
        # Two syllables that change places are another given name.
        return _REORDERED + (_ANOTHER_GIVEN if len(seen) > _PAIR else _STILL_A_NAME)
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
        return PLAYED  # honest names are not so long
    return DOUBLED + (0.5 if doubled else _SYLLABLE_BITS)


def _less_cost(original: str, at: int, *, doubled: bool) -> float:
    """The syllable at this place is missing."""
    if at and len(original) == _LONGEST_HANGUL_NAME and shares.is_korean_name(original):
        return DROPPED + _DROPPED_SYLLABLE  # what is left begins with the surname
    return DROPPED + (0.5 if doubled else _SYLLABLE_BITS)


def _paired(seen: tuple[str, ...], original: tuple[str, ...], *, heard: bool) -> Match | None:
    """Every original word with its likest seen word; the order may have changed."""
    left = list(seen)
    cost, made, changes, kinds, matched = 0.0, 0.0, 0, set(), 0.0
    missing: list[str] = []
    places: list[int] = []
    in_vietnamese = len(original) > 1 and all(map(vietnamese.is_vietnamese, original))
    for word in sorted(original, key=len, reverse=True):
        best: tuple[Change, str] | None = None
        for other in left:
            found = word_match(other, word, heard=heard, in_vietnamese=in_vietnamese)
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
    with_fathers = any(map(_LONG_NAMES.search, original)) or not _ARTICLES.isdisjoint(original)
    return _settled(left, missing, places=places, found=match, kinds=kinds, whole_name=whole_name, with_fathers=with_fathers)


def _has_surname(words: tuple[str, ...]) -> bool:
    """Is there a surname among these words? Vietnamese middle and given names often stand without one."""
    return not all(map(vietnamese.is_vietnamese, words)) or vietnamese.has_surname(words)


def _settled(  # noqa: PLR0913  the state of one pairing
    left: list[str], missing: list[str], *, places: list[int], found: Match, kinds: set[MatchKind], whole_name: bool, with_fathers: bool
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
        if with_fathers and len(left) == 1 and set(places) == {1} and lost == _ANOTHER_NAME:
            lost += _CHILD
        cost, made = cost + lost, made + chosen
        kinds.add(MatchKind.DECORATED)
    for word in missing:
        # What is left of a long name may be the whole of another.
        dropped = _MISSING_WORD + (_STILL_A_NAME if len(places) > 1 else 0.0)
        if with_fathers and len(missing) == 1 and len(places) > 1 and set(places) == {-1}:
            dropped += _FATHER
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
