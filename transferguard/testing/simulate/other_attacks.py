# SPDX-License-Identifier: Apache-2.0
"""Attacks without a copied contact: roles, hijacked friends, rented accounts, mules, paid courses, and thieves who block afterwards.

What the guard can know of each is in the evidence only: events of the account, the flow of money, reports, the talk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from transferguard.model import Account, Channel, ReportKind, SecurityEventKind
from transferguard.testing.disguises import DISGUISES, Known
from transferguard.testing.populations import DisplayKind, of_kind
from transferguard.testing.simulate import copies
from transferguard.testing.simulate.scene import Draft, Scene
from transferguard.testing.simulate.talk import COURSE_OFFERS, REQUESTS, line
from transferguard.testing.simulate.world import SENDER, amount_dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedAttack:
    """One kind of fraud.

    Attributes:
        name: Stable id.
        family: What it pretends: copy, takeover, mule or scam.
        draw: Builds the scene.
    """

    name: str
    family: str
    draw: Callable[[Draft], Scene]


def _ask(draft: Draft, account: str) -> None:
    draft.say(account, draft.chance(lambda rng: line(REQUESTS, draft.world.culture, rng, split=draft.split)))


def _take(draft: Draft, account: str, *, median: float = 400.0, **transfer: object) -> Scene:
    dollars = draft.chance(lambda rng: amount_dollars(rng, median=median, spread=0.7))
    purpose, usual = transfer.get("purpose"), transfer.get("usual_dollars")
    channel = transfer.get("channel", Channel.CHAT)
    return draft.finish(
        account,
        draft.world.money(dollars),
        attack=True,
        purpose=purpose if isinstance(purpose, str) else None,
        channel=channel if isinstance(channel, Channel) else Channel.CHAT,
        usual_dollars=usual if isinstance(usual, float) else None,
    )


def role_name(draft: Draft) -> Scene:
    """An account called Mum, 客服 or Support asks for money."""
    known = Known(display_name="", culture=draft.world.culture)
    shown = DISGUISES["role"](known, draft.rng, split=draft.split) or "Support"
    thief = draft.stranger(shown=shown, age_days=draft.between(0.5, 60))
    if draft.rng.random() < _ACCEPTED_SHARE:
        draft.accept(thief.id, draft.ago(hours=draft.between(0.2, 48)))
    _ask(draft, thief.id)
    draft.tags["role"] = shown
    return _take(draft, thief.id)


_ACCEPTED_SHARE = 0.5
"""How many thieves were accepted as contacts before they ask: an assumption."""


def empty_name(draft: Draft) -> Scene:
    """A name that has nothing to see asks for money."""
    shown = DISGUISES["empty_once_cleaned"](Known(display_name="x", culture=draft.world.culture), draft.rng, split=draft.split)
    thief = draft.stranger(shown=shown or "\u200b", age_days=draft.between(0.5, 60))
    _ask(draft, thief.id)
    return _take(draft, thief.id)


def hijacked_friend(draft: Draft) -> Scene:
    """A friend's genuine account, taken over: a new device and region, then a request."""
    known = draft.member()
    account = draft.event(known.account, SecurityEventKind.NEW_DEVICE, draft.ago(hours=draft.rng.uniform(0.5, 40)))
    second = draft.rng.choice((SecurityEventKind.PASSWORD_RESET, SecurityEventKind.SIM_CHANGED, SecurityEventKind.REGION_CHANGED))
    draft.event(account, second, draft.ago(hours=draft.rng.uniform(0.3, 30)))
    _ask(draft, known.account.id)
    return _take(draft, known.account.id)


def hijacked_quietly(draft: Draft) -> Scene:
    """A friend's genuine account, taken over without any event that the host saw; only the request and the amount speak."""
    known = draft.member()
    _ask(draft, known.account.id)
    return _take(draft, known.account.id)


def sender_taken_over(draft: Draft) -> Scene:
    """The sender's own account was taken over and is being emptied to a stranger."""
    changed = draft.event(draft.world.sender, SecurityEventKind.PASSWORD_RESET, draft.ago(minutes=40))
    draft.event(changed, SecurityEventKind.NEW_DEVICE, draft.ago(minutes=30))
    thief = draft.stranger(age_days=draft.between(1, 300))
    return _take(draft, thief.id, median=1500)


def rented_account(draft: Draft) -> Scene:
    """An old account with a true identity that somebody else operates since last week."""
    thief = draft.stranger(age_days=draft.between(600, 3000))
    thief = draft.event(thief, SecurityEventKind.NEW_DEVICE, draft.ago(days=draft.rng.uniform(0.5, 7)))
    thief = draft.event(thief, SecurityEventKind.REGION_CHANGED, draft.ago(days=draft.rng.uniform(0.5, 7)))
    draft.crowd(thief.id, count=draft.rng.randint(6, 20), within=timedelta(hours=24), dollars=120)
    return _take(draft, thief.id, median=150)


def _collects(draft: Draft, mule: Account, *, passes_on: bool) -> None:
    """Many first-time payments within hours; where asked for, the money leaves within minutes."""
    payers = draft.crowd(mule.id, count=draft.rng.randint(10, 30), within=timedelta(hours=10), dollars=200)
    draft.tags["payers"] = len(payers)
    if passes_on:
        out = draft.stranger("z1", age_days=draft.between(5, 300))
        received = list(draft.transfers)
        for past in received:
            if past.recipient == mule.id and isinstance(past.at, datetime):
                leaves = past.at + timedelta(minutes=draft.rng.uniform(1, 9))
                draft.pay(mule.id, out.id, dollars=195, at=min(leaves, draft.ago(minutes=1)))


def mule_passes_through(draft: Draft) -> Scene:
    """Money from many comes in and goes out within minutes."""
    mule = draft.stranger(age_days=draft.between(1, 60))
    _collects(draft, mule, passes_on=True)
    return _take(draft, mule.id, median=250)


def mule_collects(draft: Draft) -> Scene:
    """Money from many comes in and stays for now."""
    mule = draft.stranger(age_days=draft.between(1, 200))
    _collects(draft, mule, passes_on=False)
    return _take(draft, mule.id, median=250)


def mule_with_true_name(draft: Draft) -> Scene:
    """The thief told the victim the mule's true name, so that every name check matches."""
    person = draft.person()
    mule = draft.stranger(person=person, shown=person.verified_name, age_days=draft.between(1, 60))
    draft.accept(mule.id, draft.ago(hours=3), remark=person.verified_name)
    _collects(draft, mule, passes_on=True)
    return _take(draft, mule.id, channel=Channel.PHONE_NUMBER)


def dormant_awakened(draft: Draft) -> Scene:
    """A bought account, silent for a year, suddenly receives; half of the buyers are seen signing in."""
    thief = draft.stranger(age_days=draft.between(800, 2500))
    thief = draft.changed(thief, last_active_at=draft.ago(days=draft.rng.uniform(250, 600)))
    draft.tags["seen"] = draft.rng.random() < _SEEN_SHARE
    if draft.tags["seen"]:
        kind = draft.rng.choice((SecurityEventKind.NEW_DEVICE, SecurityEventKind.PASSWORD_RESET))
        draft.event(thief, kind, draft.ago(days=draft.rng.uniform(0.1, 4)))
    return _take(draft, thief.id)


_SEEN_SHARE = 0.5
"""How often the host sees the sign-in of an account's new owner: an assumption."""


def many_accounts(draft: Draft) -> Scene:
    """One of a dozen accounts behind one identity."""
    person = draft.person()
    for number in range(12):
        draft.stranger(f"m{number}", person=person, age_days=draft.between(1, 30), identity="p-many")
    _ask(draft, "m0")
    return _take(draft, "m0")


def reported_thief(draft: Draft) -> Scene:
    """A thief whom several people reported, among them some who were blocked after they had paid."""
    thief = draft.stranger(age_days=draft.between(3, 90))
    for number in range(draft.rng.randint(2, 6)):
        kind = draft.rng.choice((ReportKind.FRAUD, ReportKind.BLOCKED_AFTER_PAYMENT))
        draft.report(thief.id, kind, at=draft.ago(days=draft.rng.uniform(0.2, 30)), reporter=f"r{number}")
    _ask(draft, thief.id)
    return _take(draft, thief.id)


def blocks_afterwards(draft: Draft) -> Scene:
    """A seller who takes the money and blocks the buyer; others said so."""
    thief = draft.stranger(age_days=draft.between(3, 200))
    for number in range(draft.rng.randint(1, 4)):
        draft.report(thief.id, ReportKind.BLOCKED_AFTER_PAYMENT, at=draft.ago(days=draft.rng.uniform(0.2, 30)), reporter=f"r{number}")
    return _take(draft, thief.id, median=80, purpose="goods")


def split_amounts(draft: Draft) -> Scene:
    """A stranger has the victim pay in small parts below every threshold."""
    thief = draft.stranger(age_days=draft.between(1, 60))
    for hours in (6, 5, 4, 2):
        draft.pay(SENDER, thief.id, dollars=110, at=draft.ago(hours=hours))
    _ask(draft, thief.id)
    return _take(draft, thief.id, median=110)


def paid_course(draft: Draft) -> Scene:
    """A stranger sells a course in a chat mini-program at a hundred times its price; most hosts know what such courses cost."""
    person = draft.person()
    shown = of_kind(person, DisplayKind.BUSINESS, draft.rng)
    seller = draft.stranger(person=person, shown=shown, age_days=draft.between(3, 120))
    draft.accept(seller.id, draft.ago(days=draft.between(0.1, 5)))
    draft.say(seller.id, draft.chance(lambda rng: line(COURSE_OFFERS, draft.world.culture, rng, split=draft.split)))
    draft.tags["price_known"] = draft.rng.random() < _COURSE_PRICE_KNOWN_SHARE
    usual = draft.rng.uniform(5, 15) if draft.tags["price_known"] else None
    return _take(draft, seller.id, median=700, purpose="course", usual_dollars=usual)


_COURSE_PRICE_KNOWN_SHARE = 0.75
"""How often the host of the mini-program knows the going price: an assumption."""


def lending_stranger(draft: Draft) -> Scene:
    """Somebody met last week asks for a loan."""
    thief = draft.stranger(age_days=draft.between(3, 90))
    draft.accept(thief.id, draft.ago(days=draft.between(2, 10)))
    _ask(draft, thief.id)
    return _take(draft, thief.id, purpose="loan")


_COPIES = {
    "name_and_photo": copies.name_and_photo,
    "disguised_name_and_photo": copies.disguised_name_and_photo,
    "name_alone": copies.name_alone,
    "disguised_name_alone": copies.disguised_name_alone,
    "photo_alone": copies.photo_alone,
    "remark_copied": copies.remark_copied,
    "several_impostors": copies.several_impostors,
    "flooded": copies.flooded,
    "group_of_victim": copies.group_of_victim,
}
_FAMILIES: Mapping[str, tuple[Callable[[Draft], Scene], ...]] = {
    "takeover": (hijacked_friend, hijacked_quietly, sender_taken_over),
    "mule": (rented_account, mule_passes_through, mule_collects, mule_with_true_name, dormant_awakened, many_accounts),
    "scam": (role_name, empty_name, reported_thief, blocks_afterwards, split_amounts, paid_course, lending_stranger),
}
ATTACKS: Mapping[str, SimulatedAttack] = {name: SimulatedAttack(name=name, family="copy", draw=draw) for name, draw in _COPIES.items()} | {
    draw.__name__: SimulatedAttack(name=draw.__name__, family=family, draw=draw) for family, draws in _FAMILIES.items() for draw in draws
}
"""Every attack by name."""
