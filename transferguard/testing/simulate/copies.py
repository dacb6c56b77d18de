# SPDX-License-Identifier: Apache-2.0
"""Attacks in which somebody pretends to be a contact: by name, by picture, by both, at every stage.

The circumstances are those that such attacks have: a fresh or renamed account, no payment before, a request. A quarter of the
thieves use an old account that was bought. The share of each trait is an assumption and stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING

from transferguard.model import Account, Unavailable
from transferguard.testing.disguises import DISGUISES, Disguise, Known, Target, drift
from transferguard.testing.picture_attacks import ATTACKS as PICTURE_ATTACKS
from transferguard.testing.populations import DisplayKind, of_kind
from transferguard.testing.simulate.scene import Draft, Scene
from transferguard.testing.simulate.talk import REQUESTS, line
from transferguard.testing.simulate.wardrobe import PictureKind
from transferguard.testing.simulate.world import SENDER, Member, amount_dollars
from transferguard.testing.split import part_of

if TYPE_CHECKING:
    from random import Random

    from transferguard.testing.split import Split

_REQUEST_SHARE = 0.85
_FRESH_SHARE = 0.75
_DISTINCTIVE_BITS = 16.0
"""From here on a name is called distinctive: fewer than one in 65,000 people bear it."""

STAGES = ("stranger", "accepted", "renamed", "drifted", "warmed_up")
"""Before acceptance; soon after it; an old contact that renames; one that drifts in small steps; a one-yuan payment first."""


_OWN_NAMES = (DisplayKind.REAL, DisplayKind.POETIC, DisplayKind.GIVEN)
"""What a thief is called who copies only a picture: an assumption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is copied, and how."""

    name: str | None
    picture: bytes | None
    disguise: str = "none"
    picture_attack: str = "none"


def known_of(draft: Draft, victim: Member) -> Known:
    """What a thief can know of this contact."""
    account, person = victim.account, victim.person
    real = account.display_name == person.verified_name
    changes = () if isinstance(account.profile_changes, Unavailable) else account.profile_changes
    former = next((change.display_name for change in changes if isinstance(change.display_name, str)), "")
    remark = victim.contact.remark if isinstance(victim.contact.remark, str) else ""
    return Known(
        display_name=account.display_name,
        family=person.family if real else "",
        given=person.given if real else "",
        latin=person.latin if real else "",
        remark=remark,
        verified_name=person.verified_name,
        former_name=former,
        group_nickname=of_kind(person, DisplayKind.GIVEN, draft.rng),
        culture=draft.world.culture,
    )


def disguised(draft: Draft, victim: Member, disguise: Disguise | None) -> tuple[str, str]:
    """The name that the thief shows, and by which disguise; a plain copy where the wanted one does not apply."""
    known = known_of(draft, victim)
    ways = [disguise] if disguise else [DISGUISES[name] for name in draft.rng.sample(sorted(DISGUISES), 8)]
    for way in ways:
        if way.target in {Target.ROLE, Target.NOBODY}:
            continue
        text = way(known, draft.rng, split=draft.split)
        if text:
            return text, way.name
    return victim.account.display_name, "same_string"


def attacked_picture(draft: Draft, victim: Member) -> tuple[bytes | None, str]:
    """The contact's picture as the thief wears it: saved again, cropped, mirrored or otherwise disguised."""
    if not isinstance(victim.account.avatar, bytes):
        return None, "none"
    names = part_of("picture attack of a scene", sorted(PICTURE_ATTACKS), draft.split)
    name = draft.rng.choice(names) if draft.rng.random() < _DISGUISED_PICTURE_SHARE else _SAVED_AGAIN
    return _disguised(name, victim.account.avatar, draft.rng.randrange(2**31), draft.split), name


@lru_cache(maxsize=16)
def _disguised(attack: str, picture: bytes, seed: int, split: Split | None) -> bytes:
    """Kept because the same people may play a scene again, with the same picture."""
    return PICTURE_ATTACKS[attack](picture, seed=seed, split=split)


_SAVED_AGAIN = "recompressed"
_DISGUISED_PICTURE_SHARE = 0.5
"""How often the picture is disguised and not just saved again: an assumption."""


def _victim(draft: Draft, *, photo: bool, named: bool) -> Member:
    for _ in range(_ATTEMPTS):
        victim = draft.member(named=named)
        if not photo or victim.picture_kind is PictureKind.PHOTO:
            return victim
    return victim


_ATTEMPTS = 12
"""Enough to find a contact with a photo: two thirds have one."""


def _fresh_days(draft: Draft) -> float:
    return draft.chance(lambda rng: rng.uniform(0.5, 60) if rng.random() < _FRESH_SHARE else rng.uniform(300, 2000))


def _ask(draft: Draft, account: str) -> bool:
    """Most thieves ask in the chat; whether this one does."""

    def said(rng: Random) -> str:
        return line(REQUESTS, draft.world.culture, rng, split=draft.split) if rng.random() < _REQUEST_SHARE else ""

    text = draft.chance(said)
    if text:
        draft.say(account, text)
    return bool(text)


def _tag(draft: Draft, victim: Member, copy: Copy, *, stage: str) -> None:
    bits = -log2(victim.person.probability)
    draft.tags.update(
        stage=stage,
        disguise=copy.disguise,
        picture_attack=copy.picture_attack,
        picture_kind=victim.picture_kind.value,
        name_kind=victim.name_kind.value,
        rarity_bits=round(bits, 1),
        distinctive_name=victim.name_kind is DisplayKind.REAL and bits >= _DISTINCTIVE_BITS,
        distinctive_picture=victim.picture_kind is PictureKind.PHOTO,
    )


def impersonate(draft: Draft, victim: Member, copy: Copy, *, stage: str) -> Account:
    """An account that wears the copy, arrived at by the given stage."""
    rng = draft.rng
    own = draft.person()
    own_picture = draft.world.wardrobe.of_kind(PictureKind.PHOTO, rng)
    _tag(draft, victim, copy, stage=stage)
    old_days = max(200.0, _fresh_days(draft))
    if stage in {"stranger", "accepted", "warmed_up"}:
        thief = draft.stranger(
            person=own,
            shown=copy.name if copy.name is not None else of_kind(own, rng.choice(_OWN_NAMES), rng),
            picture=copy.picture or own_picture,
            age_days=_fresh_days(draft),
        )
    else:
        before = of_kind(own, DisplayKind.POETIC, rng)
        thief = draft.stranger(person=own, shown=before, picture=own_picture, age_days=old_days)
    if stage == "accepted":
        draft.accept(thief.id, draft.ago(days=draft.between(0.05, 10)))
    elif stage == "warmed_up":
        draft.accept(thief.id, draft.ago(days=draft.between(1, 10)))
        draft.pay(SENDER, thief.id, dollars=0.15, at=draft.ago(hours=rng.uniform(1, 20)))
    elif stage == "renamed":
        draft.accept(thief.id, draft.ago(days=old_days - 1))
        thief = draft.renamed(thief, at=draft.ago(hours=rng.uniform(0.2, 48)), shown=copy.name, picture=copy.picture)
    elif stage == "drifted":
        draft.accept(thief.id, draft.ago(days=old_days - 1))
        thief = _drift(draft, thief, copy)
    return thief


def _drift(draft: Draft, thief: Account, copy: Copy) -> Account:
    """Small steps over two months; the picture changes last."""
    steps = 4
    if copy.name is not None:
        for number, shown in enumerate(drift(thief.display_name, copy.name, steps=steps)):
            thief = draft.renamed(thief, at=draft.ago(days=60 - 14 * number), shown=shown)
    if copy.picture is not None:
        thief = draft.renamed(thief, at=draft.ago(days=3), picture=copy.picture)
    return thief


_YOUNG_DAYS = 90
"""An account younger than that, or one that was renamed, a request and no payment before: the context that most such attacks have."""


def _steal(draft: Draft, thief: Account, victim: Member) -> Scene:
    asks = _ask(draft, thief.id)
    young = isinstance(thief.created_at, datetime) and thief.created_at > draft.ago(days=_YOUNG_DAYS)
    paid = any(past.recipient == thief.id for past in draft.transfers)
    draft.tags["context"] = asks and not paid and (young or bool(thief.profile_changes))
    dollars = draft.chance(lambda rng: amount_dollars(rng, median=400, spread=0.8))
    return draft.finish(thief.id, draft.world.money(dollars), attack=True, imitates=victim.account.id)


def name_and_photo(draft: Draft, *, stage: str = "", plain: bool = True) -> Scene:
    """The name and the photo of a contact."""
    victim = _victim(draft, photo=True, named=True)
    picture, picture_attack = attacked_picture(draft, victim)
    name, disguise = (victim.account.display_name, "same_string") if plain else disguised(draft, victim, None)
    copy = Copy(name=name, picture=picture, disguise=disguise, picture_attack=picture_attack)
    thief = impersonate(draft, victim, copy, stage=stage or draft.rng.choice(STAGES))
    return _steal(draft, thief, victim)


def disguised_name_and_photo(draft: Draft) -> Scene:
    """A disguised name and the photo."""
    return name_and_photo(draft, plain=False)


def name_alone(draft: Draft) -> Scene:
    """The name copied, with another picture."""
    victim = _victim(draft, photo=False, named=True)
    copy = Copy(name=victim.account.display_name, picture=None, disguise="same_string")
    return _steal(draft, impersonate(draft, victim, copy, stage=draft.rng.choice(STAGES)), victim)


def disguised_name_alone(draft: Draft) -> Scene:
    """The name in one of fifty disguises, with another picture."""
    victim = _victim(draft, photo=False, named=True)
    name, disguise = disguised(draft, victim, None)
    copy = Copy(name=name, picture=None, disguise=disguise)
    return _steal(draft, impersonate(draft, victim, copy, stage=draft.rng.choice(STAGES)), victim)


def photo_alone(draft: Draft) -> Scene:
    """The photo copied, with another name."""
    victim = _victim(draft, photo=True, named=False)
    picture, picture_attack = attacked_picture(draft, victim)
    copy = Copy(name=None, picture=picture, picture_attack=picture_attack)
    return _steal(draft, impersonate(draft, victim, copy, stage=draft.rng.choice(STAGES)), victim)


def remark_copied(draft: Draft) -> Scene:
    """The sender's own label for a contact, worn as a display name, with the photo."""
    victim = next((member for member in draft.world.members if isinstance(member.contact.remark, str)), draft.member())
    remark = victim.contact.remark if isinstance(victim.contact.remark, str) else victim.person.verified_name
    picture, picture_attack = attacked_picture(draft, victim)
    copy = Copy(name=remark, picture=picture, disguise="remark_copied", picture_attack=picture_attack)
    return _steal(draft, impersonate(draft, victim, copy, stage=draft.rng.choice(("stranger", "accepted"))), victim)


def several_impostors(draft: Draft) -> Scene:
    """Four copies of one contact at once, some of them accepted, so that each hides among the others."""
    victim = _victim(draft, photo=True, named=True)
    picture, picture_attack = attacked_picture(draft, victim)
    copy = Copy(name=victim.account.display_name, picture=picture, disguise="same_string", picture_attack=picture_attack)
    thief = impersonate(draft, victim, copy, stage="accepted")
    for number in range(3):
        other = draft.stranger(f"y{number}", shown=copy.name, picture=picture, age_days=_fresh_days(draft))
        draft.accept(other.id, draft.ago(days=draft.rng.uniform(1, 20)))
    return _steal(draft, thief, victim)


def flooded(draft: Draft) -> Scene:
    """Forty near copies that merely wrote to the sender, and then the one that asks."""
    victim = _victim(draft, photo=True, named=True)
    picture, picture_attack = attacked_picture(draft, victim)
    copy = Copy(name=victim.account.display_name, picture=picture, disguise="flood", picture_attack=picture_attack)
    thief = impersonate(draft, victim, copy, stage="stranger")
    for number in range(40):
        draft.stranger(f"y{number}", shown=disguised(draft, victim, None)[0], picture=picture, age_days=2)
    return _steal(draft, thief, victim)


def group_of_victim(draft: Draft) -> Scene:
    """A group account that wears a contact's name and picture: "李思远 family savings"."""
    victim = _victim(draft, photo=True, named=True)
    picture, picture_attack = attacked_picture(draft, victim)
    name = DISGUISES["organisation"](known_of(draft, victim), draft.rng, split=draft.split) or victim.account.display_name
    copy = Copy(name=name, picture=picture, disguise="organisation", picture_attack=picture_attack)
    return _steal(draft, impersonate(draft, victim, copy, stage="stranger"), victim)
