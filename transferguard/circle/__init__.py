# SPDX-License-Identifier: Apache-2.0
"""Whom of the people the sender chose does this recipient resemble, and who of the two came later?

The circle holds contacts and people paid before, and nobody else: an account that merely wrote to the sender can neither hide
nor dilute a likeness. Names and pictures are indexed when the circle is built, so that a check only searches.

    look            how one person looks to the sender, and since when
    resemblance     what comparing two people gave, and who of them came later
    convergence     whether the recipient came from afar to look like somebody
    members         the index: a recipient in, resemblances out

Rule owned here (design, rule 2): the senior is the original. Of two who look alike the junior came later, into the circle or to
the name or picture. The order in which contacts are given is irrelevant.

What a likeness is worth, and against which hypothesis, is the question of `signals.lookalike`.
"""

from transferguard.circle.look import EVER, MAX_FORMER, NEVER, NEVER_CHANGED, SOME_DAY, Look, Moment, Pictures, SeenAs, look_of, worn
from transferguard.circle.members import Circle
from transferguard.circle.resemblance import AvatarLikeness, NameLikeness, Order, PictureChange, Resemblance, Trick

__all__ = [
    "EVER",
    "MAX_FORMER",
    "NEVER",
    "NEVER_CHANGED",
    "SOME_DAY",
    "AvatarLikeness",
    "Circle",
    "Look",
    "Moment",
    "NameLikeness",
    "Order",
    "PictureChange",
    "Pictures",
    "Resemblance",
    "SeenAs",
    "Trick",
    "look_of",
    "worn",
]
