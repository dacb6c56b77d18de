# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Is this Latin word a spelling of that word in Cyrillic, Arabic or Indic letters?

Read letter by letter: each has its usual spellings and its rarer ones, short vowels that are not written may stand or not, and what does not fit
is another name however alike its consonants are: منى is Mona and Muna but not Iman, Яна is not Anna. The tables follow BGN/PCGN,
ISO 9, passports and common usage (Cairo and Baghdad, Delhi and Calcutta), written down for this project. What a spelling is worth is the question of `cross`.

Every letter is looked at once for each place that was reached, so a hostile word costs no more than its length.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

Options = tuple[tuple[str, float], ...]

# Bits of a rarer spelling, and of one that is nearly a mistake: in the tables behind one and two bars.
_RARER, _RAREST = 0.5, 1.5
# Of a long vowel where a short one is not written: سلمان is Salman and hardly Suleiman.
_NO_VOWEL_OF_ITS = 3.0
_LONGEST_WORD, _LONGEST_SPELLING = 20, 28
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1")
_CYRILLIC = """
а a|ah|o б b в v w|f ff г g|gh|h v д d е e|ye ie je|io yo ё e yo io|o jo ye je|ie ж zh|j z|g з z|s|ts и i|y ee|e й y|i -|j к k|c|q л l|| м m|| н n|| о o|a| п p|| р r|er|
с s|c|z т t|th| у u|ou oo|w ф f|ph|v х kh h|x ch|k ц ts|c tz|z ч ch|c tch tsch cz|tsh ш sh|sch ch s|sz щ shch|sch sh|sc shh s ъ -||y ы y|i|ui ь -|i|y э e|| ю yu iu|ju|u ou
я ya ia|ja|a і i|y| ї yi i|ji| є ye ie|e je| ґ g|| ў u w|v| ј j y|i| љ lj|l| њ nj|n| ћ c|ch| ђ dj|d j| џ dz|j|
"""
_ARABIC = """
ا a|e i aa|o u أ a|o u e i| إ i e|a| آ a|aa| ب b|p| ت t|| ث th|t s| ج j g|dj gh|dg ح h|| خ kh|k ch|h د d|t| ذ dh|z d|th ر r|| ز z|s| س s|c| ش sh|ch sch|s ص s|c| ض d|dh|z
ط t|| ظ z|dh|th d ع - a|e i o u aa ou|y غ gh|g|r ف f|ph|v ق q k|c g|gh qu ك k|c|q ل l|| م m|| ن n|| ه h||a و w ou u o|oo v|aw au ow ي y i ee|ei ai ay ie ey|j e ii iy ى a|i y|e
ة a|ah at e|eh et ء -||a ؤ o ou u|w| ئ i e|y| پ p|| چ ch|| ژ zh|j| گ g|| ک k|c|q ی y i ee|ei ai ay ie ey|e ہ h|| ے e i|ai y|
"""
_INDIC = """
क k|c|q qu ख kh|k| ग g|| घ gh|g| ङ n|ng| च ch|c| छ chh ch|c| ज j|z|g झ jh|z| ञ n|ny| ट t|| ठ th|t| ड d|r| ढ dh|r rh|d ण n|| त t|th| थ th|t| द d|dh| ध dh|d| न n|| प p|| फ ph f|p|
ब b||v भ bh|b|v म m|| य y|i|j ee - र r|| ल l|| व v w|b|o u श sh|s| ष sh|s|kh स s|c|sh ह h|| ळ l|| अ a|u|e i o आ a|aa| इ i|e|y ee ई i ee|e|y उ u|o| ऊ u oo|o| ऋ ri|ru|r ree ए e|a ay|ai
ऐ ai|e|ay ओ o||oh औ au|o ou|ow ऑ o|a| ा a|aa|o ि i|e|y ee ी i ee|y e|ea ie ु u|oo|o ू u oo|o| ृ ri|r|ru ree े e|a ay ey|ei ai ै ai|e ay|ei ो o||oh ौ au|ou ow|o aw ॉ o|a| ॅ e|a| ं n m|ng|
ँ -||n m ः -||h
"""
_AL = (
    ("", 0.0),
    ("al", 0.0),
    ("el", 0.0),
    ("ul", _RARER),
    ("as", _RARER),
    ("ash", _RARER),
    ("an", _RARER),
    ("ar", _RARER),
    ("ad", _RARER),
    ("at", _RARER),
    ("az", _RARER),
)
_SHORT_VOWEL = (
    ("", 0.0),
    ("a", 0.0),
    ("e", 0.0),
    ("i", 0.0),
    ("o", 0.0),
    ("u", 0.0),
    ("ou", _RARER),
    ("aa", _RARER),
    ("ei", _NO_VOWEL_OF_ITS),
    ("ai", _NO_VOWEL_OF_ITS),
    ("ie", _NO_VOWEL_OF_ITS),
)
# Before a long a no other vowel stands: رنا is Rana and not Rania.
_NO_VOWEL = (("", 0.0),)
_INHERENT = (("a", 0.0), ("", 0.0), ("e", _RARER), ("u", _RARER), ("o", _RARER), ("i", _RAREST))
# The l of an article within a word takes the sound of the letter behind it: Abdur Rahman.
_ASSIMILATED = tuple((letter, _RARER) for letter in ("", "r", "s", "sh", "d", "t", "n", "z"))
_ARTICLE, _ARTICLE_WITHIN = re.compile("^ال(?=.{3})"), re.compile("(?<=.)ال(?=..)")
_LONG_A, _LONG_I = frozenset("اى"), "إي"
_LONG_ARABIC = frozenset("اأإآىوؤيئةءعیے")
_INDIC_CONSONANTS = frozenset(map(chr, (*range(0x0915, 0x093A), 0x0933)))
_INDIC_SIGNS = frozenset("ािीुूृेैोौॉॅ्")
_VIRAMA = "्"
_BLOCK = 0x80
_END = "end"


@cache
def _spellings(table: str) -> dict[str, Options]:
    """Letter to its spellings with their bits; a letter stands first in its row, which ends before the next such letter."""
    found: dict[str, Options] = {}
    letter, text = "", ""
    for word in [*table.split(), _END]:
        if not word[0].isascii() or word == _END:
            if letter:
                found[letter] = _options(text)
            letter, text = word, ""
        else:
            text = f"{text} {word}"
    return found


def _options(text: str) -> Options:
    parts = [part.split() for part in text.split("|")]
    found: dict[str, float] = {}
    for words, bits in zip(parts, (0.0, _RARER, _RAREST), strict=False):
        for word in words:
            found.setdefault(word.strip("-"), bits)
    return tuple(found.items())


@lru_cache(maxsize=1024)
def _steps(word: str) -> tuple[Options, ...]:
    """What may be written one after the other for a word; empty when it is in none of the three writings."""
    word = word[:_LONGEST_WORD]
    first = word[:1]
    if "\u0400" <= first <= "\u052f":
        table = _spellings(_CYRILLIC)
        if not all(letter in table for letter in word):
            return ()
        return (_without_glide(table[first]) if first in "яю" else table[first], *(table[letter] for letter in word[1:]))
    if "\u0600" <= first <= "\u06ff":
        return _arabic_steps(word)
    return _indic_steps(word) if "\u0900" <= first <= "\u0d7f" else ()


def _without_glide(options: Options) -> Options:
    """Я and ю at the head of a name are never written without their y: Яна is not Ana."""
    return tuple(one for one in options if one[0] not in {"a", "u"})


def _arabic_steps(word: str) -> tuple[Options, ...]:
    table = _spellings(_ARABIC)
    steps: list[Options] = []
    if _ARTICLE.search(word):
        steps.append(_AL)
        word = word[2:]
    within = {found.start() + 1 for found in _ARTICLE_WITHIN.finditer(word)}
    for at, letter in enumerate(word):
        if letter not in table:
            return ()
        steps.append(
            (*table[letter], *_ASSIMILATED)
            if at in within
            else _unsaid(table[letter])
            if word[:2] == _LONG_I and at == 1
            else table[letter]
        )
        if at < len(word) - 1:
            steps.append(_NO_VOWEL if word[at + 1] in _LONG_A else _SHORT_VOWEL)
        elif letter not in _LONG_ARABIC:
            steps.append((("", 0.0), ("e", _RAREST), ("i", _RAREST)))
    return tuple(steps)


def _unsaid(options: Options) -> Options:
    """The letter may also be heard in the one before it: إيمان is Iman."""
    return (*options, ("", 0.0))


def _indic_steps(word: str) -> tuple[Options, ...]:
    """All Indic blocks have their letters in the order of Devanagari (ISCII)."""
    word = "".join(chr(0x0900 + ord(char) % _BLOCK) for char in word)
    table = _spellings(_INDIC)
    steps: list[Options] = []
    for at, letter in enumerate(word):
        if letter == _VIRAMA:
            continue
        if letter not in table:
            return ()
        # Doubled letters are looked at once in either writing.
        steps.append(_unsaid(table[letter]) if letter == word[at - 1 : at] and letter in _INDIC_CONSONANTS else table[letter])
        if letter in _INDIC_CONSONANTS and word[at + 1 : at + 2] not in _INDIC_SIGNS:
            steps.append(_INHERENT)
    return tuple(steps)


@lru_cache(maxsize=4096)
def spelling_bits(word: str, latin: str) -> float | None:
    """Bits that a spelling of a word is rarer than the usual one; None when it is no spelling of it.

    Args:
        word: In small Cyrillic, Arabic or Indic letters.
        latin: Folded Latin letters.
    """
    latin = _DOUBLED.sub(r"\1", latin[:_LONGEST_SPELLING]).replace("x", "ks")
    steps = _steps(word)
    reached = {0: 0.0}
    for options in steps:
        ahead: dict[int, float] = {}
        for at, bits in reached.items():
            for text, rarer in options:
                if latin.startswith(text, at):
                    place = at + len(text)
                    if bits + rarer < ahead.get(place, 99.0):
                        ahead[place] = bits + rarer
        if not ahead:
            return None
        reached = ahead
    return reached.get(len(latin)) if steps else None
