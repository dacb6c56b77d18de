# SPDX-License-Identifier: Apache-2.0
"""Hypothesis strategies: names (hostile ones too), accounts, whole worlds, and evidence.

Pictures are drawn from a short list, painted once per process: properties of decisions need pictures that are equal, copied,
different, flat, broken or absent, not many of them.
"""

from datetime import timedelta
from functools import cache
from hashlib import sha256

from hypothesis import strategies as st
from PIL import Image

from transferguard.enrolment import fingerprint_of
from transferguard.evidence import NOT_HANDED_OVER
from transferguard.model import (
    AccountKind,
    Channel,
    Money,
    ProfileChange,
    RealNameStatus,
    ReportKind,
    SecurityEvent,
    SecurityEventKind,
    Standing,
    TransferState,
    Unavailable,
)
from transferguard.store import MemoryStore
from transferguard.testing.builders import FRIEND, NOW, SENDER, account, days_ago, paid, quiet_world, report
from transferguard.testing.picture_attacks import ATTACKS
from transferguard.testing.pictures import as_jpeg, as_png, draw_landscape, draw_portrait

UNKNOWN = Unavailable("not given")


@cache
def _enrolled():
    """What enrolment makes of those pictures, so that no test decodes them again."""
    return {sha256(picture).hexdigest(): fingerprint_of(picture) for picture in pictures().values()}


def familiar_store():
    """An empty store that has seen the pictures of this file."""
    store = MemoryStore()
    for digest, fingerprint in _enrolled().items():
        store.enrol(digest, fingerprint)
    return store


def decide(world):
    """What the guard says about a world, without decoding its pictures once more."""
    return world.guard(store=familiar_store()).check(world.transfer, conversation=world.conversation or NOT_HANDED_OVER)


@cache
def pictures():
    """A few pictures by what they are to each other."""
    portrait = as_jpeg(draw_portrait(7), quality=85)
    return {
        "portrait": portrait,
        "copy": ATTACKS["recompressed"](portrait, seed=3),
        "other": as_jpeg(draw_landscape(8), quality=85),
        "flat": as_png(Image.new("RGB", (96, 96), (200, 200, 200))),
        "truncated": portrait[:200],
        "not a picture": b"<html>",
        "empty": b"",
    }


def avatars():
    """A picture, a bad one, or none."""
    return st.sampled_from([UNKNOWN, UNKNOWN, *pictures().values()])


NAMES = ("李思远", "思远", "李明", "张伟", "毕小川", "Alice Brown", "Alice Browne", "Иван Петров", "妈妈", "客服", "王总", "旺财数码")
"""Names that people have, some of them alike."""

HOSTILE_NAMES = (
    "",
    " ",
    "\u200b\u200b",
    "李\u200b思远",
    "Alicе Brown",  # one Cyrillic letter
    "a\x00b",
    "\ud800",
    "\udfff\ud800李明",
    "李" * 10_000,
    "\u202e远思李",
    "e" + "\u0301" * 300,
    '"; {0} %s {name} <b>✓ verified</b>\n\r\t',
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ufffe\uffff",
    "{__class__}",
)
"""Names that only an attacker has, or an unlucky person."""


def honest_names():
    """Names that people have."""
    return st.sampled_from(NAMES)


def hostile_names():
    """Names made to break something."""
    return st.one_of(st.sampled_from(HOSTILE_NAMES), st.text(alphabet=st.characters(codec=None), max_size=40))


def names():
    """Any name."""
    return st.one_of(honest_names(), honest_names(), hostile_names())


def maybe(values):
    """A value, or none."""
    return st.one_of(st.just(UNKNOWN), values)


def moments(most_days=2_000):
    """A moment of the last years."""
    return st.integers(0, most_days * 24).map(lambda hours: NOW - timedelta(hours=hours))


def changes():
    """Profile changes, each with a value that was worn before."""
    one = st.builds(
        lambda at, name, avatar: ProfileChange(at=at, display_name=name, avatar=avatar),
        moments(),
        maybe(names()),
        st.one_of(st.just(UNKNOWN), st.sampled_from(sorted(pictures().values()))),
    )
    return st.lists(one, max_size=3).map(tuple)


def security_events():
    """Security events of the last months."""
    return st.lists(
        st.builds(lambda at, kind: SecurityEvent(at=at, kind=kind), moments(60), st.sampled_from(SecurityEventKind)), max_size=3
    ).map(tuple)


@st.composite
def accounts(draw, id, *, settled=False):  # noqa: A002 - the word of the model
    """One account; a settled one is verified, in good standing, and nothing ever happened to it."""
    fields = {"display_name": draw(names()), "avatar": draw(avatars()), "verified_name": draw(honest_names())}
    if not settled:
        fields |= {
            "verified_name": draw(maybe(names())),
            "identity": draw(maybe(st.sampled_from(["p-1", "p-2", "p-3"]))),
            "kind": draw(maybe(st.sampled_from(AccountKind))),
            "real_name_status": draw(maybe(st.sampled_from(RealNameStatus))),
            "standing": draw(maybe(st.sampled_from(Standing))),
            "created_at": draw(maybe(moments(3_000))),
            "last_active_at": draw(maybe(moments(600))),
            "profile_changes": draw(maybe(changes())),
            "security_events": draw(maybe(security_events())),
        }
    return account(id, **fields)


def amounts():
    """Amounts around the thresholds, and far from them."""
    return st.one_of(st.sampled_from([1, 99_999, 100_000, 100_001, 500_001, 2**63 - 1]), st.integers(1, 2_000_000)).map(
        lambda minor: Money(minor, "CNY")
    )


@st.composite
def worlds(draw, *, members=3):
    """A small world: a sender, a circle of up to so many people, and a recipient in or outside it; anything may be missing."""
    world = quiet_world().with_accounts(draw(accounts(SENDER)))
    for number in range(draw(st.integers(0, members))):
        world = world.with_friend(
            draw(accounts(f"c{number}")),
            since=draw(maybe(moments())),
            remark=draw(maybe(names())),
            last_message_at=draw(maybe(moments(400))),
        )
    everybody = [FRIEND, *(one.account for one in world.contacts), "r"]
    world = world.with_accounts(draw(accounts("r"))).to(draw(st.sampled_from(sorted(set(everybody)))))
    for number in range(draw(st.integers(0, 3))):
        state, money = draw(maybe(st.sampled_from(TransferState))), draw(amounts())
        world = world.with_transfers(
            paid(draw(st.sampled_from(sorted(set(everybody)))), id=f"past-{number}", at=draw(maybe(moments(400))), state=state, money=money)
        )
    for number in range(draw(st.integers(0, 2))):
        kind, at = draw(st.sampled_from(ReportKind)), draw(maybe(moments(200)))
        world = world.with_reports(report(world.transfer.recipient, f"x{number}", kind=kind, at=at))
    return world.with_transfer(
        money=draw(amounts()),
        channel=draw(maybe(st.sampled_from(Channel))),
        purpose=draw(maybe(st.sampled_from(["loan", "gift", "\ud800"]))),
    )


@st.composite
def settled_worlds(draw, *, members=3):
    """A verified sender pays an unchanged, verified friend, paid long ago; other people in the circle came later and may look alike."""
    world = quiet_world().with_accounts(draw(accounts(FRIEND, settled=True))).with_transfers(paid(FRIEND, days=1_500))
    world = world.with_contacts(*(draw(_remarked(one)) for one in world.contacts))
    for number in range(draw(st.integers(0, members))):
        world = world.with_friend(draw(accounts(f"c{number}")), since=days_ago(draw(st.integers(0, 1_400))), remark=draw(maybe(names())))
    return world.with_transfer(money=draw(amounts()))


@st.composite
def _remarked(draw, entry):
    return type(entry)(owner=entry.owner, account=entry.account, since=entry.since, remark=draw(maybe(names())))
