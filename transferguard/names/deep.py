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


def deep_look(look: str) -> str:
    """The look with alike letters joined."""
    return taken_apart(joined_letters(look))


def joined_letters(look: str) -> str:
    """The first half of it, letter by letter."""
    if look.isascii() and look.isalpha():
        return look.replace("i", "l").replace("q", "g").replace("u", "n")
    return look.translate(_JOINED)


def taken_apart(joined: str) -> str:
    """The second half: two letters that look like one, and a letter that looks like two, so that one edit elsewhere stays one edit."""
    return joined.replace("rn", "nn").replace("m", "nn").replace("w", "vv").replace("d", "cl")


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
    if name.isascii():
        plain = name.lower().replace(" ", "")
        if plain.isalnum():
            return plain.translate(_DRAWN_AS)
    else:
        plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in plain if char.isalnum() or char in "@|").translate(_DRAWN_AS)
