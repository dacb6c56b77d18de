# SPDX-License-Identifier: Apache-2.0
"""Disguises by small edits (33-37): a character doubled, dropped or transposed, another order of words, initials."""

from random import Random

from transferguard.testing.disguises.disguise import Known
from transferguard.testing.split import Split

_LONG_ENOUGH = 3
"""A name of two characters has nothing left when one is dropped."""


def _letters(text: str) -> list[int]:
    return [at for at, sign in enumerate(text) if sign.isalpha()]


def doubled(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """One letter or character written twice."""
    at = rng.choice(_letters(known.display_name))
    return known.display_name[: at + 1] + known.display_name[at:]


def dropped(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """One letter or character left out, not the first."""
    places = _letters(known.display_name)
    if len(places) < _LONG_ENOUGH:
        return None
    at = rng.choice(places[1:])
    return known.display_name[:at] + known.display_name[at + 1 :]


def transposed(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Two neighbouring letters or characters exchanged, within a word and not its first letter where it is long."""
    text = known.display_name
    pairs = [at for at in range(len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha() and text[at] != text[at + 1]]
    pairs = [at for at in pairs if at > 0 or len(text) < _LONG_ENOUGH] or pairs
    if not pairs or len(text) < _LONG_ENOUGH:
        return None
    at = rng.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def reordered(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """Family and given name in the other order, with or without a comma; Han names as given then family name."""
    words = known.display_name.split(" ")
    if len(words) > 1:
        turned = words[1:] + words[:1] if rng.random() < 0.5 else words[-1:] + words[:-1]  # noqa: PLR2004  both are usual
        return " ".join(turned) if rng.random() < _PLAIN else f"{turned[0]}, {' '.join(turned[1:])}"
    if known.family and known.display_name == known.family + known.given:
        return known.given + known.family
    return None


_PLAIN = 0.7
"""How often the turned name has no comma: our choice."""


def initials(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """A. Brown, Alice B., A.B.: a word cut to its first letter."""
    words = known.display_name.split(" ")
    if len(words) < 2:  # noqa: PLR2004  one word has no initials
        return None
    first, last = words[0], words[-1]
    return rng.choice((f"{first[0]}. {last}", f"{first} {last[0]}.", f"{first[0]} {last}", f"{first} {last[0]}"))
