# SPDX-License-Identifier: Apache-2.0
"""What comparing two people gave, and who of the two came later.

Rule owned here (design, rule 2): where two intervals overlap the order is undated, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from transferguard.circle.look import NEVER_CHANGED, Look, Moment, SeenAs
from transferguard.model import Instant, Maybe


class Order(StrEnum):
    """Who of two look-alikes came later; from the clearest case against the recipient to the clearest for."""

    RECIPIENT_LATER = "recipient_later"
    UNDATED = "undated"
    RECIPIENT_PROBABLY_EARLIER = "recipient_probably_earlier"
    RECIPIENT_EARLIER = "recipient_earlier"


def order_of(recipient: Moment, member: Moment, *, subject: Look, other: Look) -> Order:
    """Who came later, when each is known as an interval only?

    Args:
        recipient: When the recipient came to look like this.
        member: When the member did.
        subject: The recipient; the age of the account decides what dates leave open.
        other: The member, likewise.
    """
    if recipient.earliest > member.latest:
        return Order.RECIPIENT_LATER
    if recipient.latest < member.earliest:
        return Order.RECIPIENT_EARLIER
    if isinstance(subject.created_at, datetime) and isinstance(other.created_at, datetime) and subject.created_at < other.created_at:
        return Order.RECIPIENT_PROBABLY_EARLIER
    return Order.UNDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Trick:
    """One thing that was done to a name, without the characters: they may be those of a verified name.

    Args:
        kind: Machine-readable.
        at: First code point in the recipient's name.
        length: Code points concerned.
        honest: Whether an honest person could have such a name.
    """

    kind: str
    at: int
    length: int
    honest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLikeness:
    """A name of the recipient that resembles a name of a member.

    Args:
        seen: Which of the recipient's names.
        of: Which of the member's.
        weight: Bits, as the names room measured it.
        similarity: 0 to 1; more is more alike.
        kind: How they are alike: exact, look, sound.
        tricks: What was done.
        nickname: Whether the member's name is one that the member chose and not the real one; False where that is not known.
    """

    seen: SeenAs
    of: SeenAs
    weight: float
    similarity: float
    kind: str
    tricks: tuple[Trick, ...] = ()
    nickname: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChange:
    """One thing that was done to a picture, with the aligned windows as fractions of each side.

    Args:
        kind: Machine-readable.
        recipient: Left, top, right, bottom in the recipient's picture.
        member: The same in the member's.
    """

    kind: str
    recipient: tuple[float, float, float, float]
    member: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarLikeness:
    """A picture of the recipient that resembles a member's.

    Args:
        weight: Bits, popularity already taken off.
        distance: Falls with likeness.
        former: Whether it is a picture that the member wore before.
        changes: What was done.
    """

    weight: float
    distance: float
    former: bool = False
    changes: tuple[PictureChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """One member of the circle whom the recipient resembles.

    Args:
        account: The member's account id.
        display_name: The member's display name, for the comparison on the screen.
        remark: The sender's label for the member.
        order: Who came later; of name and picture the one where that is clearer.
        began_at: The earliest moment at which both can have looked alike; Unavailable when nothing bounds it.
        side_by_side_since: Since when the sender has known both, looking alike; Unavailable for a recipient outside the circle.
        same_identity: Whether one verified person stands behind both.
        paid: Whether the sender has paid the member before.
        name: The likeness of names, if any.
        avatar: The likeness of pictures, if any.
        other_picture: Whether both pictures are known and are not alike.
        converged_at: When a change last moved the recipient towards the member; Unavailable when none did.
        convergence_steps: How many changes did.
    """

    account: str
    display_name: str
    remark: Maybe[str]
    order: Order
    began_at: Maybe[Instant]
    side_by_side_since: Maybe[Instant]
    same_identity: bool
    paid: bool
    name: NameLikeness | None
    avatar: AvatarLikeness | None
    other_picture: bool
    converged_at: Maybe[Instant] = NEVER_CHANGED
    convergence_steps: int = 0
