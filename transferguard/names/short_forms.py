# SPDX-License-Identifier: Apache-2.0
"""Which given name is a short form of which?

English ones come from a package, those in Cyrillic letters are written down here; both are asked by the folded word.
"""

from __future__ import annotations

from functools import cache

from transferguard.names import tables
from transferguard.names.fold import fold_table


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """Folded given name to its short forms, both ways, each once and in the order of the tables: names are looked up in this order."""
    found = dict(tables.nicknames())
    cyrillic: dict[str, dict[str, None]] = {}
    table = fold_table()
    for row in tables.rows("nicknames_cyrillic.txt"):
        name, *others = " ".join(row).translate(table).split()
        for other in others:
            cyrillic.setdefault(name, {})[other] = None
            cyrillic.setdefault(other, {})[name] = None
    return found | {name: (*found.get(name, ()), *others) for name, others in cyrillic.items()}
