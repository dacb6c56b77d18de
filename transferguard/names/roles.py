# SPDX-License-Identifier: Apache-2.0
"""Does this name claim to be a relative, a superior, an authority or support?

Whole names and whole words only, so that Mumtaz is not mum. What a role name means for a transfer is a signal's question.
A host adds its own titles through `extra`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from transferguard.names import tables
from transferguard.names.views import fold_words

if TYPE_CHECKING:
    from collections.abc import Mapping


class RoleKind(StrEnum):
    """What such a name claims to be."""

    KIN = "kin"
    AUTHORITY = "authority"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that a name claims.

    Args:
        kind: Relative, authority or support.
        matched: Which title was recognised, in our own spelling.
    """

    kind: RoleKind
    matched: str


def find_role(name: str, *, extra: Mapping[str, RoleKind] | None = None) -> Role | None:
    """Which role does this name claim, if any?

    Args:
        name: A display name; any string.
        extra: Titles of the host's own: title to kind.
    """
    words = fold_words(name)
    whole = "".join(words)
    for title, kind in (extra or {}).items():
        wanted = fold_words(title)
        if wanted and ("".join(wanted) == whole or _contains(words, wanted)):
            return Role(kind=RoleKind(kind), matched=title)
    return _published(whole)


def _contains(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _published(whole: str) -> Role | None:
    found = _titles().get(whole)
    return Role(kind=found[0], matched=found[1]) if found else None


@cache
def _titles() -> Mapping[str, tuple[RoleKind, str]]:
    """The published titles by what they fold to."""
    return {"".join(fold_words(title)): (RoleKind(kind), title) for kind, title in tables.roles()}
