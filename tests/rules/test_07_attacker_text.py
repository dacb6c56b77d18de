# SPDX-License-Identifier: Apache-2.0
"""Rule 7: attacker text is data, and a hostile profile neither blocks nor skips the check."""

import json
from typing import Any
from unicodedata import bidirectional, category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import HOSTILE_NAMES, decide, hostile_names, maybe, names, pictures, worlds
from transferguard.comparison import MAX_ON_SCREEN
from transferguard.decision import Outcome, Reason
from transferguard.errors import InvalidInput
from transferguard.model import Contact, Money, PastTransfer, ProfileChange, Report, Transfer
from transferguard.testing.builders import FRIEND, account, contact, days_ago, quiet_world
from transferguard.wording import locales


def without(view):
    """The sender's view without the fields in which names travel."""
    return {key: item for key, item in view.items() if key not in {"comparison", "shown_name", "decision_id"}}


@given(hostile_names(), maybe(hostile_names()), maybe(hostile_names()), st.sampled_from([FRIEND, "stranger"]))
@settings(max_examples=48)
def test_any_name_at_all_gives_a_decision_and_text_that_can_be_sent(name, remark, former, who):
    """Names of any characters and any length end in a decision, in every language, as valid JSON."""
    world = quiet_world().with_contacts(contact(FRIEND, remark=remark))
    changes = (ProfileChange(at=days_ago(3), display_name=former),)
    world = world.with_recipient(display_name=name, profile_changes=changes) if who == FRIEND else world.with_stranger(display_name=name)
    decision = decide(world)

    assert json.loads(decision.to_json())["outcome"] == decision.outcome
    for locale in locales():
        assert json.loads(json.dumps(decision.sender_view(locale)))["warnings"] is not None


@given(worlds(), hostile_names())
@settings(max_examples=16)
def test_warnings_are_our_own_words_whatever_people_are_called(world, name):
    """Another name may change which sentences are shown, never what a sentence says."""
    ours = {warning["id"]: warning["text"] for warning in decide(world).sender_view()["warnings"]}
    theirs = {warning["id"]: warning["text"] for warning in decide(world.with_recipient(display_name=name)).sender_view()["warnings"]}

    assert all(ours[message] == theirs[message] for message in ours.keys() & theirs.keys())


@given(names(), maybe(names()))
@settings(max_examples=40)
def test_names_on_the_screen_are_short_and_cannot_steer_the_display(name, remark):
    """Names travel in fields of their own, cut to a length, without characters that turn, break or end a line."""
    world = quiet_world().with_recipient(display_name=name).with_contacts(contact(FRIEND, remark=remark))
    seen = decide(world).comparison.recipient

    for text in (seen.display_name, seen.remark):
        assert len(text) <= MAX_ON_SCREEN + 1
        assert not any(bidirectional(mark) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} for mark in text)
        assert not any(category(mark) in {"Cc", "Cs", "Zl", "Zp"} for mark in text)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_no_honest_person_has_is_a_finding_and_no_error(name):
    """What cannot be read is said, and the check goes on."""
    decision = decide(quiet_world().with_stranger(display_name=name))

    assert decision.outcome < Outcome.REFUSE
    tampered = any(category(mark) in {"Cs", "Cc"} for mark in name if mark not in "\n\r\t") or len(name) > 1_000
    assert not tampered or Reason.MALFORMED_NAME in {finding.reason for finding in decision.findings}


@pytest.mark.parametrize("avatar", ["flat", "truncated", "not a picture", "empty"])
def test_a_hostile_picture_is_missing_evidence_with_a_reason(avatar):
    """A picture that cannot be compared never blocks the check, and operators see why it was not compared."""
    decision = decide(quiet_world().with_recipient(avatar=pictures()[avatar]))

    assert [fact for fact in decision.unavailable if fact.startswith("recipient.avatar: ")]


def test_a_picture_beyond_the_caps_is_missing_evidence_too():
    """Six megabytes are not decoded."""
    decision = quiet_world().with_recipient(avatar=pictures()["portrait"] + bytes(6 * 1024 * 1024)).decide()

    assert [fact for fact in decision.unavailable if fact.startswith("recipient.avatar: ")]


@pytest.mark.parametrize("members", [1, 5])
def test_hostile_people_in_the_circle_do_not_stop_the_check_either(members):
    """Contacts with broken names and pictures are compared as far as they can be."""
    world = quiet_world()
    for number, name in enumerate(HOSTILE_NAMES[: members * 3]):
        avatar = pictures()[("flat", "truncated", "not a picture", "empty")[number % 4]]
        world = world.with_friend(account(f"h{number}", name, avatar=avatar), remark=name)

    assert decide(world).outcome is Outcome.PROCEED
    assert decide(world.with_stranger(display_name="李思远", verified_name="毕小川")).outcome >= Outcome.CHALLENGE


def call(what: Any, *args: Any, **fields: Any) -> Any:
    """Call it as a host without a type checker would."""
    return what(*args, **fields)


HOST_MISTAKES: dict[str, tuple[Any, str]] = {
    "transfer to oneself": (lambda: Transfer(id="t", sender="a", recipient="a", money=Money(1, "CNY")), "recipient"),
    "zero": (lambda: Transfer(id="t", sender="a", recipient="b", money=Money(0, "CNY")), "amount"),
    "negative": (lambda: Money.of("-1", "CNY"), "amount"),
    "too large": (lambda: Money(2**63, "CNY"), "amount"),
    "NaN": (lambda: Money.of("NaN", "CNY"), "amount"),
    "float": (lambda: call(Money.of, 1.5, "CNY"), "amount"),
    "unknown currency": (lambda: Money.of("1", "XXX"), "currency"),
    "decimals": (lambda: Money.of("1.001", "CNY"), "amount"),
    "naive time": (lambda: Contact(owner="a", account="b", since=days_ago(1).replace(tzinfo=None)), "since"),
    "unknown field": (lambda: call(Contact, owner="a", account="b", sicne=days_ago(1)), "sicne"),
    "missing field": (lambda: call(Contact, owner="a"), "account"),
    "empty id": (lambda: Contact(owner="", account="b"), "owner"),
    "NUL in an id": (lambda: Contact(owner="a\x00", account="b"), "owner"),
    "long id": (lambda: account("x" * 257), "id"),
    "unknown kind": (lambda: call(Report, id="r", reporter="a", account="b", kind="annoying"), "kind"),
    "picture as text": (lambda: account("a", avatar="li.jpg"), "avatar"),
    "name as bytes": (lambda: account("a", display_name=b"a"), "display_name"),
    "money twice": (
        lambda: call(PastTransfer, id="p", sender="a", recipient="b", money=Money(1, "CNY"), amount="1", currency="CNY"),
        "money",
    ),
}


@pytest.mark.parametrize("mistake", sorted(HOST_MISTAKES))
def test_a_malformed_host_call_is_an_error_that_names_the_field(mistake):
    """A host's mistake is told where it was made."""
    make, field = HOST_MISTAKES[mistake]

    with pytest.raises(InvalidInput) as caught:
        make()
    assert caught.value.field == field
    assert caught.value.problem
