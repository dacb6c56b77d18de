# SPDX-License-Identifier: Apache-2.0
"""The generated tables, read once when first needed.

Nothing is decided here. Each function answers with one table of `names/_tables`; the head of the file says where it came from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TABLES = Path(__file__).resolve().parent / "_tables"


# The narrow form in which a component stands inside a character, and the form in which it stands alone.
PART_FORMS = str.maketrans(
    "氵忄扌亻讠纟钅阝艹灬犭礻衤饣刂攵玉罒辶牜⺮訁糹釒飠⻖⺼爫丬邑糸艸",
    "水心手人言丝金阜草火犬示衣食刀攴王网辵牛竹言丝金食阜肉爪爿阜丝草",
)


def rows(filename: str) -> list[list[str]]:
    """The tab-separated rows of a table, without its head."""
    text = (_TABLES / filename).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]


@cache
def ignorable() -> frozenset[int]:
    """Code points that leave no ink: default-ignorable, bidi controls, variation selectors."""
    found: set[int] = set()
    for _, first, last in rows("ignorable.txt"):
        found.update(range(int(first, 16), int(last, 16) + 1))
    return frozenset(found)


@cache
def looks() -> dict[int, str]:
    """Code point to the ASCII letters or the prototype that it looks like."""
    return {ord(char): target for target, chars in rows("looks.txt") for char in chars}


# Forms in which a character stands in old books or in others alone, and which no conversion knows.
_OLD_FORMS = {ord("巛"): "川", ord("\U000201a2"): "人"}


@cache
def variants() -> dict[int, str]:
    """Code point of a Han form to its simplified form."""
    return {ord(char): target for target, chars in rows("variants.txt") for char in chars} | _OLD_FORMS


@cache
def kana_for_han() -> dict[str, str]:
    """Kana, bopomofo and jamo to the Han characters that they look like, the likest first."""
    found = {row[0]: row[1] for row in rows("kana_for_han.txt")}
    for char, targets in rows("kana_for_han_more.txt"):
        found[char] = found.get(char, "")[:1] + targets
    return found


@cache
def numerals() -> dict[str, str]:
    """Financial numeral to the plain one and back: 叁 to 三, 三 to 叁 and its like."""
    found: dict[str, str] = {}
    for plain, formal in rows("numerals.txt"):
        found[formal] = found.get(formal, "") + plain
        found[plain] = found.get(plain, "") + formal
    return found


@cache
def readings() -> dict[str, str]:
    """Han character to its first Mandarin reading with tone: 李 to `li3`."""
    return {char: syllable for syllable, first, _ in rows("readings.txt") for char in first}


@cache
def further_readings() -> dict[str, tuple[str, ...]]:
    """Han character to its other Mandarin readings."""
    found: dict[str, list[str]] = {}
    for syllable, _, others in rows("readings.txt"):
        for char in others:
            found.setdefault(char, []).append(syllable)
    return {char: tuple(syllables) for char, syllables in found.items()}


@cache
def japanese_readings() -> dict[str, tuple[str, ...]]:
    """Han character to its Japanese readings in plain sounds, those of names first."""
    return {char: tuple(readings_.split()) for char, readings_ in rows("readings_japanese.txt")}


@cache
def splits() -> dict[str, str]:
    """Parts that stand side by side to the characters they make: 木子 to 李, and 耳东 to 陈, as that surname is told aloud."""
    found: dict[str, str] = {}
    simplified = variants()
    in_three: list[tuple[str, str]] = []
    for filename in ("sayings.txt", "splits_said.txt", "splits.txt", "splits_other.txt"):
        chars, parts = zip(*rows(filename), strict=True)
        # Thousands of short texts are translated several times faster as one.
        alone = "\t".join(parts).translate(simplified).translate(PART_FORMS).split("\t")
        for char, told in zip(chars, alone, strict=True):
            if char not in found.get(told, ""):
                found[told] = found.get(told, "") + char
        in_three.extend((char, told) for char, told in zip(chars, alone, strict=True) if len(told) == len("玉人彡"))
    # Two of three parts may make a character themselves: 珍 is 玉人彡, and 玉㐱.
    for char, told in in_three:
        for whole in (told[0] + found.get(told[1:], "")[:1], found.get(told[:2], "")[:1] + told[2]):
            if len(whole) > 1 and char not in found.get(whole, ""):
                found[whole] = found.get(whole, "") + char
    return found


@cache
def parts() -> dict[str, str]:
    """Han character in use to the components that it shares with others, parts of parts included."""
    found: dict[str, list[str]] = {}
    for part, chars in rows("parts.txt"):
        for char in chars:
            found.setdefault(char, []).append(part)
    return {char: "".join(parts_) for char, parts_ in found.items()}


@cache
def part_bearers() -> dict[str, int]:
    """Component to the number of characters in use that have it."""
    return {part: len(chars) for part, chars in rows("parts.txt")}


@cache
def titles() -> dict[str, frozenset[str]]:
    """Words that stand beside a name: kind to words."""
    return {kind: frozenset(words.split()) for kind, words in rows("titles.txt") if "|" not in words}


@cache
def trades(writing: str) -> frozenset[str]:
    """Words of shops and trades: in letters, or Han."""
    return frozenset(word for kind, words in rows("trades.txt") if kind == writing for word in words.split())


@cache
def claims() -> dict[str, tuple[str, ...]]:
    """Phrases that introduce a name: kind to phrases."""
    return {kind: tuple(phrases.split("|")) for kind, phrases in rows("titles.txt") if "|" in phrases}


@cache
def roles() -> tuple[tuple[str, str], ...]:
    """MatchKind and title of every published role name."""
    return tuple((kind, title) for kind, titles_ in rows("roles.txt") for title in titles_.split("|"))


@cache
def beside_roles() -> dict[str, frozenset[str]]:
    """Words that stand at a role name: kind to words."""
    return {kind: frozenset(words.split("|")) for kind, words in rows("roles_beside.txt")}


@cache
def unspaced() -> dict[str, tuple[str, ...]]:
    """Words that are written at a name without a space: language and place to words."""
    return {kind: tuple(words.split()) for kind, words in rows("unspaced.txt")}


@cache
def top_names() -> dict[str, float]:
    """Whole Han names that the model underrates: name to bits."""
    return {name: float(bits) for name, bits in rows("top_names_han.txt")}


@cache
def shapes() -> dict[str, str]:
    """Han character to its siblings, each followed by its grade."""
    return {char: others for char, others in rows("shapes.txt")}  # noqa: C416  rows are lists, and mypy wants pairs


@cache
def roman() -> dict[int, str]:
    """Code point of a letter of another script to ASCII letters."""
    return {ord(char): plain for plain, chars in rows("roman.txt") for char in chars}


@cache
def cantonese() -> dict[str, str]:
    """Han character to the Hong Kong spelling of its Cantonese reading."""
    return {char: plain for plain, chars in rows("cantonese.txt") for char in chars}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Given name to its short forms, both ways, each once and in the order of the table: names are looked up in this order."""
    found: dict[str, dict[str, None]] = {}
    for name, short in rows("nicknames.txt"):
        for other in short.split():
            found.setdefault(name, {})[other] = None
            found.setdefault(other, {})[name] = None
    return {name: tuple(others) for name, others in found.items()}
