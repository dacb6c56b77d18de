# SPDX-License-Identifier: Apache-2.0
"""Disguises by other code points for the same letters (10-16, 19), and by ASCII alone (20-22)."""

from random import Random
from unicodedata import combining, normalize

from transferguard.testing.disguises import letter_tables as tables
from transferguard.testing.disguises.disguise import Known
from transferguard.testing.split import Split, part_of


def _replace_some(text: str, table: dict[str, str], rng: Random, *, most: int) -> str | None:
    """One to `most` letters replaced; the table gives for each letter the characters that may stand for it."""
    places = [at for at, sign in enumerate(text) if table.get(sign)]
    if not places:
        return None
    signs = list(text)
    for at in rng.sample(places, min(len(places), rng.randint(1, most))):
        signs[at] = rng.choice(table[signs[at]])
    return "".join(signs)


def _replace_all(text: str, table: dict[str, str]) -> str | None:
    replaced = "".join(table.get(sign, sign) for sign in text)
    return None if replaced == text else replaced


def _allowed(name: str, table: dict[str, str], split: Split | None) -> dict[str, str]:
    """The part of a table of lookalikes; an entry is a pair of letter and lookalike."""
    pairs = [letter + other for letter, others in table.items() for other in others]
    allowed: dict[str, str] = {}
    for pair in part_of(name, pairs, split):
        allowed[pair[0]] = allowed.get(pair[0], "") + pair[1:]
    return allowed


def one_foreign_letter(known: Known, rng: Random, split: Split | None) -> str | None:
    """One or two letters from Cyrillic, Greek, Armenian or another script among Latin ones, or the other way round."""
    return _replace_some(known.display_name, _allowed("foreign", tables.FOREIGN, split), rng, most=2)


def whole_script(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Every Latin letter replaced by a Cyrillic lookalike (or every Cyrillic one by a Latin lookalike)."""
    table = tables.WHOLE_CYRILLIC if known.display_name.isascii() else tables.WHOLE_LATIN
    replaced = _replace_all(known.display_name, table)
    source_left = replaced and any(sign in tables.WHOLE_CYRILLIC for sign in replaced) and table is tables.WHOLE_CYRILLIC
    return None if source_left else replaced


def width(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Full-width Latin letters or half-width Kana."""
    wide = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": rng.choice((" ", "\u3000"))}
    return _replace_all(known.display_name, wide | tables.HALF_WIDTH_KANA)


def compatibility_forms(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Another encoding of the same letters: Arabic presentation forms, Hangul letter by letter, Thai vowels in two parts."""
    form = tables.ARABIC_FORMS | tables.THAI_PARTS
    replaced = "".join(rng.choice(form[sign]) if sign in form else sign for sign in known.display_name)
    if replaced != known.display_name:
        return replaced
    apart = normalize("NFD", known.display_name)
    return None if apart == known.display_name else apart


def mathematical(known: Known, rng: Random, split: Split | None) -> str | None:
    """Letters of one of the mathematical alphabets."""
    styles = part_of("mathematical", range(len(tables.MATHEMATICAL)), split)
    return _replace_all(known.display_name, tables.MATHEMATICAL[rng.choice(styles)])


def enclosed(known: Known, rng: Random, split: Split | None) -> str | None:
    """Letters in circles, squares, brackets, or as regional indicators."""
    styles = part_of("enclosed", range(len(tables.ENCLOSED)), split)
    return _replace_all(known.display_name, tables.ENCLOSED[rng.choice(styles)])


def overlays(known: Known, rng: Random, split: Split | None) -> str | None:
    """A stroke, slash or ring laid over some letters."""
    marks = part_of("overlay", tables.OVERLAYS, split)
    struck = rng.randrange(len(known.display_name))
    every = rng.random() < _STRIKE_ALL
    signs = (sign + rng.choice(marks) if (every or at == struck) and sign != " " else sign for at, sign in enumerate(known.display_name))
    return "".join(signs)


_STRIKE_ALL = 0.5
"""Chance that the whole name is struck through: our choice."""


def diacritics(known: Known, rng: Random, split: Split | None) -> str | None:
    """Marks on one to three letters, or a letter without its dot."""
    return _replace_some(known.display_name, _allowed("diacritic", tables.MARKED, split), rng, most=3)


def without_diacritics(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """The marks of the name left out: Müller as Muller, Nguyễn as Nguyen."""
    plain = "".join(sign for sign in normalize("NFD", known.display_name) if not combining(sign)).translate(tables.STROKES)
    return None if plain == known.display_name else normalize("NFC", plain)


def rare_scripts(known: Known, rng: Random, split: Split | None) -> str | None:
    """The whole name in Lisu or Cherokee letters that look like Latin capitals."""
    styles = part_of("rare script", range(len(tables.RARE_SCRIPTS)), split) or (0,)
    return _replace_all(known.display_name.upper(), tables.RARE_SCRIPTS[rng.choice(styles)])


def small_capitals(known: Known, rng: Random, split: Split | None) -> str | None:
    """Small capitals or superscript letters."""
    styles = part_of("small letters", range(len(tables.SMALL_STYLES)), split) or (0,)
    return _replace_all(known.display_name.lower(), tables.SMALL_STYLES[rng.choice(styles)])


def upside_down(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Turned letters in reverse order, which some apps show as a joke."""
    return _replace_all(known.display_name.lower()[::-1], tables.UPSIDE_DOWN)


def ascii_lookalikes(known: Known, rng: Random, split: Split | None) -> str | None:
    """L for I, 0 for O, rn for m, vv for w, cl for d."""
    pairs = [pair for pair in part_of("ascii", tables.ASCII_PAIRS, split) if pair.split("=")[0] in known.display_name]
    if not pairs:
        return None
    text = known.display_name
    for pair in rng.sample(pairs, min(len(pairs), rng.randint(1, 2))):
        letter, other = pair.split("=")
        places = [at for at in range(len(text)) if text.startswith(letter, at)]
        if places:
            at = rng.choice(places)
            text = text[:at] + other + text[at + len(letter) :]
    return text


def case(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Other capitals, where the script has capitals."""
    return rng.choice((str.upper, str.lower, str.swapcase))(known.display_name)


def leet(known: Known, rng: Random, split: Split | None) -> str | None:
    """Digits and signs for one to three letters."""
    return _replace_some(known.display_name, _allowed("leet", tables.LEET, split), rng, most=3)
