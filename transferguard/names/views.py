# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: PLR2004 - the small numbers are lengths: a Han surname has one or two characters, a given name too
"""A name after each normalising step.

    seen      as it arrived
    cleaned   without what leaves no ink, spaces made one
    words     folded character by character, split at spaces and punctuation, without titles, status words and ordinals
    core      the words with one space between
    look      the words run together: what a careless reader takes the name for

Each step only takes away or replaces, so a view of a view is the same view. What two views have in common is the
question of `match`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from transferguard.names import ranks, tables
from transferguard.names.bounds import readable
from transferguard.names.fold import fold_table
from transferguard.names.ornaments import may_be_drawn, without_drawings, without_frame
from transferguard.names.particles import HONOURED, unspaced
from transferguard.names.signs import as_seen, has_markup

# Folded characters that are kept; every later step is bounded by this.
_KEPT_CHARS = 64

_MOST_PIECES = 6
# Words of one letter each from which they are one name with spaces between its letters.
_SPREAD_LETTERS = 5
_HAN_CLASS = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_HAN_CLASS}]")
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]{1,16}")
_NOT_HAN = re.compile(f"[^{_HAN_CLASS}]+")
_HANGUL_WORD = re.compile("[\uac00-\ud7a3]+")
_SYLLABIC = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
_INTRODUCTION = re.compile(
    "^(?:(?:你好|您好|大家好|嗨)?(?:我是|我叫)|是我|就是|我本人是|我就是|我就叫|這是|这是我|这是|这里是|俺是|在下|我乃|认准|正版|叫我|我|俺|私は|わたしは|僕は|ぼくは|俺は|こちらは|こちら|これは|私)(?=..)"
)
# Strokes that stand between the characters of a nickname as others put hearts; one 々 alone is a repeated character.
_STROKES = re.compile("[灬丨丶乀亅乛々〆]")
_CLAIMS_BEHIND = (
    "就是我|是我|是也|在此|本尊|本人|来了|驾到|报到|上线|的(?:新|小|大|备用)?(?:微信|账号|手机号|号)|新号|啊|呀|[一二三四五六七八九十壹贰叁肆伍]号"
    "|たん|っち|より|なう|っす|でござる|じゃよ|(?:です|だよ|だ|だった|ですよ|ですね)[ーっぅぁよねん〜]{0,3}|と申します|本人です|でーす|でございます|といいます|と言います|ですけど|本アカ|新アカ|別アカ|サブアカ|さま|せんせい|お兄さん|お姉さん|お姉ちゃん|お兄ちゃん|姉ちゃん|兄ちゃん|ねえさん|にいさん|兄さん|姉さん|おばちゃん|おじちゃん|おじさん|おばさん|コーチ|マネージャー|さん|ちゃん|くん|サブ|新アカウント|の新アカウント|の新垢|の別垢|のサブ垢"
)
# Two Thai letters that are drawn exactly as a third one.
_TWO_SHORT_VOWELS, _LONG_VOWEL = "เเ", "แ"
# A word that ends in a digit may end in an ordinal, or in a letter written as a digit.
_LEET_END = re.compile("[a-z][0-9]{1,2}$|^[0-9]{1,2}[a-z]|[a-z]6|6[a-z]")
# "I am" in one letter, which the eye reads as an R: said before Cyrillic letters it is read as the longer "this is".
_I_AM, _THIS_IS = re.compile("^[Яя](?=\\s+[Ѐ-ӿ])"), "это"


class Script:
    """Which family of rules a name is read by."""

    HAN = "han"
    SYLLABIC = "syllabic"
    LETTERS = "letters"


class NameView(NamedTuple):
    """One name, read in steps."""

    words: tuple[str, ...]
    core: str
    look: str
    script: str
    pieces: tuple[str, ...] = ()
    playful: tuple[str, ...] = ()

    @property
    def is_han(self) -> bool:
        """Is it read by the rules for Han names?"""
        return self.script == Script.HAN


@lru_cache(maxsize=1024)
def view_of(name: str) -> NameView:
    """The views of a name; any string will do."""
    words = fold_words(name)
    view = view_of_core(" ".join(_core_words(words)))
    if view.script is Script.HAN and len(words) > 1 and (pieces := _pieces(words)):
        return NameView(words=view.words, core=view.core, look=view.look, script=view.script, pieces=pieces)
    if view.script is Script.LETTERS and not all(map(str.isalpha, words)) and any(map(_LEET_END.search, words)):
        # Elsewhere 6 is read as g.
        playful = tuple(" ".join(word for word in words if not word.isdigit())[:_KEPT_CHARS].replace("6", "b").split())
        return NameView(words=view.words, core=view.core, look=view.look, script=view.script, playful=playful)
    return view


@lru_cache(maxsize=2048)
def view_of_core(core: str) -> NameView:
    """The view whose core is known."""
    look = core.replace(" ", "")
    if look.isascii():
        script = Script.LETTERS
    elif _HAN.search(look):
        script = Script.HAN
    elif _SYLLABIC.search(look):
        script = Script.SYLLABIC
    else:
        script = Script.LETTERS
    return NameView(tuple(core.split()), core, look, script)


def fold_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without anything that leaves no ink; the signs themselves when only signs are left."""
    read = readable(name)
    if _PLAIN_HAN.fullmatch(read):  # nothing to be turned, read as a sign or taken away: most names of most circles
        folded = read.translate(fold_table())
        if _PLAIN_HAN.fullmatch(folded) and not may_be_drawn(folded):
            return (folded,)
    read = as_seen(read)
    if not read.isascii():
        read = _I_AM.sub(_THIS_IS, read)
        folded = read.translate(fold_table())
        if not folded.isascii():
            folded = without_drawings(unicodedata.normalize("NFC", folded).replace(_TWO_SHORT_VOWELS, _LONG_VOWEL))
            if _HAN.search(folded):
                folded = folded.translate(kana_read_as_han())
    else:
        folded = read.translate(fold_table())
    words = tuple(folded[: 4 * _KEPT_CHARS].split())
    if not words:
        left = "".join(char for char in read if unicodedata.category(char)[0] in "SPN")[:_KEPT_CHARS]
        return (left,) if left else ()
    return words


def cleaned_name(name: str) -> str:
    """The name without what leaves no ink, with single spaces, in composed form; otherwise as it arrived."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split()) if "  " in name or name[:1] == " " or name[-1:] == " " else name
    kept = "".join(char for char in readable(name) if _has_ink(char))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def bare_name(name: str) -> str:
    """The name as it is written, without the signs, emoji, titles and ordinals that stand beside it."""
    table, beside = fold_table(), _beside_anywhere()
    words = ("".join(char if unicodedata.category(char)[0] in "LM" or char in "'’-·" else " " for char in cleaned_name(name))).split()
    kept = [word for word in words if word.translate(table).strip() not in beside]
    return " ".join(kept or words)


@cache
def _has_ink(char: str) -> bool:
    return unicodedata.category(char)[0] != "C" and ord(char) not in tables.ignorable()


@lru_cache(maxsize=1024)
def letters_of(name: str) -> str:
    """Only what is written: letters, their marks and digits, without case and drawings. Nothing is read as anything else."""
    name = without_frame(readable(name))
    if name.isascii():
        return "".join(char for char in name if char.isalnum()).casefold()
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in name if _has_ink(char))
    return without_drawings(unicodedata.normalize("NFC", kept)).replace(" ", "").casefold()


@cache
def kana_read_as_han() -> dict[int, str]:
    """Kana, bopomofo and jamo that look like a Han character, read as it when they stand among Han."""
    found = {ord(char): targets[0] for char, targets in tables.kana_for_han().items()}
    # Compatibility jamo have been folded to conjoining ones when this table is asked.
    found.update({ord(plain): found[ord(char)] for char in map(chr, [*found]) if len(plain := unicodedata.normalize("NFKC", char)) == 1})
    return found


def _core_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the name itself, bounded; all words when nothing else is there."""
    if not words:
        return ()
    joined = "".join(words)
    if not joined.isascii() and _HAN.search(joined):
        return _han_core(words)
    if len(words) > 1:
        words = _without_claim(_without_claim(words), "title", "title")
    if len(words) >= _SPREAD_LETTERS and len(joined) == len(words):
        return (joined[:_KEPT_CHARS],)
    beside = _beside_anywhere()
    if not joined.isascii():
        before, behind = _unspaced()
        words = tuple(word if word in beside else behind.sub("", before.sub("", word)) or word for word in words)
    kept = tuple(filter(None, map(_without_company, words)))
    if not kept or (len(kept) == 1 == len(kept[0]) and not joined.isascii()):
        kept = words  # 김 정식: what is also a title is the name of whoever has only a surname beside it
    return tuple(" ".join(kept)[:_KEPT_CHARS].split())


@cache
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return unspaced(word for word in beside_words() if len(word) > 1 and _HANGUL_WORD.fullmatch(word))


@lru_cache(maxsize=4096)
def _without_company(word: str) -> str:
    """A word without an ordinal; empty where it stands beside a name, or counts."""
    return "" if word.isdigit() or _is_beside(word, _beside_anywhere()) else _bare(word)


def _is_beside(word: str, beside: frozenset[str]) -> bool:
    """Does this word stand beside a name, also with an ending of courtesy?"""
    return word in beside or word.strip("0123456789") in beside or (len(word) > 2 and word[-1] == HONOURED and word[:-1] in beside)


@cache
def _phrases(kind: str, place: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Folded phrases of one kind, by their first word or their last: "I am" before a name, "it is me" behind one, long titles."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in tables.claims()[kind]:
        words = fold_words(phrase)
        if len(words) == 1 == len(words[0]) and words[0].isascii():
            continue  # я looks like the initial of a name
        found[words[place]] = tuple(sorted({*found.get(words[place], ()), words}, key=lambda one: (-len(one), one)))
    return found


def _without_claim(words: tuple[str, ...], before: str = "i_am", behind: str = "it_is_me") -> tuple[str, ...]:
    """The words without "I am" before them and "it is me" behind them, or without other phrases there."""
    for phrase in _phrases(before, 0).get(words[0], ()):
        if words[: len(phrase)] == phrase and len("".join(words[len(phrase) :])) > 1:
            words = words[len(phrase) :]
            break
    for phrase in _phrases(behind, -1).get(words[-1], ()):
        if words[-len(phrase) :] == phrase and len("".join(words[: -len(phrase)])) > 1:
            return words[: -len(phrase)]
    return words


def _bare(word: str) -> str:
    """A word without an ordinal at its end or head."""
    bare = word.strip("0123456789")
    return bare if len(bare) >= 2 or not bare else word


@cache
def _claim_behind() -> re.Pattern[str]:
    """What says "it is me" behind a Han name; kana among Han have been read as what they look like."""
    return re.compile(f"(?<=..)(?:{_CLAIMS_BEHIND}|{_CLAIMS_BEHIND.translate(kana_read_as_han())})$")


@cache
def beside_words() -> frozenset[str]:
    """Folded words that stand beside a name."""
    table, kana = fold_table(), kana_read_as_han()
    folded = frozenset(word.translate(table).strip() for words in tables.titles().values() for word in words)
    return folded | {word.translate(kana) for word in folded}


def claims_more(seen: str, original: str) -> bool:
    """Does the seen name say more of its account than the original: new, second, official, "it is me"?"""
    words, others = fold_words(seen), fold_words(original)
    status = _status_words()
    if has_markup(seen) and not has_markup(original):
        return True
    if any(word in status and word not in others for word in words):
        return True
    if len(words) > len(others) and _without_claim(words) != words:
        return True
    joined = "".join(words)
    return bool(_HAN.search(joined) and (_INTRODUCTION.search(joined) or _claim_behind().search(joined)) and joined != "".join(others))


def without_status(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words without what says which account this is: new, second, my number."""
    status = _status_words()
    bare = _without_claim(words) if len(words) > 1 else words
    return tuple(word for word in bare if word not in status)


@cache
def _status_words() -> frozenset[str]:
    table, kana = fold_table(), kana_read_as_han()
    folded = frozenset(word.translate(table).strip() for kind in ("status", "organisation") for word in tables.titles()[kind])
    return folded | {word.translate(kana) for word in folded}


@lru_cache(maxsize=1024)
def organisations(name: str) -> frozenset[str]:
    """The employers, banks and carriers that a name in Han, kana or Hangul tells of."""
    folded = name.translate(fold_table())
    return frozenset(word for word in _organisation_words() if word in folded)


@cache
def _organisation_words() -> frozenset[str]:
    table = fold_table()
    return frozenset(word.translate(table).strip() for word in tables.titles()["organisation"] if "\u2e80" <= word < "\uf900")


@cache
def trade_words() -> frozenset[str]:
    """Folded words of shops and trades."""
    table = fold_table()
    return frozenset(word.translate(table).strip() for word in tables.trades("letters"))


@cache
def titles_before() -> frozenset[str]:
    """Folded titles that are names where they do not stand first: anh, chị, السيد."""
    table = fold_table()
    return frozenset(word.translate(table).strip() for word in tables.titles()["before"])


@cache
def _beside_anywhere() -> frozenset[str]:
    return beside_words() - titles_before()


@cache
def _han_beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Han titles of two characters or more, after and before a name."""
    titles = sorted((word for word in beside_words() if _HAN.match(word) and len(word) > 1), key=lambda word: (-len(word), word))
    alternatives = "|".join(map(re.escape, titles))
    return re.compile(f"(?:{alternatives})+$"), re.compile(f"^(?:{alternatives})+")


def _han_core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A Han name without what stands at it: 我是李明, 李明老师, 李明 (新号), 李明2, Mike 李明."""
    beside = beside_words()
    kept = [word for word in words if word not in beside] or list(words)
    if len(kept) == 1 and len(kept[0]) <= _NO_ROOM_BESIDE and _PLAIN_HAN.fullmatch(kept[0]) and _beside_in_short().isdisjoint(kept[0]):
        return (kept[0],)
    chunks = [piece for word in kept if (piece := _HAN_RUN.sub("", _NUMBERED.sub("", word)))]
    joined = "".join(chunks) if len("".join(chunks)) >= 2 else "".join(kept)
    if len(plain := _STROKES.sub("", joined)) >= 2 and (joined.count("々") != 1 or "々" not in joined):
        joined = plain
    bare = _claim_behind().sub("", _INTRODUCTION.sub("", joined))
    after, before = _han_beside()
    for pattern in (after, before):
        cut = pattern.sub("", bare)
        if len(cut) >= 2 and not ranks.is_japanese_name(cut, bare.removeprefix(cut)):
            bare = cut
    return (bare[:_KEPT_CHARS],)


@cache
def _beside_in_short() -> frozenset[str]:
    """Characters of all that may stand at a name of three characters at most: no title of two leaves a name there."""
    return frozenset(_INTRODUCTION.pattern + _claim_behind().pattern + _STROKES.pattern)


def _pieces(words: tuple[str, ...]) -> tuple[str, ...]:
    """The Han parts between signs and spaces, each as a name of its own."""
    found = (_HAN_RUN.sub("", word) for word in words[:_MOST_PIECES])
    return tuple(_INTRODUCTION.sub("", piece) for piece in found if len(piece) > 1)


# Ordinals, and Latin that stands beside Han: "李明2", "Mike李明".
_HAN_RUN = re.compile("[0-9a-z]+")
# "Account no. 2", with its counter.
_NUMBERED = re.compile("(?<=..)[0-9]{1,3}号$")
# Characters up to which a title of two would leave less than a name.
_NO_ROOM_BESIDE = 3
