# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""In which order, and which way up, are the characters of a name seen?

An override turns the order round on the screen, and turned letters are read by turning one's head: in both cases the text
in memory is not the name that the eye sees. Both steps give back what is seen; names without such tricks stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from transferguard.names import tables

_OVERRIDDEN = re.compile("\u202e([^\u202c\u202e]*)\u202c?")
_LEFT_TO_RIGHT = re.compile("\u202d([^\u202c\u202d\u202e]*)\u202c?")
_SIGN_BESIDE_HAN = re.compile(
    "[\u3041-\u30fe\u3105-\u312f\u3131-\u3163](?=.*[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[\u3041-\u30fe\u3105-\u312f\u3131-\u3163]"
)
_UPSIDE = dict(zip("pdunbqmwsoxzlea69&.'_", "dpnuqbwmsoxzlae96&.'_", strict=True))
_TURNED = re.compile("LATIN (?:SMALL LETTER|CAPITAL LETTER|LETTER SMALL CAPITAL) (?:TURNED|REVERSED OPEN|OPEN|REVERSED) ([A-Z])$")
_TURNED_OTHERWISE = {"ᴉ": "i", "ı": "i", "ɾ": "j", "ɟ": "f", "ƃ": "g", "ɓ": "g", "ן": "l", "ʃ": "l", "ɔ": "c", "ǝ": "e", "ʌ": "v", "ɥ": "h", "ʞ": "k", "∀": "a", "ᗺ": "b", "Ɔ": "c", "ᗡ": "d", "Ǝ": "e", "Ⅎ": "f", "⅁": "g", "˥": "l", "Ԁ": "p", "Ό": "q", "ᴚ": "r", "⊥": "t", "∩": "u", "Λ": "v", "⅄": "y"}  # fmt: skip
# Turned letters from which a name is read upside down; one alone is an ordinary phonetic sign.
_FEWEST_TURNED = 2


def visual_order(text: str) -> str:
    """The text as it is seen when right-to-left overrides are obeyed."""
    if "\u202d" in text:
        text = _LEFT_TO_RIGHT.sub(_read_backwards, text)
    if "\u202e" not in text:
        return text
    return _OVERRIDDEN.sub(lambda found: _backwards(found.group(1)), text)


def _backwards(text: str) -> str:
    """The characters in the other order; marks stay with their letters (bidirectional algorithm, rule L3)."""
    return text[::-1] if text.isascii() else "".join(reversed(_letters_with_marks(text)))


def _letters_with_marks(text: str) -> list[str]:
    """Each letter with the marks on it. Conjuncts come apart: what was joined before the turn is not joined behind it."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.category(char)[0] == "M":
            found[-1] += char
        else:
            found.append(char)
    return found


def _read_backwards(found: re.Match[str]) -> str:
    """Letters of a right-to-left script that are forced to run left to right are seen from the end."""
    text = found.group(1)
    return _backwards(text) if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text) else text


def readings(name: str) -> tuple[str, ...]:
    """The name, and what else the eye may take it for.

    Where overrides are not obeyed, the order in memory is what is seen; among Han, セ may stand for 也 as well as for 七.
    """
    if name.isascii():
        return (name,)
    if "\u202d" in name or "\u202e" in name:
        return (name, name.replace("\u202d", "").replace("\u202e", ""))
    other = name.translate(_further_kana()) if _SIGN_BESIDE_HAN.search(name) else name
    return (name,) if other == name else (name, other)


@cache
def _further_kana() -> dict[int, str]:
    """Kana, bopomofo and jamo by the second Han character that they are written for."""
    return {ord(char): targets[1] for char, targets in tables.kana_for_han().items() if len(targets) > 1}


def upright(text: str) -> str:
    """The text turned round when it is written upside down."""
    if text.isascii() or sum(1 for char in text if _turned(char)) < _FEWEST_TURNED:
        return text
    return "".join(_turned(char) or _UPSIDE.get(char) or char for char in reversed(text))


@cache
def _turned_by_name(char: str) -> str:
    found = _TURNED.match(unicodedata.name(char, ""))
    return found.group(1).casefold() if found else ""


def _turned(char: str) -> str:
    """The letter that a turned letter is; empty for all others."""
    if char < "\u0180":
        return ""
    return _TURNED_OTHERWISE.get(char) or ("" if char > "\uffff" else _turned_by_name(char))
