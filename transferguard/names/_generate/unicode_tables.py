# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Writes `ignorable.txt` (what is stripped) and `looks.txt` (which ASCII letter or prototype a character looks like)."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from importlib.resources import files

from anyascii import anyascii

from transferguard.names._generate.sources import UNICODE_SOURCE, package, property_ranges, write_table

_HAN_LIKE = ("CJK", "KANGXI", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL", "HALFWIDTH HANGUL", "IDEOGRAPHIC")
# Letters that playful writing uses for Latin ones, although they are mirrored or cut: not confusable by UTS #39.
_PLAYFUL = (
    ("r", "яЯ"), ("n", "иИйЙпП"), ("u", "цЦџЏ"), ("w", "шШщЩωΩ"), ("b", "ъЪьЬβБб"), ("e", "эЭєЄξΞεΕ"), ("f", "ғҒ"), ("k", "қҚҝҜκΚ"),
    ("a", "дДλΛαΑ"), ("y", "чЧ"), ("o", "θΘφΦфФ"), ("h", "ңҢһҺђЂћЋ"), ("l", "լԼǀ׀ןӏӀ"), ("z", "Ꙁꙁ"), ("v", "ѵѴν"), ("m", "мМ"), ("t", "тТτΤ"), ("g", "ԍԌ"), ("d", "ԁԀ"), ("q", "ԛԚ"), ("з", "ʒƷӡӠ"),
    # Arabic letters as Persian, Urdu and Uyghur keyboards write them.
    ("ه", "ھہەۃ"), ("ي", "یىېۍ"), ("ك", "کڪ"),
)  # fmt: skip
_PLAYFUL_LETTERS = {char: target for target, chars in _PLAYFUL for char in chars}
# The skeleton of UTS #39 joins these letters with one another; here they are joined later, with a cost.
_WITH_HOOK = re.compile("LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
_LONGEST_READING = 3
_ASCII = {chr(code) for code in range(0x21, 0x7F)}


def main() -> None:
    """Write both tables."""
    _write_ignorable()
    _write_looks()


def _write_ignorable() -> None:
    wanted = (
        ("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point"),
        ("PropList.txt", "Bidi_Control"),
        ("PropList.txt", "Variation_Selector"),
    )
    rows = [(value, f"{first:X}", f"{last:X}") for name, value in wanted for first, last in property_ranges(name, value)]
    write_table("ignorable.txt", rows, made_by="unicode_tables.py", sources=[UNICODE_SOURCE])


def _write_looks() -> None:
    by_target: dict[str, list[str]] = {}
    confusable = _confusable_groups()
    for code in range(0xA0, sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in {"Cn", "Cs", "Co", "Mn", "Me", "Cf", "Zs", "Cc"}:
            continue
        target = _target(char, confusable)
        if not target.isascii() or not target:
            # Both cases of a letter are read alike; a foreign prototype would tear them apart.
            other = char.swapcase()
            paired = _target(other, confusable) if len(other) == 1 and other != char else ""
            target = paired if paired.isascii() and paired else "" if other != char else target
        if target and target != char:
            by_target.setdefault(target, []).append(char)
    done = {char for chars in by_target.values() for char in chars}
    for target, chars in _PLAYFUL:
        by_target.setdefault(target, []).extend(char for char in chars if char not in done)
    rows = [(target, "".join(chars)) for target, chars in sorted(by_target.items())]
    sources = [UNICODE_SOURCE, package("confusable_homoglyphs", "MIT, data of UTS #39"), package("anyascii", "ISC")]
    write_table("looks.txt", rows, made_by="unicode_tables.py", sources=sources)


def _target(char: str, confusable: dict[str, str]) -> str:  # noqa: PLR0911  one source a line, the first that answers wins
    """The ASCII letters or digits, or the prototype, that a character is read as; empty when it stands for itself."""
    name = unicodedata.name(char, "")
    if char in _PLAYFUL_LETTERS:
        return _PLAYFUL_LETTERS[char]
    if name.startswith(_HAN_LIKE) or (unicodedata.east_asian_width(char) in "FH" and "LATIN" not in name and "DIGIT" not in name):
        return ""
    folded = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold().strip("()")
    if folded and folded.isascii() and folded.isalnum():
        return folded
    base = unicodedata.normalize("NFKD", char)[:1]
    if base != char and not base.isascii() and unicodedata.category(base)[0] == "L":
        return _target(base, confusable) or _PLAYFUL_LETTERS.get(base, "")
    if name.startswith("LATIN") or any(word in name for word in ("CIRCLED", "SQUARED", "PARENTHESIZED", "REGIONAL INDICATOR")):
        plain = str(anyascii(char)).casefold()
        if plain.isalnum() and len(plain) <= _LONGEST_READING:
            return plain
    if found := _WITH_HOOK.match(name):
        return found.group(1).casefold()
    prototype = confusable.get(char, "")
    if prototype.isdigit() and unicodedata.category(char)[0] == "L":
        return ""  # a letter that is like a digit stays a letter: digits at the ends of a word are taken for ordinals
    if unicodedata.category(char)[0] == "S":
        return prototype if prototype.isascii() else ""  # a sign that is like another sign is still a sign
    return prototype if unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Mc" else ""


def _confusable_groups() -> dict[str, str]:  # noqa: C901  a union-find and its reading
    """Each character's prototype: the ASCII letter of its group where there is one, else the group's first character."""
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8"))
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        while parent.setdefault(char, char) != char:
            char = parent[char]
        return char

    prototype: dict[str, str] = {}
    for char, others in data.items():
        singles = [entry["c"] for entry in others if len(entry["c"]) == 1]
        ascii_others = [c for c in singles if c in _ASCII and c.isalnum()]
        if char in _ASCII:
            continue
        if ascii_others:
            prototype[char] = min(ascii_others, key=lambda c: (c.isdigit(), c.casefold())).casefold()
            continue
        for other in singles:
            if other not in _ASCII and len(char) == 1:
                parent[root(char)] = root(other)
    groups: dict[str, list[str]] = {}
    for char in parent:
        groups.setdefault(root(char), []).append(char)
    for members in groups.values():
        letters = sorted({prototype[m] for m in members if m in prototype})
        target = letters[0] if letters else min(members)
        for member in members:
            prototype.setdefault(member, target)
    return prototype


if __name__ == "__main__":
    main()
