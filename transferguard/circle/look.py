# SPDX-License-Identifier: Apache-2.0
"""How does one person look to the sender, and since when?

Each moment is known as an interval: a date that was lost lies somewhere between two others. Nothing here depends on the present
moment, so that the same facts give the same look today and tomorrow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from transferguard.model import Account, Contact, PastTransfer, TransferState, Unavailable

if TYPE_CHECKING:
    from transferguard.avatars import Fingerprint

EVER: Final = datetime(1, 1, 1, tzinfo=UTC)
"""Earlier than every fact."""

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Later than every fact: when somebody outside the circle entered it."""

SOME_DAY: Final = NEVER - timedelta(days=1)
"""The latest end of a moment that nobody knows: it has happened, so it lies before `NEVER`."""

NEVER_CHANGED: Final = Unavailable("never changed")

MAX_FORMER: Final = 32
"""Former names, and former pictures, by which one person is still known; the latest count. Who renames daily is no reference for all
of it, and a profile with ten thousand changes must not cost ten thousand comparisons."""


class Moment(NamedTuple):
    """When something happened, as far as is known.

    Args:
        earliest: Not before this.
        latest: Not after this; equal to `earliest` when the date is known.
    """

    earliest: datetime
    latest: datetime

    @classmethod
    def at(cls, when: datetime) -> Moment:
        """A known date."""
        return cls(when, when)

    def after(self, other: Moment) -> Moment:
        """The later of two moments."""
        return Moment(max(self.earliest, other.earliest), max(self.latest, other.latest))

    @property
    def is_known(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest


def earliest(moments: Iterable[Moment]) -> Moment:
    """The earliest of some moments."""
    first, *others = moments
    for moment in others:
        first = Moment(min(first.earliest, moment.earliest), min(first.latest, moment.latest))
    return first


ALWAYS: Final = Moment(EVER, EVER)
"""Since when somebody has a name that was not chosen on a day: a remark, which the sender gave, and a verified name."""


class SeenAs(StrEnum):
    """Which of a person's names."""

    DISPLAY_NAME = "display_name"
    REMARK = "remark"
    VERIFIED_NAME = "verified_name"
    FORMER_NAME = "former_name"

    @property
    def visible(self) -> bool:
        """Whether the sender sees this name anyway."""
        return self in {SeenAs.DISPLAY_NAME, SeenAs.REMARK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What enrolment knows of one account's pictures.

    Args:
        fingerprints: The present picture first, then former ones, latest first.
        since: Since when each of them was worn; empty where nobody asked.
        has_present: Whether the first is the present one.
        digest: SHA-256 of the present picture; empty when there is none.
        wearers: Distinct identities that wear the present picture.
        why_not: Why the present picture cannot be compared; empty when it can.
    """

    fingerprints: tuple[Fingerprint, ...] = field(default=(), repr=False)
    since: tuple[Moment, ...] = ()
    has_present: bool = False
    digest: str = ""
    wearers: int = 1
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one person looks to the sender, and since when.

    Args:
        account: Account id.
        identity: Opaque id of the real person.
        display_name: Chosen by its owner.
        remark: The sender's own label.
        verified_name: The real name.
        former_names: Display names worn before, oldest first.
        name_since: Since when the display name is worn.
        former_since: Since when each of the former names was.
        pictures: Fingerprints, the present one first; empty when no picture can be compared.
        pictures_since: Since when each of them was worn.
        has_picture: Whether the first of `pictures` is the present one.
        digest: SHA-256 of the present picture's bytes; empty when there is none.
        wearers: Distinct identities that wear the present picture.
        created_at: When the account was opened.
        entered: When the sender chose this person.
        last_change_at: When name or picture last changed.
        paid: Whether the sender has settled a payment to this person.
    """

    account: str
    identity: str | Unavailable
    display_name: str
    remark: str | Unavailable
    verified_name: str | Unavailable = field(repr=False)
    former_names: tuple[str, ...] = ()
    name_since: Moment
    former_since: tuple[Moment, ...] = ()
    pictures: tuple[Fingerprint, ...] = field(default=(), repr=False)
    pictures_since: tuple[Moment, ...] = ()
    has_picture: bool = False
    digest: str = ""
    wearers: int = 1
    created_at: datetime | Unavailable
    entered: Moment
    last_change_at: datetime | Unavailable = NEVER_CHANGED
    paid: bool = False

    def names(self) -> Iterator[tuple[SeenAs, str]]:
        """Every name under which this person is known, each once, visible ones first."""
        told: set[str] = set()
        for seen_as, name in (
            (SeenAs.DISPLAY_NAME, self.display_name),
            (SeenAs.REMARK, self.remark),
            (SeenAs.VERIFIED_NAME, self.verified_name),
            *((SeenAs.FORMER_NAME, name) for name in self.former_names),
        ):
            if isinstance(name, str) and name and name not in told:
                told.add(name)
                yield seen_as, name

    def named_since(self, names: Collection[str]) -> Moment:
        """Since when this person has had one of these names, of those that `names` tells.

        A remark was given by the sender on an unknown day: it counts only where the names that its bearer chose are not dated.
        """
        if self.verified_name in names:
            return ALWAYS
        chosen = ((self.display_name, self.name_since), *zip(self.former_names, self.former_since, strict=True))
        since = [moment for name, moment in chosen if name in names]
        if self.remark in names and not any(moment.is_known for moment in since):
            return ALWAYS
        return earliest(since)


def look_of(account: Account, contact: Contact | None, payments: Sequence[PastTransfer] = (), *, pictures: Pictures) -> Look:
    """How does this account look to the sender, and since when?

    Args:
        account: As the directory knows it.
        contact: The sender's own entry, or None for somebody who is not a contact.
        payments: Transfers from the sender to this account, any state.
        pictures: What enrolment computed.
    """
    changes = account.profile_changes
    settled = [paid.at for paid in payments if paid.state is TransferState.SETTLED]
    (_, name_since), *former = worn(account, "display_name")
    told = [(name, since) for name, since in reversed(former) if isinstance(name, str)]
    return Look(
        account=account.id,
        identity=account.identity,
        display_name=account.display_name,
        remark=contact.remark if contact else Unavailable("not a contact"),
        verified_name=account.verified_name,
        former_names=tuple(name for name, _ in told),
        name_since=name_since,
        former_since=tuple(since for _, since in told),
        pictures=pictures.fingerprints,
        pictures_since=pictures.since or tuple(ALWAYS for _ in pictures.fingerprints),
        has_picture=pictures.has_present,
        digest=pictures.digest,
        wearers=pictures.wearers,
        created_at=account.created_at,
        entered=_entered(account, contact, settled),
        last_change_at=NEVER_CHANGED if isinstance(changes, Unavailable) else max((one.at for one in changes), default=NEVER_CHANGED),
        paid=bool(settled),
    )


def worn(account: Account, what: Literal["display_name", "avatar"]) -> tuple[tuple[object, Moment], ...]:
    """Every name or picture that an account is known to have worn, with the moment since when.

    Returns:
        The present one first, Unavailable included, then up to `MAX_FORMER` former ones, latest first, each once. Something that
        was worn twice counts since the first time.
    """
    present = getattr(account, what)
    born = account.created_at if isinstance(account.created_at, datetime) else EVER
    if isinstance(account.profile_changes, Unavailable):
        return ((present, Moment(min(born, SOME_DAY), SOME_DAY)),)
    # Never changed: worn from the first day. Whether that day is known does not matter, because entering came after it.
    since = Moment.at(born)
    former: dict[object, Moment] = {}
    for change in sorted(account.profile_changes, key=lambda change: change.at):
        if change.of_name if what == "display_name" else change.of_avatar:
            before = getattr(change, what)
            if not isinstance(before, Unavailable):
                former[before] = former.pop(before, since)
            since = Moment.at(change.at)
    since = former.pop(present, since)
    return ((present, since), *tuple(reversed(former.items()))[:MAX_FORMER])


def _entered(account: Account, contact: Contact | None, settled: Sequence[datetime | Unavailable]) -> Moment:
    """When the sender chose this person: by accepting or by paying, whichever came first."""
    paid_at = [at for at in settled if isinstance(at, datetime)]
    if contact and isinstance(contact.since, datetime):
        return Moment.at(min([contact.since, *paid_at]))
    if not contact and not settled:
        return Moment.at(NEVER)
    if not contact and len(paid_at) == len(settled):
        return Moment.at(min(paid_at))
    # Accepted or paid, but nobody knows when: after the account was opened, before the first trace of it.
    traces = [*paid_at, SOME_DAY]
    if contact and isinstance(contact.last_message_at, datetime):
        traces.append(contact.last_message_at)
    latest = min(traces)
    earliest = account.created_at if isinstance(account.created_at, datetime) else EVER
    return Moment(min(earliest, latest), latest)
