# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the numbers are the code points that bound a Unicode block
"""What one character is to another, by Unicode properties.

Inkless characters, and the ways in which two characters that fold alike differ. Positions and names are the question of
`explain` and `inspection`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from transferguard.names import tables
from transferguard.names.tricks import TrickKind

_SPACES = "\t\n\v\f\r\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"
_BRAILLE_BLANK = "\u2800"
# Scripts whose orthography joins and unjoins letters with ZWJ and ZWNJ.
_JOINING_SCRIPTS = (
    "ARABIC",
    "DEVANAGARI",
    "BENGALI",
    "GUJARATI",
    "GURMUKHI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
    "KANNADA",
    "MALAYALAM",
    "SINHALA",
    "KHMER",
    "MYANMAR",
)
_BIDI_CLASSES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_BIDI_MARKS = "\u200e\u200f\u061c"


def inkless_kind(name: str, at: int) -> TrickKind | None:
    """Which inkless character stands at this place of a name; None when it has ink, or an honest reason to be there."""
    char = name[at]
    if "\u0020" <= char <= "\u007e":
        return None
    kind = _inkless_kind(char)
    if kind in {TrickKind.VARIATION, TrickKind.INVISIBLE} and _belongs(name, at):
        return None
    return kind


@lru_cache(maxsize=4096)
def _inkless_kind(char: str) -> TrickKind | None:  # noqa: PLR0911  one class of characters a line
    code, category = ord(char), unicodedata.category(char)
    if char in _SPACES:
        return None
    if category == "Cs":
        return TrickKind.LONE_SURROGATE
    if category == "Cc":
        return TrickKind.CONTROL
    if category == "Co":
        return TrickKind.PRIVATE_USE
    if unicodedata.bidirectional(char) in _BIDI_CLASSES or char in _BIDI_MARKS:
        return TrickKind.BIDI
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F:
        return TrickKind.VARIATION
    if code in tables.ignorable() or category in {"Cf", "Cn"} or char == _BRAILLE_BLANK:
        return TrickKind.INVISIBLE
    return None


def _belongs(name: str, at: int) -> bool:
    """Emoji are written with joiners, variation selectors and tags; some scripts with joiners."""
    before = name[at - 1] if at else ""
    if not before:
        return False
    if name[at] in _JOINERS:
        after = name[at + 1] if at + 1 < len(name) else ""
        if after and _is_pictograph(after) and (_is_pictograph(before) or before == "\ufe0f" or "\U0001f3fb" <= before <= "\U0001f3ff"):
            return True
        return (
            bool(after)
            and unicodedata.name(before, "").startswith(_JOINING_SCRIPTS)
            and unicodedata.name(after, "").startswith(_JOINING_SCRIPTS)
        )
    if 0xE0020 <= ord(name[at]) <= 0xE007F:
        return before == "\U0001f3f4" or 0xE0020 <= ord(before) <= 0xE007F
    return _is_pictograph(before) or (before in "0123456789#*" and name[at] == "\ufe0f")


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) == "So" or "\U0001f3fb" <= char <= "\U0001f3ff"


def is_han(char: str) -> bool:
    """Is this a Han character?"""
    return char == "\u3007" or unicodedata.name(char[:1] or " ", "").startswith("CJK UNIFIED")


# Arabic letters of which the shape is fixed, whatever stands beside them: typesetting has them, keyboards do not.
_SHAPED = ("<initial>", "<medial>", "<final>", "<isolated>")


@lru_cache(maxsize=16384)
def kind_of_pair(seen: str, original: str) -> TrickKind:
    """How two characters differ that fold alike."""
    name, other = unicodedata.name(seen, ""), unicodedata.name(original, "")
    if seen.casefold() == original.casefold():
        return TrickKind.CASE
    for kind, applies in (
        (TrickKind.REGIONAL, "REGIONAL INDICATOR" in name),
        (TrickKind.ENCLOSED, any(word in name for word in ("CIRCLED", "SQUARED", "PARENTHESIZED", "ENCLOSED"))),
        (TrickKind.STYLED, unicodedata.decomposition(seen).startswith(("<font>", "<super>", "<sub>"))),
        (
            TrickKind.WIDTH,
            unicodedata.decomposition(seen).startswith(("<wide>", "<narrow>")) or name.startswith(("FULLWIDTH", "HALFWIDTH")),
        ),
        (TrickKind.SMALL_CAPITAL, "SMALL CAPITAL" in name or "MODIFIER LETTER" in name),
        (TrickKind.UPSIDE_DOWN, any(word in name for word in ("TURNED", "REVERSED", "INVERTED", "ROTATED"))),
        (
            TrickKind.COMPATIBILITY,
            name.startswith(("CJK COMPATIBILITY", "KANGXI RADICAL", "CJK RADICAL")) or unicodedata.decomposition(seen).startswith(_SHAPED),
        ),
        (TrickKind.TRADITIONAL, is_han(seen) and (is_han(original) or other.startswith(("CJK", "KANGXI")))),
        (TrickKind.KANA_FOR_HAN, not is_han(seen) and is_han(original)),
        (TrickKind.DIACRITIC, _base(seen) == _base(original)),
    ):
        if applies:
            return kind
    if name.split(" ")[:1] == other.split(" ")[:1]:
        return TrickKind.DIACRITIC if name.startswith("LATIN") else TrickKind.CONFUSABLE
    return TrickKind.CONFUSABLE


def _base(char: str) -> str:
    return unicodedata.normalize("NFKD", char)[:1].casefold()


@lru_cache(maxsize=4096)
def kind_of_company(char: str) -> TrickKind:
    """What a sign, space or mark is that stands beside the letters of a name."""
    category = unicodedata.category(char)
    if category[0] == "M":
        name = unicodedata.name(char, "")
        return TrickKind.OVERLAY if category == "Me" or "OVERLAY" in name or "SOLIDUS" in name else TrickKind.DIACRITIC
    if category[0] == "Z" or char in _SPACES:
        return TrickKind.SPACING
    if category == "So":
        return TrickKind.EMOJI
    return TrickKind.DIGITS if category[0] == "N" else TrickKind.PUNCTUATION


# What no keyboard layout of an honest person produces inside a name.
_DISGUISES = frozenset(
    {
        TrickKind.STYLED,
        TrickKind.ENCLOSED,
        TrickKind.REGIONAL,
        TrickKind.SMALL_CAPITAL,
        TrickKind.UPSIDE_DOWN,
        TrickKind.CONFUSABLE,
        TrickKind.COMPATIBILITY,
        TrickKind.KANA_FOR_HAN,
        TrickKind.OVERLAY,
        TrickKind.WIDTH,
    }
)


@lru_cache(maxsize=8192)
def is_disguise(char: str, folded: str) -> bool:
    """Is this character one that is put in the place of the folded one to deceive?"""
    if char.isascii() or not char:
        return False
    if unicodedata.category(char)[0] == "M":
        return kind_of_company(char) is TrickKind.OVERLAY
    if not folded.strip() or char.casefold() == folded or char == folded:
        return False
    return kind_of_pair(char, folded[0]) in _DISGUISES
