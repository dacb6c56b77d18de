# SPDX-License-Identifier: Apache-2.0
"""How a picture looks: is this the same picture, however disguised?

Bytes go in, a `Fingerprint` comes out; two fingerprints are compared, or one is searched among many. Nothing here knows
accounts, names or money, and nothing is fetched. What a likeness means for a transfer is decided in `transferguard.signals`.

The names below load on first use, so that importing the package costs neither numpy nor Pillow.
"""

from typing import TYPE_CHECKING

from transferguard.lazily import lazily

if TYPE_CHECKING:
    from transferguard.avatars.change import Change, ChangeKind, Window
    from transferguard.avatars.compare import AvatarMatch, compare_avatars
    from transferguard.avatars.fingerprint import Fingerprint, fingerprint_avatar
    from transferguard.avatars.index import AvatarHit, AvatarIndex
    from transferguard.avatars.kind import PictureKind
    from transferguard.avatars.popularity import DefaultAvatars, popularity_bits

_HOMES = {
    "AvatarHit": "index",
    "AvatarIndex": "index",
    "AvatarMatch": "compare",
    "Change": "change",
    "ChangeKind": "change",
    "DefaultAvatars": "popularity",
    "Fingerprint": "fingerprint",
    "PictureKind": "kind",
    "Window": "change",
    "compare_avatars": "compare",
    "fingerprint_avatar": "fingerprint",
    "popularity_bits": "popularity",
}

__all__ = [
    "AvatarHit",
    "AvatarIndex",
    "AvatarMatch",
    "Change",
    "ChangeKind",
    "DefaultAvatars",
    "Fingerprint",
    "PictureKind",
    "Window",
    "compare_avatars",
    "fingerprint_avatar",
    "popularity_bits",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    """The public names, for completion in an editor."""
    return sorted(__all__)
