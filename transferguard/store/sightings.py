# SPDX-License-Identifier: Apache-2.0
"""What do we know of a thing that was seen several times, in whatever order we were told?

A sighting is a fact with the moment it was seen. What is known is a fold over all sightings in the order of those moments, so the
order of the calls cannot matter:

- Every field has the value of the latest sighting that knew it. A field that a later sighting could not give (Unavailable) does not
  erase what an earlier one knew: not knowing is no news. Where none knew it, the latest reason stands.
- Listed profile changes and security events are things that happened; they add up, and an empty list takes none back.
- A display name or picture that differs from the one seen before is a profile change at the moment of the later sighting, unless a
  listed change tells the same with a better date.
- Two sightings at the very same moment count in the order in which they were told; the same sighting told again changes nothing.

Pure: both stores fold with this file. Where sightings are kept, and what of them is sealed, is the stores' business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final

from transferguard.errors import InvalidInput
from transferguard.model import Account, Contact, Fact, PastTransfer, ProfileChange, Report, Unavailable
from transferguard.store.codec import from_plain, is_unavailable, microseconds, to_plain

MAX_PICTURE_BYTES: Final = 5 * 1024 * 1024
"""Largest picture that is kept, the cap of decoding (FACTS, hostile pictures); of a larger one only the digest is."""

MAX_TEXT_CODE_POINTS: Final = 100_000
"""Longest display name or remark that is kept whole: ten times the longest that must survive exactly; the rest is cut off."""

MAX_SIGHTINGS: Final = 100
"""Looks at one thing that are kept apart; beyond it the older half is summed up, so that a look costs the same after years."""

MAX_ENTRIES: Final = 200
"""Profile changes or security events of one account that are kept, the newest; nobody honest has more."""

NOT_GIVEN: Final = Unavailable()
"""Stands for a field that no sighting said anything about; in a profile change, for one that did not change."""

PICTURE_TOO_LARGE: Final = Unavailable("too many bytes")
"""Stands for a picture that was seen and is too large to keep."""

PICTURE_LEFT_OUT: Final = Unavailable("picture left out")
"""Stands for a picture that the reader did not ask for."""


class Kind(StrEnum):
    """What was seen."""

    ACCOUNT = "account"
    CONTACT = "contact"
    TRANSFER = "transfer"
    REPORT = "report"


_KIND_OF_TYPE: Final[Mapping[type, Kind]] = {
    Account: Kind.ACCOUNT,
    Contact: Kind.CONTACT,
    PastTransfer: Kind.TRANSFER,
    Report: Kind.REPORT,
}
TYPE_OF_KIND: Final[Mapping[Kind, type[Fact]]] = {kind: cls for cls, kind in _KIND_OF_TYPE.items()}

_ADDING_UP: Final = ("profile_changes", "security_events")
_TELLING: Final = ("display_name", "avatar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look at one thing.

    Args:
        kind: What was seen.
        key: Which: account id, owner and account of a contact, id of a transfer or report.
        at: When, in microseconds after 1970.
        fields: JSON values of the fields about which anything was said; a picture stands as the SHA-256 of its bytes.
    """

    kind: Kind
    key: tuple[str, ...]
    at: int
    fields: Mapping[str, Any]


def moment_seen(at: object) -> int:
    """The time of a sighting in microseconds after 1970.

    Raises:
        InvalidInput: Not an aware datetime.
    """
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise InvalidInput("at", "must be an aware datetime", "give a time with a zone, such as datetime.now(UTC)")
    return microseconds(at)


def sight(fact: Fact, at: datetime) -> tuple[Sighting, dict[str, bytes]]:
    """The fact as a sighting, and apart from it the pictures that it holds, by digest.

    Raises:
        InvalidInput: Not a fact of ours, or a naive moment.
    """
    kind = _KIND_OF_TYPE.get(type(fact))
    if kind is None:
        raise InvalidInput("fact", "is not something to remember", "give an Account, Contact, PastTransfer or Report")
    seen_at = moment_seen(at)
    pictures: dict[str, bytes] = {}
    known = {item.name: _plain_field(getattr(fact, item.name), pictures) for item in fields(fact) if getattr(fact, item.name) != NOT_GIVEN}
    if isinstance(fact, Contact):
        key: tuple[str, ...] = (fact.owner, fact.account)
    else:
        key = (fact.id,)
    return Sighting(kind=kind, key=key, at=seen_at, fields=known), pictures


def _plain_field(value: object, pictures: dict[str, bytes]) -> Any:  # noqa: ANN401 - JSON values
    if isinstance(value, bytes):
        digest = hashlib.sha256(value).hexdigest()
        pictures[digest] = value
        return digest
    if isinstance(value, str):
        return to_plain(value[:MAX_TEXT_CODE_POINTS])
    if isinstance(value, tuple):
        return [_plain_change(item, pictures) if isinstance(item, ProfileChange) else to_plain(item) for item in value]
    return to_plain(value)


def _plain_change(change: ProfileChange, pictures: dict[str, bytes]) -> dict[str, Any]:
    known = ((item.name, getattr(change, item.name)) for item in fields(change))
    return {name: _plain_field(value, pictures) for name, value in known if value != NOT_GIVEN}


def fold(sightings: Sequence[Sighting]) -> dict[str, Any]:
    """What is known after these sightings of one thing.

    Args:
        sightings: At least one, sorted by moment, and at the same moment in the order in which they were told.

    Returns:
        JSON values of the known fields, as in a `Sighting`.
    """
    known: dict[str, Any] = {}
    for sighting in sightings:
        known.update({name: value for name, value in sighting.fields.items() if not is_unavailable(value) or not knows(known, name)})
    for name in _ADDING_UP:
        listed = [sighting.fields[name] for sighting in sightings if knows(sighting.fields, name)]
        if listed:
            known[name] = _once_each(entry for entries in listed for entry in entries)
    listed = known["profile_changes"] if knows(known, "profile_changes") else []
    if sightings[0].kind is Kind.ACCOUNT and (seen := _changes_seen(sightings, listed)):
        known["profile_changes"] = _once_each([*listed, *seen])
    return known


def summed_up(sightings: Sequence[Sighting]) -> tuple[int, Sighting] | None:
    """How many of the oldest sightings to replace by which one, when there are too many of one thing.

    A look older than the sum that is told later still counts, only less exactly: it can no longer split what was summed up.

    Args:
        sightings: As for `fold`.
    """
    if len(sightings) <= MAX_SIGHTINGS:
        return None
    count = len(sightings) // 2
    return count, replace(sightings[count - 1], fields=fold(sightings[:count]))


def knows(known: Mapping[str, Any], name: str) -> bool:
    """Whether these fields hold a value under this name, and not only the reason why there is none."""
    return name in known and not is_unavailable(known[name])


def _once_each(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Distinct entries, oldest first, and of too many the newest."""
    distinct = {(entry["at"], *((name, repr(entry[name])) for name in sorted(entry))): dict(entry) for entry in entries}
    return [distinct[key] for key in sorted(distinct)][-MAX_ENTRIES:]


def _changes_seen(sightings: Sequence[Sighting], listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Changes between one sighting and the next that no listed change tells already."""
    changes: dict[int, dict[str, Any]] = {}
    for name in _TELLING:
        told: dict[str, list[int]] = {}
        for change in listed:
            if knows(change, name):
                told.setdefault(change[name], []).append(change["at"])
        looks = [(sighting.at, sighting.fields[name]) for sighting in sightings if knows(sighting.fields, name)]
        for (last_seen, old), (first_seen, new) in pairwise(looks):
            if old != new and not any(last_seen <= at <= first_seen for at in told.get(old, ())):
                changes.setdefault(first_seen, {"at": first_seen})[name] = old
    return list(changes.values())


def pictures_of(known: Mapping[str, Any]) -> frozenset[str]:
    """Digests of all pictures, present and former, that the known fields name."""
    wearing = {known["avatar"]} if knows(known, "avatar") else set()
    former = known["profile_changes"] if knows(known, "profile_changes") else ()
    return frozenset(wearing | {change["avatar"] for change in former if knows(change, "avatar")})


def tells_the_circle(before: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether an account changed in anything that those who chose it compare; being active is not such a thing."""
    return any(before.get(name) != known.get(name) for name in (before.keys() | known.keys()) - {"last_active_at"})


def fact_of(kind: Kind, known: Mapping[str, Any], pictures: Mapping[str, bytes | Unavailable]) -> Fact:
    """The fact that these known fields describe.

    Args:
        kind: Of what.
        known: As `fold` returns.
        pictures: Bytes by digest, or why there are none; a digest that is absent is `PICTURE_LEFT_OUT`.

    Raises:
        StoreError: The fields do not describe such a thing: the record was damaged.
    """
    cls = TYPE_OF_KIND[kind]
    if kind is not Kind.ACCOUNT:
        return from_plain(cls, known)
    fields = _with_picture(known, pictures)
    if knows(known, "profile_changes"):
        fields["profile_changes"] = [_with_picture(change, pictures) for change in known["profile_changes"]]
    return from_plain(Account, fields)


def _with_picture(known: Mapping[str, Any], pictures: Mapping[str, bytes | Unavailable]) -> dict[str, Any]:
    """The fields with the picture itself, which stands as a digest in them; to build the value once, with it, is half the work."""
    fields = dict(known)
    if knows(known, "avatar"):
        picture = pictures.get(known["avatar"], PICTURE_LEFT_OUT)
        fields["avatar"] = to_plain(picture) if isinstance(picture, Unavailable) else picture
    return fields
