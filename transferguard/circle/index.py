# SPDX-License-Identifier: Apache-2.0
"""Who of these people is called something like this, and who wears a picture like this?

Two searches over all names and pictures of a circle. People change their names and pictures one at a time, so an index is never
changed: a few changed looks are laid over it as a small index of their own, and what they replaced is passed over. When the layer has
grown too large, everything is indexed anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from transferguard.circle.look import Look, SeenAs

if TYPE_CHECKING:
    from transferguard.avatars import AvatarHit, Fingerprint
    from transferguard.names import NameHit
    from transferguard.names.enrolled import EnrolledName

NameKey: TypeAlias = tuple[str, SeenAs, int]
PictureKey: TypeAlias = tuple[str, int]

MOST_CHANGED: Final = 64
"""People in the layer; searching twice costs less than indexing a thousand up to about here, measured."""


class CircleIndex:
    """Names and pictures of some people.

    Args:
        looks: Of whom.
        under: An index over which these looks are laid.
        replaced: Accounts of `under` that no longer look as they stand there.
        enrolled: What was worked out of names before.
    """

    __slots__ = ("_avatars", "_names", "_replaced", "_under", "_worn_by")

    def __init__(
        self,
        looks: Iterable[Look],
        *,
        under: CircleIndex | None = None,
        replaced: frozenset[str] = frozenset(),
        enrolled: Mapping[str, EnrolledName] | None = None,
    ) -> None:
        from transferguard.avatars import AvatarIndex  # noqa: PLC0415 - numpy and Pillow load when the first circle is built
        from transferguard.names import NameIndex  # noqa: PLC0415 - likewise

        self._under = under
        self._replaced = replaced
        ordered = sorted(looks, key=lambda look: look.account)
        names = (((look.account, seen_as, at), name) for look in ordered for at, (seen_as, name) in enumerate(look.names()))
        self._names = NameIndex(names, enrolled=enrolled)
        # One entry per picture, whoever wears it: a crowd in the same picture must not crowd anybody out of the search.
        self._worn_by: dict[Fingerprint, list[PictureKey]] = defaultdict(list)
        for look in ordered:
            for at, picture in enumerate(look.pictures):
                self._worn_by[picture].append((look.account, at))
        self._avatars = AvatarIndex((picture, picture) for picture in self._worn_by)

    def changed(self, before: Mapping[str, Look], after: Mapping[str, Look]) -> CircleIndex:
        """The index of the people after a change.

        Args:
            before: Everybody whom this index holds, by account id.
            after: Everybody whom the new one shall hold.
        """
        pairs = ((account, before.get(account), after.get(account)) for account in before.keys() | after.keys())
        differing = {account for account, was, now in pairs if was is not now and _indexed(was) != _indexed(now)}
        if not differing:
            return self
        replaced = self._replaced | differing
        if len(replaced) > MOST_CHANGED:
            return CircleIndex(after.values())
        laid_over = (after[account] for account in replaced if account in after)
        return CircleIndex(laid_over, under=self._under or self, replaced=frozenset(replaced))

    def names_like(self, name: str) -> list[NameHit]:
        """Names that resemble this one; the ids are `NameKey`s."""
        hits = list(self._names.search(name))
        if self._under is not None:
            hits += [hit for hit in self._under.names_like(name) if cast("NameKey", hit.id)[0] not in self._replaced]
        return hits

    def wearing(self, picture: Fingerprint) -> Iterator[tuple[str, int, AvatarHit]]:
        """Who wears or wore a picture like this: account, position among that person's pictures, and how they are alike."""
        for hit in self._avatars.search(picture):
            for account, position in self._worn_by[cast("Fingerprint", hit.id)]:
                yield account, position, hit
        if self._under is not None:
            yield from (found for found in self._under.wearing(picture) if found[0] not in self._replaced)


def _indexed(look: Look | None) -> tuple[object, ...]:
    """What of a look stands in the index."""
    return (tuple(look.names()), look.pictures) if look else ()
