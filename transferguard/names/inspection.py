# SPDX-License-Identifier: Apache-2.0
"""Does a name carry marks of tampering, whomever it may copy?

Invisible and bidirectional characters, lone surrogates, control characters, letters of several scripts in one word, a
name that is empty once cleaned or far too long. Whether the name copies somebody is the question of `compare`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transferguard.names import tables
from transferguard.names.bounds import readable
from transferguard.names.characters import inkless_kind
from transferguard.names.tricks import Trick, TrickKind
from transferguard.names.views import fold_words

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names on the big networks end at 64 characters or below.
_LONGEST_CHARS = 128
_TOLD_TRICKS = 32
# Characters that are looked at one by one.
_LOOKED_AT_CHARS = 320
_BITS = {
    TrickKind.INVISIBLE: 6.0,
    TrickKind.BIDI: 7.0,
    TrickKind.VARIATION: 1.0,
    TrickKind.LONE_SURROGATE: 8.0,
    TrickKind.CONTROL: 6.0,
    TrickKind.TOO_LONG: 4.0,
    TrickKind.EMPTY: 4.0,
    TrickKind.MIXED_SCRIPT: 6.0,
}
_MALFORMED = frozenset(
    {TrickKind.LONE_SURROGATE, TrickKind.CONTROL, TrickKind.TOO_LONG, TrickKind.EMPTY, TrickKind.BIDI, TrickKind.INVISIBLE}
)
# Signs end a word here; digits, which stand for letters too, and marks that stand on a letter do not.
_NO_LETTER = re.compile(r"[\s_!-/:-@\[-`{-~·•–—|]+")
_LETTER_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LISU")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameInspection:
    """What a name shows by itself.

    Args:
        cleaned: The name as it may be shown: without what leaves no ink, bounded.
        malformed: No honest input method makes such a name.
        tricks: The tampering found, in order; at most 32.
        weight: Bits of evidence by itself, at least 0.
    """

    cleaned: str
    malformed: bool
    tricks: tuple[Trick, ...]
    weight: float


def inspect_name(name: str) -> NameInspection:
    """Does this name carry marks of tampering?

    Args:
        name: A display name; any string.
    """
    cleaned = _cleaned(name)
    tricks = []
    for trick in _tricks(name, cleaned):
        tricks.append(trick)
        if len(tricks) >= _TOLD_TRICKS:
            break
    kinds = {trick.kind for trick in tricks}
    return NameInspection(
        cleaned=cleaned,
        malformed=bool(kinds & _MALFORMED),
        tricks=tuple(tricks),
        weight=max((_BITS.get(kind, 0.0) for kind in kinds), default=0.0),
    )


def _cleaned(name: str) -> str:
    kept = (" " if char in "\t\n\r" else char for char in readable(name) if char in "\t\n\r" or not _inkless(char))
    return " ".join("".join(kept).split())[:_LONGEST_CHARS]


def _inkless(char: str) -> bool:
    return ord(char) in tables.ignorable() or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}


def _tricks(name: str, cleaned: str) -> Iterator[Trick]:
    if len(name) > _LONGEST_CHARS:
        yield Trick(kind=TrickKind.TOO_LONG, at=_LONGEST_CHARS, seen="", original="")
    if name and not fold_words(name):
        yield Trick(kind=TrickKind.EMPTY, at=0, seen="", original="")
    yield from _inkless_tricks(name)
    yield from _mixed_scripts(cleaned, name)


def _inkless_tricks(name: str) -> Iterator[Trick]:
    for at in range(min(len(name), _LOOKED_AT_CHARS)):
        kind = inkless_kind(name, at)
        if kind is not None:
            yield Trick(kind=kind, at=at, seen=name[at], original="")


def _mixed_scripts(cleaned: str, name: str) -> Iterator[Trick]:
    """Letters of two scripts that follow each other; joined by a sign (DJ-Вова) they are two honest words."""
    for word in _NO_LETTER.split(cleaned):
        first = ""
        for char in word:
            script = unicodedata.name(char, "").split(" ")[0] if not char.isascii() else "LATIN" if char.isalpha() else ""
            if script not in _LETTER_SCRIPTS:
                continue
            if first and script != first:
                yield Trick(kind=TrickKind.MIXED_SCRIPT, at=name.find(char), seen=char, original="")
                break
            first = first or script
