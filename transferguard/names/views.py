# SPDX-License-Identifier: Apache-2.0
"""A name after each normalising step.

    seen      as it arrived
    words     folded character by character, split at spaces and punctuation
    core      the folded words without decoration: titles, status words, ordinals
    look      the core run together: what a careless reader takes it for

Each step only takes away or replaces, so a view of a view is the same view. What two views have in common is the
question of `compare`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from transferguard.names import tables
from transferguard.names.fold import fold_table

# Beyond this a name is not read to its end: longer than any name or sentence that fits a screen.
_READ_CHARS = 20_000
# Folded characters that are kept; comparisons are bounded by this.
_KEPT_CHARS = 80
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_KANA_READ_AS_HAN = str.maketrans("エロカニハタトーノムメヒチミオセテナクケヌスイㄅㄆㄇㄈㄌㄎㄏㄑㄒㄓㄙㄚㄠㄢㄣ", "工口力二八夕卜一丿厶乂匕千彡才七于十勹个又久亻勺夂冂匚力丂厂巛丅之厶丫幺弓乚")
_INTRODUCTION = re.compile(r"^(?:我是|我就是|這是|这是|这里是)(?=..)")


@dataclass(frozen=True, slots=True)
class NameView:
    """One name, read in steps."""

    words: tuple[str, ...]
    core: str
    look: str
    is_han: bool


@lru_cache(maxsize=512)
def view_of(name: str) -> NameView:
    """The views of a name; any string will do."""
    words = fold_words(name)
    kept = _without_decoration(words)
    look = "".join(kept)[:_KEPT_CHARS]
    is_han = bool(_HAN.search(look))
    if is_han:
        look = _han_core(look)
        kept = (look,)
    return NameView(words=kept, core=" ".join(kept)[:_KEPT_CHARS], look=look, is_han=is_han)


def fold_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without anything that leaves no ink; itself when only pictures are left."""
    folded = unicodedata.normalize("NFC", name[:_READ_CHARS].translate(fold_table()))
    if _HAN.search(folded):
        folded = folded.translate(_KANA_READ_AS_HAN)
    words = tuple(folded[: 4 * _KEPT_CHARS].split())
    if not words:
        left = "".join(char for char in name[:_READ_CHARS] if unicodedata.category(char)[0] in "SPN")[:_KEPT_CHARS]
        return (left,) if left else ()
    return words


@cache
def _beside() -> frozenset[str]:
    """Folded words that stand beside a name."""
    table = fold_table()
    return frozenset(word.translate(table).strip() for words in tables.titles().values() for word in words)


def _without_decoration(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without titles, status words and ordinals; all of them when nothing else is there."""
    if len(words) < 2:
        return tuple(_bare(word) for word in words)
    kept = tuple(_bare(word) for word in words if word not in _beside() and not word.isdigit())
    return kept or words


def _bare(word: str) -> str:
    """A word without an ordinal at its end."""
    bare = word.rstrip("0123456789")
    return bare if len(bare) >= 2 else word


@cache
def _han_beside() -> tuple[str, ...]:
    """Han titles, the longest first."""
    return tuple(sorted((word for word in _beside() if _HAN.match(word)), key=lambda word: (-len(word), word)))


def _han_core(look: str) -> str:
    """A Han name without what stands directly at it: 我是李明, 李明老师."""
    look = _INTRODUCTION.sub("", look)
    for title in _han_beside():
        for cut in (look.removesuffix(title), look.removeprefix(title) if len(title) > 1 else look):
            if cut != look and len(cut) >= 2:
                return cut
    return look
