# SPDX-License-Identifier: Apache-2.0
"""Does this name claim to be a relative, a superior, an authority or support?

Whole names and whole words only, so that Mumtaz is not mum. What a role name means for a transfer is a signal's question.
A host adds its own titles through `extra`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from transferguard.names import tables
from transferguard.names.views import beside_words, fold_words

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


# What may stand before a title of a relative, and around any title, without making it a person's name.
_OF_MINE = frozenset(
    ["我", "我的", "亲", "好", "大", "二", "三", "小", "老", "my", "the", "our", "mi", "mon", "ma", "mein", "meine", "minha", "meu"]
)
_HAN = re.compile("[\u4e00-\u9fff]")
# Characters of company, brand or surname that stand before an office: 公司财务, 王总.
_MOST_BEFORE = 4
_OFFICES = re.compile("^(?:[\u4e00-\u9fff]{1,2})(总|董|局长|处长|书记|主任|校长|行长|经理|总监|会计|老板|老师|警官|律师)$")
_READ_WORDS = 12
# A shop for clothes: 小客服装店 has the two characters of support in two words.
_CLOTHES = "服装"


def find_role(name: str, *, extra: Mapping[str, RoleKind] | None = None) -> Role | None:
    """Which role does this name claim, if any?

    Args:
        name: A display name; any string.
        extra: Titles of the host's own, title to kind; they are recognised anywhere in a name and come first.
    """
    words = fold_words(name)[:_READ_WORDS]
    for title, kind in (extra or {}).items():
        wanted = fold_words(title)
        if wanted and ("".join(wanted) == "".join(words) or _contains(words, wanted)):
            return Role(kind=RoleKind(kind), matched=title)
    bare = tuple(word for word in map(_without_ordinal, words) if word and word not in beside_words()) or words
    for read in (words, bare):
        found = _whole(read) or _within(read)
        if found is not None:
            return found
    return None


def _without_ordinal(word: str) -> str:
    return word.strip("0123456789")


def _contains(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


@cache
def _folded() -> tuple[tuple[tuple[str, ...], Role], ...]:
    """The folded words of every title."""
    return tuple((fold_words(title), Role(kind=RoleKind(kind), matched=title)) for kind, title in tables.roles())


@cache
def _titles() -> dict[str, Role]:
    """Folded title, run together, to the role."""
    return {"".join(words): role for words, role in reversed(_folded())}


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], Role], ...]:
    """Titles of several words, and those of support, which are recognised among other words."""
    return tuple(
        (words, role) for words, role in _folded() if len(words) > 1 or (role.kind is RoleKind.SUPPORT and len(words[0]) > _MOST_BEFORE)
    )


@cache
def _han_titles() -> tuple[tuple[str, Role], ...]:
    return tuple((title, role) for title, role in _titles().items() if _HAN.match(title) and len(title) > 1)


def _whole(words: tuple[str, ...]) -> Role | None:
    """A title and nothing else, or a title of mine."""
    titles = _titles()
    found = titles.get("".join(words))
    if found is None and len(words) > 1 and words[0] in _OF_MINE:
        found = titles.get("".join(words[1:]))
    joined = "".join(words)
    for size in (1, 2):
        if found is None and joined[:size] in _OF_MINE:
            found = titles.get(joined[size:])
            found = found if found is not None and found.kind is RoleKind.KIN else None
    return found


def _within(words: tuple[str, ...]) -> Role | None:
    """A title among words that are no name: 公司财务, 微信客服01, Acme customer support."""
    for wanted, role in _phrases():
        if _contains(words, wanted):
            return role
    look = "".join(words)
    if _HAN.search(look):
        if office := _OFFICES.match(look):
            return Role(kind=RoleKind.AUTHORITY, matched=office[1])
        for title, role in _han_titles():
            if role.kind is RoleKind.SUPPORT and title in look.replace(_CLOTHES, ""):
                return role
            if role.kind is RoleKind.AUTHORITY and look.endswith(title) and len(look) - len(title) <= _MOST_BEFORE:
                return role
    return None
