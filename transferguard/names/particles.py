# SPDX-License-Identifier: Apache-2.0
"""What is written at a name without a space, in Korean and in Thai?

Particles, "it is me", titles and claims, from a table. Words that stand apart are the question of `views`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from transferguard.names import tables
from transferguard.names.fold import fold_table

if TYPE_CHECKING:
    from collections.abc import Iterable

HONOURED = "님"


def unspaced(listed: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Folded particles and titles that are written at a name without a space: before it, and behind.

    Args:
        listed: Korean words that stand beside names.
    """
    table = tables.unspaced()
    korean, thai, before, korean_before = map(
        _either, (table["korean_ending"], table["thai_ending"], table["thai_beginning"], table["korean_beginning"])
    )
    titles = _either((*table["korean_title"], *sorted(listed)))
    return re.compile(f"^(?:{before})(?=[\u0e00-\u0e7f]{{3}})|^(?:{korean_before})(?=[\uac00-\ud7a3]{{3,4}}$)"), re.compile(
        f"(?<=[\uac00-\ud7a3]{{3}})(?:{titles}){HONOURED}?$|(?<=[\uac00-\ud7a3]{{2}})(?:{korean})$|(?<=[\u0e00-\u0e7f]{{3}})(?:{thai})$"
    )


def _either(words: Iterable[str]) -> str:
    """One of these words, folded, the longest first: a greeting may go on."""
    return "|".join(
        unicodedata.normalize("NFC", word.translate(fold_table())) for word in sorted(dict.fromkeys(words), key=len, reverse=True)
    )
