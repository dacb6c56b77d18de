# SPDX-License-Identifier: Apache-2.0
"""Honest life: transfers that must not be disturbed, some of which look like fraud.

Each situation has a share of all honest transfers. The shares are assumptions (most transfers repeat earlier ones); they turn the
situations, which are drawn equally often, into a rate over all honest transfers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from transferguard.model import AccountKind, Channel, SecurityEventKind
from transferguard.testing.populations import Culture, DisplayKind, Person, of_kind
from transferguard.testing.simulate.scene import Draft, Scene
from transferguard.testing.simulate.talk import HONEST, HONEST_LOANS, line
from transferguard.testing.simulate.wardrobe import PictureKind
from transferguard.testing.simulate.world import SENDER, Member, amount_dollars

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class HonestSituation:
    """One kind of honest transfer.

    Attributes:
        name: Stable id.
        share: Of all honest transfers, 0..1: an assumption.
        draw: Builds the scene.
    """

    name: str
    share: float
    draw: Callable[[Draft], Scene]


def _talk(draft: Draft, recipient: str) -> None:
    def said(rng: Random) -> str:
        talks = rng.random() < 0.5  # noqa: PLR2004 - half of all payments follow a talk: an assumption
        return line(HONEST, draft.world.culture, rng, split=draft.split) if talks else ""

    if text := draft.chance(said):
        draft.say(recipient, text)


def _usual(draft: Draft, *, median: float = 25.0, spread: float = 1.0) -> float:
    return draft.chance(lambda rng: amount_dollars(rng, median=median, spread=spread))


def _to_member(draft: Draft, member: Member, *, dollars: float) -> Scene:
    _talk(draft, member.account.id)
    return draft.finish(member.account.id, draft.world.money(dollars))


def repeat_payment(draft: Draft) -> Scene:
    """Somebody who was paid before is paid again."""
    return _to_member(draft, draft.member(paid=True), dollars=_usual(draft))


def first_to_friend(draft: Draft) -> Scene:
    """An old contact is paid for the first time."""
    return _to_member(draft, draft.member(paid=False), dollars=_usual(draft))


def _stranger(
    draft: Draft, *, dollars: float, purpose: str, accepted_days: float | None = None, usual_dollars: float | None = None
) -> Scene:
    person = draft.person()
    kind = draft.rng.choice((DisplayKind.REAL, DisplayKind.REAL, DisplayKind.POETIC, DisplayKind.GIVEN, DisplayKind.BUSINESS))
    account = draft.stranger(person=person, shown=of_kind(person, kind, draft.rng))
    if accepted_days is not None:
        draft.accept(account.id, draft.ago(days=accepted_days))
    _talk(draft, account.id)
    return draft.finish(account.id, draft.world.money(dollars), purpose=purpose, usual_dollars=usual_dollars)


def landlord(draft: Draft) -> Scene:
    """The first rent to a new landlord."""
    return _stranger(draft, dollars=_usual(draft, median=400, spread=0.5), purpose="rent", accepted_days=draft.between(0.1, 20))


def second_hand_seller(draft: Draft) -> Scene:
    """A used bicycle from somebody met in a market."""
    return _stranger(draft, dollars=_usual(draft, median=40), purpose="goods")


def tutor(draft: Draft) -> Scene:
    """The first lesson; sometimes the host knows what lessons cost."""
    dollars = _usual(draft, median=60, spread=0.5)
    usual = draft.chance(lambda rng: dollars * rng.lognormvariate(0.0, 0.5) if rng.random() < _PRICE_KNOWN_SHARE else None)
    return _stranger(draft, dollars=dollars, purpose="lesson", accepted_days=draft.between(0.1, 30), usual_dollars=usual)


_PRICE_KNOWN_SHARE = 0.5
"""How often a host knows the going price of a lesson: an assumption."""


def street_vendor(draft: Draft) -> Scene:
    """Fruit from a cart: a personal account, and many strangers pay small change into it every day."""
    account = draft.stranger()
    draft.crowd(account.id, count=draft.rng.randint(8, 60), within=timedelta(hours=12), dollars=4)
    return draft.finish(account.id, draft.world.money(_usual(draft, median=4, spread=0.6)), channel=Channel.QR_CODE)


def organiser(draft: Draft) -> Scene:
    """Somebody whom the sender hardly knows collects for a trip, and pays the bus from it at once."""
    account = draft.stranger()
    draft.accept(account.id, draft.ago(days=draft.between(1, 200)))
    draft.crowd(account.id, count=draft.rng.randint(4, 15), within=timedelta(hours=20), dollars=40)
    if draft.rng.random() < _PAYS_AT_ONCE_SHARE:
        draft.pay(account.id, "z1", dollars=draft.rng.uniform(60, 400), at=draft.ago(minutes=draft.rng.uniform(2, 600)))
        draft.stranger("z1", kind=AccountKind.BUSINESS)
    _talk(draft, account.id)
    return draft.finish(account.id, draft.world.money(40))


_PAYS_AT_ONCE_SHARE = 0.5
"""How often a collection is spent while it still comes in: an assumption."""


def new_to_the_app(draft: Draft) -> Scene:
    """A colleague opened an account last week and is paid for lunch."""
    account = draft.stranger(age_days=draft.between(0.5, 40))
    draft.accept(account.id, draft.ago(days=draft.between(0.1, 0.5)))
    _talk(draft, account.id)
    return draft.finish(account.id, draft.world.money(_usual(draft)))


def traveller(draft: Draft) -> Scene:
    """A friend signs in from abroad, on the same phone."""
    known = draft.member()
    draft.event(known.account, SecurityEventKind.REGION_CHANGED, draft.ago(days=draft.rng.uniform(0.1, 12)))
    return _to_member(draft, known, dollars=_usual(draft))


def shop(draft: Draft) -> Scene:
    """A shop is paid by its code."""
    person = draft.person()
    account = draft.stranger(person=person, shown=of_kind(person, DisplayKind.BUSINESS, draft.rng), kind=AccountKind.BUSINESS)
    return draft.finish(account.id, draft.world.money(_usual(draft, median=8)), channel=Channel.QR_CODE, purpose="goods")


def _newcomer(
    draft: Draft, person: Person, *, picture: bytes | None = None, dollars: float | None = None, shown: str | None = None
) -> Scene:
    account = draft.stranger(person=person, picture=picture, shown=shown)
    draft.accept(account.id, draft.ago(days=draft.between(0.1, 60)))
    _talk(draft, account.id)
    return draft.finish(account.id, draft.world.money(_usual(draft) if dollars is None else dollars))


def namesake(draft: Draft) -> Scene:
    """A new acquaintance bears exactly the name of an old contact, by chance."""
    person = draft.member(named=True).person
    return _newcomer(draft, person)


def same_surname_family(draft: Draft) -> Scene:
    """The brother-in-law, the aunt: a relative of a contact with the same surname."""
    known = draft.member(named=True).person
    return _newcomer(draft, _relative(draft, known))


def _relative(draft: Draft, known: Person) -> Person:
    from dataclasses import replace  # noqa: PLC0415 - used here only

    from transferguard.testing.populations import population  # noqa: PLC0415 - the same

    other = draft.person()
    name = population(draft.world.culture).write(known.family, other.given)
    return replace(other, family=known.family, verified_name=name, latin=f"{other.latin.split()[0]} {known.latin.split()[-1]}")


def generation_siblings(draft: Draft) -> Scene:
    """Siblings who share the surname and one character of the given name: 陈建国 and 陈建军."""
    from dataclasses import replace  # noqa: PLC0415 - used here only

    known = draft.member(named=True).person
    other = _relative(draft, known)
    if draft.world.culture in {Culture.CHINESE, Culture.KOREAN} and len(known.given) > 1:
        given = known.given[0] + other.given[-1]
        other = replace(other, given=given, verified_name=known.family + given)
    return _newcomer(draft, other)


def couple(draft: Draft) -> Scene:
    """Two halves of one picture: a contact and the contact's partner."""
    known = draft.member()
    one, other = draft.world.wardrobe.pair("couple", draft.rng)
    draft.changed(known.account, avatar=one)
    return _newcomer(draft, draft.person(), picture=other)


def family_photo(draft: Draft) -> Scene:
    """Two relatives wear crops of one family photo."""
    known = draft.member(named=True)
    one, other = draft.world.wardrobe.pair("relatives", draft.rng)
    draft.changed(known.account, avatar=one)
    return _newcomer(draft, _relative(draft, known.person), picture=other)


def default_picture(draft: Draft) -> Scene:
    """A stranger with the grey silhouette that many contacts have too."""
    picture = draft.world.wardrobe.of_kind(PictureKind.DEFAULT, draft.rng)
    return _newcomer(draft, draft.person(), picture=picture)


def popular_picture(draft: Draft) -> Scene:
    """A stranger with a sunset that some contacts have too."""
    picture = draft.world.wardrobe.of_kind(PictureKind.POPULAR, draft.rng)
    return _newcomer(draft, draft.person(), picture=picture)


def second_account(draft: Draft) -> Scene:
    """A friend's second account: the same verified person, the same name and picture."""
    known = draft.member()
    account = draft.stranger(person=known.person, shown=known.account.display_name, age_days=draft.between(1, 900))
    draft.changed(account, avatar=known.account.avatar, identity=known.account.identity)
    draft.accept(account.id, draft.ago(days=draft.between(0, 60)))
    _talk(draft, account.id)
    return draft.finish(account.id, draft.world.money(_usual(draft)))


def new_year_rename(draft: Draft) -> Scene:
    """A friend took a festive name some days ago and is paid as before."""
    known = draft.member(paid=True)
    shown = of_kind(known.person, draft.rng.choice((DisplayKind.POETIC, DisplayKind.EMOJI, DisplayKind.REAL)), draft.rng)
    draft.renamed(known.account, at=draft.ago(days=draft.rng.uniform(0.1, 20)), shown=shown)
    return _to_member(draft, known, dollars=_usual(draft))


def new_phone(draft: Draft) -> Scene:
    """A friend bought a phone some days ago; nothing else happened."""
    known = draft.member(paid=True)
    draft.event(known.account, SecurityEventKind.NEW_DEVICE, draft.ago(days=draft.rng.uniform(0.1, 12)))
    return _to_member(draft, known, dollars=_usual(draft))


def large_gift(draft: Draft) -> Scene:
    """A wedding present to a relative, far above the usual amount."""
    return _to_member(draft, draft.member(), dollars=_usual(draft, median=800, spread=0.4))


def class_treasurer(draft: Draft) -> Scene:
    """A parent collects from the whole class within a day and pays the bus company."""
    known = draft.member()
    draft.crowd(known.account.id, count=draft.rng.randint(12, 40), within=timedelta(hours=20), dollars=10)
    if draft.rng.random() < _PAYS_AT_ONCE_SHARE:
        draft.stranger("z1", kind=AccountKind.BUSINESS)
        draft.pay(known.account.id, "z1", dollars=draft.rng.uniform(50, 300), at=draft.ago(minutes=draft.rng.uniform(2, 600)))
    return _to_member(draft, known, dollars=10)


def nickname_of_another(draft: Draft) -> Scene:
    """A new friend's nickname happens to be the real name of another friend."""
    known = draft.member()
    return _newcomer(draft, draft.person(), shown=known.person.verified_name)


def honest_loan(draft: Draft) -> Scene:
    """An old friend really needs money and asks for it."""
    known = draft.member()
    draft.say(known.account.id, draft.chance(lambda rng: line(HONEST_LOANS, draft.world.culture, rng, split=draft.split)))
    return draft.finish(known.account.id, draft.world.money(_usual(draft, median=150, spread=0.6)), purpose="loan")


def shared_dinner(draft: Draft) -> Scene:
    """Three small payments to one friend on one evening."""
    known = draft.member()
    for hours in (5, 4):
        draft.pay(SENDER, known.account.id, dollars=amount_dollars(draft.rng, median=12, spread=0.4), at=draft.ago(hours=hours))
    return _to_member(draft, known, dollars=_usual(draft, median=12, spread=0.4))


def returned_friend(draft: Draft) -> Scene:
    """A friend who was silent for a year invites to a wedding."""
    known = draft.member()
    draft.changed(known.account, last_active_at=draft.ago(days=draft.rng.uniform(200, 500)))
    return _to_member(draft, known, dollars=_usual(draft, median=100, spread=0.5))


_ALL = (
    HonestSituation(name="repeat_payment", share=0.762, draw=repeat_payment),
    HonestSituation(name="first_to_friend", share=0.060, draw=first_to_friend),
    HonestSituation(name="shop", share=0.050, draw=shop),
    HonestSituation(name="second_hand_seller", share=0.020, draw=second_hand_seller),
    HonestSituation(name="street_vendor", share=0.010, draw=street_vendor),
    HonestSituation(name="traveller", share=0.004, draw=traveller),
    HonestSituation(name="new_to_the_app", share=0.003, draw=new_to_the_app),
    HonestSituation(name="organiser", share=0.001, draw=organiser),
    HonestSituation(name="shared_dinner", share=0.015, draw=shared_dinner),
    HonestSituation(name="new_year_rename", share=0.012, draw=new_year_rename),
    HonestSituation(name="new_phone", share=0.012, draw=new_phone),
    HonestSituation(name="tutor", share=0.008, draw=tutor),
    HonestSituation(name="large_gift", share=0.008, draw=large_gift),
    HonestSituation(name="default_picture", share=0.007, draw=default_picture),
    HonestSituation(name="same_surname_family", share=0.005, draw=same_surname_family),
    HonestSituation(name="class_treasurer", share=0.004, draw=class_treasurer),
    HonestSituation(name="landlord", share=0.004, draw=landlord),
    HonestSituation(name="popular_picture", share=0.004, draw=popular_picture),
    HonestSituation(name="honest_loan", share=0.003, draw=honest_loan),
    HonestSituation(name="second_account", share=0.002, draw=second_account),
    HonestSituation(name="returned_friend", share=0.002, draw=returned_friend),
    HonestSituation(name="generation_siblings", share=0.001, draw=generation_siblings),
    HonestSituation(name="couple", share=0.001, draw=couple),
    HonestSituation(name="family_photo", share=0.001, draw=family_photo),
    HonestSituation(name="namesake", share=0.0007, draw=namesake),
    HonestSituation(name="nickname_of_another", share=0.0003, draw=nickname_of_another),
)
HONEST_SITUATIONS: Mapping[str, HonestSituation] = {situation.name: situation for situation in _ALL}
"""Every honest situation by name; their shares add up to one."""
