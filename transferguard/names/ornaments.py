# SPDX-License-Identifier: Apache-2.0
"""Which letters of a name are no letters but drawings?

People put ツ, ღ, ஜ, 彡 or ʚɞ at their names as others put stars, frame them in xX…Xx and add faces such as :3 and o_o. To the eye
these are signs, to Unicode letters; here they are taken away as signs are. What stands within a word is left alone: a letter of
another script in a word is a disguise.

Rule owned here: a name of which nothing would be left is left whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from transferguard.names.bounds import with_ink

# Scripts in which people have names; a letter of any other one at a name that is not written in it is a drawing.
_OF_NAMES = re.compile(
    "[\\s\x00-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1eff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff\u3041-\u30ff\u3005\u3007]+"
)
# Han characters, kana and jamo that are drawn beside names of any script, and phonetic letters that make faces and wings.
_SIGNS = "彡乂亗卍卐丨丿乀乁亅乛灬丶〆々ツシジヅッヾヽゞミメノのー"
_FACES = "ʕʔʖᴥʚɞʘʬॐૐ"
_DRAWN = re.compile(f"[{_SIGNS}{_FACES}\u3041-\u30ff\u1100-\u11ff\u3131-\u318e]")
_GREEK_WORD = re.compile("(?:^|\\s)[\u0370-\u03ff](?:\\s|$)")
# Signs of these stand at names in Han characters wherever they stand; the others only on both sides or by themselves.
_ALWAYS_DRAWN = frozenset("彡亗卍卐")
_REPEATED = "々"
_HAN_WRITING = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "KATAKANA-HIRAGANA", "BOPOMOFO")
# Scripts whose letters are taken for one another: one of them in a word of another is a disguise.
_FOLDED_TOGETHER = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_FEWEST_LETTERS = 2
# Letters side by side up to which they are a drawing; more are a name in a second script, unless they are all the same.
_MOST_DRAWN = 2
# Faces that are typed: by themselves, before or behind a name.
_TYPED = re.compile(
    r"(?<!\S)(?:[:;=8xX][-'^]?(?:[DdPpVv3oO0*]|[)(\]\[/\\|]+)|[xX]D+|<3+|=\)+|\^_*\^|-_+-|[oO0Tx;.>uU][_.][oO0Tx;.<uU]|[uUoO]w[uUoO]|(?:xo)+x?|[╹◕◠•ಠ]\S?[╹◕◠•ಠ])(?!\S)"
)
_PERHAPS_TYPED = re.compile("[:;=<^_◕ಠ•╹◠-]|(?i:(?<![^\\W_])(?:[uo]w[uo]|xo|xd|[ot0x]\\.[ot0x]))")
# What is written round a name as brackets are.
_FRAMED = re.compile(
    r"^(?:[xX]{2,3}|×+|[xXoO0](?=[_.\-]))[\s_.\-]*(\S.*?[^\s_.\-])[\s_.\-]*(?:[xX]{2,3}|×+|(?<=[_.\-])[xXoO0])$", re.DOTALL
)
# A Thai six under Arabic marks is drawn as a flourish; with the letters of faces and wings it is put aside before anything is folded.
_FLOURISH = re.compile("๖[\u06d6-\u06ed]+")
_NO_FACES = str.maketrans(dict.fromkeys(_FACES, " "))
_FRAMES, _LONGEST_FRAMED = "xX×oO0", 96


def without_frame(text: str) -> str:
    """The text without typed faces, and without what frames it: xX_Maria_Xx, |Maria|, @Maria.

    Args:
        text: At most as much of a name as is read.
    """
    plain = text.strip() if text.isascii() else _FLOURISH.sub(" ", with_ink(text).translate(_NO_FACES)).strip()
    if not plain or len(plain) > _LONGEST_FRAMED:
        return text
    first, last = plain[0], plain[-1]
    if first == "|" and last == "|":
        plain = plain.strip("| ")
    elif first == "@" and plain[1:2].isupper():
        plain = plain[1:]
    elif first in _FRAMES and last in _FRAMES and (found := _FRAMED.match(plain)):
        plain = found.group(1)
    if " " in plain and _PERHAPS_TYPED.search(plain):
        plain = _TYPED.sub(" ", plain)
    return plain if any(map(str.isalpha, plain)) else text


def is_drawn(text: str) -> bool:
    """Are these letters drawings beside names of any script?"""
    return all((char in _SIGNS and char != _REPEATED) or char in _FACES or _of_another_world(char) for char in text)


def _of_another_world(char: str) -> bool:
    """A letter of a script that no names of ours are written in."""
    return char.isalpha() and not _OF_NAMES.match(char) and _script(char) not in {"LATIN", "HAN", "ARABIC", "MODIFIER"} and _is_plain(char)


def _is_plain(char: str) -> bool:
    return unicodedata.normalize("NFKC", char) == char


def may_be_drawn(text: str) -> bool:
    """Are there letters in a text of Han characters that are drawn beside names?"""
    return bool(_DRAWN.search(text))


def without_drawings(folded: str) -> str:
    """Folded text without the letters that are drawings."""
    if folded.isascii() or (_OF_NAMES.fullmatch(folded) and not _DRAWN.search(folded) and not _GREEK_WORD.search(folded)):
        return folded
    scripts = [_script(char) for char in folded if char.isalpha()]
    if not scripts:
        return folded
    main = max(dict.fromkeys(scripts), key=scripts.count)
    words = folded.split()
    both = len(words) > 0 and words[0][0] == words[-1][-1] and len("".join(words)) > _FEWEST_LETTERS
    kept: list[str] = []
    for word in words:
        bare = _bare_word(word, main, both=both)
        if bare:
            kept.append(bare)
    plain = " ".join(kept)
    return plain if sum(map(str.isalpha, plain)) >= _FEWEST_LETTERS else folded


def _bare_word(word: str, main: str, *, both: bool) -> str:
    """A word without the drawings at its ends."""
    if _few(word) and all(_is_drawing(char, main, alone=True) for char in word):
        return ""
    first, last = 0, len(word)
    while first < last and _is_drawing(word[first], main, alone=both):
        first += 1
    while last > first and _is_drawing(word[last - 1], main, alone=both):
        last -= 1
    return word[first if _few(word[:first]) else 0 : last if _few(word[last:]) else len(word)]


def _few(letters: str) -> bool:
    return len(letters) <= _MOST_DRAWN or letters.count(letters[0]) == len(letters)


def _is_drawing(char: str, main: str, *, alone: bool) -> bool:
    """Is this letter a drawing at a name in the main script?

    Args:
        char: A folded character.
        main: The script of most letters.
        alone: Whether it stands by itself, or on both sides of the name.
    """
    if char.isascii() or not (char.isalpha() or _is_loose_sign(char)):
        return False
    if char in _FACES:
        return True
    script = _script(char)
    if main == "HAN":
        return _is_drawing_at_han(char, script, alone=alone)
    if script == "HAN":
        return char in _SIGNS or "\u3041" <= char <= "\u30ff" or _is_jamo(char)
    if script in _FOLDED_TOGETHER:
        return alone and script == "GREEK" != main
    return script != main


def _is_drawing_at_han(char: str, script: str, *, alone: bool) -> bool:
    """The same at a name in Han characters, kana or Hangul."""
    if script == "HAN":
        return char in _ALWAYS_DRAWN or (alone and (char in _SIGNS or _is_jamo(char)))
    return script not in _FOLDED_TOGETHER or (alone and script != "LATIN")


def _is_loose_sign(char: str) -> bool:
    """A vowel sign or mark of some script, which needs a letter of it to stand on."""
    return unicodedata.category(char) in {"Mn", "Mc"} and _script(char) != "COMBINING"


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\u3131" <= char <= "\u318e"


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script of a letter, by its name; Han, kana and Hangul are one, because they are written together."""
    word = unicodedata.name(char, "?").split(" ")[0]
    return "HAN" if word in _HAN_WRITING else word
