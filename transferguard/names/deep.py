# SPDX-License-Identifier: Apache-2.0
"""Which folded letters are still taken for one another?

The fold joins characters of different scripts. Here ASCII letters join that are alike in many typefaces (rn and m, l and
I and 1, 0 and O) or stand for one another in playful writing (4 for a). Both sides are joined alike, so honest names stay
themselves; what the joining costs is weighed by `match_letters`.
"""

from __future__ import annotations

_JOINED = str.maketrans("i1|!0q5$4@378926uлз", "llllogssaaetbgzgnne")
# A letter that looks like two is read as the two, so that one edit elsewhere stays one edit.
_TAKEN_APART = str.maketrans({"m": "nn", "w": "vv", "d": "cl"})


def deep_look(look: str) -> str:
    """The look with alike letters joined."""
    return look.translate(_JOINED).replace("rn", "nn").translate(_TAKEN_APART)
