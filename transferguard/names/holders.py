# SPDX-License-Identifier: Apache-2.0
"""Who holds an account, as its name tells?

A verified name may name two people who hold an account together, a person and the name under which he trades, or a
company with its legal form. This file takes such a name apart; whether a written name fits one of the parts is the
question of `payee`.
"""

from __future__ import annotations

import re
from functools import cache

from transferguard.names import tables
from transferguard.names.fold import fold_table

_TRADING = re.compile(r"\b(?:t/a|trading as|d/b/a|dba|doing business as|a/k/a|aka|f/k/a|formerly|n[ée]e|geb\.?|geborene)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\s*(?:&|\+|/|;|、|\band\b|\bund\b|\bet\b|\by\b|\be\b|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff]))\s*", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:&|\+|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_MOST_HOLDERS = 4


def plain_words(name: str) -> tuple[str, ...]:
    """The folded words of a name with every word kept: titles are taken away by who asks."""
    return tuple(name.translate(fold_table()).split())


@cache
def _forms() -> dict[str, str]:
    """Legal form, folded and run together, to its family."""
    return {"".join(plain_words(form)): family for family, forms in tables.rows("legal_forms.txt") for form in forms.split("|")}


@cache
def _han_form() -> re.Pattern[str]:
    forms = sorted((form for form in _forms() if not form.isascii()), key=lambda form: (-len(form), form))
    alternatives = "|".join(map(re.escape, forms))
    return re.compile(f"^(?:{alternatives})|(?:{alternatives})$")


def without_form(name: str) -> tuple[str, str]:
    """The words of a company name without its legal form, run together by spaces, and the family of the form.

    Returns:
        The name and the family; the family is empty when the name has no legal form.
    """
    words = list(plain_words(_AND.sub(" and ", name)))
    family = ""
    while len(words) > 1:
        size = next((size for size in (5, 4, 3, 2, 1) if size < len(words) and "".join(words[-size:]) in _forms()), 0)
        if not size:
            break
        family = family or _forms()["".join(words[-size:])]
        del words[-size:]
        if len(words) > 1 and words[-1] == "and":
            del words[-1]  # Miller & Co: what joined the form to the name goes with it
    text = " ".join(words)
    if not family and (found := _han_form().search(text)) and len(found.group()) < len(text):
        return _han_form().sub("", text), _forms()[found.group()]
    return text, family


def holders(name: str) -> list[str]:
    """Each holder that a name tells of, the whole name first.

    `John & Mary Smith` tells of John Smith and Mary Smith; `Anna Berg t/a Bergs Backstube` of both names.
    """
    found = [name]
    for part in _TRADING.split(name):
        joint = [one for one in _JOINT.split(part) if one.strip()]
        if 1 < len(joint) <= _MOST_HOLDERS:
            last = joint[-1].split()
            # The surname that is written once stands for both.
            found.extend(f"{one} {last[-1]}" if len(one.split()) == 1 and len(last) > 1 else one for one in joint)
        elif part.strip():
            found.append(part)
    return list(dict.fromkeys(one.strip() for one in found))
