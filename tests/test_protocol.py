# SPDX-License-Identifier: Apache-2.0
"""The confirmation table, and when a typed name counts as the verified one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transferguard.decision import Outcome, Step
from transferguard.protocol import MAX_TYPED_CODE_POINTS, TABLE, Ask, State, answer, typed_name_fits

OPEN_STATES = (State.OPEN, State.NAME_PROVED, State.CANCELLED)


def test_every_ask_has_an_answer_in_every_state_that_an_outcome_can_be_in():
    """Nothing that a screen can ask for falls off the table."""
    for outcome in Outcome:
        for state in (State.OPEN, State.CANCELLED):
            for ask in Ask:
                assert (outcome, state, ask) in TABLE
    for ask in Ask:
        assert (Outcome.CHALLENGE, State.NAME_PROVED, ask) in TABLE


@pytest.mark.parametrize("outcome", [Outcome.DELAY, Outcome.REFUSE])
@pytest.mark.parametrize("ask", Ask)
def test_a_wait_and_a_refusal_never_give_a_receipt(outcome, ask):
    """Neither acknowledging nor a right name buys a way past a wait or a refusal."""
    assert not answer(outcome, State.OPEN, ask).receipt


def test_a_warning_gives_a_receipt_only_when_it_was_acknowledged():
    """Going on without having read is not going on."""
    assert [ask for ask in Ask if answer(Outcome.WARN, State.OPEN, ask).receipt] == [Ask.ACKNOWLEDGE]


def test_a_challenge_gives_a_receipt_only_after_the_right_name_and_one_more_look():
    """First the name is proved, then it is shown, then the sender confirms once more."""
    assert not any(answer(Outcome.CHALLENGE, State.OPEN, ask).receipt for ask in Ask)
    proved = answer(Outcome.CHALLENGE, State.OPEN, Ask.RIGHT_NAME)
    assert (proved.state, proved.needed) == (State.NAME_PROVED, (Step.ACKNOWLEDGE,))
    assert [ask for ask in Ask if answer(Outcome.CHALLENGE, State.NAME_PROVED, ask).receipt] == [Ask.ACKNOWLEDGE]


@given(st.sampled_from(sorted(TABLE)))
def test_every_answer_is_idempotent(row):
    """Asking the same again, in the state that the first answer led to, changes no state."""
    outcome, _, ask = row
    first = TABLE[row]
    if not first.receipt:
        assert answer(outcome, first.state, ask).state is first.state or first.state is State.NAME_PROVED


def test_whatever_was_cancelled_stays_cancelled():
    """A cancelled transfer must be checked again before anything else."""
    for outcome in Outcome:
        for state in OPEN_STATES:
            if (outcome, state, Ask.CANCEL) in TABLE:
                assert answer(outcome, state, Ask.CANCEL).state is State.CANCELLED
        for ask in Ask:
            assert answer(outcome, State.CANCELLED, ask).needed == (Step.CHECK_AGAIN,)


@pytest.mark.parametrize(
    ("typed", "verified"),
    [
        ("王小明", "王小明"),
        ("王小", "王小明"),
        (" 王 小明 ", "王小明"),
        ("王\u200b小明", "王小明"),
        ("陳建國", "陈建国"),
        ("欧阳", "欧阳明"),
        ("john smith", "John Smith"),
        ("SMITH JOHN", "John Smith"),
        ("\uff2a\uff4f\uff48\uff4e Smith", "John Smith"),
        ("김철", "김철수"),
        ("阿卜杜拉热合曼", "阿卜杜拉·热合曼"),
    ],
)
def test_the_whole_name_or_its_hidden_part_fits_however_it_is_typed(typed, verified):
    """Width, case, tradition, invisible characters and the order of words do not matter."""
    assert typed_name_fits(typed, verified)


@pytest.mark.parametrize(
    ("typed", "verified"),
    [
        ("", "王小明"),
        ("明", "王小明"),
        ("王", "王小明"),
        ("毕小川", "王小明"),
        ("John", "John Smith"),
        ("J", "John Smith"),
        ("Joh", "John"),
        ("", ""),
        ("王小明" * 200, "王小明"),
        ("\ud800", "王小明"),
    ],
)
def test_anything_else_does_not_fit(typed, verified):
    """What the mask shows already, a part of a Latin name, or another name prove nothing."""
    assert not typed_name_fits(typed, verified)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_strings_are_compared_without_an_error(typed, verified):
    """Typed and verified names may be anything at all."""
    assert typed_name_fits(typed, verified) in {True, False}


def test_a_name_of_many_words_is_compared_in_its_own_order_only():
    """Orders grow beyond bounds with the words, so they are not all tried."""
    assert typed_name_fits("a b c d e f", "A B C D E F")
    assert not typed_name_fits("f e d c b a", "A B C D E F")


def test_names_are_compared_up_to_two_hundred_code_points():
    """What lies behind them counts on neither side, and what lies before them does."""
    assert MAX_TYPED_CODE_POINTS == 200
    assert typed_name_fits("甲" * 199 + "乙丙", "甲" * 199 + "乙")
    assert not typed_name_fits("甲" * 199 + "丙", "甲" * 199 + "乙")
