# SPDX-License-Identifier: Apache-2.0
"""All fifty ways to fake a display name, by id.

The numbers are those of the list in the design facts. A number may have several entries (one per writing), and every number has
at least one. What is about time or number of accounts rather than about the text (48, 49) copies the text plainly here; the
simulator adds the rest.
"""

from random import Random

from transferguard.testing.disguises import edits, han, invisible, letters, sound, words_beside
from transferguard.testing.disguises.disguise import Apply, Disguise, DisguiseClass, Known, Target
from transferguard.testing.populations import Culture
from transferguard.testing.split import Split

_HAN = frozenset({Culture.CHINESE})
_HAN_AND_KANA = frozenset({Culture.CHINESE, Culture.JAPANESE})
_LETTERS = frozenset({Culture.LATIN, Culture.CYRILLIC, Culture.VIETNAMESE, Culture.INDIAN})
_LATIN = frozenset({Culture.LATIN, Culture.VIETNAMESE, Culture.INDIAN})
_CASED = frozenset({Culture.LATIN, Culture.CYRILLIC, Culture.VIETNAMESE, Culture.INDIAN})
_WORDS = frozenset(Culture) - _HAN_AND_KANA - {Culture.KOREAN}
_EVERYWHERE = frozenset(Culture)


def _field(target: Target) -> Apply:
    def copied(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
        text: str = getattr(known, target.value)
        return text or None

    return copied


def _entry(number: int, name: str, kind: DisguiseClass, apply: Apply, cultures: frozenset[Culture] = _EVERYWHERE) -> Disguise:
    return Disguise(number=number, name=name, kind=kind, apply=apply, cultures=cultures)


def _copy(number: int, name: str, target: Target) -> Disguise:
    return Disguise(number=number, name=name, kind=DisguiseClass.COPY, apply=_field(target), target=target)


def _two_tricks(known: Known, rng: Random, split: Split | None) -> str | None:
    """Two ways at once, of different headings."""
    for _ in range(_ATTEMPTS):
        one, other = rng.sample(_COMBINABLE, 2)
        first = one(known, rng, split=split)
        if one.kind is other.kind or first is None:
            continue
        second = other(_shown_as(known, first), rng, split=split)
        if second is not None:
            return second
    return None


_ATTEMPTS = 20
"""Enough that some pair applies to every name."""


def _shown_as(known: Known, name: str) -> Known:
    return Known(display_name=name, family=known.family, given=known.given, latin=known.latin, culture=known.culture)


_TEXT = (
    _copy(1, "same_string", Target.DISPLAY_NAME),
    _copy(2, "remark_copied", Target.REMARK),
    _copy(3, "verified_name_copied", Target.VERIFIED_NAME),
    _copy(3, "former_name_copied", Target.FORMER_NAME),
    _copy(4, "group_nickname_copied", Target.GROUP_NICKNAME),
    _entry(5, "zero_width", DisguiseClass.INVISIBLE, invisible.zero_width),
    _entry(6, "bidi_marks", DisguiseClass.INVISIBLE, invisible.bidi_marks),
    _entry(6, "bidi_reversed", DisguiseClass.INVISIBLE, invisible.bidi_reversed),
    _entry(7, "variation_selectors", DisguiseClass.INVISIBLE, invisible.variation_selectors),
    _entry(7, "tags", DisguiseClass.INVISIBLE, invisible.tags),
    _entry(8, "odd_spaces", DisguiseClass.INVISIBLE, invisible.odd_spaces),
    _entry(10, "one_foreign_letter", DisguiseClass.CODE_POINT, letters.one_foreign_letter, _LETTERS | {Culture.ARABIC}),
    _entry(11, "whole_script", DisguiseClass.CODE_POINT, letters.whole_script, _LETTERS),
    _entry(12, "width", DisguiseClass.CODE_POINT, letters.width, _LATIN | {Culture.JAPANESE}),
    _entry(12, "compatibility_forms", DisguiseClass.CODE_POINT, letters.compatibility_forms, _EVERYWHERE - _HAN - {Culture.LATIN}),
    _entry(13, "mathematical", DisguiseClass.CODE_POINT, letters.mathematical, _LATIN),
    _entry(14, "enclosed", DisguiseClass.CODE_POINT, letters.enclosed, _LATIN),
    _entry(15, "overlays", DisguiseClass.CODE_POINT, letters.overlays),
    _entry(16, "diacritics", DisguiseClass.CODE_POINT, letters.diacritics, _LETTERS),
    _entry(16, "without_diacritics", DisguiseClass.CODE_POINT, letters.without_diacritics, _LETTERS),
    _entry(17, "radicals_and_compatibility", DisguiseClass.CODE_POINT, han.radicals_and_compatibility, _HAN_AND_KANA),
    _entry(18, "kana_for_han", DisguiseClass.CODE_POINT, han.kana_for_han, _HAN_AND_KANA),
    _entry(19, "rare_scripts", DisguiseClass.CODE_POINT, letters.rare_scripts, _LATIN),
    _entry(19, "small_capitals", DisguiseClass.CODE_POINT, letters.small_capitals, _LATIN),
    _entry(19, "upside_down", DisguiseClass.CODE_POINT, letters.upside_down, _LATIN),
    _entry(20, "ascii_lookalikes", DisguiseClass.ASCII, letters.ascii_lookalikes, _LATIN),
    _entry(21, "case", DisguiseClass.ASCII, letters.case, _CASED),
    _entry(22, "leet", DisguiseClass.ASCII, letters.leet, _LATIN),
    _entry(23, "visual_sibling", DisguiseClass.HAN_SHAPE, han.visual_sibling, _HAN_AND_KANA),
    _entry(24, "other_form", DisguiseClass.HAN_SHAPE, han.other_form, _HAN_AND_KANA),
    _entry(25, "split_characters", DisguiseClass.HAN_SHAPE, han.split_characters, _HAN),
    _entry(26, "financial_numerals", DisguiseClass.HAN_SHAPE, han.financial_numerals, _HAN_AND_KANA),
    _entry(27, "sibling_and_homophone", DisguiseClass.HAN_SHAPE, han.sibling_and_homophone, _HAN),
    _entry(28, "homophone", DisguiseClass.SOUND, sound.one_homophone, _HAN),
    _entry(29, "near_homophone", DisguiseClass.SOUND, sound.near_homophone, _HAN),
    _entry(30, "respelling", DisguiseClass.SOUND, sound.respelling, frozenset({Culture.LATIN})),
    _entry(31, "pinyin", DisguiseClass.SOUND, sound.pinyin, _HAN),
    _entry(32, "wade_giles", DisguiseClass.SOUND, sound.wade_giles, _HAN),
    _entry(32, "cantonese", DisguiseClass.SOUND, sound.cantonese, _HAN),
    _entry(32, "korean_romanisation", DisguiseClass.SOUND, sound.korean_romanisation, frozenset({Culture.KOREAN})),
    _entry(32, "latin_spelling", DisguiseClass.SOUND, sound.latin_spelling, _EVERYWHERE - _HAN - {Culture.LATIN, Culture.KOREAN}),
    _entry(33, "doubled", DisguiseClass.EDIT, edits.doubled),
    _entry(34, "dropped", DisguiseClass.EDIT, edits.dropped),
    _entry(35, "transposed", DisguiseClass.EDIT, edits.transposed),
    _entry(36, "reordered", DisguiseClass.EDIT, edits.reordered),
    _entry(37, "initials", DisguiseClass.EDIT, edits.initials, _WORDS),
    _entry(38, "emoji", DisguiseClass.DECORATION, words_beside.emoji),
    _entry(39, "punctuation", DisguiseClass.DECORATION, words_beside.punctuation),
    _entry(40, "digits", DisguiseClass.DECORATION, words_beside.digits),
    _entry(41, "titles", DisguiseClass.DECORATION, words_beside.titles),
    _entry(42, "organisation", DisguiseClass.DECORATION, words_beside.organisation),
    _entry(43, "claim", DisguiseClass.DECORATION, words_beside.claim),
    _entry(44, "chinese_nickname", DisguiseClass.IDENTITY, words_beside.chinese_nickname, _HAN),
    _entry(44, "western_nickname", DisguiseClass.IDENTITY, words_beside.western_nickname, frozenset({Culture.LATIN, Culture.CYRILLIC})),
    _entry(45, "given_name_only", DisguiseClass.IDENTITY, words_beside.given_name_only),
    _copy(47, "slow_drift", Target.DISPLAY_NAME),
    _copy(48, "rename_then_ask", Target.DISPLAY_NAME),
    _copy(49, "flood", Target.DISPLAY_NAME),
    _entry(50, "breaking_text", DisguiseClass.DECORATION, words_beside.breaking_text),
)
_COMBINABLE = [
    entry
    for entry in _TEXT
    if entry.number in {5, 6, 8, 10, 12, 13, 15, 16, 17, 20, 21, 22, 23, 24, 28, 29, 33, 35, 38, 39, 40, 41, 42, 43}
]
_OTHERS = (
    Disguise(number=9, name="empty_once_cleaned", kind=DisguiseClass.INVISIBLE, apply=invisible.empty_once_cleaned, target=Target.NOBODY),
    Disguise(number=46, name="role", kind=DisguiseClass.IDENTITY, apply=words_beside.role, target=Target.ROLE),
    _entry(0, "two_tricks", DisguiseClass.COMBINED, _two_tricks),
)

DISGUISES: dict[str, Disguise] = {entry.name: entry for entry in (*_TEXT, *_OTHERS)}
"""Every disguise by its id."""


def drift(old: str, wanted: str, *, steps: int) -> list[str]:
    """The names on a slow way from one to another, each a few characters nearer (47).

    Args:
        old: What the thief shows today.
        wanted: What is to be shown at the end.
        steps: How many renames.

    Returns:
        That many names, the last one `wanted`.
    """
    names = []
    for step in range(1, steps):
        taken, kept = len(wanted) * step // steps, len(old) * step // steps
        names.append(wanted[:taken] + old[kept:])
    return [*names, wanted]


def flood(known: Known, rng: Random, *, count: int, split: Split | None = None) -> list[str]:
    """Many near copies of one name (49), as an attacker would open accounts to hide a hit among hits."""
    ways = [entry for entry in _COMBINABLE if known.culture in entry.cultures]
    found = (rng.choice(ways)(known, rng, split=split) for _ in range(count))
    return [name or known.display_name for name in found]
