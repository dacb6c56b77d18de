# SPDX-License-Identifier: Apache-2.0
"""What happens around a transfer: amounts, purposes, talk, flows, silence, sign-ins, complaints."""

from dataclasses import replace

import pytest

from tests.signals.asking import ask, details, recipient, tie, weights
from tests.strategies import UNKNOWN
from transferguard.case import check_case
from transferguard.evidence import DayTotal, Reporter
from transferguard.flow import Flow, Usual
from transferguard.model import Message, SecurityEvent
from transferguard.signals.amount import purpose_mismatch, unusual_amount
from transferguard.signals.dormancy import dormancy
from transferguard.signals.flows import flows
from transferguard.signals.money_request import money_request
from transferguard.signals.reported import reported
from transferguard.signals.split_amounts import split_amounts
from transferguard.signals.takeover import recipient_takeover, sender_takeover
from transferguard.talk import Talk, Topic
from transferguard.testing.builders import FRIEND, account, days_ago, quiet_world, report

WORLD = quiet_world()
EVIDENCE = replace(WORLD.evidence(), flow=Flow(), usual=Usual(), accounts_of_person=1)
STRANGE = WORLD.with_stranger().evidence()


def pieces(count, minor, amount="400.00"):
    """A transfer after so many others of the day, worth so much in all."""
    return replace(WORLD.with_transfer(amount=amount).evidence(), today=DayTotal(minor=minor, count=count))


def test_small_pieces_that_add_up_to_a_large_amount_are_a_split():
    """Three or more, each below the threshold, together at it."""
    assert details(split_amounts, pieces(2, 60_000)) == {"pieces": 3}
    assert ask(split_amounts, pieces(1, 60_000)) == []
    assert ask(split_amounts, pieces(2, 59_999)) == []
    assert ask(split_amounts, pieces(5, 60_000, amount="1000.00")) == []
    assert ask(split_amounts, replace(EVIDENCE, today=UNKNOWN)) == []


@pytest.mark.parametrize(("times", "share"), [("1.50", None), ("2.00", 0.293), ("4.00", 1.0), ("10000.00", 1.0)])
def test_an_amount_far_above_the_usual_weighs_by_how_far(times, share):
    """Up to one and a half times the usual is nothing, four times is all."""
    evidence = replace(WORLD.with_transfer(amount=times).evidence(), usual=Usual(count=9, high=100, pair_high=50))

    assert weights(unusual_amount, evidence).get("scam") == share


def test_without_enough_payments_nothing_is_usual_and_the_pairs_own_largest_counts():
    """What this recipient got before is no surprise."""
    assert ask(unusual_amount, replace(EVIDENCE, usual=UNKNOWN)) == []
    assert ask(unusual_amount, replace(EVIDENCE, usual=Usual(count=3))) == []
    assert ask(unusual_amount, replace(EVIDENCE, usual=Usual(count=9, high=1, pair_high=5_000))) == []


@pytest.mark.parametrize(("usual", "scam"), [("25.00", None), ("10.00", None), ("0.50", 5.0), ("0.01", 5.0), ("1.00", 3.843)])
def test_a_price_many_times_the_going_one_is_a_mismatch(usual, scam):
    """Five times is expensive, a hundred times is a fraud."""
    evidence = WORLD.with_transfer(usual_amount=usual).evidence()

    assert weights(purpose_mismatch, evidence).get("scam") == scam


def test_a_loan_to_a_stranger_is_a_mismatch_and_one_to_a_friend_is_not():
    """Whichever word the host uses for it."""
    for word in ("loan", " Borrow ", "借款"):
        assert weights(purpose_mismatch, WORLD.with_transfer(purpose=word).with_stranger().evidence())["scam"] == 2.5
        assert ask(purpose_mismatch, WORLD.with_transfer(purpose=word).evidence()) == []
    assert ask(purpose_mismatch, tie(WORLD.with_transfer(purpose="loan").with_stranger().evidence(), contact=UNKNOWN)) == []
    assert ask(purpose_mismatch, WORLD.with_transfer(purpose="gift").with_stranger().evidence()) == []


@pytest.mark.parametrize(
    ("topics", "scam"),
    [((), -2.0), ((Topic.URGENT,), None), ((Topic.BORROW,), 2.4), ((Topic.BORROW, Topic.URGENT), 3.0), (tuple(Topic), 4.5)],
)
def test_a_request_for_money_weighs_by_how_much_of_the_script_it_follows(topics, scam):
    """Urgency alone is no request and no silence; the whole script is half as much again."""
    assert weights(money_request, replace(EVIDENCE, talk=Talk(topics=topics))).get("scam") == scam


def test_a_talk_that_was_not_handed_over_says_nothing():
    """Nothing is read unless the host gives it."""
    assert ask(money_request, replace(EVIDENCE, talk=UNKNOWN)) == []


def test_that_nobody_asks_speaks_for_the_recipient():
    """Scams and hijackers ask in writing; of a lookalike only what is too faint for a warning weighs less (`weigh`)."""
    assert weights(money_request, replace(EVIDENCE, talk=Talk())) == {"imposture": -1.0, "takeover": -2.0, "scam": -2.0}


def test_a_case_file_without_a_talk_hands_none_over():
    """An absent list of lines is no proof that somebody listened."""
    case = WORLD.with_stranger().case()
    line = Message(sender=case.transfer.recipient, text="你好")
    silent, heard = (check_case(replace(case, conversation=lines)) for lines in ((), (line,)))

    assert "no_request" not in {one.reason for one in silent.findings}
    assert "no_request" in {one.reason for one in heard.findings}


def test_a_long_silence_and_a_sudden_sign_of_life():
    """Half a year asleep, awake this week; neither alone, and nothing where no sign of life is known."""
    asleep = replace(EVIDENCE, last_trace_at=days_ago(180), awake=True)

    assert details(dormancy, asleep) == {"days": 180}
    assert ask(dormancy, replace(asleep, awake=False)) == []
    assert ask(dormancy, replace(asleep, last_trace_at=days_ago(179))) == []
    assert ask(dormancy, replace(asleep, last_trace_at=UNKNOWN)) == []


@pytest.mark.parametrize(("active", "mule"), [(180, 3.0), (200, 3.0), (UNKNOWN, 1.2), (1, 1.2)])
def test_a_silence_weighs_most_where_the_host_saw_no_activity(active, mule):
    """An account that was used yesterday may have been used all the time: an old message is no proof of sleep."""
    last_active_at = active if active is UNKNOWN else days_ago(active)
    asleep = recipient(replace(EVIDENCE, last_trace_at=days_ago(180), awake=True), last_active_at=last_active_at)

    assert weights(dormancy, asleep)["mule"] == pytest.approx(mule)


def test_a_sleeping_account_that_was_never_chosen_is_woken_by_the_payment_itself():
    """Nobody saw its owner, and still somebody asks to pay there; an old friend who sleeps is only paid."""
    asleep = replace(STRANGE, last_trace_at=days_ago(400), awake=False)

    assert details(dormancy, asleep) == {"days": 400}
    assert ask(dormancy, tie(asleep, contact=UNKNOWN)) == []
    assert ask(dormancy, tie(asleep, payments=UNKNOWN)) == []


@pytest.mark.parametrize(("minor", "mule"), [(0, 0.6), (6_250, 0.6), (12_500, 3.3), (25_000, 6.0), (900_000, 6.0)])
def test_a_crowd_that_brings_small_change_weighs_less(minor, mule):
    """A class fee is no loot: the average of the first payments counts, up to a quarter of the full-name threshold."""
    flow = Flow(new_payers_today=8, new_money_today=8 * minor)

    assert weights(flows, replace(EVIDENCE, flow=flow))["mule"] == pytest.approx(mule)


@pytest.mark.parametrize(("days", "scam"), [(0, 2.5), (15, 1.25), (30, None), (300, None)])
def test_a_loan_to_a_contact_of_a_few_days_is_a_mismatch_that_fades(days, scam):
    """Who was accepted a week ago is hardly known better than a stranger."""
    evidence = tie(WORLD.with_transfer(purpose="loan").evidence(), since=days_ago(days), payments=())

    assert weights(purpose_mismatch, evidence).get("scam") == scam


def test_many_accounts_of_one_person():
    """Three are nothing; each doubling beyond weighs more."""
    assert ask(flows, replace(EVIDENCE, accounts_of_person=3)) == []
    assert weights(flows, replace(EVIDENCE, accounts_of_person=6)) == {"mule": 3.0}
    assert ask(flows, replace(EVIDENCE, accounts_of_person=UNKNOWN, flow=UNKNOWN)) == []


def test_money_that_comes_from_many_and_leaves_at_once():
    """Collecting and passing on are two findings, never told to the sender, and never about a shop."""
    flow = Flow(new_payers_today=8, new_money_today=8 * 25_000, received=1_000, passed_on=900, passes=3)
    evidence = replace(EVIDENCE, flow=flow)
    found = ask(flows, evidence)

    assert {(one.reason.value, one.hypothesis.value): one.weight for one in found} == {
        ("collecting_account", "mule"): 6.0, ("collecting_account", "scam"): 3.0, ("pass_through_flow", "mule"): 8.0,
    }  # fmt: skip
    assert not any(one.visible for one in found)
    assert ask(flows, recipient(evidence, kind=quiet_world().with_recipient(kind="business").recipient.kind)) == []
    assert weights(flows, replace(EVIDENCE, flow=Flow(received=1_000, passed_on=700, passes=1))) == {"mule": 4.0}
    assert ask(flows, replace(EVIDENCE, flow=Flow(received=1_000, passed_on=699, passes=5, new_payers_today=3))) == []


def signed_in(*kinds, days=0):
    """Security events of some days ago."""
    return tuple(SecurityEvent(at=days_ago(days), kind=kind) for kind in kinds)


@pytest.mark.parametrize(
    ("events", "takeover"),
    [
        ((), None),
        (signed_in("new_device"), 4.8),
        (signed_in("new_device", "new_device"), 4.8),
        (signed_in("sim_changed", "password_reset"), 9.6),
        (signed_in("sim_changed", days=7), 3.2),
        (signed_in("sim_changed", days=14), None),
        (UNKNOWN, None),
    ],
)
def test_a_sign_in_that_changed_hands_weighs_by_kind_and_freshness(events, takeover):
    """A friend who has just got a new SIM card and password may be somebody else."""
    assert weights(recipient_takeover, recipient(EVIDENCE, events=events)).get("takeover") == (takeover and pytest.approx(takeover))


def test_only_somebody_known_can_be_a_hijacked_friend():
    """A stranger whose sign-in changed hands is at most a rented account; when nobody can say, the friend is assumed."""
    events = signed_in("sim_changed")

    assert "takeover" not in weights(recipient_takeover, recipient(STRANGE, events=events))
    assert "takeover" in weights(recipient_takeover, recipient(tie(STRANGE, payments=UNKNOWN), events=events))
    assert "takeover" in weights(recipient_takeover, recipient(tie(STRANGE, contact=UNKNOWN), events=events))


def test_the_senders_own_account_is_watched_only_when_the_payment_is_out_of_the_ordinary():
    """Somebody new, more than usual, one of several today: each sign makes it heavier, none makes it nothing."""
    hijacked = replace(EVIDENCE, sender=replace(EVIDENCE.sender, events=signed_in("sim_changed")))
    stranger = tie(hijacked, payments=())
    above = replace(stranger, usual=Usual(count=9, high=1))
    several = replace(above, usual=Usual(count=9, high=1, today=3))

    assert ask(sender_takeover, hijacked) == []
    assert [weights(sender_takeover, one)["takeover"] for one in (stranger, above, several)] == pytest.approx([3.6, 4.8, 6.0])
    assert ask(sender_takeover, replace(tie(hijacked, payments=UNKNOWN), usual=UNKNOWN)) == []


def test_complaints_count_once_per_person_and_fade():
    """Ten reporters weigh less than ten times one; an old complaint half; a quarrel nothing; nobody tells the sender."""

    def bits(*reports, reporters=()):
        return weights(reported, replace(EVIDENCE, reports=reports, reporters=reporters)).get("mule")

    now = {"at": days_ago(0)}
    assert bits() is None
    assert bits(report(FRIEND, "a", **now)) == 3.0
    assert bits(report(FRIEND, "a", **now), report(FRIEND, "a", id="second", **now)) == 3.0
    assert bits(*(report(FRIEND, f"x{at}", **now) for at in range(7))) == 9.0
    assert bits(report(FRIEND, "a", at=days_ago(90))) == bits(report(FRIEND, "a", at=UNKNOWN)) == pytest.approx(1.755, abs=0.001)
    assert bits(report(FRIEND, "a", kind="harassment", **now)) is None
    assert bits(report(FRIEND, "a", kind="blocked_after_payment", **now)) == pytest.approx(3.966, abs=0.001)
    assert ask(reported, replace(EVIDENCE, reports=UNKNOWN)) == []
    assert not any(one.visible for one in ask(reported, replace(EVIDENCE, reports=(report(FRIEND, "a"),))))

    brigade = tuple(Reporter(account=f"x{at}", person=f"account:x{at}", created_at=days_ago(2)) for at in range(2))
    twins = tuple(Reporter(account=f"x{at}", person="identity:p", created_at=UNKNOWN) for at in range(2))
    two = [report(FRIEND, f"x{at}", **now) for at in range(2)]
    assert bits(*two, reporters=twins) == 3.0
    assert bits(*two, reporters=brigade) < bits(*two)


def test_reporters_are_known_through_the_directory():
    """Accounts of one person complain once, in a whole world too."""
    world = WORLD.with_accounts(account("a", identity="p-x"), account("b", identity="p-x"))
    world = world.with_reports(report(FRIEND, "a"), report(FRIEND, "b"), report(FRIEND, "nobody-knows"))

    assert details(reported, world.evidence()) == {"reporters": 2}
