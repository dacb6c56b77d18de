# SPDX-License-Identifier: Apache-2.0
"""Disguises of Han names by shape (17, 18, 23-27): siblings, variants, radicals, Kana, split characters, cheque numerals."""

from collections import defaultdict
from functools import cache
from importlib import resources
from random import Random
from unicodedata import normalize

from transferguard.testing.disguises import han_tables as tables
from transferguard.testing.disguises.disguise import Known
from transferguard.testing.disguises.sound import homophone
from transferguard.testing.split import Split, part_of


@cache
def _pairs(name: str, split: Split | None, *, both_ways: bool) -> dict[str, list[str]]:
    """The part of a table of pairs, as original to what may stand for it."""
    entries: list[str] = getattr(tables, name)
    found: dict[str, list[str]] = defaultdict(list)
    for pair in part_of(name, entries, split):
        found[pair[0]].append(pair[1:])
        if both_ways:
            found[pair[1]].append(pair[0])
    return dict(found)


def _replace(text: str, table: dict[str, list[str]], rng: Random, *, most: int = 1) -> str | None:
    places = [at for at, sign in enumerate(text) if sign in table]
    if not places:
        return None
    signs = list(text)
    for at in rng.sample(places, min(len(places), rng.randint(1, most))):
        signs[at] = rng.choice(table[signs[at]])
    return "".join(signs)


@cache
def _compatible(split: Split | None) -> dict[str, list[str]]:
    """Kangxi radicals and compatibility ideographs by Unicode decomposition, and radicals by eye."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in part_of("compatible", (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)), split):
        plain = normalize("NFKC", chr(code))
        if plain != chr(code):
            found[plain].append(chr(code))
    for sign, others in _pairs("RADICALS_BY_EYE", split, both_ways=False).items():
        found[sign] += others
    return dict(found)


@cache
def _variants(split: Split | None) -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("han_variants.tsv").read_text(encoding="utf-8")
    lines = part_of("variants", (line for line in text.splitlines() if not line.startswith("#")), split)
    found = {sign: list(forms) for sign, forms in (line.split("\t") for line in lines)}
    for sign, others in _pairs("VARIANTS_BY_EYE", split, both_ways=True).items():
        found[sign] = found.get(sign, []) + others
    return found


def radicals_and_compatibility(known: Known, rng: Random, split: Split | None) -> str | None:
    """A radical or compatibility ideograph for one or two characters."""
    return _replace(known.display_name, _compatible(split), rng, most=2)


def kana_for_han(known: Known, rng: Random, split: Split | None) -> str | None:
    """A Kana, Bopomofo or jamo letter drawn like the character."""
    return _replace(known.display_name, _pairs("KANA_FOR_HAN", split, both_ways=False), rng)


def visual_sibling(known: Known, rng: Random, split: Split | None) -> str | None:
    """One character replaced by one that a hurried reader takes for it."""
    return _replace(known.display_name, _pairs("SIBLINGS", split, both_ways=True), rng)


def other_form(known: Known, rng: Random, split: Split | None) -> str | None:
    """Traditional, simplified or Japanese forms of all characters that have one, or a variant of one of them."""
    forms = _variants(split)
    if rng.random() < _ONE_VARIANT_SHARE:
        return _replace(known.display_name, forms, rng)
    replaced = "".join(rng.choice(forms[sign]) if sign in forms else sign for sign in known.display_name)
    return None if replaced == known.display_name else replaced


_ONE_VARIANT_SHARE = 0.3
"""How often one character alone takes another form, instead of all that can: our choice."""


def split_characters(known: Known, rng: Random, split: Split | None) -> str | None:
    """A character written as its parts side by side."""
    return _replace(known.display_name, _pairs("SPLITS", split, both_ways=False), rng, most=2)


def financial_numerals(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  the table is too small to divide
    """A numeral as on a cheque for the plain one."""
    return _replace(known.display_name, {sign: [other] for sign, other in tables.FINANCIAL.items()}, rng)


def sibling_and_homophone(known: Known, rng: Random, split: Split | None) -> str | None:
    """One character by shape and another one by sound."""
    by_shape = visual_sibling(known, rng, split)
    if by_shape is None:
        return None
    changed = next(at for at, (old, new) in enumerate(zip(known.display_name, by_shape, strict=True)) if old != new)
    places = [at for at in range(len(by_shape)) if at != changed]
    at = rng.choice(places)
    sound = homophone(by_shape[at], rng, split)
    return None if sound is None else by_shape[:at] + sound + by_shape[at + 1 :]
