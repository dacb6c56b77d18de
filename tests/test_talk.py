# SPDX-License-Identifier: Apache-2.0
"""Which topics a conversation has, and that its lines are forgotten."""

import re
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.model import Message
from transferguard.talk import _FRESH, _WORDS_APART, MAX_CODE_POINTS, Talk, Topic, _phrases, read_talk, topics_of

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def said(text, *, by="u9", ago=timedelta(minutes=5)):
    return Message(sender=by, at=NOW - ago, text=text)


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("急用，先借我五千", Topic.BORROW),
        ("能不能轉給我三千", Topic.BORROW),
        ("Could you lend me 500 until Friday?", Topic.BORROW),
        ("¿Me prestas 200?", Topic.BORROW),
        ("Você pode me emprestar?", Topic.BORROW),
        ("मुझे पैसे चाहिए", Topic.BORROW),
        ("سلفني ألف ريال", Topic.BORROW),
        ("Займи до завтра", Topic.BORROW),
        ("Anh cho mượn 5 triệu", Topic.BORROW),
        ("お金を貸してくれない？", Topic.BORROW),
        ("돈 좀 빌려줘", Topic.BORROW),
        ("LEND\u200b ME some", Topic.BORROW),
        ("this is URGENT", Topic.URGENT),
        ("把验证码发给我", Topic.CODE),
        ("this is my new number", Topic.NEW_ACCOUNT),
        ("別打電話，我在開會", Topic.NO_CALLS),
        ("please don’t call, mic is broken", Topic.NO_CALLS),
        ("Kannst du mir bis Freitag 200 leihen?", Topic.BORROW),
        ("Tu peux me prêter 50 euros ?", Topic.BORROW),
        ("Puoi prestarmi qualcosa?", Topic.BORROW),
        ("Bana borç verir misin", Topic.BORROW),
        ("Czy możesz mi pożyczyć stówę?", Topic.BORROW),
        ("ขอยืมเงินหน่อยได้ไหม", Topic.BORROW),
        ("ممكن تسلفني ألف؟", Topic.BORROW),
        ("please send her the money", Topic.BORROW),
    ],
)
def test_a_request_is_understood_in_many_languages(line, topic):
    """The usual phrases are found whatever the language, width, case or invisible characters."""
    assert topic in topics_of(line)


@pytest.mark.parametrize(
    "line",
    ["see you at dinner", "明天一起吃饭吗", "gracias por todo", "calendar", "до встречи", "send flowers; they cost a lot of money", ""],
)
def test_small_talk_has_no_topic(line):
    """Ordinary lines are about nothing that concerns us."""
    assert not topics_of(line)


def test_only_fresh_lines_of_the_recipient_count():
    """What the sender wrote, and what was said last week, say nothing about this transfer."""
    lines = [said("先借我五千", by="me"), said("发验证码", ago=timedelta(days=3)), said("很急")]

    assert read_talk(lines, "u9", NOW) == Talk(topics=(Topic.URGENT,))


def test_an_undated_line_counts_as_fresh():
    """A host that gives no times hands over what is on the screen."""
    assert read_talk([Message(sender="u9", text="借我钱")], "u9", NOW).topics == (Topic.BORROW,)


def test_a_host_may_read_its_own_language_and_is_asked_with_the_lines_of_the_recipient_only():
    """The classifier adds topics to those of the patterns."""
    seen = []

    def reader(lines):
        seen.extend(lines)
        return [Topic.CODE]

    talk = read_talk([said("hello"), said("secret", by="me")], "u9", NOW, classifier=reader)

    assert talk.topics == (Topic.CODE,)
    assert seen == ["hello"]


def test_the_features_hold_no_text():
    """Nothing of what was said can be read back from the features."""
    assert "mother" not in repr(read_talk([said("lend me money for my mother")], "u9", NOW))


@given(st.lists(st.text(max_size=2_000), max_size=60))
def test_any_lines_are_read_without_an_error(lines):
    """Hostile text is bounded and read like any other."""
    assert set(read_talk([said(line) for line in lines], "u9", NOW).topics) <= set(Topic)


@given(st.sampled_from(("lend ", "send a b c d e ", "借", "x", "돈")))
def test_a_long_line_is_read_in_no_time(text):
    """A gap is a few words, so that nobody can make a line slow; a thousand glyphs take milliseconds."""
    start = process_time()
    topics_of((text * 1_000)[:1_000])

    assert process_time() - start < 0.2


@pytest.mark.parametrize(("after", "topics"), [(49, (Topic.BORROW,)), (50, ())])
def test_the_newest_fifty_lines_are_read(after, topics):
    """A request for money stands at the end of a talk; older lines say what was, and cost time."""
    lines = [said("lend me some", ago=timedelta(minutes=90)), *(said("hello", ago=timedelta(seconds=900 - at)) for at in range(after))]

    assert read_talk(lines, "u9", NOW).topics == topics


@pytest.mark.parametrize(("later", "topics"), [(timedelta(0), (Topic.BORROW,)), (timedelta(microseconds=1), ())])
def test_a_line_is_read_for_as_long_as_it_is_fresh(later, topics):
    """To the microsecond: what is older belongs to another day."""
    assert read_talk([said("lend me some", ago=_FRESH + later)], "u9", NOW).topics == topics


def test_a_line_is_read_up_to_its_thousandth_glyph():
    """Its beginning is what a reader sees first; the rest is cut before anybody, a host's reader included, looks at it."""
    heard = []
    fits, too_late = ("x " * 493 + "  " * n + "lend me some" for n in (1, 2))

    def reader(lines):
        heard.extend(lines)
        return []

    assert (len(fits), len(too_late)) == (1_000, 1_002)
    assert read_talk([said(fits)], "u9", NOW).topics == (Topic.BORROW,)
    read_talk([said("y" * 1_001)], "u9", NOW, classifier=reader)
    assert heard == ["y" * 1_000]
    assert MAX_CODE_POINTS == 1_000


def test_a_hosts_reader_is_not_asked_about_nothing():
    """No line of the recipient, no question; and at most fifty lines at once."""
    asked = []

    def reader(lines):
        asked.append(len(lines))
        return [Topic.URGENT]

    assert read_talk([said("hello", by="me")], "u9", NOW, classifier=reader) == Talk()
    assert read_talk([said("hello")] * 60, "u9", NOW, classifier=reader).topics == (Topic.URGENT,)
    assert asked == [50]


def test_topics_come_in_the_order_of_the_alphabet_and_once():
    """The same talk in any order is the same features, or a decision would depend on who wrote first."""
    lines = [said("this is URGENT"), said("lend me some"), said("urgent!!"), said("把验证码发给我")]

    assert read_talk(lines, "u9", NOW).topics == read_talk(lines[::-1], "u9", NOW).topics == (Topic.BORROW, Topic.CODE, Topic.URGENT)


def test_every_phrase_of_the_table_is_found_in_a_line():
    """Whatever stands before and behind it, and with a word or a glyph in each gap."""
    for topic, phrases in _phrases().items():
        for phrase in phrases:
            words = re.match(_WORDS_APART, phrase[0]) is not None
            amount = "" if phrase[-1][-1].isalnum() else "500"
            line = (" hm " if words else "嗯").join(phrase) + amount
            assert topic in topics_of(line), phrase
            assert topic in topics_of(f"ok, {line}!" if words else f"好{line}吧"), phrase


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("send me the money", True),
        ("send her some of that money", True),
        ("send one two three four five money", False),
        ("resend me moneyed", False),
        ("send money", True),
    ],
)
def test_a_gap_is_a_few_words_and_a_word_is_whole(line, found):
    """Four words at most stand between, and a phrase does not begin or end within a word."""
    assert (Topic.BORROW in topics_of(line)) is found
