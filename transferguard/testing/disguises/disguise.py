# SPDX-License-Identifier: Apache-2.0
"""What does a thief know of a victim, and what is one way of copying a name?

The words of this room. A disguise is a seeded function from what is known to a display name; it answers `None` where it does not
apply (no Latin letter to replace, no Han character with a sibling in this part of the table).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from transferguard.testing.populations import Culture, Person
from transferguard.testing.split import Split


class DisguiseClass(StrEnum):
    """The headings of the list of disguises."""

    COPY = "copy"
    INVISIBLE = "invisible"
    CODE_POINT = "code point"
    ASCII = "ascii"
    HAN_SHAPE = "han shape"
    SOUND = "sound"
    EDIT = "edit"
    DECORATION = "decoration"
    IDENTITY = "identity"
    COMBINED = "combined"


class Target(StrEnum):
    """What a disguised name wants to be taken for."""

    DISPLAY_NAME = "display_name"
    REMARK = "remark"
    VERIFIED_NAME = "verified_name"
    FORMER_NAME = "former_name"
    GROUP_NICKNAME = "group_nickname"
    ROLE = "role"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a thief who copies somebody's name may know.

    Attributes:
        display_name: What the victim shows.
        family: Family name in the writing of `display_name`; empty where the display name is no real name.
        given: Given name in the same writing.
        latin: The name in Latin letters, given name first.
        remark: What the sender calls the victim.
        verified_name: The name on the identity document.
        former_name: What the victim showed before.
        group_nickname: What the victim is called in a group.
        culture: Whose writing it is.
    """

    display_name: str
    family: str = ""
    given: str = ""
    latin: str = ""
    remark: str = ""
    verified_name: str = ""
    former_name: str = ""
    group_nickname: str = ""
    culture: Culture

    @classmethod
    def of(cls, person: Person, *, remark: str = "", former_name: str = "", group_nickname: str = "") -> "Known":
        """A victim who shows the real name."""
        return cls(
            display_name=person.verified_name,
            family=person.family,
            given=person.given,
            latin=person.latin,
            remark=remark,
            verified_name=person.verified_name,
            former_name=former_name,
            group_nickname=group_nickname,
            culture=person.culture,
        )


Apply = Callable[[Known, Random, Split | None], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguise:
    """One way of copying a name.

    Attributes:
        name: Stable id, as it stands in reports.
        number: Its number in the list of fifty (design facts, section 2).
        kind: The heading under which it stands.
        apply: The function itself.
        target: What the disguised name wants to be taken for.
        cultures: Where it is worth trying; elsewhere it answers `None`.
    """

    name: str
    number: int
    kind: DisguiseClass
    apply: Apply
    target: Target = Target.DISPLAY_NAME
    cultures: frozenset[Culture] = frozenset(Culture)

    def __call__(self, known: Known, rng: Random, *, split: Split | None = None) -> str | None:
        """A disguised name, or `None` where this way does not apply or would change nothing.

        Args:
            known: What the thief knows.
            rng: Source of all choices.
            split: Which part of the tables may be used; `None` allows all.
        """
        if known.culture not in self.cultures:
            return None
        disguised = self.apply(known, rng, split)
        if self.kind is not DisguiseClass.COPY and disguised == known.display_name:
            return None
        return disguised or None
