# SPDX-License-Identifier: Apache-2.0
"""Rule 6: before disclosure a sender learns the mask and nothing else, and no verified name is ever written anywhere."""

import json
import logging
import traceback
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import decide, familiar_store, honest_names, maybe, names, worlds
from transferguard.decision import Disclosure, Hypothesis, Outcome, Reason
from transferguard.errors import TransferGuardError
from transferguard.evidence import Evidence
from transferguard.keys import StaticKeys
from transferguard.model import Money, RealNameStatus
from transferguard.names import mask_name
from transferguard.testing.builders import FRIEND, account, contact, days_ago, quiet_world, report
from transferguard.wording import locales

CANARY = "鑫淼焱垚"
"""A verified name that no other text contains by chance."""

SECRET_REASONS = {
    Reason.VERIFIED_NAME_MATCH,
    Reason.VERIFIED_NAME_MISMATCH,
    Reason.SAME_PERSON,
    Reason.MANY_ACCOUNTS,
    Reason.REPORTED,
    Reason.RECIPIENT_TAKEOVER,
    Reason.SENDER_TAKEOVER,
    Reason.PASS_THROUGH_FLOW,
    Reason.COLLECTING_ACCOUNT,
    Reason.DORMANT_AWAKENED,
    Reason.NEW_ACCOUNT,
    Reason.KNOWN_RECIPIENT,
    Reason.CONVERGING_PROFILE,
}


def views(decision):
    """Everything that may reach the sender, in every language."""
    return [json.dumps(decision.sender_view(locale), ensure_ascii=False) for locale in (*locales(), "xx", "zh-Hant-TW")]


def with_canaries(world):
    """The same world, in which everybody's verified name is a canary of its own."""
    return world.with_accounts(*(replace(one, verified_name=f"{CANARY}{at}") for at, one in enumerate(world.accounts.values())))


@given(worlds())
@settings(max_examples=24)
def test_no_verified_name_reaches_the_sender_before_it_is_disclosed(world):
    """Neither the recipient's nor anybody else's, in any language; a disclosed one is the recipient's alone."""
    world = with_canaries(world)
    decision = decide(world)
    for view in views(decision):
        if decision.shown_name.level is Disclosure.FULL:
            view = view.replace(world.recipient.verified_name, "")  # noqa: PLW2901 - what was disclosed is allowed once
        assert CANARY not in view
        assert decision.shown_name.level is not Disclosure.MASKED or decision.shown_name.text == mask_name(world.recipient.verified_name)


@given(worlds())
@settings(max_examples=24)
def test_no_verified_name_stands_in_the_operators_view_a_repr_or_a_digest(world):
    """Operators see the disclosed name where it was disclosed, and no other."""
    world = with_canaries(world)
    decision = decide(world)
    evidence = world.evidence() if decision.shown_name.level is not Disclosure.FULL else None

    texts = [repr(decision), repr(world), repr(evidence), evidence.digest() if evidence else ""]
    if decision.shown_name.level is not Disclosure.FULL:
        texts.append(decision.to_json().encode().decode("unicode_escape", "surrogatepass"))
    assert all(CANARY not in text for text in texts)


@given(worlds())
@settings(max_examples=24)
def test_the_senders_view_tells_no_number_and_no_secret(world):
    """No probability, weight, report, takeover, flow or linked account, whatever was found."""
    decision = decide(world)
    view = decision.sender_view()

    assert view.keys() == {
        "schema", "decision_id", "transfer_id", "outcome", "shown_name", "steps", "retry_at", "warnings", "comparison",
    }  # fmt: skip
    assert not {warning["id"] for warning in view["warnings"]} & {reason.value for reason in SECRET_REASONS}
    assert all(warning.keys() == {"id", "text", "params"} for warning in view["warnings"])


@given(names(), st.integers(0, 3))
@settings(max_examples=16)
def test_complaints_change_nothing_that_the_sender_reads_but_the_outcome(name, count):
    """Two senders, one of whom pays a reported account, read the same sentences as long as the outcome is the same."""
    world = quiet_world().with_stranger(display_name=name)
    clean, reported = decide(world), decide(world.with_reports(*(report("stranger", f"x{number}") for number in range(count))))

    if clean.outcome is reported.outcome:
        without_id = [{key: item for key, item in one.sender_view().items() if key != "decision_id"} for one in (clean, reported)]
        assert without_id[0] == without_id[1]


@given(maybe(honest_names()), maybe(honest_names()))
@settings(max_examples=24)
def test_a_remark_is_no_oracle_for_the_recipients_verified_name(one, other):
    """However the sender labels the recipient, whether the label is the verified name changes neither outcome nor evidence."""
    world = quiet_world().with_friend(account("twin", "欧阳若曦"), since=days_ago(900))
    world = world.with_friend(account("r", "欧阳若曦", verified_name="毕小川"), since=days_ago(3), remark=one).to("r")
    right, wrong = (decide(world.with_recipient(verified_name=name)) for name in ("毕小川", "李思远"))

    assert (right.outcome, right.probability) == (wrong.outcome, wrong.probability)


def test_a_likeness_to_a_name_that_the_sender_does_not_see_is_never_told():
    """Who resembles a paid contact only by that contact's verified name is stopped, but the screen does not say whom it resembles."""
    world = quiet_world().with_recipient(display_name="思远", verified_name=CANARY).with_contacts(contact(FRIEND, remark=None))
    decision = decide(world.with_stranger(display_name=CANARY, verified_name="毕小川"))

    assert decision.outcome >= Outcome.WARN
    assert FRIEND in {finding.imitates for finding in decision.findings}
    assert decision.comparison.imitated is None
    assert not {"lookalike_name", "displaced_contact"} & set(decision.warning_ids())


def test_the_kinds_of_tricks_towards_a_hidden_name_are_told_without_their_places():
    """Positions would tell which characters of a verified name somebody has guessed."""
    world = quiet_world().with_recipient(display_name="思远", verified_name=CANARY).with_contacts(contact(FRIEND, remark=None))
    decision = decide(world.with_stranger(display_name=f"{CANARY[0]}\u200b{CANARY[1:]}", verified_name="毕小川"))
    found = next(finding for finding in decision.findings if finding.reason is Reason.LOOKALIKE_NAME)

    assert found.detail["of"] == "verified_name"
    assert all(trick.keys() == {"kind"} for trick in found.detail["tricks"])
    assert decision.comparison.marks == ()


@pytest.mark.parametrize("profile", ["cn", "eu", "in", "br"])
@pytest.mark.parametrize("outcome", Outcome)
def test_no_market_shows_a_name_that_does_not_match_where_only_a_close_one_may_be_shown(profile, outcome):
    """A provider that sends a name with NO_MATCH does not make us show it (EPC verification of payee)."""
    from transferguard.decision import MatchResult  # noqa: PLC0415 - beside its only use
    from transferguard.disclosure import extent  # noqa: PLC0415 - as above
    from transferguard.policy import Profile  # noqa: PLC0415 - as above

    shown = extent(Profile(profile), outcome, large=True, match=MatchResult.NO_MATCH)
    assert profile != "eu" or shown is Disclosure.HIDDEN
    assert outcome is not Outcome.REFUSE or shown is Disclosure.HIDDEN
    assert outcome is not Outcome.CHALLENGE or shown < Disclosure.FULL or shown is not Disclosure.FULL


@given(worlds())
@settings(max_examples=10)
def test_nothing_is_logged_and_no_error_tells_a_name(world):
    """A whole check writes no log line with a name in it, and an error on the way tells field and remedy only."""
    handler = _Lines()
    logging.getLogger().addHandler(handler)
    try:
        world = with_canaries(world)
        guard = world.guard(store=familiar_store(), keys=StaticKeys.generate())
        decision = guard.check(world.transfer)
        try:
            guard.confirm(decision.id)
        except TransferGuardError as error:
            handler.lines.append("".join(traceback.format_exception(error)))
    finally:
        logging.getLogger().removeHandler(handler)

    assert CANARY not in "".join(handler.lines)


class _Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self):
        super().__init__(level=0)
        self.lines = []

    def emit(self, record):
        """Keep one line with its arguments."""
        self.lines.append(record.getMessage())


@pytest.mark.parametrize("field", ["standing", "created_at", "identity", "profile_changes", "nonsense"])
def test_a_validation_message_never_repeats_a_verified_name(field):
    """A host that puts the name into the wrong field finds the field in the message, not the name."""
    with pytest.raises(TransferGuardError) as caught:
        account("a", verified_name=CANARY, **{field: [CANARY] * 3})

    assert field in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_the_evidence_that_a_digest_is_made_of_cannot_be_searched_for_names():
    """Ids and bindings depend on verified names through a keyed digest only."""
    world = quiet_world()
    guard = world.guard(keys=StaticKeys.generate())
    other = world.guard(keys=StaticKeys.generate())

    assert guard.check(world.transfer).id != other.check(world.transfer).id


@given(worlds())
@settings(max_examples=12)
def test_an_unfinished_challenge_shows_the_mask_and_hides_everything_else(world):
    """While the sender has not typed whom they believe to pay, no amount and no market but the mask is shown."""
    world = world.with_transfer(money=Money(10_000_000, "CNY")).with_recipient(
        verified_name=CANARY, real_name_status=RealNameStatus.VERIFIED
    )
    decision = decide(world)

    if decision.outcome is Outcome.CHALLENGE:
        assert decision.shown_name.level is Disclosure.MASKED
        assert Hypothesis.IMPOSTURE in {finding.hypothesis for finding in decision.findings} or decision.findings
    assert decision.outcome is not Outcome.REFUSE or decision.shown_name.text == ""
    assert Evidence.from_json(world.evidence().to_json()).recipient.verified_name == CANARY
