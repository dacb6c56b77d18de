# SPDX-License-Identifier: Apache-2.0
"""Are these two the same picture?

One pair, compared as thoroughly as we can. Searching one picture among many is `index`; both use the same steps
(`verification`) and weigh alike.
"""

from dataclasses import dataclass

from transferguard.avatars.change import Change
from transferguard.avatars.explanation import changes_between
from transferguard.avatars.fingerprint import Fingerprint
from transferguard.avatars.first_look import lay_out
from transferguard.avatars.kind import PictureKind
from transferguard.avatars.verification import ONE_PAIR, Candidates, verify
from transferguard.avatars.weights import bits, similarity_of
from transferguard.calling import demand


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarMatch:
    """How alike two pictures are.

    Args:
        weight: log2 P(this likeness | copy) / P(this likeness | unrelated), bits. Popularity is not yet subtracted.
        similarity: 0 (nothing alike) to 1 (the same pixels); rises with the weight for a given kind of picture.
        changes: What was done to the second picture to make the first; empty where the pictures are not plausibly one.
    """

    weight: float
    similarity: float
    changes: tuple[Change, ...] = ()

    @property
    def distance(self) -> float:
        """1 - similarity: falls with likeness."""
        return 1.0 - self.similarity


UNRELATED_LIKENESS = -12.0
"""Log-odds given to pictures of which no two windows look alike: less than any pair that was verified."""


def compare_avatars(a: Fingerprint, b: Fingerprint) -> AvatarMatch:
    """Are these two the same picture, and what was done to it?

    Args:
        a: The picture in question.
        b: The picture it may copy.
    """
    demand(a, Fingerprint, "a")
    shelf = lay_out(demand(b, Fingerprint, "b").planes)
    best: tuple[float, Candidates, int] | None = None
    for found in (tried for plane in a.planes for tried in verify(plane, shelf, ONE_PAIR)):
        at = int(found.weight.argmax())
        if best is None or float(found.weight[at]) > best[0]:
            best = float(found.weight[at]), found, at
    if best is None:
        return AvatarMatch(weight=bits(UNRELATED_LIKENESS, PictureKind.PHOTO), similarity=similarity_of(UNRELATED_LIKENESS))
    weight, found, at = best
    changes = changes_between(found, at) if weight > 0 else ()
    return AvatarMatch(weight=weight, similarity=similarity_of(float(found.likeness[at])), changes=changes)
