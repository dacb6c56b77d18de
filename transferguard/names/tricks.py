# SPDX-License-Identifier: Apache-2.0
"""What was done to a name, and where.

A trick is one visible or invisible change that turns the original name into the seen one. This file only has the words;
`inspection` and `explain` find them. `honest` belongs to the kind: case, traditional characters or a word order are things
that real people have, zero-width characters are not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class TrickKind(StrEnum):
    """The ways in which a name is disguised."""

    INVISIBLE = "invisible"
    BIDI = "bidi"
    VARIATION = "variation"
    LONE_SURROGATE = "lone_surrogate"
    CONTROL = "control"
    PRIVATE_USE = "private_use"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    SPACING = "spacing"
    WIDTH = "width"
    STYLED = "styled"
    ENCLOSED = "enclosed"
    REGIONAL = "regional"
    OVERLAY = "overlay"
    DIACRITIC = "diacritic"
    CASE = "case"
    CONFUSABLE = "confusable"
    MIXED_SCRIPT = "mixed_script"
    SMALL_CAPITAL = "small_capital"
    UPSIDE_DOWN = "upside_down"
    ASCII_LOOKALIKE = "ascii_lookalike"
    LEET = "leet"
    COMPATIBILITY = "compatibility"
    KANA_FOR_HAN = "kana_for_han"
    TRADITIONAL = "traditional"
    NUMERAL = "numeral"
    HAN_SIBLING = "han_sibling"
    SPLIT = "split"
    HOMOPHONE = "homophone"
    NEAR_HOMOPHONE = "near_homophone"
    ROMANISED = "romanised"
    TRANSLITERATED = "transliterated"
    RESPELLED = "respelled"
    DOUBLED = "doubled"
    DROPPED = "dropped"
    INSERTED = "inserted"
    SUBSTITUTED = "substituted"
    TRANSPOSED = "transposed"
    REORDERED = "reordered"
    INITIALS = "initials"
    EMOJI = "emoji"
    PUNCTUATION = "punctuation"
    DIGITS = "digits"
    TITLE = "title"
    NICKNAME = "nickname"
    GIVEN_NAME_ONLY = "given_name_only"

    @property
    def words(self) -> str:
        """The kind in plain words: `Han sibling`."""
        text = self.value.replace("_", " ")
        return text[0].upper() + text[1:] if not text.startswith("ascii") else "ASCII lookalike"


# An honest person may well have a name that differs from a friend's by one of these.
HONEST_KINDS = frozenset(
    {
        TrickKind.SPACING,
        TrickKind.WIDTH,
        TrickKind.DIACRITIC,
        TrickKind.CASE,
        TrickKind.TRADITIONAL,
        TrickKind.HAN_SIBLING,
        TrickKind.HOMOPHONE,
        TrickKind.NEAR_HOMOPHONE,
        TrickKind.ROMANISED,
        TrickKind.TRANSLITERATED,
        TrickKind.RESPELLED,
        TrickKind.DOUBLED,
        TrickKind.DROPPED,
        TrickKind.INSERTED,
        TrickKind.SUBSTITUTED,
        TrickKind.TRANSPOSED,
        TrickKind.REORDERED,
        TrickKind.INITIALS,
        TrickKind.EMOJI,
        TrickKind.PUNCTUATION,
        TrickKind.DIGITS,
        TrickKind.TITLE,
        TrickKind.NICKNAME,
        TrickKind.GIVEN_NAME_ONLY,
    }
)

# Characters of ours that a text may quote; longer passages are cut, so that a text stays one line.
_QUOTED_CHARS, _QUOTED_WHOLE = 12, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Trick:
    """One change between the original name and the seen one.

    Args:
        kind: What was done.
        at: Code point index in the seen name where it begins.
        seen: What stands there; empty when something was taken away.
        original: What stood there; empty when something was added.
    """

    kind: TrickKind
    at: int
    seen: str
    original: str

    @property
    def honest(self) -> bool:
        """Could an honest person have such a name?"""
        return self.kind in HONEST_KINDS

    @property
    def text(self) -> str:
        """One stable line: `Han sibling: 季 (U+5B63) for 李 (U+674E) at 1`."""
        if self.seen and self.original:
            return f"{self.kind.words}: {_quote(self.seen)} for {_quote(self.original)} at {self.at}"
        if self.seen:
            return f"{self.kind.words}: {_quote(self.seen)} at {self.at}"
        if self.original:
            return f"{self.kind.words}: nothing for {_quote(self.original)} at {self.at}"
        return f"{self.kind.words} at {self.at}"


def _quote(text: str) -> str:
    """Characters as they look, with their code points; invisible ones by code point alone."""
    cut = text[:_QUOTED_CHARS]
    codes = " ".join(f"U+{ord(char):04X}" for char in cut)
    if len(text) > len(cut):
        codes += " …"
    if all(unicodedata.category(char)[0] in "LNPS" or char == " " for char in cut) and text != " ":
        return f"{cut} ({codes})" if len(cut) <= 1 else text[:_QUOTED_WHOLE]
    return f"({codes})"
