# SPDX-License-Identifier: Apache-2.0
"""Disguises that dress a name up (38-43), shorten it (44, 45), or use a title instead (46)."""

from collections.abc import Sequence
from random import Random

from transferguard.testing.disguises import word_tables as tables
from transferguard.testing.disguises.disguise import Known
from transferguard.testing.populations import Culture
from transferguard.testing.split import Split, part_of


def _one(table: str, entries: list[str], rng: Random, split: Split | None) -> str | None:
    allowed = part_of(table, entries, split)
    return rng.choice(allowed) if allowed else None


def _with_han(known: Known, entries: list[str], han: Sequence[str]) -> list[str]:
    """The entries that people of this culture can type: Han characters only where they are written."""
    return [*entries, *han] if known.culture in {Culture.CHINESE, Culture.JAPANESE} else entries


def emoji(known: Known, rng: Random, split: Split | None) -> str | None:
    """An emoji or ornament before, behind or within the name."""
    signs = part_of("decoration", tables.DECORATIONS, split)
    at = rng.choice((0, len(known.display_name), rng.randint(0, len(known.display_name))))
    return known.display_name[:at] + rng.choice(signs) * rng.randint(1, 2) + known.display_name[at:]


def punctuation(known: Known, rng: Random, split: Split | None) -> str | None:
    """Brackets or marks around the name, or signs between its characters."""
    if rng.random() < _FRAMED:
        frame = _one("frame", tables.FRAMES, rng, split)
        return frame and frame.replace("{}", known.display_name)
    separator = _one("separator", _with_han(known, tables.SEPARATORS, tables.HAN_SEPARATORS), rng, split)
    if separator is None:
        return None
    parts = known.display_name.split(" ") if " " in known.display_name else list(known.display_name)
    return separator.join(parts)


_FRAMED = 0.6
"""How often the name is framed instead of pulled apart: our choice."""


class _Framed:
    """A disguise that writes the name into one of a list of frames."""

    def __init__(self, table: str, entries: "list[str] | dict[Culture, list[str]]", han: Sequence[str] = ()) -> None:
        self._table, self._entries, self._han = table, entries, han

    def __call__(self, known: Known, rng: Random, split: Split | None) -> str | None:
        entries = self._entries[known.culture] if isinstance(self._entries, dict) else _with_han(known, self._entries, self._han)
        frame = _one(self._table, entries, rng, split)
        return frame and frame.replace("{}", known.display_name)


digits = _Framed("number", tables.NUMBERS, tables.HAN_NUMBERS)
titles = _Framed("status", tables.STATUS)
organisation = _Framed("organisation", tables.ORGANISATIONS)
claim = _Framed("claim", tables.CLAIMS)
breaking_text = _Framed("breaking", tables.BREAKING, tables.HAN_BREAKING)


def chinese_nickname(known: Known, rng: Random, split: Split | None) -> str | None:
    """小明, 阿明, 老李 for 李明: what friends say instead of the whole name."""
    pattern = _one("chinese nickname", tables.CHINESE_NICKNAMES, rng, split)
    if not known.given or pattern is None:
        return None
    return pattern.format(family=known.family, given=known.given, last=known.given[-1])


def western_nickname(known: Known, rng: Random, split: Split | None) -> str | None:
    """Bob Brown for Robert Brown, Саша for Александр: the short form with the surname, or the other way round."""
    entries = tables.RUSSIAN_NICKNAMES if known.culture is Culture.CYRILLIC else tables.NICKNAMES
    pairs = [pair.split("=") for pair in part_of("nickname", entries, split)]
    first, *rest = known.display_name.split(" ")
    shorter = [short for full, short in pairs if full == first] + [full for full, short in pairs if short == first]
    return " ".join([rng.choice(shorter), *rest]) if shorter else None


def given_name_only(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  all disguises are called alike
    """The given name without the family name."""
    return known.given or None


def role(known: Known, rng: Random, split: Split | None) -> str | None:  # noqa: ARG001  a role imitates nobody by name
    """Mum, 客服, Support: a title alone, in one of many languages."""
    language = rng.choice(sorted(tables.ROLES))
    return _one(f"role {language}", tables.ROLES[language], rng, split)
