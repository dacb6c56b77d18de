# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Which folded letters are still taken for one another?

The fold joins characters of different scripts. Here ASCII letters join that are alike in many typefaces (rn and m, l and
I and 1, 0 and O) or stand for one another in playful writing (4 for a). Both sides are joined alike, so honest names stay
themselves; what the joining costs is weighed by `match_letters`.
"""

from __future__ import annotations

import unicodedata

_JOINED = str.maketrans("i1|!0q5$4@378926uлз", "llllogssaaetbgzgnne")
# A letter that looks like two is read as the two, so that one edit elsewhere stays one edit.
_TAKEN_APART = str.maketrans({"m": "nn", "w": "vv", "d": "cl"})


def deep_look(look: str) -> str:
    """The look with alike letters joined."""
    return look.translate(_JOINED).replace("rn", "nn").translate(_TAKEN_APART)


# Cyrillic letters and what is typed for them on a Latin keyboard, one class a row: N, u and n for И, r and T for Г, 6 for Ь.
_DRAWN = {
    "n": "ийпцлnuljі1|", "r": "гятrt7", "b": "ьъбвb68", "d": "дdg", "e": "еэзe3єʒ", "o": "оøфo0", "w": "шщw", "y": "учy4", "a": "аa@", "k": "кk", "x": "хжx", "h": "нh",
    "p": "рp", "c": "сc", "m": "мm",
}  # fmt: skip
_DRAWN_AS = str.maketrans({char: kind for kind, chars in _DRAWN.items() for char in chars} | {"ы": "bn", "ю": "no"})


def drawn_as_cyrillic(name: str) -> str:
    """The letters of a name by how Cyrillic is drawn with whatever is at hand: N and u are И, r and T are Г, 6 is Ь.

    Both a Cyrillic name and its imitation come out alike; the words are run together.
    """
    plain = name.casefold() if name.isascii() else unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in plain if char.isalnum() or char in "@|").translate(_DRAWN_AS)
