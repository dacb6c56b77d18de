# SPDX-License-Identifier: Apache-2.0
"""Whom of the people the sender chose does this recipient resemble, and who of the two came later?

The circle holds contacts and people paid before, and nobody else: an account that merely wrote to the sender can neither hide
nor dilute a likeness. Names and pictures are indexed when the circle is built, so that a check only searches.

Rule owned here (design, rule 2): the senior is the original. Of two who look alike the junior came later, into the circle or to
the name or picture. Each moment is known as an interval; where the intervals overlap the order is undated, and says so. The order
in which contacts are given is irrelevant.

What a likeness is worth, and against which hypothesis, is the question of `signals.lookalike`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from transferguard.model import Account, Contact, Instant, Maybe, PastTransfer, TransferState, Unavailable

if TYPE_CHECKING:
    from transferguard.avatars import AvatarHit, Fingerprint, Window
    from transferguard.names import NameHit

EVER: Final = datetime(1, 1, 1, tzinfo=UTC)
"""Earlier than every fact."""

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Later than every fact: when somebody outside the circle entered it."""


NEVER_CHANGED: Final = Unavailable("never changed")


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


class Order(StrEnum):
    """Who of two look-alikes came later."""

    RECIPIENT_LATER = "recipient_later"
    UNDATED = "undated"
    RECIPIENT_PROBABLY_EARLIER = "recipient_probably_earlier"
    RECIPIENT_EARLIER = "recipient_earlier"


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
        pictures: Fingerprints, the present one first; empty when no picture can be compared.
        has_picture: Whether the first of `pictures` is the present one.
        digest: SHA-256 of the present picture's bytes; empty when there is none.
        wearers: Distinct identities that wear the present picture.
        created_at: When the account was opened.
        entered: When the sender chose this person.
        name_since: Since when the display name is worn.
        avatar_since: Since when the picture is worn.
        last_change_at: When name or picture last changed.
        paid: Whether the sender has settled a payment to this person.
    """

    account: str
    identity: str | Unavailable
    display_name: str
    remark: str | Unavailable
    verified_name: str | Unavailable = field(repr=False)
    former_names: tuple[str, ...] = ()
    pictures: tuple[Fingerprint, ...] = field(default=(), repr=False)
    has_picture: bool = False
    digest: str = ""
    wearers: int = 1
    created_at: datetime | Unavailable
    entered: Moment
    name_since: Moment
    avatar_since: Moment
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What enrolment knows of one account's pictures.

    Args:
        fingerprints: The present picture first, then former ones.
        has_present: Whether the first is the present one.
        digest: SHA-256 of the present picture; empty when there is none.
        wearers: Distinct identities that wear the present picture.
        why_not: Why the present picture cannot be compared; empty when it can.
    """

    fingerprints: tuple[Fingerprint, ...] = field(default=(), repr=False)
    has_present: bool = False
    digest: str = ""
    wearers: int = 1
    why_not: str = ""


def look_of(
    account: Account,
    contact: Contact | None,
    payments: Sequence[PastTransfer] = (),
    *,
    pictures: Pictures,
    now: datetime,
) -> Look:
    """How does this account look to the sender, and since when?

    Args:
        account: As the directory knows it.
        contact: The sender's own entry, or None for somebody who is not a contact.
        payments: Transfers from the sender to this account, any state.
        pictures: What enrolment computed.
        now: The latest that anything can have happened.
    """
    changes = account.profile_changes
    known = () if isinstance(changes, Unavailable) else sorted(changes, key=lambda change: change.at)
    settled = [paid.at for paid in payments if paid.state is TransferState.SETTLED]
    return Look(
        account=account.id,
        identity=account.identity,
        display_name=account.display_name,
        remark=contact.remark if contact else Unavailable("not a contact"),
        verified_name=account.verified_name,
        former_names=tuple(dict.fromkeys(change.display_name for change in known if isinstance(change.display_name, str))),
        last_change_at=max((change.at for change in known), default=Unavailable("never changed")),
        pictures=pictures.fingerprints,
        has_picture=pictures.has_present,
        digest=pictures.digest,
        wearers=pictures.wearers,
        created_at=account.created_at,
        entered=_entered(account, contact, settled, now),
        name_since=_since(account, [change.at for change in known if change.of_name], now),
        avatar_since=_since(account, [change.at for change in known if change.of_avatar], now),
        paid=bool(settled),
    )


def _entered(account: Account, contact: Contact | None, settled: Sequence[datetime | Unavailable], now: datetime) -> Moment:
    """When the sender chose this person: by accepting or by paying, whichever came first."""
    paid_at = [at for at in settled if isinstance(at, datetime)]
    if contact and isinstance(contact.since, datetime):
        return Moment.at(min([contact.since, *paid_at]))
    if not contact and not settled:
        return Moment.at(NEVER)
    if not contact and len(paid_at) == len(settled):
        return Moment.at(min(paid_at))
    # Accepted or paid, but nobody knows when: after the account was opened, before the first trace of it.
    traces = [*paid_at, now]
    if contact and isinstance(contact.last_message_at, datetime):
        traces.append(contact.last_message_at)
    latest = min(traces)
    earliest = account.created_at if isinstance(account.created_at, datetime) else EVER
    return Moment(min(earliest, latest), latest)


def _since(account: Account, changed_at: Sequence[datetime], now: datetime) -> Moment:
    """Since when the present name or picture is worn."""
    if isinstance(account.profile_changes, Unavailable):
        earliest = account.created_at if isinstance(account.created_at, datetime) else EVER
        return Moment(min(earliest, now), now)
    if changed_at:
        return Moment.at(max(changed_at))
    # Never changed: worn from the first day. Whether that day is known does not matter, because entering came after it.
    return Moment.at(account.created_at if isinstance(account.created_at, datetime) else EVER)


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
    """

    seen: SeenAs
    of: SeenAs
    weight: float
    similarity: float
    kind: str
    tricks: tuple[Trick, ...] = ()


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
        order: Who came later.
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


MAX_ANSWERS: Final = 256
"""Recipients whose comparison with an unchanged circle is remembered; the same question costs nothing then."""

MAX_STEPS: Final = 8
"""Former names and pictures that are looked at; a drift in more steps still shows in the last eight."""

FAR: Final = 0.25
"""Similarity gained in all, from which on a path leads towards somebody, chosen."""

SLIGHT: Final = 0.02
"""Similarity gained by one change that counts as a step; less is noise of re-encoding, chosen."""

_NameKey: TypeAlias = tuple[str, SeenAs, int]
_PictureKey: TypeAlias = tuple[str, int]


class Circle:
    """The people whom one sender chose, indexed.

    Args:
        members: One look per person; an account that stands twice is a fault of the caller.
    """

    __slots__ = ("_asked", "_avatars", "_members", "_names")

    def __init__(self, members: Iterable[Look] = ()) -> None:
        from transferguard.avatars import AvatarIndex  # noqa: PLC0415 - numpy and Pillow load when the first circle is built
        from transferguard.names import NameIndex  # noqa: PLC0415 - likewise

        self._members = {look.account: look for look in members}
        self._asked: dict[Look, tuple[Resemblance, ...]] = {}
        ordered = sorted(self._members.values(), key=lambda look: look.account)
        self._names = NameIndex(((look.account, seen_as, at), name) for look in ordered for at, (seen_as, name) in enumerate(look.names()))
        self._avatars = AvatarIndex(((look.account, at), picture) for look in ordered for at, picture in enumerate(look.pictures))

    def __len__(self) -> int:
        return len(self._members)

    def consists_of(self, members: Iterable[Look]) -> bool:
        """Whether these are the very members, looking the very same, so that nothing need be indexed again."""
        return self._members == {look.account: look for look in members}

    def member(self, account: str) -> Look | None:
        """The member with this account id."""
        return self._members.get(account)

    def resembling(self, subject: Look) -> tuple[Resemblance, ...]:
        """Whom does this person resemble?

        Args:
            subject: The recipient, whether a member or not; never compared with itself.

        Returns:
            One entry per member who is alike in name or picture and not certainly the later of the two, by account id. A member
            with the same verified identity is included, whatever the order: `signals` must know that it is one person.
        """
        answer = self._asked.get(subject)
        if answer is None:
            answer = self._compared(subject)
            if len(self._asked) >= MAX_ANSWERS:
                self._asked.clear()
            self._asked[subject] = answer
        return answer

    def _compared(self, subject: Look) -> tuple[Resemblance, ...]:
        names = self._alike_names(subject)
        avatars = self._alike_pictures(subject)
        found = (
            self._resemblance(subject, self._members[account], names.get(account), avatars.get(account))
            for account in sorted({*names, *avatars})
        )
        return tuple(one for one in found if one.same_identity or one.order is not Order.RECIPIENT_EARLIER)

    def _alike_names(self, subject: Look) -> dict[str, NameLikeness]:
        best: dict[str, NameLikeness] = {}
        for seen_as in (SeenAs.DISPLAY_NAME, SeenAs.REMARK):
            name = subject.display_name if seen_as is SeenAs.DISPLAY_NAME else subject.remark
            if not isinstance(name, str) or not name:
                continue
            for hit in self._names.search(name):
                account, of, _ = cast("_NameKey", hit.id)
                likeness = _name_likeness(hit, seen_as, of)
                if account != subject.account and (account not in best or _stronger(likeness, best[account])):
                    best[account] = likeness
        return best

    def _alike_pictures(self, subject: Look) -> dict[str, AvatarLikeness]:
        best: dict[str, AvatarLikeness] = {}
        if not subject.has_picture:
            return best
        hits = [(*cast("_PictureKey", hit.id), hit) for hit in self._avatars.search(subject.pictures[0])]
        hits = [found for found in hits if found[0] != subject.account]
        # Whoever else in the circle wears the picture makes it popular, saved again or not; the recipient does not count.
        around = len({_person(self._members[account]) for account, _, _ in hits})
        for account, position, hit in hits:
            likeness = _avatar_likeness(hit, self._members[account], position, around)
            if account not in best or likeness.weight > best[account].weight:
                best[account] = likeness
        return {account: likeness for account, likeness in best.items() if likeness.weight > 0}

    def _resemblance(self, subject: Look, member: Look, name: NameLikeness | None, avatar: AvatarLikeness | None) -> Resemblance:
        same = isinstance(subject.identity, str) and subject.identity == member.identity
        own, theirs = _worn_by_recipient(subject, name, avatar), _worn_by_member(member, name, avatar)
        # Came later: into the circle, or to any of the things that make the two alike.
        acted = subject.entered.after(_latest(own)), member.entered.after(_latest(theirs))
        began = max(min(since.earliest for since in own), min(since.earliest for since in theirs))
        together = acted[0].after(acted[1])
        steps = _steps_towards(subject, member, name, avatar)
        return Resemblance(
            account=member.account,
            display_name=member.display_name,
            remark=member.remark,
            order=_order(acted[0], acted[1], subject, member),
            began_at=began if began > EVER else Unavailable("undated"),
            side_by_side_since=together.latest if together.latest < NEVER else Unavailable("the recipient is not in the circle"),
            same_identity=same,
            paid=member.paid,
            name=name,
            avatar=avatar,
            other_picture=avatar is None and subject.has_picture and member.has_picture,
            converged_at=subject.last_change_at if steps else NEVER_CHANGED,
            convergence_steps=steps,
        )


def _stronger(one: NameLikeness, other: NameLikeness) -> bool:
    """Heavier, and of two equally heavy ones that which the sender can see."""
    return (one.weight, one.of.visible) > (other.weight, other.of.visible)


def _name_likeness(hit: NameHit, seen: SeenAs, of: SeenAs) -> NameLikeness:
    tricks = tuple(Trick(kind=str(trick.kind), at=trick.at, length=len(trick.seen), honest=trick.honest) for trick in hit.tricks)
    return NameLikeness(seen=seen, of=of, weight=hit.weight, similarity=hit.similarity, kind=str(hit.kind), tricks=tricks)


def _avatar_likeness(hit: AvatarHit, member: Look, position: int, around: int) -> AvatarLikeness:
    from transferguard.avatars import popularity_bits  # noqa: PLC0415 - loaded already when a circle exists

    return AvatarLikeness(
        weight=hit.weight - popularity_bits(max(around, member.wearers)),
        distance=float(hit.distance),
        former=not (member.has_picture and position == 0),
        changes=tuple(
            PictureChange(kind=str(change.kind), recipient=_box(change.window), member=_box(change.other_window)) for change in hit.changes
        ),
    )


def _person(look: Look) -> str:
    """One key per real person, as far as that is known."""
    return f"identity:{look.identity}" if isinstance(look.identity, str) else f"account:{look.account}"


def _box(window: Window) -> tuple[float, float, float, float]:
    return round(window.left, 3), round(window.top, 3), round(window.right, 3), round(window.bottom, 3)


def _worn_by_recipient(look: Look, name: NameLikeness | None, avatar: AvatarLikeness | None) -> list[Moment]:
    """Since when the recipient has worn each of the things that make the two alike."""
    since = []
    if name:
        # A remark was given by the sender: entering the circle decides about it.
        since.append(look.name_since if name.seen is SeenAs.DISPLAY_NAME else Moment.at(EVER))
    if avatar:
        since.append(look.avatar_since)
    return since


def _worn_by_member(look: Look, name: NameLikeness | None, avatar: AvatarLikeness | None) -> list[Moment]:
    """Since when the member has; a remark, verified or former name and a former picture date from before."""
    since = []
    if name:
        since.append(look.name_since if name.of is SeenAs.DISPLAY_NAME else Moment.at(EVER))
    if avatar:
        since.append(Moment.at(EVER) if avatar.former else look.avatar_since)
    return since


def _steps_towards(subject: Look, member: Look, name: NameLikeness | None, avatar: AvatarLikeness | None) -> int:
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


def _latest(moments: Sequence[Moment]) -> Moment:
    latest = moments[0]
    for moment in moments[1:]:
        latest = latest.after(moment)
    return latest


def _order(recipient: Moment, member: Moment, subject: Look, other: Look) -> Order:
    """Who came later, when each is known as an interval only?"""
    if recipient.earliest > member.latest:
        return Order.RECIPIENT_LATER
    if recipient.latest < member.earliest:
        return Order.RECIPIENT_EARLIER
    if isinstance(subject.created_at, datetime) and isinstance(other.created_at, datetime) and subject.created_at < other.created_at:
        return Order.RECIPIENT_PROBABLY_EARLIER
    return Order.UNDATED
