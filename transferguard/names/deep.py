# SPDX-License-Identifier: Apache-2.0
"""Which folded letters are still taken for one another?

The fold joins characters of different scripts. Here ASCII letters join that are alike in many typefaces (rn and m, l and
I and 1, 0 and O) or stand for one another in playful writing (4 for a). Both sides are joined alike, so honest names stay
themselves; what the joining costs is weighed by `match_letters`.
"""

from __future__ import annotations

_JOINED = str.maketrans("i1|!0q5$4@378926uлз", "llllogssaaetbgzgnne")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("uu", "w"), ("nn", "m"))


def deep_look(look: str) -> str:
    """The look with alike letters joined."""
    look = look.replace("1", "l")
    for pair, single in _PAIRS:
        if pair in look:
            look = look.replace(pair, single)
    return look.translate(_JOINED)
