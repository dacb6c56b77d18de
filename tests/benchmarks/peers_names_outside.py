# SPDX-License-Identifier: Apache-2.0
"""Compare pairs of names with packages that this project does not depend on; runs in an environment of its own.

Reads a JSON list of pairs, writes the list of likenesses: `python peers_names_outside.py icu|element|logic-v2 < pairs > likenesses`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from functools import cache
from itertools import count

_HIDDEN = re.compile("[\u2000-\u200f\u202a-\u202f\u0300-\u036f\ufeff\u061c\u2800\u2062-\u2063\\s]")
"""The characters that matrix-js-sdk removes before it compares display names."""


def _skeletons():
    import icu  # noqa: PLC0415 - only one question needs it

    checker = icu.SpoofChecker()

    @cache
    def skeleton(name: str) -> str:
        return str(checker.getSkeleton(0, name)) if hasattr(checker, "getSkeleton") else str(icu.SpoofChecker.getSkeleton(checker, 0, name))

    return skeleton


def icu_skeleton(pairs):
    """Equal skeletons of UTS #39."""
    skeleton = _skeletons()
    return [float(skeleton(seen) == skeleton(contact)) for seen, contact in pairs]


def element(pairs):
    """Equal names once hidden characters are off and confusable letters are replaced."""
    skeleton = _skeletons()

    @cache
    def fold(name: str) -> str:
        return str(skeleton(_HIDDEN.sub("", unicodedata.normalize("NFD", name)))).lower()

    return [float(fold(seen) == fold(contact)) for seen, contact in pairs]


def logic_v2(pairs):
    """The matching score of two people about whom nothing but the name is known."""
    from followthemoney import EntityProxy  # noqa: PLC0415 - takes seconds to load
    from nomenklatura.matching import LogicV2  # noqa: PLC0415 - the same

    numbers, config = count(), LogicV2.default_config()

    def person(name: str):
        # A new id each time: features are cached by id.
        return EntityProxy.from_dict({"id": f"p{next(numbers)}", "schema": "Person", "properties": {"name": [name]}})

    return [float(LogicV2.compare(person(seen), person(contact), config).score) for seen, contact in pairs]


if __name__ == "__main__":
    asked = {"icu": icu_skeleton, "element": element, "logic-v2": logic_v2}[sys.argv[1]]
    json.dump(asked([(seen, contact) for seen, contact in json.load(sys.stdin)]), sys.stdout)
