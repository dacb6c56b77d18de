# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the numbers are the code points that bound a Unicode block
"""What a reader sees as one character.

A reduced UAX #29: marks, emoji sequences, flags, Hangul jamo and Indic conjuncts stay with their base. It is used where
a name is shown in part, so it must never split a cluster; joining too much is the safe side, within a bound.
"""

from __future__ import annotations

import unicodedata

_ZWJ = "\u200d"
_VIRAMA_CLASS = 9
# No writing system stacks more; beyond it marks are decoration, and a cluster would carry a hidden message.
_MAX_CODE_POINTS = 10
_JAMO_BLOCKS = ((0x1100, 0x11FF), (0xA960, 0xA97F), (0xD7B0, 0xD7FF))


def graphemes(text: str) -> list[str]:
    """The user-perceived characters of a text; marks beyond ten code points are left out."""
    clusters: list[str] = []
    for char in text:
        if clusters and _continues(clusters[-1], char):
            if len(clusters[-1]) < _MAX_CODE_POINTS:
                clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _continues(cluster: str, char: str) -> bool:
    """Does this character belong to the cluster before it?"""
    last = cluster[-1]
    if char == _ZWJ or unicodedata.category(char)[0] == "M" or _is_skin_tone(char) or 0xE0020 <= ord(char) <= 0xE007F:
        return True
    if last == _ZWJ:
        return _is_pictograph(char) and _is_pictograph(cluster[0])
    if _is_flag_letter(char):
        return _is_flag_letter(last) and len(cluster) == 1
    if unicodedata.combining(last) == _VIRAMA_CLASS:
        return unicodedata.category(char) == "Lo"
    return _is_jamo(last) and _is_jamo(char) and ord(char) >= 0x1160


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _is_skin_tone(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _JAMO_BLOCKS)
