# SPDX-License-Identifier: Apache-2.0
"""Did the recipient come from afar to look like this member?

What was worn before is compared with the member as well; a path that rises far is a drift, in however many steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from transferguard.circle.look import Look, SeenAs
from transferguard.circle.resemblance import AvatarLikeness, NameLikeness

MAX_STEPS: Final = 8
"""Former names and pictures that are looked at; a drift in more steps still shows in the last eight."""

FAR: Final = 0.25
"""Similarity gained in all, from which on a path leads towards somebody, chosen."""

SLIGHT: Final = 0.02
"""Similarity gained by one change that counts as a step; less is noise of re-encoding, chosen."""


def steps_towards(subject: Look, member: Look, *, name: NameLikeness | None, avatar: AvatarLikeness | None) -> int:
    """By how many changes did the recipient come from afar to look like this member? 0 when it did not come from afar."""
    from transferguard.avatars import compare_avatars  # noqa: PLC0415 - loaded already when a circle exists
    from transferguard.names import compare_names  # noqa: PLC0415 - likewise

    steps = 0
    if name and name.seen is SeenAs.DISPLAY_NAME and subject.former_names:
        targets = [text for seen_as, text in member.names() if seen_as is name.of]
        path = [max(compare_names(old, target).similarity for target in targets) for old in subject.former_names[-MAX_STEPS:]]
        steps += _rises([*path, name.similarity])
    if avatar and len(subject.pictures) > 1 and member.pictures:
        former = reversed(subject.pictures[1 : MAX_STEPS + 1])
        path = [max(compare_avatars(old, worn).similarity for worn in member.pictures) for old in former]
        present = max(compare_avatars(subject.pictures[0], worn).similarity for worn in member.pictures)
        steps += _rises([*path, present])
    return steps


def _rises(path: Sequence[float]) -> int:
    """How many steps of this path rise, if it rises far in all.

    Args:
        path: Similarity to the member after each change, oldest first, 0 to 1.
    """
    far = path[-1] - min(path) >= FAR
    return sum(later > earlier + SLIGHT for earlier, later in pairwise(path)) if far else 0
