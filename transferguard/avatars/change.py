# SPDX-License-Identifier: Apache-2.0
"""What was done to a picture, in values that a screen can draw.

Changes are read off the alignment of two pictures; none of them is needed to decide whether one is a copy.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What was done; both pictures are meant alike, so that "cropped" says of the second what it lost against the first."""

    SAME = "same"
    MIRRORED = "mirrored"
    TURNED = "turned"
    ROTATED = "rotated"
    CROPPED = "cropped"
    FRAMED = "framed"
    RECOLOURED = "recoloured"
    COVERED = "covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A box in a picture, as fractions of its width and height, from the upper left corner.

    Args:
        left: 0 is the left edge.
        top: 0 is the upper edge.
        right: 1 is the right edge.
        bottom: 1 is the lower edge.
    """

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between two likenesses of a picture.

    Args:
        kind: What was done.
        window: The part of the first picture that is seen again.
        other_window: Where that part stands in the second picture.
        box: What the change is about: the crop kept, the frame's inside, the covered part; None where it is the whole window.
        angle: Degrees clockwise, for `rotated` and `turned`, of the picture as it was mirrored; 0 otherwise.
    """

    kind: ChangeKind
    window: Window
    other_window: Window
    box: Window | None = None
    angle: float = 0.0
