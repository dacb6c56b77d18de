# SPDX-License-Identifier: Apache-2.0
"""What we say, and in which language."""

import gettext
import re
import string
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from importlib import resources

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from transferguard import decision, wording
from transferguard._tables.currencies import EXPONENT_OF_CURRENCY
from transferguard.decision import Outcome, Step
from transferguard.model import Money

LONGEST_SENTENCE = 110
"""Code points; two lines of a narrow sheet."""


def _placeholders(sentence):
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def _sentences(tag):
    path = resources.files("transferguard") / "locales" / tag / "messages.po"
    with path.open("rb") as file:
        for entry in read_po(file, locale=tag.replace("-", "_")):
            if entry.id:
                singular = entry.id if isinstance(entry.id, str) else entry.id[0]
                yield singular, (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",)), entry.fuzzy


def test_we_speak_english_simplified_chinese_and_arabic():
    """A translator adds one file; these three are always there."""
    assert {"en", "zh-Hans", "ar"} <= set(wording.locales())


@pytest.mark.parametrize("tag", wording.locales())
def test_a_catalogue_is_complete(tag):
    """Every message of the source has a finished sentence, and none stands there without a use."""
    sentences = list(_sentences(tag))

    assert {message for message, _, _ in sentences} == wording.message_ids("en")
    assert all(all(texts) and not fuzzy for _, texts, fuzzy in sentences)


@pytest.mark.parametrize("tag", wording.locales())
def test_a_sentence_is_short_and_takes_the_same_numbers_everywhere(tag):
    """A translation that loses or invents a placeholder would crash a screen, so it fails here."""
    source = {message: set().union(*map(_placeholders, texts)) for message, texts, _ in _sentences("en")}
    for message, texts, _ in _sentences(tag):
        assert set().union(*map(_placeholders, texts)) <= source[message] | {"count"}, message
        assert all(len(text) <= LONGEST_SENTENCE and text == text.strip() for text in texts), message


def test_no_sentence_has_room_for_a_name():
    """A name inside a sentence would let its owner speak in our voice."""
    allowed = {"until", "count"}
    for tag in wording.locales():
        for message, texts, _ in _sentences(tag):
            assert set().union(*map(_placeholders, texts)) <= allowed, message


@pytest.mark.parametrize("tag", wording.locales())
def test_every_reason_that_may_be_told_has_a_sentence(tag):
    """A speakable reason without words would leave the sender in the dark."""
    for reason in [*decision._SPEAKABLE, "take_care"]:
        warning = wording.warning(str(reason), tag)
        assert warning["id"] == reason
        assert str(warning["text"]).strip()
        assert warning["params"] == {}


@pytest.mark.parametrize("tag", wording.locales())
def test_every_outcome_and_step_has_words(tag):
    """The card asks for these by their value."""
    assert all(wording.say(f"headline.{outcome.value}", tag) for outcome in Outcome)
    assert all(wording.say(f"step.{step.value}", tag, until="12:00") for step in Step)


def test_reasons_that_may_not_be_told_have_no_sentence():
    """What has no words cannot slip onto a screen (rule 6)."""
    hidden = {reason.value for reason in decision.Reason} - {reason.value for reason in decision._SPEAKABLE}
    assert not hidden & {message.removeprefix("warning.") for message in wording.message_ids("en")}
    with pytest.raises(KeyError):
        wording.warning("reported", "en")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh_Hans", "zh-Hans"),
        ("ZH-HANS", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hans"),
        ("en-GB", "en"),
        ("ar-EG", "ar"),
        ("eo", "en"),
        ("", "en"),
        ("../../etc", "en"),
        ("zh-" + "x" * 1000, "en"),
    ],
)
def test_the_nearest_language_answers(asked, answered):
    """An unknown or malformed tag reads English, because the sentence must appear."""
    assert wording.negotiate(asked) == answered


@given(st.text(max_size=60))
def test_any_tag_gives_a_sentence(tag):
    """Nobody can silence a warning with an odd language tag."""
    assert wording.warning("take_care", tag)["text"]


def test_plurals_follow_the_language():
    """One sentence, six forms in Arabic."""
    assert wording.say("label.differences", "en", count=1) == "1 character differs."
    assert wording.say("label.differences", "en", count=2) == "2 characters differ."
    assert len({re.sub(r"\d+", "", wording.say("label.differences", "ar", count=count)) for count in (0, 1, 2, 3, 11, 100)}) == 6


def test_a_screen_that_counts_itself_gets_every_plural_of_the_language():
    """By the CLDR categories, which browsers know too; a sentence without a count has none."""
    assert set(wording.plurals("label.differences", "ar")) == {"zero", "one", "two", "few", "many", "other"}
    assert wording.plurals("label.differences", "zh-CN").keys() == {"other"}
    assert wording.plurals("label.recipient", "en") == {}


def test_a_sentence_keeps_its_placeholders_for_a_screen_that_fills_them():
    """An unknown message is a fault of ours."""
    assert wording.sentence("step.wait", "en") == "Wait until {until}. You can cancel at any time."
    with pytest.raises(KeyError):
        wording.sentence("warning.reported", "ar")


@pytest.mark.parametrize(
    ("amount", "currency", "tag", "text"),
    [
        ("5000.00", "CNY", "zh-Hans", "¥5,000.00"),
        ("5000.00", "CNY", "en", "CN¥5,000.00"),
        ("5000", "JPY", "en", "¥5,000"),
        ("1.234", "KWD", "en", "KWD\N{NO-BREAK SPACE}1.234"),
        ("0.5", "EUR", "en", "€0.50"),
        ("5000.00", "CNY", "ar", "\u200f5,000.00\u00a0CN¥\u200e"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(amount, currency, tag, text):
    """Yen have none and dinars three, whatever the language."""
    assert wording.money(Money.of(amount, currency), tag) == text


@given(st.integers(1, 2**63 - 1), st.sampled_from(sorted(EXPONENT_OF_CURRENCY)))
def test_no_amount_is_rounded_on_screen(minor, currency):
    """What is shown is what is sent, to the last minor unit."""
    money = Money(minor, currency)
    digits = "".join(re.findall(r"[0-9.]", wording.money(money, "en").replace("\N{NO-BREAK SPACE}", " ").rpartition(" ")[2]))

    assert Decimal(digits.lstrip(".")) == money.decimal


def test_a_moment_names_its_zone():
    """Only the host knows where its reader is, so the text says UTC."""
    east = datetime(2026, 11, 22, 18, 5, tzinfo=timezone(timedelta(hours=8)))

    assert wording.moment(east, "en") == "November 22, 2026, 10:05 UTC"
    assert wording.moment(east.astimezone(UTC), "zh-Hans") == "2026年11月22日, 10:05 UTC"


def test_arabic_runs_from_right_to_left():
    """Screens mirror themselves by this answer."""
    assert wording.right_to_left("ar")
    assert not wording.right_to_left("zh-Hans")


@pytest.mark.parametrize(("length", "tag"), [(35, "zh-Hans"), (36, "en")])
def test_a_language_tag_is_read_up_to_thirty_five_glyphs(length, tag):
    """What RFC 5646 asks everybody to hold; a longer one is an unknown language."""
    assert wording.negotiate("zh-" + "x" * (length - 3)) == tag


def test_a_sentence_that_one_language_lacks_is_said_in_english(monkeypatch):
    """Half a screen in the wrong language is better than none."""
    lacking = gettext.NullTranslations()
    known = wording._catalogue
    monkeypatch.setattr(wording, "_catalogue", lambda tag: lacking if tag == "ar" else known(tag))

    assert wording.say("step.acknowledge", "ar") == wording.say("step.acknowledge", "en")
    assert wording.sentence("step.wait", "ar") == wording.sentence("step.wait", "en")


@pytest.mark.parametrize("tag", wording.locales())
def test_a_count_stands_in_the_sentence_as_it_is_written_there(tag):
    """For every plural, by the number's own digits; other parameters are put in beside it."""
    for count in (2, 3, 11, 100, 1_234):
        text = wording.say("label.differences", tag, count=count)
        assert "{" not in text
        if tag != "ar" or count > 2:
            assert wording.number(count, tag) in text


@pytest.mark.parametrize("tag", wording.locales())
def test_a_screen_and_we_use_the_same_plural(tag):
    """What a browser picks by its CLDR category is what we would have said."""
    forms = wording.plurals("label.differences", tag)

    for count in range(130):
        category = wording._babel(tag).plural_form(count)
        assert forms[category].format(count=wording.number(count, tag)) == wording.say("label.differences", tag, count=count)


def test_only_arabic_runs_from_right_to_left():
    """A truth value for the direction of a screen, and the languages in order."""
    assert [tag for tag in wording.locales() if wording.right_to_left(tag) is True] == ["ar"]
    assert [tag for tag in wording.locales() if wording.right_to_left(tag) is False] == [tag for tag in wording.locales() if tag != "ar"]
    assert list(wording.locales()) == sorted(wording.locales())


def test_the_words_of_the_screen_are_counted_once():
    """Every message has an id of text, also those with a plural."""
    ids = wording.message_ids("en")

    assert {type(one) for one in ids} == {str}
    assert "label.differences" in ids
    assert "" not in ids
    assert wording._counted("en") == {one for one in ids if wording.plurals(one, "en")}
