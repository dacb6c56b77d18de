# SPDX-License-Identifier: Apache-2.0
"""Fingerprints of pictures: read from the store, or computed once and kept there.

A picture is known by the SHA-256 of its bytes, so the same file is decoded once, whoever wears it and however often. A picture that
cannot be fingerprinted is `Unavailable` with the reason, and is not tried again either (design, rule 7: a hostile picture is never
an error that skips the check).
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from transferguard.circle import Moment, Pictures, worn
from transferguard.errors import AvatarError
from transferguard.model import Account, Unavailable
from transferguard.seams import Enrolled, LeftOut, Store

MOST_REMEMBERED: Final = 256
"""Fingerprints kept at hand for the next check of the same recipient; at up to 24 KB each this is 6 MB."""

FEW_PICTURES: Final = 16
"""Pictures asked for at once, up to which they are those of a recipient and not of a whole circle."""


class Enrolment:
    """The fingerprints that a store keeps.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recent: OrderedDict[str, bytes | Unavailable] = OrderedDict()
        self._seen: dict[str, tuple[Account, Pictures]] = {}
        self._lock = threading.Lock()

    def pictures(self, accounts: Collection[Account]) -> dict[str, Pictures]:
        """What is known of the pictures of these accounts, by account id; what was never enrolled is enrolled now."""
        wardrobe = {account.id: _pictures_of(account) for account in accounts}
        return self._of_all(accounts, wardrobe, self._known(_by_digest(wardrobe)))

    def pictures_left_out(self, accounts: Collection[Account]) -> dict[str, Pictures] | None:
        """The same where `LeftOut` stands for pictures; None where one of them was never enrolled, so that its bytes are needed."""
        if len(accounts) == 1:
            (account,) = accounts
            kept = self._seen.get(account.id)
            if kept is not None and kept[0] is account:
                return {account.id: self._as_worn_now(account, kept[1])}
        wardrobe = {account.id: _pictures_of(account) for account in accounts}
        by_digest = _by_digest(wardrobe)
        known = self._known(by_digest)
        if any(isinstance(by_digest[digest], LeftOut) for digest in by_digest.keys() - known.keys()):
            return None
        found = self._of_all(accounts, wardrobe, known)
        if len(accounts) == 1 and all(isinstance(one, LeftOut) for one in by_digest.values()):
            self._see(account, found[account.id])
        return found

    def _as_worn_now(self, account: Account, pictures: Pictures) -> Pictures:
        """What was known of this very account; only how many wear its picture may have changed."""
        if not pictures.digest:
            return pictures
        wearers = self._store.wearers([pictures.digest]).get(pictures.digest, 1)
        if wearers == pictures.wearers:
            return pictures
        changed = replace(pictures, wearers=wearers)
        self._see(account, changed)
        return changed

    def _see(self, account: Account, pictures: Pictures) -> None:
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        self._seen[account.id] = account, pictures

    def clear(self) -> None:
        """Keep nothing at hand."""
        self._seen.clear()
        with self._lock:
            self._recent.clear()

    def _known(self, by_digest: Mapping[str, bytes]) -> dict[str, Enrolled]:
        with self._lock:
            recent = {digest: self._recent[digest] for digest in by_digest if digest in self._recent}
        wearers = self._store.wearers(recent.keys()) if recent else {}
        known = {digest: Enrolled(fingerprint=print_, wearers=wearers.get(digest, 1)) for digest, print_ in recent.items()}
        if unknown := by_digest.keys() - known.keys():
            known |= self._store.enrolled(unknown)
        return known

    def _of_all(self, accounts: Collection[Account], wardrobe: _Wardrobe, known: dict[str, Enrolled]) -> dict[str, Pictures]:
        by_digest = _by_digest(wardrobe)
        new = sorted(by_digest.keys() - known.keys())
        # Who wears a picture may be known before anybody looked at it.
        wearers = self._store.wearers(new) if new else {}
        for digest in new:
            fingerprint = fingerprint_of(by_digest[digest])
            self._store.enrol(digest, fingerprint)
            known[digest] = Enrolled(fingerprint=fingerprint, wearers=wearers.get(digest, 1))
        if len(by_digest) <= FEW_PICTURES:
            self._remember({digest: known[digest].fingerprint for digest in by_digest})
        return {account.id: _compared(account, wardrobe[account.id], known) for account in accounts}

    def _remember(self, fingerprints: Mapping[str, bytes | Unavailable]) -> None:
        with self._lock:
            for digest, fingerprint in fingerprints.items():
                self._recent[digest] = fingerprint
                self._recent.move_to_end(digest)
            while len(self._recent) > MOST_REMEMBERED:
                self._recent.popitem(last=False)


def fingerprint_of(picture: bytes) -> bytes | Unavailable:
    """The serialised fingerprint of a picture, or why there is none."""
    from transferguard.avatars import fingerprint_avatar  # noqa: PLC0415 - numpy and Pillow load with the first picture

    try:
        return bytes(fingerprint_avatar(picture))
    except AvatarError as error:
        return Unavailable(error.reason)


def _digest(picture: bytes) -> str:
    return picture.decode("ascii") if isinstance(picture, LeftOut) else hashlib.sha256(picture).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worn:
    """One picture of an account.

    Args:
        digest: SHA-256 (hex) of its bytes.
        picture: The bytes.
        since: Since when it has been worn.
    """

    digest: str
    picture: bytes
    since: Moment


_Wardrobe: TypeAlias = Mapping[str, tuple[_Worn, ...]]
"""What each account wears and wore."""


def _pictures_of(account: Account) -> tuple[_Worn, ...]:
    """The present picture first, then those worn before, latest first."""
    return tuple(
        _Worn(digest=_digest(picture), picture=picture, since=since)
        for picture, since in worn(account, "avatar")
        if isinstance(picture, bytes)
    )


def _by_digest(wardrobe: _Wardrobe) -> dict[str, bytes]:
    return {one.digest: one.picture for pictures in wardrobe.values() for one in pictures}


def _compared(account: Account, pictures: Sequence[_Worn], known: Mapping[str, Enrolled]) -> Pictures:
    from transferguard.avatars import Fingerprint  # noqa: PLC0415 - as above

    prints = [(known[one.digest].fingerprint, one.since) for one in pictures]
    comparable = tuple(Fingerprint.from_bytes(print_) for print_, _ in prints if isinstance(print_, bytes))
    dates = tuple(since for print_, since in prints if isinstance(print_, bytes))
    if isinstance(account.avatar, Unavailable):
        return Pictures(fingerprints=comparable, since=dates, why_not=account.avatar.why)
    # The account wears a picture, so it stands first.
    digest = pictures[0].digest
    present = known[digest]
    return Pictures(
        fingerprints=comparable,
        since=dates,
        has_present=isinstance(present.fingerprint, bytes),
        digest=digest,
        wearers=present.wearers,
        why_not=present.fingerprint.why if isinstance(present.fingerprint, Unavailable) else "",
    )
