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


UNRELATED_LIKENESS = -20.0
"""Log-odds given to pictures of which no two windows look alike."""


def compare_avatars(a: Fingerprint, b: Fingerprint) -> AvatarMatch:
    """Are these two the same picture, and what was done to it?

    Args:
        a: The picture in question.
        b: The picture it may copy.
    """
    shelf = lay_out(b.planes)
    best: tuple[float, Candidates, int] | None = None
    for plane in a.planes:
        found = verify(plane, shelf, ONE_PAIR)
        if found is None:
            continue
        at = int(found.likeness.argmax())
        if best is None or float(found.likeness[at]) > best[0]:
            best = float(found.likeness[at]), found, at
    kind = shared_kind(a, b)
    if best is None:
        return AvatarMatch(weight=bits(UNRELATED_LIKENESS, kind), similarity=similarity_of(UNRELATED_LIKENESS))
    weight = bits(best[0], kind)
    changes = changes_between(best[1], best[2]) if weight > 0 else ()
    return AvatarMatch(weight=weight, similarity=similarity_of(best[0]), changes=changes)


def shared_kind(a: Fingerprint, b: Fingerprint) -> PictureKind:
    """The kind that a pair is weighed as: graphic only where both are, because padding makes a graphic of any photo."""
    return PictureKind.PHOTO if PictureKind.PHOTO in (a.kind, b.kind) else PictureKind.GRAPHIC
