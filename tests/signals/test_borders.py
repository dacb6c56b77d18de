# SPDX-License-Identifier: Apache-2.0
"""Just below, at and just above: where each signal begins to speak, when it has said all, and what it tells operators there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.signals.asking import ask, details, recipient, tie, weights
from tests.strategies import UNKNOWN
from transferguard.circle import AvatarLikeness, NameLikeness, Order, PictureChange, Resemblance, SeenAs, Trick
from transferguard.decision import MatchResult, Outcome
from transferguard.evidence import Change, DayTotal, Reporter
from transferguard.flow import Flow, Usual
from transferguard.model import SecurityEvent, SecurityEventKind
from transferguard.signals.account_age import account_age
from transferguard.signals.acquaintance import acquaintance
from transferguard.signals.amount import purpose_mismatch, unusual_amount
from transferguard.signals.convergence import convergence
from transferguard.signals.display_name import display_name
from transferguard.signals.dormancy import dormancy
from transferguard.signals.flows import flows
from transferguard.signals.history import history
from transferguard.signals.lookalike import beside_chance, lookalike
from transferguard.signals.money_request import money_request
from transferguard.signals.profile_change import profile_change
from transferguard.signals.reported import reported
from transferguard.signals.restless import restless
from transferguard.signals.split_amounts import split_amounts
from transferguard.signals.standing import standing
from transferguard.signals.takeover import recipient_takeover, sender_takeover
from transferguard.signals.verified_name import verified_name
from transferguard.talk import Talk, Topic
from transferguard.testing.builders import FRIEND, days_ago, paid, quiet_world, report

WORLD = quiet_world()
EVIDENCE = replace(WORLD.evidence(), flow=Flow(), usual=Usual(), accounts_of_person=1)
STRANGE = replace(WORLD.with_stranger().evidence(), flow=Flow(), usual=Usual(), accounts_of_person=1)
NAME = NameLikeness(
    seen=SeenAs.DISPLAY_NAME,
    of=SeenAs.REMARK,
    weight=10.0,
    similarity=0.98765,
    kind="look",
    tricks=(Trick(kind="letter", at=1, length=2, honest=True),),
)
AVATAR = AvatarLikeness(
    weight=10.0, distance=3.14159, changes=(PictureChange(kind="cropped", recipient=(0, 0, 1, 1), member=(0.1, 0, 1, 1)),)
)


def alike(**fields):
    """Evidence with one person whom the recipient resembles."""
    given: dict[str, Any] = {
        "account": "c1", "display_name": "x", "remark": UNKNOWN, "order": Order.RECIPIENT_LATER, "began_at": days_ago(2),
        "side_by_side_since": UNKNOWN, "same_identity": False, "paid": False, "name": None, "avatar": None, "other_picture": False,
    }  # fmt: skip
    return replace(EVIDENCE, resemblances=(Resemblance(**(given | fields)),))


def signed_in(kind, days):
    """Something that happened to a sign-in some days ago."""
    return SecurityEvent(at=days_ago(days), kind=SecurityEventKind(kind))


AGES = {
    "account": (account_age, lambda days: recipient(EVIDENCE, created_at=days_ago(days)), 90),
    "contact": (acquaintance, lambda days: tie(EVIDENCE, since=days_ago(days)), 30),
    "face": (profile_change, lambda days: recipient(EVIDENCE, changes=(Change(at=days_ago(days), name=True, avatar=False),)), 30),
    "drift": (convergence, lambda days: alike(name=NAME, converged_at=days_ago(days), convergence_steps=1), 120),
}
"""What is new, how to make it so old, and the days after which it is settled."""


@pytest.mark.parametrize("what", AGES)
def test_what_is_new_weighs_all_at_first_and_nothing_when_settled(what):
    """A clock that is ahead makes nothing newer than new; the last moment still speaks, the next does not."""
    signal, aged, span = AGES[what]
    full = weights(signal, aged(0))

    assert full
    assert weights(signal, aged(-1)) == weights(signal, aged(-400)) == full
    assert weights(signal, aged(span / 2)) == pytest.approx({key: bits / 2 for key, bits in full.items()}, abs=0.001)
    assert ask(signal, aged(span - 1e-6))
    assert ask(signal, aged(span)) == []
    assert ask(signal, aged(span + 1)) == []


@pytest.mark.parametrize("what", AGES)
@pytest.mark.parametrize(("ago", "days"), [(-3, 0), (0, 0), (0.99, 0), (1, 1), (5.5, 5)])
def test_operators_read_whole_days(what, ago, days):
    """Never fewer than none."""
    signal, aged, _ = AGES[what]

    assert details(signal, aged(ago))["days"] == days


@pytest.mark.parametrize(("cents", "ratio"), [(150, None), (151, 1.5), (213, 2.1), (3_206, 32.1)])
def test_an_unusual_amount_is_told_with_one_decimal(cents, ratio):
    """From the first cent above one and a half times the usual."""
    evidence = replace(WORLD.with_transfer(amount=f"{cents / 100:.2f}").evidence(), usual=Usual(count=9, high=100, pair_high=10))

    assert (details(unusual_amount, evidence) or {}).get("ratio") == ratio


def test_the_largest_of_what_is_usual_and_what_this_one_got_counts():
    """Either alone would call an ordinary payment odd."""
    evidence = WORLD.with_transfer(amount="2.00").evidence()

    assert weights(unusual_amount, replace(evidence, usual=Usual(count=9, high=100, pair_high=50)))["scam"] == 0.293
    assert weights(unusual_amount, replace(evidence, usual=Usual(count=9, high=50, pair_high=100)))["scam"] == 0.293
    assert ask(unusual_amount, replace(evidence, usual=Usual(count=9, high=0, pair_high=100))) == []
    assert weights(unusual_amount, replace(evidence, usual=Usual(count=9, high=1, pair_high=0)))["scam"] == 1.0


@pytest.mark.parametrize(("usual", "scam"), [("40.00", None), ("39.99", 0.0), ("2.00", 5.0), ("1.99", 5.0)])
def test_five_times_the_going_price_is_expensive_and_a_hundred_times_a_fraud(usual, scam):
    """At the border nothing, at the end all, never more."""
    told = weights(purpose_mismatch, WORLD.with_transfer(amount="200.00", usual_amount=usual).evidence()).get("scam")

    assert told == (None if scam is None else pytest.approx(scam, abs=0.001))


@pytest.mark.parametrize("word", ["loan", "borrow", "lend", "借款", "借钱", "LOAN "])
def test_each_word_for_a_loan_is_known(word):
    """In the two languages in which hosts were asked."""
    assert weights(purpose_mismatch, WORLD.with_transfer(purpose=word).with_stranger().evidence()) == {"imposture": 1.0, "scam": 2.5}


def test_a_loan_at_a_mad_price_weighs_as_the_worse_of_the_two():
    """Not both: it is one purpose."""
    world = WORLD.with_stranger()
    mad, dear = (world.with_transfer(purpose="loan", amount="100.00", usual_amount=usual).evidence() for usual in ("0.50", "15.00"))

    assert weights(purpose_mismatch, mad)["scam"] == 5.0
    assert weights(purpose_mismatch, dear)["scam"] == 2.5


def test_a_friend_whose_day_is_in_the_future_is_as_new_as_can_be():
    """And one whose day is unknown is not new."""
    loan = tie(WORLD.with_transfer(purpose="loan").evidence(), payments=())

    assert weights(purpose_mismatch, tie(loan, since=days_ago(-9)))["scam"] == 2.5
    assert ask(purpose_mismatch, tie(loan, since=UNKNOWN)) == []


@pytest.mark.parametrize("kind", SecurityEventKind)
def test_each_event_of_a_sign_in_has_its_share(kind):
    """A SIM card says most, a silent line and a journey least; none is told to the sender."""
    share = {"sim_changed": 0.8, "password_reset": 0.75, "new_device": 0.6, "region_changed": 0.5, "sms_silent": 0.5}[kind.value]
    (one,) = ask(recipient_takeover, recipient(EVIDENCE, events=(SecurityEvent(at=days_ago(0), kind=kind),)))

    assert one.weight == pytest.approx(8 * share)
    assert one.detail == {"events": [kind.value]}
    assert one.visible is False


def test_every_further_kind_of_event_adds_as_much_and_a_repetition_nothing():
    """The freshest of each kind counts; a clock that is ahead makes no event fresher than fresh."""
    sim, device, old = (signed_in(kind, days) for days, kind in ((0, "sim_changed"), (7, "new_device"), (13, "sim_changed")))
    ahead = signed_in("sim_changed", -3)

    def bits(*events):
        return weights(recipient_takeover, recipient(EVIDENCE, events=events))["takeover"]

    assert bits(sim) == bits(sim, old) == bits(old, sim) == bits(ahead) == pytest.approx(6.4)
    assert bits(sim, device) == bits(device, sim) == pytest.approx(8 * 1.2)
    assert bits(device) == pytest.approx(8 * 0.3)


def test_the_senders_signs_are_counted_at_their_borders():
    """A payment as large as usual is usual; the third of a day is one of several; one cent more is above."""
    hijacked = replace(EVIDENCE, sender=replace(EVIDENCE.sender, events=(signed_in("sim_changed", 0),)))
    amount = hijacked.transfer.money.minor

    def bits(**usual):
        return weights(sender_takeover, replace(hijacked, usual=Usual(count=9, **usual))).get("takeover")

    assert bits(high=amount) is None
    assert bits(high=amount - 1) == pytest.approx(3.6)
    assert bits(high=amount, today=2) is None
    assert bits(high=amount, today=3) == pytest.approx(3.6)
    assert bits(high=0) is None
    assert weights(sender_takeover, tie(hijacked, payments=()))["takeover"] == pytest.approx(3.6)


@pytest.mark.parametrize(("payers", "mule"), [(3, None), (4, 3.0), (8, 6.0), (80, 6.0)])
def test_the_fourth_new_payer_makes_a_crowd(payers, mule):
    """Twice as many say all; the sender is told nothing of it."""
    evidence = replace(EVIDENCE, flow=Flow(new_payers_today=payers, new_money_today=payers * 100_000))

    assert weights(flows, evidence).get("mule") == mule
    assert not any(one.visible for one in ask(flows, evidence))
    assert (details(flows, evidence) or {}).get("payers") == (payers if mule else None)


@pytest.mark.parametrize(("accounts", "mule"), [(3, None), (4, 1.245), (6, 3.0), (60, 3.0)])
def test_the_first_account_above_the_usual_counts(accounts, mule):
    """And twice the usual says all; this is no business of the sender."""
    found = ask(flows, replace(EVIDENCE, accounts_of_person=accounts))

    assert weights(flows, replace(EVIDENCE, accounts_of_person=accounts)).get("mule") == mule
    assert [(one.visible, one.detail) for one in found if one.hypothesis.value == "mule"] == (
        [(False, {"accounts": accounts})] if mule else []
    )


@pytest.mark.parametrize(("passed", "passes", "mule"), [(699, 2, None), (700, 0, None), (700, 1, 4.0), (700, 2, 8.0)])
def test_seven_tenths_that_leave_are_passed_on(passed, passes, mule):
    """Once may be a bill for two; twice is a habit, and silent either way."""
    evidence = replace(EVIDENCE, flow=Flow(received=1_000, passed_on=passed, passes=passes))

    assert weights(flows, evidence).get("mule") == mule
    assert [(one.visible, one.detail) for one in ask(flows, evidence)] == ([(False, {"passes": passes})] if mule else [])


@pytest.mark.parametrize(("pieces", "before", "amount", "told"), [
    (2, 60_000, "400.00", 3), (2, 59_999, "400.00", None), (2, 59_999, "400.01", 3), (1, 99_999, "999.99", None),
    (2, 99_999, "999.99", 3), (2, 99_999, "1000.00", None),
])  # fmt: skip
def test_pieces_are_a_split_from_the_threshold_on(pieces, before, amount, told):
    """Together at it or above, each below it."""
    evidence = replace(WORLD.with_transfer(amount=amount).evidence(), today=DayTotal(minor=before, count=pieces))

    assert (details(split_amounts, evidence) or {}).get("pieces") == told


@pytest.mark.parametrize("topic", Topic)
def test_each_topic_of_a_talk_has_its_share(topic):
    """Alone; urgency is no request, and operators read which it was."""
    share = {"borrow": 0.8, "code": 0.5, "new_account": 0.4, "no_calls": 0.3, "urgent": 0.0}[topic.value]
    evidence = replace(EVIDENCE, talk=Talk(topics=(topic,)))

    assert weights(money_request, evidence).get("scam", 0.0) == pytest.approx(3 * share)
    assert (details(money_request, evidence) or {"topics": ["urgent"]}) == {"topics": [topic.value]}


def test_a_script_weighs_half_as_much_again_as_a_request_and_no_more():
    """Three topics below the most add up; all of them are bounded."""
    some = replace(EVIDENCE, talk=Talk(topics=(Topic.CODE, Topic.NEW_ACCOUNT, Topic.URGENT)))

    assert weights(money_request, some)["scam"] == pytest.approx(3 * 1.1)
    assert weights(money_request, replace(EVIDENCE, talk=Talk(topics=tuple(Topic))))["scam"] == pytest.approx(3 * 1.5)


@pytest.mark.parametrize(("ago", "told"), [(179.99, None), (180, 180), (180.9, 180), (4_000, 4_000)])
def test_half_a_year_of_silence_is_a_sleep(ago, told):
    """To the day, in silence towards the sender."""
    asleep = replace(EVIDENCE, last_trace_at=days_ago(ago), awake=True)

    assert (details(dormancy, asleep) or {}).get("days") == told
    assert not any(one.visible for one in ask(dormancy, asleep))


@pytest.mark.parametrize(("days", "credit"), [(29.999, 0.25), (30, 1.0), (900, 1.0), (None, 1.0)])
def test_a_reporter_of_a_month_is_taken_for_a_person(days, credit):
    """Counted from the account's first day to the complaint; an unknown age is held against nobody."""
    complaint = report(FRIEND, "a", at=days_ago(0))
    by = Reporter(account="a", person="p", created_at=UNKNOWN if days is None else days_ago(days))
    told = weights(reported, replace(EVIDENCE, reports=(complaint,), reporters=(by,)))["mule"]

    assert told == pytest.approx({1.0: 3.0, 0.25: 0.966}[credit], abs=0.001)


def test_a_complaint_of_tomorrow_is_one_of_today_and_the_strongest_of_a_person_counts():
    """Whatever order they came in; operators read how many people, the sender nothing."""
    strong, faint = report(FRIEND, "a", at=days_ago(0)), report(FRIEND, "a", id="older", at=days_ago(360))

    def bits(*reports):
        return weights(reported, replace(EVIDENCE, reports=reports, reporters=()))["mule"]

    assert bits(report(FRIEND, "a", at=days_ago(-30))) == bits(strong) == bits(strong, faint) == bits(faint, strong) == 3.0
    (one, *_) = ask(reported, replace(EVIDENCE, reports=(strong, faint, report(FRIEND, "b")), reporters=()))
    assert (one.detail, one.visible) == ({"reporters": 2}, False)


@pytest.mark.parametrize(
    ("order", "name", "avatar"),
    [(Order.RECIPIENT_LATER, 10.0, 10.0), (Order.UNDATED, 7.0, 10.0), (Order.RECIPIENT_PROBABLY_EARLIER, 2.0, 10.0)],
)
def test_of_two_likenesses_that_weigh_the_same_the_name_bears_the_deduction(order, name, avatar):
    """Once: twice would let a thief gain by copying more."""
    both = {one.reason.value: one for one in ask(lookalike, alike(name=NAME, avatar=AVATAR, order=order))}

    assert [both[reason].weight for reason in ("lookalike_name", "lookalike_avatar")] == pytest.approx([name, avatar])


def test_operators_read_a_likeness_in_full():
    """Where, how like, in which order; rounded so that the same evidence is the same text everywhere."""
    name, avatar = ask(lookalike, alike(name=NAME, avatar=AVATAR, other_picture=True))

    assert name.detail == {
        "seen": "display_name", "of": "remark", "kind": "look", "similarity": 0.988,
        "order": Order.RECIPIENT_LATER.value, "other_picture": True,
        "tricks": [{"kind": "letter", "at": 1, "length": 2, "honest": True}],
    }  # fmt: skip
    assert avatar.detail == {
        "distance": 3.1, "former": False, "order": Order.RECIPIENT_LATER.value,
        "changes": [{"kind": "cropped", "recipient": [0, 0, 1, 1], "imitated": [0.1, 0, 1, 1]}],
    }  # fmt: skip
    assert (name.visible, avatar.visible, name.imitates, avatar.imitates) == (True, True, "c1", "c1")


@pytest.mark.parametrize(("weight", "told"), [(2.99, False), (3.0, True)])
@pytest.mark.parametrize("part", ["name", "avatar"])
def test_a_likeness_speaks_from_the_policys_weakest_bits_on(part, weight, told):
    """The stronger of the two decides for both."""
    faint: dict[str, Any] = {"name": replace(NAME, weight=1.0), "avatar": replace(AVATAR, weight=1.0)}

    assert bool(ask(lookalike, alike(**(faint | {part: replace(faint[part], weight=weight)})))) is told


@pytest.mark.parametrize(
    ("name", "avatar", "visible"), [(NAME, None, True), (replace(NAME, of=SeenAs.VERIFIED_NAME), None, False), (None, AVATAR, True)]
)
def test_the_displaced_contact_is_told_where_the_likeness_can_be_seen(name, avatar, visible):
    """A picture is seen; a verified name is not."""
    (one,) = [one for one in ask(lookalike, alike(name=name, avatar=avatar, paid=True)) if one.reason.value == "displaced_contact"]

    assert (one.visible, one.weight) == (visible, 2.0)
    assert not [one for one in ask(lookalike, alike(name=name, avatar=avatar)) if one.reason.value == "displaced_contact"]


@pytest.mark.parametrize(
    ("one", "other", "both"), [(10, 10, 9.0), (0, 0, -1.0), (100, 3, 3.0), (3, 100, 3.0), (-5, 20, -5.0), (11, 10, 10 - 0.585)]
)
def test_two_ways_to_be_alike_add_up(one, other, both):
    """As likely as both together: equal ones cost a bit, a rarer one hardly counts."""
    assert beside_chance(one, other) == pytest.approx(both, abs=0.01)


@pytest.mark.parametrize(("amount", "above"), [("5000.00", False), ("5000.01", True)])
def test_the_cap_of_a_downgraded_party_is_its_last_cent(amount, above):
    """Refused from the next one on."""
    evidence = WORLD.with_transfer(amount=amount).with_recipient(real_name_status="downgraded").evidence()
    (one,) = ask(standing, evidence, standing={"downgraded": "delay", "downgraded_cap_factor": 5})

    assert (one.at_least, one.detail, one.weight) == (Outcome.REFUSE if above else Outcome.DELAY, {"above_cap": above}, 0.0)


@pytest.mark.parametrize("side", ["recipient", "sender"])
def test_operators_read_whose_fact_is_missing(side):
    """And which; a policy that lets an unknown standing pass says nothing of it."""
    party = EVIDENCE.recipient if side == "recipient" else EVIDENCE.sender
    changed: dict[str, Any] = {side: replace(party, standing=UNKNOWN, real_name_status=UNKNOWN)}
    unknown = replace(EVIDENCE, **changed)
    told = ask(standing, unknown, missing={"standing": "warn", "real_name_status": "delay"})

    assert [(one.at_least, one.detail) for one in told] == [
        (Outcome.WARN, {"party": side, "fact": "standing"}),
        (Outcome.DELAY, {"party": side, "fact": "real_name_status"}),
    ]
    assert [one.detail["fact"] for one in ask(standing, unknown, missing={"standing": "proceed"})] == ["real_name_status"]


def test_a_day_of_new_names_is_counted_to_the_moment():
    """Twenty-four hours: a name that was taken on exactly then is of yesterday."""

    def said(last):
        return ask(
            restless,
            recipient(EVIDENCE, changes=tuple(Change(at=at, name=True, avatar=False) for at in (days_ago(0), days_ago(0.5), last))),
        )

    assert said(days_ago(1)) == []
    assert said(days_ago(1) + timedelta(microseconds=1))[0].detail == {"renames": 3}


@pytest.mark.parametrize(("days", "known"), [(30, False), (30.01, True)])
def test_history_is_older_than_the_days_of_a_new_contact(days, known):
    """A payment of exactly that age has not yet earned anything; it is no first transfer either."""
    told = ask(history, WORLD.without_history().with_transfers(paid(FRIEND, days=days)).evidence())

    assert {one.reason.value for one in told} == ({"known_recipient"} if known else set())


@pytest.mark.parametrize(("since", "told"), [(29.99, True), (30, False)])
def test_a_title_is_a_pet_name_from_the_last_day_of_a_new_contact_on(since, told):
    """A mother of a month may be called so."""
    titled = replace(tie(STRANGE, contact=True, since=days_ago(since)), name=replace(STRANGE.name, role="kinship"))

    assert bool(ask(display_name, titled)) is told


def test_a_quarter_of_a_true_name_counts_beside_a_picture():
    """And all of it for whoever bears a name alike."""
    fits = replace(alike(name=NAME), name=replace(EVIDENCE.name, fit=MatchResult.MATCH, malformed=()))

    assert [(one.imitates, one.weight, one.visible) for one in ask(verified_name, fits)] == [(None, -1.0, False), ("c1", -4.0, False)]
