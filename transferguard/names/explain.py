# SPDX-License-Identifier: Apache-2.0
"""What was done to the original to make the seen name, character by character?

Both names are read as atoms: folded characters that know where they stood. The atoms are aligned; each difference, and
each pair that is equal only once folded, is one trick with its place in the seen name. Nothing is weighed here.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from transferguard.names import shapes, sound, tables
from transferguard.names.characters import inkless_kind, is_han, kind_of_company, kind_of_pair
from transferguard.names.deep import deep_look
from transferguard.names.fold import fold_table
from transferguard.names.han import ORDINALS
from transferguard.names.matching import Match, MatchKind
from transferguard.names.ornaments import is_drawn
from transferguard.names.tricks import Trick, TrickKind
from transferguard.names.views import beside_words, kana_read_as_han, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Code points of either name that are explained; longer ones are told by their beginning.
_EXPLAINED_CHARS = 96
_MOST_TRICKS = 24
# Grades of the shape table.
_HARDLY_TOLD_APART, _PLAINLY_ALIKE = 7, 3
_WHOLE_NAME = {
    MatchKind.REORDERED: TrickKind.REORDERED,
    MatchKind.NICKNAME: TrickKind.NICKNAME,
    MatchKind.PART: TrickKind.GIVEN_NAME_ONLY,
}


class _Atom(NamedTuple):
    """One folded character and where it stood."""

    fold: str
    raw: str
    at: int


def explain(seen: str, original: str, found: Match | None = None) -> tuple[Trick, ...]:
    """The tricks between a seen name and the original, in the order of the seen one.

    Args:
        seen: The seen name.
        original: The original.
        found: How they match; nothing is told of names that do not.
    """
    if seen == original or found is None:
        return ()
    seen, original = seen[: 8 * _EXPLAINED_CHARS], original[: 8 * _EXPLAINED_CHARS]
    tricks = list(_inkless(seen, original))
    if found.kind is MatchKind.ROMANISED:
        tricks.append(_whole(TrickKind.ROMANISED, seen, original))
    elif found.kind in _WHOLE_NAME:
        tricks.append(_whole(_WHOLE_NAME[found.kind], seen, original))
        tricks.extend(_disguised_letters(seen, original))
    else:
        tricks.extend(_aligned(_atoms(seen), _atoms(original), found.kind))
    return tuple(sorted(dict.fromkeys(tricks), key=lambda trick: (trick.at, trick.kind))[:_MOST_TRICKS])


def _whole(kind: TrickKind, seen: str, original: str) -> Trick:
    """A trick that is done to the whole name."""
    return Trick(kind=kind, at=0, seen=view_of(seen).core, original=view_of(original).core)


def _inkless(seen: str, original: str) -> Iterator[Trick]:
    """What leaves no ink in the seen name, and did not stand in the original."""
    for at, char in enumerate(seen[: 8 * _EXPLAINED_CHARS]):
        kind = inkless_kind(seen, at)
        if kind is not None and char not in original:
            yield Trick(kind=kind, at=at, seen=char, original="")


def _atoms(name: str) -> list[_Atom]:
    """The folded characters of a name; spaces, signs and emoji are atoms that fold to nothing."""
    table = fold_table()
    kana = kana_read_as_han() if any(map(is_han, name[:_EXPLAINED_CHARS])) else {}
    found: list[_Atom] = []
    for at, char in enumerate(name[: 8 * _EXPLAINED_CHARS]):
        if inkless_kind(name, at) is not None:
            continue
        folded = kana.get(ord(char)) or table[ord(char)]
        found.extend(_Atom(one, char, at) for one in folded) if folded.strip() else found.append(_Atom(folded.strip(), char, at))
        if len(found) >= _EXPLAINED_CHARS:
            break
    return found


def _aligned(seen: list[_Atom], original: list[_Atom], kind: MatchKind) -> Iterator[Trick]:
    """Tricks of the pairs, the added and the missing characters."""
    ours, theirs = [atom for atom in seen if atom.fold], [atom for atom in original if atom.fold]
    ours, put_together = _put_together(ours, theirs)
    yield from put_together
    pairs = _pairs(ours, theirs)
    for one, other in pairs:
        if one is not None and other is not None and one.raw != other.raw:
            yield _pair_trick(one, other, kind)
    yield from _merged(list(_added_and_missing(pairs, ours)))
    yield from _company(seen, original)


def _put_together(ours: list[_Atom], theirs: list[_Atom]) -> tuple[list[_Atom], list[Trick]]:
    """Parts side by side as the character of the original that they make."""
    wanted, tricks, at = {atom.fold for atom in theirs}, [], 0
    if len(ours) <= len(theirs):
        return ours, []
    found: list[_Atom] = []
    while at < len(ours):
        for size in (3, 2):
            parts = "".join(atom.fold for atom in ours[at : at + size]).translate(tables.PART_FORMS)
            char = next((one for one in tables.splits().get(parts, "") if one in wanted), "") if at + size <= len(ours) else ""
            if char:
                text = "".join(atom.raw for atom in ours[at : at + size])
                tricks.append(Trick(kind=TrickKind.SPLIT, at=ours[at].at, seen=text, original=char))
                found.append(_Atom(char, char, ours[at].at))
                at += size
                break
        else:
            found.append(ours[at])
            at += 1
    return found, tricks


def _merged(tricks: list[Trick]) -> list[Trick]:
    """One character that is missing here and added beside it has changed places with its neighbour."""
    missing = [trick for trick in tricks if trick.kind is TrickKind.DROPPED]
    added = [trick for trick in tricks if trick.kind in {TrickKind.INSERTED, TrickKind.DOUBLED}]
    if len(missing) != 1 or len(added) != 1 or missing[0].original.casefold() != added[0].seen.casefold():
        return tricks
    first = min(missing[0].at, added[0].at)
    moved = Trick(kind=TrickKind.TRANSPOSED, at=first, seen=added[0].seen, original=missing[0].original)
    return [moved, *(trick for trick in tricks if trick not in {missing[0], added[0]})]


def _pairs(ours: list[_Atom], theirs: list[_Atom]) -> list[tuple[_Atom | None, _Atom | None]]:
    operations = Levenshtein.opcodes([atom.fold for atom in ours], [atom.fold for atom in theirs])
    pairs: list[tuple[_Atom | None, _Atom | None]] = []
    for operation in operations:
        one, other = ours[operation.src_start : operation.src_end], theirs[operation.dest_start : operation.dest_end]
        pairs.extend(zip_longest(one, other))
    return pairs


def _pair_trick(one: _Atom, other: _Atom, kind: MatchKind) -> Trick:
    """What one character is to the other in whose place it stands."""
    return Trick(kind=_kind_between(one, other, kind), at=one.at, seen=one.raw, original=other.raw)


def _kind_between(one: _Atom, other: _Atom, kind: MatchKind) -> TrickKind:
    if one.fold == other.fold:
        return kind_of_pair(one.raw, other.raw)
    if is_han(one.fold) and is_han(other.fold):
        if not is_han(one.raw) and is_han(other.raw):
            return TrickKind.KANA_FOR_HAN
        return _kind_of_han(one.fold, other.fold)
    if deep_look(one.fold) == deep_look(other.fold):
        return TrickKind.LEET if one.fold.isdigit() and other.fold not in {"l", "i", "o"} else TrickKind.ASCII_LOOKALIKE
    return TrickKind.RESPELLED if kind is MatchKind.SOUND else TrickKind.SUBSTITUTED


def _kind_of_han(one: str, other: str) -> TrickKind:
    if shapes.is_numeral_of(one, other):
        return TrickKind.NUMERAL
    alike, sounds = shapes.grade(one, other), bool(sound.plain_syllables(one) & sound.plain_syllables(other))
    # Both may be true; a shape that the eye hardly tells apart is the better story.
    if sounds and alike < _HARDLY_TOLD_APART:
        return TrickKind.HOMOPHONE
    if alike >= _PLAINLY_ALIKE:
        return TrickKind.HAN_SIBLING
    if sound.near_syllables(one) & sound.near_syllables(other):
        return TrickKind.NEAR_HOMOPHONE
    return TrickKind.HAN_SIBLING if alike else TrickKind.SUBSTITUTED


def _added_and_missing(pairs: list[tuple[_Atom | None, _Atom | None]], ours: list[_Atom]) -> Iterator[Trick]:
    last = 0
    added: list[_Atom] = []
    for one, other in [*pairs, (None, None)]:
        if one is not None and other is None and (not added or added[-1].at + 1 >= one.at):
            added.append(one)
            continue
        if added:
            yield _added_trick(added, ours)
            added = [one] if one is not None and other is None else []
        if one is not None:
            last = one.at + 1
        if one is None and other is not None:
            yield Trick(kind=TrickKind.DROPPED, at=last, seen="", original=other.raw)


def _added_trick(added: list[_Atom], ours: list[_Atom]) -> Trick:
    text, folded = "".join(atom.raw for atom in added), "".join(atom.fold for atom in added)
    place = ours.index(added[0])
    neighbours = {ours[at].fold for at in (place - 1, place + len(added)) if 0 <= at < len(ours)}
    if len(added) == 1 and folded in neighbours:
        kind = TrickKind.DOUBLED
    elif folded in beside_words():
        kind = TrickKind.TITLE
    elif is_drawn(text):
        kind = TrickKind.PUNCTUATION
    else:
        kind = TrickKind.DIGITS if folded.isdigit() or folded in ORDINALS else TrickKind.INSERTED
    return Trick(kind=kind, at=added[0].at, seen=text, original="")


def _company(seen: list[_Atom], original: list[_Atom]) -> Iterator[Trick]:
    """Signs, emoji and spaces that the original does not have."""
    known = {atom.raw for atom in original}
    for atom in seen:
        if not atom.fold and atom.raw not in known:
            yield Trick(kind=kind_of_company(atom.raw), at=atom.at, seen=atom.raw, original="")


def _disguised_letters(seen: str, original: str) -> Iterator[Trick]:
    """Disguised characters of a name whose whole was changed: what is not ASCII where the fold is."""
    for atom in _atoms(seen):
        if atom.fold and atom.raw not in original and atom.raw.casefold() != atom.fold and not is_han(atom.raw):
            yield Trick(kind=kind_of_pair(atom.raw, atom.fold), at=atom.at, seen=atom.raw, original=atom.fold)
