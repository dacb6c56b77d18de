# SPDX-License-Identifier: Apache-2.0
"""Disguises that nobody can see: characters without a glyph, direction controls, selectors, tags, odd spaces (5-9).

The tables come from Unicode properties (category Cf) and from the default-ignorable characters that have another category
(DerivedCoreProperties of Unicode 15), not from the engine that is judged.
"""

from random import Random
from unicodedata import bidirectional, category

from transferguard.testing.disguises.disguise import Known
from transferguard.testing.split import Split, part_of

_VISIBLE_FORMATS = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_IGNORABLE_ELSEWHERE = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0)
_LAST_PLAIN = 0x1D17A
_INVISIBLE = tuple(
    code for code in range(_LAST_PLAIN + 1) if category(chr(code)) == "Cf" and code not in _VISIBLE_FORMATS and code not in _BIDI
) + tuple(_IGNORABLE_ELSEWHERE)
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_TAGS = tuple(range(0xE0020, 0xE007F))
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000)
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _POP = "\u202d", "\u202e", "\u202c"


def _chosen(table: str, codes: tuple[int, ...], split: Split | None) -> tuple[int, ...]:
    return part_of(table, codes, split)


def _sprinkled(text: str, codes: tuple[int, ...], rng: Random) -> str:
    """One to four of the characters at any place."""
    signs = list(text)
    for _ in range(rng.randint(1, 4)):
        signs.insert(rng.randint(0, len(signs)), chr(rng.choice(codes)))
    return "".join(signs)


def zero_width(known: Known, rng: Random, split: Split | None) -> str:
    """Zero-width characters, Hangul fillers, soft hyphens and the like anywhere in the name."""
    return _sprinkled(known.display_name, _chosen("invisible", _INVISIBLE, split), rng)


def bidi_marks(known: Known, rng: Random, split: Split | None) -> str:
    """Direction controls anywhere in the name."""
    return _sprinkled(known.display_name, _chosen("bidi", _BIDI, split) or _BIDI, rng)


def bidi_reversed(known: Known, rng: Random, split: Split | None) -> str:  # noqa: ARG001  all disguises are called alike
    """The name backwards behind an override of the writing direction, so that it is shown forwards."""
    override = _LEFT_TO_RIGHT if bidirectional(known.display_name[0]) in {"R", "AL"} else _RIGHT_TO_LEFT
    return override + "".join(reversed(_clusters(known.display_name))) + rng.choice(("", _POP))


def _clusters(text: str) -> list[str]:
    """Letters with the marks that belong to them, which are not torn apart when a name is written backwards."""
    found: list[str] = []
    for sign in text:
        if found and category(sign).startswith("M"):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def variation_selectors(known: Known, rng: Random, split: Split | None) -> str:
    """A variation selector behind one or more characters."""
    codes = _chosen("selector", _SELECTORS, split)
    marked = rng.randrange(len(known.display_name))
    return "".join(
        sign + (chr(rng.choice(codes)) if at == marked or rng.random() < _SELECTOR_SHARE else "")
        for at, sign in enumerate(known.display_name)
    )


_SELECTOR_SHARE = 0.3
"""Chance that a further character gets a selector too: our choice."""


def tags(known: Known, rng: Random, split: Split | None) -> str:
    """Tag characters, which are invisible letters, behind the name."""
    codes = _chosen("tag", _TAGS, split)
    return known.display_name + "".join(chr(rng.choice(codes)) for _ in range(rng.randint(1, 6)))


def odd_spaces(known: Known, rng: Random, split: Split | None) -> str:
    """A space of another kind, or a space where there is none (between Han characters)."""
    space = chr(rng.choice(_chosen("space", _SPACES, split)))
    if " " in known.display_name:
        return known.display_name.replace(" ", space)
    at = rng.randint(1, max(1, len(known.display_name) - 1))
    return known.display_name[:at] + space + known.display_name[at:] + rng.choice(("", space))


def empty_once_cleaned(known: Known, rng: Random, split: Split | None) -> str:  # noqa: ARG001  all disguises are called alike
    """A name that has nothing to see at all."""
    codes = _chosen("invisible", _INVISIBLE, split) + _chosen("space", _SPACES, split)
    return "".join(chr(rng.choice(codes)) for _ in range(rng.randint(1, 5)))
