# SPDX-License-Identifier: Apache-2.0
"""The people whom one sender chose, indexed: a recipient in, resemblances out.

Name and picture are each dated by themselves: the recipient came later into the circle, or to this name, or to this picture. A part
in which the recipient certainly came first is no likeness of theirs to anybody and is left out; the other part stands. Who has worn
something alike for longer than the present version of it, in another spelling or another crop, has worn it since then.

Rule owned here (design, rule 2): an impostor who was accepted never makes the real friend look like the copy, and a flood of copies
takes nothing off: who copies name and picture of somebody makes neither of them popular.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log2
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from transferguard.circle.convergence import MAX_STEPS, steps_towards
from transferguard.circle.index import CircleIndex, NameKey
from transferguard.circle.look import EVER, NEVER, NEVER_CHANGED, SOME_DAY, Look, Moment, SeenAs, earliest
from transferguard.circle.resemblance import AvatarLikeness, NameLikeness, Order, PictureChange, Resemblance, Trick, order_of
from transferguard.decision import MatchResult
from transferguard.model import Unavailable

if TYPE_CHECKING:
    from transferguard.avatars import AvatarHit, Window
    from transferguard.names import NameHit
    from transferguard.names.enrolled import EnrolledName

MAX_ANSWERS: Final = 256
"""Recipients whose comparison with an unchanged circle is remembered; the same question costs nothing then."""

CROWD: Final = 3
"""Wearers of one picture or name within a circle, from which on it is a common one and not a family's, chosen."""

APART: Final = timedelta(days=180)
"""People who came to one name within this time may be one wave of copies, which makes no name common; chosen."""

AS_ALIKE: Final = 0.5
"""Share of the likeness's bits that another name or picture needs in order to date it; a fainter one is another likeness, chosen."""

AS_WORN_BITS: Final = 4.0
"""Bits by which another likeness may fall short and still be one to the same picture: what another crop or frame may cost, chosen."""

_L = TypeVar("_L", NameLikeness, AvatarLikeness)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part(Generic[_L]):
    """A likeness of names or of pictures, and since when each of the two has looked like that.

    Args:
        likeness: What the index found.
        own: Since when the recipient has.
        theirs: Since when the member has.
    """

    likeness: _L
    own: Moment
    theirs: Moment


class Circle:
    """The people whom one sender chose, indexed.

    Args:
        members: One look per person; an account that stands twice is a fault of the caller.
        enrolled: What was worked out of names before (`names.enrolled`); the others are worked out now.
    """

    __slots__ = ("_asked", "_index", "_members")

    def __init__(self, members: Iterable[Look] = (), *, enrolled: Mapping[str, EnrolledName] | None = None) -> None:
        self._members = {look.account: look for look in members}
        self._asked: dict[Look, tuple[Resemblance, ...]] = {}
        self._index = CircleIndex(self._members.values(), enrolled=enrolled)

    def changed_to(self, members: Iterable[Look]) -> Circle:
        """The circle of these members, with only those indexed anew who look different; this one stays as it is."""
        wanted = {look.account: look for look in members}
        changed = Circle.__new__(Circle)
        changed._members = wanted  # noqa: SLF001 - its own kind
        changed._asked = {}  # noqa: SLF001 - likewise
        changed._index = self._index.changed(self._members, wanted)  # noqa: SLF001 - likewise
        return changed

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
        avatars = self._alike_pictures(subject, names)
        bounds = self._looks_of_two(names, avatars)
        names, avatars = _bounded(names, bounds), _bounded(avatars, bounds)
        found = (
            _resemblance(subject, self._members[account], names.get(account), avatars.get(account))
            for account in sorted({*names, *avatars})
        )
        spared = self._later_than_twins(subject)
        return tuple(one for one in found if one is not None and (one.same_identity or one.account not in spared))

    def _later_than_twins(self, subject: Look) -> frozenset[str]:
        """Members who certainly came to look like another account of the recipient's person after that account did: they are the copies."""
        if not isinstance(subject.identity, str):
            return frozenset()
        twins = [look for look in self._members.values() if look.identity == subject.identity and look.account != subject.account]
        later: set[str] = set()
        for twin in twins:
            names = self._alike_names(twin)
            for parts in (names, self._alike_pictures(twin, names)):
                later |= {one for one, part in parts.items() if _order(part, twin, self._members[one]) is Order.RECIPIENT_EARLIER}
        return frozenset(later)

    def _alike_names(self, subject: Look) -> dict[str, _Part[NameLikeness]]:
        shown = [(SeenAs.DISPLAY_NAME, subject.display_name), (SeenAs.REMARK, subject.remark)]
        seen = [(seen_as, hit) for seen_as, name in shown if isinstance(name, str) for hit in self._hits(subject, name)]
        best: dict[str, NameLikeness] = {}
        called: dict[str, str] = {}
        for seen_as, hit in seen:
            account, of, _ = cast("NameKey", hit.id)
            if account not in best or (hit.weight, of.visible) > (best[account].weight, best[account].of.visible):
                best[account], called[account] = _name_likeness(hit, seen_as, self._members[account]), _written(hit.name)
        if not best:
            return {}
        unseen = [name for _, name in subject.names() if name not in {subject.display_name, subject.remark}]
        hits = [hit for _, hit in seen] + [hit for name in unseen for hit in self._hits(subject, name)]
        parts = {account: self._dated(subject, account, likeness, hits) for account, likeness in best.items()}
        return self._without_names_of_many(parts, called)

    def _without_names_of_many(self, parts: dict[str, _Part[NameLikeness]], called: Mapping[str, str]) -> dict[str, _Part[NameLikeness]]:
        """The same parts, where a name that many people of the circle bear weighs no more than meeting one of them by chance.

        As for pictures: what k of N people are called is also the name of about one stranger in N / (k - 1). Copies come in waves, so
        people count who came to the name at least `APART` from each other on days that are known.
        """
        came: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
        for account, part in parts.items():
            acted = self._acted(account, part.theirs)
            if acted.is_known:
                came[called[account]][_person(self._members[account])] = acted.earliest
        most = {name: log2(len(self._members) / (waves - 1)) for name, days in came.items() if (waves := _waves(days.values())) >= CROWD}
        return _bounded(parts, {account: most[called[account]] for account in parts if called[account] in most})

    def _looks_of_two(self, names: Mapping[str, _Part[NameLikeness]], avatars: Mapping[str, _Part[AvatarLikeness]]) -> dict[str, float]:
        """Bits to which a likeness of name and of picture are each bounded where two unrelated people of the circle share both.

        Couples share pictures and namesakes names; who shares both with a stranger wears what many wear, and k of N people who do make
        about one stranger in N / (k - 1) do: name and picture halve those bits, because they say one thing. A copy is no such person: it
        took the look after the sender had chosen whom it copies.
        """
        both = [account for account in names if account in avatars]
        others = {
            account: {_person(self._members[other]) for other in both if self._wore_it_before(other, account, names, avatars)}
            for account in both
        }
        return {account: log2(len(self._members) / len(people)) / 2 for account, people in others.items() if people}

    def _wore_it_before(
        self, other: str, account: str, names: Mapping[str, _Part[NameLikeness]], avatars: Mapping[str, _Part[AvatarLikeness]]
    ) -> bool:
        """Whether another person certainly had this name and picture before the sender chose the one with this account."""
        look, chosen = self._members[other], self._members[account]
        alike = all(parts[other].likeness.weight >= AS_ALIKE * parts[account].likeness.weight for parts in (names, avatars))
        if not alike or _person(look) == _person(chosen) or not isinstance(look.created_at, datetime):
            return False
        return max(look.created_at, names[other].theirs.latest, avatars[other].theirs.latest) < chosen.entered.earliest

    def _hits(self, subject: Look, name: str) -> list[NameHit]:
        return [hit for hit in self._index.names_like(name) if cast("NameKey", hit.id)[0] != subject.account] if name else []

    def _dated(self, subject: Look, account: str, likeness: NameLikeness, hits: Iterable[NameHit]) -> _Part[NameLikeness]:
        # A faint likeness may weigh less than nothing: half of that would be more, and nothing would be alike.
        enough = min(AS_ALIKE * likeness.weight, likeness.weight)
        alike = [hit for hit in hits if cast("NameKey", hit.id)[0] == account and hit.weight >= enough]
        return _Part(
            likeness=likeness,
            own=subject.named_since({hit.seen for hit in alike}),
            theirs=self._members[account].named_since({hit.name for hit in alike}),
        )

    def _alike_pictures(self, subject: Look, names: Mapping[str, _Part[NameLikeness]]) -> dict[str, _Part[AvatarLikeness]]:
        if not subject.has_picture:
            return {}
        wearing: defaultdict[str, list[_Worn]] = defaultdict(list)
        for found in self._worn(subject, 0):
            wearing[found.account].append(found)
        # Former pictures only date a likeness that the present one has.
        for at in range(1, min(len(subject.pictures), MAX_STEPS + 1)) if wearing else ():
            for found in self._worn(subject, at):
                if found.account in wearing:
                    wearing[found.account].append(found)
        parts = {account: _picture_part(self._members[account], found) for account, found in wearing.items()}
        weights = {account: self._unpopular(account, parts, names) for account in parts}
        return {
            account: replace(part, likeness=replace(part.likeness, weight=weights[account]))
            for account, part in parts.items()
            if weights[account] > 0
        }

    def _worn(self, subject: Look, at: int) -> Iterator[_Worn]:
        """Members who wear, or wore, one of the recipient's pictures."""
        for account, position, hit in self._index.wearing(subject.pictures[at]):
            if account != subject.account:
                yield _Worn(account=account, position=position, present=at == 0, since=subject.pictures_since[at], hit=hit)

    def _unpopular(self, account: str, parts: Mapping[str, _Part[AvatarLikeness]], names: Mapping[str, _Part[NameLikeness]]) -> float:
        """Bits that are left when many people wear the picture; whoever copied the name as well is no further person.

        A picture that k of N people wear is worn by about one stranger in N / (k - 1), whoever painted it: log2 of that is all that a
        likeness through it can weigh. Couples and relatives share pictures, so it counts from the third wearer on.
        """
        from transferguard.avatars import popularity_bits  # noqa: PLC0415 - loaded already when a circle exists

        first = self._acted(account, parts[account].theirs)
        copies = {
            other
            for other in (names if account in names else ())
            if other in parts and self._acted(other, parts[other].theirs).earliest > first.latest
        }
        # A faint likeness to the same recipient is no second wearer: several faces are a little alike to every face.
        weight = parts[account].likeness.weight
        enough = max(AS_ALIKE * weight, weight - AS_WORN_BITS)
        around = {_person(self._members[other]) for other in parts if other not in copies and parts[other].likeness.weight >= enough}
        left = parts[account].likeness.weight - popularity_bits(max(len(around), self._members[account].wearers))
        return min(left, log2(len(self._members) / (len(around) - 1))) if len(around) >= CROWD else left

    def _acted(self, account: str, since: Moment) -> Moment:
        """When this member came to look like that: into the circle, or to the name or picture."""
        return self._members[account].entered.after(since)


def _written(name: str) -> str:
    """The name as people know it: without flowers, dots, numbers and case, with which many bear one name."""
    from transferguard.names.views import view_of  # noqa: PLC0415 - loaded already when a circle exists

    return view_of(name).look or name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worn:
    """A picture of the recipient that a member wears or wore.

    Args:
        account: The member.
        position: Which of the member's pictures.
        present: Whether the recipient wears it now.
        since: Since when the recipient has.
        hit: What the index found.
    """

    account: str
    position: int
    present: bool
    since: Moment
    hit: AvatarHit


def _resemblance(subject: Look, member: Look, name: _Part[NameLikeness] | None, avatar: _Part[AvatarLikeness] | None) -> Resemblance | None:
    """The parts in which the recipient did not certainly come first; None when there is no such part."""
    same = isinstance(subject.identity, str) and subject.identity == member.identity
    kept_name, kept_avatar = _if_not_first(name, subject, member, same=same), _if_not_first(avatar, subject, member, same=same)
    kept = [part for part in (kept_name, kept_avatar) if part]
    if not kept:
        return None
    orders = [_order(part, subject, member) for part in kept]
    began = min(max(part.own.earliest, part.theirs.earliest) for part in kept)
    together = max(subject.entered.after(part.own).after(member.entered.after(part.theirs)).latest for part in kept)
    own_name, own_avatar = kept_name.likeness if kept_name else None, kept_avatar.likeness if kept_avatar else None
    steps = steps_towards(subject, member, name=own_name, avatar=own_avatar)
    return Resemblance(
        account=member.account,
        display_name=member.display_name,
        remark=member.remark,
        order=min(orders, key=list(Order).index),
        began_at=began if began > EVER else Unavailable("undated"),
        side_by_side_since=together if together < SOME_DAY else Unavailable("undated" if together < NEVER else "not in the circle"),
        same_identity=same,
        paid=member.paid,
        name=own_name,
        avatar=own_avatar,
        other_picture=avatar is None and subject.has_picture and member.has_picture,
        converged_at=subject.last_change_at if steps else NEVER_CHANGED,
        convergence_steps=steps,
    )


def _if_not_first(part: _Part[_L] | None, subject: Look, member: Look, *, same: bool) -> _Part[_L] | None:
    return part if part and (same or _order(part, subject, member) is not Order.RECIPIENT_EARLIER) else None


def _order(part: _Part[NameLikeness] | _Part[AvatarLikeness], subject: Look, member: Look) -> Order:
    """Who came later: into the circle, or to what makes the two alike."""
    return order_of(subject.entered.after(part.own), member.entered.after(part.theirs), subject=subject, other=member)


def _bounded(parts: Mapping[str, _Part[_L]], most: Mapping[str, float]) -> dict[str, _Part[_L]]:
    """The same parts, those with a bound at no more bits than that."""
    return {
        account: replace(part, likeness=replace(part.likeness, weight=min(part.likeness.weight, most[account])))
        if account in most
        else part
        for account, part in parts.items()
    }


def _picture_part(member: Look, found: Sequence[_Worn]) -> _Part[AvatarLikeness]:
    """The strongest likeness of the recipient's present picture, dated by everything that is about as alike."""
    best = max((worn for worn in found if worn.present), key=lambda worn: worn.hit.weight)
    alike = [worn for worn in found if worn.hit.weight >= AS_ALIKE * best.hit.weight]
    return _Part(
        likeness=AvatarLikeness(
            weight=best.hit.weight,
            distance=float(best.hit.distance),
            former=not (member.has_picture and best.position == 0),
            changes=tuple(
                PictureChange(kind=str(change.kind), recipient=_box(change.window), member=_box(change.other_window))
                for change in best.hit.changes
            ),
        ),
        own=earliest(worn.since for worn in alike),
        theirs=earliest(member.pictures_since[worn.position] for worn in alike),
    )


def _name_likeness(hit: NameHit, seen: SeenAs, member: Look) -> NameLikeness:
    _, of, _ = cast("NameKey", hit.id)
    return NameLikeness(
        seen=seen,
        of=of,
        weight=hit.weight,
        similarity=hit.similarity,
        kind=str(hit.kind),
        tricks=tuple(Trick(kind=str(trick.kind), at=trick.at, length=len(trick.seen), honest=trick.honest) for trick in hit.tricks),
        nickname=of in _CHOSEN and _is_another_name(hit.name, member.verified_name),
    )


_CHOSEN: Final = frozenset({SeenAs.DISPLAY_NAME, SeenAs.FORMER_NAME})
"""Names that somebody took; a remark is the sender's, and often the real name."""


def _is_another_name(name: str, verified: str | Unavailable) -> bool:
    """Whether this is certainly not the real name."""
    from transferguard.names import match_payee  # noqa: PLC0415 - loaded already when a circle exists

    return isinstance(verified, str) and match_payee(name, verified) is MatchResult.NO_MATCH


def _waves(days: Iterable[datetime]) -> int:
    """How many of these days lie at least `APART` from each other."""
    count, last = 0, EVER
    for day in sorted(days):
        if count == 0 or day - last >= APART:
            count, last = count + 1, day
    return count


def _person(look: Look) -> str:
    """One key per real person, as far as that is known."""
    return f"identity:{look.identity}" if isinstance(look.identity, str) else f"account:{look.account}"


def _box(window: Window) -> tuple[float, float, float, float]:
    return round(window.left, 3), round(window.top, 3), round(window.right, 3), round(window.bottom, 3)
