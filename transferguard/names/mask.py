# SPDX-License-Identifier: Apache-2.0
"""How a verified name is written when it may be shown in part only.

Rule owned here (design, section 5): Han, Kana and Hangul show one glyph and the last grapheme whatever the length; other
scripts show the first grapheme of the first and of the last word, each with a glyph run of fixed length. Nothing else of
the name leaves this file, not even its length. The glyph is `*`: a letter or digit could spell new words.
"""

from __future__ import annotations

import unicodedata

from transferguard.calling import demand
from transferguard.names.bounds import with_ink
from transferguard.names.graphemes import graphemes

GLYPH = "*"
_RUN = GLYPH * 3
# Head and tail of an overlong name that are looked at; no name that a person has is longer.
_LOOKED_AT_CHARS, _READ_CHARS = 160, 6_000
_ZWJ = "\u200d"
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KANGXI", "IDEOGRAPHIC", "HALFWIDTH KATAKANA", "HALFWIDTH HANGUL")


def mask_name(name: str) -> str:
    """What may be shown of a verified name before it is disclosed.

    Args:
        name: The verified name; any string, hostile ones included.

    Returns:
        `*明` for 王小明 and 欧阳明, `*` for a name of one character, `J*** E***` for two words or more, `M***` for one.
        `*` when nothing visible is left.
    """
    if len(demand(name, str, "name")) > 2 * _LOOKED_AT_CHARS:
        name = with_ink(name[:_READ_CHARS])[:_LOOKED_AT_CHARS] + with_ink(name[-_READ_CHARS:])[-_LOOKED_AT_CHARS:]
    words = [clusters for word in name.split() if (clusters := _visible(word))]
    if not words:
        return GLYPH
    if sum(map(len, words)) == 1:
        return GLYPH
    if any(_is_east_asian(cluster) for word in words for cluster in word):
        return GLYPH + words[-1][-1]
    shown = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    return " ".join(word[0] + _RUN for word in shown)


def _visible(word: str) -> list[str]:
    """The clusters of a word that are not punctuation; all of them when it has no letter or digit."""
    kept = "".join(char for char in word if char == _ZWJ or unicodedata.category(char)[0] != "C")
    clusters = [trimmed for cluster in graphemes(kept) if (trimmed := cluster.strip(_ZWJ)) and unicodedata.category(trimmed[0])[0] in "LNS"]
    letters = [cluster for cluster in clusters if unicodedata.category(cluster[0])[0] in "LN"]
    return letters or [cluster for cluster in clusters if unicodedata.category(cluster[0]) == "So"]


def _is_east_asian(cluster: str) -> bool:
    return unicodedata.name(cluster[0], "").startswith(_EAST_ASIAN)
