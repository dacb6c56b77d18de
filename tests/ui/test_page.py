# SPDX-License-Identifier: Apache-2.0
"""The page that explains a decision holds what it needs, and lets nobody else speak."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.strategies import HOSTILE_NAMES, familiar_store, pictures
from transferguard.codes import Label, Outcome
from transferguard.errors import InvalidInput
from transferguard.policy import Policy
from transferguard.seams import Feedback
from transferguard.testing.builders import NOW, account, contact, quiet_world
from transferguard.ui.explanation import explanation_of
from transferguard.ui.markup import Markup, element, joined, somebodys
from transferguard.ui.page import page

BLIND = Policy.from_mapping({"threshold": {"warn": 0.9999998, "challenge": 0.9999999, "delay": 0.9999999}})
VOID = {"meta", "br", "hr", "img"}


class Reader(HTMLParser):
    """Reads a page as a browser would, and notes its elements, texts and attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.isolated = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """One more element."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """It ends where it should."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """What stands in an isolate of its own."""
        if "bdi" in self.open:
            self.isolated.append(data)


def explained(world, **more):
    """A page and the explanation that it shows."""
    store = familiar_store()
    decision = world.guard(store=store).check(world.transfer, conversation=world.conversation)
    explanation = explanation_of(store.decision(decision.id), Policy.from_mapping(world.policy), **more)
    shown = {one.id: one.avatar for one in world.accounts.values() if isinstance(one.avatar, bytes)}
    return page(explanation, pictures=shown), explanation


def copied(name="思远"):
    """A stranger with a friend's picture, and perhaps the name."""
    world = quiet_world().with_recipient(avatar=pictures()["portrait"])
    return world.to(account("u-copied", name, verified_name="毕小川", avatar=pictures()["copy"]))


def test_the_page_needs_nothing_else():
    """No script, no request; style and pictures are inside, and the policy of the page allows just those."""
    text, _ = explained(copied())
    read = Reader(text)

    assert read.open == []
    assert not {"script", "link", "iframe", "object", "form"} & set(read.tags)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;; img-src data:;" in text
    assert not [name for name, _ in read.attributes if name == "style" or name.startswith("on")]
    links = [value for name, value in read.attributes if name in {"src", "href", "xlink:href", "action"}]
    assert len(links) == 2
    assert all(link.startswith("data:image/png;base64,") for link in links)


def test_both_profiles_the_sum_and_the_replay_are_there():
    """What an operator needs to judge the judgement."""
    text, explanation = explained(copied(), label=Feedback(decision_id="d", label=Label.IMPOSTURE, at=NOW))
    read = Reader(text)

    assert {"思远", "u-copied", "friend", "李思远"} <= set(read.isolated)
    assert text.count("<svg") >= 3
    assert "replays byte for byte" in text
    assert "imposture" in text
    assert f"{explanation.sums.columns[0].total:+.2f}" in text
    assert f"{explanation.record.decision.probability:.4f}" in text


def test_a_circle_of_one_is_one_person():
    """And two are people."""
    assert "circle holds 1 person." in explained(quiet_world())[0]
    assert "circle holds 2 people." in explained(quiet_world().with_contacts(contact("other")).with_accounts(account("other")))[0]


def test_what_such_sums_turned_out_to_mean_is_drawn_and_written():
    """A bar of its own before the total, and a row of the numbers."""
    text, explanation = explained(copied().with_policy(correction={"sums": [-40.0, 40.0], "bits": [-1.5, -1.5]}))
    column = explanation.sums.columns[0]

    assert text.count("what such sums turned out to mean") >= 2
    assert f"to {column.total - 1.5:+.1f}</title>" in text
    assert explanation.sums.to_dict()["hypotheses"][0]["correction"] == -1.5
    assert explanation.sums.to_dict()["correction"] == -1.5


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "<script>alert(1)</script>", "</bdi></main>\u202egnp", "' onload='x", "&lt;b&gt;"])
def test_a_hostile_name_stays_text_of_its_own(name):
    """No element, no attribute, no direction comes out of it, and the page stays one that UTF-8 can hold (rule 7)."""
    text, _ = explained(copied(name))
    read = Reader(text)

    assert read.open == []
    assert "script" not in read.tags
    assert not {"\u202e", "\u2066", "\x00"} & set(text)
    assert len(text.encode("utf-8")) < 300_000
    assert not [attribute for attribute, _ in read.attributes if attribute.startswith("on")]


def test_no_verified_name_is_in_it():
    """Not even the one that was shown in full: pages travel (rule 6)."""
    world = quiet_world().to(account("u-new", "小店", verified_name="欧阳明静")).with_transfer(amount="5000.00")
    text, explanation = explained(world)

    assert "欧阳明静" not in text + repr(explanation)
    assert "欧阳明静" not in str(explanation.to_dict())
    assert "赵一鸣" not in text


def test_a_picture_of_another_day_says_so():
    """What was compared is not what is shown, so nothing is outlined on it."""
    world = copied()
    _, explanation = explained(world)

    text = page(explanation, pictures={"u-copied": pictures()["other"], "friend": pictures()["truncated"]})

    assert "This is the picture of today" in text
    assert "a picture that cannot be decoded" in text
    assert page(explanation, pictures={}).count("no picture at hand") == 2


def test_facts_gaps_and_waits_are_told():
    """A refusal has no bits; what could not be known is listed; a wait has an end."""
    refused, _ = explained(quiet_world().with_recipient(standing="frozen", created_at=None))
    delayed, _ = explained(quiet_world().to(account("u-new", "小店", verified_name=None)).with_transfer(amount="5000.00"))

    assert "demands at least refuse" in refused
    assert "recipient.created_at: null" in refused
    assert "The wait ends" in delayed


def test_a_record_that_comes_out_otherwise_says_where():
    """A version or policy that judges otherwise is an answer, and a loud one."""
    world, store = copied(), familiar_store()
    decision = world.guard(store=store).check(world.transfer)

    other = explanation_of(store.decision(decision.id), BLIND)
    text = page(other, pictures={})

    assert "does not replay byte for byte: this version differs in" in text
    assert 'class="alarm"' in text
    assert other.to_dict()["replay"]["same"] is False


def test_whom_a_quiet_decision_resembles_is_shown_all_the_same():
    """The sender was told nothing; the operator sees who came to mind."""
    world = quiet_world().to(account("u-copied", "思远", verified_name="毕小川"))
    text, explanation = explained(world.with_policy(threshold=BLIND.to_mapping()["threshold"]))

    assert explanation.record.decision.outcome is Outcome.PROCEED
    assert explanation.people() == ("u-copied", "friend")
    assert "The sender was not warned." in text
    assert "Already known to the sender" in text


def test_a_record_without_evidence_is_not_explained():
    """There is nothing to add up."""
    world, store = copied(), familiar_store()
    record = store.decision(world.guard(store=store).check(world.transfer).id)

    with pytest.raises(InvalidInput, match="without its evidence"):
        explanation_of(replace(record, evidence=b""), Policy.default())


def test_markup_escapes_what_is_not_its_own():
    """Text, attributes and lone surrogates."""
    assert element("p", "<b>", Markup("<i>x</i>"), id='"', hidden=True, class_=None) == '<p id="&quot;" hidden>&lt;b&gt;<i>x</i></p>'
    assert joined("a & b", element("br")) == "a &amp; b<br>"
    assert somebodys("\ud800<") == "<bdi>\ufffd&lt;</bdi>"
    assert element("i", "\udfff") == "<i>?</i>"
