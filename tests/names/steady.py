# SPDX-License-Identifier: Apache-2.0
"""What the name engine says today about a few hundred names and pairs, to be read as a diff whenever it says something else.

No line is right because it stands here: how well the engine finds copies is measured by the benchmarks. But no line changes by
accident. After a change on purpose: `python -m tests.steady`; without the file other names are drawn.
"""

from __future__ import annotations

import json
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import numpy as np

from transferguard.names import NameIndex, compare_names, find_role, inspect_name, mask_name, match_payee, name_rarity
from transferguard.names.keys import probe_keys, stored_keys
from transferguard.names.views import view_of
from transferguard.testing.disguises import DISGUISES, Known
from transferguard.testing.populations import Culture, draw_people
from transferguard.testing.split import Split

FILE = Path(__file__).with_name("steady.jsonl")

MORE = Path(__file__).with_name("pairs.json")
"""Further pairs: every writing, every kind of copy once more, titles, companies and joint holders."""

MORE_SAID = Path(__file__).with_name("steady_more.jsonl")
"""What is said of those, and under which keys they are kept and looked for."""

OF_EACH = 1
"""Copies of each kind in each writing; 50 kinds and ten writings make some 400 pairs."""

STRANGERS = 12
"""Pairs of strangers in each writing."""

BY_HAND = (
    ("客服小美", "李思远"),
    ("妈妈", "妈妈"),
    ("Dr. Alice Brown", "Alice Brown"),
    ("alice_brown99", "Alice Brown"),
    ("ＡＬＩＣＥ　ＢＲＯＷＮ", "Alice Brown"),
    ("Müller GmbH", "Mueller"),
    ("İpek Yılmaz", "Ipek Yilmaz"),
    ("\u202eenworB ecilA", "Alice Brown"),
    ("李\u200b思远", "李思远"),
    ("O'Neill", "O’Neill"),
    ("Bob", "Robert"),
    ("张伟3", "张伟"),
    ("张 伟", "張偉"),
    ("木子思远", "李思远"),
    ("🦊李思远🦊", "李思远"),
    ("👩🏿 Alice Brown", "Alice Brown"),
    ("🏻李思远", "李思远"),
    ("李明明", "李明"),
    ("思思", "李思思"),
    ("\u202dAlice Brown\u202c", "Alice Brown"),
    ("きょうこ", "Kyoko Tanaka"),
    ("田中きょうこ", "Tanaka Kyoko"),
    ("중앙은행 고객센터", "김철수"),
    ("中国移动官方客服中心李思远", "李思远"),
    ("官方客服", "李思远"),
    ("张三丰张三丰", "张三丰"),
    ("阿明", "李明"),
    ("ﷺ محمد", "محمد علي"),
    ("אבי כהן", "Avi Cohen"),
    ("А1ice Вrown", "Alice Brown"),
    ("Brown, Alice", "Alice Brown"),
    ("Al1ce Br0wn", "Alice Brown"),
    ("Alise Braun", "Alice Brown"),
    ("A. Brown", "Alice Brown"),
    ("AliceBrown", "Alice Brown"),
    ("Nguyen Van Anh", "Nguyễn Văn Anh"),
    ("季思远", "李思远"),
    ("李恩远", "李思远"),
    ("李思遠2", "李思远"),
    ("弓长伟", "张伟"),
    ("Li Siyuan", "李思远"),
    ("王小明（同名）", "王小明"),
    ("李思远 的妈妈", "李思远"),
    ("", "李思远"),
    ("A" * 300, "A" * 299 + "B"),
)
"""Pairs that the drawn ones leave out."""


def pairs() -> list[tuple[str, str]]:
    """Copies of each kind, strangers and the pairs by hand; the same at every run."""
    found = list(BY_HAND)
    for culture in Culture:
        rng = Random(f"steady {culture}")
        people = draw_people(culture, len(DISGUISES) * OF_EACH + STRANGERS, seed=11, split=Split.TUNE)
        waiting = iter(people)
        for disguise in DISGUISES.values():
            for person in islice(waiting, OF_EACH):
                made = disguise(Known.of(person, remark=person.given, former_name=person.family), rng, split=Split.TUNE)
                if made is not None:
                    found.append((made, person.verified_name))
        found += [(one.verified_name, other.verified_name) for one, other in pairwise(people[-STRANGERS:])]
    return found


def said(seen: str, original: str) -> dict[str, Any]:
    """Everything that the engine says about a pair and about the seen name alone."""
    compared, alone, role = compare_names(seen, original), inspect_name(seen), find_role(seen)
    return {
        "seen": seen,
        "original": original,
        "kind": str(compared.kind),
        "similarity": round(compared.similarity, 3),
        "weight": round(compared.weight, 2),
        "tricks": [trick.text for trick in compared.tricks],
        "payee": str(match_payee(seen, original)),
        "mask": mask_name(seen),
        "rarity": round(name_rarity(seen), 2),
        "alone": [alone.cleaned, alone.malformed, round(alone.weight, 2), [trick.text for trick in alone.tricks]],
        "role": str(role.kind) if role else "",
    }


def found(names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Whom the index finds for each seen name among all originals."""
    index = NameIndex([(str(at), original) for at, (_, original) in enumerate(names)])
    return [
        {"searched": seen, "hits": [[hit.id, round(hit.weight, 2), str(hit.kind), len(hit.tricks)] for hit in index.search(seen)[:4]]}
        for seen, _ in names
    ]


def written(file: Path = FILE) -> list[dict[str, Any]]:
    """What stands in the file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def known_pairs() -> list[tuple[str, str]]:
    """The pairs of the file, drawn anew where there is none, and those by hand."""
    kept = [(one["seen"], one["original"]) for one in written() if "seen" in one] if FILE.exists() else pairs()
    return kept + [pair for pair in BY_HAND if pair not in kept]


def more_pairs() -> list[tuple[str, str]]:
    """The further pairs."""
    return [(seen, original) for seen, original in json.loads(MORE.read_text(encoding="utf-8"))]


def keys(name: str) -> dict[str, Any]:
    """Digests of the keys under which a name is stored, and of those that are looked up for it, each once in their order."""
    view = view_of(name)
    both = (stored_keys(view, name), probe_keys(view, name).tolist())
    stored, probed = (np.array(list(dict.fromkeys(some)), dtype="<u4").tobytes() for some in both)
    return {"name": name, "stored": f"{crc32(stored):08x}", "probed": f"{crc32(probed):08x}"}


def more_today() -> list[dict[str, Any]]:
    """What the engine says now of the further pairs and keys."""
    further = more_pairs()
    return today(further) + [keys(name) for name in dict.fromkeys(name for pair in further for name in pair)]


def today(names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """What the engine says now."""
    return [said(seen, original) for seen, original in names] + found(names)
