# SPDX-License-Identifier: Apache-2.0
"""Who is the sender, and whom did the sender choose to know?

A circle of 20 to 5,000 contacts with dates, remarks, pictures and payments of realistic shape: most contacts were never paid, a few
are paid every month; some have no picture, some the default one; a quarter changed name or picture at some time. The numbers are
assumptions and stand here with their units; no app publishes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, log
from random import Random
from typing import Final

from transferguard.model import (
    Account,
    AccountKind,
    Contact,
    Money,
    PastTransfer,
    ProfileChange,
    RealNameStatus,
    Standing,
    TransferState,
    Unavailable,
    exponent_of,
)
from transferguard.testing.populations import Culture, DisplayKind, Person, display_name, population
from transferguard.testing.simulate.wardrobe import PictureKind, Wardrobe
from transferguard.testing.split import Split, seeded

NOW: Final = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""The moment of every world."""

SENDER: Final = "me"

_SMALLEST_CIRCLE, _LARGEST_CIRCLE = 20, 5_000
_MEDIAN_CIRCLE = 250  # contacts; order of magnitude of published contact counts of chat apps
_CIRCLE_SPREAD = 1.0  # standard deviation of the logarithm

_PAID_SHARE = 0.22  # of contacts were ever paid
_REMARK_SHARE = 0.30  # of contacts carry a remark of the sender's
_CHANGED_SHARE = 0.25  # of contacts changed name or picture within two years
_BUSINESS_SHARE = 0.05

_OLDEST_CONTACT_DAYS = 3650

_UNITS_PER_DOLLAR = {
    "CNY": 7.0,
    "USD": 1.0,
    "EUR": 0.9,
    "BRL": 5.5,
    "TRY": 40.0,
    "PLN": 4.0,
    "RUB": 90.0,
    "EGP": 50.0,
    "KRW": 1400.0,
    "JPY": 150.0,
    "VND": 25000.0,
    "INR": 85.0,
    "THB": 33.0,
}
"""Rounded exchange rates, so that amounts mean the same everywhere."""

_CURRENCY_OF_COUNTRY = {
    "CN": "CNY",
    "US": "USD",
    "DE": "EUR",
    "FR": "EUR",
    "ES": "EUR",
    "IT": "EUR",
    "BR": "BRL",
    "TR": "TRY",
    "PL": "PLN",
    "RU": "RUB",
    "EG": "EGP",
    "KR": "KRW",
    "JP": "JPY",
    "VN": "VND",
    "IN": "INR",
    "TH": "THB",
}
_REMARKS = {Culture.CHINESE: ("王总", "妈妈", "房东", "老师", "二姐", "物业小李", "表哥", "同事")}
_REMARKS_ELSEWHERE = ("Landlord", "Mum", "Work", "Plumber", "Cousin", "Neighbour", "Coach", "Gym")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody whom the sender chose to know.

    Attributes:
        person: The real person behind the account.
        account: The account.
        contact: The sender's entry.
        payments: What the sender paid to this account.
        name_kind: How the display name came about.
        picture_kind: What sort of picture the account wears.
    """

    person: Person
    account: Account
    contact: Contact
    payments: tuple[PastTransfer, ...] = ()
    name_kind: DisplayKind = DisplayKind.REAL
    picture_kind: PictureKind = PictureKind.PHOTO


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One sender with a circle.

    Attributes:
        seed: What it was drawn from.
        split: Which part of all tables was used.
        culture: Whose names.
        sender: The sender's account.
        members: The circle.
        currency: What people pay with.
        wardrobe: Where pictures come from.
        now: The present.
    """

    seed: int
    split: Split | None
    culture: Culture
    sender: Account
    members: Sequence[Member] = field(repr=False)
    currency: str
    wardrobe: Wardrobe = field(repr=False)
    now: datetime = NOW

    def money(self, dollars: float) -> Money:
        """That much money in the world's currency, with two significant digits, at least one unit."""
        return money(dollars, self.currency)


def money(dollars: float, currency: str) -> Money:
    """That much money, rounded to two significant digits, at least one major unit."""
    units = max(1.0, dollars * _UNITS_PER_DOLLAR[currency])
    step = 10 ** max(0, len(str(int(units))) - 2)
    return Money(int(round(units / step) * step) * 10 ** exponent_of(currency), currency)


def amount_dollars(rng: Random, *, median: float = 25.0, spread: float = 1.0) -> float:
    """An ordinary amount: log-normal, in US dollars."""
    return median * exp(rng.gauss(0.0, spread))


def circle_size(rng: Random) -> int:
    """How many contacts somebody has: log-normal around 250, from 20 to 5,000."""
    return round(min(_LARGEST_CIRCLE, max(_SMALLEST_CIRCLE, exp(rng.gauss(log(_MEDIAN_CIRCLE), _CIRCLE_SPREAD)))))


def build_world(
    seed: int, *, culture: Culture = Culture.CHINESE, split: Split | None = None, size: int | None = None, wardrobe: Wardrobe | None = None
) -> World:
    """A sender with a circle.

    Args:
        seed: The same seed gives the same world.
        culture: Whose names.
        split: Which part of all tables may be used; `None` for demonstrations.
        size: Number of contacts; by default drawn, 20 to 5,000.
        wardrobe: Shared pictures, so that several worlds need not paint their own.
    """
    rng = seeded(split, "world", culture.value, seed)
    wardrobe = wardrobe or Wardrobe(seed, split=split)
    owner = population(culture).draw(rng)
    currency = _CURRENCY_OF_COUNTRY[owner.country]
    kind, picture = wardrobe.choose(rng)
    del kind
    sender = account_of(SENDER, owner, owner.verified_name, picture=picture, created=NOW - timedelta(days=rng.randint(700, 4000)))
    count = circle_size(rng) if size is None else size
    draw = _Drawing(culture=culture, wardrobe=wardrobe, currency=currency, rng=rng)
    members = [_member(number, draw) for number in range(1, count + 1)]
    return World(seed=seed, split=split, culture=culture, sender=sender, members=members, currency=currency, wardrobe=wardrobe)


def account_of(  # noqa: PLR0913 - one account has that many independent facts, all named
    id_: str,
    person: Person,
    shown: str,
    *,
    picture: bytes | None,
    created: datetime,
    active: datetime | None = None,
    identity: str | None = None,
    kind: AccountKind = AccountKind.PERSON,
    changes: Sequence[ProfileChange] = (),
) -> Account:
    """An ordinary account of a verified person in normal standing."""
    return Account(
        id=id_,
        display_name=shown,
        avatar=Unavailable("none chosen") if picture is None else picture,
        verified_name=person.verified_name,
        identity=identity or f"p-{id_}",
        kind=kind,
        real_name_status=RealNameStatus.VERIFIED,
        standing=Standing.NORMAL,
        created_at=created,
        last_active_at=active or NOW - timedelta(hours=3),
        profile_changes=tuple(changes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """Where the facts about members come from."""

    culture: Culture
    wardrobe: Wardrobe
    currency: str
    rng: Random


def _member(number: int, draw: _Drawing) -> Member:
    id_, culture, wardrobe, currency, rng = f"u{number}", draw.culture, draw.wardrobe, draw.currency, draw.rng
    person = population(culture).draw(rng)
    shown, name_kind = display_name(person, rng)
    picture_kind, picture = wardrobe.choose(rng, number=number)
    known_days = 0.5 + _OLDEST_CONTACT_DAYS * rng.random() ** 1.3  # a fortieth of all contacts is younger than a month
    since = NOW - timedelta(days=known_days, minutes=rng.randrange(1440))
    created = since - timedelta(days=rng.randint(5, 2500))
    changes = _changes(person, draw, number=number) if rng.random() < _CHANGED_SHARE else ()
    changes = tuple(change for change in changes if change.at > created)
    talked = NOW - timedelta(days=min(known_days, 10 * exp(rng.gauss(0.0, 1.5))))
    kind = AccountKind.BUSINESS if rng.random() < _BUSINESS_SHARE or name_kind is DisplayKind.BUSINESS else AccountKind.PERSON
    active = NOW - timedelta(hours=min(known_days * 24, exp(abs(rng.gauss(0.0, 1.0)) * 2)))
    account = account_of(id_, person, shown, picture=picture, created=created, active=active, kind=kind, changes=changes)
    contact = Contact(owner=SENDER, account=id_, remark=_remark(person, rng), since=since, last_message_at=talked)
    payments = past_payments(id_, rng, since=since, currency=currency) if rng.random() < _PAID_SHARE else ()
    return Member(person=person, account=account, contact=contact, payments=payments, name_kind=name_kind, picture_kind=picture_kind)


def _changes(person: Person, draw: _Drawing, *, number: int) -> tuple[ProfileChange, ...]:
    """One or two earlier names or pictures within the last two years."""
    rng, found = draw.rng, []
    for turn in range(rng.randint(1, 2)):
        at = NOW - timedelta(days=rng.uniform(5, 730))
        if rng.random() < 0.5:  # noqa: PLR2004 - names and pictures change about equally often, an assumption
            found.append(ProfileChange(at=at, display_name=display_name(person, rng)[0]))
        else:
            before = draw.wardrobe.choose_former(rng, number=2 * number - turn)
            found.append(ProfileChange(at=at, avatar=before or Unavailable("none chosen")))
    return tuple(found)


def _remark(person: Person, rng: Random) -> str | Unavailable:
    if rng.random() > _REMARK_SHARE:
        return Unavailable("none given")
    words = _REMARKS.get(person.culture, _REMARKS_ELSEWHERE)
    return rng.choice((person.verified_name, person.verified_name, person.given, rng.choice(words)))


def past_payments(id_: str, rng: Random, *, since: datetime, currency: str) -> tuple[PastTransfer, ...]:
    """Earlier settled payments from the sender: few for most, dozens for some."""
    count = 1 + min(40, int(exp(abs(rng.gauss(0.0, 1.2)))))
    days = max(1.0, (NOW - since).total_seconds() / 86_400)
    times = sorted(NOW - timedelta(days=rng.uniform(0.5 if days > 1 else 0.01, min(days, 720))) for _ in range(count))
    return tuple(
        PastTransfer(
            id=f"past-{id_}-{number}",
            sender=SENDER,
            recipient=id_,
            money=money(amount_dollars(rng), currency),
            at=at,
            state=TransferState.SETTLED,
        )
        for number, at in enumerate(times)
    )
