# SPDX-License-Identifier: Apache-2.0
"""Fingerprints of pictures: read from the store, or computed once and kept there.

A picture is known by the SHA-256 of its bytes, so the same file is decoded once, whoever wears it and however often. A picture that
cannot be fingerprinted is `Unavailable` with the reason, and is not tried again either (design, rule 7: a hostile picture is never
an error that skips the check).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from transferguard.circle import Moment, Pictures, worn
from transferguard.errors import AvatarError
from transferguard.model import Account, Unavailable
from transferguard.seams import Enrolled, Store


class Enrolment:
    """The fingerprints that a store keeps.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def pictures(self, accounts: Collection[Account]) -> dict[str, Pictures]:
        """What is known of the pictures of these accounts, by account id."""
        wardrobe = {account.id: _pictures_of(account) for account in accounts}
        known = self._enrolled([picture for pictures in wardrobe.values() for picture in pictures])
        return {account.id: _compared(account, wardrobe[account.id], known) for account in accounts}

    def _enrolled(self, pictures: Collection[bytes]) -> Mapping[str, Enrolled]:
        by_digest = {_digest(picture): picture for picture in pictures}
        known = dict(self._store.enrolled(by_digest.keys()))
        for digest in sorted(by_digest.keys() - known.keys()):
            fingerprint = fingerprint_of(by_digest[digest])
            self._store.enrol(digest, fingerprint)
            known[digest] = Enrolled(fingerprint=fingerprint)
        return known


def fingerprint_of(picture: bytes) -> bytes | Unavailable:
    """The serialised fingerprint of a picture, or why there is none."""
    from transferguard.avatars import fingerprint_avatar  # noqa: PLC0415 - numpy and Pillow load with the first picture

    try:
        return bytes(fingerprint_avatar(picture))
    except AvatarError as error:
        return Unavailable(error.reason)


def _digest(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()


def _pictures_of(account: Account) -> dict[bytes, Moment]:
    """The present picture first, then those worn before, latest first, each with the moment since when."""
    return {picture: since for picture, since in worn(account, "avatar") if isinstance(picture, bytes)}


def _compared(account: Account, pictures: Mapping[bytes, Moment], known: Mapping[str, Enrolled]) -> Pictures:
    from transferguard.avatars import Fingerprint  # noqa: PLC0415 - as above

    prints = [(known[_digest(picture)].fingerprint, since) for picture, since in pictures.items()]
    comparable = tuple(Fingerprint.from_bytes(print_) for print_, _ in prints if isinstance(print_, bytes))
    dates = tuple(since for print_, since in prints if isinstance(print_, bytes))
    if isinstance(account.avatar, Unavailable):
        return Pictures(fingerprints=comparable, since=dates, why_not=account.avatar.why)
    present = known[_digest(account.avatar)]
    return Pictures(
        fingerprints=comparable,
        since=dates,
        has_present=isinstance(present.fingerprint, bytes),
        digest=_digest(account.avatar),
        wearers=present.wearers,
        why_not=present.fingerprint.why if isinstance(present.fingerprint, Unavailable) else "",
    )
