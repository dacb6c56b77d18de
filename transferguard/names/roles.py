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
from transferguard.names.deep import deep_look
from transferguard.names.views import beside_words, fold_words, without_status

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


_HAN = re.compile("[\u4e00-\u9fff]")
_SYLLABLES = re.compile("[\u30a1-\u30fe\uac00-\ud7a3]+")
# Characters of company, brand or surname that stand before an office: 公司财务, 王总.
_MOST_BEFORE = 4
_OFFICES = re.compile("^(?:[\u4e00-\u9fff]{1,2})(总|董|局长|处长|书记|主任|校长|行长|经理|总监|会计|老板|老师|警官|律师)$")
_READ_WORDS = 12
_ENDEARING_BEFORE = re.compile("^(?:亲爱的|敬爱的|最爱的|可爱的|大好きな|사랑하는|울|우리)(?=.)")
_COURTEOUS_BEHIND = re.compile("(?<=.)(?:大人|大大|小哥|小姐姐|阿姨|さん|さま|様|ちゃん|님|야|จ๋า|จ้า|ใหญ่|ครับ|ค่ะ|คะ)$")
# A Han function with a short name behind it: 人事小刘.
_HAN_FUNCTION = re.compile(
    "^(财务|人事|行政|会计|出纳|法务|客服|物业|房东|快递|银行|税务|経理|総務|社区)(?:小|老|阿)?[\u4e00-\u9fff]{1,2}$"
)
_LONGEST_TITLE = 10
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
    numberless = tuple(word for word in map(_without_ordinal, words) if word)
    plain = without_status(numberless) or words
    bare = tuple(word for word in numberless if word not in beside_words()) or words
    for read in dict.fromkeys((words, plain, bare)):
        found = _whole(read) or _courteous(read) or _within(read)
        if found is not None:
            return found
    if not name.isascii() and (support := _syllabic_support().search("".join(name[: _READ_WORDS * _MOST_BEFORE].split()))):
        return Role(kind=RoleKind.SUPPORT, matched=support.group())
    return None


@cache
def _syllabic_support() -> re.Pattern[str]:
    """Titles of support in kana and Hangul, which stand in longer words: 銀行サポート."""
    titles = {title for kind, title in tables.roles() if kind == RoleKind.SUPPORT and len(title) >= _MOST_BEFORE}
    return re.compile("|".join(sorted((title for title in titles if _SYLLABLES.fullmatch(title)), key=lambda title: (-len(title), title))))


def _courteous(words: tuple[str, ...]) -> Role | None:
    """A title with an ending of courtesy or love: 社長さん, 亲爱的妈妈, Mẹ yêu; and one drawn with digits: B0ss."""
    endearing = _beside("endearing")
    kept = tuple(word for word in words if word not in endearing)
    joined = "".join(kept or words)
    for pattern in (_ENDEARING_BEFORE, _COURTEOUS_BEHIND):
        joined = pattern.sub("", joined)
    found = _titles().get(joined)
    if found is None and joined.isascii() and len(joined) >= _MOST_BEFORE and not joined.isalpha():
        found = _drawn_titles().get(deep_look(joined))
    if found is None and len(words) > 1:
        found = next((_titles()[word] for word in (words[0], words[-1]) if word in _functions()), None)
    return found


@cache
def _functions() -> frozenset[str]:
    """Folded functions of a company that are known titles: who writes one beside a name writes for the company."""
    return _beside("function") & _titles().keys()


@cache
def _drawn_titles() -> dict[str, Role]:
    return {deep_look(title): role for title, role in reversed(_titles().items()) if title.isascii() and len(title) >= _MOST_BEFORE}


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
def _beside(kind: str) -> frozenset[str]:
    """Folded words that stand at a title: `department`, `endearing`, `function`."""
    return frozenset("".join(fold_words(word)) for word in tables.beside_roles()[kind])


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], Role], ...]]:
    """Titles of several words, and those of support, which are recognised among other words; by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for words, role in _folded():
        if len(words) > 1 or (role.kind is RoleKind.SUPPORT and len(words[0]) > _MOST_BEFORE):
            found.setdefault(words[0], []).append((words, role))
    return {first: tuple(phrases) for first, phrases in found.items()}


@cache
def _han_support() -> re.Pattern[str]:
    """Titles of support in Han characters, the longest first."""
    titles = sorted((title for title, role in _titles().items() if _is_han_title(title) and role.kind is RoleKind.SUPPORT), key=len)
    return re.compile("|".join(map(re.escape, reversed(titles))))


def _is_han_title(title: str) -> bool:
    return len(title) > 1 and bool(_HAN.match(title))


def _whole(words: tuple[str, ...]) -> Role | None:
    """A title and nothing else, a title of mine, or a department and what it is for."""
    titles, departments, of_mine = _titles(), _beside("department"), tables.beside_roles()["of_mine"]
    found = titles.get("".join(words))
    if found is None and len(words) > 1 and (words[-1] in departments or words[0] in departments):
        rest = titles.get("".join(words[:-1] if words[-1] in departments else words[1:]))
        found = rest if rest is not None and rest.kind is not RoleKind.KIN else None
    if found is None and len(words) > 1 and words[0] in of_mine:
        found = titles.get("".join(words[1:]))
    joined = "".join(words)
    for size in (1, 2):
        if found is None and joined[:size] in of_mine:
            found = titles.get(joined[size:])
            found = found if found is not None and found.kind is RoleKind.KIN else None
    return found


def _within(words: tuple[str, ...]) -> Role | None:
    """A title among words that are no name: 公司财务, 微信客服01, Acme customer support."""
    phrases = _phrases()
    for at, word in enumerate(words):
        for wanted, role in phrases.get(word, ()):
            if words[at : at + len(wanted)] == wanted:
                return role
    look = "".join(words)
    if not _HAN.search(look):
        return None
    plain = look.replace(_CLOTHES, "")
    if office := _OFFICES.match(look) or _HAN_FUNCTION.match(plain):
        return _titles().get(office[1]) or Role(kind=RoleKind.AUTHORITY, matched=office[1])
    if support := _han_support().search(plain):
        return _titles()[support.group()]
    for at in range(max(1, len(look) - _LONGEST_TITLE), min(len(look) - 1, _MOST_BEFORE + 1)):
        ending = _titles().get(look[at:])
        if ending is not None and ending.kind is RoleKind.AUTHORITY:
            return ending
    return None
