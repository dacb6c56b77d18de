# SPDX-License-Identifier: Apache-2.0
"""What is handed back: outcomes by severity, two views, and sentences in the order of their weight."""

import json
from dataclasses import replace

import pytest

from tests.strategies import decide, pictures
from transferguard.decision import MAX_WARNINGS, Disclosure, Finding, Hypothesis, Outcome, Reason, Step
from transferguard.testing.builders import quiet_world


def test_outcomes_compare_by_severity_and_not_by_the_alphabet():
    """PROCEED < WARN < CHALLENGE < DELAY < REFUSE, also against their names."""
    assert sorted(Outcome, key=lambda outcome: outcome.value) != sorted(Outcome)
    assert [outcome.value for outcome in sorted(Outcome)] == ["proceed", "warn", "challenge", "delay", "refuse"]
    assert Outcome.WARN < "delay" <= Outcome.DELAY
    assert Outcome.REFUSE > "delay" >= Outcome.CHALLENGE
    assert max(Outcome) is Outcome.REFUSE
    with pytest.raises(ValueError, match="nonsense"):
        assert Outcome.WARN < "nonsense"


def test_levels_of_disclosure_are_ordered_by_what_they_show():
    """Hidden shows less than masked, masked less than full."""
    assert [level.extent for level in (Disclosure.HIDDEN, Disclosure.MASKED, Disclosure.FULL)] == [0, 1, 2]


def test_a_reason_speaks_about_each_hypothesis_that_the_policy_gives_it():
    """One finding per hypothesis, scaled; what weighs nothing is not said."""
    found = list(Finding.spread(Reason.STRANGER, {Hypothesis.SCAM: 2.0, Hypothesis.MULE: 0.0}, share=0.5, days=3))

    assert [(one.hypothesis, one.weight, one.detail) for one in found] == [(Hypothesis.SCAM, 1.0, {"days": 3})]
    assert list(Finding.spread(Reason.STRANGER, {Hypothesis.SCAM: 2.0}, share=0.0)) == []


def copied():
    """A decision with a comparison, marks and several sentences."""
    world = quiet_world().with_recipient(display_name="Alexandra Brown", avatar=pictures()["portrait"])
    return decide(world.with_stranger(display_name="Alexandrа Brown", avatar=pictures()["portrait"], verified_name="毕小川"))


def test_the_operators_view_has_the_agreed_shape():
    """The keys of design section 6, and what was added to them."""
    told = json.loads(copied().to_json())

    assert told["schema"] == 1
    assert told["outcome"] == "challenge"
    assert told["shown_name"] == {"level": "masked", "text": "*川"}
    assert told["steps"] == ["acknowledge", "type_hidden_name"]
    assert told["retry_at"] is None
    assert told["policy"].startswith("sha256:")
    assert {"reason", "hypothesis", "imitates", "weight", "detail", "at_least"} == told["findings"][0].keys()
    weights = [finding["weight"] for finding in told["findings"]]
    assert weights == sorted(weights, reverse=True)


def test_the_senders_view_says_at_most_a_few_sentences_strongest_first():
    """People stop reading; what matters stands first."""
    decision = copied()

    assert decision.warning_ids()[0] in {"lookalike_name", "lookalike_avatar"}
    assert len(decision.warning_ids()) <= MAX_WARNINGS
    assert decision.sender_view()["decision_id"] == decision.id


def test_a_fact_is_said_before_any_evidence():
    """That an account is frozen comes before whom it resembles."""
    world = quiet_world().with_recipient(display_name="Alexandra Brown").with_stranger(display_name="Alexandra Brown", standing="frozen")

    assert decide(world).warning_ids()[0] == "frozen"


def test_a_warning_that_may_not_be_explained_is_said_in_general():
    """Where only secret evidence led to a warning, the sender is told to take care and nothing else."""
    from transferguard.testing.builders import FRIEND, report  # noqa: PLC0415 - beside its only use

    decision = decide(
        quiet_world()
        .without_history()
        .with_reports(*(report(FRIEND, f"x{at}") for at in range(60)))
        .with_policy(weights={"first_transfer": {"scam": 0.0, "mule": 0.0, "imposture": 0.0, "takeover": 0.0}})
    )

    assert decision.outcome >= Outcome.WARN
    assert decision.warning_ids() == ("take_care",)


def test_a_quiet_decision_asks_nothing_and_says_nothing():
    """No step, no sentence, no comparison."""
    decision = decide(quiet_world())

    assert (decision.outcome, decision.steps, decision.warning_ids()) == (Outcome.PROCEED, (), ())


def test_a_wait_says_until_when():
    """The time stands in both views, in UTC."""
    decision = decide(quiet_world().with_recipient(verified_name=None).with_transfer(amount="2000.00"))

    assert decision.steps == (Step.ACKNOWLEDGE, Step.WAIT, Step.CHECK_AGAIN)
    assert decision.sender_view()["retry_at"] == json.loads(decision.to_json())["retry_at"] == "2026-11-22T12:00:00Z"


def test_the_same_decision_is_the_same_bytes():
    """Keys in order, no blanks, ASCII: what is compared, signed or sent is spelt in one way."""
    decision = copied()
    text = decision.to_json()

    assert text == json.dumps(json.loads(text), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    assert text.isascii()
    assert list(json.loads(text)) == sorted(decision.to_dict())


def test_a_finding_is_visible_unless_somebody_says_otherwise():
    """What a signal found may be spoken of; what must not be, says so itself."""
    spoken = next(Finding.spread(Reason.STRANGER, {Hypothesis.SCAM: 2.0}))
    silent = next(Finding.spread(Reason.STRANGER, {Hypothesis.SCAM: 2.0}, visible=False))

    assert (spoken.visible, silent.visible) == (True, False)


def test_the_comparison_that_an_operator_reads_names_both_profiles():
    """Account, display name and remark of the recipient and of whom it imitates."""
    seen = copied().to_dict()["comparison"]

    for profile in (seen["recipient"], seen["imitated"]):
        assert set(profile) == {"account", "display_name", "remark"}
        assert profile["account"]


def decided(*findings, outcome=Outcome.WARN):
    """A decision that rests on these findings."""
    return replace(decide(quiet_world()), outcome=outcome, findings=findings)


def evidence(reason, weight=1.0, **more):
    """A finding with bits."""
    return Finding(reason=reason, hypothesis=Hypothesis.SCAM, weight=weight, **more)


def test_what_weighs_nothing_is_not_said_and_the_least_bit_is():
    """Neither is what speaks for the recipient; a fact is said though it weighs nothing."""
    said = decided(
        evidence(Reason.STRANGER, 0.0),
        evidence(Reason.NEW_CONTACT, -1.0),
        evidence(Reason.MONEY_REQUEST, 0.01),
        Finding.fact(Reason.CIRCLE_MISSING, Outcome.WARN),
        Finding.fact(Reason.REAL_NAME_STATUS_MISSING, Outcome.PROCEED),
    )

    assert said.warning_ids() == ("circle_missing", "money_request")


def test_three_sentences_are_said_strongest_fact_first_and_each_once():
    """Facts by their severity, then evidence in the order of the decision."""
    found = (
        evidence(Reason.STRANGER, 3.0),
        evidence(Reason.STRANGER, 2.0),
        evidence(Reason.MONEY_REQUEST, 1.0),
        Finding.fact(Reason.CIRCLE_MISSING, Outcome.WARN),
        Finding.fact(Reason.DOWNGRADED, Outcome.CHALLENGE),
    )

    assert decided(*found).warning_ids() == ("downgraded", "circle_missing", "stranger")
    assert MAX_WARNINGS == 3


def test_a_refusal_names_the_facts_that_refuse_and_nothing_milder():
    """Whatever else is odd would only blur why."""
    found = (evidence(Reason.STRANGER), Finding.fact(Reason.DOWNGRADED, Outcome.CHALLENGE), Finding.fact(Reason.FROZEN, Outcome.REFUSE))

    assert decided(*found, outcome=Outcome.REFUSE).warning_ids() == ("frozen",)
    assert decided(*found, outcome=Outcome.DELAY).warning_ids() == ("frozen", "downgraded", "stranger")
    assert decided(*found, outcome=Outcome.PROCEED).warning_ids() == ()


def test_what_may_not_be_told_is_not_told():
    """Reports, takeovers and what rests on a verified name leave only "take care"."""
    found = (evidence(Reason.REPORTED), evidence(Reason.RECIPIENT_TAKEOVER), evidence(Reason.LOOKALIKE_NAME, visible=False))

    assert decided(*found).warning_ids() == ("take_care",)


def test_a_finding_says_no_more_than_it_was_given():
    """Evidence by default: no weight, no floor, nobody imitated, nothing hidden."""
    bare = Finding(reason=Reason.STRANGER)

    assert (bare.weight, bare.at_least, bare.visible, bare.hypothesis, bare.imitates) == (0.0, Outcome.PROCEED, True, None, None)
    assert decided(bare).to_dict()["findings"] == [
        {"reason": "stranger", "hypothesis": None, "imitates": None, "weight": 0.0, "at_least": "proceed", "detail": {}}
    ]


@pytest.mark.parametrize(("share", "weight"), [(1.0, 4.0), (0.5, 2.0), (0.25, 1.0)])
def test_a_share_of_the_bits_is_that_share(share, weight):
    """And all of them where nobody says how much."""
    bits = {Hypothesis.MULE: 4.0}

    assert [one.weight for one in Finding.spread(Reason.STRANGER, bits, share=share)] == [weight]
    assert [one.weight for one in Finding.spread(Reason.STRANGER, bits)] == [4.0]


def test_both_views_name_their_schema_and_a_missing_time_is_null():
    """Schema 1 until a key changes its meaning; without anybody imitated the comparison has one side."""
    decision = decide(quiet_world())

    for view in (decision.to_dict(), decision.sender_view()):
        assert view["schema"] == 1
        assert view["retry_at"] is None
        assert view["comparison"]["imitated"] is None
        assert view["comparison"]["recipient"]["account"]
    assert copied().shown_name.text == "*川"
    assert "川" not in repr(copied().shown_name)
