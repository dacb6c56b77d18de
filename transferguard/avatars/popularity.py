# SPDX-License-Identifier: Apache-2.0
"""How much less does a likeness prove when many people wear the picture?

A default avatar, a flag, a cup winner's logo: two people who wear it have copied a third, not each other. The store counts
how many identities wear a picture, and the host names those that it hands out itself.
"""

import math
from collections.abc import Iterable

from transferguard.avatars.fingerprint import Fingerprint

ORDINARY_WEARERS = 3
"""Identities: an owner, a relative with the same family photo, and somebody who copies it are nothing unusual."""

BITS_PER_DOUBLING = 2.0
"""Bits. Twice as many wearers make a chance meeting twice as likely, and twice as likely that the picture was taken from
somebody else; 1,000 wearers cost 17 bits, which is all that the best likeness weighs."""


def popularity_bits(wearers: int) -> float:
    """Bits to subtract from a likeness, because so many identities wear the same picture.

    Args:
        wearers: Distinct identities known to wear it, owner and account in question included.

    Returns:
        0 up to `ORDINARY_WEARERS`, and more the more wear it; never negative.
    """
    return max(0.0, BITS_PER_DOUBLING * math.log2(max(1, wearers) / ORDINARY_WEARERS))


class DefaultAvatars:
    """The pictures that a host hands out itself: a likeness through one of them proves nothing.

    Args:
        pictures: Fingerprints of the host's default avatars.
    """

    def __init__(self, pictures: Iterable[Fingerprint] = ()) -> None:
        from transferguard.avatars.index import AvatarIndex  # noqa: PLC0415 - keeps `popularity_bits` free of numpy

        self._index = AvatarIndex((number, picture) for number, picture in enumerate(pictures))

    def __contains__(self, fingerprint: Fingerprint) -> bool:
        """Is this one of the host's own pictures, perhaps saved again?"""
        return any(hit.weight >= CERTAIN_BITS for hit in self._index.search(fingerprint))


CERTAIN_BITS = 4.0
"""Bits from which a picture counts as the default avatar itself: silhouettes hold little detail and are held to 4 to 8 bits."""
