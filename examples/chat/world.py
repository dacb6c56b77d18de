# SPDX-License-Identifier: Apache-2.0
"""Who lives in the example: one sender, friends, a seller, a frozen shop, and a stranger who will become a friend's twin.

The clock starts at the moment for which the world was made and runs from there, so that the app plays the same on any day.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from PIL import Image, ImageOps

from examples.chat.rooms import Rooms
from transferguard import Account, Guard, ProfileChange
from transferguard.model import Fact, RealNameStatus, SecurityEvent, SecurityEventKind, Standing, Unavailable
from transferguard.testing.builders import NOW, account, contact, days_ago, paid
from transferguard.testing.pictures import as_jpeg, draw_landscape, draw_pet, draw_photo, draw_portrait
from transferguard.testing.populations import Culture, display_name, draw_people
from transferguard.testing.split import seeded

SIDE_PX = 192
CROWD = 60
"""More people in the sender's circle: who they are makes a name rare or common."""

SENDER, FRIEND, TWIN = "zhao", "siyuan", "stranger"


class RunningClock:
    """Starts at the world's moment and runs; it can be moved ahead to see a wait end."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._began = time.monotonic()

    def now(self) -> datetime:
        """What the clock shows."""
        return NOW + self._ahead + timedelta(seconds=time.monotonic() - self._began)

    def skip(self, hours: float) -> None:
        """Let hours pass."""
        self._ahead += timedelta(hours=hours)


def painted(image: Image.Image, quality: int = 82) -> bytes:
    """A profile picture as an app would store it."""
    return as_jpeg(image.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS), quality=quality)


def cropped(image: Image.Image, *, mirrored: bool) -> bytes:
    """The same picture without its edge, perhaps mirrored, and recompressed."""
    width, height = image.size
    window = image.crop((width // 7, height // 9, width - width // 10, height - height // 8))
    return painted(ImageOps.mirror(window) if mirrored else window, quality=50)


_FACE = draw_portrait(5)

PICTURES = {
    "own": painted(draw_landscape(3)),
    "friend": painted(_FACE, quality=60),
    "cropped": cropped(_FACE, mirrored=False),
    "mirrored": cropped(_FACE, mirrored=True),
}
"""What the stranger can wear: the keys stand on the buttons of the page."""

_ASKED_TOO_LATE = Unavailable("the real-name service did not answer")

PEOPLE = (
    account(SENDER, "小赵", verified_name="赵一鸣", avatar=painted(draw_portrait(11))),
    account(FRIEND, "李思远", verified_name="李思远", avatar=painted(_FACE)),
    account("guo", "郭海棠", verified_name="郭海棠", avatar=painted(draw_pet(4))),
    account("shen", "沈师傅装修", verified_name="沈慕白", avatar=painted(draw_landscape(21))),
    account("zhen", "小卖部阿珍", verified_name="林珍", avatar=painted(draw_landscape(33)), real_name_status=RealNameStatus.UNVERIFIED),
    account("qiang", "阿强二手车", verified_name="许强", avatar=painted(draw_landscape(14)), standing=Standing.FROZEN),
    account(
        "jie",
        "老同学阿杰",
        verified_name="周杰",
        avatar=painted(draw_portrait(31)),
        last_active_at=days_ago(0.02),
        security_events=(
            SecurityEvent(at=days_ago(0.3), kind=SecurityEventKind.NEW_DEVICE),
            SecurityEvent(at=days_ago(0.2), kind=SecurityEventKind.PASSWORD_RESET),
        ),
    ),
    account("liang", "新同事小梁", verified_name="梁雨", avatar=painted(draw_portrait(44)), real_name_status=_ASKED_TOO_LATE),
    account(TWIN, "旺财数码", verified_name="毕小川", avatar=PICTURES["own"], created_at=days_ago(400)),
)

REMARKS = {FRIEND: "思远", "guo": "", "shen": "装修沈师傅", "qiang": "", "jie": ""}
"""Whom the sender chose, and the sender's own words for them."""

LINES = (
    (FRIEND, SENDER, 3.0, "周末爬山去吗？"),
    (SENDER, FRIEND, 2.9, "去！老地方见。"),
    ("guo", SENDER, 2.0, "饭钱一人 88，谢谢～"),
    ("shen", SENDER, 1.5, "材料到了，定金 1200 您看方便吗"),
    ("zhen", SENDER, 1.2, "一共 20 块"),
    ("qiang", SENDER, 1.1, "订金先付 900"),
    ("liang", SENDER, 0.5, "昨晚聚餐 AA，一人 68"),
    ("jie", SENDER, 0.01, "老同学，急用三千，能转我吗？明天还"),
)


def facts() -> list[Fact]:
    """What the app tells the guard beforehand, as it happens: accounts, contacts, settled payments."""
    told: list[Fact] = [*PEOPLE]
    told += [contact(who, owner=SENDER, remark=remark) if remark else contact(who, owner=SENDER) for who, remark in REMARKS.items()]
    told += [paid(FRIEND, 400, sender=SENDER), paid("guo", 60, "88.00", sender=SENDER), paid("guo", 500, "120.00", sender=SENDER)]
    rng = seeded(None, "chat")
    for number, person in enumerate(draw_people(Culture.CHINESE, CROWD, seed=7)):
        shown, _ = display_name(person, rng)
        one = account(f"c{number}", shown, verified_name=person.verified_name)
        pictured = replace(one, avatar=as_jpeg(draw_photo(number, size=96), quality=80)) if number % 6 == 0 else one
        told += [pictured, contact(one.id, owner=SENDER, since=days_ago(rng.randint(60, 2_000)))]
    return told


def settle(rooms: Rooms, guard: Guard) -> None:
    """Move everybody in."""
    for fact in facts():
        guard.observe(fact, at=days_ago(1))
    for one in PEOPLE:
        rooms.wear(one.id, one.display_name, one.avatar if isinstance(one.avatar, bytes) else b"")
    for who, remark in REMARKS.items():
        rooms.write("INSERT INTO known (owner, person, remark) VALUES (?, ?, ?)", SENDER, who, remark)
    for sender, recipient, days, text in LINES:
        rooms.say(sender, recipient, text, days_ago(days))


def changed(before: Account, now: datetime, *, display_name: str, picture: bytes) -> Account:
    """The account with another name and picture, and what it wore until now in its history, as an app keeps it."""
    past = ProfileChange(at=now, display_name=before.display_name, avatar=before.avatar)
    history = before.profile_changes if isinstance(before.profile_changes, tuple) else ()
    return replace(before, display_name=display_name, avatar=picture, profile_changes=(*history[-8:], past))
