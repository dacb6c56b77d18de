# SPDX-License-Identifier: Apache-2.0
"""A small world for the demo: two senders, a circle of about 150 people, and the characters of each scene.

Names are drawn by published frequencies, pictures are painted by our own code: nobody real is meant. Nothing here is needed to
embed the guard; it is what a messaging app's own database would hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageOps

from transferguard import Account, Contact, Money, PastTransfer, ProfileChange
from transferguard.model import Fact, RealNameStatus, Standing, TransferState
from transferguard.testing.builders import NOW, account, contact, days_ago, paid
from transferguard.testing.pictures import as_jpeg, draw_landscape, draw_pet, draw_photo, draw_portrait
from transferguard.testing.populations import Culture, display_name, draw_people
from transferguard.testing.split import seeded

CROWD = 140
"""People in the sender's circle besides those with a part to play; the average chat app user has about as many contacts."""

PAINTED = 36
"""Of the crowd, those with a picture of their own; painting and enrolling one takes about a tenth of a second."""

SIDE_PX = 128


def painted(image: Image.Image, quality: int = 80) -> bytes:
    """A profile picture as an app would store it."""
    return as_jpeg(image.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS), quality=quality)


def disguised(image: Image.Image) -> bytes:
    """The same picture cropped, mirrored and recompressed."""
    width, height = image.size
    window = (width // 11, height // 14, width - width // 16, height - height // 13)
    return painted(ImageOps.mirror(image.crop(window)), quality=45)


SIYUAN, MIA = draw_portrait(5), draw_portrait(23)
"""The pictures that are copied."""

SENDER = account("me", "小赵", verified_name="赵一鸣", avatar=painted(draw_portrait(11)))
UNVERIFIED_SENDER = account("newbie", "新来的小周", verified_name="周可", real_name_status=RealNameStatus.UNVERIFIED)

FRIEND = account("siyuan", "李思远", verified_name="李思远", avatar=painted(SIYUAN))
MIA_FRIEND = account("mia", "Mia Castellano", verified_name="Mia Castellano", avatar=painted(MIA))
OLD_FRIEND = account("guo", "郭海棠", verified_name="郭海棠", avatar=painted(draw_pet(4)))
NAMESAKE_FRIEND = account("zhang-1", "张伟", verified_name="张伟", avatar=painted(draw_landscape(9)))

COPY = account(
    "copy",
    "李思远",
    verified_name="毕小川",
    avatar=painted(SIYUAN, quality=50),
    created_at=days_ago(40),
    profile_changes=(ProfileChange(at=days_ago(2), display_name="旺财数码", avatar=painted(draw_landscape(3))),),
)
SIBLING_COPY = account("sibling", "季思远", verified_name="毕小川", identity="p-copy", avatar=disguised(SIYUAN), created_at=days_ago(40))
CYRILLIC_COPY = account("cyrillic", "Mia C\u0430stellano", verified_name="Bryn Okafor", avatar=disguised(MIA), created_at=days_ago(25))
ACCEPTED_COPY = account("accepted", "李思远", verified_name="佟大力", avatar=painted(SIYUAN, quality=60), created_at=days_ago(60))
SECOND_PHONE = account(
    "guo-2", "郭海棠", verified_name="郭海棠", identity=OLD_FRIEND.identity, avatar=OLD_FRIEND.avatar, created_at=days_ago(20)
)
NAMESAKE = account("zhang-2", "张伟", verified_name="张伟", avatar=painted(draw_portrait(47)))
UNVERIFIED = account("seller", "小卖部阿珍", verified_name="林珍", real_name_status=RealNameStatus.UNVERIFIED)
FROZEN = account("frozen", "阿强二手车", verified_name="许强", standing=Standing.FROZEN)
DECORATOR = account("shen", "沈师傅装修", verified_name="沈慕白", kind="person", avatar=painted(draw_landscape(21)))

CAST = (
    SENDER,
    UNVERIFIED_SENDER,
    FRIEND,
    MIA_FRIEND,
    OLD_FRIEND,
    NAMESAKE_FRIEND,
    COPY,
    SIBLING_COPY,
    CYRILLIC_COPY,
    ACCEPTED_COPY,
    SECOND_PHONE,
    NAMESAKE,
    UNVERIFIED,
    FROZEN,
    DECORATOR,
)


def facts() -> Iterator[Fact]:
    """Everything that the app tells the guard beforehand, as it happens: accounts, contacts, settled payments."""
    yield from CAST
    yield from _crowd()
    yield contact("siyuan", remark="思远")
    yield from (contact(friend) for friend in ("mia", "guo", "zhang-1", "zhang-2", "frozen"))
    yield contact("accepted", since=days_ago(14))
    yield contact("shen", remark="装修沈师傅", since=days_ago(45))
    yield Contact(owner="newbie", account="guo", since=days_ago(300))
    yield paid("siyuan", 400)
    yield from (paid("guo", days, amount) for days, amount in ((900, "120.00"), (500, "300.00"), (60, "88.00")))
    yield paid("accepted", 1, "1.00")


def _crowd() -> Iterator[Fact]:
    """The rest of the sender's circle: who they are makes a name rare or common."""
    rng = seeded(None, "demo")
    for number, person in enumerate(draw_people(Culture.CHINESE, CROWD, seed=7)):
        shown, _ = display_name(person, rng)
        one = account(f"c{number}", shown, verified_name=person.verified_name)
        yield replace(one, avatar=as_jpeg(draw_photo(number, size=SIDE_PX), quality=80)) if number < PAINTED else one
        yield contact(one.id, since=days_ago(rng.randint(60, 2_000)))


def earlier_parts(recipient: Account, amount: str, count: int) -> Iterator[PastTransfer]:
    """What was confirmed towards one recipient in the last hours."""
    for part in range(count):
        yield PastTransfer(
            id=f"part-{part}",
            sender=SENDER.id,
            recipient=recipient.id,
            money=Money.of(amount, "CNY"),
            at=NOW - timedelta(minutes=20 * (count - part)),
            state=TransferState.CONFIRMED,
        )
