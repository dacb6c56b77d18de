# SPDX-License-Identifier: Apache-2.0
"""Is a name in letters or syllables a disguise of another?

Words are paired: equal, alike in many typefaces, one edit apart, alike in sound, short for one another, an initial. What
is left over on either side costs. A change costs what a thief's choice among all such changes takes away, unless the
changed word is itself a common name: then an honest bearer is the likelier story, and the cost says so.
"""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz.distance import OSA

from transferguard.names import shares, tables
from transferguard.names.deep import deep_look
from transferguard.names.jamo import as_jamo
from transferguard.names.matching import Match, MatchKind
from transferguard.names.roman import romanised_word, skeleton

# log2 P(this change | impostor): orders of magnitude, refined on the tune split of the benchmark.
_ALIKE, _REORDERED, _RUN_TOGETHER, _DOUBLED, _TRANSPOSED, _DROPPED, _SUBSTITUTED, _ADDED = 1.0, 2.0, 0.5, 3.0, 3.0, 4.0, 4.5, 5.0
_RESPELLED, _NICKNAME, _INITIAL, _EXTRA_WORD, _EXTRA_WORDS, _MISSING_WORD, _COMPANY = 3.5, 3.0, 4.0, 4.0, 6.5, 4.0, 2.0
_LETTERS = 26
# A Hangul syllable of a given name, on average (Statistics Korea's lists of given names).
_SYLLABLE_BITS = 6.0
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
_NO_NAME = 7.0
_LOOSE_KINDS = frozenset({MatchKind.REORDERED, MatchKind.PART, MatchKind.DECORATED, MatchKind.SOUND, MatchKind.EDIT})
# Letters from which one edit is a likeness; below it is another word.
_EDITED_LETTERS = 4
# A word of which this much is lost is no likeness any more.
_WORST_WORD = 2.0


def match_letters(seen: tuple[str, ...], original: tuple[str, ...]) -> Match | None:
    """How the seen words could have been made from the original ones; None when they could not."""
    seen, original = seen[:_MOST_WORDS], original[:_MOST_WORDS]
    if seen == original:
        return Match(kind=MatchKind.EXACT, cost=0.0, changes=0)
    if sorted(seen) == sorted(original):
        turned_round = any(seen == (*original[at:], *original[:at]) for at in range(len(original))) or seen == original[::-1]
        no_name = 0.0 if turned_round and any(map(shares.is_known_word, original)) else _NO_NAME
        return Match(kind=MatchKind.REORDERED, cost=_REORDERED + no_name, changes=1)
    look, wanted = "".join(seen), "".join(original)
    if look == wanted:
        return Match(kind=MatchKind.LOOK, cost=_RUN_TOGETHER, changes=1)
    if deep_look(look) == deep_look(wanted):
        return Match(kind=MatchKind.LOOK, cost=_ALIKE, changes=1)
    paired = _paired(seen, original)
    if paired is not None and paired.kind in _LOOSE_KINDS and not any(map(shares.is_known_word, original)):
        paired = Match(kind=paired.kind, cost=paired.cost + _NO_NAME, changes=paired.changes)
    joined = _joined(look, wanted, original)
    turned = "".join((*seen[1:], seen[0])) if len(seen) > 1 else look
    rotated = Match(kind=MatchKind.REORDERED, cost=_REORDERED + 1.0, changes=1) if turned == wanted or _turned(look, original) else None
    return min((one for one in (paired, joined, rotated) if one is not None), key=lambda one: one.cost, default=None)


def _turned(look: str, original: tuple[str, ...]) -> bool:
    """Run together with the last word first?"""
    return len(original) > 1 and look in {"".join((*original[1:], original[0])), "".join((original[-1], *original[:-1]))}


def _joined(look: str, wanted: str, original: tuple[str, ...]) -> Match | None:
    """One edit between the names run together: the words may be cut elsewhere."""
    if min(len(as_jamo(look)), len(as_jamo(wanted))) < _EDITED_LETTERS:
        return None
    cost = _syllable_cost(look, wanted) if not look.isascii() and len(original) == 1 else None
    if cost is not None:
        return Match(kind=MatchKind.EDIT, cost=cost, changes=1)
    cost = edit_cost(look, wanted)
    if len(original) > 1 and min(len(look), len(wanted)) < 2 * _EDITED_LETTERS - 1:
        return None
    if cost is None or len(original) > 1:
        return None if cost is None else Match(kind=MatchKind.EDIT, cost=cost + 2.0, changes=1)
    return Match(kind=MatchKind.EDIT, cost=cost, changes=1)


def _syllable_cost(seen: str, original: str) -> float | None:
    """One Hangul or kana syllable doubled, dropped or moved."""
    if not all("\u3041" <= char <= "\ud7a3" for char in seen + original):
        return None
    if sorted(seen) == sorted(original):
        return _REORDERED + 1.0
    for longer, shorter, cost in ((seen, original, _DOUBLED), (original, seen, _DROPPED)):
        if len(longer) == len(shorter) + 1:
            for at in range(len(longer)):
                if longer[:at] + longer[at + 1 :] == shorter:
                    doubled = longer[at] in {longer[at - 1] if at else "", longer[at + 1 : at + 2]}
                    return cost + (0.5 if doubled else _SYLLABLE_BITS)
    return None


def _paired(seen: tuple[str, ...], original: tuple[str, ...]) -> Match | None:
    """Every original word with its likest seen word; the order may have changed."""
    left = list(seen)
    cost, changes, kinds, matched = 0.0, 0, set(), 0.0
    missing: list[str] = []
    places: list[int] = []
    for word in sorted(original, key=len, reverse=True):
        best: tuple[float, MatchKind, str] | None = None
        for other in left:
            found = word_match(other, word)
            if found is not None and (best is None or found[0] < best[0]):
                best = (*found, other)
        if best is None:
            missing.append(word)
            continue
        left.remove(best[2])
        places.append(seen.index(best[2]) - original.index(word))
        cost += best[0]
        changes += best[1] is not MatchKind.EXACT
        kinds.add(best[1])
        matched += shares.word_bits(word) - best[0]
    if not kinds or matched <= _WORST_WORD:
        return None
    return _settled(left, missing, places=places, cost=cost, changes=changes, kinds=kinds)


def _settled(  # noqa: PLR0913  the state of one pairing
    left: list[str], missing: list[str], *, places: list[int], cost: float, changes: int, kinds: set[MatchKind]
) -> Match | None:
    """Adds what the words left over on both sides cost."""
    if left and missing:
        return None  # a word was replaced by a stranger: another person
    if any(places) and len(set(places)) > 1 and not left and not missing:
        cost, changes = cost + _REORDERED, changes + 1
        kinds.add(MatchKind.REORDERED)
    if left and not missing and len(set(places)) == 1 and places[0] in {0, len(left)} and not any(map(shares.is_known_word, left)):
        cost += _COMPANY  # the whole name, in one piece, beside words that no name has
        kinds.add(MatchKind.DECORATED)
    elif left:
        cost += min(_EXTRA_WORD + 1.0 * (len(left) - 1), _EXTRA_WORDS) if any(len(word) > 1 for word in left) else 2.0
        kinds.add(MatchKind.DECORATED)
    for word in missing:
        cost += _MISSING_WORD + shares.word_bits(word)
        kinds.add(MatchKind.PART)
    changes += len(left) + len(missing)
    return Match(kind=next(kind for kind in _WEIGHTIEST if kind in kinds), cost=cost, changes=changes)


@lru_cache(maxsize=2048)
def word_match(seen: str, original: str) -> tuple[float, MatchKind] | None:
    """What one word costs in place of another, and as what."""
    if seen == original:
        return 0.0, MatchKind.EXACT
    if deep_look(seen) == deep_look(original):
        return _ALIKE, MatchKind.LOOK
    worth = shares.word_bits(original)
    if len(seen) == 1 or len(original) == 1:
        return (_INITIAL + worth - 4.0, MatchKind.NICKNAME) if seen[0] == original[0] else None
    options: list[tuple[float, MatchKind]] = []
    edited = edit_cost(seen, original)
    if edited is not None:
        options.append((edited, MatchKind.EDIT))
    if seen in tables.nicknames().get(original, ()):
        options.append((_NICKNAME + max(0.0, worth - shares.word_bits(seen)) + 1.0, MatchKind.NICKNAME))
    sounded = sound_cost(seen, original)
    if sounded is not None:
        options.append((sounded, MatchKind.SOUND))
    return min(options, default=None)


def edit_cost(seen: str, original: str) -> float | None:
    """Bits that one edit costs; None when there is more than one."""
    one, other = as_jamo(seen), as_jamo(original)
    shortest = min(len(one), len(other))
    if shortest < _EDITED_LETTERS - 1 or abs(len(one) - len(other)) > 1 or OSA.distance(one, other, score_cutoff=1) > 1:
        return None
    lost = _choices(one, other)
    if shares.is_known_word(seen):
        # An honest bearer of this very name is the other story.
        lost = max(lost, _SUBSTITUTED + math.log2(_LETTERS * len(other)) + shares.word_bits(original) - shares.word_bits(seen))
    return lost + (2.0 if shortest < _EDITED_LETTERS else 0.0)


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


def sound_cost(seen: str, original: str) -> float | None:
    """Bits that a respelling costs; None when the words sound different."""
    one, other = romanised_word(seen), romanised_word(original)
    if not one or not other or skeleton(one) != skeleton(other):
        return None
    distance = OSA.distance(one, other)
    longest = max(len(one), len(other))
    if distance > 1 + longest // 3 or (one[0] != other[0] and skeleton(one[0]) != skeleton(other[0])):
        return None
    lost = _RESPELLED + 1.2 * distance
    if shares.is_known_word(seen):
        lost = max(lost, _RESPELLED + 3.0 + shares.word_bits(original) - shares.word_bits(seen))
    return lost
